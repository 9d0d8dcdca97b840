use super::*;

fn action(from: f64, to: f64) -> Action {
    let month = |m: &str| Month::parse(m);
    Action { baseline: Some(from), target: Some(to), baseline_month: month("2024-12"), by: month("2026-12"), ..Action::default() }
}

fn rated(from: f64, to: f64, value: f64, half: f64) -> Rating {
    let limits = Estimate { value, lower: value - half, upper: value + half, level: 0.95 };
    action(from, to).rated(value, Some(limits), (from, to), Month::parse("2025-12").unwrap()).0
}

#[test]
fn the_target_says_which_way_is_hoped_for_and_chance_is_no_progress() {
    // Half of the time has gone by.
    assert_eq!(rated(40.0, 60.0, 51.0, 3.0), Rating::OnCourse);
    assert_eq!(rated(40.0, 60.0, 46.0, 3.0), Rating::Behind);
    assert_eq!(rated(40.0, 60.0, 42.0, 3.0), Rating::NoClearChange);
    assert_eq!(rated(40.0, 60.0, 33.0, 3.0), Rating::MovingAway);
    assert_eq!(rated(40.0, 60.0, 61.0, 3.0), Rating::Reached);
    // Down is hoped for.
    assert_eq!(rated(60.0, 40.0, 49.0, 3.0), Rating::OnCourse);
    assert_eq!(rated(60.0, 40.0, 66.0, 3.0), Rating::MovingAway);
    assert_eq!(rated(60.0, 40.0, 38.0, 3.0), Rating::Reached);
    // To hold a level.
    assert_eq!(rated(50.0, 50.0, 51.0, 3.0), Rating::OnCourse);
    assert_eq!(rated(50.0, 50.0, 61.0, 3.0), Rating::MovingAway);
}
