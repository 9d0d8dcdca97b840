//! `fetched.json`: what was fetched, from where, when, and by whose leave.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk;
use crate::fault::Fault;

/// The name of the manifest, in the folder of the study.
pub const MANIFEST: &str = "fetched.json";

/// What was fetched for a study.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// What was fetched, in the order of its places.
    pub files: Vec<Entry>,
}

/// One file that was fetched.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Where it lies, from the folder of the study.
    pub place: String,
    /// The source of the plan that it is for.
    pub source: String,
    /// The address that was asked.
    pub url: String,
    /// The address that answered, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_from: Option<String>,
    /// When.
    pub fetched: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
    /// How many records it has, where it came page by page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<usize>,
    /// What the server calls this edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the server says that it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The licence.
    pub licence: String,
    /// The sentence that the licence asks for.
    pub attribution: String,
    /// Editions that were in its place before, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
}

/// An edition that another took the place of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Earlier {
    /// Where it is kept.
    pub place: String,
    /// When it was fetched.
    pub fetched: String,
    /// SHA-256 of it.
    pub sha256: String,
    /// What the publisher changed after it.
    pub restated: String,
}

impl Manifest {
    /// The manifest of a study; an empty one where there is none.
    ///
    /// # Errors
    /// Where there is one that cannot be read.
    pub fn read(root: &Path) -> Result<Self, Fault> {
        match std::fs::read(path(root)) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|e| Fault::no_manifest(&format!("line {} is not as this program writes it", e.line()))),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(Fault::no_manifest(&e.kind().to_string())),
        }
    }

    /// The entry of a place.
    pub fn at(&self, place: &str) -> Option<&Entry> {
        self.files.iter().find(|e| e.place == place)
    }

    /// Puts an entry in the place of the one that was there.
    pub(crate) fn put(&mut self, entry: Entry) {
        self.files.retain(|e| e.place != entry.place);
        self.files.push(entry);
        self.files.sort_by(|a, b| a.place.cmp(&b.place));
    }

    pub(crate) fn write(&self, root: &Path) -> Result<(), Fault> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|e| Fault::no_manifest(&e.to_string()))?;
        text.push(b'\n');
        disk::write(&path(root), &text).map_err(|e| Fault::disk(MANIFEST, &e))
    }
}

fn path(root: &Path) -> PathBuf {
    root.join(MANIFEST)
}
