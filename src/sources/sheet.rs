//! The headings of a table and its rows, with what is needed to place a problem in it.

use super::Origin;
use super::months_across::are_across;
use super::read_value;
use super::whereabouts::place_in;
use crate::diagnostics::{Code, Place, Problems, nearest, quote};

/// What helps where a line above the table was taken for its headings.
const HEADING_ROW: &str = "Where the headings stand further down, say in which row: `heading-row = 4` under the source.";

/// What helps where the months of counts are headings.
const MONTHS_ACROSS: &str = "Where the months are headings, each above its counts, map no column of months or counts and say `months-across = true` under the source. ";

/// The heading of a CSV file and what is needed to place a problem in it.
#[derive(Clone)]
pub(super) struct Sheet<'a> {
    pub file: String,
    pub origin: &'a Origin,
    pub headings: Vec<String>,
    /// How a problem names each column.
    shown: Vec<String>,
    /// Of a catalogue, the columns whose heading holds a place itself.
    pub telling: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Headings are looked at here, once: a place is found in a text by dozens of patterns.
    pub(super) fn new(file: &str, origin: &'a Origin, headings: Vec<String>) -> Self {
        let tells = |i: &usize| origin.is_catalogue() && place_in(&headings[*i]).is_some();
        let telling: Vec<usize> = (0..headings.len()).filter(tells).collect();
        let shown = headings.iter().enumerate().map(|(i, heading)| {
            let fit = !heading.is_empty() && !(origin.is_catalogue() && (heading.len() > 40 || telling.contains(&i)));
            if fit { format!("column {heading}") } else { format!("column number {}", i + 1) }
        });
        Self { file: file.into(), origin, shown: shown.collect(), headings, telling }
    }

    /// Gives a column the name by which problems call it.
    pub(super) fn call(&mut self, column: usize, name: &str) {
        if let Some(shown) = self.shown.get_mut(column) {
            *shown = format!("column {name}");
        }
    }

    /// The column of a heading, in any case; `None` where the file has none.
    pub fn find(&self, heading: &str) -> Option<usize> {
        let exact = self.headings.iter().position(|h| h.eq_ignore_ascii_case(heading));
        if exact.is_some() || self.origin.is_catalogue() {
            return exact;
        }
        // `Ward Code`, `ward_code` and `WardCode` are one heading, where only one column is called so.
        let plain = |h: &str| h.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(heading);
        let mut alike = (0..self.headings.len()).filter(|i| !wanted.is_empty() && plain(&self.headings[*i]) == wanted);
        alike.next().filter(|_| alike.next().is_none())
    }

    /// The columns of several headings, in any case; those that are missing are all reported.
    pub fn require<const N: usize>(&self, headings: [&str; N], problems: &mut Problems) -> Option<[usize; N]> {
        let found = headings.map(|h| self.find(h));
        for (heading, column) in headings.iter().zip(&found) {
            match column {
                Some(_) => self.stands_once(heading, problems),
                None => self.missing(heading, problems),
            }
        }
        let all: Option<Vec<usize>> = found.into_iter().collect();
        all?.try_into().ok()
    }

    /// Reports a heading that is read and heads two columns: nobody knows which of them is meant.
    pub fn stands_once(&self, heading: &str, problems: &mut Problems) {
        let mut columns = (0..self.headings.len()).filter(|i| self.headings[*i].eq_ignore_ascii_case(heading));
        let (Some(first), Some(second)) = (columns.next(), columns.next()) else { return };
        let what = format!("{} and column number {} have one heading, which is read", self.shown[first], second + 1);
        let next =
            "Give the one that is not to be read another heading. Of two tables side by side put each into a file or sheet of its own.";
        problems.error(Code::R113, Place::line(&self.file, 1), what, next);
    }

    /// Reports that a heading is not there, with the nearest that is.
    pub fn missing(&self, heading: &str, problems: &mut Problems) {
        let near = nearest(heading, self.headings.iter().map(String::as_str));
        let near = near.map_or(String::new(), |n| format!("The nearest heading is “{n}”. "));
        if self.origin.is_catalogue() {
            // What stands first in a file without headings is a service.
            let next = format!("{near}The first row must hold the headings; `gapmap init` writes a table that has them. {HEADING_ROW}");
            problems.error(Code::R103, Place::line(&self.file, 1), format!("there is no column “{heading}”"), next);
            return;
        }
        let named: Vec<&str> = self.headings.iter().map(String::as_str).filter(|h| !h.is_empty()).collect();
        let listed = named[..named.len().min(12)].join(", ");
        let more = named.len().saturating_sub(12);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let may_be_across = self.origin.kind == "events-csv" && are_across(&self.headings);
        let across = if may_be_across { MONTHS_ACROSS } else { "" };
        let next = format!(
            "{near}The headings are: {listed}{more}. {across}Check that this is the right file for a source of kind `{}`. {HEADING_ROW}",
            self.origin.kind
        );
        problems.error(Code::R103, Place::line(&self.file, 1), format!("there is no column “{heading}”"), next);
    }

    /// A place in this file.
    pub fn place(&self, line: u64, column: usize) -> Place {
        let beyond = || format!("column number {}", column + 1);
        let column = self.shown.get(column).cloned().unwrap_or_else(beyond);
        // Of a workbook with several tables, which of them.
        let sheet = self.origin.reading.table.sheet.as_ref();
        Place::line(&self.file, line).at(sheet.map_or(column.clone(), |name| format!("sheet {name}, {column}")))
    }

    /// Reports a day or month that cannot be read. What a spreadsheet shows as a number is a count of days, from one of two beginnings.
    pub fn bad_day(&self, row: &Row, column: usize, expected: &str, problems: &mut Problems) {
        let (what, next) = match row.get(column) {
            text if read_value::is_day_number(text) => (
                "a date stands here as the day number of a spreadsheet",
                "Give the column the format of a date in the spreadsheet (yyyy-mm-dd), and save or export the table again.",
            ),
            text if read_value::is_month_first(text) => (
                "the month stands before the day, as in American dates",
                "Give all dates of the table as yyyy-mm-dd: those with days up to 12 would be read as other days.",
            ),
            text if read_value::is_financial_year(text) => (
                "this may be a financial year or a month",
                "Write a month as yyyy-mm. Of a financial year no month is known: take its rows out, or give them month by month.",
            ),
            _ => return self.bad_value(row, column, expected, problems),
        };
        problems.error(Code::R104, self.place(row.line, column), what, next);
    }

    /// Reports a place that is no code of an area. With an empty field a total would count once more, among the rows without a place.
    pub fn bad_area(&self, row: &Row, column: usize, problems: &mut Problems) {
        let shown = quote(row.get(column), self.origin.shows());
        let next = "Write an area code such as E01017540, or the name of one area as the boundaries or lookups of the plan have it; where the place is not known, write `not known`. Take the row out where it is a total of others, or of a place outside the study.";
        problems.error(Code::R104, self.place(row.line, column), format!("{shown} is no area code"), next);
    }

    /// Reports the name of an area that several areas have.
    pub fn several_areas(&self, row: &Row, column: usize, problems: &mut Problems) {
        let shown = quote(row.get(column), self.origin.shows());
        let next = "Write the code of the area that is meant in place of its name, such as E05014398: the boundaries or lookups of the plan have both.";
        problems.error(Code::R104, self.place(row.line, column), format!("{shown} is the name of several areas"), next);
    }

    /// Reports a value that cannot be read, quoted only where the source is open.
    pub fn bad_value(&self, row: &Row, column: usize, expected: &str, problems: &mut Problems) {
        let shown = quote(row.get(column), self.origin.shows());
        let with_point = row.get(column).replacen(',', ".", 1);
        let next = if with_point != row.get(column) && read_value::number(&with_point).value().is_some() {
            format!("Write {expected} with a decimal point: a comma parts thousands. A spreadsheet exports it so with English settings.")
        } else {
            format!("Write {expected}, or leave the field empty where it is not known.")
        };
        problems.error(Code::R104, self.place(row.line, column), format!("{shown} is not {expected}"), next);
    }
}

/// One row: its fields as text, and its line.
pub(super) struct Row<'r> {
    pub(super) record: &'r csv::StringRecord,
    /// One-based line in the file.
    pub line: u64,
}

impl Row<'_> {
    /// The field of a column, without surrounding space; empty where the row is too short.
    pub fn get(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or("").trim()
    }

    /// The same for a column that the file may not have.
    pub fn get_if(&self, column: Option<usize>) -> &str {
        column.map_or("", |c| self.get(c))
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.record.len()
    }
}
