//! How a workbook shows a shape.

/// The sheet of a shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sheet {
    /// One for each finding, as its own table tells it.
    Own {
        /// Its name; a second one gets a number.
        name: &'static str,
        /// What an empty cell means.
        empty: &'static str,
        /// Columns at the left that stay in view.
        fixed: usize,
    },
    /// One for all findings, below one another, with a first column that says which is which.
    Together {
        /// Its name.
        name: &'static str,
        /// The heading of that column.
        heading: &'static str,
        /// What stands there for this finding.
        which: String,
        /// The title, before area and months.
        title: &'static str,
    },
    /// Beside others, by a rule of the workbook's own; as CSV alone where it has none.
    ByTheBook,
}
