//! Services that run, are planned, rest or have ended are told apart by date, by everything that looks at them.

use gapmap::diagnostics::Problems;
use gapmap::model::{Arg, Body, Findings, Reach, ServiceState, Verdict};
use gapmap::msg;
use gapmap::plan::Plan;

use crate::study_files::{Study, said};

const DATES: &str = "2024-04-01,2028-03-31,2025-11-03,24/7";

fn findings(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
}

/// The borough whose only referral centre has other dates or another status.
fn centre(status: &str, dates: &str) -> Findings {
    let study = Study::small();
    let path = "services/commissioned.csv";
    let row = |line: &str| match line.strip_prefix("CS-02,") {
        Some(_) => line.replace(",active,", &format!(",{status},")).replace(DATES, dates),
        None => line.to_owned(),
    };
    let text: Vec<String> = study.text(path).lines().map(row).collect();
    study.write(path, text.join("\n").as_bytes());
    findings(&study)
}

#[test]
fn what_is_planned_rests_or_has_ended_is_not_there_and_is_named_as_such() {
    let planned = DATES.replace("2024-04-01", "2026-02-01");
    let ended = DATES.replace("2028-03-31", "2025-12-30");
    let last_day = DATES.replace("2028-03-31", "2025-12-31");
    for (status, dates, state) in [
        ("active", DATES, ServiceState::Running),
        ("active", last_day.as_str(), ServiceState::Running),
        ("active", planned.as_str(), ServiceState::Planned),
        ("active", ended.as_str(), ServiceState::Ended),
        ("defunct", DATES, ServiceState::Ended),
        ("temporarily closed", DATES, ServiceState::Paused),
        ("inactive", DATES, ServiceState::Paused),
    ] {
        let runs = state == ServiceState::Running;
        let told = centre(status, dates);
        let site = told.sites.iter().find(|s| s.service == "CS-02").unwrap();
        assert_eq!(site.state, state, "{status}, {dates}");

        let Body::AreaClasses(reach) = &told.find("coverage/sarc").unwrap().body else { panic!("reach is a class") };
        assert_eq!(reach.rows.iter().any(|r| r.class == Reach::Site), runs, "{status}, {dates}");
        assert!(runs || reach.rows.iter().all(|r| r.class == Reach::NotKnown), "none listed is not known to be none");

        let Body::Gaps(register) = &told.find("gaps/register").unwrap().body else { panic!("a register") };
        let existence = register.rows.iter().find(|g| g.id == "existence/sarc").unwrap();
        assert_eq!(existence.verdict, if runs { Verdict::NoGap } else { Verdict::NotKnown });
        assert_eq!(existence.close.to_string() == said(msg!("gaps-existence-planned")), state == ServiceState::Planned);

        let services = told.find("services/map").unwrap();
        let (day, names) = ("2025-12-31", vec!["Sexual Assault Referral Centre"]);
        let words = match state {
            ServiceState::Running => None,
            ServiceState::Planned => Some(msg!("services-planned", services = 1_usize, day = day, names = names)),
            ServiceState::Paused => Some(msg!("services-paused", services = 1_usize, day = day, names = names)),
            ServiceState::Ended => Some(msg!("services-ended", services = 1_usize, day = day, names = names)),
        };
        assert!(words.is_none_or(|words| services.sentences.contains(&said(words))), "{:?}", services.sentences);
        let Body::Services(list) = &services.body else { panic!("a list") };
        let open = list.sites.iter().filter(|s| s.service.state == ServiceState::Running).count();
        assert!(services.headline.contains(&open.to_string()), "{}", services.headline);
        assert_eq!(list.sites.iter().find(|s| s.service.name.contains("Referral")).unwrap().service.state, state);
        // Nobody drives to a door that is shut.
        let Body::Shares(ways) = &told.findings.iter().find(|f| f.analysis == "travel").unwrap().body else { panic!("bands") };
        assert_eq!(ways.rows.iter().any(|r| r.label.contains("SARC")), runs, "{status}, {dates}");
        let Body::Shares(people) = &told.find("gaps/people").unwrap().body else { panic!("parts") };
        let row = people.rows.iter().find(|r| r.label.contains("SARC")).unwrap();
        assert_eq!(row.cells[3].known().is_some_and(|n| n > 0), !runs, "closed or not begun: {row:?}");
    }
}

#[test]
fn a_map_of_reach_marks_only_doors_that_are_open() {
    let study = Study::small();
    let plan = study.text("study.toml");
    // So near that some areas are out of reach with and without it: where all are alike there is no map.
    study.write("study.toml", format!("{plan}\n[defaults]\nreach-m = 700\n").as_bytes());
    let marked = |study: &Study| {
        assert!(study.gapmap(&["run", "study.toml", "--no-png", "--draft", "--only", "coverage"]).status.success());
        let map = study.text("draft/maps/coverage_one-stop-shop-reach-map.draft.public.svg");
        let layer = study.text("draft/layers/service-sites.draft.public.geojson");
        (map.matches("stroke-width=\"3\"").count(), layer.matches("\"ended\"").count(), layer.matches("\"Point\"").count())
    };
    let (before, none, sites) = marked(&study);
    assert_eq!(none, 0);
    study.replace("services/side-table.csv", "2027-03-31", "2025-06-30");
    // One mark of the key stays.
    assert_eq!(marked(&study), (before - 1, 1, sites), "the drop-in that has ended stays in the layer, as ended");
    assert!(before >= 3);
}

/// The borough with three refuges of 6 places each, the last of them with other dates, status or served area.
fn refuges(status: &str, serves: &str, dates: &str) -> Findings {
    let study = Study::small();
    let path = "services/commissioned.csv";
    let row = |id: u32, status: &str, serves: &str, dates: &str| {
        format!("R-{id},Refuge {id},Invented Provider,refuge,,,,,{serves},yes,{status},6,places,,,,,,{dates},2025-11-03,,,,,,,,")
    };
    let always = "2024-04-01,2027-03-31";
    let rows = [row(1, "active", "E06990001", always), row(2, "active", "", always), row(3, status, serves, dates)];
    study.write(path, format!("{}\n{}\n", study.text(path).trim_end(), rows.join("\n")).as_bytes());
    // The refuge of the example would be a fourth.
    study.replace(
        "services/side-table.csv",
        "OR-17,refuge,,yes,8,family places,,,women and their children,2027-03-31",
        "OR-17,refuge,,yes,8,family places,,,women and their children,2025-03-31",
    );
    findings(&study)
}

#[test]
fn a_refuge_counts_where_it_runs_and_for_whom_it_runs() {
    let always = "2024-04-01,2027-03-31";
    for (status, serves, dates, counts) in [
        ("active", "E06990001", always, true),
        ("active", "E12000007", always, true),
        ("active", "E06990001", "2026-04-01,2027-03-31", false),
        ("active", "E06990001", "2024-04-01,2025-12-30", false),
        ("defunct", "E06990001", always, false),
        ("active", "E06000055", always, false),
    ] {
        let told = refuges(status, serves, dates);
        let sentences = &told.find("coverage/summary").unwrap().sentences;
        let (label, services) = ("Refuge", 3_usize);
        let capacity = Arg::Number(18.0, 0);
        let three = said(msg!("coverage-confidential", label = label, capacity = capacity, unit = "places", services = services));
        let few = said(msg!("coverage-confidential-few", label = label, services = services));
        // Three are told together; two are not told at all.
        assert_eq!(sentences.contains(&three), counts, "{status}, {serves}, {dates}: {sentences:?}");
        assert_eq!(sentences.contains(&few), !counts, "{sentences:?}");
    }
}

#[test]
fn a_service_for_neighbours_only_is_none_here() {
    let study = Study::small();
    let verdict = |study: &Study| {
        let told = findings(study);
        let Body::Gaps(register) = &told.find("gaps/register").unwrap().body else { panic!("a register") };
        let of = |id: &str| register.rows.iter().find(|g| g.id == id).map(|g| g.verdict);
        (of("existence/stalking-advocate"), of("waiting/N-1").is_some())
    };
    let path = "services/commissioned.csv";
    let before = study.text(path);
    let row = |serves: &str| {
        format!(
            "N-1,Neighbours' Adviser,Invented Provider,stalking_advocate,,phone,,,{serves},no,active,2,FTE,,,,,,,,2025-11-03,Mo-Fr 09:00-17:00,,,,,,,"
        )
    };
    let others = study.text("services/side-table.csv").replace("stalking_advocate", "legal_advice");
    study.write("services/side-table.csv", others.as_bytes());
    study.write(path, format!("{}\n{}\n", before.trim_end(), row("E06990001")).as_bytes());
    assert_eq!(verdict(&study), (Some(Verdict::NoGap), true));
    study.write(path, format!("{}\n{}\n", before.trim_end(), row("E06000055")).as_bytes());
    assert_eq!(verdict(&study), (Some(Verdict::NotKnown), false));
    let sentences = findings(&study).find("services/map").unwrap().sentences.clone();
    assert!(sentences.contains(&said(msg!("services-elsewhere", services = 1_usize))), "{sentences:?}");
}
