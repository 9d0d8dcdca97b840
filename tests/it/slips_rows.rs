//! Rows that would make another number in silence: the same events twice, fields beyond the headings, days taken for months, a mistyped year.

use std::ops::RangeInclusive;

use gapmap::model::Findings;

use crate::millbeck_forces::{ALL, HEADINGS, Millbeck, VIOLENCE, code, month_rows, months, rates, set_aside};

const STALKING: &str = "burden/x/stalking/areas";
const COLUMNS: &str = "date = \"Date\", area = \"LSOA\", category = \"Offence\"";

/// A study of extracts of one system, without police files.
fn extracts(files: &[(&str, String)], columns: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.clear("police/");
    files.iter().for_each(|(name, text)| {
        study.put(&format!("x/{name}"), text.as_bytes());
    });
    study.plan(
        "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"",
        &format!("kind = \"events-csv\"\nname = \"x\"\npath = \"x\"\ntopic = \"incidents\"\ncolumns = {{ {columns} }}"),
    );
    study
}

fn day(m: u32, i: usize, n: usize) -> String {
    format!("2023-{m:02}-{:02}", 1 + (n * 9 + i * 3) % 28)
}

/// Four events of each area and month, extracted on a day.
fn events(of: RangeInclusive<u32>, extracted: &str) -> String {
    let mut text = "Ref,Date,LSOA,Offence,Extracted on\n".to_owned();
    for m in of {
        for i in ALL {
            (0..4).for_each(|n| text += &format!("MB/{m}/{i}/{n},{},{},Stalking,{extracted}\n", day(m, i, n), code(i)));
        }
    }
    text
}

fn all(findings: &Findings) -> Option<u64> {
    rates(findings, STALKING).total.count.known()
}

#[track_caller]
fn is_384(study: &Millbeck) -> Findings {
    let findings = study.answer();
    assert_eq!(all(&findings), Some(384));
    findings
}

fn with_id() -> String {
    format!("{COLUMNS}, id = \"Ref\"")
}

#[test]
fn two_extracts_of_one_system_count_no_event_twice() {
    let two = [("a.csv", events(1..=9, "2023-10-02")), ("b.csv", events(4..=12, "2024-01-03"))];
    extracts(&two, COLUMNS).is_refused("R116", "id = ");
    // Either way of following the advice leads on.
    let findings = is_384(&extracts(&two, &with_id()));
    assert_eq!(set_aside(&findings, "x").get("the same event again, by its id"), Some(&192));
    is_384(&extracts(&[("a.csv", events(1..=12, "2024-01-03"))], COLUMNS));
    // A copy with dates in another form, and with an empty last column.
    let whole = events(1..=12, "x");
    let british: String = whole
        .lines()
        .map(|l| {
            let at = l.find(",2023-").map_or(0, |at| at + 1);
            if at == 0 {
                format!("{l},\n")
            } else {
                format!("{}{}/{}/2023{},\n", &l[..at], &l[at + 8..at + 10], &l[at + 5..at + 7], &l[at + 10..])
            }
        })
        .collect();
    extracts(&[("a.csv", whole.clone()), ("b.csv", british)], COLUMNS).is_refused("R116", "a.csv");
    // Parts of one year, month by month or area by area, are no copies.
    is_384(&extracts(&[("a.csv", events(1..=6, "x")), ("b.csv", events(7..=12, "y"))], COLUMNS));
    let part = |north: bool| -> String {
        let holds = |l: &&str| l.starts_with("Ref") || (4..8).any(|i| l.contains(&code(i))) == north;
        whole.lines().filter(holds).map(|l| format!("{l}\n")).collect()
    };
    is_384(&extracts(&[("a.csv", part(true)), ("b.csv", part(false))], COLUMNS));
}

#[test]
fn a_file_pasted_below_itself_and_an_event_of_two_people() {
    let whole = events(1..=12, "x");
    let body = whole.split_once('\n').unwrap().1;
    let twice = [("a.csv", format!("{whole}{body}"))];
    extracts(&twice, COLUMNS).is_refused("R116", "stands twice");
    is_384(&extracts(&twice, &with_id()));
    // One crime with two victims is one crime, where the id says so.
    let victims: String = whole.lines().map(|l| if l.contains("/7/3,") { format!("{l}\n{l} again\n") } else { format!("{l}\n") }).collect();
    is_384(&extracts(&[("a.csv", victims)], &with_id()));
    // What stands in many months is no id of an event; what stands for none makes no rows alike.
    let of_people: String =
        whole.lines().map(|l| format!("{}\n", l.replacen("MB/", "", 1).split_once('/').map_or(l, |(_, rest)| rest))).collect();
    extracts(&[("a.csv", of_people)], &with_id()).is_refused("R116", "several months");
    let none: String = whole
        .lines()
        .map(|l| if l.starts_with("Ref") { format!("{l}\n") } else { format!("N/A{}\n", &l[l.find(',').unwrap()..]) })
        .collect();
    is_384(&extracts(&[("a.csv", none)], &with_id()));
}

#[test]
fn fields_beyond_the_headings_are_no_part_of_a_number() {
    let counts = |n: &str| -> String {
        let rows = months().into_iter().flat_map(|m| ALL.map(|i| format!("{m},{},Stalking,{n}\n", code(i))));
        "Month,LSOA,Offence,Number\n".to_owned() + &rows.collect::<String>()
    };
    let table =
        |n: &str| extracts(&[("x.csv", counts(n))], "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"");
    table("1,234").is_refused("R105", "95 more rows");
    assert_eq!(all(&table("\"1,234\"").answer()), Some(96 * 1234));
    assert_eq!(all(&table("4,, ,").answer()), Some(384), "separators of empty cells");
    let mut study = Millbeck::new();
    let people: String = ALL.map(|i| format!("{},1,000,500\n", code(i))).concat();
    study.put("population.csv", format!("geography code,all,female\n{people}")).is_refused("R105", "between quotes");
}

#[test]
fn dates_whose_days_may_be_months_are_refused() {
    let with = |form: &dyn Fn(u32, usize) -> String| {
        let mut text = "Date,LSOA,Offence\n".to_owned();
        for m in 1..=12 {
            ALL.iter().for_each(|i| (0..4).for_each(|n| text += &format!("{},{},Stalking\n", form(m, i * 4 + n), code(*i))));
        }
        extracts(&[("x.csv", text)], COLUMNS)
    };
    with(&|m, _| format!("{m}/1/2023")).is_refused("R104", "changed places");
    with(&|m, _| format!("2023-01-{m:02}")).is_refused("R104", "changed places");
    with(&|m, n| format!("{m}/{}/2023", 1 + n)).is_refused("R104", "American");
    is_384(&with(&|m, _| format!("01/{m:02}/2023")));
    is_384(&with(&|m, n| format!("{:02}/{m:02}/2023", 1 + n % 28)));
    // A spreadsheet took the days up to the twelfth for months, and left the others as they were.
    with(&|m, n| if n % 28 < 12 { format!("2023-{:02}-{m:02}", 1 + n % 28) } else { format!("{}/{m}/2023", 1 + n % 28) })
        .is_refused("R104", "exchanged");
    // Months in files of their own: none of them tells alone.
    let files: Vec<(String, String)> = (1..=12)
        .map(|m| {
            (format!("{m:02}.csv"), "Date,LSOA,Offence\n".to_owned() + &ALL.map(|i| format!("{m}/1/2023,{},Stalking\n", code(i))).concat())
        })
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    extracts(&files, COLUMNS).is_refused("R104", "changed places");
    // A street file that went through a spreadsheet.
    let mut study = Millbeck::new();
    let text: String = months()
        .iter()
        .enumerate()
        .map(|(m, month)| month_rows(month, "Millshire Police", &ALL).replace(month, &format!("{}/1/2023", m + 1)))
        .collect();
    study.clear("police/").put("police/all-street.csv", HEADINGS.to_owned() + &text).is_refused("R104", "changed places");
}

#[test]
fn one_mistyped_year_is_named_and_makes_no_other_study() {
    let with = |row: &str| extracts(&[("x.csv", events(1..=12, "x") + row)], COLUMNS);
    for year in [2032, 2003] {
        let study = with(&format!("MB/x,{year}-06-05,{},Stalking,x\n", code(0)));
        study.is_refused("D213", "this row is of Jun");
        assert!(study.run().1.iter().any(|p| p.place.line == Some(386)), "its line is told");
        let mut named = study.clone();
        named.plan("invented = true", "invented = true\nperiod = { first = \"2023-01\", last = \"2023-12\" }");
        is_384(&named);
    }
    // A month beside the others, and one in a file that is named after it, are no slips.
    assert!(with(&format!("MB/x,2024-01-05,{},Stalking,x\n", code(0))).run().0.is_some());
    let mut street = Millbeck::new();
    street.add(
        "police/2023-05-millshire-street.csv",
        &crate::millbeck_forces::row("", "2032-05", "Millshire Police", None, &code(0), "Drugs"),
    );
    street.is_refused("D213", "May 2032");
}

#[test]
fn two_columns_of_one_name_and_two_rows_of_one_service() {
    let counts = |headings: &str, row: &dyn Fn(&str, usize) -> String| {
        let rows: String = months().iter().flat_map(|m| ALL.map(|i| row(m, i))).collect();
        extracts(
            &[("x.csv", format!("{headings}\n{rows}"))],
            "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"",
        )
    };
    counts("Month,LSOA,Offence,Number,Number", &|m, i| format!("{m},{},Stalking,2,4\n", code(i))).is_refused("R113", "number 5");
    counts("Month,LSOA,Offence,Number,,Month,LSOA,Offence,Number", &|m, i| {
        format!("{m},{},Stalking,4,,{m},{},Stalking,4\n", code(i), code(i))
    })
    .is_refused("R113", "side by side");
    // Columns that nobody reads may be called what they like.
    is_384(&counts("Month,LSOA,Offence,Number,note,note", &|m, i| format!("{m},{},Stalking,4,a,b\n", code(i))));
    let side = |rows: &str| {
        let mut study = Millbeck::new();
        study.put("s.csv", "service_id,name,types,status,delivery\na,Advice,one_stop_shop,active,phone\n");
        study.source("kind = \"services-csv\"\nname = \"services\"\npath = \"s.csv\"");
        study.put("side.csv", rows).source("kind = \"services-side-table\"\nname = \"side\"\npath = \"side.csv\"");
        study
    };
    side("service_id,capacity,capacity_unit\na,20,cases\n").gives(384, 48.0);
    side("service_id,capacity,capacity_unit\na,20,cases\na,40,cases\n").is_refused("S302", "one row");
    side("service_id,capacity,capacity_unit,capacity\na,20,cases,40\n").is_refused("R113", "another heading");
}

#[test]
fn cells_that_were_merged_are_filled_down_and_not_copies() {
    let merged = |i: usize, first: bool| if first { code(i) } else { String::new() };
    let counts: String =
        ALL.iter().flat_map(|i| months().into_iter().map(move |m| format!("{m},{},Stalking,4\n", merged(*i, m == "2023-01")))).collect();
    let columns = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";
    let study = extracts(&[("x.csv", format!("Month,LSOA,Offence,Number\n{counts}"))], columns);
    study.is_refused("R104", "Fill the column down");
    assert!(!study.codes().contains(&"D218"), "no advice to take rows out that are none");
    let rows: String = ALL
        .iter()
        .flat_map(|i| {
            (1..=12).flat_map(move |m| (0..4).map(move |n| format!("{},{},Stalking\n", day(m, *i, n), merged(*i, m == 1 && n == 0))))
        })
        .collect();
    extracts(&[("x.csv", format!("Date,LSOA,Offence\n{rows}"))], COLUMNS).is_refused("R104", "Fill the column down");
    // Where some places are not known, they are not.
    let place = |n: usize, l: &str| {
        if n > 0 && n.is_multiple_of(3) {
            l.split(',').enumerate().map(|(c, f)| if c == 2 { "" } else { f }).collect::<Vec<_>>().join(",")
        } else {
            l.to_owned()
        }
    };
    let some: String = events(1..=12, "x").lines().enumerate().map(|(n, l)| place(n, l) + "\n").collect();
    assert!(extracts(&[("x.csv", some)], COLUMNS).run().0.is_some());
    let users = |rows: &str| {
        let mut study = Millbeck::new();
        study
            .put("u.csv", format!("service,dimension,group,users\n{rows}"))
            .source("kind = \"users-by-group\"\nname = \"users\"\npath = \"u.csv\"");
        study
    };
    let groups = ["16 to 24,30", "25 to 34,40", "35 to 44,50", "45 and over,60"];
    let table = |fill: bool| -> String {
        let of = |kind: &str| {
            groups
                .iter()
                .enumerate()
                .map(|(n, g)| if n == 0 || fill { format!("{kind},Age,{g}\n") } else { format!(",,{g}\n") })
                .collect::<String>()
        };
        of("idva") + &of("isva")
    };
    users(&table(false)).is_refused("R104", "Fill the column down");
    users(&table(true)).gives(384, 48.0);
    users(&groups.iter().map(|g| format!("idva,,{g}\n")).collect::<String>()).is_refused("R104", "no dimension");
}

#[test]
fn what_stands_for_a_total_is_not_to_be_left_empty() {
    let rows: String = months().iter().flat_map(|m| ALL.map(|i| format!("{m},{},Stalking,4\n", code(i)))).collect();
    let columns = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";
    let text = format!("Month,LSOA,Offence,Number\n{rows}2023-03,Millbeck,Stalking,31\n");
    let study = extracts(&[("x.csv", text.clone())], columns);
    study.is_refused("R104", "Take the row out");
    assert!(study.run().1.iter().all(|p| !p.next_step.contains("leave the field empty")));
    let findings = extracts(&[("x.csv", text.replace("Millbeck", "not known"))], columns).answer();
    assert_eq!(rates(&findings, STALKING).unlocated.known(), Some(31));
}

#[test]
fn midnights_and_ids_that_stand_for_none() {
    let at = |share: usize| {
        let rows: String = (1..=12)
            .flat_map(|m| {
                ALL.map(|i| {
                    (0..4)
                        .map(|n| format!("{},{},Stalking,{}\n", day(m, i, n), code(i), if n < share { "00:00" } else { "14:10" }))
                        .collect::<String>()
                })
            })
            .collect();
        extracts(&[("x.csv", format!("Date,LSOA,Offence,Time\n{rows}"))], &format!("{COLUMNS}, hour = \"Time\""))
    };
    assert!(at(3).run().1.iter().any(|p| p.code.name() == "R104" && p.message.contains("288 of 384 times")));
    assert!(!at(0).run().1.iter().any(|p| p.code.name() == "R104"));
    is_384(&at(3));
    let mut study = Millbeck::new();
    for file in months().iter().map(|m| format!("police/{m}-millshire-street.csv")) {
        let text = String::from_utf8(study.files[&file].clone()).unwrap();
        let stand_in =
            |l: &str| if l.len() > 64 && l.as_bytes()[64] == b',' { format!("########{}\n", &l[64..]) } else { format!("{l}\n") };
        study.put(&file, text.lines().map(stand_in).collect::<String>());
    }
    let findings = study.gives(384, 48.0);
    assert!(set_aside(&findings, "police").is_empty());
}

#[test]
fn names_of_offences_in_other_signs_and_years_that_are_no_months() {
    let spelt = [
        "Stalking and harassment - online",
        "Stalking & harassment \u{2013} online",
        "STALKING AND HARASSMENT-ONLINE",
        "Stalking and harassment  - online",
    ];
    let rows: String = months().iter().flat_map(|m| ALL.map(|i| format!("{m},{},{},4\n", code(i), spelt[i % 4]))).collect();
    let columns = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";
    let study = extracts(&[("x.csv", format!("Month,LSOA,Offence,Number\n{rows}"))], columns);
    assert_eq!(study.tables().datasets[0].categories.len(), 1);
    let mut street = Millbeck::new();
    for file in months().iter().map(|m| format!("police/{m}-millshire-street.csv")).step_by(2) {
        let text = String::from_utf8(street.files[&file].clone()).unwrap();
        street.put(&file, text.replace("Violence and sexual offences", "Violence & sexual offences"));
    }
    assert_eq!(rates(&street.answer(), VIOLENCE).total.count.known(), Some(384));
    // A financial year is no November.
    let years: String = ALL.map(|i| format!("2010/11,{},Stalking,4\n", code(i))).concat();
    extracts(&[("x.csv", format!("Month,LSOA,Offence,Number\n{years}"))], columns).is_refused("R104", "financial year");
    // Months at the end without any number are told.
    let rows: String = months()
        .iter()
        .flat_map(|m| ALL.map(|i| format!("{m},{},Stalking,{}\n", code(i), if m.as_str() > "2023-10" { "-" } else { "4" })))
        .collect();
    let study = extracts(&[("x.csv", format!("Month,LSOA,Offence,Number\n{rows}"))], columns);
    let (findings, problems) = study.run();
    assert!(
        findings.is_some() && problems.iter().any(|p| p.code.name() == "D206" && p.message.contains("Nov 2023, Dec 2023")),
        "{problems:#?}"
    );
}

#[test]
fn marks_of_files_that_were_joined_and_commas_before_decimals() {
    let table = |n: RangeInclusive<usize>| -> String {
        "\u{feff}Month,LSOA,Offence,Number\n".to_owned()
            + &months()[n].iter().flat_map(|m| ALL.map(|i| format!("{m},{},Stalking,4\n", code(i)))).collect::<String>()
    };
    let columns = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";
    is_384(&extracts(&[("x.csv", table(0..=5) + &table(6..=11))], columns));
    let quoted = |text: String| text.replace("Month,LSOA,Offence,Number", "\"Month\",\"LSOA\",\"Offence\",\"Number\"");
    is_384(&extracts(&[("x.csv", quoted(table(0..=5)) + &quoted(table(6..=11)))], columns));
    let rows: String = months().iter().flat_map(|m| ALL.map(|i| format!("{m};{};Stalking;4;0,5\n", code(i)))).collect();
    is_384(&extracts(&[("x.csv", format!("Month;LSOA;Offence;Number;Weight\n{rows}"))], columns));
    // A title of several cells is not the heading, and the message says what helps.
    let titled = format!("Millbeck,incidents,2023,final\n{}", table(0..=11).trim_start_matches('\u{feff}'));
    let mut study = extracts(&[("x.csv", titled)], columns);
    study.is_refused("R103", "heading-row");
    is_384(study.plan("topic = \"incidents\"", "topic = \"incidents\"\nheading-row = 2"));
}
