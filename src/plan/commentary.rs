//! `commentary/<report>.md` beside the plan: what the analyst writes for a report, kept from run to run and placed by the headings of its sections.
//!
//! It is the one text of a pack that no program has made. Nothing in it is checked against the findings; but a place beside words of a service whose
//! place is kept back stops the run, as it would in a catalogue.

use std::path::Path;

use crate::diagnostics::{Code, Place, Problems};
use crate::model::Commentary;
use crate::sources::place_beside_secrecy;
use crate::units::showable;

/// The folder beside the plan.
pub const COMMENTARY_FOLDER: &str = "commentary";
/// More than this is a document of its own.
const LONGEST_BYTES: u64 = 200_000;

/// All sections of all files, by report and then as they stand. A folder that is not there holds none. `own` are the words of the area's name.
pub fn commentary(root: &Path, own: &[String], problems: &mut Problems) -> Vec<Commentary> {
    let Ok(folder) = std::fs::read_dir(root.join(COMMENTARY_FOLDER)) else { return vec![] };
    let mut files: Vec<_> = folder.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    files.sort();
    let mut sections = Vec::new();
    for file in files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = format!("{COMMENTARY_FOLDER}/{name}");
        let text =
            match std::fs::metadata(&file).and_then(|m| if m.len() > LONGEST_BYTES { Ok(None) } else { std::fs::read(&file).map(Some) }) {
                Ok(Some(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
                Ok(None) => {
                    problems.error(
                        Code::R101,
                        Place::file(shown),
                        "the file is longer than 200,000 letters",
                        "Keep to what a report has room for.",
                    );
                    continue;
                }
                Err(e) => {
                    problems.error(
                        Code::R101,
                        Place::file(shown),
                        format!("the file cannot be opened: {}", e.kind()),
                        "Let it be read, or take it away.",
                    );
                    continue;
                }
            };
        sections.extend(sections_of(name.trim_end_matches(".md"), &text, &shown, own, problems));
    }
    sections
}

/// The sections of a file: from each heading `## name` to the next. What stands above the first is of no section, and is told.
fn sections_of(report: &str, text: &str, shown: &str, own: &[String], problems: &mut Problems) -> Vec<Commentary> {
    let mut sections: Vec<Commentary> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let place = || Place::line(shown.to_owned(), i as u64 + 1);
        if let Some(section) = line.strip_prefix("## ") {
            let section = section.trim().to_lowercase();
            sections.push(Commentary { report: report.to_owned(), section, text: String::new() });
        } else if let Some(last) = sections.last_mut() {
            last.text.push_str(&showable(line).0);
            last.text.push('\n');
        } else if !line.trim().is_empty() && !line.starts_with("# ") {
            let next = "Put a heading such as `## voices` above it; `gapmap report new <name>` shows the sections of a report.";
            problems.warn(Code::D221, place(), "this line stands in no section, and goes into no report", next);
        }
    }
    sections.retain(|s| !s.text.trim().is_empty());
    for section in &sections {
        if let Some(what) = place_beside_secrecy(&section.text, own) {
            let next =
                "Take the place out. Where the place is public, write of it in a section of its own, without words of refuge or secrecy.";
            let told = format!("a section tells of {what} beside words of a service whose place is kept back");
            problems.error(Code::S301, Place::file(shown.to_owned()), told, next);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_found_and_a_place_beside_words_of_refuge_stops() {
        let mut problems = Problems::default();
        let text =
            "# My words\nlost\n## Voices\nOne said: the bus stops at six.\n\n## Options\n\n## Place\nWe met at 12 Mill Lane, QM1 2AB.\n";
        let read = sections_of("funding-bid", text, "commentary/funding-bid.md", &[], &mut problems);
        assert_eq!(read.iter().map(|s| s.section.as_str()).collect::<Vec<_>>(), ["voices", "place"]);
        assert!(!problems.any_error());
        sections_of("x", "## a\nThe women's refuge is at 12 Mill Lane, QM1 2AB.\n", "commentary/x.md", &[], &mut problems);
        assert!(problems.any_error());
    }
}
