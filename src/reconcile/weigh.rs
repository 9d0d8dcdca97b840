//! Which of many ways a printed figure came about: by how plainly each gives it, against that none does.
//!
//! Each way gives a number. Before the figure is looked at, a way is as likely as its causes are together; it gives the figure as likely as people
//! round its number to it. Against all of them stands that the cause is not among those tried: the figure then lies anywhere about today's value.
//! The more numbers are tried, the more meet the figure by chance, and the less each of them weighs: that is why causes share what is beforehand.

use std::collections::BTreeMap;

use super::figure::Printed;
use super::{Cause, Part, Verdict, Way};

/// From this weight on one set of causes explains a figure.
pub const EXPLAINED_FROM: f64 = 0.8;
/// What is told at all.
const TOLD_FROM: f64 = 0.05;
/// How likely it is beforehand that the cause is none of those tried: one in two. Nobody has explained most of the figures that councils printed.
const NONE_OF_THEM: f64 = 0.5;
/// A figure of other causes lies within so large a share of today's value to either side: councils' figures come back within 1 to 10 %.
const ABOUT: f64 = 0.1;

/// A way that was tried: its parts, what it comes to, and how likely it is beforehand.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighed {
    /// What differs from today's way of counting; nothing for today's value itself.
    pub parts: Vec<Part>,
    /// The number that it gives.
    pub value: f64,
    /// How likely beforehand, beside the others.
    pub beforehand: f64,
}

/// The verdict, and the ways that are worth telling.
pub fn weigh(printed: Printed, today: f64, tried: &[Weighed]) -> (Verdict, Vec<Way>) {
    if printed.fits(today).is_some_and(|(_, unit)| unit <= printed.last_digit) {
        return (Verdict::Same, vec![]);
    }
    let difference = (printed.value - today).abs();
    let width = if printed.is_change { 20.0_f64.max(2.0 * difference) } else { (2.0 * ABOUT * today).max(2.0 * difference) };
    // Where today's value rounds to the figure, nothing else is asked for but what gives it with less rounding.
    let own_unit = printed.fits(today).map_or(f64::INFINITY, |f| f.1);
    // Anywhere within that width, and rounded as people round.
    let finer = |unit: f64| unit < own_unit;
    let anywhere: f64 =
        printed.units().iter().filter(|u| finer(u.0)).map(|(unit, share)| unit * share).sum::<f64>() / width.max(printed.last_digit);
    let none = NONE_OF_THEM * anywhere.min(1.0);
    let likely = |way: &Weighed| {
        let below = if way.parts.is_empty() { f64::INFINITY } else { own_unit };
        Some(printed.likelihood(way.value, below) * way.beforehand).filter(|w| *w > 0.0)
    };
    let fitting: Vec<(f64, &Weighed)> = tried.iter().filter_map(|way| Some((likely(way)?, way))).collect();
    let all: f64 = none + fitting.iter().map(|f| f.0).sum::<f64>();
    let mut by_causes: BTreeMap<Vec<Cause>, f64> = BTreeMap::new();
    let mut ways: Vec<Way> = Vec::new();
    for (weight, way) in fitting {
        let rounding = printed.value - way.value;
        let mut told = Way { parts: way.parts.clone(), weight: weight / all };
        *by_causes.entry(told.causes()).or_default() += told.weight;
        if rounding.abs() > 1e-9 {
            told.parts.push(Part { cause: Cause::Rounding, how: "the figure is rounded".into(), amount: rounding });
        }
        ways.push(told);
    }
    ways.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.parts.len().cmp(&b.parts.len())));
    let best = by_causes.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(causes, weight)| (causes.clone(), *weight));
    match best {
        // Of many ways of one cause, none of which stands out, some fit by chance.
        Some((causes, weight)) if weight >= EXPLAINED_FROM && ways.iter().any(|w| w.causes() == causes && 2.0 * w.weight >= weight) => {
            ways.retain(|w| w.causes() == causes && w.weight >= TOLD_FROM);
            (Verdict::Explained, ways)
        }
        _ => {
            ways.retain(|w| w.weight >= TOLD_FROM);
            (if ways.is_empty() { Verdict::Unexplained } else { Verdict::SeveralWays }, ways)
        }
    }
}

#[cfg(test)]
mod tests;
