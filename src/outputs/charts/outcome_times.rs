//! How long reports took to come to an outcome: the share still open by months since the report with its limits, and the share charged by then.

use plotters::prelude::*;

use super::plot::{Area, FINE, colour, plain, plot};
use crate::model::{Body, Finding, Findings, OutcomeClass, OutcomeTimes};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, GREY_INK, INK, LETTERS, MARGIN, WIDTH, text_width};
use crate::units::decimal;

const HEIGHT: u32 = 320;
const CHARGED: &str = "#801650";

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::OutcomeTimes(b) if b.steps.len() > 2 && b.steps.iter().any(|s| s.open.known().is_some()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::OutcomeTimes(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, (WIDTH - 2.0 * MARGIN) as u32, HEIGHT, |area| curves(area, body)));
    let y = top + f64::from(HEIGHT) + 18.0;
    figure.svg.text(MARGIN + 62.0, y, "months since the report", label(GREY_INK, Anchor::Start));
    let y = y + 24.0;
    let mut x = MARGIN + 10.0;
    let line = |ink: &str, dash: &str| format!("<path d=\"M0 0H22\" stroke=\"{ink}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>");
    for (mark, words) in
        [(line(DARK_BLUE, ""), "still open, with limits".to_owned()), (line(CHARGED, "6 4"), "charged or summonsed by then".to_owned())]
    {
        figure.svg.raw(&format!("<g transform=\"translate({} {})\">{mark}</g>", number(x), number(y)));
        figure.svg.text(x + 28.0, y + 4.0, &words, label(INK, Anchor::Start));
        x += 28.0 + text_width(&words, LETTERS, false) + 24.0;
    }
    let alt_text = alt_text(finding, body);
    figure.finish(findings, finding, y + 14.0, alt_text)
}

/// A value that holds from one time to the next, as points of a staircase.
fn stairs(values: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let ends = values.iter().skip(1).map(|(x, _)| *x).chain(values.last().map(|(x, _)| x + 1.0));
    values.iter().zip(ends).flat_map(|((x, y), end)| [(*x, *y), (end, *y)]).collect()
}

fn curves(area: &Area, body: &OutcomeTimes) -> Result<(), Box<dyn std::error::Error>> {
    let last = body.steps.len() as f64;
    let mut chart = ChartBuilder::on(area)
        .margin(6 * FINE)
        .x_label_area_size(30 * FINE)
        .y_label_area_size(58 * FINE)
        .build_cartesian_2d(0.0..last, 0.0..100.0)?;
    let mut mesh = chart.configure_mesh();
    plain(&mut mesh).x_label_formatter(&|x| decimal(*x, 0)).y_label_formatter(&|y| format!("{}%", decimal(*y, 0))).draw()?;
    let of = |value: &dyn Fn(&crate::model::OutcomeStep) -> Option<f64>| -> Vec<(f64, f64)> {
        stairs(&body.steps.iter().filter_map(|s| Some((f64::from(s.months), 100.0 * value(s)?))).collect::<Vec<_>>())
    };
    let (lower, upper) = (of(&|s| s.open.known().map(|e| e.lower)), of(&|s| s.open.known().map(|e| e.upper)));
    let band: Vec<(f64, f64)> = upper.into_iter().chain(lower.into_iter().rev()).collect();
    chart.draw_series(std::iter::once(Polygon::new(band, colour(DARK_BLUE).mix(0.16))))?;
    chart.draw_series(LineSeries::new(of(&|s| s.open.known().map(|e| e.value)), colour(DARK_BLUE).stroke_width(2 * FINE)))?;
    if let Some(k) = body.classes.iter().position(|k| k.class == OutcomeClass::Charged) {
        let charged = of(&|s| s.by_then.get(k)?.known());
        chart.draw_series(DashedLineSeries::new(charged, 6 * FINE, 4 * FINE, colour(CHARGED).stroke_width(2 * FINE)))?;
    }
    Ok(())
}

fn alt_text(finding: &Finding, body: &OutcomeTimes) -> String {
    let at = |months: usize| {
        let open = body.steps.get(months)?.open.known()?;
        Some(format!("{}% after {months} months", decimal(100.0 * open.value, 0)))
    };
    let told: Vec<String> = [0, 3, 6, 12, 24].into_iter().filter_map(at).collect();
    format!(
        "Curve of the share of reports still open by months since the report: {}. {}. The table holds every value.",
        told.join(", "),
        finding.subtitle
    )
}
