//! Several indicators as one index, and how much its ranks depend on choices that could have been made otherwise.

mod ranges;

pub use ranges::{RankRange, blurred_rank_ranges, rank_ranges, rank_ranges_over_methods};

/// How indicators are put on one scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scaling {
    /// Standard scores (sample standard deviation).
    Standard,
    /// 0 for the lowest, 1 for the highest.
    Range,
}

/// One indicator, turned so that high means need, on a scale. `None` where it is the same everywhere: it tells areas apart by nothing and must be left out.
///
/// Checked: `composite_index`, `composite_index_coinr`.
///
/// ```
/// use gapmap::stats::composite::{Scaling, scaled};
/// assert_eq!(scaled(&[2.0, 4.0, 3.0], false, Scaling::Range).unwrap(), [1.0, 0.0, 0.5]);
/// assert!(scaled(&[1.0, 1.0], true, Scaling::Standard).is_none());
/// ```
pub fn scaled(values: &[f64], high_is_need: bool, scaling: Scaling) -> Option<Vec<f64>> {
    let turned: Vec<f64> = values.iter().map(|v| if high_is_need { *v } else { -*v }).collect();
    let (low, high) = turned.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
    if turned.len() < 2 || !(high - low).is_finite() || high <= low {
        return None;
    }
    Some(match scaling {
        Scaling::Range => turned.iter().map(|v| (v - low) / (high - low)).collect(),
        Scaling::Standard => {
            let n = turned.len() as f64;
            let mean = turned.iter().sum::<f64>() / n;
            let sd = (turned.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            turned.iter().map(|v| (v - mean) / sd).collect()
        }
    })
}

/// The weighted mean of indicators, area by area. `weights` need not sum to 1.
///
/// ```
/// use gapmap::stats::composite::weighted_mean;
/// assert_eq!(weighted_mean(&[vec![0.0, 1.0], vec![1.0, 1.0]], &[3.0, 1.0]), [0.25, 1.0]);
/// ```
pub fn weighted_mean(indicators: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let all: f64 = weights.iter().sum();
    let n = indicators.first().map_or(0, Vec::len);
    (0..n).map(|i| indicators.iter().zip(weights).map(|(x, w)| w * x[i]).sum::<f64>() / all).collect()
}

/// The weighted geometric mean: a low indicator is not made up for by a high one. Values must be above 0: the field uses 1 to 100.
///
/// ```
/// use gapmap::stats::composite::geometric_mean;
/// assert!((geometric_mean(&[vec![1.0], vec![100.0]], &[1.0, 1.0])[0] - 10.0).abs() < 1e-12);
/// ```
pub fn geometric_mean(indicators: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let logs: Vec<Vec<f64>> = indicators.iter().map(|x| x.iter().map(|v| v.ln()).collect()).collect();
    weighted_mean(&logs, weights).into_iter().map(f64::exp).collect()
}

/// The weighted harmonic mean: stricter still. Values must be above 0.
pub fn harmonic_mean(indicators: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let turned: Vec<Vec<f64>> = indicators.iter().map(|x| x.iter().map(|v| 1.0 / v).collect()).collect();
    weighted_mean(&turned, weights).into_iter().map(|v| 1.0 / v).collect()
}

/// The transformation of the English Indices of Deprivation: `−23 ln(1 − R (1 − e^(−100/23)))`, `R` the rank over the number, 1 for the least deprived, ties averaged.
///
/// It spreads the most deprived tenth over half of the scale, so that a middling indicator does not make up for a bad one.
pub fn exponential(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mut sorted: Vec<f64> = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = |v: f64| {
        let below = sorted.partition_point(|x| *x < v);
        let same = sorted[below..].partition_point(|x| *x <= v);
        below as f64 + (same as f64 + 1.0) / 2.0
    };
    values.iter().map(|v| -23.0 * (1.0 - rank(*v) / n * (1.0 - (-100.0_f64 / 23.0).exp())).ln()).collect()
}

/// Ranks from 1 for the highest; equal ones share the better rank.
///
/// ```
/// assert_eq!(gapmap::stats::composite::ranks(&[3.0, 9.0, 9.0]), [3, 1, 1]);
/// ```
pub fn ranks(index: &[f64]) -> Vec<usize> {
    let mut sorted: Vec<f64> = index.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    // Equal up to rounding is equal.
    let above = |v: f64| sorted.len() - sorted.partition_point(|x| *x <= v + 1e-12 * v.abs().max(1.0));
    index.iter().map(|v| if v.is_nan() { 1 } else { 1 + above(*v) }).collect()
}
