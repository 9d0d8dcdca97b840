//! Whole or not at all: files are written beside their place and moved into it.

use std::path::{Path, PathBuf};

use super::Files;
use crate::disk::{Lock, LockFault, beside, recover, remove, sync_folder, take_place, write_files, write_private};

/// What stopped the writing.
#[derive(Debug)]
pub struct WriteFault {
    /// In a sentence's words.
    pub what: String,
    /// Whether another run is at work there.
    pub is_busy: bool,
}

impl WriteFault {
    pub(super) fn of(what: impl Into<String>) -> Self {
        Self { what: what.into(), is_busy: false }
    }

    pub(super) fn new(what: &str, e: &std::io::Error) -> Self {
        use std::io::ErrorKind::*;
        let why = match e.kind() {
            StorageFull | QuotaExceeded => "the disk is full".into(),
            FileTooLarge => "a file may not be so large here".into(),
            PermissionDenied => "it may not be written to".into(),
            ReadOnlyFilesystem => "the disk may only be read".into(),
            kind => kind.to_string(),
        };
        Self::of(format!("{what}: {why}"))
    }
}

/// The place of an output, held by one run until it is done.
///
/// It is taken before anything is read: who cannot write, or comes second, is told at once and not after the work.
#[derive(Debug)]
pub struct OutputPlace {
    folder: PathBuf,
    _lock: Lock,
}

impl OutputPlace {
    /// Takes the place of a folder, and tidies up after a run that was stopped there. The folder need not exist.
    ///
    /// # Errors
    /// Where another run holds it, where nothing can be written beside it, and where it holds something other than a former output.
    pub fn take(folder: &Path) -> Result<Self, WriteFault> {
        let fault = |e: std::io::Error| WriteFault::new("the output folder cannot be written", &e);
        let is_link = std::fs::symlink_metadata(folder).is_ok_and(|about| about.is_symlink());
        // What a link leads to is replaced, and not the link.
        let folder = if is_link { std::fs::canonicalize(folder) } else { std::path::absolute(folder) }.map_err(fault)?;
        let (Some(parent), Some(_)) = (folder.parent(), folder.file_name()) else {
            return Err(WriteFault::of("the output needs a folder of its own"));
        };
        std::fs::create_dir_all(parent).map_err(fault)?;
        let lock = held(Lock::take(&beside(&folder, "lock")), "the output folder cannot be written")?;
        recover(&folder).map_err(fault)?;
        may_replace(&folder)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Writes all files beside the place, and to the disk. Nothing is in place yet; what it gives back puts it there.
    ///
    /// # Errors
    /// Where something cannot be written; nothing of it stays.
    pub fn write(&self, files: &Files) -> Result<Written<'_>, WriteFault> {
        let new = beside(&self.folder, "new");
        remove(&new).and_then(|()| write_files(&new, files)).map_err(|e| WriteFault::new("a file cannot be written", &e))?;
        Ok(Written { place: self, new })
    }
}

/// An output that is written and not in place. Dropped, it is taken away.
#[derive(Debug)]
pub struct Written<'a> {
    place: &'a OutputPlace,
    new: PathBuf,
}

impl Written<'_> {
    /// Puts it in place in one step and removes the former output.
    ///
    /// # Errors
    /// Where it cannot be moved; what stood there before is then where it was.
    pub fn put_in_place(self) -> Result<(), WriteFault> {
        may_replace(&self.place.folder)?;
        take_place(&self.new, &self.place.folder).map_err(|e| WriteFault::new("the output cannot be moved into place", &e))?;
        // What cannot be removed now is removed by the next run.
        let _ = remove(&beside(&self.place.folder, "old"));
        Ok(())
    }
}

impl Drop for Written<'_> {
    fn drop(&mut self) {
        let _ = remove(&self.new);
    }
}

fn held(lock: Result<Lock, LockFault>, what: &str) -> Result<Lock, WriteFault> {
    lock.map_err(|fault| match fault {
        LockFault::Held(process) => {
            let process = process.map_or(String::new(), |n| format!(" (process {n})"));
            WriteFault { what: format!("another run is at work here{process}"), is_busy: true }
        }
        LockFault::Failed(e) => WriteFault::new(what, &e),
    })
}

/// Holds a study: its ledger of releases is read, added to and followed by a pack, and nobody else may do so in between.
///
/// `None` where nobody can write beside the plan: then the ledger cannot change either.
///
/// # Errors
/// Where another run holds it, or the disk is full.
pub fn hold_study(root: &Path) -> Result<Option<Lock>, WriteFault> {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    match Lock::take(&root.join(".gapmap.lock")) {
        Err(LockFault::Failed(e)) if matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem) => Ok(None),
        lock => held(lock, "nothing can be written beside the plan").map(Some),
    }
}

/// Whether an output may be put where a folder is: where there is none, where it is empty, and where it holds a former output.
///
/// # Errors
/// Where it holds something else, or cannot be listed.
fn may_replace(folder: &Path) -> Result<(), WriteFault> {
    let names = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        list => list.and_then(|list| list.map(|e| Ok(e?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<Vec<_>>>()),
    };
    // What cannot be listed may be anything.
    let names = names.map_err(|e| WriteFault::new("what stands at the output folder cannot be listed", &e))?;
    if names.is_empty() || names.iter().any(|n| n.starts_with("findings.") && n.ends_with(".json") && !n.contains("schema")) {
        return Ok(());
    }
    Err(WriteFault::of("the folder holds other files; name one that does not exist yet, with --out"))
}

/// Adds a file to a folder that only ever grows.
///
/// # Errors
/// Where it cannot be written, or where a file of that name is there already.
pub(super) fn append(folder: &Path, (name, bytes): &(String, Vec<u8>)) -> Result<(), WriteFault> {
    let fault = |e: std::io::Error| WriteFault::new("the record of this release cannot be written", &e);
    std::fs::create_dir_all(folder).map_err(fault)?;
    // A link that leads nowhere is there, too.
    if std::fs::symlink_metadata(folder.join(name)).is_ok() {
        return Err(WriteFault::of("a record of this number is there already: another run came first"));
    }
    write_private(folder, name, bytes).map_err(fault)?;
    // The folder itself may be new.
    folder.parent().into_iter().for_each(sync_folder);
    Ok(())
}
