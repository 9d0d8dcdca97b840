use std::collections::BTreeMap;

use super::opened::Opened;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{Cards, Findings};
use crate::outputs::Files;

/// The files of a pack, opened: archives unpacked, compressed streams inflated.
pub(super) struct Pack<'a> {
    pub files: &'a Files,
    /// The cards of this version.
    pub cards: &'a Cards,
    pub findings: Option<Findings>,
    /// Path of the findings.
    pub findings_path: String,
    /// Every text of every file: path, then `!` and the part where a file has parts.
    pub texts: BTreeMap<String, String>,
    /// Points of its layers in a database, by the file that holds them.
    pub points: Vec<(String, super::geopackage::Points)>,
}

impl<'a> Pack<'a> {
    pub fn new(files: &'a Files, cards: &'a Cards, problems: &mut Problems) -> Self {
        let (path, findings) = findings_in(files).unzip();
        let findings = findings.flatten();
        if findings.is_none() {
            let next = "Give the folder that `gapmap run` wrote. Of other files, only what is hidden in them was looked at.";
            problems.error(Code::S320, Place::file("the pack"), "there are no findings that can be read: numbers cannot be checked", next);
        }
        let opened = Opened::all(files);
        for (path, what) in opened.closed {
            // The name of a file in an archive may be anything.
            let next = "Do not publish: nobody can say what it holds. Make the pack again with `gapmap run`.";
            problems.error(Code::S320, Place::file(path.split('!').next().unwrap_or_default()), what, next);
        }
        Self { files, cards, findings, findings_path: path.cloned().unwrap_or_default(), texts: opened.texts, points: opened.points }
    }
}

/// Whether a file of a pack is findings, by its name.
pub(super) fn is_findings(path: &str) -> bool {
    path.starts_with("findings.") && path.ends_with(".json") && !path.contains("schema")
}

/// The findings of a pack and their path; without content where they cannot be read.
pub(super) fn findings_in(files: &Files) -> Option<(&String, Option<Findings>)> {
    let (path, bytes) = files.iter().find(|(path, _)| is_findings(path))?;
    Some((path, Findings::read(bytes).ok()))
}
