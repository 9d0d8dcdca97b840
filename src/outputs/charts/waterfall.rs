//! From need to help: each barrier takes its part away from those before it.

use crate::model::{Body, Finding, Findings, Waterfall};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::{DARK_BLUE, FAINT, FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, WIDTH, wrap};
use crate::units::Cell;
use crate::units::thousands;

const ROW: f64 = 34.0;
const LABEL_WIDTH: f64 = 250.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Waterfall(w) if w.expected.known().is_some_and(|n| n > 0))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Waterfall(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let zero = MARGIN + LABEL_WIDTH + 12.0;
    let most = [body.expected, body.caseload].iter().filter_map(|c| c.known()).max().unwrap_or(1).max(1) as f64;
    let room = WIDTH - MARGIN - zero - 90.0;
    let x = |n: u64| zero + room * n as f64 / most;
    let mut y = figure.top + 6.0;
    let bar = |figure: &mut Figure, y: f64, name: &str, from: u64, to: u64, words: &str, fill: &str| {
        let lines = wrap(name, LETTERS, false, LABEL_WIDTH);
        for (i, line) in lines.iter().take(2).enumerate() {
            let offset = (i as f64 - (lines.len().min(2) as f64 - 1.0) / 2.0) * 15.0;
            figure.svg.text(zero - 10.0, y + ROW / 2.0 + 4.0 + offset, line, label(INK, Anchor::End));
        }
        if to > from {
            figure.svg.rect(x(from), y + 5.0, x(to) - x(from), ROW - 10.0, fill, if fill.starts_with("url") { "#6F6F6F" } else { "none" });
        }
        figure.svg.text(x(to) + 8.0, y + ROW / 2.0 + 4.0, words, label(GREY_INK, Anchor::Start));
    };
    let all = body.expected.known().unwrap_or(0);
    bar(&mut figure, y, &body.start, 0, all, &thousands(all), DARK_BLUE);
    let mut rest = all;
    for loss in &body.losses {
        let n = loss.people.known().unwrap_or(0).min(rest);
        // What is left so far hangs down to where it is taken from.
        let through = if n > 0 { 5.0 } else { ROW - 5.0 };
        figure.svg.line((x(rest), y + ROW - 5.0), (x(rest), y + ROW + through), FAINT, 1.0, "");
        y += ROW;
        let words = match loss.people {
            Cell::Known(0) => "nobody".into(),
            Cell::Known(_) => format!("−{}", thousands(n)),
            Cell::Withheld => "withheld".into(),
            _ => "not known".into(),
        };
        bar(&mut figure, y, &loss.label, rest - n, rest, &words, if loss.unknown { "url(#missing)" } else { "url(#out)" });
        rest -= n;
    }
    figure.svg.line((x(rest), y + ROW - 5.0), (x(rest), y + ROW + 5.0), FAINT, 1.0, "");
    y += ROW;
    let words = body.left.known().map_or("not known".to_owned(), thousands);
    bar(&mut figure, y, &body.end, 0, rest, &words, "#6BACE6");
    y += ROW;
    if let Cell::Known(n) = body.caseload {
        y += 14.0;
        let style = TextStyle { size: LETTERS, bold: false, fill: GREY_INK, anchor: Anchor::Start };
        figure.svg.line((MARGIN, y - 8.0), (WIDTH - MARGIN, y - 8.0), FAINT, 1.0, "4 4");
        bar(&mut figure, y, "On the books of the services listed", 0, n, &thousands(n), "#BFBFBF");
        figure.svg.text(x(n) + 70.0, y + ROW / 2.0 + 4.0, "for comparison: not a part of the bars above", style);
        y += ROW;
    }
    figure.svg.line((zero, figure.top), (zero, y), FAINT, 1.0, "");
    let alt_text = alt_text(finding, body);
    figure.finish(findings, finding, y + 4.0, alt_text)
}

fn alt_text(finding: &Finding, body: &Waterfall) -> String {
    let told = |n: Cell<u64>| n.known().map_or("not known".into(), thousands);
    let losses: Vec<String> = body.losses.iter().map(|l| format!("{} {}", l.label, told(l.people))).collect();
    format!(
        "Waterfall. {}. {}: {}. Taken away: {}. {}: {}.",
        finding.subtitle,
        body.start,
        told(body.expected),
        losses.join(", "),
        body.end,
        told(body.left)
    )
}
