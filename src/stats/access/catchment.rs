//! Floating catchments: each service's capacity over the people who may come, added up for each place.

use super::costs::{Costs, Decay};

/// Access by place.
#[derive(Clone, PartialEq, Debug)]
pub struct Access {
    /// Supply for each person; 0 where nothing is in reach, never missing.
    pub per_person: Vec<f64>,
    /// Whether any service with supply is in reach: tells a true zero from a small number.
    pub in_reach: Vec<bool>,
    /// Supply of services that nobody comes to: it is handed out to no one.
    pub unused: f64,
}

/// How people choose between services, and what distance costs them when they come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Everybody in reach counts in full, weighted by the decay (2SFCA with [`Decay::Within`], else E2SFCA).
    Every,
    /// People split between the services that they reach, by the decay of each over the sum of all (3SFCA).
    Split,
    /// As `Every`, and the way itself lessens what is had: the weight counts twice when it is added up (M2SFCA). What is handed out is then less than there is.
    Lessened,
}

/// The nearest service with supply of each place, and its cost.
///
/// ```
/// use gapmap::stats::access::{Costs, nearest};
/// let costs = Costs::new(2, vec![vec![(0, 5.0), (1, 3.0)], vec![]]);
/// assert_eq!(nearest(&costs, &[1.0, 1.0]), [Some((1, 3.0)), None]);
/// ```
pub fn nearest(costs: &Costs, supply: &[f64]) -> Vec<Option<(usize, f64)>> {
    let of = |i| costs.of(i).filter(|(j, _)| supply[*j] > 0.0).min_by(|a, b| a.1.total_cmp(&b.1));
    (0..costs.places()).map(of).collect()
}

/// Supply in reach, weighted, shared with nobody: `Σⱼ Sⱼ f(cᵢⱼ)`. With [`Decay::Within`] the cumulative measure.
///
/// ```
/// use gapmap::stats::access::{Costs, Decay, gravity};
/// let costs = Costs::new(2, vec![vec![(0, 10.0), (1, 40.0)]]);
/// assert_eq!(gravity(&costs, &[3.0, 5.0], &Decay::Within { to: 30.0 }), [3.0]);
/// ```
pub fn gravity(costs: &Costs, supply: &[f64], decay: &Decay) -> Vec<f64> {
    (0..costs.places()).map(|i| costs.of(i).map(|(j, c)| supply[j] * decay.weight(c)).sum()).collect()
}

/// Supply for each person: `Aᵢ = Σⱼ wᵢⱼ Sⱼ / Σₖ wₖⱼ Pₖ`, with `w` by [`Choice`].
///
/// For `Every` and `Split`, `Σ PᵢAᵢ` plus what is unused is the whole supply; a catchment that takes in everything gives everybody supply over demand.
///
/// ```
/// use gapmap::stats::access::{Choice, Costs, Decay, floating_catchment};
/// let costs = Costs::new(2, vec![vec![(0, 1.0), (1, 2.0)], vec![(1, 1.0)], vec![]]);
/// let access = floating_catchment(&costs, &[10.0, 30.0, 5.0], &[2.0, 8.0], &Decay::Within { to: 9.0 }, Choice::Every);
/// assert_eq!(access.per_person, [2.0 / 10.0 + 8.0 / 40.0, 8.0 / 40.0, 0.0]);
/// assert_eq!(access.in_reach, [true, true, false]);
/// ```
pub fn floating_catchment(costs: &Costs, demand: &[f64], supply: &[f64], decay: &Decay, choice: Choice) -> Access {
    let mut weights: Vec<f64> = Vec::with_capacity(costs.pairs());
    for i in 0..costs.places() {
        let first = weights.len();
        weights.extend(costs.of(i).map(|(_, c)| decay.weight(c)));
        if choice == Choice::Split {
            let all: f64 = weights[first..].iter().sum();
            if all > 0.0 {
                weights[first..].iter_mut().for_each(|w| *w *= *w / all);
            }
        }
    }
    let mut coming = vec![0.0; costs.services()];
    for i in 0..costs.places() {
        for ((j, _), w) in costs.of(i).zip(&weights[costs.range(i)]) {
            coming[j] += w * demand[i];
        }
    }
    let ratio: Vec<f64> = coming.iter().zip(supply).map(|(d, s)| if *d > 0.0 { s / d } else { 0.0 }).collect();
    let (mut per_person, mut in_reach) = (vec![0.0; costs.places()], vec![false; costs.places()]);
    for i in 0..costs.places() {
        for ((j, _), w) in costs.of(i).zip(&weights[costs.range(i)]) {
            per_person[i] += ratio[j] * if choice == Choice::Lessened { w * w } else { *w };
            in_reach[i] |= *w > 0.0 && supply[j] > 0.0;
        }
    }
    let unused = coming.iter().zip(supply).filter(|(d, _)| **d <= 0.0).map(|(_, s)| s).sum();
    Access { per_person, in_reach, unused }
}

/// Balanced floating catchments: the weights of each place sum to 1 where people are counted, those of each service where it is shared out, so that nobody is counted twice.
///
/// ```
/// use gapmap::stats::access::{Costs, Decay, balanced};
/// let costs = Costs::new(1, vec![vec![(0, 1.0)], vec![(0, 1.0)]]);
/// assert_eq!(balanced(&costs, &[10.0, 30.0], &[4.0], &Decay::Within { to: 9.0 }), [0.05, 0.05]);
/// ```
pub fn balanced(costs: &Costs, demand: &[f64], supply: &[f64], decay: &Decay) -> Vec<f64> {
    let of_services = sums_by_service(costs, |_, c| decay.weight(c));
    let of_places: Vec<f64> = (0..costs.places()).map(|i| costs.of(i).map(|(_, c)| decay.weight(c)).sum()).collect();
    let share = |w: f64, all: f64| if all > 0.0 { w / all } else { 0.0 };
    let coming = sums_by_service(costs, |i, c| demand[i] * share(decay.weight(c), of_places[i]));
    let had = |(j, c): (usize, f64)| share(supply[j], coming[j]) * share(decay.weight(c), of_services[j]);
    (0..costs.places()).map(|i| costs.of(i).map(had).sum()).collect()
}

/// Spatial availability: each service's supply split between places by their people and by how near they are; sums to the supply in reach.
///
/// ```
/// use gapmap::stats::access::{Costs, Decay, spatial_availability};
/// let costs = Costs::new(1, vec![vec![(0, 1.0)], vec![(0, 1.0)]]);
/// assert_eq!(spatial_availability(&costs, &[10.0, 30.0], &[4.0], &Decay::Within { to: 9.0 }), [1.0, 3.0]);
/// ```
pub fn spatial_availability(costs: &Costs, demand: &[f64], supply: &[f64], decay: &Decay) -> Vec<f64> {
    let claims = sums_by_service(costs, |i, c| demand[i] * decay.weight(c));
    let of = |i: usize, (j, c): (usize, f64)| if claims[j] > 0.0 { supply[j] * demand[i] * decay.weight(c) / claims[j] } else { 0.0 };
    (0..costs.places()).map(|i| costs.of(i).map(|pair| of(i, pair)).sum()).collect()
}

fn sums_by_service(costs: &Costs, value: impl Fn(usize, f64) -> f64) -> Vec<f64> {
    let mut sums = vec![0.0; costs.services()];
    for i in 0..costs.places() {
        for (j, c) in costs.of(i) {
            sums[j] += value(i, c);
        }
    }
    sums
}
