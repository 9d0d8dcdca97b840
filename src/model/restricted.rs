//! What was released of each restricted source of events, cell by cell: what an audit needs to try every sum on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::times::Group;
use crate::units::{AreaCode, Cell, Geography, Month};

/// All counts of a restricted source of events in a pack.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedSource {
    /// Name of the source.
    pub source: String,
    /// First month of the study.
    pub first: Month,
    /// Last month of the study.
    pub last: Month,
    /// Areas that the cells name.
    pub areas: Vec<AreaCode>,
    /// Its categories, as shown.
    pub categories: Vec<RestrictedCategory>,
    /// The counts, in order.
    pub cells: Vec<RestrictedCell>,
}

/// A category as shown, and from where on it may be told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedCategory {
    /// Its label.
    pub label: String,
    /// The finest level of area that it may be told for. Of several labels together, the loosest.
    pub smallest: Geography,
    /// For so many months at least: of areas, and where `smallest` is the authority, of all the partnership.
    pub months: usize,
    /// Whether it holds labels of other floors, too.
    pub mixed: bool,
}

/// A count that the pack prints or withholds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RestrictedCell {
    /// Where.
    pub area: CellArea,
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
    /// Positions of its categories; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<u32>,
    /// The time of day or week; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Whether the limits of the tier refuse it, whatever its size.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// What is told.
    pub value: Cell<u64>,
}

/// Where the events of a count are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellArea {
    /// Anywhere in the partnership, known or not.
    Whole,
    /// In the area of this position.
    Area(u32),
    /// In the partnership, and not known where.
    Unlocated,
}
