//! What an analysis hands to the release, and what the release hands back.

use std::fmt;

use super::body::Body;
use crate::study::SourceNote;
use crate::units::{Cell, Period, Polarity};

/// An answer at full precision. It cannot be written anywhere: it has no serialisation, and its counts can be taken out only
/// by the release.
///
/// ```compile_fail
/// fn write(draft: &gapmap::analyses::Draft) -> String {
///     serde_json::to_string(draft).unwrap() // a Draft is not Serialize
/// }
/// ```
///
/// ```compile_fail
/// fn peek(draft: &gapmap::analyses::Draft) -> u64 {
///     draft.counts.counts[0].unwrap() // its counts are private
/// }
/// ```
pub struct Draft {
    /// What it is about.
    pub head: DraftHead,
    counts: CountTable,
    tell: Box<dyn Fn(&Released) -> Telling + Send + Sync>,
}

/// What may be said of an answer before any number is seen.
#[derive(Clone, Debug)]
pub struct DraftHead {
    /// Unique within a study, stable from run to run: `burden/police/violence-and-sexual-offences/areas`.
    pub id: String,
    /// The analysis.
    pub analysis: &'static str,
    /// The sources it is built from.
    pub sources: Vec<SourceNote>,
    /// The months it covers.
    pub period: Period,
    /// What a rise means.
    pub polarity: Polarity,
    /// `recorded`, `proxy`, `self-reported`, `population` or `estimate`.
    pub status: String,
    /// What the numbers are and are not.
    pub caveats: Vec<String>,
}

/// A table of counts, rows by columns; `None` where a count is missing.
#[derive(Clone, Debug)]
pub struct CountTable {
    rows: usize,
    columns: usize,
    counts: Vec<Option<u64>>,
    total_row: bool,
    total_column: bool,
}

impl CountTable {
    /// From rows of equal length.
    pub fn new(rows: Vec<Vec<Option<u64>>>) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        debug_assert!(rows.iter().all(|r| r.len() == columns));
        Self { rows: rows.len(), columns, counts: rows.into_iter().flatten().collect(), total_row: false, total_column: false }
    }

    /// A single column.
    pub fn column(counts: impl IntoIterator<Item = Option<u64>>) -> Self {
        Self::new(counts.into_iter().map(|n| vec![n]).collect())
    }

    /// The same with a last row that sums the others: the release protects it together with them.
    pub fn with_total_row(mut self) -> Self {
        for column in 0..self.columns {
            let sum: Option<u64> = (0..self.rows).map(|row| self.counts[row * self.columns + column]).sum();
            self.counts.push(sum);
        }
        self.rows += 1;
        self.total_row = true;
        self
    }

    /// The same with a last column that sums the others.
    pub fn with_total_column(self) -> Self {
        let mut rows: Vec<Vec<Option<u64>>> = self.counts.chunks(self.columns.max(1)).map(<[_]>::to_vec).collect();
        for row in &mut rows {
            row.push(row.iter().copied().sum());
        }
        Self { total_column: true, total_row: self.total_row, ..Self::new(rows) }
    }

    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    pub(crate) fn counts(&self) -> &[Option<u64>] {
        &self.counts
    }

    /// Sets of cells of which the last is the sum of the others.
    pub(crate) fn sums(&self) -> Vec<Vec<usize>> {
        let cell = |row: usize, column: usize| row * self.columns + column;
        let mut sums = Vec::new();
        if self.total_row {
            sums.extend((0..self.columns).map(|c| (0..self.rows).map(|r| cell(r, c)).collect()));
        }
        if self.total_column {
            sums.extend((0..self.rows).map(|r| (0..self.columns).map(|c| cell(r, c)).collect()));
        }
        sums
    }
}

/// The counts as released, in the shape of the table.
#[derive(Clone, Debug)]
pub struct Released {
    columns: usize,
    cells: Vec<Cell<u64>>,
}

impl Released {
    pub(crate) fn new(columns: usize, cells: Vec<Cell<u64>>) -> Self {
        Self { columns, cells }
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> Cell<u64> {
        self.cells.get(row * self.columns + column).copied().unwrap_or(Cell::Missing)
    }

    /// The cells of a column, top to bottom.
    pub fn column(&self, column: usize) -> Vec<Cell<u64>> {
        (0..self.rows()).map(|row| self.at(row, column)).collect()
    }

    /// The cells of a row, left to right.
    pub fn row(&self, row: usize) -> Vec<Cell<u64>> {
        (0..self.columns).map(|column| self.at(row, column)).collect()
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }
}

/// An answer told: from released numbers only.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The message, at most about ten words.
    pub headline: String,
    /// The measure, the geography and the period.
    pub subtitle: String,
    /// Sentences for a report, each of which can be read aloud.
    pub sentences: Vec<String>,
    /// The numbers, in the shape that charts and maps fit.
    pub body: Body,
}

impl Draft {
    /// An answer: its head, its counts, the facts that everyone may know (labels, residents, months), and how to tell it.
    ///
    /// `tell` is a plain function: it holds nothing of its own, sees only `facts` and what was released, and so cannot repeat
    /// a number that was withheld.
    pub fn new<F: Send + Sync + 'static>(head: DraftHead, counts: CountTable, facts: F, tell: fn(&F, &Released) -> Telling) -> Self {
        Self { head, counts, tell: Box::new(move |released| tell(&facts, released)) }
    }

    pub(crate) fn counts(&self) -> &CountTable {
        &self.counts
    }

    pub(crate) fn tell(&self, released: &Released) -> Telling {
        (self.tell)(released)
    }
}

impl fmt::Debug for Draft {
    /// Names the draft; its counts are never printed.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Draft({})", self.head.id)
    }
}
