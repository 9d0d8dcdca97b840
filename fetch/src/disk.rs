//! Files beside their place, and into it in one step.

use std::fs::File;
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// A name beside a file that nobody else gives: `.a.zip.gapmap-part` beside `a.zip`. What begins with a dot no source reads.
pub fn beside(place: &Path, suffix: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.gapmap-{suffix}"))
}

/// Puts a file that is written already in place of a former one.
pub fn put(new: &Path, place: &Path) -> Result<()> {
    File::open(new)?.sync_all()?;
    std::fs::rename(new, place)?;
    sync_parent(place);
    Ok(())
}

/// Writes a small file whole or not at all.
pub fn write(place: &Path, bytes: &[u8]) -> Result<()> {
    let new = beside(place, "new");
    remove(&new)?;
    let written = File::create_new(&new).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    if let Err(e) = written.and_then(|()| std::fs::rename(&new, place)) {
        let _ = remove(&new);
        return Err(e);
    }
    sync_parent(place);
    Ok(())
}

/// Writes what may be lost: whole, but not handed to the disk at once.
pub fn jot(place: &Path, bytes: &[u8]) -> Result<()> {
    let new = place.with_extension("new");
    std::fs::write(&new, bytes)?;
    std::fs::rename(&new, place)
}

/// Keeps a file under another name, too: at no moment is there neither.
pub fn keep(place: &Path, under: &Path) -> Result<()> {
    if let Some(folder) = under.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match std::fs::hard_link(place, under) {
        Ok(()) => {}
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        // A disk that knows no such names.
        Err(_) => {
            let new = beside(under, "new");
            remove(&new)?;
            std::fs::copy(place, &new)?;
            put(&new, under)?;
        }
    }
    sync_parent(under);
    Ok(())
}

/// Removes a file or a folder; nothing happens where there is none.
pub fn remove(path: &Path) -> Result<()> {
    let gone = match std::fs::symlink_metadata(path) {
        Err(e) => Err(e),
        Ok(about) if about.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
    };
    match gone {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

fn sync_parent(place: &Path) {
    #[cfg(unix)]
    let _ = place.parent().map(|folder| File::open(folder).and_then(|f| f.sync_all()));
    #[cfg(not(unix))]
    let _ = place;
}
