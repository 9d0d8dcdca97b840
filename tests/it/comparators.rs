//! A rate beside those of other areas: never in their order, and never beside what was counted otherwise.

use gapmap::diagnostics::Problems;
use gapmap::model::{Beside, BesideSaid, Body, Findings};
use gapmap::stats::counts::rate;
use gapmap::units::{BesideRole, Cell};

use crate::millbeck::{AREAS, Millbeck, errors, tells};

const HEADINGS: &str = "area,role,category,from,to,count,population,rate,lower,upper,per,definition,people,standardised\n";
const ID: &str = "comparators/calls/calls";

/// Millbeck with two calls in each area and month of 2023, and other areas.
fn beside(rows: &str, sensitivity: &str) -> Millbeck {
    let calls: String = (1..=12).flat_map(|m| AREAS.map(|code| format!("2023-{m:02},{code},Calls,2\n"))).collect();
    let study = Millbeck::new().file(
        "events-csv",
        "calls.csv",
        format!("Month,LSOA,Offence,Number\n{calls}"),
        "name = \"calls\"\ntopic = \"incidents\"\nlabels = [\"Calls\"]\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }",
    );
    study.study.write("others.csv", format!("{HEADINGS}{rows}").as_bytes());
    let all = study.source("comparator-table", "others.csv", "name = \"others\"");
    let all = if sensitivity == "open" { all } else { all.restricting("others.csv") };
    all.ask("comparators")
}

fn found(rows: &str) -> (Findings, Problems) {
    let (found, problems) = beside(rows, "open").findings();
    (found.unwrap_or_else(|| panic!("{:?}", problems.list())), problems)
}

fn body(findings: &Findings) -> &Beside {
    let finding = findings.find(ID).unwrap_or_else(|| panic!("{:?}", findings.findings.iter().map(|f| &f.id).collect::<Vec<_>>()));
    let Body::Beside(body) = &finding.body else { panic!("another shape") };
    body
}

/// 192 calls for 8,000 residents are 24 per 1,000.
const ROWS: &str = "Zedham,similar,Calls,2023-01,2023-12,240,10000,,,,,events-csv,,
Ashby,similar,Calls,2023-01,2023-12,900,10000,,,,,events-csv,,crude
Borton,similar,Calls,2023-01,2023-12,20,10000,,,,,events-csv,all,
England,country,calls,2023-01,2023-12,,,2100,2000,2200,100000,EVENTS-CSV,,crude
Coalville,neighbour,Calls,2022-01,2022-12,240,10000,,,,,events-csv,,
Dunham,neighbour,Calls,2023-01,2023-12,240,10000,,,,,police-uk-street,,
Elmley,neighbour,Calls,2023-01,2023-12,240,10000,,,,,,,
Farby,neighbour,Calls,2023-01,2023-12,240,10000,,,,,events-csv,female,
Girton,neighbour,Calls,2023-01,2023-12,240,10000,,,,,events-csv,,ESP 2013
Hinton,neighbour,Calls,2023-01,2023-12,*,10000,,,,,events-csv,,
Irby,neighbour,Stalking,2023-01,2023-12,7,10000,,,,,events-csv,,
";

#[test]
fn rates_stand_by_what_areas_are_and_by_name_and_only_like_is_compared() {
    let (findings, _) = found(ROWS);
    let b = body(&findings);
    let own = b.own.rate.known().unwrap();
    assert_eq!((b.own.count, own), (Cell::Known(192), rate(192, 8000.0, 1000.0, 0.95).unwrap()));
    let of = |r: &gapmap::model::BesideRow| (r.name.clone(), r.role, r.said);
    let told: Vec<_> = b.others.iter().map(of).collect();
    let row = |name: &str, role, said| (name.to_owned(), role, said);
    use BesideRole::{Nation, Neighbour, Similar};
    assert_eq!(
        told,
        [
            row("Ashby", Similar, BesideSaid::OwnLower),
            row("Borton", Similar, BesideSaid::OwnHigher),
            row("Zedham", Similar, BesideSaid::NoClearDifference),
            row("Coalville", Neighbour, BesideSaid::OtherMonths),
            row("Dunham", Neighbour, BesideSaid::OtherDefinition),
            row("Elmley", Neighbour, BesideSaid::OtherDefinition),
            row("Farby", Neighbour, BesideSaid::OtherPeople),
            row("Girton", Neighbour, BesideSaid::Standardised),
            row("Hinton", Neighbour, BesideSaid::NotKnown),
            row("England", Nation, BesideSaid::NoClearDifference),
        ]
    );
    // 2,100 per 100,000 are 21 per 1,000.
    let england = b.others.last().unwrap().rate.known().unwrap();
    assert_eq!((england.value, england.lower, england.upper), (21.0, 20.0, 22.0));
    assert_eq!(b.others[8].rate, Cell::Missing, "what is kept back is no zero");
}

#[test]
fn the_order_of_the_table_and_its_rates_change_nothing() {
    let turned: String = ROWS.lines().rev().map(|l| format!("{l}\n")).collect();
    let (one, other) = (found(ROWS).0, found(&turned).0);
    assert_eq!(body(&one), body(&other));
    // Rates the other way round leave every name in its place.
    let swapped = ROWS.replace("900,10000", "20,10000").replacen(
        "Borton,similar,Calls,2023-01,2023-12,20,",
        "Borton,similar,Calls,2023-01,2023-12,900,",
        1,
    );
    let names = |f: &Findings| body(f).others.iter().map(|o| o.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&found(&swapped).0));
}

#[test]
fn without_months_of_its_own_nothing_is_compared_and_nothing_is_none() {
    let (findings, _) = found("Ashby,similar,Calls,2019-01,2019-12,900,10000,,,,,events-csv,,\n");
    let b = body(&findings);
    assert_eq!(b.others[0].said, BesideSaid::OtherMonths);
    assert_eq!((b.months.len(), b.own.count), (12, Cell::Known(192)));
    // A period that the study has in part.
    let (findings, _) = found("Ashby,similar,Calls,2023-06,2024-05,900,10000,,,,,events-csv,,\n");
    assert_eq!(body(&findings).others[0].said, BesideSaid::OtherMonths);
}

#[test]
fn a_table_of_other_things_or_a_restricted_one_is_no_answer_and_is_named() {
    let unanswered = |study: Millbeck| {
        let (found, problems) = study.findings();
        let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
        assert!(found.findings.iter().all(|f| f.analysis != "comparators"));
        found.frame.unanswered.into_iter().find(|u| u.analysis == "comparators").map(|u| u.because).unwrap()
    };
    let of_others = unanswered(beside("Irby,neighbour,Stalking,2023-01,2023-12,7,10000,,,,,events-csv,,\n", "open"));
    let restricted = unanswered(beside(ROWS, "restricted"));
    let none = unanswered(Millbeck::new().with_calls().ask("comparators"));
    assert!(of_others != restricted && restricted != none && none != of_others);
}

#[test]
fn the_count_of_a_restricted_source_comes_through_the_door() {
    let (found, problems) = beside(ROWS, "open").restricting("calls.csv").findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let b = body(&found);
    let n = b.own.count.known().unwrap();
    assert!(n.is_multiple_of(5) && n.abs_diff(192) <= 3, "{n}");
    assert_eq!(b.own.rate.known(), rate(n, 8000.0, 1000.0, 0.95));
}

#[test]
fn mistakes_have_a_place() {
    let (_, problems) = beside("Ashby,best,Calls,2023-01,2023-12,9,1000,,,,,events-csv,,\n", "open").read();
    assert!(tells(&problems, "R104"), "{:?}", problems.list());
    let twice =
        "Ashby,similar,Calls,2023-01,2023-12,9,1000,,,,,events-csv,,\nashby,similar,Calls,2023-01,2023-12,10,1000,,,,,events-csv,,\n";
    let (_, problems) = beside(twice, "open").read();
    assert_eq!(errors(&problems), ["D215"]);
    // A year is the sum of its months, but for what rounding takes.
    let year_beside_months = |year: u32, month: u32| {
        let one = |m: u32| format!("Ashby,similar,Calls,2023-{m:02},2023-{m:02},{month},1000,,,,,events-csv,,\n");
        let rows = format!("Ashby,similar,Calls,2023-01,2023-12,{year},1000,,,,,events-csv,,\n{}", (1..=12).map(one).collect::<String>());
        errors(&beside(&rows, "open").read().1)
    };
    assert!(year_beside_months(132, 11).is_empty() && year_beside_months(150, 10).is_empty());
    assert_eq!((year_beside_months(135, 11), year_beside_months(155, 10)), (vec!["D215"], vec!["D215"]));
    let (_, problems) = beside("Rosa House women's refuge,similar,Calls,2023-01,2023-12,9,1000,,,,,events-csv,,\n", "open").read();
    assert!(errors(&problems).contains(&"S301"), "{:?}", problems.list());
    // A rate outside of its own limits is not known.
    let (findings, _) = found("Ashby,similar,Calls,2023-01,2023-12,,,50,10,20,1000,events-csv,,\n");
    assert_eq!(body(&findings).others[0].said, BesideSaid::NotKnown);
}

/// Of two equal rates of about the same number of events hardly one pair in 180 is told apart.
#[test]
fn equal_rates_are_told_apart_less_often_than_is_stated() {
    use rand::SeedableRng;
    use rand_distr::{Distribution, Poisson};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(2);
    let mut drawn = |mean: f64| Poisson::new(mean).unwrap().sample(&mut random) as u64;
    let pairs = 2000;
    let apart = (0..pairs).filter(|i| {
        let mean = [6.0, 40.0, 700.0][i % 3];
        let of = |n: u64| rate(n, 10_000.0, 1000.0, 0.95).unwrap();
        of(drawn(mean)).is_apart_from(&of(drawn(mean)))
    });
    let n = apart.count();
    assert!(n <= 25, "{n} of {pairs}");
}

#[test]
fn rows_that_cannot_be_are_refused_and_the_partnership_is_not_compared_with_itself() {
    let good = "Ashby,similar,Calls,2023-01,2023-12,240,10000,,,,,events-csv,,\n";
    for wrong in [
        "Total,similar,Calls,2023-01,2023-12,240,10000,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,300,10,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,999999,1000001,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,240,9999999,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,,,24,22,26,1,events-csv,,crude",
        "Borton,similar,Calls,2023-01,2023-12,240,10000,99,90,110,1000,events-csv,,",
        // Of a rate alone nobody knows what it is standardised by.
        "Borton,similar,Calls,2023-01,2023-12,,,24,22,26,1000,events-csv,,",
        "Borton,similar,Calls,,2023-12,240,10000,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,,,9999,9900,10000,1000,events-csv,,crude",
        "Borton,similar,Calls,2023-01,2023-12,240,,,,,,events-csv,,",
        // 2.4 % are 24 per 1,000; and a dot may stand for thousands.
        "Borton,similar,Calls,2023-01,2023-12,,,2.4%,2.2,2.6,1000,events-csv,,crude",
        "Borton,similar,Calls,2023-01,2023-12,240,10.000,,,,,events-csv,,",
        "Borton,similar,Calls,2023-01,2023-12,1.000,10000,,,,,events-csv,,",
    ] {
        let (study, problems) = beside(&format!("{good}{wrong}\n"), "open").read();
        assert!(study.is_none() && errors(&problems) == ["R104"], "{wrong}: {:?}", problems.list());
    }
    // Its own row is no other area, by whatever it is called.
    for own in ["Millbeck", "millbeck", "E06990001"] {
        let (findings, _) = found(&format!("{good}{own},neighbour,Calls,2023-01,2023-12,192,8000,,,,,events-csv,,\n"));
        let names: Vec<&str> = body(&findings).others.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(names, ["Ashby"], "{own}");
    }
}

#[test]
fn a_rate_is_per_a_number_of_people() {
    for per in ["0", "-5", "nan", "inf", "1e308", "0.001"] {
        let study = beside(ROWS, "open");
        let text = format!("comparators\"\nper = {per}\n#");
        let (findings, problems) = study.ask(&text).findings();
        assert!(findings.is_none() && !errors(&problems).is_empty(), "{per}: {:?}", problems.list());
    }
}
