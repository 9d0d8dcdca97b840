//! A finding whose words are still to be found: what the release lets through.

use super::{Finding, Message};

/// A finding and what it says, as messages. [`crate::words`] writes them into it.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The finding; its headline, subtitle, sentences, caveats and the reason of its release are empty.
    pub finding: Finding,
    /// The message, at most about ten words.
    pub headline: Message,
    /// Measure, geography and period.
    pub subtitle: Message,
    /// Sentences for a report.
    pub sentences: Vec<Message>,
    /// What the numbers are and are not.
    pub caveats: Vec<Message>,
    /// Why it was released as it was.
    pub because: Message,
}
