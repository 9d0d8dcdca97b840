//! Catalogues as councils publish them: schedules, older versions, closed doors, drafts, repeats. Each test names the case that it is after.

use serde_json::{Value, json};

use crate::millbeck::{Millbeck, errors, tells};

fn service(id: &str, more: Value) -> Value {
    let mut all = json!({"id": id, "name": "Millbeck drop-in", "status": "active", "organization": {"id": "o", "name": "Invented Trust"},
        "attributes": [{"taxonomy_term": {"id": "one_stop_shop", "name": "One-stop shop or drop-in"}}],
        "service_at_locations": [{"location": {"id": "l", "location_type": "physical", "latitude": 53.2045, "longitude": -0.5925}}]});
    more.as_object().unwrap().iter().for_each(|(k, v)| all[k] = v.clone());
    all
}

fn feed(services: &[Value]) -> Millbeck {
    let page = json!({"contents": services});
    Millbeck::new().with_calls().file("services-open-referral", "feed.json", page.to_string(), "name = \"feed\"")
}

/// Minutes open in a week on average over 2023; `None` where the hours are not known.
fn minutes(schedules: Value) -> Option<f64> {
    let (study, problems) = feed(&[service("a", json!({"schedules": schedules}))]).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let hours = study.catalogue.public[0].more.hours.as_ref().map(|h| h.dates.shares().minutes_between(0, 10_080));
    assert_eq!(hours.is_none(), tells(&problems, "S309"), "hours that are not known are told");
    hours
}

fn near(found: Option<f64>, right: f64) {
    let found = found.expect("hours are known");
    assert!((found - right).abs() <= right * 0.02 + 0.5, "{found} minutes a week, not {right}");
}

#[test]
fn cases_20_to_24_schedules_are_laid_out_over_the_months() {
    // 20: the fifteenth of each month, two hours.
    near(minutes(json!([{"freq": "MONTHLY", "bymonthday": "15", "opens_at": "10:00:00", "closes_at": "12:00:00"}])), 120.0 * 12.0 / 52.14);
    // 22: days as a list.
    near(minutes(json!([{"freq": "WEEKLY", "byday": ["TU", "TH"], "opens_at": "10:00", "closes_at": "12:00"}])), 240.0);
    // 23: hours of before March 2020 beside today's.
    near(
        minutes(
            json!([{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "valid_from": "2019-01-01", "valid_to": "2020-03-20", "opens_at": "09:00", "closes_at": "21:00"},
            {"freq": "WEEKLY", "byday": "TU", "valid_from": "2023-01-01", "opens_at": "10:00", "closes_at": "12:00"}]),
        ),
        120.0,
    );
    // 24: days parted by spaces.
    near(minutes(json!([{"freq": "WEEKLY", "byday": "MO TU WE TH FR", "opens_at": "09:00", "closes_at": "17:00"}])), 2400.0);
}

#[test]
fn other_schedules_of_the_kind() {
    near(
        minutes(
            json!([{"freq": "WEEKLY", "interval": 2, "byday": "WE", "dtstart": "2023-01-04", "opens_at": "13:00", "closes_at": "15:00"}]),
        ),
        60.0,
    );
    near(minutes(json!([{"freq": "MONTHLY", "byday": "-1FR", "opens_at": "10:00", "closes_at": "11:00"}])), 60.0 * 12.0 / 52.14);
    near(minutes(json!([{"freq": "MONTHLY", "bymonthday": [1, 15], "opens_at": "10:00", "closes_at": "11:00"}])), 60.0 * 24.0 / 52.14);
    near(minutes(json!([{"byday": {"MO": true, "TU": false}, "opens_at": "9am", "closes_at": "5pm"}])), 480.0);
    near(
        minutes(json!([{"freq": "YEARLY", "byweekno": "1,3,5", "byday": "MO", "opens_at": "10:00", "closes_at": "11:00"}])),
        180.0 / 52.14,
    );
    near(
        minutes(
            json!([{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}, {"freq": "WEEKLY", "byday": "MO", "opens_at": "13:00", "closes_at": "17:00"}]),
        ),
        420.0,
    );
    near(
        minutes(json!([{"freq": "WEEKLY", "byday": "MO", "until": "2023-06-30", "opens_at": "09:00", "closes_at": "17:00"}])),
        480.0 * 26.0 / 52.14,
    );
    for unknown in [
        json!([{"opens_at": "10:00", "closes_at": "12:00"}]),
        json!([{"freq": "WEEKLY", "byday": "MO and sometimes TU", "opens_at": "10:00", "closes_at": "12:00"}]),
        json!([{"freq": "WEEKLY", "byday": "MO", "opens_at": "morning", "closes_at": "noon"}]),
        json!([{"freq": "WEEKLY", "byday": "MO", "valid_to": "2020-01-01", "opens_at": "10:00", "closes_at": "12:00"}]),
        json!({"monday": "10 to 12"}),
        json!([{"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}, {"byday": "??", "opens_at": "10:00", "closes_at": "12:00"}]),
    ] {
        assert_eq!(minutes(unknown.clone()), None, "{unknown}");
    }
}

#[test]
fn case_26_a_page_of_the_first_version_is_read() {
    let first = json!({"content": [{"id": "2", "name": "Millbeck drop-in", "status": "active", "organization": {"name": "Invented Trust"},
        "eligibilitys": [{"eligibility": "women", "minimum_age": 18, "maximum_age": 99}],
        "service_taxonomys": [{"taxonomy": {"id": "y", "name": "One-stop shop or drop-in"}}],
        "service_at_locations": [{"location": {"latitude": 53.2045, "longitude": -0.5925, "physical_addresses": [{"address_1": "2 Invented Street"}]}}],
        "regular_schedules": [{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}]}]});
    let (study, problems) = Millbeck::new().with_calls().file("services-open-referral", "feed.json", first.to_string(), "").read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let service = &study.catalogue.public[0];
    assert_eq!((service.types.as_slice(), service.sites.len()), (&["one_stop_shop".to_owned()][..], 1));
    assert_eq!((service.more.eligibility.age_from, service.more.eligibility.age_to), (Some(18), None));
    assert_eq!(service.more.hours.as_ref().unwrap().week.minutes(), 480);
}

#[test]
fn case_27_a_service_twice_in_a_feed_is_kept_once_and_the_newer() {
    let older = service("a", json!({"last_modified": "2023-01-01", "name": "Old name"}));
    let newer = service("a", json!({"last_modified": "2023-02-01"}));
    for order in [[&older, &newer], [&newer, &older]] {
        let (study, problems) = feed(&order.map(Clone::clone)).read();
        let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
        assert_eq!((study.catalogue.public.len(), study.catalogue.public[0].name.as_str()), (1, "Millbeck drop-in"));
        assert!(tells(&problems, "S302") && study.ledger.iter().all(|l| l.balances()));
        assert!(study.ledger.iter().any(|l| l.source == "feed" && l.kept == 1 && l.read == 2));
    }
    // In a table of one's own it stops.
    let csv = "service_id,name\nA,One\nA,Two\n";
    assert_eq!(errors(&Millbeck::new().with_calls().file("services-csv", "s.csv", csv, "").read().1), ["S302"]);
}

#[test]
fn dropping_a_repeat_does_not_make_a_secret_place_public() {
    let open = service("a", json!({"last_modified": "2023-02-01", "name": "Safe house", "attributes": []}));
    let secret = json!({"id": "a", "name": "Women's refuge", "status": "active", "last_modified": "2023-01-01",
        "attributes": [{"taxonomy_term": {"id": "refuge", "name": "Refuge"}}]});
    let (study, problems) = feed(&[open, secret]).read();
    assert!(study.is_none_or(|s| s.catalogue.public.is_empty()), "{:?}", problems.list());
}

#[test]
fn case_28_a_closed_door_is_not_open() {
    for (status, running) in [
        ("Closed", false),
        ("closed permanently", false),
        ("dormant", false),
        ("Temporarily closed", false),
        ("see website", false),
        ("Open", true),
        ("", true),
        ("n/a", true),
    ] {
        let csv = format!("service_id,name,types,longitude,latitude,status\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045,{status}\n");
        let (study, _) = Millbeck::new().with_calls().file("services-csv", "s.csv", csv, "").read();
        let state = study.unwrap().catalogue.public[0].state_on("2023-12-31");
        assert_eq!(state == gapmap::model::ServiceState::Running, running, "{status}");
    }
}

#[test]
fn cases_32_and_53_places_that_are_none_and_places_elsewhere() {
    let at = |id: &str, latitude: Value, longitude: Value| {
        service(
            id,
            json!({"service_at_locations": [{"location": {"location_type": "physical", "latitude": latitude, "longitude": longitude}}]}),
        )
    };
    let services = [
        at("a", json!(99.999999), json!(0)),
        at("b", json!(0), json!(0)),
        at("c", json!("n/a"), json!("n/a")),
        at("belfast", json!(54.5973), json!(-5.9301)),
        at("jersey", json!(49.1868), json!(-2.1064)),
        at("broken", json!(100), json!(-0.59)),
        at("here", json!(53.2045), json!(-0.5925)),
    ];
    let (study, problems) = feed(&services).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let with_a_site: Vec<&str> = study.catalogue.public.iter().filter(|s| !s.sites.is_empty()).map(|s| s.id.as_str()).collect();
    // Offices elsewhere are nobody's here: set aside. A place that cannot be is not known.
    assert_eq!((study.catalogue.public.len(), with_a_site), (5, vec!["here"]));
    assert!(tells(&problems, "S319") && study.ledger.iter().any(|l| l.source == "feed" && l.set_aside.values().sum::<u64>() == 2));
    assert!(tells(&problems, "S303") && tells(&problems, "S304"));
}

#[test]
fn case_63_a_draft_without_a_name_is_set_aside_and_stops_where_the_plan_says_so() {
    let services = [json!({"id": "x", "name": "", "status": "active"}), service("a", json!({}))];
    let all = feed(&services);
    let (study, problems) = all.read();
    assert_eq!(study.unwrap().catalogue.public.len(), 1);
    assert!(problems.list().iter().any(|p| p.set_aside.as_deref() == Some("feed") && p.code.name() == "S307"));
    let page = json!({"contents": services}).to_string();
    let stopped = Millbeck::new().with_calls().file("services-open-referral", "feed.json", page, "bad-records = \"stop\"").read().1;
    assert_eq!(errors(&stopped), ["S307"]);
    // A feed in which nothing is as it should be is the wrong file.
    assert_eq!(errors(&feed(&services[..1]).read().1), ["S307"]);
}

#[test]
fn case_61_everyday_words_make_no_service_of_the_kind_and_are_listed_to_chase() {
    let names = [
        "Pottery Painting Drop-in Session",
        "Antenatal Drop In Clinic",
        "Personal Training",
        "Canoe lessons and training",
        "Reiki and alternative therapy",
        "Refugee conversation club",
    ];
    let services: Vec<Value> =
        names.iter().enumerate().map(|(i, n)| service(&i.to_string(), json!({"name": n, "attributes": [], "description": ""}))).collect();
    let (study, problems) = feed(&services).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert!(study.catalogue.public.iter().all(|s| s.types.is_empty()));
    assert_eq!(problems.list().iter().filter(|p| p.code.name() == "S318").count(), names.len());
}

#[test]
fn case_65b_an_extent_of_one_number_is_no_shape_and_no_crash() {
    for extent in [
        json!({"type": "Polygon", "coordinates": [[[0.1, 53.0], [0.3], [0.3, 53.2], [0.1, 53.0]]]}),
        json!({"type": "Point", "coordinates": []}),
        json!("{\"type\":\"Polygon\""),
    ] {
        let (study, problems) = feed(&[service("a", json!({"service_areas": [{"name": "the north", "extent": extent}]}))]).read();
        assert!(study.is_some(), "{:?}", problems.list());
    }
}

#[test]
fn case_29_the_table_of_links_under_its_older_name() {
    let package = Millbeck::new().with_calls();
    package.study.write("hsds/services.csv", b"id,organization_id,name,status\nS1,O1,Millbeck drop-in,active\n");
    package.study.write("hsds/organizations.csv", b"id,name\nO1,Invented Trust\n");
    package.study.write("hsds/locations.csv", b"id,latitude,longitude\nL1,53.2045,-0.5925\n");
    package.study.write("hsds/services_at_location.csv", b"id,service_id,location_id\nX1,S1,L1\n");
    package.study.write("hsds/regular_schedule.csv", b"id,service_id,weekday,opens_at,closes_at\nR1,S1,Monday,09:00,17:00\n");
    package.study.write("hsds/service_taxonomy.csv", b"id,service_id,taxonomy_id\nT1,S1,x\n");
    package.study.write("hsds/taxonomy.csv", b"id,name\nx,One-stop shop or drop-in\n");
    let (study, problems) = package.source("services-hsds", "hsds", "").read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let service = &study.catalogue.public[0];
    assert_eq!((service.sites.len(), service.types.as_slice()), (1, &["one_stop_shop".to_owned()][..]));
    assert_eq!(service.more.hours.as_ref().unwrap().week.minutes(), 480);
}
