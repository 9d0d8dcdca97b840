//! The ledger as released: rows of a restricted source are counts of people's events and go through the policy like any other.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::policy::ReleasePolicy;
use super::release::protect;
use crate::analyses::CountTable;
use crate::study::LedgerLine;
use crate::units::{Cell, Sensitivity};

/// One source in the ledger, as released. `gapmap check` prints the exact one, on the analyst's own screen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReleasedLine {
    /// Name of the source.
    pub source: String,
    /// What a row is.
    pub unit: String,
    /// Rows read.
    pub read: Cell<u64>,
    /// Rows kept.
    pub kept: Cell<u64>,
    /// Rows set aside, by reason.
    pub set_aside: BTreeMap<String, Cell<u64>>,
    /// Facts about rows, counted.
    pub noted: BTreeMap<String, Cell<u64>>,
}

impl ReleasedLine {
    /// Releases a line: as it is where the source is open, by the policy where it is restricted.
    pub(super) fn of(line: &LedgerLine, sensitivity: Sensitivity, policy: &ReleasePolicy) -> Self {
        let parts = std::iter::once(line.kept).chain(line.set_aside.values().copied()).map(Some);
        let rows = CountTable::column(parts).with_total_row();
        let facts = CountTable::column(line.noted.values().copied().map(Some));
        let release = |table: &CountTable| -> Vec<Cell<u64>> {
            match sensitivity {
                Sensitivity::Open => table.counts().iter().map(|n| n.map_or(Cell::Missing, Cell::Known)).collect(),
                Sensitivity::Restricted => protect(table, policy),
            }
        };
        let (rows, facts) = (release(&rows), release(&facts));
        Self {
            source: line.source.clone(),
            unit: line.unit.clone(),
            read: rows.last().copied().unwrap_or(Cell::Known(0)),
            kept: rows.first().copied().unwrap_or(Cell::Known(0)),
            set_aside: line.set_aside.keys().cloned().zip(rows.iter().skip(1).copied()).collect(),
            noted: line.noted.keys().cloned().zip(facts).collect(),
        }
    }
}
