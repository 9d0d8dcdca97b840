//! From need to help, step by step.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, capital};

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

impl Shape for Waterfall {
    has_no! { sums_of_people no_counts by_area sheet }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        [&mut self.start, &mut self.end].into_iter().chain(self.losses.iter_mut().map(|l| &mut l.label)).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.losses.iter().map(|l| l.people).chain([self.expected, self.left, self.caseload]))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Those expected are those left and those lost; a part that is not known lies within the one of which nothing is.
        let parts: Vec<Cell<u64>> = self.losses.iter().map(|l| l.people).chain([self.left]).filter(|c| *c != Cell::Missing).collect();
        let again = if parts.is_empty() { Cell::Missing } else { Cell::sum(&parts) };
        vec![Claim::Holds(self.expected == again)]
    }

    fn table(&self) -> TableView {
        let losses = self.losses.iter().map(|l| (l.label.as_str(), l.people));
        let ends = [(self.end.as_str(), self.left), ("On the books of the services listed", self.caseload)];
        let rows: Vec<(&str, Cell<u64>)> = std::iter::once((self.start.as_str(), self.expected)).chain(losses).chain(ends).collect();
        Columns::default()
            .column("step", "Step", |(label, _): &(&str, Cell<u64>)| text(label))
            .column("", format!("{}, about", capital(&self.unit)), |(_, n)| count(*n))
            .of(&rows)
    }

    fn described(&self) -> Described {
        Described::new(self.kind.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.expected.known().is_some() || self.left.known().is_some()
    }

    fn compared(&self) -> Compared<'_> {
        Compared::numbers(vec![Quantity::count("", &self.unit, self.expected), Quantity::count("left", &self.unit, self.left)])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}
