//! Numbers of people that no area has: nine million residents of one neighbourhood, or nines where a table has no number.

use std::collections::BTreeMap;

use super::csv_file::Sheet;
use super::gathered::{PopulationRow, Tally};
use super::read_value::Nines;
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::{AreaCode, Geography};

/// Beyond what the level holds, a number is impossible from so many times the median of the areas that are within it.
const BEYOND_THE_MEDIAN: f64 = 5.0;
/// From so many times what the level holds on it is impossible whatever the others are.
const BEYOND_THE_LEVEL: f64 = 10.0;

/// No area of the level has many more residents: the largest of 2021 have some 10,000, 20,000, 45,000 and 1.2 million.
fn most_residents(level: Geography) -> f64 {
    match level {
        Geography::Lsoa => 30_000.0,
        Geography::Msoa => 50_000.0,
        Geography::Ward => 80_000.0,
        Geography::Authority => 2_000_000.0,
    }
}

/// Whether a group is held to what a level can hold: all are, whatever they are called (`commuters` too), but those whose names begin as the tables of who
/// works in a place, is there by day or visits it call them. These may be a hundred times as many as the residents.
fn are_residents(group: &str) -> bool {
    !["workday", "daytime", "visitors"].iter().any(|g| group.starts_with(g))
}

/// Of one level and group: nines, and the numbers that the level can hold.
#[derive(Default)]
struct Column {
    nines: Nines,
    within: Vec<f64>,
}

impl Column {
    /// Whether no area of the level has so many people: far beyond both the `most` of the level and the others of the column, beyond anything, or nines.
    fn is_impossible(&self, persons: f64, most: f64) -> bool {
        let median = self.within.get(self.within.len() / 2).copied();
        let beyond = persons > most && median.is_some_and(|m| persons > BEYOND_THE_MEDIAN * m);
        beyond || persons > BEYOND_THE_LEVEL * most || self.nines.is_none(persons)
    }
}

/// Takes numbers out that no area of their kind has, and tells each. `lines` are where the rows of an area and year stand.
pub(super) fn set_aside_impossible(
    people: &mut Vec<PopulationRow>,
    lines: &BTreeMap<(AreaCode, Option<u16>), u64>,
    sheet: &Sheet,
    tally: &mut Tally,
    problems: &mut Problems,
) {
    let mut columns: BTreeMap<(Geography, String), Column> = BTreeMap::new();
    for row in people.iter().filter(|r| are_residents(&r.group)) {
        let Some(level) = row.code.geography() else { continue };
        let column = columns.entry((level, row.group.clone())).or_default();
        column.nines.see(row.persons);
        if row.persons <= most_residents(level) {
            column.within.push(row.persons);
        }
    }
    columns.values_mut().for_each(|c| c.within.sort_by(f64::total_cmp));
    people.retain(|row| {
        let Some(level) = row.code.geography().filter(|_| are_residents(&row.group)) else { return true };
        let column = columns.get(&(level, row.group.clone()));
        if !column.is_some_and(|c| c.is_impossible(row.persons, most_residents(level))) {
            return true;
        }
        let line = lines.get(&(row.code, row.year)).or_else(|| lines.get(&(row.code, None))).copied();
        let place = line.map_or_else(|| Place::file(&sheet.file), |line| Place::line(&sheet.file, line));
        let shown = quote(&row.persons.to_string(), sheet.origin.shows());
        let what = format!("{shown} is no number of people of a {}: it seems to stand for one that is not known", level.singular());
        let next = "Leave the field empty where the number is not known, or get the table again.";
        problems.error(Code::R104, place.at(format!("{} of {}", row.group, row.code)), what, next);
        tally.note("a number of people that no area of its kind has", 1);
        false
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_no_area_has_are_told_from_large_ones() {
        let column = |values: &[f64], most: f64| {
            let mut column = Column::default();
            for v in values {
                column.nines.see(*v);
                column.within.extend(Some(*v).filter(|v| *v <= most));
            }
            column.within.sort_by(f64::total_cmp);
            column
        };
        let wards = column(&[4000.0, 6000.0, 9000.0, 5000.0, 7000.0, 25_000.0], 80_000.0);
        assert!(!wards.is_impossible(25_000.0, 80_000.0) && wards.is_impossible(9_999_999.0, 80_000.0));
        let small = column(&[1400.0, 1600.0, 1500.0, 1700.0, 1550.0, 15_000.0, 9999.0], 30_000.0);
        assert!(!small.is_impossible(15_000.0, 30_000.0) && !small.is_impossible(9999.0, 30_000.0));
        assert!(small.is_impossible(99_999.0, 30_000.0));
        // Numbers of an invented place that are all as large are as they are.
        assert!(!column(&[40_000.0; 8], 30_000.0).is_impossible(40_000.0, 30_000.0));
    }
}
