//! What chance gives: the same events dealt out over the areas again and again.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Gamma};
use rayon::prelude::*;

use super::{Curve, in_top};

/// The range of a number over many draws.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Chance {
    /// Its mean.
    pub mean: f64,
    /// Below it lie 2.5 % of the draws.
    pub lower: f64,
    /// Above it lie 2.5 % of the draws.
    pub upper: f64,
    /// Chance of as much or more, `(1 + #≥)/(R + 1)`.
    pub p_more: f64,
    /// Chance of as much or less, `(1 + #≤)/(R + 1)`.
    pub p_less: f64,
}

impl Chance {
    fn of(mut drawn: Vec<f64>, observed: f64) -> Self {
        // Draws that are as much but for rounding are as much.
        let near = 1e-12 * observed.abs().max(1.0);
        let more = drawn.iter().filter(|x| **x >= observed - near).count();
        let less = drawn.iter().filter(|x| **x <= observed + near).count();
        let draws = drawn.len();
        drawn.sort_unstable_by(f64::total_cmp);
        let at = |p: f64| drawn[((p * (draws + 1) as f64) as usize).clamp(1, draws) - 1];
        let p = |n: usize| (1 + n) as f64 / (draws + 1) as f64;
        Self { mean: drawn.iter().sum::<f64>() / draws as f64, lower: at(0.025), upper: at(0.975), p_more: p(more), p_less: p(less) }
    }
}

/// What is dealt out: so many events over areas, each by its share of the people; where rates vary, by a gamma factor of its own as well.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'a> {
    /// People of each area; all alike where areas are.
    pub people: &'a [f64],
    /// How many events.
    pub events: u64,
    /// Variance of the factor by which the rates of areas differ; 0 where the rate is the same for all.
    pub alpha: f64,
    /// How many times.
    pub draws: usize,
    /// Depends on it alone.
    pub seed: u64,
}

impl Drawn<'_> {
    fn map(&self, draw: usize) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(draw as u64 + 1);
        let rates = (self.alpha > 0.0).then(|| Gamma::new(1.0 / self.alpha, self.alpha).ok()).flatten();
        let shares: Vec<f64> = self.people.iter().map(|p| p * rates.as_ref().map_or(1.0, |g| g.sample(&mut random))).collect();
        // One area after the other takes its binomial share of what is left: a multinomial.
        let (mut left, mut rest) = (self.events, shares.iter().sum::<f64>());
        let last = shares.iter().rposition(|s| *s > 0.0).unwrap_or(0);
        let deal = |(i, share): (usize, &f64)| {
            let taken = match i {
                _ if left == 0 => 0,
                i if i == last => left,
                _ => Binomial::new(left, (share / rest).clamp(0.0, 1.0)).map_or(0, |b| b.sample(&mut random)).min(left),
            };
            left -= taken;
            rest = (rest - share).max(f64::MIN_POSITIVE);
            taken as f64
        };
        shares.iter().enumerate().map(deal).collect()
    }
}

/// How much events are concentrated by chance: for each share of areas the share of events in it, and, last, the share of areas with half of them, each
/// beside what was observed.
///
/// ```
/// use gapmap::stats::concentration::{Curve, Drawn, by_chance};
/// let people = [1.0; 40];
/// let events: Vec<f64> = (0..40).map(|i| if i < 4 { 30.0 } else { 5.0 }).collect();
/// let drawn = Drawn { people: &people, events: 300, alpha: 0.0, draws: 199, seed: 1 };
/// let found = by_chance(&drawn, &Curve::new(&events).unwrap(), &[0.1]);
/// assert!(found[0].upper < 0.3 && found[0].p_more == 1.0 / 200.0);
/// ```
pub fn by_chance(drawn: &Drawn, observed: &Curve, areas: &[f64]) -> Vec<Chance> {
    let of = |curve: &Curve| -> Vec<f64> { areas.iter().map(|a| curve.held_by(*a)).chain([curve.holding(0.5)]).collect() };
    let rows: Vec<Vec<f64>> = (0..drawn.draws).into_par_iter().filter_map(|draw| Curve::new(&drawn.map(draw)).map(|c| of(&c))).collect();
    if rows.is_empty() {
        return vec![];
    }
    let seen = of(observed);
    seen.iter().enumerate().map(|(k, x)| Chance::of(rows.iter().map(|r| r[k]).collect(), *x)).collect()
}

/// The share of later events in the areas that had most before, were the later rates of areas drawn anew: nothing lasts.
pub fn kept_by_chance(drawn: &Drawn, before: &[f64], observed: f64, top: f64) -> Option<Chance> {
    let parts = in_top(before, top);
    let share = |map: Vec<f64>| {
        let all: f64 = map.iter().sum();
        (all > 0.0).then(|| parts.iter().zip(&map).map(|(part, n)| part * n).sum::<f64>() / all)
    };
    let shares: Vec<f64> = (0..drawn.draws).into_par_iter().filter_map(|draw| share(drawn.map(draw))).collect();
    (!shares.is_empty()).then(|| Chance::of(shares, observed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws that come out beyond the 95 % range, of so many.
    fn beyond(alpha: f64, of: usize, told: impl Fn(&Drawn, &[f64]) -> bool) -> usize {
        let people: Vec<f64> = (0..60).map(|i| 800.0 + 20.0 * f64::from(i % 40)).collect();
        let one = |seed: usize| {
            let drawn = Drawn { people: &people, events: 500, alpha, draws: 199, seed: 7_000 + seed as u64 };
            // The map that is looked at is none of those that chance is taken from.
            told(&drawn, &drawn.map(10_000))
        };
        (0..of).filter(|seed| one(*seed)).count()
    }

    #[test]
    fn an_even_risk_is_called_concentrated_at_the_stated_rate() {
        let called = beyond(0.0, 60, |drawn, map| {
            let c = by_chance(drawn, &Curve::new(map).unwrap(), &[0.1])[0];
            c.p_more <= 0.025 || c.p_less <= 0.025
        });
        // 5 % of 60: more than 8 come about once in 250.
        assert!(called <= 8, "{called}");
    }

    #[test]
    fn rates_that_are_drawn_anew_are_not_called_lasting() {
        let called = beyond(0.4, 60, |drawn, map| {
            let before = drawn.map(20_000);
            let observed = super::super::kept(&before, map, 0.1).unwrap();
            kept_by_chance(drawn, &before, observed, 0.1).unwrap().p_more <= 0.025
        });
        assert!(called <= 6, "{called}");
    }
}
