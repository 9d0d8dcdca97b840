//! The ledger as released: rows of a restricted source are counts of people's events and go through the policy like any other.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::disclosure::Rule;
use crate::study::{DISCARDED, LedgerLine, UNSHOWABLE_DISCARDING};
use crate::units::{Cell, Sensitivity};

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

impl ReleasedLine {
    /// Releases a line: as it is where the source is open, by the rule where it is restricted.
    ///
    /// `events` is how many events the pack says the source holds, where the pack has linked that number with its others: rows
    /// kept are then told as that and nothing else. No sum is given, so that nothing can be worked out from one.
    pub(super) fn of(line: &LedgerLine, sensitivity: Sensitivity, rule: &Rule, events: Option<Cell<u64>>) -> Self {
        let each = |counts: &BTreeMap<String, u64>, f: &dyn Fn(u64) -> Cell<u64>| counts.iter().map(|(k, n)| (k.clone(), f(*n))).collect();
        let careful = |n: u64| if rule.is_small(n) { Cell::Withheld } else { Cell::Known(rule.round(n)) };
        let (read, kept, set_aside, noted) = match sensitivity {
            Sensitivity::Open => {
                let mut noted = line.noted.clone();
                // What follows from discarded locations stays on the analyst's screen.
                noted.remove(DISCARDED);
                noted.remove(UNSHOWABLE_DISCARDING);
                (Cell::Known(line.read), Cell::Known(line.kept), each(&line.set_aside, &Cell::Known), each(&noted, &Cell::Known))
            }
            Sensitivity::Restricted => {
                (Cell::Withheld, events.unwrap_or_else(|| careful(line.kept)), each(&line.set_aside, &careful), BTreeMap::new())
            }
        };
        Self { source: line.source.clone(), unit: line.unit.clone(), read, kept, set_aside, noted }
    }
}
