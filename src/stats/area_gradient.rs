//! How steeply recorded events rise along deprivation, from areas and not from fifths of people: areas differ for more reasons than
//! deprivation, and five sums hide by how much.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::count_regression::{NegativeBinomial, Poisson, negative_binomial, poisson};
use super::counts::{normal_quantile, normal_tail};
use crate::units::Estimate;

/// Which end of the measure is the most deprived one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MostDeprived {
    /// Low values: a rank of which 1 is the most deprived.
    Low,
    /// High values: a score.
    High,
}

/// The distribution that limits and p-values are taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantile {
    /// Standard normal.
    Normal,
    /// Student's t of as many degrees of freedom as areas, less two.
    StudentT,
}

/// How areas vary beyond Poisson counts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Variation {
    /// Quasi-Poisson, variance `φ μ`: φ and whether one below 1 counts as 1 was decided by the caller.
    Phi(f64),
    /// Negative binomial, variance `μ + α μ²`.
    Alpha(f64),
}

/// What limits are made with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Settings {
    /// Coverage of the limits, such as 0.95.
    pub level: f64,
    /// The distribution behind them.
    pub quantile: Quantile,
    /// Whether φ below 1 counts as 1.
    pub clamp: bool,
    /// People that a rate is per.
    pub per: f64,
}

/// A line on the log scale from the least deprived end (0) to the most deprived one (1).
#[derive(Clone, PartialEq, Debug)]
pub struct Gradient {
    /// Intercept and slope of `log μ = log people + a + b ridit`.
    pub coefficients: [f64; 2],
    /// Covariance of both, with the variation between areas in it.
    pub covariance: [[f64; 2]; 2],
    /// Relative index of inequality `exp b`: most against least deprived.
    pub relative: Estimate,
    /// Slope index of inequality `per (exp(a + b) − exp a)`: above 0 where the most deprived have more. Limits by the delta method.
    pub slope: Estimate,
    /// Standard error of the slope index.
    pub slope_error: f64,
    /// Fitted rate at the least deprived end.
    pub least: f64,
    /// Fitted rate at the most deprived end.
    pub most: f64,
    /// `b` over its standard error.
    pub statistic: f64,
    /// Two-sided p-value of `b = 0`.
    pub p: f64,
    /// What areas vary by beyond chance.
    pub variation: Variation,
    /// Pearson's `Σ (y − μ)²/μ` of the Poisson fit; log likelihood of the negative binomial one.
    pub fit: f64,
}

/// Where each area stands among people by deprivation: the share of people in areas less deprived, and half of those in areas just as deprived.
///
/// 0 is the least deprived end and 1 the most. Ties share one place. `None` without people or with a value that is no number.
///
/// ```
/// use gapmap::stats::area_gradient::{MostDeprived, ridits};
/// assert_eq!(ridits(&[1.0, 2.0, 2.0], &[2.0, 1.0, 1.0], MostDeprived::High).unwrap(), [0.25, 0.75, 0.75]);
/// ```
pub fn ridits(deprivation: &[f64], people: &[f64], most: MostDeprived) -> Option<Vec<f64>> {
    let all: f64 = people.iter().sum();
    let sound = deprivation.len() == people.len() && deprivation.iter().all(|d| d.is_finite());
    if !sound || people.iter().any(|p| !(p.is_finite() && *p >= 0.0)) || all <= 0.0 {
        return None;
    }
    let depth = |i: usize| if most == MostDeprived::High { deprivation[i] } else { -deprivation[i] };
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by(|a, b| depth(*a).total_cmp(&depth(*b)));
    let mut places = vec![0.0; people.len()];
    let (mut below, mut from) = (0.0, 0);
    while from < order.len() {
        let alike = order[from..].iter().take_while(|i| depth(**i) == depth(order[from])).count();
        let here: f64 = order[from..from + alike].iter().map(|i| people[*i]).sum();
        order[from..from + alike].iter().for_each(|i| places[*i] = (below + here / 2.0) / all);
        below += here;
        from += alike;
    }
    Some(places)
}

/// A quasi-Poisson gradient: Poisson coefficients, standard errors widened by √φ with `φ = Pearson's χ²/(n − 2)`.
///
/// `events` and `people` by area, `ridit` from [`ridits`]. `None` with fewer than three areas, without events, without people in an area, or
/// where all areas are equally deprived. Source: Spiegelhalter 2005; METHODS 25. Checked: `inequality_count_regression` (statsmodels).
///
/// ```
/// use gapmap::stats::area_gradient::{Quantile, Settings, quasi_poisson};
/// let settings = Settings { level: 0.95, quantile: Quantile::Normal, clamp: true, per: 1000.0 };
/// let found = quasi_poisson(&[10.0, 14.0, 20.0, 30.0], &[1000.0; 4], &[0.125, 0.375, 0.625, 0.875], settings).unwrap();
/// assert!(found.relative.value > 4.0 && found.p < 0.01);
/// ```
pub fn quasi_poisson(events: &[f64], people: &[f64], ridit: &[f64], settings: Settings) -> Option<Gradient> {
    let (rows, offset) = line(events, people, ridit)?;
    let Poisson { coefficients, covariance, dispersion, pearson, .. } = poisson(events, &rows, &offset)?;
    let phi = if settings.clamp { dispersion.max(1.0) } else { dispersion };
    let wide = |a: usize, b: usize| covariance[a][b] * phi;
    let both = [[wide(0, 0), wide(0, 1)], [wide(1, 0), wide(1, 1)]];
    gradient([coefficients[0], coefficients[1]], both, events.len(), settings, Variation::Phi(phi), pearson)
}

/// A negative binomial gradient: rates of areas about the line are gamma distributed, by maximum likelihood.
///
/// As [`quasi_poisson`]; `α = 0` where areas vary no more than Poisson counts. Checked: `inequality_count_regression` (statsmodels).
///
/// ```
/// use gapmap::stats::area_gradient::{Quantile, Settings, Variation, negative_binomial_gradient};
/// let settings = Settings { level: 0.95, quantile: Quantile::StudentT, clamp: true, per: 1000.0 };
/// let found = negative_binomial_gradient(&[4.0, 40.0, 9.0, 30.0, 80.0], &[1000.0; 5], &[0.1, 0.3, 0.5, 0.7, 0.9], settings).unwrap();
/// assert!(matches!(found.variation, Variation::Alpha(a) if a > 0.2) && found.p > 0.05);
/// ```
pub fn negative_binomial_gradient(events: &[f64], people: &[f64], ridit: &[f64], settings: Settings) -> Option<Gradient> {
    let (rows, offset) = line(events, people, ridit)?;
    let NegativeBinomial { coefficients, covariance, alpha, log_likelihood, .. } = negative_binomial(events, &rows, &offset)?;
    let both = [[covariance[0][0], covariance[0][1]], [covariance[1][0], covariance[1][1]]];
    gradient([coefficients[0], coefficients[1]], both, events.len(), settings, Variation::Alpha(alpha), log_likelihood)
}

/// The more careful of both models: that with the larger p-value, so that a gradient is found only where both find it.
///
/// Areas vary for unknown reasons, and neither model is right: quasi-Poisson finds a gradient in 6 to 7 of 100 maps without one where rates of areas
/// vary by a coefficient of 0.6 to 1, the negative binomial in 5 to 6, both in 4 to 5 (Student's t; `calibration_areas.rs`). Events that fall at random: 3 to 4.
///
/// ```
/// use gapmap::stats::area_gradient::{Quantile, Settings, careful};
/// let settings = Settings { level: 0.95, quantile: Quantile::StudentT, clamp: true, per: 1000.0 };
/// let found = careful(&[10.0, 15.0, 19.0, 33.0, 41.0], &[1000.0; 5], &[0.1, 0.3, 0.5, 0.7, 0.9], settings).unwrap();
/// assert!(found.relative.lower > 1.0 && found.p < 0.05);
/// ```
pub fn careful(events: &[f64], people: &[f64], ridit: &[f64], settings: Settings) -> Option<Gradient> {
    let quasi = quasi_poisson(events, people, ridit, settings)?;
    let Some(other) = negative_binomial_gradient(events, people, ridit, settings) else { return Some(quasi) };
    Some(if other.p > quasi.p { other } else { quasi })
}

/// How strongly each area pulls the slope: what it has beyond the line, times how far from the middle it lies.
fn pulls(found: &Gradient, events: &[f64], people: &[f64], ridit: &[f64]) -> Vec<f64> {
    let [a, b] = found.coefficients;
    let fitted: Vec<f64> = people.iter().zip(ridit).map(|(p, r)| p * (a + b * r).exp()).collect();
    let middle = fitted.iter().zip(ridit).map(|(m, r)| m * r).sum::<f64>() / fitted.iter().sum::<f64>();
    (0..events.len()).map(|i| (events[i] - fitted[i]) * (ridit[i] - middle)).collect()
}

/// So many of the areas that pull hardest are left out, one at a time.
const MOST_LEFT_OUT: usize = 5;

/// The area without which a gradient is none, and the p-value without it: the largest of those when each of the areas that pull it hardest is left out.
///
/// A p-value just below its level crosses it whichever area goes: an area holds a gradient up where without it the p-value is more than twice as high as may
/// be. `None` where none does, or where the gradient is not called in the first place.
///
/// ```
/// use gapmap::stats::area_gradient::{Quantile, Settings, careful, hangs_on};
/// let settings = Settings { level: 0.95, quantile: Quantile::StudentT, clamp: true, per: 1000.0 };
/// let (people, ridit) = ([1000.0; 20], (0..20).map(|i| (f64::from(i) + 0.5) / 20.0).collect::<Vec<f64>>());
/// let even: Vec<f64> = (0..20).map(|i| 10.0 + f64::from(i)).collect();
/// let found = careful(&even, &people, &ridit, settings).unwrap();
/// assert!(found.p < 0.001 && hangs_on(&found, &even, &people, &ridit, settings).is_none());
/// ```
pub fn hangs_on(found: &Gradient, events: &[f64], people: &[f64], ridit: &[f64], settings: Settings) -> Option<(usize, f64)> {
    let may_be = 1.0 - settings.level;
    if found.p > may_be {
        return None;
    }
    let pulls = pulls(found, events, people, ridit);
    let sign = found.coefficients[1].signum();
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by(|a, b| (sign * pulls[*b]).total_cmp(&(sign * pulls[*a])));
    let without = |i: usize| {
        let rest = |v: &[f64]| v.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, x)| *x).collect::<Vec<f64>>();
        // Where the rest has no line, there is none without it.
        let p = careful(&rest(events), &rest(people), &rest(ridit), settings)
            .map_or(1.0, |g| if g.coefficients[1] * sign > 0.0 { g.p } else { 1.0 });
        (i, p)
    };
    order.into_iter().take(MOST_LEFT_OUT).map(without).filter(|(_, p)| *p > 2.0 * may_be).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Rows and offsets of `log μ = log people + a + b ridit`.
fn line(events: &[f64], people: &[f64], ridit: &[f64]) -> Option<(Vec<Vec<f64>>, Vec<f64>)> {
    let fits = events.len() == people.len() && events.len() == ridit.len() && events.len() > 2;
    let sound = people.iter().all(|p| p.is_finite() && *p > 0.0) && ridit.iter().all(|r| r.is_finite());
    (fits && sound && events.iter().any(|y| *y > 0.0))
        .then(|| (ridit.iter().map(|r| vec![1.0, *r]).collect(), people.iter().map(|p| p.ln()).collect()))
}

fn gradient(
    [a, b]: [f64; 2],
    covariance: [[f64; 2]; 2],
    areas: usize,
    settings: Settings,
    variation: Variation,
    fit: f64,
) -> Option<Gradient> {
    let error = covariance[1][1].sqrt();
    let statistic = b / error;
    let upper_tail = 1.0 - (1.0 - settings.level) / 2.0;
    let (q, p) = match settings.quantile {
        Quantile::Normal => (normal_quantile(upper_tail), 2.0 * normal_tail(statistic.abs())),
        Quantile::StudentT => {
            let t = StudentsT::new(0.0, 1.0, areas as f64 - 2.0).ok()?;
            (t.inverse_cdf(upper_tail), 2.0 * t.cdf(-statistic.abs()))
        }
    };
    let (least, most) = (settings.per * a.exp(), settings.per * (a + b).exp());
    let value = most - least;
    // Delta method: the derivatives of per (e^(a+b) − e^a) by a and b.
    let by = [value, most];
    let variance: f64 = (0..2).flat_map(|i| (0..2).map(move |j| by[i] * covariance[i][j] * by[j])).sum();
    let slope_error = variance.max(0.0).sqrt();
    let level = settings.level;
    let found = Gradient {
        coefficients: [a, b],
        covariance,
        relative: Estimate { value: b.exp(), lower: (b - q * error).exp(), upper: (b + q * error).exp(), level },
        slope: Estimate { value, lower: value - q * slope_error, upper: value + q * slope_error, level },
        slope_error,
        least,
        most,
        statistic,
        p: p.min(1.0),
        variation,
        fit,
    };
    (statistic.is_finite() && slope_error.is_finite()).then_some(found)
}
