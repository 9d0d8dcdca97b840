//! Parity ratios with their intervals, group by group, on a scale on which half as much and twice as much lie as far from one.

use crate::model::{Body, Finding, Findings, Parity};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::outputs::theme::{DARK_BLUE, FAINT, GREY_INK, INK, LETTERS, MARGIN, PLUM, WIDTH, text_width};
use crate::units::decimal;
use crate::units::{Cell, Estimate};

const LABEL_WIDTH: f64 = 270.0;
const VALUE_WIDTH: f64 = 150.0;
const ROW: f64 = 26.0;
/// Ratios beyond these stand at the edge.
const SCALE: (f64, f64) = (0.125, 8.0);
const TICKS: [(f64, &str); 7] = [(0.125, "⅛"), (0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8")];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Parity(b) if b.dimensions.iter().flat_map(|d| &d.groups).any(|g| g.ratio.known().is_some()))
}

/// Plum where clearly less, blue where clearly more, grey where it cannot be said.
fn colour(ratio: &Estimate) -> &'static str {
    match ratio {
        r if r.upper < 1.0 => PLUM,
        r if r.lower > 1.0 => DARK_BLUE,
        _ => "#6F6F6F",
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Parity(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let left = MARGIN + LABEL_WIDTH;
    let right = WIDTH - MARGIN - VALUE_WIDTH;
    let at = |ratio: f64| left + (right - left) * (ratio.clamp(SCALE.0, SCALE.1) / SCALE.0).ln() / (SCALE.1 / SCALE.0).ln();
    let (mut x, mut y) = (MARGIN, figure.top + 14.0);
    for (ink, words) in [(PLUM, "reached less"), ("#6F6F6F", "cannot be said"), (DARK_BLUE, "reached more")] {
        figure.svg.circle(x + 6.0, y - 4.0, 6.0, ink, "none", "");
        figure.svg.text(x + 19.0, y + 1.0, words, label(INK, Anchor::Start));
        x += 19.0 + text_width(words, LETTERS, false) + 26.0;
    }
    y += 22.0;
    let rows = body.dimensions.iter().map(|d| d.groups.len() as f64 * ROW + 30.0).sum::<f64>();
    for (ratio, words) in TICKS {
        let dash = if ratio == 1.0 { "" } else { "3 3" };
        figure.svg.line((at(ratio), y), (at(ratio), y + rows), if ratio == 1.0 { INK } else { FAINT }, 1.0, dash);
        figure.svg.text(at(ratio) - text_width(words, LETTERS, false) / 2.0, y + rows + 17.0, words, label(GREY_INK, Anchor::Start));
    }
    for d in &body.dimensions {
        figure.svg.text(MARGIN, y + 19.0, &d.name, TextStyle { size: LETTERS, bold: true, fill: INK, anchor: Anchor::Start });
        y += 26.0;
        for g in &d.groups {
            let middle = y + ROW / 2.0;
            figure.svg.text(left - 14.0, middle + 4.0, &g.name, label(INK, Anchor::End));
            let words = match g.ratio {
                Cell::Known(r) => {
                    let ink = colour(&r);
                    figure.svg.line((at(r.lower), middle), (at(r.upper), middle), ink, 2.5, "");
                    if r.value < SCALE.0 {
                        // Off the scale: an arrow at the edge.
                        let (x, y) = (number(left), number(middle));
                        figure.svg.raw(&format!("<path d=\"M{x} {y}l9 -6v12Z\" fill=\"{ink}\"/>"));
                    } else {
                        figure.svg.circle(at(r.value), middle, 6.0, ink, "#FFFFFF", "");
                    }
                    format!("{} ({} to {})", decimal(r.value, 2), decimal(r.lower, 2), decimal(r.upper, 2))
                }
                Cell::Withheld => "withheld".into(),
                _ => "not known".into(),
            };
            figure.svg.text(WIDTH - MARGIN, middle + 4.0, &words, label(INK, Anchor::End));
            y += ROW;
        }
        y += 4.0;
    }
    let words = "times the use of the other groups";
    figure.svg.text(at(1.0) - text_width(words, LETTERS, false) / 2.0, y + 36.0, words, label(GREY_INK, Anchor::Start));
    let alt = alt_text(finding, body);
    figure.finish(findings, finding, y + 46.0, alt)
}

fn alt_text(finding: &Finding, body: &Parity) -> String {
    let rows: Vec<String> = body
        .dimensions
        .iter()
        .flat_map(|d| d.groups.iter().map(move |g| (d, g)))
        .map(|(d, g)| match g.ratio {
            Cell::Known(r) => {
                format!("{}, {}: {} ({} to {})", d.name, g.name, decimal(r.value, 2), decimal(r.lower, 2), decimal(r.upper, 2))
            }
            Cell::Withheld => format!("{}, {}: withheld", d.name, g.name),
            _ => format!("{}, {}: not known", d.name, g.name),
        })
        .collect();
    format!("Ratios with intervals, one being the use of the other groups. {}. {}.", finding.subtitle, rows.join("; "))
}
