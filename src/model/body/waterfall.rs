//! From need to help, step by step.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Text;
use crate::units::Cell;

/// People who would be expected to need something, less those whom each barrier keeps from a kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Waterfall {
    /// The kind of service.
    pub kind: String,
    /// Who is counted: `women`.
    pub unit: String,
    /// What the first bar is.
    pub start: Text,
    /// All who are expected, as far as every part is known.
    pub expected: Cell<u64>,
    /// What stands between them and help, in the order in which it is met.
    pub losses: Vec<Loss>,
    /// What the last bar is.
    pub end: Text,
    /// Whom nothing listed stops.
    pub left: Cell<u64>,
    /// People on the books of running services of the kind; not applicable where not all of them tell.
    pub caseload: Cell<u64>,
}

/// People whom a barrier stops.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Loss {
    /// The barrier.
    pub label: Text,
    /// How many it stops.
    pub people: Cell<u64>,
    /// Whether it is no barrier that is known of, but that nothing is known.
    pub unknown: bool,
}

impl Waterfall {
    /// Its texts that are found by [`crate::words`].
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        [&mut self.start, &mut self.end].into_iter().chain(self.losses.iter_mut().map(|l| &mut l.label))
    }

    /// Those expected are those left and those lost; a part that is not known lies within the one of which nothing is.
    pub(crate) fn follows(&self) -> bool {
        let parts = self.losses.iter().map(|l| l.people).chain([self.left]).filter(|c| *c != Cell::Missing);
        let parts: Vec<Cell<u64>> = parts.collect();
        self.expected == if parts.is_empty() { Cell::Missing } else { Cell::sum(&parts) }
    }
}
