//! Hot and cold spots: what stands out with its neighbours, how surely, and what does not.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings, HotSpotRow, SpotClass};
use crate::outputs::figure::Figure;
use crate::units::Cell;
use crate::units::counted;
use crate::units::{decimal, thousands};

pub fn fits(finding: &Finding) -> bool {
    // Where no area stands out the map is blank, and its sentence says so.
    let stands_out = |r: &HotSpotRow| !matches!(r.class, SpotClass::NotClear | SpotClass::NotKnown | SpotClass::NoNeighbours);
    matches!(&finding.body, Body::HotSpots(b) if b.rows.iter().any(stands_out))
}

/// Dark for sure on both sides; high and low also differ in lightness, so that grey print keeps them apart from the middle.
fn fill(row: &HotSpotRow) -> &'static str {
    match row.class {
        SpotClass::HighSure => "#801650",
        SpotClass::High => "#D98AB4",
        SpotClass::NotClear => "#F4F4F4",
        SpotClass::Low => "#A6CBEA",
        SpotClass::LowSure => "#2073BC",
        SpotClass::NoNeighbours => "url(#nobody)",
        SpotClass::NotKnown if row.count == Cell::Withheld => "url(#withheld)",
        SpotClass::NotKnown => "url(#missing)",
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::HotSpots(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        if let Some(outline) = findings.outline(row.code) {
            let score = row.z.known().zip(row.q.known());
            let words = score.map_or(String::new(), |(z, q)| format!(" (z {}, false discovery rate {})", decimal(z, 1), decimal(q, 3)));
            canvas.area(outline, fill(row), &format!("{}: {}{words}", row.name, row.class.label()));
        }
    }
    canvas.legend_heading(&format!("{}: area and neighbours (areas)", body.measure));
    for class in SpotClass::ALL {
        let of: Vec<&HotSpotRow> = body.rows.iter().filter(|r| r.class == class).collect();
        if class == SpotClass::NotKnown {
            for (words, mark, withheld) in [("withheld to protect people", "url(#withheld)", true), ("not known", "url(#missing)", false)] {
                let n = of.iter().filter(|r| (r.count == Cell::Withheld) == withheld).count();
                if n > 0 {
                    canvas.legend(mark, &format!("{words} ({n})"));
                }
            }
        } else if !of.is_empty() {
            let colour = match class {
                SpotClass::HighSure => "#801650",
                SpotClass::High => "#D98AB4",
                SpotClass::NotClear => "#F4F4F4",
                SpotClass::Low => "#A6CBEA",
                SpotClass::LowSure => "#2073BC",
                _ => "url(#nobody)",
            };
            canvas.legend(colour, &format!("{} ({})", class.label(), of.len()));
        }
    }
    let count = |wanted: &[SpotClass]| body.rows.iter().filter(|r| wanted.contains(&r.class)).count() as u64;
    let alt_text = format!(
        "Map of {} areas. {}. {} high together with the neighbours and {} low, beyond chance. The table below the map holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        counted(count(&[SpotClass::HighSure, SpotClass::High]) as usize, "is", "are"),
        count(&[SpotClass::Low, SpotClass::LowSure])
    );
    canvas.finish(findings, finding, alt_text)
}
