//! What happened at an event, where each month goes with the one before: level and slope change with AR(1) errors, and the effect that could have been found.
//!
//! Regression with errors `e_t = ρ e_(t−1) + u_t`, by Prais and Winsten (1954) and by restricted maximum likelihood; Turner and others 2021 compare them for
//! interrupted series. Checked: `its_ar1` (dense matrices).

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::correlated::{Given, best_rho, given, log_determinant};
use super::counts::normal_quantile;
use super::linear::cross;
use super::segmented::season;
use crate::units::Estimate;

/// ρ moves by less than this at the end of Prais and Winsten's iteration.
const SETTLED: f64 = 1e-13;
const MOST_ROUNDS: usize = 20_000;
/// A process of months that is no random walk.
const LARGEST_RHO: f64 = 0.999_999;

/// How ρ comes from residuals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RhoFrom {
    /// `Σ e_t e_(t−1) / Σ e_(t−1)²` over t = 1 to n − 1: the regression of each on the one before.
    Regression,
    /// The same numerator over the sum of all `e_t²`: the autocorrelation of a series.
    Autocorrelation,
}

/// What is in the model.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Model {
    /// Natural logarithm of the outcome.
    pub log: bool,
    /// A slope before the event.
    pub trend: bool,
    /// Another slope from the event on.
    pub slope_change: bool,
    /// Waves of a year.
    pub harmonics: usize,
    /// How ρ comes from residuals (Prais and Winsten).
    pub rho_from: RhoFrom,
    /// Coverage of intervals.
    pub level: f64,
    /// Chance of finding the detectable effect.
    pub power: f64,
    /// Quantiles of the detectable effect are the normal distribution's, else Student's.
    pub normal_detectable: bool,
}

/// One series and its event.
#[derive(Clone, Copy, Debug)]
pub struct Interrupted<'a> {
    /// Monthly values, none missing.
    pub y: &'a [f64],
    /// Position of the first month with the event.
    pub change_at: usize,
    /// Month of the year of the first value, 1 to 12.
    pub start_month: u32,
}

/// A change of level or of slope.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Effect {
    /// On the scale of the model; a slope for a year.
    pub estimate: Estimate,
    /// Standard error, ρ taken as known.
    pub standard_error: f64,
    /// Over its standard error.
    pub t: f64,
    /// Two-sided, Student's.
    pub p: f64,
    /// The least effect that would be found with the stated power at the stated level.
    pub detectable: f64,
    /// Of a logarithmic model: in per cent, `100 (exp b − 1)`.
    pub percent: Option<Estimate>,
    /// Of a logarithmic model: the least rise and the least fall in per cent that would be found.
    pub detectable_percent: Option<(f64, f64)>,
}

/// A fit by one method.
#[derive(Clone, PartialEq, Debug)]
pub struct Fit {
    /// Lag-one correlation of the errors.
    pub rho: f64,
    /// Level; slope a year; waves; change of level; change of slope a year.
    pub coefficients: Vec<f64>,
    /// Standard errors, ρ taken as known.
    pub standard_errors: Vec<f64>,
    /// Variance of the innovations (Prais and Winsten, least squares), of the process (REML).
    pub sigma2: f64,
    /// Change of level.
    pub level_change: Effect,
    /// Change of slope, where the model has one.
    pub slope_change: Option<Effect>,
    /// Restricted log likelihood (REML).
    pub restricted_log_likelihood: Option<f64>,
}

/// All three fits.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Prais and Winsten, iterated, with the first month kept.
    pub prais_winsten: Fit,
    /// Restricted maximum likelihood.
    pub reml: Fit,
    /// Ordinary least squares, ρ = 0.
    pub ols: Fit,
    /// Durbin and Watson's statistic of the ordinary residuals.
    pub durbin_watson: f64,
    /// Months less columns.
    pub degrees_of_freedom: usize,
}

/// Fits the model by all methods.
///
/// Columns: 1; t/12; sin and cos of `2πk·month/12`; 1 from the event on; from the event on `(t − change_at)/12`. Limits and p-values are Student's with months less columns degrees of freedom;
/// standard errors take ρ as known. `detectable = (quantile(1 − (1 − level)/2) + quantile(power)) × standard error`.
///
/// `None` where a value is missing (or not above 0 for a logarithm), where months are as few as columns, or where columns repeat one another, such as an event before the first month.
///
/// ```
/// use gapmap::stats::interrupted_ar1::{Interrupted, Model, RhoFrom, fit};
/// let y: Vec<f64> = (0..48).map(|t| if t < 30 { 100.0 } else { 80.0 } + f64::from(t * 7 % 5)).collect();
/// let model = Model {
///     log: true,
///     trend: false,
///     slope_change: false,
///     harmonics: 1,
///     rho_from: RhoFrom::Regression,
///     level: 0.95,
///     power: 0.8,
///     normal_detectable: false,
/// };
/// let found = fit(&Interrupted { y: &y, change_at: 30, start_month: 1 }, &model).unwrap();
/// let effect = found.reml.level_change;
/// assert!((effect.percent.unwrap().value + 19.6).abs() < 1.0 && effect.p < 0.001);
/// ```
pub fn fit(series: &Interrupted, model: &Model) -> Option<Answer> {
    let y: Vec<f64> = series.y.iter().map(|v| if model.log { v.ln() } else { *v }).collect();
    let x: Vec<Vec<f64>> = (0..y.len()).map(|t| row(series, model, t)).collect();
    let columns = x.first()?.len();
    let sane = |share: f64| share > 0.0 && share < 1.0;
    if y.iter().any(|v| !v.is_finite()) || y.len() <= columns || !sane(model.level) || !sane(model.power) {
        return None;
    }
    let df = y.len() - columns;
    let plain = given(&y, &x, 0.0)?;
    let steps: f64 = plain.residuals.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
    let durbin_watson = steps / plain.squares;
    let told = |given: Given, rho: f64, of_process: bool, likelihood: Option<f64>| -> Option<Fit> {
        // Transformed squares over n − k are those of the innovations.
        let innovations = given.squares / df as f64;
        let errors: Vec<f64> = (0..columns).map(|c| (given.covariance[c][c] * innovations).sqrt()).collect();
        let at = columns - 1 - usize::from(model.slope_change);
        let of = |c: usize| effect(given.coefficients[c], errors[c], df, model);
        Some(Fit {
            rho,
            level_change: of(at)?,
            slope_change: if model.slope_change { Some(of(at + 1)?) } else { None },
            sigma2: if of_process { innovations / (1.0 - rho * rho) } else { innovations },
            standard_errors: errors,
            coefficients: given.coefficients.clone(),
            restricted_log_likelihood: likelihood,
        })
    };
    let (settled, rho) = prais_winsten(&y, &x, model.rho_from)?;
    let (restricted, reml_rho, likelihood) = reml(&y, &x)?;
    Some(Answer {
        prais_winsten: told(settled, rho, false, None)?,
        reml: told(restricted, reml_rho, true, Some(likelihood))?,
        ols: told(plain, 0.0, false, None)?,
        durbin_watson,
        degrees_of_freedom: df,
    })
}

fn row(series: &Interrupted, model: &Model, t: usize) -> Vec<f64> {
    let month = (t as u32 + series.start_month.max(1) - 1) % 12 + 1;
    let since = t >= series.change_at;
    let trend = model.trend.then_some(t as f64 / 12.0);
    let slope = model.slope_change.then(|| if since { (t - series.change_at) as f64 / 12.0 } else { 0.0 });
    let before = std::iter::once(1.0).chain(trend).chain(season(month, model.harmonics));
    before.chain([f64::from(u8::from(since))]).chain(slope).collect()
}

fn prais_winsten(y: &[f64], x: &[Vec<f64>], rho_from: RhoFrom) -> Option<(Given, f64)> {
    let (mut fit, mut rho) = (given(y, x, 0.0)?, 0.0);
    for _ in 0..MOST_ROUNDS {
        let e = &fit.residuals;
        let together: f64 = e.windows(2).map(|w| w[0] * w[1]).sum();
        let squares: f64 = match rho_from {
            RhoFrom::Regression => e[..e.len() - 1].iter().map(|e| e * e).sum(),
            RhoFrom::Autocorrelation => e.iter().map(|e| e * e).sum(),
        };
        let next = if squares > 0.0 { (together / squares).clamp(-LARGEST_RHO, LARGEST_RHO) } else { 0.0 };
        let moved = (next - rho).abs();
        rho = next;
        fit = given(y, x, rho)?;
        if moved < SETTLED {
            break;
        }
    }
    Some((fit, rho))
}

/// The fit with the largest restricted likelihood, its ρ, and the log likelihood with all its constants.
fn reml(y: &[f64], x: &[Vec<f64>]) -> Option<(Given, f64, f64)> {
    let (rho, likelihood) = best_rho(y, x, -LARGEST_RHO, LARGEST_RHO)?;
    let fit = given(y, x, rho)?;
    let (n, k) = (y.len() as f64, x.first()?.len() as f64);
    let plain = log_determinant(&cross(x, |_| 1.0));
    let constants = -(n - k) / 2.0 * (1.0 + std::f64::consts::TAU.ln()) + 0.5 * plain;
    Some((fit, rho, likelihood + constants))
}

fn effect(value: f64, standard_error: f64, df: usize, model: &Model) -> Option<Effect> {
    let student = StudentsT::new(0.0, 1.0, df as f64).ok()?;
    let tail = 1.0 - (1.0 - model.level) / 2.0;
    let reach = student.inverse_cdf(tail) * standard_error;
    let quantile = |p: f64| if model.normal_detectable { normal_quantile(p) } else { student.inverse_cdf(p) };
    let detectable = (quantile(tail) + quantile(model.power)) * standard_error;
    let percent = |b: f64| 100.0 * b.exp_m1();
    let t = value / standard_error;
    let estimate = Estimate { value, lower: value - reach, upper: value + reach, level: model.level };
    let told = |e: Estimate| Estimate { value: percent(e.value), lower: percent(e.lower), upper: percent(e.upper), level: e.level };
    Some(Effect {
        estimate,
        standard_error,
        t,
        p: 2.0 * student.sf(t.abs()),
        detectable,
        percent: model.log.then(|| told(estimate)),
        detectable_percent: model.log.then(|| (percent(detectable), percent(-detectable))),
    })
}
