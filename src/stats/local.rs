//! Where do like values lie side by side? Local Moran and Getis-Ord, one number for each area.

use super::weights::{Style, Weights};

/// What an area and its neighbours are, beside the mean of the map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quadrant {
    /// High among high.
    HighHigh,
    /// Low among high.
    LowHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
}

/// Local Moran of one area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LocalMoran {
    /// `I_i`.
    pub value: f64,
    /// Mean and variance of `I_i` were all values shuffled over all areas.
    pub shuffled: (f64, f64),
    /// Mean and variance were the other values shuffled and this one left in place.
    pub conditional: (f64, f64),
    /// High or low among high or low.
    pub quadrant: Quadrant,
}

/// Local Moran with row-standardised weights: `I_i = (n−1) z_i · Σ_j w_ij z_j / Σ z²`.
///
/// `None` for an island, and for all areas where values are equal, missing or fewer than four: such an area has no statistic,
/// and must not be drawn as one that has. (Of spdep's form it is `(n−1)/n`.)
///
/// Source: Anselin 1995; conditional moments Sokal, Oden & Thomson 1998. Checked: `spatial_autocorrelation` (esda), `spatial_autocorrelation_spdep`.
///
/// ```
/// use gapmap::stats::{local::{local_moran, Quadrant}, weights::Weights};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2], vec![]]);
/// let found = local_moran(&[9.0, 8.0, 1.0, 0.0, 2.0], &line);
/// assert_eq!(found[0].unwrap().quadrant, Quadrant::HighHigh);
/// assert!(found[4].is_none());
/// ```
pub fn local_moran(values: &[f64], weights: &Weights) -> Vec<Option<LocalMoran>> {
    let n = values.len() as f64;
    if values.len() != weights.len() || values.len() < 4 || values.iter().any(|v| !v.is_finite()) {
        return vec![None; values.len()];
    }
    let mean = values.iter().sum::<f64>() / n;
    let z: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let total: f64 = z.iter().map(|z| z * z).sum();
    let (m2, m4) = (total / n, z.iter().map(|z| z.powi(4)).sum::<f64>() / n);
    let kurtosis = m4 / (m2 * m2);
    let of = |i: usize| {
        let k = weights.of(i).len() as f64;
        if k == 0.0 || total <= 0.0 {
            return None;
        }
        let lag = weights.lag(&z, i, Style::Rows);
        let (sum, squares) = (1.0, 1.0 / k);
        let expected = -sum / (n - 1.0);
        let variance = squares * (n - kurtosis) / (n - 1.0) + (sum * sum - squares) * (2.0 * kurtosis - n) / ((n - 1.0) * (n - 2.0))
            - expected * expected;
        let z2 = z[i] * z[i];
        let conditional_mean = -z2 * sum / ((n - 1.0) * m2);
        let conditional_variance = z2 / (m2 * m2) * n / (n - 2.0) * (squares - sum * sum / (n - 1.0)) * (m2 - z2 / (n - 1.0));
        let quadrant = match (z[i] > 0.0, lag > 0.0) {
            (true, true) => Quadrant::HighHigh,
            (false, true) => Quadrant::LowHigh,
            (false, false) => Quadrant::LowLow,
            (true, false) => Quadrant::HighLow,
        };
        let value = (n - 1.0) * z[i] * lag / total;
        Some(LocalMoran { value, shuffled: (expected, variance), conditional: (conditional_mean, conditional_variance), quadrant })
    };
    (0..values.len()).map(of).collect()
}

/// A Getis-Ord statistic of one area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct GetisOrd {
    /// Share of the sum of the map that lies around the area.
    pub value: f64,
    /// Its mean under the null hypothesis.
    pub expected: f64,
    /// Its variance under the null hypothesis.
    pub variance: f64,
    /// `z`: how far the sum around the area lies from what chance would put there, in standard deviations.
    pub z: f64,
}

/// Getis and Ord's `G_i` (`star` false: the area itself left out) or `G_i*` (with it), binary weights.
///
/// `z = (Σ_j w_ij x_j − W_i x̄) / (s √((N S₁ᵢ − W_i²)/(N−1)))`, with `N`, `x̄` and `s` over all areas for `G*` and over all others for `G`.
/// `z` is the same when a row of weights is scaled: row-standardised and binary weights agree, unlike in esda's `transform='R'`.
/// `None` for an island under `G`, for everything where values are equal, missing or fewer than four, and where all areas are neighbours.
///
/// Source: Ord & Getis 1995. Checked: `published_getis_ord_toy`, `spatial_autocorrelation`, `spatial_autocorrelation_spdep`.
///
/// ```
/// use gapmap::stats::{local::getis_ord, weights::Weights};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2, 4], vec![3]]);
/// let found = getis_ord(&[9.0, 8.0, 1.0, 0.0, 2.0], &line, true);
/// assert!(found[0].unwrap().z > 1.5 && found[3].unwrap().z < -1.5);
/// ```
pub fn getis_ord(values: &[f64], weights: &Weights, star: bool) -> Vec<Option<GetisOrd>> {
    let count = values.len();
    if count != weights.len() || count < 4 || values.iter().any(|v| !v.is_finite()) {
        return vec![None; count];
    }
    let (sum, squares) = (values.iter().sum::<f64>(), values.iter().map(|v| v * v).sum::<f64>());
    let centre = sum / count as f64;
    let spread: f64 = values.iter().map(|v| (v - centre).powi(2)).sum();
    let of = |i: usize| {
        let own = if star { 0.0 } else { values[i] };
        let n = if star { count as f64 } else { count as f64 - 1.0 };
        let neighbours = weights.of(i).len() as f64;
        let w = if star { neighbours + 1.0 } else { neighbours };
        let mean = (sum - own) / n;
        // Two forms of one number: about the mean it does not lose digits where values are large and alike.
        let variance = if star { spread / n } else { (spread - (own - centre).powi(2) * (n + 1.0) / n) / n };
        let scale = variance.max(0.0).sqrt() * ((n * w - w * w) / (n - 1.0)).sqrt();
        if neighbours == 0.0 && !star || scale <= 1e-12 * squares.sqrt() {
            return None;
        }
        let around = weights.lag(values, i, Style::Binary) + if star { values[i] } else { 0.0 };
        let whole = sum - own;
        let z = (around - w * mean) / scale;
        let value = around / whole;
        Some(GetisOrd { value, expected: w / n, variance: (scale / whole).powi(2), z })
    };
    (0..count).map(of).collect()
}
