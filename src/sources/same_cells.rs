//! The same cell in two tables of one source: a file of full years beside one of the last 24 months, two extracts that overlap.
//!
//! Of several numbers of one month, area and category one is counted: that of the table which was published last, which is the one that goes on
//! longest. Where both end with the same month and the numbers differ, nobody can say which is right. A cell that the newest table keeps back is
//! kept back, whatever an older one said; one that only an older table keeps back is told.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::events::{Block, NotTold};
use super::gathered::{Copies, Tally};
use super::same_rows::Remembered;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

/// From this share of the smaller file's rows of a month in the other file, word for word, they are the same rows.
const COPY_FROM: f64 = 0.9;
/// Fewer rows than this of one month may well be alike by chance.
const FEWEST_ROWS: u64 = 5;

/// What is told of two files: the months, how many rows, and whether the numbers differ with nothing to say which is newer.
#[derive(Default)]
struct Overlap {
    months: BTreeSet<u16>,
    rows: u64,
    contrary: bool,
}

/// Takes cells out that stand in a newer table too. Blocks without counts are left alone.
pub(super) fn keep_newest_counts(
    blocks: &mut [Block],
    not_told: &mut Vec<NotTold>,
    copies: Copies,
    tally: &mut Tally,
    problems: &mut Problems,
) {
    if copies.all_count {
        return;
    }
    let mut last: Vec<u16> = blocks.iter().map(|b| b.month.iter().copied().max().unwrap_or(0)).collect();
    for cell in not_told.iter() {
        last[cell.block as usize] = last[cell.block as usize].max(cell.month);
    }
    // Of each cell the tables that hold it, with its number; without one where a part of it is not told.
    let mut cells: FxHashMap<Key, Vec<(usize, Option<u64>)>> = FxHashMap::default();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| !b.count.is_empty()) {
        for row in 0..block.rows() {
            let held = cells.entry(cell(block, row)).or_default();
            match held.last_mut().filter(|h| h.0 == at) {
                Some(own) => own.1 = own.1.map(|n| n + u64::from(block.count[row])),
                None => held.push((at, Some(u64::from(block.count[row])))),
            }
        }
    }
    for cell in not_told.iter() {
        let (at, held) = (cell.block as usize, cells.entry(untold_cell(cell)).or_default());
        match held.iter_mut().find(|h| h.0 == at) {
            Some(own) => own.1 = None,
            None => held.push((at, None)),
        }
    }
    cells.retain(|_, held| held.len() > 1);
    if cells.is_empty() {
        return;
    }
    // Of two that are as new the one that tells a number.
    let winner = |held: &[(usize, Option<u64>)]| {
        let newness = |at: usize| if copies.oldest { -i32::from(last[at]) } else { i32::from(last[at]) };
        held.iter().max_by_key(|h| (newness(h.0), h.1.is_some(), std::cmp::Reverse(h.0))).copied()
    };
    let mut found: BTreeMap<(usize, usize), Overlap> = BTreeMap::new();
    for at in 0..blocks.len() {
        let block = &blocks[at];
        if block.count.is_empty() {
            continue;
        }
        let mut keep = vec![true; block.rows()];
        for (row, keep) in keep.iter_mut().enumerate() {
            let Some(held) = cells.get(&cell(block, row)) else { continue };
            let (Some(best), Some(own)) = (winner(held), held.iter().find(|h| h.0 == at)) else { continue };
            if best.0 == at {
                continue;
            }
            *keep = false;
            let overlap = found.entry((at, best.0)).or_default();
            overlap.months.insert(block.month[row]);
            overlap.rows += 1;
            overlap.contrary |= last[at] == last[best.0] && own.1.is_some_and(|n| best.1.is_some_and(|m| n != m));
        }
        blocks[at].retain(&keep);
    }
    not_told.retain(|cell| cells.get(&untold_cell(cell)).and_then(|held| winner(held)).is_none_or(|best| best.0 == cell.block as usize));
    tell(blocks, found, tally, problems);
}

/// Takes rows out that stand in another file word for word.
pub(super) fn keep_rows_once(
    blocks: &mut [Block],
    remembered: &mut [Remembered],
    copies: Copies,
    tally: &mut Tally,
    problems: &mut Problems,
) {
    if copies.all_count {
        return;
    }
    let mut by_month: BTreeMap<u16, BTreeMap<usize, FxHashMap<u64, u64>>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| b.count.is_empty()) {
        for (month, print) in block.month.iter().zip(&remembered[at].row) {
            *by_month.entry(*month).or_default().entry(at).or_default().entry(*print).or_default() += 1;
        }
    }
    let mut gone: BTreeMap<usize, BTreeMap<u16, usize>> = BTreeMap::new();
    for (month, files) in &by_month {
        let all = |at: &usize| files[at].values().sum::<u64>();
        let mut order: Vec<usize> = files.keys().copied().collect();
        order.sort_by_key(|at| (std::cmp::Reverse(all(at)), *at));
        for (i, at) in order.iter().enumerate() {
            let earlier = order[..i].iter().filter(|e| !gone.get(e).is_some_and(|g| g.contains_key(month)));
            let copy_of = earlier.copied().find(|other| {
                let shared: u64 = files[at].iter().map(|(print, n)| *files[other].get(print).unwrap_or(&0).min(n)).sum();
                all(at) >= FEWEST_ROWS && shared as f64 >= COPY_FROM * all(at) as f64
            });
            if let Some(other) = copy_of {
                gone.entry(*at).or_default().insert(*month, other);
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), Overlap> = BTreeMap::new();
    for (at, months) in gone {
        let block = &mut blocks[at];
        for month in &block.month {
            if let Some(other) = months.get(month) {
                let overlap = found.entry((at, *other)).or_default();
                overlap.months.insert(*month);
                overlap.rows += 1;
            }
        }
        let keep: Vec<bool> = block.month.iter().map(|m| !months.contains_key(m)).collect();
        block.retain(&keep);
        remembered[at].retain(&keep);
    }
    tell(blocks, found, tally, problems);
}

/// Month, code, point, category and facets.
type Key = (u16, u32, u32, u16, u16);

fn untold_cell(cell: &NotTold) -> Key {
    (cell.month, cell.code, cell.point, cell.category, 0)
}

fn cell(block: &Block, row: usize) -> Key {
    let facets = block.facets.get(row).map_or(0, |f| f.bits());
    (block.month[row], block.code[row], block.point[row], block.category[row], facets)
}

fn tell(blocks: &[Block], found: BTreeMap<(usize, usize), Overlap>, tally: &mut Tally, problems: &mut Problems) {
    for ((dropped, kept), overlap) in found {
        tally.set_aside("the same month again, in another table", overlap.rows);
        let label = |m: Option<&u16>| m.and_then(|m| Month::from_index(i32::from(*m))).map_or(String::new(), Month::label);
        let months = format!("{} to {}", label(overlap.months.first()), label(overlap.months.last()));
        let (place, other) = (Place::file(&blocks[dropped].file), &blocks[kept].file);
        if overlap.contrary {
            let next = "Both tables end with the same month, so nothing tells which is newer. Keep one of them.";
            problems.error(Code::R116, place, format!("{months} stand in {other} too, with other numbers"), next);
        } else {
            let next = "Each month is counted once, from the table that goes on longest. Nothing needs to be done.";
            problems.warn(Code::R116, place, format!("{months} stand in {other} too, and are taken from there"), next);
        }
    }
}
