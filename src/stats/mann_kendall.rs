//! Whether a series rises or falls, by ranks, and how steeply: no shape and no distribution is assumed.
//!
//! Missing values are `NaN`. They are left out of the score; slopes keep their place in time.
//! Source: Mann 1945, Kendall 1975, Sen 1968, Hirsch, Slack & Smith 1982, Hamed & Rao 1998. Checked: `mann_kendall`, `published_mann_kendall`.

use statrs::function::gamma::gamma_ur;

use super::counts::normal_quantile;

/// A test for a trend.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Trend {
    /// Pairs that rise less pairs that fall.
    pub score: f64,
    /// Variance of the score where there is no trend.
    pub variance: f64,
    /// Kendall's tau-a: the score over the number of pairs.
    pub tau: f64,
    /// Standard normal where there is no trend, with correction for continuity where the score is a whole number.
    pub z: f64,
    /// Two-sided; from the survival function, so that it does not fall to 0 early.
    pub p: f64,
}

/// A line by the median of slopes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Line {
    /// Change per step; per whole cycle in [`seasonal_sen`].
    pub slope: f64,
    /// Value at the first step, counted as 0.
    pub intercept: f64,
}

/// The original test: independent values, ties allowed.
///
/// `S = Σ sign(xⱼ − xᵢ)`, variance `[n(n−1)(2n+5) − Σ t(t−1)(2t+5)]/18`. `None` with fewer than two values.
///
/// ```
/// let rise = gapmap::stats::mann_kendall::original(&[1.0, 3.0, 2.0, 5.0, 6.0, 8.0, 9.0, 9.5]).unwrap();
/// assert_eq!(rise.score, 26.0);
/// assert!(rise.p < 0.01);
/// ```
pub fn original(series: &[f64]) -> Option<Trend> {
    let x = known(series);
    let n = x.len() as f64;
    (x.len() > 1).then(|| finish(score(&x), variance(&x), n * (n - 1.0) / 2.0, true))
}

/// As [`original`], with the variance widened (or narrowed) for autocorrelation after Hamed and Rao: the ranks of the detrended
/// series, at lags up to `lags` whose autocorrelation is significant at `alpha`.
///
/// Cap `lags` at 3 or a quarter of the series: all lags, as some programs use, are unstable. A factor that is not positive gives `None`.
///
/// ```
/// let drifting: Vec<f64> = (0..40).map(|i| (f64::from(i) / 6.0).sin() * 5.0 + f64::from(i) * 0.05).collect();
/// let (plain, safe) = (gapmap::stats::mann_kendall::original(&drifting).unwrap(), gapmap::stats::mann_kendall::hamed_rao(&drifting, 3, 0.05).unwrap());
/// assert!(safe.p > plain.p, "what drifts is no trend");
/// ```
pub fn hamed_rao(series: &[f64], lags: usize, alpha: f64) -> Option<Trend> {
    let x = known(series);
    let n = x.len() as f64;
    if x.len() < 4 {
        return None;
    }
    let r = autocorrelation(&ranks(&detrended(series, &x)?), lags.min(x.len() - 1));
    let bound = normal_quantile(1.0 - alpha / 2.0) / n.sqrt();
    let weighted = |(lag, r): (usize, &f64)| {
        let left = n - lag as f64;
        if r.abs() >= bound { left * (left - 1.0) * (left - 2.0) * r } else { 0.0 }
    };
    let sum: f64 = r.iter().enumerate().skip(1).map(weighted).sum();
    let factor = 1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum;
    inflated(&x, factor)
}

/// As [`original`], with the variance scaled by the effective number of values after Yue and Wang: `1 + 2 Σ (1 − k/n) rₖ` over lags
/// of the detrended series.
///
/// ```
/// let drifting: Vec<f64> = (0..40).map(|i| (f64::from(i) / 6.0).sin() * 5.0 + f64::from(i) * 0.05).collect();
/// assert!(gapmap::stats::mann_kendall::yue_wang(&drifting, 1).unwrap().p > gapmap::stats::mann_kendall::original(&drifting).unwrap().p);
/// ```
pub fn yue_wang(series: &[f64], lags: usize) -> Option<Trend> {
    let x = known(series);
    let n = x.len() as f64;
    if x.len() < 4 {
        return None;
    }
    let r = autocorrelation(&detrended(series, &x)?, lags.min(x.len() - 1));
    let sum: f64 = r.iter().enumerate().skip(1).map(|(lag, r)| (1.0 - lag as f64 / n) * r).sum();
    inflated(&x, 1.0 + 2.0 * sum)
}

/// The seasonal test: scores and variances of each season of the cycle by itself, added up. Seasons do not disturb it.
///
/// The first value belongs to season 0. `None` where no season has two values.
///
/// ```
/// let saw: Vec<f64> = (0..36).map(|i| f64::from(i % 12) * 10.0 + f64::from(i / 12)).collect();
/// let found = gapmap::stats::mann_kendall::seasonal(&saw, 12).unwrap();
/// assert_eq!(found.tau, 1.0);
/// ```
pub fn seasonal(series: &[f64], period: usize) -> Option<Trend> {
    let (mut total, mut spread, mut pairs) = (0.0, 0.0, 0.0);
    for season in 0..period.max(1) {
        let x: Vec<f64> = known(&series.iter().skip(season).step_by(period.max(1)).copied().collect::<Vec<_>>());
        let n = x.len() as f64;
        total += score(&x);
        spread += variance(&x);
        pairs += n * (n - 1.0) / 2.0;
    }
    (pairs > 0.0).then(|| finish(total, spread, pairs, true))
}

/// Sen's slope: the median of the slopes of all pairs, per step; intercept `median(x) − median(step) · slope`.
///
/// ```
/// let line = gapmap::stats::mann_kendall::sen(&[1.0, 2.0, 3.0, 40.0, 5.0]).unwrap();
/// assert_eq!(line.slope, 1.0); // one wild value does not move it
/// ```
pub fn sen(series: &[f64]) -> Option<Line> {
    let mut slopes = Vec::with_capacity(series.len() * series.len().saturating_sub(1) / 2);
    pairwise(series, &mut slopes);
    line(series, slopes, 1.0)
}

/// The seasonal slope: the median of the slopes between the same seasons of different cycles, per whole cycle.
///
/// ```
/// let saw: Vec<f64> = (0..36).map(|i| f64::from(i % 12) * 10.0 + f64::from(i / 12) * 2.0).collect();
/// assert_eq!(gapmap::stats::mann_kendall::seasonal_sen(&saw, 12).unwrap().slope, 2.0);
/// ```
pub fn seasonal_sen(series: &[f64], period: usize) -> Option<Line> {
    let period = period.max(1);
    let mut slopes = Vec::new();
    for season in 0..period {
        pairwise(&series.iter().skip(season).step_by(period).copied().collect::<Vec<_>>(), &mut slopes);
    }
    line(series, slopes, period as f64)
}

/// The original test of the series less its own value one step before, times the autocorrelation at lag 1: what is carried over is taken out, and some of the trend with it.
///
/// It loses power; prefer [`hamed_rao`] with few lags. Checked: `mann_kendall`, `published_mann_kendall`.
///
/// ```
/// let series: Vec<f64> = (0..30).map(|t| f64::from(t) + f64::from(t * 7 % 5)).collect();
/// assert!(gapmap::stats::mann_kendall::pre_whitened(&series).unwrap().score <= gapmap::stats::mann_kendall::original(&series).unwrap().score);
/// ```
pub fn pre_whitened(series: &[f64]) -> Option<Trend> {
    let x = known(series);
    original(&whitened(&x)?)
}

/// As [`pre_whitened`], with the Sen slope taken out first and put back after. Checked: `mann_kendall`, `published_mann_kendall`.
///
/// ```
/// let series: Vec<f64> = (0..30).map(|t| f64::from(t) + f64::from(t * 7 % 5)).collect();
/// assert!(gapmap::stats::mann_kendall::trend_free_pre_whitened(&series).unwrap().p < 0.001);
/// ```
pub fn trend_free_pre_whitened(series: &[f64]) -> Option<Trend> {
    let x = known(series);
    let slope = sen(series)?.slope;
    let rest = whitened(&detrended(series, &x)?)?;
    original(&rest.iter().zip(2..).map(|(v, t)| v + f64::from(t) * slope).collect::<Vec<f64>>())
}

/// Each value less the autocorrelation at lag 1 times the one before.
fn whitened(x: &[f64]) -> Option<Vec<f64>> {
    if x.len() < 3 {
        return None;
    }
    let r = autocorrelation(x, 1)[1];
    Some(x.windows(2).map(|w| w[1] - r * w[0]).collect())
}

/// One test of several independent series: scores and variances added up. Checked: `published_mann_kendall`.
///
/// ```
/// let rising: Vec<f64> = (0..10).map(f64::from).collect();
/// let falling: Vec<f64> = rising.iter().rev().copied().collect();
/// assert_eq!(gapmap::stats::mann_kendall::regional(&[rising, falling]).unwrap().score, 0.0);
/// ```
pub fn regional(stations: &[Vec<f64>]) -> Option<Trend> {
    let (mut total, mut spread, mut pairs) = (0.0, 0.0, 0.0);
    for station in stations {
        let x = known(station);
        let n = x.len() as f64;
        total += score(&x);
        spread += variance(&x);
        pairs += n * (n - 1.0) / 2.0;
    }
    (pairs > 0.0).then(|| finish(total, spread, pairs, true))
}

/// The known values `x` of a series without its Sen slope.
fn detrended(series: &[f64], x: &[f64]) -> Option<Vec<f64>> {
    let slope = sen(series)?.slope;
    Some(x.iter().zip(1..).map(|(v, t)| v - f64::from(t) * slope).collect())
}

fn known(series: &[f64]) -> Vec<f64> {
    series.iter().copied().filter(|x| x.is_finite()).collect()
}

fn score(x: &[f64]) -> f64 {
    let mut s = 0_i64;
    for (i, a) in x.iter().enumerate() {
        for b in &x[i + 1..] {
            s += i64::from(b > a) - i64::from(b < a);
        }
    }
    s as f64
}

fn variance(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|t| term(t.len() as f64)).sum();
    (term(x.len() as f64) - ties) / 18.0
}

fn finish(score: f64, variance: f64, pairs: f64, continuity: bool) -> Trend {
    let step = if continuity { score.signum() } else { 0.0 };
    let z = if score == 0.0 || variance <= 0.0 { 0.0 } else { (score - step) / variance.sqrt() };
    // P(χ²₁ > z²) is both tails at once, and keeps its digits where 1 − Φ has none left.
    let p = if z == 0.0 { 1.0 } else { gamma_ur(0.5, z * z / 2.0) };
    Trend { score, variance, tau: score / pairs, z, p }
}

fn inflated(x: &[f64], factor: f64) -> Option<Trend> {
    let n = x.len() as f64;
    let spread = variance(x) * factor;
    let all_equal = x.windows(2).all(|w| w[0] == w[1]);
    (spread > 0.0 || all_equal).then(|| finish(score(x), spread.max(0.0), n * (n - 1.0) / 2.0, true))
}

/// Ranks from 1, ties sharing their middle.
fn ranks(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let mut ranks = vec![0.0; x.len()];
    let mut at = 0;
    for tie in order.chunk_by(|a, b| x[*a] == x[*b]) {
        let middle = at as f64 + (tie.len() + 1) as f64 / 2.0;
        tie.iter().for_each(|i| ranks[*i] = middle);
        at += tie.len();
    }
    ranks
}

/// Autocorrelation at lags 0 to `lags`: sums over the lag, over the sum at lag 0. All 0 where nothing varies.
fn autocorrelation(x: &[f64], lags: usize) -> Vec<f64> {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let y: Vec<f64> = x.iter().map(|v| v - mean).collect();
    let at = |lag: usize| -> f64 { y.iter().zip(&y[lag..]).map(|(a, b)| a * b).sum() };
    let whole = at(0);
    (0..=lags).map(|lag| if whole > 0.0 { at(lag) / whole } else { 0.0 }).collect()
}

/// Slopes of all pairs of known values, by their steps.
fn pairwise(x: &[f64], slopes: &mut Vec<f64>) {
    for (i, a) in x.iter().enumerate().filter(|(_, a)| a.is_finite()) {
        for (step, b) in x[i + 1..].iter().enumerate().filter(|(_, b)| b.is_finite()) {
            slopes.push((b - a) / (step + 1) as f64);
        }
    }
}

fn line(series: &[f64], slopes: Vec<f64>, period: f64) -> Option<Line> {
    let steps: Vec<f64> = (0..series.len()).filter(|i| series[*i].is_finite()).map(|i| i as f64).collect();
    let slope = median(slopes)?;
    Some(Line { slope, intercept: median(known(series))? - median(steps)? / period * slope })
}

/// The middle value, or the mean of the middle two.
fn median(mut x: Vec<f64>) -> Option<f64> {
    if x.is_empty() {
        return None;
    }
    let (half, odd) = (x.len() / 2, x.len() % 2 == 1);
    let (below, middle, _) = x.select_nth_unstable_by(half, f64::total_cmp);
    let middle = *middle;
    if odd {
        return Some(middle);
    }
    let below = below.iter().copied().max_by(f64::total_cmp)?;
    Some((below + middle) / 2.0)
}
