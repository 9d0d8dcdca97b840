//! What is drawn agrees with what is printed: classes of maps, words within their picture.

use gapmap::analyses::GAP_TESTS;
use gapmap::model::{AreaRate, rate_classes};
use gapmap::units::{AreaCode, Cell, Estimate};

fn rows(rates: &[f64]) -> Vec<AreaRate> {
    let row = |rate: &f64| AreaRate {
        code: AreaCode::parse("E01000001").unwrap(),
        name: String::new(),
        count: Cell::Known(1),
        residents: Cell::Known(1.0),
        rate: Cell::Known(Estimate { value: *rate, lower: *rate, upper: *rate, level: 0.95 }),
        beyond: None,
        rank: None,
    };
    rates.iter().map(row).collect()
}

#[test]
fn evidence_that_a_test_of_the_register_holds_names_a_test_that_there_is() {
    let listed = include_str!("../../data/funding/evidence.csv");
    let named: Vec<&str> = listed.lines().filter_map(|l| l.split_once(":")?.1.split(',').next()).collect();
    assert!(named.len() > 3 && named.iter().all(|id| GAP_TESTS.iter().any(|t| t.id == *id)), "{named:?}");
}

/// What a table prints, as a number again.
fn printed(rate: f64, decimals: usize) -> f64 {
    format!("{rate:.decimals$}").parse().unwrap()
}

#[test]
fn no_class_of_a_map_is_empty_and_no_bound_lies_above_the_value_that_it_came_from() {
    // A top fifth of one value, just below a round number: 1.296 is printed 1.30, and 59.06 is printed 59.1.
    let near =
        [vec![0.4, 0.7, 0.9, 1.1, 1.296, 1.296, 1.296, 1.298], vec![12.0, 23.4, 35.1, 48.2, 59.06], vec![7.0; 9], vec![0.001, 0.002]];
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24)
    };
    let drawn = (0..300).map(|k| (0..3 + k % 40).map(|_| (next() * 5.0).exp() / 10.0).collect::<Vec<f64>>());
    for rates in near.into_iter().chain(drawn) {
        for decimals in [1, 2] {
            let bounds = rate_classes(&rows(&rates), decimals);
            assert!(bounds.len() <= 5 && bounds.first() == Some(&0.0), "{bounds:?}");
            for (k, bound) in bounds.iter().enumerate() {
                let above = bounds.get(k + 1).copied().unwrap_or(f64::INFINITY);
                let inside = rates.iter().filter(|r| printed(**r, decimals) >= *bound && printed(**r, decimals) < above).count();
                assert!(inside > 0, "nothing from {bound} to {above} of {rates:?}");
                // A bound is printed as it is.
                assert!((bound - printed(*bound, decimals)).abs() < 1e-9, "{bound}");
            }
        }
    }
    let [.., top] = rate_classes(&rows(&[0.4, 0.7, 0.9, 1.1, 1.296]), 2)[..] else { panic!("no classes") };
    assert!((top - 1.3).abs() < 1e-9, "{top}: 1.296 is printed 1.30, and stands in the class from there");
}
