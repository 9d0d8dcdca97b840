//! Numbers of bodies worked out again from what the body shows, by code of the audit's own.

use crate::model::{Interrupted, InterruptedPoint, NeedAccess, NeedAccessRow};
use crate::stats::composite::{Scaling, scaled, weighted_mean};
use crate::stats::interrupted::{Effect, alone, beside};
use crate::stats::monthly::MonthCount;
use crate::stats::smoothing::chances_of_the_highest;
use crate::units::Cell;

/// Whether an index is that of its values: each column on a scale from 0 to 1, their weighted mean, times 100. Of rows of which one is not known, none.
pub(super) fn composite_follows(values: &[&[Cell<f64>]], weights: &[f64], told: &[Cell<f64>]) -> bool {
    if values.iter().any(|row| row.len() < weights.len()) {
        return false;
    }
    let known: Vec<usize> = (0..values.len()).filter(|i| values[*i].iter().all(|v| v.known().is_some())).collect();
    let column = |k: usize| known.iter().filter_map(|i| values[*i].get(k)?.known()).collect::<Vec<f64>>();
    let usable = (0..weights.len()).filter_map(|k| Some((scaled(&column(k), true, Scaling::Range)?, weights[k])));
    let (columns, weights): (Vec<Vec<f64>>, Vec<f64>) = usable.unzip();
    let mut again = vec![None; values.len()];
    if !columns.is_empty() {
        for (i, value) in known.iter().zip(weighted_mean(&columns, &weights)) {
            again[*i] = Some(100.0 * value);
        }
    }
    told.iter().zip(again).all(|(told, again)| match (told.known(), again) {
        (Some(told), Some(again)) => (told - again).abs() <= 1e-9 * again.max(1.0),
        (None, _) => true,
        (Some(_), None) => false,
    })
}

/// The effect that the months of an event give. `None` where a month is withheld: those are the months with few events, and the others alone would tell too
/// high a level.
fn effect(body: &Interrupted, level: f64) -> Option<Effect> {
    if body.points.iter().any(|p| p.here == Cell::Withheld || p.elsewhere == Cell::Withheld) {
        return None;
    }
    let during: Vec<bool> = body.points.iter().map(|p| body.event.during(p.month)).collect();
    let series = |cell: fn(&InterruptedPoint) -> Cell<u64>| -> Vec<MonthCount> {
        let count =
            |p: &InterruptedPoint| MonthCount { events: cell(p).known(), days: f64::from(p.month.days()), of_year: p.month.of_year() - 1 };
        body.points.iter().map(count).collect()
    };
    let here = series(|p| p.here);
    if body.event.areas.is_empty() { alone(&here, &during, level) } else { beside(&here, &series(|p| p.elsewhere), &during, level) }
}

/// Whether the ratio of an event, and what could have been found, are those that its months give.
pub(super) fn event_follows(body: &Interrupted) -> bool {
    match (body.ratio, effect(body, body.ratio.map_or(0.95, |r| r.level))) {
        (None, _) => body.points.iter().all(|p| p.expected.is_none()),
        (Some(told), Some(again)) => {
            let found = |d: [f64; 2]| {
                [again.detectable.0, again.detectable.1].iter().zip(d).all(|(r, told)| (told / 100.0 + 1.0 - r).abs() < 1e-6 * r)
            };
            (told.value / again.ratio.value - 1.0).abs() < 1e-6
                && (told.lower / again.ratio.lower - 1.0).abs() < 1e-6
                && body.detectable_percent.is_none_or(found)
        }
        (Some(_), None) => false,
    }
}

/// Whether the chances of areas to be among the highest third come from their counts, their residents and how much areas differ.
pub(super) fn chances_follow(body: &NeedAccess) -> bool {
    let areas: Vec<_> = body.rows.iter().map(NeedAccessRow::events_and_people).collect();
    body.rows.iter().zip(chances_of_the_highest(&areas, 1.0 / 3.0)).all(|(r, again)| match (r.high_chance, again) {
        (Some(told), Some(again)) => (told - again).abs() < 1e-9,
        (told, _) => told.is_none(),
    })
}
