use super::*;
use crate::model::{AreaVariation, Beyond};

fn code(i: usize) -> AreaCode {
    AreaCode::parse(&format!("E0100{i:04}")).unwrap()
}

/// Twenty areas of 1,000 residents; area `i` has `i` events.
fn rates() -> AreaRates {
    let row = |i: usize| {
        let rate = serde_json::json!({"known": {"value": i, "lower": i, "upper": i, "level": 0.95}});
        serde_json::json!({"code": code(i), "name": format!("Area {i}"), "count": {"known": i}, "residents": {"known": 1000.0}, "rate": rate})
    };
    let whole = serde_json::json!({"known": {"value": 9.5, "lower": 9.0, "upper": 10.0, "level": 0.95}});
    let body = serde_json::json!({
        "geography": "lsoa", "measure": "Violence", "unit": "per 1,000 residents", "per": 1000.0, "classes": [],
        "rows": (0..20).map(row).collect::<Vec<_>>(), "unlocated": {"known": 0},
        "total": {"name": "Here", "count": {"known": 190}, "residents": {"known": 20000.0}, "rate": whole}
    });
    serde_json::from_value(body).unwrap()
}

fn table(years: &[&dyn Fn(usize) -> Cell<u64>]) -> Table {
    let row = |i: usize| serde_json::json!({"code": code(i), "label": format!("Area {i}"), "cells": years.iter().map(|y| y(i)).collect::<Vec<_>>()});
    let total = serde_json::json!({"code": null, "label": "Total", "cells": vec![Cell::Known(9_999_u64); years.len()]});
    let columns: Vec<String> = (0..years.len()).map(|k| format!("{}", 2023 + k)).collect();
    let rows: Vec<_> = (0..20).map(row).chain([total]).collect();
    serde_json::from_value(serde_json::json!({"row-heading": "Area", "columns": columns, "rows": rows})).unwrap()
}

#[test]
fn the_highest_tenth_is_two_of_twenty_and_what_may_lie_above_leaves_it_open() {
    let plain = |i: usize| Cell::Known(i as u64);
    let one_hidden = |i: usize| if i == 5 { Cell::Withheld } else { Cell::Known(i as u64) };
    let none = |_: usize| Cell::Known(0);
    let found = persistence_of(&table(&[&plain, &one_hidden, &none]), &rates(), &[code(19), code(18), code(17), code(5)]);
    let of = |name: &str| found.iter().find(|p| p.name == name).unwrap().top.clone();
    let (yes, no) = (Cell::Known(true), Cell::Known(false));
    assert_eq!(of("Area 19"), [yes, yes, no], "the withheld one may be above it, and it is still second");
    assert_eq!(of("Area 18"), [yes, Cell::Missing, no], "with the withheld one above it would be third");
    assert_eq!(of("Area 17"), [no, no, no]);
    assert_eq!(of("Area 5"), [no, Cell::Withheld, no]);
    assert_eq!(found.len(), 4, "neither the total nor those not chosen");
}

#[test]
fn chosen_areas_are_always_among_the_dots() {
    let (dots, against) = dots_of(&rates(), &[code(2)], 4);
    let names: Vec<&str> = dots.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["Area 2", "Area 19", "Area 18", "Area 17"]);
    assert_eq!(dots.iter().filter(|d| d.marked).count(), 1);
    assert_eq!(against, Some(Against { name: ALL_AREAS.into(), value: 9.5 }));
    assert_eq!(dots_of(&rates(), &[code(2), code(3)], 0).0.len(), 2);
}

#[test]
fn dots_are_full_by_the_test_and_compared_with_records_of_a_known_place() {
    let mut body = rates();
    body.rows[19].beyond = Some(Beyond::Above);
    body.unlocated = Cell::Known(40);
    let full = |body: &AreaRates| dots_of(body, &[], 12).0.iter().filter(|d| d.apart).map(|d| d.name.clone()).collect::<Vec<_>>();
    assert_eq!(full(&body), ["Area 19"], "the intervals of all are clear of the whole");
    assert_eq!(dots_of(&body, &[], 12).1.map(|a| a.value), Some(7.5));
    body.variation = Some(AreaVariation { phi: 2.0, between: 0.1, by_chance: Some(1.4), as_many_by_chance: Some(0.75) });
    assert_eq!(full(&body), [""; 0], "chance would put as many there");
}
