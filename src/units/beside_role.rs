use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an area is to the partnership, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BesideRole {
    /// The partnership itself.
    Own,
    /// Another that is much like it.
    Similar,
    /// One that borders on it.
    Neighbour,
    /// A region.
    Region,
    /// A country.
    Nation,
}

impl BesideRole {
    /// How a table and a chart name it.
    pub fn label(self) -> &'static str {
        match self {
            BesideRole::Own => "this area",
            BesideRole::Similar => "similar area",
            BesideRole::Neighbour => "neighbour",
            BesideRole::Region => "region",
            BesideRole::Nation => "country",
        }
    }

    /// What a table may write for it, in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().replace(['-', '_'], " ").as_str() {
            "similar" | "similar area" | "similar force" | "most similar" | "most similar force" | "statistical neighbour" => Self::Similar,
            "neighbour" | "neighbor" | "adjacent" => Self::Neighbour,
            "region" => Self::Region,
            "nation" | "country" | "england" | "england and wales" | "national" => Self::Nation,
            _ => return None,
        })
    }
}
