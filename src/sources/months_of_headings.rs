//! Headings and values that say that a column of months holds other spans: a quarter, a week, a financial year, the end of twelve months.

use std::collections::BTreeSet;

use super::csv_file::{Row, Sheet};
use super::read_value::date;
use crate::diagnostics::{Code, Problems};

/// Whether the values under a heading of quarters, weeks or periods are read as months.
pub(super) struct MonthsOfAHeading {
    column: usize,
    is_another_span: bool,
    /// Whether even a day says the end of several months: `Year ending`: 31/03/2024.
    is_end_of_many: bool,
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

pub(super) const YEAR_OR_MONTH: &str = "this is a financial year or a month, and nobody can say which";
pub(super) const WRITE_BOTH_MONTHS: &str =
    "Write the first month and the last, such as 2010-04 and 2011-03; of a single month write it in both columns.";

/// Whether a text is a year and the last digits of the next: `2010-11`, `2011/12`.
pub(super) fn is_year_and_next(text: &str) -> bool {
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
        let is_end_of_many = ends_several_months(&words);
        let says_year = words.iter().any(|w| w.starts_with("year")) && !is_month;
        Self {
            column,
            is_another_span: words.iter().any(span) && !is_month || is_end_of_many,
            is_end_of_many,
            month_alone: None,
            says_year,
            years: Years::default(),
        }
    }

    pub fn see(&mut self, row: &Row) {
        self.years.see(row.get(self.column).trim(), row.line);
        let names_none = || self.is_end_of_many && !row.get(self.column).trim().is_empty() || date(row.get(self.column)).value().is_none();
        if self.is_another_span && self.month_alone.is_none() && names_none() {
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
        let what = "the heading speaks of quarters, weeks, a year or several months, and what stands under it would be read as months";
        let next = "Write the month of each row, such as 2024-04, or a day; of a table by quarters write the first month. If these are months, call the column `month`.";
        problems.error(Code::R104, sheet.place(line, self.column), what, next);
    }
}

/// `Year ending`, `12 months to`, `Rolling three months`: what stands below is the end of a longer time, and its counts overlap or are of a year.
fn ends_several_months(words: &[&str]) -> bool {
    const NUMBERS: [&str; 6] = ["three", "six", "nine", "twelve", "rolling", "several"];
    let of_many = words.windows(2).any(|w| w[1] == "months" && (NUMBERS.contains(&w[0]) || w[0].parse::<u8>().is_ok_and(|n| n > 1)));
    let year_to = words.windows(2).any(|w| ["year", "years", "quarter"].contains(&w[0]) && ["ending", "ended", "to"].contains(&w[1]));
    of_many || year_to || words.contains(&"rolling")
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

    #[test]
    fn headings_of_longer_times_are_known() {
        let words = |heading: &str| heading.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let is = |heading: &str, test: &dyn Fn(&[&str]) -> bool| test(&words(heading).iter().map(String::as_str).collect::<Vec<_>>());
        for heading in ["three months ending", "12 months to", "year ending", "year to", "rolling year to"] {
            assert!(is(heading, &ends_several_months), "{heading}");
        }
        assert!(
            !is("month ending", &ends_several_months) && !is("month and year", &ends_several_months) && !is("year", &ends_several_months)
        );
    }
}
