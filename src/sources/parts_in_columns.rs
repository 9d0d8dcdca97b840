//! A value of a column that counts what others of the column count together: `P` beside `F` and `M`, an empty cell beside hours.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::csv_file::{Row, Sheet};
use super::sums_of_parts::sum_of_others;
use crate::diagnostics::{Code, Place, Problems, quote};

/// A column of more values than this tells rows apart, and no parts.
const MOST_VALUES: usize = 14;
/// Of more cells than this every other one is looked at, wherever its rows stand: they tell how a table is made.
const MOST_CELLS: usize = 4096;

/// Of each column what its values count, in cells that all other columns which are read tell apart.
pub(super) struct PartsInColumns {
    count: usize,
    read: Vec<usize>,
    columns: Vec<Column>,
}

#[derive(Default)]
struct Column {
    at: usize,
    values: Vec<String>,
    /// By the hash of all that tells a cell apart; of these the ones that no bit of `passed_over` marks.
    cells: FxHashMap<u64, Vec<u64>>,
    passed_over: u64,
}

impl Column {
    fn add(&mut self, cell: u64, value: &str, n: u64) {
        let at = self.values.iter().position(|v| v == value).unwrap_or_else(|| {
            self.values.push(value.to_owned());
            self.values.len() - 1
        });
        if cell & self.passed_over != 0 || at >= MOST_VALUES {
            return;
        }
        self.cells.entry(cell).or_insert_with(|| vec![0; MOST_VALUES])[at] += n;
        if self.cells.len() > MOST_CELLS {
            self.passed_over = self.passed_over << 1 | 1;
            self.cells.retain(|cell, _| cell & self.passed_over == 0);
        }
    }
}

impl PartsInColumns {
    /// For the columns that are no month, place, category or count; `read` are all that are read.
    pub fn new(count: usize, read: Vec<usize>, columns: impl Iterator<Item = usize>) -> Self {
        let columns = columns.filter(|c| *c != count).map(|at| Column { at, ..Column::default() }).collect();
        Self { count, read, columns }
    }

    /// A row that counts. One whose number is suppressed tells nothing.
    pub fn see(&mut self, row: &Row) {
        let Ok(n) = row.get(self.count).trim().replace(',', "").parse::<u64>() else { return };
        // A sum of hashes: one column is taken out of it without looking at the others again.
        let all = self.read.iter().fold(0_u64, |sum, c| sum.wrapping_add(print(*c, row)));
        let read = &self.read;
        self.columns.retain_mut(|column| {
            let others = if read.contains(&column.at) { all.wrapping_sub(print(column.at, row)) } else { all };
            column.add(others, row.get(column.at).trim(), n);
            column.values.len() <= MOST_VALUES
        });
    }

    /// Refuses a table that counts events under a value and under others of the same column again; whether it does. A column that `is_told` is told already.
    pub fn tell(&self, sheet: &Sheet, is_told: impl Fn(usize) -> bool, problems: &mut Problems) -> bool {
        let mut found = false;
        for column in self.columns.iter().filter(|column| !is_told(column.at)) {
            let cells: Vec<Vec<u64>> = column.cells.values().cloned().collect();
            let Some((whole, parts)) = sum_of_others(&cells, column.values.len()) else { continue };
            let heading = &sheet.headings[column.at];
            let show = |at: usize| match column.values[at].as_str() {
                "" => "an empty cell".to_owned(),
                text => quote(text, sheet.origin.shows()),
            };
            let others = parts.iter().map(|at| show(*at)).collect::<Vec<_>>().join(", ");
            let what = format!("{} counts what others of the column count together ({others}): they are not to be added", show(whole));
            let next = format!(
                "Say which rows count, under the source: `keep = {{ \"{heading}\" = \"…\" }}`, or a list of the others, `[\"…\", \"…\"]`."
            );
            problems.error(Code::D218, Place::line(&sheet.file, 1).at(format!("column {heading}")), what, next);
            found = true;
        }
        found
    }
}

/// A hash of what stands in a column, and of which column it is; its lower bits are mixed well enough to choose cells by.
fn print(column: usize, row: &Row) -> u64 {
    let mut hash = FxHasher::default();
    (column, row.get(column).trim()).hash(&mut hash);
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_cells_some_are_looked_at_whatever_the_order_of_their_rows() {
        let mut column = Column::default();
        let cells: Vec<u64> = (0..100_000_u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 7).collect();
        for (value, n) in [("F", 2), ("M", 3), ("P", 5)] {
            cells.iter().for_each(|cell| column.add(*cell, value, n + cell % 3));
        }
        assert!((MOST_CELLS / 4..=MOST_CELLS).contains(&column.cells.len()), "{}", column.cells.len());
        assert!(column.cells.iter().all(|(cell, n)| n[..3] == [2 + cell % 3, 3 + cell % 3, 5 + cell % 3]));
    }
}
