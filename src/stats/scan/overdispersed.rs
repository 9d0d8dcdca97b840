//! Areas differ for many reasons: a scan that takes counts for Poisson ones finds a cluster on every map. Here their variation is allowed for.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};
use rayon::prelude::*;

use super::{Circles, Panel, Windows, Zone, poisson, simulate};
use crate::stats::count_regression;

/// Rounds that bring a rate to its last digits.
const MOST_ROUNDS: usize = 100;

/// By how much areas vary about what is expected, `Σ (y − E)²/E / (n − 1)`, at least 1. `None` with fewer than two areas or an expectation that is not positive.
///
/// Taken under the null, so that a real cluster adds to it: on the careful side. Source: after Zhang, Zhang and Lin 2012.
///
/// ```
/// assert_eq!(gapmap::stats::scan::dispersion(&[2.0, 6.0], &[4.0, 4.0]), Some(2.0));
/// ```
pub fn dispersion(events: &[f64], expected: &[f64]) -> Option<f64> {
    pearson(events, expected).map(|chi2| (chi2 / (events.len() as f64 - 1.0)).max(1.0))
}

/// The same with the strongest zone and the rest at their own rates, and a degree of freedom less: a real cluster adds nothing to it.
pub fn dispersion_beside(events: &[f64], expected: &[f64], members: &[usize]) -> Option<f64> {
    let inside = |i: usize| members.contains(&i);
    let sum = |of: &[f64], within: bool| (0..of.len()).filter(|i| inside(*i) == within).map(|i| of[i]).sum::<f64>();
    let rates = [false, true].map(|within| sum(events, within) / sum(expected, within));
    let own: Vec<f64> = (0..expected.len()).map(|i| expected[i] * rates[usize::from(inside(i))]).collect();
    // A rate of 0 has nothing that could vary.
    let varied: Vec<usize> = (0..own.len()).filter(|i| own[*i] > 0.0).collect();
    let pick = |of: &[f64]| varied.iter().map(|i| of[*i]).collect::<Vec<_>>();
    pearson(&pick(events), &pick(&own)).filter(|_| events.len() > 2).map(|chi2| (chi2 / (events.len() as f64 - 2.0)).max(1.0))
}

fn pearson(events: &[f64], expected: &[f64]) -> Option<f64> {
    let sound = events.len() == expected.len() && events.len() > 1 && expected.iter().all(|e| e.is_finite() && *e > 0.0);
    sound.then(|| events.iter().zip(expected).map(|(y, e)| (y - e).powi(2) / e).sum())
}

/// Strength of each zone as a Poisson scan has it.
pub fn poisson_strengths(zones: &[Zone], total: f64) -> Vec<(Zone, f64)> {
    let of = |z: &Zone| if z.expected > 0.0 && z.expected < total { poisson(z.observed, z.expected, total) } else { 0.0 };
    zones.iter().map(|z| (*z, of(z))).collect()
}

/// The strongest Poisson zone of each of `draws` maps made by chance, ascending: events fall where people are.
pub fn poisson_null(events: &[f64], expected: &[f64], circles: &Circles, draws: usize, seed: u64) -> Option<Vec<f64>> {
    let panel = Panel::poisson(1, events.iter().map(|y| *y as u32).collect(), expected.to_vec())?;
    Some(simulate::maxima(&panel, circles, Windows { longest: 1, living: false, fewest: 0 }, draws, seed))
}

/// `(1 + #{null ≥ strength})/(R + 1)`, equal up to rounding counted as equal; `null` ascending.
pub fn p_value(strength: f64, null: &[f64]) -> f64 {
    let weaker = null.partition_point(|l| *l < strength - 1e-9 * strength.max(1.0));
    (1 + null.len() - weaker) as f64 / (null.len() + 1) as f64
}

/// A negative binomial null: counts of mean `θ E` and variance `μ + α μ²`.
#[derive(Clone, PartialEq, Debug)]
pub struct NegativeBinomialNull {
    /// Variation of rates between areas.
    pub alpha: f64,
    /// One rate for all.
    pub theta: f64,
    expected: Vec<f64>,
}

impl NegativeBinomialNull {
    /// α by moments: `Σ (y − E)²/(E(1 + αE)) = n − 1`, 0 where areas vary no more than Poisson counts; θ by maximum likelihood given it.
    pub fn by_moments(events: &[f64], expected: &[f64]) -> Option<Self> {
        let free = events.len() as f64 - 1.0;
        let left = |alpha: f64| events.iter().zip(expected).map(|(y, e)| (y - e).powi(2) / (e * (1.0 + alpha * e))).sum::<f64>() - free;
        pearson(events, expected)?;
        if left(0.0) <= 0.0 {
            return Self::given(0.0, events, expected);
        }
        let (mut low, mut high) = (0.0, 1.0);
        while left(high) > 0.0 && high < 1e9 {
            high *= 2.0;
        }
        for _ in 0..200 {
            let middle = (low + high) / 2.0;
            if left(middle) > 0.0 { low = middle } else { high = middle }
        }
        Self::given((low + high) / 2.0, events, expected)
    }

    /// α and θ by maximum likelihood together.
    pub fn by_likelihood(events: &[f64], expected: &[f64]) -> Option<Self> {
        pearson(events, expected)?;
        let offset: Vec<f64> = expected.iter().map(|e| e.ln()).collect();
        let fit = count_regression::negative_binomial(events, &vec![vec![1.0]; events.len()], &offset)?;
        Some(Self { alpha: fit.alpha, theta: fit.coefficients[0].exp(), expected: expected.to_vec() })
    }

    fn given(alpha: f64, events: &[f64], expected: &[f64]) -> Option<Self> {
        let theta = theta(alpha, events, expected, &mut (0..events.len()))?;
        Some(Self { alpha, theta, expected: expected.to_vec() })
    }

    /// Strength of each zone with a rate of its own inside and outside, α held; 0 where the rate inside is not the higher.
    pub fn strengths(&self, zones: &[Zone], circles: &Circles, events: &[f64]) -> Vec<(Zone, f64)> {
        let Some(one) = theta(self.alpha, events, &self.expected, &mut (0..events.len())) else {
            return zones.iter().map(|z| (*z, 0.0)).collect();
        };
        let likelihoods: Vec<f64> = (0..events.len()).map(|i| self.likelihood(events[i], one * self.expected[i])).collect();
        let whole: f64 = likelihoods.iter().sum();
        let mut inside = vec![false; events.len()];
        let mut of = |zone: &Zone| {
            let members = &circles.around(zone.centre)[..zone.size];
            members.iter().for_each(|m| inside[*m as usize] = true);
            let strength = self.rates(&inside, events).map_or(0.0, |rates| self.gain(&inside, events, rates, whole));
            members.iter().for_each(|m| inside[*m as usize] = false);
            strength
        };
        zones.iter().map(|z| (*z, of(z))).collect()
    }

    /// Rates inside and outside of a zone.
    pub fn rates_of(&self, zone: &Zone, circles: &Circles, events: &[f64]) -> Option<(f64, f64)> {
        let mut inside = vec![false; events.len()];
        circles.around(zone.centre)[..zone.size].iter().for_each(|m| inside[*m as usize] = true);
        self.rates(&inside, events)
    }

    fn rates(&self, inside: &[bool], events: &[f64]) -> Option<(f64, f64)> {
        let rate = |within: bool| theta(self.alpha, events, &self.expected, &mut (0..events.len()).filter(|i| inside[*i] == within));
        Some((rate(true)?, rate(false)?))
    }

    fn gain(&self, inside: &[bool], events: &[f64], (high, low): (f64, f64), whole: f64) -> f64 {
        if high <= low {
            return 0.0;
        }
        let of = |i: usize| self.likelihood(events[i], if inside[i] { high } else { low } * self.expected[i]);
        ((0..events.len()).map(of).sum::<f64>() - whole).max(0.0)
    }

    /// The part of the log likelihood that the mean decides.
    fn likelihood(&self, y: f64, mean: f64) -> f64 {
        let rise = if y > 0.0 { y * mean.ln() } else { 0.0 };
        if self.alpha > 0.0 { rise - (y + 1.0 / self.alpha) * (self.alpha * mean).ln_1p() } else { rise - mean }
    }

    /// The strongest zone of each of `draws` maps of counts that vary as this null says, ascending. α is held, θ fitted anew.
    pub fn null(&self, zones: &[Zone], circles: &Circles, draws: usize, seed: u64) -> Vec<f64> {
        let one = |draw: usize| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(draw as u64);
            let events: Vec<f64> = self.expected.iter().map(|e| self.draw(*e, &mut rng)).collect();
            self.strengths(zones, circles, &events).into_iter().map(|z| z.1).fold(0.0, f64::max)
        };
        let mut all: Vec<f64> = (0..draws).into_par_iter().map(one).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    fn draw(&self, expected: f64, rng: &mut ChaCha8Rng) -> f64 {
        let mean = if self.alpha > 0.0 {
            Gamma::new(1.0 / self.alpha, self.alpha * expected).map_or(expected, |g| g.sample(rng))
        } else {
            expected
        };
        Poisson::new(mean).map_or(0.0, |p| p.sample(rng))
    }
}

/// The likeliest rate of some areas: where `Σ (y − θE)/(1 + αθE)` is 0. `None` without areas.
fn theta(alpha: f64, events: &[f64], expected: &[f64], areas: &mut (impl Iterator<Item = usize> + Clone)) -> Option<f64> {
    let (c, e) = areas.clone().fold((0.0, 0.0), |(c, e), i| (c + events[i], e + expected[i]));
    if e <= 0.0 {
        return None;
    }
    let mut theta = c / e;
    if alpha == 0.0 || c == 0.0 {
        return Some(theta);
    }
    for _ in 0..MOST_ROUNDS {
        let (mut slope, mut value) = (0.0, 0.0);
        for i in areas.clone() {
            let (y, e) = (events[i], expected[i]);
            let wide = 1.0 + alpha * theta * e;
            value += (y - theta * e) / wide;
            slope -= e * (1.0 + alpha * y) / (wide * wide);
        }
        let next = (theta - value / slope).max(theta / 4.0);
        let done = (next - theta).abs() <= 1e-14 * theta;
        theta = next;
        if done {
            break;
        }
    }
    theta.is_finite().then_some(theta)
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::stats::scan::scan;

    /// Whether the strongest circle is called on a map whose areas vary by themselves, with so many events more in one area.
    fn called(alpha: f64, more: u32, seed: u64) -> bool {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let places: Vec<(f64, f64)> = (0..24).map(|_| (random.random(), random.random())).collect();
        let circles = Circles::new(24, |i, j| (places[i].0 - places[j].0).hypot(places[i].1 - places[j].1), &[1500.0; 24], 0.2);
        let gamma = Gamma::new(1.0 / alpha, alpha).unwrap();
        let mut events: Vec<u32> =
            (0..24).map(|_| Poisson::new((30.0 * gamma.sample(&mut random)).max(1e-9)).unwrap().sample(&mut random) as u32).collect();
        events[7] += more;
        let panel = Panel::poisson(1, events, vec![1.0; 24]).unwrap();
        let alpha = panel.variation_beside_neighbours(&circles);
        let found = scan(&panel.varied(alpha), &circles, Windows { longest: 1, living: false, fewest: 2 }, 99, seed);
        found.clusters.first().is_some_and(|c| c.p <= 0.05)
    }

    #[test]
    fn an_area_that_holds_most_of_the_events_is_called_and_areas_that_only_vary_are_not() {
        assert!((0..10).all(|seed| called(0.3, 6_000, seed)), "nine of ten events in one area");
        for alpha in [0.3, 1.0] {
            let false_alarms = (0..100).filter(|seed| called(alpha, 0, *seed)).count();
            assert!(false_alarms <= 12, "{false_alarms} of 100 at {alpha}");
        }
    }
}
