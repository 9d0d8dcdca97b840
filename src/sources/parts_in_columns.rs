//! A value of a column that counts what others of the column count together: `P` beside `F` and `M`, an empty cell beside hours.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use super::csv_file::{Row, Sheet};
use super::sums_of_parts::sum_of_others;
use crate::diagnostics::{Code, Place, Problems, quote};

/// A column of more values than this tells rows apart, and no parts.
const MOST_VALUES: usize = 14;
/// So many rows tell how a table is made.
const ROWS_LOOKED_AT: u64 = 100_000;

/// Of each column what its values count, in cells that all other columns which are read tell apart.
pub(super) struct PartsInColumns {
    count: usize,
    read: Vec<usize>,
    columns: Vec<Column>,
    rows: u64,
}

#[derive(Default)]
struct Column {
    at: usize,
    values: Vec<String>,
    cells: FxHashMap<u64, Vec<u64>>,
}

impl PartsInColumns {
    /// For the columns that are no month, place, category or count; `read` are all that are read.
    pub fn new(count: usize, read: Vec<usize>, columns: impl Iterator<Item = usize>) -> Self {
        let columns = columns.filter(|c| *c != count).map(|at| Column { at, ..Column::default() }).collect();
        Self { count, read, columns, rows: 0 }
    }

    /// A row that counts. One whose number is suppressed tells nothing.
    pub fn see(&mut self, row: &Row) {
        let Ok(n) = row.get(self.count).trim().replace(',', "").parse::<u64>() else { return };
        self.rows += 1;
        if self.rows > ROWS_LOOKED_AT {
            return;
        }
        let read = &self.read;
        self.columns.retain_mut(|column| {
            let value = row.get(column.at).trim();
            let at = column.values.iter().position(|v| v == value).unwrap_or_else(|| {
                column.values.push(value.to_owned());
                column.values.len() - 1
            });
            let mut hash = FxHasher::default();
            read.iter().filter(|c| **c != column.at).for_each(|c| row.get(*c).trim().hash(&mut hash));
            let cell = column.cells.entry(hash.finish()).or_insert_with(|| vec![0; MOST_VALUES]);
            if let Some(sum) = cell.get_mut(at) {
                *sum += n;
            }
            column.values.len() <= MOST_VALUES
        });
    }

    /// Refuses a table that counts events under a value and under others of the same column again.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) {
        for column in &self.columns {
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
        }
    }
}
