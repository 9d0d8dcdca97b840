//! One group against everybody else: how many times its rate is theirs. Against the whole, which it is part of, a large group would hide itself.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::ln_gamma;

use super::counts::{normal_quantile, normal_tail};
use super::ratio::clopper_pearson;
use crate::units::Estimate;

/// How limits and p-values are made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Given the sum of events those of the group are binomial; limits where one tail is half of what is left (Clopper and Pearson). Never too narrow.
    Exact,
    /// The same with half of the chance of just what was seen in each tail: closest to its level.
    MidP,
    /// Normal on the log scale, standard error `√(1/x + 1/(X − x))`; none where either is 0.
    LogNormal,
}

/// A group with the rest beside it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct GroupAndRest {
    /// Events of the group.
    pub events: u64,
    /// Its exposure: people, or people × years.
    pub exposure: f64,
    /// Events of all others.
    pub rest_events: u64,
    /// Exposure of all others.
    pub rest_exposure: f64,
}

/// Each group with the rest of all.
///
/// ```
/// let groups = gapmap::stats::group_and_rest::each(&[8, 310, 402, 280], &[4000.0, 31000.0, 41000.0, 28000.0]);
/// assert!((groups[0].ratio() - 0.2016129).abs() < 1e-6);
/// ```
pub fn each(events: &[u64], exposure: &[f64]) -> Vec<GroupAndRest> {
    let all: u64 = events.iter().sum();
    let people: f64 = exposure.iter().sum();
    let of = |(x, n): (&u64, &f64)| GroupAndRest { events: *x, exposure: *n, rest_events: all - x, rest_exposure: people - n };
    events.iter().zip(exposure).map(of).collect()
}

impl GroupAndRest {
    /// Rate of the group over that of the rest: infinite where the rest has no event; not a number without events or exposure.
    pub fn ratio(&self) -> f64 {
        if !self.has_sides() {
            return f64::NAN;
        }
        (self.events as f64 / self.exposure) / (self.rest_events as f64 / self.rest_exposure)
    }

    /// The ratio with limits at a coverage such as 0.95: 0 below where the group has no event, infinite above where the rest has none.
    ///
    /// `None` without events or exposure on either side, and for log-normal limits with a count of 0.
    /// Checked: `rate_ratio_group_vs_rest` (scipy, statsmodels).
    ///
    /// ```
    /// use gapmap::stats::group_and_rest::{Way, each};
    /// let ratio = each(&[0, 6, 14], &[1200.0, 900.0, 3100.0])[0].limits(0.95, Way::MidP).unwrap();
    /// assert!(ratio.lower == 0.0 && ratio.upper < 1.0);
    /// ```
    pub fn limits(&self, level: f64, way: Way) -> Option<Estimate> {
        let value = self.ratio();
        if value.is_nan() {
            return None;
        }
        let (x, n) = (self.events, self.events + self.rest_events);
        let (lower, upper) = match way {
            Way::Exact => {
                let share = clopper_pearson(x, n, level)?;
                (self.odds(share.lower), self.odds(share.upper))
            }
            Way::MidP => {
                let tail = (1.0 - level) / 2.0;
                let lower = if x == 0 { 0.0 } else { bisect(|p| at_least(x, n, p) - 0.5 * chance(x, n, p) < tail) };
                let upper = if x == n { 1.0 } else { bisect(|p| at_most(x, n, p) - 0.5 * chance(x, n, p) > tail) };
                (self.odds(lower), self.odds(upper))
            }
            Way::LogNormal => {
                let reach = normal_quantile(1.0 - (1.0 - level) / 2.0) * self.log_error()?;
                ((value.ln() - reach).exp(), (value.ln() + reach).exp())
            }
        };
        Some(Estimate { value, lower, upper, level })
    }

    /// Two-sided p-value of equal rates: twice the smaller tail, at most 1. `None` as for [`GroupAndRest::limits`].
    pub fn p(&self, way: Way) -> Option<f64> {
        let share = self.share()?;
        let (x, n) = (self.events, self.events + self.rest_events);
        let half = match way {
            Way::Exact => 0.0,
            Way::MidP => 0.5 * chance(x, n, share),
            Way::LogNormal => return Some(2.0 * normal_tail((self.ratio().ln() / self.log_error()?).abs())),
        };
        let tail = (at_most(x, n, share) - half).min(at_least(x, n, share) - half);
        Some((2.0 * tail).clamp(0.0, 1.0))
    }

    /// Two-sided p-value as the sum of all outcomes no likelier than this one (equal up to 1e-7): R's `poisson.test`.
    pub fn p_of_unlikelier(&self) -> Option<f64> {
        let share = self.share()?;
        let (x, n) = (self.events, self.events + self.rest_events);
        let here = chance(x, n, share) * (1.0 + 1e-7);
        Some((0..=n).map(|k| chance(k, n, share)).filter(|c| *c <= here).sum::<f64>().min(1.0))
    }

    fn has_sides(&self) -> bool {
        let sound = |n: f64| n.is_finite() && n > 0.0;
        sound(self.exposure) && sound(self.rest_exposure) && self.events + self.rest_events > 0
    }

    /// Share of the events that the group would have were rates equal.
    fn share(&self) -> Option<f64> {
        self.has_sides().then(|| self.exposure / (self.exposure + self.rest_exposure))
    }

    /// The ratio at which the group has this share of the events.
    fn odds(&self, share: f64) -> f64 {
        if share >= 1.0 { f64::INFINITY } else { share / (1.0 - share) * self.rest_exposure / self.exposure }
    }

    fn log_error(&self) -> Option<f64> {
        (self.events > 0 && self.rest_events > 0).then(|| (1.0 / self.events as f64 + 1.0 / self.rest_events as f64).sqrt())
    }
}

/// Chance of at least `x` of `n`.
fn at_least(x: u64, n: u64, p: f64) -> f64 {
    if x == 0 || p >= 1.0 {
        1.0
    } else if p <= 0.0 {
        0.0
    } else {
        beta_reg(x as f64, (n - x) as f64 + 1.0, p)
    }
}

/// Chance of at most `x` of `n`.
fn at_most(x: u64, n: u64, p: f64) -> f64 {
    if x >= n || p <= 0.0 {
        1.0
    } else if p >= 1.0 {
        0.0
    } else {
        beta_reg((n - x) as f64, x as f64 + 1.0, 1.0 - p)
    }
}

/// Chance of just `x` of `n`.
fn chance(x: u64, n: u64, p: f64) -> f64 {
    let (k, rest) = (x as f64, (n - x) as f64);
    let part = |count: f64, p: f64| if count == 0.0 { 0.0 } else { count * p.ln() };
    (ln_gamma(n as f64 + 1.0) - ln_gamma(k + 1.0) - ln_gamma(rest + 1.0) + part(k, p) + part(rest, 1.0 - p)).exp()
}

/// The share between 0 and 1 up to which something holds, to the last digits.
fn bisect(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = if low < 1e-3 && high > 2.0 * low { (low.max(high * 1e-6) * high).sqrt() } else { (low + high) / 2.0 };
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
