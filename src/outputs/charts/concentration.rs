//! Concentration curve: which share of what is recorded, or of what there is, falls to which share of people, from the most deprived area on; or to which share
//! of areas, from those with most on, beside what chance gives.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::plot::{Area, FINE, colour, plain, plot};
use crate::model::{BesideChance, Body, Concentration, Finding, Findings};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, FAINT, INK, MARGIN};
use crate::units::decimal;

const SIDE: u32 = 440;

type Square<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// What the curve is of.
struct View<'a> {
    curve: &'a [(f64, f64)],
    measure: &'a str,
    index: Option<f64>,
    /// On the upright axis.
    what: &'static str,
    /// On the other one.
    people: &'static str,
}

fn view(finding: &Finding) -> Option<View<'_>> {
    let view = match &finding.body {
        Body::Gradient(b) => View { curve: &b.curve, measure: &b.measure, index: b.concentration, what: "recorded", people: "residents" },
        Body::AreaAccess(b) => {
            View { curve: &b.curve, measure: &b.measure, index: b.concentration, what: "what is there", people: "people" }
        }
        _ => return None,
    };
    (view.curve.len() > 3).then_some(view)
}

pub fn fits(finding: &Finding) -> bool {
    view(finding).is_some() || matches!(&finding.body, Body::Concentration(b) if b.half.is_some() && b.curve.len() > 3)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    if let Body::Concentration(body) = &finding.body {
        return draw_areas(findings, finding, body);
    }
    let Some(view) = view(finding) else { return Default::default() };
    // The share at the fifth of residents in the most deprived areas, read off the curve.
    let share = decimal(100.0 * at(view.curve, 0.2), 0);
    let headline = match &finding.body {
        Body::AreaAccess(_) => format!("{}: most deprived areas, a fifth of people, have {share}%", view.measure),
        _ => format!("The most deprived areas, with a fifth of residents, record {share}%"),
    };
    let mut figure = Figure::new(findings, finding, &headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, SIDE + 116, SIDE, |area| draw_curve(area, &view)));
    let (x, y) = (MARGIN + f64::from(SIDE) + 140.0, top + 60.0);
    let svg = &mut figure.svg;
    svg.raw(&format!("<path d=\"M{} {}h26\" stroke=\"{DARK_BLUE}\" stroke-width=\"2.5\"/>", number(x), number(y)));
    svg.text(x + 36.0, y + 4.0, view.measure, label(INK, Anchor::Start));
    svg.raw(&format!(
        "<path d=\"M{} {}h26\" stroke=\"{FAINT}\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>",
        number(x),
        number(y + 28.0)
    ));
    svg.text(x + 36.0, y + 32.0, "if it were the same for all", label(INK, Anchor::Start));
    svg.text(x, y + 68.0, "Above the dashed line, deprived areas", label(INK, Anchor::Start));
    svg.text(x, y + 86.0, "have more than their share.", label(INK, Anchor::Start));
    if let Some(c) = view.index {
        svg.text(x, y + 122.0, &format!("Concentration index {}", decimal(c, 2)), label(INK, Anchor::Start));
    }
    let alt_text = format!("Concentration curve. {}. {headline}. The table holds the values.", finding.subtitle);
    figure.finish(findings, finding, top + f64::from(SIDE) + 6.0, alt_text)
}

fn at(curve: &[(f64, f64)], people: f64) -> f64 {
    let pair = curve.windows(2).find(|w| w[1].0 >= people);
    pair.map_or(people, |w| w[0].1 + (w[1].1 - w[0].1) * (people - w[0].0) / (w[1].0 - w[0].0).max(1e-12))
}

/// A plot of shares against shares, from nothing to all.
fn shares_by_shares<'a, 'b>(area: &'a Area<'b>, across: &str, up: &str) -> Result<Square<'a, 'b>, Box<dyn std::error::Error>> {
    let mut chart = ChartBuilder::on(area)
        .margin(8 * FINE)
        .margin_right(34 * FINE)
        .x_label_area_size(44 * FINE)
        .y_label_area_size(62 * FINE)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    let percent = |x: &f64| format!("{}%", decimal(100.0 * x, 0));
    let mut mesh = chart.configure_mesh();
    plain(&mut mesh)
        .set_all_tick_mark_size(6 * FINE)
        .x_labels(6)
        .x_label_formatter(&percent)
        .y_label_formatter(&percent)
        .x_desc(across)
        .y_desc(up)
        .draw()?;
    Ok(chart)
}

fn draw_curve(area: &Area, view: &View) -> Result<(), Box<dyn std::error::Error>> {
    let mut chart = shares_by_shares(area, &format!("{}, the most deprived areas first", view.people), view.what)?;
    chart.draw_series(DashedLineSeries::new([(0.0, 0.0), (1.0, 1.0)], 6 * FINE, 4 * FINE, colour(FAINT).stroke_width(2 * FINE)))?;
    chart.draw_series(LineSeries::new(view.curve.iter().copied(), colour(DARK_BLUE).stroke_width(5 * FINE / 2)))?;
    Ok(())
}

/// The curve over areas, the range of chance about it.
fn draw_areas(findings: &Findings, finding: &Finding, body: &Concentration) -> (String, String) {
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, SIDE + 116, SIDE, |area| draw_with_chance(area, body)));
    let (x, mut y) = (MARGIN + f64::from(SIDE) + 140.0, top + 60.0);
    let svg = &mut figure.svg;
    svg.raw(&format!("<path d=\"M{} {}h26\" stroke=\"{DARK_BLUE}\" stroke-width=\"2.5\"/>", number(x), number(y)));
    svg.text(x + 36.0, y + 4.0, "as recorded", label(INK, Anchor::Start));
    y += 28.0;
    svg.raw(&format!("<path d=\"M{} {}h26\" stroke=\"{BAND}\" stroke-width=\"10\"/>", number(x), number(y)));
    svg.text(x + 36.0, y + 4.0, "by chance, 95 of 100 times", label(INK, Anchor::Start));
    y += 40.0;
    for line in shares(body) {
        svg.text(x, y, &line, label(INK, Anchor::Start));
        y += 18.0;
    }
    let told = shares(body).join(" ");
    let alt_text = format!("Concentration curve. {}. {}. {told} The table holds the values.", finding.subtitle, finding.headline);
    figure.finish(findings, finding, top + f64::from(SIDE) + 6.0, alt_text)
}

/// The range of chance.
const BAND: &str = "#BFD3E6";

/// What the curve says, in short lines.
fn shares(body: &Concentration) -> Vec<String> {
    let percent = |x: f64| decimal(100.0 * x, 0);
    let half = body.half.map(|h| format!("Half lies in {}% of areas.", percent(h.observed)));
    let most = body.in_top.map(|t| format!("{}% lies in the {}% with most.", percent(t.observed), percent(body.top)));
    half.into_iter().chain(most).collect()
}

fn draw_with_chance(area: &Area, body: &Concentration) -> Result<(), Box<dyn std::error::Error>> {
    let mut chart = shares_by_shares(area, "areas, those with most first", "recorded")?;
    let ends = |y: fn(&BesideChance) -> f64| {
        let between = body.curve.iter().map(move |p| (p.areas, y(&p.events)));
        std::iter::once((0.0, 0.0)).chain(between).chain([(1.0, 1.0)]).collect::<Vec<(f64, f64)>>()
    };
    let (lower, upper) = (ends(|e| e.lower), ends(|e| e.upper));
    let band: Vec<(f64, f64)> = upper.into_iter().chain(lower.into_iter().rev()).collect();
    chart.draw_series([Polygon::new(band, colour(BAND).filled())])?;
    chart.draw_series(LineSeries::new(ends(|e| e.observed), colour(DARK_BLUE).stroke_width(5 * FINE / 2)))?;
    Ok(())
}
