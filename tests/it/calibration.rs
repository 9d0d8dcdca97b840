//! Do tests and intervals keep what they promise? Simulated with fixed seeds; the figures are printed.

use gapmap::stats::counts::{mean, proportion, rate};
use gapmap::stats::mann_kendall::{original, seasonal};
use gapmap::stats::multiple::benjamini_hochberg;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Normal, Poisson};

const ROUNDS: usize = 4000;

fn share(hits: usize) -> f64 {
    hits as f64 / ROUNDS as f64
}

/// Coverage of a discrete interval wavers around its level; over a spread of true values it keeps to it. Exact limits under 10 cover more.
#[test]
fn intervals_cover_what_they_say() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let mut covered = [0; 3];
    for _ in 0..ROUNDS {
        let expected: f64 = random.random_range(12.0..80.0);
        let n = Poisson::new(expected).unwrap().sample(&mut random) as u64;
        let found = rate(n, 1000.0, 1000.0, 0.95).unwrap();
        covered[0] += usize::from((found.lower..=found.upper).contains(&expected));
        let (p, of) = (random.random_range(0.05..0.95), random.random_range(40..200));
        let x = Binomial::new(of, p).unwrap().sample(&mut random);
        let found = proportion(x, of, 0.95).unwrap();
        covered[1] += usize::from((found.lower..=found.upper).contains(&p));
        let values: Vec<f64> = (0..12).map(|_| Normal::new(5.0, 2.0).unwrap().sample(&mut random)).collect();
        let found = mean(&values, 0.95).unwrap();
        covered[2] += usize::from((found.lower..=found.upper).contains(&5.0));
    }
    let covered = covered.map(share);
    println!(
        "coverage of 95 % intervals over {ROUNDS} rounds: rate {:.3}, proportion {:.3}, mean {:.3}",
        covered[0], covered[1], covered[2]
    );
    assert!(covered.iter().all(|c| (0.93..=0.97).contains(c)), "{covered:?}");
}

/// Three years of monthly counts with a strong season and no trend: the seasonal test calls no more than it says.
#[test]
fn the_seasonal_test_calls_one_in_twenty_where_nothing_changes() {
    let mut random = ChaCha8Rng::seed_from_u64(12);
    let (mut called, mut called_without_season) = (0, 0);
    for _ in 0..ROUNDS {
        let series: Vec<f64> = (0..36)
            .map(|m| {
                let season = 1.0 + 0.4 * (f64::from(m) / 12.0 * std::f64::consts::TAU).sin();
                Poisson::new(60.0 * season).unwrap().sample(&mut random)
            })
            .collect();
        called += usize::from(seasonal(&series, 12).unwrap().p < 0.05);
        called_without_season += usize::from(original(&series).unwrap().p < 0.05);
    }
    println!(
        "false alarms at 0.05 over {ROUNDS} seasonal series: seasonal {:.3}, without season {:.3}",
        share(called),
        share(called_without_season)
    );
    // A discrete test with correction for continuity calls a little less than its level.
    assert!((0.02..=0.055).contains(&share(called)), "{}", share(called));
}

/// Of what is called at a false discovery rate of 10 %, a tenth at most is false.
#[test]
fn false_discoveries_stay_under_their_rate() {
    let mut random = ChaCha8Rng::seed_from_u64(13);
    let mut sum = 0.0;
    for _ in 0..ROUNDS {
        let p: Vec<f64> = (0..50)
            .map(|i| {
                let u: f64 = random.random();
                if i < 15 { u.powi(6) } else { u }
            })
            .collect();
        let called: Vec<usize> = benjamini_hochberg(&p).iter().enumerate().filter(|(_, q)| **q <= 0.1).map(|(i, _)| i).collect();
        let wrong = called.iter().filter(|i| **i >= 15).count();
        sum += wrong as f64 / called.len().max(1) as f64;
    }
    let rate = sum / ROUNDS as f64;
    println!("false discovery rate at 0.10 over {ROUNDS} rounds of 50 tests: {rate:.3}");
    assert!((0.04..=0.1).contains(&rate), "{rate}");
}
