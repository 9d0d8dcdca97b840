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
mod tests;
