//! Counts by area as circles whose area is in proportion: for counts of which no rate would make sense.

use super::apart::{Circle, set_apart};
use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::outputs::places::middle;
use crate::outputs::theme::DARK_BLUE;
use crate::units::Cell;
use crate::units::thousands;

/// Radius of the largest circle, in pixels: the first at which no circle is drawn far from its area.
const LARGEST: [f64; 5] = [16.0, 13.0, 10.5, 8.5, 7.0];
/// No farther than this, in pixels.
const FAR: f64 = 30.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(finding.body, Body::AreaCounts(_))
}

/// The radius of the largest circle and the place of each, so that none covers another.
fn place(counts: &[u64], homes: &[(f64, f64)]) -> (f64, Vec<(f64, f64)>) {
    let most = counts.iter().copied().max().unwrap_or(1) as f64;
    let mut found = (LARGEST[0], vec![]);
    for largest in LARGEST {
        let circles: Vec<Circle> =
            counts.iter().zip(homes).map(|(n, home)| Circle { home: *home, radius: largest * (*n as f64 / most).sqrt() }).collect();
        found = (largest, set_apart(&circles));
        let near = found.1.iter().zip(homes).all(|(at, home)| (at.0 - home.0).hypot(at.1 - home.1) <= FAR);
        if near {
            break;
        }
    }
    found
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::AreaCounts(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    let most = body.rows.iter().filter_map(|r| r.count.known()).max().unwrap_or(0).max(1);
    let outlines = |code| findings.outline(code);
    for row in &body.rows {
        let Some(outline) = outlines(row.code) else { continue };
        let (fill, words) = match row.count {
            Cell::Known(0) => ("url(#zero)", "none".to_owned()),
            Cell::Known(n) => ("#F3F3F3", thousands(n)),
            Cell::Withheld => ("url(#withheld)", "withheld".into()),
            _ => ("url(#missing)", "missing".into()),
        };
        canvas.area(outline, fill, &format!("{}: {words}", row.name));
    }
    let mut shown: Vec<_> = body.rows.iter().filter_map(|r| Some((r.count.known().filter(|n| *n > 0)?, outlines(r.code)?))).collect();
    shown.sort_by_key(|(n, o)| (std::cmp::Reverse(*n), o.code));
    let homes: Vec<(f64, f64)> = shown.iter().map(|(_, o)| middle(o)).map(|(east, north)| canvas.at(east, north)).collect();
    let counts: Vec<u64> = shown.iter().map(|s| s.0).collect();
    let (largest, placed) = place(&counts, &homes);
    let radius = |n: u64| largest * (n as f64 / most as f64).sqrt();
    for ((n, home), at) in counts.iter().zip(&homes).zip(&placed) {
        // A circle that had to leave its area keeps a line to it.
        if (at.0 - home.0).hypot(at.1 - home.1) > radius(*n) {
            canvas.figure.svg.line(*home, *at, DARK_BLUE, 0.8, "");
        }
    }
    for (n, (x, y)) in counts.iter().zip(&placed) {
        canvas.figure.svg.circle(*x, *y, radius(*n), DARK_BLUE, "#FFFFFF", "");
    }
    canvas.legend_heading(&format!("Number of {}", body.unit));
    // The key shows sizes that stand on the map: the largest, the middle and the smallest.
    let mut sizes: Vec<u64> =
        [0, shown.len() / 2, shown.len().saturating_sub(1)].iter().filter_map(|i| shown.get(*i)).map(|s| s.0).collect();
    sizes.dedup();
    for n in sizes {
        let (x, y) = canvas.legend_mark((2.0 * radius(n)).max(16.0), &thousands(n));
        canvas.figure.svg.circle(x, y, radius(n), DARK_BLUE, "#FFFFFF", "");
    }
    let areas = |wanted: fn(&Cell<u64>) -> bool| body.rows.iter().filter(|r| wanted(&r.count)).count();
    for (fill, words, n) in [
        ("url(#zero)", "none reported", areas(|c| *c == Cell::Known(0))),
        ("url(#withheld)", "withheld to protect people", areas(|c| *c == Cell::Withheld)),
        ("url(#missing)", "missing", areas(|c| *c == Cell::Missing)),
    ] {
        if n > 0 {
            canvas.legend(fill, &format!("{words} ({n} areas)"));
        }
    }
    let moved = homes.iter().zip(&placed).any(|(home, at)| (at.0 - home.0).hypot(at.1 - home.1) > 1.0);
    if moved {
        canvas.legend_note("Circles are set beside one another where they would overlap.");
    }
    let alt_text = format!(
        "Map of {} areas with a circle for the number of {} in each; the largest stands for {}. {}. The table below the map holds every value.",
        body.rows.len(),
        body.unit,
        thousands(most),
        finding.subtitle
    );
    canvas.finish(findings, finding, alt_text)
}
