//! Where the head of the ledger of releases is kept besides the ledger: in a file beside the plan, and in the pack.
//!
//! A chain shows that none of its records was changed or taken out, and nothing about records that are missing at its end. Whoever
//! takes the newest away, or all of them, leaves a chain that is whole. The head says how long it was; the pack that is out says so too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::chain::{PUT_BACK, plain_file, sha256};
use super::packs_beside::shown as shown_folder;
use super::records::{Release, Releases};
use crate::diagnostics::{Code, Place, Problems};
use crate::model::Tier;

/// Name of the file beside the plan that says where the ledger ends.
pub const HEAD_FILE: &str = "gapmap-releases.head";

/// Where the ledger ends: it never leaves the study.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Head {
    /// How many records there are.
    pub number: u32,
    /// SHA-256 of the newest; empty without one.
    pub digest: String,
    /// SHA-256 of the first; empty without one.
    pub genesis: String,
}

/// Where the ledger ended when a pack was written, as the pack says it: `release.<tier>.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Anchor {
    /// How many records there were.
    pub number: u32,
    /// SHA-256 of what those of its tier may read of them, in hexadecimal.
    pub digest: String,
}

impl Head {
    /// The bytes of its file.
    pub fn written(&self) -> Vec<u8> {
        written(self)
    }
}

impl Anchor {
    /// The bytes of its file.
    pub fn written(&self) -> Vec<u8> {
        written(self)
    }

    /// Reads one; `None` where the bytes are anything but what is written.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let anchor: Self = serde_json::from_slice(bytes).ok()?;
        let plain = anchor.digest.len() == 64 && anchor.digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (plain && anchor.written() == bytes).then_some(anchor)
    }
}

fn written(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default(); // numbers and text
    bytes.push(b'\n');
    bytes
}

impl Releases {
    /// What the head file must say of this chain; `None` where there is none.
    pub fn head(&self) -> Option<Head> {
        let (genesis, digest) = (self.digests.first()?.clone(), self.digests.last()?.clone());
        Some(Head { number: self.len() as u32, digest, genesis })
    }

    /// What a pack of a tier says of this chain; `None` where there is none.
    pub fn anchor(&self, tier: Tier) -> Option<Anchor> {
        (!self.is_empty()).then(|| self.anchor_at(self.len() as u32, tier))
    }

    /// Whether an anchor names this chain as it is or as it was.
    pub fn fits(&self, anchor: &Anchor, tier: Tier) -> bool {
        (1..=self.len() as u32).contains(&anchor.number) && *anchor == self.anchor_at(anchor.number, tier)
    }

    /// The digest leaves the study: it is computed from what those of the tier have read already, and from nothing else. A record of
    /// partners holds finer counts than a public pack, and a guess at them could be tried against it.
    fn anchor_at(&self, number: u32, tier: Tier) -> Anchor {
        let start = self.beginning.as_ref().map(|b| (&b.because, b.abandoned));
        let mut digest = sha256(&written(&start));
        for release in self.list.iter().filter(|r| r.number <= number && r.policy.tier <= tier) {
            digest = sha256(&written(&shown(release, digest)));
        }
        Anchor { number, digest }
    }

    /// Holds the chain against its head beside the plan and against the packs that are in these folders.
    pub fn verify(&self, root: &Path, packs: &[PathBuf], problems: &mut Problems) {
        let Some(length) = self.verify_head(&root.join(HEAD_FILE), problems) else { return };
        for folder in packs {
            self.verify_pack(root, folder, length, problems);
        }
    }

    /// How many records the head knows of; `None` where the two do not agree.
    fn verify_head(&self, path: &Path, problems: &mut Problems) -> Option<u32> {
        let mut broken = |what: &str| {
            problems.error(Code::S310, Place::file(HEAD_FILE), what, PUT_BACK);
            None
        };
        if std::fs::symlink_metadata(path).is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound) {
            return if self.is_empty() { Some(0) } else { broken("the file that says where the ledger of releases ends is missing") };
        }
        let Some(head) = plain_file(path).and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok()) else {
            return broken("the file that says where the ledger of releases ends cannot be read");
        };
        let at = |number: u32| if number == 0 { Some("") } else { self.digests.get(number as usize - 1).map(String::as_str) };
        // A machine that stopped between a record and the head leaves the head one behind: that record is the newest and follows it.
        let length = self.len() as u32;
        let ends = length == head.number || length == head.number.saturating_add(1);
        let same = at(head.number) == Some(head.digest.as_str()) && at(head.number.min(1)) == Some(head.genesis.as_str());
        if ends && same {
            Some(head.number)
        } else {
            broken("the ledger of releases is not the one that was written: records were changed or are missing")
        }
    }

    /// A pack that is out names the chain as it was: never longer, never another.
    fn verify_pack(&self, root: &Path, folder: &Path, length: u32, problems: &mut Problems) {
        let shown = shown_folder(root, folder);
        let left = |bytes: &[u8]| self.beginning.as_ref().is_some_and(|b| b.left.contains(&sha256(bytes)));
        for tier in [Tier::Public, Tier::Partnership, Tier::Restricted] {
            let place = |name: &str| Place::file(format!("{shown}/{name}.{}.json", tier.word()));
            if let Some(bytes) = pack_file(folder, "release", tier) {
                let known = Anchor::read(&bytes).is_some_and(|a| a.number <= length && self.fits(&a, tier));
                if !known && !left(&bytes) {
                    let foreign = pack_file(folder, "findings", tier).is_some_and(|bytes| self.knows_no_such_study(&bytes));
                    let (what, next) = if foreign { FOREIGN } else { (WITH_ANOTHER, PUT_BACK) };
                    problems.error(Code::S310, place("release"), what, next);
                }
            } else if let Some(bytes) = pack_file(folder, "findings", tier)
                && may_be_restricted(&bytes)
                && !self.holds(&sha256(&bytes))
                && !left(&bytes)
            {
                let what = "the pack that is out holds restricted counts, and the ledger of releases does not know of it";
                problems.error(Code::S310, place("findings"), what, PUT_BACK);
            }
        }
    }
}

/// Of a pack that names a ledger which is not this one as it was.
const WITH_ANOTHER: &str = "the pack that is out was written with another ledger of releases, or with one that has lost records since";
/// Of one whose title no record has, and what to do.
const FOREIGN: (&str, &str) = (
    "this pack was written with another ledger of releases, and no record of this one has its title: it looks like a pack of another study",
    "If it is another study's, move it back there: what is not this study's has no place beside its plan. If it is this study's, the ledger has lost its record: put `gapmap-releases` and `gapmap-releases.head` back from a copy, or begin another chain with `gapmap releases begin-anew <plan> --because \"…\"`.",
);

impl Releases {
    /// Whether there are records and none is of a pack with the title that these findings have.
    fn knows_no_such_study(&self, findings: &[u8]) -> bool {
        let document: Option<serde_json::Value> = serde_json::from_slice(findings).ok();
        let title = document.as_ref().and_then(|d| d["frame"]["title"].as_str());
        !self.list.is_empty() && title.is_some_and(|title| self.list.iter().all(|release| release.title != title))
    }
}

/// A file of a pack; empty where it is there and cannot be read.
pub(super) fn pack_file(folder: &Path, name: &str, tier: Tier) -> Option<Vec<u8>> {
    let path = folder.join(format!("{name}.{}.json", tier.word()));
    std::fs::symlink_metadata(&path).ok()?;
    Some(std::fs::read(path).unwrap_or_default())
}

/// Whether findings hold anything released by the policy; findings that cannot be read may.
fn may_be_restricted(findings: &[u8]) -> bool {
    let document: Option<serde_json::Value> = serde_json::from_slice(findings).ok();
    let list = document.as_ref().and_then(|d| d["findings"].as_array());
    list.is_none_or(|list| list.iter().any(|f| f["release"]["door"] != "open"))
}

/// What a reader of the pack may know of its record. Names that no pack prints stand in it as `~` and a token: they stay.
fn shown(release: &Release, previous: String) -> (Release, BTreeSet<String>) {
    let hidden = |name: &String| name.starts_with('~');
    let printed = release.cells.iter().filter(|c| c.printed.is_some() || !c.categories.iter().any(hidden));
    let lines = printed.map(|cell| {
        let mut cell = cell.clone();
        cell.categories.iter_mut().filter(|c| hidden(c)).for_each(|c| *c = "~".into());
        cell.categories.dedup();
        serde_json::to_string(&cell).unwrap_or_default()
    });
    (Release { previous, places: Default::default(), cells: vec![], ..release.clone() }, lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{EarlierArea, EarlierCell};
    use crate::model::ReleasePolicy;
    use crate::units::{Geography, Month, Period};

    fn chain(tier: Tier, categories: &[&str], printed: Option<u64>) -> Releases {
        let month = Month::parse("2025-01").unwrap();
        let cell = EarlierCell {
            source: "cases".into(),
            area: EarlierArea::Whole(vec![]),
            point: None,
            first: month,
            last: month,
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            group: None,
            rule: None,
            tier,
            printed,
        };
        let release = Release {
            number: 1,
            previous: String::new(),
            title: "t".into(),
            geography: Geography::Lsoa,
            period: Period { first: month, last: month },
            policy: ReleasePolicy { tier, ..ReleasePolicy::default() },
            findings: String::new(),
            places: Default::default(),
            cells: vec![cell],
        };
        Releases { beginning: None, list: vec![release], digests: vec![String::new()] }
    }

    #[test]
    fn what_leaves_the_study_depends_on_what_was_printed_and_on_nothing_else() {
        let of = |categories: &[&str], printed| chain(Tier::Public, categories, printed).anchor(Tier::Public).unwrap();
        // A label that no pack prints, as a token: neither which it is nor how many there are.
        assert_eq!(of(&["Assault", "~1f", "~2e"], Some(40)), of(&["Assault", "~77"], Some(40)));
        assert_eq!(of(&["~1f"], None), of(&["~2e"], None));
        assert_ne!(of(&["Assault"], Some(40)), of(&["Assault"], Some(45)));
        assert_ne!(of(&["Assault"], None), of(&["Harassment"], None));
        // Of a record for partners the public pack says that it is there.
        let partners = |printed, tier| chain(Tier::Partnership, &["Assault"], printed).anchor(tier).unwrap();
        assert_eq!(partners(Some(41), Tier::Public), partners(Some(42), Tier::Public));
        assert_ne!(partners(Some(41), Tier::Partnership), partners(Some(42), Tier::Partnership));
    }
}
