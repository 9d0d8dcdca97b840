//! One kind of count that is the sum of others, cell by cell: all of it would count them twice.

use std::collections::BTreeSet;

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

/// The kind that counts, in nearly every cell, what some others count together, and these; `cells` hold a number for each of the `kinds`.
pub fn sum_of_others(cells: &[Vec<u64>], kinds: usize) -> Option<(usize, Vec<usize>)> {
    let sums: Vec<u64> = (0..kinds).map(|c| cells.iter().map(|cell| cell[c]).sum()).collect();
    let used: Vec<usize> = (0..kinds).filter(|c| sums[*c] > 0).collect();
    if used.len() < 3 {
        return None;
    }
    let of_all_others = |whole: &usize| used.iter().copied().filter(|c| c != whole).collect::<Vec<_>>();
    used.iter()
        .map(|whole| (*whole, of_all_others(whole)))
        .chain((used.len() <= MOST_IN_PARTS).then(|| sums_of_some(&used, &sums)).into_iter().flatten())
        .find(|(whole, parts)| is_sum(cells, *whole, parts))
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
