//! What to ask providers about records that no pack may name: for the analyst, beside the plan.

use std::path::Path;

use super::Printer;
use crate::analyses::ASSURANCE;
use crate::disk::put_file;
use crate::model::Findings;
use crate::outputs::list_csv;
use crate::pipeline;
use crate::plan::Plan;

/// Name of the folder, beside the plan. It is no part of a pack.
const FOLDER: &str = "gapmap-fix-lists";
/// How a list of this kind begins: what somebody else put into the folder stays.
const BEGINS: &[u8] = b"Provider,Service,Id of the service,Directory,";

/// Writes the lists where a run that asks for them left any out of its pack, and takes former ones away. `only` is the analysis that alone is asked.
///
/// Where every directory is restricted the pack has no finding of them, and the lists are all that there is.
pub(super) fn write(plan: &Plan, only: Option<&str>, findings: &Findings, printer: &Printer) {
    let is_asked = plan.analyses.iter().any(|(name, _)| *name == ASSURANCE && only.is_none_or(|only| only == *name));
    if !is_asked {
        return;
    }
    let folder = plan.root.join(FOLDER);
    take_former_away(&folder);
    let Some(lists) = pipeline::unreleased_fix_lists(plan, findings.frame.period) else { return };
    let files = list_csv(&lists);
    if files.is_empty() {
        return;
    }
    let written = std::fs::create_dir_all(&folder).is_ok() && files.iter().all(|(name, bytes)| put_file(&folder.join(name), bytes).is_ok());
    printer.note(&if written {
        format!(
            "Lists of what to ask providers of restricted directories stand in {FOLDER}, beside the plan ({} in all). They are no part of the pack.",
            files.len()
        )
    } else {
        format!("What to ask providers of restricted directories could not be written to {FOLDER}, beside the plan.")
    });
}

fn take_former_away(folder: &Path) {
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for path in files.flatten().map(|f| f.path()).filter(|p| p.extension().is_some_and(|e| e == "csv")) {
        if std::fs::read(&path).is_ok_and(|bytes| bytes.starts_with(BEGINS)) {
            // What cannot be taken away is written over, or stays with its day in it.
            let _ = std::fs::remove_file(path);
        }
    }
    // Only where nothing is left in it.
    let _ = std::fs::remove_dir(folder);
}
