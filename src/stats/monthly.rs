//! A monthly series taken apart by regression: its season, its yearly change, and months from which its level is another.

use std::f64::consts::TAU;

use statrs::distribution::{ContinuousCDF, FisherSnedecor, StudentsT};

use super::change_points::{Cost, change_points};
use super::count_regression::{Poisson, poisson};
use super::linear::inverse;
use crate::units::Estimate;

/// One month of counts; `None` where it is missing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MonthCount {
    /// Events.
    pub events: Option<u64>,
    /// Days, so that February is no dip.
    pub days: f64,
    /// Month of the year, 0 to 11.
    pub of_year: u32,
}

/// A yearly wave.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Season {
    /// Highest over mean, less 1: 0.1 for ten in a hundred.
    pub above_mean: f64,
    /// Month of the year that lies highest, 0 to 11.
    pub highest: u32,
    /// Month of the year that lies lowest.
    pub lowest: u32,
    /// Chance of a wave as strong where there is none.
    pub p: f64,
}

/// Fewest months for a season: two years.
const FEWEST_FOR_SEASON: usize = 24;
/// Fewest months for a yearly change.
const FEWEST_FOR_CHANGE: usize = 36;
/// A level that lasts fewer months is a burst, which the control chart tells.
const SHORTEST_LEVEL: usize = 6;
/// Penalty of a change of level, times ln n and the dispersion.
const PENALTY: f64 = 3.0;

/// Rows of the regression: a level for each segment, a straight change over all, one wave a year.
fn rows(series: &[MonthCount], starts: &[usize], with_trend: bool) -> (Vec<usize>, Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
    let known: Vec<usize> = (0..series.len()).filter(|i| series[*i].events.is_some() && series[*i].days > 0.0).collect();
    let segment = |i: usize| starts.iter().rposition(|s| *s <= i).unwrap_or(0);
    let used: Vec<usize> = (0..starts.len()).filter(|s| known.iter().any(|i| segment(*i) == *s)).collect();
    let row = |i: &usize| {
        let angle = TAU * f64::from(series[*i].of_year) / 12.0;
        let levels = used.iter().map(|s| f64::from(u8::from(segment(*i) == *s)));
        let trend = with_trend.then_some(*i as f64 / 12.0);
        levels.chain(trend).chain([angle.sin(), angle.cos()]).collect()
    };
    let events = known.iter().filter_map(|i| series[*i].events).map(|n| n as f64).collect();
    let offset = known.iter().map(|i| series[*i].days.ln()).collect();
    (known.clone(), known.iter().map(row).collect(), events, offset)
}

/// The yearly wave of a series whose level may change at `starts` (0 and each break in recording), by quasi-Poisson regression of counts per day.
///
/// `None` under two years of known months. The p-value is that of an F test of both terms of the wave, with the dispersion as found, not below 1.
///
/// ```
/// use gapmap::stats::monthly::{MonthCount, season};
/// let wave = |m: u32| 100.0 * (1.0 + 0.2 * (f64::from(m) / 12.0 * std::f64::consts::TAU).cos());
/// let series: Vec<MonthCount> =
///     (0..36).map(|m| MonthCount { events: Some(wave(m % 12).round() as u64), days: 30.0, of_year: m % 12 }).collect();
/// let found = season(&series, &[0]).unwrap();
/// assert!(found.highest == 0 && found.lowest == 6 && found.p < 0.001 && (found.above_mean - 0.2).abs() < 0.03);
/// ```
pub fn season(series: &[MonthCount], starts: &[usize]) -> Option<Season> {
    let (known, x, y, offset) = rows(series, starts, true);
    if known.len() < FEWEST_FOR_SEASON {
        return None;
    }
    let fit = poisson(&y, &x, &offset)?;
    let columns = fit.coefficients.len();
    let (sine, cosine) = (fit.coefficients[columns - 2], fit.coefficients[columns - 1]);
    let scale = fit.dispersion.max(1.0);
    let of = |a: usize, b: usize| fit.covariance[columns - 2 + a][columns - 2 + b] * scale;
    let back = inverse(&[vec![of(0, 0), of(0, 1)], vec![of(1, 0), of(1, 1)]])?;
    let wald = back[0][0] * sine * sine + 2.0 * back[0][1] * sine * cosine + back[1][1] * cosine * cosine;
    let p = 1.0 - FisherSnedecor::new(2.0, fit.degrees_of_freedom as f64).ok()?.cdf(wald / 2.0);
    let height = |m: u32| sine * (TAU * f64::from(m) / 12.0).sin() + cosine * (TAU * f64::from(m) / 12.0).cos();
    let by = |a: &u32, b: &u32| height(*a).total_cmp(&height(*b));
    Some(Season { above_mean: sine.hypot(cosine).exp_m1(), highest: (0..12).max_by(by)?, lowest: (0..12).min_by(by)?, p })
}

/// How many times as much each year, with season and length of month taken out: quasi-Poisson, or errors of Newey and West with three lags where those are wider.
///
/// `None` under three years of known months. Give it a stretch without a break.
///
/// ```
/// use gapmap::stats::monthly::{MonthCount, yearly_ratio};
/// let series: Vec<MonthCount> = (0..48)
///     .map(|m| MonthCount { events: Some((200.0 * 1.1_f64.powf(f64::from(m) / 12.0)).round() as u64), days: 30.0, of_year: m % 12 })
///     .collect();
/// let ratio = yearly_ratio(&series, 0.95).unwrap();
/// assert!((ratio.value - 1.1).abs() < 0.01 && ratio.lower < 1.1 && ratio.upper > 1.1);
/// ```
pub fn yearly_ratio(series: &[MonthCount], level: f64) -> Option<Estimate> {
    let (known, x, y, offset) = rows(series, &[0], true);
    if known.len() < FEWEST_FOR_CHANGE {
        return None;
    }
    let fit = poisson(&y, &x, &offset)?;
    let plain = fit.standard_errors[1] * fit.dispersion.max(1.0).sqrt();
    let robust = fit.robust_standard_errors(&y, &x, 3)[1];
    let t = StudentsT::new(0.0, 1.0, fit.degrees_of_freedom as f64).ok()?.inverse_cdf(1.0 - (1.0 - level) / 2.0);
    let (slope, reach) = (fit.coefficients[1], t * plain.max(robust));
    Some(Estimate { value: slope.exp(), lower: (slope - reach).exp(), upper: (slope + reach).exp(), level })
}

/// Positions from which the level of a stretch without a known break is another, for six months or more; season and length of month taken out.
///
/// The best set of changes is found exactly, by Poisson likelihood, each at a price of `3 φ ln n`, where φ is how much months waver from one to the next
/// beyond Poisson, not below 1. A series with a missing month, or under two years, gives none.
///
/// ```
/// use gapmap::stats::monthly::{MonthCount, level_changes};
/// let series: Vec<MonthCount> =
///     (0..30).map(|m| MonthCount { events: Some(if m < 18 { 60 } else { 36 } + u64::from(m * 7 % 5)), days: 30.0, of_year: m % 12 }).collect();
/// assert_eq!(level_changes(&series), [18]);
/// ```
pub fn level_changes(series: &[MonthCount]) -> Vec<usize> {
    let events: Option<Vec<f64>> = series.iter().map(|m| m.events.map(|n| n as f64)).collect();
    let Some(events) = events.filter(|e| e.len() >= FEWEST_FOR_SEASON && e.iter().sum::<f64>() > 0.0) else { return vec![] };
    let days: Vec<f64> = series.iter().map(|m| m.days.max(1.0)).collect();
    let mut found = search(&events, &days);
    // The season is that of the levels found, and the levels are those without the season: twice is enough.
    for _ in 0..2 {
        let starts: Vec<usize> = std::iter::once(0).chain(found.iter().copied()).collect();
        let Some(wave) = waves(series, &starts) else { break };
        let exposure: Vec<f64> = days.iter().zip(&wave).map(|(d, w)| d * w).collect();
        found = search(&events, &exposure);
    }
    found
}

/// The wave of each month as a factor; `None` where it is not clear.
fn waves(series: &[MonthCount], starts: &[usize]) -> Option<Vec<f64>> {
    let (_, x, y, offset) = rows(series, starts, false);
    let fit: Poisson = poisson(&y, &x, &offset)?;
    if season(series, starts)?.p > 0.05 {
        return None;
    }
    let [sine, cosine] = [fit.coefficients[fit.coefficients.len() - 2], fit.coefficients[fit.coefficients.len() - 1]];
    let angle = |m: &MonthCount| TAU * f64::from(m.of_year) / 12.0;
    Some(series.iter().map(|m| (sine * angle(m).sin() + cosine * angle(m).cos()).exp()).collect())
}

fn search(events: &[f64], exposure: &[f64]) -> Vec<usize> {
    let n = events.len() as f64;
    let rate = events.iter().sum::<f64>() / exposure.iter().sum::<f64>();
    let scores: Vec<f64> = events.iter().zip(exposure).map(|(y, e)| (y - rate * e) / (rate * e).sqrt()).collect();
    // From one month to the next: a change of level hardly touches it.
    let dispersion = scores.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum::<f64>() / (2.0 * (n - 1.0));
    change_points(events, exposure, Cost::Poisson, PENALTY * n.ln() * dispersion.max(1.0), SHORTEST_LEVEL)
}
