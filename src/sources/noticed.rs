//! What was passed over in the tables of a source, counted for the ledger, and how its tables are read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::gathered::Tally;
use super::{BadRecords, Origin};

/// Rows that are no data.
#[derive(Clone, Debug, Default)]
pub(super) struct Noticed {
    pub(super) totals: Counter,
    pub(super) above: Counter,
}

/// A number that several threads add to.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter(Arc<AtomicU64>);

impl Counter {
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
}

/// How the tables of a source are laid out, where the plan says so.
#[derive(Clone, Debug, Default)]
pub struct TableLayout {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row that holds the headings, from 1.
    pub heading_row: Option<u64>,
}

/// How a source is read, and what was passed over while it was.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Rows of its tables that are no data.
    pub(super) noticed: Noticed,
    /// What becomes of a record that cannot be used; the default of the kind where the plan does not say.
    pub bad_records: Option<BadRecords>,
    /// How its tables are laid out.
    pub table: TableLayout,
}

impl Reading {
    /// As the plan says it.
    pub fn new(bad_records: Option<BadRecords>, table: TableLayout) -> Self {
        Self { noticed: Noticed::default(), bad_records, table }
    }
}

impl Origin {
    /// What becomes of a record that cannot be used.
    pub fn bad_records(&self) -> BadRecords {
        self.reading.bad_records.unwrap_or(BadRecords::of_kind(self.kind))
    }

    /// Notes in the ledger what was passed over since the last time.
    pub(crate) fn note_passed_over(&self, tallies: &mut [Tally]) {
        let Some(tally) = tallies.iter_mut().rfind(|t| t.source == self.id) else { return };
        tally.note("rows of totals, passed over", self.reading.noticed.totals.0.swap(0, Ordering::Relaxed));
        tally.note("lines above and below a table, passed over", self.reading.noticed.above.0.swap(0, Ordering::Relaxed));
    }
}
