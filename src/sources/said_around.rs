//! What is said around a table of services: above it, in the name of its file or sheet, in a text beside it. It is said of all its rows, and no row has
//! heard it.

use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::Origin;
use super::csv_file::{Row, Sheet, Table};
use super::names_around::{name_says_so, path_says_so};
use super::other_sheet;
use super::record_fields::{Field, Role};
use super::said_of_table;
use super::table_form::Rows;
use super::wide_text::{from_utf16, wide_encoding};
use crate::diagnostics::{Code, Place, Problems};
use crate::vocabulary::{is_said_of_all, keeps_place_back, sounds_confidential, without_what_is_left_out};

/// What stands above the table of services in the workbook that `gapmap init --workbook` writes. It speaks of refuges, and says nothing of the services below
/// it: word for word it is not heard.
pub const ABOVE_TEMPLATE: &str =
    "One row for each service. A refuge has no place here: leave longitude, latitude and area empty and write yes under confidential.";

/// Whether a text about a list of services sounds as if these were confidential.
pub(super) fn sounds_so(text: &str) -> bool {
    let text = without_what_is_left_out(text);
    sounds_confidential(&text).is_some() || is_said_of_all(&text) || said_of_table::says_so(&text)
}

/// Whether a text sounds like a confidential service, whatever it is said of.
pub(super) fn names_some(text: &str) -> bool {
    let text = without_what_is_left_out(text);
    sounds_confidential(&text).is_some() || keeps_place_back(&text)
}

/// Reports it.
pub(super) fn tell(place: Place, what: &str, problems: &mut Problems) {
    let next =
        "Say it of the services themselves, in a column `confidential` with yes or no in each row, and take the words or the name away.";
    problems.error(Code::S301, place, format!("{what} sounds as if the services were confidential"), next);
}

/// Whether the name of a file of a catalogue, or of its folders, says so; then it is reported.
pub(super) fn told_by_path(origin: &Origin, path: &str, problems: &mut Problems) -> bool {
    let says_so = origin.is_catalogue() && path_says_so(origin, path);
    if says_so {
        tell(Place::file(path), "the name of the file or of its folder", problems);
    }
    // What the plan says of the catalogue; a name of one word is a key.
    let of_plan = [Some(origin.name.as_str()).filter(|name| name.contains(' ')), origin.attribution.as_deref()];
    let plan_says_so = origin.is_catalogue() && of_plan.into_iter().flatten().any(is_said_of_all);
    if plan_says_so {
        tell(Place::file("the plan").at("name or attribution of the source"), "what the plan says of the catalogue", problems);
    }
    says_so || plan_says_so
}

/// Whether a line above the table of a catalogue says so; then it is reported. The note above the table in the workbook of `gapmap init` does not count.
pub(super) fn told_above(origin: &Origin, file: &str, lines: &[csv::ByteRecord], problems: &mut Problems) -> bool {
    /// So many cells are a row of headings, of which one may be `Confidential`.
    const HEADINGS: usize = 4;
    if !origin.is_catalogue() {
        return false;
    }
    // Lines of one cell after one another are one note.
    let mut note = String::new();
    for line in lines {
        let cells: Vec<String> =
            line.iter().map(|cell| String::from_utf8_lossy(cell).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty() && *cell != ABOVE_TEMPLATE).collect();
        match cells.as_slice() {
            [one] => note.extend([one, " "]),
            _ => note.clear(),
        }
        let heard = |cell: &&str| if cells.len() >= HEADINGS { names_some(cell) } else { sounds_so(cell) || is_an_order(cell) };
        if cells.iter().any(heard) || sounds_so(&note) {
            let place = Place::line(file, line.position().map_or(1, csv::Position::line));
            let place = match &origin.reading.table.sheet {
                Some(sheet) => place.at(format!("sheet “{sheet}”")),
                None => place,
            };
            tell(place, "a line above the table", problems);
            return true;
        }
    }
    false
}

/// The sheets of a plan that is kept in a workbook, but for those of services.
const SHEETS_OF_A_PLAN: [&str; 6] = ["study", "sources", "action plan", "training", "engagement", "indicators"];

/// Whether sheets that are not read say so: the name of the one that is, a sheet that is hidden, or another one. Then it is reported.
///
/// `hidden` are the texts of sheets that nobody sees, and comments, `around` what is said to whoever fills the workbook, `others` the sheets beside the one
/// that is read.
pub(super) fn told_by_workbook(
    origin: &Origin,
    file: &str,
    read: &Rows,
    (hidden, around): (&[String], &[String]),
    others: &[&Rows],
    problems: &mut Problems,
) -> bool {
    if !origin.is_catalogue() {
        return false;
    }
    let marks = |text: &String| names_some(text) || sounds_so(text) || text.to_lowercase().contains("confidential") || says_alone(text);
    // A plan kept in the workbook says what is studied, and nothing of the services.
    let holds = |name: &str| others.iter().any(|sheet| sheet.0.trim().eq_ignore_ascii_case(name));
    let is_plan = holds("study") && holds("sources");
    let of_plan = |sheet: &Rows| is_plan && SHEETS_OF_A_PLAN.iter().any(|name| sheet.0.trim().eq_ignore_ascii_case(name));
    // A name is none of the sentences that say what is left out.
    let beside = || -> Vec<String> { others.iter().map(|sheet| sheet.0.clone()).collect() };
    let what = if sounds_confidential(&read.0).is_some() || is_said_of_all(&read.0) || name_says_so(&read.0, beside) {
        "the name of the sheet"
    } else if hidden.iter().any(marks) || around.iter().any(|text| keeps_place_back(text) || says_it_whole(text)) {
        "what the workbook holds beside its cells (a hidden sheet, a comment, a box of text, its title or properties)"
    } else if others.iter().any(|sheet| !of_plan(sheet) && other_sheet::says_so(sheet, &read.1)) {
        "another sheet of the workbook"
    } else {
        return false;
    };
    tell(Place::file(file), what, problems);
    true
}

/// Whether a row that is no service says so, such as a line between services: `REFUGES`. Then it is reported, and no setting aside hides it.
pub(super) fn told_by_row(sheet: &Sheet, row: &Row, problems: &mut Problems) {
    told_by_line(Place::line(&sheet.file, row.line), (0..row.len()).map(|at| row.get(at)), problems);
}

/// The same of the texts of a row.
pub(super) fn told_by_line<'t>(place: Place, mut texts: impl Iterator<Item = &'t str>, problems: &mut Problems) {
    if texts.any(|text| !text.is_empty() && (sounds_so(text) || says_alone(text))) {
        tell(place, "a line of the table that is no service", problems);
    }
}

/// Whether a text around the cells is nothing but a word for keeping back, as a format shows in place of a number: `withheld`. Labels by which a program
/// marks all that an office writes, such as *Internal*, are no such word.
fn says_it_whole(text: &str) -> bool {
    ["withheld", "redacted", "suppressed", "hidden", "not shown"].contains(&text.trim().to_lowercase().as_str())
}

/// Whether a short text is an order to keep back what it stands beside, wherever it stands: a status, the name of a sheet, a line above a table.
pub(super) fn is_an_order(text: &str) -> bool {
    keeps_place_back(text) || says_alone(text)
}

/// Whether a text with no heading is a mark of secrecy.
pub(crate) fn says_alone(text: &str) -> bool {
    let field = Field { place: Place::default(), role: Role::Unread, heading: String::new(), value: text.to_owned() };
    field.marks_confidential()
}

/// Whether a table that describes the tables of a package says so: no service owns its rows, and what they say is said of all. Then it is reported.
pub(super) fn told_by_descriptions(table: &Table, problems: &mut Problems) {
    for row in table.rows() {
        if (0..row.len()).any(|at| sounds_so(row.get(at))) {
            tell(Place::line(&table.sheet.file, row.line), "a description of the tables of the package", problems);
        }
    }
}

/// Whether a text beside the tables of a package says so. `None` where it is none that can be read.
pub(super) fn told_by_text(on_disk: &Path) -> Option<bool> {
    let bytes = std::fs::read(on_disk).ok()?;
    if let Ok(Value::Object(described)) = serde_json::from_slice(&bytes) {
        return Some(described.iter().any(|(key, value)| told_by_description(key, value)));
    }
    let text = match bytes.as_slice() {
        [b'P', b'K', 3, 4, ..] => text_of_document(bytes)?,
        _ => match wide_encoding(&bytes) {
            Some(little) => String::from_utf8(from_utf16(&bytes, little)).ok()?,
            None if bytes.starts_with(b"%PDF") || bytes.contains(&0) => return None,
            None => String::from_utf8_lossy(&bytes).into_owned(),
        },
    };
    Some(paragraphs(&text).iter().any(|p| sounds_so(p)) || text.lines().any(sounds_so))
}

/// Paragraphs, each in one line: what is said goes on over the ends of lines. A mark before a line begins another.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let begins = line.chars().next().is_none_or(|c| !c.is_alphanumeric());
        match all.last_mut() {
            Some(last) if !begins => last.extend([" ", line]),
            _ => all.push(line.to_owned()),
        }
    }
    all
}

/// Whether a member of the description of a package says so. What its tables have columns for is said of no service.
fn told_by_description(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) if ["title", "description", "notes", "keywords"].contains(&key) => sounds_so(text),
        // A short text is a mark, or a name.
        Value::String(text) if text.len() < 100 && !["name", "path", "type", "format", "profile"].contains(&key) => sounds_so(text),
        Value::String(text) => names_some(text),
        Value::Array(items) if key == "fields" => items.iter().any(|item| text_within(item).iter().any(|text| names_some(text))),
        Value::Array(items) => items.iter().any(|item| told_by_description(key, item)),
        Value::Object(members) => members.iter().any(|(key, value)| told_by_description(key, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn text_within(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(text_within).collect(),
        Value::Object(members) => members.values().flat_map(text_within).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => vec![],
    }
}

/// The text of a document of Word or LibreOffice; `None` where it is none.
fn text_of_document(bytes: Vec<u8>) -> Option<String> {
    /// No text to read first is longer.
    const LONGEST: u64 = 1 << 24;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let is_document = ["word/document.xml", "content.xml"].into_iter().any(|name| archive.index_for_name(name).is_some());
    // What stands at the head and the foot of each page, in notes and in comments is said, too.
    let is_text = |name: &str| {
        let part = name.strip_prefix("word/").unwrap_or_default();
        let of_word = ["document", "header", "footer", "comments", "footnotes", "endnotes"].iter().any(|p| part.starts_with(p))
            && part.ends_with(".xml");
        of_word || ["content.xml", "styles.xml"].contains(&name)
    };
    let mut names: Vec<String> =
        archive.file_names().flatten().map(|name| name.into_owned()).filter(|name| is_document && is_text(name)).collect();
    names.sort();
    let mut xml = String::new();
    for name in &names {
        archive.by_name(name).ok()?.take(LONGEST).read_to_string(&mut xml).ok()?;
        xml.push_str("</w:p>");
    }
    if names.is_empty() {
        return None;
    }
    let mut text = String::new();
    for part in xml.split('<') {
        let (tag, after) = part.split_once('>').unwrap_or(("", part));
        if ["/w:p", "/text:p", "/text:h", "w:br/", "w:tab/"].contains(&tag) {
            text.push_str("\n\n");
        }
        text.push_str(after);
    }
    Some(text)
}
