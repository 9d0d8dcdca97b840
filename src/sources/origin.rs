//! What every source has, whatever its kind: where it stands in the plan, its files, and how it may be released.

use std::path::PathBuf;

use super::clean_text::Removed;
use super::confidential::ConfidentialLocations;
use super::find;
use super::folders::{cannot_open, empty, walk};
use super::labels::LabelSettings;
use super::noticed::Reading;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{Sensitivity, capital, is_showable};

/// What every source has: a name, its paths, and how it may be released.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its position in the plan.
    pub id: usize,
    /// Its name in the plan.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// The folder that its paths are relative to.
    pub root: PathBuf,
    /// Its paths, as the plan writes them.
    pub paths: Vec<String>,
    /// How it may be released.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for.
    pub attribution: Option<String>,
    /// What becomes of the location of a confidential service.
    pub confidential_locations: ConfidentialLocations,
    /// Names that it had in earlier plans, where the plan says so.
    pub formerly: Option<Vec<String>>,
    /// What the plan says of its labels.
    pub labels: LabelSettings,
    /// Characters that were taken out of its texts because they cannot be shown.
    pub removed: Removed,
    /// How it is read.
    pub reading: Reading,
}

impl Origin {
    /// What a reader calls it: its name, where the plan gives one in words; else what its kind is. A key of a plan or of a file is for those who keep it.
    pub fn title(&self) -> String {
        let of_kind = find(self.kind).filter(|_| !self.name.contains(' '));
        of_kind.map_or_else(|| capital(&self.name), |kind| kind.title.to_owned())
    }

    /// Whether it is a catalogue of services or a table beside one.
    pub fn is_catalogue(&self) -> bool {
        self.kind.starts_with("services-")
    }

    /// How its values may be shown in a message. Those of a catalogue never are: before all of it is read nobody knows whose place they tell.
    pub(crate) fn shows(&self) -> Sensitivity {
        if self.is_catalogue() { Sensitivity::Restricted } else { self.sensitivity }
    }

    /// The path on disk of one of its paths.
    pub fn resolve(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Reads a whole file, or reports why it cannot be: not there, or empty.
    pub(super) fn bytes(&self, path: &str, problems: &mut Problems) -> Option<Vec<u8>> {
        match std::fs::read(self.resolve(path)) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {
                empty(path, problems);
                None
            }
            Ok(bytes) => Some(bytes),
            Err(e) => {
                cannot_open(path, self.kind, &e, problems);
                None
            }
        }
    }

    /// All files under its paths whose name passes `wanted`, sorted, each as the plan would write it.
    pub(super) fn files(&self, wanted: impl Fn(&str) -> bool, looked_for: &str, problems: &mut Problems) -> Vec<String> {
        let mut found = Vec::new();
        for path in &self.paths {
            let on_disk = self.resolve(path);
            if !on_disk.is_dir() {
                found.push(path.clone());
                continue;
            }
            let (before, known) = (found.len(), problems.list().len());
            walk(&on_disk, path, &wanted, &mut found, problems);
            found[before..].sort();
            let strange = found.extract_if(before.., |path| !path.chars().all(is_showable)).count();
            if strange > 0 {
                let next = "Rename them: names of files stand in messages and findings.";
                let what = format!("the names of {strange} files in this folder hold characters that cannot be shown");
                problems.error(Code::R122, Place::file(path), what, next);
                continue;
            }
            if found.len() == before && problems.list().len() == known {
                let next = format!("Point the source at a folder that holds {looked_for}, at any depth.");
                problems.error(Code::R111, Place::file(path), format!("no {looked_for} in this folder"), next);
            }
        }
        found
    }
}
