//! The frame that every map and chart shares: headline, subtitle, plot, source line, and the word *invented* where it belongs.

use super::svg::{Anchor, Svg, TextStyle};
use super::theme::{DARK_BLUE, GREY_INK, INK, LETTERS, MARGIN, WIDTH, wrap};
use crate::model::{Door, Finding, Findings};

/// A picture under construction: what is drawn goes below `top`.
pub struct Figure {
    pub svg: Svg,
    /// First free pixel below headline and subtitle.
    pub top: f64,
    headline: String,
}

impl Figure {
    /// Starts with headline and subtitle.
    ///
    /// They stand in a group of their own, as the footer does: a document that says the same in its text leaves both out.
    pub fn new(findings: &Findings, finding: &Finding, headline: &str) -> Self {
        let mut svg = Svg::default();
        let mut head = Svg::default();
        let width = WIDTH - 2.0 * MARGIN;
        let mut y = MARGIN + 18.0;
        for line in wrap(headline, 22.0, true, width) {
            head.text(MARGIN, y, &line, TextStyle { size: 22.0, bold: true, fill: INK, anchor: Anchor::Start });
            y += 28.0;
        }
        y -= 4.0;
        for line in wrap(&finding.subtitle, 15.0, false, width) {
            head.text(MARGIN, y, &line, TextStyle { size: 15.0, bold: false, fill: GREY_INK, anchor: Anchor::Start });
            y += 20.0;
        }
        if let Some(notice) = invented(findings, finding) {
            head.rect(MARGIN, y - 10.0, 330.0, 22.0, INK, "none");
            head.text(MARGIN + 8.0, y + 6.0, &notice, TextStyle { size: 13.0, bold: true, fill: "#FFFFFF", anchor: Anchor::Start });
            y += 28.0;
        }
        svg.raw(&format!("<g class=\"head\">\n{}</g>", head.body()));
        Self { svg, top: y, headline: headline.to_owned() }
    }

    /// The same picture with parts put in, each at its place in the drawing, in their order.
    pub fn with(&self, parts: &[(usize, String)]) -> Self {
        Self { svg: self.svg.with(parts), top: self.top, headline: self.headline.clone() }
    }

    /// Adds the footer below `bottom` and closes the picture.
    pub fn finish(mut self, findings: &Findings, finding: &Finding, bottom: f64, alt_text: String) -> (String, String) {
        self.svg.raw("<g class=\"foot\">");
        let mut y = bottom + 14.0;
        self.svg.line((MARGIN, y - 8.0), (WIDTH - MARGIN, y - 8.0), DARK_BLUE, 1.0, "");
        let mut text = vec![format!("Data: {}.", findings.source_titles(&finding.sources).join(", "))];
        text.extend(findings.attributions(finding).iter().map(|a| format!("{}.", a.trim_end_matches('.'))));
        if finding.status == "proxy" {
            text.push("Proxy: not a count of violence against women and girls.".into());
        }
        let tier = findings.policy.tier;
        text.push(if findings.frame.draft { "DRAFT, not for release.".into() } else { format!("{}.", tier.label()) });
        if finding.release.door == Door::Policy {
            text.push(format!("Small counts withheld; others rounded to {}.", finding.release.rounded_to));
        }
        for line in wrap(&text.join(" "), 12.0, false, WIDTH - 2.0 * MARGIN) {
            y += 16.0;
            self.svg.text(MARGIN, y - 4.0, &line, TextStyle { size: 12.0, bold: false, fill: GREY_INK, anchor: Anchor::Start });
        }
        self.svg.raw("</g>");
        (self.svg.finish(WIDTH, y + 14.0, &self.headline, &alt_text), alt_text)
    }
}

/// Analyses of what is recorded, asked or counted: none of them looks at a service.
const WITHOUT_SERVICES: [&str; 14] = [
    "trend",
    "events",
    "burden",
    "inequality",
    "hotspots",
    "clusters",
    "emerging",
    "near-repeat",
    "concentration",
    "comparators",
    "outcomes",
    "places",
    "indicators",
    "need",
];

/// The notice of a picture. Where the services alone are invented, a picture of recorded incidents holds nothing invented, and does not say so.
fn invented(findings: &Findings, finding: &Finding) -> Option<String> {
    let of_services = !WITHOUT_SERVICES.contains(&finding.analysis.as_str());
    findings.frame.invented_notice().filter(|_| findings.frame.invented || of_services || findings.frame.invented_part != "services")
}

/// Where the next mark of a legend stands that takes so many pixels with its words: in a new line where this one has no room left.
pub fn key_place((x, y): (f64, f64), needed: f64) -> (f64, f64) {
    if x > MARGIN && x + needed > WIDTH - MARGIN { (MARGIN, y + 22.0) } else { (x, y) }
}

/// A plain label.
pub fn label(fill: &str, anchor: Anchor) -> TextStyle<'_> {
    TextStyle { size: LETTERS, bold: false, fill, anchor }
}
