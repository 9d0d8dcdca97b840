//! A table of counts, looked at as a whole: totals beside their parts, a cell that stands twice, months that merged cells have lost.
//!
//! Rows of events may look alike. Rows of counts may not: a cell that stands twice is a copy or a part, and nobody can say which.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::all_of_them::is_all_of_them;
use super::count_words::CountWords;
use super::csv_file::{Row, Sheet};
use crate::diagnostics::{Code, Place, Problems, quote};

/// From this share of the rows without a month on, the months are lost and not unknown.
const MONTHS_LOST_FROM: f64 = 0.2;
/// So few rows without a month are told in the ledger alone.
const FEW_ROWS: u64 = 5;

/// Headings of columns that tell measures apart, which are not to be added.
pub(super) const MEASURES: [&str; 26] = [
    "type of count",
    "type of figure",
    "counting unit",
    "counting basis",
    "basis",
    "series",
    "frequency",
    "measured",
    "what is counted",
    "unit",
    "units",
    "unit of measure",
    "measure type",
    "data type",
    "figure",
    "figures",
    "measure",
    "measures",
    "measure name",
    "measures name",
    "metric",
    "statistic",
    "value type",
    "count type",
    "indicator",
    "variable",
];

/// What was seen of one table.
#[derive(Default)]
pub(super) struct CountTable {
    /// The column of counts; none where each row is an event.
    count: Option<usize>,
    /// Whether the table has months, not days: a cell then stands once. So it does by days, unless every row counts one.
    by_month: bool,
    counts_more: bool,
    /// Columns in which a word for all of something would be a total.
    columns: Vec<usize>,
    /// Of each column, the word for all and another value.
    totals: BTreeMap<usize, (Option<String>, Option<String>)>,
    words: CountWords,
    cells: FxHashMap<u64, u64>,
    /// The line of a cell that stands twice, that of the first, and how many there are.
    again: Option<(u64, u64)>,
    n_again: u64,
    rows: u64,
    undated: u64,
    undated_line: u64,
}

impl CountTable {
    /// `passed_over` are columns that hold a month, a place or a count, or by which the plan chooses rows.
    pub fn new(sheet: &Sheet, count: Option<usize>, by_month: bool, passed_over: &[usize]) -> Self {
        let columns = (0..sheet.headings.len()).filter(|c| count.is_some() && count != Some(*c) && !passed_over.contains(c)).collect();
        Self { count, by_month, columns, ..Self::default() }
    }

    /// A row that counts, or that has no month.
    pub fn see(&mut self, row: &Row, has_month: bool) {
        self.rows += 1;
        if !has_month {
            self.undated += 1;
            self.undated_line = if self.undated == 1 { row.line } else { self.undated_line };
            return;
        }
        for column in &self.columns {
            let text = row.get(*column);
            let seen = self.totals.entry(*column).or_default();
            let slot = if is_all_of_them(text) { &mut seen.0 } else { &mut seen.1 };
            if slot.is_none() && !text.is_empty() {
                *slot = Some(text.to_owned());
            }
        }
        if let Some(count) = self.count {
            self.words.see(row, &self.columns, count);
        }
        let Some(count) = self.count else { return };
        self.counts_more |= !matches!(row.get(count).trim(), "1" | "1.0" | "0" | "");
        let mut hash = rustc_hash::FxHasher::default();
        (0..row.len()).filter(|i| *i != count).for_each(|i| row.get(i).hash(&mut hash));
        if let Some(first) = self.cells.insert(hash.finish(), row.line) {
            self.again.get_or_insert((row.line, first));
            self.n_again += 1;
        }
    }

    /// Whether a column holds a word for all beside other values.
    pub fn has_total(&self, column: usize) -> bool {
        matches!(self.totals.get(&column), Some((Some(_), Some(_))))
    }

    /// Tells what is wrong with the table as a whole. Where cells were merged, rows look alike that are not.
    pub fn tell(&self, sheet: &Sheet, merged: bool, problems: &mut Problems) {
        for (column, seen) in &self.totals {
            let (Some(all), Some(one)) = seen else { continue };
            let (heading, show) = (&sheet.headings[*column], |text: &str| quote(text, sheet.origin.shows()));
            let next = format!(
                "Say which rows count, under the source: `keep = {{ \"{heading}\" = \"…\" }}` with the word for the total, or a list of the others, `[\"…\", \"…\"]`."
            );
            let what =
                format!("the column holds a total, {}, beside its parts, such as {}: they are not to be added", show(all), show(one));
            problems.error(Code::D218, Place::line(&sheet.file, 1).at(format!("column {heading}")), what, next);
        }
        self.words.tell(sheet, problems);
        if let Some((line, first)) = self.again.filter(|_| !merged && (self.by_month || self.counts_more)) {
            let next = "Take the copies out, if they count the same. Where cells were merged, or tables stand one below another, write area, month and kind into each row. If the rows are parts of one count, add them up, or keep the column that tells them apart.";
            let what = format!("{} rows of counts stand twice: this one has the month, place and kind of line {first}", self.n_again);
            problems.error(Code::D218, Place::line(&sheet.file, line), what, next);
        }
        if self.undated > FEW_ROWS && self.undated as f64 >= MONTHS_LOST_FROM * self.rows as f64 {
            let next =
                "Fill the column down: of cells that were merged, a table keeps the first alone. Rows without a month are in no count.";
            let what = format!("{} of {} rows have no month", self.undated, self.rows);
            problems.error(Code::R104, Place::line(&sheet.file, self.undated_line), what, next);
        }
    }
}
