//! Rows of figures from the bodies of findings: areas beside the whole, and areas among the highest year by year.

use std::collections::BTreeMap;

use super::dots::{Against, Dot};
use super::persistence::Persistent;
use crate::model::{AreaRate, AreaRates, Row, Table};
use crate::units::{AreaCode, Cell, Estimate};

/// The highest part of all areas that persistence looks at: one in so many.
const ONE_IN: usize = 10;

/// What the rates of areas are compared with.
const ALL_AREAS: &str = "all areas together";

/// The chosen areas, and others from the highest rate down until there are `most`, beside all areas together. Areas without a known rate
/// are taken only where they are chosen.
pub(in crate::outputs) fn dots_of(body: &AreaRates, chosen: &[AreaCode], most: usize) -> (Vec<Dot>, Option<Against>) {
    let value = |rate: Cell<Estimate>| rate.known().map_or(f64::NEG_INFINITY, |e| e.value);
    let (mut rows, mut others): (Vec<_>, Vec<_>) = body.rows.iter().partition(|r| chosen.contains(&r.code));
    others.retain(|r| r.rate.known().is_some());
    others.sort_by(|a, b| value(b.rate).total_cmp(&value(a.rate)).then(a.code.cmp(&b.code)));
    let free = most.saturating_sub(rows.len());
    rows.extend(others.into_iter().take(free));
    let dot = |r: &AreaRate| Dot { name: r.name.clone(), value: r.rate, marked: chosen.contains(&r.code), apart: body.stands_apart(r) };
    // Records without a known place are in no area: in the whole they would make every area look low.
    let against = body.rate_of_located().known().map(|value| Against { name: ALL_AREAS.into(), value });
    (rows.into_iter().map(dot).collect(), against)
}

/// For each chosen area, in their order, and each column of a table of counts by area, whether its rate was among the highest tenth of all areas. The residents are
/// those of `rates`, for every column alike. Areas whose rate is not known may be above any other: where that decides, it is not known. An area
/// without events is in no highest tenth.
pub(in crate::outputs) fn persistence_of(table: &Table, rates: &AreaRates, chosen: &[AreaCode]) -> Vec<Persistent> {
    let people: BTreeMap<AreaCode, f64> = rates.rows.iter().rev().filter_map(|r| Some((r.code, r.residents.known()?))).collect();
    let residents = |code: AreaCode| people.get(&code).copied().filter(|n| *n > 0.0);
    // Rows without a code are events without a known area, and the total.
    let areas: Vec<(AreaCode, &Row, Option<f64>)> =
        table.rows.iter().filter_map(|r| r.code.map(|code| (code, r, residents(code)))).collect();
    let places = areas.len().div_ceil(ONE_IN);
    let rate = |row: &Row, k: usize, residents: Option<f64>| Some(row.cells.get(k)?.known()? as f64 / residents?);
    let state = |row: &Row, k: usize, people: Option<f64>| {
        let Some(own) = rate(row, k, people) else {
            return if row.cells.get(k) == Some(&Cell::Withheld) { Cell::Withheld } else { Cell::Missing };
        };
        let all: Vec<Option<f64>> = areas.iter().map(|a| rate(a.1, k, a.2)).collect();
        let above = all.iter().flatten().filter(|r| **r > own).count();
        let unknown = all.iter().filter(|r| r.is_none()).count();
        match above {
            _ if own <= 0.0 || above >= places => Cell::Known(false),
            _ if above + unknown < places => Cell::Known(true),
            _ => Cell::Missing,
        }
    };
    let of = |(_, row, people): &(AreaCode, &Row, Option<f64>)| Persistent {
        name: row.label.clone(),
        top: (0..table.columns.len()).map(|k| state(row, k, *people)).collect(),
    };
    chosen.iter().filter_map(|code| areas.iter().find(|a| a.0 == *code)).map(of).collect()
}

#[cfg(test)]
mod tests {
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
        body.variation = Some(AreaVariation { phi: 2.0, between: 0.1, by_chance: Some(1.4) });
        assert_eq!(full(&body), [""; 0], "chance would put as many there");
    }
}
