//! A line of the ledger of rows, as released.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Cell;

/// One source in the ledger, as released. `gapmap check` prints the exact one, on the analyst's own screen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReleasedLine {
    /// Name of the source.
    pub source: String,
    /// What a row is.
    pub unit: String,
    /// Rows read. Withheld of a restricted source: with it, what was set aside could be worked out.
    pub read: Cell<u64>,
    /// Rows kept.
    pub kept: Cell<u64>,
    /// Rows set aside, by reason.
    pub set_aside: BTreeMap<String, Cell<u64>>,
    /// Facts about rows, counted; of a restricted source none are given.
    pub noted: BTreeMap<String, Cell<u64>>,
}
