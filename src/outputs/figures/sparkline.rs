//! A sparkline: the months of a series in a row of a table, with its usual range.

use std::fmt::Write;

use super::kit::{FAINT, NAVY, PALE, QUIET, Sheet};
use super::months::{Segment, break_places, nothing, segments, stretches};
use crate::model::Series;
use crate::outputs::svg::number;
use crate::units::{counted, thousands};

const WIDTH: f64 = 128.0;
const HEIGHT: f64 = 22.0;
/// Room for the mark of the last month.
const MARGIN: f64 = 4.0;

/// Months as a line, 128 × 22 px: a band for the usual range, a gap at each break and each month that is not known, and a
/// dot at the last known month, hollow where later months are not known. Nothing where no month is known.
pub(in crate::outputs) fn sparkline(series: &Series) -> Option<(String, String)> {
    let stretches = stretches(series);
    let last = *stretches.last()?.last()?;
    let n = series.points.len();
    let segments = segments(series);
    let (base, highest) = range(&segments, &stretches);
    let step = (WIDTH - 2.0 * MARGIN) / (n.max(2) - 1) as f64;
    let x = |i: usize| MARGIN + step * i as f64;
    let y = |v: f64| HEIGHT - 3.0 - (v - base) / (highest - base) * (HEIGHT - 6.0);
    let mut sheet = Sheet::default();
    for s in &segments {
        let (left, right) = (x(s.from) - step / 2.0, x(s.to - 1) + step / 2.0);
        sheet.svg.rect(left, y(s.upper), right - left, (y(s.lower) - y(s.upper)).max(0.6), PALE, "none");
        sheet.svg.line((left, y(s.mean)), (right, y(s.mean)), QUIET, 0.7, "3 2");
    }
    for i in break_places(series) {
        let at = x(i) - step / 2.0;
        sheet.svg.line((at, 1.0), (at, HEIGHT - 1.0), FAINT, 0.8, "");
    }
    for stretch in &stretches {
        if let [alone] = stretch.as_slice() {
            sheet.svg.circle(x(alone.0), y(alone.1), 1.0, NAVY, "none", "");
            continue;
        }
        let mut d = String::new();
        for (k, (i, v)) in stretch.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if k == 0 { 'M' } else { 'L' }, number(x(*i)), number(y(*v)));
        }
        sheet.path(&d, &format!("fill=\"none\" stroke=\"{NAVY}\" stroke-width=\"1.4\" stroke-linejoin=\"round\""));
    }
    let fill = if last.0 + 1 == n { NAVY } else { "#FFFFFF" };
    sheet.svg.circle(x(last.0), y(last.1), 2.6, fill, NAVY, " stroke-width=\"1\"");
    Some(sheet.finish(WIDTH, HEIGHT, alt_text(series, last)))
}

/// What the height shows: from zero where there is no usual range to see the months beside, else from the lowest that there is.
fn range(segments: &[Segment], stretches: &[Vec<(usize, f64)>]) -> (f64, f64) {
    let known = || stretches.iter().flatten().map(|p| p.1);
    let highest = segments.iter().map(|s| s.upper).chain(known()).fold(1.0, f64::max);
    let lowest = segments.iter().map(|s| s.lower).chain(known()).fold(highest, f64::min);
    let base = if segments.is_empty() { 0.0 } else { lowest };
    if highest - base > 1e-9 { (base, highest) } else { (0.0, highest) }
}

fn alt_text(series: &Series, last: (usize, f64)) -> String {
    let known: Vec<(u64, usize)> = series.points.iter().enumerate().filter_map(|(i, p)| Some((p.count.known()?, i))).collect();
    let (low, high) = (known.iter().map(|k| k.0).min().unwrap_or(0), known.iter().map(|k| k.0).max().unwrap_or(0));
    let (withheld, missing) = nothing(series);
    let mut text = format!(
        "{}: {}lowest {}, highest {}, {} in {}.",
        counted(series.points.len(), "month", "months"),
        if withheld > 0 { "of those shown, " } else { "" },
        thousands(low),
        thousands(high),
        thousands(last.1 as u64),
        series.points[last.0].month.label()
    );
    for b in &series.breaks {
        let _ = write!(text, " Recording changed in {}.", b.first_month.label());
    }
    for (k, word) in [(withheld, "withheld"), (missing, "missing")] {
        if k > 0 {
            let _ = write!(text, " {} {word}.", counted(k, "month is", "months are"));
        }
    }
    text
}

#[cfg(test)]
mod tests;
