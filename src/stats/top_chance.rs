//! The chance that an area is among the highest: only where it is large may an area be named as one of them.

use statrs::function::gamma::gamma_ur;

use super::counts::{gamma_quantile, normal_quantile, normal_tail};

/// What is known of the rate of an area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Known {
    /// Normal about an estimate.
    Normal {
        /// The estimate.
        mean: f64,
        /// Its standard error.
        sd: f64,
    },
    /// Gamma: a count and its people with a prior, `Gamma(a + x, b + n)`.
    Gamma {
        /// Shape.
        shape: f64,
        /// Rate.
        rate: f64,
    },
}

/// Places at which an area's own distribution is looked at.
const NODES: usize = 400;
/// Up to so many steps the number of higher areas is counted exactly; beyond, a normal distribution with the same mean and variance stands for it.
const EXACT_STEPS: usize = 20_000;

impl Known {
    fn above(self, v: f64) -> f64 {
        match self {
            Known::Normal { mean, sd } if sd > 0.0 => normal_tail((v - mean) / sd),
            Known::Normal { mean, .. } => f64::from(u8::from(mean > v)),
            Known::Gamma { .. } if v <= 0.0 => 1.0,
            Known::Gamma { shape, rate } => gamma_ur(shape, v * rate),
        }
    }

    fn quantile(self, p: f64) -> f64 {
        match self {
            Known::Normal { mean, sd } => mean + sd * normal_quantile(p),
            Known::Gamma { shape, rate } => gamma_quantile(shape, p) / rate,
        }
    }

    fn is_sound(self) -> bool {
        match self {
            Known::Normal { mean, sd } => mean.is_finite() && sd.is_finite() && sd >= 0.0,
            Known::Gamma { shape, rate } => shape > 0.0 && rate > 0.0 && shape.is_finite() && rate.is_finite(),
        }
    }
}

/// How many areas a share of them is, rounded up: a third of ten is four.
///
/// ```
/// assert_eq!((gapmap::stats::top_chance::top_of(10, 1.0 / 3.0), gapmap::stats::top_chance::top_of(24, 0.25)), (4, 6));
/// ```
pub fn top_of(areas: usize, share: f64) -> usize {
    ((areas as f64 * share - 1e-9).ceil().max(0.0) as usize).min(areas)
}

/// The chance of each area to be among the `top` highest, all independent.
///
/// At 400 quantiles of an area's own distribution: the chance that fewer than `top` others lie above. They sum to `top`.
/// `NaN` for an area of which nothing is known, which then takes no part. Checked: `rank_confidence_sets`.
///
/// ```
/// use gapmap::stats::top_chance::{Known, top_chance};
/// let alike = [Known::Normal { mean: 1.0, sd: 0.2 }; 4];
/// assert!(top_chance(&alike, 1).iter().all(|p| (p - 0.25).abs() < 1e-6));
/// ```
pub fn top_chance(areas: &[Known], top: usize) -> Vec<f64> {
    let sound: Vec<usize> = (0..areas.len()).filter(|i| areas[*i].is_sound()).collect();
    let nodes = legendre(NODES);
    let mut chance = vec![f64::NAN; areas.len()];
    for i in &sound {
        let others: Vec<Known> = sound.iter().filter(|j| *j != i).map(|j| areas[*j]).collect();
        chance[*i] = nodes.iter().map(|(u, w)| w * fewer_above(&others, areas[*i].quantile(*u), top)).sum::<f64>().clamp(0.0, 1.0);
    }
    chance
}

/// The chance that fewer than `top` of these lie above `v`.
fn fewer_above(others: &[Known], v: f64, top: usize) -> f64 {
    if top == 0 {
        return 0.0;
    }
    if top > others.len() {
        return 1.0;
    }
    if others.len() * top > EXACT_STEPS {
        let (mean, variance) = others.iter().map(|o| o.above(v)).fold((0.0, 0.0), |(m, s), p| (m + p, s + p * (1.0 - p)));
        return if variance > 0.0 {
            normal_tail((mean - top as f64 + 0.5) / variance.sqrt())
        } else {
            f64::from(u8::from(mean < top as f64))
        };
    }
    // chance[k]: exactly k lie above, for k below top.
    let mut chance = vec![0.0; top];
    chance[0] = 1.0;
    for other in others {
        let p = other.above(v);
        for k in (1..top).rev() {
            chance[k] = chance[k] * (1.0 - p) + chance[k - 1] * p;
        }
        chance[0] *= 1.0 - p;
    }
    chance.iter().sum()
}

/// Nodes and weights of Gauss and Legendre on 0 to 1.
fn legendre(n: usize) -> Vec<(f64, f64)> {
    let node = |k: usize| {
        let mut x = (std::f64::consts::PI * (k as f64 + 0.75) / (n as f64 + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..100 {
            let (mut before, mut now) = (1.0, x);
            for j in 2..=n {
                let next = ((2 * j - 1) as f64 * x * now - (j - 1) as f64 * before) / j as f64;
                (before, now) = (now, next);
            }
            slope = n as f64 * (x * now - before) / (x * x - 1.0);
            let step = now / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        ((x + 1.0) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..n).map(node).collect()
}
