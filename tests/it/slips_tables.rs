//! Tables that would make another number in silence: people with a dot for thousands, months that were begun, areas that are not drawn, words that count twice.

use gapmap::diagnostics::{Problem, Problems};
use gapmap::model::{Body, Findings, Verdict};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use serde_json::{Value, json};

use crate::millbeck_forces::{ALL, HEADINGS, Millbeck, VIOLENCE, areas, code, collection, month_rows, months, name, rates, row, set_aside};
use crate::study_files::{Study, read_source};

const STALKING: &str = "burden/x/stalking/areas";
const COLUMNS: &str = "date = \"Date\", area = \"LSOA\", category = \"Offence\"";
const COUNTED: &str = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";

/// A study of one table, without police files.
fn table(text: &str, columns: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.clear("police/");
    study.put("x/x.csv", text.as_bytes());
    study.plan(
        "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"",
        &format!("kind = \"events-csv\"\nname = \"x\"\npath = \"x\"\ntopic = \"incidents\"\ncolumns = {{ {columns} }}"),
    );
    study
}

/// Four events of each area and month on days over all of it, in a form.
fn events(form: impl Fn(u32, usize) -> String, area: impl Fn(usize) -> String) -> String {
    let mut text = "Date,LSOA,Offence\n".to_owned();
    for m in 1..=12 {
        ALL.iter().for_each(|i| (0..4).for_each(|n| text += &format!("{},{},Stalking\n", form(m, 1 + (n * 9 + i * 3) % 28), area(*i))));
    }
    text
}

fn iso(m: u32, d: usize) -> String {
    format!("2023-{m:02}-{d:02}")
}

fn all(findings: &Findings) -> Option<u64> {
    rates(findings, STALKING).total.count.known()
}

fn has(problems: &[Problem], code: &str, words: &str) -> bool {
    problems.iter().any(|p| p.code.name() == code && (p.message.contains(words) || p.next_step.contains(words)))
}

#[test]
fn people_are_whole_and_nobody_is_not_zero() {
    let with = |text: &dyn Fn(usize) -> String| {
        let mut study = Millbeck::new();
        study.put("population.csv", "geography code;all\n".to_owned() + &ALL.map(|i| format!("{};{}\n", code(i), text(i))).concat());
        study
    };
    with(&|i| format!("1.0{}7", 10 + i)).is_refused("R104", "whole people");
    with(&|i| format!("1.{i}")).is_refused("R104", "whole people");
    with(&|i| format!("{}", 1 + i)).is_refused("R104", "whole people");
    // Estimates of large areas have decimals.
    with(&|i| format!("1000.{}", 1 + i)).gives(384, 48.0);
    with(&|_| "1000.0".into()).gives(384, 48.0);
    let none = with(&|i| if i < 3 { "0".into() } else { "1000".into() });
    let findings = none.answer();
    assert_eq!(rates(&findings, VIOLENCE).total.rate.known().map(|r| r.value), None, "an area of 0 is one whose people are not known");
    assert!(none.codes().contains(&"D208"));
    // One table says its year, and another does not.
    let mut two = Millbeck::new();
    two.put("a.csv", "geography code,all\n".to_owned() + &ALL.map(|i| format!("{},1200\n", code(i))).concat());
    two.plan("path = \"population.csv\"", "path = [\"a.csv\", \"population.csv\"]");
    two.gives(384, 48.0);
    assert!(has(&two.run().1, "D207", "no year"));
}

#[test]
fn areas_that_the_table_of_residents_names_and_no_boundary_shows() {
    let mut study = Millbeck::new();
    let drawn = |n: usize| collection(&areas(|_| String::new())[..n], "");
    study.put("boundaries/lsoa.geojson", drawn(8));
    study.gives(384, 48.0);
    study.put("boundaries/lsoa.geojson", drawn(5));
    study.is_refused("D204", "cut off");
    // Names of another place are of another place.
    let people = String::from_utf8(study.files["population.csv"].clone()).unwrap();
    let others = (5..8).fold(people, |text, i| text.replace(&name(i), &name(i).replace("Millbeck", "Overdale")));
    study.put("population.csv", others);
    assert_eq!(rates(&study.answer(), VIOLENCE).total.count.known(), Some(240));
}

#[test]
fn a_month_that_an_extract_began_or_ended_in_is_left_out_and_told() {
    let whole = events(iso, code);
    assert_eq!(all(&table(&whole, COLUMNS).answer()), Some(384));
    let mut late = whole.clone();
    (0..5).for_each(|i| late += &format!("2024-01-0{},{},Stalking\n", 1 + i, code(i)));
    let study = table(&late, COLUMNS);
    let findings = study.answer();
    assert_eq!(all(&findings), Some(384));
    assert_eq!(set_aside(&findings, "x").values().sum::<u64>(), 5);
    assert!(has(&study.run().1, "D206", "period = "));
    let early: String = (0..5).map(|i| format!("2022-12-{},{},Stalking\n", 27 + i, code(i))).collect();
    assert_eq!(all(&table(&(whole.clone() + &early), COLUMNS).answer()), Some(384));
    // A month that is whole and quiet at its end is a month, and one that the plan names counts as it is.
    let quiet: String = ALL.iter().flat_map(|i| [2, 9, 17].map(|d| format!("2024-01-{d:02},{},Stalking\n", code(*i)))).collect();
    let study = table(&(whole.clone() + &quiet), COLUMNS);
    assert_eq!(study.tables().datasets[0].period.len(), 13);
    let mut named = table(&late, COLUMNS);
    named.plan("invented = true", "invented = true\nperiod = { first = \"2023-02\", last = \"2024-01\" }");
    assert_eq!(all(&named.answer()), Some(11 * 32 + 5));
}

#[test]
fn a_slip_in_a_year_of_a_few_rows_stretches_no_study() {
    let whole = events(iso, code);
    for slips in [["2024-11-20"].repeat(2), ["2035-03-04"].repeat(5)] {
        let more: String = slips.iter().enumerate().map(|(i, d)| format!("{d},{},Stalking\n", code(i))).collect();
        table(&(whole.clone() + &more), COLUMNS).is_refused("D213", "Correct the date");
    }
    // The year before the month, and two digits of it.
    table(&events(|m, d| format!("23-{m:02}-{d:02}"), code), COLUMNS).is_refused("R104", "four digits");
    assert_eq!(all(&table(&events(|m, d| format!("{d:02}-{m:02}-23"), code), COLUMNS).answer()), Some(384));
}

#[test]
fn a_force_by_another_name_is_the_same_force() {
    let named = |of: &dyn Fn(usize) -> &'static str| {
        let mut study = Millbeck::new();
        study.clear("police/");
        months().iter().enumerate().for_each(|(i, month)| {
            study.street(month, "millshire", of(i), &ALL);
        });
        study
    };
    for (first, then) in [
        ("Millshire Police", "Millshire Constabulary"),
        ("Mill & Shire Police", "Mill and Shire Police"),
        ("Mill & Shire Police", "Mill &amp; Shire Police"),
        ("Millshire Police", "MILLSHIRE POLICE "),
    ] {
        let study = named(&|i| if i < 5 { first } else { then });
        study.gives(384, 48.0);
        assert!(!study.codes().contains(&"D206"), "{then}");
    }
    // A month that is missing has advice that can be followed.
    let mut study = Millbeck::new();
    study.take("police/2023-07-millshire-street.csv");
    let problems = study.run().1;
    assert!(has(&problems, "D206", "missing") && !has(&problems, "D206", "covers"), "{problems:?}");
}

#[test]
fn a_category_that_is_gone_from_files_that_are_there_is_told() {
    let mut study = Millbeck::new();
    for month in &months()[9..] {
        let rows = month_rows(month, "Millshire Police", &ALL);
        let others: String = rows.lines().filter(|l| !l.contains("Violence")).map(|l| format!("{l}\n")).collect();
        study.put(&format!("police/{month}-millshire-street.csv"), HEADINGS.to_owned() + &others);
    }
    assert!(has(&study.run().1, "D206", "Violence and sexual offences"));
    assert!(!Millbeck::new().codes().contains(&"D206"));
    // A file that was hardly begun.
    let mut begun = Millbeck::new();
    let few: String =
        (0..4).map(|i| row(&format!("f{i}"), "2023-12", "Millshire Police", None, &code(i), "Violence and sexual offences")).collect();
    begun.put("police/2023-12-millshire-street.csv", HEADINGS.to_owned() + &few);
    assert!(has(&begun.run().1, "D206", "missing"));
}

#[test]
fn the_heading_is_where_the_plan_says_and_may_be_of_two_rows() {
    let people = |above: &str, below: &str, plan: &str| {
        let rows = ALL.map(|i| format!("{},{},1000,100.0,500,50.0\n", name(i), code(i))).concat();
        let mut study = Millbeck::new();
        study.put("population.csv", format!("{above}2021 area,mnemonic,All persons,,Female,\n{below}{rows}"));
        study.plan("path = \"population.csv\"", &format!("path = \"population.csv\"\n{plan}"));
        study
    };
    let above = "TS008 - Sex\nONS Crown Copyright Reserved\n\nPopulation,All usual residents\nDate,2021\n\n";
    let second = ",,number,%,number,%\n";
    for below in [second, ""] {
        people(above, below, "").gives(384, 48.0);
        people("", below, "").gives(384, 48.0);
        for row in [6, 7] {
            people(above, below, &format!("heading-row = {row}")).gives(384, 48.0);
        }
    }
    people("TS008\nDate,2021\n\n", second, "heading-row = 4").gives(384, 48.0);
}

#[test]
fn a_name_of_one_area_is_that_area() {
    let named = table(&events(iso, |i| format!("  {} ", name(i).to_uppercase())), COLUMNS);
    let findings = named.answer();
    assert_eq!(all(&findings), Some(384));
    assert!(rates(&findings, STALKING).rows.iter().all(|r| r.count.known() == Some(48)));
    table(&events(iso, |_| "Erewhon 001A".into()), COLUMNS).is_refused("R104", "name of one area");
}

/// An offence, what stands beside it, and its count in each month.
type Kind<'k> = (&'k str, &'k str, &'k dyn Fn(usize) -> u32);

#[test]
fn parts_and_versions_of_a_count_are_not_added() {
    let counts = |kinds: &[Kind]| -> String {
        let mut text = "Month,LSOA,Offence,Status,Number\n".to_owned();
        for (at, month) in months().iter().enumerate() {
            for i in ALL {
                kinds.iter().filter(|k| k.2(at) > 0).for_each(|k| text += &format!("{month},{},{},{},{}\n", code(i), k.0, k.1, k.2(at)));
            }
        }
        text
    };
    let of = |kinds: &[Kind]| table(&counts(kinds), COUNTED);
    of(&[("Stalking", "", &|_| 4), ("Of which repeat", "", &|_| 1)]).is_refused("D218", "keep = ");
    of(&[("Stalking", "Provisional", &|_| 5), ("Stalking", "Revised", &|_| 4)]).is_refused("D218", "versions");
    // The latest months are provisional, as ever.
    let late = of(&[("Stalking", "Revised", &|m| 4 * u32::from(m < 10)), ("Stalking", "Provisional", &|m| 4 * u32::from(m >= 10))]);
    assert_eq!(all(&late.answer()), Some(384));
}

/// What a feed reads as: the types of each service.
fn types(text: &str) -> Vec<Vec<String>> {
    let study = Study::of(&[("feed.json".to_owned(), text.as_bytes().to_vec())].into());
    let (gathered, problems) = read_source("services-open-referral", &["feed.json"], &study.folder, "{}");
    assert!(!problems.any_error(), "{:#?}", problems.list());
    gathered.services.into_iter().map(|s| s.types).collect()
}

fn service(id: &str, description: &str, term: &str) -> Value {
    json!({"id": id, "name": "One-Stop Shop", "status": "active", "description": description, "organization": {"id": "o", "name": "Invented Council"},
        "attributes": [{"taxonomy_term": {"id": "t1", "name": term}}]})
}

#[test]
fn a_term_of_any_field_names_a_type_in_a_record_about_violence() {
    let of = |description: &str, term: &str| types(&json!([service("a", description, term)]).to_string()).remove(0);
    for term in ["One stop shop", "Legal advice", "Training", "Counselling"] {
        assert!(of("Council tax, housing benefit and bins", term).is_empty(), "{term}");
        assert_eq!(of("For survivors of domestic abuse", term).len(), 1, "{term}");
    }
    assert_eq!(of("Ask at the desk", "one_stop_shop"), ["one_stop_shop"]);
    assert_eq!(of("Ask at the desk", "Independent domestic violence adviser (IDVA)"), ["idva"]);
}

#[test]
fn services_a_line_and_pages_one_after_the_other_are_all_read() {
    let one = |id: &str| service(id, "Of domestic abuse", "one_stop_shop");
    let page = |ids: [&str; 2], at: u32| json!({"contents": ids.map(one), "page_number": at, "total_pages": 2, "last_page": at == 2});
    let (first, second) = (page(["a", "b"], 1), page(["c", "d"], 2));
    for text in [
        format!("{}\n{}\n{}\n{}\n", one("a"), one("b"), one("c"), one("d")),
        format!("{first}\n{second}"),
        json!([first, second]).to_string(),
        json!([one("a"), one("b"), one("c"), one("d")]).to_string(),
    ] {
        assert_eq!(types(&text).len(), 4, "{text}");
    }
}

#[test]
fn what_is_open_at_night_every_other_week_is_no_gap_at_night() {
    let mut files = borough(&Settings { seed: 3, ..Settings::default() });
    let feed = files.get_mut("services/open-referral.json").unwrap();
    let mut all: Value = serde_json::from_slice(feed).unwrap();
    for service in all["contents"].as_array_mut().unwrap().iter_mut().filter(|s| s["name"] == "Street Pastors") {
        service["schedules"][0]["interval"] = json!(2);
        // From the first Friday of the months that are studied.
        service["schedules"][0]["dtstart"] = json!("2023-01-06");
    }
    *feed = all.to_string().into_bytes();
    let (study, mut problems) = (Study::of(&files), Problems::default());
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    let Body::Gaps(register) = &findings.find("gaps/register").unwrap().body else { panic!("another shape") };
    let row = register.rows.iter().find(|r| r.id.starts_with("hours/") && r.id.contains("haven")).unwrap();
    assert_eq!(row.verdict, Verdict::NoGap, "{row:?}");
    assert!(row.measured.contains("open for 5 of"), "{:?}", row.measured);
}
