//! Which sizes of the field and mixings of neighbours the counts allow: a grid over both, as wide as the posterior is.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::field::{Found, Graph, nearest};
use super::{Data, Model, Prior, SigmaPrior};

/// One pair of size and mixing.
pub(super) struct Point {
    pub sigma: f64,
    pub mixing: f64,
    /// Posterior weight; they sum to 1.
    pub weight: f64,
    pub found: Found,
}

/// Steps of the grid where the posterior is wide, in ln σ and logit of the mixing.
const WIDEST: (f64, f64) = (0.35, 1.2);
/// Points whose log density lies so far below the best are left out.
const DROP: f64 = 5.0;
/// More points are not looked at.
const MOST_POINTS: usize = 900;
/// Where ln σ and the logit are looked at.
const BOUNDS: (f64, f64) = (8.0, 16.0);

struct Search<'a> {
    graph: &'a Graph,
    data: &'a Data,
    model: Model,
    prior: &'a Prior,
    typical: Vec<f64>,
}

impl Search<'_> {
    /// The field at a place, and the log density of the place; `None` where it cannot be found.
    fn at(&self, (log_sigma, logit): (f64, f64), start: &Found) -> Option<(f64, Found)> {
        if log_sigma.abs() > BOUNDS.0 || logit.abs() > BOUNDS.1 {
            return None;
        }
        let (sigma, mixing) = (log_sigma.exp(), logistic(logit));
        let shape = match self.model {
            Model::Leroux => self.graph.leroux(sigma, mixing)?,
            Model::Bym2 => self.graph.bym2(sigma, mixing, &self.typical),
        };
        let found = nearest(self.graph, &shape, self.data, self.prior, start)?;
        let log_size = match self.prior.sigma {
            SigmaPrior::HalfNormal(scale) => log_sigma - sigma * sigma / (2.0 * scale * scale),
            SigmaPrior::Exponential(rate) => log_sigma - rate * sigma,
            SigmaPrior::InverseGammaVariance(shape, scale) => -2.0 * shape * log_sigma - scale / (sigma * sigma),
        };
        // ln ρ and ln(1 − ρ) without losing digits; the step from ρ to its logit adds one of each.
        let (a, b) = self.prior.mixing;
        let log_mixing = -a * (-logit).exp().ln_1p() - b * logit.exp().ln_1p();
        Some((found.evidence + log_size + log_mixing, found))
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Finds all pairs that matter and their weights.
pub(super) fn explore(graph: &Graph, data: &Data, model: Model, prior: &Prior) -> Option<Vec<Point>> {
    let typical = graph.typical_variance()?;
    let search = Search { graph, data, model, prior, typical };
    let rate = data.events.iter().sum::<f64>() / data.expected.iter().sum::<f64>();
    let first = Found {
        mean: data.events.iter().zip(&data.expected).map(|(y, e)| ((y + 2.0 * rate) / (e + 2.0)).ln()).collect(),
        variance: data.expected.iter().map(|e| 1.0 / (e * rate + 4.0)).collect(),
        ..Found::default()
    };
    let (best, density, found) = climb(&search, first)?;
    let steps = (step(&search, best, density, &found, 0), step(&search, best, density, &found, 1));
    let mut kept = flood(&search, best, steps, density, found);
    let highest = kept.values().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
    kept.retain(|_, p| p.0 > highest - DROP);
    let total: f64 = kept.values().map(|p| (p.0 - highest).exp()).sum();
    let place = |(i, j): (i32, i32)| (best.0 + f64::from(i) * steps.0, best.1 + f64::from(j) * steps.1);
    let point = |(at, (density, found)): ((i32, i32), (f64, Found))| {
        let (log_sigma, logit) = place(at);
        Point { sigma: log_sigma.exp(), mixing: logistic(logit), weight: (density - highest).exp() / total, found }
    };
    Some(kept.into_iter().map(point).collect())
}

/// Steps are short enough where every side falls by less: the grid spreads from any place near the best.
const NEAR: f64 = 1.0;

/// Uphill by a cross of steps that halve: two parameters need no more.
fn climb(search: &Search, first: Found) -> Option<((f64, f64), f64, Found)> {
    let mut at = (-1.0, 0.0);
    let (mut density, mut found) = search.at(at, &first)?;
    let mut step = (0.5, 1.5);
    for _ in 0..200 {
        let sides = [(step.0, 0.0), (-step.0, 0.0), (0.0, step.1), (0.0, -step.1)];
        let tried: Vec<_> = sides.par_iter().map(|d| ((at.0 + d.0, at.1 + d.1), search.at((at.0 + d.0, at.1 + d.1), &found))).collect();
        let falls = tried.iter().map(|t| t.1.as_ref().map_or(f64::INFINITY, |f| density - f.0)).fold(0.0, f64::max);
        let better = tried.into_iter().filter_map(|(at, tried)| tried.map(|(density, found)| (at, density, found)));
        match better.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|b| b.1 > density) {
            Some(next) => (at, density, found) = next,
            None if falls < NEAR || step.0 < 1e-3 => break,
            None => step = (step.0 / 2.0, step.1 / 2.0),
        }
    }
    Some((at, density, found))
}

/// A step in one direction that is about a standard deviation of the posterior, and never wider than its shape allows.
fn step(search: &Search, at: (f64, f64), density: f64, found: &Found, axis: usize) -> f64 {
    let widest = if axis == 0 { WIDEST.0 } else { WIDEST.1 };
    let mut h = widest;
    for _ in 0..8 {
        let side = |s: f64| search.at(if axis == 0 { (at.0 + s * h, at.1) } else { (at.0, at.1 + s * h) }, found).map(|f| density - f.0);
        let falls = [side(1.0), side(-1.0)].into_iter().flatten().fold(0.0, f64::max);
        // A fall of a half is one standard deviation.
        let deviation = h / (2.0 * falls.max(1e-9)).sqrt();
        if deviation > 0.5 * h {
            return deviation.min(widest);
        }
        h = deviation.max(h / 8.0);
    }
    h
}

type Kept = BTreeMap<(i32, i32), (f64, Found)>;

/// From the best place outwards, as far as the density reaches.
fn flood(search: &Search, best: (f64, f64), steps: (f64, f64), density: f64, found: Found) -> Kept {
    let mut kept: Kept = BTreeMap::from([((0, 0), (density, found))]);
    let mut tried = std::collections::BTreeSet::from([(0, 0)]);
    let mut edge = vec![(0, 0)];
    let mut highest = density;
    while !edge.is_empty() && kept.len() < MOST_POINTS {
        let mut next: Vec<((i32, i32), (i32, i32))> = Vec::new();
        for from in &edge {
            for (di, dj) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                let to = (from.0 + di, from.1 + dj);
                if tried.insert(to) {
                    next.push((to, *from));
                }
            }
        }
        let place = |(i, j): (i32, i32)| (best.0 + f64::from(i) * steps.0, best.1 + f64::from(j) * steps.1);
        let looked: Vec<_> = next.par_iter().map(|(to, from)| (*to, kept.get(from).and_then(|p| search.at(place(*to), &p.1)))).collect();
        edge.clear();
        for (to, seen) in looked {
            let Some((density, found)) = seen else { continue };
            highest = highest.max(density);
            if density > highest - DROP {
                kept.insert(to, (density, found));
                edge.push(to);
            }
        }
    }
    kept
}
