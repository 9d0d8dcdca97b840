//! A map of rates for readers: each area borrows strength from its neighbours, by as much as the map says that neighbours are alike.
//!
//! Two models: Leroux's, and BYM2. Rates of few people waver, and a map of them shows where few people live; a smoothed rate has an interval
//! and a chance to be above a threshold. Deterministic: no draws, the same bytes on every machine, seconds at 5,000 areas.
//!
//! Source: Leroux, Lei & Breslow 2000; Riebler, Sørbye, Simpson & Rue 2016, *Statistical Methods in Medical Research* 25; Richardson and
//! others 2004 for the classes. Checked: `disease_map_leroux_bym2` (long MCMC chains).

mod curve;
mod field;
mod grid;
mod marginals;
mod of_rates;
mod sparse;

use field::Graph;
pub use marginals::AreaRate;
pub use of_rates::{RateMap, of_rates};

/// Which field links neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Model {
    /// `φ ~ N(0, σ² (ρ (D − W) + (1 − ρ) I)⁻¹)`; the mixing is ρ: 0 no likeness of neighbours, 1 nothing else.
    Leroux,
    /// `φ = σ (√(1 − λ) θ + √λ u)`, θ independent, u intrinsic with typical variance 1; the mixing is λ, the share of neighbours in the variance.
    Bym2,
}

/// Prior of σ, the size of the field on the log scale.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum SigmaPrior {
    /// Density `exp(−σ²/(2 scale²))` on σ above 0.
    HalfNormal(f64),
    /// Exponential with this rate; 4.605 has P(σ > 1) = 1 %.
    Exponential(f64),
    /// `σ² ~ IG(shape, scale)`.
    InverseGammaVariance(f64, f64),
}

/// What is held likely before a count is seen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Prior {
    /// Of the size of the field.
    pub sigma: SigmaPrior,
    /// Of the mixing: a beta distribution.
    pub mixing: (f64, f64),
    /// Standard deviation of the intercept, about 0.
    pub intercept_sd: f64,
    /// Standard deviation of each coefficient, about 0; covariates are taken as given.
    pub coefficient_sd: f64,
}

impl Prior {
    /// What the engine uses: σ half-normal with scale 1, mixing uniform, intercept with standard deviation 10, coefficients with 1.
    pub const USUAL: Prior = Prior { sigma: SigmaPrior::HalfNormal(1.0), mixing: (1.0, 1.0), intercept_sd: 10.0, coefficient_sd: 1.0 };

    fn precision_of(&self, column: usize) -> f64 {
        let sd = if column == 0 { self.intercept_sd } else { self.coefficient_sd };
        1.0 / (sd * sd)
    }
}

/// Counts, what is expected and the columns of the design; the first is 1.
pub(crate) struct Data {
    events: Vec<f64>,
    expected: Vec<f64>,
    columns: Vec<Vec<f64>>,
}

/// Mean and limits of something of which the posterior is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Posterior {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// A smoothed map.
#[derive(Clone, PartialEq, Debug)]
pub struct SmoothedMap {
    /// One for each area.
    pub areas: Vec<AreaRate>,
    /// Size of the field on the log scale.
    pub sigma: Posterior,
    /// How much of it neighbours share.
    pub mixing: Posterior,
    /// Coefficient of each covariate.
    pub coefficients: Vec<Posterior>,
    /// At how many pairs of size and mixing the field was looked at.
    pub looked_at: usize,
}

/// What is asked of each area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Question {
    /// A relative rate: the chances to be above it, and below one over it, are told.
    pub threshold: f64,
    /// Coverage of the limits, such as 0.95.
    pub level: f64,
}

/// How much the variances of an intrinsic field differ from 1 before it is scaled: the geometric mean over areas, for each connected part of a map.
///
/// Checked: `disease_map_leroux_bym2`. `None` where lists of neighbours are not those of a map.
pub fn typical_variance(neighbours: &[Vec<u32>]) -> Option<Vec<f64>> {
    symmetric(neighbours).then(|| Graph::new(neighbours))?.typical_variance()
}

/// Smooths a map: `events ~ Poisson(expected · exp(b₀ + covariates · b + φ))`.
///
/// `neighbours` by area, ascending and mutual. The field is approximated, at each of some forty or more pairs of its size and mixing, by the Gaussian
/// nearest in Kullback-Leibler distance; the rate of an area is then that Gaussian without the area's own count, times the likelihood of the
/// count: its skewness is kept. Pairs are weighted by their evidence and prior.
///
/// `None` where shapes differ, an expectation is not positive, neighbours are not mutual, or nothing happened.
///
/// ```
/// use gapmap::stats::disease_map::{Model, Prior, Question, smooth};
/// let line: Vec<Vec<u32>> = (0..12_u32).map(|i| (0..12).filter(|j| i.abs_diff(*j) == 1).collect()).collect();
/// let events = [2.0, 3.0, 1.0, 2.0, 3.0, 9.0, 12.0, 8.0, 2.0, 1.0, 3.0, 2.0];
/// let map = smooth(&events, &[4.0; 12], &line, &[], Model::Leroux, &Prior::USUAL, Question { threshold: 1.5, level: 0.95 }).unwrap();
/// assert!(map.areas[6].above > 0.8 && map.areas[0].above < 0.2);
/// ```
pub fn smooth(
    events: &[f64],
    expected: &[f64],
    neighbours: &[Vec<u32>],
    covariates: &[Vec<f64>],
    model: Model,
    prior: &Prior,
    question: Question,
) -> Option<SmoothedMap> {
    let n = events.len();
    let sound = n >= 2
        && expected.len() == n
        && neighbours.len() == n
        && covariates.iter().all(|c| c.len() == n && c.iter().all(|x| x.is_finite()))
        && events.iter().all(|y| y.is_finite() && *y >= 0.0)
        && events.iter().any(|y| *y > 0.0)
        && expected.iter().all(|e| e.is_finite() && *e > 0.0);
    if !sound || !symmetric(neighbours) {
        return None;
    }
    let columns = std::iter::once(vec![1.0; n]).chain(covariates.iter().cloned()).collect();
    let data = Data { events: events.to_vec(), expected: expected.to_vec(), columns };
    let graph = Graph::new(neighbours);
    let points = grid::explore(&graph, &data, model, prior)?;
    let areas = marginals::of_areas(&data, &points, question);
    let over = |of: &dyn Fn(&grid::Point) -> (f64, f64)| {
        let mean: f64 = points.iter().map(|p| p.weight * of(p).0).sum();
        let square: f64 = points.iter().map(|p| p.weight * (of(p).0.powi(2) + of(p).1)).sum();
        Posterior { mean, sd: (square - mean * mean).max(0.0).sqrt() }
    };
    Some(SmoothedMap {
        areas,
        sigma: over(&|p| (p.sigma, 0.0)),
        mixing: over(&|p| (p.mixing, 0.0)),
        coefficients: (1..=covariates.len()).map(|k| over(&|p| p.found.coefficients[k])).collect(),
        looked_at: points.len(),
    })
}

/// Whether lists are ascending, name areas that there are, never the area itself, and each pair from both sides.
fn symmetric(neighbours: &[Vec<u32>]) -> bool {
    let n = neighbours.len();
    neighbours.iter().enumerate().all(|(i, list)| {
        list.windows(2).all(|w| w[0] < w[1])
            && list.iter().all(|j| (*j as usize) < n && *j as usize != i && neighbours[*j as usize].binary_search(&(i as u32)).is_ok())
    })
}
