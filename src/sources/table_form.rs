//! In which form a table comes: text in one of the encodings that programs save, or a workbook.

use std::io::{self, Cursor, Read};

use calamine::{Data, Reader, SheetVisible, open_workbook_auto_from_rs};

use super::Origin;
use super::month_headings::month_of;
use super::said_around::told_by_workbook;
use super::unseen_cells::Unseen;
use super::wide_text::{from_utf16, wide_encoding};
use crate::diagnostics::{Code, Place, Problems, nearest};

/// So much of a file tells its form.
const HEAD_BYTES: u64 = 1 << 16;

/// Endings of the names of tables.
const TABLES: [&str; 7] = [".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"];

/// Whether a file of that name is a table that can be read.
pub(super) fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    TABLES.iter().any(|t| name.ends_with(t))
}

/// The first bytes of a text, and all of it to read.
type Text<'a> = (Vec<u8>, Box<dyn Read + 'a>);

/// The text of a table, whatever form it came in, and its first bytes. `None`, with the problem reported, where it is no table.
pub(super) fn as_text<'a>(
    origin: &Origin,
    file: &str,
    mut input: Box<dyn Read + 'a>,
    problems: &mut Problems,
) -> io::Result<Option<Text<'a>>> {
    let mut head = Vec::new();
    (&mut input).take(HEAD_BYTES).read_to_end(&mut head)?;
    let is_container = head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let wide = wide_encoding(&head);
    if !is_container && wide.is_none() {
        return match foreign(&head) {
            Some((what, next)) => {
                problems.error(Code::R124, Place::file(file), what, next);
                Ok(None)
            }
            None => Ok(Some((head.clone(), Box::new(Cursor::new(head).chain(input))))),
        };
    }
    input.read_to_end(&mut head)?;
    let text = match wide {
        Some(little) => {
            told(file, "the file is in UTF-16 and was read as such", problems);
            Some(from_utf16(&head, little))
        }
        None => workbook(origin, file, head, problems),
    };
    Ok(text.map(|t| (t[..t.len().min(HEAD_BYTES as usize)].to_vec(), Box::new(Cursor::new(t)) as Box<dyn Read>)))
}

fn told(file: &str, what: &str, problems: &mut Problems) {
    problems.warn(Code::R124, Place::file(file), what, "Nothing has to be done. Compare a few numbers with the file itself.");
}

/// Files that are often given in place of a table.
fn foreign(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = String::from_utf8_lossy(&head[..head.len().min(512)]).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if head.starts_with(b"%PDF") {
        return Some(("this is a PDF document and no table", "Ask the publisher for the table behind it as CSV or as a workbook."));
    }
    if head.starts_with(&[0x1F, 0x8B]) {
        return Some(("this is a compressed file (gzip)", "Unpack it, and give the path of the table inside."));
    }
    if text.starts_with("<!doctype html") || text.starts_with("<html") {
        return Some((
            "this is a web page and no table",
            "Open the address in a browser: it may ask you to log in or say that the file has moved. Save the table itself.",
        ));
    }
    None
}

/// A document, such as a feed, as UTF-8.
pub(super) fn document(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Vec<u8> {
    if let Some(little) = wide_encoding(&bytes) {
        told(file, "the file is in UTF-16 and was read as such", problems);
        return from_utf16(&bytes, little);
    }
    match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    }
}

/// Bytes of Windows-1252 as text; `None` where one of them stands for no letter, sign or mark of that alphabet that people write here.
pub(super) fn from_windows_1252(bytes: &[u8]) -> Option<String> {
    const HIGH: [char; 32] = [
        '\u{20ac}', '\0', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}', '\u{160}',
        '\u{2039}', '\u{152}', '\0', '\u{17d}', '\0', '\0', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}',
        '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\0', '\u{17e}', '\u{178}',
    ];
    let letter = |b: &u8| match b {
        0x80..=0x9F => Some(HIGH[usize::from(b - 0x80)]).filter(|c| *c != '\0'),
        // Two letters that no name here has, and that begin and end files of other forms.
        0xFE | 0xFF => None,
        b => Some(char::from(*b)),
    };
    bytes.iter().map(letter).collect()
}

/// The sheet of a workbook that holds the table, as CSV: every row a line, so that lines are those of the sheet.
fn workbook(origin: &Origin, file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<Vec<u8>> {
    let mut hidden = if origin.is_catalogue() { hidden_texts(bytes.clone()) } else { vec![] };
    let kept = bytes.clone();
    let Some(sheets) = workbook_sheets(bytes).filter(|s| !s.is_empty()) else {
        let next = "If it is a zip archive, unpack it and give the path of the table inside. If it is a workbook, open it, save it again as .xlsx or as CSV UTF-8 without a password, and give the path of that.";
        problems.error(Code::R124, Place::file(file), "this is an archive or a workbook that cannot be read", next);
        return None;
    };
    let names = || sheets.iter().map(|s| s.0.as_str());
    let chosen = match &origin.reading.table.sheet {
        Some(wanted) => sheets.iter().find(|s| s.0.trim().eq_ignore_ascii_case(wanted.trim())),
        None => sheets.iter().max_by_key(|s| (table_rows(&s.1), std::cmp::Reverse(names().position(|n| n == s.0)))),
    };
    let Some(read @ (name, rows)) = chosen else {
        let wanted = origin.reading.table.sheet.as_deref().unwrap_or("");
        let near = nearest(wanted, names()).map_or(String::new(), |n| format!("The nearest is “{n}”. "));
        let listed = names().take(20).collect::<Vec<_>>().join(", ");
        let next = format!("{near}Its sheets are: {listed}. Name one of them in the plan, as `sheet = \"…\"`.");
        problems.error(Code::R124, Place::file(file), "the workbook has no sheet of that name", next);
        return None;
    };
    let others: Vec<&Rows> = sheets.iter().filter(|s| s.0 != *name).collect();
    let unseen = Unseen::of(&kept, name);
    hidden.extend(unseen.comments.iter().cloned());
    if told_by_workbook(origin, file, read, (&hidden, &unseen.around), &others, problems) || told_by_unseen(origin, file, &unseen, problems)
    {
        return None;
    }
    if let (None, Some(like)) = (&origin.reading.table.sheet, others.iter().find(|other| goes_on(&read.1, &other.1))) {
        let shown = if origin.is_catalogue() {
            String::new()
        } else {
            format!(", “{}” and “{}”", origin.clean(name), origin.clean(&like.0))
        };
        let next = "Put the rows of all of them below one another on one sheet; of months side by side save each sheet as a file of its own, and give all of them as `path`. Where one of them counts, name it in the plan: `sheet = \"…\"` under this source.";
        problems.error(
            Code::R124,
            Place::file(file),
            format!("two sheets have the same headings{shown}: one alone would be a part of the table"),
            next,
        );
        return None;
    }
    if sheets.len() > 1 && origin.reading.table.sheet.is_none() {
        let shown = if origin.is_catalogue() { "its largest table".to_owned() } else { format!("the sheet “{}”", origin.clean(name)) };
        let next = "If the table is on another sheet, name that in the plan: `sheet = \"…\"` under this source.";
        problems.warn(Code::R124, Place::file(file), format!("the workbook has {} sheets; {shown} was read", sheets.len()), next);
    }
    let uncalculated = uncalculated(kept, name);
    if uncalculated > 0 {
        let what = format!("{uncalculated} cells of the sheet hold a formula without a value: what they say would be lost");
        let next = "Open the workbook in Excel or LibreOffice, save it, and take that. Or save the sheet as CSV UTF-8.";
        problems.error(Code::R124, Place::file(file), what, next);
        return None;
    }
    let mut text = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // A row of nothing must stay a line, so that those below it keep their numbers.
        let written = if row.iter().all(String::is_empty) { text.write_record(["", ""]) } else { text.write_record(row) };
        written.ok()?;
    }
    text.into_inner().ok()
}

/// Tells of rows and columns that a person does not see, and whether that stops the reading: among services they may have been hidden to be kept back.
fn told_by_unseen(origin: &Origin, file: &str, unseen: &Unseen, problems: &mut Problems) -> bool {
    let Some(shown) = unseen.shown() else { return false };
    if origin.is_catalogue() {
        let what = format!("the sheet hides {shown}, and nobody can tell whether that keeps a place back");
        let next = "Show all rows and columns in the spreadsheet program, delete what must not be passed on, and save it. A filter that is on hides rows, too.";
        problems.error(Code::S301, Place::file(file), what, next);
        return true;
    }
    let what = format!("the sheet hides {shown}, and all of it was read");
    problems.warn(Code::R124, Place::file(file), what, "If what is hidden should not count, delete it in the workbook and save that.");
    false
}

/// Whether another sheet has the headings of a table, and rows below them.
fn goes_on(table: &[Vec<String>], other: &[Vec<String>]) -> bool {
    let filled = |row: &[String]| row.iter().filter(|c| !c.is_empty()).count();
    // Sheets of years with their months side by side differ in these alone.
    let heading = |c: &String| month_of(c).map_or_else(|| c.trim().to_lowercase(), |_| "month".into());
    let plain = |row: &[String]| {
        let mut cells: Vec<String> = row.iter().map(heading).collect();
        cells.dedup_by(|a, b| a == b && a == "month");
        cells.truncate(cells.iter().rposition(|c| !c.is_empty()).map_or(0, |at| at + 1));
        cells
    };
    let Some(headings) = table.iter().find(|row| filled(row) > 2).map(|row| plain(row)) else { return false };
    let at = other.iter().position(|row| plain(row) == headings);
    at.is_some_and(|at| other[at + 1..].iter().any(|row| filled(row) > 1))
}

/// How many rows hold two cells or more.
fn table_rows(rows: &[Vec<String>]) -> usize {
    rows.iter().filter(|r| r.iter().filter(|c| !c.is_empty()).count() >= 2).count()
}

/// A sheet: its name and its rows from the first row of the sheet.
pub type Rows = (String, Vec<Vec<String>>);

/// The sheets of a workbook that a person sees, each cell as it would stand in a CSV file; `None` where it cannot be read.
pub fn workbook_sheets(bytes: Vec<u8>) -> Option<Vec<Rows>> {
    // Others' readers may panic on what they did not foresee: a damaged file is a problem with a place, and no crash.
    std::panic::catch_unwind(|| sheets(bytes, true)).ok().flatten()
}

/// Names and cells of the sheets that a person does not see.
fn hidden_texts(bytes: Vec<u8>) -> Vec<String> {
    let hidden = std::panic::catch_unwind(|| sheets(bytes, false)).ok().flatten().unwrap_or_default();
    hidden.into_iter().flat_map(|(name, rows)| std::iter::once(name).chain(rows.into_iter().flatten())).collect()
}

/// How many cells of a sheet hold a formula that nothing has worked out: programs that write workbooks leave that to Excel.
fn uncalculated(bytes: Vec<u8>, sheet: &str) -> usize {
    let count = || {
        let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
        let formulas = book.worksheet_formula(sheet).ok()?;
        let (top, left) = formulas.start()?;
        let values = book.worksheet_range(sheet).ok()?;
        let empty =
            |row: usize, column: usize| matches!(values.get_value((top + row as u32, left + column as u32)), None | Some(Data::Empty));
        Some(formulas.used_cells().filter(|(row, column, formula)| !formula.is_empty() && empty(*row, *column)).count())
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(count)).ok().flatten().unwrap_or(0)
}

fn sheets(bytes: Vec<u8>, seen: bool) -> Option<Vec<Rows>> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    let meta = book.sheets_metadata().to_vec();
    let wanted = meta.iter().filter(|s| (s.visible == SheetVisible::Visible) == seen);
    let mut sheets = Vec::new();
    for sheet in wanted {
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut rows: Vec<Vec<String>> = vec![vec![]; top as usize];
        rows.extend(range.rows().map(|row| (0..left).map(|_| String::new()).chain(row.iter().map(cell)).collect::<Vec<String>>()));
        sheets.push((sheet.name.clone(), rows));
    }
    Some(sheets)
}

/// A cell as it would stand in a CSV file.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Float(n) => n.to_string(),
        Data::Bool(b) => if *b { "yes" } else { "no" }.into(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.split_whitespace().collect::<Vec<_>>().join(" "),
        Data::DateTime(at) => {
            let (y, m, d, hour, minute, second, _) = at.to_ymd_hms_milli();
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            match at.as_f64() {
                // A time without a day.
                f if f < 1.0 => time,
                f if f.fract() == 0.0 => format!("{y:04}-{m:02}-{d:02}"),
                _ => format!("{y:04}-{m:02}-{d:02}T{time}"),
            }
        }
        Data::Error(e) => e.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_told_with_and_without_a_mark_and_windows_1252_by_its_letters() {
        let text = "Date,LSOA\r\n2024-02-17,E01017540\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((wide_encoding(&little), wide_encoding(&big), wide_encoding(text.as_bytes())), (Some(true), Some(false), None));
        assert_eq!((from_utf16(&little, true), from_utf16(&big, false)), (text.as_bytes().to_vec(), text.as_bytes().to_vec()));
        assert_eq!(from_windows_1252(b"caf\xE9 \x96 \xA35").as_deref(), Some("café – £5"));
        assert_eq!((from_windows_1252(b"\x81"), from_windows_1252(b"\xFF\xFE")), (None, None));
    }
}
