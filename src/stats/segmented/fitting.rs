//! Every shape at its likeliest onset, and the choice among them.

use super::{Change, Convention, CountSeries, Family, Shape};
use crate::stats::count_regression::{NegativeBinomial, Poisson, negative_binomial, poisson};
use crate::stats::counts::normal_quantile;

/// Likelihoods nearer than this are the same: then the earlier onset is taken.
const SAME: f64 = 1e-9;
/// ρ is cut here: beyond it a series of months tells nothing.
const HIGHEST_RHO: f64 = 0.9;

/// A shape at its likeliest onset.
#[derive(Clone, PartialEq, Debug)]
pub struct Fitted {
    /// The shape.
    pub shape: Shape,
    /// Position from which it differs; `None` for shapes without.
    pub onset: Option<usize>,
    /// Onsets that were tried.
    pub onsets: Vec<usize>,
    /// Log likelihood (Poisson, negative binomial) or deviance (quasi-Poisson) at each.
    pub profile: Vec<f64>,
    /// Columns of every shape, then its own.
    pub coefficients: Vec<f64>,
    /// Standard errors, widened by the dispersion (quasi-Poisson), from the joint observed information (negative binomial).
    pub standard_errors: Vec<f64>,
    /// Those with α held, from the expected information.
    pub standard_errors_given_alpha: Vec<f64>,
    /// Variances that belong to `standard_errors`.
    pub covariance: Vec<Vec<f64>>,
    /// Log likelihood of the family; Poisson for quasi-Poisson.
    pub log_likelihood: f64,
    /// Poisson deviance; of the quasi-Poisson and Poisson families.
    pub deviance: f64,
    /// Pearson's χ² of the Poisson fit.
    pub pearson: f64,
    /// α of the negative binomial, else 0.
    pub alpha: f64,
    /// Fitted means.
    pub means: Vec<f64>,
    /// What the criterion counts: columns, onset, and one for α or φ.
    pub parameters_counted: usize,
    /// Bayesian information criterion.
    pub criterion: f64,
    /// Correlation of each Pearson residual with the one before.
    pub lag_one: f64,
    /// Sizes.
    pub change: Change,
}

/// All shapes, and the one that was chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// As the convention names them; what cannot be fitted is not there.
    pub fits: Vec<Fitted>,
    /// Position of the chosen in `fits`.
    pub chosen: usize,
    /// Position of the second.
    pub second: Option<usize>,
    /// By how much the criterion of the second is higher.
    pub lead: f64,
    /// Dispersion that all shapes share, with the inflation in it; 1 for likelihoods.
    pub phi: f64,
    /// Lag-one correlation that the dispersion is inflated for; 0 where it is not.
    pub rho: f64,
    /// `(1 + ρ)/(1 − ρ)`.
    pub inflation: f64,
}

/// A fit of either family, before the criterion is known.
enum Fit {
    Plain(Poisson),
    Wide(NegativeBinomial),
}

impl Fit {
    fn of(series: &CountSeries, family: Family, shape: Shape, onset: usize) -> Option<Fit> {
        let rows = series.rows(shape, onset);
        Some(match family {
            Family::NegativeBinomial => Fit::Wide(negative_binomial(series.counts, &rows, series.offset)?),
            _ => Fit::Plain(poisson(series.counts, &rows, series.offset)?),
        })
    }

    /// What the profile shows: the log likelihood, or for quasi-Poisson the deviance.
    fn shown(&self, family: Family) -> f64 {
        match self {
            Fit::Wide(fit) => fit.log_likelihood,
            Fit::Plain(fit) if family == Family::Poisson => fit.log_likelihood,
            Fit::Plain(fit) => fit.deviance,
        }
    }

    /// Higher for what is likelier.
    fn likely(&self) -> f64 {
        match self {
            Fit::Wide(fit) => fit.log_likelihood,
            Fit::Plain(fit) => -0.5 * fit.deviance,
        }
    }

    fn lag_one(&self, counts: &[f64]) -> f64 {
        let (means, alpha) = match self {
            Fit::Wide(fit) => (&fit.means, fit.alpha),
            Fit::Plain(fit) => (&fit.means, 0.0),
        };
        let r: Vec<f64> = counts.iter().zip(means).map(|(y, m)| (y - m) / (m + alpha * m * m).sqrt()).collect();
        lag_one(&r)
    }
}

/// `Σ r_t r_(t−1) / Σ r_t²`; 0 where nothing wavers.
pub(super) fn lag_one(r: &[f64]) -> f64 {
    let all: f64 = r.iter().map(|r| r * r).sum();
    if all > 0.0 { r.windows(2).map(|w| w[0] * w[1]).sum::<f64>() / all } else { 0.0 }
}

/// A shape at its likeliest onset, the earliest of equals, with the whole profile.
struct Best {
    shape: Shape,
    onset: Option<usize>,
    onsets: Vec<usize>,
    profile: Vec<f64>,
    fit: Fit,
}

fn best(series: &CountSeries, family: Family, shape: Shape, min_segment: usize) -> Option<Best> {
    if !shape.has_onset() {
        let fit = Fit::of(series, family, shape, 0)?;
        return Some(Best { shape, onset: None, onsets: vec![], profile: vec![], fit });
    }
    let onsets = series.onsets(min_segment);
    let mut profile = Vec::with_capacity(onsets.len());
    let mut found: Option<(usize, Fit)> = None;
    for onset in &onsets {
        let fit = Fit::of(series, family, shape, *onset);
        profile.push(fit.as_ref().map_or(f64::NAN, |f| f.shown(family)));
        let Some(fit) = fit else { continue };
        if found.as_ref().is_none_or(|(_, f)| fit.likely() > f.likely() + SAME) {
            found = Some((*onset, fit));
        }
    }
    let (onset, fit) = found?;
    Some(Best { shape, onset: Some(onset), onsets, profile, fit })
}

/// Fits every shape and chooses by the criterion of the family.
///
/// `BIC = −2 log L + k ln n` for likelihoods, `deviance/φ + k ln n` for quasi-likelihoods, `k` the columns, one for α or φ (none for Poisson), and for a shape with an
/// onset what the convention counts for it. φ is Pearson's χ² over the degrees of freedom of the shape that the convention names, not below 1; under AR(1) times `(1 + ρ)/(1 − ρ)` with ρ the
/// lag-one correlation of its Pearson residuals, cut to 0 to 0.9. Limits are of Wald's kind on the log scale, and conditional on the onset.
///
/// `None` where the rows do not belong together or no shape can be fitted.
///
/// ```
/// use gapmap::stats::segmented::{Convention, CountSeries, Family, Shape, choose};
/// let counts: Vec<f64> = (0..48).map(|t| if t < 30 { 100.0 } else { 165.0 } + f64::from(t * 7 % 5)).collect();
/// let (at, base): (Vec<usize>, Vec<Vec<f64>>) = (0..48).map(|t| (t, vec![1.0])).unzip();
/// let series = CountSeries { counts: &counts, offset: &[0.0; 48], at: &at, base: &base, from: 0 };
/// let how = Convention {
///     shapes: vec![Shape::Flat, Shape::Line, Shape::Bend, Shape::Step],
///     min_segment: 6,
///     onset_parameters: 1,
///     phi_from: Shape::Bend,
///     level: 0.95,
/// };
/// let found = choose(&series, &how, Family::NegativeBinomial).unwrap();
/// let step = &found.fits[found.chosen];
/// assert_eq!((step.shape, step.onset), (Shape::Step, Some(30)));
/// assert!((step.change.step.unwrap().value - 65.0).abs() < 3.0);
/// ```
pub fn choose(series: &CountSeries, how: &Convention, family: Family) -> Option<Choice> {
    if !(series.is_whole() && how.level > 0.0 && how.level < 1.0) {
        return None;
    }
    let found: Vec<Best> = how.shapes.iter().filter_map(|s| best(series, family, *s, how.min_segment)).collect();
    let (phi, rho) = match family {
        Family::Poisson | Family::NegativeBinomial => (1.0, 0.0),
        _ => {
            // The shape that gives the dispersion need not compete.
            let apart =
                if found.iter().any(|b| b.shape == how.phi_from) { None } else { best(series, family, how.phi_from, how.min_segment) };
            let rich = found.iter().find(|b| b.shape == how.phi_from).or(apart.as_ref()).or(found.last())?;
            let rho = if family == Family::QuasiPoissonAr1 { rich.fit.lag_one(series.counts).clamp(0.0, HIGHEST_RHO) } else { 0.0 };
            (dispersion(rich, how.onset_parameters), rho)
        }
    };
    let inflation = (1.0 + rho) / (1.0 - rho);
    let phi = phi * inflation;
    let fits: Vec<Fitted> = found.into_iter().map(|b| finish(b, series, how, family, phi)).collect();
    let mut order: Vec<usize> = (0..fits.len()).filter(|i| fits[*i].criterion.is_finite()).collect();
    order.sort_by(|a, b| fits[*a].criterion.total_cmp(&fits[*b].criterion));
    let chosen = *order.first()?;
    let second = order.get(1).copied();
    let lead = second.map_or(f64::INFINITY, |s| fits[s].criterion - fits[chosen].criterion);
    Some(Choice { fits, chosen, second, lead, phi, rho, inflation })
}

/// Pearson's χ² over the degrees of freedom, an onset counted as the convention says; not below 1.
fn dispersion(rich: &Best, onset_parameters: usize) -> f64 {
    let Fit::Plain(fit) = &rich.fit else { return 1.0 };
    let onset = if rich.shape.has_onset() { onset_parameters } else { 0 };
    let left = fit.degrees_of_freedom.saturating_sub(onset).max(1);
    (fit.pearson / left as f64).max(1.0)
}

fn finish(best: Best, series: &CountSeries, how: &Convention, family: Family, phi: f64) -> Fitted {
    let lag_one = best.fit.lag_one(series.counts);
    let quantile = normal_quantile(1.0 - (1.0 - how.level) / 2.0);
    let Best { shape, onset, onsets, profile, fit } = best;
    let counted = |columns: usize| {
        let onset = if shape.has_onset() { how.onset_parameters } else { 0 };
        columns + onset + usize::from(family != Family::Poisson)
    };
    let ln_n = (series.counts.len() as f64).ln();
    match fit {
        Fit::Wide(fit) => {
            let k = counted(fit.coefficients.len());
            Fitted {
                change: Change::of(shape, &fit.coefficients, &fit.covariance, quantile, how.level),
                standard_errors: fit.standard_errors[..fit.coefficients.len()].to_vec(),
                standard_errors_given_alpha: fit.standard_errors_given_alpha,
                covariance: fit.covariance,
                log_likelihood: fit.log_likelihood,
                deviance: f64::NAN,
                pearson: f64::NAN,
                alpha: fit.alpha,
                means: fit.means,
                parameters_counted: k,
                criterion: -2.0 * fit.log_likelihood + k as f64 * ln_n,
                coefficients: fit.coefficients,
                lag_one,
                shape,
                onset,
                onsets,
                profile,
            }
        }
        Fit::Plain(fit) => {
            let k = counted(fit.coefficients.len());
            let covariance: Vec<Vec<f64>> = fit.covariance.iter().map(|row| row.iter().map(|v| v * phi).collect()).collect();
            let lacking = if family == Family::Poisson { -2.0 * fit.log_likelihood } else { fit.deviance / phi };
            let errors: Vec<f64> = fit.standard_errors.iter().map(|s| s * phi.sqrt()).collect();
            Fitted {
                change: Change::of(shape, &fit.coefficients, &covariance, quantile, how.level),
                standard_errors: errors.clone(),
                standard_errors_given_alpha: errors,
                covariance,
                log_likelihood: fit.log_likelihood,
                deviance: fit.deviance,
                pearson: fit.pearson,
                alpha: 0.0,
                means: fit.means,
                parameters_counted: k,
                criterion: lacking + k as f64 * ln_n,
                coefficients: fit.coefficients,
                lag_one,
                shape,
                onset,
                onsets,
                profile,
            }
        }
    }
}
