//! What a sentence of a finding is for: whoever has room for a few keeps what they must not be read without.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Arg, Message};

/// What a sentence is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SentenceKind {
    /// It says what was found.
    Finding,
    /// It says what may come.
    Outlook,
    /// It says what the others must not be read without: a break in recording, months or areas that are missing or withheld, records without a place.
    Caution,
}

/// Messages that warn.
pub const CAUTIONS: [&str; 27] = [
    "break-within",
    "burden-missing",
    "burden-no-areas",
    "burden-source-leaves-out",
    "burden-source-withholds",
    "clusters-left-out",
    "emerging-missing",
    "emerging-since-break",
    "hotspots-incomplete",
    "hotspots-missing",
    "hotspots-withheld",
    "incomplete-counts",
    "incomplete-rates",
    "inequality-missing",
    "need-access-need-unknown",
    "one-area-holds",
    "outcomes-age-unknown",
    "outcomes-before-break",
    "outcomes-missing",
    "outcomes-since-break",
    "outcomes-withheld",
    "outcomes-young",
    "places-withheld",
    "places-unlocated",
    "trend-break",
    "trend-missing",
    "unlocated",
];

/// Messages that look ahead.
pub const OUTLOOKS: [&str; 3] = ["trend-forecast", "trend-no-forecast", "trend-no-forecast-wide"];

impl SentenceKind {
    /// Of a message; of several that make one sentence, a caution where one of them is.
    pub fn of(message: &Message) -> Self {
        match message.id {
            id if CAUTIONS.contains(&id) => Self::Caution,
            id if OUTLOOKS.contains(&id) => Self::Outlook,
            "both" => {
                let warns = |arg: &Arg| matches!(arg, Arg::Said(m) if Self::of(m) == Self::Caution);
                if message.args.iter().any(|(_, arg)| warns(arg)) { Self::Caution } else { Self::Finding }
            }
            _ => Self::Finding,
        }
    }
}
