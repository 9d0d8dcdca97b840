//! The evening hole of invented boroughs: found and sized where it is planted, absent where buses run all day and night, not known without a timetable.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Gap, Verdict};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;
use serde_json::Value;

use crate::study_files::Study;

type Files = BTreeMap<String, Vec<u8>>;

pub fn small(seed: u64, planted: bool) -> Files {
    borough(&Settings { seed, areas: 90, months: 12, planted, ..Settings::default() })
}

/// The findings of one analysis, and problems.
pub fn run(files: &Files, only: &str) -> (Findings, Problems) {
    let study = Study::of(files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some(only), &mut problems);
    (findings.unwrap_or_else(|| panic!("{:?}", problems.list())).0, problems)
}

pub fn register(findings: &Findings) -> Vec<&Gap> {
    let Body::Gaps(gaps) = &findings.find("gaps/register").unwrap().body else { panic!("the register") };
    gaps.rows.iter().filter(|g| g.dimension == "last-bus").collect()
}

#[test]
fn the_evening_hole_is_found_and_sized_in_ten_boroughs() {
    let mut holes = 0;
    for seed in 1..=10 {
        let files = small(seed, true);
        let truth: Value = serde_json::from_slice(&files["truth.json"]).unwrap();
        let planted: BTreeSet<&str> = truth["evening_hole"]["areas"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        let (findings, _) = run(&files, "gaps");
        let rows = register(&findings);
        let group = rows.iter().find(|g| g.id == "last-bus/group-programme").unwrap();
        let found: BTreeSet<&str> = group.areas.iter().map(|c| c.as_str()).collect();
        let differ: Vec<_> = found.symmetric_difference(&planted).collect();
        println!("seed {seed}: {} areas planted, {} found, apart {differ:?}", planted.len(), found.len());
        assert!(planted.len() > 10 && planted.len() < 85, "seed {seed}: {}", planted.len());
        assert_eq!(group.verdict, Verdict::Gap);
        assert!(differ.is_empty(), "seed {seed}: {differ:?}");
        // The register rounds people to five, for restricted sources stand beside them.
        let residents = truth["evening_hole"]["residents"].as_u64().unwrap();
        assert_eq!(group.people, Cell::Known((residents + 2) / 5 * 5), "seed {seed}: {residents}");
        holes += planted.len();
        // What is open by day has no hole: every area lies on a line.
        let day = rows.iter().find(|g| g.id == "last-bus/one-stop-shop").unwrap();
        assert_eq!(day.verdict, Verdict::NoGap, "seed {seed}: {:?}", day.areas);
    }
    assert!(holes > 200);
}

#[test]
fn the_hole_is_explained_with_its_formula_numbers_and_records() {
    let study = Study::of(&small(1, true));
    let (findings, _) = run(&small(1, true), "gaps");
    let group = register(&findings).into_iter().find(|g| g.id == "last-bus/group-programme").unwrap().clone();
    study.write("told/findings.json", &serde_json::to_vec(&findings).unwrap());
    let out = study.gapmap(&["explain", "gap", "last-bus/group-programme", "--findings", "told/findings.json"]);
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    let people = gapmap::units::thousands(group.people.known().unwrap());
    assert!(told.contains("hours open without a way") && told.contains(&people), "{told}");
    assert!(group.evidence.len() > 1 && group.evidence.iter().all(|e| told.contains(&e.place)), "{told}");
}

#[test]
fn with_buses_all_day_and_night_there_is_no_hole() {
    for seed in 1..=10 {
        let (findings, _) = run(&small(seed, false), "gaps");
        // A third of the stops has steps: that is a gap of its own, and not one of the hours.
        let rows = register(&findings).into_iter().filter(|g| !g.id.starts_with("last-bus/step-free-"));
        let gaps: Vec<&str> = rows.filter(|g| g.verdict == Verdict::Gap).map(|g| g.id.as_str()).collect();
        assert_eq!(gaps, Vec::<&str>::new(), "seed {seed}");
    }
}

#[test]
fn without_a_timetable_all_is_not_known() {
    let mut files = small(1, true);
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let (before, after) = plan.split_once("# Buses by the clock").unwrap();
    let rest = after.split_once("[[source]]").unwrap().1.split_once("[[source]]").unwrap().1;
    files.insert("study.toml".into(), format!("{before}[[source]]{rest}").into_bytes());
    let (findings, _) = run(&files, "gaps");
    let rows = register(&findings);
    assert!(!rows.is_empty() && rows.iter().all(|g| g.verdict == Verdict::NotKnown), "{rows:?}");
    // The question has no answer, and that is said.
    let (findings, _) = run(&files, "last-bus");
    assert!(findings.findings.is_empty());
}

#[test]
fn trips_that_are_not_in_the_timetable_are_told_beside_every_finding_that_goes_by_it() {
    let mut files = small(1, true);
    let calls = String::from_utf8(files["timetable/stop_times.txt"].clone()).unwrap();
    let trips = String::from_utf8(files["timetable/trips.txt"].clone()).unwrap();
    let column = trips.lines().next().unwrap().split(',').position(|h| h == "trip_id").unwrap();
    let gone: BTreeSet<&str> = trips.lines().skip(1).step_by(20).filter_map(|l| l.split(',').nth(column)).collect();
    let of = calls.lines().next().unwrap().split(',').position(|h| h == "trip_id").unwrap();
    let left: String =
        calls.lines().filter(|l| !gone.contains(l.split(',').nth(of).unwrap_or_default())).map(|l| format!("{l}\n")).collect();
    let share = format!(" {:.0}%", 100.0 * gone.len() as f64 / (trips.lines().count() - 1) as f64);
    let whole: Vec<String> = run(&files, "last-bus").0.findings[0].caveats.clone();
    files.insert("timetable/stop_times.txt".into(), left.into_bytes());
    for only in ["last-bus", "gaps", "coverage", "travel"] {
        let mut files = files.clone();
        let plan = String::from_utf8(files["study.toml"].clone()).unwrap() + "\n[study.reach]\nby = \"public-transport\"\n";
        files.insert("study.toml".into(), plan.into_bytes());
        let (findings, problems) = run(&files, only);
        assert!(problems.list().iter().any(|p| p.code == "R130"));
        let told = |c: &String| c.contains("timetable lacks") && c.contains(&share);
        let by_bus = findings.findings.iter().filter(|f| only != "travel" || f.id == "travel/public-transport");
        let by_bus: Vec<_> =
            by_bus.filter(|f| !f.id.starts_with("gaps/") || ["gaps/register", "gaps/people"].contains(&f.id.as_str())).collect();
        assert!(!by_bus.is_empty() && by_bus.iter().all(|f| f.caveats.iter().any(told)), "{only}: {:?}", by_bus[0].caveats);
    }
    assert!(!whole.iter().any(|c| c.contains("lacks")), "{whole:?}");
}

#[test]
fn a_timetable_of_another_year_stops_the_run_and_tells_its_dates() {
    let study = Study::of(&small(1, true));
    study.replace("study.toml", "path = \"timetable\"", "path = \"timetable\"\nweek = \"2016-06-08\"");
    let (code, text) = study.check();
    assert_eq!(code, Some(1));
    assert!(text.contains("D223") && text.contains("1 January 2017") && text.contains("31 December 2026"), "{text}");
}

#[test]
fn each_hour_adds_up_and_the_last_bus_is_told() {
    let files = small(2, true);
    let (findings, _) = run(&files, "last-bus");
    let women = |moment: &str| {
        let Body::Shares(shares) = &findings.find(&format!("last-bus/{moment}/women")).unwrap().body else { panic!("shares") };
        shares.rows.iter().map(|r| (r.label.clone(), r.cells.clone(), r.whole())).collect::<Vec<_>>()
    };
    // The same women stand in every row of every part of the week.
    let all: BTreeSet<Option<u64>> =
        ["weekday-day", "weekday-evening", "saturday", "sunday"].iter().flat_map(|m| women(m)).map(|(_, _, whole)| whole.known()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    let Body::Table(week) = &findings.find("last-bus/week/group-programme").unwrap().body else { panic!("a table") };
    // The group meets on Tuesdays from 18:30 to 20:30; with an hour's visit one can arrive up to 19:30.
    for (day, row) in week.rows.iter().enumerate() {
        for (hour, cell) in row.cells.iter().enumerate() {
            let open = day == 1 && [18, 19].contains(&hour);
            assert_eq!(cell.known().is_some_and(|n| n > 0), open, "{} {hour}:00 {cell:?}", row.label);
        }
    }
    // Households without a car are told beside them.
    assert!(findings.find("last-bus/weekday-evening/no-car").is_some());
}

#[test]
fn moving_or_naming_a_refuge_changes_no_byte_of_what_is_told_of_buses() {
    let files = small(3, true);
    let mut without = files.clone();
    // OR-17 of the small borough or its like is the refuge: without its record all the same is told.
    let feed: Value = serde_json::from_slice(&files["services/open-referral.json"]).unwrap();
    let mut fewer = feed.clone();
    let contents = fewer["contents"].as_array_mut().unwrap();
    let before = contents.len();
    let is_refuge = |s: &Value| s["attributes"][0]["taxonomy_term"]["id"] == "refuge";
    let id = contents.iter().find(|s| is_refuge(s)).unwrap()["id"].as_str().unwrap().to_owned();
    contents.retain(|s| !is_refuge(s));
    assert_eq!(contents.len(), before - 1);
    without.insert("services/open-referral.json".into(), fewer.to_string().into_bytes());
    let side: String = String::from_utf8_lossy(&files["services/side-table.csv"])
        .lines()
        .filter(|l| !l.starts_with(&id))
        .map(|l| format!("{l}\n"))
        .collect();
    without.insert("services/side-table.csv".into(), side.into_bytes());
    let told = |files: &Files| {
        let (findings, _) = run(files, "last-bus");
        findings.findings.iter().map(|f| serde_json::to_string(&f.body).unwrap()).collect::<Vec<_>>()
    };
    let (with, without) = (told(&files), told(&without));
    assert!(with.len() > 8);
    assert_eq!(with, without);
}
