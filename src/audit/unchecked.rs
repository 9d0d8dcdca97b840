//! Files that do not come from the findings: an analyst's own page, a picture, a note.

use super::pack::Pack;
use crate::diagnostics::{Place, Problems};

/// A file that the manifest lists and the findings do not give.
pub(super) fn unchecked(_pack: &Pack, path: &str, problems: &mut Problems) {
    let next = "Read it as an attacker would before you publish it: every number in it, and what stands in its metadata.";
    problems.warn(
        "S324",
        Place::file(path.to_owned()),
        "the file does not come from the findings: it was searched for traces, but its numbers cannot be checked",
        next,
    );
}
