//! A CSV file opened with care: headings found by name, bad lines placed, nothing assumed.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::clean_text::clean_row;
use super::line_guard::LineGuard;
use super::read_value;
use super::table_form::{as_text, from_windows_1252};
use super::table_rows::{Kind, Notes, delimiter, heading_among, kind_of, separator_line};
use super::whereabouts::place_in;
use super::{Origin, cannot_open, empty};
use crate::diagnostics::{Code, Place, Problems, nearest, quote};

/// A line of more than this is not data: a binary file, a file without line ends, or a quote that never closes.
pub(super) const LONGEST_LINE_BYTES: usize = 1 << 20;

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
    fn new(file: &str, origin: &'a Origin, headings: Vec<String>) -> Self {
        let tells = |i: &usize| origin.is_catalogue() && place_in(&headings[*i]).is_some();
        let telling: Vec<usize> = (0..headings.len()).filter(tells).collect();
        let shown = headings.iter().enumerate().map(|(i, heading)| {
            let fit = !heading.is_empty() && !(origin.is_catalogue() && (heading.len() > 40 || telling.contains(&i)));
            if fit { format!("column {heading}") } else { format!("column number {}", i + 1) }
        });
        Self { file: file.into(), origin, shown: shown.collect(), headings, telling }
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
            if column.is_none() {
                self.missing(heading, problems);
            }
        }
        let all: Option<Vec<usize>> = found.into_iter().collect();
        all?.try_into().ok()
    }

    /// Reports that a heading is not there, with the nearest that is.
    pub fn missing(&self, heading: &str, problems: &mut Problems) {
        let near = nearest(heading, self.headings.iter().map(String::as_str));
        let near = near.map_or(String::new(), |n| format!("The nearest heading is “{n}”. "));
        if self.origin.is_catalogue() {
            // What stands first in a file without headings is a service.
            let next = format!("{near}The first row must hold the headings; `gapmap init` writes a table that has them.");
            problems.error(Code::R103, Place::line(&self.file, 1), format!("there is no column “{heading}”"), next);
            return;
        }
        let listed = self.headings.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = self.headings.len().saturating_sub(12);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let next = format!(
            "{near}The headings are: {listed}{more}. Check that this is the right file for a source of kind `{}`.",
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
        if !read_value::is_day_number(row.get(column)) {
            return self.bad_value(row, column, expected, problems);
        }
        let next = "Give the column the format of a date in the spreadsheet (yyyy-mm-dd), and save or export the table again.";
        problems.error(Code::R104, self.place(row.line, column), "a date stands here as the day number of a spreadsheet", next);
    }

    /// Reports a value that cannot be read, quoted only where the source is open.
    pub fn bad_value(&self, row: &Row, column: usize, expected: &str, problems: &mut Problems) {
        let shown = quote(row.get(column), self.origin.shows());
        let next = format!("Write {expected}, or leave the field empty where it is not known.");
        problems.error(Code::R104, self.place(row.line, column), format!("{shown} is not {expected}"), next);
    }
}

/// One row: its fields as text, and its line.
pub(super) struct Row<'r> {
    record: &'r csv::StringRecord,
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

/// A CSV file whose heading has been read.
pub(super) struct CsvFile<'a> {
    pub sheet: Sheet<'a>,
    reader: csv::Reader<LineGuard<Box<dyn Read + 'a>>>,
    /// The heading as it stands in the file.
    heading: csv::ByteRecord,
    /// Rows that were read while the heading was looked for.
    waiting: VecDeque<csv::ByteRecord>,
    /// Whether lines of text stand around the table.
    has_lines_around: bool,
}

/// So many rows are looked at for the heading of a table.
const ROWS_ABOVE: usize = 60;

impl<'a> CsvFile<'a> {
    /// Opens a file of the source. `None`, with the problem reported, where it is not there, empty or has no heading.
    pub fn open(origin: &'a Origin, path: &str, problems: &mut Problems) -> Option<Self> {
        match std::fs::File::open(origin.resolve(path)) {
            Ok(file) => Self::from_reader(origin, path, Box::new(io::BufReader::new(file)), problems),
            Err(e) => {
                cannot_open(path, origin.kind, &e, problems);
                None
            }
        }
    }

    /// The same from any reader, such as an entry of an archive.
    pub fn from_reader(origin: &'a Origin, file: &str, input: Box<dyn Read + 'a>, problems: &mut Problems) -> Option<Self> {
        let (head, input) = match as_text(origin, file, input, problems) {
            Ok(Some(text)) => text,
            Ok(None) => return None,
            Err(e) => {
                cannot_open(file, origin.kind, &e, problems);
                return None;
            }
        };
        let guard = LineGuard::new(input);
        let (said, above) = separator_line(&head);
        let separator = said.unwrap_or_else(|| delimiter(&head));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(guard);
        let mut waiting: VecDeque<csv::ByteRecord> = VecDeque::new();
        let wanted = origin.reading.table.heading_row;
        if above > 0 {
            // The line stays one, so that those below it keep their numbers.
            let _ = reader.read_byte_record(&mut csv::ByteRecord::new());
        }
        loop {
            let mut row = csv::ByteRecord::new();
            match reader.read_byte_record(&mut row) {
                Ok(true) => waiting.push_back(row),
                Ok(false) => break,
                Err(e) => {
                    let line = reader.position().line();
                    // What stands further down is told when the rows are visited.
                    if waiting.is_empty() || matches!(e.kind(), csv::ErrorKind::Io(_)) {
                        unreadable(file, line, &e, problems);
                        return None;
                    }
                    break;
                }
            }
            // A heading of several columns in the first row is what nearly every file has.
            let enough = match wanted {
                Some(line) => waiting.back().and_then(csv::ByteRecord::position).is_some_and(|p| p.line() >= line),
                None => waiting.front().is_some_and(|first| first.iter().filter(|f| !f.trim_ascii().is_empty()).count() > 2),
            };
            if enough || waiting.len() >= ROWS_ABOVE && wanted.is_none() {
                break;
            }
        }
        let above = match wanted {
            Some(line) => waiting.iter().position(|r| r.position().is_some_and(|p| p.line() >= line)).unwrap_or(0),
            None => heading_among(&waiting),
        };
        waiting.drain(..above);
        let Some(first) = waiting.pop_front() else {
            empty(file, problems);
            return None;
        };
        if above > 0 {
            origin.reading.noticed.above.add(above as u64);
        }
        let headings = first.iter().map(|heading| {
            // A byte order mark, double spaces and line breaks come and go between editions of one file.
            let text = std::str::from_utf8(heading).map(str::to_owned).ok().or_else(|| from_windows_1252(heading));
            let text = text.unwrap_or_else(|| String::from_utf8_lossy(heading).into_owned());
            origin.clean(text.trim_start_matches('\u{feff}')).split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let headings = headings.collect();
        let sheet = Sheet::new(file, origin, headings);
        Some(Self { sheet, reader, heading: first, waiting, has_lines_around: above > 0 })
    }

    /// Visits every row in order. A row that is not UTF-8 is reported, not visited, and counted in what is returned.
    pub fn for_each(&mut self, problems: &mut Problems, mut visit: impl FnMut(&Sheet, &Row, &mut Problems)) -> u64 {
        let mut bytes = csv::ByteRecord::new();
        let (mut unread, mut converted) = (0, 0_u64);
        let noticed = self.sheet.origin.reading.noticed.clone();
        loop {
            match self.waiting.pop_front() {
                Some(row) => bytes = row,
                None => match self.reader.read_byte_record(&mut bytes) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(e) => {
                        unreadable(&self.sheet.file, self.reader.position().line(), &e, problems);
                        unread += 1;
                        break;
                    }
                },
            }
            let line = bytes.position().map_or(0, csv::Position::line);
            let notes = match self.has_lines_around {
                _ if self.sheet.origin.is_catalogue() => Notes::None,
                true => Notes::AllThatStandAlone,
                false => Notes::ByTheirWords,
            };
            match kind_of(&bytes, self.sheet.headings.len(), notes) {
                Kind::Row => {}
                Kind::Blank => continue,
                Kind::Total => {
                    noticed.totals.add(1);
                    continue;
                }
                Kind::Note => {
                    noticed.above.add(1);
                    continue;
                }
            }
            // Tables put one below the other repeat their headings.
            if bytes.len() > 1 && self.heading == bytes {
                noticed.above.add(1);
                continue;
            }
            match csv::StringRecord::from_byte_record(bytes.clone()) {
                Ok(record) => visit(&self.sheet, &Row { record: &clean_row(self.sheet.origin, record), line }, problems),
                Err(e) => match in_windows_1252(&bytes) {
                    Some(record) => {
                        converted += 1;
                        visit(&self.sheet, &Row { record: &clean_row(self.sheet.origin, record), line }, problems);
                    }
                    None => {
                        unread += 1;
                        let column = e.utf8_error().field();
                        not_utf8(self.sheet.place(line, column), problems);
                    }
                },
            }
        }
        if converted > 0 {
            let next = "Nothing has to be done. Look at a name with an accent or a pound sign to see whether it is right.";
            let what = format!("the file is no UTF-8: {converted} rows were read as Windows-1252, as older programs save");
            problems.warn(Code::R124, Place::file(&self.sheet.file), what, next);
        }
        unread
    }
}

/// A row in Windows-1252; `None` where it is none. A row that holds letters of UTF-8 as well is neither.
fn in_windows_1252(bytes: &csv::ByteRecord) -> Option<csv::StringRecord> {
    let mixed = bytes.iter().any(|field| std::str::from_utf8(field).is_ok_and(|t| !t.is_ascii()));
    if mixed { None } else { bytes.iter().map(from_windows_1252).collect() }
}

/// All rows of a file, for whoever looks at them more than once.
pub(super) struct Table<'a> {
    pub sheet: Sheet<'a>,
    rows: Vec<(csv::StringRecord, u64)>,
    /// How many rows were not UTF-8.
    pub unread: u64,
}

impl Table<'_> {
    /// The rows that could be read, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(record, line)| Row { record, line: *line })
    }
}

impl<'a> CsvFile<'a> {
    /// Reads all rows, reporting those that are not UTF-8.
    pub fn read_all(mut self, problems: &mut Problems) -> Table<'a> {
        let mut rows = Vec::new();
        let unread = self.for_each(problems, |_, row, _| rows.push((row.record.clone(), row.line)));
        Table { sheet: self.sheet, rows, unread }
    }
}

/// Reports bytes that are not UTF-8.
pub(super) fn not_utf8(place: Place, problems: &mut Problems) {
    problems.error(Code::R106, place, "the bytes here are not UTF-8 text", "Save the file again as CSV UTF-8.");
}

/// Reports a line that is too long to be data.
pub(super) fn line_too_long(place: Place, problems: &mut Problems) {
    problems.error(
        Code::R107,
        place,
        "a line of more than a megabyte is not data",
        "Open the file in a text editor: it may be a binary file, have no line ends, or hold a quote that never closes.",
    );
}

fn unreadable(file: &str, line: u64, error: &csv::Error, problems: &mut Problems) {
    let place = Place::line(file, line);
    match error.kind() {
        csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::InvalidData => line_too_long(place, problems),
        _ => problems.error(
            Code::R105,
            place,
            "the file cannot be read beyond this line",
            "It may have been cut off while it was copied: compare its size with the original.",
        ),
    }
}
