//! The ledger of releases on the disk: a record is added, then the head follows.
//!
//! A machine may stop between any two steps. In this order the next run can tell that from a ledger that was changed: the head is one
//! behind a record that follows it, and no pack is ahead of either.

use std::path::Path;

use super::write::{WriteFault, append};
use crate::disk::{remove, sync_folder, write_private};
use crate::ledger::Entry;
use crate::ledger::{HEAD_FILE, Head, RELEASES_FOLDER, Releases};

/// Enters a pack in the ledger beside the plan. It is to be put in place after that: a pack that is out without its record could be
/// given away by the next one.
///
/// # Errors
/// Where something cannot be written, or another run came first.
pub fn keep(root: &Path, entry: &Entry) -> Result<(), WriteFault> {
    let Some(head) = entry.ledger.head() else { return Ok(()) };
    if let Some(record) = &entry.record {
        // Before its first record a chain has a head that says that there is none: a head that is missing is then always a loss.
        if head.number == 1 {
            put(root, HEAD_FILE, &Head::default().written())?;
        }
        // Without its key a record could not be read again: the key comes first.
        let folder = root.join(RELEASES_FOLDER);
        entry.key.keep(&folder).map_err(|e| WriteFault::new("the key of the ledger cannot be written", &e))?;
        append(&folder, record)?;
    }
    let bytes = head.written();
    let same = std::fs::read(root.join(HEAD_FILE)).is_ok_and(|now| now == bytes);
    if same { Ok(()) } else { put(root, HEAD_FILE, &bytes) }
}

/// Puts a ledger that was begun anew in the place of the present one, which is moved aside and never deleted. The name that it has then.
///
/// # Errors
/// Where something cannot be written or moved. The next run then stops, and this can be done again.
pub fn keep_anew(root: &Path, ledger: &Releases, record: &(String, Vec<u8>)) -> Result<Option<String>, WriteFault> {
    let fault = |e: std::io::Error| WriteFault::new("the ledger of releases cannot be begun anew", &e);
    let there = |name: &str| std::fs::symlink_metadata(root.join(name)).is_ok();
    let numbers = (1..).map(|n: u32| format!("{RELEASES_FOLDER}.{n}"));
    let aside = numbers.into_iter().find(|name| !there(name) && !there(&format!("{name}.head"))).unwrap_or_default();
    let new = format!(".{RELEASES_FOLDER}.new");
    remove(&root.join(&new)).map_err(fault)?;
    append(&root.join(&new), record)?;
    if there(HEAD_FILE) {
        let (head, kept) = (root.join(HEAD_FILE), root.join(format!("{aside}.head")));
        let is_file = std::fs::symlink_metadata(&head).is_ok_and(|about| about.is_file());
        // What is no file is moved away as it is: nothing is read or written through a link.
        if is_file { std::fs::copy(head, kept).map(|_| ()) } else { std::fs::rename(head, kept) }.map_err(fault)?;
    }
    // From here on the head names a chain that is not there yet: a run stops until it is.
    put(root, HEAD_FILE, &ledger.head().unwrap_or_default().written())?;
    let moved = there(RELEASES_FOLDER);
    if moved {
        std::fs::rename(root.join(RELEASES_FOLDER), root.join(&aside)).map_err(fault)?;
    }
    std::fs::rename(root.join(&new), root.join(RELEASES_FOLDER)).map_err(fault)?;
    sync_folder(root);
    Ok(moved.then_some(aside))
}

/// Puts a file in place, whole or not at all.
fn put(root: &Path, name: &str, bytes: &[u8]) -> Result<(), WriteFault> {
    write_private(root, name, bytes).map_err(|e| WriteFault::new(&format!("`{name}` cannot be written"), &e))
}
