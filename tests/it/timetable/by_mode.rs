//! Siting, scenarios and the other analyses by travel times, in a window of their own.

use std::collections::BTreeMap;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Siting, WhatIf};
use gapmap::plan::Plan;
use gapmap::units::Cell;

use super::planted::small;
use crate::study_files::Study;

/// The findings of one analysis of a small borough with lines added to its plan, and what was told.
fn with(changed: &[(&str, &str)], added: &str, only: &str) -> (Option<Findings>, String) {
    let study = Study::of(&small(6, true));
    let text = changed.iter().fold(study.text("study.toml"), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let mut problems = Problems::default();
    let plan = Plan::parse(&format!("{text}\n{added}"), "study.toml", study.folder.clone(), &mut problems);
    let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, Some(only), &mut problems));
    (found.map(|f| f.0), gapmap::diagnostics::render_text(&problems))
}

fn the(added: &str, only: &str) -> Findings {
    let (found, told) = with(&[], added, only);
    found.unwrap_or_else(|| panic!("{told}"))
}

fn siting<'f>(findings: &'f Findings, id: &str) -> &'f Siting {
    let ids: Vec<&str> = findings.findings.iter().map(|f| f.id.as_str()).collect();
    match &findings.find(id).unwrap_or_else(|| panic!("{id} is none of {ids:?}")).body {
        Body::Siting(body) => body,
        other => panic!("{other:?}"),
    }
}

/// Settings under which half of the small borough is beyond reach.
const SITE: &str = "[[analysis]]\nkind = \"site\"\nby = \"public-transport\"\nreach-minutes = 14\ntypes = [\"one_stop_shop\"]\ndraws = 0\n";

#[test]
fn the_best_site_by_public_transport_gains_whom_a_scenario_gains_that_opens_there() {
    let found = the(SITE, "site");
    let body = siting(&found, "site/one-stop-shop/public-transport");
    assert_eq!((body.by.as_deref(), body.reach_minutes, body.reach_m), (Some("public-transport"), Some(14.0), 0.0));
    let choice = &body.choices[0];
    let gained = choice.gained.known().unwrap();
    assert!(body.proved && gained > 500, "{gained}");
    let code = choice.places[0].code.unwrap();
    let scenario = format!(
        "[[analysis]]\nkind = \"what-if\"\nby = \"public-transport\"\nreach-minutes = 14\ndraws = 0\n[[scenario]]\nname = \"one more\"\nopen = [{{ type = \"one_stop_shop\", area = \"{code}\" }}]\n"
    );
    let tried = the(&scenario, "what-if");
    let Body::WhatIf(WhatIf { gained: then, lost, .. }) = &tried.find("what-if/one-more/one-stop-shop").unwrap().body else {
        panic!("a change")
    };
    assert_eq!((*then, *lost), (Cell::Known(gained), Cell::Known(0)));
    // By straight lines another place may be best: the ways are not the same.
    let line = the(&SITE.replace("public-transport", "straight-line").replace("reach-minutes = 14\n", ""), "site");
    assert_ne!(siting(&line, "site/one-stop-shop/straight-line").beyond, body.beyond);
}

#[test]
fn siting_follows_the_mode_of_the_study_and_the_mean_way_is_told_in_minutes() {
    let found = the(
        "[study.reach]\nby = \"public-transport\"\nreach-minutes = 14\n[[analysis]]\nkind = \"site\"\ntypes = [\"one_stop_shop\"]\nobjective = \"distance\"\ndraws = 0\n",
        "site",
    );
    let body = siting(&found, "site/one-stop-shop/distance");
    let (before, after) = body.way_minutes.unwrap();
    assert!(body.way_m.is_none() && after < before && before < 120.0, "{before} {after}");
}

#[test]
fn a_mode_that_the_study_does_not_have_or_cannot_time_is_told() {
    for by in ["walk", "drive", "public-transport-evening", "tram"] {
        let (found, told) = with(&[], &SITE.replace("public-transport", by), "site");
        assert!(found.is_none() && (told.contains("P104") || told.contains("P102")) && told.contains(by), "{by}: {told}");
    }
    // A table of times has none to places where nothing is yet: no answer, and never a straight line in its place.
    let study = Study::of(&small(6, true));
    study.write("times.csv", b"from_id,to_id,travel_time_p50\nE01000001,OR-1,10\n");
    let source = "[[source]]\nkind = \"travel-times\"\nname = \"times\"\npath = \"times.csv\"\nsensitivity = \"open\"\nmode = \"r5r\"\n";
    let text = study.text("study.toml") + "\n" + &SITE.replace("public-transport", "r5r") + source;
    let mut problems = Problems::default();
    let plan = Plan::parse(&text, "study.toml", study.folder.clone(), &mut problems).unwrap();
    let found = gapmap::pipeline::findings(&plan, Some("site"), &mut problems).map(|f| f.0);
    let told = gapmap::diagnostics::render_text(&problems);
    assert!(found.is_none_or(|f| f.findings.is_empty()) && told.contains("table of travel times"), "{told}");
}

#[test]
fn a_window_of_its_own_is_a_mode_for_every_analysis_that_measures_ways() {
    let window = "path = \"timetable\"\nwindows.night = { weekday = \"tuesday\", hours = [19, 22] }";
    let changed = [("path = \"timetable\"", window)];
    let (travel, told) = with(&changed, "", "travel");
    let travel = travel.unwrap_or_else(|| panic!("{told}"));
    let near = |id: &str| -> BTreeMap<String, u64> {
        let finding = travel.find(id).unwrap_or_else(|| panic!("no {id}"));
        let Body::Shares(shares) = &finding.body else { panic!("shares") };
        shares.rows.iter().map(|r| (r.label.clone(), r.cells[..3].iter().filter_map(|c| c.known()).sum())).collect()
    };
    let (day, night) = (near("travel/public-transport"), near("travel/public-transport-night"));
    // The last buses of all lines but one leave at half past six.
    assert!(day.iter().all(|(kind, n)| night[kind] <= *n) && day.iter().any(|(kind, n)| night[kind] < *n), "{day:?} {night:?}");
    assert!(travel.find("travel/public-transport-night").unwrap().caveats.iter().any(|c| c.contains("Tuesday") && c.contains("19:00")));
    for only in ["coverage", "access", "gaps", "site"] {
        let (found, told) = with(&changed, &format!("[[analysis]]\nkind = \"{only}\"\nby = \"public-transport-night\"\n"), only);
        assert!(found.is_some_and(|f| !f.findings.is_empty()), "{only}: {told}");
    }
    let wrong = [("path = \"timetable\"", "path = \"timetable\"\nwindows.night = { weekday = \"tuesday\", hours = [22, 19] }")];
    let (found, told) = with(&wrong, "", "travel");
    assert!(found.is_none() && told.contains("P102"), "{told}");
}
