//! Least squares where each error goes with the one before: `e_t = ρ e_(t−1) + u_t`.

use super::linear::{cross, inverse, solve};

/// So many places are tried for ρ before the best is refined.
const PLACES: f64 = 60.0;

/// Generalised least squares for a given ρ, by Prais and Winsten's transform.
pub(super) struct Given {
    pub coefficients: Vec<f64>,
    /// `(X*ᵀX*)⁻¹` of the transformed columns.
    pub covariance: Vec<Vec<f64>>,
    /// Squares of the transformed residuals.
    pub squares: f64,
    /// Of the values as they were given.
    pub residuals: Vec<f64>,
}

/// Fits by least squares of the transformed rows, the first kept times `√(1 − ρ²)`.
pub(super) fn given(y: &[f64], x: &[Vec<f64>], rho: f64) -> Option<Given> {
    let first = (1.0 - rho * rho).sqrt();
    let transformed = |t: usize, value: &dyn Fn(usize) -> f64| if t == 0 { first * value(0) } else { value(t) - rho * value(t - 1) };
    let columns = x.first()?.len();
    let rows: Vec<Vec<f64>> = (0..x.len()).map(|t| (0..columns).map(|c| transformed(t, &|t| x[t][c])).collect()).collect();
    let target: Vec<f64> = (0..y.len()).map(|t| transformed(t, &|t| y[t])).collect();
    let product = cross(&rows, |_| 1.0);
    let right = (0..columns).map(|c| rows.iter().zip(&target).map(|(r, v)| r[c] * v).sum()).collect();
    let mut coefficients = solve(&product, &[right])?.pop()?;
    // Once more on what is left: the digits that the normal equations lose.
    let left: Vec<f64> = rows.iter().zip(&target).map(|(r, v)| v - dot(r, &coefficients)).collect();
    let again = (0..columns).map(|c| rows.iter().zip(&left).map(|(r, v)| r[c] * v).sum()).collect();
    coefficients.iter_mut().zip(solve(&product, &[again])?.pop()?).for_each(|(b, more)| *b += more);
    let squares = rows.iter().zip(&target).map(|(r, v)| (v - dot(r, &coefficients)).powi(2)).sum();
    let residuals = x.iter().zip(y).map(|(r, v)| v - dot(r, &coefficients)).collect();
    Some(Given { coefficients, covariance: inverse(&product)?, squares, residuals })
}

fn dot(x: &[f64], b: &[f64]) -> f64 {
    x.iter().zip(b).map(|(x, b)| x * b).sum()
}

/// ρ from `low` to `high` with the largest restricted likelihood, and that without its constants.
pub(super) fn best_rho(y: &[f64], x: &[Vec<f64>], low: f64, high: f64) -> Option<(f64, f64)> {
    let (n, k) = (y.len() as f64, x.first()?.len() as f64);
    let at = |rho: f64| -> f64 {
        let Some(fit) = given(y, x, rho) else { return f64::NEG_INFINITY };
        let one = 1.0 - rho * rho;
        // V⁻¹ is the transform's product over 1 − ρ²: its squares and its determinant follow from the transformed ones.
        let squares = fit.squares / one;
        let determinant = -log_determinant(&fit.covariance) - k * one.ln();
        -0.5 * ((n - k) * (squares / (n - k)).ln() + (n - 1.0) * one.ln() + determinant)
    };
    let step = (high - low) / PLACES;
    let grid = (0..=PLACES as usize).map(|i| low + step * i as f64).map(|rho| (rho, at(rho)));
    let best = grid.max_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let rho = golden(&at, (best - step).max(low), (best + step).min(high));
    Some((rho, at(rho)))
}

/// Variance of the process and ρ, from `lowest` to `highest`, of errors that go with those before: restricted maximum likelihood.
pub(super) fn waver(y: &[f64], x: &[Vec<f64>], lowest: f64, highest: f64) -> Option<(f64, f64)> {
    let (rho, _) = best_rho(y, x, lowest, highest)?;
    let fit = given(y, x, rho)?;
    let left = y.len().checked_sub(x.first()?.len()).filter(|n| *n > 0)?;
    Some((fit.squares / (1.0 - rho * rho) / left as f64, rho))
}

/// Where a function with one top between two ends is highest.
fn golden(f: &dyn Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let part = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..60 {
        let (a, b) = (high - part * (high - low), low + part * (high - low));
        if f(a) >= f(b) {
            high = b;
        } else {
            low = a;
        }
    }
    0.5 * (low + high)
}

/// Of a symmetric, positive definite matrix; `NaN` where it is not.
pub(super) fn log_determinant(a: &[Vec<f64>]) -> f64 {
    let n = a.len();
    let mut l = vec![vec![0.0; n]; n];
    let mut sum = 0.0;
    for i in 0..n {
        for j in 0..=i {
            let rest = a[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            l[i][j] = if i == j { rest.sqrt() } else { rest / l[j][j] };
        }
        sum += 2.0 * l[i][i].ln();
    }
    sum
}
