//! Which sizes of the field and mixings of neighbours the counts allow: a grid over both, as wide as the posterior is.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::curve::{Curve, SIDES};
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
    let top = climb(&search)?;
    let mut kept = flood(&search, &top);
    let highest = kept.values().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
    kept.retain(|_, p| p.0 > highest - DROP);
    let total: f64 = kept.values().map(|p| (p.0 - highest).exp()).sum();
    let point = |(at, (density, found)): ((i32, i32), (f64, Found))| {
        let (log_sigma, logit) = top.place(at);
        Point { sigma: log_sigma.exp(), mixing: logistic(logit), weight: (density - highest).exp() / total, found }
    };
    Some(kept.into_iter().map(point).collect())
}

/// The highest place, nearly, and the two directions in which the grid spreads from it.
struct Top {
    at: (f64, f64),
    density: f64,
    found: Found,
    axes: [(f64, f64); 2],
}

impl Top {
    fn place(&self, (i, j): (i32, i32)) -> (f64, f64) {
        let (i, j) = (f64::from(i), f64::from(j));
        (self.at.0 + i * self.axes[0].0 + j * self.axes[1].0, self.at.1 + i * self.axes[0].1 + j * self.axes[1].1)
    }
}

/// A place is near the best if a curve through those around it has its top within so many standard deviations.
const NEAR: f64 = 0.4;
/// The curve is trusted where its standard deviations are so many steps, at least and at most.
const TRUSTED: (f64, f64) = (0.4, 2.5);
/// The first steps.
const FIRST: (f64, f64) = (0.25, 0.8);
/// Nothing is so flat or narrow that more rounds would help.
const MOST_CLIMBS: usize = 20;

/// Uphill: a curve of second order through six places around each, and a step to its top (Newton) or to the best of them.
fn climb(search: &Search) -> Option<Top> {
    let (n, data) = (search.data.events.len() as f64, search.data);
    let first = first_guess(data);
    let mean = first.mean.iter().sum::<f64>() / n;
    let spread = first.mean.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / n;
    let mut at = (spread.sqrt().clamp(0.05, 3.0).ln(), 0.0);
    let (mut density, mut found) = search.at(at, &first)?;
    let mut step = FIRST;
    let mut axes = [(step.0, 0.0), (0.0, step.1)];
    for _ in 0..MOST_CLIMBS {
        let place = |(a, b): (f64, f64)| (at.0 + a * step.0, at.1 + b * step.1);
        let look = |d: &(f64, f64)| search.at(place(*d), &found);
        let tried: Vec<_> = SIDES.par_iter().map(look).collect();
        let falls: Option<Vec<f64>> = tried.iter().map(|t| t.as_ref().map(|t| density - t.0)).collect();
        let curve = falls.and_then(|f| Curve::through(&f));
        axes = curve.as_ref().map_or([(step.0, 0.0), (0.0, step.1)], |c| c.axes().map(|(a, b)| (a * step.0, b * step.1)));
        let trusted = |s: f64, step: f64, widest: f64| (TRUSTED.0..=TRUSTED.1).contains(&s) || (s > 1.0 && step >= widest);
        if let Some(c) = &curve
            && c.top_is_at_most(NEAR)
            && trusted(c.deviations().0, step.0, WIDEST.0)
            && trusted(c.deviations().1, step.1, WIDEST.1)
        {
            break;
        }
        let top = curve.as_ref().map(|c| place(c.top()));
        let beyond = top.and_then(|at| Some((at, search.at(at, &found)?)));
        let around = SIDES.iter().map(|d| place(*d)).zip(tried).filter_map(|(at, tried)| Some((at, tried?)));
        let best = around.chain(beyond).max_by(|a, b| a.1.0.total_cmp(&b.1.0)).filter(|b| b.1.0 > density);
        let moved = best.is_some();
        if let Some((to, (higher, there))) = best {
            (at, density, found) = (to, higher, there);
        }
        step = match &curve {
            Some(c) => {
                let (a, b) = c.deviations();
                ((step.0 * a.clamp(0.2, 3.0)).min(WIDEST.0), (step.1 * b.clamp(0.2, 3.0)).min(WIDEST.1))
            }
            None if moved => ((1.5 * step.0).min(WIDEST.0), (1.5 * step.1).min(WIDEST.1)),
            None => (step.0 / 2.0, step.1 / 2.0),
        };
        if step.0 < 1e-4 {
            // At an edge of what is looked at nothing tells how wide the posterior is.
            axes = [(WIDEST.0, 0.0), (0.0, WIDEST.1)];
            break;
        }
    }
    Some(Top { at, density, found, axes: axes.map(short) })
}

/// Where the search begins: each count drawn towards the whole by as much as a few events would.
fn first_guess(data: &Data) -> Found {
    let rate = data.events.iter().sum::<f64>() / data.expected.iter().sum::<f64>();
    Found {
        mean: data.events.iter().zip(&data.expected).map(|(y, e)| ((y + 2.0 * rate) / (e + 2.0)).ln()).collect(),
        variance: data.expected.iter().map(|e| 1.0 / (e * rate + 4.0)).collect(),
        ..Found::default()
    }
}

/// A direction in which no step is wider than [`WIDEST`].
fn short((a, b): (f64, f64)) -> (f64, f64) {
    let share = (WIDEST.0 / a.abs().max(1e-12)).min(WIDEST.1 / b.abs().max(1e-12)).min(1.0);
    (a * share, b * share)
}

type Kept = BTreeMap<(i32, i32), (f64, Found)>;

/// From the best place outwards, as far as the density reaches.
fn flood(search: &Search, top: &Top) -> Kept {
    let mut kept: Kept = BTreeMap::from([((0, 0), (top.density, top.found.clone()))]);
    let mut tried = std::collections::BTreeSet::from([(0, 0)]);
    let mut edge = vec![(0, 0)];
    let mut highest = top.density;
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
        let looked: Vec<_> =
            next.par_iter().map(|(to, from)| (*to, kept.get(from).and_then(|p| search.at(top.place(*to), &p.1)))).collect();
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
