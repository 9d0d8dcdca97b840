//! What happened on a day: breaks in recording, and what was done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{AreaCode, Month};

/// A month from which counts are not comparable with those before.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesBreak {
    /// The first month of the new way of recording.
    pub first_month: Month,
    /// What happened, in a few words.
    pub title: String,
    /// What it means for the series.
    #[serde(default)]
    pub detail: String,
    /// Who says so, and when.
    #[serde(default)]
    pub source: String,
    /// Names of the sources of the plan that it touches; all incident sources where the list is empty.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Categories that it touches, as the sources write them; all where the list is empty.
    #[serde(default)]
    pub categories: Vec<String>,
}

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
