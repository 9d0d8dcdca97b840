//! Data flows one way: each part of the engine may use only the parts that this list allows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gapmap::diagnostics::Code;

use crate::study_files::root;

/// A part of the engine and the parts that it may use, itself among them.
const MAY_USE: [(&str, &[&str]); 26] = [
    ("units", &["units"]),
    ("vocabulary", &["vocabulary", "diagnostics", "units"]),
    ("model", &["model", "vocabulary", "units"]),
    // Messages in, sentences out: it knows no analysis, and nothing that draws.
    ("words", &["words", "model", "vocabulary", "diagnostics", "units"]),
    ("stats", &["stats", "units"]),
    ("spatial", &["spatial", "units"]),
    ("disclosure", &["disclosure", "units"]),
    ("diagnostics", &["diagnostics", "units"]),
    // Files and folders in place of former ones, whole: it knows nothing of what is in them.
    ("disk", &["disk"]),
    ("ledger", &["ledger", "disk", "model", "diagnostics", "units"]),
    ("sources", &["sources", "vocabulary", "diagnostics", "spatial", "units"]),
    ("study", &["study", "sources", "model", "vocabulary", "diagnostics", "spatial", "units"]),
    ("analyses", &["analyses", "study", "sources", "model", "stats", "spatial", "units"]),
    (
        "release",
        &["release", "words", "analyses", "study", "ledger", "model", "vocabulary", "disclosure", "diagnostics", "timings", "units"],
    ),
    // What a pack claims, ranked: of the released document alone.
    ("stands_out", &["stands_out", "model", "stats", "units"]),
    // A clock: it knows nothing of what is timed.
    ("timings", &["timings"]),
    // Whatever is written is drawn from the document: nothing that was not released can reach a disk.
    ("outputs", &["outputs", "stands_out", "ledger", "disk", "model", "spatial", "timings", "units"]),
    // The audit knows files and what a document looks like; never how one was released. It works numbers out again by itself.
    ("audit", &["audit", "outputs", "ledger", "model", "vocabulary", "stats", "spatial", "diagnostics", "units"]),
    // Two released documents side by side: nothing else goes in.
    ("compare", &["compare", "model", "stats", "units"]),
    ("plan", &["plan", "words", "analyses", "study", "sources", "model", "vocabulary", "diagnostics", "units"]),
    // Where what a plan names is published: it knows addresses, and nothing of how one asks.
    ("published", &["published", "plan", "study", "sources", "units"]),
    (
        "pipeline",
        &[
            "pipeline",
            "compare",
            "words",
            "plan",
            "release",
            "analyses",
            "study",
            "sources",
            "ledger",
            "disk",
            "model",
            "vocabulary",
            "diagnostics",
            "timings",
            "units",
        ],
    ),
    // The stages once more, as somebody else may have counted: it prints and writes nothing.
    ("reconcile", &["reconcile", "pipeline", "plan", "study", "sources", "model", "diagnostics", "units"]),
    // A test of the library's own, of what every analysis says of nothing.
    ("nothing_known", &["analyses", "pipeline", "plan", "model", "synthetic", "diagnostics", "units"]),
    ("synthetic", &["synthetic", "sources", "spatial", "units"]),
    (
        "cli",
        &[
            "cli",
            "audit",
            "compare",
            "pipeline",
            "plan",
            "published",
            "reconcile",
            "outputs",
            "release",
            "analyses",
            "study",
            "sources",
            "ledger",
            "disk",
            "model",
            "vocabulary",
            "words",
            "synthetic",
            "diagnostics",
            "timings",
            "units",
        ],
    ),
];

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
                // The macro that makes messages stands where all macros of a crate do.
                let name = if name == "msg" { "model".to_owned() } else { name };
                checked += 1;
                if !allowed.contains(&name.as_str()) {
                    wrong.push(format!("src/{shown}:{}: {part} must not use {name}", number + 1));
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

/// Bytes of the longest file: more is more than one idea.
const LONGEST_FILE: u64 = 18 * 1024;

#[test]
fn no_file_holds_more_than_one_idea() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let long: Vec<_> = files.iter().filter(|f| std::fs::metadata(f).unwrap().len() > LONGEST_FILE).collect();
    assert!(files.len() > 500 && long.is_empty(), "look for the second idea in {long:?}");
}

#[test]
fn every_problem_code_is_met_somewhere_and_says_what_helps() {
    let mut files = Vec::new();
    rust_files(&root().join("src"), &mut files);
    let mut sources = String::new();
    for file in files.iter().filter(|f| !f.components().any(|c| c.as_os_str() == "catalogue") && !f.ends_with("tests.rs")) {
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

/// Files of a folder, each with the files beside it that it uses: `super::name::` and `use super::name`.
fn uses(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut files = Vec::new();
    let src = root().join("src").join(folder);
    rust_files(&src, &mut files);
    let name = |path: &Path| {
        let inside = path.strip_prefix(&src).unwrap().with_extension("");
        inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned()
    };
    let names: BTreeSet<String> = files.iter().map(|f| name(f)).filter(|n| n != "mod").collect();
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files.iter().filter(|f| name(f) != "mod" && !f.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let here = all.entry(name(file)).or_default();
        let prefixes = ["super::".to_owned(), format!("crate::{folder}::")];
        for prefix in prefixes {
            for (at, _) in code.match_indices(&prefix) {
                let used: String = code[at + prefix.len()..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if names.contains(&used) && used != name(file) {
                    here.insert(used);
                }
            }
        }
    }
    all
}

#[test]
fn no_more_than_two_files_use_one_another_in_a_circle() {
    for folder in ["model", "release", "ledger"] {
        let uses = uses(folder);
        let reach = |from: &String| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from.clone()];
            while let Some(next) = open.pop() {
                for used in uses.get(&next).into_iter().flatten() {
                    if seen.insert(used.clone()) {
                        open.push(used.clone());
                    }
                }
            }
            seen
        };
        let all: BTreeMap<&String, BTreeSet<String>> = uses.keys().map(|f| (f, reach(f))).collect();
        for (file, reached) in &all {
            let circle: Vec<&String> = reached.iter().filter(|other| all.get(other).is_some_and(|r| r.contains(*file))).collect();
            assert!(circle.len() <= 2, "{folder}: {circle:?} use one another in a circle");
        }
    }
}
