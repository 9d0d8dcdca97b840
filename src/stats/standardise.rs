//! Rates made comparable between populations of different ages.

use super::counts::poisson_limits;
use crate::units::Estimate;

/// Fewer events than this give no directly standardised rate: its limits would mean nothing.
pub const FEWEST_FOR_DIRECT: u64 = 10;

/// European Standard Population 2013, by five-year bands from 0 to 4 up to 90 and over; it sums to 100,000.
///
/// Source: Eurostat, *Revision of the European Standard Population*, 2013.
pub const ESP_2013: [f64; 19] = [
    5000.0, 5500.0, 5500.0, 5500.0, 6000.0, 6000.0, 6500.0, 7000.0, 7000.0, 7000.0, 7000.0, 6500.0, 6000.0, 5500.0, 5000.0, 4000.0, 2500.0,
    1500.0, 1000.0,
];

/// One band of age: events, residents, and its weight in the standard population.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Band {
    /// Events.
    pub events: u64,
    /// Residents.
    pub residents: f64,
    /// Weight.
    pub weight: f64,
}

/// Directly standardised rate: what the rate would be if ages were those of the standard population.
///
/// `rate = per · Σ wᵢ xᵢ/nᵢ / Σ wᵢ`, with limits after Dobson: `rate + √(V/X) (L(X) − X)`, where `X` is all events, `V` the variance
/// `Σ wᵢ² xᵢ/nᵢ² / (Σ wᵢ)²` and `L` the limits of [`poisson_limits`].
///
/// `None` with fewer than [`FEWEST_FOR_DIRECT`] events, or where a band has no residents: merge it with its neighbour.
///
/// Source: Dobson, Kuulasmaa, Eberle & Scherer 1991, *Statistics in Medicine* 10. Checked: `dsr`, `published_phe_dsr_isr`.
///
/// ```
/// use gapmap::stats::standardise::{Band, direct};
/// let bands = [Band { events: 12, residents: 1000.0, weight: 2.0 }, Band { events: 30, residents: 1500.0, weight: 1.0 }];
/// let rate = direct(&bands, 1000.0, 0.95).unwrap();
/// assert!((rate.value - (2.0 * 12.0 + 20.0) / 3.0).abs() < 1e-12);
/// ```
pub fn direct(bands: &[Band], per: f64, level: f64) -> Option<Estimate> {
    let variance_of = |b: &Band| b.weight.powi(2) * b.events as f64 / b.residents.powi(2);
    let variance: f64 = bands.iter().map(variance_of).sum();
    direct_with_variance(bands, variance, per, level)
}

/// As [`direct`], for events that come in runs: people who are counted more than once in the period.
///
/// `runs[k]` holds, for each band, how many people had `k + 1` events. The variance is `Σ wᵢ² Σ k² fᵢₖ/nᵢ²`: a person with three
/// events adds nine times what a person with one adds.
///
/// Source: PHEindicatormethods `calculate_dsr`, `use_nonindependent`. Checked: the invariant that runs of one give [`direct`].
///
/// ```
/// use gapmap::stats::standardise::{Band, direct, direct_in_runs};
/// let bands = [Band { events: 12, residents: 1000.0, weight: 2.0 }, Band { events: 30, residents: 1500.0, weight: 1.0 }];
/// assert_eq!(direct_in_runs(&bands, &[vec![12, 30]], 1000.0, 0.95), direct(&bands, 1000.0, 0.95));
/// ```
pub fn direct_in_runs(bands: &[Band], runs: &[Vec<u64>], per: f64, level: f64) -> Option<Estimate> {
    let mut variance = 0.0;
    for (i, band) in bands.iter().enumerate() {
        let squares: f64 = runs.iter().enumerate().map(|(k, f)| ((k + 1) as f64).powi(2) * f.get(i).copied().unwrap_or(0) as f64).sum();
        variance += band.weight.powi(2) * squares / band.residents.powi(2);
    }
    direct_with_variance(bands, variance, per, level)
}

fn direct_with_variance(bands: &[Band], weighted_variance: f64, per: f64, level: f64) -> Option<Estimate> {
    let events: u64 = bands.iter().map(|b| b.events).sum();
    let weights: f64 = bands.iter().map(|b| b.weight).sum();
    let fit = |x: f64| x.is_finite() && x > 0.0;
    if events < FEWEST_FOR_DIRECT || !fit(weights) || bands.iter().any(|b| !fit(b.residents) || b.weight < 0.0) {
        return None;
    }
    let value = bands.iter().map(|b| b.weight * b.events as f64 / b.residents).sum::<f64>() / weights;
    let variance = weighted_variance / weights.powi(2);
    let (lower, upper) = poisson_limits(events, level);
    let x = events as f64;
    let limit = |l: f64| per * (value + (variance / x).sqrt() * (l - x));
    Some(Estimate { value: per * value, lower: limit(lower), upper: limit(upper), level })
}

/// Events against those expected if the area had the rates of a reference population, band by band.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Indirect {
    /// Events observed.
    pub observed: u64,
    /// Events expected: `Σ nᵢ Rᵢ`.
    pub expected: f64,
    /// Observed over expected, with limits; 1 is as expected. Two areas' ratios are not comparable with one another.
    pub ratio: Estimate,
    /// Crude rate of the reference population, per one person.
    pub reference_rate: f64,
}

/// Indirectly standardised ratio: limits of [`poisson_limits`] on the observed events, over the expected ones.
///
/// `bands` are events and residents of the area, `reference` those of the reference population, in the same order. The
/// indirectly standardised rate is `ratio · reference_rate · per`.
///
/// `None` where the lists differ in length, a reference band has no residents, or nothing is expected.
///
/// Source: PHEindicatormethods `calculate_ISRate`. Checked: `indirect_standardisation`, `published_phe_dsr_isr`.
///
/// ```
/// let area = [(10, 1000.0), (30, 1500.0)];
/// let reference = [(100, 20_000.0), (150, 10_000.0)];
/// let found = gapmap::stats::standardise::indirect(&area, &reference, 0.95).unwrap();
/// assert_eq!(found.expected, 5.0 + 22.5);
/// assert_eq!(found.ratio.value, 40.0 / 27.5);
/// ```
pub fn indirect(bands: &[(u64, f64)], reference: &[(u64, f64)], level: f64) -> Option<Indirect> {
    let fit = |x: f64| x.is_finite() && x >= 0.0;
    if bands.len() != reference.len() || reference.iter().any(|r| !fit(r.1) || r.1 == 0.0) || bands.iter().any(|b| !fit(b.1)) {
        return None;
    }
    let observed: u64 = bands.iter().map(|b| b.0).sum();
    let expected: f64 = bands.iter().zip(reference).map(|(b, r)| b.1 * r.0 as f64 / r.1).sum();
    if expected <= 0.0 {
        return None;
    }
    let (lower, upper) = poisson_limits(observed, level);
    let events: u64 = reference.iter().map(|r| r.0).sum();
    let residents: f64 = reference.iter().map(|r| r.1).sum();
    let ratio = Estimate { value: observed as f64 / expected, lower: lower / expected, upper: upper / expected, level };
    Some(Indirect { observed, expected, ratio, reference_rate: events as f64 / residents })
}
