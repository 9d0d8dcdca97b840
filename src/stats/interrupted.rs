//! What happened with an event: an interrupted time series, by itself or beside a comparator.
//!
//! Sources: Bernal, Cummins & Gasparrini 2017 (alone), Lopez Bernal and others 2018 (with a control). The regression is that of
//! [`poisson`], checked against statsmodels and R; the comparator's answer against its closed form (below) and by simulation.

use std::f64::consts::TAU;

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::correlated::waver;
use super::count_regression::poisson;
use super::linear::{cross, inverse};
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
/// `log μ = log days + a + b·year + sine + cosine + e·during`; the ratio is `exp e`. Errors allow for months that go with the one before (`Months`). Trend and wave are allowed for from 24 known months on. What else happened in the same months counts as effect: only [`beside`] can tell.
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
    let root = |m: &f64| m.max(f64::MIN_POSITIVE).sqrt();
    let residuals = y.iter().zip(&fit.means).map(|(y, m)| (y - m) / root(m)).collect();
    let plain = fit.standard_errors[1] * fit.dispersion.max(1.0).sqrt();
    let (error, free) = Months { x: &x, weights: fit.means.clone(), residuals, at: &known }.error(plain, fit.degrees_of_freedom);
    let mut expected = vec![None; series.len()];
    for (i, mean) in known.iter().zip(&fit.means) {
        expected[*i] = Some(if during[*i] { mean / fit.coefficients[1].exp() } else { *mean });
    }
    finish(fit.coefficients[1], error, free, level, expected)
}

/// The effect here beside a comparator that the event did not touch: what happens in both places is no effect.
///
/// `log μ = month + place + trend of the place + e·(here, during)`: each month has a level of its own, which takes season, calendar and every common change out, so that what is left is how
/// the share of the place changed. A trend of its own is allowed for from 24 months on. Errors allow for months that go with the one before (`Months`). `None` as for [`alone`], and where either place has no events.
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
    // Given what both places have in a month, those of the place are binomial: one residual for each month.
    let shares: Vec<(f64, f64)> = (0..known.len()).map(|k| (fit.means[k], fit.means[known.len() + k])).collect();
    let weights: Vec<f64> = shares.iter().map(|(a, b)| (a * b / (a + b)).max(f64::MIN_POSITIVE)).collect();
    let residuals = (0..known.len()).map(|k| (y[k] - shares[k].0) / weights[k].sqrt()).collect();
    let columns: Vec<Vec<f64>> = x[..known.len()].iter().map(|row| row[..row.len() - known.len()].to_vec()).collect();
    let plain = fit.standard_errors[1] * fit.dispersion.max(1.0).sqrt();
    let (error, free) = Months { x: &columns, weights, residuals, at: &known }.error(plain, fit.degrees_of_freedom);
    finish(fit.coefficients[1], error, free, level, expected)
}

/// The largest correlation of a month with the one before that is looked for.
const LARGEST_RHO: f64 = 0.95;

/// Months that may go with those before them: the standard error of the effect, its second column, and the degrees of freedom that are left.
///
/// Residuals over their standard deviations are taken to be autoregressive; ρ is that of the largest restricted likelihood, from 0 to 0.95, and is moved up by
/// `(1 + 3ρ)/n`, which is about what it is too low by in short series (Kendall 1954). The error is the sandwich with that correlation between months and a
/// dispersion of at least 1, and never less than the quasi-Poisson one; Student's degrees of freedom are those of so many months that are worth
/// `(1 − ρ)/(1 + ρ)` each. Of events that did nothing 3 to 5 of 100 are called where months are not correlated, 6 to 7 with ρ = 0.3, about 8 with 0.6
/// (`calibration.rs`); without it those were up to 22.
struct Months<'a> {
    x: &'a [Vec<f64>],
    weights: Vec<f64>,
    residuals: Vec<f64>,
    at: &'a [usize],
}

impl Months<'_> {
    fn error(&self, plain: f64, free: usize) -> (f64, f64) {
        self.correlated(free).map_or((plain, free as f64), |(error, free)| (error.max(plain), free))
    }

    fn correlated(&self, free: usize) -> Option<(f64, f64)> {
        let n = self.at.len();
        // Counts that lie on the line itself say nothing of how months go together.
        if self.residuals.iter().map(|r| r * r).sum::<f64>() <= 1e-9 * free as f64 {
            return None;
        }
        let rows: Vec<Vec<f64>> = self.x.iter().zip(&self.weights).map(|(r, w)| r.iter().map(|v| v * w.sqrt()).collect()).collect();
        let (variance, found) = waver(&self.residuals, &rows, 0.0, LARGEST_RHO)?;
        // The search ends near its ends, and not on them.
        let rho = if found < 1e-3 { 0.0 } else { (found + (1.0 + 3.0 * found) / n as f64).min(LARGEST_RHO) };
        let outer = inverse(&cross(&rows, |_| 1.0))?;
        // The row of the effect, through each month: what a residual of the month adds to it.
        let pull: Vec<f64> = rows.iter().map(|r| r.iter().zip(&outer[1]).map(|(a, b)| a * b).sum()).collect();
        let gap = |i: usize, j: usize| self.at[i].abs_diff(self.at[j]) as i32;
        let square: f64 = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| pull[i] * pull[j] * rho.powi(gap(i, j))).sum();
        let error = (square * variance.max(1.0)).sqrt();
        error.is_finite().then_some((error, (free as f64 * (1.0 - rho) / (1.0 + rho)).max(3.0)))
    }
}

fn enough(known: &[usize], during: &[bool]) -> Option<()> {
    let without = known.iter().filter(|i| during.get(**i) == Some(&false)).count();
    (without >= FEWEST_WITHOUT && known.iter().any(|i| during.get(*i) == Some(&true))).then_some(())
}

fn finish(effect: f64, error: f64, degrees_of_freedom: f64, level: f64, expected: Vec<Option<f64>>) -> Option<Effect> {
    let t = StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()?;
    let reach = t.inverse_cdf(1.0 - (1.0 - level) / 2.0) * error;
    let ratio = Estimate { value: effect.exp(), lower: (effect - reach).exp(), upper: (effect + reach).exp(), level };
    let p = 2.0 * t.sf(effect.abs() / error);
    let found = reach + t.inverse_cdf(POWER) * error;
    p.is_finite().then_some(Effect { ratio, p, detectable: (found.exp(), (-found).exp()), expected })
}
