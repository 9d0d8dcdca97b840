//! Counts by row and column.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Month, Period};

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

impl Row {
    /// What a cell of it is found by in the table of another pack.
    pub(super) fn key(&self, column: usize) -> String {
        format!("{}\n{}\n{column}", self.label, self.code.map_or(String::new(), |c| c.to_string()))
    }

    /// The whole of a row of [`Shares`], where all its parts are known; a part that is not known lies within the last.
    pub fn whole(&self) -> Cell<u64> {
        let told: Vec<Cell<u64>> = self.cells.iter().copied().filter(|c| *c != Cell::Missing).collect();
        if told.is_empty() { Cell::Missing } else { Cell::sum(&told) }
    }
}

impl Shape for Table {
    has_no! { texts_mut sums_of_people no_counts by_area sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.rows.iter().flat_map(|r| r.cells.iter().copied()))
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        // Rows that are no areas: people who are no events, or areas together.
        if self.months.is_empty() {
            return Ok(Shown::none());
        }
        let places = self.rows.len().checked_sub(2).ok_or(Unclear)?;
        let (areas, whole) = self.rows.split_at(places);
        if self.months.len() != self.columns.len()
            || self.rows.iter().any(|r| r.cells.len() != self.columns.len())
            || whole.iter().any(|r| r.code.is_some())
        {
            return Err(Unclear);
        }
        let codes: Vec<AreaCode> = areas.iter().map(|r| r.code).collect::<Option<_>>().ok_or(Unclear)?;
        let mut shown = Shown::default();
        for (c, months) in self.months.iter().enumerate() {
            let rows = codes.iter().zip(areas).map(|(code, r)| (*code, r.cells[c]));
            shown.column(rows, whole[0].cells[c], whole[1].cells[c], *months, counting.at(c, self.columns.len())?);
        }
        Ok(shown)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts alone.
        vec![]
    }

    fn table(&self) -> TableView {
        // Counts on two sides of a break in recording are not compared: each column says on which side it stands.
        let column = |(i, label): (usize, &String)| match self.beside_break(i) {
            BesideBreak::After => label.clone(),
            BesideBreak::Before(month) => format!("{label} (before the change of {})", month.label()),
            BesideBreak::Across(month) => format!("{label} (across the change of {})", month.label()),
        };
        let headings = ["Code".to_owned(), self.row_heading.clone()].into_iter().chain(self.columns.iter().enumerate().map(column));
        let rows = self.rows.iter().map(|r| {
            let code = r.code.map_or(String::new(), |c| c.to_string());
            [Value::Text(code), text(&r.label)].into_iter().chain(r.cells.iter().map(|c| count(*c))).collect()
        });
        TableView::new(headings.collect(), rows.collect())
    }

    fn described(&self) -> Described {
        // Columns that are months move from pack to pack; their number does not.
        let of_months = !self.months.is_empty();
        let columns = if of_months { format!("{} spans of months", self.months.len()) } else { self.columns.join(", ") };
        Described::new(self.row_heading.clone(), columns)
    }

    fn concludes(&self) -> bool {
        self.rows.iter().flat_map(|r| &r.cells).any(|c| c.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        // Columns that are spans of months are compared by their place, the latest with the latest.
        let heading =
            |k: usize| self.columns.get(k).filter(|h| !h.trim().is_empty()).cloned().unwrap_or_else(|| format!("column {}", k + 1));
        let row = |r: &'_ Row| -> Vec<Quantity> {
            let cell = |(k, n): (usize, &Cell<u64>)| {
                let row = format!("{}: {}", r.label, heading(k));
                Quantity { area: r.code, ..Quantity::count(&row, "", *n).keyed(&r.key(k)) }
            };
            r.cells.iter().enumerate().map(cell).collect()
        };
        Compared::Cells(self.rows.iter().flat_map(row).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
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
