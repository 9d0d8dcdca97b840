//! Headings that say what a column of months or of counts is not: a quarter, a week, a period of a financial year; a rate, a share.

use std::collections::BTreeSet;

use super::csv_file::{Row, Sheet};
use super::read_value::date;
use crate::diagnostics::{Code, Place, Problems};

/// Whether the values under a heading of quarters, weeks or periods are read as months.
pub(super) struct MonthsOfAHeading {
    column: usize,
    is_another_span: bool,
    /// The first row that tells a month and no day.
    month_alone: Option<u64>,
    says_year: bool,
    years: Years,
}

/// Values such as `2010-11`, which is a financial year as much as a November.
#[derive(Default)]
struct Years {
    /// The first row of one.
    line: Option<u64>,
    different: BTreeSet<String>,
    /// Whether anything else stood there.
    others: bool,
}

impl Years {
    fn see(&mut self, text: &str, line: u64) {
        if is_year_and_next(text) {
            self.line.get_or_insert(line);
            if self.different.len() < 2 {
                self.different.insert(text.to_owned());
            }
        } else {
            self.others |= !text.is_empty();
        }
    }

    /// Whether all are financial years: one alone may be a month, unless the heading speaks of a year.
    fn are_meant(&self, says_year: bool) -> bool {
        !self.others && (self.different.len() > 1 || says_year && !self.different.is_empty())
    }
}

/// Whether a text is a year and the last digits of the next: `2010-11`, `2011/12`.
fn is_year_and_next(text: &str) -> bool {
    let Some((year, next)) = text.split_once(['-', '/']) else { return false };
    let numbers = (year.parse::<u16>(), next.parse::<u16>());
    matches!((numbers, year.len(), next.len()), ((Ok(year), Ok(next)), 4, 2) if (year + 1) % 100 == next)
}

impl MonthsOfAHeading {
    pub fn new(sheet: &Sheet, column: usize) -> Self {
        let heading = sheet.headings.get(column).map_or(String::new(), |h| h.to_lowercase());
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).collect();
        let span = |w: &&str| ["quarter", "quarters", "qtr", "quarterly", "week", "weeks", "wk", "financial", "fiscal", "fy"].contains(w);
        let is_month = words.iter().any(|w| w.starts_with("month"));
        let says_year = words.iter().any(|w| w.starts_with("year")) && !is_month;
        Self { column, is_another_span: words.iter().any(span) && !is_month, month_alone: None, says_year, years: Years::default() }
    }

    pub fn see(&mut self, row: &Row) {
        self.years.see(row.get(self.column).trim(), row.line);
        if self.is_another_span && self.month_alone.is_none() && date(row.get(self.column)).value().is_none() {
            self.month_alone = Some(row.line);
        }
    }

    /// Tells of a column of other spans: `2024-2` under `Quarter` is no February.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) {
        if let Some(line) = self.years.line.filter(|_| self.month_alone.is_none() && self.years.are_meant(self.says_year)) {
            let what = "each value here is a year and the next, as financial years are written, and would be read as a month";
            let next = "Write the month of each row, such as 2010-11-01 for November 2010. Counts of whole years cannot be used as months.";
            problems.error(Code::R104, sheet.place(line, self.column), what, next);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_end_in_the_next_are_no_months() {
        let are = |texts: &[&str], says_year: bool| {
            let mut years = Years::default();
            texts.iter().for_each(|text| years.see(text, 2));
            years.are_meant(says_year)
        };
        assert!(are(&["2009-10", "2010-11", "2010-11"], false) && are(&["2010-11"], true) && are(&["2010/11", "2011/12"], false));
        assert!(!are(&["2010-11"], false) && !are(&["2010-11", "2010-12"], true) && !are(&["2023-04", "2023-05"], true) && !are(&[], true));
    }
}
