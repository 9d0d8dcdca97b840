//! The tables that people read, as one book: cover, contents and notes, then one table to a sheet. It is written as XLSX and as ODS.
//!
//! About twelve tables, and not one for each finding: those of one kind stand side by side. Every finding has a CSV file of its own besides. The
//! rules are those of the Analysis Function (Releasing statistics in spreadsheets, 2021): one table to a sheet, marked as one, below its title in
//! column A; one row of headings, each its own; no merged and no empty cells; notes by number.

mod area_columns;
mod areas;
mod book;
mod cover;
mod kinds;
mod ods;
mod xlsx;

use super::tables::{TableView, Value};

pub(super) use ods::ods;
pub(super) use xlsx::xlsx;

/// A book of sheets, ready to write.
pub(super) struct Book {
    /// What it is about.
    pub title: String,
    /// The first sheet: lines, and no table.
    pub cover: Vec<Line>,
    /// The others: contents, notes, and a sheet for each table.
    pub sheets: Vec<Sheet>,
}

/// A sheet with one table.
pub(super) struct Sheet {
    /// Its name: at most 31 letters, its own in any case.
    pub name: String,
    /// The name of its table, as a program uses it.
    pub id: String,
    /// What stands above the table, line by line: first the title.
    pub lines: Vec<Line>,
    /// The table.
    pub table: TableView,
    /// Columns at the left that stay in view.
    pub fixed: usize,
    /// Whether the first column names sheets and leads to them.
    pub leads: bool,
}

/// A line outside of a table.
pub(super) enum Line {
    /// The title of a sheet.
    Title(String),
    /// The title of what follows.
    Head(String),
    /// Words.
    Text(String),
    /// Words that lead to a sheet.
    Link {
        /// The words.
        text: String,
        /// The name of the sheet.
        sheet: String,
    },
}

/// Spreadsheets read no longer text in a cell, counted as UTF-16 does.
const LONGEST_CELL: usize = 32_767;
/// Nor a longer heading of a table.
const LONGEST_HEADING: usize = 255;
/// Widest column, in letters: longer text is wrapped.
const WIDEST: usize = 60;
/// Width of the column of the cover, in letters.
const COVER_LETTERS: usize = 100;
/// As many letters stand side by side on a printed page.
const PAGE_LETTERS: usize = 150;
/// Headings are wrapped from here on, where what stands below them needs less.
const WIDEST_HEADING: usize = 20;

/// A text cut where it would be refused, with a mark that it was.
fn bounded(text: &str, longest: usize) -> String {
    if text.len() <= longest || text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= longest
    });
    fits.chain(['…']).collect()
}

/// A value as it is stored, rounded to the decimals that it shows: a hidden digit is a digit published.
fn rounded(x: f64, decimals: usize) -> f64 {
    let near: f64 = format!("{x:.decimals$}").parse().unwrap_or(x);
    if near == 0.0 { 0.0 } else { near } // no minus before a zero
}

/// How many lines a text takes in a column, broken between words, and within those that are longer than a line.
fn lines_of(text: &str, letters: usize) -> usize {
    let letters = letters.max(1);
    let (mut lines, mut at) = (1, 0);
    for word in text.split(' ') {
        let long = word.chars().count();
        if at > 0 && at + 1 + long > letters {
            lines += 1;
            at = 0;
        }
        lines += long.saturating_sub(1) / letters;
        at = if long > letters { long % letters } else { at + usize::from(at > 0) + long };
    }
    lines
}

/// The words of a value; numbers are never wrapped.
fn said_in(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

/// How many lines each row of a table needs: first its headings, beside whose end a mark to filter by stands.
fn row_lines(table: &TableView, widths: &[usize]) -> Vec<usize> {
    let most = |texts: &mut dyn Iterator<Item = (&str, usize)>| texts.map(|(text, width)| lines_of(text, width)).max().unwrap_or(1);
    let headings = most(&mut table.headings.iter().zip(widths).map(|(h, w)| (h.as_str(), w.saturating_sub(3))));
    let rows = table.rows.iter().map(|row| most(&mut row.iter().map(said_in).zip(widths.iter().copied())));
    std::iter::once(headings).chain(rows).collect()
}

/// Width of each column, in letters.
fn widths(table: &TableView) -> Vec<usize> {
    let of_column = |(c, heading): (usize, &String)| {
        let values = table.rows.iter().filter_map(|row| row.get(c));
        let longest = values.map(|v| v.shown().chars().count()).max().unwrap_or(0);
        // A mark to filter by stands beside the last word of a heading.
        let word = heading.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0) + 3;
        (longest + 2).max(word).max(heading.chars().count().min(WIDEST_HEADING)).clamp(8, WIDEST)
    };
    table.headings.iter().enumerate().map(of_column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_they_are_broken() {
        assert_eq!([lines_of("", 10), lines_of("one two", 7), lines_of("one two", 6), lines_of(&"x".repeat(21), 10)], [1, 1, 2, 3]);
        assert_eq!(lines_of("a b c d e f", 3), 3);
    }

    #[test]
    fn a_text_is_cut_with_a_mark_where_a_cell_would_refuse_it() {
        assert_eq!(bounded("abc", 3), "abc");
        assert_eq!(bounded("abcd", 3), "ab…");
        assert_eq!(bounded("😀😀", 3), "😀…");
        assert_eq!(rounded(1.26, 1), 1.3);
        assert!(rounded(-0.04, 1).is_sign_positive());
    }
}
