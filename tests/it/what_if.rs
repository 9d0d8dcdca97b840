//! A scenario beside the change itself: what a closing does to gaps, access and groups is what the catalogue without the service says.

use std::collections::BTreeMap;

use gapmap::diagnostics::Problems;
use gapmap::model::{AreaAccess, Body, Findings, GapRegister, Verdict, WhatIf};
use gapmap::plan::Plan;
use gapmap::units::Cell;
use serde_json::Value;

use crate::study_files::Study;

const CLOSED: &str = "[[scenario]]\nname = \"Closed\"\nclose = [\"OR-02\"]\n";

fn findings(study: &Study, added: &str) -> Findings {
    let mut problems = Problems::default();
    // So near that a closing is felt.
    let asked =
        "[study.reach]\nreach-m = 1500\n[[analysis]]\nkind = \"gaps\"\n[[analysis]]\nkind = \"access\"\n[[analysis]]\nkind = \"what-if\"\n";
    let plan = Plan::parse(&format!("{}\n{asked}{added}", study.text("study.toml")), "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
    found.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0
}

fn what_if<'f>(findings: &'f Findings, id: &str) -> &'f WhatIf {
    let Some(Body::WhatIf(body)) = findings.find(id).map(|f| &f.body) else { panic!("no {id}") };
    body
}

fn register(findings: &Findings) -> &GapRegister {
    let Some(Body::Gaps(body)) = findings.find("gaps/register").map(|f| &f.body) else { panic!("no register") };
    body
}

fn access(findings: &Findings) -> &AreaAccess {
    let Some(Body::AreaAccess(body)) = findings.find("access/one-stop-shop").map(|f| &f.body) else { panic!("no access") };
    body
}

/// Mean over areas of which it is known in both.
fn means(a: &AreaAccess, b: &AreaAccess) -> (f64, f64) {
    let pairs = a.rows.iter().zip(&b.rows).filter_map(|(x, y)| Some((x.people.known()?, x.value.known()?, y.value.known()?)));
    let sum = pairs.fold((0.0, 0.0, 0.0), |s, (n, x, y)| (s.0 + n, s.1 + n * x, s.2 + n * y));
    (sum.1 / sum.0, sum.2 / sum.0)
}

/// The study with the service closed in the data.
fn closed(study: &Study) {
    let mut feed: Value = serde_json::from_slice(&study.read("services/open-referral.json")).unwrap();
    fn close(value: &mut Value, closed: &mut usize) {
        match value {
            Value::Object(map) => {
                if map.get("id").and_then(Value::as_str) == Some("OR-02") && map.contains_key("status") {
                    map.insert("status".into(), "defunct".into());
                    *closed += 1;
                }
                map.values_mut().for_each(|v| close(v, closed));
            }
            Value::Array(list) => list.iter_mut().for_each(|v| close(v, closed)),
            _ => {}
        }
    }
    let mut n = 0;
    close(&mut feed, &mut n);
    assert_eq!(n, 1);
    study.write("services/open-referral.json", &serde_json::to_vec(&feed).unwrap());
}

#[test]
fn gaps_and_access_after_a_scenario_are_those_of_the_catalogue_so_changed() {
    let study = Study::small();
    let before = findings(&study, CLOSED);
    let asked = what_if(&before, "what-if/closed/one-stop-shop").clone();
    closed(&study);
    let after = findings(&study, "");
    let rows = |f: &Findings| -> BTreeMap<String, (Verdict, Cell<u64>)> {
        register(f).rows.iter().map(|g| (g.id.clone(), (g.verdict, g.people))).collect()
    };
    let (was, is) = (rows(&before), rows(&after));
    let mut moved = 0;
    for (id, (verdict, people)) in &was {
        // What is no longer asked is not known.
        let (then, people_then) = is.get(id).copied().unwrap_or((Verdict::NotKnown, Cell::NotApplicable));
        let told = asked.gaps.iter().find(|g| g.id == *id);
        if *verdict == then && (*people == people_then || then != Verdict::Gap || told.is_none() && !id.contains("one-stop-shop")) {
            // Of what is of no kind alone people are not told, so a change of their number is no move.
            assert!(told.is_none(), "{id} is told and does not move: {told:?}");
            continue;
        }
        let told = told.unwrap_or_else(|| panic!("{id} moves from {verdict:?} to {then:?} and is not told"));
        assert_eq!((told.before, told.after), (*verdict, then), "{id}");
        for (people, told) in [(people, told.people_before), (&people_then, told.people_after)] {
            // The register rounds by the strictest of its sources.
            let near = told.known().zip(people.known()).is_some_and(|(a, b)| a.abs_diff(b) <= 5);
            assert!(near || told == *people || told.known().is_none(), "{id}: {told:?} beside {people:?}");
        }
        moved += 1;
    }
    // What is asked only after the change was not known before.
    moved += is.iter().filter(|(id, (verdict, _))| !was.contains_key(*id) && *verdict != Verdict::NotKnown).count();
    assert!(moved > 0 && asked.gaps.len() == moved, "{moved} of {:?}", asked.gaps);
    // What there is for each person is what the analysis of access says of the catalogue so changed.
    let told = asked.access.as_ref().unwrap();
    let (mean_before, mean_after) = means(access(&before), access(&after));
    assert!((told.mean.0 - mean_before).abs() < 1e-9 && (told.mean.1 - mean_after).abs() < 1e-9, "{told:?} {mean_before} {mean_after}");
    assert!(told.mean.1 < told.mean.0 && told.areas_less > 0);
}

#[test]
fn groups_lose_by_no_more_than_all_and_ages_add_up_to_all() {
    let study = Study::small();
    let body = what_if(&findings(&study, CLOSED), "what-if/closed/one-stop-shop").clone();
    let lost = body.lost.known().unwrap();
    assert!(lost > 0 && body.groups.len() >= 6, "{:?}", body.groups);
    let known = |cell: Cell<u64>| cell.known().unwrap();
    for g in &body.groups {
        assert!(known(g.after) <= known(g.before) && known(g.before) <= known(g.all), "{g:?}");
        assert!(known(g.before) - known(g.after) <= lost + 10, "{g:?}");
    }
    // The four ages take in everybody, and so do the two sexes; each number is rounded by itself.
    let change = |names: &[&str]| -> u64 {
        body.groups.iter().filter(|g| names.iter().any(|n| g.group.starts_with(n))).map(|g| known(g.before) - known(g.after)).sum()
    };
    for parts in [&["under 16", "16 to", "25 to", "65 and"][..], &["women", "men"][..]] {
        assert!(change(parts).abs_diff(lost) <= 25, "{parts:?}: {} beside {lost}", change(parts));
    }
}

#[test]
fn a_change_that_changes_nothing_is_told_as_that() {
    let study = Study::small();
    let same = findings(&study, "[[scenario]]\nname = \"Same\"\ncapacity = [{ service = \"OR-02\", capacity = 20.0 }]\n");
    let body = what_if(&same, "what-if/same/one-stop-shop");
    assert_eq!((body.gained, body.lost, &body.before), (Cell::Known(0), Cell::Known(0), &body.after));
    assert!(body.gaps.is_empty() && body.rows.is_empty(), "{:?}", body.gaps);
    assert!(body.groups.iter().all(|g| g.before == g.after));
    let access = body.access.as_ref().unwrap();
    assert_eq!((access.areas_more, access.areas_less, access.mean.0), (0, 0, access.mean.1));
}

/// What becomes of people whom a hidden site may or may not reach is not known, and not nothing.
#[test]
fn closing_a_service_whose_place_is_withheld_is_not_said_to_change_nothing() {
    let study = Study::small();
    let lost = |sensitivity: &str| {
        // The one service of its type: nobody else can take up what it leaves.
        let table = "service_id,name,types,status,delivery,longitude,latitude\nP1,Private advisers,isva,active,site,LON,LAT\n";
        let feed: Value = serde_json::from_slice(&study.read("boundaries/lsoa2021.geojson")).unwrap();
        let mut at = &feed["features"][0]["geometry"]["coordinates"];
        while at[0].is_array() {
            at = &at[0];
        }
        let table = table.replace("LON", &at[0].to_string()).replace("LAT", &at[1].to_string());
        study.write("services/more.csv", table.as_bytes());
        let added = format!(
            "[[source]]\nkind = \"services-csv\"\nname = \"private\"\npath = \"services/more.csv\"\nsensitivity = \"{sensitivity}\"\n[[scenario]]\nname = \"Shut\"\nclose = [\"P1\"]\n"
        );
        let body = what_if(&findings(&study, &added), "what-if/shut/isva").clone();
        (body.gained, body.lost, body.net_range.is_some())
    };
    assert!(lost("open").1.known().is_some_and(|n| n > 0), "{:?}", lost("open"));
    let (gained, hidden, range) = lost("restricted");
    assert!(gained.known().is_none() && hidden.known().is_none() && !range, "{gained:?} {hidden:?}");
}

#[test]
fn a_service_that_somebody_thinks_of_has_no_record_that_could_be_old() {
    let study = Study::small();
    let opened = "[[scenario]]\nname = \"Opened\"\nopen = [{ type = \"one_stop_shop\", longitude = 0.42, latitude = 53.04 }]\n";
    let found = findings(&study, opened);
    let told: Vec<_> =
        found.findings.iter().filter_map(|f| if let Body::WhatIf(b) = &f.body { Some(&b.gaps) } else { None }).flatten().collect();
    assert!(!told.iter().any(|g| g.id.starts_with("evidence/")), "{told:?}");
    // The register itself still asks.
    assert!(register(&found).rows.iter().any(|g| g.id == "evidence/stale"));
}

#[test]
fn a_service_cannot_close_and_move_nor_move_twice() {
    let study = Study::small();
    let told = |changes: &str| {
        let mut problems = Problems::default();
        let text = study.text("study.toml") + "\n[[scenario]]\nname = \"Both\"\n" + changes;
        let plan = Plan::parse(&text, "study.toml", study.folder.clone(), &mut problems);
        let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, Some("what-if"), &mut problems));
        (found.is_some(), gapmap::diagnostics::render_text(&problems))
    };
    let to = "longitude = 0.42, latitude = 53.04";
    for changes in [
        format!("close = [\"OR-02\"]\nmove = [{{ service = \"OR-02\", {to} }}]\n"),
        format!("move = [{{ service = \"OR-02\", {to} }}, {{ service = \"OR-02\", {to} }}]\n"),
        "close = [\"OR-02\"]\ncapacity = [{ service = \"OR-02\", capacity = 3.0 }]\n".to_owned(),
        "close = [\"OR-02\", \"OR-02\"]\n".to_owned(),
    ] {
        let (found, told) = told(&changes);
        assert!(!found && told.contains("P105") && told.contains("OR-02") && told.contains("Both"), "{changes}: {told}");
    }
    let (found, told) = told(&format!("close = [\"OR-01\"]\nmove = [{{ service = \"OR-02\", {to} }}]\n"));
    assert!(found, "{told}");
}
