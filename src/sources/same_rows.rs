//! Records that stand twice: two extracts that overlap, one extract in two forms, a table that was pasted below itself.
//!
//! Files that are the same word for word are counted once (`same_cells`). Here what is *read* of their rows is compared, for two extracts of one
//! system often differ in a column that nobody reads: the day of the extract, the status of a case. Whose rows have ids needs no guess: rows of one id
//! are one event.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};

use super::csv_file::Row;
use super::events::{Block, NotTold};
use super::gathered::{Copies, Tally};
use super::incident_row::Found;
use super::read_value;
use super::repeats::id_key;
use super::same_cells::{keep_newest_counts, keep_rows_once};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

/// From this share of the smaller file's rows in the other one, they are the same records.
const SAME_FROM: f64 = 0.9;
/// Fewer rows than this in the months of both may well be alike.
const FEWEST_ROWS: u64 = 20;
/// So many rows at least must be expected without a twin, were the files of different events: in coarse tables of many events most rows have one.
const FEWEST_BY_CHANCE: f64 = 8.0;
/// From so many ids that stand in several months, and from this share of those that stand twice, they are of people and not of events.
const FEWEST_IDS_OF_PEOPLE: u64 = 5;
const IDS_OF_PEOPLE_FROM: f64 = 0.1;
/// So many rows are looked at before all of them are.
const FIRST_ROWS: usize = 50;

/// What is remembered of the rows of one file.
#[derive(Default)]
pub(super) struct Remembered {
    /// A hash of all that a row says.
    pub row: Vec<u64>,
    /// A hash of what is read of it; empty where there is one file.
    read: Vec<u64>,
    /// A hash of its id, 0 where it has none; empty where the plan names no column of ids.
    id: Vec<u64>,
}

impl Remembered {
    /// Remembers the last row of a block.
    pub fn push(&mut self, row: &Row, columns: &Found, block: &Block, several_files: bool) {
        let mut hash = rustc_hash::FxHasher::default();
        (0..row.len()).for_each(|i| row.get(i).hash(&mut hash));
        self.row.push(hash.finish());
        if let Some(column) = columns.id {
            self.id.push(id_key(row.get(column).to_lowercase().as_bytes()).unwrap_or(0));
        }
        if several_files {
            let (at, mut hash) = (block.rows() - 1, rustc_hash::FxHasher::default());
            (block.point[at], block.code[at], block.category[at], block.facets.get(at).map(|f| f.bits())).hash(&mut hash);
            // A day in whatever form, or the month where no day is known.
            (block.month[at], read_value::date(row.get(columns.month)).value()).hash(&mut hash);
            row.get_if(columns.hour).hash(&mut hash);
            self.read.push(hash.finish());
        }
    }

    /// Forgets the rows for which `keep` is false.
    pub fn retain(&mut self, keep: &[bool]) {
        for column in [&mut self.row, &mut self.read, &mut self.id].into_iter().filter(|c| !c.is_empty()) {
            let mut at = keep.iter();
            column.retain(|_| at.next().copied().unwrap_or(true));
        }
    }

    /// Whether a row has an id: it is no other's copy then.
    fn has_id(&self, row: usize) -> bool {
        self.id.get(row).is_some_and(|id| *id != 0)
    }
}

/// Counts every record once, and tells of those of which nobody can say whether they are the same.
pub(super) fn count_once(
    blocks: &mut [Block],
    not_told: &mut Vec<NotTold>,
    remembered: &mut [Remembered],
    copies: Copies,
    tally: &mut Tally,
    problems: &mut Problems,
) {
    keep_ids_once(blocks, remembered, copies, tally, problems);
    keep_newest_counts(blocks, not_told, copies, tally, problems);
    keep_rows_once(blocks, remembered, copies, tally, problems);
    if !copies.all_count {
        tell_doubled(blocks, remembered, copies, problems);
        tell_same(blocks, remembered, problems);
    }
}

/// Of the rows of one id the last counts, of the file that goes on longest: it carries the latest that is known of the event.
fn keep_ids_once(blocks: &mut [Block], remembered: &mut [Remembered], copies: Copies, tally: &mut Tally, problems: &mut Problems) {
    if copies.all_count || remembered.iter().all(|r| r.id.is_empty()) {
        return;
    }
    let without = remembered.iter().flat_map(|r| &r.id).filter(|id| **id == 0).count();
    tally.note("without an id (never taken for another event)", without as u64);
    let last = |at: usize| blocks[at].month.iter().copied().max().unwrap_or(0);
    let mut order: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].count.is_empty()).collect();
    order.sort_by_key(|at| (last(*at), *at));
    if copies.oldest {
        order.reverse();
    }
    let mut keep: Vec<Vec<bool>> = blocks.iter().map(|b| vec![true; b.rows()]).collect();
    let mut latest: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
    let (mut twice, mut of_months): (FxHashSet<u64>, FxHashSet<u64>) = Default::default();
    let mut first_of_people = None;
    for at in order {
        for (row, id) in remembered[at].id.iter().enumerate().filter(|(_, id)| **id != 0) {
            let Some((other, earlier)) = latest.insert(*id, (at, row)) else { continue };
            if copies.repeats_count && other == at {
                continue;
            }
            keep[other][earlier] = false;
            twice.insert(*id);
            if blocks[other].month[earlier] != blocks[at].month[row] {
                of_months.insert(*id);
                first_of_people.get_or_insert((at, blocks[at].line.of(row)));
            }
        }
    }
    let (n, all) = (of_months.len() as u64, twice.len() as u64);
    if let Some((at, line)) = first_of_people.filter(|_| n >= FEWEST_IDS_OF_PEOPLE && n as f64 >= IDS_OF_PEOPLE_FROM * all as f64) {
        let what = format!("{n} ids stand in rows of several months: they are of people or cases, and not of events");
        let next = "Map the column that names each event as `id`, or take `id` out of the mapping.";
        return problems.error(Code::R116, Place::line(&blocks[at].file, u64::from(line)), what, next);
    }
    for ((block, remembered), keep) in blocks.iter_mut().zip(remembered).zip(&keep) {
        let gone = keep.iter().filter(|k| !**k).count();
        if gone > 0 {
            tally.set_aside("the same event again, by its id", gone as u64);
            block.retain(keep);
            remembered.retain(keep);
        }
    }
}

/// Reports a file in which all rows stand twice: it was pasted below itself.
fn tell_doubled(blocks: &[Block], remembered: &[Remembered], copies: Copies, problems: &mut Problems) {
    for (block, rows) in blocks.iter().zip(remembered).filter(|(b, _)| b.count.is_empty() && !copies.repeats_count) {
        let prints: Vec<u64> = (0..block.rows()).filter(|r| !rows.has_id(*r)).map(|r| rows.row[r]).collect();
        if (prints.len() as u64) < 2 * FEWEST_ROWS || prints.len() % 2 == 1 {
            continue;
        }
        // Nearly always one of the first rows stands once, and no more is looked at.
        let mut counts: FxHashMap<u64, u32> = prints.iter().take(FIRST_ROWS).map(|p| (*p, 0)).collect();
        prints.iter().for_each(|p| {
            counts.entry(*p).and_modify(|n| *n += 1);
        });
        if counts.values().any(|n| n % 2 == 1) {
            continue;
        }
        counts.clear();
        prints.iter().for_each(|p| *counts.entry(*p).or_default() += 1);
        // Rows that all stand four times, or twenty, are as many events each in a table without days: of copies most stand twice.
        let pairs = counts.values().filter(|n| **n == 2).count();
        let copied = counts.values().all(|n| n % 2 == 0) && 2 * pairs >= counts.len();
        if copied && counts.len() as u64 >= FEWEST_ROWS {
            let next = "Take the copies out. If they are different events, map a column that names each of them, `id = \"…\"`, or say that each row counts, under the source: `each-row-counts = true`.";
            problems.error(Code::R116, Place::file(&block.file), "every row of the file stands twice, word for word", next);
        }
    }
}

/// What two files share in the months of both.
#[derive(Default)]
struct Shared {
    months: BTreeSet<u16>,
    /// How many rows each has.
    rows: (u64, u64),
    both: u64,
    /// How many rows of the one would be without a twin in the other, and the other way round, were they of different events in the same places.
    by_chance: (f64, f64),
}

impl Shared {
    fn add(&mut self, month: u16, one: &FxHashMap<u64, u32>, other: &FxHashMap<u64, u32>) {
        self.months.insert(month);
        for (key, n) in one {
            let m = other.get(key).copied().unwrap_or(0);
            self.rows.0 += u64::from(*n);
            self.both += u64::from(m.min(*n));
            self.by_chance.0 += without_a_twin(*n, m);
            self.by_chance.1 += without_a_twin(m, *n);
        }
        for (key, m) in other {
            self.rows.1 += u64::from(*m);
            if !one.contains_key(key) {
                self.by_chance.1 += without_a_twin(*m, 0);
            }
        }
    }

    fn are_the_same(&self) -> bool {
        let (n, by_chance) = if self.rows.1 < self.rows.0 { (self.rows.1, self.by_chance.1) } else { (self.rows.0, self.by_chance.0) };
        let alone = n.saturating_sub(self.both) as f64;
        n >= FEWEST_ROWS && self.both as f64 >= SAME_FROM * n as f64 && by_chance >= FEWEST_BY_CHANCE && alone <= by_chance / 3.0
    }
}

/// Of `n` rows that look alike, how many more there would be than of `m` others that look the same, on average, were both counts Poisson's.
fn without_a_twin(n: u32, m: u32) -> f64 {
    let (d, s) = (f64::from(n) - f64::from(m), (f64::from(n) + f64::from(m)).sqrt());
    if s == 0.0 {
        return 0.0;
    }
    let z = d / s;
    let below = 1.0 / (1.0 + (-1.702 * z).exp());
    d.mul_add(below, s * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt())
}

/// Reports two files that hold nearly the same rows in the months of both.
fn tell_same(blocks: &[Block], remembered: &[Remembered], problems: &mut Problems) {
    let mut holders: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate().filter(|(at, b)| b.count.is_empty() && remembered[*at].read.len() == b.rows()) {
        block.month.iter().copied().collect::<FxHashSet<u16>>().into_iter().for_each(|m| holders.entry(m).or_default().push(at));
    }
    holders.retain(|_, files| files.len() > 1);
    let mut rows: BTreeMap<u16, BTreeMap<usize, FxHashMap<u64, u32>>> = BTreeMap::new();
    for at in holders.values().flatten().copied().collect::<BTreeSet<usize>>() {
        for (row, month) in blocks[at].month.iter().enumerate().filter(|(row, m)| holders.contains_key(m) && !remembered[at].has_id(*row)) {
            *rows.entry(*month).or_default().entry(at).or_default().entry(remembered[at].read[row]).or_default() += 1;
        }
    }
    let mut pairs: BTreeMap<(usize, usize), Shared> = BTreeMap::new();
    for (month, files) in &rows {
        for (one, keys) in files {
            for (other, others) in files.range(one + 1..) {
                pairs.entry((*one, *other)).or_default().add(*month, keys, others);
            }
        }
    }
    for ((one, other), shared) in pairs.into_iter().filter(|(_, s)| s.are_the_same()) {
        let label = |m: Option<&u16>| m.and_then(|m| Month::from_index(i32::from(*m))).map_or(String::new(), Month::label);
        let months = format!("{} to {}", label(shared.months.first()), label(shared.months.last()));
        let what = format!(
            "{} of its {} rows of {months} are like rows of {} in all that is read of them: the same events would count twice",
            shared.both, shared.rows.1, blocks[one].file
        );
        let next = "Take one of the two files out, or map a column that names each event, `id = \"…\"`: rows of one id count once.";
        problems.error(Code::R116, Place::file(&blocks[other].file), what, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &[u32], other: &[u32]) -> bool {
        let keys = |n: &[u32]| n.iter().enumerate().map(|(i, n)| (i as u64, *n)).filter(|(_, n)| *n > 0).collect::<FxHashMap<u64, u32>>();
        let mut all = Shared::default();
        all.add(1, &keys(one), &keys(other));
        all.are_the_same()
    }

    #[test]
    fn copies_are_told_from_tables_of_many_events_in_the_same_places() {
        assert!(shared(&[1; 40], &[1; 40]) && shared(&[4; 12], &[4; 12]));
        let mut most = [1; 40];
        most[..3].fill(0);
        assert!(shared(&[1; 40], &most));
        most[..20].fill(0);
        assert!(shared(&[1; 40], &most), "the smaller file lies in the larger");
        // Fifty a place in the one and about fifty in the other; or one in a place where fifty are.
        let near: Vec<u32> = [36, 59, 47, 62, 42, 54, 65, 40].repeat(5);
        assert!(!shared(&[50; 40], &near) && !shared(&[50; 40], &[1; 40]) && !shared(&[1; 10], &[1; 10]));
    }
}
