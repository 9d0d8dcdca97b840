//! The commands as a person types them.

use std::process::{Command, Stdio};

use crate::study_files::Study;

fn out(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Who stands in an empty folder and fills it goes on from there: it must be the same folder, and not another of its name.
#[cfg(unix)]
#[test]
fn init_fills_the_folder_that_somebody_stands_in() {
    use std::os::unix::fs::MetadataExt;
    let study = Study::of(&Default::default());
    for arguments in [&["init", "here", "--area", "Bexley"][..], &["init", "there", "--example", "--areas", "30", "--months", "12"]] {
        let folder = study.folder.join(arguments[1]);
        std::fs::create_dir_all(&folder).unwrap();
        let before = std::fs::metadata(&folder).unwrap().ino();
        assert!(study.gapmap(arguments).status.success());
        assert_eq!(std::fs::metadata(&folder).unwrap().ino(), before);
        assert!(folder.join("study.toml").is_file());
    }
    let beside: Vec<_> = std::fs::read_dir(&study.folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}

#[test]
fn init_writes_a_plan_that_explains_itself_and_an_example_that_runs() {
    let study = Study::of(&Default::default());
    std::fs::create_dir_all(&study.folder).unwrap();
    assert!(study.gapmap(&["init", "mine"]).status.success());
    assert!(study.text("mine/study.toml").contains("authority-kind"));
    assert!(study.text("mine/services.csv").starts_with("service_id,name,provider,types"));
    assert_eq!(study.gapmap(&["init", "mine"]).status.code(), Some(2), "an occupied folder is left alone");

    assert!(study.gapmap(&["init", "example", "--example", "--seed", "5", "--areas", "40", "--months", "14"]).status.success());
    let run = study.gapmap(&["run", "example/study.toml", "--no-png"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(study.folder.join("example/out/report.public.html").is_file());
    let check = study.gapmap(&["check", "example/study.toml"]);
    assert!(check.status.success());
    assert!(out(&check).contains("40 areas, Nov 2024 to Dec 2025"), "{}", out(&check));
}

#[test]
fn explain_knows_analyses_sources_codes_and_figures() {
    let study = Study::small();
    for (topic, expected) in [
        ("burden", "Question"),
        ("police-uk-street", "Crime ID"),
        ("S301", "confidential"),
        ("analyses", "coverage"),
        ("sources", "fixmystreet"),
        ("codes", "R104"),
        ("gap-tests", "sustainability: About to end"),
    ] {
        let output = study.gapmap(&["explain", topic]);
        assert!(output.status.success() && out(&output).contains(expected), "explain {topic}: {}", out(&output));
    }
    for test in gapmap::analyses::GAP_TESTS {
        let card = out(&study.gapmap(&["explain", "gap", test.id]));
        for part in ["Question", "Gap", "No gap found", "Not known", "Formula", "Standard", "Reads", "Limits", "What would close it"] {
            assert!(card.contains(&format!("**{part}")), "the card of {} has no {part}", test.id);
        }
    }
    let slip = study.gapmap(&["explain", "burdne"]);
    assert_eq!(slip.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&slip.stderr).contains("Did you mean `burden`?"));

    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let figure = out(&study.gapmap(&["explain", "burden/police/violence-and-sexual-offences/areas", "E01990003"]));
    for part in
        ["Released: Every source is already published", "SHA-256", "street rows read", "Code: E01990003", "Rate per 1,000 residents:"]
    {
        assert!(figure.contains(part), "{part} is missing from {figure}");
    }
}

#[test]
fn a_figure_is_found_from_the_folder_of_a_run_and_read_as_far_as_wanted() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png", "--only", "gaps", "--out", "elsewhere"]).status.success());
    let absent = study.gapmap(&["explain", "gap"]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("--findings <folder>"));
    let list = out(&study.gapmap(&["explain", "gap", "--findings", "elsewhere"]));
    let id_of = |verdict: &str| list.lines().find_map(|l| l.split_once(verdict).map(|(id, _)| id.to_owned())).unwrap();
    let explain = |id: &str| out(&study.gapmap(&["explain", "gap", id, "--findings", "elsewhere"]));
    let gap = explain(&id_of(": gap,"));
    assert!(gap.contains("What would close it: ") && gap.contains("It rests on:"), "{gap}");
    assert!(explain(&id_of(": not known,")).contains("What would settle it: "));
    let none = explain(&id_of(": no gap found,"));
    assert!(!none.contains("What would") && none.contains("It could also be: A record may be wrong"), "{none}");
    let file = out(&study.gapmap(&["explain", "gap", "--findings", "elsewhere/findings.public.json"]));
    assert_eq!(list, file, "the folder of a run stands for its findings");

    // Whoever reads may stop before the end: `gapmap explain codes | head -1`.
    let mut child = Command::new(env!("CARGO_BIN_EXE_gapmap"))
        .args(["explain", "codes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_use_exits_two_and_only_asks_one_analysis() {
    let study = Study::small();
    assert_eq!(study.gapmap(&[]).status.code(), Some(2));
    assert_eq!(study.gapmap(&["run"]).status.code(), Some(2));
    assert_eq!(study.gapmap(&["run", "study.toml", "--only", "nothing"]).status.code(), Some(2));
    assert_eq!(study.gapmap(&["run", "study.toml", "--as", "nothing", "--no-png"]).status.code(), Some(2));
    assert!(!study.folder.join("out").exists());
    assert!(study.gapmap(&["run", "study.toml", "--only", "trend", "--no-png"]).status.success());
    let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let list = findings["findings"].as_array().unwrap();
    assert!(!list.is_empty() && list.iter().all(|f| f["analysis"] == "trend"));
}

#[test]
fn a_folder_with_other_files_is_never_replaced() {
    let study = Study::small();
    study.write("out/diary.txt", b"mine");
    let output = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(study.text("out/diary.txt"), "mine");
    assert_eq!(study.tree("out").len(), 1, "nothing was written beside it");
}

#[test]
fn every_output_says_that_the_data_are_invented() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let files = study.tree("out");
    let mut looked_at = 0;
    for (path, bytes) in
        files.iter().filter(|(p, _)| p.ends_with(".svg") || p.ends_with(".csv") || p.ends_with(".html") || p.ends_with(".geojson"))
    {
        looked_at += 1;
        assert!(String::from_utf8_lossy(bytes).to_lowercase().contains("invented data"), "{path} does not say so");
    }
    assert!(looked_at > 30);
}

#[test]
fn names_from_data_are_only_names() {
    let study = Study::small();
    study.replace("services/commissioned.csv", "CS-01,ISVA Service", "CS-01,<script>alert(1)</script>");
    study.replace("services/commissioned.csv", "CS-02,Sexual Assault Referral Centre", "CS-02,=HYPERLINK(1)");
    let reports = study.text("reports/street-safety.csv").replace("Vandalism", "=1+1").replace("Lack of CCTV", "<img src=x>");
    study.write("reports/street-safety.csv", reports.as_bytes());
    let output = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (path, bytes) in study.tree("out").iter().filter(|(p, _)| p.ends_with(".html") || p.ends_with(".svg")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("<script>alert") && !text.contains("<img"), "{path}");
    }
    for (path, bytes) in study.tree("out").iter().filter(|(p, _)| p.ends_with(".csv")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.split(['\n', ',']).any(|f| f.starts_with('=')), "{path} holds a formula");
    }
}

#[test]
fn a_report_of_ones_own_is_a_template_in_a_folder() {
    let study = Study::small();
    study.write(
        "mine/report.html",
        b"<p>{{ frame.title }}</p>{% for s in sections %}<h2>{{ s.question }}</h2>{% endfor %}{{ table('coverage/summary') }}",
    );
    let run = study.gapmap(&["run", "study.toml", "--as", "mine", "--no-png"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let html = study.text("out/report.public.html");
    let findings: serde_json::Value = serde_json::from_str(&study.text("out/findings.public.json")).unwrap();
    let title = findings["frame"]["title"].as_str().unwrap();
    assert!(html.starts_with(&format!("<p>{title}</p>")), "{html}");
    let methods = findings["methods"].as_array().unwrap();
    assert!(methods.iter().all(|m| html.contains(&format!("<h2>{}</h2>", m["question"].as_str().unwrap()))), "{html}");
    assert_eq!(html.matches("<caption>").count(), 1, "the one table that was asked for");
    study.write("mine/report.html", b"<p>{{ frame.title }</p>");
    let faulty = study.gapmap(&["report", "out/findings.public.json", "--as", "mine", "--no-png"]);
    assert_eq!(faulty.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&faulty.stderr).contains("the report template `mine`, line 1"),
        "{}",
        String::from_utf8_lossy(&faulty.stderr)
    );
    assert_eq!(study.text("out/report.public.html"), html, "the former report is untouched");
}

#[test]
fn a_new_quarter_keeps_the_last_pack_and_goes_on_from_it() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png", "--only", "burden"]).status.success());
    let pack = study.tree("out");
    let output = study.gapmap(&["new-quarter", "study.toml"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let kept = study.tree("packs");
    assert_eq!(kept.len(), pack.len());
    let names: std::collections::BTreeSet<&str> = kept.keys().map(|p| p.split('/').nth(1).unwrap()).collect();
    assert_eq!(Vec::from_iter(names), ["2025-q4"]);
    assert!(study.text("study.toml").contains("previous = \"packs/2025-q4/findings.public.json\""));
    assert!(study.gapmap(&["run", "study.toml", "--no-png", "--only", "burden"]).status.success());
    let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    assert!(!findings["since"].is_null(), "the pack tells what changed since");
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let study = Study::of(&Default::default());
    std::fs::create_dir_all(&study.folder).unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let text = out(&study.gapmap(&["manual", "--completions", shell]));
        assert!(["new-quarter", "audit", "begin-anew", "varying"].iter().all(|c| text.contains(c)), "{shell}: {text}");
    }
    assert!(study.gapmap(&["manual", "--pages", "man"]).status.success());
    let pages = study.tree("man");
    assert!(pages.contains_key("man/gapmap.1") && pages.contains_key("man/gapmap-run.1") && pages.len() > 10, "{:?}", pages.keys());
    assert!(String::from_utf8_lossy(&pages["man/gapmap-init.1"]).contains("area"));
}
