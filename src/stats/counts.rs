//! Limits for counts, rates and proportions, as public health in England publishes them.

use statrs::distribution::{ContinuousCDF, Gamma, Normal, StudentsT};
use statrs::function::gamma::{gamma_lr, ln_gamma};

use crate::units::Estimate;

/// Below this many events the limits are exact, from here on Byar's: the published method of the Fingertips indicators.
///
/// The step between the two at 10 is part of that method and is kept.
pub const BYAR_FROM: u64 = 10;

/// Limits for the expected number of events, given that `events` were counted.
///
/// Fewer than [`BYAR_FROM`]: exact Poisson, `lower = χ²(α/2; 2x)/2`, `upper = χ²(1−α/2; 2x+2)/2`. Otherwise Byar:
/// `lower = x(1 − 1/(9x) − z/(3√x))³`, `upper = (x+1)(1 − 1/(9(x+1)) + z/(3√(x+1)))³`.
///
/// `level` is the coverage, such as 0.95 or 0.998. The lower limit for no events is exactly 0.
///
/// Source: Breslow & Day 1987; PHEindicatormethods `phe_rate`. Checked: `tests/reference/rate_ci.json`.
///
/// ```
/// let (lower, upper) = gapmap::stats::counts::poisson_limits(7, 0.95);
/// assert!((lower - 2.8144).abs() < 1e-4 && (upper - 14.4227).abs() < 1e-4);
/// ```
pub fn poisson_limits(events: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let x = events as f64;
    if events < BYAR_FROM {
        let lower = if events == 0 { 0.0 } else { gamma_quantile(x, tail) };
        return (lower, gamma_quantile(x + 1.0, 1.0 - tail));
    }
    let z = normal_quantile(1.0 - tail);
    let byar = |x: f64, z: f64| x * (1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt())).powi(3);
    (byar(x, -z), byar(x + 1.0, z))
}

/// Events per `per` of the population, with [`poisson_limits`].
///
/// `None` where the population is not a positive number: a rate of nobody is not zero, it does not exist.
///
/// ```
/// let rate = gapmap::stats::counts::rate(5, 800.0, 1_000.0, 0.95).unwrap();
/// assert_eq!(rate.value, 6.25);
/// assert!(gapmap::stats::counts::rate(0, 0.0, 1_000.0, 0.95).is_none());
/// ```
pub fn rate(events: u64, population: f64, per: f64, level: f64) -> Option<Estimate> {
    if !(population > 0.0 && population.is_finite()) {
        return None;
    }
    let (lower, upper) = poisson_limits(events, level);
    let scale = per / population;
    Some(Estimate { value: events as f64 * scale, lower: lower * scale, upper: upper * scale, level })
}

/// A share of a whole with Wilson's score limits, without continuity correction, as a fraction of 1.
///
/// `(2x + z² ∓ z √(z² + 4x(1 − x/n))) / (2(n + z²))`; exactly 0 below where `x = 0`, exactly 1 above where `x = n`.
/// `None` where `n = 0` or `x > n`.
///
/// Source: Wilson 1927; PHEindicatormethods `phe_proportion`. Checked: `tests/reference/rate_ci.json`.
///
/// ```
/// let share = gapmap::stats::counts::proportion(0, 40, 0.95).unwrap();
/// assert_eq!((share.value, share.lower), (0.0, 0.0));
/// ```
pub fn proportion(x: u64, n: u64, level: f64) -> Option<Estimate> {
    if n == 0 || x > n {
        return None;
    }
    Some(wilson(x as f64, n as f64, level))
}

/// The same of a share that is no whole number of those who were asked, since they were weighed. `None` where nobody was asked or the share is none.
///
/// Limits are those of a simple random sample: a design that is not makes them wider, and its own should be used where they are published.
///
/// ```
/// use gapmap::stats::counts::{proportion, share_of};
/// assert_eq!(share_of(0.25, 40.0, 0.95), proportion(10, 40, 0.95));
/// assert!(share_of(1.2, 40.0, 0.95).is_none() && share_of(0.5, 0.0, 0.95).is_none());
/// ```
pub fn share_of(share: f64, n: f64, level: f64) -> Option<Estimate> {
    let sound = (0.0..=1.0).contains(&share) && n.is_finite() && n > 0.0;
    sound.then(|| wilson(share * n, n, level))
}

fn wilson(events: f64, whole: f64, level: f64) -> Estimate {
    let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
    let middle = 2.0 * events + z * z;
    let reach = z * (z * z + 4.0 * events * (1.0 - events / whole)).sqrt();
    let width = 2.0 * (whole + z * z);
    Estimate {
        value: events / whole,
        lower: if events == 0.0 { 0.0 } else { (middle - reach) / width },
        upper: if events == whole { 1.0 } else { (middle + reach) / width },
        level,
    }
}

/// Quantile of the standard normal distribution.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// Chance that a standard normal value lies above `z`; small ones keep their digits.
pub fn normal_tail(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(z / std::f64::consts::SQRT_2)
}

/// Chance of `events` or more where `mean` are expected, from 0 to 1: the upper tail of a Poisson count, `P(events, mean)` of the regularised incomplete gamma.
/// 1 for no events; 0 for any where none is expected. Good at any size of mean: no term underflows.
///
/// Source: Abramowitz and Stegun 26.4.21.
///
/// ```
/// use gapmap::stats::counts::poisson_tail;
/// assert!((poisson_tail(1, 0.4) - (1.0 - (-0.4_f64).exp())).abs() < 1e-12);
/// assert_eq!((poisson_tail(0, 3.0), poisson_tail(2, 0.0)), (1.0, 0.0));
/// // Of 35,000 areas 2,100 by chance: 2,200 are more, 2,110 are not.
/// assert!(poisson_tail(2_200, 2_100.0) < 0.02 && poisson_tail(2_110, 2_100.0) > 0.4);
/// ```
pub fn poisson_tail(events: u64, mean: f64) -> f64 {
    match (events, mean > 0.0) {
        (0, _) => 1.0,
        (_, false) => 0.0,
        (events, true) => gamma_lr(events as f64, mean),
    }
}

/// Quantile of the gamma distribution of this shape and scale 1: half the χ² quantile with `2·shape` degrees of freedom.
///
/// Halley's steps on the regularised incomplete gamma from the start of Wilson and Hilferty 1931, good to about 1e-13 after three or four; the library's
/// bisection, which takes some fifty, where they do not settle.
pub(super) fn gamma_quantile(shape: f64, p: f64) -> f64 {
    let Ok(gamma) = Gamma::new(shape, 1.0) else { return f64::NAN };
    if !(p > 0.0 && p < 1.0) {
        return gamma.inverse_cdf(p);
    }
    let root = 1.0 / (9.0 * shape);
    let cube = (1.0 - root + normal_quantile(p) * root.sqrt()).powi(3) * shape;
    // For small shapes and far below, the first term of the series.
    let mut x = if shape > 1.0 && cube > 0.0 { cube } else { ((p.ln() + ln_gamma(shape + 1.0)) / shape).exp() };
    for _ in 0..12 {
        let density = ((shape - 1.0) * x.ln() - x - ln_gamma(shape)).exp();
        let newton = (gamma_lr(shape, x) - p) / density;
        if !newton.is_finite() || x <= 0.0 {
            break;
        }
        let step = newton / (1.0 - 0.5 * (newton * ((shape - 1.0) / x - 1.0)).min(1.0));
        x = if step < x { x - step } else { x / 2.0 };
        if step.abs() <= 1e-9 * x {
            return x;
        }
    }
    gamma.inverse_cdf(p)
}

/// Mean of measurements with limits by Student's t: `mean ± t(n−1) · sd/√n`.
///
/// `None` with fewer than two values. Checked: `mean_ci`, `published_phe_mean`.
///
/// ```
/// let mean = gapmap::stats::counts::mean(&[1.0, 2.0, 3.0, 4.0], 0.95).unwrap();
/// assert_eq!(mean.value, 2.5);
/// assert!((mean.upper - 4.5543).abs() < 1e-4);
/// ```
pub fn mean(values: &[f64], level: f64) -> Option<Estimate> {
    let n = values.len() as f64;
    if values.len() < 2 || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let value = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - value).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let t = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(1.0 - (1.0 - level) / 2.0);
    let half = t * sd / n.sqrt();
    Some(Estimate { value, lower: value - half, upper: value + half, level })
}
