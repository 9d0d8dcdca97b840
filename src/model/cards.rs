//! The cards of analyses: what each asks, and how it answers.

use std::collections::BTreeMap;

/// Cards by the name of their analysis, in Markdown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cards(BTreeMap<String, String>);

impl Cards {
    /// The card of an analysis.
    pub fn of(&self, analysis: &str) -> Option<&str> {
        self.0.get(analysis).map(String::as_str)
    }

    /// All of them, by name.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

impl FromIterator<(String, String)> for Cards {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(cards: T) -> Self {
        Self(cards.into_iter().collect())
    }
}
