//! What the counts of a finding count: one entry for all, or one for each column, row or cell.

use crate::analyses::CountTable;
use crate::model::Counted;
use crate::study::Slice;

/// Of the counts of a table that `restricted` takes in: one where all count the same; else one for each column, where each counts the same from top to
/// bottom; else one for each row, where each counts the same from left to right; else one for each cell, row by row. None where nothing is counted.
pub(super) fn counted_of(table: &CountTable, restricted: impl Fn(&Slice) -> bool) -> Vec<Counted> {
    let (rows, columns) = table.size();
    let each: Vec<Option<Counted>> = table
        .slices()
        .iter()
        .map(|slice| slice.as_ref().filter(|s| restricted(s)).map(|s| Counted { categories: s.categories.clone(), group: s.group }))
        .collect();
    // What no slice speaks of, such as a month that is missing, counts like the rest of its line.
    let one = |cells: &mut dyn Iterator<Item = usize>| -> Option<Counted> {
        let mut known = cells.filter_map(|c| each.get(c).cloned().flatten());
        let first = known.next()?;
        known.all(|other| other == first).then_some(first)
    };
    if let Some(all) = one(&mut (0..each.len())) {
        return vec![all];
    }
    let by_column: Option<Vec<Counted>> = (0..columns).map(|c| one(&mut (0..rows).map(|r| r * columns + c))).collect();
    let by_row = || (0..rows).map(|r| one(&mut (0..columns).map(|c| r * columns + c))).collect::<Option<Vec<Counted>>>();
    by_column.or_else(by_row).or_else(|| each.iter().cloned().collect()).unwrap_or_default()
}
