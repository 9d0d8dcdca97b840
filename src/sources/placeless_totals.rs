//! Rows of counts without a place that count, month by month, what the rows with a place count: sums that somebody left the area out of.

use std::collections::BTreeMap;

use super::events::{Block, NONE};
use crate::diagnostics::{Code, Place, Problems};

/// In so many months and kinds at least, and in nearly all of them, the two have to be the same.
const FEWEST: usize = 3;
const ONE_OFF_IN: usize = 10;
/// Fewer events than this may be as many by chance.
const FEWEST_EVENTS: u64 = 20;

/// Refuses such a table: its events would count twice.
pub(super) fn tell(block: &Block, problems: &mut Problems) {
    if block.count.is_empty() {
        return;
    }
    let mut cells: BTreeMap<(u16, u16), (u64, u64)> = BTreeMap::new();
    let mut first = None;
    for row in 0..block.rows() {
        let has_no_place = block.code[row] == NONE && block.point[row] == NONE;
        let cell = cells.entry((block.month[row], block.category[row])).or_default();
        *(if has_no_place { &mut cell.0 } else { &mut cell.1 }) += u64::from(block.count[row]);
        if has_no_place && first.is_none() {
            first = Some(row);
        }
    }
    let Some(first) = first else { return };
    let both: Vec<&(u64, u64)> = cells.values().filter(|c| c.0 > 0).collect();
    let alike = both.iter().filter(|c| c.0 == c.1).count();
    let events: u64 = both.iter().map(|c| c.0).sum();
    if alike >= FEWEST && both.len() - alike <= both.len() / ONE_OFF_IN && events >= FEWEST_EVENTS {
        let what = "rows without an area count what the rows with one count together, month by month: they are not to be added";
        let next = "Take the rows of the sums out of the table.";
        problems.error(Code::D218, Place::line(&block.file, u64::from(block.line.of(first))), what, next);
    }
}
