//! Words in a table of counts by which a row counts what other rows count: a part of one, or a version of it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::csv_file::{Row, Sheet};
use crate::diagnostics::{Code, Problems, quote};

/// How the name of a part begins.
const PART: [&str; 6] = ["of which", "of whom", "of these", "of those", "thereof", "which of"];
/// Words for versions of one number.
const VERSIONS: [&str; 18] = [
    "provisional",
    "revised",
    "final",
    "finalised",
    "preliminary",
    "initial",
    "updated",
    "amended",
    "estimated",
    "estimate",
    "confirmed",
    "unconfirmed",
    "original",
    "corrected",
    "superseded",
    "draft",
    "interim",
    "restated",
];

/// What was seen of such words, column by column.
#[derive(Default)]
pub(super) struct CountWords {
    /// The first row that is a part of another: its column, line and word.
    part: Option<(usize, u64, String)>,
    versions: BTreeMap<usize, Versions>,
}

#[derive(Default)]
struct Versions {
    words: BTreeSet<String>,
    /// Of each cell the version that it was met in first.
    cells: FxHashMap<u64, String>,
    /// The first cell that stands in two.
    twice: Option<u64>,
}

/// A cell that says a version, alone or behind what it is of: `Revised`, `Stalking (revised)`. `Initial contact` is a category.
fn version_of(cell: &str) -> Option<(&str, &str)> {
    let plain = cell.trim_end_matches([')', ']', '*', ' ']);
    let (rest, version) = plain.rsplit_once(['(', '[', '-', '–', ':']).unwrap_or(("", plain));
    let version = version.trim();
    VERSIONS.contains(&version).then_some((rest.trim(), version))
}

impl CountWords {
    /// A row of a table whose counts stand in `count`.
    pub fn see(&mut self, row: &Row, columns: &[usize], count: usize) {
        for column in columns {
            let word = row.get(*column).trim().to_lowercase();
            if self.part.is_none() && PART.iter().any(|p| word.starts_with(p)) {
                self.part = Some((*column, row.line, row.get(*column).to_owned()));
            }
            let Some((rest, version)) = version_of(&word) else { continue };
            let seen = self.versions.entry(*column).or_default();
            let mut hash = FxHasher::default();
            (0..row.len()).filter(|i| *i != count && i != column).for_each(|i| row.get(i).trim().hash(&mut hash));
            rest.hash(&mut hash);
            let first = seen.cells.entry(hash.finish()).or_insert_with(|| version.to_owned());
            if first.as_str() != version {
                seen.twice.get_or_insert(row.line);
            }
            if seen.words.len() < 3 {
                seen.words.insert(row.get(*column).trim().to_owned());
            }
        }
    }

    /// Refuses parts beside what they are of, and cells that stand in two versions.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) {
        let keep = |column: usize| {
            let heading = &sheet.headings[column];
            format!("Say which rows count, under the source: `keep = {{ \"{heading}\" = \"…\" }}`, or a list of several, `[\"…\", \"…\"]`.")
        };
        if let Some((column, line, word)) = &self.part {
            let what = format!("{} counts a part of another row: they are not to be added", quote(word, sheet.origin.shows()));
            problems.error(Code::D218, sheet.place(*line, *column), what, keep(*column));
        }
        for (column, seen) in &self.versions {
            let Some(line) = seen.twice else { continue };
            let words = seen.words.iter().map(|w| quote(w, sheet.origin.shows())).collect::<Vec<_>>().join(" and ");
            let what = format!("one month, place and kind stands in several versions, {words}: one of them counts");
            problems.error(Code::D218, sheet.place(line, *column), what, keep(*column));
        }
    }
}
