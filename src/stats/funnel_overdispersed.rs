//! Funnel limits for areas that differ by more than chance: how much more is measured, and the limits are widened by it.

use statrs::distribution::{ChiSquared, ContinuousCDF};
use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_ur;

use super::counts::normal_quantile;
use super::funnel::CurvePlace;

/// The scale on which scores are made.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Transform {
    /// The ratio as it is; its standard deviation is `√(target/E)`.
    None,
    /// Square roots, which even out the variance: `1/(2√E)`.
    Root,
    /// Logarithms: `1/√(target E)`. In scores so many events stand for an observed 0.
    Log(f64),
}

/// How the tails of scores are drawn in before variation is measured, so that a few real outliers do not hide themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Winsorise {
    /// Scores beyond the quantiles take them (linear interpolation, R's type 7).
    Quantile,
    /// The lowest and highest share of scores, rounded down, take the value of the next one inward.
    Rank,
}

/// What areas vary by.
#[derive(Clone, PartialEq, Debug)]
pub struct Overdispersion {
    /// The ratio that areas are held against.
    pub target: f64,
    /// Score of each area before it is drawn in.
    pub scores: Vec<f64>,
    /// Standard deviation of each ratio by chance alone, on the scale of the transform.
    pub spreads: Vec<f64>,
    /// Lowest and highest score after drawing in.
    pub drawn_in: (f64, f64),
    /// Mean square of the scores drawn in: 1 where chance is all there is.
    pub phi: f64,
    /// Variance between areas on the scale of the transform, by moments (DerSimonian and Laird).
    pub tau2: f64,
    /// p-value of no variation beyond chance: `n φ` held against χ² of `n − 1` degrees of freedom.
    pub p: f64,
    transform: Transform,
}

/// How limits allow for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Widened {
    /// Not at all.
    Poisson,
    /// Every standard deviation times √φ, never narrowed.
    Multiplicative,
    /// τ² added to every variance: large areas are let off most.
    Additive,
}

impl Transform {
    fn forward(self, ratio: f64) -> f64 {
        match self {
            Transform::None => ratio,
            Transform::Root => ratio.max(0.0).sqrt(),
            Transform::Log(_) => ratio.ln(),
        }
    }

    fn back(self, value: f64) -> f64 {
        match self {
            Transform::None => value.max(0.0),
            Transform::Root => value.max(0.0).powi(2),
            Transform::Log(_) => value.exp(),
        }
    }

    fn spread(self, target: f64, expected: f64) -> f64 {
        match self {
            Transform::None => (target / expected).sqrt(),
            Transform::Root => 0.5 / expected.sqrt(),
            Transform::Log(_) => 1.0 / (target * expected).sqrt(),
        }
    }
}

/// Measures by how much areas vary beyond chance.
///
/// `observed` events and `expected` ones by area; `target` is the ratio that they are held against, and where `None` the pooled one, `ΣO/ΣE`.
/// `share` of the scores at each end is drawn in as `by` says. `None` with fewer than two areas, shapes that differ, a target or an
/// expectation that is not positive.
///
/// Source: Spiegelhalter 2005, *Statistics in Medicine* 24, 1185. Checked: `funnel_overdispersed`.
///
/// ```
/// use gapmap::stats::funnel_overdispersed::{Transform, Winsorise, overdispersion};
/// let observed = [10.0, 30.0, 18.0, 45.0, 22.0, 5.0];
/// let found = overdispersion(&observed, &[20.0; 6], None, Transform::Root, 0.1, Winsorise::Quantile).unwrap();
/// assert!(found.phi > 5.0 && found.tau2 > 0.0 && found.p < 0.001);
/// ```
pub fn overdispersion(
    observed: &[f64],
    expected: &[f64],
    target: Option<f64>,
    transform: Transform,
    share: f64,
    by: Winsorise,
) -> Option<Overdispersion> {
    let n = observed.len();
    let sound = n >= 2 && n == expected.len() && expected.iter().all(|e| e.is_finite() && *e > 0.0);
    if !sound || observed.iter().any(|o| !(o.is_finite() && *o >= 0.0)) || !(0.0..0.5).contains(&share) {
        return None;
    }
    let target = target.unwrap_or_else(|| observed.iter().sum::<f64>() / expected.iter().sum::<f64>());
    if !(target.is_finite() && target > 0.0) {
        return None;
    }
    let spreads: Vec<f64> = expected.iter().map(|e| transform.spread(target, *e)).collect();
    let middle = transform.forward(target);
    let counted = |i: usize| match transform {
        Transform::Log(zero) if observed[i] == 0.0 => zero,
        _ => observed[i],
    };
    let score = |i: usize| (transform.forward(counted(i) / expected[i]) - middle) / spreads[i];
    let scores: Vec<f64> = (0..n).map(score).collect();
    let drawn_in = ends(&scores, share, by);
    let total: f64 = scores.iter().map(|z| z.clamp(drawn_in.0, drawn_in.1).powi(2)).sum();
    let p = ChiSquared::new(n as f64 - 1.0).ok()?.sf(total);
    let mut found = Overdispersion { target, scores, spreads, drawn_in, phi: total / n as f64, tau2: 0.0, p, transform };
    found.tau2 = found.between(total);
    (found.phi.is_finite() && found.tau2.is_finite()).then_some(found)
}

/// Lowest and highest score after drawing in.
fn ends(scores: &[f64], share: f64, by: Winsorise) -> (f64, f64) {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len() - 1;
    match by {
        Winsorise::Rank => {
            let cut = ((sorted.len() as f64 * share + 1e-9) as usize).min(last / 2);
            (sorted[cut], sorted[last - cut])
        }
        Winsorise::Quantile => {
            let at = |q: f64| {
                let place = q * last as f64;
                let below = place.floor() as usize;
                let above = (below + 1).min(last);
                sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
            };
            (at(share), at(1.0 - share))
        }
    }
}

/// Fewer areas than this do not tell by how much areas vary: limits are then those of chance alone.
const FEWEST_AREAS: usize = 10;
/// Share of the scores drawn in at each end.
const DRAWN_IN: f64 = 0.1;
/// What drawing in a tenth at each end leaves of the mean square of normal scores, `0.8 − 2 q φ(q) + 0.2 q²` at `q = 1.2816`.
const LEFT_OF_NORMAL: f64 = 0.678_65;

/// How areas vary about the whole, as the engine asks it: square roots, target 1 (the whole), a tenth of the scores drawn in at each end.
///
/// `expected` is what an area would have at the rate of the whole. Drawing in makes scores vary less than they do: φ and τ² are those of normal
/// scores again, or twice as many areas would lie outside of the limits as these say (`calibration_areas.rs`). `None` as for [`overdispersion`].
///
/// ```
/// use gapmap::stats::funnel_overdispersed::{Widened, about_the_whole};
/// let observed: Vec<f64> = (0..40).map(|i| 30.0 + f64::from(i % 5)).collect();
/// let found = about_the_whole(&observed, &[32.0; 40]).unwrap();
/// assert_eq!(found.tau2, 0.0);
/// ```
pub fn about_the_whole(observed: &[f64], expected: &[f64]) -> Option<Overdispersion> {
    let mut found = overdispersion(observed, expected, Some(1.0), Transform::Root, DRAWN_IN, Winsorise::Quantile)?;
    let n = observed.len();
    found.phi /= LEFT_OF_NORMAL;
    found.tau2 = if n < FEWEST_AREAS { 0.0 } else { found.between(found.phi * n as f64) };
    Some(found)
}

/// Chance that a count of mean `mean` and variance `mean + alpha mean²` is at most `k`.
fn at_most(k: f64, mean: f64, alpha: f64) -> f64 {
    if k < 0.0 {
        0.0
    } else if alpha > 0.0 {
        beta_reg(1.0 / alpha, k + 1.0, 1.0 / (1.0 + alpha * mean))
    } else {
        gamma_ur(k + 1.0, mean)
    }
}

impl Overdispersion {
    /// How many areas would lie outside of their additive limits if areas varied at random, and by as much as these do.
    ///
    /// Counts are whole numbers and their rates lean to one side, so it is not the level times the number of areas: each area's two tails are
    /// summed, of a negative binomial count whose rate has the variance τ² on the scale of square roots.
    pub fn outside_by_chance(&self, expected: &[f64], level: f64) -> f64 {
        // A root of variance τ² is a rate of variance 4 · target · τ².
        let alpha = 4.0 * self.tau2 / self.target;
        let outside = |e: &f64| {
            let (low, high) = self.limits_at(*e, level, Widened::Additive);
            let mean = e * self.target;
            at_most((low * e).ceil() - 1.0, mean, alpha) + 1.0 - at_most((high * e).floor(), mean, alpha)
        };
        expected.iter().map(outside).sum()
    }

    /// Limits of a rate by residents, as [`super::funnel::curve`] gives them for chance alone: 95 and 99.8 %, at 30 places.
    pub fn curve(&self, rate: f64, per: f64, fewest: f64, most: f64) -> Vec<CurvePlace> {
        if !(rate > 0.0 && fewest > 0.0 && most >= fewest) {
            return vec![];
        }
        let at = |k: usize| {
            let people = fewest * (most / fewest).powf(k as f64 / 29.0);
            let scaled = |level: f64| {
                let (low, high) = self.limits_at(rate * people, level, Widened::Additive);
                (low * rate * per, high * rate * per)
            };
            (people, scaled(0.95), scaled(0.998))
        };
        (0..30).map(at).collect()
    }

    /// Limits of the ratio of one area at a coverage such as 0.95; below 0 they are cut off.
    pub fn limits(&self, area: usize, level: f64, widened: Widened) -> (f64, f64) {
        let Some(spread) = self.spreads.get(area) else { return (f64::NAN, f64::NAN) };
        self.about(*spread, level, widened)
    }

    /// Limits of the ratio of an area, there or not, where so many events are expected.
    ///
    /// ```
    /// use gapmap::stats::funnel_overdispersed::{Transform, Widened, Winsorise, overdispersion};
    /// let found = overdispersion(&[10.0, 30.0, 18.0, 45.0], &[20.0; 4], None, Transform::None, 0.1, Winsorise::Rank).unwrap();
    /// let (plain, wide) = (found.limits_at(20.0, 0.95, Widened::Poisson), found.limits_at(20.0, 0.95, Widened::Additive));
    /// assert!(wide.1 > plain.1 && wide.0 < plain.0);
    /// ```
    pub fn limits_at(&self, expected: f64, level: f64, widened: Widened) -> (f64, f64) {
        self.about(self.transform.spread(self.target, expected), level, widened)
    }

    /// Score of one area with its variation allowed for: standard normal where it varies as areas do.
    pub fn score(&self, area: usize, widened: Widened) -> f64 {
        match (self.scores.get(area), self.spreads.get(area)) {
            (Some(score), Some(spread)) => score * spread / self.wide(*spread, widened),
            _ => f64::NAN,
        }
    }

    /// τ² of so large a sum of squared scores.
    fn between(&self, total: f64) -> f64 {
        let weight = |s: &f64| 1.0 / (s * s);
        let (sum, squares) = self.spreads.iter().map(weight).fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
        ((total - (self.spreads.len() as f64 - 1.0)) / (sum - squares / sum)).max(0.0)
    }

    fn wide(&self, spread: f64, widened: Widened) -> f64 {
        match widened {
            Widened::Poisson => spread,
            Widened::Multiplicative => spread * self.phi.max(1.0).sqrt(),
            Widened::Additive => (spread * spread + self.tau2).sqrt(),
        }
    }

    fn about(&self, spread: f64, level: f64, widened: Widened) -> (f64, f64) {
        let reach = normal_quantile(1.0 - (1.0 - level) / 2.0) * self.wide(spread, widened);
        let middle = self.transform.forward(self.target);
        (self.transform.back(middle - reach), self.transform.back(middle + reach))
    }
}
