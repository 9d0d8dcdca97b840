//! Restricted counts are those that the ledger of releases keeps: otherwise the next pack is protected together with others.

use sha2::{Digest, Sha256};

use super::pack::findings_in;
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::{Anchor, Releases};
use crate::outputs::{Files, release_path};

/// Whether a pack has restricted counts that a ledger of releases must know of. A draft is in none, and says so.
pub fn must_be_recorded(files: &Files) -> bool {
    let Some((at, findings)) = findings_in(files) else { return true };
    findings.is_none_or(|f| f.any_restricted() && !(f.frame.draft && at.contains(".draft.")))
}

/// Whether a pack says that it is a draft.
pub fn is_draft(files: &Files) -> bool {
    findings_in(files).is_some_and(|(at, findings)| at.contains(".draft.") || findings.is_some_and(|f| f.frame.draft))
}

/// Holds a pack against the ledger of releases, that of the pack itself among its records.
pub fn recorded(files: &Files, ledger: &Releases, problems: &mut Problems) {
    // Without findings there is nothing to publish, which the audit tells.
    let Some((at, Some(findings))) = findings_in(files) else { return };
    if findings.frame.draft && at.contains(".draft.") {
        return;
    }
    let to_be_known = findings.any_restricted() || !ledger.is_empty();
    let next = "Do not publish. Make the pack again with `gapmap run`; an older pack is audited beside the ledger that it was made with: `--releases <folder>`.";
    let digest: String = Sha256::digest(&files[at]).iter().map(|b| format!("{b:02x}")).collect();
    if to_be_known && !ledger.holds(&digest) {
        let what = "the restricted counts of this pack are not those that the ledger of releases keeps";
        problems.error(Code::S326, Place::file(at.clone()), what, next);
    }
    let tier = findings.policy.tier;
    let path = release_path(tier);
    match files.get(&path).map(|bytes| Anchor::read(bytes)) {
        // A record that was put behind the one that the pack names is none of this pack.
        Some(Some(anchor))
            if ledger.fits(&anchor, tier) && (!to_be_known || ledger.number_of(&digest).is_none_or(|n| n <= anchor.number)) => {}
        Some(_) => problems.error(Code::S326, Place::file(path), "the pack names another ledger of releases", next),
        None if to_be_known => {
            problems.error(Code::S326, Place::file(path), "the pack does not name the ledger of releases that it was made with", next);
        }
        None => {}
    }
}
