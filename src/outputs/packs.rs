//! Packs by period: `packs/2025-q4/` beside the plan. The latest stands in `out/` too; one of another period is never overwritten.

use std::path::{Path, PathBuf};

use super::Files;
use super::write::{OutputPlace, WriteFault};
use crate::model::{Findings, Tier};
use crate::units::{AreaCode, Month, Period};

pub use crate::ledger::PACKS_FOLDER;

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

/// Which pack a folder holds.
#[derive(PartialEq)]
struct Held {
    period: Period,
    tier: Tier,
    /// Title and authorities of its study: several plans may lie in one folder.
    study: (String, Vec<AreaCode>),
}

impl Held {
    fn of(findings: &Findings) -> Self {
        let frame = &findings.frame;
        Self { period: frame.period, tier: findings.policy.tier, study: (frame.title.clone(), frame.authorities.clone()) }
    }

    /// Where it is kept, or is to be: under its name, or where that holds another pack, under one that says its first month, or a number.
    fn place(&self, root: &Path) -> PathBuf {
        let name = pack_name(self.period, self.tier);
        let from = format!("{name}-from-{}", self.period.first);
        let names = [name, from.clone()].into_iter().chain((2..).map(|n: u32| format!("{from}-{n}")));
        let mut folders = names.map(|name| root.join(PACKS_FOLDER).join(name));
        let fits = |folder: &PathBuf| held(folder).is_none_or(|(other, _)| other == *self);
        folders.find(fits).unwrap_or_else(|| root.join(PACKS_FOLDER)) // names do not end
    }
}

/// The pack in a folder, and how many answers it has; `None` where there is none that this program can read.
fn held(folder: &Path) -> Option<(Held, usize)> {
    let tiers = [Tier::Public, Tier::Partnership, Tier::Restricted];
    tiers.into_iter().find_map(|tier| {
        let bytes = std::fs::read(folder.join(super::named("findings.json", tier))).ok()?;
        let document: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        let frame = document.get("frame")?;
        let month = |end: &str| frame.get("period")?.get(end)?.as_str().and_then(Month::parse);
        let authorities = frame.get("authorities")?.as_array()?.iter().filter_map(|a| AreaCode::parse(a.as_str()?));
        let study = (frame.get("title")?.as_str()?.to_owned(), authorities.collect());
        let period = Period::new(month("first")?, month("last")?)?;
        Some((Held { period, tier, study }, document.get("findings")?.as_array()?.len()))
    })
}

/// Keeps the pack that stands in `out` where it is of other months, or of another plan, than the one that is about to be written. Where it is kept; `None`
/// where nothing had to be.
///
/// # Errors
/// Where it cannot be kept: nothing may be written over it then.
pub fn keep_former(root: &Path, out: &Path, findings: &Findings) -> Result<Option<PathBuf>, WriteFault> {
    let now = Held::of(findings);
    let is_other = held(out).is_some_and(|(former, _)| (former.period, &former.study) != (now.period, &now.study));
    if is_other { keep_standing(root, out) } else { Ok(None) }
}

/// Copies the pack that stands in `out` to its place under `packs/`. Where it is kept; `None` where no pack stands there.
///
/// A copy, and before anything is moved: whoever is stopped at any moment has it in one place or in both.
///
/// # Errors
/// Where it cannot be read or written.
pub fn keep_standing(root: &Path, out: &Path) -> Result<Option<PathBuf>, WriteFault> {
    let Some((standing, answers)) = held(out) else { return Ok(None) };
    let to = standing.place(root);
    // A part of a pack takes no place of a whole one.
    if held(&to).is_some_and(|(_, kept)| kept > answers) {
        return Ok(Some(to));
    }
    let mut files = Files::new();
    read_all(out, "", &mut files)
        .map_err(|e| WriteFault::new(&format!("the pack of {} cannot be kept in `{PACKS_FOLDER}`", standing.period.label()), &e))?;
    OutputPlace::take(&to)?.write(&files)?.put_in_place()?;
    Ok(Some(to))
}

/// All files of a folder, by their paths within it.
fn read_all(folder: &Path, within: &str, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_all(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes a pack to its place under `packs/`, replacing one of the same months and tier and no other. Where it went.
///
/// # Errors
/// Where it cannot be written, or something else stands there.
pub fn keep_pack(root: &Path, findings: &Findings, files: &Files) -> Result<PathBuf, WriteFault> {
    let to = Held::of(findings).place(root);
    OutputPlace::take(&to)?.write(files)?.put_in_place()?;
    Ok(to)
}
