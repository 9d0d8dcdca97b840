//! An attack on a pack before it is published: what could somebody work out who has nothing but these files?
//!
//! The audit sees files and nothing else: no study, no draft; the ledger of releases only to ask whether it keeps the pack ([`recorded`]).
//! It shares no code with the release, so that a fault there is found here. Every check is one file and one line of [`CHECKS`]; a problem names the file and the place, never the value.
//!
//! What it cannot do: it does not know the raw counts, so a wrong number that obeys every rule looks right to it; and it cannot
//! read what a picture shows, only that the picture is the one that the findings give.

mod again;
mod agree;
mod archive;
mod bounds;
mod cells;
mod claims;
mod collected;
mod deduce;
mod funnel;
mod geopackage;
mod hidden;
mod known;
mod manifest;
mod map_block;
mod names;
mod notebook;
mod numbers;
mod opened;
mod pack;
mod page;
mod printed;
mod recorded;
mod redraw;
mod series;
mod set;
mod spelled;
mod spots;
mod sums;
mod traces;
mod unchecked;
mod words;

use crate::diagnostics::Problems;
use crate::model::{Cards, Findings};
use crate::outputs::Files;
pub use archive::hidden_in_archive;
use pack::Pack;
pub use recorded::{is_draft, must_be_recorded, recorded};
pub use traces::holds_a_trace;
pub use words::unexplained;

/// The findings of a pack, in whichever way they are written; `None` where there are none that can be read.
pub fn findings_of(files: &Files) -> Option<Findings> {
    pack::findings_in(files)?.1
}

/// A check: what it looks for, and how.
pub struct Check {
    /// What it looks for, in a sentence.
    pub looks_for: &'static str,
    run: fn(&Pack, &mut Problems),
}

/// All checks that need nothing but the files.
pub const CHECKS: &[Check] = &[
    Check { looks_for: "Files beside the manifest, files that it lists and that are missing or changed.", run: manifest::check },
    Check { looks_for: "Files that do not say whom they are for, and findings that are not as they were written.", run: names::check },
    Check {
        looks_for: "Counts that are small or not rounded; rates, shares, means and limits that do not come from released counts.",
        run: numbers::check,
    },
    Check { looks_for: "Counts in sentences that were not released.", run: words::check },
    Check { looks_for: "Counts in findings that are not those that were released of their area and months.", run: agree::check },
    Check { looks_for: "Withheld counts that follow from the others in a table.", run: deduce::check },
    Check {
        looks_for: "Withheld and refused counts that follow from sums over areas, months, categories and times of all tables together.",
        run: cells::check,
    },
    Check { looks_for: "Numbers in the data of the page's map that no finding holds for that area.", run: map_block::check },
    Check { looks_for: "Content that a reader does not see: hidden rows and sheets, comments, metadata, formulas.", run: hidden::check },
    Check { looks_for: "Postcodes, coordinates, addresses, paths of a machine, names of those who made the pack.", run: traces::check },
];

/// Attacks a pack; `cards` are what the methods of this version are said to do. Nothing is found where `problems` gains no error.
pub fn audit(files: &Files, cards: &Cards, problems: &mut Problems) {
    let pack = Pack::new(files, cards, problems);
    CHECKS.iter().for_each(|check| (check.run)(&pack, problems));
}

/// As [`audit`], for a pack from a disk: every file that the findings give is also drawn again and compared, byte by byte.
pub fn audit_folder(files: &Files, cards: &Cards, problems: &mut Problems) {
    audit(files, cards, problems);
    redraw::check(&Pack::new(files, cards, &mut Problems::default()), problems);
}
