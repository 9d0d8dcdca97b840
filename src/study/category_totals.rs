//! A category that counts what others of its table count together, under a name that no list of totals knows: `VAWG`, beside its four offences.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, sum_of_others};

/// Refuses a table of counts in which a category is the sum of others, in every area and month: all of it would count them twice.
pub(super) fn check(events: &Events, name: &str, restricted: bool, problems: &mut Problems) {
    if let Some((whole, parts)) = sum_of_others(&cells(events), events.categories.len()) {
        let told = (!restricted).then(|| events.categories[whole].as_str());
        let said = said::category_that_counts_others(told, parts.len());
        problems.error(Code::D218, Place::file(format!("source `{name}`")), said.what, said.next);
    }
}

/// Counts by category of each area and month.
fn cells(events: &Events) -> Vec<Vec<u64>> {
    let mut cells: BTreeMap<(u32, u16), Vec<u64>> = BTreeMap::new();
    for block in events.blocks.iter().filter(|b| !b.count.is_empty()) {
        for row in 0..block.rows() {
            let cell = cells.entry((block.code[row], block.month[row])).or_insert_with(|| vec![0; events.categories.len()]);
            if let Some(n) = cell.get_mut(usize::from(block.category[row])) {
                *n += u64::from(block.count[row]);
            }
        }
    }
    cells.into_values().collect()
}
