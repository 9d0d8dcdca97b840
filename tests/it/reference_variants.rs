//! The runner of reference results on files that nobody has seen: shortened, renamed, with fields missing and numbers gone.
//!
//! Such a file may disagree, because its answer is then another. What it may not do is end the run, or meet a fault inside the library.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::reference::{compare, files_in, method_of};
use crate::study_files::{Study, root};

/// Changes every list, or every object, from the inside out.
fn changed(value: &Value, depth: usize, change: &dyn Fn(&mut Value, usize)) -> Value {
    let mut value = match value {
        Value::Array(list) => list.iter().map(|v| changed(v, depth + 1, change)).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), changed(v, depth + 1, change))).collect()),
        other => other.clone(),
    };
    change(&mut value, depth);
    value
}

/// Without every other field of `expected`, at a depth.
fn without(file: &Value, at: usize, odd: usize) -> Value {
    let mut file = file.clone();
    file["expected"] = changed(&file["expected"], 0, &|value, depth| {
        if let (Value::Object(map), true) = (value, depth == at) {
            let mut i = 0;
            map.retain(|_, _| {
                i += 1;
                i % 2 == odd
            });
        }
    });
    file
}

fn variants(file: &Value) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("first fields", without(file, 0, 1)),
        ("other fields", without(file, 0, 0)),
        ("first inner fields", without(file, 1, 1)),
        ("other inner fields", without(file, 1, 0)),
    ];
    for field in ["parameters", "input", "expected", "notes", "source"] {
        let mut bare = file.clone();
        bare.as_object_mut().unwrap().remove(field);
        all.push((field, bare));
    }
    // Half of every list, so that results are of other sizes than inputs are told to be.
    let halves = |value: &mut Value, _: usize| {
        if let Value::Array(list) = value {
            list.truncate(list.len().div_ceil(2).max(3));
        }
    };
    let mut shorter = file.clone();
    shorter["expected"] = changed(&file["expected"], 0, &halves);
    all.push(("shorter results", shorter));
    // Series under other names, in inputs and results alike.
    let names: Vec<&String> =
        file["input"].as_object().into_iter().flat_map(|m| m.keys()).filter(|k| file["expected"].get(*k).is_some()).collect();
    if !names.is_empty() {
        let renamed = changed(file, 0, &|value, _| {
            if let Value::Object(map) = value {
                let old = std::mem::take(map);
                map.extend(old.into_iter().map(|(k, v)| if names.contains(&&k) { (format!("fresh_{k}"), v) } else { (k, v) }));
            }
        });
        all.push(("renamed", renamed));
    }
    let mut gone = file.clone();
    gone["expected"] = changed(&file["expected"], 0, &|value, depth| {
        if depth > 2 && value.is_number() {
            *value = Value::Null;
        }
    });
    all.push(("numbers gone", gone));
    all
}

/// Methods that simulate, or try every month, for seconds: two variants tell as much as all.
const SLOW: [&str; 10] = [
    "rank_confidence_sets",
    "scan_overdispersed",
    "scan_satscan_spacetime",
    "scan_satscan_published",
    "scan_satscan_spatial",
    "scan_spatial",
    "spatial_autocorrelation",
    "published_phe_sii",
    "near_repeat",
    "segmented_count_trend",
];

#[test]
fn any_file_of_a_known_method_runs_or_says_what_it_does_not_compare() {
    let mut folder = BTreeMap::new();
    for (name, file) in [root().join("tests/reference"), root().join("../shared/reference")].iter().filter_map(|f| files_in(f)).flatten() {
        let slow = SLOW.contains(&method_of(&name, &file).as_str());
        for (what, mut variant) in
            variants(&file).into_iter().filter(|(what, _)| !slow || ["first fields", "shorter results"].contains(what))
        {
            variant["method"] = method_of(&name, &file).into();
            folder.insert(format!("{name} {what}.json"), serde_json::to_vec(&variant).unwrap());
        }
    }
    let study = Study::of(&folder);
    let (mut compared, mut lacking, mut faults) = (0, 0, Vec::new());
    for (name, file) in files_in(&study.folder).unwrap() {
        let Some(found) = compare(&file, &method_of(&name, &file)) else { continue };
        let told = found.compared() + found.left.len() + found.lacking.len();
        if told == 0 && !name.ends_with(" expected") {
            faults.push(format!("{name}: nothing is compared, and nothing is said"));
        }
        // What ends a part inside the library, or any other crate, names its place.
        faults.extend(found.failed.iter().filter(|f| f.contains(".rs:") && !f.contains("(tests/it/")).map(|f| format!("{name}: {f}")));
        compared += found.compared();
        lacking += found.lacking.len();
    }
    println!("variants of reference files: {} files, {compared} cases compared, {lacking} parts without material", folder.len());
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(compared > 1_000 && lacking > 100, "{compared} {lacking}");
}
