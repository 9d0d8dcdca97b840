//! Packs by period: `packs/2025-q4/` beside the plan. The latest stands in `out/` too; one of another period is never overwritten.

use std::path::{Path, PathBuf};

use super::Files;
use super::write::{WriteFault, may_replace, replace_folder};
use crate::model::{Findings, Tier};
use crate::units::{Month, Period};

/// Name of the folder beside the plan that holds packs by period.
pub const PACKS_FOLDER: &str = "packs";

/// The name of a pack of a period and tier: by the quarter or the month that it ends with, and where it is not for everybody, by whom it is for.
///
/// ```
/// use gapmap::model::Tier;
/// use gapmap::outputs::pack_name;
/// use gapmap::units::{Month, Period};
///
/// let period = |a, b| Period::new(Month::parse(a).unwrap(), Month::parse(b).unwrap()).unwrap();
/// assert_eq!(pack_name(period("2025-01", "2025-12"), Tier::Public), "2025-q4");
/// assert_eq!(pack_name(period("2025-03", "2026-02"), Tier::Partnership), "2026-02.partnership");
/// ```
pub fn pack_name(period: Period, tier: Tier) -> String {
    let last = period.last;
    let ends = if last.of_year().is_multiple_of(3) { format!("{}-q{}", last.year(), last.of_year() / 3) } else { last.to_string() };
    if tier == Tier::Public { ends } else { format!("{ends}.{}", tier.word()) }
}

/// Where a pack of this period is kept, or is to be: a folder of its name, or where that holds a pack of other months, one that says the first too.
fn place(root: &Path, period: Period, tier: Tier) -> PathBuf {
    let name = pack_name(period, tier);
    let folder = root.join(PACKS_FOLDER).join(&name);
    match period_of(&folder) {
        Some((held, of)) if (held, of) != (period, tier) => folder.with_file_name(format!("{name}-from-{}", period.first)),
        _ => folder,
    }
}

/// The months and the tier of the pack in a folder; `None` where there is none that this program can read, or a draft.
fn period_of(folder: &Path) -> Option<(Period, Tier)> {
    let tiers = [Tier::Public, Tier::Partnership, Tier::Restricted];
    tiers.into_iter().find_map(|tier| {
        let bytes = std::fs::read(folder.join(super::named("findings.json", tier))).ok()?;
        let document: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        let month = |end: &str| document.get("frame")?.get("period")?.get(end)?.as_str().and_then(Month::parse);
        Some((Period::new(month("first")?, month("last")?)?, tier))
    })
}

/// Moves the pack that stands in `out` to its place under `packs/`, where it is of other months than the one that is about to be written and is not kept yet.
///
/// Where it went; `None` where nothing had to be moved.
///
/// # Errors
/// Where it cannot be moved: it then stands where it stood, and nothing may be written over it.
pub fn keep_former(root: &Path, out: &Path, findings: &Findings) -> Result<Option<PathBuf>, WriteFault> {
    let Some((period, tier)) = period_of(out).filter(|(period, _)| *period != findings.frame.period) else { return Ok(None) };
    let to = place(root, period, tier);
    if period_of(&to).is_some() {
        return Ok(None);
    }
    let fault = |e: std::io::Error| WriteFault(format!("the pack of {} cannot be moved to `{PACKS_FOLDER}`: {}", period.label(), e.kind()));
    std::fs::create_dir_all(root.join(PACKS_FOLDER)).map_err(fault)?;
    std::fs::rename(out, &to).map_err(fault)?;
    Ok(Some(to))
}

/// Writes a pack to its place under `packs/`, replacing one of the same months and tier and no other. Where it went.
///
/// # Errors
/// Where it cannot be written, or something else stands there.
pub fn keep_pack(root: &Path, findings: &Findings, files: &Files) -> Result<PathBuf, WriteFault> {
    let to = place(root, findings.frame.period, findings.policy.tier);
    if let Some((held, of)) = period_of(&to)
        && (held, of) != (findings.frame.period, findings.policy.tier)
    {
        return Err(WriteFault(format!("`{PACKS_FOLDER}` holds a pack of {} under the name of this one", held.label())));
    }
    std::fs::create_dir_all(root.join(PACKS_FOLDER))
        .map_err(|e| WriteFault(format!("the folder `{PACKS_FOLDER}` cannot be made: {}", e.kind())))?;
    may_replace(&to)?;
    replace_folder(&to, files)?;
    Ok(to)
}
