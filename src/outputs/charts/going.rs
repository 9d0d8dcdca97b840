//! Small maps side by side: who can come to a service while it is open, at noon and in the evening of weekdays, and on Sundays.

use crate::model::{Body, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::outputs::figures::{FULL, going_maps};
use crate::outputs::svg::number;
use crate::outputs::theme::{MARGIN, WIDTH};

pub fn fits(finding: &Finding) -> bool {
    // Maps in a single class say nothing that a sentence does not.
    let body = if let Body::Going(body) = &finding.body { body } else { return false };
    let first = body.rows.first().map(|r| r.weekday_noon);
    body.rows.iter().any(|r| r.classes().into_iter().any(|c| Some(c) != first))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Going(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let top = figure.top + 6.0;
    let Some((maps, height, alt_text)) = going_maps(findings, body) else {
        let alt_text = format!("{}. The table holds every area.", finding.headline);
        return figure.finish(findings, finding, top, alt_text);
    };
    // The maps are drawn for a document, at the size at which they are set there.
    let scale = (WIDTH - 2.0 * MARGIN) / FULL;
    figure.svg.raw(&format!("<g transform=\"translate({} {}) scale({scale:.4})\">\n{maps}</g>", number(MARGIN), number(top)));
    figure.finish(findings, finding, top + height * scale, format!("{alt_text} The table holds every area."))
}
