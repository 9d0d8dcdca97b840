//! What the counts of a finding count, as data: no label is ever read back to find out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::times::Group;

/// Which events a count takes in, but for where and when, which the shape of its finding tells.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counted {
    /// Positions of its categories among those of the restricted source; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<u32>,
    /// The time of day or week; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}
