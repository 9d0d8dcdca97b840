//! Columns whose cells were merged: a value stands once, and the cells below it are empty.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashSet;

use super::csv_file::{Row, Sheet};
use crate::diagnostics::{Code, Problems};

/// In fewer rows nothing is told.
const FEWEST_ROWS: u64 = 6;
/// From this share of empty cells on.
const EMPTY_FROM: f64 = 0.2;
/// At most this share of the values may stand right below another: what was merged has empty cells below.
const BELOW_ANOTHER_MOST: f64 = 0.1;
/// A column with so many values right below others, and more than half of all, was never merged.
const GIVEN_UP_FROM: u64 = 200;

/// One column, as far as it was seen.
struct Watched {
    column: usize,
    rows: u64,
    filled: u64,
    below_another: u64,
    first_is_filled: bool,
    before_is_filled: bool,
    first_empty: u64,
    values: FxHashSet<u64>,
    /// Rows since the last value, and the distance of the first two; none where distances differ.
    since: u64,
    distance: Option<u64>,
    is_even: bool,
    given_up: bool,
}

/// Columns that are watched, and the line that was seen last: a row of months side by side comes once for each of them.
pub(super) struct MergedCells(Vec<Watched>, u64);

impl MergedCells {
    /// Watches columns.
    pub fn new(columns: impl IntoIterator<Item = usize>) -> Self {
        let watched = |column| Watched {
            column,
            rows: 0,
            filled: 0,
            below_another: 0,
            first_is_filled: false,
            before_is_filled: false,
            first_empty: 0,
            values: FxHashSet::default(),
            since: 0,
            distance: None,
            is_even: true,
            given_up: false,
        };
        Self(columns.into_iter().map(watched).collect(), 0)
    }

    /// A row that counts.
    pub fn see(&mut self, row: &Row) {
        if std::mem::replace(&mut self.1, row.line) == row.line {
            return;
        }
        self.0.iter_mut().filter(|w| !w.given_up).for_each(|w| w.see(row.get(w.column), row.line));
    }

    /// Tells of columns that were merged; whether any was.
    pub fn tell(&self, sheet: &Sheet, or_else: &str, problems: &mut Problems) -> bool {
        let mut any = false;
        for one in self.0.iter().filter(|w| w.was_merged()) {
            any = true;
            let what = format!("the column is empty in {} of {} rows, below values that stand once", one.rows - one.filled, one.rows);
            let next = format!("Fill the column down: of cells that were merged, a table keeps the first alone.{or_else}");
            problems.error(Code::R104, sheet.place(one.first_empty, one.column), what, next);
        }
        any
    }
}

impl Watched {
    fn see(&mut self, text: &str, line: u64) {
        self.rows += 1;
        self.since += 1;
        let is_filled = !text.is_empty();
        if !is_filled && self.first_empty == 0 {
            self.first_empty = line;
        }
        if is_filled {
            self.filled += 1;
            self.below_another += u64::from(self.before_is_filled);
            self.first_is_filled |= self.rows == 1;
            let mut hash = rustc_hash::FxHasher::default();
            text.hash(&mut hash);
            self.values.insert(hash.finish());
            if self.filled > 1 {
                self.is_even &= *self.distance.get_or_insert(self.since) == self.since;
            }
            self.since = 0;
            self.given_up = self.below_another > GIVEN_UP_FROM && self.below_another * 2 > self.filled;
        }
        self.before_is_filled = is_filled;
    }

    fn was_merged(&self) -> bool {
        let empty = (self.rows - self.filled) as f64;
        let each_once = self.values.len() as u64 == self.filled;
        !self.given_up
            && self.rows >= FEWEST_ROWS
            && self.filled >= 1
            && self.first_is_filled
            && empty >= EMPTY_FROM * self.rows as f64
            && self.below_another as f64 <= BELOW_ANOTHER_MOST * self.filled as f64
            && (each_once || self.is_even && self.filled >= 3)
    }
}
