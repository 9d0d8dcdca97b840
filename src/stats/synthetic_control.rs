//! What would have happened without the event: a mix of untreated places that went the same way before it.
//!
//! Abadie, Diamond and Hainmueller 2010; Abadie 2021. All months before the event weigh alike, and nothing else predicts. Checked: `synthetic_control` (all
//! supports of the simplex; SLSQP). Programs that choose weights of predictors too (R Synth) find other mixes.

use super::linear::solve;

/// The scale on which places are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// As given.
    Rate,
    /// Natural logarithm.
    Log,
}

/// How the comparison is made.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    /// Scale.
    pub scale: Scale,
    /// Take each place's mean before the event from it, after the scale: places of another level can then be compared.
    pub demean: bool,
    /// Price of squared weights: above 0 the mix is spread, and it is the only best one.
    pub ridge: f64,
    /// Places that may have been touched.
    pub exclude: Vec<usize>,
    /// The treated place.
    pub treated: usize,
    /// Position of the first month with the event.
    pub change_at: usize,
}

/// A mix for one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Mix {
    /// Places of the pool.
    pub pool: Vec<usize>,
    /// Weight of each: not below 0, 1 together.
    pub weights: Vec<f64>,
    /// The mix, on the scale that is compared.
    pub synthetic: Vec<f64>,
    /// The place less the mix, on that scale.
    pub gap: Vec<f64>,
    /// Root of the mean squared gap before.
    pub before: f64,
    /// The same since.
    pub since: f64,
}

impl Mix {
    /// How many times as large the gap is since.
    pub fn ratio(&self) -> f64 {
        self.since / self.before
    }
}

/// The treated place and its placebos.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// Of the treated place.
    pub treated: Mix,
    /// Mean gap since the event, on the scale that is compared.
    pub mean_effect: f64,
    /// In per cent; `None` for rates from which the mean was taken.
    pub mean_effect_percent: Option<f64>,
    /// Each place of the pool as if it had been treated, the others its pool.
    pub placebos: Vec<(usize, Mix)>,
    /// `(1 + placebos with a ratio as large)/(1 + placebos)`.
    pub p: f64,
}

/// Compares the treated place with the best mix of the others; `y` holds the months of each place, as many for all.
///
/// Weights `w ≥ 0, Σw = 1` make `Σ (treated − Σ w donor)² + ridge Σ w²` least over the months before the event, by an active set: exact, not a search. With as many
/// donors as months before, and no ridge, more than one mix is best, and one of them is given.
///
/// `None` without a month before or since, without a donor, or where a value is missing (or not above 0 for a logarithm).
///
/// ```
/// use gapmap::stats::synthetic_control::{Scale, Setting, compare};
/// let wave = |a: f64, b: f64| -> Vec<f64> { (0..20).map(|t| a + b * f64::from(t * 7 % 5)).collect() };
/// let (one, other, third) = (wave(10.0, 1.0), wave(20.0, 3.0), wave(90.0, -2.0));
/// let treated: Vec<f64> = (0..20).map(|t| 0.5 * one[t] + 0.5 * other[t] - if t < 15 { 0.0 } else { 3.0 }).collect();
/// let setting = Setting { scale: Scale::Rate, demean: false, ridge: 0.0, exclude: vec![], treated: 0, change_at: 15 };
/// let found = compare(&[treated, one, other, third], &setting).unwrap();
/// assert!((found.mean_effect + 3.0).abs() < 1e-6 && (found.treated.weights[0] - 0.5).abs() < 1e-6);
/// ```
pub fn compare(y: &[Vec<f64>], setting: &Setting) -> Option<Answer> {
    let (months, at) = (y.first()?.len(), setting.change_at);
    if y.iter().any(|s| s.len() != months) || at == 0 || at >= months || setting.treated >= y.len() {
        return None;
    }
    let scaled: Vec<Vec<f64>> = y.iter().map(|s| scale(s, setting)).collect();
    let pool: Vec<usize> = (0..y.len()).filter(|i| *i != setting.treated && !setting.exclude.contains(i)).collect();
    if pool.iter().chain([&setting.treated]).any(|i| scaled[*i].iter().any(|v| !v.is_finite())) {
        return None;
    }
    let treated = mix(&scaled, setting.treated, &pool, setting)?;
    let others = |of: usize| -> Vec<usize> { pool.iter().copied().filter(|i| *i != of).collect() };
    let placebos: Vec<(usize, Mix)> = pool.iter().filter_map(|i| Some((*i, mix(&scaled, *i, &others(*i), setting)?))).collect();
    let as_large = placebos.iter().filter(|(_, m)| m.ratio() >= treated.ratio()).count();
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let mean_effect = mean(&treated.gap[at..]);
    let mean_effect_percent = match setting.scale {
        Scale::Log => Some(100.0 * mean_effect.exp_m1()),
        Scale::Rate if setting.demean => None,
        Scale::Rate => Some(100.0 * (mean(&scaled[setting.treated][at..]) / mean(&treated.synthetic[at..]) - 1.0)),
    };
    let p = (1 + as_large) as f64 / (1 + placebos.len()) as f64;
    Some(Answer { treated, mean_effect, mean_effect_percent, placebos, p })
}

fn scale(series: &[f64], setting: &Setting) -> Vec<f64> {
    let scaled: Vec<f64> = series.iter().map(|v| if setting.scale == Scale::Log { v.ln() } else { *v }).collect();
    let before = &scaled[..setting.change_at];
    let mean = if setting.demean { before.iter().sum::<f64>() / before.len() as f64 } else { 0.0 };
    scaled.iter().map(|v| v - mean).collect()
}

fn mix(scaled: &[Vec<f64>], of: usize, pool: &[usize], setting: &Setting) -> Option<Mix> {
    let at = setting.change_at;
    let donors: Vec<&[f64]> = pool.iter().map(|i| &scaled[*i][..at]).collect();
    let weights = simplex_weights(&scaled[of][..at], &donors, setting.ridge)?;
    let month = |t: usize| pool.iter().zip(&weights).map(|(i, w)| w * scaled[*i][t]).sum::<f64>();
    let synthetic: Vec<f64> = (0..scaled[of].len()).map(month).collect();
    let gap: Vec<f64> = scaled[of].iter().zip(&synthetic).map(|(y, s)| y - s).collect();
    let root = |v: &[f64]| (v.iter().map(|g| g * g).sum::<f64>() / v.len() as f64).sqrt();
    Some(Mix { before: root(&gap[..at]), since: root(&gap[at..]), pool: pool.to_vec(), weights, synthetic, gap })
}

/// Weights `w ≥ 0, Σw = 1` with the least `Σ (target − Σ w donor)² + ridge Σ w²`; `None` without a donor.
///
/// An active set: the best weights on a support that may grow by the donor whose slope is lowest, and that loses who would go below 0 (Lawson and Hanson's
/// way, with the sum held at 1).
pub fn simplex_weights(target: &[f64], donors: &[&[f64]], ridge: f64) -> Option<Vec<f64>> {
    let n = donors.len();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let alone = |i: usize| donors[i].iter().zip(target).map(|(d, y)| (y - d).powi(2)).sum::<f64>();
    let first = (0..n).min_by(|a, b| alone(*a).total_cmp(&alone(*b)))?;
    let mut weights = vec![0.0; n];
    weights[first] = 1.0;
    let mut support = vec![first];
    let scale = donors.iter().map(|d| product(d, d)).fold(0.0, f64::max) + ridge + product(target, target);
    // Each round lowers what is made least, and no support comes twice: the bound is for rounding alone.
    for _ in 0..50 * n + 50 {
        let left: Vec<f64> = (0..target.len()).map(|t| target[t] - (0..n).map(|i| weights[i] * donors[i][t]).sum::<f64>()).collect();
        let slope = |i: usize| ridge * weights[i] - product(donors[i], &left);
        // On the support all slopes are the same: who lies lower would make it better.
        let level = support.iter().map(|i| slope(*i)).sum::<f64>() / support.len() as f64;
        let lower = (0..n).filter(|i| !support.contains(i)).min_by(|a, b| slope(*a).total_cmp(&slope(*b)));
        let Some(enters) = lower.filter(|i| slope(*i) < level - 1e-13 * scale) else { break };
        support.push(enters);
        if !settle(target, donors, ridge, &mut support, &mut weights) {
            break;
        }
    }
    Some(weights)
}

/// The best weights on the support, or on what is left of it once those are gone that would be below 0. Whether it moved.
fn settle(target: &[f64], donors: &[&[f64]], ridge: f64, support: &mut Vec<usize>, weights: &mut [f64]) -> bool {
    let before = weights.to_vec();
    while let Some(best) = on_support(target, donors, ridge, support) {
        let step = support
            .iter()
            .zip(&best)
            .filter(|(_, b)| **b <= 0.0)
            .map(|(i, b)| if weights[*i] > *b { weights[*i] / (weights[*i] - b) } else { 0.0 })
            .fold(1.0, f64::min);
        for (i, b) in support.iter().zip(&best) {
            weights[*i] += step * (b - weights[*i]);
        }
        if step >= 1.0 {
            break;
        }
        let leaves: Vec<usize> = support.iter().copied().filter(|i| weights[*i] <= 1e-14).collect();
        leaves.iter().for_each(|i| weights[*i] = 0.0);
        let kept = support.len();
        support.retain(|i| !leaves.contains(i));
        if support.len() == kept || support.is_empty() {
            break;
        }
    }
    before.iter().zip(weights.iter()).any(|(a, b)| (a - b).abs() > 1e-15)
}

/// The best weights on a support with the sum 1, whatever their sign: the last donor stands for what the others leave.
fn on_support(target: &[f64], donors: &[&[f64]], ridge: f64, support: &[usize]) -> Option<Vec<f64>> {
    let (last, others) = support.split_last()?;
    if others.is_empty() {
        return Some(vec![1.0]);
    }
    let apart: Vec<Vec<f64>> = others.iter().map(|i| donors[*i].iter().zip(donors[*last]).map(|(a, b)| a - b).collect()).collect();
    let rest: Vec<f64> = target.iter().zip(donors[*last]).map(|(y, d)| y - d).collect();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let matrix: Vec<Vec<f64>> = (0..apart.len())
        .map(|i| (0..apart.len()).map(|j| product(&apart[i], &apart[j]) + ridge * if i == j { 2.0 } else { 1.0 }).collect())
        .collect();
    let right = apart.iter().map(|a| product(a, &rest) + ridge).collect();
    let mut weights = solve(&matrix, &[right])?.pop()?;
    weights.push(1.0 - weights.iter().sum::<f64>());
    Some(weights)
}
