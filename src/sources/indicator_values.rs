//! What the values of an indicator show together: percentages written as parts of one, shares beyond their whole, and nines that stand for none.

use std::collections::BTreeMap;

use super::Origin;
use super::gathered::MeasureRow;
use super::measures::{MeasureKind, is_part_of_one};
use super::read_value::{Nines, is_nines};
use crate::diagnostics::{Code, Place, Problems};

/// Tells what is wrong with the values of a table, indicator by indicator.
pub(super) fn look_at_values(origin: &Origin, rows: &[MeasureRow], problems: &mut Problems) {
    parts_of_one(origin, rows, problems);
    beyond_all(origin, rows, problems);
    signs_of_others(origin, rows, problems);
    below_nothing(origin, rows, problems);
}

/// Numbers below 0 of what cannot be: of all but values that somebody else worked out.
fn below_nothing(origin: &Origin, rows: &[MeasureRow], problems: &mut Problems) {
    let mut told: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|r| r.measure.kind != MeasureKind::Value && r.value.is_some_and(|v| v < 0.0)) {
        let id = row.measure.id.as_str();
        if !told.contains(&id) {
            told.push(id);
            let next = "Leave the field empty where the value is not known: a code such as -99 is no number here.";
            problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), format!("a value of `{id}` is below 0"), next);
        }
    }
}

/// Percentages under an indicator that is none: `0.1%` is 10 of 10,000, and not a rate of 0.1.
fn signs_of_others(origin: &Origin, rows: &[MeasureRow], problems: &mut Problems) {
    let mut told: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|r| r.percent_sign && r.measure.per != 100.0 && !r.measure.unit.contains('%')) {
        let id = row.measure.id.as_str();
        if !told.contains(&id) {
            told.push(id);
            let what = format!("a value of `{id}` has a percent sign, and this indicator is no percentage");
            let next = "Write the value in the unit of the indicator and without the sign: of a rate per 10,000, 0.1% is 10.";
            problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), what, next);
        }
    }
}

/// Values that no value can have: shares above their whole, and nines alone far beyond all others, which stand for one that is not known.
fn beyond_all(origin: &Origin, rows: &[MeasureRow], problems: &mut Problems) {
    let mut seen: BTreeMap<&str, Nines> = BTreeMap::new();
    for row in rows {
        row.value.into_iter().for_each(|value| seen.entry(&row.measure.id).or_default().see(value));
    }
    let mut told: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|r| r.numerator.is_none()) {
        let (Some(value), id) = (row.value, row.measure.id.as_str()) else { continue };
        let is_beyond = row.measure.is_share() && value > row.measure.per;
        let stands_in = is_nines(value) && seen.get(id).is_some_and(|s| s.is_none(value));
        if (is_beyond || stands_in) && !told.contains(&id) {
            told.push(id);
            let what = if is_beyond {
                format!("a value of `{id}` is more than its whole")
            } else {
                format!("a value of `{id}` of nines alone seems to stand for one that is not known")
            };
            let next = "Leave the field empty where the value is not known, or write the value.";
            problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), what, next);
        }
    }
}

/// Percentages that were written as parts of one: a spreadsheet holds 58.8% as 0.588.
fn parts_of_one(origin: &Origin, rows: &[MeasureRow], problems: &mut Problems) {
    let mut by_measure: std::collections::BTreeMap<&str, Vec<f64>> = std::collections::BTreeMap::new();
    for row in rows.iter().filter(|r| r.measure.is_share() && r.measure.per > 1.0 && !r.percent_sign && r.numerator.is_none()) {
        by_measure.entry(&row.measure.id).or_default().extend(row.value);
    }
    for (id, values) in by_measure {
        let is_part = |v: &f64| *v > 0.0 && *v < 1.0;
        // One wave as 0.44 and the next as 47.
        let smallest = values.iter().copied().filter(is_part).fold(f64::INFINITY, f64::min);
        if values.iter().any(|v| is_part_of_one(smallest, *v)) {
            let next = "Write all percentages alike, as 58.8 or 58.8%; one below one per cent with its sign, as 0.5%.";
            let told = format!("values of `{id}` lie between 0 and 1 and others far above: parts of one among percentages");
            problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), told, next);
        } else if values.iter().any(|v| v.fract() != 0.0) && values.iter().all(|v| (0.0..=1.0).contains(v)) {
            let next = "Write percentages as 58.8 or 58.8%. In a spreadsheet multiply the column by 100 and take the percent format off.";
            let told = format!("all values of `{id}` lie between 0 and 1: they look like parts of one, and percentages are read");
            problems.error(Code::R104, Place::file(format!("source `{}`", origin.name)), told, next);
        }
    }
}
