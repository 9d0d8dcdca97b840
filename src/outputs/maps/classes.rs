//! Reach by area, three-valued, with the public sites of that kind of service.

use super::canvas::{Canvas, Drawn};
use crate::model::{AreaClasses, Body, Finding, Findings, PublicSite, Reach, ServiceState};
use crate::outputs::figure::Figure;
use crate::outputs::theme::DARK_BLUE;
use crate::units::Cell;
use crate::units::thousands;

pub fn fits(finding: &Finding) -> bool {
    // A map in a single class says nothing that its sentence does not.
    matches!(&finding.body, Body::AreaClasses(b) if b.rows.iter().any(|r| r.class != b.rows[0].class))
}

fn fill(body: &AreaClasses, class: Reach) -> &'static str {
    match class {
        Reach::OutOfReach if !body.agreed => "#FAFAF7",
        Reach::Site => "#6BACE6",
        Reach::WithoutSite => "url(#remote)",
        Reach::OutOfReach => "url(#out)",
        Reach::NotKnown => "url(#missing)",
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::AreaClasses(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        if let Some(outline) = findings.outline(row.code) {
            canvas.area(outline, fill(body, row.class), &format!("{}: {}", row.name, body.label(row.class)));
        }
    }
    let (mut sites, mut beyond) = (0, 0);
    let there = |s: &&PublicSite| s.state == ServiceState::Running && s.types.contains(&body.service_type);
    for site in findings.sites.iter().filter(there) {
        let (east, north) = (f64::from(site.easting_m), f64::from(site.northing_m));
        if !canvas.shows(east, north) {
            beyond += 1;
            continue;
        }
        let (x, y) = canvas.at(east, north);
        canvas.figure.svg.circle(x, y, 5.5, "#FFFFFF", DARK_BLUE, " stroke-width=\"3\"");
        sites += 1;
    }
    canvas.legend_heading(&format!("{} (residents)", body.measure));
    let mut parts = Vec::new();
    for total in &body.totals {
        let words = match total.residents {
            Cell::Known(n) => thousands(n),
            Cell::Withheld => "withheld".into(),
            _ => "number not known".into(),
        };
        // A class in which no area is, and of which nobody is told, is none of this map: that its number is not known says no more than that.
        let there = body.rows.iter().any(|r| r.class == total.class) || total.residents.known().is_some();
        if there && total.residents != Cell::Known(0) {
            canvas.legend(fill(body, total.class), &format!("{} ({words})", body.label(total.class)));
            parts.push(format!("{}: {words}", body.label(total.class)));
        }
    }
    if sites > 0 {
        let (x, y) = canvas.legend_mark(16.0, &format!("a public site ({sites})"));
        canvas.figure.svg.circle(x, y, 5.5, "#FFFFFF", DARK_BLUE, " stroke-width=\"3\"");
    }
    if beyond > 0 {
        canvas.legend_note(&format!("{beyond} more beyond this map"));
    }
    let alt_text = format!(
        "Map of {} areas by whether they are reached. {}. Residents: {}. The table below the map holds every area.",
        body.rows.len(),
        finding.subtitle,
        parts.join("; ")
    );
    canvas.finish(findings, finding, alt_text)
}
