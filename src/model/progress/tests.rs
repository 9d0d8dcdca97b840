use super::*;
use crate::model::SeriesBreak;
use crate::model::body::{IndicatorKind, IndicatorSaid};
use crate::units::{Period, Standing};

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

fn measured(values: &[(&str, f64)], broken: Option<&str>) -> Indicator {
    let month = |m: &str| Month::parse(m).unwrap();
    let wave = |(m, value): &(&str, f64)| IndicatorValue {
        name: String::new(),
        code: None,
        period: Period { first: month(m), last: month(m).plus(2) },
        numerator: Cell::Missing,
        rest: Cell::Missing,
        denominator: Cell::Missing,
        value: Cell::Known(*value),
        limits: None,
        state: Standing::default(),
        usual: None,
        signal: None,
        said: IndicatorSaid::default(),
    };
    Indicator {
        measure_id: "q".into(),
        measure: "Charged".into(),
        theme: "trust".into(),
        kind: IndicatorKind::Share,
        numerator: String::new(),
        denominator: String::new(),
        per: 100.0,
        unit: "%".into(),
        question: String::new(),
        level: 0.95,
        waves: values.iter().map(wave).collect(),
        beside: vec![],
        ways: vec![],
        change: None,
        changed: IndicatorSaid::default(),
        breaks: broken
            .into_iter()
            .map(|m| SeriesBreak {
                first_month: month(m),
                title: String::new(),
                detail: String::new(),
                source: String::new(),
                sources: vec![],
                categories: vec![],
            })
            .collect(),
    }
}

#[test]
fn a_baseline_that_the_indicator_contradicts_and_a_break_since_are_told() {
    let told = |from: f64, first: f64, broken: Option<&str>| {
        let of = measured(&[("2024-10", first), ("2025-10", 60.0)], broken);
        action(from, 80.0).unlike_at_the_beginning(&of, of.waves.last().unwrap()).map(|m| m.id)
    };
    assert_eq!(told(9.0, 6.1, None), Some("progress-other-baseline"));
    assert_eq!(told(6.0, 6.4, None), None, "rounded");
    assert_eq!(told(40.0, 43.0, None), None, "revised");
    assert_eq!(told(40.0, 46.0, None), Some("progress-other-baseline"));
    assert_eq!(told(0.25, 0.31, None), Some("progress-other-baseline"));
    assert_eq!(told(40.0, 40.0, Some("2025-03")), Some("progress-break"));
    assert_eq!(told(40.0, 40.0, Some("2024-11")), None, "a break before the baseline");
    assert_eq!(told(40.0, 40.0, Some("2026-02")), None, "a break after the latest value");
}
