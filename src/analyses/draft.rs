//! What an analysis hands to the release, and what the release hands back.

use std::fmt;

use crate::model::{Body, Figure, Message, Row, beside_not_known};
use crate::study::{Slice, SourceNote};
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
    pub caveats: Vec<Message>,
}

/// A table of counts, rows by columns; `None` where a count is missing.
#[derive(Clone, Debug)]
pub struct CountTable {
    rows: usize,
    columns: usize,
    counts: Vec<Option<u64>>,
    /// Sets of cells of which the last is the sum of the others.
    sums: Vec<Vec<usize>>,
    /// Which events each cell counts, where it counts events of one source.
    slices: Vec<Option<Slice>>,
    /// Names of the cells, where they count people who are no events and the ledger of releases must remember them.
    names: Vec<String>,
    /// The months of each cell, where they are not those of the whole table.
    spans: Vec<Period>,
    /// Which of the missing counts whoever published them keeps back.
    kept_back: Vec<bool>,
    /// Whether nobody knows which other tables count the same people.
    alone: bool,
    /// Of which events each row tells a part.
    parts_of: Vec<Option<Slice>>,
    /// Whether its cells are upper limits of shares in quarters, in per cent, and no counts.
    in_quarters: bool,
}

impl CountTable {
    /// From rows of equal length.
    pub fn new(rows: Vec<Vec<Option<u64>>>) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        debug_assert!(rows.iter().all(|r| r.len() == columns));
        let counts: Vec<Option<u64>> = rows.iter().flatten().copied().collect();
        Self {
            rows: rows.len(),
            columns,
            slices: vec![None; counts.len()],
            kept_back: vec![false; counts.len()],
            counts,
            sums: vec![],
            names: vec![],
            spans: vec![],
            alone: false,
            parts_of: vec![],
            in_quarters: false,
        }
    }

    /// A single column; without rows it is one still, and its total is 0.
    pub fn column(counts: impl IntoIterator<Item = Option<u64>>) -> Self {
        Self { columns: 1, ..Self::new(counts.into_iter().map(|n| vec![n]).collect()) }
    }

    /// The same with a last row that sums the others: the release protects it together with them.
    pub fn with_total_row(mut self) -> Self {
        for column in 0..self.columns {
            let parts: Vec<usize> = (0..self.rows).map(|row| row * self.columns + column).collect();
            self.kept_back.push(parts.iter().any(|p| self.kept_back[*p]));
            self.counts.push(parts.iter().map(|p| self.counts[*p]).sum());
            self.slices.push(None);
            self.sums.push(parts.into_iter().chain([self.rows * self.columns + column]).collect());
        }
        self.rows += 1;
        self
    }

    /// The same with one more relation: of these cells, by row and column, the last is the sum of the others.
    pub fn with_sum(mut self, cells: impl IntoIterator<Item = (usize, usize)>) -> Self {
        self.sums.push(cells.into_iter().map(|(row, column)| row * self.columns + column).collect());
        self
    }

    /// The same, saying which events the cells of a column count: `slices` from the top, one for each row.
    ///
    /// The release links cells by it, over all tables of a pack and over earlier packs. Cells that count restricted events and
    /// have no slice are protected along the sums of their own table only.
    pub fn counting(mut self, column: usize, slices: impl IntoIterator<Item = Option<Slice>>) -> Self {
        for (row, slice) in slices.into_iter().enumerate().take(self.rows) {
            // A table without columns has no such cell.
            if let Some(own) = self.slices.get_mut(row * self.columns + column) {
                *own = slice;
            }
        }
        self
    }

    /// The same, with a name for each row of its one column, for counts of people who are no events.
    ///
    /// The ledger of releases remembers them by it: of months that overlap they are told once.
    pub fn named(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.names = names.into_iter().collect();
        debug_assert_eq!(self.names.len(), self.counts.len());
        self
    }

    /// The same, with the months of each row of its one column: the ledger of releases holds those of different months apart.
    pub fn spanning(mut self, spans: impl IntoIterator<Item = Period>) -> Self {
        self.spans = spans.into_iter().collect();
        debug_assert_eq!(self.spans.len(), self.counts.len());
        self
    }

    /// The same, saying which missing counts of a column whoever published them keeps back, from the top.
    pub fn keeping_back(mut self, column: usize, kept_back: &[bool]) -> Self {
        for (row, kept) in kept_back.iter().enumerate().take(self.rows) {
            let at = row * self.columns + column;
            if let (Some(own), Some(count)) = (self.kept_back.get_mut(at), self.counts.get(at)) {
                *own = *kept && count.is_none();
            }
        }
        self
    }

    /// The same, of people of whom nobody knows in which other tables they are counted, as of an indicator that a plan defines: it is rounded so coarsely
    /// that no difference to another table tells a withheld count.
    pub fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// The same, saying of which events each row tells parts that no slice knows, such as how they ended. The release withholds a row where the tier does
    /// not let these events be told one way more apart.
    pub fn parts_of(mut self, slices: impl IntoIterator<Item = Option<Slice>>) -> Self {
        self.parts_of = slices.into_iter().collect();
        self
    }

    /// The same, of cells that are upper limits of shares in quarters, in per cent: nothing of them is small, and the ledger of releases remembers them, so that
    /// months that were told one way are not told another.
    pub fn in_quarters(mut self) -> Self {
        self.in_quarters = true;
        self
    }

    pub(crate) fn is_in_quarters(&self) -> bool {
        self.in_quarters
    }

    pub(crate) fn is_part_of(&self, row: usize) -> Option<&Slice> {
        self.parts_of.get(row)?.as_ref()
    }

    pub(crate) fn is_alone(&self) -> bool {
        self.alone
    }

    /// What stands for a missing count.
    pub(crate) fn nothing_at(&self, cell: usize) -> Cell<u64> {
        if self.kept_back.get(cell) == Some(&true) { Cell::Withheld } else { Cell::Missing }
    }

    /// The months of a cell; `None` where they are those of the whole table.
    pub(crate) fn span(&self, cell: usize) -> Option<Period> {
        self.spans.get(cell).copied()
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn slices(&self) -> &[Option<Slice>] {
        &self.slices
    }

    pub(crate) fn size(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    pub(crate) fn counts(&self) -> &[Option<u64>] {
        &self.counts
    }

    pub(crate) fn sums(&self) -> &[Vec<usize>] {
        &self.sums
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

    /// Its rows, each under a label, in the order of the labels.
    pub fn under(&self, labels: &[String]) -> Vec<Row> {
        labels.iter().enumerate().map(|(i, label)| Row { code: None, label: label.clone(), cells: self.row(i) }).collect()
    }

    /// The same of parts of a whole, the last of which are people of whom it is not known: no part beside those is told to be empty.
    pub fn parts_under(&self, labels: &[String]) -> Vec<Row> {
        self.under(labels).into_iter().map(|row| Row { cells: beside_not_known(row.cells), ..row }).collect()
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }
}

/// An answer told: from released numbers only. Which messages it is told in is chosen here; their words stand in [`crate::words`].
#[derive(Clone, Debug)]
pub struct Telling {
    /// The message, at most about ten words.
    pub headline: Message,
    /// The measure, the geography and the period.
    pub subtitle: Message,
    /// Sentences for a report, each of which can be read aloud.
    pub sentences: Vec<Message>,
    /// Numbers that neither a hole of a message nor the body holds.
    pub figures: Vec<Figure>,
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
