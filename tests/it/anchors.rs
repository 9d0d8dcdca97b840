//! The ledger of releases cannot be lost, rolled back or changed in silence; a pack holds what its manifest lists and its ledger keeps.

mod manifest;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::study_files::Study;

const HEAD: &str = "gapmap-releases.head";

const FIRST: &str = "gapmap-releases/000001.json";

const SECOND: &str = "gapmap-releases/000002.json";

const THIRD: &str = "gapmap-releases/000003.json";

const ANCHOR: &str = "out/release.public.json";

fn run(study: &Study) -> (Option<i32>, String) {
    // One analysis is enough: what is looked at is the ledger.
    let output = study.gapmap(&["run", "study.toml", "--no-png", "--only", "places"]);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn runs(study: &Study) {
    let (code, text) = run(study);
    assert_eq!(code, Some(0), "{text}");
}

static RELEASED: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let study = Study::small();
    let plan = study.text("study.toml");
    let by = |rule: &str, tier: &str| plan.replace("1-to-7-rounded-to-5", rule).replace("tier = \"public\"", &format!("tier = \"{tier}\""));
    for (rule, tier) in [("1-to-7-rounded-to-5", "public"), ("fewer-than-5", "partnership"), ("fewer-than-10", "public")] {
        study.write("study.toml", by(rule, tier).as_bytes());
        runs(&study);
    }
    assert!(study.folder.join(THIRD).is_file() && !study.folder.join("gapmap-releases/000004.json").exists());
    study.tree("")
});

/// A study with three packs: by one rule, by another for partners, and by a third.
fn released() -> Study {
    Study::of(&RELEASED)
}

fn remove(study: &Study, path: &str) {
    let path = study.folder.join(path);
    if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn edit(study: &Study, path: &str, change: impl Fn(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&study.read(path)).unwrap();
    change(&mut value);
    study.write(path, &serde_json::to_vec_pretty(&value).unwrap());
}

/// Writes the head that records of these names would have, as somebody would who knows how it is made.
fn forge_head(study: &Study, records: &[&str]) {
    let of = |path: &str| digest(&study.read(path));
    let head = serde_json::json!({"number": records.len(), "digest": of(records[records.len() - 1]), "genesis": of(records[0])});
    study.write(HEAD, &serde_json::to_vec_pretty(&head).unwrap());
}

fn drop_the_oldest(study: &Study) {
    edit(study, SECOND, |v| (v["number"], v["previous"]) = (1.into(), "".into()));
    study.write(FIRST, &study.read(SECOND));
    let previous = digest(&study.read(FIRST));
    edit(study, THIRD, |v| (v["number"], v["previous"]) = (2.into(), previous.clone().into()));
    study.write(SECOND, &study.read(THIRD));
    remove(study, THIRD);
}

fn link(from: &Path, to: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(from, to).unwrap();
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(from, to).unwrap();
}

fn link_to_an_empty_folder(study: &Study) {
    remove(study, "gapmap-releases");
    std::fs::create_dir(study.folder.join("empty")).unwrap();
    link(&study.folder.join("empty"), &study.folder.join("gapmap-releases"));
}

/// A way of losing or changing the ledger.
type Way = (&'static str, fn(&Study));

const WAYS: &[Way] = &[
    ("the folder is deleted", |s| remove(s, "gapmap-releases")),
    ("the folder is emptied", |s| [FIRST, SECOND, THIRD].iter().for_each(|p| remove(s, p))),
    ("folder and head are deleted", |s| ["gapmap-releases", HEAD].iter().for_each(|p| remove(s, p))),
    ("folder and head are deleted, and what the pack says of them", |s| {
        ["gapmap-releases", HEAD, ANCHOR].iter().for_each(|p| remove(s, p));
    }),
    ("the newest record is deleted", |s| remove(s, THIRD)),
    ("the newest record is deleted, and the head made to fit", |s| {
        remove(s, THIRD);
        forge_head(s, &[FIRST, SECOND]);
    }),
    ("the two newest records are deleted", |s| [SECOND, THIRD].iter().for_each(|p| remove(s, p))),
    ("all but the first are deleted, and the head says that there was none", |s| {
        [SECOND, THIRD].iter().for_each(|p| remove(s, p));
        s.write(HEAD, b"{\"number\": 0, \"digest\": \"\", \"genesis\": \"\"}\n");
    }),
    ("a record in the middle is deleted", |s| remove(s, SECOND)),
    ("the oldest record is deleted", |s| remove(s, FIRST)),
    ("the oldest is dropped and the rest renumbered", drop_the_oldest),
    ("the oldest is dropped, the rest renumbered, and the head made to fit", |s| {
        drop_the_oldest(s);
        forge_head(s, &[FIRST, SECOND]);
    }),
    ("a count of the newest record is changed", |s| s.replace(THIRD, "\"printed\":0", "\"printed\":15")),
    ("a count of the newest record is changed, and the head made to fit", |s| {
        s.replace(THIRD, "\"printed\":0", "\"printed\":15");
        forge_head(s, &[FIRST, SECOND, THIRD]);
    }),
    ("cells of the newest record are taken out", |s| edit(s, THIRD, |v| v["cells"] = Value::Array(vec![]))),
    ("a count of an old record is changed", |s| s.replace(FIRST, "\"printed\":0", "\"printed\":15")),
    ("whom a record was for is changed", |s| s.replace(SECOND, "\"partnership\"", "\"restricted\"")),
    ("a record is cut short", |s| {
        let whole = s.read(SECOND);
        s.write(SECOND, &whole[..whole.len() / 2]);
    }),
    ("a record is empty", |s| s.write(THIRD, b"")),
    ("a record has a member that nobody knows", |s| edit(s, THIRD, |v| v["note"] = "x".into())),
    ("another file lies among the records", |s| s.write("gapmap-releases/copy of 000003.json", &s.read(THIRD))),
    ("a record is there twice", |s| s.write("gapmap-releases/000004.json", &s.read(THIRD))),
    ("a link to an empty folder stands there", link_to_an_empty_folder),
    ("a link to the ledger itself stands there", |s| {
        std::fs::rename(s.folder.join("gapmap-releases"), s.folder.join("elsewhere")).unwrap();
        link(&s.folder.join("elsewhere"), &s.folder.join("gapmap-releases"));
    }),
    ("a file stands there", |s| {
        remove(s, "gapmap-releases");
        s.write("gapmap-releases", b"");
    }),
    ("the head is deleted", |s| remove(s, HEAD)),
    ("the head is empty", |s| s.write(HEAD, b"")),
    ("the head is two behind", |s| forge_head(s, &[FIRST])),
    ("the head is one ahead", |s| {
        let newest = digest(&s.read(THIRD));
        edit(s, HEAD, |v| (v["number"], v["digest"]) = (4.into(), newest.clone().into()));
    }),
    ("the head is that of another ledger", |s| edit(s, HEAD, |v| v["genesis"] = "0".repeat(64).into())),
    ("folder and head are those of another study", |s| {
        let other = Study::small();
        other.replace("study.toml", "title = \"", "title = \"Another: ");
        runs(&other);
        remove(s, "gapmap-releases");
        s.write(FIRST, &other.read(FIRST));
        s.write(HEAD, &other.read(HEAD));
    }),
    ("what the pack says is changed", |s| edit(s, ANCHOR, |v| v["number"] = 2.into())),
    ("what the pack says is cut short", |s| s.write(ANCHOR, b"{")),
    ("what the pack says is deleted, and the ledger put back to the first pack", |s| {
        [ANCHOR, SECOND, THIRD].iter().for_each(|p| remove(s, p));
        forge_head(s, &[FIRST]);
    }),
];

#[test]
fn every_way_of_losing_or_changing_the_ledger_stops_the_run() {
    let mut passed = Vec::new();
    for (name, lose) in WAYS {
        let study = released();
        lose(&study);
        let before = study.tree("");
        let (code, text) = run(&study);
        let untouched = study.tree("") == before;
        if code != Some(1) || !text.contains("S310") || !untouched {
            passed.push(format!("{name}: exit {code:?}, untouched: {untouched}: {text}"));
        }
        assert_eq!(study.gapmap(&["releases", "verify", "study.toml"]).status.code(), Some(1), "{name}");
    }
    assert!(WAYS.len() >= 30 && passed.is_empty(), "{}", passed.join("\n"));
    // And what was not changed runs, and prints the same.
    let again = released();
    runs(&again);
    assert!(again.tree("") == *RELEASED, "the same pack again changed something");
}

#[test]
fn a_pack_that_goes_elsewhere_is_an_anchor_too() {
    let study = Study::small();
    let to = |out: &str| study.gapmap(&["run", "study.toml", "--no-png", "--only", "places", "--out", out]).status.code();
    assert_eq!(to("handed-over"), Some(0));
    ["gapmap-releases", HEAD].iter().for_each(|p| remove(&study, p));
    assert_eq!(to("handed-over"), Some(1));
    assert_eq!(to("elsewhere"), Some(0), "where nothing is left of a ledger, one begins");
}

/// A study of which nothing is left but a pack that was kept in a folder.
fn only_a_pack_in(folder: &str) -> Study {
    let study = released();
    for (path, bytes) in study.tree("out") {
        let path = path.replace('\\', "/");
        study.write(&format!("{folder}/{}", path.trim_start_matches("out/")), &bytes);
    }
    ["gapmap-releases", HEAD, "out"].iter().for_each(|p| remove(&study, p));
    study
}

#[test]
fn a_pack_that_was_kept_is_an_anchor_too_wherever_it_lies_beside_the_plan() {
    let told = |study: &Study, arguments: &[&str]| {
        let output = study.gapmap(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (folder, named) in [("packs/2025-q2", false), ("packs/older/2024/2024-q4", false), ("last year", true)] {
        let study = only_a_pack_in(folder);
        if named {
            study.replace("study.toml", "[study]", &format!("[study]\nprevious = \"{folder}/findings.public.json\""));
        }
        for arguments in [&["run", "study.toml", "--no-png"][..], &["check", "study.toml"], &["releases", "verify", "study.toml"]] {
            let (code, text) = told(&study, arguments);
            assert!(code == Some(1) && text.contains("S310") && text.contains("begin-anew"), "{folder}: {arguments:?}: {text}");
        }
        assert!(!study.folder.join("gapmap-releases").exists(), "{folder}: a chain was begun");
        // What the pack says of the ledger may be gone, too: its findings are restricted and in no record.
        let without = Study::of(&study.tree(""));
        remove(&without, &format!("{folder}/release.public.json"));
        assert_eq!(run(&without).0, Some(1), "{folder}");
        // The way out works, and says so on every later pack.
        let anew = ["releases", "begin-anew", "study.toml", "--because", "The ledger was lost with a disk"];
        assert!(study.gapmap(&anew).status.success(), "{folder}");
        runs(&study);
        assert!(study.gapmap(&["releases", "verify", "study.toml"]).status.success(), "{folder}");
    }
    // A chain that lost records, with head and pack made to fit.
    let study = released();
    study.write("packs/2025-q2/release.public.json", &study.read(ANCHOR));
    [SECOND, THIRD, "out"].iter().for_each(|p| remove(&study, p));
    forge_head(&study, &[FIRST]);
    assert_eq!(run(&study).0, Some(1));
    // With the ledger there, packs that are kept stop nothing.
    let study = released();
    study.write("packs/2025-q2/release.public.json", &study.read(ANCHOR));
    study.write("packs/2025-q2/findings.public.json", &study.read("out/findings.public.json"));
    study.write("packs/notes.txt", b"ours");
    runs(&study);
    assert!(study.gapmap(&["check", "study.toml"]).status.success());
}

#[test]
fn a_pack_of_another_study_is_not_taken_for_one_of_this() {
    let other = Study::small();
    other.replace("study.toml", "title = \"", "title = \"Another: ");
    runs(&other);
    let study = released();
    for name in ["release.public.json", "findings.public.json"] {
        study.write(&format!("packs/2025-q2/{name}"), &other.read(&format!("out/{name}")));
    }
    let (code, text) = run(&study);
    assert!(code == Some(1) && text.contains("S310") && text.contains("another study"), "{text}");
    remove(&study, "packs");
    runs(&study);
}

#[test]
fn a_machine_that_stops_on_the_way_leaves_a_ledger_that_goes_on() {
    let study = Study::small();
    let files = study.tree("");
    runs(&study);
    let whole = study.tree("");
    let zero = b"{\n  \"number\": 0,\n  \"digest\": \"\",\n  \"genesis\": \"\"\n}\n";
    let mut stops: Vec<(&str, BTreeMap<String, Vec<u8>>)> = Vec::new();
    let with = |from: &BTreeMap<String, Vec<u8>>, more: &[(&str, &[u8])]| {
        from.clone().into_iter().chain(more.iter().map(|(p, b)| ((*p).to_owned(), b.to_vec()))).collect::<BTreeMap<_, _>>()
    };
    let (record, head) = (whole[FIRST].clone(), whole[HEAD].clone());
    stops.push(("before the first record", with(&files, &[(HEAD, zero)])));
    stops.push(("in the first record", with(&files, &[(HEAD, zero), ("gapmap-releases/.000001.json.new", &record[..40])])));
    stops.push(("after the first record", with(&files, &[(HEAD, zero), (FIRST, &record)])));
    stops.push(("after the first head", with(&files, &[(HEAD, &head), (FIRST, &record)])));
    for (when, state) in &stops {
        let study = Study::of(state);
        runs(&study);
        remove_left_over(&study);
        assert!(study.tree("") == whole, "{when}");
    }
    // A second pack, by another rule.
    study.replace("study.toml", "1-to-7-rounded-to-5", "fewer-than-10");
    let before = study.tree("");
    runs(&study);
    let whole = study.tree("");
    let (record, head) = (whole[SECOND].clone(), whole[HEAD].clone());
    for (when, state) in [
        ("after the second record", with(&before, &[(SECOND, &record)])),
        ("after the second head", with(&before, &[(SECOND, &record), (HEAD, &head)])),
        ("while the pack was moved", {
            let mut state = with(&before, &[(SECOND, &record), (HEAD, &head)]);
            state.retain(|path, _| !path.starts_with("out/"));
            state
        }),
    ] {
        let study = Study::of(&state);
        assert!(study.gapmap(&["releases", "verify", "study.toml"]).status.success(), "{when}");
        runs(&study);
        assert!(study.tree("") == whole, "{when}");
    }
}

fn remove_left_over(study: &Study) {
    let left = study.folder.join("gapmap-releases/.000001.json.new");
    if left.exists() {
        std::fs::remove_file(left).unwrap();
    }
}

#[test]
fn a_ledger_is_begun_anew_with_a_reason_that_stands_on_every_later_pack() {
    let study = released();
    let reason = "The disk of the old server failed";
    let begin = |because: &str| study.gapmap(&["releases", "begin-anew", "study.toml", "--because", because]).status.code();
    let left = study.tree("gapmap-releases");
    for no_reason in ["", "lost", "x y z", "two words", "near AB1 2XY it was lost", "a\nline of words here"] {
        assert_eq!(begin(no_reason), Some(2), "{no_reason}");
    }
    assert_eq!(study.tree("gapmap-releases"), left, "nothing was begun");
    remove(&study, SECOND);
    assert_eq!(run(&study).0, Some(1));
    assert_eq!(begin(reason), Some(0));
    // Nothing is deleted.
    assert!(study.folder.join("gapmap-releases.1/000003.json").is_file() && study.folder.join("gapmap-releases.1.head").is_file());
    runs(&study);
    let findings: Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    assert_eq!(findings["frame"]["ledger-begun-anew"], serde_json::json!([reason]));
    assert!(study.text("out/report.public.html").contains(reason));
    assert!(study.gapmap(&["audit", "out"]).status.success());
    // The new chain is as well kept as the old one.
    let files = study.tree("");
    let rolled_back: [Way; 3] = [
        ("the newest record is deleted", |s| remove(s, SECOND)),
        ("the reason is taken out", |s| s.replace(FIRST, "The disk of the old server failed", "It was time for something new")),
        ("the old ledger is put back", |s| {
            remove(s, "gapmap-releases");
            std::fs::rename(s.folder.join("gapmap-releases.1"), s.folder.join("gapmap-releases")).unwrap();
            s.write(HEAD, &s.read("gapmap-releases.1.head"));
        }),
    ];
    for (name, lose) in rolled_back {
        let study = Study::of(&files);
        lose(&study);
        let (code, text) = run(&study);
        assert!(code == Some(1) && text.contains("S310"), "{name}: {text}");
    }
    // A second time, after everything but the pack was lost: the pack that is out may stay.
    ["gapmap-releases", HEAD].iter().for_each(|p| remove(&study, p));
    assert_eq!(run(&study).0, Some(1));
    assert_eq!(begin("It was lost once more"), Some(0));
    runs(&study);
    // Whatever the fault, it is a way out; and with nothing to leave behind there is none.
    for (name, lose) in WAYS {
        let study = released();
        lose(&study);
        assert_eq!(study.gapmap(&["releases", "begin-anew", "study.toml", "--because", reason]).status.code(), Some(0), "{name}");
        assert!(study.gapmap(&["releases", "verify", "study.toml"]).status.success(), "{name}");
    }
    let new = Study::small();
    assert_eq!(new.gapmap(&["releases", "begin-anew", "study.toml", "--because", reason]).status.code(), Some(2));
}

#[test]
fn a_reason_of_the_last_ledger_but_one_is_kept() {
    let study = Study::small();
    runs(&study);
    for because in ["The first was lost", "The second was lost"] {
        assert!(study.gapmap(&["releases", "begin-anew", "study.toml", "--because", because]).status.success());
    }
    runs(&study);
    let findings: Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    assert_eq!(findings["frame"]["ledger-begun-anew"], serde_json::json!(["The first was lost", "The second was lost"]));
}
