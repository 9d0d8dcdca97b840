//! Rates of a few groups with their intervals, row by row, beside the rate of the whole.

use crate::model::{Body, Finding, Findings};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, FAINT, GREY_INK, INK, MARGIN, WIDTH};
use crate::units::decimal;

const ROW: f64 = 38.0;
const LABEL_WIDTH: f64 = 250.0;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Gradient(b) if b.groups.iter().any(|g| g.rate.known().is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Gradient(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let (left, right) = (MARGIN + LABEL_WIDTH + 14.0, WIDTH - MARGIN - 170.0);
    let most = body.groups.iter().filter_map(|g| g.rate.known()).map(|r| r.upper).fold(1e-9, f64::max) * 1.05;
    let x = |rate: f64| left + rate / most * (right - left);
    let top = figure.top + 8.0;
    let bottom = top + ROW * body.groups.len() as f64;
    let decimals = body.decimals();
    let svg = &mut figure.svg;
    svg.line((left, top), (left, bottom), FAINT, 1.0, "");
    svg.line((left, bottom), (right, bottom), FAINT, 1.0, "");
    let step = step(most);
    let mut tick = 0.0;
    while tick <= most {
        svg.line((x(tick), bottom), (x(tick), bottom + 5.0), FAINT, 1.0, "");
        let text = decimal(tick, usize::from(step < 1.0));
        svg.text(x(tick), bottom + 20.0, &text, label(GREY_INK, Anchor::Middle));
        tick += step;
    }
    if let Some(whole) = body.whole.known() {
        svg.line((x(whole.value), top - 4.0), (x(whole.value), bottom), INK, 1.5, "6 4");
    }
    for (i, group) in body.groups.iter().enumerate() {
        let y = top + ROW * (i as f64 + 0.5);
        svg.text(left - 12.0, y + 4.0, &format!("{} ({} areas)", group.label, group.areas), label(INK, Anchor::End));
        let Some(rate) = group.rate.known() else {
            svg.text(left + 8.0, y + 4.0, "withheld to protect people", label(GREY_INK, Anchor::Start));
            continue;
        };
        svg.line((x(rate.lower), y), (x(rate.upper), y), DARK_BLUE, 2.5, "");
        svg.circle(x(rate.value), y, 5.5, DARK_BLUE, "#FFFFFF", "");
        let words = format!("{} ({} to {})", decimal(rate.value, decimals), decimal(rate.lower, decimals), decimal(rate.upper, decimals));
        svg.text(right + 10.0, y + 4.0, &words, label(INK, Anchor::Start));
    }
    svg.text(left, bottom + 40.0, &format!("{}, {}; bars are 95% intervals", body.measure, body.unit), label(GREY_INK, Anchor::Start));
    svg.raw(&format!(
        "<path d=\"M{} {}h26\" stroke=\"{INK}\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>",
        number(left),
        number(bottom + 56.0)
    ));
    svg.text(left + 34.0, bottom + 60.0, "all of them together, of records with a known place", label(GREY_INK, Anchor::Start));
    let each: Vec<String> =
        body.groups.iter().filter_map(|g| Some(format!("{} {}", g.label, decimal(g.rate.known()?.value, decimals)))).collect();
    let alt_text =
        format!("Chart of rates in five groups of areas. {}. {}. The table holds every value.", finding.subtitle, each.join(", "));
    figure.finish(findings, finding, bottom + 68.0, alt_text)
}

/// A step of 1, 2 or 5 times a power of ten that gives four to eight marks.
fn step(most: f64) -> f64 {
    let power = 10_f64.powf((most / 5.0).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * power).find(|s| most / s <= 8.0).unwrap_or(power * 10.0)
}
