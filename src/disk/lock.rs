//! One run at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file that one process holds. The system lets go of it when that process ends, however it ends: nothing is left to clear away by hand.
#[derive(Debug)]
pub struct Lock {
    file: Option<File>,
    path: PathBuf,
}

/// Why a lock was not got.
#[derive(Debug)]
pub enum LockFault {
    /// Another process holds it: its number, where it can be read.
    Held(Option<u32>),
    /// The file cannot be made.
    Failed(std::io::Error),
}

impl Lock {
    /// Takes the lock of a file, which is made where there is none; never waits.
    ///
    /// A disk that knows no locks gives one that keeps nobody out.
    ///
    /// # Errors
    /// Where another process holds it, or the file cannot be made.
    pub fn take(path: &Path) -> Result<Self, LockFault> {
        // Whoever held the file before may have removed it since it was opened here: such a lock would keep nobody out.
        for _ in 0..100 {
            let mut file = open(path).map_err(LockFault::Failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(LockFault::Held(holder(&mut file))),
                Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {
                    return Ok(Self { file: None, path: path.into() });
                }
                Err(TryLockError::Error(e)) => return Err(LockFault::Failed(e)),
            }
            if is_at(&file, path) {
                // Who holds it is told to others; nothing depends on it, and a full disk may not take it.
                let _ = file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes()));
                return Ok(Self { file: Some(file), path: path.into() });
            }
        }
        Err(LockFault::Held(None))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still held: nobody can have it in between.
        if self.file.is_some() && cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    if std::fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, "a link or a folder stands in its place"));
    }
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    match opened {
        // Somebody else's: whether it is held can be told all the same.
        Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied && path.exists() => OpenOptions::new().read(true).open(path),
        opened => opened,
    }
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Whether an open file is the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: std::fs::Metadata, b: std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().is_ok_and(|a| std::fs::symlink_metadata(path).is_ok_and(|b| same(a, b)))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true // an open file cannot be removed there, and none is
}

#[cfg(test)]
mod tests;
