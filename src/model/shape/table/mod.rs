//! A shape as a table: columns, each said once, and rows. The CSV, the spreadsheet, the layers and the report all print this one.

mod harmless;
mod value;

pub use harmless::harmless;
pub use value::{MISSING, NOT_APPLICABLE, Value, WITHHELD, count, estimate, number, text};

use crate::units::{Cell, Estimate};

/// A table ready to print.
#[derive(Clone, PartialEq, Debug)]
pub struct TableView {
    /// Names of the columns that stay from pack to pack, for programs; empty where one is made from the heading.
    pub keys: Vec<&'static str>,
    /// Headings, each its own and harmless to a spreadsheet.
    pub headings: Vec<String>,
    /// Rows as long as the headings.
    pub rows: Vec<Vec<Value>>,
}

impl TableView {
    /// A table whose headings, which may hold words from data, are fit for every program.
    pub fn new(headings: Vec<String>, rows: Vec<Vec<Value>>) -> Self {
        Self { keys: vec![], headings: harmless::headings(headings), rows }
    }

    /// With one more row: values by the names or headings of their columns. Those that are not named do not apply.
    pub fn line<const N: usize>(mut self, cells: [(&str, Value); N]) -> Self {
        let of = |name: &str, heading: &str| cells.iter().find(|(k, _)| *k == name || *k == heading).map(|(_, value)| value.clone());
        let row = self.keys.iter().zip(&self.headings).map(|(name, heading)| of(name, heading).unwrap_or(NOT_APPLICABLE));
        self.rows.push(row.collect());
        self
    }

    /// With more rows, each as long as the headings.
    pub fn and_rows(mut self, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        self.rows.extend(rows);
        self
    }
}

/// One column: its name for programs, its heading, and its value in a row.
struct Column<'a, R> {
    key: &'static str,
    heading: String,
    value: Box<dyn Fn(&R) -> Value + 'a>,
}

/// The columns of a table of which each row is an `R`.
pub struct Columns<'a, R>(Vec<Column<'a, R>>);

impl<R> Default for Columns<'_, R> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<'a, R> Columns<'a, R> {
    /// With one more column. Without a name for programs one is made from the heading.
    pub fn column(mut self, key: &'static str, heading: impl Into<String>, value: impl Fn(&R) -> Value + 'a) -> Self {
        self.0.push(Column { key, heading: heading.into(), value: Box::new(value) });
        self
    }

    /// With three more: a value, its lower and its upper limit, times `scale`.
    pub fn estimate<const N: usize>(
        mut self,
        columns: [(&'static str, String); N],
        (scale, decimals): (f64, usize),
        value: impl Fn(&R) -> Cell<Estimate> + Copy + 'a,
    ) -> Self {
        for (part, (key, heading)) in columns.into_iter().enumerate() {
            self = self.column(key, heading, move |r| estimate(value(r), scale, decimals).into_iter().nth(part).unwrap_or(NOT_APPLICABLE));
        }
        self
    }

    /// The table of these rows.
    pub fn of<'r>(self, rows: impl IntoIterator<Item = &'r R>) -> TableView
    where
        R: 'r,
    {
        let rows = rows.into_iter().map(|r| self.0.iter().map(|c| (c.value)(r)).collect()).collect();
        let (keys, headings) = self.0.into_iter().map(|c| (c.key, c.heading)).unzip();
        TableView { keys, ..TableView::new(headings, rows) }
    }
}
