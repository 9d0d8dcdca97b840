//! What happened with an event: an interrupted time series, by itself or beside a comparator.
//!
//! Sources: Bernal, Cummins & Gasparrini 2017 (alone), Lopez Bernal and others 2018 (with a control). The regression is that of
//! [`poisson`], checked against statsmodels and R; the comparator's answer against its closed form (below) and by simulation.

use std::f64::consts::TAU;

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::count_regression::poisson;
use super::monthly::MonthCount;
use crate::units::Estimate;

/// How many times as many events as without it.
#[derive(Clone, PartialEq, Debug)]
pub struct Effect {
    /// The ratio.
    pub ratio: Estimate,
    /// Two-sided.
    pub p: f64,
    /// The least rise and the least fall, as ratios, that would be found at the level in [`POWER`] of such series.
    pub detectable: (f64, f64),
    /// What each month would be expected to bring without the event; `None` where it is missing.
    pub expected: Vec<Option<f64>>,
}

/// Share of series in which the detectable effect is found.
pub const POWER: f64 = 0.8;
/// Months without the event that are needed, known ones.
pub const FEWEST_WITHOUT: usize = 12;
/// From so many known months on, a trend of its own and the time of year are allowed for.
pub const FEWEST_FOR_TREND: usize = 24;

/// The effect on one series: level, trend, one wave a year, and a step in the months of `during`; counts per day.
///
/// `log μ = log days + a + b·year + sine + cosine + e·during`; the ratio is `exp e`. Errors are quasi-Poisson with a dispersion of at least 1, or those of Newey and
/// West with three lags where they are wider. Trend and wave are allowed for from 24 known months on. What else happened in the same months counts as effect: only [`beside`] can tell.
///
/// `None` with fewer than 12 known months without the event or none with it.
///
/// ```
/// use gapmap::stats::{interrupted::alone, monthly::MonthCount};
/// let series: Vec<MonthCount> =
///     (0..36).map(|m| MonthCount { events: Some(if m < 24 { 200 } else { 150 } + u64::from(m * 7 % 5)), days: 30.0, of_year: m % 12 }).collect();
/// let during: Vec<bool> = (0..36).map(|m| m >= 24).collect();
/// let effect = alone(&series, &during, 0.95).unwrap();
/// assert!((effect.ratio.value - 0.75).abs() < 0.03 && effect.p < 0.001);
/// ```
pub fn alone(series: &[MonthCount], during: &[bool], level: f64) -> Option<Effect> {
    let known: Vec<usize> = (0..series.len()).filter(|i| series[*i].events.is_some() && series[*i].days > 0.0).collect();
    enough(&known, during)?;
    let long = known.len() >= FEWEST_FOR_TREND;
    let row = |i: &usize| -> Vec<f64> {
        let angle = TAU * f64::from(series[*i].of_year) / 12.0;
        let rest = if long { vec![*i as f64 / 12.0, angle.sin(), angle.cos()] } else { vec![] };
        [1.0, f64::from(u8::from(during[*i]))].into_iter().chain(rest).collect()
    };
    let x: Vec<Vec<f64>> = known.iter().map(row).collect();
    let y: Vec<f64> = known.iter().filter_map(|i| series[*i].events).map(|n| n as f64).collect();
    let offset: Vec<f64> = known.iter().map(|i| series[*i].days.ln()).collect();
    let fit = poisson(&y, &x, &offset)?;
    let error = (fit.standard_errors[1] * fit.dispersion.max(1.0).sqrt()).max(fit.robust_standard_errors(&y, &x, 3)[1]);
    let mut expected = vec![None; series.len()];
    for (i, mean) in known.iter().zip(&fit.means) {
        expected[*i] = Some(if during[*i] { mean / fit.coefficients[1].exp() } else { *mean });
    }
    finish(fit.coefficients[1], error, fit.degrees_of_freedom, level, expected)
}

/// The effect here beside a comparator that the event did not touch: what happens in both places is no effect.
///
/// `log μ = month + place + trend of the place + e·(here, during)`: each month has a level of its own, which takes season, calendar and every common change out, so that what is left is how
/// the share of the place changed. A trend of its own is allowed for from 24 months on. Errors are quasi-Poisson with a dispersion of at least 1. `None` as for [`alone`], and where either place has no events.
///
/// Without the trend it has a closed form, the ratio of ratios:
///
/// ```
/// use gapmap::stats::{interrupted::beside, monthly::MonthCount};
/// let month = |n: u64| MonthCount { events: Some(n), days: 30.0, of_year: 0 };
/// let here: Vec<MonthCount> = (0..20).map(|m| month(if m < 14 { 40 + m % 3 } else { 30 + m % 2 })).collect();
/// let elsewhere: Vec<MonthCount> = (0..20).map(|m| month(100 + m * 3 % 11)).collect();
/// let during: Vec<bool> = (0..20).map(|m| m >= 14).collect();
/// let sum = |s: &[MonthCount]| s.iter().filter_map(|m| m.events).sum::<u64>() as f64;
/// let ratio = (sum(&here[14..]) / sum(&elsewhere[14..])) / (sum(&here[..14]) / sum(&elsewhere[..14]));
/// assert!((beside(&here, &elsewhere, &during, 0.95).unwrap().ratio.value / ratio - 1.0).abs() < 1e-9);
/// ```
pub fn beside(here: &[MonthCount], elsewhere: &[MonthCount], during: &[bool], level: f64) -> Option<Effect> {
    let both = |i: &usize| here[*i].events.zip(elsewhere[*i].events).filter(|(a, b)| a + b > 0);
    let known: Vec<usize> = (0..here.len().min(elsewhere.len())).filter(|i| both(i).is_some()).collect();
    enough(&known, during)?;
    let long = known.len() >= FEWEST_FOR_TREND;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (place, series) in [(1.0, here), (0.0, elsewhere)] {
        for (k, i) in known.iter().enumerate() {
            let trend = long.then_some(place * *i as f64 / 12.0);
            let months = (0..known.len()).map(|m| f64::from(u8::from(m == k)));
            x.push([place, place * f64::from(u8::from(during[*i]))].into_iter().chain(trend).chain(months).collect::<Vec<f64>>());
            y.push(series[*i].events? as f64);
        }
    }
    let fit = poisson(&y, &x, &vec![0.0; y.len()])?;
    let mut expected = vec![None; here.len()];
    for (k, i) in known.iter().enumerate() {
        // What the comparator's month and the usual share of the place would give.
        let share = fit.means[k] / if during[*i] { fit.coefficients[1].exp() } else { 1.0 } / fit.means[known.len() + k];
        expected[*i] = elsewhere[*i].events.map(|n| share * n as f64);
    }
    finish(fit.coefficients[1], fit.standard_errors[1] * fit.dispersion.max(1.0).sqrt(), fit.degrees_of_freedom, level, expected)
}

fn enough(known: &[usize], during: &[bool]) -> Option<()> {
    let without = known.iter().filter(|i| during.get(**i) == Some(&false)).count();
    (without >= FEWEST_WITHOUT && known.iter().any(|i| during.get(*i) == Some(&true))).then_some(())
}

fn finish(effect: f64, error: f64, degrees_of_freedom: usize, level: f64, expected: Vec<Option<f64>>) -> Option<Effect> {
    let t = StudentsT::new(0.0, 1.0, degrees_of_freedom as f64).ok()?;
    let reach = t.inverse_cdf(1.0 - (1.0 - level) / 2.0) * error;
    let ratio = Estimate { value: effect.exp(), lower: (effect - reach).exp(), upper: (effect + reach).exp(), level };
    let p = 2.0 * t.sf(effect.abs() / error);
    let found = reach + t.inverse_cdf(POWER) * error;
    p.is_finite().then_some(Effect { ratio, p, detectable: (found.exp(), (-found).exp()), expected })
}
