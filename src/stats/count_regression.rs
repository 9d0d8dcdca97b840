//! Regression of counts: what a count is expected to be, given trend, season and exposure, and how sure that is.

use super::linear::{cross, inverse, sandwich, solve};
use statrs::function::gamma::ln_gamma;

/// Changes of the deviance below this end the iteration.
const CONVERGED: f64 = 1e-12;
const MOST_ROUNDS: usize = 100;
/// A mean this small stands for no events at all: the term runs away to minus infinity.
const NO_EVENTS: f64 = 1e-10;
/// A count above this is no count of events in a month; it bounds the memory of a fit.
const MOST_EVENTS: f64 = 1e7;

/// A fitted Poisson regression, `log μ = offset + X β`.
#[derive(Clone, PartialEq, Debug)]
pub struct Poisson {
    /// β, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Standard errors from the expected information, were the counts Poisson.
    pub standard_errors: Vec<f64>,
    /// Log likelihood with all its constants.
    pub log_likelihood: f64,
    /// Twice the log likelihood that is lacking.
    pub deviance: f64,
    /// `Σ (y − μ)²/μ`.
    pub pearson: f64,
    /// Pearson's sum over the degrees of freedom: above 1 the counts waver more than Poisson counts do.
    pub dispersion: f64,
    /// Observations less columns.
    pub degrees_of_freedom: usize,
    /// Fitted means.
    pub means: Vec<f64>,
    /// `(XᵀWX)⁻¹`.
    pub covariance: Vec<Vec<f64>>,
}

/// A fitted negative binomial regression with variance `μ + α μ²`.
#[derive(Clone, PartialEq, Debug)]
pub struct NegativeBinomial {
    /// β, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// α; 0 where the counts waver no more than Poisson counts do, and the fit is the Poisson one.
    pub alpha: f64,
    /// Standard errors of β and, last, of α, from the observed information of both together; that of α is absent at 0.
    pub standard_errors: Vec<f64>,
    /// Standard errors of β with α held at its estimate, from the expected information: R's `MASS::glm.nb`.
    pub standard_errors_given_alpha: Vec<f64>,
    /// Log likelihood with all its constants.
    pub log_likelihood: f64,
    /// p-value of α above 0: half of a χ² of one degree, as 0 is the edge of what α can be.
    pub p_overdispersed: f64,
    /// Fitted means.
    pub means: Vec<f64>,
    /// Inverse of the observed information, of β and, last, of α; of β alone where α is 0.
    pub covariance: Vec<Vec<f64>>,
}

fn dot(x: &[f64], b: &[f64]) -> f64 {
    x.iter().zip(b).map(|(x, b)| x * b).sum()
}

/// Fits a Poisson regression by iteratively reweighted least squares.
///
/// `rows` are the rows of X; `offset` is the logarithm of the exposure (population × days), 0 where there is none. `None` where shapes differ, a
/// count is negative, columns repeat one another, or a group without any event sends its term to minus infinity (separation).
///
/// Checked: `count_regression_trend` (statsmodels GLM), `count_regression_r` (R glm).
///
/// ```
/// use gapmap::stats::count_regression::poisson;
/// let rows: Vec<Vec<f64>> = (0..8).map(|t| vec![1.0, f64::from(t)]).collect();
/// let counts: Vec<f64> = (0..8).map(|t| 5.0 * 1.1_f64.powi(t)).collect();
/// let fit = poisson(&counts, &rows, &[0.0; 8]).unwrap();
/// assert!((fit.coefficients[1].exp() - 1.1).abs() < 1e-9);
/// ```
pub fn poisson(counts: &[f64], rows: &[Vec<f64>], offset: &[f64]) -> Option<Poisson> {
    let (n, columns) = (counts.len(), rows.first()?.len());
    let fits = rows.len() == n && offset.len() == n && rows.iter().all(|r| r.len() == columns) && n > columns;
    if !fits || counts.iter().any(|y| !(y.is_finite() && *y >= 0.0)) {
        return None;
    }
    let mut means: Vec<f64> = counts.iter().map(|y| y + 0.5).collect();
    let mut coefficients = vec![0.0; columns];
    let mut deviance = f64::INFINITY;
    for _ in 0..MOST_ROUNDS {
        // Working response without the offset.
        let target: Vec<f64> = (0..n).map(|i| means[i].ln() - offset[i] + (counts[i] - means[i]) / means[i]).collect();
        let right = (0..columns).map(|c| (0..n).map(|i| means[i] * rows[i][c] * target[i]).sum()).collect();
        coefficients = solve(&cross(rows, |i| means[i]), &[right])?.pop()?;
        means = (0..n).map(|i| (offset[i] + dot(&rows[i], &coefficients)).exp()).collect();
        let now = deviance_of(counts, &means);
        let done = (deviance - now).abs() < CONVERGED * (now.abs() + 1.0);
        deviance = now;
        if done {
            break;
        }
    }
    if !deviance.is_finite() || means.iter().any(|m| *m < NO_EVENTS) {
        return None;
    }
    let covariance = inverse(&cross(rows, |i| means[i]))?;
    let pearson: f64 = counts.iter().zip(&means).map(|(y, m)| (y - m).powi(2) / m).sum();
    let degrees_of_freedom = n - columns;
    Some(Poisson {
        standard_errors: (0..columns).map(|c| covariance[c][c].sqrt()).collect(),
        log_likelihood: counts.iter().zip(&means).map(|(y, m)| y * m.ln() - m - ln_gamma(y + 1.0)).sum(),
        deviance,
        pearson,
        dispersion: pearson / degrees_of_freedom as f64,
        degrees_of_freedom,
        coefficients,
        means,
        covariance,
    })
}

fn deviance_of(counts: &[f64], means: &[f64]) -> f64 {
    let part = |y: f64, m: f64| if y > 0.0 { y * (y / m).ln() - (y - m) } else { m };
    2.0 * counts.iter().zip(means).map(|(y, m)| part(*y, *m)).sum::<f64>()
}

impl Poisson {
    /// Standard errors were the variance `φ μ` with φ the dispersion: quasi-Poisson.
    pub fn quasi_standard_errors(&self) -> Vec<f64> {
        self.standard_errors.iter().map(|s| s * self.dispersion.sqrt()).collect()
    }

    /// Standard errors that hold whatever the variance is and where neighbours in time go together: Newey and West with so many lags; 0 lags for any variance alone.
    ///
    /// `rows` and `counts` as they were fitted. Checked: `count_regression_trend` (HAC with three lags, HC0).
    pub fn robust_standard_errors(&self, counts: &[f64], rows: &[Vec<f64>], lags: usize) -> Vec<f64> {
        let scores: Vec<Vec<f64>> = (0..counts.len()).map(|i| rows[i].iter().map(|x| x * (counts[i] - self.means[i])).collect()).collect();
        let mut middle = cross(&scores, |_| 1.0);
        for lag in 1..=lags.min(scores.len() - 1) {
            let weight = 1.0 - lag as f64 / (lags as f64 + 1.0);
            for (now, before) in scores[lag..].iter().zip(&scores) {
                for a in 0..now.len() {
                    for b in 0..now.len() {
                        middle[a][b] += weight * (now[a] * before[b] + before[a] * now[b]);
                    }
                }
            }
        }
        let all = sandwich(&self.covariance, &middle);
        (0..all.len()).map(|c| all[c][c].sqrt()).collect()
    }
}

/// Fits a negative binomial regression (NB2) by maximum likelihood of β and α together.
///
/// Counts that waver no more than Poisson counts give the Poisson fit with `alpha` 0, where peers print NaN and call it converged. `None` as for [`poisson`].
///
/// Checked: `count_regression_trend` (statsmodels), `count_regression_r` (MASS::glm.nb).
///
/// ```
/// use gapmap::stats::count_regression::negative_binomial;
/// let counts = [0.0, 9.0, 1.0, 14.0, 0.0, 3.0, 22.0, 1.0];
/// let fit = negative_binomial(&counts, &vec![vec![1.0]; 8], &[0.0; 8]).unwrap();
/// assert!((fit.coefficients[0].exp() - 6.25).abs() < 1e-6 && fit.alpha > 0.5);
/// ```
pub fn negative_binomial(counts: &[f64], rows: &[Vec<f64>], offset: &[f64]) -> Option<NegativeBinomial> {
    let start = poisson(counts, rows, offset)?;
    let columns = start.coefficients.len();
    // The slope of the likelihood in α at 0: below 0 there is nothing to find.
    let slope: f64 = counts.iter().zip(&start.means).map(|(y, m)| ((y - m).powi(2) - y) / 2.0).sum();
    let plain = || NegativeBinomial {
        coefficients: start.coefficients.clone(),
        alpha: 0.0,
        standard_errors: start.standard_errors.clone(),
        standard_errors_given_alpha: start.standard_errors.clone(),
        log_likelihood: start.log_likelihood,
        p_overdispersed: 0.5,
        means: start.means.clone(),
        covariance: start.covariance.clone(),
    };
    if slope <= 0.0 {
        return Some(plain());
    }
    let moment =
        counts.iter().zip(&start.means).map(|(y, m)| ((y - m).powi(2) - m) / (m * m)).sum::<f64>() / start.degrees_of_freedom as f64;
    let mut coefficients = start.coefficients.clone();
    let mut alpha = moment.clamp(1e-4, 10.0);
    let above = above(counts);
    for _ in 0..MOST_ROUNDS {
        let before = (coefficients.clone(), alpha);
        let means = given_alpha(counts, rows, offset, alpha, &mut coefficients)?;
        alpha = best_alpha(counts, &above, &means, alpha);
        let moved = coefficients.iter().zip(&before.0).map(|(a, b)| (a - b).abs()).fold((alpha / before.1).ln().abs(), f64::max);
        if moved < 1e-12 {
            break;
        }
    }
    let means = given_alpha(counts, rows, offset, alpha, &mut coefficients)?;
    if alpha < 1e-8 {
        return Some(plain());
    }
    let a = 1.0 / alpha;
    let log_likelihood = likelihood(counts, &above, &means, a);
    let information = cross(rows, |i| means[i] * (1.0 + alpha * counts[i]) / (1.0 + alpha * means[i]).powi(2));
    let mut joint = information;
    let mixed: Vec<f64> = (0..columns)
        .map(|c| (0..counts.len()).map(|i| rows[i][c] * means[i] * (counts[i] - means[i]) / (1.0 + alpha * means[i]).powi(2)).sum())
        .collect();
    let (first, second) = by_shape(counts, &above, &means, a);
    joint.iter_mut().zip(&mixed).for_each(|(row, m)| row.push(*m));
    joint.push(mixed.iter().copied().chain([-(second * a.powi(4) + first * 2.0 * a.powi(3))]).collect());
    let joint = inverse(&joint)?;
    let given = inverse(&cross(rows, |i| means[i] / (1.0 + alpha * means[i])))?;
    let ratio = 2.0 * (log_likelihood - start.log_likelihood);
    Some(NegativeBinomial {
        standard_errors: (0..=columns).map(|c| joint[c][c].sqrt()).collect(),
        standard_errors_given_alpha: (0..columns).map(|c| given[c][c].sqrt()).collect(),
        p_overdispersed: super::counts::normal_tail(ratio.max(0.0).sqrt()),
        coefficients,
        alpha,
        log_likelihood,
        means,
        covariance: joint,
    })
}

/// β for a given α; returns the means.
fn given_alpha(counts: &[f64], rows: &[Vec<f64>], offset: &[f64], alpha: f64, coefficients: &mut Vec<f64>) -> Option<Vec<f64>> {
    let n = counts.len();
    let of = |b: &[f64]| -> Vec<f64> { (0..n).map(|i| (offset[i] + dot(&rows[i], b)).exp()).collect() };
    let mut means = of(coefficients);
    for _ in 0..MOST_ROUNDS {
        let weight = |i: usize| means[i] / (1.0 + alpha * means[i]);
        let target: Vec<f64> = (0..n).map(|i| means[i].ln() - offset[i] + (counts[i] - means[i]) / means[i]).collect();
        let right = (0..coefficients.len()).map(|c| (0..n).map(|i| weight(i) * rows[i][c] * target[i]).sum()).collect();
        let next = solve(&cross(rows, weight), &[right])?.pop()?;
        let moved = next.iter().zip(coefficients.iter()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        *coefficients = next;
        means = of(coefficients);
        if moved < 1e-13 {
            break;
        }
    }
    means.iter().all(|m| m.is_finite() && *m >= NO_EVENTS).then_some(means)
}

/// How many counts are above each `j = 0, 1, …`: a sum over all counts of a sum over `j < y` is then one sum over `j`.
fn above(counts: &[f64]) -> Vec<f64> {
    let highest = counts.iter().copied().fold(0.0, f64::max).min(MOST_EVENTS) as usize;
    let mut above = vec![0.0; highest];
    for y in counts {
        // Counts at `j` first, then added up from the top.
        if let Some(at) = (*y as usize).min(highest).checked_sub(1) {
            above[at] += 1.0;
        }
    }
    for j in (1..highest).rev() {
        above[j - 1] += above[j];
    }
    above
}

/// α for given means, by Newton's method on ln α, each step at most a factor of e.
fn best_alpha(counts: &[f64], above: &[f64], means: &[f64], start: f64) -> f64 {
    let mut log = start.ln();
    for _ in 0..MOST_ROUNDS {
        let a = (-log).exp();
        let (first, second) = by_shape(counts, above, means, a);
        // a = exp(−ln α): slope −a l′, curvature a l′ + a² l″.
        let (slope, curve) = (-a * first, a * first + a * a * second);
        let step = if curve < 0.0 { -slope / curve } else { slope.signum() }.clamp(-1.0, 1.0);
        log = (log + step).clamp(-20.0, 10.0);
        if step.abs() < 1e-13 {
            break;
        }
    }
    log.exp()
}

/// First and second derivative of the log likelihood in the shape `a = 1/α`; sums over the counts stand for digamma and trigamma.
fn by_shape(counts: &[f64], above: &[f64], means: &[f64], a: f64) -> (f64, f64) {
    let (mut first, mut second) = (0.0, 0.0);
    for (j, many) in above.iter().enumerate() {
        let one = 1.0 / (a + j as f64);
        first += many * one;
        second -= many * one * one;
    }
    for (y, m) in counts.iter().zip(means) {
        first += (a / (a + m)).ln() + 1.0 - (a + y) / (a + m);
        second += 1.0 / a - 2.0 / (a + m) + (a + y) / (a + m).powi(2);
    }
    (first, second)
}

fn likelihood(counts: &[f64], above: &[f64], means: &[f64], a: f64) -> f64 {
    let rising: f64 = above.iter().enumerate().map(|(j, many)| many * (a + j as f64).ln()).sum();
    let part = |y: f64, m: f64| a * (a / (a + m)).ln() + y * (m / (a + m)).ln() - ln_gamma(y + 1.0);
    rising + counts.iter().zip(means).map(|(y, m)| part(*y, *m)).sum::<f64>()
}
