//! `gapmap-releases/`: what was published before, so that a new pack is attacked together with the earlier ones.
//!
//! One file for each pack, numbered, never changed; each names the SHA-256 of the one before it. It holds what the pack itself
//! shows: which counts were printed, as what, and which were withheld. No count that was withheld stands in it.

use std::path::Path;

use geo::InteriorPoint;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::document::Findings;
use super::policy::ReleasePolicy;
use super::tiers::Tier;
use crate::diagnostics::{Place, Problems};
use crate::disclosure::Rule;
use crate::study::{Group, Slice, SliceArea, Study};
use crate::units::{AreaCode, Geography, Month, Period};

/// A count that a pack printed or withheld.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EarlierCell {
    /// Name of the source.
    pub source: String,
    /// Where.
    pub area: EarlierArea,
    /// A place inside the area, in metres on the National Grid: it tells which larger area it lies in.
    #[serde(skip)]
    pub point: Option<(i32, i32)>,
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
    /// Names of the categories; all where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Name of the group; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The rule that it was printed or withheld by; that of the record stands for all its cells.
    #[serde(skip)]
    pub rule: Option<Rule>,
    /// Whom the pack was for; that of the record stands for all its cells.
    #[serde(skip)]
    pub tier: Tier,
    /// As what it was printed; withheld without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<u64>,
}

/// Where the events of an earlier count were.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EarlierArea {
    /// Anywhere in these authorities.
    Whole(Vec<AreaCode>),
    /// In the area of this code.
    Code(AreaCode),
    /// Not known where.
    Unlocated,
}

impl EarlierArea {
    pub(super) fn code(&self) -> Option<AreaCode> {
        match self {
            EarlierArea::Code(code) => Some(*code),
            _ => None,
        }
    }
}

/// One pack, as the ledger keeps it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Release {
    number: u32,
    /// SHA-256 of the file before this one; empty in the first.
    previous: String,
    title: String,
    geography: Geography,
    period: Period,
    policy: ReleasePolicy,
    /// SHA-256 of the plan.
    plan: String,
    /// A place inside each area that is named below.
    places: std::collections::BTreeMap<AreaCode, (i32, i32)>,
    cells: Vec<EarlierCell>,
}

/// All packs of a partnership, oldest first.
#[derive(Debug, Default)]
pub struct Releases {
    list: Vec<Release>,
    last: String,
}

/// Name of the folder, beside the plan.
pub const RELEASES_FOLDER: &str = "gapmap-releases";

impl Releases {
    /// Reads the folder, which need not exist. A chain that is broken stops the run: a missing pack cannot be attacked.
    pub fn read(folder: &Path, problems: &mut Problems) -> Self {
        let mut found = Self::default();
        let mut names: Vec<String> = std::fs::read_dir(folder).map_or(vec![], |d| {
            d.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| n.ends_with(".json")).collect()
        });
        names.sort();
        for (i, name) in names.iter().enumerate() {
            let place = || Place::file(format!("{RELEASES_FOLDER}/{name}"));
            let next = "Put the folder back as it was, from a copy: it is what keeps two packs from giving a person away together.";
            let read = std::fs::read(folder.join(name)).ok();
            let release = read.as_ref().and_then(|bytes| serde_json::from_slice::<Release>(bytes).ok());
            let (Some(bytes), Some(release)) = (read, release) else {
                problems.error("S310", place(), "the record of an earlier release cannot be read", next);
                return found;
            };
            if release.number as usize != i + 1 || release.previous != found.last {
                problems.error(
                    "S310",
                    place(),
                    "the records of earlier releases are not the ones that were written: one was changed or is missing",
                    next,
                );
                return found;
            }
            found.last = hexadecimal(&Sha256::digest(&bytes));
            found.list.push(release);
        }
        found
    }

    /// How many packs there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All counts of all packs, oldest first.
    pub fn cells(&self) -> Vec<EarlierCell> {
        let with_place = |release: &Release, cell: &EarlierCell| EarlierCell {
            point: cell.area.code().and_then(|c| release.places.get(&c).copied()),
            rule: Some(release.policy.rule()),
            tier: release.policy.tier,
            ..cell.clone()
        };
        self.list.iter().flat_map(|r| r.cells.iter().map(move |c| with_place(r, c))).collect()
    }

    /// The file that records a pack: its name and bytes. `None` where the pack shows nothing restricted that was not shown before.
    pub fn record(&self, findings: &Findings, cells: &[EarlierCell]) -> Option<(String, Vec<u8>)> {
        let line = |cell: &EarlierCell| serde_json::to_string(cell).unwrap_or_default();
        let now = findings.policy.rule();
        let same_rule = self.list.iter().filter(|r| r.policy.rule() == now);
        let before: std::collections::BTreeSet<String> = same_rule.flat_map(|r| r.cells.iter().map(line)).collect();
        let known = |cell: &EarlierCell| before.contains(&line(cell));
        let new: Vec<EarlierCell> = cells.iter().filter(|c| !known(c)).cloned().collect();
        if new.is_empty() {
            return None;
        }
        let number = self.list.len() as u32 + 1;
        let release = Release {
            number,
            previous: self.last.clone(),
            title: findings.frame.title.clone(),
            geography: findings.frame.geography,
            period: findings.frame.period,
            policy: findings.policy.clone(),
            plan: findings.plan_sha256.clone(),
            places: new.iter().filter_map(|c| Some((c.area.code()?, c.point?))).collect(),
            cells: new,
        };
        // One cell a line: a person can read it, and a difference shows.
        let mut text = serde_json::to_string_pretty(&Release { cells: vec![], ..release.clone() }).ok()?;
        let lines: Option<Vec<String>> = release.cells.iter().map(|c| serde_json::to_string(c).ok()).collect();
        let end = text.rfind("\"cells\": []")?;
        text.truncate(end);
        text.push_str(&format!("\"cells\": [\n    {}\n  ]\n}}\n", lines?.join(",\n    ")));
        Some((format!("{number:06}.json"), text.into_bytes()))
    }
}

impl EarlierCell {
    /// A slice of a study as the ledger writes it.
    pub(super) fn of(study: &Study, slice: &Slice, printed: Option<u64>, policy: &ReleasePolicy) -> Self {
        let dataset = study.datasets.iter().find(|d| d.source == slice.source);
        let name = |c: &u32| dataset.and_then(|d| d.raw.get(*c as usize)).map_or(String::new(), |c| c.name.clone());
        let raw = if slice.categories.is_empty() { vec![] } else { dataset.map_or(vec![], |d| d.raw_of(&slice.categories)) };
        let area = match slice.area {
            SliceArea::Whole => EarlierArea::Whole(study.about.authorities.clone()),
            SliceArea::Unlocated => EarlierArea::Unlocated,
            SliceArea::Area(area) => EarlierArea::Code(study.areas.list[area as usize].code),
        };
        let point = match slice.area {
            SliceArea::Area(area) => {
                study.areas.list[area as usize].shape.interior_point().map(|p| (p.x().round() as i32, p.y().round() as i32))
            }
            _ => None,
        };
        let mut categories: Vec<String> = raw.iter().map(name).collect();
        categories.sort();
        Self {
            source: study.sources[slice.source].name.clone(),
            area,
            point,
            first: slice.months.first,
            last: slice.months.last,
            categories,
            group: slice.group.map(Group::name),
            rule: Some(policy.rule()),
            tier: policy.tier,
            printed,
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
