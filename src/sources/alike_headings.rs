//! Headings that name one thing twice: which of the columns is meant nobody can say, and the first is as likely wrong as right.

use super::csv_file::Sheet;
use crate::diagnostics::{Code, Place, Problems, quote};

const NEXT: &str = "Keep the one that counts, or give the others headings of their own: tables side by side on one sheet are a table each.";

/// Whether one column at most fits; several are reported with their headings.
pub(super) fn is_one(sheet: &Sheet, columns: &[usize], what: &str, problems: &mut Problems) -> bool {
    if columns.len() > 1 {
        let listed = columns.iter().map(|c| quote(&sheet.headings[*c], sheet.origin.shows())).collect::<Vec<_>>().join(" and ");
        problems.error(Code::R113, Place::line(&sheet.file, 1), format!("{} columns hold {what}: {listed}", columns.len()), NEXT);
    }
    columns.len() <= 1
}
