//! Catalogues as they come out of councils' systems: more of the kinds of fault of the cases (words, placeholders, bad records, pages), and cases
//! 30, 47, 60b and 67.

use serde_json::{Value, json};

use crate::millbeck::{AREAS, Millbeck, errors, tells};
use crate::study_files::Study;

fn service(id: &str, more: Value) -> Value {
    let mut all = json!({"id": id, "name": "Millbeck drop-in", "status": "active", "organization": {"id": "o", "name": "Invented Trust"},
        "attributes": [{"taxonomy_term": {"id": "one_stop_shop", "name": "One-stop shop or drop-in"}}],
        "service_at_locations": [{"location": {"id": "l", "location_type": "physical", "latitude": 53.2045, "longitude": -0.5925}}]});
    more.as_object().unwrap().iter().for_each(|(k, v)| all[k] = v.clone());
    all
}

fn feed(document: Value) -> Millbeck {
    Millbeck::new().with_calls().file("services-open-referral", "feed.json", document.to_string(), "name = \"feed\"")
}

fn table(text: &str) -> Millbeck {
    Millbeck::new().with_calls().file("services-csv", "s.csv", text, "name = \"services\"")
}

#[test]
fn case_30_a_refuge_whose_address_stands_in_the_older_table_of_addresses_stops_the_run() {
    for file in ["physical_address.csv", "physical_addresses.csv", "postal_address.csv", "address.csv", "addresses.csv"] {
        let package = Millbeck::new().with_calls();
        package.study.write(
            "hsds/services.csv",
            b"id,organization_id,name,description,status\ns1,o1,Millbeck drop-in,,active\ns2,o1,Millbeck Women's Refuge,,active\n",
        );
        package.study.write("hsds/organizations.csv", b"id,name\no1,Invented Trust\n");
        package.study.write("hsds/locations.csv", b"id,name,latitude,longitude\nl1,,53.2045,-0.5925\nl2,,,\n");
        package.study.write("hsds/services_at_location.csv", b"id,service_id,location_id,description\nx1,s1,l1,\nx2,s2,l2,\n");
        package.study.write(
            &format!("hsds/{file}"),
            b"id,location_id,address_1,city,postal_code,country\np1,l1,2 Invented Street,Millbeck,ZZ1 2ZZ,GB\np2,l2,1 Invented Street,Millbeck,ZZ1 1ZZ,GB\n",
        );
        let (study, problems) = package.source("services-hsds", "hsds", "").read();
        assert!(study.is_none() && errors(&problems).contains(&"S301"), "{file}: {:?}", problems.list());
        let told = format!("{:?}", problems.list());
        assert!(!told.contains("1 Invented Street") && !told.contains("ZZ1 1ZZ"), "the place is never echoed");
    }
}

#[test]
fn case_60b_a_club_for_refugees_is_no_refuge() {
    let names = [
        "Welcoming space at Refugee Women of Millbeck",
        "Conversation club for refugees",
        "Refugee Council drop-in",
        "Asylum and refugee advice",
    ];
    let all: Vec<Value> = names.iter().enumerate().map(|(i, n)| service(&format!("r{i}"), json!({"name": n, "attributes": []}))).collect();
    let (study, problems) = feed(json!(all)).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert!(study.catalogue.public.iter().all(|s| s.sites.len() == 1 && s.types.is_empty()) && study.catalogue.public.len() == names.len());
}

#[test]
fn case_47_the_indices_of_2025_with_a_mark_and_double_spaces() {
    for heading in [
        "Index of Multiple Deprivation (IMD)  Rank (where 1 is most deprived)",
        "Index of Multiple  Deprivation (IMD) Rank (where 1 is most deprived) ",
    ] {
        let mut text = format!("\u{feff}LSOA code (2021),LSOA name (2021),Local Authority District code (2024),\"{heading}\"\r\n");
        AREAS.iter().enumerate().for_each(|(i, code)| text += &format!("{code},Millbeck,E06990001,{}\r\n", 100 + 3_000 * i));
        let (study, problems) = Millbeck::new().with_calls().file("deprivation", "d.csv", text, "").read();
        let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
        assert!(study.areas.list.iter().all(|a| a.deprivation.is_some()), "{heading}");
    }
}

#[test]
fn case_67_reasons_joined_in_one_field_make_files_that_can_be_written() {
    let joined = [
        "Poor or no street lighting",
        "Lack of other people around",
        "Being followed or stared at",
        "Groups gathering and shouting",
        "Empty or abandoned buildings",
    ]
    .join("; ")
    .repeat(4);
    let mut text = "Month,LSOA,Type\n".to_owned();
    for month in 1..=12 {
        AREAS.iter().for_each(|code| {
            text += &format!("2023-{month:02},{code},{joined}\n2023-{month:02},{code},Caf\u{e9} / \"quoted\" <b>: con\n").repeat(6)
        });
    }
    let mapping = "name = \"returns\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Type\" }";
    let all = Millbeck::new().file("events-csv", "reports.csv", text, mapping).ask("burden");
    let (findings, problems) = all.findings();
    assert!(findings.is_some(), "{:?}", problems.list());
    let run = all.study.gapmap(&["run", "study.toml", "--no-png"]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let written: Vec<String> = Study::tree(&all.study, "out").into_keys().collect();
    assert!(written.len() > 5 && written.iter().all(|p| p.rsplit('/').next().unwrap().len() <= 120), "{written:?}");
}

#[test]
fn kind_05_everyday_words_are_no_services_of_the_kind() {
    let names = [
        "Safe cycling training",
        "Helpline for landlords",
        "Refuse and recycling helpline",
        "Hedgehog sanctuary open day",
        "Debt advocacy and outreach",
        "Substance misuse counselling",
        "Crisis grants",
        "Deer walks in the park",
        "Children's group at the library",
        "Safety in the kitchen",
    ];
    let rows: String = names.iter().enumerate().map(|(i, n)| format!("S{i},\"{n}\",,-0.5925,53.2045,active\n")).collect();
    let (study, problems) = table(&format!("service_id,name,types,longitude,latitude,status\n{rows}")).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let typed: Vec<(&str, &[String])> =
        study.catalogue.public.iter().filter(|s| !s.types.is_empty()).map(|s| (s.name.as_str(), s.types.as_slice())).collect();
    assert!(typed.is_empty(), "{typed:?}");
    assert_eq!(study.catalogue.public.len(), names.len());
}

#[test]
fn kind_04_hours_of_other_systems() {
    let minutes = |hours: &str| {
        let text =
            format!("service_id,name,types,longitude,latitude,hours\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045,\"{hours}\"\n");
        let (study, problems) = table(&text).read();
        let study = study.unwrap_or_else(|| panic!("{hours}: {:?}", problems.list()));
        study.catalogue.public[0].more.hours.as_ref().map(|h| h.dates.shares().minutes_between(0, 10_080))
    };
    for (hours, right) in [
        ("Mo-Fr 09:00-17:00", 2400.0),
        ("Mo[1] 10:00-12:00", 120.0 * 12.0 / 52.14),
        ("Th[-1] 18:00-20:00", 120.0 * 12.0 / 52.14),
        ("Apr-Sep Mo 10:00-12:00", 120.0 * 26.0 / 52.14),
        ("Fr 22:00-02:00", 240.0),
        ("24/7", 10_080.0),
        ("Tu 10:00-12:00,13:00-15:00", 240.0),
    ] {
        let found = minutes(hours);
        assert!(found.is_some_and(|m| (m - right).abs() <= right * 0.05 + 1.0), "{hours}: {found:?} and not {right}");
    }
    for unknown in ["by appointment", "ring for times", "mornings", "Mo-Fr", "9 to 5ish"] {
        let found = minutes(unknown);
        assert!(found.is_none_or(|m| m < 1.0) || unknown == "Mo-Fr", "{unknown}: {found:?}");
    }
}

#[test]
fn kind_06_placeholders_of_a_catalogue() {
    let heads = "service_id,name,types,longitude,latitude,status,capacity,waiting_days,age_from,age_to";
    for (place, capacity, wait) in [("0,0", "-1", "n/a"), ("99.999999,0", "TBC", "999"), (",", "n/k", "-99"), ("#N/A,#N/A", "*", "unknown")]
    {
        let (study, problems) = table(&format!("{heads}\nS1,Millbeck drop-in,one_stop_shop,{place},active,{capacity},{wait},,\n")).read();
        let study = study.unwrap_or_else(|| panic!("{place}: {:?}", problems.list()));
        assert!(study.catalogue.public[0].sites.is_empty(), "{place} is no place");
    }
}

#[test]
fn kind_08_records_that_are_none_are_set_aside_and_counted() {
    let document = json!({"contents": [null, "x", 5, {}, [], service("7", json!({})), service("8", json!({"name": "  "}))]});
    let (study, problems) = feed(document).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert_eq!(study.catalogue.public.len(), 1);
    let line = study.ledger.iter().find(|l| l.source == "feed").unwrap();
    assert_eq!((line.read, line.kept, line.balances()), (7, 1, true));
    assert!(tells(&problems, "S307"));
    // In a table of one's own a row of nothing, of a total or of headings is no record.
    let text = "service_id,name,types,longitude,latitude\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045\n,,,,\nservice_id,name,types,longitude,latitude\nGrand total,1,,,\n";
    let (study, problems) = table(text).read();
    assert_eq!(study.map(|s| s.catalogue.public.len()), Some(1), "{:?}", problems.list());
}

#[test]
fn kind_10_a_page_of_a_feed_that_says_that_others_follow_is_told() {
    let page = |more: Value| {
        let mut page = json!({"contents": [service("1", json!({}))]});
        more.as_object().unwrap().iter().for_each(|(k, v)| page[k] = v.clone());
        tells(&feed(page).read().1, "R128")
    };
    assert!(page(json!({"total_pages": 5, "page_number": 1, "first_page": true, "last_page": false})));
    assert!(page(json!({"totalPages": 3, "first": true, "last": false, "number": 0})));
    assert!(!page(json!({"total_pages": 1, "first_page": true, "last_page": true})));
    assert!(!page(json!({})));
}

#[test]
fn kind_10_a_question_that_cannot_be_answered_is_a_finding() {
    // No deprivation, no services: what was asked for is there, and says why not.
    for asked in ["inequality", "access", "parity"] {
        let (findings, problems) = Millbeck::new().with_calls().ask(asked).findings();
        let told = problems.list().iter().any(|p| !p.next_step.is_empty());
        let answered = findings.is_some_and(|f| f.findings.iter().any(|f| f.analysis == asked));
        assert!(answered || told, "{asked} is passed over without a word");
    }
}
