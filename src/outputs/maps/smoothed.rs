//! Choropleth of smoothed rates: areas of few people no longer stand out by wavering; those that are surely high have a line round them.

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings, HotSpotRow, RateClass, bound_decimals, class_of};
use crate::outputs::figure::Figure;
use crate::outputs::theme::{INK, SEQUENTIAL};
use crate::units::{Cell, Estimate};
use crate::units::{decimal, thousands};

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::HotSpots(b) if b.classes.len() > 1)
}

fn fill(class: usize, classes: usize) -> &'static str {
    SEQUENTIAL[if classes > 1 { class * (SEQUENTIAL.len() - 1) / (classes - 1) } else { 2 }]
}

/// The rate that the map shows: modelled with its neighbours, or without a model drawn towards the mean.
fn shown_rate(modelled: bool, row: &HotSpotRow) -> Cell<Estimate> {
    if modelled { row.modelled } else { row.smoothed }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::HotSpots(body) = &finding.body else { return Default::default() };
    let decimals = body.decimals();
    let modelled = body.modelled.is_some();
    let high = body.rows.iter().filter(|r| r.level_class == RateClass::Above).count();
    let times = decimal(body.modelled.map_or(1.0, |m| m.threshold), 1);
    let headline = match body.modelled {
        None => format!("{}: rates smoothed towards the mean", body.measure),
        Some(_) if high == 0 => format!("{}: no area probably above {times} times the whole", body.measure),
        Some(_) => format!("{}: {high} of {} areas probably above {times} times the whole", body.measure, body.rows.len()),
    };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &headline));
    let class_of = |row: &HotSpotRow| shown_rate(modelled, row).known().map(|e| class_of(e.value, decimals, &body.classes));
    for row in &body.rows {
        let Some(outline) = findings.outline(row.code) else { continue };
        match (shown_rate(modelled, row), class_of(row)) {
            (Cell::Known(e), Some(class)) => {
                let [value, lower, upper] = [e.value, e.lower, e.upper].map(|x| decimal(x, decimals));
                canvas.area(outline, fill(class, body.classes.len()), &format!("{}: {value} {} ({lower} to {upper})", row.name, body.unit));
            }
            (Cell::Withheld, _) => canvas.area(outline, "url(#withheld)", &format!("{}: withheld", row.name)),
            _ => canvas.area(outline, "url(#missing)", &format!("{}: not known", row.name)),
        }
    }
    for row in body.rows.iter().filter(|r| r.level_class == RateClass::Above) {
        if let Some(outline) = findings.outline(row.code) {
            canvas.ring(outline, INK, 1.8);
        }
    }
    canvas.legend_heading(&format!("{}, smoothed, {} (areas)", body.measure, body.unit));
    let shown = bound_decimals(&body.classes);
    for k in (0..body.classes.len()).rev() {
        let from = decimal(body.classes[k], shown);
        let words = match body.classes.get(k + 1) {
            Some(next) if k == 0 => format!("under {}", decimal(*next, shown)),
            Some(next) => format!("{from} to under {}", decimal(*next, shown)),
            None => format!("{from} or more"),
        };
        let n = body.rows.iter().filter(|r| class_of(r) == Some(k)).count();
        if n > 0 {
            canvas.legend(fill(k, body.classes.len()), &format!("{words} ({n})"));
        }
    }
    for (mark, words, wanted) in [("url(#withheld)", "withheld to protect people", true), ("url(#missing)", "not known", false)] {
        let n = body.rows.iter().filter(|r| shown_rate(modelled, r).known().is_none() && (r.count == Cell::Withheld) == wanted).count();
        if n > 0 {
            canvas.legend(mark, &format!("{words} ({n})"));
        }
    }
    if high > 0 {
        let chance = decimal(body.modelled.map_or(0.8, |m| m.classed_from), 1);
        canvas.legend_note(&format!("Black line: above {times} times the whole, chance {chance} or more ({high})"));
    }
    let how = if modelled { "drawn towards its neighbours and the mean" } else { "drawn towards the mean" };
    let alt_text = format!(
        "Map of {} areas. {}, each rate {how} of {} {} by how little it rests on. The table holds every value and its interval.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        decimal(body.mean_rate * body.per, decimals),
        body.unit
    );
    canvas.finish(findings, finding, alt_text)
}
