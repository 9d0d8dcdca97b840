//! Headings that name one thing twice: which of the columns is meant nobody can say, and the first is as likely wrong as right.

use super::csv_file::Sheet;
use crate::diagnostics::{Code, Place, Problems, quote};

const NEXT: &str = "Keep the one that counts, or give the others headings of their own: tables side by side on one sheet are a table each.";

/// Whether none of these headings stands twice; the first that does is reported.
pub(super) fn stand_once(sheet: &Sheet, headings: &[&str], problems: &mut Problems) -> bool {
    let columns = |heading: &str| sheet.headings.iter().filter(|h| h.eq_ignore_ascii_case(heading)).count();
    let twice = headings.iter().find(|h| columns(h) > 1);
    if let Some(heading) = twice {
        let what = format!("{} columns are called “{heading}”", columns(heading));
        problems.error(Code::R113, Place::line(&sheet.file, 1), what, NEXT);
    }
    twice.is_none()
}

/// Whether one column at most fits; several are reported with their headings.
pub(super) fn is_one(sheet: &Sheet, columns: &[usize], what: &str, problems: &mut Problems) -> bool {
    if columns.len() > 1 {
        let listed = columns.iter().map(|c| quote(&sheet.headings[*c], sheet.origin.shows())).collect::<Vec<_>>().join(" and ");
        problems.error(Code::R113, Place::line(&sheet.file, 1), format!("{} columns hold {what}: {listed}", columns.len()), NEXT);
    }
    columns.len() <= 1
}
