//! `gapmap-releases/`: what was published before, so that a new pack is attacked together with the earlier ones.
//!
//! One file for each pack, numbered, never changed; each names the SHA-256 of the one before it. It holds what the pack itself
//! shows: which counts were printed, as what, and which were withheld. No count that was withheld stands in it. A chain that was
//! begun anew has a [`Beginning`] as its first file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{ReleasePolicy, Tier};
use crate::units::{AreaCode, Geography, Month, Period, Rule};

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
    pub(crate) fn code(&self) -> Option<AreaCode> {
        match self {
            EarlierArea::Code(code) => Some(*code),
            _ => None,
        }
    }
}

/// One pack, as the ledger keeps it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Release {
    pub number: u32,
    /// SHA-256 of the file before this one; empty in the first.
    pub previous: String,
    pub title: String,
    pub geography: Geography,
    pub period: Period,
    pub policy: ReleasePolicy,
    /// SHA-256 of the findings of the pack, as its file holds them.
    pub findings: String,
    /// A place inside each area that is named below.
    pub places: std::collections::BTreeMap<AreaCode, (i32, i32)>,
    pub cells: Vec<EarlierCell>,
}

/// How a chain was begun anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Beginning {
    /// Always the first.
    pub(super) number: u32,
    /// Always empty.
    pub(super) previous: String,
    /// The reasons, oldest first; more than one where it happened before.
    pub(super) because: Vec<String>,
    /// How many records the chain had that was left, where that is known.
    pub(super) abandoned: Option<u32>,
    /// SHA-256 of the files of packs that were out then and speak of the chain that was left: they may stay.
    pub(super) left: Vec<String>,
}

/// All packs of a partnership, oldest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Releases {
    /// How the chain began, where it was begun anew.
    pub(super) beginning: Option<Beginning>,
    pub(super) list: Vec<Release>,
    /// SHA-256 of every file, in order.
    pub(super) digests: Vec<String>,
}

/// Name of the folder, beside the plan.
pub const RELEASES_FOLDER: &str = "gapmap-releases";

impl Releases {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// Why the chain was begun anew, each time it was.
    pub fn begun_anew(&self) -> &[String] {
        self.beginning.as_ref().map_or(&[], |b| &b.because)
    }

    /// Whether a pack with findings of this SHA-256 is recorded.
    pub fn holds(&self, findings_sha256: &str) -> bool {
        self.list.iter().any(|r| r.findings == findings_sha256)
    }

    /// The number of the first record of a pack with findings of this SHA-256.
    pub fn number_of(&self, findings_sha256: &str) -> Option<u32> {
        self.list.iter().find(|r| r.findings == findings_sha256).map(|r| r.number)
    }

    /// SHA-256 of the newest file; empty where there is none.
    pub(super) fn last(&self) -> &str {
        self.digests.last().map_or("", String::as_str)
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
}

impl Releases {
    /// In which records counts of a source first stand, and in which last, by its name.
    pub fn told_in(&self) -> BTreeMap<String, (u32, u32)> {
        let mut told = BTreeMap::new();
        for (release, cell) in self.list.iter().flat_map(|r| r.cells.iter().map(move |c| (r.number, c))) {
            let span = told.entry(cell.source.clone()).or_insert((release, release));
            *span = (span.0.min(release), span.1.max(release));
        }
        told
    }
}

impl Release {
    /// One cell a line: a person can read it, and a difference shows.
    pub(super) fn written(&self) -> Option<Vec<u8>> {
        let mut text = serde_json::to_string_pretty(&Release { cells: vec![], ..self.clone() }).ok()?;
        let lines: Option<Vec<String>> = self.cells.iter().map(|c| serde_json::to_string(c).ok()).collect();
        let lines = lines?;
        let end = text.rfind("\"cells\": []")?;
        if !lines.is_empty() {
            text.truncate(end);
            text.push_str(&format!("\"cells\": [\n    {}\n  ]\n}}", lines.join(",\n    ")));
        }
        text.push('\n');
        Some(text.into_bytes())
    }
}
