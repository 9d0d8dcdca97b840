//! Files and folders on disk: what stands in a folder, and what is told where something cannot be opened or is empty.

use std::path::{Path, PathBuf};

use super::where_from::where_from;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::showable;

/// Adds the files below a folder whose names are wanted, each as the plan would write it.
pub(super) fn walk(folder: &Path, shown: &str, wanted: &impl Fn(&str) -> bool, found: &mut Vec<String>, problems: &mut Problems) {
    for (name, path) in entries(folder, shown, problems) {
        // What systems and spreadsheets leave behind: `.DS_Store`, `._street.csv`, `~$book.xlsx`, `__MACOSX`.
        if is_hidden(&name) {
            continue;
        }
        let shown = format!("{}/{name}", shown.trim_end_matches('/'));
        if path.is_dir() {
            walk(&path, &shown, wanted, found, problems);
        } else if wanted(&name) {
            found.push(shown);
        }
    }
}

/// Whether a file or folder of that name holds nothing that somebody put there.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX" || name.eq_ignore_ascii_case("thumbs.db")
}

/// Names and paths of what stands in a folder, by name. A folder, or a part of it, that cannot be listed is reported: what is in it would be missing
/// in silence.
pub(super) fn entries(folder: &Path, shown: &str, problems: &mut Problems) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let listed = std::fs::read_dir(folder).and_then(|list| {
        for entry in list {
            let entry = entry?;
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
        Ok(())
    });
    if let Err(e) = listed {
        // The name of a folder may hold what cannot be shown.
        cannot_open(&showable(shown).0, "", &e, problems);
    }
    found.sort();
    found
}

/// Reports a file or a folder that cannot be opened, with where to get it for a kind of source.
pub(super) fn cannot_open(path: &str, kind: &str, error: &std::io::Error, problems: &mut Problems) {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        kind => format!("it cannot be opened: {kind}"),
    };
    let on_windows = path.contains('\\') || path.get(1..2) == Some(":");
    let next = if on_windows {
        "Check `path` in the plan. Write paths of Windows with forward slashes, as in \"C:/Users/me/police\", or between single quotes."
            .to_owned()
    } else {
        let check = "Check `path` in the plan; it is relative to the folder of the plan.";
        match where_from(kind).filter(|_| error.kind() == std::io::ErrorKind::NotFound) {
            Some(get) => format!("{check} Where there is none yet: {}{}.", get[..1].to_lowercase(), &get[1..]),
            None => check.to_owned(),
        }
    };
    problems.error(Code::R101, Place::file(path), message, next);
}

/// Reports a file that holds nothing.
pub(super) fn empty(path: &str, problems: &mut Problems) {
    let next = "Download or export it again. An empty file is not counted as a month without incidents.";
    problems.error(Code::R102, Place::file(path), "the file is empty", next);
}
