use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sex, as records of services and people give it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
    /// Everybody.
    Any,
}
