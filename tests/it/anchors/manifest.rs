//! What a pack lists, what leaves the study, and what the audit finds of both.

use gapmap::model::Findings;
use gapmap::outputs::{Files, with_manifest};
use serde_json::Value;

use super::{ANCHOR, FIRST, RELEASED, SECOND, THIRD, digest, edit, forge_head, released, remove, runs};
use crate::study_files::Study;

/// What partners read more of is finer: nothing that is computed from it stands in a public pack.
#[test]
fn what_a_public_pack_says_of_the_ledger_depends_on_no_pack_for_fewer() {
    let partners: Value = serde_json::from_slice(&RELEASED[SECOND]).unwrap();
    assert_eq!(partners["policy"]["tier"], "partnership");
    // The same chain with another count in the partners' record, and all links made anew: the anchor in the public pack fits it, too.
    let changed = released();
    changed.replace(SECOND, "\"printed\":0", "\"printed\":15");
    let previous = digest(&changed.read(SECOND));
    changed.replace(THIRD, &digest(&RELEASED[SECOND]), &previous);
    forge_head(&changed, &[FIRST, SECOND, THIRD]);
    assert!(changed.gapmap(&["releases", "verify", "study.toml"]).status.success(), "the public pack knows of the partners' counts");
}

#[test]
fn no_digest_of_a_restricted_file_nor_of_the_plan_leaves_the_study() {
    let study = Study::small();
    study.check();
    let plan = study.read("study.toml");
    let sizes = |path: &str| study.tree(path);
    let secret: Vec<(String, Vec<u8>)> =
        ["reports", "users", "services"].iter().flat_map(|p| sizes(p)).chain([("study.toml".to_owned(), plan)]).collect();
    assert!(secret.len() > 3);
    let findings: Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    for source in findings["sources"].as_array().unwrap() {
        let kind = source["kind"].as_str().unwrap();
        // A table of indicators is a return as well: of it no digest is told, open or not.
        let kept = kind.starts_with("services-") || ["users-by-group", "journeys-by-authority", "indicator-table"].contains(&kind);
        let told = source["sensitivity"] == "open" && !kept;
        for file in source["files"].as_array().unwrap() {
            assert_eq!(file["sha256"].is_string(), told, "{source}");
            assert_eq!(file["bytes"].is_u64(), told, "{source}");
        }
    }
    for (out, bytes) in study.tree("out") {
        let text = String::from_utf8_lossy(&bytes);
        for (path, bytes) in &secret {
            assert!(!text.contains(&digest(bytes)[..12]), "the digest of {path} stands in {out}");
        }
    }
    // A change of the plan that changes no number changes no byte.
    let before = study.tree("out");
    study.write("study.toml", &[study.read("study.toml"), b"\n# A note to myself\n".to_vec()].concat());
    study.check();
    assert!(study.tree("out") == before);
}

/// Makes the manifest of the pack in `out` anew.
fn list_again(study: &Study) {
    let files: Files = study.tree("out").into_iter().map(|(path, bytes)| (path["out/".len()..].to_owned(), bytes)).collect();
    let findings: Findings = serde_json::from_slice(&files["findings.public.json"]).unwrap();
    for (path, bytes) in with_manifest(&findings, files) {
        study.write(&format!("out/{path}"), &bytes);
    }
}

fn first(study: &Study, start: &str) -> String {
    study.tree("out").into_keys().find(|p| p.starts_with(start)).unwrap()
}

#[test]
fn the_audit_knows_every_file_of_a_pack() {
    let study = Study::small();
    runs(&study);
    let pack = study.tree("");
    let audit = |study: &Study| {
        let output = study.gapmap(&["audit", "out"]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(audit(&study), (Some(0), String::new()));
    let table = first(&study, "out/tables/places");
    type Change<'a> = (&'a str, &'a str, &'a dyn Fn(&Study));
    let changes: &[Change] = &[
        ("a file beside the manifest", "S325", &|s| s.write("out/note.public.txt", b"See you on Monday.\n")),
        ("a file beside the manifest, in a folder", "S325", &|s| s.write("out/tables/more.public.csv", b"a,b\n")),
        ("a missing file", "S325", &|s| remove(s, &table)),
        ("a changed byte", "S325", &|s| s.replace(&table, ",", ";")),
        ("no manifest", "S325", &|s| remove(s, "out/manifest.public.json")),
        ("a second manifest", "S325", &|s| s.write("out/manifest.draft.public.json", &s.read("out/manifest.public.json"))),
        ("a manifest of another pack", "S325", &|s| s.replace("out/manifest.public.json", "\"title\": \"", "\"title\": \"Another ")),
        ("a manifest with a member that nobody knows", "S325", &|s| s.replace("out/manifest.public.json", "{", "{\n  \"raw\": 3,")),
        ("a word more about the ledger", "S325", &|s| {
            s.replace("out/release.public.json", "{", "{\n  \"raw\": 3,");
            list_again(s);
        }),
        ("findings of a draft beside a table that was changed", "S320", &|s| {
            let mut findings: Findings = serde_json::from_slice(&s.read("out/findings.public.json")).unwrap();
            findings.frame.draft = true;
            s.write("out/findings.draft.public.json", &serde_json::to_vec_pretty(&findings).unwrap());
            s.replace(&table, ",", ";");
            let files: Files = s.tree("out").into_iter().map(|(path, bytes)| (path["out/".len()..].to_owned(), bytes)).collect();
            let listed = with_manifest(&findings, files);
            s.write("out/manifest.draft.public.json", &listed["manifest.draft.public.json"]);
        }),
        ("a table that was changed, and listed again", "S324", &|s| {
            s.replace(&table, ",", ";");
            list_again(s);
        }),
        ("a table that was changed, listed again, from another version", "S324", &|s| {
            s.replace("out/findings.public.json", &format!("\"engine\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"engine\": \"0.0.9\"");
            s.replace(&table, ",", ";");
            list_again(s);
        }),
        ("a pack that names no ledger", "S326", &|s| {
            remove(s, ANCHOR);
            list_again(s);
        }),
        ("a pack that names another ledger", "S326", &|s| {
            edit(s, ANCHOR, |v| v["digest"] = "0".repeat(64).into());
            s.write(ANCHOR, &[s.read(ANCHOR), b"\n".to_vec()].concat());
            list_again(s);
        }),
    ];
    for (name, code, change) in changes {
        let study = Study::of(&pack);
        change(&study);
        let (exit, text) = audit(&study);
        assert!(exit == Some(1) && text.contains(code), "{name}: exit {exit:?}: {text}");
    }
}

/// Counts that were changed in the findings, with everything drawn again from them and listed: only the ledger tells.
#[test]
fn restricted_counts_that_the_ledger_does_not_keep_are_found() {
    let study = Study::small();
    runs(&study);
    let mut findings: Findings = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    findings.findings[0].caveats.push("Read it with care.".into());
    study.write("out/findings.public.json", &serde_json::to_vec_pretty(&findings).unwrap());
    assert!(study.gapmap(&["report", "out", "--no-png"]).status.success());
    let audit = |arguments: &[&str]| {
        let output = study.gapmap(&[&["audit"], arguments].concat());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = audit(&["out"]);
    assert!(code == Some(1) && text.contains("S326"), "{text}");
    // Where no ledger is to be found it says so, and with one that is named it is looked up there.
    std::fs::create_dir(study.folder.join("far")).unwrap();
    std::fs::rename(study.folder.join("out"), study.folder.join("far/out")).unwrap();
    let (code, text) = audit(&["far/out"]);
    assert!(code == Some(0) && text.contains("S326"), "{text}");
    let (code, text) = audit(&["far/out", "--releases", "gapmap-releases"]);
    assert!(code == Some(1) && text.contains("S326"), "{text}");
    assert_eq!(audit(&["far/out", "--releases", "nowhere"]).0, Some(1));
}

#[test]
fn a_pack_of_another_version_passes_where_it_draws_the_same() {
    let study = Study::small();
    runs(&study);
    study.replace("out/findings.public.json", &format!("\"engine\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"engine\": \"0.0.9\"");
    assert!(study.gapmap(&["report", "out", "--no-png"]).status.success());
    std::fs::rename(study.folder.join("gapmap-releases"), study.folder.join("set-aside")).unwrap();
    let output = study.gapmap(&["audit", "out"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && !text.contains("S324"), "{text}");
}
