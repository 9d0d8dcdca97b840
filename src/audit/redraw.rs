//! Every file that the findings give, drawn again and compared byte by byte.

use super::pack::Pack;
use crate::diagnostics::{Place, Problems};
use crate::outputs::{ReportKind, everything};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let next = "Do not publish. Make the pack again with `gapmap report <findings>`, and compare.";
    if findings.engine != env!("CARGO_PKG_VERSION") {
        let text = format!("the pack was made by version {}: its files cannot be drawn again and compared", findings.engine);
        problems.warn("S324", Place::file(pack.findings_path.clone()), text, "Audit it with the version that made it.");
        return;
    }
    let Some(report) = ReportKind::find("overview") else { return };
    let with_png = pack.files.keys().any(|p| p.ends_with(".png"));
    let Ok(again) = everything(findings, &report, with_png) else { return };
    let is_page = |path: &str| path.starts_with("report.") && path.ends_with(".html");
    for (path, bytes) in pack.files {
        match again.get(path) {
            Some(drawn) if drawn == bytes => {}
            Some(_) if is_page(path) && !declares_overview(pack, path) => unchecked(path, problems),
            Some(drawn) => {
                let differs = drawn.iter().zip(bytes).position(|(a, b)| a != b).unwrap_or(drawn.len().min(bytes.len()));
                let line = bytes[..differs.min(bytes.len())].iter().filter(|b| **b == b'\n').count() as u64 + 1;
                problems.error(
                    "S324",
                    Place::line(path.clone(), line),
                    "the file is not the one that the findings give: something was added or changed",
                    next,
                );
            }
            None => unchecked(path, problems),
        }
    }
    for path in again.keys().filter(|p| !pack.files.contains_key(*p)) {
        problems.warn(
            "S324",
            Place::file(path.clone()),
            "the findings give this file and the pack does not hold it",
            "Leave it out on purpose, or make the pack again.",
        );
    }
}

/// A report of the analyst's own is not ours to draw again.
fn declares_overview(pack: &Pack, path: &str) -> bool {
    pack.texts.get(path).is_some_and(|t| t.contains("<meta name=\"generator\" content=\"gapmap, overview\">"))
}

fn unchecked(path: &str, problems: &mut Problems) {
    let next = "Read it as an attacker would before you publish it: every number in it, and what stands in its metadata.";
    problems.warn(
        "S324",
        Place::file(path.to_owned()),
        "the file does not come from the findings: it was searched for traces, but its numbers cannot be checked",
        next,
    );
}
