//! What ranks can be told: sets that hold each area's true rank, and the chance that an area is among the highest.
//!
//! A raw rank of a rate is a rank of noise as well. Source: Mogstad, Romano, Shaikh and Wilhelm 2024, *Review of Economic Studies* 91.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::counts::normal_tail;
use super::multiple::holm;

/// The scale on which areas are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// `x/n` with standard error `√(φ x)/n`.
    Rate,
    /// `log(x/n)` with standard error `√(φ/x)`.
    LogRate,
}

/// Sets of ranks, 1 the highest.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sets {
    /// Best rank of each area that cannot be ruled out.
    pub lower: Vec<usize>,
    /// Worst rank.
    pub upper: Vec<usize>,
    /// Critical values of each round; in [`marginal_sets`] the last one of each area.
    pub critical: Vec<f64>,
    /// Draws whose largest difference lies about each critical value, per unit: what its error is made of.
    pub density: Vec<f64>,
}

/// How many draws a generator of its own makes.
const CHUNK: usize = 4096;

/// Estimates and standard errors of rates, `overdispersion` φ times the variance of Poisson counts.
///
/// `None` where shapes differ, people are not positive, or on the log scale an area has no event.
///
/// ```
/// use gapmap::stats::rank_sets::{Scale, estimates};
/// let (value, error) = estimates(&[4.0], &[100.0], Scale::LogRate, 1.0).unwrap();
/// assert_eq!((value[0], error[0]), (0.04_f64.ln(), 0.5));
/// ```
pub fn estimates(events: &[f64], people: &[f64], scale: Scale, overdispersion: f64) -> Option<(Vec<f64>, Vec<f64>)> {
    let sound = events.len() == people.len() && people.iter().all(|n| n.is_finite() && *n > 0.0);
    let least = if scale == Scale::LogRate { f64::MIN_POSITIVE } else { 0.0 };
    if !sound || events.iter().any(|x| !(x.is_finite() && *x >= least)) {
        return None;
    }
    let of = |(x, n): (&f64, &f64)| match scale {
        Scale::Rate => (x / n, (overdispersion * x).sqrt() / n),
        Scale::LogRate => ((x / n).ln(), (overdispersion / x).sqrt()),
    };
    Some(events.iter().zip(people).map(of).unzip())
}

/// How many times the variance of Poisson counts that of counts of an area is, given its own rate: measured over areas and months of Bedfordshire, 2021 to 2024.
const DISPERSION: f64 = 1.51;
/// A count of none is taken for this many events, so that it has an error: with none of its own it would be told apart from all others.
const OF_NONE: f64 = 0.5;
/// With more places pairs are no small number any more.
const MOST_PLACES: usize = 1_000;

/// Ranks of rates, 1 the highest, and sets that all hold them together: by Holm over all pairs, on the log scale. `None` of fewer than two places, or of more
/// than 1,000.
///
/// ```
/// let (ranks, sets) = gapmap::stats::rank_sets::of_counts(&[400.0, 40.0, 44.0], &[1000.0; 3], 0.95).unwrap();
/// assert_eq!((ranks, sets.lower, sets.upper), (vec![1, 3, 2], vec![1, 2, 2], vec![1, 3, 3]));
/// ```
pub fn of_counts(events: &[f64], people: &[f64], level: f64) -> Option<(Vec<usize>, Sets)> {
    if !(2..=MOST_PLACES).contains(&events.len()) {
        return None;
    }
    let some: Vec<f64> = events.iter().map(|x| x.max(OF_NONE)).collect();
    let (values, errors) = estimates(&some, people, Scale::LogRate, DISPERSION)?;
    let own: Vec<f64> = events.iter().zip(people).map(|(x, n)| x / n).collect();
    Some((ranks(&own), holm_sets(&values, &errors, level)))
}

/// Rank of each value, 1 the highest: 1 and the number of values strictly higher.
///
/// ```
/// assert_eq!(gapmap::stats::rank_sets::ranks(&[2.0, 5.0, 2.0]), [2, 1, 2]);
/// ```
pub fn ranks(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    values.iter().map(|v| 1 + sorted.partition_point(|w| w > v)).collect()
}

/// Sets of ranks that all hold together, without draws: all pairs by Holm's step-down. Exact and the same on every machine; a little wide.
///
/// Checked: `rank_confidence_sets`.
///
/// ```
/// let sets = gapmap::stats::rank_sets::holm_sets(&[9.0, 1.0, 1.1], &[0.1; 3], 0.95);
/// assert_eq!((sets.lower, sets.upper), (vec![1, 2, 2], vec![1, 3, 3]));
/// ```
pub fn holm_sets(values: &[f64], errors: &[f64], level: f64) -> Sets {
    let pairs = pairs(values, errors);
    let p: Vec<f64> = pairs.iter().map(|pair| 2.0 * normal_tail(pair.apart)).collect();
    let apart: Vec<bool> = holm(&p).into_iter().map(|p| p <= 1.0 - level).collect();
    from_pairs(values, &pairs, &apart)
}

/// Sets of ranks that all hold together, from the largest difference among pairs: `steps` rounds at most, each taking its critical value over
/// the pairs not yet told apart. One round is the single-step form.
///
/// Deterministic: `draws` normal vectors from `seed`. Inside the sets by Holm or equal to them. Checked: `rank_confidence_sets`.
///
/// ```
/// let sets = gapmap::stats::rank_sets::gaussian_sets(&[9.0, 1.0, 1.1], &[0.1; 3], 0.95, 4_000, 1, usize::MAX);
/// assert_eq!((sets.lower, sets.upper), (vec![1, 2, 2], vec![1, 3, 3]));
/// ```
pub fn gaussian_sets(values: &[f64], errors: &[f64], level: f64, draws: usize, seed: u64, steps: usize) -> Sets {
    let pairs = pairs(values, errors);
    let (apart, rounds) = step_down(&pairs, errors, level, draws, seed, steps);
    let mut sets = from_pairs(values, &pairs, &apart);
    (sets.critical, sets.density) = rounds.into_iter().unzip();
    sets
}

/// A set for each area by itself, from its own pairs only: narrower, and right for one area that was chosen beforehand.
///
/// Checked: `rank_confidence_sets`.
pub fn marginal_sets(values: &[f64], errors: &[f64], level: f64, draws: usize, seed: u64) -> Sets {
    let all = pairs(values, errors);
    let mut sets = Sets::default();
    for i in 0..values.len() {
        let own: Vec<Pair> = all.iter().filter(|pair| pair.one == i || pair.other == i).copied().collect();
        let (apart, rounds) = step_down(&own, errors, level, draws, seed, usize::MAX);
        let found = from_pairs(values, &own, &apart);
        sets.lower.push(found.lower[i]);
        sets.upper.push(found.upper[i]);
        let (critical, density) = rounds.last().copied().unwrap_or((f64::NAN, f64::NAN));
        sets.critical.push(critical);
        sets.density.push(density);
    }
    sets
}

#[derive(Clone, Copy)]
struct Pair {
    one: usize,
    other: usize,
    /// One over the standard error of the difference.
    precision: f64,
    /// The difference in standard errors.
    apart: f64,
}

fn pairs(values: &[f64], errors: &[f64]) -> Vec<Pair> {
    let n = values.len().min(errors.len());
    let pair = |one: usize, other: usize| {
        let precision = 1.0 / errors[one].hypot(errors[other]);
        let apart = (values[one] - values[other]).abs() * precision;
        Pair { one, other, precision, apart: if apart.is_nan() { 0.0 } else { apart } }
    };
    (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other))).map(|(one, other)| pair(one, other)).collect()
}

fn from_pairs(values: &[f64], pairs: &[Pair], apart: &[bool]) -> Sets {
    let n = values.len();
    let mut sets = Sets { lower: vec![1; n], upper: vec![n; n], ..Sets::default() };
    for (pair, _) in pairs.iter().zip(apart).filter(|(_, apart)| **apart) {
        let (high, low) = if values[pair.one] > values[pair.other] { (pair.one, pair.other) } else { (pair.other, pair.one) };
        sets.lower[low] += 1;
        sets.upper[high] -= 1;
    }
    sets
}

/// Which pairs are told apart, and the critical value of each round with the density there.
fn step_down(pairs: &[Pair], errors: &[f64], level: f64, draws: usize, seed: u64, steps: usize) -> (Vec<bool>, Vec<(f64, f64)>) {
    let mut apart = vec![false; pairs.len()];
    let mut rounds = Vec::new();
    while rounds.len() < steps && apart.iter().any(|a| !a) {
        let left: Vec<Pair> = pairs.iter().zip(&apart).filter(|(_, apart)| !**apart).map(|(pair, _)| *pair).collect();
        let largest = maxima(&left, errors, draws, seed);
        let Some(critical) = quantile(&largest, level) else { break };
        rounds.push((critical, density(&largest, level)));
        let mut more = false;
        for (pair, apart) in pairs.iter().zip(&mut apart).filter(|(pair, apart)| !**apart && pair.apart > critical) {
            debug_assert!(pair.precision > 0.0);
            *apart = true;
            more = true;
        }
        if !more {
            break;
        }
    }
    (apart, rounds)
}

/// The largest standardised difference among pairs in each draw, ascending.
fn maxima(pairs: &[Pair], errors: &[f64], draws: usize, seed: u64) -> Vec<f64> {
    let chunk = |c: usize| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(c as u64);
        let mut noise = vec![0.0; errors.len()];
        let one = |_| {
            noise.iter_mut().zip(errors).for_each(|(x, e)| {
                let z: f64 = StandardNormal.sample(&mut rng);
                *x = z * e;
            });
            pairs.iter().map(|p| (noise[p.one] - noise[p.other]).abs() * p.precision).fold(0.0, f64::max)
        };
        (0..CHUNK.min(draws - c * CHUNK)).map(one).collect::<Vec<f64>>()
    };
    let mut all: Vec<f64> = (0..draws.div_ceil(CHUNK)).into_par_iter().map(chunk).collect::<Vec<_>>().concat();
    all.sort_by(f64::total_cmp);
    all
}

/// The `⌈level · R⌉`-th smallest.
fn quantile(sorted: &[f64], level: f64) -> Option<f64> {
    let place = (level * sorted.len() as f64 - 1e-9).ceil() as usize;
    sorted.get(place.max(1) - 1).copied()
}

/// How dense draws lie about a quantile: a hundredth of them about it over their width.
fn density(sorted: &[f64], level: f64) -> f64 {
    let at = |q: f64| quantile(sorted, q.clamp(0.0, 1.0)).unwrap_or(f64::NAN);
    0.01 / (at(level + 0.005) - at(level - 0.005))
}
