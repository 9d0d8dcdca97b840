//! What the door decided of each restricted source of events, cell by cell: what an audit needs to try every sum on.

use std::collections::BTreeMap;

use super::limits::Limits;
use crate::model::{CellArea, RestrictedCategory, RestrictedCell, RestrictedSource};
use crate::study::{Dataset, Slice, SliceArea, Study};
use crate::units::{Cell, Geography};

/// From what was decided, and what was asked for and refused.
pub(super) fn restricted_source(
    study: &Study,
    dataset: &Dataset,
    limits: &Limits,
    counts: &BTreeMap<Slice, Cell<u64>>,
    refused: &[Slice],
) -> RestrictedSource {
    let mut all: BTreeMap<&Slice, (bool, Cell<u64>)> = counts.iter().map(|(s, n)| (s, (false, *n))).collect();
    all.extend(refused.iter().map(|s| (s, (true, Cell::Withheld))));
    let mut named: Vec<u32> = all.keys().filter_map(|s| if let SliceArea::Area(a) = s.area { Some(a) } else { None }).collect();
    named.sort_unstable();
    named.dedup();
    let cell = |(slice, (refused, value)): (&Slice, (bool, Cell<u64>))| RestrictedCell {
        area: match slice.area {
            SliceArea::Whole => CellArea::Whole,
            SliceArea::Unlocated => CellArea::Unlocated,
            SliceArea::Area(a) => CellArea::Area(named.binary_search(&a).map_or(u32::MAX, |i| i as u32)),
        },
        first: slice.months.first,
        last: slice.months.last,
        categories: slice.categories.clone(),
        group: slice.group,
        refused,
        value,
    };
    let category = |(label, raw): (&String, &Vec<u32>)| {
        let floors: Vec<_> = raw.iter().map(|c| limits.floor_of(&dataset.raw[*c as usize].harms)).collect();
        let loosest = floors.iter().min().copied();
        RestrictedCategory {
            label: label.clone(),
            smallest: loosest.map_or(Geography::Authority, |f| f.smallest),
            months: loosest.map_or(usize::MAX, |f| f.months),
            mixed: floors.windows(2).any(|w| w[0] != w[1]),
        }
    };
    RestrictedSource {
        source: study.sources[dataset.source].name.clone(),
        first: dataset.period.first,
        last: dataset.period.last,
        areas: named.iter().map(|a| study.areas.list[*a as usize].code).collect(),
        categories: dataset.categories.iter().zip(&dataset.raw_of_shown).map(category).collect(),
        cells: all.into_iter().map(cell).collect(),
    }
}
