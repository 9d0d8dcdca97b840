//! Do statements about areas keep what they promise where areas differ for reasons of their own? Simulated with fixed seeds; the figures are printed.

use gapmap::stats::area_gradient::{MostDeprived, Quantile, Settings, careful, ridits};
use gapmap::stats::funnel_overdispersed::{Widened, about_the_whole};
use gapmap::stats::scan::{Circles, Panel, Windows, scan, scan_by_size, sizes_up_to};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Normal, Poisson};

/// Maps without a slope: of events that fall at random, and of areas whose rates vary for other reasons, at most one in twenty is told to have one.
#[test]
fn a_slope_along_deprivation_is_found_in_one_of_twenty_maps_without_one() {
    let settings = Settings { level: 0.95, quantile: Quantile::StudentT, clamp: true, per: 1000.0 };
    for (areas, variation) in [(150, 0.0), (150, 0.6), (150, 1.0), (40, 0.6)] {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let maps = 400;
        let found = (0..maps).filter(|_| {
            let people: Vec<f64> = (0..areas).map(|_| random.random_range(900.0..2600.0)).collect();
            let deprivation: Vec<f64> = people.iter().map(|_| random.random()).collect();
            let mut count = |n: &f64| {
                let v = f64::powi(variation, 2);
                let rate = if v > 0.0 { Gamma::new(1.0 / v, v).unwrap().sample(&mut random) } else { 1.0 };
                Poisson::new((0.02 * n * rate).max(1e-9)).unwrap().sample(&mut random)
            };
            let events: Vec<f64> = people.iter().map(&mut count).collect();
            let ridit = ridits(&deprivation, &people, MostDeprived::High).unwrap();
            careful(&events, &people, &ridit, settings).is_some_and(|g| g.p < 0.05)
        });
        let share = found.count() as f64 / f64::from(maps);
        println!("{areas} areas, rates vary by {variation}: a slope in {share:.3} of {maps} maps without one");
        // Twice its standard error over so many maps.
        assert!((0.02..=0.05 + 2.0 * (0.05 * 0.95 / f64::from(maps)).sqrt()).contains(&share), "{areas} {variation}: {share}");
    }
}

/// A slope that is planted is inside its interval as often as that says.
#[test]
fn the_interval_of_a_slope_covers_it() {
    let settings = Settings { level: 0.95, quantile: Quantile::StudentT, clamp: true, per: 1000.0 };
    let mut random = ChaCha8Rng::seed_from_u64(6);
    let (maps, planted) = (1_600, 2.0_f64);
    let covered = (0..maps).filter(|_| {
        let people: Vec<f64> = (0..150).map(|_| random.random_range(900.0..2600.0)).collect();
        let deprivation: Vec<f64> = people.iter().map(|_| random.random()).collect();
        let ridit = ridits(&deprivation, &people, MostDeprived::High).unwrap();
        let mut count = |(n, r): (&f64, &f64)| {
            let rate = Gamma::new(1.0 / 0.36, 0.36).unwrap().sample(&mut random);
            Poisson::new((0.02 * n * planted.powf(*r) * rate).max(1e-9)).unwrap().sample(&mut random)
        };
        let events: Vec<f64> = people.iter().zip(&ridit).map(&mut count).collect();
        let found = careful(&events, &people, &ridit, settings).unwrap().relative;
        (found.lower..=found.upper).contains(&planted)
    });
    let share = covered.count() as f64 / f64::from(maps);
    println!("a slope of {planted} lies in its interval in {share:.3} of {maps} maps");
    assert!((0.93..=0.98).contains(&share), "{share}");
}

/// Maps whose areas differ for reasons of their own, with no cluster: a scan that takes them for alike calls nearly all of them, this one at most one in twenty.
#[test]
fn a_scan_of_areas_that_differ_calls_one_map_in_twenty() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let (maps, areas, mut plain, mut varied) = (60, 80, 0, 0);
    for round in 0..maps {
        let people: Vec<f64> = (0..areas).map(|_| random.random_range(900.0..2600.0)).collect();
        let places: Vec<(f64, f64)> = (0..areas).map(|_| (random.random(), random.random())).collect();
        let circles = Circles::new(areas, |i, j| (places[i].0 - places[j].0).hypot(places[i].1 - places[j].1), &people, 0.1);
        let mut count = |n: &f64| {
            let rate = Gamma::new(1.0 / 0.36, 0.36).unwrap().sample(&mut random);
            Poisson::new((0.03 * n * rate).max(1e-9)).unwrap().sample(&mut random) as u32
        };
        let panel = Panel::poisson(1, people.iter().map(&mut count).collect(), people.clone()).unwrap();
        let alike = scan(&panel, &circles, Windows { longest: 1, living: false, fewest: 2 }, 99, round);
        plain += usize::from(alike.clusters.first().is_some_and(|c| c.p <= 0.05));
        let alpha = panel.variation_beside_neighbours(&circles);
        let (found, _) = scan_by_size(&panel.varied(alpha), &circles, &people, &sizes_up_to(0.1), 0.05, 99, round);
        varied += usize::from(found.clusters.first().is_some_and(|c| c.p <= 0.05));
    }
    println!("areas that differ, no cluster: called on {plain} of {maps} maps if taken for alike, {varied} with their variation");
    assert!(plain > 55 && varied <= 6, "{plain} {varied}");
}

/// Months of areas that waver by more than chance, and go with the months before them: something new is called in at most one of twenty.
#[test]
fn what_is_new_is_called_in_one_of_twenty_where_nothing_is() {
    let mut random = ChaCha8Rng::seed_from_u64(6);
    let (rounds, areas, times, rho) = (60, 60, 36, 0.3_f64);
    let normal = Normal::new(0.0, (1.0 - rho * rho).sqrt()).unwrap();
    let (mut plain, mut divided) = (0, 0);
    for round in 0..rounds {
        let places: Vec<(f64, f64)> = (0..areas).map(|_| (random.random(), random.random())).collect();
        let mut events = Vec::new();
        for _ in 0..areas {
            let usual = 4.0 * Gamma::new(2.8, 0.36_f64).unwrap().sample(&mut random);
            let mut before = 0.0;
            for _ in 0..times {
                before = rho * before + normal.sample(&mut random);
                let wavers = Gamma::new(14.0, 1.0 / 14.0).unwrap().sample(&mut random);
                let mean: f64 = usual * wavers * f64::exp(0.08 * before);
                events.push(Poisson::new(mean.max(1e-9)).unwrap().sample(&mut random) as u32);
            }
        }
        let usual: Vec<f64> = events.chunks(times).map(|row| row.iter().map(|n| f64::from(*n)).sum()).collect();
        let circles = Circles::new(areas, |i, j| (places[i].0 - places[j].0).hypot(places[i].1 - places[j].1), &usual, 0.1);
        let panel = Panel::permutation(times, events).unwrap();
        let windows = Windows { longest: 6, living: true, fewest: 2 };
        let called = |panel: &Panel| usize::from(scan(panel, &circles, windows, 99, round).clusters.first().is_some_and(|c| c.p <= 0.05));
        plain += called(&panel);
        let phi = panel.dispersion_over_time(6);
        divided += called(&panel.divided_by(phi));
    }
    println!("nothing new: called in {plain} of {rounds} if months were Poisson, {divided} with their variation");
    assert!(plain > 9 && divided <= 6, "{plain} {divided}");
}

/// Areas that vary at random lie outside of the widened limits as often as these say; outside of those of chance alone lie most of them.
#[test]
fn as_many_areas_lie_outside_widened_limits_as_they_say() {
    for variation in [0.0, 0.3, 0.6, 1.0] {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let (maps, mut outside, mut told, mut plain) = (100, 0.0, 0.0, 0.0);
        for _ in 0..maps {
            let expected: Vec<f64> = (0..150).map(|_| random.random_range(15.0..80.0)).collect();
            let mut count = |e: &f64| {
                let v = f64::powi(variation, 2);
                let rate = if v > 0.0 { Gamma::new(1.0 / v, v).unwrap().sample(&mut random) } else { 1.0 };
                Poisson::new((e * rate).max(1e-9)).unwrap().sample(&mut random)
            };
            let events: Vec<f64> = expected.iter().map(&mut count).collect();
            let rate = events.iter().sum::<f64>() / expected.iter().sum::<f64>();
            let expected: Vec<f64> = expected.iter().map(|e| e * rate).collect();
            let found = about_the_whole(&events, &expected).unwrap();
            let beyond = |widened: Widened| {
                let out = (0..150).filter(|i| {
                    let ((low, high), ratio) = (found.limits(*i, 0.95, widened), events[*i] / expected[*i]);
                    ratio < low || ratio > high
                });
                out.count() as f64 / f64::from(maps)
            };
            outside += beyond(Widened::Additive);
            plain += beyond(Widened::Poisson);
            told += found.outside_by_chance(&expected, 0.95) / f64::from(maps);
        }
        println!(
            "150 areas, rates vary by {variation}: {outside:.1} outside of widened limits, {told:.1} said, {plain:.1} outside of those of chance"
        );
        assert!((outside - told).abs() < 1.5, "{variation}: {outside} {told}");
    }
}
