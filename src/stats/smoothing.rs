//! Rates of few people waver: empirical Bayes draws them towards the rate around them, by how little they rest on.

use super::top_chance::{Known, top_chance, top_of};
use super::weights::Weights;

/// Events, population and what they sum to; `None` where the whole has no population or no rate.
fn whole(events: &[f64], population: &[f64]) -> Option<(f64, f64)> {
    let (all, people): (f64, f64) = (events.iter().sum(), population.iter().sum());
    (events.len() == population.len() && people > 0.0).then_some((all / people, people))
}

/// Rates drawn towards the rate of the whole map: `r* = m + (r − m)·a/(a + m/P)`.
///
/// `m = ΣO/ΣP`, `a = max(0, Σ P(r − m)²/ΣP − m/P̄)`: where rates differ no more than chance would make them, all become `m`.
/// Events per person; `None` for an area without population.
///
/// Source: Marshall 1991, *Applied Statistics* 40. Checked: `rate_smoothing` (esda), `rate_smoothing_spdep` (EBest).
///
/// ```
/// let smooth = gapmap::stats::smoothing::empirical_bayes(&[0.0, 90.0, 10.0], &[10.0, 1000.0, 1000.0]);
/// assert!(smooth[0].unwrap() > 0.03 && smooth[1].unwrap() > 0.08); // ten people say little
/// ```
pub fn empirical_bayes(events: &[f64], population: &[f64]) -> Vec<Option<f64>> {
    let (mean, between) = spread(events, population);
    events.iter().zip(population).map(|(o, p)| shrunk(*o, *p, mean, between.max(0.0))).collect()
}

/// The rate of the whole, and the variance of rates between areas beyond chance, `Σ P(r − m)²/ΣP − m/P̄`, which may be below 0.
pub(super) fn spread(events: &[f64], population: &[f64]) -> (f64, f64) {
    let Some((mean, people)) = whole(events, population) else { return (f64::NAN, f64::NAN) };
    let each = || events.iter().zip(population).filter(|(_, p)| **p > 0.0);
    let all = each().map(|(o, p)| p * (o / p - mean).powi(2)).sum::<f64>() / people;
    (mean, all - mean / (people / events.len() as f64))
}

/// What is known of the rate of each area by its count and by how much rates of areas differ: gamma, of shape `m²/a + O` and rate `m/a + P`.
///
/// Where rates differ no more than chance would make them, the areas cannot be told apart and all have the same distribution. `None` for an area
/// without population. Source: Clayton & Kaldor 1987.
///
/// ```
/// let known = gapmap::stats::smoothing::posteriors(&[5.0, 60.0, 10.0], &[1000.0, 1000.0, 1000.0]);
/// assert!(known.iter().all(Option::is_some));
/// ```
pub fn posteriors(events: &[f64], population: &[f64]) -> Vec<Option<Known>> {
    let (mean, between) = spread(events, population);
    let (all, people): (f64, f64) = (events.iter().sum(), population.iter().sum());
    let of = |(o, p): (&f64, &f64)| {
        let sound = *p > 0.0 && mean > 0.0;
        sound.then(|| match between > 0.0 {
            true => Known::Gamma { shape: mean * mean / between + o, rate: mean / between + p },
            false => Known::Gamma { shape: all, rate: people },
        })
    };
    events.iter().zip(population).map(of).collect()
}

/// The chance of each area to be among the highest `share` of those that are known, from its events and its people, with what is known of how much areas
/// differ drawn in; `None` where either is not known.
///
/// ```
/// let areas = [Some((40.0, 1000.0)), Some((10.0, 1000.0)), None, Some((11.0, 1000.0))];
/// let chances = gapmap::stats::smoothing::chances_of_the_highest(&areas, 1.0 / 3.0);
/// assert!(chances[2].is_none() && chances[0] > Some(0.9) && chances[1] < Some(0.1));
/// ```
pub fn chances_of_the_highest(areas: &[Option<(f64, f64)>], share: f64) -> Vec<Option<f64>> {
    let known: Vec<(usize, f64, f64)> =
        areas.iter().enumerate().filter_map(|(i, a)| a.map(|(events, people)| (i, events, people))).collect();
    let (events, people): (Vec<f64>, Vec<f64>) = known.iter().map(|k| (k.1, k.2)).unzip();
    let mut chances = vec![None; areas.len()];
    let Some(rates) = posteriors(&events, &people).into_iter().collect::<Option<Vec<Known>>>() else { return chances };
    let found = top_chance(&rates, top_of(rates.len(), share));
    known.iter().zip(found).for_each(|(k, p)| chances[k.0] = Some(p).filter(|p| p.is_finite()));
    chances
}

fn shrunk(events: f64, population: f64, mean: f64, between: f64) -> Option<f64> {
    if population <= 0.0 || mean.is_nan() {
        return None;
    }
    let noise = mean / population;
    let weight = if between + noise > 0.0 { between / (between + noise) } else { 0.0 };
    Some(mean + (events / population - mean) * weight)
}

/// Rates drawn towards the rate of the area and its neighbours together, as [`empirical_bayes`] with `m` and `a` of those.
///
/// Deviations are taken from the mean around the area itself (the form of GeoDa and esda). Where nothing happened around it, 0.
///
/// Source: Marshall 1991. Checked: `rate_smoothing` (esda), `rate_smoothing_spdep` (EBlocal differs by definition, see DEVIATIONS).
///
/// ```
/// use gapmap::stats::{smoothing::empirical_bayes_local, weights::Weights};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1]]);
/// let smooth = empirical_bayes_local(&[0.0, 90.0, 10.0], &[10.0, 1000.0, 1000.0], &line);
/// assert!(smooth[0].unwrap() > 0.0);
/// ```
pub fn empirical_bayes_local(events: &[f64], population: &[f64], weights: &Weights) -> Vec<Option<f64>> {
    let of = |i: usize| {
        let around = || weights.of(i).iter().map(|j| *j as usize).chain([i]).filter(|j| population[*j] > 0.0);
        let people: f64 = around().map(|j| population[j]).sum();
        let count = around().count() as f64;
        if people <= 0.0 || population[i] <= 0.0 {
            return None;
        }
        let mean = around().map(|j| events[j]).sum::<f64>() / people;
        let spread = around().map(|j| population[j] * (events[j] / population[j] - mean).powi(2)).sum::<f64>() / people;
        let between = (spread - mean / (people / count)).max(0.0);
        shrunk(events[i], population[i], mean, between)
    };
    (0..events.len()).map(of).collect()
}

/// Rates put on one scale: `(r − m)/√v` with `v = a + m/P`, what Moran's I and local statistics of rates should be taken of.
///
/// `a = Σ P(r − m)²/ΣP − m/P̄`, not cut off at 0; where `v` falls below 0, `v = m/P`. `None` for an area without population.
/// Source: Assunção & Reis 1999. Checked: `rate_smoothing` (esda `assuncao_rate`, Moran_Rate), `rate_smoothing_spdep` (EBImoran).
///
/// ```
/// let index = gapmap::stats::smoothing::empirical_bayes_index(&[5.0, 50.0, 10.0], &[100.0, 1000.0, 1000.0]);
/// assert!(index[1].unwrap() > index[0].unwrap()); // the same rate, from more people
/// ```
pub fn empirical_bayes_index(events: &[f64], population: &[f64]) -> Vec<Option<f64>> {
    let (mean, between) = spread(events, population);
    let of = |(o, p): (&f64, &f64)| {
        if *p <= 0.0 || mean.is_nan() {
            return None;
        }
        let variance = if between + mean / p < 0.0 { mean / p } else { between + mean / p };
        (variance > 0.0).then(|| (o / p - mean) / variance.sqrt())
    };
    events.iter().zip(population).map(of).collect()
}
