//! Two rates side by side: how many times the one is the other, and whether chance would do. 0 against 6 has an answer too.

use super::counts::{gamma_quantile, normal_quantile, normal_tail};
use crate::units::Estimate;

/// Events and exposure of one side.
pub type Side = (u64, f64);

/// Two-sided p-values of the hypothesis that two rates are equal.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RateTest {
    /// Score test: `(x₁ − r x₂)/√(r (x₁ + x₂))` with `r` the ratio of exposures, normal.
    pub score: f64,
    /// Exact and conditional on the sum: binomial with probability `r/(1 + r)`, never too small.
    pub exact: f64,
    /// The same with half of the chance of just what was seen: closer to its level, and the one to use.
    pub mid_p: f64,
}

/// Tests whether two rates are equal. `None` without any event or exposure.
///
/// Never a Wald test, which has no answer where a count is 0. Checked: `rate_ci_statsmodels` (test_poisson_2indep: score, exact-cond, cond-midp).
///
/// ```
/// let test = gapmap::stats::ratio::equal_rates((0, 500.0), (6, 520.0)).unwrap();
/// assert!((test.mid_p - 0.0227).abs() < 1e-4);
/// ```
pub fn equal_rates(one: Side, other: Side) -> Option<RateTest> {
    let n = one.0 + other.0;
    if n == 0 || !(one.1 > 0.0 && other.1 > 0.0) {
        return None;
    }
    let share = one.1 / (one.1 + other.1);
    let r = one.1 / other.1;
    let (x1, x2) = (one.0 as f64, other.0 as f64);
    let z = (x1 - r * x2) / (r * (x1 + x2)).sqrt();
    let chance: Vec<f64> = binomial(n, share);
    let here = chance[one.0 as usize];
    // As unlikely as what was seen, or more so; equal up to rounding counts as equal.
    let exact: f64 = chance.iter().filter(|c| **c <= here * (1.0 + 1e-7)).sum();
    Some(RateTest { score: 2.0 * normal_tail(z.abs()), exact: exact.min(1.0), mid_p: exact.min(1.0) - here / 2.0 })
}

/// Probabilities of `0..=n` successes.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut log = 0.0;
    let mut logs = Vec::with_capacity(n as usize + 1);
    for k in 0..=n {
        logs.push(log + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln());
        log += ((n - k) as f64 / (k + 1) as f64).ln();
    }
    logs.into_iter().map(f64::exp).collect()
}

/// The ratio of the first rate to the second with limits from the exact interval of the share of events (mid-p free, Clopper and Pearson).
///
/// A count of 0 gives a limit of 0 or no upper limit at all (infinity); `None` without events or exposure.
///
/// ```
/// let ratio = gapmap::stats::ratio::rate_ratio((0, 500.0), (6, 520.0), 0.95).unwrap();
/// assert!(ratio.value == 0.0 && ratio.lower == 0.0 && ratio.upper < 1.0);
/// ```
pub fn rate_ratio(one: Side, other: Side, level: f64) -> Option<Estimate> {
    let n = one.0 + other.0;
    if n == 0 || !(one.1 > 0.0 && other.1 > 0.0) {
        return None;
    }
    let share = clopper_pearson(one.0, n, level)?;
    let odds = |p: f64| if p >= 1.0 { f64::INFINITY } else { p / (1.0 - p) * other.1 / one.1 };
    Some(Estimate { value: odds(share.value), lower: odds(share.lower), upper: odds(share.upper), level })
}

/// The difference of two rates per `per`, with limits made of the limits of both (MOVER): right where counts are small, and never a Wald interval.
///
/// ```
/// let apart = gapmap::stats::ratio::rate_difference((0, 500.0), (6, 520.0), 1000.0, 0.95).unwrap();
/// assert!(apart.value < -11.0 && apart.upper < 0.0);
/// ```
pub fn rate_difference(one: Side, other: Side, per: f64, level: f64) -> Option<Estimate> {
    let (a, b) = (super::counts::rate(one.0, one.1, per, level)?, super::counts::rate(other.0, other.1, per, level)?);
    let value = a.value - b.value;
    let lower = value - ((a.value - a.lower).powi(2) + (b.upper - b.value).powi(2)).sqrt();
    let upper = value + ((a.upper - a.value).powi(2) + (b.value - b.lower).powi(2)).sqrt();
    Some(Estimate { value, lower, upper, level })
}

/// Exact limits of a share (Clopper and Pearson): never too narrow. Checked: `rate_ci_statsmodels`.
///
/// ```
/// assert!((gapmap::stats::ratio::clopper_pearson(3, 50, 0.95).unwrap().upper - 0.1654820).abs() < 1e-7);
/// ```
pub fn clopper_pearson(x: u64, n: u64, level: f64) -> Option<Estimate> {
    let tail = (1.0 - level) / 2.0;
    let (events, rest) = (x as f64, n.checked_sub(x)? as f64);
    (n > 0).then(|| Estimate {
        value: events / n as f64,
        lower: if x == 0 { 0.0 } else { beta_quantile(events, rest + 1.0, tail) },
        upper: if x == n { 1.0 } else { beta_quantile(events + 1.0, rest, 1.0 - tail) },
        level,
    })
}

/// Limits of a share by Jeffreys' prior: about right on average. Checked: `rate_ci_statsmodels`.
pub fn jeffreys(x: u64, n: u64, level: f64) -> Option<Estimate> {
    let tail = (1.0 - level) / 2.0;
    let (events, rest) = (x as f64, n.checked_sub(x)? as f64);
    (n > 0).then(|| Estimate {
        value: events / n as f64,
        lower: beta_quantile(events + 0.5, rest + 0.5, tail),
        upper: beta_quantile(events + 0.5, rest + 0.5, 1.0 - tail),
        level,
    })
}

/// Exact limits for the number of events expected, at any size (Garwood). Checked: `rate_ci_statsmodels`.
pub fn poisson_exact(events: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let lower = if events == 0 { 0.0 } else { gamma_quantile(events as f64, tail) };
    (lower, gamma_quantile(events as f64 + 1.0, 1.0 - tail))
}

/// Quantile of the beta distribution: bisection on the regularised incomplete beta, to the last digits.
fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    use statrs::function::beta::beta_reg;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if beta_reg(a, b, middle) < p { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Directly standardised rate with Fay and Feuer's gamma limits: a second opinion beside Dobson's (`standardise::direct`), wider where one band weighs much.
///
/// `bands` are events, population and weight. Per person. Checked: `age_standardisation_pysal`.
pub fn gamma_limits(bands: &[(f64, f64, f64)], level: f64) -> Option<Estimate> {
    let all: f64 = bands.iter().map(|b| b.2).sum();
    if all <= 0.0 || bands.iter().any(|b| b.1 <= 0.0) {
        return None;
    }
    let shares: Vec<(f64, f64)> = bands.iter().map(|b| (b.0, b.2 / all / b.1)).collect();
    let value: f64 = shares.iter().map(|(x, w)| x * w).sum();
    let variance: f64 = shares.iter().map(|(x, w)| x * w * w).sum();
    let widest = shares.iter().map(|s| s.1).fold(0.0, f64::max);
    let tail = (1.0 - level) / 2.0;
    let lower = if variance > 0.0 { variance / value * gamma_quantile(value * value / variance, tail) } else { 0.0 };
    let (v, y) = (variance + widest * widest, value + widest);
    Some(Estimate { value, lower, upper: v / y * gamma_quantile(y * y / v, 1.0 - tail), level })
}

/// A ratio of observed to expected with log-normal limits, `exp(ln(O/E) ∓ z/√O)`, times the rate that it is of. Checked: `age_standardisation_pysal`.
pub fn log_limits(observed: f64, expected: f64, rate: f64, level: f64) -> Option<Estimate> {
    let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
    (observed > 0.0 && expected > 0.0).then(|| {
        let (ratio, reach) = (observed / expected, z / observed.sqrt());
        Estimate { value: ratio * rate, lower: (ratio.ln() - reach).exp() * rate, upper: (ratio.ln() + reach).exp() * rate, level }
    })
}
