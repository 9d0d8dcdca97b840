//! What the engine said yesterday, beside what it says today: numbers, sentences, pictures and tables of two small studies.
//!
//! Other suites compare the program with itself or with a rule; this one compares it with its own past, so that a change shows all that
//! it changes. The files lie in `tests/golden/` under endings of their own, so that a browser, a spreadsheet and `git diff` open them as
//! they are. `INSTA_UPDATE=always cargo test --test it golden` writes them anew.

mod files;
mod render;
mod studies;

use gapmap::diagnostics::{Problems, Severity};
use gapmap::model::Findings;
use gapmap::outputs::{Files, Picture, ReportKind, everything, pictures};
use gapmap::pipeline;
use gapmap::plan::Plan;

use crate::study_files::Study;

/// Everything that is held of one study.
struct Pack {
    findings: Findings,
    files: Files,
    pictures: Vec<Picture>,
    problems: String,
}

impl Pack {
    fn of(study: &Study) -> Self {
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
        let findings = plan.and_then(|plan| pipeline::findings(&plan, None, &mut problems));
        let told = gapmap::diagnostics::render_text(&problems);
        assert!(!problems.list().iter().any(|p| p.severity == Severity::Error), "{told}");
        let (findings, _) = findings.unwrap_or_else(|| panic!("{told}"));
        let report = ReportKind::find("overview").unwrap();
        let files = everything(&findings, &report, false).unwrap();
        let pictures = pictures(&findings);
        Self { findings, files, pictures, problems: told }
    }
}

#[test]
fn the_small_borough_says_what_it_said() {
    files::hold("borough", render::pack(&Pack::of(&studies::borough())));
}

#[test]
fn the_study_made_by_hand_says_what_it_said() {
    files::hold("by-hand", render::pack(&Pack::of(&studies::by_hand())));
}
