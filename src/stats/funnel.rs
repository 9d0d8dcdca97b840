//! Funnel plots: how far may a small area lie from the whole before it says something?

use super::counts::{gamma_quantile, normal_quantile, poisson_limits};

/// Tails of the two pairs of limits: 95 % and 99.8 %.
pub const TAILS: (f64, f64) = (0.025, 0.001);

/// Limits at one place of the axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// Lower limit that one in forty falls below by chance.
    pub lower: f64,
    /// Upper limit that one in forty lies above.
    pub upper: f64,
    /// Lower limit that one in a thousand falls below.
    pub lower_far: f64,
    /// Upper limit that one in a thousand lies above.
    pub upper_far: f64,
}

/// Limits of a proportion about the pooled one, `p ± z √(p(1 − p)/n)`, cut off at 0 and 1. Checked: `funnel_plot`, `published_phe_funnel`.
///
/// ```
/// let limits = gapmap::stats::funnel::of_proportion(0.5, 100.0);
/// assert!((limits.lower - 0.402).abs() < 1e-3);
/// ```
pub fn of_proportion(pooled: f64, people: f64) -> Limits {
    let reach = |tail: f64| normal_quantile(1.0 - tail) * (pooled * (1.0 - pooled) / people).sqrt();
    let (near, far) = (reach(TAILS.0), reach(TAILS.1));
    Limits {
        lower: (pooled - near).max(0.0),
        upper: (pooled + near).min(1.0),
        lower_far: (pooled - far).max(0.0),
        upper_far: (pooled + far).min(1.0),
    }
}

/// How many events must be expected for a count to lie on each limit, in the order of [`Limits`]: `lower` is where so few are in the lower tail.
///
/// A rate or ratio at the limit is the count over this. Exact gamma quantiles, where the peer bisects to 10⁻⁷. Checked: `funnel_plot`, `published_phe_funnel`.
///
/// ```
/// let expected = gapmap::stats::funnel::expected_at(1);
/// assert!((expected.lower - 5.5716434).abs() < 1e-6);
/// ```
pub fn expected_at(events: u64) -> Limits {
    let x = events as f64;
    let low = |tail: f64| gamma_quantile(x + 1.0, 1.0 - tail);
    let high = |tail: f64| if events == 0 { 0.0 } else { gamma_quantile(x, tail) };
    Limits { lower: low(TAILS.0), upper: high(TAILS.0), lower_far: low(TAILS.1), upper_far: high(TAILS.1) }
}

/// How an area lies in the funnel.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// Above the far limit: one in a thousand by chance.
    FarAbove,
    /// Above the near limit: one in forty by chance.
    Above,
    /// Within.
    Within,
    /// Below the near limit.
    Below,
    /// Below the far limit.
    FarBelow,
}

/// Where a count lies beside what is expected: exact limits under ten events, Byar's from there on. Checked: `funnel_plot`, `published_phe_funnel`.
///
/// ```
/// use gapmap::stats::funnel::{Place, place};
/// assert_eq!(place(30, 12.0), Place::FarAbove);
/// ```
pub fn place(events: u64, expected: f64) -> Place {
    let (near, far) = (poisson_limits(events, 1.0 - 2.0 * TAILS.0), poisson_limits(events, 1.0 - 2.0 * TAILS.1));
    among(expected, near, far)
}

/// Where a proportion lies beside the pooled one, by its Wilson limits. Checked: `funnel_plot`, `published_phe_funnel`.
pub fn place_of_proportion(events: f64, people: f64, pooled: f64) -> Place {
    let limits = |tail: f64| {
        let z = normal_quantile(1.0 - tail);
        let (middle, reach) = (2.0 * events + z * z, z * (z * z + 4.0 * events * (1.0 - events / people)).max(0.0).sqrt());
        let width = 2.0 * (people + z * z);
        ((middle - reach) / width, (middle + reach) / width)
    };
    among(pooled, limits(TAILS.0), limits(TAILS.1))
}

/// Where a target lies among limits: below them all, the area is far above it.
fn among(target: f64, near: (f64, f64), far: (f64, f64)) -> Place {
    match target {
        t if t < far.0 => Place::FarAbove,
        t if t < near.0 => Place::Above,
        t if t > far.1 => Place::FarBelow,
        t if t > near.1 => Place::Below,
        _ => Place::Within,
    }
}

/// By how much areas waver beyond chance: the mean square of their scores, each cut off at the 10 % and 90 % point (Spiegelhalter's φ, winsorised).
///
/// Above 1, limits may be widened by its root; a plot with widened limits says so. `None` with fewer than ten areas.
///
/// Source: Spiegelhalter 2005, *Statistics in Medicine* 24.
///
/// ```
/// let scores: Vec<f64> = (0..40).map(|i| f64::from(i - 20) / 5.0).collect();
/// assert!(gapmap::stats::funnel::overdispersion(&scores).unwrap() > 3.0);
/// ```
pub fn overdispersion(scores: &[f64]) -> Option<f64> {
    if scores.len() < 10 {
        return None;
    }
    let mut sorted = scores.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cut = scores.len() / 10;
    let (low, high) = (sorted[cut], sorted[scores.len() - 1 - cut]);
    Some(scores.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / scores.len() as f64)
}

/// Counts that lie on the limits where so many are expected: where Byar's lower limit of the upper one is the expectation, and his upper limit of the lower.
///
/// As `(lower, upper)` at a coverage such as 0.95; not whole numbers, so that a curve through them is smooth.
///
/// ```
/// let (low, high) = gapmap::stats::funnel::counts_at(50.0, 0.95);
/// assert!((low - 36.14).abs() < 0.01 && (high - 64.81).abs() < 0.01);
/// ```
pub fn counts_at(expected: f64, level: f64) -> (f64, f64) {
    let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
    let byar = |x: f64, z: f64| if x <= 0.0 { 0.0 } else { x * (1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt())).max(0.0).powi(3) };
    let solve = |f: &dyn Fn(f64) -> f64| {
        let (mut low, mut high) = (0.0, 2.0 * expected + 40.0);
        for _ in 0..80 {
            let middle = (low + high) / 2.0;
            if f(middle) < expected { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    };
    // The lower limit ends at no events at all.
    let lower = if byar(1.0, z) >= expected { 0.0 } else { solve(&|x| byar(x + 1.0, z)) };
    (lower, solve(&|x| byar(x, -z)))
}

/// Residents, and lower and upper limits: near, and far.
pub type CurvePlace = (f64, (f64, f64), (f64, f64));

/// Limits of a rate by residents: `(residents, near lower, near upper, far lower, far upper)`, the rates per `per`, at 30 places from the fewest residents to the most.
pub fn curve(rate: f64, per: f64, fewest: f64, most: f64) -> Vec<CurvePlace> {
    if !(rate > 0.0 && fewest > 0.0 && most >= fewest) {
        return vec![];
    }
    let at = |k: usize| {
        // Closer together where there are few residents and the limits bend.
        let people = fewest * (most / fewest).powf(k as f64 / 29.0);
        let scaled = |(low, high): (f64, f64)| (low / people * per, high / people * per);
        (people, scaled(counts_at(rate * people, 0.95)), scaled(counts_at(rate * people, 0.998)))
    };
    (0..30).map(at).collect()
}
