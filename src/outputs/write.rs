//! Whole or not at all: files are written beside their place and moved into it.

use std::path::Path;

use super::Files;
use crate::ledger::write_private;

/// What stopped the writing.
#[derive(Debug)]
pub struct WriteFault(pub String);

/// Puts `files` where `folder` is, replacing a former output as a whole.
///
/// A folder that holds something other than a former output is left alone: its marker is a `findings.<tier>.json`. So is one whose content cannot be
/// listed. The new files are written beside it first; then the former output is moved aside, the new one into its place, and the former one removed.
///
/// # Errors
/// Where something cannot be written or moved; what stood there before is then where it was.
pub fn replace_folder(folder: &Path, files: &Files) -> Result<(), WriteFault> {
    let fault = |what: &str, e: std::io::Error| WriteFault(format!("{what}: {}", e.kind()));
    let name = folder
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .ok_or_else(|| WriteFault("the output needs a folder of its own".into()))?;
    let beside = |suffix: &str| folder.with_file_name(format!(".{name}.{suffix}"));
    let (new, old) = (beside("new"), beside("old"));
    may_replace(folder)?;
    let _ = std::fs::remove_dir_all(&new);
    for (path, bytes) in files {
        let to = new.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(|e| fault("the output folder cannot be made", e))?;
        }
        std::fs::write(&to, bytes).map_err(|e| fault("a file cannot be written", e))?;
    }
    let _ = std::fs::remove_dir_all(&old);
    if folder.exists() {
        std::fs::rename(folder, &old).map_err(|e| fault("the former output cannot be moved aside", e))?;
    }
    if let Err(e) = std::fs::rename(&new, folder) {
        let _ = std::fs::rename(&old, folder);
        return Err(fault("the output cannot be moved into place", e));
    }
    let _ = std::fs::remove_dir_all(&old);
    Ok(())
}

/// Whether [`replace_folder`] may put an output where a folder is: where there is none, where it is empty, and where it holds a former output.
///
/// # Errors
/// Where it holds something else, or cannot be listed.
pub fn may_replace(folder: &Path) -> Result<(), WriteFault> {
    let names = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        list => list.and_then(|list| list.map(|e| Ok(e?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<Vec<_>>>()),
    };
    // What cannot be listed may be anything.
    let names = names.map_err(|e| WriteFault(format!("what stands at the output folder cannot be listed: {}", e.kind())))?;
    if names.is_empty() || names.iter().any(|n| n.starts_with("findings.") && n.ends_with(".json") && !n.contains("schema")) {
        return Ok(());
    }
    Err(WriteFault("the folder holds other files; name one that does not exist yet, with --out".into()))
}

/// Adds a file to a folder that only ever grows.
///
/// # Errors
/// Where it cannot be written, or where a file of that name is there already.
pub(super) fn append(folder: &Path, (name, bytes): &(String, Vec<u8>)) -> Result<(), WriteFault> {
    let fault = |e: std::io::Error| WriteFault(format!("the record of this release cannot be written: {}", e.kind()));
    std::fs::create_dir_all(folder).map_err(fault)?;
    // A link that leads nowhere is there, too.
    if std::fs::symlink_metadata(folder.join(name)).is_ok() {
        return Err(WriteFault("a record of this number is there already: another run came first".into()));
    }
    write_private(folder, name, bytes).map_err(fault)
}
