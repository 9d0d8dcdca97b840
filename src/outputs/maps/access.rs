//! Choropleth of access: capacity for people by area, and a mark of its own where nothing is in reach.

use super::canvas::Canvas;
use crate::model::{AccessRow, Body, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::outputs::theme::SEQUENTIAL;
use crate::units::{decimal, thousands};

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::AreaAccess(b) if !b.rows.is_empty())
}

fn fill(class: usize, classes: usize) -> &'static str {
    SEQUENTIAL[if classes > 1 { class * (SEQUENTIAL.len() - 1) / (classes - 1) } else { 2 }]
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::AreaAccess(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    let class_of =
        |row: &AccessRow| row.value.known().filter(|_| row.in_reach).map(|v| body.classes.iter().rposition(|b| v >= *b).unwrap_or(0));
    for row in &body.rows {
        let Some(outline) = findings.outlines.iter().find(|o| o.code == row.code) else { continue };
        match (class_of(row), row.value.known()) {
            (Some(class), Some(value)) => {
                canvas.area(outline, fill(class, body.classes.len()), &format!("{}: {} {}", row.name, decimal(value, 1), body.unit));
            }
            _ => canvas.area(outline, "url(#out)", &format!("{}: no site in reach", row.name)),
        }
    }
    canvas.legend_heading(&format!("{} (areas)", body.unit));
    for k in (0..body.classes.len()).rev() {
        let from = decimal(body.classes[k], 1);
        let words = match body.classes.get(k + 1) {
            Some(next) if k == 0 => format!("under {}", decimal(*next, 1)),
            Some(next) => format!("{from} to under {}", decimal(*next, 1)),
            None => format!("{from} or more"),
        };
        canvas.legend(fill(k, body.classes.len()), &format!("{words} ({})", body.rows.iter().filter(|r| class_of(r) == Some(k)).count()));
    }
    let without = body.rows.iter().filter(|r| !r.in_reach).count();
    if without > 0 {
        canvas.legend("url(#out)", &format!("no site in reach ({without})"));
    }
    let alt_text = format!(
        "Map of {} areas. {}. {} areas have no site in reach. The table holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        thousands(without as u64)
    );
    canvas.finish(findings, finding, alt_text)
}
