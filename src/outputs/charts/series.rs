//! Control chart: the months, their usual range, and what stands out. Breaks split it; missing months leave a gap.

use plotters::prelude::*;

use super::plot::{Area, FINE, colour, month_axes, plot};
use crate::model::{Body, Finding, Findings, LimitRule, Series, SeriesPoint};
use crate::outputs::figure::{Figure, key_place, label};
use crate::outputs::svg::{Anchor, Svg, number};
use crate::outputs::theme::{DARK_BLUE, GREY_INK, INK, LETTERS, MARGIN, PLUM, WIDTH, text_width};
use crate::units::counted;
use crate::units::thousands;
use crate::units::{Cell, Month};

const HEIGHT: u32 = 360;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::Series(s) if s.points.len() > 1)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Series(series) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    let width = (WIDTH - 2.0 * MARGIN) as u32;
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, width, HEIGHT, |area| draw_series(area, series)));
    let y = top + f64::from(HEIGHT) + 20.0;
    let y = legend(&mut figure.svg, y, series);
    let alt_text = alt_text(finding, series);
    figure.finish(findings, finding, y + 14.0, alt_text)
}

/// Stretches of points that belong together: no missing month and no break between them.
fn stretches(series: &Series, value: impl Fn(&SeriesPoint) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
    let mut stretches: Vec<Vec<(f64, f64)>> = vec![vec![]];
    for (i, point) in series.points.iter().enumerate() {
        let broken = series.breaks.iter().any(|b| b.first_month == point.month);
        if broken || value(point).is_none() {
            stretches.push(vec![]);
        }
        if let (Some(y), Some(last)) = (value(point), stretches.last_mut()) {
            last.push((i as f64, y));
        }
    }
    stretches.retain(|s| !s.is_empty());
    stretches
}

fn draw_series(area: &Area, series: &Series) -> Result<(), Box<dyn std::error::Error>> {
    let highest = series.points.iter().flat_map(|p| [p.count.known().map(|n| n as f64), p.upper]).flatten().fold(1.0, f64::max);
    let months: Vec<Month> = series.points.iter().map(|p| p.month).collect();
    let mut chart = month_axes(area, &months, highest)?;
    for limit in [|p: &SeriesPoint| p.lower, |p: &SeriesPoint| p.upper] {
        for stretch in stretches(series, limit) {
            chart.draw_series(DashedLineSeries::new(stretch, 6 * FINE, 4 * FINE, colour("#6F6F6F").stroke_width(FINE * 3 / 2)))?;
        }
    }
    for stretch in stretches(series, |p| p.mean) {
        chart.draw_series(LineSeries::new(stretch, colour("#6F6F6F").stroke_width(FINE * 3 / 2)))?;
    }
    for b in &series.breaks {
        if let Some(i) = series.points.iter().position(|p| p.month == b.first_month) {
            let x = i as f64 - 0.5;
            chart.draw_series(DashedLineSeries::new(
                [(x, 0.0), (x, highest * 1.12)],
                2 * FINE,
                3 * FINE,
                colour(INK).stroke_width(2 * FINE),
            ))?;
        }
    }
    if let Some(i) = series.model.as_ref().and_then(|m| m.onset).and_then(|o| series.points.iter().position(|p| p.month == o)) {
        let x = i as f64 - 0.5;
        let ends = [(x, 0.0), (x, highest * 1.12)];
        chart.draw_series(DashedLineSeries::new(ends, 8 * FINE, 4 * FINE, colour(DARK_BLUE).stroke_width(FINE * 3 / 2)))?;
    }
    for stretch in stretches(series, |p| p.count.known().map(|n| n as f64)) {
        chart.draw_series(LineSeries::new(stretch, colour(DARK_BLUE).stroke_width(2 * FINE)))?;
    }
    let marked = |wanted: fn(i8) -> bool| {
        series.points.iter().enumerate().filter_map(move |(i, p)| {
            // What lies within the range is not marked as unusual, whatever run it is part of: the table tells its rule.
            let direction = if p.rule == Some(LimitRule::BeyondLimits) { p.direction } else { 0 };
            wanted(direction).then(|| p.count.known().map(|n| (i as f64, n as f64))).flatten()
        })
    };
    chart.draw_series(marked(|d| d == 0).map(|at| Circle::new(at, 3 * FINE as i32, colour(DARK_BLUE).filled())))?;
    let size = 7 * FINE as i32;
    chart.draw_series(marked(|d| d > 0).map(|at| TriangleMarker::new(at, size, colour(PLUM).filled())))?;
    chart
        .draw_series(marked(|d| d < 0).map(|at| {
            EmptyElement::at(at) + Polygon::new(vec![(-size, -size / 2), (size, -size / 2), (0, size)], colour(PLUM).filled())
        }))?;
    Ok(())
}

/// The legend in rows, each mark with its words: none of them needs a colour to be told apart. Gives the line of the last.
fn legend(svg: &mut Svg, y: f64, series: &Series) -> f64 {
    let (mut x, mut y) = (MARGIN + 10.0, y);
    let mut entry = |svg: &mut Svg, mark: &str, words: &str| {
        (x, y) = key_place((x, y), 28.0 + text_width(words, LETTERS, false));
        svg.raw(&format!("<g transform=\"translate({} {})\">{mark}</g>", number(x), number(y)));
        svg.text(x + 28.0, y + 4.0, words, label(INK, Anchor::Start));
        x += 28.0 + text_width(words, LETTERS, false) + 22.0;
    };
    entry(
        svg,
        &format!("<path d=\"M0 0H22\" stroke=\"{DARK_BLUE}\" stroke-width=\"2\"/><circle cx=\"11\" r=\"3\" fill=\"{DARK_BLUE}\"/>"),
        &format!("monthly {}", series.unit),
    );
    if series.points.iter().any(|p| p.mean.is_some()) {
        entry(
            svg,
            "<path d=\"M0 -6H22M0 6H22\" stroke=\"#6F6F6F\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/><path d=\"M0 0H22\" stroke=\"#6F6F6F\" stroke-width=\"1.5\"/>",
            "mean and usual range",
        );
        entry(svg, &format!("<path d=\"M-2 5H12L5 -6Z\" fill=\"{PLUM}\"/>"), "unusually high");
        entry(svg, &format!("<path d=\"M-2 -5H12L5 6Z\" fill=\"{PLUM}\"/>"), "unusually low");
    }
    if let Some(b) = series.breaks.first() {
        entry(
            svg,
            &format!("<path d=\"M11 -9V9\" stroke=\"{INK}\" stroke-width=\"2\" stroke-dasharray=\"2 3\"/>"),
            &format!("recording changed ({})", b.first_month.label()),
        );
    }
    if let Some(onset) = series.model.as_ref().and_then(|m| m.onset) {
        entry(
            svg,
            &format!("<path d=\"M11 -9V9\" stroke=\"{DARK_BLUE}\" stroke-width=\"1.5\" stroke-dasharray=\"8 4\"/>"),
            &format!("change from {}", onset.label()),
        );
    }
    let withheld = series.points.iter().filter(|p| p.count == Cell::Withheld).count();
    if withheld > 0 {
        let words = format!("{} withheld", counted(withheld, "month", "months"));
        (x, y) = key_place((x, y), text_width(&words, LETTERS, false));
        svg.text(x, y + 4.0, &words, label(GREY_INK, Anchor::Start));
    }
    y
}

fn alt_text(finding: &Finding, series: &Series) -> String {
    let known: Vec<(u64, String)> = series.points.iter().filter_map(|p| Some((p.count.known()?, p.month.label()))).collect();
    let ends = match (known.iter().min(), known.iter().max_by_key(|k| k.0)) {
        (Some((low, when_low)), Some((high, when_high))) => {
            format!("Lowest {} in {when_low}, highest {} in {when_high}.", thousands(*low), thousands(*high))
        }
        _ => "No month can be shown.".into(),
    };
    // Without limits nobody knows what is out of the ordinary.
    let unusual = match series.points.iter().filter(|p| p.rule == Some(LimitRule::BeyondLimits)).count() {
        _ if series.points.iter().all(|p| p.mean.is_none()) => "What is outside the usual range cannot be told.".to_owned(),
        n => format!("{} outside the usual range.", counted(n, "month is", "months are")),
    };
    let broken = series.breaks.iter().map(|b| format!(" The series is broken at {}.", b.first_month.label())).collect::<String>();
    let onset = series.model.as_ref().and_then(|m| m.onset).map_or(String::new(), |o| format!(" A change is marked at {}.", o.label()));
    format!(
        "Line chart of {} months. {}. {ends} {unusual}{broken}{onset} The table below the chart holds every value.",
        series.points.len(),
        finding.subtitle
    )
}
