//! What the next months would bring were things to go on as they have: exponential smoothing beside the plain repeat of last year.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::counts::normal_quantile;
use super::linear::solve;
use crate::units::Estimate;

/// Additive exponential smoothing: level, slope and season.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Smoothing {
    /// How fast the level follows, 0 to 1.
    pub level: f64,
    /// How fast the slope follows; `None` for a series without slope.
    pub slope: Option<f64>,
    /// How fast the season follows; `None` for a series without season.
    pub season: Option<f64>,
    /// The slope fades by this factor each step; 1 for none.
    pub damping: f64,
    /// Steps in a cycle.
    pub period: usize,
}

/// Where a series starts.
#[derive(Clone, PartialEq, Debug)]
pub struct Start {
    /// Level before the first step.
    pub level: f64,
    /// Slope before the first step.
    pub slope: f64,
    /// Seasons of the first cycle.
    pub seasons: Vec<f64>,
}

/// A series smoothed.
#[derive(Clone, PartialEq, Debug)]
pub struct Smoothed {
    /// How.
    pub smoothing: Smoothing,
    /// One step ahead, for each step.
    pub fitted: Vec<f64>,
    /// Sum of squared errors of these.
    pub squared_error: f64,
    /// How many rates and starting values were found from the series itself; 0 where all were given.
    pub estimated: usize,
    /// Level, slope and seasons at the end; the first season is that of the next step.
    pub end: Start,
}

impl Smoothing {
    /// Runs through a series from a start: `ŷ = l + φb + s`, `l ← l + φb + α e`, `b ← φb + β e`, `s ← s + γ e` with `e = y − ŷ`.
    ///
    /// `slope` and `season` are β and γ of this error form, so that `α β*` and `γ*(1 − α)` of the other books are here β and γ.
    ///
    /// Checked: `forecast_ets` (statsmodels ExponentialSmoothing).
    pub fn run(&self, series: &[f64], start: &Start) -> Smoothed {
        let (mut level, mut slope, mut seasons) = (start.level, start.slope, start.seasons.clone());
        let (mut fitted, mut squared_error) = (Vec::with_capacity(series.len()), 0.0);
        let cycle = self.cycle();
        for (t, y) in series.iter().enumerate() {
            let season = if cycle > 0 { seasons[t % cycle] } else { 0.0 };
            let forward = level + self.damping * slope;
            let e = y - forward - season;
            fitted.push(forward + season);
            squared_error += e * e;
            level = forward + self.level * e;
            slope = self.damping * slope + self.slope.unwrap_or(0.0) * e;
            if cycle > 0 {
                seasons[t % cycle] += self.season.unwrap_or(0.0) * e;
            }
        }
        if cycle > 0 {
            seasons.rotate_left(series.len() % cycle);
        }
        Smoothed { smoothing: *self, fitted, squared_error, estimated: 0, end: Start { level, slope, seasons } }
    }

    fn cycle(&self) -> usize {
        if self.season.is_some() { self.period } else { 0 }
    }

    /// The start with the least squared error. For given rates the errors are linear in the start: it is a regression, not a search.
    pub fn best_start(&self, series: &[f64]) -> Option<Start> {
        let cycle = self.cycle();
        let unknown = 1 + usize::from(self.slope.is_some()) + cycle.saturating_sub(1);
        let unit = |k: usize| {
            let mut start = Start { level: 0.0, slope: 0.0, seasons: vec![0.0; cycle] };
            match (k, self.slope.is_some()) {
                (0, _) => start.level = 1.0,
                (1, true) => start.slope = 1.0,
                (k, sloped) => {
                    // Seasons sum to 0: the last is what the others leave.
                    start.seasons[k - 1 - usize::from(sloped)] = 1.0;
                    start.seasons[cycle - 1] = -1.0;
                }
            }
            start
        };
        let errors =
            |start: &Start, series: &[f64]| -> Vec<f64> { self.run(series, start).fitted.iter().zip(series).map(|(f, y)| y - f).collect() };
        let zero = Start { level: 0.0, slope: 0.0, seasons: vec![0.0; cycle] };
        let base = errors(&zero, series);
        let silent = vec![0.0; series.len()];
        let effects: Vec<Vec<f64>> = (0..unknown).map(|k| errors(&unit(k), &silent)).collect();
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let matrix: Vec<Vec<f64>> = effects.iter().map(|a| effects.iter().map(|b| product(a, b)).collect()).collect();
        let right = effects.iter().map(|a| -product(a, &base)).collect();
        let found = solve(&matrix, &[right])?.pop()?;
        let mut start = zero;
        for (k, x) in found.iter().enumerate() {
            let unit = unit(k);
            start.level += x * unit.level;
            start.slope += x * unit.slope;
            start.seasons.iter_mut().zip(&unit.seasons).for_each(|(s, u)| *s += x * u);
        }
        Some(start)
    }
}

impl Smoothed {
    /// The next steps with intervals: errors of constant variance that add up through level, slope and season.
    ///
    /// Lower limits stand as they come; a count is not below 0, so cut them there. Checked: `forecast_ets` (statsmodels ETSModel).
    ///
    /// ```
    /// use gapmap::stats::forecast::fit;
    /// let series: Vec<f64> = (0..48).map(|t| 50.0 + f64::from(t % 12) + f64::from(t * 7 % 5) / 10.0).collect();
    /// let next = fit(&series, 12, true).unwrap().forecast(12, 0.95);
    /// assert!((next[0].value - 50.0).abs() < 1.0 && (next[11].value - 61.0).abs() < 1.0);
    /// ```
    pub fn forecast(&self, steps: usize, level: f64) -> Vec<Estimate> {
        let s = self.smoothing;
        // What was fitted to the series makes its errors too small: they are divided by what is left over, and the quantile is Student's.
        let left = self.fitted.len().saturating_sub(self.estimated).max(1) as f64;
        let p = 1.0 - (1.0 - level) / 2.0;
        let normal = normal_quantile(p);
        let z = if self.estimated == 0 { normal } else { StudentsT::new(0.0, 1.0, left).map_or(normal, |t| t.inverse_cdf(p)) };
        // And what was fitted is itself not sure: on average by its share of the observations, as in any regression.
        let variance = self.squared_error / left * (1.0 + self.estimated as f64 / self.fitted.len() as f64);
        let (mut faded, mut trend, mut spread) = (0.0, 0.0, 1.0);
        (1..=steps)
            .map(|h| {
                trend += s.damping.powi(h as i32) * self.end.slope;
                let season = if self.end.seasons.is_empty() { 0.0 } else { self.end.seasons[(h - 1) % self.end.seasons.len()] };
                let value = self.end.level + trend + season;
                if h > 1 {
                    // How far an error of h − 1 steps before is carried.
                    faded += s.damping.powi(h as i32 - 2);
                    let again = s.season.filter(|_| (h - 1) % s.period.max(1) == 0).unwrap_or(0.0);
                    let carried = s.level + s.slope.unwrap_or(0.0) * s.damping * faded + again;
                    spread += carried * carried;
                }
                let half = z * (variance * spread).sqrt();
                Estimate { value, lower: value - half, upper: value + half, level }
            })
            .collect()
    }

    /// Log likelihood of normal errors: `−n/2 (ln(2π SSE/n) + 1)`.
    pub fn log_likelihood(&self) -> f64 {
        let n = self.fitted.len() as f64;
        -n / 2.0 * ((2.0 * std::f64::consts::PI * self.squared_error / n).ln() + 1.0)
    }
}

/// Level, slope (fading, if `damped`) and season with the rates that make the squared error least; `None` under two cycles or where a value is no number.
///
/// The three or four rates are searched for (Nelder and Mead, from several places); the start is found by regression for each.
pub fn fit(series: &[f64], period: usize, damped: bool) -> Option<Smoothed> {
    if period < 2 || series.len() < 2 * period || series.iter().any(|y| !y.is_finite()) {
        return None;
    }
    let make = |x: &[f64]| {
        let squash = |x: f64| 1.0 / (1.0 + (-x).exp());
        let level = squash(x[0]);
        Smoothing {
            level,
            // The slope follows no faster than the level, the season no faster than the level leaves room for.
            slope: Some(level * squash(x[1])),
            season: Some((1.0 - level) * squash(x[2])),
            damping: if damped { 0.8 + 0.18 * squash(x[3]) } else { 1.0 },
            period,
        }
    };
    best(series, &make, if damped { 4 } else { 3 })
}

/// A level alone.
pub fn fit_level(series: &[f64]) -> Option<Smoothed> {
    let make = |x: &[f64]| Smoothing { level: 1.0 / (1.0 + (-x[0]).exp()), slope: None, season: None, damping: 1.0, period: 1 };
    (series.len() > 2 && series.iter().all(|y| y.is_finite())).then(|| best(series, &make, 1)).flatten()
}

fn best(series: &[f64], make: &dyn Fn(&[f64]) -> Smoothing, unknown: usize) -> Option<Smoothed> {
    let run = |x: &[f64]| {
        let smoothing = make(x);
        smoothing.best_start(series).map(|start| smoothing.run(series, &start))
    };
    let error = |x: &[f64]| run(x).map_or(f64::INFINITY, |s| s.squared_error);
    let starts = [[-1.0, -3.0, 0.0, 0.0], [0.0, -6.0, 1.0, 2.0], [-3.0, -1.0, -1.0, 0.0], [2.0, -4.0, 3.0, 1.0]];
    let found = starts.iter().map(|s| simplex(&s[..unknown], &error));
    let fitted = run(&found.min_by(|a, b| a.1.total_cmp(&b.1))?.0)?;
    let start = 1 + usize::from(fitted.smoothing.slope.is_some()) + fitted.end.seasons.len().saturating_sub(1);
    Some(Smoothed { estimated: unknown + start, ..fitted })
}

/// Nelder and Mead's search: 500 steps, or until the simplex is flat.
fn simplex(start: &[f64], f: &dyn Fn(&[f64]) -> f64) -> (Vec<f64>, f64) {
    let n = start.len();
    let mut points: Vec<(Vec<f64>, f64)> = (0..=n)
        .map(|k| {
            let mut x = start.to_vec();
            if k > 0 {
                x[k - 1] += 1.0;
            }
            let value = f(&x);
            (x, value)
        })
        .collect();
    for _ in 0..500 {
        points.sort_by(|a, b| a.1.total_cmp(&b.1));
        if points[n].1 - points[0].1 <= 1e-12 * points[0].1.abs() {
            break;
        }
        let centre: Vec<f64> = (0..n).map(|d| points[..n].iter().map(|p| p.0[d]).sum::<f64>() / n as f64).collect();
        let along = |by: f64| -> (Vec<f64>, f64) {
            let x: Vec<f64> = (0..n).map(|d| centre[d] + by * (points[n].0[d] - centre[d])).collect();
            let value = f(&x);
            (x, value)
        };
        let reflected = along(-1.0);
        let next = if reflected.1 < points[0].1 {
            let farther = along(-2.0);
            if farther.1 < reflected.1 { farther } else { reflected }
        } else if reflected.1 < points[n - 1].1 {
            reflected
        } else {
            along(if reflected.1 < points[n].1 { -0.5 } else { 0.5 })
        };
        if next.1 < points[n].1 {
            points[n] = next;
        } else {
            let first = points[0].0.clone();
            for p in &mut points[1..] {
                p.0 = p.0.iter().zip(&first).map(|(a, b)| b + 0.5 * (a - b)).collect();
                p.1 = f(&p.0);
            }
        }
    }
    points.sort_by(|a, b| a.1.total_cmp(&b.1));
    points.swap_remove(0)
}

/// Last year again: what every forecast has to beat. Checked: `forecast_ets`.
///
/// ```
/// assert_eq!(gapmap::stats::forecast::seasonal_naive(&[1.0, 2.0, 3.0, 4.0], 2, 3), [3.0, 4.0, 3.0]);
/// ```
pub fn seasonal_naive(series: &[f64], period: usize, steps: usize) -> Vec<f64> {
    let last = &series[series.len().saturating_sub(period)..];
    (0..steps).filter_map(|h| last.get(h % last.len().max(1)).copied()).collect()
}
