//! Whatever is open and whatever is restricted, a pack is made, and its own audit finds nothing to object to.

use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

/// Groups of sources by words of their part of the plan.
const GROUPS: [&[&str]; 5] = [
    &["\"police-uk-street\""],
    &["\"events-csv\""],
    &["\"services-open-referral\"", "\"services-csv\"", "\"services-side-table\""],
    &["\"population\"", "\"population-centres\"", "\"deprivation\""],
    &["\"users-by-group\""],
];

#[test]
fn every_mixture_of_open_and_restricted_sources_gives_a_pack() {
    let files = borough(&Settings { seed: 5, areas: 40, months: 36, planted: true, ..Settings::default() });
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let parts: Vec<&str> = plan.split("[[source]]").collect();
    let study = Study::of(&files);
    let mut told = 0;
    for mask in 0_u32..1 << GROUPS.len() {
        let tier = if mask.count_ones() % 2 == 0 { "public" } else { "partnership" };
        let set = |part: &&str| -> String {
            match GROUPS.iter().position(|words| words.iter().any(|w| part.contains(&format!("kind = {w}")))) {
                Some(group) if mask >> group & 1 == 1 => part.replace("sensitivity = \"open\"", "sensitivity = \"restricted\""),
                Some(_) => part.replace("sensitivity = \"restricted\"", "sensitivity = \"open\""),
                None => (*part).to_owned(),
            }
        };
        let mixed: Vec<String> = parts.iter().map(set).collect();
        // Three years together, so that much of what is restricted can be told, in numbers and in words.
        let plan =
            format!("{}\n[defaults]\nmonths = 36\n", mixed.join("[[source]]").replace("tier = \"public\"", &format!("tier = \"{tier}\"")));
        study.write("study.toml", plan.as_bytes());
        // Each is a study of its own: nothing is left of the ledger of the one before, nor of what names it.
        for folder in ["gapmap-releases", "out"] {
            let _ = std::fs::remove_dir_all(study.folder.join(folder));
        }
        let _ = std::fs::remove_file(study.folder.join("gapmap-releases.head"));
        let (code, text) = study.check();
        assert_eq!(code, Some(0), "mask {mask:05b}, {tier}: {text}");
        let findings: serde_json::Value = serde_json::from_slice(&study.read(&format!("out/findings.{tier}.json"))).unwrap();
        let beside = findings["findings"].as_array().unwrap().iter().filter(|f| f["analysis"] == "need-access");
        let known = |f: &&serde_json::Value| f["body"]["rows"].as_array().unwrap().iter().any(|r| r["need-third"].is_u64());
        told += usize::from(beside.filter(known).any(|f| !f["sentences"].as_array().unwrap().is_empty()));
    }
    assert!(told > 8, "need beside access was told in {told} packs");
}
