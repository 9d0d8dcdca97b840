//! Rows whose month lies years from all others of their source: one mistyped year would make the latest months of the study those of a single row.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::Events;
use crate::units::Month;

/// So many months lie between rows that are far from one another.
const FAR: u16 = 12;
/// Where a usual month has so many rows, half a year without any is far already: that happens by no chance.
const USUAL: u64 = 5;
const FAR_OF_MANY: u16 = 6;
/// At most so many rows are strays; and so many of a hundred where they lie years away.
const STRAYS: u64 = 3;
const STRAYS_OF_A_HUNDRED: u64 = 2;
/// The source has so many times as many rows at least.
const OTHERS: u64 = 20;

/// Tells, for each source, of the first row that lies far from all others; whether there is any.
pub(super) fn tell(events: &[Events], problems: &mut Problems) -> bool {
    let mut any = false;
    for one in events {
        let mut rows: BTreeMap<u16, u64> = BTreeMap::new();
        for month in one.blocks.iter().flat_map(|b| &b.month) {
            *rows.entry(*month).or_default() += 1;
        }
        let strays = strays(&rows);
        // A file that is named after its month, and a plan that says what is covered, say that it is no slip.
        let is_said = |month: u16| {
            let month = Month::from_index(i32::from(month));
            let covered = one.reported.is_empty() && one.covered.iter().any(|m| Some(*m) == month);
            covered || one.named.iter().any(|m| Some(*m) == month)
        };
        let found = one.blocks.iter().find_map(|b| {
            let row = b.month.iter().position(|m| strays.contains_key(m) && !is_said(*m))?;
            Some((Place::line(&b.file, u64::from(b.line.of(row))), b.month[row]))
        });
        let Some((place, month)) = found else { continue };
        any = true;
        let others: u64 = strays.keys().filter(|m| !is_said(**m)).filter_map(|m| rows.get(m)).sum::<u64>() - 1;
        let label = Month::from_index(i32::from(month)).map_or(String::new(), Month::label);
        let said = said::row_far_from_all_others(&label, strays.get(&month).copied().unwrap_or(FAR), others);
        problems.error_said(Code::D213, place, said);
    }
    any
}

/// Months of strays, each with its distance from the nearest month that holds more than strays.
fn strays(rows: &BTreeMap<u16, u64>) -> BTreeMap<u16, u16> {
    let all: u64 = rows.values().sum();
    // Months without a row are months, too.
    let mut of_months: Vec<u64> = match (rows.first_key_value(), rows.last_key_value()) {
        (Some((first, _)), Some((last, _))) if last - first < FAR * 20 => {
            (*first..=*last).map(|m| rows.get(&m).copied().unwrap_or(0)).collect()
        }
        _ => rows.values().copied().collect(),
    };
    of_months.sort_unstable();
    let far = if of_months.get(of_months.len() / 2).is_some_and(|n| *n >= USUAL) { FAR_OF_MANY } else { FAR };
    let mut groups: Vec<Vec<u16>> = Vec::new();
    for month in rows.keys() {
        match groups.last_mut().filter(|g| g.last().is_some_and(|last| month - last <= far)) {
            Some(group) => group.push(*month),
            None => groups.push(vec![*month]),
        }
    }
    let near = |group: &Vec<u16>| {
        let others = rows.keys().filter(|m| !group.contains(m));
        others.flat_map(|m| group.iter().map(move |own| m.abs_diff(*own))).min().unwrap_or(0)
    };
    let few = |group: &&Vec<u16>| {
        let n: u64 = group.iter().filter_map(|m| rows.get(m)).sum();
        let of_years = if near(group) > FAR { all * STRAYS_OF_A_HUNDRED / 100 } else { 0 };
        n <= STRAYS.max(of_years) && n * OTHERS <= all
    };
    let (strays, others): (Vec<&Vec<u16>>, Vec<&Vec<u16>>) = groups.iter().partition(few);
    let distance = |month: u16| others.iter().flat_map(|g| g.iter()).map(|m| m.abs_diff(month)).min();
    strays.into_iter().flatten().filter_map(|m| Some((*m, distance(*m)?))).collect()
}
