//! From the name of a partnership to a plan, as text and as a workbook.

use rust_xlsxwriter::Workbook;

use crate::study_files::Study;

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

fn empty() -> Study {
    let study = Study::of(&Default::default());
    std::fs::create_dir_all(&study.folder).unwrap();
    study
}

#[test]
fn a_name_gives_a_plan_whose_check_says_what_is_missing_and_where_to_get_it() {
    let study = empty();
    let made = study.gapmap(&["init", "--area", "London Borough of Bexley"]);
    assert!(made.status.success() && told(&made).contains("Dartford, Sevenoaks, Bromley, Greenwich"), "{}", told(&made));
    let plan = study.text("bexley/study.toml");
    for part in ["E09000004", "london-borough", "Greater London Authority", "2024-03", "`kent`"] {
        assert!(plan.contains(part), "{part} is not in the plan");
    }
    let settings = plan.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#') && !l.starts_with('[')).count();
    assert!(settings <= 24, "{settings} settings");
    let check = study.gapmap(&["check", "bexley/study.toml", "--json"]);
    let problems: serde_json::Value = serde_json::from_slice(&check.stderr).unwrap();
    let list: Vec<_> = problems.as_array().or_else(|| problems["problems"].as_array()).unwrap().iter().collect();
    let codes: Vec<_> = list.iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!((check.status.code(), codes), (Some(1), vec!["R101"; 3]), "{}", told(&check));
    for (problem, publisher) in list.iter().zip(["geoportal.statistics.gov.uk", "nomisweb.co.uk", "data.police.uk"]) {
        assert!(problem.to_string().contains(publisher), "{problem}");
    }
    // A folder that is there is left alone where it holds anything, and filled where it does not.
    assert_eq!(study.gapmap(&["init", "--area", "Bexley"]).status.code(), Some(2));
    assert_eq!(study.text("bexley/study.toml"), plan);
    std::fs::create_dir_all(study.folder.join("leer")).unwrap();
    assert!(study.gapmap(&["init", "leer", "--area", "e09000004"]).status.success());
    assert_eq!((study.text("leer/study.toml"), study.tree(".").len()), (plan, 4));
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    let study = empty();
    for (asked, meant) in [
        ("Bexly", "Bexley (E09000004)"),
        ("Hull", "Kingston upon Hull, City of (E06000010)"),
        ("E09000104", "E09000004"),
        ("Craven", "North Yorkshire (E06000065)"),
        ("E07000163", "North Yorkshire (E06000065)"),
        ("Cardiff", "Wales"),
        ("Atlantis", "no authority"),
    ] {
        let output = study.gapmap(&["init", "--area", asked]);
        assert!(output.status.code() == Some(2) && told(&output).contains(meant), "{asked}: {}", told(&output));
    }
    assert!(study.tree(".").is_empty());
    assert_eq!(study.gapmap(&["init"]).status.code(), Some(2));
}

/// A workbook of sheets, each with its rows.
fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, text).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    lines.iter().map(|l| l.split('|').map(str::to_owned).collect()).collect()
}

const STUDY: [&str; 9] = [
    "What the study is about",
    "title|an example",
    "setting|value|note",
    "title|Quillmere in cells",
    "area-name|Quillmere",
    "authority-kind|unitary",
    "authorities|E06990001",
    "period|2025-01 to 2025-12",
    "invented|yes",
];
const SOURCES: [&str; 8] = [
    "One row for each source",
    "events-csv|local extract|extract.csv|restricted",
    "kind|name|path|sensitivity|sheet|heading-row|attribution",
    "boundaries||boundaries/lsoa2021.geojson|open|||Boundaries: invented",
    "population||population/sex.csv; population/age.csv|open|||Population: invented",
    "police-uk-street|police|police|open",
    "services-csv|services|this workbook|open|services|3",
    "services-side-table|side|this workbook|open|side table|3",
];
const PLAN: &str = r#"[study]
title = "Quillmere in cells"
area-name = "Quillmere"
authority-kind = "unitary"
authorities = ["E06990001"]
period = { first = "2025-01", last = "2025-12" }
invented = true
[[source]]
kind = "boundaries"
path = "boundaries/lsoa2021.geojson"
sensitivity = "open"
attribution = "Boundaries: invented"
[[source]]
kind = "population"
path = ["population/sex.csv", "population/age.csv"]
sensitivity = "open"
attribution = "Population: invented"
[[source]]
kind = "police-uk-street"
name = "police"
path = "police"
sensitivity = "open"
[[source]]
kind = "services-csv"
name = "services"
path = "services/commissioned.csv"
sensitivity = "open"
"#;

#[test]
fn a_plan_in_a_workbook_gives_the_pack_of_the_plan_in_text() {
    let study = Study::small();
    let services: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(study.read("services/commissioned.csv").as_slice())
        .records()
        .map(|r| r.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let above = rows(&["One row for each service", "S-01|An example"]);
    let sheets = [
        ("study", rows(&STUDY)),
        ("sources", rows(&SOURCES)),
        ("services", above.into_iter().chain(services).collect()),
        ("side table", rows(&["What a directory does not tell", "OR-01|an example", "service_id|types"])),
    ];
    study.write("plan.xlsx", &workbook(&sheets));
    study.write("plan.toml", PLAN.as_bytes());
    for (plan, out) in [("plan.xlsx", "cells"), ("plan.toml", "text")] {
        let run = study.gapmap(&["run", plan, "--no-png", "--out", out, "--draft", "--only", "services"]);
        assert!(run.status.success(), "{plan}: {}", told(&run));
    }
    let findings = |out: &str| {
        let mut findings: serde_json::Value = serde_json::from_slice(&study.read(&format!("{out}/findings.draft.public.json"))).unwrap();
        // Which file a source is in is all that may differ.
        findings["sources"].as_array_mut().unwrap().iter_mut().for_each(|s| drop(s.as_object_mut().unwrap().remove("files")));
        findings
    };
    let (cells, text) = (findings("cells"), findings("text"));
    assert!(cells["findings"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(cells, text);
}

#[test]
fn what_is_wrong_in_a_workbook_is_told_with_sheet_and_cell() {
    let study = Study::small();
    let wrong = |study_rows: &[&str], source_rows: &[&str]| {
        study.write("plan.xlsx", &workbook(&[("study", rows(study_rows)), ("sources", rows(source_rows))]));
        let check = study.gapmap(&["check", "plan.xlsx"]);
        assert_eq!(check.status.code(), Some(1));
        told(&check)
    };
    let with = |rows: &[&'static str], at: usize, row: &'static str| -> Vec<&'static str> {
        rows.iter().enumerate().map(|(i, r)| if i == at { row } else { *r }).map(|r| -> &'static str { r }).collect()
    };
    for (study_rows, source_rows, code, place) in [
        (with(&STUDY, 5, "authority-kind|parish"), SOURCES.to_vec(), "P102", "plan.xlsx, sheet study, cell B6"),
        (with(&STUDY, 4, "area-nam|Quillmere"), SOURCES.to_vec(), "P102", "plan.xlsx, sheet study, cell B5"),
        (with(&STUDY, 6, ""), SOURCES.to_vec(), "P102", "plan.xlsx, sheet study"),
        (STUDY.to_vec(), with(&SOURCES, 3, "boundries||boundaries|open"), "P103", "plan.xlsx, sheet sources, cell A4"),
        (STUDY.to_vec(), with(&SOURCES, 5, "police-uk-street|police|police|opne"), "P102", "plan.xlsx, sheet sources, cell D6"),
        (STUDY.to_vec(), with(&SOURCES, 3, "boundaries||nowhere|open"), "R101", "nowhere"),
    ] {
        let text = wrong(&study_rows, &source_rows);
        assert!(text.contains(code) && text.contains(place), "{code} at {place}: {text}");
    }
    study.write("plan.xlsx", b"PK\x03\x04 and no workbook");
    let broken = told(&study.gapmap(&["check", "plan.xlsx"]));
    assert!(broken.contains("P101"), "{broken}");
    study.write("plan.xlsx", &workbook(&[("Sheet1", rows(&["a|b"]))]));
    let other = told(&study.gapmap(&["check", "plan.xlsx"]));
    assert!(other.contains("P104") && other.contains("Sheet1"), "{other}");
}

#[test]
fn the_workbook_of_init_needs_nothing_but_its_files() {
    let study = empty();
    let made = study.gapmap(&["init", "mine", "--workbook", "--area", "Bexley"]);
    assert!(made.status.success(), "{}", told(&made));
    let text = told(&study.gapmap(&["check", "mine/study.xlsx"]));
    assert_eq!((text.matches("error[R101]").count(), text.matches("error[").count()), (3, 3), "{text}");
    // Without a name all that is asked of the analyst is told.
    assert!(study.gapmap(&["init", "bare", "--workbook"]).status.success());
    let bare = told(&study.gapmap(&["check", "bare/study.xlsx"]));
    assert!(bare.contains("sheet study") && bare.contains("title"), "{bare}");
}

/// The note that the program writes above the table of services is not taken for one of the analyst's; what the analyst writes is heard.
#[test]
fn a_service_filled_into_the_workbook_of_init_is_read_and_a_note_above_it_is_heard() {
    let study = Study::small();
    assert!(study.gapmap(&["init", "mine", "--workbook"]).status.success());
    let made = gapmap::sources::workbook_sheets(study.read("mine/study.xlsx")).unwrap();
    let (_, mut services) = made.into_iter().find(|(name, _)| name == "services").unwrap();
    let filled = |heading: &String| match heading.as_str() {
        "service_id" => "K1",
        "name" => "Larkspur",
        "types" => "one_stop_shop",
        "delivery" => "site",
        "longitude" => "0.4183",
        "latitude" => "53.0432",
        "confidential" => "no",
        "status" => "active",
        _ => "",
    };
    let row = services[2].iter().map(filled).map(str::to_owned).collect();
    services.push(row);
    let run = |services: &[Vec<String>]| {
        let sheets = [("study", rows(&STUDY)), ("sources", rows(&SOURCES[..7])), ("services", services.to_vec())];
        study.write("plan.xlsx", &workbook(&sheets));
        let check = study.gapmap(&["check", "plan.xlsx"]);
        (check.status.code(), told(&check))
    };
    let (code, text) = run(&services);
    assert!(code == Some(0) && services[0][0].contains("refuge"), "{text}");
    for (row, note) in [(1, "CONFIDENTIAL"), (0, "Refuges of the borough")] {
        let mut noted = services.clone();
        noted[row] = vec![note.to_owned()];
        let (code, text) = run(&noted);
        assert!(code == Some(1) && text.contains("S301") && text.contains("sheet “services”"), "{note}: {text}");
    }
}

#[test]
fn every_command_of_the_guide_is_one() {
    use clap::Parser;
    let guide = std::fs::read_to_string(crate::study_files::root().join("docs/guide.md")).unwrap();
    let mut commands = 0;
    for line in guide.lines().filter_map(|l| l.strip_prefix("    gapmap ")) {
        let words = std::iter::once("gapmap").chain(line.split_whitespace().map(|w| w.trim_matches('"')));
        gapmap::cli::Command::try_parse_from(words).unwrap_or_else(|e| panic!("{line}: {e}"));
        commands += 1;
    }
    assert!((6..=10).contains(&commands), "{commands} commands");
}
