//! Where one more service would help most, and what a change would do, on the invented borough.

use std::collections::BTreeSet;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Reach, SiteAction, SiteStep, Siting, WhatIf};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::{AreaCode, Cell};
use serde_json::Value;

use crate::study_files::Study;

/// The findings of a study with lines added to its plan, and the problems told.
fn findings(study: &Study, added: &str, only: Option<&str>) -> (Option<Findings>, String) {
    let text = study.text("study.toml") + "\n" + added;
    let mut problems = Problems::default();
    let plan = Plan::parse(&text, "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, only, &mut problems));
    (found.map(|f| f.0), gapmap::diagnostics::render_text(&problems))
}

fn the(study: &Study, added: &str, only: &str) -> Findings {
    let (found, told) = findings(study, added, Some(only));
    found.unwrap_or_else(|| panic!("{told}"))
}

fn siting<'f>(findings: &'f Findings, id: &str) -> &'f Siting {
    match &findings
        .find(id)
        .unwrap_or_else(|| panic!("{id} is none of {:?}", findings.findings.iter().map(|f| &f.id).collect::<Vec<_>>()))
        .body
    {
        Body::Siting(body) => body,
        other => panic!("{other:?}"),
    }
}

fn what_if<'f>(findings: &'f Findings, id: &str) -> &'f WhatIf {
    match &findings.find(id).unwrap_or_else(|| panic!("no {id}")).body {
        Body::WhatIf(body) => body,
        other => panic!("{other:?}"),
    }
}

fn known(cell: Cell<u64>) -> u64 {
    cell.known().unwrap()
}

#[test]
fn the_best_new_site_lies_in_the_planted_desert_and_what_closes_shows_who_loses() {
    let study = Study::of(&borough(&Settings::default()));
    let truth: Value = serde_json::from_slice(&study.read("truth.json")).unwrap();
    let desert: BTreeSet<&str> = truth["service_desert"]["areas"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let found = the(&study, "", "site");
    let whole = the(&study, "", "coverage");
    let body = siting(&found, "site/one-stop-shop");
    assert_eq!(known(body.beyond), truth["service_desert"]["residents"].as_u64().unwrap());
    assert!(body.proved && body.all_counted && body.tied as usize == body.choices.len());
    for choice in &body.choices {
        let place = &choice.places[0];
        assert!(desert.contains(place.code.unwrap().as_str()), "{place:?}");
        assert_eq!(choice.gained, body.most);
        // Whom it brings within reach live in the areas that are named, all of the desert.
        let areas = choice.areas.as_ref().unwrap();
        assert!(!areas.is_empty() && areas.iter().all(|a| desert.contains(a.as_str())), "{areas:?}");
        let Body::AreaClasses(reach) = &whole.find("coverage/one-stop-shop").unwrap().body else { panic!("another shape") };
        let of = |code: &AreaCode| reach.rows.iter().find(|r| r.code == *code).unwrap().residents.known().unwrap();
        assert_eq!(areas.iter().map(of).sum::<f64>().round() as u64, known(choice.gained));
    }
    // It brings a good part of the desert within reach, and the choice is told how often it stands.
    let gained = known(body.choices[0].gained);
    assert!(gained * 2 > known(body.beyond), "{gained}");
    let stands = body.stands.unwrap();
    println!("site: {} gains {gained} of {}, stands in {stands}", body.choices[0].places[0].name, known(body.beyond));
    assert!((0.0..=1.0).contains(&stands) && body.draws == 200);

    // Closing one, by the table of steps and by a scenario: the same people.
    let close = body.steps.iter().filter(|s| s.action == SiteAction::Close).max_by_key(|s| s.lost.known()).unwrap();
    let site = found.sites.iter().find(|s| Some(&s.name) == close.service.as_ref()).unwrap();
    let found = the(&study, &format!("[[scenario]]\nname = \"Closed\"\nclose = [\"{}\"]\n", site.service), "what-if");
    let closed = what_if(&found, "what-if/closed/one-stop-shop");
    assert_eq!((closed.lost, closed.gained), (close.lost, Cell::Known(0)));
    assert!(known(closed.lost) > 0 && !closed.rows.is_empty());
    let lost: f64 = closed.rows.iter().filter(|r| r.before == Reach::Site).map(|r| r.residents.known().unwrap()).sum();
    assert_eq!(lost.round() as u64, known(closed.lost));
    assert!(closed.rows.iter().all(|r| r.before == Reach::Site && r.after == Reach::OutOfReach));
    assert_eq!(closed.inside_the_noise(), Some(false));

    // Opening one where it would help most gains just those, and outlives the noise.
    let best = body.choices[0].places[0].code.unwrap();
    let scenario = format!("[[scenario]]\nname = \"Opened\"\nopen = [{{ type = \"one_stop_shop\", area = \"{best}\" }}]\n");
    let found = the(&study, &scenario, "what-if");
    let opened = what_if(&found, "what-if/opened/one-stop-shop");
    assert_eq!((known(opened.gained), known(opened.lost)), (gained, 0));
    assert!(opened.net_range.unwrap().0 > 0.0);
}

#[test]
fn whom_a_closing_leaves_is_what_coverage_would_say_were_it_closed() {
    let study = Study::of(&borough(&Settings::default()));
    let found = the(&study, "", "site");
    let bodies: Vec<(&str, &Siting)> =
        found.findings.iter().filter_map(|f| if let Body::Siting(b) = &f.body { Some((f.id.as_str(), b)) } else { None }).collect();
    let id_of = |name: &str| found.sites.iter().find(|s| s.name == name).map(|s| s.service.clone());
    let closings: Vec<(&str, &SiteStep)> = bodies
        .iter()
        .flat_map(|(id, b)| b.steps.iter().filter(|s| s.action == SiteAction::Close).map(move |s| (*id, s)))
        .filter(|(_, s)| s.service.as_deref().is_some_and(|n| id_of(n).is_some()))
        .collect();
    let plan: String = closings
        .iter()
        .enumerate()
        .map(|(k, (_, s))| {
            format!("[[scenario]]\nname = \"Closed {k}\"\nclose = [\"{}\"]\n", id_of(s.service.as_deref().unwrap()).unwrap())
        })
        .collect();
    let scenarios = the(&study, &plan, "what-if");
    let reached = |r: Reach| matches!(r, Reach::Site | Reach::WithoutSite);
    let (mut still, mut beyond) = (0, 0);
    for (k, (id, step)) in closings.iter().enumerate() {
        let kind = id.strip_prefix("site/").unwrap();
        let closed = what_if(&scenarios, &format!("what-if/closed-{k}/{kind}"));
        let people = |from: &dyn Fn(Reach) -> bool, to: Reach| -> u64 {
            let rows = closed.rows.iter().filter(|r| from(r.before) && r.after == to);
            rows.map(|r| r.residents.known().unwrap()).sum::<f64>().round() as u64
        };
        let told = step.closing.unwrap();
        assert_eq!(known(told.beyond), people(&reached, Reach::OutOfReach), "{id}: {:?}", step.service);
        assert_eq!(known(told.not_known), people(&reached, Reach::NotKnown), "{id}: {:?}", step.service);
        assert_eq!(known(told.still), people(&|r| r == Reach::Site, Reach::WithoutSite), "{id}: {:?}", step.service);
        assert!(known(told.still) <= known(step.lost));
        (still, beyond) = (still + known(told.still), beyond + known(told.beyond) + known(told.not_known));
    }
    // Of some, another service comes to those who lose their site; of some, those lose it too to whom it came.
    assert!(closings.len() > 2 && still > 0 && beyond > 0, "{} closings, {still} still reached, {beyond} not", closings.len());
}

#[test]
fn more_sites_reach_more_and_other_objectives_shorten_the_way() {
    let study = Study::of(&borough(&Settings { seed: 3, areas: 60, months: 12, planted: true, ..Settings::default() }));
    let plan = |settings: &str| format!("[[analysis]]\nkind = \"site\"\ntypes = [\"one_stop_shop\"]\ndraws = 50\n{settings}\n");
    let one = the(&study, &plan(""), "site");
    let two = the(&study, &plan("new-sites = 2\nminimum-distance-m = 1500.0"), "site");
    let (one, two) = (siting(&one, "site/one-stop-shop"), siting(&two, "site/one-stop-shop/2-sites"));
    assert!(known(two.choices[0].gained) >= known(one.choices[0].gained) && two.choices[0].places.len() == 2 && two.proved);
    for (objective, id) in [("distance", "site/one-stop-shop/distance"), ("farthest", "site/one-stop-shop/farthest")] {
        let found = the(&study, &plan(&format!("objective = \"{objective}\"")), "site");
        let (before, after) = siting(&found, id).way_m.unwrap();
        assert!(after <= before && before > 0.0 && siting(&found, id).proved, "{objective}: {before} {after}");
    }
    // A budget pays for one.
    let found = the(&study, &plan("new-sites = 3\nopen-cost = 90000.0\nbudget = 100000.0"), "site");
    assert_eq!(siting(&found, "site/one-stop-shop").new_sites, 1);
}

#[test]
fn a_scenario_changes_no_byte_of_the_other_findings() {
    let study = Study::small();
    let without = findings(&study, "", None).0.unwrap();
    let nothing = "[[scenario]]\nname = \"Nothing\"\n";
    let same = "[[scenario]]\nname = \"The same\"\nclose = []\nmove = []\n";
    let (found, told) = findings(&study, &format!("{nothing}{same}"), None);
    assert_eq!(found.unwrap_or_else(|| panic!("{told}")).written(), without.written());
    // One that changes something adds its own findings, and takes nothing from the others.
    let mut with = findings(&study, "[[scenario]]\nname = \"Closed\"\nclose = [\"OR-01\", \"OR-02\"]\n", None).0.unwrap();
    assert!(with.findings.iter().any(|f| f.analysis == "what-if"));
    with.findings.retain(|f| f.analysis != "what-if");
    with.methods.retain(|m| m.analysis != "what-if");
    assert_eq!(with.written(), without.written());
}

#[test]
fn a_confidential_service_is_no_part_of_a_scenario_and_is_not_told_from_none() {
    let study = Study::small();
    let asked = |id: &str| findings(&study, &format!("[[scenario]]\nname = \"Closed\"\nclose = [\"{id}\"]\n"), Some("what-if"));
    let (found, secret) = asked("CS-12");
    let (none, unknown) = asked("CS-99");
    assert!(found.is_none() && none.is_none());
    assert_eq!(secret.replace("CS-12", "CS-99"), unknown);
    // Nor can a scenario say where one would be.
    let open = "[[scenario]]\nname = \"Opened\"\nopen = [{ type = \"refuge\", longitude = 0.42, latitude = 53.04 }]\n";
    let (found, told) = findings(&study, open, Some("what-if"));
    assert!(found.is_none() && told.contains("P102"), "{told}");
    // Its places and its closing change nothing of where others would help.
    let before = the(&study, "", "site").written();
    study.replace(
        "services/commissioned.csv",
        "CS-12,Dispersed Accommodation,Invented Provider,dispersed,,,,,E06990001,yes,active,5",
        "CS-12,Dispersed Accommodation,Invented Provider,dispersed,,,,,E06990001,yes,active,9",
    );
    let mut after = the(&study, "", "site");
    after.sources.clone_from(&serde_json::from_slice::<Findings>(&before).unwrap().sources);
    assert_eq!(after.written(), before);
}

#[test]
fn some_moves_are_inside_the_noise_and_are_called_that() {
    let study = Study::of(&borough(&Settings { seed: 1, areas: 150, months: 12, planted: true, ..Settings::default() }));
    let codes: Vec<String> = (1..=150).map(|n| format!("E01990{n:03}")).collect();
    let scenario = |code: &String| format!("[[scenario]]\nname = \"To {code}\"\nmove = [{{ service = \"OR-02\", area = \"{code}\" }}]\n");
    let found = the(&study, &codes.iter().map(scenario).collect::<String>(), "what-if");
    let bodies: Vec<&WhatIf> = found.findings.iter().map(|f| if let Body::WhatIf(b) = &f.body { b } else { panic!("{}", f.id) }).collect();
    assert_eq!(bodies.len(), 150);
    let noise = bodies.iter().filter(|b| b.inside_the_noise() == Some(true)).count();
    let better = bodies.iter().filter(|b| b.net_range.is_some_and(|r| r.0 > 0.0)).count();
    println!("moves: {noise} of 150 inside the noise, {better} clearly better");
    assert!(noise > 0 && better > 0 && noise < 150);
    for b in bodies {
        // What is told for the reach of the plan is one of the draws' like: its net lies about the range.
        let net = known(b.gained) as f64 - known(b.lost) as f64;
        let (low, high) = b.net_range.unwrap();
        assert!(low <= high && net.abs() <= 200_000.0);
        let before: u64 = b.before.iter().filter_map(|t| t.residents.known()).sum();
        let after: u64 = b.after.iter().filter_map(|t| t.residents.known()).sum();
        assert_eq!(before, after, "nobody is lost on the way");
    }
}

#[test]
fn the_command_tells_what_the_analysis_finds_and_writes_nothing() {
    let study = Study::small();
    let before = study.tree(".");
    let output = study.gapmap(&["site", "study.toml", "--type", "one_stop_shop"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let place = siting(&the(&study, "[[analysis]]\nkind = \"site\"\ntypes = [\"one_stop_shop\"]\n", "site"), "site/one-stop-shop").choices
        [0]
    .places[0]
        .name
        .clone();
    assert!(said.contains(&place), "{said}");
    let output = study.gapmap(&["site", "study.toml", "--close", "OR-01", "--open", "one_stop_shop@E01990001"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(study.gapmap(&["site", "study.toml", "--open", "one_stop_shop"]).status.code(), Some(2));
    assert_eq!(study.gapmap(&["site", "study.toml", "--close", "nobody"]).status.code(), Some(1));
    assert_eq!(study.tree("."), before);
}

#[test]
fn why_siting_has_no_answer_is_said_with_a_next_step_that_works() {
    let study = Study::small();
    let told = |settings: &str| {
        let (found, told) = findings(&study, &format!("[[analysis]]\nkind = \"site\"\n{settings}\n"), Some("site"));
        assert!(found.is_some_and(|f| f.findings.is_empty()) && told.contains("D221"), "{settings}: {told}");
        assert!(!told.contains("public site, or its catalogue is restricted"), "{settings}: {told}");
        told
    };
    for (settings, wanted) in [
        ("budget = 1000.0\nopen-cost = 90000.0", ["does not pay", "budget"]),
        ("minimum-distance-m = 90000.0", ["from every other site", "minimum-distance-m"]),
        ("types = [\"one_stop_shp\"]", ["no type of service", "explain service-types"]),
        ("types = [\"refuge\"]", ["secret", "types"]),
        ("new-sites = 0", ["no new site", "new-sites"]),
        ("candidates = [{ name = \"Sea\", longitude = 60.0, latitude = 0.0 }]", ["candidates", "degrees"]),
    ] {
        let told = told(settings);
        assert!(wanted.iter().all(|w| told.contains(w)), "{settings}: {told}");
    }
}

#[test]
fn the_command_starts_from_the_settings_of_the_plan() {
    let study = Study::small();
    let plan = study.text("study.toml");
    let asked = |settings: &str, arguments: &[&str]| {
        study.write("study.toml", format!("{plan}\n{settings}").as_bytes());
        let output = study.gapmap(&[&["site", "study.toml"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let plain = asked("", &["--type", "one_stop_shop"]);
    assert!(plain.contains("3 km") && !plain.contains("2 new sites"), "{plain}");
    let own =
        asked("[[analysis]]\nkind = \"site\"\ntypes = [\"one_stop_shop\"]\nnew-sites = 2\nreach-m = 1000\n[defaults]\ndraws = 50\n", &[]);
    assert!(own.contains("2 new sites") && own.contains("1 km") && own.contains("50 draws"), "{own}");
    let over = asked("[[analysis]]\nkind = \"site\"\ntypes = [\"one_stop_shop\"]\nnew-sites = 2\nreach-m = 1000\n", &["--new", "1"]);
    assert!(!over.contains("2 new sites") && over.contains("1 km"), "{over}");
}

#[test]
fn siting_says_by_which_measure_where_others_go_by_travel_times() {
    let study = Study::small();
    let with = the(&study, "", "site");
    let plan = study.text("study.toml");
    let (before, after) = plan.split_once("# Buses by the clock").unwrap();
    let rest = after.split_once("[[source]]").unwrap().1.split_once("[[source]]").unwrap().1;
    study.write("study.toml", format!("{before}[[source]]{rest}").as_bytes());
    let without = the(&study, "", "site");
    let caveats = |f: &Findings| f.find("site/one-stop-shop").unwrap().caveats.clone();
    let (with, without) = (caveats(&with), caveats(&without));
    let other: Vec<&String> = with.iter().filter(|c| !without.contains(c)).collect();
    assert!(matches!(other[..], [one] if one.contains("travel times")), "{other:?}");
    assert!(without.iter().all(|c| !c.contains("travel times")));
}
