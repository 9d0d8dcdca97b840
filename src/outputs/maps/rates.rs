//! Choropleth of rates: at most five classes, the same on every map of the measure, and a mark for each kind of nothing.

use super::canvas::{Canvas, Drawn};
use crate::model::{AreaRate, AreaRates, Body, Finding, Findings, bound_decimals, class_of};
use crate::outputs::figure::Figure;
use crate::outputs::theme::SEQUENTIAL;
use crate::units::Cell;
use crate::units::counted;
use crate::units::{decimal, thousands};

pub fn fits(finding: &Finding) -> bool {
    matches!(finding.body, Body::AreaRates(_))
}

/// How an area is drawn, by its rate.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Zero,
    Class(usize),
    Withheld,
    Missing,
    Nobody,
}

impl Mark {
    fn of(row: &AreaRate, body: &AreaRates) -> Self {
        match row.rate {
            Cell::Known(rate) if rate.value == 0.0 => Mark::Zero,
            Cell::Known(rate) => Mark::Class(class_of(rate.value, body.decimals(), &body.classes)),
            Cell::Withheld => Mark::Withheld,
            Cell::Missing => Mark::Missing,
            Cell::NotApplicable => Mark::Nobody,
        }
    }

    fn fill(self, classes: usize) -> String {
        match self {
            Mark::Zero => "url(#zero)".into(),
            // Fewer classes than colours take the lightest and the darkest, so that the contrast stays.
            Mark::Class(k) => SEQUENTIAL[if classes > 1 { k * (SEQUENTIAL.len() - 1) / (classes - 1) } else { 2 }].into(),
            Mark::Withheld => "url(#withheld)".into(),
            Mark::Missing => "url(#missing)".into(),
            Mark::Nobody => "url(#nobody)".into(),
        }
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::AreaRates(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &format!("{}: the recorded rate of each area", body.measure)));
    for (row, outline) in body.rows.iter().filter_map(|r| Some((r, findings.outline(r.code)?))) {
        let tooltip = match row.rate {
            Cell::Known(rate) => {
                format!(
                    "{}: {} {} ({} to {})",
                    row.name,
                    decimal(rate.value, body.decimals()),
                    body.unit,
                    decimal(rate.lower, body.decimals()),
                    decimal(rate.upper, body.decimals())
                )
            }
            Cell::Withheld => format!("{}: withheld", row.name),
            Cell::Missing => format!("{}: missing", row.name),
            Cell::NotApplicable => format!("{}: no rate, nobody lives here", row.name),
        };
        canvas.area(outline, &Mark::of(row, body).fill(body.classes.len()), &tooltip);
    }
    legend(&mut canvas, body);
    let alt_text = alt_text(finding, body);
    canvas.finish(findings, finding, alt_text)
}

fn legend(canvas: &mut Canvas, body: &AreaRates) {
    let marks: Vec<Mark> = body.rows.iter().map(|r| Mark::of(r, body)).collect();
    let areas = |mark: Mark| marks.iter().filter(|m| **m == mark).count();
    canvas.legend_heading(&format!("{}, {} (areas)", body.measure, body.unit));
    let decimals = bound_decimals(&body.classes);
    for k in (0..body.classes.len()).rev() {
        let from = decimal(body.classes[k], decimals);
        let words = match body.classes.get(k + 1) {
            Some(next) if k == 0 => format!("more than 0, under {}", decimal(*next, decimals)),
            Some(next) => format!("{from} to under {}", decimal(*next, decimals)),
            None if k == 0 => "more than 0".into(),
            None => format!("{from} or more"),
        };
        // A class of nobody is no part of the picture.
        let n = areas(Mark::Class(k));
        if n > 0 {
            canvas.legend(&Mark::Class(k).fill(body.classes.len()), &format!("{words} ({n})"));
        }
    }
    for (mark, words) in [
        (Mark::Zero, "none recorded"),
        (Mark::Withheld, "withheld to protect people"),
        (Mark::Missing, "missing"),
        (Mark::Nobody, "no rate: no residents known"),
    ] {
        if areas(mark) > 0 {
            canvas.legend(&mark.fill(1), &format!("{words} ({})", areas(mark)));
        }
    }
}

fn alt_text(finding: &Finding, body: &AreaRates) -> String {
    let known: Vec<f64> = body.rows.iter().filter_map(|r| r.rate.known()).map(|r| r.value).collect();
    let range = match (known.iter().copied().reduce(f64::min), known.iter().copied().reduce(f64::max)) {
        (Some(low), Some(high)) => {
            format!("Rates run from {} to {} {}.", decimal(low, body.decimals()), decimal(high, body.decimals()), body.unit)
        }
        _ => "No rate can be shown.".into(),
    };
    let whole = body
        .total
        .rate
        .known()
        .map_or(String::new(), |r| format!(" {} as a whole: {}.", body.total.name, decimal(r.value, body.decimals())));
    format!(
        "Map of {} areas. {}. {range}{whole} {} withheld or missing. The table below the map holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        counted(body.rows.len() - known.len(), "area is", "areas are")
    )
}
