//! A folder as a whole, and a file as a whole, in place of a former one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// A name beside a folder or file that nobody else gives: `.out.gapmap-new` beside `out`.
pub fn beside(place: &Path, suffix: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.gapmap-{suffix}"))
}

/// Writes files into a folder that is not there yet, and hands all of them to the disk.
///
/// # Errors
/// Where one cannot be written. What was written until then is taken away: a full disk is left no fuller.
pub fn write_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let written = write_each(folder, files);
    if written.is_err() {
        let _ = remove(folder);
    }
    written
}

fn write_each(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    std::fs::create_dir_all(folder.parent().unwrap_or(Path::new(".")))?;
    // Not `create_dir_all`: what somebody put there, such as a link to elsewhere, is not written into.
    std::fs::create_dir(folder)?;
    let mut folders = std::collections::BTreeSet::from([folder.to_path_buf()]);
    for (path, bytes) in files {
        let to = folder.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
            folders.insert(parent.to_path_buf());
        }
        let mut file = File::create_new(&to)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    folders.iter().rev().for_each(|folder| sync_folder(folder));
    Ok(())
}

/// Puts a folder in the place of another, which stands under the name of the first or under `.NAME.gapmap-old` after that.
///
/// Where the system can exchange two names in one step, no moment is without either. Elsewhere the former folder is first moved aside; who is
/// stopped between the two steps leaves it there, and [`recover`] puts it back.
///
/// # Errors
/// Where it cannot be moved; what stood there before is then where it was.
pub fn take_place(new: &Path, place: &Path) -> Result<()> {
    if std::fs::symlink_metadata(place).is_err() {
        std::fs::rename(new, place)?;
    } else if !exchange(new, place)? {
        let old = beside(place, "old");
        remove(&old)?;
        std::fs::rename(place, &old)?;
        if let Err(e) = std::fs::rename(new, place) {
            std::fs::rename(&old, place)?;
            return Err(e);
        }
    }
    sync_parent(place);
    Ok(())
}

/// Exchanges two names in one step; `false` where the system or the disk cannot.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}

/// Tidies up after a run that was stopped: a folder that it had moved aside is put back, and what it had begun is taken away.
///
/// # Errors
/// Where something cannot be moved or removed.
pub fn recover(place: &Path) -> Result<()> {
    let old = beside(place, "old");
    let there = |path: &Path| std::fs::symlink_metadata(path).is_ok();
    if there(&old) && !there(place) {
        std::fs::rename(&old, place)?;
    }
    remove(&old)?;
    remove(&beside(place, "new"))
}

/// Removes a folder and all that is in it; of a link the link alone. Nothing happens where there is none.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove(folder: &Path) -> Result<()> {
    let gone = match std::fs::symlink_metadata(folder) {
        Err(e) => Err(e),
        Ok(about) if about.is_dir() => std::fs::remove_dir_all(folder),
        Ok(_) => std::fs::remove_file(folder),
    };
    match gone {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Writes a file in place of a former one, whole or not at all.
///
/// # Errors
/// Where it cannot be written; what stood there before is then as it was.
pub fn put_file(place: &Path, bytes: &[u8]) -> Result<()> {
    if place.file_name().is_none() || place.is_dir() {
        return Err(Error::new(ErrorKind::IsADirectory, "a folder stands in its place"));
    }
    let new = beside(place, "new");
    remove(&new)?;
    let written = File::create_new(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(e) = written.and_then(|()| std::fs::rename(&new, place)) {
        let _ = remove(&new);
        return Err(e);
    }
    sync_parent(place);
    Ok(())
}

fn sync_parent(place: &Path) {
    sync_folder(place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")));
}

/// Hands the names in a folder to the disk, so that they are there after a power cut. Where a system cannot, it is left to do so in its own time.
pub fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|f| f.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("gapmap-disk-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
        fn names(&self) -> Vec<String> {
            let mut names: Vec<_> = std::fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn files(text: &str) -> BTreeMap<String, Vec<u8>> {
        [("deep/a.txt".to_owned(), text.as_bytes().to_vec())].into()
    }

    #[test]
    fn a_folder_takes_the_place_of_another_and_the_former_is_kept_until_it_is_removed() {
        let here = Folder::new("place");
        let out = here.0.join("o u t ß");
        let new = beside(&out, "new");
        for text in ["first", "second"] {
            write_files(&new, &files(text)).unwrap();
            take_place(&new, &out).unwrap();
            assert_eq!(std::fs::read_to_string(out.join("deep/a.txt")).unwrap(), text);
        }
        recover(&out).unwrap();
        assert_eq!(here.names(), ["o u t ß"]);
    }

    #[test]
    fn what_a_stopped_run_moved_aside_is_put_back_and_what_it_began_is_gone() {
        let here = Folder::new("recover");
        let out = here.0.join("out");
        write_files(&beside(&out, "old"), &files("former")).unwrap();
        write_files(&beside(&out, "new"), &files("half")).unwrap();
        recover(&out).unwrap();
        assert_eq!((here.names(), std::fs::read_to_string(out.join("deep/a.txt")).unwrap()), (vec!["out".into()], "former".into()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_way_is_taken_away_and_never_followed() {
        let here = Folder::new("link");
        let (out, elsewhere) = (here.0.join("out"), here.0.join("elsewhere"));
        write_files(&elsewhere, &files("mine")).unwrap();
        std::os::unix::fs::symlink(&elsewhere, beside(&out, "new")).unwrap();
        assert!(write_files(&beside(&out, "new"), &files("theirs")).is_err());
        recover(&out).unwrap();
        put_file(&here.0.join("list.csv"), b"a").unwrap();
        put_file(&here.0.join("list.csv"), b"b").unwrap();
        assert_eq!(here.names(), ["elsewhere", "list.csv"]);
        assert_eq!(std::fs::read_to_string(elsewhere.join("deep/a.txt")).unwrap(), "mine");
    }
}
