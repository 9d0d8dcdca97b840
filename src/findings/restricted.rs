//! What the door decided of each restricted source of events, cell by cell: what an audit needs to try every sum on.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::Limits;
use crate::study::{Dataset, Group, Slice, SliceArea, Study};
use crate::units::{AreaCode, Cell, Geography, Month};

/// All counts of a restricted source of events in a pack.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedSource {
    /// Name of the source.
    pub source: String,
    /// First month of the study.
    pub first: Month,
    /// Last month of the study.
    pub last: Month,
    /// Areas that the cells name.
    pub areas: Vec<AreaCode>,
    /// Its categories, as shown.
    pub categories: Vec<RestrictedCategory>,
    /// The counts, in order.
    pub cells: Vec<RestrictedCell>,
}

/// A category as shown, and from where on it may be told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedCategory {
    /// Its label.
    pub label: String,
    /// The finest level of area that it may be told for. Of several labels together, the loosest.
    pub smallest: Geography,
    /// For so many months at least: of areas, and where `smallest` is the authority, of all the partnership.
    pub months: usize,
    /// Whether it holds labels of other floors, too.
    pub mixed: bool,
}

/// A count that the pack prints or withholds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedCell {
    /// Where.
    pub area: CellArea,
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
    /// Positions of its categories; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<u32>,
    /// The time of day or week; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Whether the limits of the tier refuse it, whatever its size.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// What is told.
    pub value: Cell<u64>,
}

/// Where the events of a count are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellArea {
    /// Anywhere in the partnership, known or not.
    Whole,
    /// In the area of this position.
    Area(u32),
    /// In the partnership, and not known where.
    Unlocated,
}

impl RestrictedSource {
    /// From what was decided, and what was asked for and refused.
    pub(super) fn of(study: &Study, dataset: &Dataset, limits: &Limits, counts: &BTreeMap<Slice, Cell<u64>>, refused: &[Slice]) -> Self {
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
        Self {
            source: study.sources[dataset.source].name.clone(),
            first: dataset.period.first,
            last: dataset.period.last,
            areas: named.iter().map(|a| study.areas.list[*a as usize].code).collect(),
            categories: dataset.categories.iter().zip(&dataset.raw_of_shown).map(category).collect(),
            cells: all.into_iter().map(cell).collect(),
        }
    }
}
