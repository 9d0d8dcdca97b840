//! Files that never leave the study: the ledger of releases, its key and its head.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::Path;

/// Writes a file that only its owner may read, whole or not at all, in place of a former one.
///
/// # Errors
/// Where it cannot be written, and where something else than a file stands there: a link would lead what is written, or what is read after, to
/// wherever somebody turned it.
pub fn write_private(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let to = folder.join(name);
    if std::fs::symlink_metadata(&to).is_ok_and(|about| !about.is_file()) {
        return Err(Error::new(ErrorKind::AlreadyExists, "a link or a folder stands in its place"));
    }
    let beside = folder.join(format!(".{name}.new"));
    // What a run that was stopped has left, or somebody has put there, is never written into.
    match std::fs::remove_file(&beside) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let written = create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(e) = written {
        let _ = std::fs::remove_file(&beside);
        return Err(e);
    }
    std::fs::rename(&beside, &to)?;
    // Without this the name may be gone after a power cut, and with it a record that a pack relies on.
    super::sync_folder(folder);
    Ok(())
}

/// A new file for its owner alone, where machines know of owners.
fn create(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn it_is_for_its_owner_alone_and_no_link_leads_it_elsewhere() {
        let folder = std::env::temp_dir().join(format!("gapmap-private-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let mode = |name: &str| std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
        std::fs::write(folder.join("elsewhere"), "as it was").unwrap();
        // A link where the file is written first is taken away, and not followed.
        symlink(folder.join("elsewhere"), folder.join(".key.new")).unwrap();
        write_private(&folder, "key", b"secret").unwrap();
        assert_eq!((mode("key"), std::fs::read(folder.join("key")).unwrap()), (0o600, b"secret".to_vec()));
        std::fs::set_permissions(folder.join("key"), PermissionsExt::from_mode(0o644)).unwrap();
        write_private(&folder, "key", b"another").unwrap();
        assert_eq!((mode("key"), std::fs::read(folder.join("key")).unwrap()), (0o600, b"another".to_vec()));
        symlink(folder.join("elsewhere"), folder.join("head")).unwrap();
        symlink(folder.join("nowhere"), folder.join("lost")).unwrap();
        assert!(write_private(&folder, "head", b"x").is_err() && write_private(&folder, "lost", b"x").is_err());
        assert_eq!(std::fs::read(folder.join("elsewhere")).unwrap(), b"as it was");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
