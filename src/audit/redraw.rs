//! Every file that the findings give, drawn again and compared byte by byte.

use super::pack::Pack;
use super::unchecked::unchecked;
use crate::diagnostics::{Code, Place, Problems};
use crate::outputs::{Manifest, ReportKind, everything, release_path};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let Some(mut report) = ReportKind::find("overview") else { return };
    report.own = own_notebook(pack);
    let with_png = pack.files.keys().any(|p| [".png", ".pdf", ".docx"].iter().any(|ending| p.ends_with(ending)));
    let next = "Do not publish. Make the pack again with `gapmap report <findings>`, and compare.";
    let Ok(again) = everything(findings, &report, with_png) else {
        let place = Place::file(pack.findings_path.clone());
        problems.error(Code::S324, place, "the files cannot be drawn again from these findings, so none could be compared", next);
        return;
    };
    let page = again.iter().find(|(path, _)| path.starts_with("report.") && path.ends_with(".html"));
    let overview = page.map_or(String::new(), |(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    super::notebook::check(pack, &again, &overview, problems);
    let (what, next) = differs(&findings.engine, next);
    let is_page = |path: &str| path.starts_with("report.") && path.ends_with(".html");
    // What says which files there are and which ledger they were made with is looked at by itself.
    let about = [Manifest::path(findings), release_path(findings.policy.tier)];
    for (path, bytes) in pack.files.iter().filter(|(path, _)| !about.contains(path)) {
        match again.get(path) {
            Some(drawn) if drawn == bytes => {}
            Some(_) if is_page(path) && !declares_overview(pack, path) => unchecked(pack, path, &again, &overview, problems),
            Some(drawn) => {
                let differs = drawn.iter().zip(bytes).position(|(a, b)| a != b).unwrap_or(drawn.len().min(bytes.len()));
                let line = bytes[..differs.min(bytes.len())].iter().filter(|b| **b == b'\n').count() as u64 + 1;
                problems.error(Code::S324, Place::line(path.clone(), line), what.clone(), next.clone());
            }
            None => unchecked(pack, path, &again, &overview, problems),
        }
    }
    // Pictures may be left out of a pack; what a reader relies on, the page that an officer signs among it, may not.
    for path in again.keys().filter(|p| !pack.files.contains_key(*p)) {
        let (what, next) =
            ("the findings give this file and the pack does not hold it", "Make the pack again with `gapmap report <findings>`.");
        if path.ends_with(".png") {
            problems.warn(Code::S324, Place::file(path.clone()), what, next);
        } else {
            problems.error(Code::S324, Place::file(path.clone()), what, next);
        }
    }
}

/// The notebook of the analyst's own that goes with the pack, by its name.
fn own_notebook(pack: &Pack) -> Option<(String, String)> {
    let (path, text) = pack.texts.iter().find(|(path, _)| path.starts_with("notebooks/") && path.ends_with(".md"))?;
    let name = path.strip_prefix("notebooks/")?.split('.').next()?;
    Some((name.to_owned(), text.clone()))
}

/// What to say of a file that is not drawn the same, and what to do. Another version may draw otherwise, which excuses nothing.
fn differs(engine: &str, next: &str) -> (String, String) {
    if engine == env!("CARGO_PKG_VERSION") {
        return ("the file is not the one that the findings give: something was added or changed".into(), next.into());
    }
    let plain = engine.len() < 30 && engine.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'));
    let made_by = if plain { format!("by version {engine}") } else { "by another version".into() };
    (
        format!("the file is not the one that this version draws from the findings: the pack was made {made_by}"),
        "Do not publish yet. Audit it with the version that made it, or make it again with `gapmap report <folder>`.".into(),
    )
}

/// A report of the analyst's own is not ours to draw again.
fn declares_overview(pack: &Pack, path: &str) -> bool {
    pack.texts.get(path).is_some_and(|t| t.contains("<meta name=\"generator\" content=\"gapmap, overview\">"))
}
