//! What became of reports over time: what comes after the follow-up is no part of it, and what stands in the curve is not left out of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use gapmap::model::{Body, Findings, Followed, OutcomeClass, OutcomeCohorts, OutcomeTimes};
use gapmap::synthetic::{Settings, borough};
use gapmap::units::{Cell, Month, Period};

use crate::study_files::Study;

const NO_SUSPECT: &str = "Investigation complete; no suspect identified";
const CHARGED: &str = "Suspect charged";
const LOCAL: &str = "Local resolution";
const UNABLE: &str = "Unable to prosecute suspect";
const HEADINGS: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name";

/// Reports of January 2023, each with its outcomes and their months after it, with files of 36 months but for those in `without`.
fn told(reports: &[&[(usize, &str)]], without: &[&str]) -> Findings {
    let mut files = borough(&Settings { seed: 1, areas: 30, months: 36, planted: true, ..Settings::default() });
    files.retain(|path, _| !path.starts_with("police/"));
    let months: Vec<String> = (0..36).map(|m| format!("{}-{:02}", 2023 + m / 12, m % 12 + 1)).collect();
    let mut rows: BTreeMap<&str, [String; 2]> = BTreeMap::new();
    let mut n = 0_u64;
    let mut add = |at: usize, category: &str, outcomes: &[(usize, &str)]| {
        n += 1;
        let place = |month: &str| {
            format!(
                "{:016x}{n:048x},{month},Quillmere Police,Quillmere Police,0.412648,53.052544,On or near Church Lane,E01990001,Quillmere 001A",
                n.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            )
        };
        let last = outcomes.last().map_or("Under investigation", |o| o.1);
        let _ = writeln!(rows.entry(&months[at]).or_default()[0], "{},{category},{last},", place(&months[at]));
        for (after, outcome) in outcomes {
            let _ = writeln!(rows.entry(&months[at + after]).or_default()[1], "{},{outcome}", place(&months[at + after]));
        }
    };
    reports.iter().for_each(|outcomes| add(0, "Violence and sexual offences", outcomes));
    (0..36).for_each(|m| add(m, "Burglary", &[(0, UNABLE)]));
    for (month, [street, outcomes]) in &rows {
        let at = |kind: &str| format!("police/{month}/{month}-quillmere-{kind}.csv");
        files.insert(at("street"), format!("{HEADINGS},Crime type,Last outcome category,Context\n{street}").into_bytes());
        if !without.contains(month) {
            files.insert(at("outcomes"), format!("{HEADINGS},Outcome type\n{outcomes}").into_bytes());
        }
    }
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap() + "\n[[analysis]]\nkind = \"outcomes\"\n";
    files.insert("study.toml".into(), plan.into_bytes());
    crate::outcomes::found(&Study::of(&files)).0
}

fn cohorts(findings: &Findings) -> &OutcomeCohorts {
    let found = findings.find("outcomes/police/violence-and-sexual-offences/cohorts").unwrap();
    let Body::OutcomeCohorts(body) = &found.body else { panic!("another shape") };
    body
}

fn times(findings: &Findings) -> &OutcomeTimes {
    let found = findings.find("outcomes/police/violence-and-sexual-offences/times").unwrap();
    let Body::OutcomeTimes(body) = &found.body else { panic!("another shape") };
    body
}

fn count(body: &OutcomeCohorts, class: OutcomeClass) -> u64 {
    let month = Month::parse("2023-01").unwrap();
    let cohort = body.cohorts.iter().find(|c| c.months == Period::new(month, month).unwrap()).unwrap();
    body.place_of(class).map_or(0, |k| cohort.counts[k].known().unwrap())
}

#[test]
fn charges_after_the_follow_up_are_told_as_none_within_it_and_stand_in_the_curve() {
    let closed: &[(usize, &str)] = &[(1, NO_SUSPECT)];
    let charged: &[(usize, &str)] = &[(15, CHARGED)];
    let reports = [vec![closed; 60], vec![charged; 40]].concat();
    let findings = told(&reports, &[]);
    let body = cohorts(&findings);
    let place = body.place_of(OutcomeClass::Charged).expect("charges are there, if none in time");
    let share = body.together.as_ref().unwrap().parts[place].share.known().unwrap();
    assert_eq!((count(body, OutcomeClass::Charged), count(body, OutcomeClass::Open)), (0, 40));
    assert!(share.value == 0.0 && share.upper > 0.0);
    let curve = times(&findings);
    let open = |month: usize| curve.steps[month].open.known().unwrap();
    assert!((open(14).value - 0.4).abs() < 1e-12 && open(15).value == 0.0, "{:?}", open(15));
    let charged = curve.classes.iter().position(|k| k.class == OutcomeClass::Charged).unwrap();
    assert!((curve.steps[15].by_then[charged].known().unwrap() - 0.4).abs() < 1e-12);
    assert_eq!(curve.steps[15].left, Cell::Known(0));
    // Neither end is a certainty: a hundred reports say so much and no more.
    assert!(open(0).value == 1.0 && open(0).lower < 0.99, "{:?}", open(0));
    assert!(open(15).lower == 0.0 && (0.01..0.1).contains(&open(15).upper), "{:?}", open(15));
}

#[test]
fn what_came_later_changes_nothing_of_what_stood_in_time() {
    let until_eight: &[(usize, &str)] = &[(2, NO_SUSPECT), (8, LOCAL)];
    let and_later: &[(usize, &str)] = &[(2, NO_SUSPECT), (8, LOCAL), (20, UNABLE)];
    for outcomes in [until_eight, and_later] {
        let findings = told(&vec![outcomes; 100], &[]);
        let body = cohorts(&findings);
        assert_eq!((count(body, OutcomeClass::OutOfCourt), count(body, OutcomeClass::NoSuspect)), (100, 0), "{outcomes:?}");
    }
}

#[test]
fn a_missing_outcome_file_makes_a_hole_that_is_told() {
    let findings = told(&vec![&[(1, NO_SUSPECT)][..]; 100], &["2024-06"]);
    let body = cohorts(&findings);
    let runs = |followed: Followed| {
        let of: Vec<Period> = body.cohorts.iter().filter(|c| c.followed == followed).map(|c| c.months).collect();
        1 + of.windows(2).filter(|w| w[0].last.plus(1) != w[1].first).count()
    };
    assert_eq!((runs(Followed::Mature), runs(Followed::Immature)), (2, 2));
    // Each run by itself: no month between two of them is said to be added, or to be young.
    let finding = findings.find("outcomes/police/violence-and-sexual-offences/cohorts").unwrap();
    let whole = body.together.as_ref().unwrap().months.label();
    assert!(finding.sentences.iter().all(|s| !s.contains(&whole)), "{:?}", finding.sentences);
}

/// The headline of the share, and its sentences.
fn said_of_the_share(findings: &Findings) -> (String, Vec<String>) {
    let finding = findings.find("outcomes/police/violence-and-sexual-offences/cohorts").expect("it is told");
    (finding.headline.clone(), finding.sentences.clone())
}

#[test]
fn a_share_of_a_single_report_is_no_headline_and_none_of_many_has_an_upper_limit() {
    let charged: &[(usize, &str)] = &[(1, CHARGED)];
    let (headline, _) = said_of_the_share(&told(&[charged], &[]));
    assert!(!headline.contains('%'), "{headline}");
    let (headline, _) = said_of_the_share(&told(&vec![charged; 50], &[]));
    assert!(headline.contains('%'), "{headline}");
    let (headline, sentences) = said_of_the_share(&told(&vec![&[(1, NO_SUSPECT)][..]; 50], &[]));
    // Wilson's upper limit of none of fifty.
    assert!(!headline.contains('%') && sentences.iter().any(|s| s.contains("50") && s.contains("7.1%")), "{headline} {sentences:?}");
}

#[test]
fn reports_that_are_all_open_are_an_answer() {
    let findings = told(&vec![&[][..]; 40], &[]);
    let body = cohorts(&findings);
    assert_eq!((count(body, OutcomeClass::Open), body.classes.len()), (40, 1));
}
