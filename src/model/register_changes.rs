//! What changed in the register of gaps and in the catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Cell;

/// What became of a gap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GapMove {
    /// It was none, and is one.
    Opened,
    /// More people than before.
    Widened,
    /// Fewer people than before.
    Narrowed,
    /// It was one, and is none.
    Closed,
    /// It was not known, and is one.
    NowKnown,
    /// It was not known, and is none.
    Settled,
    /// It was known, and is not known any more: not closed.
    NoLongerKnown,
    /// It is measured by another standard: not compared.
    OtherStandard,
}

/// A gap whose verdict or size changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GapChange {
    /// Id of the gap.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// Whom it is about.
    pub who: String,
    /// What became of it.
    pub became: GapMove,
    /// People in the first pack.
    pub before: Cell<u64>,
    /// People in the second.
    pub after: Cell<u64>,
    /// What they are.
    pub unit: String,
}

/// What became of a service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceMove {
    /// It runs, and did not run or was not listed.
    Started,
    /// It ran, and does not run any more.
    Ended,
    /// It ran, and is not listed any more: whether it ended is not known.
    NoLongerListed,
}

/// A service that started or ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServiceChange {
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub provider: String,
    /// What became of it.
    pub became: ServiceMove,
}
