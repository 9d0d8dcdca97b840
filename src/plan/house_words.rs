//! `words/*.ftl` beside the plan: single messages in the study's own words.

use std::path::Path;

use crate::diagnostics::{Code, Place, Problems};
use crate::sources::place_beside_secrecy;
use crate::units::showable;
use crate::words::{Texts, WORDS_FOLDER};

/// More than this are no words of single messages.
const LONGEST_BYTES: u64 = 500_000;

/// The texts of a study: those of the engine, and what the files of its folder say anew. A folder that is not there says nothing.
pub fn house_words(root: &Path, problems: &mut Problems) -> Texts {
    let mut files: Vec<_> = std::fs::read_dir(root.join(WORDS_FOLDER)).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "ftl"));
    files.sort();
    let mut read = Vec::new();
    for file in files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let place = || Place::file(format!("{WORDS_FOLDER}/{name}"));
        let short = std::fs::metadata(&file).is_ok_and(|m| m.len() <= LONGEST_BYTES);
        let Some(bytes) = short.then(|| std::fs::read(&file).ok()).flatten() else {
            let next = "Let it be read, and keep to the messages that are said anew.";
            problems.error(Code::R101, place(), "the file cannot be opened, or is longer than 500,000 letters", next);
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<String> = text.lines().map(|line| showable(line).0.into()).collect();
        let text = lines.join("\n") + "\n";
        if let Some(what) = place_beside_secrecy(&text, &[]) {
            let told = format!("a text tells of {what} beside words of a service whose place is kept back");
            problems.error(Code::S301, place(), told, "Take the place out: a message is said of every study alike.");
        }
        read.push((name, text));
    }
    Texts::house(&read, problems)
}
