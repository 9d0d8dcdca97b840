//! `manifest.<tier>.json`: every other file of a pack with its size and SHA-256.
//!
//! A pack is passed on as a folder or an archive. What was put in beside it, or taken out, shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Files, mark, named};
use crate::ledger::Anchor;
use crate::model::{Findings, Tier};
use crate::units::Period;

/// What a pack holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// Title of the report.
    pub title: String,
    /// The months studied.
    pub period: Period,
    /// Whom it is for.
    pub tier: Tier,
    /// Version of the program that made the findings.
    pub engine: String,
    /// Every other file, by its path.
    pub files: BTreeMap<String, Listed>,
}

/// A file of a pack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listed {
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// That of a pack with these files; one among them that is its manifest is left out.
    pub fn of(findings: &Findings, files: &Files) -> Self {
        let own = Self::path(findings);
        Self {
            title: findings.frame.title.clone(),
            period: findings.frame.period,
            tier: findings.policy.tier,
            engine: findings.engine.clone(),
            files: files.iter().filter(|(path, _)| **path != own).map(|(path, bytes)| (path.clone(), Listed::of(bytes))).collect(),
        }
    }

    /// Where it stands in a pack.
    pub fn path(findings: &Findings) -> String {
        let name = if findings.frame.draft { mark("manifest.json", "draft") } else { "manifest.json".into() };
        named(&name, findings.policy.tier)
    }

    /// The bytes of its file.
    pub fn written(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default(); // text, numbers and a map by text
        bytes.push(b'\n');
        bytes
    }
}

impl Listed {
    /// A file as the manifest tells it.
    pub fn of(bytes: &[u8]) -> Self {
        let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        Self { bytes: bytes.len() as u64, sha256 }
    }
}

/// Where a pack says which ledger of releases it was written with.
pub fn release_path(tier: Tier) -> String {
    named("release.json", tier)
}

/// The files of a pack with what it says of the ledger of releases, and with the manifest of them all.
pub fn complete(findings: &Findings, mut files: Files, anchor: Option<&Anchor>) -> Files {
    if let Some(anchor) = anchor.filter(|_| !findings.frame.draft) {
        files.insert(release_path(findings.policy.tier), anchor.written());
    }
    with_manifest(findings, files)
}

/// The files of a pack with a manifest that lists them as they are now.
pub fn with_manifest(findings: &Findings, mut files: Files) -> Files {
    let manifest = Manifest::of(findings, &files).written();
    files.insert(Manifest::path(findings), manifest);
    files
}
