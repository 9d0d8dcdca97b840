//! Can the directory be relied on: records that are one are found, branches are left alone, and nothing of a confidential service is told.

use std::collections::BTreeSet;

use gapmap::model::{Body, Findings, FixTopic, Table};
use gapmap::sources::ServiceStatus;
use gapmap::study::{self, Alike, Differs, Pair};
use gapmap::units::Cell;

use crate::millbeck::{Millbeck, errors};
use crate::study_files::{Study, read_source};

const HEAD: &str = "service_id,name,provider,types,delivery,longitude,latitude,area_served,confidential,status,phone,eligibility,hours,contract_end,last_verified,unavailable_because";
const DAY: &str = "2025-12-31";

/// A row by the columns that it gives; the others are empty, and it runs.
fn row(cells: &[(&str, &str)]) -> String {
    let of = |heading: &str| cells.iter().find(|c| c.0 == heading).map_or(if heading == "status" { "active" } else { "" }, |c| c.1);
    assert!(cells.iter().all(|c| HEAD.split(',').any(|h| h == c.0)), "{cells:?}");
    HEAD.split(',').map(|h| format!("\"{}\"", of(h))).collect::<Vec<_>>().join(",")
}

fn service(id: &str, name: &str, provider: &str, kind: &str, more: &[(&str, &str)]) -> String {
    let own = [("service_id", id), ("name", name), ("provider", provider), ("types", kind)];
    row(&own.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
}

fn directory(rows: &[String]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn two(first: &[String], second: &[String]) -> Millbeck {
    Millbeck::new().period("2025-01", "2025-12").file("services-csv", "first.csv", directory(first), "name = \"first\"").file(
        "services-csv",
        "second.csv",
        directory(second),
        "name = \"second\"",
    )
}

fn built(millbeck: &Millbeck) -> study::Study {
    let (study, problems) = millbeck.read();
    study.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems)))
}

/// What is built with a further setting of `[study]`, and what stops it.
fn with_setting(millbeck: &Millbeck, setting: &str) -> (Option<study::Study>, Vec<&'static str>) {
    let _ = millbeck.read();
    millbeck.study.replace("study.toml", "invented = true\n", &format!("invented = true\n{setting}\n"));
    let mut problems = gapmap::diagnostics::Problems::default();
    let plan = gapmap::plan::Plan::load(&millbeck.study.folder.join("study.toml"), &mut problems);
    let built = plan.and_then(|plan| gapmap::pipeline::study(&plan, &mut problems)).map(|s| s.0);
    (built, errors(&problems))
}

/// Pairs by their ids.
fn pairs(study: &study::Study) -> Vec<(String, String, Pair)> {
    let id = |i: usize| study.catalogue.public[i].id.clone();
    study.listed_twice(DAY, |_| true).into_iter().map(|p| (id(p.first), id(p.second), p)).collect()
}

fn ids(study: &study::Study) -> Vec<(String, String, Alike)> {
    pairs(study).into_iter().map(|(a, b, p)| (a, b, p.alike)).collect()
}

fn pair(a: &str, b: &str, alike: Alike) -> (String, String, Alike) {
    (a.to_owned(), b.to_owned(), alike)
}

fn found(millbeck: Millbeck) -> Findings {
    let (findings, problems) = millbeck.ask("assurance").findings();
    findings.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems)))
}

fn table<'f>(findings: &'f Findings, id: &str) -> &'f Table {
    let Some(Body::Table(table)) = findings.find(id).map(|f| &f.body) else { panic!("no {id}") };
    table
}

fn cell(table: &Table, row: &str, column: &str) -> Cell<u64> {
    let at = table.columns.iter().position(|c| c == column).unwrap_or_else(|| panic!("{column}: {:?}", table.columns));
    table.rows.iter().find(|r| r.label == row).unwrap_or_else(|| panic!("{row}: {:?}", table.rows)).cells[at]
}

const HALL: [(&str, &str); 2] = [("longitude", "-0.591"), ("latitude", "53.203")];
const MARKET: [(&str, &str); 2] = [("longitude", "-0.571"), ("latitude", "53.203")];
const STATION: [(&str, &str); 2] = [("longitude", "-0.551"), ("latitude", "53.213")];

#[test]
fn a_service_in_two_directories_is_found_however_it_is_written() {
    let first = [
        service("A1", "Harbour Counselling", "Invented Provider Ltd", "counselling", &HALL),
        service("A2", "The Willow Advocates", "Willow", "idva", &[("phone", "01632 960 123")]),
        service("A3", "Hall Drop-in", "", "one_stop_shop", &MARKET),
        service("A4", "Rowan Project", "Rowan", "group_programme", &[("delivery", "outreach")]),
        service("A5", "Legal Clinic", "Elm", "legal_advice", &STATION),
    ];
    let second = [
        service("B1", "HARBOR  COUNSELLING", "invented provider C.I.C.", "counselling", &HALL),
        service("B2", "Willow Advocates", "Other Trust", "idva", &[("phone", "+44 (0)1632 960123")]),
        service("B3", "Market Advice Point", "Invented Provider", "one_stop_shop", &MARKET),
        service("B4", "rowan project", "Rowan Limited", "group_programme", &[("delivery", "outreach")]),
        service("B5", "Debt Advice", "Ash", "economic_abuse", &HALL),
    ];
    let expected = [
        pair("A1", "B1", Alike::NameAndProvider),
        pair("A2", "B2", Alike::ContactAndName),
        pair("A3", "B3", Alike::PlaceAndKind),
        pair("A4", "B4", Alike::NameAndProvider),
    ];
    assert_eq!(ids(&built(&two(&first, &second))), expected);
    let findings = found(two(&first, &second));
    let told = table(&findings, "assurance/pairs");
    let row = |label: &str| cell(told, label, "Pairs");
    assert_eq!(["Same id", "Name and provider", "Contact and name", "Place and kind"].map(row), [0, 2, 1, 1].map(Cell::Known));
    assert_eq!(cell(table(&findings, "assurance/directories"), "first", "Maybe listed twice"), Cell::Known(4));
    // Nothing was merged in silence.
    assert_eq!(cell(table(&findings, "assurance/directories"), "All directories", "Records"), Cell::Known(10));
}

#[test]
fn branches_and_neighbours_are_no_pairs() {
    let phone = [("phone", "01632 960 555")];
    let at = |place: &[(&'static str, &'static str)]| place.iter().chain(&phone).copied().collect::<Vec<_>>();
    let branches = [
        // One name at three places, and one phone for all.
        service("A1", "Quill Drop-in", "Invented Provider", "one_stop_shop", &at(&HALL)),
        service("A2", "Quill Drop-in", "Invented Provider", "one_stop_shop", &at(&MARKET)),
        service("A3", "Quill Drop-in", "Invented Provider", "one_stop_shop", &at(&STATION)),
        // Names that differ by a number, by a point of the compass, by a kind.
        service("A4", "Recovery Group 1", "Invented Provider", "group_programme", &HALL),
        service("A5", "Recovery Group 2", "Invented Provider", "group_programme", &HALL),
        service("A6", "Counselling East", "Invented Provider", "counselling", &[("delivery", "outreach")]),
        service("A7", "Counselling West", "Invented Provider", "counselling", &[("delivery", "outreach")]),
        // One name for two groups, and for two areas.
        service("A8", "Talking Room", "Invented Provider", "counselling", &[("delivery", "phone"), ("eligibility", "women")]),
        service("A9", "Talking Room", "Invented Provider", "counselling", &[("delivery", "phone"), ("eligibility", "men")]),
        service("A10", "Floating Support", "Invented Provider", "outreach", &[("delivery", "outreach"), ("area_served", "E06990001")]),
        service("A11", "Floating Support", "Invented Provider", "outreach", &[("delivery", "outreach"), ("area_served", "E06990002")]),
    ];
    let others = [
        // Under the same roof, and somebody else's.
        service("B1", "Elm Counselling", "Elm", "counselling", &HALL),
        service("B2", "Ash Counselling", "Ash", "counselling", &HALL),
        service("B3", "Legal Clinic", "Elm", "legal_advice", &HALL),
    ];
    assert_eq!(ids(&built(&two(&branches, &others))), []);
    // Each branch in the other directory is that branch, and no other.
    let again = [
        service("B1", "Quill Drop-in", "Invented Provider", "one_stop_shop", &HALL),
        service("B2", "Quill Drop-in", "Invented Provider", "one_stop_shop", &MARKET),
        service("B3", "Quill Drop-in", "Invented Provider", "one_stop_shop", &STATION),
    ];
    let expected = [("A1", "B1"), ("A2", "B2"), ("A3", "B3")].map(|(a, b)| pair(a, b, Alike::NameAndProvider));
    assert_eq!(ids(&built(&two(&branches[..3], &again))), expected);
}

#[test]
fn what_two_records_contradict_each_other_in_is_listed_and_nothing_else() {
    let told = |kind: &str, first: &[(&str, &str)], second: &[(&str, &str)]| -> BTreeSet<Differs> {
        let a = [service("A1", "Willow Room", "Willow", "counselling", first)];
        let b = [service("B1", "Willow Room", "Willow", kind, second)];
        let found = pairs(&built(&two(&a, &b)));
        assert_eq!(found.len(), 1, "{first:?}, {second:?}");
        found[0].2.differs.clone()
    };
    let none = BTreeSet::new();
    let only = |field: Differs| BTreeSet::from([field]);
    let at = |hours: &'static str| [("hours", hours)];
    assert_eq!(told("counselling", &at("Mo-Fr 09:00-17:00"), &at("Mo-Fr 09:00-17:00")), none);
    assert_eq!(told("counselling", &at("Mo-Fr 09:00-17:00"), &at("Mo,Tu,We,Th,Fr 09:00-13:00,13:00-17:00")), none);
    assert_eq!(told("counselling", &at("Mo-Fr 09:00-17:00"), &at("Mo-Fr 10:00-17:00")), only(Differs::Hours));
    // What one leaves open is no contradiction.
    assert_eq!(told("counselling", &at("Mo-Fr 09:00-17:00"), &[]), none);
    assert_eq!(told("counselling", &[], &[("status", "temporarily closed")]), only(Differs::State));
    assert_eq!(told("counselling", &[], &[("contract_end", "2025-06-30")]), only(Differs::State));
    assert_eq!(told("idva", &[], &[]), only(Differs::Kind));
    assert_eq!(told("counselling;idva", &[], &[]), none);
    let whom = |words: &'static str| [("eligibility", words)];
    assert_eq!(told("counselling", &whom("women aged 16 and over"), &whom("women aged 18 and over")), only(Differs::Eligibility));
    assert_eq!(told("counselling", &whom("women"), &whom("women aged 18 and over")), none);
    assert_eq!(told("counselling", &HALL, &MARKET), only(Differs::Place));
    assert_eq!(told("counselling", &HALL, &[("longitude", "-0.5912"), ("latitude", "53.2031")]), none);
}

#[test]
fn ages_of_checks_are_told_by_their_class_and_old_ones_are_asked_about() {
    let checked =
        |id: &str, name: &str, day: &str| service(id, name, "Willow", "counselling", &[("last_verified", day), ("delivery", "phone")]);
    let rows = [
        checked("A1", "Willow Room", "2025-12-31"),
        checked("A2", "Ash Counselling", "2025-07-01"),
        checked("A3", "Elm Counselling", "2025-06-30"),
        checked("A4", "Oak Counselling", "2024-12-31"),
        checked("A5", "Fir Counselling", "2024-12-30"),
        checked("A6", "Yew Counselling", ""),
    ];
    let findings = found(two(&rows, &[service("B1", "Legal Clinic", "Elm", "legal_advice", &[("last_verified", "2025-12-01")])]));
    let told = table(&findings, "assurance/directories");
    let ages = ["Under 6 months", "6–12 months", "Over 12 months", "Check not known"].map(|c| cell(told, "first", c));
    assert_eq!(ages, [2, 2, 1, 1].map(Cell::Known));
    let Body::FixLists(lists) = &findings.find("assurance/fix-lists").unwrap().body else { panic!() };
    let willow = lists.lists.iter().find(|l| l.provider == "Willow").unwrap();
    let asked: Vec<&str> = willow.items.iter().filter(|i| i.topic == FixTopic::Check).map(|i| i.id.as_str()).collect();
    assert_eq!(asked, ["A5", "A6"]);
}

#[test]
fn a_check_after_the_day_says_nothing_of_the_day() {
    let checked =
        |id: &str, name: &str, day: &str| service(id, name, "Willow", "counselling", &[("last_verified", day), ("delivery", "phone")]);
    let rows = [
        checked("A1", "Willow Room", "2026-01-15"),
        checked("A2", "Ash Counselling", "2052-07-01"),
        checked("A3", "Elm Counselling", "2025-12-31"),
    ];
    let findings = found(two(&rows, &[service("B1", "Legal Clinic", "Elm", "legal_advice", &[("last_verified", "2025-12-01")])]));
    let told = table(&findings, "assurance/directories");
    let ages = ["Under 6 months", "6–12 months", "Over 12 months", "Check not known"].map(|c| cell(told, "first", c));
    assert_eq!(ages, [1, 0, 0, 2].map(Cell::Known));
    // A directory that was read for a day that is past has later checks; what lies far off is asked about.
    let Body::FixLists(lists) = &findings.find("assurance/fix-lists").unwrap().body else { panic!() };
    let willow = lists.lists.iter().find(|l| l.provider == "Willow").unwrap();
    let asked: Vec<&str> = willow.items.iter().filter(|i| i.topic == FixTopic::Check).map(|i| i.id.as_str()).collect();
    assert_eq!(asked, ["A2"]);
}

#[test]
fn reasons_are_counted_by_class_and_a_pause_without_one_is_asked_about() {
    let stopped = |id: &str, name: &str, why: &str| {
        service(id, name, "Willow", "counselling", &[("status", "temporarily closed"), ("unavailable_because", why), ("delivery", "phone")])
    };
    let rows = [
        stopped("A1", "Willow Room", "staff; funding"),
        stopped("A2", "Ash Counselling", "Vacancies"),
        stopped("A3", "Elm Counselling", "flood at 3 Mill Lane"),
        stopped("A4", "Oak Counselling", ""),
    ];
    let findings = found(two(&rows, &[service("B1", "Legal Clinic", "Elm", "legal_advice", &[("delivery", "phone")])]));
    let told = table(&findings, "assurance/reasons");
    let row = |label: &str| cell(told, label, "Services");
    let rows = ["Not available", "Reason told", "Reason not told", "Staff", "Training", "Finance", "Another reason"];
    assert_eq!(rows.map(row), [4, 3, 1, 2, 0, 1, 1].map(Cell::Known));
    assert!(!serde_json::to_string(&findings).unwrap().contains("Mill Lane"), "what is told is the class");
}

#[test]
fn without_a_directory_nothing_is_claimed() {
    let nothing = Millbeck::new().period("2023-01", "2023-12").with_calls();
    assert!(found(nothing).findings.iter().all(|f| f.analysis != "assurance"));
    // Of confidential services alone, neither.
    let secret = service("A1", "Rowan House", "Rowan Trust", "refuge", &[("confidential", "yes")]);
    let only = Millbeck::new().period("2023-01", "2023-12").with_calls().file(
        "services-csv",
        "first.csv",
        directory(&[secret]),
        "name = \"first\"",
    );
    let findings = found(only);
    assert!(findings.findings.iter().all(|f| f.analysis != "assurance"));
}

#[test]
fn a_confidential_service_and_whoever_is_one_with_it_appear_in_no_form() {
    let first = [
        service("A1", "Rosebank House", "Rosebank Trust", "refuge", &[("confidential", "yes"), ("last_verified", "2020-01-01")]),
        service("A2", "Willow Room", "Willow", "counselling", &HALL),
    ];
    let second = [
        // The same service, plain and badly kept.
        service("B1", "Rosebank House", "Rosebank Trust Ltd", "outreach", &[("delivery", "phone"), ("status", "temporarily closed")]),
        service("B2", "Willow Room", "Willow CIC", "counselling", &HALL),
    ];
    let millbeck = two(&first, &second).ask("assurance").ask("services");
    let (findings, problems) = millbeck.findings();
    assert!(findings.is_some(), "{:?}", errors(&problems));
    let (code, text) = millbeck.study.check();
    assert_eq!(code, Some(0), "{text}");
    let all = crate::pack_files::texts(&millbeck.study);
    let lists: Vec<&String> = all.keys().filter(|p| p.contains("/fix-lists/")).collect();
    assert_eq!(lists.len(), 2, "{lists:?}");
    for (path, text) in &all {
        assert!(!path.to_lowercase().contains("rosebank") && !text.to_lowercase().contains("rosebank"), "{path}");
    }
    let findings = findings.unwrap();
    let pairs = table(&findings, "assurance/pairs");
    assert_eq!(cell(pairs, "Name and provider", "Pairs"), Cell::Known(1));
    let told = table(&findings, "assurance/directories");
    assert_eq!([cell(told, "first", "Records"), cell(told, "second", "Records")], [Cell::Known(1); 2]);
    // Whether the one that is left out is there or not changes nothing that is told but that there are such services.
    let without = found(two(&first[1..], &second[1..]));
    assert_eq!(table(&without, "assurance/directories"), told);
}

#[test]
fn the_plan_says_which_are_one_and_which_are_two() {
    let first = [service("A1", "Willow Room", "Willow", "counselling", &[("hours", "Mo-Fr 09:00-17:00")])];
    let second = [service("B1", "Willow Room", "Willow", "counselling", &[HALL[0], HALL[1], ("hours", "Mo-Fr 10:00-17:00")])];
    let with = |setting: &str| with_setting(&two(&first, &second).ask("assurance"), setting);
    let (plain, _) = with("");
    assert_eq!(ids(&plain.unwrap()).len(), 1);
    let (apart, _) = with("different-services = [[\"B1\", \"A1\"]]");
    let apart = apart.unwrap();
    assert_eq!((ids(&apart).len(), apart.catalogue.public.len()), (0, 2));
    let (joined, _) = with("same-service = [[\"A1\", \"B1\"]]");
    let joined = joined.unwrap();
    let [one] = joined.catalogue.public.as_slice() else { panic!("one service") };
    // What the first leaves open is the other's; what both give is the first's, and told.
    assert_eq!((one.id.as_str(), one.sites.len(), one.given.len()), ("A1", 1, 1));
    assert_eq!(one.given[0].differs, BTreeSet::from([Differs::Hours]));
    assert!(one.more.hours.as_ref().unwrap().week.open_at(9 * 60 + 30));
    assert!(joined.ledger.iter().all(|l| l.balances()));
    let (none, told) = with("same-service = [[\"A1\", \"Z9\"]]");
    assert!(none.is_none() && told == ["P104"], "{told:?}");
}

#[test]
fn what_is_joined_to_a_confidential_record_is_confidential() {
    let first = [service("A1", "Willow Room", "Willow", "counselling", &[("delivery", "phone")])];
    let second = [service("B1", "The Quiet Flat", "Elm", "refuge", &[("confidential", "yes")])];
    let study = with_setting(&two(&first, &second), "same-service = [[\"A1\", \"B1\"]]").0.unwrap();
    assert_eq!((study.catalogue.public.len(), study.catalogue.confidential.len()), (0, 1));
}

/// Every way of joining three records by two pairs.
fn chains(ids: [&str; 3]) -> Vec<String> {
    let pairs = [[ids[0], ids[1]], [ids[1], ids[2]], [ids[0], ids[2]]];
    let mut all = Vec::new();
    for (x, y) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)] {
        for turned in 0..4 {
            let pair = |[a, b]: [&str; 2], turn: bool| if turn { format!("[\"{b}\", \"{a}\"]") } else { format!("[\"{a}\", \"{b}\"]") };
            all.push(format!("same-service = [{}, {}]", pair(pairs[x], turned & 1 == 1), pair(pairs[y], turned & 2 == 2)));
        }
    }
    all
}

#[test]
fn a_chain_with_one_confidential_record_is_confidential_whole_in_every_order() {
    let chain = |place: &[(&str, &str)], secret: &str| {
        let first = [
            service("A1", "Willow Room", "Willow", "counselling", place),
            service("A2", "Elm Advice", "Elm", "legal_advice", &[("delivery", "phone")]),
        ];
        let second = [service("B1", "Ash Outreach", "Ash", "outreach", &[("delivery", "phone"), ("confidential", secret)])];
        two(&first, &second)
    };
    for setting in chains(["A1", "A2", "B1"]) {
        let (built, told) = with_setting(&chain(&HALL, "yes"), &setting);
        assert!(built.is_none() && told == ["S301"], "{setting}: {told:?}");
        let (built, told) = with_setting(&chain(&[("delivery", "phone")], "yes"), &setting);
        let built = built.unwrap_or_else(|| panic!("{setting}: {told:?}"));
        assert_eq!((built.catalogue.public.len(), built.catalogue.confidential.len()), (0, 1), "{setting}");
        assert!(built.ledger.iter().all(|l| l.balances()), "{setting}");
        // Without a secret it is one public service, at the only place that is given.
        let (built, told) = with_setting(&chain(&HALL, ""), &setting);
        let built = built.unwrap_or_else(|| panic!("{setting}: {told:?}"));
        let [one] = built.catalogue.public.as_slice() else { panic!("{setting}: {} services", built.catalogue.public.len()) };
        assert_eq!((one.sites.len(), one.given.len()), (1, 2), "{setting}");
        assert!(built.ledger.iter().all(|l| l.balances()), "{setting}");
    }
}

#[test]
fn what_is_like_any_record_of_a_joined_set_is_confidential_with_it() {
    let rowan = |id: &str, more: &[(&str, &str)]| service(id, "Harebell House", "Rowan Trust", "outreach", more);
    let secret = [("confidential", "yes")];
    let phone = [("delivery", "phone")];
    let joined = "same-service = [[\"A1\", \"A2\"]]";
    // The secret record is joined into one of another name: a third of its own name is no less secret.
    let first = [service("A1", "Willow Room", "Willow", "counselling", &phone), rowan("A2", &secret)];
    let (built, told) = with_setting(&two(&first, &[rowan("B1", &HALL)]), joined);
    assert!(built.is_none() && told == ["S301"], "{told:?}");
    // One of the set is secret since it is like a secret one that is not joined.
    let first = [service("A1", "Willow Room", "Willow", "counselling", &HALL), rowan("A2", &phone)];
    let (built, told) = with_setting(&two(&first, &[rowan("B1", &secret)]), joined);
    assert!(built.is_none() && told == ["S301"], "{told:?}");
    // What the plan calls public is not so where it is joined to a secret one.
    let named = format!("{joined}\npublic-place = [{{ id = \"A1\", because = \"Printed on every leaflet of the council.\" }}]");
    let first = [service("A1", "Willow Room", "Willow", "counselling", &HALL), rowan("A2", &secret)];
    let millbeck = two(&first, &[service("B1", "Legal Clinic", "Elm", "legal_advice", &phone)]);
    let (built, told) = with_setting(&millbeck, &named);
    assert!(built.is_none() && told == ["S317"], "{told:?}");
}

#[test]
fn the_type_that_one_record_gives_is_that_of_the_record_that_it_is_joined_to() {
    let first = [service("A1", "Domestic abuse help", "Willow", "", &[("delivery", "phone")])];
    let second = [service("B1", "Willow Room", "Willow", "counselling", &[("delivery", "phone")])];
    let count = |setting: &str| {
        let (built, told) = with_setting(&two(&first, &second), setting);
        let built = built.unwrap_or_else(|| panic!("{told:?}"));
        (built.catalogue.public.len(), built.catalogue.confidential.len())
    };
    assert_eq!(count(""), (1, 1));
    assert_eq!(count("same-service = [[\"A1\", \"B1\"]]"), (1, 0));
    assert_eq!(count("same-service = [[\"B1\", \"A1\"]]"), (1, 0));
}

#[test]
fn whether_a_joined_service_runs_is_told_by_the_record_that_says_it() {
    let joined = |first: &str, second: &str| {
        let first = [service("A1", "Willow Room", "Willow", "counselling", &[("delivery", "phone"), ("status", first)])];
        let second = [service("B1", "Willow Rooms", "Willow", "counselling", &[("delivery", "phone"), ("status", second)])];
        let built = with_setting(&two(&first, &second), "same-service = [[\"A1\", \"B1\"]]").0.unwrap();
        let [one] = built.catalogue.public.as_slice() else { panic!("one service") };
        (one.status, one.given[0].differs.clone())
    };
    assert_eq!(joined("", "closed"), (ServiceStatus::Defunct, BTreeSet::new()));
    assert_eq!(joined("", "temporarily closed"), (ServiceStatus::TemporarilyClosed, BTreeSet::new()));
    // A row of a table that does not say is of a service that runs.
    assert_eq!(joined("", ""), (ServiceStatus::Active, BTreeSet::new()));
    // What the first says stands, and the difference is told.
    assert_eq!(joined("active", "closed"), (ServiceStatus::Active, BTreeSet::from([Differs::State])));
}

#[test]
fn lists_of_restricted_directories_stand_beside_the_plan_and_in_no_pack() {
    let study = Study::small();
    let open = "path = \"services/commissioned.csv\"\nsensitivity = \"open\"";
    study.replace("study.toml", open, "path = \"services/commissioned.csv\"\nsensitivity = \"restricted\"");
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    let beside = study.tree("gapmap-fix-lists");
    assert!(!beside.is_empty());
    let text: String = beside.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(text.contains("CS-0"), "{text}");
    for (path, text) in crate::pack_files::texts(&study).into_iter().filter(|(path, _)| path.contains("fix-lists")) {
        assert!(!text.contains("CS-0"), "{path}");
    }
    // CS-12 and OR-17 keep their address secret.
    assert!(!text.contains("CS-12") && !text.contains("OR-17"));
}

#[test]
fn where_every_directory_is_restricted_the_lists_are_written_and_the_reader_is_sent_to_them() {
    let first = [service("A1", "Willow Room", "Willow", "counselling", &[("delivery", "phone")])];
    let second = [service("B1", "Legal Clinic", "Elm", "legal_advice", &[("delivery", "phone")])];
    let restricted = || two(&first, &second).restricting("first.csv").restricting("second.csv");
    let run = |millbeck: &Millbeck| {
        let _ = millbeck.read();
        let former = b"Provider,Service,Id of the service,Directory,Where the record stands\nGone,,,,\n";
        millbeck.study.write("gapmap-fix-lists/gone.csv", former);
        let (code, text) = millbeck.study.check();
        assert_eq!(code, Some(0), "{text}");
        let is_there = millbeck.study.folder.join("gapmap-fix-lists").is_dir();
        (text, if is_there { Vec::from_iter(millbeck.study.tree("gapmap-fix-lists").into_keys()) } else { Vec::new() })
    };
    let (text, lists) = run(&restricted().ask("assurance"));
    assert!(text.contains("D221") && text.contains("“gapmap-fix-lists”") && !text.contains("no record of a directory"), "{text}");
    assert!(lists.len() == 2 && lists.iter().all(|path| !path.contains("gone")), "{lists:?}");
    // Where all are open former lists go, and none come.
    let (_, lists) = run(&two(&first, &second).ask("assurance"));
    assert!(lists.is_empty(), "{lists:?}");
    // A run that does not ask for it leaves them.
    let (_, lists) = run(&restricted().ask("services"));
    assert!(lists.len() == 1 && lists[0].contains("gone"), "{lists:?}");
}

#[test]
fn lists_beside_the_plan_are_of_the_month_that_the_analysis_names() {
    let ended = service("A1", "Willow Room", "Willow", "counselling", &[("delivery", "phone"), ("contract_end", "2025-06-30")]);
    let open = service("B1", "Legal Clinic", "Elm", "legal_advice", &[("delivery", "phone")]);
    let asks_about_the_contract = |more: &str| {
        let millbeck = two(std::slice::from_ref(&ended), std::slice::from_ref(&open)).restricting("first.csv");
        let millbeck = millbeck.ask(&format!("assurance\"{more}#"));
        let _ = millbeck.read();
        let (code, text) = millbeck.study.check();
        assert_eq!(code, Some(0), "{text}");
        let lists = millbeck.study.tree("gapmap-fix-lists");
        assert!(!lists.is_empty(), "{more}");
        lists.values().any(|bytes| String::from_utf8_lossy(bytes).contains("30 June 2025"))
    };
    assert!(asks_about_the_contract(""));
    assert!(asks_about_the_contract("\nas-of = \"2025-09\""));
    assert!(!asks_about_the_contract("\nas-of = \"2025-03\""));
}

#[test]
fn of_several_capacities_in_one_unit_what_all_say_counts_or_none() {
    let row = |maximum: u32, unit: &str, updated: &str| (maximum, unit.to_owned(), updated.to_owned());
    let old = row(12, "places", "2024-03-01T09:00:00Z");
    let new = row(14, "places", "2025-03-01");
    let undated = row(12, "places", "");
    let households = row(6, "households", "");
    // Of two rooms or of two years: nobody can tell.
    let cases = [
        (vec![undated.clone()], Some(12.0)),
        (vec![old.clone(), new.clone()], None),
        (vec![new.clone(), undated.clone()], None),
        (vec![old.clone(), undated], Some(12.0)),
        // The same places in another unit are no second row.
        (vec![old, households], Some(12.0)),
        (vec![new], Some(14.0)),
    ];
    for (rows, expected) in cases {
        let study = Study::of(&Default::default());
        let each = |(maximum, unit, updated): &(u32, String, String)| serde_json::json!({"maximum": maximum, "unit": {"name": unit}, "updated": updated});
        let feed = serde_json::json!([{"id": "S1", "name": "Willow Room counselling", "status": "active",
            "capacities": rows.iter().map(each).collect::<Vec<_>>()}]);
        study.write("feed.json", feed.to_string().as_bytes());
        study.write("more/services.csv", b"id,name,status\nS1,Willow Room counselling,active\n");
        study.write("more/unit.csv", b"id,name\nplaces,places\nhouseholds,households\n");
        let lines = rows.iter().map(|(maximum, unit, updated)| format!("S1,{unit},{maximum},{updated}\n"));
        let table = format!("service_id,unit_id,maximum,updated\n{}", lines.collect::<String>());
        study.write("more/service_capacity.csv", table.as_bytes());
        for (kind, path) in [("services-open-referral", "feed.json"), ("services-hsds", "more")] {
            let (gathered, problems) = read_source(kind, &[path], &study.folder, "{}");
            let [one] = gathered.services.as_slice() else { panic!("{kind}: {:?}", problems.list()) };
            assert_eq!(one.more.capacity, expected, "{kind}: {rows:?}");
        }
    }
}

#[test]
fn a_feed_that_gives_a_record_twice_tells_which_was_merged_and_what_differed() {
    let record = |day: &str, status: &str| {
        serde_json::json!({"id": "S1", "name": "Willow Room counselling", "status": status, "assured_date": day,
            "description": "Counselling for survivors of abuse.", "organization": {"id": "O1", "name": "Willow"},
            "attributes": [{"taxonomy_term": {"id": "counselling", "name": "Counselling"}}],
            "capacities": [{"maximum": 12, "available": 3, "unit": {"name": "places"}}]})
    };
    let feed = serde_json::json!([record("2025-01-01", "active"), record("2025-09-01", "temporarily closed")]);
    let millbeck =
        Millbeck::new().period("2023-01", "2023-12").file("services-open-referral", "feed.json", feed.to_string(), "name = \"feed\"");
    let study = built(&millbeck);
    let [one] = study.catalogue.public.as_slice() else { panic!("one service") };
    assert_eq!((one.given.len(), one.given[0].alike), (1, Alike::Id));
    assert_eq!(one.given[0].differs, BTreeSet::from([Differs::State]));
    // Capacity comes with its unit.
    assert_eq!((one.more.capacity, one.more.capacity_unit.as_deref()), (Some(12.0), Some("places")));
    let findings = found(millbeck);
    assert_eq!(cell(table(&findings, "assurance/directories"), "feed", "Given again"), Cell::Known(1));
    assert_eq!(cell(table(&findings, "assurance/pairs"), "Same id", "State differs"), Cell::Known(1));
}
