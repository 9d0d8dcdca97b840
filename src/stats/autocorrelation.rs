//! Are like values found side by side? Moran's I, Geary's C and Getis and Ord's G over a whole map.

use super::counts::normal_tail;
use super::weights::{Style, Weights};

/// A statistic of a whole map beside what it would be were the values scattered at random over the areas.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Global {
    /// The statistic.
    pub value: f64,
    /// Its mean under the null hypothesis.
    pub expected: f64,
    /// Its variance were the values drawn from a normal distribution.
    pub variance_normal: f64,
    /// Its variance were these same values shuffled over the areas.
    pub variance_shuffled: f64,
}

impl Global {
    /// Standard score against the shuffled variance.
    pub fn z(&self) -> f64 {
        (self.value - self.expected) / self.variance_shuffled.sqrt()
    }

    /// Standard score against the normal variance.
    pub fn z_normal(&self) -> f64 {
        (self.value - self.expected) / self.variance_normal.sqrt()
    }

    /// Two-sided p-value of [`Global::z`].
    pub fn p(&self) -> f64 {
        2.0 * normal_tail(self.z().abs())
    }
}

/// Values less their mean, and the second and fourth moment; `None` where no variance is to be had.
fn centred(values: &[f64], weights: &Weights) -> Option<(Vec<f64>, f64, f64)> {
    let n = values.len() as f64;
    if values.len() != weights.len() || values.len() < 4 || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let z: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let m2 = z.iter().map(|z| z * z).sum::<f64>() / n;
    let m4 = z.iter().map(|z| z.powi(4)).sum::<f64>() / n;
    // Rounding of the mean leaves dust where all values are equal.
    let dust = values.iter().fold(0.0_f64, |m, v| m.max(v.abs())) * 1e-12;
    (m2.sqrt() > dust).then_some((z, m2, m4))
}

/// Moran's I: `I = n/S₀ · Σ w_ij z_i z_j / Σ z_i²`, `E = −1/(n−1)`.
///
/// Above `E`, like areas lie side by side. `None` with fewer than four areas, no neighbours, a value that is no number, or all values equal.
/// Of raw rates it says little, as their variances differ: use [`super::smoothing::empirical_bayes_index`] first.
///
/// Source: Cliff & Ord 1981. Checked: `spatial_autocorrelation` (esda), `spatial_autocorrelation_spdep`.
///
/// ```
/// use gapmap::stats::{autocorrelation::moran, weights::{Style, Weights}};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2]]);
/// assert!((moran(&[1.0, 2.0, 3.0, 4.0], &line, Style::Binary).unwrap().value - 1.0 / 3.0).abs() < 1e-12);
/// assert!(moran(&[5.0; 4], &line, Style::Binary).is_none());
/// ```
pub fn moran(values: &[f64], weights: &Weights, style: Style) -> Option<Global> {
    let (z, m2, m4) = centred(values, weights)?;
    let sums = weights.sums(style);
    if sums.s0 == 0.0 {
        return None;
    }
    let n = values.len() as f64;
    let cross: f64 = (0..z.len()).map(|i| z[i] * weights.lag(&z, i, style)).sum();
    let value = cross / sums.s0 / m2;
    let expected = -1.0 / (n - 1.0);
    let (s0s, kurtosis) = (sums.s0 * sums.s0, m4 / (m2 * m2));
    let variance_normal = (n * n * sums.s1 - n * sums.s2 + 3.0 * s0s) / ((n * n - 1.0) * s0s) - expected * expected;
    let shuffled = n * ((n * n - 3.0 * n + 3.0) * sums.s1 - n * sums.s2 + 3.0 * s0s)
        - kurtosis * ((n * n - n) * sums.s1 - 2.0 * n * sums.s2 + 6.0 * s0s);
    let variance_shuffled = shuffled / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0s) - expected * expected;
    Some(Global { value, expected, variance_normal, variance_shuffled })
}

/// Geary's C: `C = (n−1)/(2S₀) · Σ w_ij (x_i − x_j)² / Σ z_i²`, `E = 1`. Below 1, like areas lie side by side.
///
/// `None` as for [`moran`]. Source: Cliff & Ord 1981. Checked: `spatial_autocorrelation` (esda), `spatial_autocorrelation_spdep`.
///
/// ```
/// use gapmap::stats::{autocorrelation::geary, weights::{Style, Weights}};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2]]);
/// assert!((geary(&[1.0, 2.0, 3.0, 4.0], &line, Style::Binary).unwrap().value - 0.3).abs() < 1e-12);
/// ```
pub fn geary(values: &[f64], weights: &Weights, style: Style) -> Option<Global> {
    let (z, m2, m4) = centred(values, weights)?;
    let sums = weights.sums(style);
    if sums.s0 == 0.0 {
        return None;
    }
    let n = values.len() as f64;
    let squared = |i: usize| weights.of(i).iter().map(|j| (z[i] - z[*j as usize]).powi(2)).sum::<f64>() * weights.weight(i, style);
    let apart: f64 = (0..z.len()).map(squared).sum();
    let value = (n - 1.0) * apart / (2.0 * sums.s0 * m2 * n);
    let (s0s, k) = (sums.s0 * sums.s0, m4 / (m2 * m2));
    let variance_normal = ((2.0 * sums.s1 + sums.s2) * (n - 1.0) - 4.0 * s0s) / (2.0 * (n + 1.0) * s0s);
    let first = (n - 1.0) * sums.s1 * (n * n - 3.0 * n + 3.0 - k * (n - 1.0));
    let second = 0.25 * (n - 1.0) * sums.s2 * (n * n + 3.0 * n - 6.0 - k * (n * n - n + 2.0));
    let third = s0s * (n * n - 3.0 - k * (n - 1.0) * (n - 1.0));
    let variance_shuffled = (first - second + third) / (n * (n - 2.0) * (n - 3.0) * s0s);
    Some(Global { value, expected: 1.0, variance_normal, variance_shuffled })
}

/// Getis and Ord's general G with binary weights: `G = Σ w_ij x_i x_j / Σ_{i≠j} x_i x_j`. High where high values lie side by side.
///
/// `None` as for [`moran`], or with a value below 0. Both variances are the shuffled one.
/// Source: Getis & Ord 1992. Checked: `spatial_autocorrelation` (esda), `spatial_autocorrelation_spdep`, `published_getis_ord_toy`.
///
/// ```
/// use gapmap::stats::{autocorrelation::general_g, weights::Weights};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2]]);
/// assert_eq!(general_g(&[1.0, 0.0, 3.0, 4.0], &line).unwrap().expected, 0.5);
/// ```
pub fn general_g(values: &[f64], weights: &Weights) -> Option<Global> {
    centred(values, weights)?;
    let sums = weights.sums(Style::Binary);
    if sums.s0 == 0.0 || values.iter().any(|v| *v < 0.0) {
        return None;
    }
    let n = values.len() as f64;
    let power = |k: i32| values.iter().map(|v| v.powi(k)).sum::<f64>();
    let (t1, t2, t3, t4) = (power(1), power(2), power(3), power(4));
    let pairs = t1 * t1 - t2;
    let cross: f64 = (0..values.len()).map(|i| values[i] * weights.lag(values, i, Style::Binary)).sum();
    let expected = sums.s0 / (n * (n - 1.0));
    let (s0s, s1, s2) = (sums.s0 * sums.s0, sums.s1, sums.s2);
    let b0 = (n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0s;
    let b1 = -((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0s);
    let b2 = -(2.0 * n * s1 - (n + 3.0) * s2 + 6.0 * s0s);
    let b3 = 4.0 * (n - 1.0) * s1 - 2.0 * (n + 1.0) * s2 + 8.0 * s0s;
    let b4 = s1 - s2 + s0s;
    let square = (b0 * t2 * t2 + b1 * t4 + b2 * t1 * t1 * t2 + b3 * t1 * t3 + b4 * t1.powi(4))
        / (pairs * pairs * n * (n - 1.0) * (n - 2.0) * (n - 3.0));
    let variance = square - expected * expected;
    Some(Global { value: cross / pairs, expected, variance_normal: variance, variance_shuffled: variance })
}
