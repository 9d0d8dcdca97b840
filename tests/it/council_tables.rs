//! Tables as councils keep them: headings in two rows, marks beside months, areas that have no row, categories within others, residents by age and by several codes.

use gapmap::study::Study;

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

const MAPPED: &str =
    "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
const ACROSS: &str = "name = \"x\"\ntopic = \"incidents\"\nmonths-across = true\ncolumns = { area = \"LSOA\", category = \"Offence\" }";

/// A table of six months under some headings, each area with as many events in each.
fn across(headings: &str, n: usize, beside: usize) -> Millbeck {
    let cells = |_| if beside > 0 { format!("{n},{beside}") } else { n.to_string() };
    let months = |many: usize| (0..many).map(cells).collect::<Vec<_>>().join(",");
    let rows: String = AREAS.iter().map(|area| format!("{area},Stalking,{}\n", months(6))).collect();
    Millbeck::new().file("events-csv", "x.csv", format!("{headings}\n{rows}"), ACROSS)
}

fn all_of(study: Option<Study>) -> Option<u64> {
    study.map(|s| recorded(&s))
}

#[test]
fn months_are_read_under_marks_and_under_headings_that_reach_over_several() {
    let (whole, n) = (Some(8 * 6 * 7), 7);
    for headings in [
        "LSOA,Offence,Jan-23,Feb-23,Mar-23,Apr-23,May-23*,Jun-23 (provisional)",
        "LSOA,Offence,Jan '23,Feb '23,Mar '23,Apr '23,May '23,Jun '23 [note 1]",
        "LSOA,Offence,2023M01,2023M02,2023M03,2023M04,2023M05,2023M06",
        ",,2023,,,,,\nLSOA,Offence,Jan,Feb,Mar,Apr,May,Jun",
        ",,2022/23,,,2023/24,,\nLSOA,Offence,Jan,Feb,Mar,Apr,May,Jun",
        "LSOA,Offence,Number of offences,,,,,\n,,Jan-23,Feb-23,Mar-23,Apr-23,May-23,Jun-23",
    ] {
        let (study, problems) = across(headings, n, 0).read();
        assert!(errors(&problems).is_empty(), "{headings}: {:?}", problems.list());
        let months: Vec<String> = study.iter().map(|s| s.about.period.label()).collect();
        assert_eq!((all_of(study), months), (whole, vec!["Jan 2023 to Jun 2023".to_owned()]), "{headings}");
    }
    let targets = "LSOA,Offence,Jan-23,,Feb-23,,Mar-23,,Apr-23,,May-23,,Jun-23,\n,,Count,Target,Count,Target,Count,Target,Count,Target,Count,Target,Count,Target";
    assert_eq!(all_of(across(targets, n, 50).read().0), whole, "targets are no counts");
    // What is not known to count a month stops the run, and is not left out.
    assert_eq!(errors(&across("LSOA,Offence,Jan-23,Feb-23,Mar-23,Apr-23,May-23,Jun-23 cleared up", n, 0).read().1), ["R113"]);
    assert_eq!(errors(&across("LSOA,Offence,Jan,Feb,Mar,Apr,May,Jun", n, 0).read().1), ["R103"]);
}

/// Rows of twelve months, of areas and kinds for which a number is given.
fn rows(number: impl Fn(usize, &str, u32) -> Option<u32>) -> String {
    let mut table = "Month,LSOA,Offence,Number\n".to_owned();
    for month in 1..=12 {
        for (at, area) in AREAS.iter().enumerate() {
            for kind in ["Stalking", "Rape", "Rape - of a child"] {
                if let Some(n) = number(at, kind, month) {
                    table += &format!("2023-{month:02},{area},{kind},{n}\n");
                }
            }
        }
    }
    table
}

#[test]
fn an_area_without_rows_is_not_known_where_others_count_many() {
    let counted = |kind: &str, n: u32| (kind != "Rape - of a child").then_some(n);
    let read = |table: String| Millbeck::new().file("events-csv", "x.csv", table, MAPPED).ask("burden").findings();
    // From October on one area has no row: its year is not known, and no half of a year.
    let (found, problems) = read(rows(|at, kind, month| if at == 7 && month > 9 { None } else { counted(kind, 6) }));
    assert!(tells(&problems, "D206") && errors(&problems).is_empty(), "{:?}", problems.list());
    let json = serde_json::to_value(found.unwrap().find("burden/x/stalking/areas").unwrap()).unwrap();
    let counts: Vec<String> = json["body"]["rows"].as_array().unwrap().iter().map(|row| row["count"].to_string()).collect();
    assert_eq!((counts[0].as_str(), counts[7].as_str()), ("{\"known\":72}", "\"missing\""), "{counts:?}");
    // So is a category that ends in one area alone; that of every area has another name from then on, or is told by itself.
    let rape = |n: u32| {
        move |at: usize, kind: &str, month: u32| if at == n as usize && kind == "Rape" && month > 7 { None } else { counted(kind, 6) }
    };
    let (found, problems) = read(rows(rape(7)));
    assert!(tells(&problems, "D206") && errors(&problems).is_empty(), "{:?}", problems.list());
    let json = serde_json::to_value(found.unwrap().find("burden/x/rape/areas").unwrap()).unwrap();
    assert_eq!(json["body"]["rows"][7]["count"].to_string(), "\"missing\"");
    // Of few events chance leaves none: these months are zeros.
    let (_, problems) = read(rows(|at, kind, month| if at == 7 && month > 9 { None } else { counted(kind, 1) }));
    assert!(!tells(&problems, "D206"), "{:?}", problems.list());
    // Nor is an area in no row at all, among areas that all count many; an area of few is.
    let last = |table: String| {
        let (found, problems) = read(table);
        let json = serde_json::to_value(found.unwrap().find("burden/x/stalking/areas").unwrap()).unwrap();
        (json["body"]["rows"][7]["count"].to_string(), tells(&problems, "D206"), errors(&problems).len())
    };
    assert_eq!(last(rows(|at, kind, _| if at == 7 { None } else { counted(kind, 6) })), ("\"missing\"".to_owned(), true, 0));
    let few = |at: usize, kind: &str, _| if at == 7 { None } else { counted(kind, u32::from(at == 1)) };
    assert_eq!(last(rows(few)).0, "{\"known\":0}");
}

#[test]
fn a_category_within_another_is_not_added_to_it() {
    let read = |part: u32| {
        Millbeck::new()
            .file("events-csv", "x.csv", rows(|_, kind, _| Some(if kind == "Rape - of a child" { part } else { 6 })), MAPPED)
            .read()
            .1
    };
    assert_eq!(errors(&read(2)), ["D218"]);
    // What is larger than the other lies beside it, and where the plan names both, both count.
    assert!(errors(&read(9)).is_empty());
    let chosen = format!("{MAPPED}\nkeep = {{ Offence = [\"Stalking\", \"Rape\", \"Rape - of a child\"] }}");
    let table = rows(|_, kind, _| Some(if kind == "Rape - of a child" { 2 } else { 6 }));
    assert!(errors(&Millbeck::new().file("events-csv", "x.csv", table, &chosen).read().1).is_empty());
}

#[test]
fn residents_by_age_and_by_several_codes() {
    let women = |headings: &str, cells: &str| {
        let rows: String = AREAS.iter().map(|code| format!("{}\n", cells.replace("CODE", code))).collect();
        let study = Millbeck::new().with_calls();
        study.study.write("population.csv", format!("{headings}\n{rows}").as_bytes());
        let (read, problems) = study.read();
        (read.and_then(|s| s.areas.list[0].residents.get("female").copied()), errors(&problems))
    };
    let none = Vec::<&str>::new();
    assert_eq!(
        women("LSOA21CD,Total,F0 to 15,F16 to 64,F65 and over,M0 to 15,M16 to 64,M65 and over", "CODE,1000,100,300,100,100,300,100"),
        (Some(500.0), none.clone())
    );
    // Beside all women a part of them is a group of its own; the last single year of ONS has no end; a road and a year are no ages.
    assert_eq!(women("LSOA21CD,Total,Female,F16+,M4 motorway", "CODE,1000,500,400,3"), (Some(500.0), none.clone()));
    let ages = |sex: &str| (0..=90).map(|age| format!(",{sex}{age}")).collect::<String>();
    let single = format!("LSOA21CD,Total{}{}", ages("F"), ages("M"));
    assert_eq!(women(&single, &format!("CODE,910{}", ",5".repeat(182))), (Some(455.0), none.clone()));
    assert_eq!(women("LSOA21CD,Total,Women 0-15,Women 16+,Men 0-15,Men 16+", "CODE,1000,100,400,100,400"), (Some(500.0), none.clone()));
    assert_eq!(
        women("LAD22CD,LAD22NM,LSOA11CD,LSOA21CD,LSOA21NM,Total,Female", "E06990001,Millbeck,E01980101,CODE,Name,1000,480"),
        (Some(480.0), none.clone())
    );
    assert_eq!(women("Code,Area,All persons,,Female,\n,,2021,2023,2021,2023", "CODE,Name,900,1000,450,500"), (Some(500.0), none));
    // Ages that leave somebody out are no sum of all.
    assert_eq!(women("LSOA21CD,Total,F0 to 15,F16 to 64,F66 and over", "CODE,1000,100,300,100").1, ["D207"]);
}
