//! What to ask providers about records that no pack may name: for the analyst, beside the plan.

use std::path::Path;

use super::Printer;
use crate::disk::put_file;
use crate::model::Findings;
use crate::outputs::list_csv;
use crate::pipeline;
use crate::plan::Plan;

/// Name of the folder, beside the plan. It is no part of a pack.
const FOLDER: &str = "gapmap-fix-lists";
/// How a list of this kind begins: what somebody else put into the folder stays.
const BEGINS: &[u8] = b"Provider,Service,Id of the service,Directory,";

/// Writes the lists where a pack that told of its directories left any out, and takes former ones away.
pub(super) fn write(plan: &Plan, findings: &Findings, printer: &Printer) {
    if !findings.findings.iter().any(|f| f.analysis == "assurance") {
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
