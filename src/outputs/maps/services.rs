//! Public sites of services, by stage of the pathway and whether they run, with the numbers of the table.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings, ListedSite, ServiceState};
use crate::outputs::figure::Figure;
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::outputs::theme::{DARK_BLUE, FAINT, LETTERS, PLUM, text_width};
use crate::units::counted;

/// Half the width of a mark, in pixels.
const MARK: f64 = 12.0;

/// Stages with their name, colour and shape. None is orange: that is the colour of what is missing.
const STAGES: [(&str, &str, &str); 4] = [
    ("crisis", "for a crisis", PLUM),
    ("support", "support", "#12436D"),
    ("recovery", "recovery", "#2B7A4B"),
    ("", "prevention and others", "#5A5A5A"),
];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Services(b) if !b.sites.is_empty())
}

fn stage(site: &ListedSite) -> usize {
    STAGES.iter().position(|s| s.0 == site.service.stage).unwrap_or(STAGES.len() - 1)
}

/// Where the mark of each site stands: those that would cover one another are set round their middle, and groups whose rings meet are one.
fn places(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 2.3 * MARK;
    let mut group: Vec<usize> = (0..points.len()).collect();
    let mut placed = points.to_vec();
    loop {
        let meets = (0..points.len())
            .flat_map(|i| (0..i).map(move |j| (j, i)))
            .find(|(j, i)| group[*i] != group[*j] && close(placed[*i], placed[*j]));
        let Some((j, i)) = meets else { return placed };
        let (keep, gone) = (group[j], group[i]);
        group.iter_mut().filter(|g| **g == gone).for_each(|g| *g = keep);
        let members: Vec<usize> = (0..points.len()).filter(|i| group[*i] == keep).collect();
        let n = members.len() as f64;
        let middle = members.iter().fold((0.0, 0.0), |m, i| (m.0 + points[*i].0 / n, m.1 + points[*i].1 / n));
        // A circle so wide that its marks do not cover one another.
        let radius = (MARK * 1.3 / (std::f64::consts::PI / n).sin()).max(MARK * 1.3);
        // Round the ring in the order in which their places lie round the middle, beginning where the first of them lies: so lines do not cross.
        let bearing = |i: usize| (points[i].1 - middle.1).atan2(points[i].0 - middle.0);
        let mut members = members;
        members.sort_by(|a, b| bearing(*a).total_cmp(&bearing(*b)).then(a.cmp(b)));
        let start = bearing(members[0]);
        for (k, i) in members.iter().enumerate() {
            let angle = start + std::f64::consts::TAU * k as f64 / n;
            placed[*i] = (middle.0 + radius * angle.cos(), middle.1 + radius * angle.sin());
        }
    }
}

/// A mark: a circle, a square, a triangle or a diamond.
fn mark(canvas: &mut Canvas, (x, y): (f64, f64), stage: usize, runs: bool, words: &str) {
    let colour = STAGES[stage].2;
    let fill = if runs { colour } else { "#FFFFFF" };
    let style = format!(
        "fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1.6\"{}",
        if runs { "#FFFFFF" } else { colour },
        if runs { "" } else { " stroke-dasharray=\"3 2\"" }
    );
    let (l, t, b) = (number(x - MARK), number(y - MARK), number(y + MARK));
    let svg = &mut canvas.figure.svg;
    match stage {
        0 => svg.raw(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {style}/>", number(x), number(y), number(MARK))),
        1 => svg.raw(&format!("<rect x=\"{l}\" y=\"{t}\" width=\"{}\" height=\"{}\" {style}/>", number(2.0 * MARK), number(2.0 * MARK))),
        2 => svg.raw(&format!(
            "<path d=\"M{} {}L{} {b}L{} {b}Z\" {style}/>",
            number(x),
            number(y - MARK * 1.35),
            number(x + MARK * 1.3),
            number(x - MARK * 1.3)
        )),
        _ => svg.raw(&format!(
            "<path d=\"M{} {}L{} {}L{} {}L{} {}Z\" {style}/>",
            number(x),
            number(y - MARK * 1.25),
            number(x + MARK * 1.25),
            number(y),
            number(x),
            number(y + MARK * 1.25),
            number(x - MARK * 1.25),
            number(y)
        )),
    }
    let size = LETTERS;
    let down = if stage == 2 { 8.5 } else { 4.3 };
    let ink = if runs { "#FFFFFF" } else { colour };
    canvas.figure.svg.text(
        x - text_width(words, size, true) / 2.0,
        y + down,
        words,
        TextStyle { size, bold: true, fill: ink, anchor: Anchor::Start },
    );
}

/// The marks of some sites, and lines to where they stand from those that are set apart.
fn marks(canvas: &mut Canvas, sites: &[&ListedSite], points: &[(f64, f64)]) {
    let placed = places(points);
    for (at, from) in placed.iter().zip(points).filter(|(a, b)| a != b) {
        canvas.figure.svg.line(*from, *at, DARK_BLUE, 0.8, "");
        canvas.figure.svg.circle(from.0, from.1, 2.0, DARK_BLUE, FAINT, "");
    }
    for (site, at) in sites.iter().zip(&placed) {
        mark(canvas, *at, stage(site), site.service.state == ServiceState::Running, &site.number.to_string());
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::Services(body) = &finding.body else { return Default::default() };
    let metres: Vec<(f64, f64)> = body.sites.iter().map(|s| (f64::from(s.easting_m), f64::from(s.northing_m))).collect();
    let mut canvas = Canvas::of_sites(findings, Figure::new(findings, finding, &finding.headline), &metres, 2.3 * MARK);
    for outline in &findings.outlines {
        canvas.area(outline, "#F6F6F6", &outline.name);
    }
    let shown: Vec<&ListedSite> = body.sites.iter().filter(|s| canvas.shows(f64::from(s.easting_m), f64::from(s.northing_m))).collect();
    let points: Vec<(f64, f64)> = shown.iter().map(|s| canvas.at(f64::from(s.easting_m), f64::from(s.northing_m))).collect();
    // What an inset shows has its number there, and is a dot on the map.
    let insets = canvas.insets.clone();
    let at_home: Vec<Option<usize>> = points.iter().map(|p| insets.iter().position(|i| i.point(*p).is_some())).collect();
    for home in std::iter::once(None).chain((0..insets.len()).map(Some)) {
        let of: Vec<usize> = (0..points.len()).filter(|i| at_home[*i] == home).collect();
        let there = |i: &usize| home.and_then(|h| insets[h].point(points[*i])).unwrap_or(points[*i]);
        let points: Vec<(f64, f64)> = of.iter().map(there).collect();
        marks(&mut canvas, &of.iter().map(|i| shown[*i]).collect::<Vec<_>>(), &points);
    }
    for (at, _) in points.iter().zip(&at_home).filter(|(_, home)| home.is_some()) {
        canvas.figure.svg.circle(at.0, at.1, 3.0, DARK_BLUE, "#FFFFFF", "");
    }
    canvas.legend_heading("Public sites (numbers: see the table)");
    let mut parts = Vec::new();
    for (k, (_, words, _)) in STAGES.iter().enumerate() {
        let n = shown.iter().filter(|s| stage(s) == k).count();
        if n > 0 {
            let text = format!("{words} ({n})");
            let (x, y) = canvas.legend_mark(22.0, &text);
            mark(&mut canvas, (x, y), k, true, "");
            parts.push(text);
        }
    }
    let resting = shown.iter().filter(|s| s.service.state != ServiceState::Running).count();
    if resting > 0 {
        let (x, y) = canvas.legend_mark(22.0, &format!("not running ({resting})"));
        mark(&mut canvas, (x, y), 1, false, "");
    }
    let beyond = body.sites.len() - shown.len();
    if beyond > 0 {
        canvas.legend_heading(&format!("{beyond} more beyond this map"));
    }
    if !body.without_site.is_empty() {
        let ways: std::collections::BTreeSet<&str> = body.without_site.iter().flat_map(|s| &s.delivery).map(String::as_str).collect();
        let ways = if ways.is_empty() { String::new() } else { format!(": {}", ways.into_iter().collect::<Vec<_>>().join(", ")) };
        canvas.legend_heading(&format!("{} no public site{ways}", counted(body.without_site.len(), "service has", "services have")));
    }
    let names: Vec<String> = shown.iter().map(|s| format!("{} {}", s.number, s.service.name)).collect();
    let alt_text =
        format!("Map of {} public sites. {}. By stage: {}. {}.", shown.len(), finding.subtitle, parts.join(", "), names.join("; "));
    canvas.finish(findings, finding, alt_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_from_places_to_their_marks_do_not_cross() {
        let points = [(100.0, 100.0), (108.0, 101.0), (104.0, 108.0), (97.0, 106.0), (103.0, 94.0)];
        let placed = places(&points);
        let side = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        for i in 0..points.len() {
            for j in 0..i {
                let (a, b, c, d) = (points[i], placed[i], points[j], placed[j]);
                let cross = side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
                assert!(!cross, "{i} and {j}: {placed:?}");
            }
        }
    }

    #[test]
    fn marks_that_would_cover_one_another_are_set_apart() {
        let crowd: Vec<(f64, f64)> = (0..7).map(|i| (100.0 + f64::from(i) * 0.5, 100.0)).chain([(300.0, 100.0)]).collect();
        let placed = places(&crowd);
        assert_eq!(placed[7], (300.0, 100.0), "one that stands alone stays");
        for i in 0..8 {
            for j in 0..i {
                let apart = (placed[i].0 - placed[j].0).hypot(placed[i].1 - placed[j].1);
                assert!(apart >= 2.0 * MARK, "{i} and {j}: {apart}");
            }
        }
    }
}
