//! Headings that say what a column of months or of counts is not: a quarter, a week, a period of a financial year; a rate, a share.

use super::csv_file::{Row, Sheet};
use super::read_value::date;
use crate::diagnostics::{Code, Place, Problems};

/// Whether the values under a heading of quarters, weeks or periods are read as months.
pub(super) struct MonthsOfAHeading {
    column: usize,
    is_another_span: bool,
    /// The first row that tells a month and no day.
    month_alone: Option<u64>,
}

impl MonthsOfAHeading {
    pub fn new(sheet: &Sheet, column: usize) -> Self {
        let heading = sheet.headings.get(column).map_or(String::new(), |h| h.to_lowercase());
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).collect();
        let span = |w: &&str| ["quarter", "quarters", "qtr", "quarterly", "week", "weeks", "wk", "financial", "fiscal", "fy"].contains(w);
        let is_month = words.iter().any(|w| w.starts_with("month"));
        Self { column, is_another_span: words.iter().any(span) && !is_month, month_alone: None }
    }

    pub fn see(&mut self, row: &Row) {
        if self.is_another_span && self.month_alone.is_none() && date(row.get(self.column)).value().is_none() {
            self.month_alone = Some(row.line);
        }
    }

    /// Tells of a column of other spans: `2024-2` under `Quarter` is no February.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) {
        let Some(line) = self.month_alone else { return };
        let what = "the heading speaks of quarters, weeks or a financial year, and what stands under it would be read as months";
        let next = "Write the month of each row, such as 2024-04, or a day; of a table by quarters write the first month. If these are months, call the column `month`.";
        problems.error(Code::R104, sheet.place(line, self.column), what, next);
    }
}

/// Refuses a column of rates or shares that the plan maps as a count: added up they are the number of nothing.
pub(super) fn counts_are_no_rates(sheet: &Sheet, count: Option<usize>, problems: &mut Problems) -> bool {
    let Some(heading) = count.and_then(|c| sheet.headings.get(c)) else { return true };
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|w| !w.is_empty()).collect();
    let is_rate = lower.contains('%')
        || words.iter().any(|w| ["percent", "percentage", "rate", "rates", "proportion", "ratio", "share"].contains(w))
        || words.windows(2).any(|w| w[0] == "per" && (w[1] == "cent" || w[1].starts_with(|c: char| c.is_ascii_digit())));
    if is_rate {
        let next = "Map a column of counts. Rates of areas and months cannot be added.";
        problems.error(
            Code::R104,
            Place::line(&sheet.file, 1).at(format!("column {heading}")),
            "this column holds rates or shares, and is mapped as `count`",
            next,
        );
    }
    !is_rate
}
