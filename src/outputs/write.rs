//! Whole or not at all: files are written beside their place and moved into it.

use std::io::Write;
use std::path::Path;

use super::Files;

/// What stopped the writing.
#[derive(Debug)]
pub struct WriteFault(pub String);

/// Puts `files` where `folder` is, replacing a former output as a whole.
///
/// A folder that holds something other than a former output is left alone: its marker is `findings.<tier>.json`.
///
/// # Errors
/// Where something cannot be written; what stood there before is then untouched.
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

/// Whether [`replace_folder`] would leave a folder alone.
///
/// # Errors
/// Where it holds something other than a former output.
pub fn may_replace(folder: &Path) -> Result<(), WriteFault> {
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut d| d.next().is_none());
    if folder.exists() && !holds_findings(folder) && !is_empty {
        return Err(WriteFault("the folder holds other files; name one that does not exist yet, with --out".into()));
    }
    Ok(())
}

/// Adds a file to a folder that only ever grows.
///
/// Where it cannot be written, or where a file of that name is there already.
pub(super) fn append(folder: &Path, (name, bytes): &(String, Vec<u8>)) -> Result<(), WriteFault> {
    let fault = |e: std::io::Error| WriteFault(format!("the record of this release cannot be written: {}", e.kind()));
    std::fs::create_dir_all(folder).map_err(fault)?;
    let beside = folder.join(format!(".{name}.new"));
    let mut file = std::fs::File::create(&beside).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault)?;
    let to = folder.join(name);
    if to.exists() {
        return Err(WriteFault("a record of this number is there already: another run came first".into()));
    }
    std::fs::rename(&beside, &to).map_err(fault)
}

/// Whether a folder is a former output.
fn holds_findings(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    names.into_iter().any(|n| n.starts_with("findings.") && n.ends_with(".json") && !n.contains("schema"))
}
