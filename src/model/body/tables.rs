//! Bars, shares and tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Text;
use crate::units::{AreaCode, Cell, Estimate, Month, Period};

/// Counts by category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bars {
    /// What the categories are: `Reason`.
    pub dimension: String,
    /// What is counted: `reports`.
    pub unit: String,
    /// One for each category.
    pub bars: Vec<Bar>,
    /// Whether the categories have an order of their own, as times of the day have: those without are drawn the largest first.
    #[serde(default)]
    pub ordered: bool,
    /// All of them.
    pub total: Cell<u64>,
}

/// One category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Events.
    pub count: Cell<u64>,
    /// Its share of the total, as a fraction of 1.
    pub share: Cell<Estimate>,
}

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

/// Counts by row and column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// Heading of the first column.
    pub row_heading: String,
    /// Headings of the others, each its own.
    pub columns: Vec<String>,
    /// Months of each column, where columns are spans of months and rows are areas: the last two rows are then events without a known area, and the total.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<Period>,
    /// First months of breaks in recording within the columns: counts before and after one are not compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Month>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// How a column lies to the latest break in recording.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BesideBreak {
    /// All of it after, or there is none.
    After,
    /// All of it before the break of this month.
    Before(Month),
    /// Some of its months on either side.
    Across(Month),
}

impl Table {
    /// How each column of months lies to the latest break.
    pub fn beside_break(&self, column: usize) -> BesideBreak {
        match (self.months.get(column), self.breaks.iter().max()) {
            (Some(span), Some(month)) if span.last < *month => BesideBreak::Before(*month),
            (Some(span), Some(month)) if span.first < *month => BesideBreak::Across(*month),
            _ => BesideBreak::After,
        }
    }
}

/// One row of a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Area code, where the row is an area.
    pub code: Option<AreaCode>,
    /// Its label.
    pub label: String,
    /// One cell for each column.
    pub cells: Vec<Cell<u64>>,
}

impl Shares {
    /// Its texts that are found by [`crate::words`].
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        std::iter::once(&mut self.unit).chain(&mut self.parts)
    }
}

impl Row {
    /// The whole of a row of [`Shares`], where all its parts are known; a part that is not known lies within the last.
    pub fn whole(&self) -> Cell<u64> {
        let told: Vec<Cell<u64>> = self.cells.iter().copied().filter(|c| *c != Cell::Missing).collect();
        if told.is_empty() { Cell::Missing } else { Cell::sum(&told) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_of_months_says_on_which_side_of_a_break_it_stands() {
        let month = |text: &str| Month::parse(text).unwrap();
        let span = |a: &str, b: &str| Period::new(month(a), month(b)).unwrap();
        let months = vec![span("2022-11", "2023-10"), span("2023-11", "2024-10"), span("2024-11", "2025-10")];
        let columns = months.iter().map(Period::label).collect();
        let table = Table { row_heading: "Area".into(), columns, months, breaks: vec![month("2024-03")], rows: vec![] };
        let at = month("2024-03");
        let told = [0, 1, 2, 3].map(|c| table.beside_break(c));
        assert_eq!(told, [BesideBreak::Before(at), BesideBreak::Across(at), BesideBreak::After, BesideBreak::After]);
        let unbroken = Table { breaks: vec![], ..table };
        assert_eq!(unbroken.beside_break(0), BesideBreak::After);
    }
}
