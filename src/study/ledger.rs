//! The ledger: for every source, rows read = rows kept + rows set aside, by reason.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sources::{Origin, Tally};

/// One source in the ledger.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LedgerLine {
    /// Name of the source.
    pub source: String,
    /// What a row is.
    pub unit: String,
    /// Rows read.
    pub read: u64,
    /// Rows kept.
    pub kept: u64,
    /// Rows set aside, by reason.
    pub set_aside: BTreeMap<String, u64>,
    /// Facts about rows, counted.
    pub noted: BTreeMap<String, u64>,
    #[serde(skip)]
    pub(super) position: usize,
}

impl LedgerLine {
    /// Whether the line adds up. A test holds it to that for every study.
    pub fn balances(&self) -> bool {
        self.read == self.kept + self.set_aside.values().sum::<u64>()
    }
}

/// Opens the ledger with what the readers counted.
pub(super) fn open(tallies: &[Tally], origins: &[Origin]) -> Vec<LedgerLine> {
    let line = |t: &Tally| LedgerLine {
        source: origins.get(t.source).map_or(String::new(), |o| o.name.clone()),
        unit: t.unit.into(),
        read: t.read,
        kept: t.kept(),
        set_aside: t.set_aside.iter().map(|(r, n)| ((*r).to_owned(), *n)).collect(),
        noted: t.noted.iter().map(|(r, n)| ((*r).to_owned(), *n)).collect(),
        position: t.source,
    };
    tallies.iter().map(line).collect()
}

/// Adds what the study set aside after the readers.
pub(super) fn record(ledger: &mut [LedgerLine], tally: &Tally) {
    let Some(line) = ledger.iter_mut().find(|l| l.position == tally.source) else { return };
    for (reason, n) in &tally.set_aside {
        *line.set_aside.entry((*reason).to_owned()).or_default() += n;
        line.kept = line.kept.saturating_sub(*n);
    }
    for (fact, n) in &tally.noted {
        *line.noted.entry((*fact).to_owned()).or_default() += n;
    }
}
