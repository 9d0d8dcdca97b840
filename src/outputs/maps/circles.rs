//! Counts by area as circles whose area is in proportion: for counts of which no rate would make sense.

use super::canvas::Canvas;
use crate::analyses::thousands;
use crate::findings::{Body, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::outputs::places::middle;
use crate::outputs::theme::DARK_BLUE;
use crate::units::Cell;

/// Radius of the largest circle, in pixels.
const LARGEST: f64 = 16.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(finding.body, Body::AreaCounts(_))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::AreaCounts(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    let most = body.rows.iter().filter_map(|r| r.count.known()).max().unwrap_or(0).max(1);
    let radius = |n: u64| LARGEST * (n as f64 / most as f64).sqrt();
    let outlines = |code| findings.outlines.iter().find(|o| o.code == code);
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
    // Large circles first, so that small ones stay visible on them.
    let mut shown: Vec<_> = body.rows.iter().filter_map(|r| Some((r.count.known().filter(|n| *n > 0)?, outlines(r.code)?))).collect();
    shown.sort_by_key(|(n, o)| (std::cmp::Reverse(*n), o.code));
    for (n, outline) in &shown {
        let (east, north) = middle(outline);
        let (x, y) = canvas.at(east, north);
        canvas.figure.svg.circle(x, y, radius(*n), DARK_BLUE, "#FFFFFF", " fill-opacity=\"0.75\"");
    }
    canvas.legend_heading(&format!("Number of {}", body.unit));
    // The key shows sizes that stand on the map: the largest, the middle and the smallest.
    let mut sizes: Vec<u64> =
        [0, shown.len() / 2, shown.len().saturating_sub(1)].iter().filter_map(|i| shown.get(*i)).map(|s| s.0).collect();
    sizes.dedup();
    for n in sizes {
        let (x, y) = canvas.legend_mark((2.0 * radius(n)).max(16.0), &thousands(n));
        canvas.figure.svg.circle(x, y, radius(n), DARK_BLUE, "#FFFFFF", " fill-opacity=\"0.75\"");
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
    let alt_text = format!(
        "Map of {} areas with a circle for the number of {} in each; the largest stands for {}. {}. The table below the map holds every value.",
        body.rows.len(),
        body.unit,
        thousands(most),
        finding.subtitle
    );
    canvas.finish(findings, finding, alt_text)
}
