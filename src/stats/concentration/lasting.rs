//! What of a concentration lasts once the chance of few events is taken out: areas whose rates follow a gamma distribution, with Poisson counts.

use statrs::function::gamma::{gamma_ur, ln_gamma};

use super::Curve;
use crate::stats::count_regression::negative_binomial;
use crate::units::Estimate;

/// The concentration of rates, without that of chance.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lasting {
    /// Variance of the factor by which rates of areas differ, with its limits by the profile of the likelihood; 0 where they differ by no more than chance.
    pub alpha: Estimate,
    /// Share of what is to be expected in the top share of areas.
    pub top: Estimate,
    /// Share of areas with half of what is to be expected.
    pub half: Estimate,
}

/// Half a χ² of one degree at 95 %: by so much the likelihood falls at a limit.
const FALL: f64 = 1.920_729_410_347_062;
/// A variance below this is none.
const NONE: f64 = 1e-5;
/// The most that is looked at: with a variance of 50 nearly all areas have nothing.
const MOST: f64 = 50.0;
/// Areas of about the same number of people are looked at together from so many on.
const PEOPLE: usize = 300;

/// The concentration of rates that follow a gamma distribution about those of people, with limits at 95 %.
///
/// Counts are `Poisson(rᵢ · people)`, `rᵢ` gamma with variance `α` about its mean: a negative binomial, fitted by maximum likelihood. The share in the top
/// areas is that of the distribution of rates times people, whose chance above `x` is the mean of `Q(1/α, x/(α pᵢ))`, and events above it those with
/// `1/α + 1`: no count is in it. Limits are those of α, of which both shares are monotone.
///
/// `None` where there are fewer than three areas, nothing was counted, or the fit has no answer.
///
/// Source: Mohler, Brantingham, Carter and Short 2019. Checked: the curve of a gamma distribution, and draws (`concentration`).
///
/// ```
/// let counts = [30.0, 2.0, 1.0, 4.0, 0.0, 18.0, 3.0, 2.0, 6.0, 1.0, 0.0, 9.0];
/// let found = gapmap::stats::concentration::lasting(&counts, &[100.0; 12], 0.25).unwrap();
/// assert!(found.alpha.lower > 0.2 && found.top.value > 0.5 && found.top.lower < found.top.value);
/// ```
pub fn lasting(events: &[f64], people: &[f64], top: f64) -> Option<Lasting> {
    if events.len() < 3 || events.len() != people.len() || people.iter().any(|p| !(p.is_finite() && *p > 0.0)) {
        return None;
    }
    let offset: Vec<f64> = people.iter().map(|p| p.ln()).collect();
    let fit = negative_binomial(events, &vec![vec![1.0]; events.len()], &offset)?;
    let alpha = if fit.alpha < NONE { 0.0 } else { fit.alpha.min(MOST) };
    let likely = |a: f64| profile(events, people, a);
    let highest = likely(alpha);
    let within = |a: f64| highest - likely(a) <= FALL;
    let lower = if alpha == 0.0 || within(0.0) { 0.0 } else { edge(alpha, NONE, within) };
    let upper = if within(MOST) { MOST } else { edge(alpha.max(NONE), MOST, within) };
    let spread = Spread::new(people);
    let of = |told: fn(&Spread, f64, f64) -> f64, share: f64| {
        let [value, one, other] = [alpha, lower, upper].map(|a| told(&spread, a, share));
        Estimate { value, lower: one.min(other), upper: one.max(other), level: 0.95 }
    };
    Some(Lasting {
        alpha: Estimate { value: alpha, lower, upper, level: 0.95 },
        top: of(Spread::held_by, top),
        half: of(Spread::holding, 0.5),
    })
}

/// Where, between a variance that is within and one that is not, the edge lies: on the log scale.
fn edge(within: f64, beyond: f64, is_within: impl Fn(f64) -> bool) -> f64 {
    let (mut inside, mut outside) = (within.ln(), beyond.ln());
    for _ in 0..40 {
        let middle = (inside + outside) / 2.0;
        if is_within(middle.exp()) { inside = middle } else { outside = middle }
    }
    inside.exp()
}

/// The log likelihood of a variance at the rate that fits best with it, without the terms of the counts alone.
fn profile(events: &[f64], people: &[f64], alpha: f64) -> f64 {
    let mut rate = events.iter().sum::<f64>() / people.iter().sum::<f64>();
    if alpha < NONE {
        return events.iter().zip(people).map(|(y, p)| y * (rate * p).ln() - rate * p).sum();
    }
    let a = 1.0 / alpha;
    for _ in 0..50 {
        // A step of scoring on the logarithm of the rate.
        let (mut slope, mut weight) = (0.0, 0.0);
        for (y, p) in events.iter().zip(people) {
            let m = rate * p;
            slope += (y - m) / (1.0 + alpha * m);
            weight += m / (1.0 + alpha * m);
        }
        let step = (slope / weight).clamp(-1.0, 1.0);
        rate *= step.exp();
        if step.abs() < 1e-12 {
            break;
        }
    }
    let one = |(y, p): (&f64, &f64)| {
        let m = rate * p;
        // As α falls to nothing this becomes the Poisson one: the gamma functions less their leading term.
        let rising = ln_gamma(y + a) - ln_gamma(a) - y * a.ln();
        rising + y * m.ln() - (y + a) * (m / a).ln_1p()
    };
    events.iter().zip(people).map(one).sum()
}

/// The distribution of what is to be expected in areas of these people.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Numbers of people, and how many areas have about so many.
    people: Vec<(f64, f64)>,
}

impl Spread {
    /// Of the people of each area.
    pub fn new(people: &[f64]) -> Self {
        let mut sorted = people.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let together = sorted.len().div_ceil(PEOPLE).max(1);
        let of = |c: &[f64]| (c.iter().sum::<f64>() / c.len() as f64, c.len() as f64);
        Self { people: sorted.chunks(together).map(of).collect() }
    }

    /// The share of what is expected in the top share of areas, where rates vary by `alpha`.
    ///
    /// ```
    /// use gapmap::stats::concentration::Spread;
    /// let alike = Spread::new(&[1.0; 50]);
    /// // Rates that are exponential: p (1 − ln p).
    /// assert!((alike.held_by(1.0, 0.1) - 0.1 * (1.0 - 0.1_f64.ln())).abs() < 1e-9);
    /// assert!((alike.held_by(0.0, 0.1) - 0.1).abs() < 1e-12);
    /// ```
    pub fn held_by(&self, alpha: f64, areas: f64) -> f64 {
        if alpha < NONE {
            return self.even().map_or(areas, |c| c.held_by(areas));
        }
        let x = self.where_falls_to(|x| self.areas_above(alpha, x), areas);
        self.events_above(alpha, x)
    }

    /// The share of areas with this share of what is expected.
    pub fn holding(&self, alpha: f64, events: f64) -> f64 {
        if alpha < NONE {
            return self.even().map_or(events, |c| c.holding(events));
        }
        let x = self.where_falls_to(|x| self.events_above(alpha, x), events);
        self.areas_above(alpha, x)
    }

    /// Where all have the same rate.
    fn even(&self) -> Option<Curve> {
        Curve::new(&self.people.iter().flat_map(|(p, n)| std::iter::repeat_n(*p, *n as usize)).collect::<Vec<f64>>())
    }

    fn areas_above(&self, alpha: f64, x: f64) -> f64 {
        let k = 1.0 / alpha;
        let all: f64 = self.people.iter().map(|(_, n)| n).sum();
        self.people.iter().map(|(p, n)| n * tail(k, k * x / p)).sum::<f64>() / all
    }

    fn events_above(&self, alpha: f64, x: f64) -> f64 {
        let k = 1.0 / alpha;
        let all: f64 = self.people.iter().map(|(p, n)| n * p).sum();
        self.people.iter().map(|(p, n)| n * p * tail(k + 1.0, k * x / p)).sum::<f64>() / all
    }

    /// Where a share that falls as a rate rises is so much.
    fn where_falls_to(&self, share: impl Fn(f64) -> f64, wanted: f64) -> f64 {
        let most = self.people.iter().map(|(p, _)| *p).fold(0.0, f64::max);
        // From far below any area to far above: 1e-30 to 1e4 times the largest.
        let (mut low, mut high) = ((most * 1e-30).ln(), (most * 1e4).ln());
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if share(middle.exp()) > wanted { low = middle } else { high = middle }
        }
        ((low + high) / 2.0).exp()
    }
}

/// Chance of a gamma value of this shape above `x`.
fn tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(shape, x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_highest_at_the_fit_and_meets_the_poisson_one() {
        let events: Vec<f64> = (0..40).map(|i| f64::from((i * i * 7 + 3 * i) % 23)).collect();
        let people: Vec<f64> = (0..40).map(|i| 900.0 + 31.0 * f64::from(i % 9)).collect();
        let found = lasting(&events, &people, 0.1).unwrap();
        let at = |a: f64| profile(&events, &people, a);
        let best = at(found.alpha.value);
        assert!(best >= at(found.alpha.value * 1.02) && best >= at(found.alpha.value / 1.02));
        assert!((best - at(found.alpha.lower) - FALL).abs() < 1e-4 && (best - at(found.alpha.upper) - FALL).abs() < 1e-4);
        // The slope at the Poisson end is some hundreds for each unit of the variance.
        assert!((at(0.0) - at(1e-5)).abs() < 1e-2, "{} {}", at(0.0), at(1e-5));
    }

    #[test]
    fn shares_are_monotone_in_the_variance_of_rates() {
        let spread = Spread::new(&(0..70).map(|i| 500.0 + f64::from(i) * 9.0).collect::<Vec<f64>>());
        let of = |a: f64| (spread.held_by(a, 0.1), spread.holding(a, 0.5));
        let all: Vec<(f64, f64)> = [0.0, 0.01, 0.1, 0.5, 1.0, 4.0, 40.0].map(of).to_vec();
        assert!(all.windows(2).all(|w| w[1].0 > w[0].0 && w[1].1 < w[0].1), "{all:?}");
    }
}
