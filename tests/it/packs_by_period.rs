//! Packs by period: the latest stands in `out/`, and one of other months is never overwritten.

use std::collections::BTreeMap;

use crate::study_files::Study;

fn study(first: &str, last: &str, keep: bool) -> Study {
    let study = Study::small();
    set(&study, first, last, keep);
    study
}

fn set(study: &Study, first: &str, last: &str, keep: bool) {
    let text = study.text("study.toml");
    let lines = text.lines().filter(|l| !l.starts_with("period = {") && !l.starts_with("keep-packs"));
    // One question is enough for a whole pack, and quick.
    let asked = "\n[[analysis]]\nkind = \"services\"\n";
    let text = lines.collect::<Vec<&str>>().join("\n").replace(asked, "") + asked;
    let own = format!("[study]\nperiod = {{ first = \"{first}\", last = \"{last}\" }}\nkeep-packs = {keep}");
    study.write("study.toml", text.replacen("[study]", &own, 1).as_bytes());
}

fn run(study: &Study) {
    let output = study.gapmap(&["run", "study.toml", "--only", "services", "--no-png"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn run_whole(study: &Study) {
    let (code, told) = study.check();
    assert_eq!(code, Some(0), "{told}");
}

fn folders(study: &Study) -> Vec<String> {
    let Ok(list) = std::fs::read_dir(study.folder.join("packs")) else { return vec![] };
    let mut names: Vec<String> = list.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn inside(study: &Study, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let of = |(path, bytes): (String, Vec<u8>)| (path.replace('\\', "/").trim_start_matches(folder).to_owned(), bytes);
    study.tree(folder).into_iter().map(of).collect()
}

#[test]
fn last_quarter_is_kept_byte_for_byte_and_this_one_stands_in_both_places() {
    let study = study("2025-01", "2025-06", true);
    run_whole(&study);
    assert_eq!(folders(&study), ["2025-q2"]);
    let before = inside(&study, "packs/2025-q2");
    assert_eq!(before, inside(&study, "out"));
    set(&study, "2025-04", "2025-09", true);
    run_whole(&study);
    assert_eq!(folders(&study), ["2025-q2", "2025-q3"]);
    assert_eq!(inside(&study, "packs/2025-q2"), before);
    assert_eq!(inside(&study, "packs/2025-q3"), inside(&study, "out"));
    // A pack that is kept can be audited where it lies, with the ledger beside the plan, and compared with.
    let audit = study.gapmap(&["audit", "packs/2025-q2"]);
    let told = String::from_utf8_lossy(&audit.stderr).into_owned();
    assert_eq!(audit.status.code(), Some(0), "{told}");
    assert!(!told.contains("no ledger of releases lies beside"), "{told}");
    // A part of a pack is not the pack of its quarter.
    let kept = inside(&study, "packs/2025-q3");
    run(&study);
    assert_eq!(inside(&study, "packs/2025-q3"), kept);
}

#[test]
fn without_the_setting_a_pack_of_other_months_moves_aside_and_one_of_the_same_is_replaced() {
    let study = study("2025-01", "2025-06", false);
    run_whole(&study);
    assert!(folders(&study).is_empty());
    let before = inside(&study, "out");
    run_whole(&study);
    assert!(folders(&study).is_empty());
    set(&study, "2025-01", "2025-08", false);
    run_whole(&study);
    assert_eq!(folders(&study), ["2025-q2"]);
    assert_eq!(inside(&study, "packs/2025-q2"), before);
    assert_ne!(inside(&study, "out"), before);
    // What is no pack is left alone, and nothing is written over it.
    study.write("packs/2025-08/notes.txt", b"mine");
    let now = inside(&study, "out");
    set(&study, "2025-01", "2025-09", false);
    let output = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(inside(&study, "out"), now);
    assert_eq!(study.read("packs/2025-08/notes.txt"), b"mine");
}

#[test]
fn another_plan_in_the_same_folder_takes_no_other_plans_place() {
    let study = study("2025-01", "2025-06", true);
    run_whole(&study);
    let first = inside(&study, "packs/2025-q2");
    let other = study.text("study.toml").replacen("title = \"", "title = \"Women and girls of ", 1);
    assert_ne!(other, study.text("study.toml"));
    study.write("study.toml", other.as_bytes());
    run_whole(&study);
    assert_eq!(folders(&study), ["2025-q2", "2025-q2-from-2025-01"]);
    assert_eq!(inside(&study, "packs/2025-q2"), first);
    assert_eq!(inside(&study, "packs/2025-q2-from-2025-01"), inside(&study, "out"));
    run_whole(&study);
    assert_eq!(folders(&study), ["2025-q2", "2025-q2-from-2025-01"], "run again, a pack finds its own place");
}

#[test]
fn a_part_of_a_pack_neither_overwrites_a_whole_one_nor_takes_its_place() {
    let study = study("2025-01", "2025-06", false);
    let ask = |s: &Study| s.write("study.toml", (s.text("study.toml") + "\n[[analysis]]\nkind = \"coverage\"\n").as_bytes());
    ask(&study);
    run_whole(&study);
    let whole = inside(&study, "out");
    // A part of the next quarter: what stood in `out/` is kept.
    set(&study, "2025-04", "2025-09", false);
    ask(&study);
    run(&study);
    assert_eq!(inside(&study, "packs/2025-q2"), whole);
    // Back to the first months, a part of them stands in `out/`, and then gives way: the whole stays.
    set(&study, "2025-01", "2025-06", false);
    ask(&study);
    run(&study);
    set(&study, "2025-04", "2025-09", false);
    run_whole(&study);
    assert_eq!(inside(&study, "packs/2025-q2"), whole);
}
