//! What the counts of a finding count, as data: no label is ever read back to find out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::analyses::CountTable;
use crate::study::{Group, Slice};

/// Which events a count takes in, but for where and when, which the shape of its finding tells.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counted {
    /// Positions of its categories among those of the restricted source; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<u32>,
    /// The time of day or week; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

impl Counted {
    /// Of the counts of a table that `restricted` takes in: one where all count the same; else one for each column, where each counts the same from top to
    /// bottom; else one for each row, where each counts the same from left to right; else one for each cell, row by row. None where nothing is counted.
    pub(super) fn of(table: &CountTable, restricted: impl Fn(&Slice) -> bool) -> Vec<Self> {
        let (rows, columns) = table.size();
        let each: Vec<Option<Self>> = table
            .slices()
            .iter()
            .map(|slice| slice.as_ref().filter(|s| restricted(s)).map(|s| Self { categories: s.categories.clone(), group: s.group }))
            .collect();
        // What no slice speaks of, such as a month that is missing, counts like the rest of its line.
        let one = |cells: &mut dyn Iterator<Item = usize>| -> Option<Self> {
            let mut known = cells.filter_map(|c| each.get(c).cloned().flatten());
            let first = known.next()?;
            known.all(|other| other == first).then_some(first)
        };
        if let Some(all) = one(&mut (0..each.len())) {
            return vec![all];
        }
        let by_column: Option<Vec<Self>> = (0..columns).map(|c| one(&mut (0..rows).map(|r| r * columns + c))).collect();
        let by_row = || (0..rows).map(|r| one(&mut (0..columns).map(|c| r * columns + c))).collect::<Option<Vec<Self>>>();
        by_column.or_else(by_row).or_else(|| each.iter().cloned().collect()).unwrap_or_default()
    }
}
