//! A CSV file opened with care: headings found by name, bad lines placed, nothing assumed.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::clean_text::clean_row;
use super::line_guard::LineGuard;
use super::said_around;
pub(super) use super::sheet::{Row, Sheet};
use super::table_form::{as_text, from_windows_1252};
use super::table_rows::{
    Kind, Notes, are_in_two_rows, delimiter, heading_among, is_second_heading, joined, kind_of, one_heading, separator_line, settle_line,
};
use super::{Origin, cannot_open, empty};
use crate::diagnostics::{Code, Place, Problems};

/// A line of more than this is not data: a binary file, a file without line ends, or a quote that never closes.
pub(super) const LONGEST_LINE_BYTES: usize = 1 << 20;

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
                Ok(true) => {
                    settle_line(&mut row, reader.position().line());
                    waiting.push_back(row);
                }
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
                Some(line) => waiting.back().is_some_and(|r| ends_from(r, line)),
                None => waiting.front().is_some_and(|first| first.iter().filter(|f| !f.trim_ascii().is_empty()).count() > 2),
            };
            if enough || waiting.len() >= ROWS_ABOVE && wanted.is_none() {
                break;
            }
        }
        let above = match wanted {
            Some(line) => waiting.iter().position(|r| ends_from(r, line)).unwrap_or(0),
            None => heading_among(&waiting),
        };
        let passed_over: Vec<csv::ByteRecord> = waiting.drain(..above).collect();
        if said_around::told_above(origin, file, &passed_over, problems) {
            return None;
        }
        let Some(first) = waiting.pop_front() else {
            empty(file, problems);
            return None;
        };
        if above > 0 {
            origin.reading.noticed.above.add(above as u64);
        }
        let mut headings = texts(origin, &first);
        while waiting.len() < 2 && headings.iter().any(String::is_empty) {
            let mut row = csv::ByteRecord::new();
            if !reader.read_byte_record(&mut row).unwrap_or(false) {
                break;
            }
            settle_line(&mut row, reader.position().line());
            waiting.push_back(row);
        }
        if headings.iter().any(String::is_empty)
            && waiting.front().is_some_and(is_second_heading)
            && let Some(second) = waiting.pop_front()
        {
            headings = one_heading(&headings, &texts(origin, &second));
            origin.reading.noticed.above.add(1);
        } else if !origin.is_catalogue()
            && wanted.is_none()
            && let [Some(second), Some(third)] = [waiting.front(), waiting.get(1)]
            && are_in_two_rows(&first, second, third)
        {
            headings = joined(&headings, &texts(origin, second));
            waiting.pop_front();
            origin.reading.noticed.above.add(1);
        }
        let sheet = Sheet::new(file, origin, headings);
        Some(Self { sheet, reader, heading: first, waiting, has_lines_around: above > 0 })
    }

    /// Visits every row in order. A row that is not UTF-8 is reported, not visited, and counted in what is returned.
    pub fn for_each(&mut self, problems: &mut Problems, mut visit: impl FnMut(&Sheet, &Row, &mut Problems)) -> u64 {
        let mut bytes = csv::ByteRecord::new();
        let (mut unread, mut converted) = (0, 0_u64);
        // How many rows have fields beyond the headings, and the line and length of the first.
        let mut too_long: (u64, Option<(u64, usize)>) = (0, None);
        let noticed = self.sheet.origin.reading.noticed.clone();
        // Below `Notes:` what stands alone is one of them.
        let mut is_below_notes = false;
        loop {
            match self.waiting.pop_front() {
                Some(row) => bytes = row,
                None => match self.reader.read_byte_record(&mut bytes) {
                    Ok(true) => settle_line(&mut bytes, self.reader.position().line()),
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
                false if is_below_notes => Notes::AllThatStandAlone,
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
                    is_below_notes = true;
                    noticed.above.add(1);
                    continue;
                }
            }
            if self.is_heading(&bytes) {
                noticed.above.add(1);
                continue;
            }
            if bytes.iter().skip(self.sheet.headings.len()).any(|f| !f.trim_ascii().is_empty()) {
                too_long.0 += 1;
                too_long.1.get_or_insert((line, bytes.len()));
                // Of a catalogue all is looked at: what it says may be secret.
                if !self.sheet.origin.is_catalogue() {
                    unread += 1;
                    continue;
                }
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
        if let (n, Some((line, fields))) = too_long {
            self.too_many_fields(n, line, fields, problems);
        }
        if converted > 0 {
            let next = "Nothing has to be done. Look at a name with an accent or a pound sign to see whether it is right.";
            let what = format!("the file is no UTF-8: {converted} rows were read as Windows-1252, as older programs save");
            problems.warn(Code::R124, Place::file(&self.sheet.file), what, next);
        }
        unread
    }

    /// Whether a row is the heading once more: tables put one below the other repeat it, with the mark that stands at the beginning of a file.
    fn is_heading(&self, row: &csv::ByteRecord) -> bool {
        let same = |(a, b): (&[u8], &[u8])| a == b || without_mark(a) == without_mark(b);
        row.len() > 1 && row.len() == self.heading.len() && row.iter().zip(self.heading.iter()).all(same)
    }

    /// Reports rows with fields that no heading belongs to: what stands in their columns may be a part of what was meant.
    fn too_many_fields(&self, rows: u64, line: u64, fields: usize, problems: &mut Problems) {
        let belong = self.sheet.headings.len();
        let more = if rows > 1 { format!(", and so have {} more rows", rows - 1) } else { String::new() };
        let next = "Put values that hold the separator between quotes, as \"1,234\" in a file parted by commas, or export the table again. Where a note stands beside the table, take it out.";
        let what = format!("the row has {fields} fields where {belong} belong{more}");
        problems.error(Code::R105, Place::line(&self.sheet.file, line), what, next);
    }
}

/// The cells of a row of headings. A byte order mark, double spaces and line breaks come and go between editions of one file.
fn texts(origin: &Origin, row: &csv::ByteRecord) -> Vec<String> {
    let text = |cell: &[u8]| {
        let text = std::str::from_utf8(cell).map(str::to_owned).ok().or_else(|| from_windows_1252(cell));
        let text = text.unwrap_or_else(|| String::from_utf8_lossy(cell).into_owned());
        origin.clean(text.trim_start_matches('\u{feff}')).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    row.iter().map(text).collect()
}

/// Whether a row ends on a line or below it: headings may go over several lines.
fn ends_from(row: &csv::ByteRecord, line: u64) -> bool {
    let within = row.iter().flatten().filter(|b| **b == b'\n').count() as u64;
    row.position().is_some_and(|p| p.line() + within >= line)
}

/// A field without the mark that programs put at the beginning of a file, and the quotes that it keeps from being taken for such.
fn without_mark(field: &[u8]) -> &[u8] {
    let field = field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field);
    field.strip_prefix(b"\"").and_then(|f| f.strip_suffix(b"\"")).unwrap_or(field)
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
