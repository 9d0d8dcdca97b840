//! Where rates are high, or low, together: the whole chain from counts and residents to adjusted p-values, in one place.

use super::autocorrelation::{Global, moran};
use super::counts::{gamma_quantile, poisson_limits};
use super::local::getis_ord;
use super::multiple::benjamini_hochberg;
use super::permutation::{around, moran_p};
use super::smoothing::{empirical_bayes, empirical_bayes_index, spread};
use super::weights::{Style, Weights};
use crate::units::Estimate;

/// Shuffled maps for the p-value of Moran's I.
const SHUFFLED_MAPS: usize = 999;

/// What is found about one area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HotSpot {
    /// The rate on one scale for all areas, [`empirical_bayes_index`]: how far it lies from the mean, in standard deviations.
    pub index: f64,
    /// The rate per person drawn towards the mean by how little it rests on, with the interval of its posterior.
    pub smoothed: Estimate,
    /// Getis and Ord's `G*` of the index; `None` for an area without neighbours that count.
    pub around: Option<Surroundings>,
}

/// `G*` of an area and how likely chance would make it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Surroundings {
    /// Standard score of the sum of the index over the area and its neighbours.
    pub z: f64,
    /// Two-sided p-value by conditional permutation.
    pub p: f64,
    /// The false discovery rate at which it would just be called, over all areas.
    pub q: f64,
}

/// What is found about a map.
#[derive(Clone, PartialEq, Debug)]
pub struct HotSpots {
    /// One for each area; `None` where its count or its residents are not known.
    pub areas: Vec<Option<HotSpot>>,
    /// Moran's I of the index and its p-value by permutation.
    pub moran: Option<(Global, f64)>,
    /// Rate of the whole per person, and variance of rates between areas beyond chance; the index is made of these two.
    pub scale: (f64, f64),
}

/// Hot and cold spots of rates.
///
/// Raw rates of few people waver, so that extremes lie where few people live. The rates are first put on one scale (Assunção and Reis);
/// of that, `G*` is taken with queen neighbours or whatever `weights` say, tested by `draws` conditional permutations, two-sided, and adjusted
/// for the number of areas after Benjamini and Hochberg. Areas that are not known take no part, neither for themselves nor for their neighbours.
/// `level` is the coverage of the interval of the smoothed rate: quantiles of the gamma posterior whose mean it is; where rates differ
/// no more than chance would make them, it is the mean rate, and the interval is that of the area's own count, made wide enough to hold it.
///
/// Source: Ord & Getis 1995; Assunção & Reis 1999; Marshall 1991; Clayton & Kaldor 1987; Benjamini & Hochberg 1995. Its parts are checked
/// against esda and spdep; false calls and planted clusters in `tests/it/planted.rs` and `calibration.rs`.
///
/// ```
/// use gapmap::stats::{hot_spots::hot_spots, weights::Weights};
/// let ring = Weights::new(&(0..60).map(|i| vec![(i + 1) % 60, (i + 2) % 60, (i + 58) % 60, (i + 59) % 60]).collect::<Vec<_>>());
/// let events: Vec<Option<u64>> = (0..60_u32).map(|i| Some(if (20..25).contains(&i) { 90 } else { 20 + u64::from(i * 7 % 5) })).collect();
/// let found = hot_spots(&events, &vec![Some(1500.0); 60], &ring, 9_999, 1, 0.95);
/// let hot = |i: usize| found.areas[i].unwrap().around.is_some_and(|a| a.q <= 0.05 && a.z > 0.0);
/// assert!(hot(22) && !hot(40));
/// ```
pub fn hot_spots(events: &[Option<u64>], population: &[Option<f64>], weights: &Weights, draws: usize, seed: u64, level: f64) -> HotSpots {
    let known: Vec<usize> = (0..events.len()).filter(|i| events[*i].is_some() && population[*i].is_some_and(|p| p > 0.0)).collect();
    let mut areas = vec![None; events.len()];
    let counts: Vec<f64> = known.iter().filter_map(|i| events[*i]).map(|n| n as f64).collect();
    let people: Vec<f64> = known.iter().filter_map(|i| population[*i]).collect();
    let index: Option<Vec<f64>> = empirical_bayes_index(&counts, &people).into_iter().collect();
    let Some(index) = index.filter(|i| !i.is_empty()) else { return HotSpots { areas, moran: None, scale: (0.0, 0.0) } };
    let linked = weights.among(&known);
    let smoothed = empirical_bayes(&counts, &people);
    let scale = spread(&counts, &people);
    let (star, drawn) = (getis_ord(&index, &linked, true), around(&index, &linked, draws, seed));
    let tested: Vec<(usize, f64, f64)> = (0..known.len()).filter_map(|k| Some((k, star[k]?.z, drawn[k]?.p))).collect();
    let adjusted = benjamini_hochberg(&tested.iter().map(|t| t.2).collect::<Vec<f64>>());
    for (k, i) in known.iter().enumerate() {
        let value = smoothed[k].unwrap_or(f64::NAN);
        let (lower, upper) = posterior(counts[k], people[k], scale, level).unwrap_or_else(|| own(counts[k], people[k], value, level));
        let smoothed = Estimate { value, lower, upper, level };
        areas[*i] = Some(HotSpot { index: index[k], smoothed, around: None });
    }
    for ((k, z, p), q) in tested.into_iter().zip(adjusted) {
        if let Some(area) = &mut areas[known[k]] {
            area.around = Some(Surroundings { z, p, q });
        }
    }
    let moran = moran(&index, &linked, Style::Rows).zip(moran_p(&index, &linked, SHUFFLED_MAPS, seed));
    HotSpots { areas, moran, scale }
}

/// Limits of an area's own rate, and never without the mean that is told of it: that rates do not differ beyond chance makes none of them certain.
fn own(events: f64, population: f64, mean: f64, level: f64) -> (f64, f64) {
    let (lower, upper) = poisson_limits(events.round().max(0.0) as u64, level);
    ((lower / population).min(mean), (upper / population).max(mean))
}

/// Limits of the rate of one area: prior and count make a gamma distribution of shape `m²/a + O` and rate `m/a + P`.
fn posterior(events: f64, population: f64, (mean, between): (f64, f64), level: f64) -> Option<(f64, f64)> {
    if between <= 0.0 || mean <= 0.0 {
        return None;
    }
    let (shape, rate) = (mean * mean / between + events, mean / between + population);
    let tail = (1.0 - level) / 2.0;
    Some((gamma_quantile(shape, tail) / rate, gamma_quantile(shape, 1.0 - tail) / rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_rates_do_not_vary_beyond_chance_the_limits_have_a_width() {
        let ring = Weights::new(&(0..30).map(|i| vec![(i + 1) % 30, (i + 29) % 30]).collect::<Vec<_>>());
        let found = hot_spots(&[Some(9); 30], &[Some(1500.0); 30], &ring, 99, 1, 0.95);
        for area in found.areas.iter().flatten() {
            let e = area.smoothed;
            assert!(e.lower < 0.9 * e.value && e.upper > 1.1 * e.value, "{e:?}");
        }
        assert_eq!((found.areas.len(), found.scale.1), (30, 0.0));
    }
}
