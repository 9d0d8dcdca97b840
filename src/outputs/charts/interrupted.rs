//! A marked event: the months, what one would have expected of them, and when it was going on.

use plotters::prelude::*;

use super::plot::{Area, FINE, colour, month_axes, plot};
use crate::model::{Body, Finding, Findings, Interrupted};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, INK, LETTERS, MARGIN, ORANGE, WIDTH, text_width};
use crate::units::Month;

const HEIGHT: u32 = 340;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Interrupted(b) if b.points.iter().filter(|p| p.here.known().is_some()).count() > 1)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Interrupted(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, (WIDTH - 2.0 * MARGIN) as u32, HEIGHT, |area| draw_series(area, body)));
    let y = top + f64::from(HEIGHT) + 20.0;
    let marks = [
        (
            format!("<path d=\"M0 0H22\" stroke=\"{DARK_BLUE}\" stroke-width=\"2\"/><circle cx=\"11\" r=\"3\" fill=\"{DARK_BLUE}\"/>"),
            format!("monthly {}", body.unit),
        ),
        (
            "<path d=\"M0 0H22\" stroke=\"#6F6F6F\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>".to_owned(),
            "expected without it".to_owned(),
        ),
        (format!("<path d=\"M0 -7H22V7H0Z\" fill=\"{ORANGE}\" fill-opacity=\"0.25\"/>"), body.event.name.clone()),
    ];
    let mut x = MARGIN + 10.0;
    for (mark, words) in marks {
        figure.svg.raw(&format!("<g transform=\"translate({} {})\">{mark}</g>", number(x), number(y)));
        figure.svg.text(x + 28.0, y + 4.0, &words, label(INK, Anchor::Start));
        x += 28.0 + text_width(&words, LETTERS, false) + 22.0;
    }
    let alt_text = format!(
        "Line chart of {} months, with those of {} shaded and a dashed line for what was expected without it. {} The table below the chart holds every value.",
        body.points.len(),
        body.event.name,
        finding.sentences.first().cloned().unwrap_or_default()
    );
    figure.finish(findings, finding, y + 14.0, alt_text)
}

fn draw_series(area: &Area, body: &Interrupted) -> Result<(), Box<dyn std::error::Error>> {
    let n = body.points.len();
    let highest = body.points.iter().flat_map(|p| [p.here.known().map(|n| n as f64), p.expected]).flatten().fold(1.0, f64::max);
    let months: Vec<Month> = body.points.iter().map(|p| p.month).collect();
    let mut chart = month_axes(area, &months, highest)?;
    let during = body.points.iter().enumerate().filter(|(_, p)| body.event.during(p.month));
    chart.draw_series(during.map(|(i, _)| {
        let at = i as f64;
        Rectangle::new([(at - 0.5, 0.0), (at + 0.5, highest * 1.12)], colour(ORANGE).mix(0.25).filled())
    }))?;
    // A missing month leaves a gap.
    let runs = |value: &dyn Fn(usize) -> Option<f64>| -> Vec<Vec<(f64, f64)>> {
        let mut runs = vec![vec![]];
        for i in 0..n {
            match (value(i), runs.last_mut()) {
                (Some(y), Some(run)) => run.push((i as f64, y)),
                _ => runs.push(vec![]),
            }
        }
        runs
    };
    for run in runs(&|i| body.points[i].expected) {
        chart.draw_series(DashedLineSeries::new(run, 6 * FINE, 4 * FINE, colour("#6F6F6F").stroke_width(2 * FINE)))?;
    }
    for run in runs(&|i| body.points[i].here.known().map(|n| n as f64)) {
        chart.draw_series(LineSeries::new(run.clone(), colour(DARK_BLUE).stroke_width(2 * FINE)))?;
        chart.draw_series(run.into_iter().map(|at| Circle::new(at, 3 * FINE as i32, colour(DARK_BLUE).filled())))?;
    }
    Ok(())
}
