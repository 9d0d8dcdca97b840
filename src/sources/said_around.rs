//! What is said around a table of services: above it, in the name of its file or sheet, in a text beside it. It is said of all its rows, and no row has
//! heard it.

use std::path::Path;

use super::Origin;
use super::csv_file::{Row, Sheet};
use super::other_sheet;
use super::record_fields::{Field, Role};
use super::table_form::Rows;
use crate::diagnostics::{Code, Place, Problems};
use crate::vocabulary::{keeps_place_back, sounds_confidential};

/// Whether a text sounds as if the services that it speaks of were confidential.
pub(super) fn sounds_so(text: &str) -> bool {
    sounds_confidential(text).is_some() || keeps_place_back(text)
}

/// Reports it.
pub(super) fn tell(place: Place, what: &str, problems: &mut Problems) {
    let next =
        "Say it of the services themselves, in a column `confidential` with yes or no in each row, and take the words or the name away.";
    problems.error(Code::S301, place, format!("{what} sounds as if the services were confidential"), next);
}

/// Whether the name of a file or of its folders says so; then it is reported.
pub(super) fn told_by_path(path: &str, problems: &mut Problems) -> bool {
    let plain = |part: &str| part.rsplit_once('.').map_or(part, |(stem, _)| stem).replace(['_', '-', '.'], " ");
    let says_so = path.split(['/', '\\']).any(|part| sounds_so(&plain(part)));
    if says_so {
        tell(Place::file(path), "the name of the file or of its folder", problems);
    }
    says_so
}

/// Whether sheets that are not read say so: the name of the one that is, a sheet that is hidden, or another one. Then it is reported.
///
/// `hidden` are the texts of sheets that nobody sees, `others` the sheets beside the one that is read.
pub(super) fn told_by_workbook(
    origin: &Origin,
    file: &str,
    read: &Rows,
    hidden: &[String],
    others: &[&Rows],
    problems: &mut Problems,
) -> bool {
    if !origin.is_catalogue() {
        return false;
    }
    let marks = |text: &String| sounds_so(text) || text.to_lowercase().contains("confidential");
    let what = if sounds_so(&read.0) {
        "the name of the sheet"
    } else if hidden.iter().any(marks) {
        "a hidden sheet of the workbook"
    } else if others.iter().any(|sheet| other_sheet::says_so(sheet, &read.1)) {
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
    let alone = |text: &str| {
        let field = Field { place: Place::default(), role: Role::Unread, heading: String::new(), value: text.to_owned() };
        field.marks_confidential()
    };
    if texts.any(|text| !text.is_empty() && (sounds_so(text) || alone(text))) {
        tell(place, "a line of the table that is no service", problems);
    }
}

/// Whether a text beside the tables of a package says so.
pub(super) fn told_by_text(on_disk: &Path) -> bool {
    std::fs::read(on_disk).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).lines().any(sounds_so))
}
