//! The packs that lie beside a plan: those that are kept, and the earlier one that the plan names. Each says how long the ledger was when it was made.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Place, Problems};

/// Name of the folder beside the plan that holds packs by period.
pub const PACKS_FOLDER: &str = "packs";

/// The folders beside a plan that hold packs: at any depth below `packs/`, and that of the earlier findings which the plan names.
///
/// A folder that cannot be read is a problem: whatever pack it holds could not be asked.
///
/// ```
/// use std::path::Path;
/// use gapmap::diagnostics::Problems;
/// use gapmap::ledger::packs_beside;
///
/// let mut problems = Problems::default();
/// let found = packs_beside(Path::new("no such folder"), Some("last year/findings.public.json"), &mut problems);
/// assert_eq!(found, [Path::new("no such folder/last year")]);
/// assert!(!problems.any_error());
/// ```
pub fn packs_beside(root: &Path, previous: Option<&str>, problems: &mut Problems) -> Vec<PathBuf> {
    let named = previous.and_then(|path| root.join(path).parent().map(Path::to_path_buf));
    let mut found: BTreeSet<PathBuf> = named.into_iter().collect();
    // A link may lead back to a folder above it.
    let mut seen = BTreeSet::new();
    let mut waiting = vec![root.join(PACKS_FOLDER)];
    while let Some(folder) = waiting.pop() {
        if !folder.is_dir() || !folder.canonicalize().is_ok_and(|real| seen.insert(real)) {
            continue;
        }
        let inside: std::io::Result<Vec<PathBuf>> =
            std::fs::read_dir(&folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
        let Ok(inside) = inside else {
            let next = "Let this program read the folder, or move it out of `packs`.";
            problems.error(Code::S310, Place::file(shown(root, &folder)), "a folder of packs cannot be read", next);
            continue;
        };
        for path in inside {
            if path.is_dir() {
                waiting.push(path);
            } else if is_of_a_pack(&path) {
                found.insert(folder.clone());
            }
        }
    }
    found.into_iter().collect()
}

/// A folder as messages call it: by its path from the plan, elsewhere by its name.
pub(super) fn shown(root: &Path, folder: &Path) -> String {
    let below = folder.strip_prefix(root).ok().filter(|path| !path.as_os_str().is_empty());
    let name = || folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    below.map_or_else(name, |path| path.to_string_lossy().replace('\\', "/"))
}

/// Whether a file is one by which a pack speaks of the ledger.
fn is_of_a_pack(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    ["release.", "findings."].iter().any(|start| name.starts_with(start)) && name.ends_with(".json")
}
