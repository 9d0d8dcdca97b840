//! All areas in order of their rate, each with its interval, beside the rate of the whole: how much of the spread is chance?

use plotters::prelude::*;

use super::plot::{Area, FINE, colour, plain, plot};
use crate::model::{AreaRates, Body, Finding, Findings};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::{DARK_BLUE, FAINT, INK, MARGIN, PLUM, WIDTH};
use crate::units::Estimate;
use crate::units::agreed;
use crate::units::decimal;

const HEIGHT: u32 = 340;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::AreaRates(b) if b.total.rate.known().is_some() && b.rows.iter().filter(|r| r.rate.known().is_some()).count() > 2)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::AreaRates(body) = &finding.body else { return Default::default() };
    let mut rates: Vec<(Estimate, bool)> = body.rows.iter().filter_map(|r| Some((r.rate.known()?, body.stands_apart(r)))).collect();
    rates.sort_by(|a, b| a.0.value.total_cmp(&b.0.value));
    // As in the list of the highest: records without a known place would make every area look low.
    let whole = body.rate_of_located().known();
    let far = rates.iter().filter(|r| r.1).count();
    let shown = if rates.len() < body.rows.len() { " that are shown" } else { "" };
    let headline = format!("{far} of {} areas{shown} {} clearly from all areas together", rates.len(), agreed(far, "differs", "differ"));
    let mut figure = Figure::new(findings, finding, &headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, (WIDTH - 2.0 * MARGIN) as u32, HEIGHT, |area| draw_spread(area, body, &rates, whole)));
    let y = top + f64::from(HEIGHT) + 18.0;
    let percent = rates.first().map_or(95.0, |r| r.0.level * 100.0);
    let svg = &mut figure.svg;
    svg.raw(&format!("<g transform=\"translate({} {y})\"><path d=\"M5 -8V8\" stroke=\"{FAINT}\" stroke-width=\"2\"/><circle cx=\"5\" r=\"2.5\" fill=\"{DARK_BLUE}\"/><path d=\"M330 0l5 -6l5 6l-5 6Z\" fill=\"{PLUM}\"/><path d=\"M600 0H626\" stroke=\"{INK}\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/></g>", MARGIN + 10.0));
    svg.text(MARGIN + 26.0, y + 4.0, &format!("an area and its {}% interval", decimal(percent, 0)), label(INK, Anchor::Start));
    svg.text(MARGIN + 356.0, y + 4.0, "beyond what areas vary by", label(INK, Anchor::Start));
    svg.text(MARGIN + 644.0, y + 4.0, "all areas together", label(INK, Anchor::Start));
    let alt_text = format!(
        "Chart of {} areas in order of their rate, each with its interval. {}. {headline}. The table holds every value.",
        rates.len(),
        finding.subtitle
    );
    figure.finish(findings, finding, y + 14.0, alt_text)
}

fn draw_spread(area: &Area, body: &AreaRates, rates: &[(Estimate, bool)], whole: Option<f64>) -> Result<(), Box<dyn std::error::Error>> {
    let highest = rates.iter().map(|r| r.0.upper).fold(1e-9, f64::max);
    let n = rates.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .margin(6 * FINE)
        .x_label_area_size(26 * FINE)
        .y_label_area_size(70 * FINE)
        .build_cartesian_2d(-1.0..n, 0.0..highest * 1.04)?;
    let mut mesh = chart.configure_mesh();
    plain(&mut mesh)
        .x_labels(0)
        .x_desc("areas, from the lowest to the highest rate")
        .y_label_formatter(&|y| decimal(*y, if highest < 6.0 { 1 } else { 0 }))
        .y_desc(body.unit.clone())
        .draw()?;
    let line =
        |i: usize, r: &Estimate| PathElement::new(vec![(i as f64, r.lower), (i as f64, r.upper)], colour(FAINT).stroke_width(FINE * 3 / 2));
    chart.draw_series(rates.iter().enumerate().map(|(i, r)| line(i, &r.0)))?;
    if let Some(whole) = whole {
        chart.draw_series(DashedLineSeries::new(
            [(-1.0, whole), (n, whole)],
            6 * FINE,
            4 * FINE,
            colour(INK).stroke_width(FINE * 3 / 2),
        ))?;
    }
    let size = if rates.len() > 200 { 2 } else { 3 } * FINE as i32;
    chart.draw_series(
        rates.iter().enumerate().filter(|(_, r)| !r.1).map(|(i, r)| Circle::new((i as f64, r.0.value), size, colour(DARK_BLUE).filled())),
    )?;
    let wide = size * 3 / 2;
    chart.draw_series(rates.iter().enumerate().filter(|(_, r)| r.1).map(|(i, r)| {
        EmptyElement::at((i as f64, r.0.value)) + Polygon::new(vec![(-wide, 0), (0, -wide), (wide, 0), (0, wide)], colour(PLUM).filled())
    }))?;
    Ok(())
}
