//! What a month covers belongs to a force: cases 02, 04, 46, 52 and variants.

use gapmap::model::Body;
use gapmap::study::Select;

use crate::millbeck_forces::{ALL, HEADINGS, Millbeck, VIOLENCE, middle, month_rows, months, rates, row};

const SOUTH: [usize; 4] = [0, 1, 2, 3];
const NORTH: [usize; 4] = [4, 5, 6, 7];

#[test]
fn case_02_a_file_of_headings_alone_is_a_missing_month() {
    let mut study = Millbeck::new();
    for month in ["2023-10", "2023-11", "2023-12"] {
        study.put(&format!("police/{month}-millshire-street.csv"), HEADINGS);
    }
    let findings = study.gives(288, 36.0);
    assert!(findings.find(VIOLENCE).unwrap().headline.contains("9 of 12 months"));
    let codes = study.codes();
    assert!(codes.contains(&"R102") && codes.contains(&"D206"), "{codes:?}");
    let tables = study.tables();
    assert_eq!(tables.datasets[0].by_month(&Select::default())[8..], [Some(48), None, None, None]);
}

#[test]
fn case_46_months_that_were_never_published_are_missing() {
    let mut study = Millbeck::new();
    study.take("police/2023-10-millshire-street.csv").take("police/2023-11-millshire-street.csv");
    let findings = study.gives(320, 40.0);
    assert!(findings.find(VIOLENCE).unwrap().headline.contains("10 of 12 months"));
}

#[test]
fn case_04_a_network_force_does_not_take_the_rows_without_a_place() {
    let mut study = Millbeck::new();
    for month in months() {
        let path = format!("police/{month}-millshire-street.csv");
        for n in 0..6 {
            study.add(&path, &row(&format!("{month}{n}"), &month, "Millshire Police", None, "", "Violence and sexual offences"));
        }
        let mut btp = HEADINGS.to_owned();
        for n in 0..40 {
            let id = format!("b{month}{n}");
            btp += &row(&id, &month, "British Transport Police", Some((-0.4, 53.2)), "E01990201", "Violence and sexual offences");
        }
        btp += &row(&format!("n{month}"), &month, "British Transport Police", None, "", "Violence and sexual offences");
        study.put(&format!("police/{month}-btp-street.csv"), btp);
    }
    study.gives(456, 57.0);
    // The same with a network that no list knows, whose rows all lie elsewhere.
    for bytes in study.files.values_mut() {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("British Transport Police", "Canal Police").into_bytes();
    }
    study.gives(456, 57.0);
}

#[test]
fn case_52_rows_of_northern_ireland_lie_elsewhere_also_those_without_a_place() {
    let mut study = Millbeck::new();
    for month in months() {
        let mut text = HEADINGS.to_owned();
        for _ in 0..20 {
            text += &row("", &month, "Police Service of Northern Ireland", Some((-5.93, 54.597)), "", "Anti-social behaviour");
        }
        text += &row("", &month, "Police Service of Northern Ireland", None, "", "Violence and sexual offences");
        study.put(&format!("police/{month}-northern-ireland-street.csv"), text);
    }
    study.gives(384, 48.0);
}

/// Two forces, of which one stops after six months.
fn one_stops() -> Millbeck {
    let mut study = Millbeck::new();
    study.two_authorities();
    for (i, month) in months().iter().enumerate() {
        study.street(month, "millshire", "Millshire Police", &SOUTH);
        // A few rows of the neighbour stand in every force's files.
        let stray = row(&format!("stray{month}"), month, "Millshire Police", Some(middle(4)), "E01990105", "Violence and sexual offences");
        study.add(&format!("police/{month}-millshire-street.csv"), &stray);
        if i < 6 {
            study.street(month, "overshire", "Overshire Police", &NORTH);
        }
    }
    study
}

#[test]
fn a_force_that_stops_is_missing_and_not_a_safe_place() {
    let study = one_stops();
    let findings = study.answer();
    let rates = rates(&findings, VIOLENCE);
    assert!(rates.rows[..4].iter().all(|r| r.count.known() == Some(48)));
    assert!(rates.rows[4..].iter().all(|r| r.count.known().is_none() && r.rate.known().is_none()), "{:?}", rates.rows);
    assert_eq!(rates.total.count.known(), None);
    let tables = study.tables();
    let series = tables.datasets[0].by_month(&Select::default());
    assert!(series[..6].iter().all(Option::is_some) && series[6..].iter().all(Option::is_none), "{series:?}");
    assert!(study.codes().contains(&"D206"));
}

#[test]
fn one_file_of_all_months_and_forces_tells_the_same() {
    let study = one_stops();
    let mut together = study.clone();
    let mut text = HEADINGS.to_owned();
    for (path, bytes) in study.files.iter().filter(|(p, _)| p.starts_with("police/")) {
        text += String::from_utf8(bytes.clone()).unwrap().strip_prefix(HEADINGS).unwrap();
        together.take(path);
    }
    together.put("police/combined-street.csv", text);
    let (apart, one) = (study.answer(), together.answer());
    assert_eq!(rates(&apart, VIOLENCE).rows, rates(&one, VIOLENCE).rows);
}

#[test]
fn an_authority_whose_force_was_never_given_is_missing() {
    let mut study = Millbeck::new();
    study.two_authorities();
    for month in months() {
        study.street(&month, "millshire", "Millshire Police", &SOUTH);
    }
    let findings = study.answer();
    let rates = rates(&findings, VIOLENCE);
    assert!(rates.rows[4..].iter().all(|r| r.count.known().is_none()), "an area without files is not an area without crime");
    assert!(rates.rows[..4].iter().all(|r| r.count.known() == Some(48)));
}

#[test]
fn a_month_that_was_begun_and_not_finished_is_missing() {
    let mut study = Millbeck::new();
    let first: String = month_rows("2023-12", "Millshire Police", &ALL).lines().take(2).map(|l| format!("{l}\n")).collect();
    study.put("police/2023-12-millshire-street.csv", HEADINGS.to_owned() + &first);
    let tables = study.tables();
    assert_eq!(tables.datasets[0].by_month(&Select::default())[11], None);
}

#[test]
fn a_plan_of_one_crime_type_does_not_make_quiet_months_missing() {
    let mut study = Millbeck::new();
    study.plan("name = \"police\"", "name = \"police\"\ncrime-types = [\"Violence and sexual offences\"]");
    let quiet = month_rows("2023-05", "Millshire Police", &ALL).replace("Violence and sexual offences", "Shoplifting");
    study.put("police/2023-05-millshire-street.csv", HEADINGS.to_owned() + &quiet);
    let tables = study.tables();
    assert_eq!(tables.datasets[0].by_month(&Select::default())[4], Some(0));
}

#[test]
fn a_table_of_boroughs_does_not_map_wards_as_having_none() {
    let mut study = Millbeck::new();
    study.put(
        "mps.csv",
        "MajorText,MinorText,BoroughName,202301,202302,202303\nSEXUAL OFFENCES,RAPE,Millbeck,10,20,30\nSEXUAL OFFENCES,OTHER,Millbeck,1,2,3\n",
    );
    study.source("kind = \"mps-wide\"\nname = \"mps\"\npath = \"mps.csv\"\nborough = \"Millbeck\"\nborough-code = \"E06990001\"");
    study.plan("authorities = [\"E06990001\"]", "authorities = [\"E06990001\"]\nperiod = { first = \"2023-01\", last = \"2023-03\" }");
    let findings = study.answer();
    let rates = rates(&findings, "burden/mps/rape/areas");
    assert!(rates.rows.iter().all(|r| r.count.known().is_none()), "{:?}", rates.rows[0]);
    assert_eq!(rates.total.count.known(), Some(60));
    assert!(findings.findings.iter().all(|f| !matches!(&f.body, Body::AreaRates(b) if b.rows.is_empty())));
}
