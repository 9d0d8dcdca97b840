//! Whether what a shape says of its numbers holds: each claim is worked out again by code of the audit's own.

use super::again::{chances_follow, composite_follows, event_follows};
use super::funnel::funnel_follows;
use super::series::series_follows;
use super::spots::hot_spots_follow;
use crate::model::shape::{Basis, Claim};
use crate::stats::counts::{proportion, rate};
use crate::stats::group_and_rest::{GroupAndRest, Way};
use crate::stats::waves::{Waves, difference, waver, widened};
use crate::units::{Cell, Estimate};

pub(super) fn holds(claim: &Claim) -> bool {
    match claim {
        Claim::Estimate(told, basis) => told.known().is_none_or(|e| follows(&e, basis, e.level)),
        Claim::EstimateAt(told, basis, level) => told.known().is_none_or(|e| follows(&e, basis, *level)),
        Claim::Value { value, limits, usual, basis, level } => match (value, estimate(basis, *level)) {
            (Cell::Known(told), Some(again)) => close(*told, again.value) && limits.is_some_and(|l| same(&l, &again)),
            (Cell::Known(_), None) => false,
            (Cell::Withheld | Cell::Missing | Cell::NotApplicable, _) => limits.is_none() && usual.is_none(),
        },
        Claim::Difference { told, of: [after, before], level, waves } => {
            let pair = estimate(after, told.level).zip(estimate(before, told.level));
            let times = waves.as_ref().map_or(1.0, |(parts, wholes)| waver(waves_of(after), parts, wholes));
            told.level >= *level && pair.is_some_and(|(a, b)| same(told, &widened(difference(a, b), times)))
        }
        Claim::Quotient { told, count, people, per } => {
            let again = count.known().zip(people.known().filter(|p| *p > 0.0)).map(|(n, people)| n as f64 / people * per);
            match (told.known(), again) {
                (Some(told), Some(again)) => (told - again).abs() <= 1e-9 * again.max(1.0),
                (None, _) => true,
                (Some(_), None) => false,
            }
        }
        Claim::Number { told, again, within } => match (told, again) {
            (Some(told), Some(again)) => (told - again).abs() <= *within,
            (None, _) => true,
            (Some(_), None) => false,
        },
        Claim::Sum(told, parts) => told.known().is_none() || *told == Cell::sum(parts),
        Claim::Between(value, [low, high]) => (*low..=*high).contains(value),
        Claim::Holds(it_does) => *it_does,
        Claim::Composite { values, weights, told } => composite_follows(values, weights, told),
        Claim::Funnel(body) => funnel_follows(body),
        Claim::HotSpots(body) => hot_spots_follow(body),
        Claim::Series(body) => series_follows(body),
        Claim::Event(body) => event_follows(body),
        Claim::ChanceOfHighestThird(body) => chances_follow(body),
    }
}

/// How waves of such values vary where nothing but chance moves them.
fn waves_of(basis: &Basis) -> Waves {
    match basis {
        Basis::Proportion { .. } => Waves::Shares,
        // A count is told as a rate of one.
        Basis::Rate { people: Cell::Known(1.0), .. } | Basis::RateRatio { .. } | Basis::Nothing => Waves::Values,
        Basis::Rate { .. } => Waves::Rates,
    }
}

/// The estimate that counts give.
fn estimate(basis: &Basis, level: f64) -> Option<Estimate> {
    match *basis {
        Basis::Proportion { count, of, scale } => {
            let (n, all) = count.known().zip(of.known())?;
            let share = proportion(n, all.max(n), level)?;
            Some(Estimate { value: share.value * scale, lower: share.lower * scale, upper: share.upper * scale, level: share.level })
        }
        Basis::Rate { count, people, per } => rate(count.known()?, people.known()?, per, level),
        Basis::RateRatio { count, people, others } => {
            let (exposure, events, (rest_events, rest_exposure)) = (people.known()?, count.known()?, others?);
            GroupAndRest { events, exposure, rest_events, rest_exposure }.limits(level, Way::MidP)
        }
        Basis::Nothing => None,
    }
}

fn follows(told: &Estimate, basis: &Basis, level: f64) -> bool {
    estimate(basis, level).is_some_and(|again| match basis {
        // A ratio lies about 1: the same digits, however large it is.
        Basis::RateRatio { .. } => {
            [(told.value, again.value), (told.lower, again.lower), (told.upper, again.upper)].iter().all(|(a, b)| (a - b).abs() < 1e-9)
        }
        Basis::Proportion { .. } | Basis::Rate { .. } | Basis::Nothing => same(told, &again),
    })
}

fn same(told: &Estimate, again: &Estimate) -> bool {
    close(told.value, again.value) && close(told.lower, again.lower) && close(told.upper, again.upper)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}
