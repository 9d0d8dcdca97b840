use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a rise of an indicator means. Rising reports can be good news: more survivors coming forward.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// A rise is bad: people turned away, weeks of waiting.
    Worse,
    /// A rise is good: people supported.
    Better,
    /// A rise may mean more harm or more reporting; the words say so and no colour judges it.
    #[default]
    Ambiguous,
}
