//! Every file of the pack is listed, as it is, and every file that is listed is there.

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::ledger::Anchor;
use crate::outputs::{Files, Listed, Manifest, release_path};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    // Without findings nobody can tell what pack it is, which is told already.
    let Some(findings) = &pack.findings else { return };
    let next = "Do not publish. Make the pack again with `gapmap run`, or list what you added on purpose with `gapmap report <folder>`, which draws the pack anew.";
    let path = Manifest::path(findings);
    let mut tell = |path: &str, what: &str| problems.error(Code::S325, Place::file(path), what, next);
    let Some(bytes) = pack.files.get(&path) else {
        tell(&path, "the pack has no manifest: nobody can tell which files belong to it");
        return;
    };
    let manifest: Option<Manifest> = serde_json::from_slice(bytes).ok();
    // Written in another way it could hold a name twice.
    let Some(manifest) = manifest.filter(|m| m.written() == *bytes) else {
        tell(&path, "the manifest is not one that the program writes");
        return;
    };
    if (Manifest { files: Default::default(), ..manifest.clone() }) != Manifest::of(findings, &Files::new()) {
        tell(&path, "the manifest is that of another pack");
    }
    for (name, bytes) in pack.files.iter().filter(|(name, _)| **name != path) {
        match manifest.files.get(name) {
            None => tell(name, "the file is not in the manifest: it was put in beside the pack"),
            Some(listed) if *listed != Listed::of(bytes) => tell(name, "the file is not the one that the manifest lists: it was changed"),
            Some(_) => {}
        }
    }
    for name in manifest.files.keys().filter(|name| !pack.files.contains_key(*name)) {
        // The name comes from the pack, and the pack may be anybody's.
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
        tell(if plain { name } else { &path }, "the manifest lists a file that is missing");
    }
    let release = release_path(findings.policy.tier);
    if pack.files.get(&release).is_some_and(|bytes| Anchor::read(bytes).is_none()) {
        tell(&release, "the file that names the ledger of releases is not one that the program writes");
    }
}
