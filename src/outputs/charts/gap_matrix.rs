//! Tests by themes: what was found, what is not known, and where nothing is missing. Each cell in words and a fill of its own.

use crate::model::theme_name;
use crate::model::{Body, Finding, Findings, GapRegister, Verdict};
use crate::outputs::figure::{Figure, key_place, label};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{FAINT, FILL_PATTERNS, INK, LETTERS, MARGIN, WIDTH, text_width, wrap};
use crate::units::counted;

const THEMES: [&str; 4] = ["prevent", "support", "perpetrators", "trust"];
const ROW: f64 = 30.0;
const LABEL_WIDTH: f64 = 230.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Gaps(b) if !b.rows.is_empty())
}

/// How many gaps, things not known and things without a gap a cell holds.
fn cell(body: &GapRegister, dimension: &str, theme: &str) -> [usize; 3] {
    [Verdict::Gap, Verdict::NotKnown, Verdict::NoGap]
        .map(|v| body.rows.iter().filter(|r| r.dimension == dimension && r.theme == theme && r.verdict == v).count())
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Gaps(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let left = MARGIN + LABEL_WIDTH;
    let width = (WIDTH - MARGIN - left) / THEMES.len() as f64;
    let mut y = figure.top + 12.0;
    let mut x = MARGIN;
    for (fill, words) in [
        ("#C4500C", "gaps"),
        ("url(#missing)", "not known, in all of it or in part"),
        ("#A6CBEA", "no gap found"),
        ("#FFFFFF", "not tested"),
    ] {
        (x, y) = key_place((x, y), 31.0 + text_width(words, LETTERS, false));
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, words, label(INK, Anchor::Start));
        x += 31.0 + text_width(words, LETTERS, false) + 24.0;
    }
    y += 32.0;
    for (i, id) in THEMES.iter().enumerate() {
        for (k, line) in wrap(theme_name(id), LETTERS, true, width - 8.0).iter().take(2).enumerate() {
            figure.svg.text(
                left + width * i as f64 + 4.0,
                y + 16.0 * k as f64,
                line,
                TextStyle { size: LETTERS, bold: true, fill: INK, anchor: Anchor::Start },
            );
        }
    }
    y += 28.0;
    for (id, name) in &body.dimensions {
        figure.svg.text(left - 12.0, y + ROW / 2.0 + 4.0, name, label(INK, Anchor::End));
        for (i, theme) in THEMES.iter().enumerate() {
            let [gaps, unknown, fine] = cell(body, id, theme);
            let (fill, ink) = match (gaps, unknown, fine) {
                (1.., _, _) => ("#C4500C", "#FFFFFF"),
                // Where some is not known, no colour says that nothing is missing.
                (0, 1.., _) => ("url(#missing)", INK),
                (0, 0, 0) => ("#FFFFFF", INK),
                _ => ("#A6CBEA", INK),
            };
            let at = left + width * i as f64;
            figure.svg.rect(at, y + 2.0, width - 4.0, ROW - 4.0, fill, FAINT);
            let clear = if unknown > 0 && gaps == 0 { fine } else { 0 };
            let words: Vec<String> = [(gaps, if gaps == 1 { "gap" } else { "gaps" }), (unknown, "not known"), (clear, "no gap")]
                .iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, word)| format!("{n} {word}"))
                .collect();
            let words = words.join(", ");
            if !words.is_empty() {
                if unknown > 0 && gaps == 0 {
                    figure.svg.rect(at + 4.0, y + 6.0, text_width(&words, LETTERS, false) + 8.0, ROW - 12.0, "#FFFFFF", "none");
                }
                figure.svg.text(at + 8.0, y + ROW / 2.0 + 5.0, &words, label(ink, Anchor::Start));
            }
        }
        y += ROW;
    }
    let rows: Vec<String> = body
        .dimensions
        .iter()
        .map(|(id, name)| {
            let count = |v: Verdict| body.rows.iter().filter(|r| r.dimension == *id && r.verdict == v).count();
            if body.rows.iter().all(|r| r.dimension != *id) {
                return format!("{name}: not tested");
            }
            match (count(Verdict::Gap), count(Verdict::NotKnown), count(Verdict::NoGap)) {
                // Where nothing is known, no gap is not what was found.
                (0, unknown, 0) => format!("{name}: {unknown} not known"),
                (gaps, unknown, fine) => format!("{name}: {}, {unknown} not known, {fine} without a gap", counted(gaps, "gap", "gaps")),
            }
        })
        .collect();
    let alt_text = format!("Table of the tests by four themes of the strategy. {}.", rows.join("; "));
    figure.finish(findings, finding, y + 6.0, alt_text)
}
