//! Two packs side by side, as data: what may be said of each change, and what is not compared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::register_changes::{GapChange, ServiceChange};
use super::unlike::{Differs, NotCompared};
use crate::units::{AreaCode, Cell, Estimate, Period};

/// What changed since an earlier pack, as a report tells it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Since {
    /// The months of the earlier pack.
    pub period: Period,
    /// The comparison: of areas those changes alone that are called.
    pub comparison: Comparison,
    /// How many values were tested.
    pub tested: usize,
    /// How many of them show no clear change.
    pub no_clear_change: usize,
}

/// Two packs side by side.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Why nothing is compared; empty where something is.
    pub refused: Vec<Differs>,
    /// Findings that are not compared, and why.
    pub not_compared: Vec<NotCompared>,
    /// Ids of findings that only the first pack has.
    pub only_before: Vec<String>,
    /// Ids of findings that only the second pack has.
    pub only_after: Vec<String>,
    /// Values side by side.
    pub changes: Vec<Change>,
    /// Gaps whose verdict or size changed.
    pub gaps: Vec<GapChange>,
    /// Services that started, ended or changed their state.
    pub services: Vec<ServiceChange>,
    /// Months that both packs count, and differently.
    pub restated: Vec<Restated>,
    /// The share of false discoveries among changes that are called.
    pub called_at: f64,
}

/// What may be said of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Higher, more than chance would make it.
    Higher,
    /// Lower, more than chance would make it.
    Lower,
    /// Within what chance makes.
    NoClearChange,
    /// Another value of something that is no sample: residents in reach, capacity.
    Changed,
    /// The same value.
    Same,
    /// A break in recording lies between.
    Break,
    /// The months of the two overlap: they are no two samples.
    Overlap,
    /// Withheld, missing or not applicable in one of them.
    NotKnown,
}

/// A value in both packs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// The finding.
    pub id: String,
    /// The row: an area, a class, a group; empty for the whole.
    pub row: String,
    /// The area, where the row is one.
    pub area: Option<AreaCode>,
    /// What the value counts.
    pub unit: String,
    /// In the first pack.
    pub before: Cell<f64>,
    /// In the second.
    pub after: Cell<f64>,
    /// Limits in the first pack.
    pub before_limits: Option<Estimate>,
    /// Limits in the second.
    pub after_limits: Option<Estimate>,
    /// After over before, with limits.
    pub ratio: Option<Estimate>,
    /// p of no change; among areas adjusted for their number.
    pub p: Option<f64>,
    /// What may be said.
    pub said: Said,
}

/// A month that both packs count, and differently.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Restated {
    /// The finding.
    pub id: String,
    /// How many months differ.
    pub months: usize,
    /// Sum of those months in the first pack.
    pub before: u64,
    /// In the second.
    pub after: u64,
}
