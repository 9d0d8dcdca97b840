//! An unknown code is not another place: cases 06, 07, 09, 12, 49, 51 and variants.

use gapmap::units::Cell;

use crate::millbeck_forces::{
    ALL, HEADINGS, Millbeck, VIOLENCE, areas, code, collection, feature, middle, months, name, polygon, rates, row, set_aside, square,
};

/// Writes the codes of one area as an older one that was split.
fn older_codes(study: &mut Millbeck, from: usize, to: &str) {
    let (old, new) = (format!(",{},", code(from)), format!(",{to},"));
    for (_, bytes) in study.files.iter_mut().filter(|(p, _)| p.starts_with("police/2023-0")) {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace(&old, &new).into_bytes();
    }
}

#[test]
fn case_06_the_point_decides_where_nothing_knows_the_code() {
    let mut study = Millbeck::new();
    older_codes(&mut study, 0, "E01990199");
    let findings = study.gives(384, 48.0);
    assert!(rates(&findings, VIOLENCE).rows.iter().all(|r| r.count.known() == Some(48)));
    assert!(study.codes().contains(&"D219"));
}

#[test]
fn a_code_that_a_lookup_puts_elsewhere_is_elsewhere_wherever_its_point_is_snapped_to() {
    let mut study = Millbeck::new();
    for month in months() {
        let path = format!("police/{month}-millshire-street.csv");
        study.add(
            &path,
            &row(&format!("n{month}"), &month, "Millshire Police", Some(middle(0)), "E01990201", "Violence and sexual offences"),
        );
    }
    study.put("lookup.csv", "LSOA21CD,LSOA21NM,LAD24CD,LAD24NM\nE01990201,Overdale 001A,E06990002,Overdale\n");
    study.source("kind = \"lookup\"\npath = \"lookup.csv\"");
    let findings = study.gives(384, 48.0);
    assert_eq!(set_aside(&findings, "police")["in another authority"], 12);
}

#[test]
fn older_codes_without_points_are_told_as_unknown_and_a_lookup_places_them() {
    let mut study = Millbeck::new();
    let mut text = "Month,LSOA,Offence\n".to_owned();
    for month in months() {
        for i in ALL {
            let own = if i == 7 { "E01990197".to_owned() } else { code(i) };
            (0..4).for_each(|_| text += &format!("{month},{own},Stalking\n"));
        }
    }
    study.put("extract.csv", text);
    study.source("kind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\" }");
    assert!(study.codes().contains(&"D219"));
    // A chain of lookups: codes of 2001 to 2011, and of 2011 to 2021, in whichever order.
    study.put("a.csv", format!("LSOA11CD,LSOA21CD,LAD24CD\nE01990198,{},E06990001\n", code(7)));
    study.put("b.csv", "LSOA01CD,LSOA11CD\nE01990197,E01990198\n");
    for order in ["[\"a.csv\", \"b.csv\"]", "[\"b.csv\", \"a.csv\"]"] {
        let mut study = study.clone();
        study.source(&format!("kind = \"lookup\"\npath = {order}"));
        assert_eq!(rates(&study.answer(), "burden/extract/stalking/areas").total.count.known(), Some(384), "{order}");
    }
}

/// Boundaries of two places of eight areas each, without a column of authorities.
fn region(second: &str) -> Millbeck {
    let mut study = Millbeck::new();
    let mut all = areas(|_| String::new());
    let mut people = study.people(|_| 1000);
    for i in ALL {
        let (x, y) = middle(i);
        let own = format!("E01990{:03}", 201 + i);
        let label = name(i).replace("Millbeck", second);
        all.push(feature(&format!("\"LSOA21CD\":\"{own}\",\"LSOA21NM\":\"{label}\""), &polygon(&square((x + 0.2, y), |x, y| (x, y)))));
        people += &format!("2021,{label},{own},1000\n");
    }
    study.put("boundaries/lsoa.geojson", collection(&all, "")).put("population.csv", people);
    study
}

#[test]
fn case_07_boundaries_of_a_region_are_not_all_the_studys_own() {
    let findings = region("Overdale").gives(384, 48.0);
    assert_eq!(rates(&findings, VIOLENCE).rows.len(), 8);
    assert!(region("Overdale").codes().contains(&"D204"));
    let mut unnamed = region("Overdale");
    unnamed.plan("area-name = \"Millbeck\"", "area-name = \"The partnership\"");
    unnamed.is_refused("D204", "lookup");
    unnamed.put("lookup.csv", ALL.iter().fold("LSOA21CD,LAD24CD\n".to_owned(), |t, i| t + &format!("{},E06990001\n", code(*i))));
    unnamed.source("kind = \"lookup\"\npath = \"lookup.csv\"").gives(384, 48.0);
}

#[test]
fn areas_of_the_study_that_the_lookup_forgot_are_a_problem() {
    let mut study = region("Overdale");
    study.put("lookup.csv", ALL[..7].iter().fold("LSOA21CD,LAD24CD\n".to_owned(), |t, i| t + &format!("{},E06990001\n", code(*i))));
    study.source("kind = \"lookup\"\npath = \"lookup.csv\"").is_refused("D204", "lookup");
}

#[test]
fn case_09_the_newest_lookup_wins_in_either_order() {
    let new: String = ALL.iter().map(|i| format!("{},{},E06990001,Millbeck\n", code(*i), name(*i))).collect();
    let old: String = ALL.iter().map(|i| format!("{},x,U,{},x,E0799001{},Mill\n", code(*i), code(*i), i / 4)).collect();
    for order in ["[\"new.csv\", \"old.csv\"]", "[\"old.csv\", \"new.csv\"]"] {
        let mut study = Millbeck::new();
        study.put("boundaries/lsoa.geojson", collection(&areas(|_| String::new()), ""));
        study.put("new.csv", format!("LSOA21CD,LSOA21NM,LAD24CD,LAD24NM\n{new}"));
        study.put("old.csv", format!("LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n{old}"));
        study.source(&format!("kind = \"lookup\"\npath = {order}")).gives(384, 48.0);
    }
    // One lookup with the authorities of two years, and boundaries that name those of the older.
    let mut study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(&areas(|i| format!(",\"LAD22CD\":\"E0799001{}\"", i / 4)), ""));
    let both: String = ALL.iter().map(|i| format!("{},E0799001{},E06990001\n", code(*i), i / 4)).collect();
    study.put("both.csv", format!("LSOA21CD,LAD22CD,LAD24CD\n{both}")).source("kind = \"lookup\"\npath = \"both.csv\"").gives(384, 48.0);
}

#[test]
fn case_12_totals_of_several_countries_are_set_aside() {
    for total in ["K04000001", "E92000001", "K02000001", "W92000004", "J01000001"] {
        let mut study = Millbeck::new();
        study.add("population.csv", &format!("\"2021\",\"England and Wales\",\"{total}\",59597542\n"));
        study.gives(384, 48.0);
    }
}

#[test]
fn case_49_a_code_of_something_larger_says_what_it_is() {
    let plan = |code: &str| {
        let mut study = Millbeck::new();
        study.plan("[\"E06990001\"]", &format!("[\"{code}\"]"));
        study
    };
    plan("E10990001").is_refused("D204", "county");
    plan("E10000018").is_refused("D204", "E07000129"); // Leicestershire: Blaby is in it
    plan("E23000026").is_refused("D204", "E06000032"); // the police area of Bedfordshire: Luton
    plan("E07000054").is_refused("D204", "E06000047"); // Chester-le-Street became part of County Durham
}

#[test]
fn one_authority_of_several_without_areas_is_a_problem() {
    let mut study = Millbeck::new();
    study.plan("[\"E06990001\"]", "[\"E06990001\", \"E06990002\"]").is_refused("D204", "E06990002");
}

#[test]
fn an_abolished_authority_in_rows_and_boundaries_is_the_one_that_it_became() {
    let mut study = Millbeck::new();
    // Chester-le-Street became part of County Durham in 2009.
    study.put("boundaries/lsoa.geojson", collection(&areas(|_| ",\"LAD08CD\":\"E07000054\"".into()), ""));
    study.plan("[\"E06990001\"]", "[\"E06000047\"]");
    study.put("extract.csv", "Month,Area,Offence\n2023-01,E07000054,Stalking\n2023-02,E06000047,Stalking\n2023-02,E06000001,Stalking\n");
    study.source("kind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"Area\", category = \"Offence\" }");
    let findings = study.answer();
    assert_eq!(rates(&findings, VIOLENCE).rows.len(), 8);
    assert_eq!(set_aside(&findings, "extract").get("in another authority"), Some(&1));
    assert_eq!(rates(&findings, "burden/extract/stalking/areas").total.count.known(), Some(2));
}

#[test]
fn case_51_residents_by_older_codes_give_no_rate_of_the_whole() {
    let mut study = Millbeck::new();
    let people = ALL[3..].iter().fold("code,all\nE01990199,2000\nE01990198,500\n".to_owned(), |t, i| t + &format!("{},1000\n", code(*i)));
    study.put("population.csv", people);
    study.put(
        "lookup.csv",
        format!("LSOA11CD,CHGIND,LSOA21CD\nE01990199,S,{}\nE01990199,S,{}\nE01990198,M,{}\n", code(0), code(1), code(2)),
    );
    study.source("kind = \"lookup\"\npath = \"lookup.csv\"");
    let findings = study.answer();
    let rates = rates(&findings, VIOLENCE);
    assert_eq!(rates.rows[0].rate, Cell::NotApplicable);
    assert!(rates.total.rate.known().is_none());
}

#[test]
fn rows_of_a_force_with_only_headings_in_between_keep_their_codes() {
    // A file with quoted fields goes through the other reader: forces and codes are told there too.
    let mut study = Millbeck::new();
    let path = "police/2023-04-millshire-street.csv";
    let text = String::from_utf8(study.files[path].clone()).unwrap().replace("On or near High Street", "\"On or near High Street\"");
    study.put(path, text);
    study.put("police/2023-05-millshire-street.csv", HEADINGS);
    study.gives(352, 44.0);
}

#[test]
fn a_name_that_several_areas_have_is_a_problem_that_asks_for_the_code() {
    let study = crate::millbeck::Millbeck::new();
    let named = |first: &str, second: &str| {
        let text = String::from_utf8(study.study.read("boundaries.geojson")).unwrap();
        text.replace("Millbeck 0", first).replace("Millbeck 1", second)
    };
    let rows = "Month,Area,Offence,Number\n2023-01,Castle Ward,Stalking,4\n2023-01,Millbeck 2,Stalking,3\n2023-02,Millbeck 2,Stalking,3\n";
    let columns =
        "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"Area\", category = \"Offence\", count = \"Number\" }";
    let read = |first: &str, second: &str| {
        let boundaries = named(first, second);
        let study = crate::millbeck::Millbeck::new();
        study.study.write("boundaries.geojson", boundaries.as_bytes());
        study.file("events-csv", "x.csv", rows, columns).read()
    };
    let (study, problems) = read("Castle", "Castle");
    assert!(study.is_none());
    let told: Vec<_> = problems.list().iter().filter(|p| p.stops()).collect();
    assert_eq!((told.len(), told[0].code.name(), told[0].place.line), (1, "R104", Some(2)));
    assert!(told[0].message.contains("several areas") && told[0].next_step.contains("code"), "{told:?}");
    let (study, problems) = read("Castle", "Abbey");
    assert_eq!(study.map(|s| crate::millbeck::recorded(&s)), Some(10), "{:?}", problems.list());
}
