//! The history of each area: hot spots that are new, that last, that come and go, and cold ones.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, EmergingClass, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::units::thousands;

pub fn fits(finding: &Finding) -> bool {
    // Where no area has a history the map is blank, and its sentence says so.
    matches!(&finding.body, Body::Emerging(b) if b.rows.iter().any(|r| !matches!(r.class, EmergingClass::NotKnown | EmergingClass::NoPattern)))
}

/// The darker the longer it lasts: reds that are hot, blues that are cold; a class that is named in the legend only where an area has it.
fn fill(class: EmergingClass) -> &'static str {
    match class {
        EmergingClass::NewHot => "#F46A25",
        EmergingClass::ConsecutiveHot => "#C2185B",
        EmergingClass::IntensifyingHot => "#4D0C30",
        EmergingClass::PersistentHot => "#801650",
        EmergingClass::DiminishingHot => "#A8578A",
        EmergingClass::SporadicHot => "#D98AB4",
        EmergingClass::OscillatingHot => "#EBB9D3",
        EmergingClass::HistoricalHot => "#F3DCE8",
        EmergingClass::NewCold => "#28A197",
        EmergingClass::ConsecutiveCold => "#1F7F9E",
        EmergingClass::IntensifyingCold => "#0B2B45",
        EmergingClass::PersistentCold => "#12436D",
        EmergingClass::DiminishingCold => "#2073BC",
        EmergingClass::SporadicCold => "#6BACE6",
        EmergingClass::OscillatingCold => "#A6CBEA",
        EmergingClass::HistoricalCold => "#DCEBF7",
        EmergingClass::NoPattern => "#F4F4F4",
        EmergingClass::NotKnown => "url(#missing)",
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::Emerging(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        if let Some(outline) = findings.outlines.iter().find(|o| o.code == row.code) {
            let months = row.hot_months.known().zip(row.cold_months.known());
            let words =
                months.map_or(String::new(), |(hot, cold)| format!(" (hot in {hot} and cold in {cold} of {} months)", body.months.len()));
            canvas.area(outline, fill(row.class), &format!("{}: {}{words}", row.name, row.class.label()));
        }
    }
    canvas.legend_heading(&format!("{}: history of area and neighbours (areas)", body.measure));
    let count = |class: EmergingClass| body.rows.iter().filter(|r| r.class == class).count();
    for class in EmergingClass::ALL.into_iter().filter(|c| count(*c) > 0) {
        canvas.legend(fill(class), &format!("{} ({})", class.label(), count(class)));
    }
    let told: Vec<String> =
        EmergingClass::ALL.into_iter().filter(|c| count(*c) > 0).map(|c| format!("{} {}", thousands(count(c) as u64), c.label())).collect();
    let alt_text = format!(
        "Map of {} areas by their history. {}. {}. The table below the map holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        told.join(", ")
    );
    canvas.finish(findings, finding, alt_text)
}
