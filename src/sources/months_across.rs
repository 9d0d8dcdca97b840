//! Tables whose months stand side by side: a row for each area and kind, and a column for each month. They are read as a row for each month.

use super::Origin;
use super::all_of_them::is_all_of_them;
use super::count_headings::{LONGER_TIMES, RATES};
use super::csv_file::{CsvFile, Row, Sheet};
use super::month_headings::{lack_a_year, month_of, month_within};
use super::months_of_headings::is_year_and_next;
use super::running_totals::says_so;
use super::span_of_months::{Span, span_of};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

const NO_MONTHS: &str = "Head each column of counts by its month, such as 2024-04 or Apr 2024. Where the months are values, map their column and take `months-across` out. Where lines of text or other headings stand above, say which line holds the months: `heading-row`.";
/// The headings that the rows have for it.
pub(super) const MONTH: &str = "month of the heading";
pub(super) const COUNT: &str = "count under a month";

/// A file of events, whose months are values of a column or headings.
pub(super) struct EventsFile<'a> {
    file: CsvFile<'a>,
    across: Option<Across<'a>>,
}

/// Where the months stand.
struct Across<'a> {
    /// Each month, its column in the file, and the sheet that places what is wrong with its count there.
    months: Vec<(Month, usize, Sheet<'a>)>,
    /// The columns of the file that every month has.
    kept: Vec<usize>,
}

impl<'a> EventsFile<'a> {
    /// Opens a file; where its months stand side by side, `across` names the headings that the plan reads. `None`, with the problem reported, where it cannot
    /// be read or has no months.
    pub fn open(origin: &'a Origin, path: &str, across: Option<&[&str]>, problems: &mut Problems) -> Option<Self> {
        let file = CsvFile::open(origin, path, problems)?;
        let across = match across {
            Some(read) => {
                let read: Vec<usize> = read.iter().filter_map(|heading| file.sheet.find(heading)).collect();
                Some(Across::of(&file.sheet, &read, problems)?)
            }
            None => None,
        };
        Some(Self { file, across })
    }

    /// The headings that its rows have.
    pub fn sheet(&self) -> &Sheet<'a> {
        self.across.as_ref().and_then(|a| a.months.first()).map_or(&self.file.sheet, |m| &m.2)
    }

    /// The months of its headings; none where they are values.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        self.across.iter().flat_map(|a| a.months.iter().map(|m| m.0))
    }

    /// Visits every row, of months side by side once for each month. How many could not be read.
    pub fn for_each(&mut self, problems: &mut Problems, mut visit: impl FnMut(&Sheet, &Row, &mut Problems)) -> u64 {
        let Some(across) = &self.across else { return self.file.for_each(problems, visit) };
        let unread = self.file.for_each(problems, |_, row, problems| {
            for (month, column, sheet) in &across.months {
                // A row that ends before a column says nothing under it, as spreadsheets write it.
                let kept = across.kept.iter().map(|c| row.get(*c));
                let record = kept.chain([month.to_string().as_str(), row.get(*column)]).collect();
                visit(sheet, &Row { record: &record, line: row.line }, problems);
            }
        });
        unread * across.months.len() as u64
    }
}

impl<'a> Across<'a> {
    /// With the columns that the plan reads, whatever their headings say.
    fn of(sheet: &Sheet<'a>, read: &[usize], problems: &mut Problems) -> Option<Self> {
        let months = month_columns(sheet, NO_MONTHS, problems)?;
        let is_month = |column: usize| months.iter().any(|m| m.1 == column);
        let is_kept = |column: usize| !is_month(column) && (read.contains(&column) || !sums_months(&sheet.headings[column]));
        let kept: Vec<usize> = (0..sheet.headings.len()).filter(|c| is_kept(*c)).collect();
        let headings: Vec<String> = kept.iter().map(|c| sheet.headings[*c].clone()).chain([MONTH.into(), COUNT.into()]).collect();
        let of = |(month, column): (Month, usize)| {
            let mut own = Sheet::new(&sheet.file, sheet.origin, headings.clone());
            own.call(kept.len() + 1, &sheet.headings[column]);
            (month, column, own)
        };
        Some(Self { months: months.into_iter().map(of).collect(), kept })
    }
}

/// Whether a column beside those of months sums, shares or compares them, and is no label of its row: `Total`, `2024/25`, `YTD`, `Change on last year`.
fn sums_months(heading: &str) -> bool {
    let says_sum = heading.split(|c: char| !c.is_alphanumeric()).any(|w| ["total", "totals", "sum"].contains(&w.to_lowercase().as_str()));
    let of_counts = [RATES, LONGER_TIMES].iter().any(|no| no.is_said_by(heading));
    is_all_of_them(heading) || says_sum || of_counts || says_so(heading) || span_of(heading) != Span::Unreadable
}

/// Whether the months of a table stand side by side in its headings.
pub(super) fn are_across(headings: &[String]) -> bool {
    headings.iter().filter_map(|h| month_of(h)).take(2).count() > 1
}

/// Whether a heading is a month with its year, so that what stands below it are counts.
pub(super) fn names_a_month(heading: &str) -> bool {
    month_of(heading).is_some()
}

/// The columns headed by a month, in the order of the table. A month that stands twice, and headings that are years as much as months, are told; where there
/// is none, that is, with what helps.
pub(super) fn month_columns(sheet: &Sheet, where_none: &str, problems: &mut Problems) -> Option<Vec<(Month, usize)>> {
    let mut months: Vec<(Month, usize)> = Vec::new();
    let place = |column: usize| Place::line(&sheet.file, 1).at(format!("column {}", column + 1));
    for (column, heading) in sheet.headings.iter().enumerate() {
        let Some(month) = month_of(heading) else { continue };
        if months.iter().any(|m| m.0 == month) {
            let next = "Head each column by its own month. Of two tables side by side put each into a file or sheet of its own.";
            problems.error(Code::R113, place(column), format!("the month {month} heads two columns"), next);
            return None;
        }
        months.push((month, column));
    }
    let stands = |month: Month| months.iter().any(|m| m.0 == month);
    let is_alone = |(month, column): &&(Month, usize)| {
        is_year_and_next(&sheet.headings[*column]) && !(stands(month.plus(1)) || stands(month.plus(-1)))
    };
    if let Some((_, column)) = months.iter().find(is_alone) {
        let next = "Head each column by its month, such as Apr 2024. Counts of whole years cannot be used as months.";
        problems.error(Code::R113, place(*column), "the heading is a financial year or a month, and nobody can say which", next);
        return None;
    }
    // A month of which a heading says more is one of these, or cannot be told. Beyond those of the table it is of something else, as residents of a year.
    let (first, last) = (months.iter().map(|m| m.0).min(), months.iter().map(|m| m.0).max());
    let says_more = |column: &usize| {
        let heading = &sheet.headings[*column];
        let within = month_within(heading).filter(|month| month_of(heading).is_none() && !stands(*month));
        within.zip(first.zip(last)).is_some_and(|(month, (first, last))| {
            let is_next = month == first.plus(-1) || month == last.plus(1);
            (first..=last).contains(&month) || is_next && !sums_months(heading)
        })
    };
    if let Some(column) = (0..sheet.headings.len()).find(says_more) {
        let next = "Head each column of counts by its month alone, such as Apr 2024, and take the others out.";
        problems.error(
            Code::R113,
            place(column),
            "the heading names a month and says more: whether it counts that month cannot be told",
            next,
        );
        return None;
    }
    if months.is_empty() && lack_a_year(&sheet.headings) {
        let next = "Write the year into each heading, such as Apr 2024. Of a table with its years in a column make a file or a sheet for each year.";
        problems.error(Code::R103, Place::line(&sheet.file, 1), "the headings name months without their year", next);
        return None;
    }
    if months.is_empty() {
        problems.error(Code::R103, Place::line(&sheet.file, 1), "no column is headed by a month such as 202402", where_none);
        return None;
    }
    Some(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_are_months() {
        let all = |headings: [&str; 3]| are_across(&headings.map(str::to_owned));
        assert!(all(["Area", "Apr-24", "May-24"]) && !all(["Area", "Apr-24", "Count"]) && !all(["Month", "Area", "Count"]));
        assert!(sums_months("Apr-24 target") && sums_months("Total") && !sums_months("Ward"));
    }
}
