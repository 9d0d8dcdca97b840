//! A category that counts what others of its table count together, under a name that no list of totals knows: `VAWG`, beside its four offences; and one
//! that is a part of another by its name: `Violence - domestic`, beside `Violence`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, goes_on_from, sum_of_others};

/// Fewer events than these may be no more than those of another by chance.
const FEWEST_EVENTS: u64 = 30;

/// Refuses a table of counts in which a category is the sum of others, in every area and month: all of it would count them twice.
pub(super) fn check(events: &Events, name: &str, restricted: bool, problems: &mut Problems) {
    let cells = cells(events);
    // Where the plan names the categories that count, both do.
    let by_name = (!events.categories_chosen).then(|| part_of_another(&cells, &events.categories)).flatten();
    if let Some((part, whole)) = by_name {
        let told = (!restricted).then(|| (events.categories[part].as_str(), events.categories[whole].as_str()));
        let said = said::category_within_another(told);
        problems.error(Code::D218, Place::file(format!("source `{name}`")), said.what, said.next);
    } else if let Some((whole, parts)) = sum_of_others(&cells, events.categories.len()) {
        let told = (!restricted).then(|| events.categories[whole].as_str());
        let said = said::category_that_counts_others(told, parts.len());
        problems.error(Code::D218, Place::file(format!("source `{name}`")), said.what, said.next);
    }
}

/// What is left when all else is counted has no parts by name: `Other - fraud` lies beside `Other`.
const THE_REST: [&str; 5] = ["other", "others", "unknown", "not known", "not recorded"];

/// A category whose name goes on from that of another, and that counts no more in any cell.
fn part_of_another(cells: &[Vec<u64>], names: &[String]) -> Option<(usize, usize)> {
    let pairs = (0..names.len()).flat_map(|part| (0..names.len()).map(move |whole| (part, whole)));
    let is_part = |(part, whole): &(usize, usize)| {
        !THE_REST.contains(&names[*whole].trim().to_lowercase().as_str())
            && goes_on_from(&names[*part], &names[*whole])
            && cells.iter().all(|cell| cell[*part] <= cell[*whole])
            && cells.iter().map(|cell| cell[*part]).sum::<u64>() >= FEWEST_EVENTS
    };
    if cells.is_empty() { None } else { pairs.into_iter().find(is_part) }
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
