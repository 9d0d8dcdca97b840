//! Funnel: rates against how many people they rest on, with limits that chance and the usual variation between areas keep to.

use plotters::prelude::*;

use super::plot::{Area, FINE, colour, plain, plot};
use crate::model::{AreaRates, Body, Finding, Findings, FunnelPlace};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{DARK_BLUE, GREY_INK, INK, MARGIN, PLUM, WIDTH};
use crate::units::agreed;
use crate::units::{decimal, thousands};

const HEIGHT: u32 = 380;

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::AreaRates(b) if b.funnel.len() > 2 && b.rows.iter().filter(|r| r.rate.known().is_some()).count() > 9)
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::AreaRates(body) = &finding.body else { return Default::default() };
    let points = points(body);
    let far: Vec<_> = points.iter().filter(|p| outside(body, p.0, p.1)).collect();
    let expected = decimal(points.len() as f64 * 0.002, 1);
    let shown = if points.len() < body.rows.len() { " that are shown" } else { "" };
    let lie = agreed(far.len(), "lies", "lie");
    let headline = format!("{} of {} areas{shown} {lie} outside the wider limits", far.len(), points.len());
    let mut figure = Figure::new(findings, finding, &headline);
    let top = figure.top;
    figure.svg.raw(&plot(MARGIN, top, (WIDTH - 2.0 * MARGIN) as u32, HEIGHT, |area| draw_funnel(area, body, &points)));
    let y = top + f64::from(HEIGHT) + 18.0;
    let svg = &mut figure.svg;
    svg.raw(&format!(
        "<g transform=\"translate({} {y})\"><circle cx=\"5\" r=\"3\" fill=\"{DARK_BLUE}\"/><path d=\"M90 0l5 -6l5 6l-5 6Z\" fill=\"{PLUM}\"/><path d=\"M330 0H356\" stroke=\"{INK}\" stroke-width=\"1.5\"/><path d=\"M440 0H466\" stroke=\"#6F6F6F\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/><path d=\"M600 0H626\" stroke=\"#6F6F6F\" stroke-width=\"1.5\"/></g>",
        number(MARGIN + 10.0)
    ));
    for (x, words) in
        [(26.0, "an area"), (116.0, "outside the wider limits"), (374.0, "the whole"), (484.0, "95% limits"), (644.0, "99.8% limits")]
    {
        svg.text(MARGIN + x, y + 4.0, words, label(INK, Anchor::Start));
    }
    let note = format!(
        "The limits allow for areas that differ by more than chance. If they differed at random, about {expected} of {} would lie outside the wider ones.",
        thousands(points.len() as u64)
    );
    svg.text(MARGIN, y + 28.0, &note, label(GREY_INK, Anchor::Start));
    let alt_text = format!("Funnel chart of {} areas. {}. {headline}. The table holds every value.", points.len(), finding.subtitle);
    figure.finish(findings, finding, y + 36.0, alt_text)
}

fn points(body: &AreaRates) -> Vec<(f64, f64)> {
    body.rows.iter().filter_map(|r| Some((r.residents.known()?, r.rate.known()?.value))).collect()
}

/// Whether a rate lies outside the wider limits at its number of residents; between two places of the funnel they are joined by lines.
fn outside(body: &AreaRates, residents: f64, rate: f64) -> bool {
    let Some(w) = body.funnel.windows(2).find(|w| w[1].residents >= residents) else { return false };
    let share = ((residents - w[0].residents) / (w[1].residents - w[0].residents).max(1e-9)).clamp(0.0, 1.0);
    let between = |a: f64, b: f64| a + (b - a) * share;
    rate > between(w[0].far.1, w[1].far.1) || rate < between(w[0].far.0, w[1].far.0)
}

/// The stretches of a limit inside the frame: it leaves at the upper edge, and never runs along it as if it were flat there.
fn within(limit: impl Iterator<Item = (f64, f64)>, highest: f64) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![vec![]];
    let mut before: Option<(f64, f64)> = None;
    for at in limit {
        let crossing = before.filter(|b| (b.1 > highest) != (at.1 > highest)).map(|b| {
            let share = (highest - b.1) / (at.1 - b.1);
            (b.0 + (at.0 - b.0) * share, highest)
        });
        if let Some(run) = runs.last_mut() {
            run.extend(crossing);
            if at.1 <= highest {
                run.push(at);
            }
        }
        if at.1 > highest {
            runs.push(vec![]);
        }
        before = Some(at);
    }
    runs.retain(|r| r.len() > 1);
    runs
}

fn draw_funnel(area: &Area, body: &AreaRates, points: &[(f64, f64)]) -> Result<(), Box<dyn std::error::Error>> {
    let (first, last) = (body.funnel.first().map_or(0.0, |f| f.residents), body.funnel.last().map_or(1.0, |f| f.residents));
    let highest = points.iter().map(|p| p.1).chain(body.funnel.iter().map(|f| f.near.1)).fold(1e-9, f64::max) * 1.05;
    let mut chart = ChartBuilder::on(area)
        .margin(6 * FINE)
        .x_label_area_size(44 * FINE)
        .y_label_area_size(70 * FINE)
        .build_cartesian_2d(first * 0.97..last * 1.02, 0.0..highest)?;
    let mut mesh = chart.configure_mesh();
    plain(&mut mesh)
        .x_labels(7)
        .x_label_formatter(&|x| thousands(*x as u64))
        .x_desc("residents")
        .y_label_formatter(&|y| decimal(*y, if highest < 6.0 { 1 } else { 0 }))
        .y_desc(body.unit.clone())
        .draw()?;
    let grey = colour("#6F6F6F").stroke_width(FINE * 3 / 2);
    for side in [|f: &FunnelPlace| f.near.0, |f: &FunnelPlace| f.near.1] {
        for run in within(body.funnel.iter().map(|f| (f.residents, side(f))), highest) {
            chart.draw_series(DashedLineSeries::new(run, 6 * FINE, 4 * FINE, grey))?;
        }
    }
    for side in [|f: &FunnelPlace| f.far.0, |f: &FunnelPlace| f.far.1] {
        for run in within(body.funnel.iter().map(|f| (f.residents, side(f))), highest) {
            chart.draw_series(LineSeries::new(run, grey))?;
        }
    }
    if let Some(whole) = body.total.rate.known() {
        chart.draw_series(LineSeries::new([(first, whole.value), (last, whole.value)], colour(INK).stroke_width(FINE * 3 / 2)))?;
    }
    let size = if points.len() > 200 { 2 } else { 3 } * FINE as i32;
    chart.draw_series(points.iter().filter(|p| !outside(body, p.0, p.1)).map(|p| Circle::new(*p, size, colour(DARK_BLUE).filled())))?;
    let wide = size * 2;
    chart.draw_series(
        points
            .iter()
            .filter(|p| outside(body, p.0, p.1))
            .map(|p| EmptyElement::at(*p) + Polygon::new(vec![(-wide, 0), (0, -wide), (wide, 0), (0, wide)], colour(PLUM).filled())),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_limit_leaves_the_frame_and_does_not_run_along_it() {
        let runs = within([(1.0, 40.0), (2.0, 20.0), (3.0, 10.0), (4.0, 8.0)].into_iter(), 15.0);
        assert_eq!(runs, [vec![(2.5, 15.0), (3.0, 10.0), (4.0, 8.0)]]);
        assert_eq!(within([(1.0, 3.0), (2.0, 2.0)].into_iter(), 15.0), [vec![(1.0, 3.0), (2.0, 2.0)]]);
        assert!(within([(1.0, 30.0), (2.0, 20.0)].into_iter(), 15.0).is_empty());
    }
}
