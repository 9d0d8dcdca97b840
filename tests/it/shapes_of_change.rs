//! Does the one model of change keep its rate of false alarms, and does it find what is there? Simulated with fixed seeds; the figures are printed.

use gapmap::stats::interrupted_ar1::{Interrupted, Model, RhoFrom, fit};
use gapmap::stats::monthly::MonthCount;
use gapmap::stats::outcomes::{Limits, Report, Rules, cohorts, curve};
use gapmap::stats::segmented::{Convention, CountSeries, Family, Found, Shape, choose, latest, usual_range};
use gapmap::stats::synthetic_control::{Scale, Setting, compare};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Normal, Poisson};

const DAYS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];

/// Months as they are: a season of 8 %, negative binomial counts, months that waver by 8 % and go with the one before (ρ 0.3), times `course`.
fn months(random: &mut ChaCha8Rng, n: usize, mean: f64, course: impl Fn(usize) -> f64) -> Vec<MonthCount> {
    let normal = Normal::new(0.0, 1.0).unwrap();
    let (rho, spread, alpha) = (0.3_f64, 0.08, 0.003);
    let mut state: f64 = normal.sample(random);
    (0..n)
        .map(|t| {
            let season = 1.0 + 0.08 * ((t % 12) as f64 / 12.0 * std::f64::consts::TAU).cos();
            let wavering = Gamma::new(1.0 / alpha, alpha).unwrap().sample(random);
            let expected = mean * season * DAYS[t % 12] / 30.4 * (spread * state).exp() * wavering * course(t);
            state = rho * state + (1.0 - rho * rho).sqrt() * normal.sample(random);
            let events = Poisson::new(expected).unwrap().sample(random) as u64;
            MonthCount { events: Some(events), days: DAYS[t % 12], of_year: (t % 12) as u32 }
        })
        .collect()
}

#[test]
fn flat_series_are_told_a_shape_no_more_often_than_stated_and_their_forecasts_hold() {
    let mut random = ChaCha8Rng::seed_from_u64(41);
    let (mut told, mut of, mut held, mut ahead) = (0, 0, 0, 0);
    for (n, before) in [(24, 0), (36, 0), (60, 0), (18, 24)] {
        for mean in [15.0, 100.0, 600.0] {
            let mut here = 0;
            for _ in 0..50 {
                let all = months(&mut random, before + n + 3, mean, |t| if t < before { 2.0 } else { 1.0 });
                let (seen, next) = all.split_at(before + n);
                let starts = if before > 0 { vec![0, before] } else { vec![0] };
                let found = latest(seen, &starts, 0.95).unwrap();
                here += usize::from(found.shape != Shape::Flat);
                let months: Vec<(f64, u32)> = next.iter().map(|m| (m.days, m.of_year)).collect();
                for (guess, month) in found.forecast(&months, 0.95).iter().zip(next) {
                    let y = month.events.unwrap() as f64;
                    held += usize::from(guess.lower.floor() <= y && y <= guess.upper.ceil());
                    ahead += 1;
                }
            }
            println!("flat, {n} months ({before} before a break), {mean} a month: {here} of 50 are told a shape");
            told += here;
            of += 50;
        }
    }
    let (rate, coverage) = (told as f64 / of as f64, held as f64 / ahead as f64);
    println!("shapes told of flat series: {rate:.3} of {of}; 95 % ranges of forecasts hold {coverage:.3} of {ahead}");
    assert!(rate <= 0.05, "{rate}");
    assert!((0.93..=0.99).contains(&coverage), "{coverage}");
}

#[test]
fn a_rise_of_two_thirds_is_found_with_its_size() {
    let mut random = ChaCha8Rng::seed_from_u64(42);
    for (n, mean) in [(36, 60.0), (36, 300.0), (60, 60.0)] {
        let (onset, rounds) = (2 * n / 3, 60);
        let (mut found, mut near, mut covered, mut placed) = (0, 0, 0, 0);
        for _ in 0..rounds {
            let series = months(&mut random, n, mean, |t| if t < onset { 1.0 } else { 1.65 });
            let model = latest(&series, &[0], 0.95).unwrap();
            let Some(step) = model.change.step else { continue };
            found += 1;
            near += usize::from((step.value - 65.0).abs() <= 13.0);
            covered += usize::from(step.lower <= 65.0 && 65.0 <= step.upper);
            placed += usize::from(model.onset_range.is_some_and(|(a, b)| a <= onset && onset <= b));
        }
        println!(
            "a step of 65 %, {n} months, {mean} a month: told as a step in {found} of {rounds}, within a fifth {near}, limits hold it {covered}, onset {placed}"
        );
        assert!(found * 100 >= 88 * rounds, "{found}");
        assert!(near * 10 >= 7 * found && covered * 100 >= 93 * found && placed * 10 >= 9 * found, "{near} {covered} {placed}");
    }
}

#[test]
fn a_change_at_a_break_is_none_and_the_usual_range_follows_the_shape() {
    let mut random = ChaCha8Rng::seed_from_u64(43);
    let series = months(&mut random, 60, 200.0, |t| if t < 24 { 1.65 } else { 1.0 });
    let across = latest(&series, &[0], 0.95).unwrap();
    assert_eq!((across.shape, across.onset), (Shape::Step, Some(24)));
    let apart = latest(&series, &[0, 24], 0.95).unwrap();
    assert_eq!(apart.shape, Shape::Flat, "{:?}", apart.change);
    let alarms = |model: Option<&Found>, starts: &[usize]| {
        usual_range(&series, starts, model).iter().flatten().filter(|r| r.signal.is_some()).count()
    };
    // Told as a step, the months are usual again; without it, a third of them are alarms.
    let (plain, about) = (alarms(None, &[0]), alarms(Some(&across), &[0]));
    println!("alarms of a series with a step: {plain} on a plain chart, {about} about its model");
    assert!(plain > 20 && about < 8, "{plain} {about}");
}

#[test]
fn nothing_is_told_of_what_cannot_be_fitted_and_nothing_panics() {
    let month = |events: Option<u64>, days: f64, of_year: u32| MonthCount { events, days, of_year };
    let flat = |n: u32, events: Option<u64>| -> Vec<MonthCount> { (0..n).map(|t| month(events, 30.0, t % 12)).collect() };
    for (series, starts) in [
        (vec![], vec![0]),
        (flat(1, Some(3)), vec![0]),
        (flat(60, None), vec![0]),
        (flat(60, Some(0)), vec![0]),
        (flat(60, Some(7)), vec![]),
        (flat(60, Some(7)), vec![0, 59, 900]),
        (flat(60, Some(7)), vec![30, 0, 30]),
        (flat(60, Some(u64::from(u32::MAX))), vec![0]),
        ((0..60).map(|t| month(Some(5), if t % 2 == 0 { f64::NAN } else { 0.0 }, 99)).collect(), vec![0]),
    ] {
        let found = latest(&series, &starts, 0.95);
        usual_range(&series, &starts, found.as_ref());
        if let Some(found) = found {
            assert!(found.fitted.iter().all(|m| m.is_finite()), "{found:?}");
            assert_eq!(found.shape, Shape::Flat, "{found:?}");
            found.forecast(&[(31.0, 0), (0.0, 77), (f64::NAN, 1)], 0.95);
        }
    }
    let how = Convention { shapes: vec![Shape::Bend], min_segment: 0, onset_parameters: 0, phi_from: Shape::LineStep, level: 2.0 };
    for family in [Family::Poisson, Family::NegativeBinomial, Family::QuasiPoisson, Family::QuasiPoissonAr1] {
        for level in [2.0, 0.9] {
            let how = Convention { level, ..how.clone() };
            let short = CountSeries { counts: &[1.0, f64::NAN], offset: &[0.0], at: &[0, 0], base: &[], from: 9 };
            assert!(choose(&short, &how, family).is_none());
            let (at, base) = ([0, 1, 2, 3, 4], vec![vec![1.0]; 5]);
            let whole = CountSeries { counts: &[0.0, 0.0, 0.0, 0.0, 0.0], offset: &[0.0; 5], at: &at, base: &base, from: 0 };
            assert!(choose(&whole, &how, family).is_none());
        }
    }
}

#[test]
fn events_mixes_and_outcomes_of_nothing_are_nothing() {
    let model = Model {
        log: true,
        trend: true,
        slope_change: true,
        harmonics: 1,
        rho_from: RhoFrom::Regression,
        level: 0.95,
        power: 0.8,
        normal_detectable: false,
    };
    for (y, change_at) in
        [(vec![], 0), (vec![1.0], 0), (vec![0.0; 40], 20), (vec![f64::NAN; 40], 20), (vec![5.0; 40], 99), (vec![5.0; 40], 0)]
    {
        assert!(fit(&Interrupted { y: &y, change_at, start_month: 0 }, &model).is_none(), "{y:?} {change_at}");
    }
    let setting = |treated, change_at| Setting { scale: Scale::Log, demean: true, ridge: 0.0, exclude: vec![7], treated, change_at };
    assert!(compare(&[], &setting(0, 1)).is_none());
    assert!(compare(&[vec![1.0, 2.0]], &setting(0, 1)).is_none());
    assert!(compare(&[vec![1.0, 2.0], vec![0.0, 1.0]], &setting(0, 1)).is_none());
    assert!(compare(&[vec![1.0, 2.0], vec![1.0, 1.0]], &setting(9, 1)).is_none());
    // More donors than months, two of them the same: some best mix, and it sums to 1.
    let many: Vec<Vec<f64>> = (0..9).map(|i| vec![2.0 + f64::from(i % 3), 3.0, 4.0]).collect();
    let found = compare(&many, &setting(0, 2)).unwrap();
    assert!((found.treated.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && found.treated.weights.iter().all(|w| *w >= 0.0));
    let rules = Rules { extract_month: 3, mature_after_months: 6, small_below: 5, level: 0.95 };
    assert!(cohorts(&[], 2, &rules).is_none() && curve(&[], 2, Limits::Log, 0.95).is_none());
    let odd = |month, observed, outcome| Report { month, observed, outcome };
    assert!(cohorts(&[odd(i64::MIN, 1.0, None), odd(i64::MAX, 1.0, None)], 1, &rules).is_none());
    // An outcome that nobody knows is counted as an outcome, and no share is told of it.
    let known = curve(&[odd(0, f64::NAN, Some(0)), odd(0, -1.0, Some(9)), odd(0, 2.0, Some(0))], 1, Limits::Plain, 0.95).unwrap();
    assert_eq!(known.steps.last().map(|s| (s.survival, s.standard_error)), Some((0.0, None)));
}
