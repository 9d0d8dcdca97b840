//! `gapmap-releases/`: grows, is never changed, and what was printed once is printed again.

use std::io::Write;

use crate::study_files::Study;

#[test]
fn the_same_pack_is_recorded_once_and_printed_the_same() {
    let study = Study::small();
    assert_eq!(study.check().0, Some(0));
    let (first, out) = (study.tree("gapmap-releases"), study.tree("out"));
    assert_eq!(first.keys().collect::<Vec<_>>(), ["gapmap-releases/000001.json"]);
    assert_eq!(study.check().0, Some(0));
    assert_eq!(study.tree("gapmap-releases"), first);
    assert!(study.tree("out") == out, "the second pack differs from the first");
}

#[test]
fn no_record_holds_a_count_that_was_withheld() {
    let study = Study::small();
    study.check();
    let record: serde_json::Value = serde_json::from_str(&study.text("gapmap-releases/000001.json")).unwrap();
    let cells = record["cells"].as_array().unwrap();
    let printed: Vec<u64> = cells.iter().filter_map(|c| c["printed"].as_u64()).collect();
    assert!(printed.len() > 10 && printed.len() < cells.len(), "{} of {} are printed", printed.len(), cells.len());
    assert!(printed.iter().all(|n| n % 5 == 0 && (*n == 0 || *n > 7)), "{printed:?}");
}

#[test]
fn a_draft_says_so_and_is_not_recorded() {
    let study = Study::small();
    let output = study.gapmap(&["run", "study.toml", "--draft", "--no-png"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!study.folder.join("gapmap-releases").exists() && !study.folder.join("out").exists());
    let draft = study.tree("draft");
    assert!(draft.len() > 30 && draft.keys().all(|path| path.contains(".draft.public.")), "{:?}", draft.keys());
    assert!(study.text("draft/report.draft.public.html").contains("Draft, not for release"));
    let maps: Vec<_> = draft.iter().filter(|(path, _)| path.ends_with(".svg")).collect();
    assert!(!maps.is_empty() && maps.iter().all(|(_, svg)| String::from_utf8_lossy(svg).contains("DRAFT")));
    // Nothing is wrong in it but that it is one.
    let audited = study.gapmap(&["audit", "draft", "--json"]);
    let told = String::from_utf8_lossy(&audited.stderr).into_owned();
    assert!(audited.status.code() == Some(1) && told.contains("S326") && !told.contains("S321"), "{told}");
    // A second draft replaces the first, and a release knows of neither.
    assert!(study.gapmap(&["run", "study.toml", "--draft", "--no-png"]).status.success());
    assert_eq!(study.check().0, Some(0));
    assert!(study.folder.join("gapmap-releases/000001.json").is_file());
}

#[test]
fn a_small_revision_is_not_told_and_a_large_one_is() {
    let study = Study::small();
    study.check();
    let total = |study: &Study| -> u64 {
        let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
        let all = findings["findings"].as_array().unwrap();
        let areas = all.iter().find(|f| f["id"] == "places/safety-reports/areas").unwrap();
        areas["body"]["total"]["known"].as_u64().unwrap()
    };
    let before = total(&study);
    let text = study.text("reports/street-safety.csv");
    let row = text.lines().last().unwrap().to_owned();
    let more = |n: usize| (0..n).map(|i| format!("X{i},{}\r\n", row.split_once(',').unwrap().1)).collect::<String>();
    study.write("reports/street-safety.csv", (text.clone() + &more(5)).as_bytes());
    assert_eq!(study.check().0, Some(0));
    assert_eq!(total(&study), before, "five more reports show");
    study.write("reports/street-safety.csv", (text + &more(100)).as_bytes());
    assert_eq!(study.check().0, Some(0));
    assert!(total(&study) >= before + 95, "a hundred more reports do not show");
}

#[test]
fn a_record_that_was_changed_or_is_missing_stops_the_run() {
    let study = Study::small();
    study.check();
    study.replace("study.toml", "rule = \"1-to-7-rounded-to-5\"", "rule = \"fewer-than-10\"");
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    assert!(study.folder.join("gapmap-releases/000002.json").is_file());
    let whole = study.text("gapmap-releases/000001.json");
    study.replace("gapmap-releases/000001.json", "\"printed\":0", "\"printed\":5");
    assert!(study.check().1.contains("S310"));
    study.write("gapmap-releases/000001.json", whole.as_bytes());
    assert_eq!(study.check().0, Some(0));
    std::fs::remove_file(study.folder.join("gapmap-releases/000001.json")).unwrap();
    let (code, text) = study.check();
    assert!(code == Some(1) && text.contains("S310"), "{text}");
}

#[test]
fn the_tier_stands_in_every_file_name_and_on_the_page() {
    let study = Study::small();
    study.replace("study.toml", "tier = \"public\"", "tier = \"partnership\"");
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    let out = study.tree("out");
    assert!(out.len() > 30 && out.keys().all(|path| path.contains(".partnership.")), "{:?}", out.keys());
    assert!(study.text("out/report.partnership.html").contains("Do not publish"));
    let audit = study.gapmap(&["audit", "out"]);
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
    // The same in a zip, in a folder of its own; and with a leak in it.
    let zipped = |leak: Option<&str>| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (path, bytes) in &out {
            zip.start_file(path.replacen("out/", "pack/", 1), zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        if let Some(leak) = leak {
            zip.start_file("pack/note.partnership.txt", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(leak.as_bytes()).unwrap();
        }
        study.write("pack.zip", &zip.finish().unwrap().into_inner());
        study.gapmap(&["audit", "pack.zip"])
    };
    assert!(zipped(None).status.success());
    let leaking = zipped(Some("The house is at AB1 2XY."));
    let text = String::from_utf8_lossy(&leaking.stderr).into_owned();
    assert!(leaking.status.code() == Some(1) && text.contains("S323") && !text.contains("AB1"), "{text}");
}

#[test]
fn rare_harms_are_never_told_below_the_authority_nor_for_a_short_time() {
    let study = Study::small();
    let rows: String = (0..400).map(|i| format!("2025-{:02},E01990{:03},Forced marriage\n", i % 12 + 1, i % 30 + 1)).collect();
    study.write("cases.csv", format!("Month,LSOA,Kind\n{rows}").as_bytes());
    let plan = study.text("study.toml");
    let source = "\n[[source]]\nkind = \"events-csv\"\nname = \"cases\"\npath = \"cases.csv\"\nsensitivity = \"restricted\"\ntopic = \"incidents\"\n\
        columns = { date = \"Month\", area = \"LSOA\", category = \"Kind\" }\n";
    study.write("study.toml", (plan + source).as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let own: Vec<&serde_json::Value> = findings["findings"].as_array().unwrap().iter().filter(|f| f["sources"][0] == "cases").collect();
    assert!(own.len() >= 2, "the cases are in no finding");
    for finding in own {
        let text = finding["body"].to_string();
        assert!(!text.contains("\"count\":{\"known\""), "{}: a count is told", finding["id"]);
    }
}

#[test]
fn a_return_of_users_is_told_once_for_each_span_of_months() {
    let study = Study::small();
    let run = |study: &Study, first: &str, last: &str| -> (bool, bool) {
        let plan = study.text("study.toml");
        let covers = plan.lines().find(|l| l.starts_with("covers = ")).unwrap().to_owned();
        study.replace("study.toml", &covers, &format!("covers = {{ first = \"{first}\", last = \"{last}\" }}"));
        let (code, text) = study.check();
        assert_eq!(code, Some(0), "{text}");
        (study.text("out/findings.public.json").contains("\"parity/service-users/idva\""), text.contains("S315"))
    };
    let (told, left_out) = ((true, false), (false, true));
    assert_eq!(run(&study, "2025-01", "2025-06"), told);
    assert_eq!(run(&study, "2025-01", "2025-06"), told, "the same again");
    assert_eq!(study.tree("gapmap-releases").len(), 1, "the same again is no new release");
    assert_eq!(run(&study, "2025-01", "2025-09"), left_out, "a year to date");
    assert_eq!(run(&study, "2025-07", "2025-09"), told, "the months after");
    // The year to date told nothing new of the return; its findings are recorded all the same.
    assert!(!study.text("gapmap-releases/000002.json").contains("\"parity/service-users/idva\""));
    assert!(study.text("gapmap-releases/000003.json").contains("\"parity/service-users/idva\""));
    // Five people more: told, the difference would be theirs.
    let path = study.tree("users").keys().next().unwrap().clone();
    let text = study.text(&path);
    let row = text.lines().nth(1).unwrap();
    let mut fields: Vec<String> = row.split(',').map(str::to_owned).collect();
    let users = text.lines().next().unwrap().split(',').position(|h| h == "users").unwrap();
    fields[users] = (fields[users].parse::<u32>().unwrap() + 5).to_string();
    study.write(&path, text.replacen(row, &fields.join(","), 1).as_bytes());
    assert_eq!(run(&study, "2025-07", "2025-09"), left_out, "a revision");
    study.write(&path, text.as_bytes());
    assert_eq!(run(&study, "2025-07", "2025-09"), told, "as it was");
}

#[test]
fn a_public_and_a_partners_pack_each_quarter_do_not_stand_in_each_others_way() {
    let files = gapmap::synthetic::borough(&gapmap::synthetic::Settings::default());
    let study = Study::of(&files);
    let whole = study.text("study.toml");
    let upto_september = |plan: &str| {
        plan.replace("geography = \"lsoa\"", "geography = \"lsoa\"\nperiod = { first = \"2023-01\", last = \"2025-09\" }")
            .replace("{ first = \"2025-01\", last = \"2025-12\" }", "{ first = \"2025-01\", last = \"2025-09\" }")
    };
    let partners = |plan: &str| plan.replace("tier = \"public\"", "tier = \"partnership\"").replace("1-to-7-rounded-to-5", "fewer-than-5");
    let spring = upto_september(&whole);
    assert!(spring != whole && partners(&whole) != whole);
    let mut shown = vec![];
    for (plan, tier) in
        [(partners(&spring), "partnership"), (spring.clone(), "public"), (partners(&whole), "partnership"), (whole.clone(), "public")]
    {
        study.write("study.toml", plan.as_bytes());
        let (code, text) = study.check();
        assert_eq!(code, Some(0), "{text}");
        assert!(!text.contains("S312"), "{tier}: {text}");
        let findings: serde_json::Value = serde_json::from_str(&study.text(&format!("out/findings.{tier}.json"))).unwrap();
        let areas = findings["findings"].as_array().unwrap().iter().find(|f| f["id"] == "places/safety-reports/areas").unwrap();
        shown.push(areas["body"]["rows"].as_array().unwrap().iter().filter(|r| r["count"]["known"].is_number()).count());
    }
    assert!(shown.iter().all(|n| *n > 60), "of 150 neighbourhoods were shown: {shown:?}");
}

/// Under another name the same people would be told twice: the plan says what a source was called, and then it is bound by what was told of it.
#[test]
fn a_restricted_source_under_another_name_is_bound_by_what_was_told_of_it() {
    let study = Study::small();
    assert_eq!(study.check().0, Some(0));
    let whole = study.text("study.toml");
    let named = |name: &str, formerly: &str| {
        let plan = whole.replace("name = \"service users\"", &format!("name = \"{name}\"{formerly}"));
        assert!(plan != whole, "{plan}");
        // A year to date overlaps with the return that was told.
        let covers = plan.lines().find(|l| l.starts_with("covers = ")).unwrap().to_owned();
        plan.replace(&covers, "covers = { first = \"2025-01\", last = \"2025-09\" }")
    };
    let run = |plan: &str| {
        study.write("study.toml", plan.as_bytes());
        study.check()
    };
    for (formerly, why) in
        [("", "not said"), ("\nformerly = [\"servis users\"]", "a slip"), ("\nformerly = [\"police\"]", "a source that is still there")]
    {
        let (code, text) = run(&named("Returns", formerly));
        assert!(code == Some(1) && text.contains("S334"), "{why}: {text}");
    }
    assert_eq!(study.tree("gapmap-releases").len(), 1, "what stopped left no record");
    let told = || study.text("out/findings.public.json").contains("\"parity/returns/idva\"");
    let (code, text) = run(&named("Returns", "\nformerly = [\"service users\"]"));
    assert!(code == Some(0) && text.contains("S315") && !told(), "{text}");
    let (code, text) = run(&named("Returns", "\nformerly = []"));
    assert!(code == Some(0) && !text.contains("S315") && told(), "{text}");
}

/// A former name is claimed by whoever holds its people, and `A: north` is another source than `A`.
#[test]
fn every_source_that_claims_a_former_name_is_bound_and_a_name_that_begins_another_is_asked_about() {
    use gapmap::ledger::{EarlierArea, EarlierCell, NamedSource, under_names_of_today};
    let months = gapmap::units::Month::new(2025, 1).unwrap();
    let cell = |source: &str, id: &str| EarlierCell {
        source: source.into(),
        area: EarlierArea::Unlocated,
        point: None,
        first: months,
        last: months,
        categories: vec![id.into()],
        group: None,
        rule: None,
        tier: Default::default(),
        printed: Some(40),
    };
    let source = |name: &str, formerly: Option<&str>| NamedSource {
        name: name.into(),
        is_restricted: true,
        formerly: formerly.map(|f| vec![f.into()]),
    };
    let bound = |kept: &[&str], sources: &[NamedSource]| {
        let mut problems = gapmap::diagnostics::Problems::default();
        let cells = kept.iter().map(|name| cell(name, "outcomes/a")).collect();
        let told_in = kept.iter().map(|name| ((*name).to_owned(), (1, 1))).collect();
        let bound = under_names_of_today(cells, &told_in, sources, &["outcomes", "parity"], &mut problems);
        bound.map(|cells| cells.into_iter().map(|c| (c.source, c.categories[0].clone())).collect::<Vec<_>>())
    };
    let both = bound(&["A", "A: outcomes"], &[source("B", Some("A")), source("C", Some("A"))]).unwrap();
    let expected = [("B", "outcomes/b"), ("C", "outcomes/c"), ("B: outcomes", "outcomes/b"), ("C: outcomes", "outcomes/c")];
    assert_eq!(both, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    // The same name twice binds once.
    let once = NamedSource { formerly: Some(vec!["A".into(), "A".into()]), ..source("B", None) };
    assert_eq!(bound(&["A"], &[once]).unwrap().len(), 1);
    // What an analysis tells of a source is that source's.
    assert_eq!(bound(&["A", "A: outcomes"], &[source("A", None)]).unwrap().len(), 2);
    assert!(bound(&["A: north"], &[source("A", None)]).is_none(), "`A: north` is gone and `A` is new: it is asked about");
    assert_eq!(bound(&["A: north"], &[source("A", Some("A: north"))]).unwrap()[0].0, "A");
    assert_eq!(bound(&["A: north"], &[source("A", None), source("A: north", None)]).unwrap()[0].0, "A: north");
}
