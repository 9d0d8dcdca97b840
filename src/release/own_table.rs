//! Counts of a table that no other table counts: protected by themselves, beside the sums that the table has.

use std::collections::BTreeMap;

use crate::analyses::CountTable;
use crate::disclosure::{Given, Loss, System, protect};
use crate::units::{Cell, Rule};

/// Counts without slices, protected along the sums of their own table. `None` where a proof fails.
pub(super) fn protect_table(table: &CountTable, rule: &Rule) -> Option<Vec<Cell<u64>>> {
    if !table.is_alone() {
        return protect_by(table, rule);
    }
    let coarse = rule.coarse();
    let is_part = (0..table.size().0).any(|row| table.is_part_of(row).is_some());
    let released = if is_part { protect_parts(table, rule, &coarse) } else { protect_by(table, &coarse)? };
    // A count that is known to less than what is withheld would give away what is left of a larger one.
    let told = coarse.wide_open(rule.width());
    Some(released.into_iter().map(|n| if n.known().is_some_and(|n| told.is_small(n)) { Cell::Withheld } else { n }).collect())
}

fn protect_by(table: &CountTable, rule: &Rule) -> Option<Vec<Cell<u64>>> {
    if let Some(released) = protect_partitions(table, rule) {
        return Some(released);
    }
    let counts = table.counts();
    let columns = table.size().1.max(1);
    let alone: Vec<usize> = (0..counts.len()).filter(|c| counts[*c].is_some() && table.slices()[*c].is_none()).collect();
    let total_of: BTreeMap<usize, &[usize]> =
        table.sums().iter().filter_map(|s| s.split_last()).map(|(last, parts)| (*last, parts)).collect();
    let atom_of: BTreeMap<usize, u32> = alone.iter().copied().filter(|c| !total_of.contains_key(c)).zip(0..).collect();
    let atoms = atom_of.keys().map(|c| ([(c / columns) as u32, (c % columns) as u32, 0, 0, 0], counts[*c].unwrap_or(0))).collect();
    let cells = alone.iter().map(|c| (atoms_in(*c, &total_of, &atom_of, 0), Given::Free)).collect();
    let system = System::new(atoms, cells);
    let protection = protect(&system, rule, Loss::Events).ok().filter(|p| p.fault(&system, rule).is_none())?;
    let mut released = vec![Cell::Missing; counts.len()];
    for (i, cell) in alone.iter().enumerate() {
        // A total that is not the sum of its parts is nothing that was proven.
        let proven = !protection.hidden[i] && Some(system.cells()[i].value) == counts[*cell];
        released[*cell] = if proven { Cell::Known(rule.round(system.cells()[i].value)) } else { Cell::Withheld };
    }
    Some(released)
}

/// A table in which one total is told apart in several ways, such as users by age and by ethnic group; `None` for every other.
///
/// How the ways cross is not known to the reader, nor needed: as long as the total is shown, each way is protected for itself. Where it
/// may not be shown, or one way cannot be protected beside it, nothing of the table is.
fn protect_partitions(table: &CountTable, rule: &Rule) -> Option<Vec<Cell<u64>>> {
    let lasts: Vec<usize> = table.sums().iter().filter_map(|s| s.last().copied()).collect();
    let shared = lasts.iter().any(|t| lasts.iter().filter(|l| *l == t).count() > 1);
    let of_sums: std::collections::BTreeSet<usize> = table.sums().iter().flatten().copied().collect();
    let whole = of_sums.len() == table.counts().len() && table.slices().iter().all(Option::is_none);
    // Ways to tell a total apart have no part in common, and their parts are no totals: a table of rows and columns is another thing.
    let parts: Vec<usize> = table.sums().iter().flat_map(|s| s.split_last().map_or(&[][..], |(_, parts)| parts)).copied().collect();
    let plain = parts.iter().all(|p| !lasts.contains(p))
        && parts.len() + lasts.iter().collect::<std::collections::BTreeSet<_>>().len() == of_sums.len();
    if !shared || !whole || !plain {
        return None;
    }
    let count = |c: usize| table.counts()[c].unwrap_or(0);
    let mut released = vec![Cell::Missing; table.counts().len()];
    for sum in table.sums() {
        let (total, parts) = sum.split_last()?;
        let n: u64 = parts.iter().map(|p| count(*p)).sum();
        let atoms = parts.iter().zip(0..).map(|(p, i)| ([i, 0, 0, 0, 0], count(*p))).collect();
        let cells = (0..parts.len() as u32).map(|i| (vec![i], Given::Free));
        let whole = ((0..parts.len() as u32).collect(), Given::Printed(rule.round(n)));
        let system = System::new(atoms, cells.chain([whole]).collect());
        let protection = protect(&system, rule, Loss::Events).ok().filter(|p| p.fault(&system, rule).is_none());
        let Some(protection) = protection.filter(|_| !rule.is_small(n) && n == count(*total)) else {
            return Some(vec![Cell::Withheld; table.counts().len()]);
        };
        for (part, hidden) in parts.iter().zip(&protection.hidden) {
            released[*part] = if *hidden { Cell::Withheld } else { Cell::Known(rule.round(count(*part))) };
        }
        released[*total] = Cell::Known(rule.round(n));
    }
    Some(released)
}

/// A table whose rows tell apart what other tables may print exactly: how events ended, beside how many there were.
///
/// Each row is protected as if its total were known, whatever this table says of it. Where that cannot be done, nothing of the row is told.
fn protect_parts(table: &CountTable, rule: &Rule, coarse: &Rule) -> Vec<Cell<u64>> {
    let columns = table.size().1.max(1);
    let counts = table.counts();
    let mut released: Vec<Cell<u64>> = counts.iter().map(|n| n.map_or(Cell::Missing, |_| Cell::Withheld)).collect();
    for sum in table.sums() {
        let Some((total, parts)) = sum.split_last() else { continue };
        let values: Option<Vec<u64>> = parts.iter().map(|p| counts[*p]).collect();
        let in_one_row = parts.iter().all(|p| p / columns == total / columns);
        let Some(values) = values.filter(|v| in_one_row && counts[*total] == Some(v.iter().sum())) else { continue };
        let n: u64 = values.iter().sum();
        let known = if rule.is_small(n) { Given::Free } else { Given::Known(n, n) };
        let atoms = values.iter().zip(0..).map(|(n, i)| ([i, 0, 0, 0, 0], *n)).collect();
        let cells = (0..values.len() as u32).map(|i| (vec![i], Given::Free));
        let system = System::new(atoms, cells.chain([((0..values.len() as u32).collect(), known)]).collect());
        let Some(protection) = protect(&system, coarse, Loss::Events).ok().filter(|p| p.fault(&system, coarse).is_none()) else { continue };
        for ((cell, n), hidden) in parts.iter().chain([total]).zip(values.iter().chain([&n])).zip(&protection.hidden) {
            released[*cell] = if *hidden { Cell::Withheld } else { Cell::Known(coarse.round(*n)) };
        }
    }
    released
}

/// The atoms that a cell sums, through totals of totals.
fn atoms_in(cell: usize, total_of: &BTreeMap<usize, &[usize]>, atom_of: &BTreeMap<usize, u32>, depth: usize) -> Vec<u32> {
    match total_of.get(&cell) {
        Some(parts) if depth < 8 => parts.iter().flat_map(|p| atoms_in(*p, total_of, atom_of, depth + 1)).collect(),
        _ => atom_of.get(&cell).copied().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Slice, SliceArea};
    use crate::units::{Month, Period};

    const RULE: Rule = Rule { withhold_up_to: 4, round_to: 1 };

    fn known(table: &CountTable) -> Vec<Option<u64>> {
        protect_table(table, &RULE).unwrap().iter().map(|c| c.known()).collect()
    }

    #[test]
    fn a_small_count_takes_a_second_with_it_so_that_the_total_does_not_tell() {
        let table = CountTable::column([Some(3), Some(40), Some(22), Some(0)]).with_total_row();
        assert_eq!(known(&table), [None, Some(40), None, Some(0), Some(65)]);
    }

    #[test]
    fn two_ones_are_not_protected_by_each_other() {
        let table = CountTable::column([Some(1), Some(1), Some(30), Some(50)]).with_total_row();
        assert_eq!(known(&table), [None, None, None, Some(50), Some(82)]);
    }

    #[test]
    fn where_no_other_part_is_left_the_total_is_withheld() {
        let table = CountTable::column([Some(2), Some(0), Some(0)]).with_total_row();
        assert_eq!(known(&table), [None, Some(0), Some(0), None]);
    }

    #[test]
    fn a_total_told_apart_in_two_ways_is_shown_and_each_way_protected_beside_it() {
        let table = |age: [u64; 3], other: [u64; 2]| {
            let total = age.iter().sum();
            let rows = age.iter().chain(&other).chain([&total]).map(|n| vec![Some(*n)]).collect();
            CountTable::new(rows).with_sum([(0, 0), (1, 0), (2, 0), (5, 0)]).with_sum([(3, 0), (4, 0), (5, 0)])
        };
        // The small one by age takes a second with it; the other way is left alone.
        assert_eq!(known(&table([3, 40, 57], [30, 70])), [None, None, Some(57), Some(30), Some(70), Some(100)]);
        // Both parts of a way of two must go.
        assert_eq!(known(&table([20, 23, 57], [2, 98])), [Some(20), Some(23), Some(57), None, None, Some(100)]);
        // A total that is small itself, or that gives a way away, takes all with it.
        assert_eq!(known(&table([1, 1, 1], [3, 0])), [None; 6]);
        assert_eq!(known(&table([5, 0, 0], [1, 4])), [None; 6]);
    }

    #[test]
    fn rows_and_columns_are_protected_together() {
        let table = CountTable::new(vec![vec![Some(2), Some(20), Some(22)], vec![Some(30), Some(40), Some(70)]])
            .with_sum([(0, 0), (0, 1), (0, 2)])
            .with_sum([(1, 0), (1, 1), (1, 2)])
            .with_total_row();
        // One small cell in a 2 × 2 table withholds the whole inside: each row and each column needs a second.
        assert_eq!(known(&table), [None, None, Some(22), None, None, Some(70), Some(32), Some(60), Some(92)]);
    }

    fn ended(counts: [u64; 3]) -> Vec<Option<u64>> {
        let row = counts.iter().chain([&counts.iter().sum()]).map(|n| Some(*n)).collect();
        let month = |m| Month::new(2024, m).unwrap();
        let months = Period::new(month(1), month(12)).unwrap();
        let slice = Slice { source: 0, area: SliceArea::Whole, months, categories: vec![], group: None };
        let table = CountTable::new(vec![row]).with_sum((0..4).map(|column| (0, column))).parts_of([Some(slice)]).alone();
        known(&table)
    }

    #[test]
    fn what_is_left_of_a_total_that_another_table_prints_is_as_wide_open_as_the_rule() {
        // Of 60 reports 40 and 17 ended alike, to within two each: three may be none or seven. Of 11 five and four would tell two: all go.
        assert_eq!(ended([3, 40, 17])[0], None);
        for counts in [[5, 2, 4], [5, 4, 2], [6, 0, 4], [10, 0, 1], [9, 1, 0], [5, 0, 0], [4, 1, 0], [3, 40, 17], [60, 2, 50], [12, 3, 0]] {
            let told = ended(counts);
            let n: u64 = counts.iter().sum();
            let rule = RULE.coarse();
            // Zeros are shown, so that what is withheld is at least one, unless the row is withheld whole.
            let zeros = counts.iter().zip(&told).any(|(n, told)| *n == 0 && told.is_none());
            // Every set of counts with this total that would have been told so.
            let fits = |i: usize, v: u64| match told[i] {
                Some(t) => rule.round(v) == t && (v == 0) == (t == 0) && !rule.is_small(v),
                None => v > 0 || zeros,
            };
            let mut bounds = [(u64::MAX, 0); 3];
            for a in 0..=n {
                for b in 0..=n - a {
                    let all = [a, b, n - a - b];
                    if (0..3).all(|i| fits(i, all[i])) {
                        bounds.iter_mut().zip(all).for_each(|(bound, v)| *bound = (bound.0.min(v), bound.1.max(v)));
                    }
                }
            }
            for i in (0..3).filter(|i| RULE.is_small(counts[*i])) {
                assert!(told[i].is_none() && bounds[i].1 - bounds[i].0 >= RULE.width(), "{counts:?} {told:?} {bounds:?}");
            }
        }
    }

    #[test]
    fn counts_that_are_known_too_closely_are_not_told_where_they_may_be_parts_of_others() {
        let alone = |counts: [u64; 4]| known(&CountTable::column(counts.map(Some)).alone());
        assert_eq!(alone([5, 7, 8, 43]), [None, None, Some(10), Some(45)]);
    }
}
