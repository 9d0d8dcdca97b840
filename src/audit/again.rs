//! Numbers of bodies worked out again from what the body shows, by code of the audit's own.

use crate::model::{Indicator, IndicatorKind, IndicatorValue, NeedIndex, Parity, ParityDimension, ParityGroup, counted_since_break};
use crate::stats::composite::{Scaling, scaled, weighted_mean};
use crate::stats::counts::{proportion, rate};
use crate::stats::group_and_rest::{GroupAndRest, Way};
use crate::stats::waves::{Waves, difference, waver, widened};
use crate::units::{Cell, Estimate};

/// The index from the values: each on a scale from 0 to 1, their weighted mean, times 100. Of areas of which one is not known, none.
fn index_again(body: &NeedIndex) -> Vec<Option<f64>> {
    let known: Vec<usize> = (0..body.rows.len()).filter(|i| body.rows[*i].values.iter().all(|v| v.known().is_some())).collect();
    let column = |k: usize| known.iter().filter_map(|i| body.rows[*i].values[k].known()).collect::<Vec<f64>>();
    let usable = (0..body.indicators.len()).filter_map(|k| Some((scaled(&column(k), true, Scaling::Range)?, body.indicators[k].weight)));
    let (columns, weights): (Vec<Vec<f64>>, Vec<f64>) = usable.unzip();
    let mut all = vec![None; body.rows.len()];
    if !columns.is_empty() {
        for (i, value) in known.iter().zip(weighted_mean(&columns, &weights)) {
            all[*i] = Some(100.0 * value);
        }
    }
    all
}

/// Whether rates are those of the released counts, and the index that of the rates.
pub(super) fn index_follows(body: &NeedIndex) -> bool {
    let rates = body.rows.iter().all(|r| {
        r.counts.iter().zip(&r.values).all(|(n, told)| {
            let again = n.known().zip(r.residents.known().filter(|x| *x > 0.0)).map(|(n, residents)| n as f64 / residents * body.per);
            match (told.known(), again) {
                (Some(told), Some(again)) => (told - again).abs() <= 1e-9 * again.max(1.0),
                (None, _) => true,
                (Some(_), None) => false,
            }
        })
    });
    rates
        && body.rows.iter().zip(index_again(body)).all(|(r, again)| match (r.index.known(), again) {
            (Some(told), Some(again)) => (told - again).abs() <= 1e-9 * again.max(1.0),
            (None, _) => true,
            (Some(_), None) => false,
        })
}

/// A group's users for each of its people, over the same of everybody else, with mid-p limits; `None` where there is no such ratio.
fn parity_ratio(dimension: &ParityDimension, group: &ParityGroup, level: f64) -> Option<Estimate> {
    let (exposure, events) = (group.population.known()?, group.users.known()?);
    let (rest_events, rest_exposure) = dimension.rest_beside(group)?;
    GroupAndRest { events, exposure, rest_events, rest_exposure }.limits(level, Way::MidP)
}

/// Whether every ratio is that of the released counts.
pub(super) fn parity_follows(body: &Parity) -> bool {
    body.dimensions.iter().all(|d| {
        d.groups.iter().all(|g| match (g.ratio.known(), parity_ratio(d, g, body.level)) {
            (None, _) => true,
            (Some(told), Some(again)) => {
                [(told.value, again.value), (told.lower, again.lower), (told.upper, again.upper)].iter().all(|(a, b)| (a - b).abs() < 1e-9)
            }
            (Some(_), None) => false,
        })
    })
}

/// The value of a restricted indicator and its limits, from its released counts.
fn indicator_value(body: &Indicator, v: &IndicatorValue, level: f64) -> Option<Estimate> {
    let n = v.numerator.known()?;
    let scale = |e: Estimate| Estimate { value: e.value * body.per, lower: e.lower * body.per, upper: e.upper * body.per, level: e.level };
    match body.kind {
        IndicatorKind::Share => proportion(n, n + v.rest.known()?, level).map(scale),
        IndicatorKind::Rate => rate(n, v.denominator.known()?, body.per, level),
        IndicatorKind::Count => rate(n, 1.0, 1.0, level),
        IndicatorKind::Value => None,
    }
}

/// Whether every value of a restricted indicator, its limits, its whole and the change between the latest two are those of the released counts.
pub(super) fn indicator_follows(body: &Indicator) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    let same = |told: &Estimate, again: &Estimate| {
        close(told.value, again.value) && close(told.lower, again.lower) && close(told.upper, again.upper)
    };
    let values = body.values().all(|v| {
        let whole = body.kind != IndicatorKind::Share
            || match (v.denominator, Cell::sum(&[v.numerator, v.rest])) {
                (Cell::Known(told), Cell::Known(again)) => close(told, again as f64),
                (Cell::Known(_), _) => false,
                // A whole that is not told says nothing that could be false.
                (Cell::Withheld | Cell::Missing | Cell::NotApplicable, _) => true,
            };
        let value = match (v.value, indicator_value(body, v, body.level)) {
            (Cell::Known(told), Some(again)) => close(told, again.value) && v.limits.is_some_and(|l| same(&l, &again)),
            (Cell::Known(_), None) => false,
            (Cell::Withheld | Cell::Missing | Cell::NotApplicable, _) => v.limits.is_none() && v.usual.is_none(),
        };
        whole && value
    });
    let change = body.change.is_none_or(|told| {
        let [.., before, latest] = body.waves.as_slice() else { return false };
        // At the level of all changes of the pack together, and as much wider as waves vary beyond their counts.
        let pair = indicator_value(body, latest, told.level).zip(indicator_value(body, before, told.level));
        let of = match body.kind {
            IndicatorKind::Share => Waves::Shares,
            IndicatorKind::Rate => Waves::Rates,
            IndicatorKind::Count | IndicatorKind::Value => Waves::Values,
        };
        let times = counted_since_break(&body.waves, &body.breaks).map_or(1.0, |(parts, wholes)| waver(of, &parts, &wholes));
        told.level >= body.level && pair.is_some_and(|(a, b)| same(&told, &widened(difference(a, b), times)))
    });
    values && change
}
