//! Marked events: what was done, from when, and where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{AreaCode, Month};

/// `[[study.event]]`: something that was done, such as a campaign or a new lighting scheme, whose trace in the counts is looked for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MarkedEvent {
    /// What was done, in a few words: `16 Days of Activism`.
    pub name: String,
    /// Its first month.
    pub first_month: Month,
    /// Its last month; without one, it goes on.
    pub last_month: Option<Month>,
    /// Codes of the areas where it was done, of the level of the study: the others are what it is compared with. Without them, all of the partnership, and no comparator.
    #[serde(default)]
    pub areas: Vec<AreaCode>,
}

impl MarkedEvent {
    /// Whether it was going on.
    pub fn during(&self, month: Month) -> bool {
        month >= self.first_month && self.last_month.is_none_or(|last| month <= last)
    }
}
