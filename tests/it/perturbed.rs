//! From a public pack, nothing computed from a restricted file's bytes is present: where one restricted cell changes and no printed number does,
//! every byte of the pack is the same.

use std::collections::BTreeMap;

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::study_files::Study;

/// A study in which all that can be is restricted.
fn study() -> Study {
    let study = Study::small();
    let plan = study.text("study.toml").replace(
        "name = \"side table\"\npath = \"services/side-table.csv\"\nsensitivity = \"open\"",
        "name = \"side table\"\npath = \"services/side-table.csv\"\nsensitivity = \"restricted\"",
    );
    let plan = plan.replace(
        "name = \"police\"\npath = \"police\"\nsensitivity = \"open\"",
        "name = \"police\"\npath = \"police\"\nsensitivity = \"restricted\"",
    );
    study.write("study.toml", plan.as_bytes());
    study
}

fn run(study: &Study) -> BTreeMap<String, Vec<u8>> {
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    study.tree("out")
}

/// Every number and word that a reader is shown of the answers, and of what was read.
fn printed(out: &BTreeMap<String, Vec<u8>>) -> Value {
    let findings: Value = serde_json::from_slice(&out["out/findings.public.json"]).unwrap();
    serde_json::json!([findings["findings"], findings["ledger"], findings["restricted"]])
}

/// Changes one restricted cell of a row of a table: moves a report by a day or a few metres, gives it another reason, takes it out, adds one; or moves a number by one.
fn perturb(study: &Study, dice: &mut ChaCha8Rng) -> String {
    let mut below = |n: usize| dice.next_u64() as usize % n;
    let files = ["reports/street-safety.csv", "users/users.csv", "services/side-table.csv", "police"];
    let mut file = files[below(4)].to_owned();
    if file == "police" || file == "users/users.csv" {
        let folder = file.split('/').next().unwrap();
        let all: Vec<String> = study.tree(folder).into_keys().filter(|p| p.ends_with(".csv")).collect();
        file = all[below(all.len())].clone();
    }
    let text = study.text(&file);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = 1 + below(lines.len() - 1);
    let mut what = "a number by one";
    if file.starts_with("reports") || file.starts_with("police") {
        match below(3) {
            0 => {
                what = "a row less";
                lines.remove(at);
            }
            1 => {
                what = "a row more";
                let row = lines[at].clone();
                // Without an id of its own it is another event.
                lines.push(if file.starts_with("police") { format!(",{}", row.split_once(',').unwrap().1) } else { row });
            }
            _ => {
                what = "the row of another";
                let other = 1 + below(lines.len() - 1);
                lines.swap(at, other);
            }
        }
    } else {
        let mut fields: Vec<String> = lines[at].split(',').map(str::to_owned).collect();
        let numbers: Vec<usize> = (0..fields.len()).filter(|i| fields[*i].parse::<u64>().is_ok()).collect();
        if let Some(i) = numbers.get(below(numbers.len().max(1))) {
            fields[*i] = (fields[*i].parse::<u64>().unwrap() + 1).to_string();
            lines[at] = fields.join(",");
        }
    }
    study.write(&file, (lines.join("\n") + "\n").as_bytes());
    format!("{file}, line {}: {what}", at + 1)
}

#[test]
fn what_is_not_printed_is_in_no_byte() {
    let cases = std::env::var("GAPMAP_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(8);
    let mut dice = ChaCha8Rng::seed_from_u64(11);
    let first = run(&study());
    let (mut same, mut different) = (0, 0);
    for _ in 0..cases {
        let study = study();
        let what = perturb(&study, &mut dice);
        let out = run(&study);
        if printed(&out) != printed(&first) {
            different += 1;
            continue;
        }
        same += 1;
        let differs: Vec<&String> = out.iter().filter(|(path, bytes)| first.get(*path) != Some(bytes)).map(|f| f.0).collect();
        assert!(differs.is_empty() && out.len() == first.len(), "{what}: {differs:?}");
    }
    println!("{same} changes that no printed number shows, and no byte; {different} that one does");
    assert!(same > 0, "every change was printed: nothing was tested");
}
