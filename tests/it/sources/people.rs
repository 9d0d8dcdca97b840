//! Catalogues, referrals and users of services: every form gives the same answer.

use gapmap::diagnostics::Problems;
use gapmap::model::Body;
use gapmap::plan::Plan;
use gapmap::units::Cell;

use super::{add_source, findings};
use crate::study_files::Study;

#[test]
fn a_tabular_catalogue_is_read_like_its_json() {
    let study = Study::small();
    study.write(
        "hsds/services.csv",
        b"id,organization_id,name,description,status\r\nH1,O1,Outpost advocates,Help,active\r\nH2,O1,A safe house,Help,active\r\n",
    );
    study.write("hsds/organizations.csv", b"id,name\r\nO1,Invented Provider\r\n");
    study.write("hsds/locations.csv", b"id,location_type,latitude,longitude\r\nL1,physical,53.04,0.42\r\n");
    study.write("hsds/service_at_location.csv", b"id,service_id,location_id\r\nX1,H1,L1\r\n");
    study.write("hsds/attributes.csv", b"id,link_id,taxonomy_term_id,link_entity\r\nA1,H1,T1,service\r\n");
    study.write("hsds/taxonomy_terms.csv", b"id,name\r\nT1,Stalking advocate\r\n");
    study.write("hsds/datapackage.json", b"{}");
    for path in ["hsds", "hsds/datapackage.json"] {
        let study_plan = study.text("study.toml");
        add_source(&study, &format!("kind = \"services-hsds\"\nname = \"tabular\"\npath = \"{path}\"\nsensitivity = \"open\"\n"));
        let document = findings(&study);
        let site = document.sites.iter().find(|s| s.service == "H1").unwrap();
        assert_eq!((site.name.as_str(), site.types.as_slice()), ("Outpost advocates", ["stalking_advocate".to_owned()].as_slice()));
        assert!(!serde_json::to_string(&document).unwrap().contains("safe house"), "a service that sounds confidential is treated so");
        // The same with an address for it stops the run.
        study.write("hsds/service_at_location.csv", b"id,service_id,location_id\r\nX1,H1,L1\r\nX2,H2,L1\r\n");
        let (code, text) = study.check();
        assert!(code == Some(1) && text.contains("S301") && !text.contains("53.04"), "{text}");
        study.write("hsds/service_at_location.csv", b"id,service_id,location_id\r\nX1,H1,L1\r\n");
        study.write("study.toml", study_plan.as_bytes());
    }
}

#[test]
fn referrals_are_told_by_area_and_beside_expected_need_and_never_added_to_incidents() {
    let study = Study::small();
    let rows: String = (1..=12).map(|m| format!("2025-{m:02},E01990001,IDVA,30\n2025-{m:02},E01990002,IDVA,10\n")).collect();
    study.write("referrals.csv", format!("Month,LSOA,Service,Number\n{rows}").as_bytes());
    let without = findings(&study);
    add_source(
        &study,
        "kind = \"events-csv\"\nname = \"referrals\"\npath = \"referrals.csv\"\nsensitivity = \"restricted\"\ntopic = \"referrals\"\n\
        covers = { first = \"2025-01\", last = \"2025-12\" }\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Service\", count = \"Number\" }\n",
    );
    let document = findings(&study);
    let Body::AreaRates(body) = &document.find("burden/referrals/idva/areas").unwrap().body else { panic!("referrals by area have rates") };
    assert_eq!(body.total.count, Cell::Known(480));
    let Body::Series(series) = &document.find("trend/referrals/idva").unwrap().body else { panic!("a trend is a series") };
    assert_eq!((series.unit.as_str(), series.points[0].count), ("referrals", Cell::Known(40)));
    let Body::Gaps(register) = &document.find("gaps/register").unwrap().body else { panic!("a register") };
    let row = register.rows.iter().find(|r| r.id == "awareness/referrals").unwrap();
    assert_eq!(row.counts[0], Cell::Known(480));
    assert!(row.measured.contains("480") && row.need_lower.known().is_some_and(|n| n > 0), "{}", row.measured);
    // Incidents stay as they were.
    let total = |d: &gapmap::model::Findings| {
        let Body::Bars(bars) = &d
            .find("burden/police/categories/bars")
            .or_else(|| d.findings.iter().find(|f| f.id.starts_with("burden/police/categories")))
            .unwrap()
            .body
        else {
            panic!("bars")
        };
        bars.total
    };
    assert_eq!(total(&document), total(&without));
}

#[test]
fn users_by_group_are_read_once_each_and_bad_rows_are_placed() {
    let study = Study::small();
    let rows = "service,dimension,group,users,population\nidva,Age,16 to 24,40,1000\nidva,Age,25 and over,60,\"9,000\"\nidva,Age,Prefer not to say,20,\n";
    study.write("users/idva.csv", rows.as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let parity = findings["findings"].as_array().unwrap().iter().find(|f| f["id"] == "parity/service-users/idva").unwrap();
    let age = &parity["body"]["dimensions"][0];
    assert_eq!((&age["total"]["known"], &age["not-known"]["known"]), (&120.into(), &20.into()));
    // 40 users of 1,000 people, beside 60 of the other 9,000.
    assert!((age["groups"][0]["ratio"]["known"]["value"].as_f64().unwrap() - 6.0).abs() < 1e-9);

    let bad = "idva,Age,16 to 24,5,1000\nidwa,Age,All,5,10\nidva,Sex,Female,-3,10\nidva,Sex,Male,3,many\n";
    study.write("users/idva.csv", (rows.to_owned() + bad).as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(1));
    for told in [
        "error[D215]: a group stands twice",
        "users/idva.csv:5",
        "users/idva.csv:6, column service",
        "The nearest is `idva`",
        "users/idva.csv:7, column users",
        "users/idva.csv:8, column population",
    ] {
        assert!(text.contains(told), "{told} is not in\n{text}");
    }
    assert!(!text.contains("idwa") && !text.contains("many"), "a restricted row is quoted:\n{text}");
}

#[test]
fn hours_languages_and_access_of_a_tabular_catalogue_reach_the_service_that_they_name() {
    use gapmap::sources::Gathered;
    let study = Study::small();
    let tables = [
        (
            "services.csv",
            "id,organization_id,name,description,status,minimum_age,maximum_age,eligibility_description,assured_date\ns1,o1,Advice,IDVA,active,16,0,,2025-10-01\ns2,o1,Group,Freedom programme,active,,,women aged 25 and over,\n",
        ),
        ("organizations.csv", "id,name\no1,Provider\n"),
        ("service_at_location.csv", "id,service_id,location_id\nat1,s1,l1\nat2,s2,l1\n"),
        ("locations.csv", "id,location_type,latitude,longitude\nl1,physical,53.3,1.5\n"),
        (
            "schedules.csv",
            "id,service_id,location_id,service_at_location_id,byday,opens_at,closes_at,description\n1,s1,,,\"MO,TU\",09:00,17:00,\n2,,,at2,TU,18:30:00,20:30:00,\n",
        ),
        ("languages.csv", "id,service_id,location_id,name\n1,s1,,Urdu\n"),
        ("accessibility.csv", "id,location_id,description\n1,l1,step-free\n"),
        ("funding.csv", "id,service_id,source\n1,s2,council\n"),
    ];
    tables.iter().for_each(|(name, text)| study.write(&format!("hsds/{name}"), text.as_bytes()));
    add_source(&study, "kind = \"services-hsds\"\nname = \"tables\"\npath = \"hsds\"\nsensitivity = \"open\"\n");
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let mut gathered = Gathered::default();
    for (origin, source) in plan.sources.iter().filter(|(o, _)| o.kind == "services-hsds") {
        source.read(origin, &mut gathered, &mut problems);
    }
    assert!(!problems.any_error(), "{:?}", problems.list());
    let [advice, group] = &gathered.services[..] else { panic!("{:?}", gathered.services) };
    let minutes = |s: &gapmap::sources::ServiceRecord| s.more.hours.clone().and_then(|h| h.over(None)).map(|h| h.week.minutes());
    assert_eq!((minutes(advice), minutes(group)), (Some(960), Some(120)));
    assert_eq!((advice.more.languages.clone(), group.more.languages.clone()), (vec!["Urdu".to_owned()], vec![]));
    assert_eq!((&advice.more.access_needs, &group.more.access_needs), (&vec!["step-free".to_owned()], &vec!["step-free".to_owned()]));
    assert_eq!(
        (advice.more.eligibility.age_from, advice.more.eligibility.age_to, group.more.eligibility.age_from),
        (Some(16), None, Some(25))
    );
    assert_eq!((advice.more.last_verified.as_deref(), group.more.funders.clone()), (Some("2025-10-01"), vec!["council".to_owned()]));
}
