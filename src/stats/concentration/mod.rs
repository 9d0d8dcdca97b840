//! How concentrated events are over areas, and how much of that is chance.
//!
//! With few events some areas hold many and others none even where all are alike: a share of areas that holds half of the events says little by itself
//! (Bernasco and Steenbeek 2017). So it stands beside what chance gives ([`by_chance`]), and beside what lasts of it once chance is taken out ([`lasting`]:
//! Mohler and others 2019).

mod chance;
mod lasting;

pub use chance::{Chance, Drawn, by_chance, kept_by_chance};
pub use lasting::{Lasting, Spread, lasting};

/// A curve of concentration: areas with most events first.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// Events of the first areas together: one more than there are areas.
    sums: Vec<f64>,
}

impl Curve {
    /// Of the events of each area. `None` where there is none, or one is below 0.
    ///
    /// ```
    /// use gapmap::stats::concentration::Curve;
    /// let even = Curve::new(&[3.0; 8]).unwrap();
    /// assert_eq!((even.held_by(0.25), even.holding(0.5)), (0.25, 0.5));
    /// let one = Curve::new(&[0.0, 12.0, 0.0, 0.0]).unwrap();
    /// assert_eq!((one.held_by(0.25), one.holding(0.5)), (1.0, 0.125));
    /// ```
    pub fn new(events: &[f64]) -> Option<Self> {
        if events.iter().any(|n| !(n.is_finite() && *n >= 0.0)) || events.iter().sum::<f64>() <= 0.0 {
            return None;
        }
        let mut sorted = events.to_vec();
        sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        let mut sums = Vec::with_capacity(sorted.len() + 1);
        sums.push(0.0);
        let mut sum = 0.0;
        sums.extend(sorted.iter().map(|n| {
            sum += n;
            sum
        }));
        Some(Self { sums })
    }

    /// The share of events in this share of areas; of the last area a part, where the share is no whole number of areas.
    pub fn held_by(&self, areas: f64) -> f64 {
        let n = self.sums.len() - 1;
        let place = areas.clamp(0.0, 1.0) * n as f64;
        let whole = (place.floor() as usize).min(n - 1);
        (self.sums[whole] + (place - whole as f64) * (self.sums[whole + 1] - self.sums[whole])) / self.sums[n]
    }

    /// The smallest share of areas that holds this share of events.
    pub fn holding(&self, events: f64) -> f64 {
        let n = self.sums.len() - 1;
        let wanted = events.clamp(0.0, 1.0) * self.sums[n];
        let after = self.sums.partition_point(|s| *s < wanted).clamp(1, n);
        let (low, high) = (self.sums[after - 1], self.sums[after]);
        (after as f64 - 1.0 + if high > low { (wanted - low) / (high - low) } else { 0.0 }) / n as f64
    }
}

/// How far each area is one of the top share of areas, 0 to 1: areas of the same number at the edge share what is left of it, so that no order of areas
/// decides. The parts sum to `top` times the number of areas.
///
/// ```
/// let parts = gapmap::stats::concentration::in_top(&[9.0, 4.0, 4.0, 1.0], 0.5);
/// assert_eq!(parts, [1.0, 0.5, 0.5, 0.0]);
/// ```
pub fn in_top(events: &[f64], top: f64) -> Vec<f64> {
    let room = top.clamp(0.0, 1.0) * events.len() as f64;
    let mut sorted = events.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let Some(edge) = sorted.get(((room - 1e-9).ceil() as usize).saturating_sub(1)).copied() else { return vec![] };
    let above = events.iter().filter(|n| **n > edge).count() as f64;
    let level = events.iter().filter(|n| **n == edge).count() as f64;
    let part = |n: &f64| match *n {
        n if n > edge => 1.0,
        n if n == edge => ((room - above) / level).clamp(0.0, 1.0),
        _ => 0.0,
    };
    events.iter().map(part).collect()
}

/// The share of later events in the areas that had most before. `None` without later events.
///
/// ```
/// let kept = gapmap::stats::concentration::kept(&[9.0, 1.0, 1.0, 1.0], &[2.0, 2.0, 0.0, 4.0], 0.25);
/// assert_eq!(kept, Some(0.25));
/// ```
pub fn kept(before: &[f64], later: &[f64], top: f64) -> Option<f64> {
    let all: f64 = later.iter().sum();
    (all > 0.0).then(|| in_top(before, top).iter().zip(later).map(|(part, n)| part * n).sum::<f64>() / all)
}
