//! Parts of a whole, row by row.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Row;
use crate::model::shape::*;
use crate::units::{Cell, capital};

/// The parts of a whole, for each of several rows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Shares {
    /// What a row is: `Type of service`.
    pub row_heading: String,
    /// What is counted: `residents`.
    pub unit: Text,
    /// The parts, in order.
    pub parts: Vec<Text>,
    /// The rows; a cell for each part.
    pub rows: Vec<Row>,
    /// Whether the parts are steps of one thing, such as minutes, the last of them not known.
    #[serde(default)]
    pub in_steps: bool,
}

/// Parts of a whole of which the last are people of whom it is not known: beside any of those, a part in which nobody is known to be is not
/// known to be empty.
pub fn beside_not_known(mut parts: Vec<Cell<u64>>) -> Vec<Cell<u64>> {
    if let Some((last, others)) = parts.split_last_mut()
        && *last != Cell::Known(0)
    {
        others.iter_mut().filter(|part| **part == Cell::Known(0)).for_each(|part| *part = Cell::Missing);
    }
    parts
}

impl Shape for Shares {
    has_no! { sums_of_people no_counts by_area sheet }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        std::iter::once(&mut self.unit).chain(&mut self.parts).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.rows.iter().flat_map(|r| r.cells.iter().copied()))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts alone.
        vec![]
    }

    fn table(&self) -> TableView {
        let headings = std::iter::once(self.row_heading.clone()).chain(self.parts.iter().map(|p| format!("{}: {p}", capital(&self.unit))));
        let rows = self.rows.iter().map(|r| std::iter::once(text(&r.label)).chain(r.cells.iter().map(|c| count(*c))).collect());
        TableView::new(headings.collect(), rows.collect())
    }

    fn described(&self) -> Described {
        Described::new(self.row_heading.clone(), format!("{}: {}", self.unit, self.parts.join(", ")))
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.whole().known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let row = |r: &'_ Row| -> Vec<Quantity> {
            let cell = |(k, (part, n)): (usize, (&Text, &Cell<u64>))| {
                Quantity::count(&format!("{}: {part}", r.label), &self.unit, *n).keyed(&r.key(k))
            };
            self.parts.iter().zip(&r.cells).enumerate().map(cell).collect()
        };
        Compared::numbers(self.rows.iter().flat_map(row).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}
