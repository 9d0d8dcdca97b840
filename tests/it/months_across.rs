//! Tables whose months stand side by side, as councils and the police keep them: they tell what the same table with a row for each month tells.

use gapmap::diagnostics::Problems;

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

const MONTHS: [&str; 6] = ["Jan-23", "2023-02", "202303", "01/04/2023", "May 2023", "June 2023"];

fn count(area: usize, kind: usize, month: usize) -> usize {
    3 + (area * 5 + kind * 3 + month * 7) % 9
}

/// A table with its months as headings, with more columns before and behind them.
fn across(more: (&str, &str), cell: impl Fn(usize, usize, usize) -> String, settings: &str) -> Millbeck {
    let mut rows = format!("LSOA,Offence,{}{}{}\n", more.0, MONTHS.join(","), more.1);
    for (a, area) in AREAS.iter().enumerate() {
        for (k, kind) in ["Stalking", "Rape"].into_iter().enumerate() {
            let cells: Vec<String> = (0..MONTHS.len()).map(|m| cell(a, k, m)).collect();
            let sum: usize = (0..MONTHS.len()).map(|m| count(a, k, m)).sum();
            let before = if more.0.is_empty() { "" } else { "North," };
            let behind = if more.1.is_empty() { String::new() } else { format!(",{sum}") };
            rows += &format!("{area},{kind},{before}{}{behind}\n", cells.join(","));
        }
    }
    Millbeck::new().file("events-csv", "x.csv", rows, settings)
}

const MAPPED: &str = "name = \"x\"\ntopic = \"incidents\"\nmonths-across = true\ncolumns = { area = \"LSOA\", category = \"Offence\" }";

fn plain(a: usize, k: usize, m: usize) -> String {
    count(a, k, m).to_string()
}

fn all() -> u64 {
    (0..AREAS.len()).flat_map(|a| (0..2).flat_map(move |k| (0..MONTHS.len()).map(move |m| count(a, k, m) as u64))).sum()
}

/// The findings of a study, without the bytes that name its file.
fn findings(study: &Millbeck) -> (String, Problems) {
    let (found, problems) = study.findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    (found.findings.iter().map(|f| format!("{} {:?}\n", f.id, f.body)).collect(), problems)
}

#[test]
fn months_side_by_side_tell_what_months_in_rows_tell() {
    let mut long = "Month,LSOA,Offence,Number\n".to_owned();
    for (a, area) in AREAS.iter().enumerate() {
        for (k, kind) in ["Stalking", "Rape"].into_iter().enumerate() {
            (0..MONTHS.len()).for_each(|m| long += &format!("2023-{:02},{area},{kind},{}\n", m + 1, count(a, k, m)));
        }
    }
    let mapping =
        "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
    let in_rows = Millbeck::new().file("events-csv", "x.csv", long, mapping).ask("burden").ask("trend");
    let beside = across(("", ""), plain, MAPPED).ask("burden").ask("trend");
    let (one, other) = (findings(&in_rows), findings(&beside));
    assert!(!one.0.is_empty());
    assert_eq!(one.0, other.0, "{:?}", other.1.list());
    // Sums and labels beside the months change nothing.
    for more in [("", ",Total"), ("", ",2023"), ("Sector,", ""), ("", ",FYTD"), ("", ",Q2 2023")] {
        let (study, problems) = across(more, plain, MAPPED).read();
        assert_eq!(study.map(|s| recorded(&s)), Some(all()), "{more:?} {:?}", problems.list());
        assert!(errors(&problems).is_empty(), "{more:?}");
    }
}

#[test]
fn an_empty_cell_is_not_known_and_a_mark_is_no_number() {
    let empty = |a, k, m| if (a, k, m) == (1, 0, 2) { String::new() } else { plain(a, k, m) };
    let (study, problems) = across(("", ""), empty, MAPPED).read();
    assert_eq!(study.map(|s| recorded(&s)), Some(all() - count(1, 0, 2) as u64), "{:?}", problems.list());
    let noted = |a, k, m| if m == 2 { format!("{}[1]", plain(a, k, m)) } else { plain(a, k, m) };
    let (study, problems) = across(("", ""), noted, MAPPED).read();
    assert_eq!(study.map(|s| recorded(&s)), Some(all()), "{:?}", problems.list());
    // What cannot be read is told at the column of its month.
    let words = |a, k, m| if (a, k, m) == (2, 1, 4) { "many".into() } else { plain(a, k, m) };
    let (_, problems) = across(("", ""), words, MAPPED).read();
    let places: Vec<String> = problems.list().iter().map(|p| p.place.to_string()).collect();
    assert!(places.iter().any(|p| p.contains("x.csv:7") && p.contains("May 2023")), "{places:?}");
}

#[test]
fn headings_that_say_no_month_or_one_twice_stop_the_run() {
    let headed = |headings: &str, settings: &str| {
        let rows: String = AREAS.iter().map(|area| format!("{area},Stalking,4,5,6\n")).collect();
        errors(&Millbeck::new().file("events-csv", "x.csv", format!("LSOA,Offence,{headings}\n{rows}"), settings).read().1)
    };
    assert!(headed("2023-01,2023-02,2023-03", MAPPED).is_empty());
    assert_eq!(headed("2023-01,Jan-23,2023-03", MAPPED), ["R113"], "one month twice");
    assert_eq!(headed("2009-10,2010-11,2011-12", MAPPED), ["R113"], "financial years");
    assert_eq!(headed("One,Two,Three", MAPPED), ["R103"]);
    assert_eq!(headed("2022-06,2022-09,2022-12", MAPPED), Vec::<&str>::new(), "three months tell no rhythm");
    // Months said in two ways, and months of headings that the plan takes for values.
    let twice = MAPPED.replace("category = ", "month = \"2023-01\", category = ");
    assert!(headed("2023-01,2023-02,2023-03", &twice).contains(&"P104"));
    let as_values = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"2023-01\", area = \"LSOA\", category = \"Offence\", count = \"2023-02\" }";
    assert!(headed("2023-01,2023-02,2023-03", as_values).contains(&"P104"));
}

#[test]
fn counts_of_quarters_are_no_months_among_months_of_nothing() {
    let read = |months: &[&str], more: &str| {
        let rows: String = months.iter().flat_map(|m| AREAS.map(|area| format!("{m},{area},Stalking,7\n"))).collect();
        let mapping = format!(
            "name = \"x\"\ntopic = \"incidents\"\n{more}\ncolumns = {{ month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }}"
        );
        Millbeck::new().file("events-csv", "x.csv", format!("Month,LSOA,Offence,Number\n{rows}"), &mapping).read().1
    };
    let quarters = ["2023-01", "2023-04", "2023-07", "2023-10"];
    let covers = "covers = { first = \"2023-01\", last = \"2023-12\" }";
    assert!(errors(&read(&quarters, covers)).contains(&"R104"));
    // Without it the months between are missing, and told.
    let missing = read(&quarters, "");
    assert!(errors(&missing).is_empty() && tells(&missing, "D206"), "{:?}", missing.list());
    assert!(errors(&read(&["2023-01", "2023-02", "2023-03", "2023-04"], covers)).is_empty());
    // A month between them tells that these are months.
    assert!(errors(&read(&["2023-01", "2023-04", "2023-07", "2023-09", "2023-10"], covers)).is_empty());
}
