//! Called clusters, numbered from the strongest.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings};
use crate::outputs::figure::Figure;
use crate::outputs::svg::{Anchor, TextStyle};
use crate::outputs::theme::LETTERS;
use crate::units::counted;
use crate::units::{decimal, thousands};

/// Colours that stay apart for readers who do not tell red from green; the number on the map says the same. Orange is for what is missing.
const COLOURS: [&str; 6] = ["#801650", "#6BACE6", "#28A197", "#12436D", "#A285D1", "#6F6F6F"];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Clusters(b) if b.areas.iter().any(|a| a.cluster.is_some()))
}

fn colour(cluster: u32) -> &'static str {
    COLOURS[(cluster as usize - 1).min(COLOURS.len() - 1)]
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::Clusters(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for area in &body.areas {
        let Some(outline) = findings.outline(area.code) else { continue };
        let (fill, words) = match area.cluster {
            Some(k) => (colour(k), format!("cluster {k}")),
            None if !area.took_part => ("url(#withheld)", "withheld or not known".to_owned()),
            None => ("#F4F4F4", "in no cluster".to_owned()),
        };
        canvas.area(outline, fill, &format!("{}: {words}", area.name));
    }
    let called: Vec<_> = body.clusters.iter().filter(|c| c.p <= body.called_at).collect();
    for (k, cluster) in called.iter().enumerate() {
        // The number stands in the area in the middle.
        let middle = findings.outlines.iter().find(|o| Some(&o.code) == cluster.areas.first());
        let corners: Vec<(i32, i32)> = middle.iter().flat_map(|o| o.polygons.iter().flatten().flatten().copied()).collect();
        let n = corners.len().max(1) as f64;
        let (x, y) = corners.iter().fold((0.0, 0.0), |s, c| (s.0 + f64::from(c.0) / n, s.1 + f64::from(c.1) / n));
        let at = canvas.at(x, y);
        // Beside the cluster and tied to it by a line: small areas must not vanish under their number.
        let (x, y) = (at.0 + 20.0, at.1 - 20.0);
        let svg = &mut canvas.figure.svg;
        svg.line(at, (x, y), "#1A1A1A", 1.0, "");
        svg.circle(x, y, 9.0, "#FFFFFF", colour(k as u32 + 1), " stroke-width=\"2\"");
        let text = (k + 1).to_string();
        let style = TextStyle { size: LETTERS, bold: true, fill: "#1A1A1A", anchor: Anchor::Start };
        svg.text(x - 3.6 * text.len() as f64, y + 4.4, &text, style);
    }
    canvas.legend_heading("Clusters, least likely by chance first (areas)");
    for (k, c) in called.iter().enumerate() {
        let when = if body.living { format!(", since {}", c.first_month.label()) } else { String::new() };
        let beside = c.relative_risk.map_or("all that was recorded".into(), |r| format!("{} times the risk elsewhere", decimal(r, 1)));
        let words = format!("{}: around {}{when}, {beside} ({})", k + 1, c.around, c.areas.len());
        canvas.legend(colour(k as u32 + 1), &words);
    }
    let outside = body.areas.iter().filter(|a| a.took_part && a.cluster.is_none()).count();
    canvas.legend("#F4F4F4", &format!("in no cluster beyond chance ({outside})"));
    let apart = body.areas.iter().filter(|a| !a.took_part).count();
    if apart > 0 {
        canvas.legend("url(#withheld)", &format!("withheld or not known ({apart})"));
    }
    let alt_text = format!(
        "Map of {} areas. {}. {} out from chance; the table names the areas.",
        thousands(body.areas.len() as u64),
        finding.subtitle,
        counted(called.len(), "cluster stands", "clusters stand")
    );
    canvas.finish(findings, finding, alt_text)
}
