//! Tables that hold their headings and no row: a part is missing, and no month was quiet.

use std::collections::BTreeSet;

use super::events::{Block, Events};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

/// What was met of such tables of one source.
#[derive(Default)]
pub(super) struct HeadingsAlone {
    /// Months that their names say.
    months: BTreeSet<Month>,
    /// Whether the name of one says no month.
    unnamed: bool,
}

impl HeadingsAlone {
    /// Tells of a table if it holds no row.
    pub fn see(&mut self, has_no_row: bool, file: &str, problems: &mut Problems) {
        if has_no_row {
            match month_named(file) {
                Some(month) => {
                    self.months.insert(month);
                }
                None => self.unnamed = true,
            }
            tell(file, problems);
        }
    }

    /// Takes what such tables should hold out of what the source covers. The study still has these months: they are missing.
    pub fn settle(self, events: &mut Events) {
        if self.months.is_empty() && !self.unnamed {
            return;
        }
        let held: BTreeSet<u16> = events.blocks.iter().flat_map(|b| b.month.iter().copied()).collect();
        let is_held = |m: &Month| u16::try_from(m.index()).is_ok_and(|m| held.contains(&m));
        // Files may be named after the day of the extract: where those with rows are, a name says no month.
        let is_of_its_name = |b: &Block| {
            let named = u16::try_from(month_named(&b.file)?.index()).ok()?;
            (b.rows() > 0).then(|| b.month.contains(&named))
        };
        let others: Vec<bool> = events.blocks.iter().filter_map(is_of_its_name).collect();
        let by_name = !others.is_empty() && others.iter().all(|own| *own);
        let lost = |m: &Month| !is_held(m) && (self.unnamed || !by_name || self.months.contains(m));
        let (gone, covered): (Vec<Month>, Vec<Month>) = events.covered.iter().copied().partition(|m| lost(m));
        events.covered = covered;
        events.named.extend(gone);
        if by_name {
            events.named.extend(self.months);
        }
        events.named.sort_unstable();
        events.named.dedup();
    }
}

/// Tells of a table without a row.
pub(super) fn tell(file: &str, problems: &mut Problems) {
    let next = "Export it again, or take it out. A file of headings alone is not a month in which nothing happened: what it should hold is missing.";
    problems.warn(Code::R102, Place::file(file), "the file holds its headings and no row", next);
}

/// The one month in the name of a file: of `incidents 2023-10.csv`, and of no day and no span of months.
fn month_named(path: &str) -> Option<Month> {
    let name = path.rsplit(['/', '\\']).next()?;
    let bytes = name.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let joins = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(|b| matches!(b, b'-' | b'_'));
    let alone = |at: usize| {
        let (one, two) = (at.checked_sub(1), at.checked_sub(2));
        let (next, after) = (Some(at + 7), Some(at + 8));
        !(digit(one) || digit(next) || joins(one) && digit(two) || joins(next) && digit(after))
    };
    let mut found = (0..bytes.len().saturating_sub(6)).filter(|at| alone(*at)).filter_map(|at| Month::parse(name.get(at..at + 7)?));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::month_named;

    #[test]
    fn a_name_says_one_month_or_none() {
        for name in ["x/incidents 2023-10.csv", "2023-10.csv", "b_2023-10_final.csv", "police (2023-10).xlsx"] {
            assert_eq!(month_named(name).map(|m| m.to_string()).as_deref(), Some("2023-10"), "{name}");
        }
        for name in [
            "x.csv",
            "2023-10/x.csv",
            "extract 2023-10-05.csv",
            "2023-04_2024-03.csv",
            "2023-04 to 2024-03.csv",
            "2023-13.csv",
            "12023-10.csv",
        ] {
            assert_eq!(month_named(name), None, "{name}");
        }
    }
}
