//! Choropleth of access: capacity for people by area, and a mark for each other state of reach.

use super::canvas::{Canvas, Drawn};
use crate::model::{ACCESS_DECIMALS, AccessRow, Body, Finding, Findings, Reach, bound_decimals, class_of};
use crate::outputs::figure::Figure;
use crate::outputs::theme::SEQUENTIAL;
use crate::units::counted;
use crate::units::{decimal, thousands};

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::AreaAccess(b) if !b.rows.is_empty())
}

fn fill(class: usize, classes: usize) -> &'static str {
    SEQUENTIAL[if classes > 1 { class * (SEQUENTIAL.len() - 1) / (classes - 1) } else { 2 }]
}

/// Fill and words of an area without a value that a class could show.
fn other(reach: Reach) -> (&'static str, &'static str) {
    match reach {
        Reach::Site => ("#D9D9D9", "site in reach, room not known"),
        Reach::WithoutSite => ("url(#remote)", reach.label()),
        Reach::OutOfReach => ("url(#out)", reach.label()),
        Reach::NotKnown => ("url(#missing)", reach.label()),
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::AreaAccess(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    let class_in =
        |row: &AccessRow| row.value.known().filter(|_| row.reach == Reach::Site).map(|v| class_of(v, ACCESS_DECIMALS, &body.classes));
    for row in &body.rows {
        let Some(outline) = findings.outline(row.code) else { continue };
        match (class_in(row), row.value.known()) {
            (Some(class), Some(value)) => {
                canvas.area(
                    outline,
                    fill(class, body.classes.len()),
                    &format!("{}: {} {}", row.name, decimal(value, ACCESS_DECIMALS), body.unit),
                );
            }
            _ => canvas.area(outline, other(row.reach).0, &format!("{}: {}", row.name, other(row.reach).1)),
        }
    }
    canvas.legend_heading(&format!("{} (areas)", body.unit));
    let shown = bound_decimals(&body.classes);
    for k in (0..body.classes.len()).rev() {
        let from = decimal(body.classes[k], shown);
        let words = match body.classes.get(k + 1) {
            Some(next) if k == 0 => format!("under {}", decimal(*next, shown)),
            Some(next) => format!("{from} to under {}", decimal(*next, shown)),
            None => format!("{from} or more"),
        };
        let n = body.rows.iter().filter(|r| class_in(r) == Some(k)).count();
        if n > 0 {
            canvas.legend(fill(k, body.classes.len()), &format!("{words} ({n})"));
        }
    }
    let mut states = Vec::new();
    for reach in Reach::ALL {
        let n = body.rows.iter().filter(|r| r.reach == reach && class_in(r).is_none()).count();
        if n > 0 {
            let (fill, words) = other(reach);
            canvas.legend(fill, &format!("{words} ({n})"));
            states.push(format!("{}: {words}", counted(n, "area", "areas")));
        }
    }
    let alt_text = format!(
        "Map of {} areas. {}. {}The table holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        if states.is_empty() { String::new() } else { format!("{}. ", states.join("; ")) }
    );
    canvas.finish(findings, finding, alt_text)
}
