//! Concentration curve: which share of what is recorded falls to which share of residents, from the most deprived area on.

use plotters::prelude::*;

use super::plot::{Area, FINE, axis_text, colour, plot};
use crate::analyses::decimal;
use crate::findings::{Body, Finding, Findings, Gradient};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, FAINT, INK, MARGIN};

const SIDE: u32 = 440;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Gradient(b) if b.curve.len() > 3)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Gradient(body) = &finding.body else { return Default::default() };
    // The share at the fifth of residents that is poorest, read off the curve.
    let share = at(body, 0.2);
    let headline = format!("The poorest fifth of residents live with {} % of what is recorded", decimal(100.0 * share, 0));
    let mut figure = Figure::new(findings, finding, &headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, SIDE + 116, SIDE, |area| draw_curve(area, body)));
    let (x, y) = (MARGIN + f64::from(SIDE) + 140.0, top + 60.0);
    let svg = &mut figure.svg;
    svg.raw(&format!("<path d=\"M{} {}h26\" stroke=\"{DARK_BLUE}\" stroke-width=\"2.5\"/>", number(x), number(y)));
    svg.text(x + 36.0, y + 4.0, &body.measure, label(INK, Anchor::Start));
    svg.raw(&format!(
        "<path d=\"M{} {}h26\" stroke=\"{FAINT}\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>",
        number(x),
        number(y + 28.0)
    ));
    svg.text(x + 36.0, y + 32.0, "were it the same for all", label(INK, Anchor::Start));
    svg.text(x, y + 68.0, "Above the dashed line, poorer areas", label(INK, Anchor::Start));
    svg.text(x, y + 86.0, "have more than their share.", label(INK, Anchor::Start));
    if let Some(c) = body.concentration {
        svg.text(x, y + 122.0, &format!("Concentration index {}", decimal(c, 2)), label(INK, Anchor::Start));
    }
    let alt_text = format!("Concentration curve. {}. {headline}. The table holds the rates of five groups.", finding.subtitle);
    figure.finish(findings, finding, top + f64::from(SIDE) + 6.0, alt_text)
}

fn at(body: &Gradient, people: f64) -> f64 {
    let pair = body.curve.windows(2).find(|w| w[1].0 >= people);
    pair.map_or(people, |w| w[0].1 + (w[1].1 - w[0].1) * (people - w[0].0) / (w[1].0 - w[0].0).max(1e-12))
}

fn draw_curve(area: &Area, body: &Gradient) -> Result<(), Box<dyn std::error::Error>> {
    let mut chart = ChartBuilder::on(area)
        .margin(8 * FINE)
        .margin_right(34 * FINE)
        .x_label_area_size(44 * FINE)
        .y_label_area_size(62 * FINE)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    let percent = |x: &f64| format!("{} %", decimal(100.0 * x, 0));
    chart
        .configure_mesh()
        .disable_x_mesh()
        .set_all_tick_mark_size(6 * FINE)
        .light_line_style(TRANSPARENT)
        .bold_line_style(colour("#E3E3E3").stroke_width(FINE))
        .axis_style(colour(FAINT).stroke_width(FINE))
        .x_labels(6)
        .y_labels(6)
        .x_label_formatter(&percent)
        .y_label_formatter(&percent)
        .x_desc("residents, the poorest areas first")
        .y_desc("recorded")
        .axis_desc_style(axis_text())
        .label_style(axis_text())
        .draw()?;
    chart.draw_series(DashedLineSeries::new([(0.0, 0.0), (1.0, 1.0)], 6 * FINE, 4 * FINE, colour(FAINT).stroke_width(2 * FINE)))?;
    chart.draw_series(LineSeries::new(body.curve.iter().copied(), colour(DARK_BLUE).stroke_width(5 * FINE / 2)))?;
    Ok(())
}
