//! Map of a need index: not its value, but whether an area is in the highest fifth whichever way the index is made.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings, Standing};
use crate::outputs::figure::Figure;
use crate::units::counted;
use crate::units::{decimal, thousands};

const CLASSES: [(Standing, &str, &str); 4] = [
    (Standing::High, "#12436D", "highest fifth, whichever way"),
    (Standing::Perhaps, "#6BACE6", "highest fifth some ways, not others"),
    (Standing::Below, "#EEF3F8", "below the highest fifth"),
    (Standing::NotKnown, "url(#withheld)", "withheld or not known"),
];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::NeedIndex(b) if b.rows.iter().any(|r| r.rank.is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::NeedIndex(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        let Some(outline) = findings.outline(row.code) else { continue };
        let standing = body.standing(row);
        let (_, fill, words) = CLASSES.iter().find(|c| c.0 == standing).unwrap_or(&CLASSES[3]);
        let tooltip = match (row.index.known(), row.rank) {
            (Some(index), Some(r)) => {
                format!(
                    "{}: rank {} of {}, range {} to {}; index {}",
                    row.name,
                    r.nominal,
                    body.rows.len(),
                    r.low,
                    r.high,
                    decimal(index, 0)
                )
            }
            _ => format!("{}: {words}", row.name),
        };
        canvas.area(outline, fill, &tooltip);
    }
    canvas.legend_heading("By rank on the index of need (areas)");
    let areas = |standing: Standing| body.rows.iter().filter(|r| body.standing(r) == standing).count();
    for (standing, fill, words) in CLASSES {
        if areas(standing) > 0 {
            canvas.legend(fill, &format!("{words} ({})", areas(standing)));
        }
    }
    let alt_text = format!(
        "Map of {} areas. {}. {} in the highest fifth whichever way the index is made, {} some ways. The table holds every rank with its range.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        counted(areas(Standing::High), "area is", "areas are"),
        areas(Standing::Perhaps)
    );
    canvas.finish(findings, finding, alt_text)
}
