//! Rows of counts of one month, place and kind that nothing tells apart but a column which is not read: parts of one count, or its measures or copies.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::csv_file::{Row, Sheet};
use super::read_value::date;
use crate::diagnostics::{Code, Place, Problems, quote};

/// Fewer cells that stand twice than this may be alike by chance.
const FEWEST_COPIES: u64 = 5;

/// What was seen of the cells of one table.
#[derive(Default)]
pub(super) struct CellsAgain {
    /// Columns that make a cell together with month, place and kind: the hour and whatever else is read.
    read: Vec<usize>,
    /// Columns of month, place and kind.
    named: Vec<usize>,
    count: usize,
    unread: Vec<usize>,
    /// Of each cell the line of its first row, its count, and what stands in the columns that are not read.
    first: FxHashMap<u64, (u64, u64, Vec<u64>)>,
    /// What each unread column holds, and whether all of it are days.
    held: BTreeMap<usize, (FxHashSet<u64>, bool)>,
    /// Columns in which rows of one cell differ, with two of the words.
    differ: BTreeMap<usize, BTreeSet<String>>,
    rows: u64,
    /// Rows whose count is one.
    ones: u64,
    again: u64,
    alike: u64,
    line: u64,
    of: u64,
    forms: FormsOfMonths,
}

/// Months of one place and kind that stand as a month in one row and as a day in another: `2025-03`, and `31/03/2025` for the sum of a quarter.
#[derive(Default)]
struct FormsOfMonths {
    /// Of each cell whether a day (1), a month alone (2) or both were met.
    met: FxHashMap<u64, u8>,
    both: u64,
    line: u64,
}

impl FormsOfMonths {
    fn see(&mut self, cell: u64, has_day: bool, line: u64) {
        let met = self.met.entry(cell).or_default();
        let before = *met;
        *met |= if has_day { 1 } else { 2 };
        if *met == 3 && before != 3 {
            self.both += 1;
            self.line = if self.both == 1 { line } else { self.line };
        }
    }
}

/// The month or day, point, area and kind of a row, as they were read: `Abbey` and its code are one area, `Jan 2023` and `2023-01` one month.
pub(super) type Names = (u16, Option<NaiveDate>, u32, u32, u16);

fn print(text: &str) -> u64 {
    let mut hash = FxHasher::default();
    text.trim().hash(&mut hash);
    hash.finish()
}

impl CellsAgain {
    /// `chosen` are columns by which the plan chooses rows; `named` are those of the month, place and kind, which say the same in several ways.
    pub fn new(sheet: &Sheet, count: usize, read: Vec<usize>, named: Vec<usize>, chosen: &[usize]) -> Self {
        let unread = (0..sheet.headings.len()).filter(|c| *c != count && !read.contains(c) && !chosen.contains(c)).collect();
        let read = read.into_iter().filter(|c| !named.contains(c)).collect();
        Self { read, named, count, unread, ..Self::default() }
    }

    /// A row that counts, and its month, place and kind as they were read; none where they were not.
    pub fn see(&mut self, row: &Row, names: Option<Names>) {
        self.rows += 1;
        self.ones += u64::from(matches!(row.get(self.count).trim(), "1" | "1.0"));
        let mut hash = FxHasher::default();
        self.read.iter().for_each(|c| row.get(*c).trim().hash(&mut hash));
        if let Some((month, day, point, area, kind)) = names {
            let mut of_month = hash.clone();
            (month, point, area, kind).hash(&mut of_month);
            self.forms.see(of_month.finish(), day.is_some(), row.line);
        }
        match names {
            Some(names) => names.hash(&mut hash),
            None => self.named.iter().for_each(|c| row.get(*c).trim().hash(&mut hash)),
        }
        let (cell, count) = (hash.finish(), print(row.get(self.count)));
        let words: Vec<u64> = self.named.iter().chain(&self.unread).map(|c| print(row.get(*c))).collect();
        for (column, word) in self.unread.iter().zip(&words) {
            let held = self.held.entry(*column).or_insert_with(|| (FxHashSet::default(), true));
            held.1 &= held.0.contains(word) || date(row.get(*column)).value().is_some();
            held.0.insert(*word);
        }
        let Some((line, first, before)) = self.first.get(&cell) else {
            self.first.insert(cell, (row.line, count, words));
            return;
        };
        self.again += 1;
        self.alike += u64::from(*first == count);
        if self.again == 1 {
            (self.line, self.of) = (row.line, *line);
        }
        let columns = self.named.iter().chain(&self.unread).zip(&words);
        for (column, _) in columns.zip(before).filter(|((_, now), then)| now != then).map(|(c, _)| c) {
            let seen = self.differ.entry(*column).or_default();
            if seen.len() < 3 {
                seen.insert(row.get(*column).trim().to_owned());
            }
        }
    }

    /// Rows that name the month, place or kind of another row in another way: where all their counts are those of the others they are copies.
    fn tell_other_names(&self, sheet: &Sheet, place: Place, problems: &mut Problems) -> bool {
        let Some((column, words)) = self.differ.iter().find(|(column, _)| self.named.contains(column)) else { return false };
        let heading = &sheet.headings[*column];
        let shown: Vec<String> = words.iter().map(|w| quote(w, sheet.origin.shows())).collect();
        let what = format!(
            "{} rows have the month, place and kind of another row, such as line {}, which the column “{heading}” names in another way (such as {})",
            self.again,
            self.of,
            shown.join(", ")
        );
        if self.alike >= FEWEST_COPIES && self.alike == self.again {
            problems.error(
                Code::D218,
                place,
                what,
                "They have its count, too. Take the copies out of the table, or choose the rows that count by `keep`.",
            );
        } else {
            problems.warn(Code::D218, place, what, "They were added. If they are the same events again, take them out of the table.");
        }
        true
    }

    /// Copies are refused, and of what may be parts it is told that they were added.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) {
        if self.forms.both > 0 && self.ones < self.rows {
            let what = format!(
                "{} months of one place and kind stand as a month and as a day, such as in this row: one of the two may be the sum of a longer time",
                self.forms.both
            );
            let next = "Write each month once, in one form such as 2025-03, and take sums of quarters and years out of the table.";
            return problems.error(Code::D218, Place::line(&sheet.file, self.forms.line), what, next);
        }
        // Rows that no column tells apart are told where they stand.
        if self.again == 0 || self.differ.is_empty() {
            return;
        }
        let is_index = |column: &usize| {
            self.held.get(column).is_some_and(|(held, days)| *days || held.len() as u64 == self.rows && !self.first.is_empty())
        };
        // Rows that count one each are events, each with its number.
        if self.ones == self.rows {
            return;
        }
        let place = Place::line(&sheet.file, self.line);
        if self.tell_other_names(sheet, place.clone(), problems) {
            return;
        }
        if self.differ.keys().all(is_index) && self.alike >= FEWEST_COPIES && self.alike == self.again {
            let what = format!(
                "{} rows of counts stand twice: this one has the month, place, kind and count of line {}, and a number or a day of its own",
                self.again, self.of
            );
            problems.error(Code::D218, place, what, "Take the copies out of the table, or take one extract of several. If each row is an event of its own, take `count` out of the plan, so that every row counts one.");
            return;
        }
        let column = self.differ.iter().min_by_key(|(c, _)| (is_index(c), self.held.get(c).map_or(0, |h| h.0.len())));
        let Some((column, words)) = column else { return };
        let heading = &sheet.headings[*column];
        let shown: Vec<String> = words.iter().map(|w| quote(w, sheet.origin.shows())).collect();
        let what = format!(
            "{} rows have the month, place and kind of another row, and were added to it: they differ in the column “{heading}” (such as {})",
            self.again,
            shown.join(", ")
        );
        let next = format!(
            "Parts of one count, such as ages, are rightly added. Of measures, versions or cumulative counts one counts: say which, under the source: `keep = {{ \"{heading}\" = \"…\" }}`."
        );
        problems.warn(Code::D218, place, what, next);
    }
}
