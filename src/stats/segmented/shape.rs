//! The shapes that a series may have, and the columns of each.

use std::f64::consts::TAU;

use crate::units::Estimate;

/// Months in a year: slopes are fitted a year and told a month.
const MONTHS: f64 = 12.0;

/// What a series does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shape {
    /// Nothing but season.
    Flat,
    /// The same change, in per cent, every month.
    Line,
    /// One change a month until the onset, another from then on.
    Bend,
    /// Another level from the onset on.
    Step,
    /// A line, and another level from the onset on.
    LineStep,
}

impl Shape {
    /// Whether an onset is searched for.
    pub fn has_onset(self) -> bool {
        matches!(self, Shape::Bend | Shape::Step | Shape::LineStep)
    }

    /// Columns beyond those that every shape has.
    pub(super) fn columns(self) -> usize {
        match self {
            Shape::Flat => 0,
            Shape::Line | Shape::Step => 1,
            Shape::Bend | Shape::LineStep => 2,
        }
    }

    /// Its columns at month `t`, counted from where the shape may begin; `line` is `t/12`, `bend` `max(0, t − onset)/12`, `step` 1 from the onset on.
    pub(super) fn row(self, t: f64, onset: f64) -> Vec<f64> {
        let (line, bend, step) = (t / MONTHS, (t - onset).max(0.0) / MONTHS, f64::from(u8::from(t >= onset)));
        match self {
            Shape::Flat => vec![],
            Shape::Line => vec![line],
            Shape::Bend => vec![line, bend],
            Shape::Step => vec![step],
            Shape::LineStep => vec![line, step],
        }
    }
}

/// How counts waver about their mean, and what the criterion knows of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// As Poisson counts do: variance μ.
    Poisson,
    /// Variance `μ + α μ²`, by its likelihood.
    NegativeBinomial,
    /// Variance `φ μ`, by the deviance over φ.
    QuasiPoisson,
    /// The same with φ times `(1 + ρ)/(1 − ρ)`: months that go together are fewer months than there are.
    QuasiPoissonAr1,
}

/// What is agreed before a choice is made.
#[derive(Clone, PartialEq, Debug)]
pub struct Convention {
    /// Shapes that compete.
    pub shapes: Vec<Shape>,
    /// Fewest months on either side of an onset.
    pub min_segment: usize,
    /// What an onset counts in the criterion, beside its column: 0 or 1 are in use.
    pub onset_parameters: usize,
    /// The shape whose dispersion, and whose ρ, hold for all (quasi-Poisson).
    pub phi_from: Shape,
    /// Coverage of intervals.
    pub level: f64,
}

/// A series of counts, and what every shape of it has.
#[derive(Clone, Copy, Debug)]
pub struct CountSeries<'a> {
    /// Events.
    pub counts: &'a [f64],
    /// Logarithm of the exposure, such as days in the month.
    pub offset: &'a [f64],
    /// Position of each month; missing months are not in the list, and positions rise.
    pub at: &'a [usize],
    /// Columns of every shape, a row for each month: level, season.
    pub base: &'a [Vec<f64>],
    /// Where the shape may begin: before it only the columns of `base` act (an earlier segment, before a break in recording).
    pub from: usize,
}

impl CountSeries<'_> {
    /// Whether there is a row, an exposure and a place for every count, in order.
    pub(super) fn is_whole(&self) -> bool {
        let n = self.counts.len();
        let rows = self.base.len() == n && self.offset.len() == n && self.at.len() == n;
        rows && n > 0 && self.at.windows(2).all(|w| w[0] < w[1]) && self.offset.iter().all(|o| o.is_finite())
    }

    /// Onsets with at least so many months on either side.
    pub(super) fn onsets(&self, min_segment: usize) -> Vec<usize> {
        let inside: Vec<usize> = self.at.iter().copied().filter(|t| *t >= self.from).collect();
        let least = min_segment.max(1);
        inside.get(least..(inside.len() + 1).saturating_sub(least)).unwrap_or(&[]).to_vec()
    }

    /// The design of a shape: columns of `base`, then its own.
    pub(super) fn rows(&self, shape: Shape, onset: usize) -> Vec<Vec<f64>> {
        let row = |(base, t): (&Vec<f64>, &usize)| -> Vec<f64> {
            let own = if *t >= self.from {
                shape.row((*t - self.from) as f64, (onset as f64) - (self.from as f64))
            } else {
                vec![0.0; shape.columns()]
            };
            base.iter().copied().chain(own).collect()
        };
        self.base.iter().zip(self.at).map(row).collect()
    }
}

/// Waves of a year: `sin(2πk·month/12), cos(2πk·month/12)` for k = 1 to `harmonics`; `month` 1 to 12.
///
/// ```
/// let row = gapmap::stats::segmented::season(3, 1);
/// assert!((row[0] - 1.0).abs() < 1e-12 && row[1].abs() < 1e-12);
/// ```
pub fn season(month: u32, harmonics: usize) -> Vec<f64> {
    (1..=harmonics).map(|k| TAU * k as f64 * f64::from(month) / MONTHS).flat_map(|x| [x.sin(), x.cos()]).collect()
}

/// How large the parts of a shape are, in per cent, with intervals given the onset.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Change {
    /// A month, over all of it or until the bend: `100 (exp(b/12) − 1)`.
    pub monthly: Option<Estimate>,
    /// A month, from the bend on: both slopes together.
    pub monthly_after: Option<Estimate>,
    /// From the onset on against before: `100 (exp b − 1)`.
    pub step: Option<Estimate>,
}

impl Change {
    /// Of a shape whose own coefficients are the last, with their variances and a quantile such as 1.96.
    pub(super) fn of(shape: Shape, coefficients: &[f64], covariance: &[Vec<f64>], quantile: f64, level: f64) -> Change {
        let n = coefficients.len();
        let percent = |b: f64, variance: f64, per: f64| {
            let reach = quantile * variance.max(0.0).sqrt();
            let told = |x: f64| 100.0 * (x / per).exp_m1();
            Estimate { value: told(b), lower: told(b - reach), upper: told(b + reach), level }
        };
        let one = |at: usize, per: f64| Some(percent(coefficients[at], covariance[at][at], per));
        match shape {
            Shape::Flat => Change::default(),
            Shape::Line => Change { monthly: one(n - 1, MONTHS), ..Change::default() },
            Shape::Step => Change { step: one(n - 1, 1.0), ..Change::default() },
            Shape::LineStep => Change { monthly: one(n - 2, MONTHS), step: one(n - 1, 1.0), ..Change::default() },
            Shape::Bend => {
                let (a, b) = (n - 2, n - 1);
                let variance = covariance[a][a] + covariance[b][b] + 2.0 * covariance[a][b];
                let after = percent(coefficients[a] + coefficients[b], variance, MONTHS);
                Change { monthly: one(a, MONTHS), monthly_after: Some(after), step: None }
            }
        }
    }
}
