//! What the ledger of releases must keep of a pack.

use super::chain::{file_name, sha256};
use super::label_key::LabelKey;
use super::records::{EarlierCell, Release, Releases};
use crate::model::Findings;

/// A pack about to be written: what the ledger must keep of it, and the ledger with it.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Name and bytes of the file to add; none where the ledger knows the pack already.
    pub record: Option<(String, Vec<u8>)>,
    /// All packs, this one among them.
    pub ledger: Releases,
    /// The key by which the record names labels that are not printed.
    pub key: LabelKey,
}

impl Releases {
    /// The pack as the ledger must keep it: a record of what it shows and was not shown before, and of the findings that show it.
    ///
    /// There is no new record where the pack shows nothing restricted, or is recorded already.
    pub fn entry(&self, findings: &Findings, cells: &[EarlierCell]) -> Entry {
        let record = self.release(findings, cells).and_then(|release| Some((release.written()?, release)));
        let mut ledger = self.clone();
        let record = record.map(|(bytes, release)| {
            ledger.digests.push(sha256(&bytes));
            let name = file_name(release.number);
            ledger.list.push(release);
            (name, bytes)
        });
        Entry { record, ledger, key: LabelKey::default() }
    }

    fn release(&self, findings: &Findings, cells: &[EarlierCell]) -> Option<Release> {
        let line = |cell: &EarlierCell| serde_json::to_string(cell).unwrap_or_default();
        let now = findings.policy.rule();
        let same_rule = self.list.iter().filter(|r| r.policy.rule() == now);
        let before: std::collections::BTreeSet<String> = same_rule.flat_map(|r| r.cells.iter().map(line)).collect();
        let known = |cell: &EarlierCell| before.contains(&line(cell));
        let new: Vec<EarlierCell> = cells.iter().filter(|c| !known(c)).cloned().collect();
        let digest = sha256(&findings.written());
        // Beside a ledger every pack is recorded: one that called all of itself open could otherwise pass for another.
        let to_be_known = findings.any_restricted() || !self.is_empty();
        if new.is_empty() && (!to_be_known || self.holds(&digest)) {
            return None;
        }
        Some(Release {
            number: self.len() as u32 + 1,
            previous: self.last().to_owned(),
            title: findings.frame.title.clone(),
            geography: findings.frame.geography,
            period: findings.frame.period,
            policy: findings.policy.clone(),
            findings: digest,
            places: new.iter().filter_map(|c| Some((c.area.code()?, c.point?))).collect(),
            cells: new,
        })
    }
}
