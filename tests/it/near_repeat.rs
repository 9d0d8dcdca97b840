//! From one month to the next: chance is called chance though areas, months and neighbours vary, what goes on is found, and homes are never asked.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, NearRepeat};
use gapmap::plan::Plan;
use gapmap::stats::near_months::carried_over;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, Poisson};

use crate::study_files::Study;

const ORDER: &str = "near-repeat/police/public-order-offences/areas";

fn asked(settings: &Settings, more: &str) -> Study {
    let mut files = borough(settings);
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap() + "\n[[analysis]]\nkind = \"near-repeat\"\n" + more;
    files.insert("study.toml".into(), plan.into_bytes());
    Study::of(&files)
}

fn found(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    assert!(!problems.any_error(), "{:?}", problems.list());
    findings
}

fn body(findings: &Findings) -> &NearRepeat {
    let Body::NearRepeat(body) = &findings.find(ORDER).unwrap().body else { panic!("{ORDER} has another shape") };
    body
}

/// A square of areas, each with those that it meets.
fn square(side: usize) -> Vec<Vec<u32>> {
    let near = |i: usize| {
        let (x, y) = (i % side, i / side);
        (0..side * side).filter(|j| *j != i && x.abs_diff(j % side) <= 1 && y.abs_diff(j / side) <= 1).map(|j| j as u32).collect()
    };
    (0..side * side).map(near).collect()
}

/// Counts of areas by month: rates of areas vary, the months of all together have a season and waver, the months of each area and of each quarter of the
/// square are negative binomial; an event brings `more` others in the next month.
fn counts(random: &mut ChaCha8Rng, side: usize, months: usize, more: f64) -> Vec<Vec<u64>> {
    let gamma = |v: f64, random: &mut ChaCha8Rng| Gamma::new(1.0 / v, v).unwrap().sample(random);
    let rates: Vec<f64> = (0..side * side).map(|_| 3.0 * gamma(0.36, random)).collect();
    let mut rows = vec![vec![0_u64; months]; side * side];
    for t in 0..months {
        let month = (1.0 + 0.3 * (std::f64::consts::TAU * t as f64 / 12.0).sin()) * gamma(0.02, random);
        let quarters: Vec<f64> = (0..4).map(|_| gamma(0.1, random)).collect();
        for (i, rate) in rates.iter().enumerate() {
            let quarter = quarters[usize::from(i % side >= side / 2) + 2 * usize::from(i / side >= side / 2)];
            let before = if t == 0 { 0.0 } else { rows[i][t - 1] as f64 };
            let mean = rate * month * quarter * gamma(0.15, random) + more * before;
            rows[i][t] = Poisson::new(mean.max(1e-9)).unwrap().sample(random) as u64;
        }
    }
    rows
}

#[test]
fn areas_months_and_neighbours_that_vary_are_called_no_more_often_than_is_stated() {
    let near = square(7);
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let (maps, mut same, mut next_door) = (80, 0, 0);
    for seed in 0..maps {
        let rows = counts(&mut random, 7, 24, 0.0);
        let found = carried_over(&rows, &near, 399, seed).unwrap();
        same += usize::from(found.same.p <= 0.025);
        next_door += usize::from(found.next_door.unwrap().p <= 0.025);
    }
    println!("same area {same}, next door {next_door} of {maps}");
    // 2.5 % of 80 are 2: more than 6 come about once in 200.
    assert!(same <= 6 && next_door <= 6, "{same} {next_door}");
}

#[test]
fn events_that_bring_others_are_found_with_their_direction() {
    let near = square(10);
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let found = (0..20).filter(|seed| {
        let rows = counts(&mut random, 10, 36, 0.4);
        let found = carried_over(&rows, &near, 399, *seed).unwrap();
        found.same.p <= 0.025 && found.same.ratio > 1.0 && found.same.ratio > found.same.upper
    });
    let n = found.count();
    assert!(n >= 15, "{n} of 20");
}

#[test]
fn what_cannot_be_counted_has_no_answer() {
    assert!(carried_over(&[], &[], 99, 1).is_none());
    assert!(carried_over(&[vec![1; 5]], &[vec![]], 99, 1).is_none(), "no whole stretch of months");
    assert!(carried_over(&[vec![0; 12]], &[vec![]], 99, 1).is_none(), "no event");
    assert!(carried_over(&[vec![1; 12], vec![1; 11]], &[vec![], vec![]], 99, 1).is_none());
    // The same every month: as many as in any order.
    let even = carried_over(&[vec![3; 12], vec![8; 12]], &[vec![1], vec![0]], 99, 1).unwrap();
    assert!((even.same.ratio - 1.0).abs() < 1e-12 && even.same.p == 1.0 && even.next_door.unwrap().p == 1.0);
    // Neither the trend of the whole nor a season makes a pair.
    let wave = |k: u64| (0..12).map(|t| k * (2 + t % 6)).collect::<Vec<u64>>();
    let waves = carried_over(&[wave(1), wave(4)], &[vec![1], vec![0]], 99, 1).unwrap();
    assert!((waves.same.ratio - 1.0).abs() < 1e-12, "{waves:?}");
}

#[test]
fn a_study_is_told_of_public_places_by_months_alone() {
    let study = asked(&Settings { seed: 2, areas: 60, months: 36, planted: false, varying: true, ..Settings::default() }, "");
    let findings = found(&study);
    let told: Vec<&str> = findings.findings.iter().filter(|f| f.analysis == "near-repeat").map(|f| f.id.as_str()).collect();
    assert_eq!(told, [ORDER], "violence is never asked");
    let b = body(&findings);
    assert_eq!((b.months.len(), b.windows, b.window, b.rows.len()), (36, 6, 6, 2));
    let finding = findings.find(ORDER).unwrap();
    assert!(finding.sentences.contains(&crate::study_files::said(gapmap::msg!("near-repeat-days"))), "{:?}", finding.sentences);
}

#[test]
fn homes_are_not_asked_whatever_the_plan_names() {
    let more = "categories = [\"Violence and sexual offences\"]\n";
    let findings = found(&asked(&Settings { seed: 2, areas: 40, months: 24, planted: false, ..Settings::default() }, more));
    assert!(findings.findings.iter().all(|f| f.analysis != "near-repeat"));
    assert!(findings.frame.unanswered.iter().any(|u| u.analysis == "near-repeat" && !u.next_step.is_empty()));
}

#[test]
fn a_missing_month_is_not_taken_for_one_without_events() {
    let study = asked(&Settings { seed: 1, areas: 40, months: 24, planted: false, ..Settings::default() }, "");
    std::fs::remove_file(study.folder.join("police/2025-03/2025-03-quillmere-street.csv")).unwrap();
    let findings = found(&study);
    let b = body(&findings);
    assert!(b.rows.is_empty() && b.events == Cell::Missing && b.windows == 0, "{b:?}");
}

#[test]
fn draws_depend_on_the_seed_alone() {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let rows: Vec<Vec<u64>> = (0..30).map(|_| (0..18).map(|_| random.random_range(0..9)).collect()).collect();
    let near = vec![vec![]; 30];
    assert_eq!(carried_over(&rows, &near, 199, 5), carried_over(&rows, &near, 199, 5));
}
