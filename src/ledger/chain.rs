//! The files of the ledger of releases: numbered, each naming the SHA-256 of the one before it.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::records::{Beginning, RELEASES_FOLDER, Release, Releases};
use crate::diagnostics::{Code, Place, Problems};

/// What to do about a ledger that is not the one that was written.
pub(super) const PUT_BACK: &str = "Put the folder, `gapmap-releases.head` and the last pack back as they were, from a copy: they keep two packs from giving a person away together. If there is no copy, `gapmap releases begin-anew <plan> --because \"…\"` begins another chain and says so on every later pack.";

/// What a file of the ledger holds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Pack(Release),
    Beginning(Beginning),
}

impl Releases {
    /// Reads the folder, which need not exist. A chain that is broken stops the run: a missing pack cannot be attacked.
    ///
    /// It comes out whole up to the first fault. Whether it is all that was ever written, only [`Self::verify`] can tell.
    pub fn read(folder: &Path, problems: &mut Problems) -> Self {
        let mut found = Self::default();
        let names = match names(folder) {
            Ok(names) => names,
            Err(what) => {
                problems.error(Code::S310, Place::file(RELEASES_FOLDER), what, PUT_BACK);
                return found;
            }
        };
        for (i, name) in names.iter().enumerate() {
            let place = || Place::file(format!("{RELEASES_FOLDER}/{name}"));
            let number = i as u32 + 1;
            if *name != file_name(number) {
                let what = "the folder holds a file that is no record, or a record is missing before this one";
                problems.error(Code::S310, place(), what, PUT_BACK);
                return found;
            }
            let bytes = plain_file(&folder.join(name)).unwrap_or_default();
            let Ok(line) = serde_json::from_slice::<Line>(&bytes) else {
                problems.error(Code::S310, place(), "the record of an earlier release cannot be read", PUT_BACK);
                return found;
            };
            let (own, previous) = match &line {
                Line::Pack(release) => (release.number, &release.previous),
                Line::Beginning(beginning) => (beginning.number, &beginning.previous),
            };
            let follows = own == number && *previous == found.last() && (number == 1 || matches!(line, Line::Pack(_)));
            if !follows {
                let what = "the records of earlier releases are not the ones that were written: one was changed or is missing";
                problems.error(Code::S310, place(), what, PUT_BACK);
                return found;
            }
            found.digests.push(sha256(&bytes));
            match line {
                Line::Pack(release) => found.list.push(release),
                Line::Beginning(beginning) => found.beginning = Some(beginning),
            }
        }
        found
    }
}

/// Name of the file of a record.
pub(super) fn file_name(number: u32) -> String {
    format!("{number:06}.json")
}

/// Names of all JSON files of the folder, in order; none where there is no folder. What is wrong with it otherwise.
fn names(folder: &Path) -> Result<Vec<String>, String> {
    match std::fs::symlink_metadata(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(vec![]),
        Err(e) => return Err(format!("the ledger of releases cannot be opened: {}", e.kind())),
        // A link can be turned to an empty folder without a trace in this one.
        Ok(about) if !about.is_dir() => return Err("the ledger of releases is no folder of its own: a link or a file stands there".into()),
        Ok(_) => {}
    }
    let fault = |e: std::io::Error| format!("the ledger of releases cannot be read: {}", e.kind());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let name = entry.map_err(fault)?.file_name().to_string_lossy().into_owned();
        // A record that was being written when the machine stopped has a dot before its name and none of these endings.
        if name.to_lowercase().ends_with(".json") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The bytes of a file that is no link.
pub(super) fn plain_file(path: &Path) -> Option<Vec<u8>> {
    std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    std::fs::read(path).ok()
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
