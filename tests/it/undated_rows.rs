//! Rows without a date, categories that begin or end within the study, and tables of headings alone: none of them is a quiet place or month.

use gapmap::diagnostics::Problem;
use gapmap::model::{Body, Findings};
use gapmap::study::Select;
use gapmap::units::Cell;

use crate::millbeck_forces::{ALL, Millbeck, code, months, rates};

const STALKING: &str = "burden/x/stalking/areas";
const BOTH: &str = "burden/x/stalking-and-harassment/areas";
const COLUMNS: &str =
    "topic = \"incidents\"\neach-row-counts = true\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\" }";

/// A study of tables of events, without police files.
fn study(files: &[(&str, String)], settings: &str) -> Millbeck {
    let mut study = Millbeck::new();
    study.clear("police/");
    for (name, rows) in files {
        study.put(&format!("x/{name}"), format!("Date,LSOA,Offence\n{rows}").into_bytes());
    }
    let was = "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"";
    study.plan(was, &format!("kind = \"events-csv\"\nname = \"x\"\npath = \"x\"\n{settings}"));
    study
}

/// Five events of each area in a month; `date` and `offence` may change them.
fn of_month(month: &str, date: impl Fn(usize, usize, &str) -> String, offence: &str) -> String {
    let row = |i: usize, n: usize| format!("{},{},{offence}\n", date(i, n, &format!("{month}-{:02}", 1 + (n * 6 + i * 3) % 28)), code(i));
    ALL.iter().flat_map(|i| (0..5).map(move |n| (*i, n))).map(|(i, n)| row(i, n)).collect()
}

fn all_months(date: impl Fn(usize, usize, &str) -> String) -> String {
    months().iter().map(|month| of_month(month, &date, "Stalking")).collect()
}

fn as_it_is(_: usize, _: usize, date: &str) -> String {
    date.to_owned()
}

/// The rows of one month without a change.
fn plain(month: &str, offence: &str) -> String {
    of_month(month, as_it_is, offence)
}

fn has(problems: &[Problem], code: &str, words: &str) -> bool {
    problems.iter().any(|p| p.code.name() == code && (p.message.contains(words) || p.next_step.contains(words)))
}

fn headline<'f>(findings: &'f Findings, id: &str) -> &'f str {
    findings.find(id).map_or("", |f| f.headline.as_str())
}

#[test]
fn an_area_of_which_many_rows_have_no_date_is_not_clearly_lower() {
    for stand_in in ["1900-01-01", "1899-12-30", "1970-01-01", "9999-12-31", "", "n/a"] {
        for undated in [3, 5] {
            let rows = all_months(|i, n, date| if i == 2 && n < undated { stand_in.into() } else { date.into() });
            let (findings, problems) = study(&[("x.csv", rows)], COLUMNS).run();
            let findings = findings.unwrap_or_else(|| panic!("{stand_in}: {problems:#?}"));
            assert!(has(&problems, "D225", &code(2)) && !has(&problems, "D225", &code(1)), "{stand_in}: {problems:#?}");
            let found = rates(&findings, STALKING);
            assert_eq!(found.rows[2].count, Cell::Missing, "{stand_in}");
            assert_eq!(found.rows[1].count, Cell::Known(60), "{stand_in}");
            assert!(found.rows.iter().all(|r| r.beyond.is_none()), "{stand_in}");
        }
    }
}

#[test]
fn a_row_or_two_without_a_date_leave_the_counts_as_they_are() {
    let rows = all_months(|i, n, date| if i == 2 && n == 0 && date < "2023-03" { "n/a".into() } else { date.into() });
    let (findings, problems) = study(&[("x.csv", rows)], COLUMNS).run();
    assert!(!problems.iter().any(|p| p.code.name() == "D225"), "{problems:#?}");
    assert_eq!(rates(&findings.unwrap(), STALKING).rows[2].count, Cell::Known(58));
    // Rows without a date and without a place are of no area.
    let rows = all_months(as_it_is) + &",,Stalking\n".repeat(60);
    let study = study(&[("x.csv", rows)], COLUMNS);
    assert!(!study.codes().contains(&"D225"));
    assert_eq!(rates(&study.answer(), STALKING).total.count, Cell::Known(480));
}

#[test]
fn of_a_restricted_source_no_count_of_undated_rows_is_told() {
    let rows = all_months(|i, n, date| if i == 2 && n < 3 { "1900-01-01".into() } else { date.into() });
    let mut study = study(&[("x.csv", rows)], COLUMNS);
    study.plan("category = \"Offence\" }\nsensitivity = \"open\"", "category = \"Offence\" }\nsensitivity = \"restricted\"");
    let problems = study.run().1;
    let told: Vec<&Problem> = problems.iter().filter(|p| p.code.name() == "D225").collect();
    assert_eq!(told.len(), 1, "{problems:#?}");
    assert!(told[0].message.contains(&code(2)) && !told[0].message.contains("36"));
}

#[test]
fn a_category_that_begins_or_ends_within_the_study_is_rated_with_its_months() {
    for ends in [2, 8, 10] {
        let rows: String =
            months().iter().enumerate().map(|(i, m)| plain(m, if i < ends { "Stalking" } else { "Stalking and harassment" })).collect();
        let (findings, problems) = study(&[("x.csv", rows.clone())], COLUMNS).run();
        let findings = findings.unwrap();
        assert!(has(&problems, "D206", "“Stalking”") && has(&problems, "D206", "“Stalking and harassment”"), "{problems:#?}");
        assert!(!has(&problems, "D206", "labels"));
        for (id, covered) in [(STALKING, ends), (BOTH, 12 - ends)] {
            assert!(headline(&findings, id).contains(&format!("{covered} of 12 months")), "{}", headline(&findings, id));
        }
        // Both pieces of advice lead on.
        let together = study(&[("x.csv", rows.replace("Stalking and harassment", "Stalking"))], COLUMNS);
        assert!(!together.codes().contains(&"D206"));
        assert!(!headline(&together.answer(), STALKING).contains("months"));
        let mut later = study(&[("x.csv", rows)], COLUMNS);
        later.plan("invented = true", &format!("invented = true\nperiod = {{ first = \"2023-{:02}\", last = \"2023-12\" }}", ends + 1));
        assert!(!later.codes().contains(&"D206"));
        assert!(!headline(&later.answer(), BOTH).contains("months)"));
    }
}

#[test]
fn what_is_rare_or_in_every_month_has_all_months() {
    let whole: String = months().iter().map(|m| plain(m, "Stalking")).collect();
    let rare = format!("2023-11-04,{},Voyeurism\n2023-12-06,{},Voyeurism\n", code(0), code(1));
    let study = study(&[("x.csv", whole + &rare)], COLUMNS);
    assert!(!study.codes().contains(&"D206"));
    assert!(study.answer().findings.iter().all(|f| !f.headline.contains("of 12 months")));
}

/// A file for each month, the last three of headings alone.
fn nine_months(name: impl Fn(&str) -> String) -> Vec<(String, String)> {
    months().iter().enumerate().map(|(i, m)| (name(m), if i < 9 { plain(m, "Stalking") } else { String::new() })).collect()
}

#[test]
fn tables_of_headings_alone_are_missing_months() {
    let covers = format!("{COLUMNS}\ncovers = {{ first = \"2023-01\", last = \"2023-12\" }}");
    let by_month = |m: &str| format!("incidents {m}.csv");
    let numbered = |m: &str| format!("part {}.csv", &m[5..]);
    for (files, settings) in
        [(nine_months(by_month), COLUMNS), (nine_months(by_month), covers.as_str()), (nine_months(numbered), covers.as_str())]
    {
        let files: Vec<(&str, String)> = files.iter().map(|(name, rows)| (name.as_str(), rows.clone())).collect();
        let study = study(&files, settings);
        let (findings, problems) = study.run();
        assert_eq!(problems.iter().filter(|p| p.code.name() == "R102").count(), 3, "{problems:#?}");
        assert!(has(&problems, "D206", "missing"), "{problems:#?}");
        let findings = findings.unwrap();
        assert!(headline(&findings, STALKING).contains("9 of 12 months"), "{}", headline(&findings, STALKING));
        let by_month = study.tables().datasets[0].by_month(&Select::default());
        assert_eq!(by_month[8..], [Some(40), None, None, None]);
    }
    // Where no name says a month the file is told.
    let files = nine_months(numbered);
    let files: Vec<(&str, String)> = files.iter().map(|(name, rows)| (name.as_str(), rows.clone())).collect();
    assert!(study(&files, COLUMNS).codes().contains(&"R102"));
    // A month that the plan covers and no file of headings alone speaks of is a quiet one.
    let quiet: Vec<(&str, String)> = files[..9].to_vec();
    let quiet = study(&quiet, &covers);
    assert!(!quiet.codes().contains(&"R102"));
    assert_eq!(quiet.tables().datasets[0].by_month(&Select::default())[9], Some(0));
}

#[test]
fn months_over_no_row_of_a_wide_table_are_missing() {
    let heading = |months: std::ops::RangeInclusive<u32>| {
        let months: Vec<String> = months.map(|m| format!("2023{m:02}")).collect();
        format!("MajorText,MinorText,LSOA Code,LookUp_BoroughName,{}\n", months.join(","))
    };
    let rows: String = ALL.iter().map(|i| format!("VIOLENCE,STALKING,{},Millbeck,5,5,5,5,5,5,5,5,5\n", code(*i))).collect();
    let mut wide = study(&[], COLUMNS);
    wide.put("x/a.csv", (heading(1..=9) + &rows).into_bytes()).put("x/b.csv", heading(10..=12).into_bytes());
    wide.plan(
        &format!("kind = \"events-csv\"\nname = \"x\"\npath = \"x\"\n{COLUMNS}"),
        "kind = \"mps-wide\"\nname = \"x\"\npath = \"x\"\nborough = \"Millbeck\"",
    );
    assert!(wide.codes().contains(&"R102"));
    assert_eq!(wide.tables().datasets[0].by_month(&Select::default())[8..], [Some(40), None, None, None]);
}

/// Two offences, of which one has lost the dates of some rows of some areas.
fn two_offences(undated: impl Fn(usize, usize, &str) -> bool, stand_in: &str) -> String {
    let date = |i: usize, n: usize, date: &str| if undated(i, n, date) { stand_in.to_owned() } else { date.to_owned() };
    months().iter().map(|m| plain(m, "Stalking") + &of_month(m, date, "Rape")).collect()
}

/// The total of the counts by category, and the count of one.
fn by_category(findings: &Findings, category: &str) -> (Cell<u64>, Cell<u64>) {
    let Some(Body::Bars(bars)) = findings.find("burden/x/categories/categories").map(|f| &f.body) else { panic!("no bars") };
    (bars.total, bars.bars.iter().find(|b| b.label == category).map_or(Cell::Missing, |b| b.count))
}

#[test]
fn totals_and_series_of_many_undated_rows_do_not_pass_for_whole() {
    for stand_in in ["1970-01-01", "n/a"] {
        let mut study = study(&[("x.csv", two_offences(|i, n, _| i < 3 && n < 2, stand_in))], COLUMNS);
        study.plan("[[analysis]]\nkind = \"burden\"", "[[analysis]]\nkind = \"trend\"\n\n[[analysis]]\nkind = \"burden\"");
        let (findings, problems) = study.run();
        let findings = findings.unwrap_or_else(|| panic!("{problems:#?}"));
        assert!(has(&problems, "D225", "“Rape” in") && has(&problems, "D225", &code(2)), "{problems:#?}");
        assert_eq!(by_category(&findings, "Rape"), (Cell::Missing, Cell::Missing));
        assert_eq!(by_category(&findings, "Stalking").1, Cell::Known(480));
        assert_eq!(rates(&findings, STALKING).total.count, Cell::Known(480));
        let cautious = |id: &str| findings.find(id).is_some_and(|f| f.caveats.iter().any(|c| c.contains("72 of these events")));
        assert!(cautious("trend/x/rape") && !cautious("trend/x/stalking"));
    }
}

#[test]
fn rows_that_lost_their_dates_at_random_set_no_area_apart() {
    let at_random = |i: usize, n: usize, date: &str| (i * 7 + n * 3 + date[5..7].parse::<usize>().unwrap_or(0) * 5).is_multiple_of(41);
    let study = study(&[("x.csv", two_offences(at_random, "n/a"))], COLUMNS);
    assert!(!study.codes().contains(&"D225"));
    let findings = study.answer();
    assert!(matches!(by_category(&findings, "Rape"), (Cell::Known(_), Cell::Known(_))));
    assert!(rates(&findings, "burden/x/rape/areas").rows.iter().all(|r| r.count != Cell::Missing));
}

#[test]
fn a_total_of_a_category_that_lost_a_fifth_everywhere_is_missing() {
    let (findings, problems) = study(&[("x.csv", two_offences(|_, n, _| n == 0, "n/a"))], COLUMNS).run();
    assert!(has(&problems, "D225", "“Rape” have no date"), "{problems:#?}");
    let findings = findings.unwrap();
    assert_eq!(by_category(&findings, "Rape").1, Cell::Missing);
    let found = rates(&findings, "burden/x/rape/areas");
    assert_eq!((found.total.count, found.rows[0].count), (Cell::Missing, Cell::Known(48)));
}

const COUNTS: &str = "topic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";

/// A table of counts: so many of each offence, area and month; `None` leaves the row out.
fn counted(offences: &[&str], count: impl Fn(&str, usize) -> Option<u32>, more: &str, settings: &str) -> Millbeck {
    let mut study = study(&[], settings);
    let mut text = "Month,LSOA,Offence,Number\n".to_owned();
    for (m, month) in months().iter().enumerate() {
        for (offence, n) in offences.iter().filter_map(|o| Some((o, count(o, m)?))) {
            ALL.iter().for_each(|i| text += &format!("{month},{},{offence},{n}\n", code(*i)));
        }
    }
    study.put("x/x.csv", (text + more).into_bytes());
    study
}

#[test]
fn totals_of_a_pivot_table_have_no_month_and_are_no_undated_events() {
    let totals = |n: u32| ALL.iter().map(|i| format!(",{},Stalking,{n}\n", code(*i))).collect::<String>();
    let study = |n: u32| counted(&["Stalking"], |_, m| Some(5 + (m % 3) as u32), &totals(n), COUNTS);
    let whole = study(72);
    assert!(!whole.codes().contains(&"D225"), "{:#?}", whole.run().1);
    assert_eq!(rates(&whole.answer(), STALKING).rows[0].count, Cell::Known(72));
    // Events without a month that are no sum of the others stay what they are.
    let others = format!(",{},Stalking,60\n", code(2));
    assert!(counted(&["Stalking"], |_, m| Some(5 + (m % 3) as u32), &others, COUNTS).codes().contains(&"D225"));
}

#[test]
fn a_month_that_is_said_to_have_none_is_a_quiet_one() {
    let both = ["Stalking", "School referrals"];
    let quiet = |say: Option<u32>| move |offence: &str, m: usize| if offence != "Stalking" && m == 7 { say } else { Some(10) };
    let covers = format!("{COUNTS}\ncovers = {{ first = \"2023-01\", last = \"2023-12\" }}");
    for (say, settings) in [(Some(0), COUNTS), (None, covers.as_str()), (Some(0), covers.as_str())] {
        let study = counted(&both, quiet(say), "", settings);
        assert!(!study.codes().contains(&"D206"), "{:#?}", study.run().1);
        let dataset = &study.tables().datasets[0];
        let school = dataset.categories.iter().position(|c| c != "Stalking").unwrap() as u32;
        assert_eq!(dataset.by_month(&Select { categories: vec![school], ..Select::default() })[7], Some(0));
    }
    assert!(counted(&both, quiet(None), "", COUNTS).codes().contains(&"D206"));
}

#[test]
fn months_before_a_category_began_are_missing_in_series_and_sums() {
    let late = |offence: &str, m: usize| (offence == "Stalking" || m >= 6).then_some(10);
    let study = counted(&["Stalking", "Strangulation"], late, "", COUNTS);
    let dataset = &study.tables().datasets[0];
    let of = |name: &str| {
        let categories = dataset.categories.iter().zip(0..).filter(|(c, _)| *c == name).map(|(_, i)| i).collect();
        dataset.by_month(&Select { categories, ..Select::default() })
    };
    let begun: Vec<Option<u64>> = [None; 6].into_iter().chain([Some(80); 6]).collect();
    assert_eq!((of("Strangulation"), of("Stalking")), (begun, vec![Some(80); 12]));
    assert_eq!(of("")[4..8], [None, None, Some(160), Some(160)]);
    // Where it was another name before, the sum is whole.
    let renamed = |offence: &str, m: usize| (offence == "Stalking" || (m >= 6) == (offence == "Strangulation")).then_some(10);
    let study = counted(&["Stalking", "Choking", "Strangulation"], renamed, "", COUNTS);
    assert_eq!(study.tables().datasets[0].by_month(&Select::default()), vec![Some(160); 12]);
}

#[test]
fn a_first_of_january_years_before_all_others_is_no_day() {
    for stand_in in ["2000-01-01", "01/01/2010"] {
        let rows = all_months(|i, n, date| if i < 3 && n < 2 { stand_in.into() } else { date.into() });
        let study = study(&[("x.csv", rows)], COLUMNS);
        let (findings, problems) = study.run();
        assert!(has(&problems, "D225", &code(2)) && !has(&problems, "D206", ""), "{problems:#?}");
        assert_eq!(rates(&findings.unwrap(), STALKING).rows[1].count, Cell::Missing);
        assert_eq!(study.tables().datasets[0].period.len(), 12);
    }
    // A year with days of its own is one.
    let early: String = (1..25).map(|d| format!("2019-01-{d:02},{},Stalking\n", code(d % 8))).collect();
    assert!(!study(&[("x.csv", all_months(as_it_is) + &early)], COLUMNS).codes().contains(&"D225"));
}

#[test]
fn reports_of_places_without_a_day_are_remembered_where_they_lie() {
    let study = crate::study_files::Study::of(&Default::default());
    let rows = "Category,Created,Latitude,Longitude\nStreet lighting,2025-03-01T09:00:00,52.1,-0.4\nStreet lighting,,52.1,-0.4\n\
        Street lighting,n/a,52.1,-0.4\nGraffiti,,52.2,-0.5\nStreet lighting,,,\n";
    study.write("reports.csv", rows.as_bytes());
    let (gathered, _) = crate::study_files::read_source("fixmystreet", &["reports.csv"], &study.folder, "{}");
    let [events] = gathered.events.as_slice() else { panic!("one source") };
    let mut undated: Vec<(bool, u64)> = events.undated.iter().map(|u| (u.category.is_some(), u.events)).collect();
    undated.sort_unstable();
    // A category that no row with a day has may be anything; a row without a place is in no area.
    assert_eq!(undated, [(false, 1), (true, 2)]);
    assert_eq!(events.blocks[0].rows(), 1);
    assert!(gathered.tallies[0].set_aside.get("without a date").is_some_and(|n| *n == 4), "{:?}", gathered.tallies[0]);
}
