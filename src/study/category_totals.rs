//! A category that counts what others of its table count together, under a name that no list of totals knows: `VAWG`, beside its four offences.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::Events;

/// So many cells have to agree in which two categories or more are counted: small numbers add up to one another by chance.
const AGREEING_CELLS: usize = 12;
/// And so many of them differ: numbers that are the same everywhere were made up, or are rates.
const DISTINCT_CELLS: usize = 4;
/// Sums of some of the others are looked at among so many categories; among more, sums of all others alone.
const MOST_IN_PARTS: usize = 14;

/// One cell of so many may differ, since a part of it is suppressed or missing.
const ONE_CELL_OFF_IN: usize = 10;
/// And one event of so many.
const ONE_EVENT_OFF_IN: u64 = 20;

/// Refuses a table of counts in which a category is the sum of others, in every area and month: all of it would count them twice.
pub(super) fn check(events: &Events, name: &str, restricted: bool, problems: &mut Problems) {
    let cells = cells(events);
    let counted = events.categories.len();
    let sums: Vec<u64> = (0..counted).map(|c| cells.iter().map(|cell| cell[c]).sum()).collect();
    let used: Vec<usize> = (0..counted).filter(|c| sums[*c] > 0).collect();
    if used.len() < 3 {
        return;
    }
    let of_all_others = |whole: &usize| used.iter().copied().filter(|c| c != whole).collect::<Vec<_>>();
    let found = used
        .iter()
        .map(|whole| (*whole, of_all_others(whole)))
        .chain((used.len() <= MOST_IN_PARTS).then(|| sums_of_some(&used, &sums)).into_iter().flatten())
        .find(|(whole, parts)| is_sum(&cells, *whole, parts));
    if let Some((whole, parts)) = found {
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

/// Categories of which some others, two at least, have nearly the same sum over all cells.
fn sums_of_some(used: &[usize], sums: &[u64]) -> Vec<(usize, Vec<usize>)> {
    let mut found = Vec::new();
    let mut of_mask = vec![0_u64; 1 << used.len()];
    for mask in 1..of_mask.len() {
        let lowest = mask.trailing_zeros() as usize;
        of_mask[mask] = of_mask[mask & (mask - 1)] + sums[used[lowest]];
        if mask.count_ones() < 2 {
            continue;
        }
        let within = |at: usize| mask >> at & 1 == 1;
        let near = |sum: u64| sum.abs_diff(of_mask[mask]) <= of_mask[mask] / ONE_EVENT_OFF_IN;
        for at in (0..used.len()).filter(|at| !within(*at) && near(sums[used[*at]])) {
            found.push((used[at], (0..used.len()).filter(|i| within(*i)).map(|i| used[i]).collect()));
        }
    }
    found
}

/// Whether a category is the sum of others in nearly every cell, and in enough cells of two of them or more. In a few a part may be suppressed or missing.
fn is_sum(cells: &[Vec<u64>], whole: usize, parts: &[usize]) -> bool {
    let sum = |cell: &Vec<u64>| parts.iter().map(|p| cell[*p]).sum::<u64>();
    // A cell in which nothing is counted agrees by itself, and says nothing.
    let counted: Vec<&Vec<u64>> = cells.iter().filter(|cell| cell[whole] > 0 || sum(cell) > 0).collect();
    if counted.iter().filter(|cell| cell[whole] != sum(cell)).nth(counted.len() / ONE_CELL_OFF_IN).is_some() {
        return false;
    }
    let numbers = |cell: &Vec<u64>| parts.iter().map(|p| cell[*p]).collect::<Vec<u64>>();
    let agreeing = cells.iter().filter(|cell| cell[whole] == sum(cell)).map(numbers);
    let telling: Vec<Vec<u64>> = agreeing.filter(|n| n.iter().filter(|n| **n > 0).count() > 1).collect();
    let distinct = telling.iter().collect::<BTreeSet<_>>().len();
    telling.len() >= AGREEING_CELLS && distinct >= DISTINCT_CELLS
}
