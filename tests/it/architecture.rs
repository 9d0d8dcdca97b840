//! Data flows one way: each part of the engine may use only the parts that this list allows it.

use std::path::{Path, PathBuf};

use gapmap::diagnostics::Code;

use crate::study_files::root;

/// A part of the engine and the parts that it may use. `outputs` may use no `study` but the plain types that findings re-export.
const MAY_USE: [(&str, &[&str]); 17] = [
    ("units", &["units"]),
    ("vocabulary", &["vocabulary", "diagnostics", "units"]),
    ("stats", &["stats", "units"]),
    ("spatial", &["spatial", "units"]),
    ("diagnostics", &["diagnostics", "units"]),
    ("sources", &["sources", "vocabulary", "diagnostics", "spatial", "units"]),
    ("study", &["study", "sources", "vocabulary", "diagnostics", "spatial", "units"]),
    ("analyses", &["analyses", "study", "sources", "stats", "spatial", "units"]),
    ("disclosure", &["disclosure"]),
    ("findings", &["findings", "analyses", "study", "vocabulary", "disclosure", "diagnostics", "units"]),
    ("outputs", &["outputs", "findings", "analyses", "spatial", "units"]),
    // The audit knows files and what a finding looks like; never how one was released.
    ("audit", &["audit", "outputs", "findings", "vocabulary", "stats", "spatial", "diagnostics", "units"]),
    ("plan", &["plan", "analyses", "findings", "study", "sources", "vocabulary", "diagnostics", "units"]),
    ("pipeline", &["pipeline", "plan", "findings", "analyses", "study", "sources", "vocabulary", "diagnostics", "units"]),
    // A test of the library's own, of what every analysis says of nothing.
    ("nothing_known", &["analyses", "pipeline", "plan", "synthetic", "diagnostics", "units"]),
    ("synthetic", &["synthetic", "sources", "spatial", "units"]),
    (
        "cli",
        &[
            "cli",
            "audit",
            "pipeline",
            "plan",
            "outputs",
            "findings",
            "analyses",
            "study",
            "sources",
            "vocabulary",
            "synthetic",
            "diagnostics",
            "units",
        ],
    ),
];

/// Of `analyses`, outputs may use only how numbers are printed and the list of questions: never a draft or a study.
const OUTPUTS_OF_ANALYSES: [&str; 5] = ["thousands", "decimal", "counted", "agreed", "ANALYSES"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_import_follows_the_flow_of_data() {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    files.sort();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for file in files {
        let shown = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let part = shown.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if part == "lib" || part == "main" {
            continue;
        }
        let allowed =
            MAY_USE.iter().find(|(p, _)| *p == part).unwrap_or_else(|| panic!("{part} is not in the list: where does it belong?")).1;
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for used in code.match_indices("crate::").map(|(at, _)| &code[at + 7..]) {
                let name: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                checked += 1;
                if !allowed.contains(&name.as_str()) {
                    wrong.push(format!("src/{shown}:{}: {part} must not use {name}", number + 1));
                }
                if part == "outputs" && name == "analyses" {
                    let rest = used.trim_start_matches("analyses::").trim_start_matches('{');
                    let items = rest.split(['}', ';']).next().unwrap().split(',').map(str::trim);
                    for item in items.filter(|i| !OUTPUTS_OF_ANALYSES.contains(i)) {
                        wrong.push(format!("src/{shown}:{}: outputs must not use analyses::{item}", number + 1));
                    }
                }
            }
        }
    }
    assert!(checked > 100, "only {checked} imports were found: is the search broken?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    for file in files.iter().filter(|f| !f.starts_with(src.join("cli"))) {
        for (number, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap();
            let prints = ["println!(", "print!(", "dbg!("].iter().any(|p| code.contains(p));
            assert!(!prints, "{}:{} prints", file.display(), number + 1);
        }
    }
}

#[test]
fn every_problem_code_is_met_somewhere_and_says_what_helps() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let mut sources = String::new();
    for file in files.iter().filter(|f| !f.ends_with("diagnostics/catalogue.rs")) {
        // What a test mentions is not met by anybody.
        sources += std::fs::read_to_string(file).unwrap().split("#[cfg(test)]").next().unwrap();
    }
    let unmet: Vec<_> = Code::ALL.iter().filter(|code| !sources.contains(&format!("Code::{code}"))).collect();
    assert!(unmet.is_empty(), "no problem has the code of {unmet:?}");
    for code in Code::ALL {
        assert!(code.title().len() > 10 && code.about().len() > 30 && code.about().ends_with(['.', '`']), "{code}");
        assert_eq!(Code::find(&code.name().to_lowercase()), Some(*code));
    }
}
