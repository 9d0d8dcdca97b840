//! The rate of each area with its interval: the Gaussian of the field without the area's own count, times the likelihood of that count.

use rayon::prelude::*;

use super::grid::Point;
use super::{Data, Question};
use crate::units::Estimate;

/// What is known of the relative rate of one area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AreaRate {
    /// Posterior mean of the relative rate (to what was expected) and its limits.
    pub rate: Estimate,
    /// Chance that it is above the threshold.
    pub above: f64,
    /// Chance that it is below one over the threshold.
    pub below: f64,
}

/// Places along the logarithm of the rate.
const PLACES: usize = 181;
/// How far they reach, in standard deviations.
const REACH: f64 = 7.0;

/// The rate of every area, over all sizes and mixings.
pub(super) fn of_areas(data: &Data, points: &[Point], question: Question) -> Vec<AreaRate> {
    (0..data.events.len()).into_par_iter().map(|i| of_area(data, points, question, i)).collect()
}

fn of_area(data: &Data, points: &[Point], question: Question, i: usize) -> AreaRate {
    let ends = points.iter().filter(|p| p.weight > 1e-6).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| {
        let (m, s) = (p.found.mean[i], REACH * p.found.variance[i].max(1e-12).sqrt());
        (low.min(m - s), high.max(m + s))
    });
    let width = (ends.1 - ends.0) / (PLACES - 1) as f64;
    let at: Vec<f64> = (0..PLACES).map(|k| ends.0 + k as f64 * width).collect();
    let likelihood: Vec<f64> = at.iter().map(|x| data.events[i] * x - data.expected[i] * x.exp()).collect();
    let mut density = vec![0.0; PLACES];
    let mut own = vec![0.0; PLACES];
    for point in points {
        let (m, v) = (point.found.mean[i], point.found.variance[i].max(1e-12));
        let (w, t) = point.found.sites[i];
        // What the others say: the area's own count taken out.
        let precision = (1.0 / v - w).max(1e-9);
        let centre = (m / v - w * t) / precision;
        let log = |k: usize| likelihood[k] - 0.5 * precision * (at[k] - centre).powi(2);
        let highest = (0..PLACES).map(log).fold(f64::NEG_INFINITY, f64::max);
        (0..PLACES).for_each(|k| own[k] = (log(k) - highest).exp());
        let sum: f64 = own.iter().sum();
        density.iter_mut().zip(&own).for_each(|(d, o)| *d += point.weight * o / sum);
    }
    let mean = density.iter().zip(&at).map(|(d, x)| d * x.exp()).sum::<f64>() / density.iter().sum::<f64>();
    let curve = Curve::new(at, &density, width);
    let tail = (1.0 - question.level) / 2.0;
    let threshold = question.threshold.ln();
    AreaRate {
        rate: Estimate { value: mean, lower: curve.quantile(tail).exp(), upper: curve.quantile(1.0 - tail).exp(), level: question.level },
        above: 1.0 - curve.below(threshold),
        below: curve.below(-threshold),
    }
}

/// A distribution given by its density at even places; straight between them.
struct Curve {
    at: Vec<f64>,
    density: Vec<f64>,
    below: Vec<f64>,
    width: f64,
}

impl Curve {
    fn new(at: Vec<f64>, density: &[f64], width: f64) -> Self {
        let mut below = vec![0.0];
        for pair in density.windows(2) {
            below.push(below[below.len() - 1] + (pair[0] + pair[1]) / 2.0 * width);
        }
        let all = below[below.len() - 1];
        below.iter_mut().for_each(|b| *b /= all);
        Self { at, density: density.iter().map(|d| d / all).collect(), below, width }
    }

    /// Chance to lie below `x`.
    fn below(&self, x: f64) -> f64 {
        let place = (x - self.at[0]) / self.width;
        if place.is_nan() || place <= 0.0 {
            return 0.0;
        }
        let k = place as usize;
        if k + 1 >= self.at.len() {
            return 1.0;
        }
        let along = place - k as f64;
        let (a, b) = (self.density[k], self.density[k + 1]);
        (self.below[k] + self.width * along * (a + (b - a) * along / 2.0)).min(1.0)
    }

    fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = (self.at[0], self.at[self.at.len() - 1]);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if self.below(middle) < p { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    }
}
