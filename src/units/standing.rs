use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a published value may still change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It stands.
    #[default]
    Final,
    /// It may be revised: the latest months of crimes with their outcomes.
    Provisional,
    /// It replaces one that was published before.
    Revised,
}

impl Standing {
    /// The mark of the Government Analysis Function, for a table: `[p]`, `[r]`; nothing where it stands.
    pub fn mark(self) -> &'static str {
        match self {
            Standing::Final => "",
            Standing::Provisional => "[p]",
            Standing::Revised => "[r]",
        }
    }
}
