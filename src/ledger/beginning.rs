//! The first record of a ledger of releases that was begun anew: why, and what is left behind.
//!
//! Packs of the chain before it are out, and nothing is protected together with them any more. That cannot be mended, so it is said:
//! the reason stands on every pack of the new chain.

use std::path::{Path, PathBuf};

use super::anchors::{HEAD_FILE, Head, pack_file};
use super::chain::{file_name, plain_file, sha256};
use super::records::{Beginning, RELEASES_FOLDER, Releases};
use crate::diagnostics::Problems;
use crate::model::Tier;
use crate::units::is_showable;

/// A reason may be so long.
const LONGEST: usize = 300;

/// What is wrong with a reason; `None` where it is one.
pub fn reason_fault(because: &str) -> Option<&'static str> {
    let words = because.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    match () {
        () if words < 3 => Some("a reason has a few words at least: it stands on every later pack"),
        () if because.chars().count() > LONGEST => Some("a reason is a sentence or two: it stands on every later pack"),
        () if !because.chars().all(is_showable) => Some("a reason is one line of plain text"),
        () => None,
    }
}

impl Releases {
    /// A chain of one record that leaves behind what is beside the plan, with the name and the bytes of that record.
    ///
    /// `packs` are the folders that hold packs. `None` where there is nothing to leave behind: then a chain begins by itself.
    pub fn begin_anew(root: &Path, packs: &[PathBuf], because: &str) -> Option<(Self, (String, Vec<u8>))> {
        // What is broken is what is left behind.
        let before = Self::read(&root.join(RELEASES_FOLDER), &mut Problems::default());
        let head = plain_file(&root.join(HEAD_FILE)).and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
        let mut beginning = Beginning {
            number: 1,
            previous: String::new(),
            because: before.begun_anew().iter().cloned().chain([because.trim().to_owned()]).collect(),
            abandoned: head.map(|h| h.number).into_iter().chain((!before.is_empty()).then_some(before.len() as u32)).max(),
            left: vec![],
        };
        for folder in packs {
            for tier in [Tier::Public, Tier::Partnership, Tier::Restricted] {
                let files = [pack_file(folder, "release", tier), pack_file(folder, "findings", tier)];
                beginning.left.extend(files.into_iter().flatten().map(|bytes| sha256(&bytes)));
            }
        }
        let there = |name: &str| std::fs::symlink_metadata(root.join(name)).is_ok();
        let empty = beginning.left.is_empty() && !there(RELEASES_FOLDER) && !there(HEAD_FILE);
        if empty {
            return None;
        }
        let mut bytes = serde_json::to_vec_pretty(&beginning).ok()?;
        bytes.push(b'\n');
        let digests = vec![sha256(&bytes)];
        Some((Self { beginning: Some(beginning), list: vec![], digests }, (file_name(1), bytes)))
    }
}
