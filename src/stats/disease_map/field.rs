//! The field of a map for given strength and mixing: the Gaussian nearest to its posterior.
//!
//! A Gaussian at the mode misses means by several per cent where areas have few events. The one nearest in Kullback-Leibler distance replaces
//! `exp(mean)` by `exp(mean + variance/2)` and costs the same.

use super::sparse::{Factor, Pattern};
use super::{Data, Prior};
use crate::stats::linear::solve;

/// What links areas of a map.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub neighbours: Vec<Vec<u32>>,
    pub pattern: Pattern,
    /// Number of neighbours.
    pub degree: Vec<f64>,
    /// Number of the connected part that an area belongs to.
    pub part: Vec<usize>,
    /// Areas of each part.
    pub sizes: Vec<usize>,
}

/// A field: `η = X b + a u + noise`, `u` with precision `near (D − W) + own`, noise of variance `noise`.
pub(super) struct Shape {
    near: Vec<f64>,
    own: Vec<f64>,
    a2: f64,
    noise: f64,
    /// Whether `u` sums to 0 in each connected part of more than one area.
    sum_to_zero: bool,
    /// Logarithm of the determinant of the precision of `u`, up to what no parameter changes.
    log_determinant: f64,
}

/// What is known of the field at one strength and mixing.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Mean of η, logarithm of the relative rate.
    pub mean: Vec<f64>,
    /// Variance of η.
    pub variance: Vec<f64>,
    /// Precision of what the count of an area says by itself, and where it says it.
    pub sites: Vec<(f64, f64)>,
    /// Mean and variance of each coefficient; the intercept first.
    pub coefficients: Vec<(f64, f64)>,
    /// Lower bound of the log likelihood.
    pub evidence: f64,
}

const MOST_ROUNDS: usize = 150;
const CONVERGED: f64 = 3e-4;
/// η moves by at most so much in a round.
const LONGEST_STEP: f64 = 2.0;

impl Graph {
    pub fn new(neighbours: &[Vec<u32>]) -> Self {
        let n = neighbours.len();
        let (mut part, mut sizes) = (vec![usize::MAX; n], Vec::new());
        for first in 0..n {
            if part[first] != usize::MAX {
                continue;
            }
            let mut waiting = vec![first];
            part[first] = sizes.len();
            let mut size = 0;
            while let Some(i) = waiting.pop() {
                size += 1;
                for j in neighbours[i].iter().map(|j| *j as usize) {
                    if part[j] == usize::MAX {
                        part[j] = sizes.len();
                        waiting.push(j);
                    }
                }
            }
            sizes.push(size);
        }
        let degree = neighbours.iter().map(|l| l.len() as f64).collect();
        Self { pattern: Pattern::new(neighbours), neighbours: neighbours.to_vec(), degree, part, sizes }
    }

    /// Typical variance (geometric mean) of an intrinsic field of precision `D − W` in each connected part; 1 for an area by itself.
    ///
    /// With an area held in place the matrix has an inverse; centred, that is the generalised inverse of `D − W`.
    pub fn typical_variance(&self) -> Option<Vec<f64>> {
        let n = self.degree.len();
        let mut diagonal = self.degree.clone();
        let mut held = vec![false; self.sizes.len()];
        for i in 0..n {
            if !held[self.part[i]] {
                held[self.part[i]] = true;
                diagonal[i] += 1.0;
            }
        }
        let factor = self.pattern.factor(&diagonal, &vec![1.0; n])?;
        let (inverse, sums) = (factor.inverse_diagonal(), factor.solve(&vec![1.0; n]));
        let whole = self.by_part(&sums);
        let mut logs = vec![0.0; self.sizes.len()];
        for i in 0..n {
            let size = self.sizes[self.part[i]] as f64;
            logs[self.part[i]] += (inverse[i] - 2.0 * sums[i] / size + whole[self.part[i]] / (size * size)).ln() / size;
        }
        Some(logs.iter().zip(&self.sizes).map(|(l, s)| if *s > 1 { l.exp() } else { 1.0 }).collect())
    }

    fn by_part(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.sizes.len()];
        values.iter().zip(&self.part).for_each(|(v, p)| sums[*p] += v);
        sums
    }

    /// Leroux: precision `(ρ (D − W) + (1 − ρ) I)/σ²`.
    pub fn leroux(&self, sigma: f64, rho: f64) -> Option<Shape> {
        let n = self.degree.len();
        let (near, own) = (vec![rho; n], vec![1.0 - rho; n]);
        let diagonal: Vec<f64> = self.degree.iter().map(|d| rho * d + 1.0 - rho).collect();
        let log_determinant = self.pattern.factor(&diagonal, &near)?.log_determinant();
        Some(Shape { near, own, a2: sigma * sigma, noise: 0.0, sum_to_zero: false, log_determinant })
    }

    /// BYM2: `σ (√(1 − λ) noise + √λ u)`, `u` intrinsic, of typical variance 1 and sum 0 in each part; an area by itself has `u` of variance 1.
    pub fn bym2(&self, sigma: f64, lambda: f64, typical: &[f64]) -> Shape {
        let own = self.part.iter().map(|p| if self.sizes[*p] > 1 { 0.0 } else { 1.0 }).collect();
        let near = self.part.iter().map(|p| typical[*p]).collect();
        let s2 = sigma * sigma;
        Shape { near, own, a2: s2 * lambda, noise: s2 * (1.0 - lambda), sum_to_zero: true, log_determinant: 0.0 }
    }
}

/// The inverse of the precision of `u` given the counts, with sums held at 0 where they are.
struct Inverse<'a> {
    graph: &'a Graph,
    factor: Factor<'a>,
    /// `B 1` and, by part, `1ᵀ B 1`; where sums are held at 0.
    held: Option<(Vec<f64>, Vec<f64>)>,
}

impl<'a> Inverse<'a> {
    fn new(graph: &'a Graph, shape: &Shape, weights: &[f64]) -> Option<Self> {
        let diagonal: Vec<f64> =
            (0..weights.len()).map(|i| shape.near[i] * graph.degree[i] + shape.own[i] + shape.a2 * weights[i]).collect();
        let factor = graph.pattern.factor(&diagonal, &shape.near)?;
        let held = shape.sum_to_zero.then(|| {
            // An area by itself is not held.
            let ones: Vec<f64> = graph.part.iter().map(|p| f64::from(u8::from(graph.sizes[*p] > 1))).collect();
            let sums = factor.solve(&ones);
            let whole = graph.by_part(&sums);
            (sums, whole)
        });
        Some(Self { graph, factor, held })
    }

    fn times(&self, b: &[f64]) -> Vec<f64> {
        let mut x = self.factor.solve(b);
        if let Some((sums, whole)) = &self.held {
            let mine = self.graph.by_part(&x);
            for (i, part) in self.graph.part.iter().enumerate() {
                if whole[*part] > 0.0 {
                    x[i] -= sums[i] * mine[*part] / whole[*part];
                }
            }
        }
        x
    }

    fn diagonal(&self) -> Vec<f64> {
        let mut inverse = self.factor.inverse_diagonal();
        if let Some((sums, whole)) = &self.held {
            for (i, part) in self.graph.part.iter().enumerate() {
                if whole[*part] > 0.0 {
                    inverse[i] = (inverse[i] - sums[i] * sums[i] / whole[*part]).max(0.0);
                }
            }
        }
        inverse
    }

    fn log_determinant(&self) -> f64 {
        let held = self.held.as_ref().map_or(0.0, |(_, whole)| whole.iter().filter(|w| **w > 0.0).map(|w| w.ln()).sum());
        self.factor.log_determinant() + held
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Finds the Gaussian nearest to the posterior of η, from a first guess of its mean and variance.
pub(super) fn nearest(graph: &Graph, shape: &Shape, data: &Data, prior: &Prior, start: &Found) -> Option<Found> {
    let n = data.events.len();
    let (mut mean, mut variance) = (start.mean.clone(), start.variance.clone());
    let mut last = None;
    for _ in 0..MOST_ROUNDS {
        let weights: Vec<f64> = (0..n).map(|i| data.expected[i] * (mean[i] + variance[i] / 2.0).clamp(-30.0, 30.0).exp()).collect();
        let target: Vec<f64> = (0..n).map(|i| mean[i] + (data.events[i] - weights[i]) / weights[i]).collect();
        let round = Round::new(graph, shape, data, prior, &weights, &target)?;
        let longest = (0..n).map(|i| (round.mean[i] - mean[i]).abs()).fold(0.0, f64::max);
        let widest = (0..n).map(|i| (round.variance[i] - variance[i]).abs()).fold(0.0, f64::max);
        let step = (LONGEST_STEP / longest).min(1.0);
        (0..n).for_each(|i| mean[i] += step * (round.mean[i] - mean[i]));
        // Newton's step of the variance: taken whole it swings for ever where counts are 0 and the field is wide.
        (0..n).for_each(|i| variance[i] += (round.variance[i] - variance[i]) / (1.0 + 0.5 * weights[i] * round.variance[i].powi(2)));
        let done = longest < CONVERGED && widest < CONVERGED;
        last = Some((round, weights, target));
        if done {
            break;
        }
    }
    let (round, weights, target) = last?;
    let evidence = round.evidence(graph, shape, data, prior, &weights, &target);
    let coefficients = round.b.iter().enumerate().map(|(k, b)| (*b, round.covariance[k][k])).collect();
    let sites = weights.into_iter().zip(target).collect();
    evidence.is_finite().then_some(Found { mean: round.mean, variance: round.variance, sites, coefficients, evidence })
}

/// One round: the Gaussian for counts that stand for `target` with precision `weights`.
struct Round {
    b: Vec<f64>,
    covariance: Vec<Vec<f64>>,
    /// Field without noise, and with it.
    smooth: Vec<f64>,
    field: Vec<f64>,
    mean: Vec<f64>,
    variance: Vec<f64>,
    log_determinants: f64,
}

impl Round {
    fn new(graph: &Graph, shape: &Shape, data: &Data, prior: &Prior, weights: &[f64], target: &[f64]) -> Option<Self> {
        let (n, p) = (weights.len(), data.columns.len());
        // Noise integrated out: what is left of the precision of a count.
        let left: Vec<f64> = weights.iter().map(|w| w / (1.0 + w * shape.noise)).collect();
        let inverse = Inverse::new(graph, shape, &left)?;
        let weighted = |x: &[f64]| -> Vec<f64> { x.iter().zip(&left).map(|(x, w)| x * w).collect() };
        let columns: Vec<Vec<f64>> = data.columns.iter().map(|c| weighted(c)).collect();
        let solved: Vec<Vec<f64>> = columns.iter().map(|c| inverse.times(c)).collect();
        let pull = weighted(target);
        let pulled = inverse.times(&pull);
        let precision: Vec<Vec<f64>> = (0..p)
            .map(|a| {
                let entry = |c: usize| dot(&data.columns[a], &columns[c]) - shape.a2 * dot(&columns[a], &solved[c]);
                (0..p).map(|c| entry(c) + if a == c { prior.precision_of(a) } else { 0.0 }).collect()
            })
            .collect();
        let right: Vec<f64> = (0..p).map(|a| dot(&data.columns[a], &pull) - shape.a2 * dot(&columns[a], &pulled)).collect();
        let unit: Vec<Vec<f64>> = (0..p).map(|a| (0..p).map(|c| f64::from(u8::from(a == c))).collect()).collect();
        let covariance = solve(&precision, &unit)?;
        let b: Vec<f64> = (0..p).map(|a| dot(&covariance[a], &right)).collect();
        let field: Vec<f64> = (0..n).map(|i| shape.a2 * (pulled[i] - (0..p).map(|a| b[a] * solved[a][i]).sum::<f64>())).collect();
        let smooth: Vec<f64> = (0..n).map(|i| field[i] + (0..p).map(|a| b[a] * data.columns[a][i]).sum::<f64>()).collect();
        let diagonal = inverse.diagonal();
        let (mut mean, mut variance) = (vec![0.0; n], vec![0.0; n]);
        for i in 0..n {
            let row: Vec<f64> = (0..p).map(|a| data.columns[a][i] - shape.a2 * solved[a][i]).collect();
            let spread = shape.a2 * diagonal[i] + (0..p).map(|a| row[a] * dot(&covariance[a], &row)).sum::<f64>();
            let kept = weights[i] * shape.noise / (1.0 + weights[i] * shape.noise);
            mean[i] = smooth[i] + kept * (target[i] - smooth[i]);
            variance[i] = (1.0 - kept) * (1.0 - kept) * spread + kept / weights[i];
        }
        let noise: f64 = weights.iter().map(|w| (w * shape.noise).ln_1p()).sum();
        let log_determinants = noise + inverse.log_determinant() - shape.log_determinant - log_determinant(&covariance)?;
        Some(Self { b, covariance, smooth, field, mean, variance, log_determinants })
    }

    /// Expected log likelihood less the distance of the Gaussian from the prior, without what neither counts nor parameters change.
    fn evidence(&self, graph: &Graph, shape: &Shape, data: &Data, prior: &Prior, weights: &[f64], target: &[f64]) -> f64 {
        let (mut likelihood, mut noise, mut traded) = (0.0, 0.0, 0.0);
        for i in 0..weights.len() {
            likelihood += data.events[i] * self.mean[i] - data.expected[i] * (self.mean[i] + self.variance[i] / 2.0).exp();
            let pull = weights[i] * (target[i] - self.smooth[i]) / (1.0 + weights[i] * shape.noise);
            noise += shape.noise * pull * pull;
            traded += weights[i] * self.variance[i];
        }
        // uᵀ R u with the field a u.
        let mut rough = 0.0;
        for (i, f) in self.field.iter().enumerate() {
            let around: f64 = graph.neighbours[i].iter().map(|j| self.field[*j as usize]).sum();
            rough += f * (shape.own[i] * f + shape.near[i] * (graph.degree[i] * f - around));
        }
        let coefficients: f64 = self.b.iter().enumerate().map(|(a, b)| b * b * prior.precision_of(a) - prior.precision_of(a).ln()).sum();
        likelihood - 0.5 * (rough / shape.a2 + noise + coefficients - traded + self.log_determinants)
    }
}

/// Of a small symmetric, positive definite matrix.
fn log_determinant(a: &[Vec<f64>]) -> Option<f64> {
    let n = a.len();
    let mut left = a.to_vec();
    let mut sum = 0.0;
    for k in 0..n {
        let pivot = left[k][k];
        if !(pivot.is_finite() && pivot > 0.0) {
            return None;
        }
        sum += pivot.ln();
        let (done, below) = left.split_at_mut(k + 1);
        for row in below {
            let factor = row[k] / pivot;
            row[k..].iter_mut().zip(&done[k][k..]).for_each(|(x, of)| *x -= factor * of);
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_most_counts_are_0_and_rates_differ_much_the_field_does_not_hang_on_where_the_search_begins() {
        let n = 60_u32;
        let line: Vec<Vec<u32>> = (0..n).map(|i| (0..n).filter(|j| i.abs_diff(*j) == 1).collect()).collect();
        let events: Vec<f64> = (0..n).map(|i| if i % 20 == 7 { 60.0 } else { 0.0 }).collect();
        let data = Data { expected: vec![3.0; n as usize], columns: vec![vec![1.0; n as usize]], events };
        let graph = Graph::new(&line);
        for log_sigma in [0.3_f64, 0.8, 1.2] {
            let shape = graph.leroux(log_sigma.exp(), 0.8).expect("a field");
            let found = [(-1.0, 0.2), (-6.0, 3.0), (1.0, 1.0)].map(|(mean, variance)| {
                let start = Found { mean: vec![mean; n as usize], variance: vec![variance; n as usize], ..Found::default() };
                nearest(&graph, &shape, &data, &Prior::USUAL, &start).expect("a field")
            });
            for other in &found[1..] {
                let widest = found[0].variance.iter().zip(&other.variance).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max);
                assert!((found[0].evidence - other.evidence).abs() < 0.01 && widest < 0.01, "ln σ {log_sigma}: {widest}");
            }
        }
    }
}
