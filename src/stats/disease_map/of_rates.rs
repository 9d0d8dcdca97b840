//! A map of rates of residents, as the engine asks it: Leroux, areas that are not known left out.

use super::{AreaRate, Model, Posterior, Prior, Question, smooth};
use crate::stats::weights::Weights;

/// A smoothed map of rates.
#[derive(Clone, PartialEq, Debug)]
pub struct RateMap {
    /// One for each area, relative to the whole; `None` where its count or residents are not known.
    pub areas: Vec<Option<AreaRate>>,
    /// Rate of the areas that are known together, for each resident.
    pub whole: f64,
    /// Size of the differences between areas, on the log scale.
    pub sigma: Posterior,
    /// How much of them neighbours share.
    pub mixing: Posterior,
}

/// Smooths rates by Leroux's model with the engine's priors ([`Prior::USUAL`]). Areas that are not known take no part, neither for themselves nor as neighbours.
///
/// `None` where fewer than two areas are known or nothing happened.
///
/// ```
/// use gapmap::stats::{disease_map::{Question, of_rates}, weights::Weights};
/// let line = Weights::new(&(0..12_u32).map(|i| (0..12).filter(|j| i.abs_diff(*j) == 1).collect()).collect::<Vec<_>>());
/// let mut events = vec![Some(4); 12];
/// events[3] = None;
/// let map = of_rates(&events, &[Some(1000.0); 12], &line, Question { threshold: 1.5, level: 0.95 }).unwrap();
/// assert!(map.areas[3].is_none() && map.areas[4].unwrap().above < 0.2);
/// ```
pub fn of_rates(events: &[Option<u64>], residents: &[Option<f64>], neighbours: &Weights, question: Question) -> Option<RateMap> {
    let lived = |i: usize| residents.get(i).copied().flatten().filter(|p| p.is_finite() && *p > 0.0);
    let known: Vec<usize> = (0..events.len()).filter(|i| events[*i].is_some() && lived(*i).is_some()).collect();
    if neighbours.len() != events.len() {
        return None;
    }
    let counts: Vec<f64> = known.iter().filter_map(|i| events[*i]).map(|n| n as f64).collect();
    let people: Vec<f64> = known.iter().filter_map(|i| lived(*i)).collect();
    let whole = counts.iter().sum::<f64>() / people.iter().sum::<f64>();
    let expected: Vec<f64> = people.iter().map(|p| p * whole).collect();
    let linked = mutual(&neighbours.among(&known));
    let map = smooth(&counts, &expected, &linked, &[], Model::Leroux, &Prior::USUAL, question)?;
    let mut areas = vec![None; events.len()];
    known.iter().zip(map.areas).for_each(|(i, area)| areas[*i] = Some(area));
    Some(RateMap { areas, whole, sigma: map.sigma, mixing: map.mixing })
}

/// Lists of neighbours in which each pair stands on both sides.
fn mutual(weights: &Weights) -> Vec<Vec<u32>> {
    let mut lists: Vec<Vec<u32>> = (0..weights.len()).map(|i| weights.of(i).to_vec()).collect();
    for i in 0..weights.len() {
        weights.of(i).iter().for_each(|j| lists[*j as usize].push(i as u32));
    }
    lists.iter_mut().for_each(|l| {
        l.sort_unstable();
        l.dedup();
    });
    lists
}
