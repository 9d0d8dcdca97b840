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
const EXACT_STEPS: usize = 3_000;
/// A chance that changes nothing that is told.
const NOTHING: f64 = 1e-10;
/// Rates at which many areas are looked at together.
const SHARED: usize = 600;

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

/// An area's distribution with the rates below and above which there is nothing of it that matters: nearly all of the work is the tail function, which
/// need not be asked there.
#[derive(Clone, Copy)]
struct Within {
    known: Known,
    lowest: f64,
    highest: f64,
}

impl Within {
    fn of(known: Known) -> Self {
        Self { known, lowest: known.quantile(NOTHING), highest: known.quantile(1.0 - NOTHING) }
    }

    fn above(&self, v: f64) -> f64 {
        match v {
            v if v < self.lowest => 1.0,
            v if v > self.highest => 0.0,
            v => self.known.above(v),
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
    let mut chance = vec![f64::NAN; areas.len()];
    if sound.len() * top > EXACT_STEPS {
        let known: Vec<Known> = sound.iter().map(|i| areas[*i]).collect();
        sound.iter().zip(among_many(&known, top)).for_each(|(i, p)| chance[*i] = p);
        return chance;
    }
    let nodes = legendre(NODES);
    let within: Vec<Within> = sound.iter().map(|i| Within::of(areas[*i])).collect();
    for (at, i) in sound.iter().enumerate() {
        let others = [&within[..at], &within[at + 1..]].concat();
        chance[*i] = nodes.iter().map(|(u, w)| w * fewer_above(&others, areas[*i].quantile(*u), top)).sum::<f64>().clamp(0.0, 1.0);
    }
    chance
}

/// The chances of many areas at once: how many lie above a rate is nearly normal, and the rates looked at are the same for all.
fn among_many(areas: &[Known], top: usize) -> Vec<f64> {
    let mut rates: Vec<f64> = areas.iter().flat_map(|a| [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999].map(|p| a.quantile(p))).collect();
    rates.retain(|v| v.is_finite());
    rates.sort_by(f64::total_cmp);
    if rates.is_empty() {
        return vec![f64::NAN; areas.len()];
    }
    let step = rates.len().div_ceil(SHARED);
    let highest = rates[rates.len() - 1];
    let mut grid: Vec<f64> = rates.into_iter().step_by(step).chain([highest]).collect();
    grid.dedup();
    // Chance of each area to lie above each rate, and the moments of how many do.
    let above: Vec<Vec<f64>> = areas.iter().map(|a| grid.iter().map(|v| a.above(*v)).collect()).collect();
    let moments: Vec<(f64, f64)> =
        (0..grid.len()).map(|k| above.iter().map(|a| a[k]).fold((0.0, 0.0), |(m, s), p| (m + p, s + p * (1.0 - p)))).collect();
    let among = |own: &[f64]| {
        let at = |k: usize| {
            let p = own[k];
            let (mean, spread) = (moments[k].0 - p, (moments[k].1 - p * (1.0 - p)).max(1e-12).sqrt());
            normal_tail((mean - top as f64 + 0.5) / spread)
        };
        let between: f64 = (1..grid.len()).map(|k| (own[k - 1] - own[k]) * (at(k - 1) + at(k)) / 2.0).sum();
        // Below the first rate and above the last there is hardly anything.
        ((1.0 - own[0]) * at(0) + between + own[grid.len() - 1] * at(grid.len() - 1)).clamp(0.0, 1.0)
    };
    above.iter().map(|own| among(own)).collect()
}

/// The chance that fewer than `top` of these lie above `v`.
fn fewer_above(others: &[Within], v: f64, top: usize) -> f64 {
    if top == 0 {
        return 0.0;
    }
    if top > others.len() {
        return 1.0;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_areas_at_once_have_the_chances_of_each_by_itself() {
        let areas: Vec<Known> =
            (0..60).map(|i| Known::Gamma { shape: 5.0 + f64::from(i % 17) * 3.0, rate: 10.0 + f64::from(i % 5) }).collect();
        let exact = top_chance(&areas, 20);
        let together = among_many(&areas, 20);
        let off = exact.iter().zip(&together).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(off < 0.005, "{off}");
        assert!((together.iter().sum::<f64>() - 20.0).abs() < 0.05);
    }
}
