//! Problems with a place and a next step, all at once.
//!
//! A reader of files never stops at the first mistake and never prints: it pushes a [`Problem`] and goes on. A problem says
//! where it is, what is wrong in plain English, and what to do next. A row of a restricted source is located and
//! described, never quoted ([`quote`]).

pub mod asked;
mod catalogue;
mod problem;
mod render;
pub mod said;

pub use catalogue::Code;
pub use problem::{Excerpt, Place, Problem, Problems, Severity};
pub use render::{render_json, render_text};

use crate::units::Sensitivity;

/// A value from a file, fit for a message: quoted where the source is open, only described where it is restricted.
///
/// Long values are cut, and control characters shown as escapes, so that a message stays one line.
///
/// ```
/// use gapmap::{diagnostics::quote, units::Sensitivity};
/// assert_eq!(quote("2024-13", Sensitivity::Open), "“2024-13”");
/// assert_eq!(quote("2024-13", Sensitivity::Restricted), "a value of 7 characters (not shown)");
/// ```
pub fn quote(value: &str, sensitivity: Sensitivity) -> String {
    let length = value.chars().count();
    match sensitivity {
        Sensitivity::Restricted => format!("a value of {length} characters (not shown)"),
        Sensitivity::Open if length > 60 => {
            format!("“{}…” ({length} characters)", value.chars().take(40).flat_map(char::escape_debug).collect::<String>())
        }
        Sensitivity::Open => format!("“{}”", value.escape_debug()),
    }
}

/// The candidate nearest to what was written, where it is near enough to be a slip of the pen.
///
/// ```
/// use gapmap::diagnostics::nearest;
/// assert_eq!(nearest("sensitivty", ["sensitivity", "path"]), Some("sensitivity"));
/// assert_eq!(nearest("colour", ["sensitivity", "path"]), None);
/// ```
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.chars().count() / 3).max(1);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let near = candidates.iter().map(|c| (edits(written, c), *c)).filter(|(d, _)| *d <= limit).min().map(|(_, c)| c);
    near.or_else(|| within(written, &candidates))
}

/// The one candidate that holds what was written, or is held by it: `Offence` for `Offence type`.
fn within<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let holds = |c: &&&str| {
        let other = c.to_lowercase();
        let (short, long) = if other.len() < written.len() { (&other, &written) } else { (&written, &other) };
        short.chars().count() >= 4 && long.contains(short.as_str())
    };
    let mut found = candidates.iter().filter(holds);
    found.next().copied().filter(|_| found.next().is_none())
}

/// Levenshtein distance: insertions, deletions and substitutions of one character.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
