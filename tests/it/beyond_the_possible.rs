//! Numbers that cannot be, and counts that count other counts again: stand-ins of nines, ranks and residents that no area has, measures under any heading,
//! totals that do not fit their parts, counts since the beginning of a year.

use gapmap::diagnostics::Problems;
use gapmap::study::Study;

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

const COUNTED: &str =
    "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
const HEADINGS: &str = "Month,LSOA,Offence,Number";

/// A table of counts over the months of 2023, five stalkings in each area and month unless `count` says otherwise.
fn counts(count: impl Fn(u32, usize) -> String) -> (Option<Study>, Problems) {
    let mut rows = format!("{HEADINGS}\n");
    for month in 1..=12 {
        AREAS.iter().enumerate().for_each(|(i, area)| rows += &format!("2023-{month:02},{area},Stalking,{}\n", count(month, i)));
    }
    read(&rows, "")
}

fn read(rows: &str, more: &str) -> (Option<Study>, Problems) {
    Millbeck::new().file("events-csv", "x.csv", rows, &format!("{COUNTED}\n{more}")).read()
}

/// Counts of chance, none of them above fourteen.
fn any(month: u32, i: usize) -> String {
    (3 + (month as usize * 7 + i * 5) % 11).to_string()
}

#[test]
fn counts_of_nines_far_beyond_all_others_are_not_counted() {
    for nines in ["999", "99999", "99,999", "999999"] {
        let (study, problems) = counts(|month, i| if i == 3 { format!("\"{nines}\"") } else { any(month, i) });
        assert!(study.is_none(), "{nines}");
        assert_eq!(errors(&problems)[0], "R104", "{nines}: {:?}", problems.list());
        let first = problems.list().iter().find(|p| p.stops()).unwrap();
        assert!(first.place.line == Some(5), "{:?}", first.place);
    }
    // One among counts of its size is a count, and so is a town centre with ten times the others.
    let large = |month: u32, i: usize| (950 + (month as usize * 37 + i * 23) % 100).to_string();
    let (study, problems) = counts(|month, i| if (month, i) == (4, 3) { "999".into() } else { large(month, i) });
    assert!(study.is_some(), "{:?}", problems.list());
    let (study, problems) = counts(|month, i| if i == 3 { (100 + month * 5 % 17).to_string() } else { any(month, i) });
    assert!(study.is_some() && !tells(&problems, "R104"), "{:?}", problems.list());
}

/// A study with residents of eight areas, the last two as given.
fn residents(heading: &str, last: &str) -> (Vec<Option<f64>>, Problems) {
    let all = Millbeck::new().with_calls();
    // As many columns as the last rows have.
    let more = heading.matches(',').count();
    let people = |i: usize| if i < 6 { format!("{}{}", 1400 + 70 * i, ",300".repeat(more)) } else { last.to_owned() };
    let rows: String = AREAS.iter().enumerate().map(|(i, code)| format!("{code},{}\n", people(i))).collect();
    all.study.write("population.csv", format!("geography code,{heading}\n{rows}").as_bytes());
    let (study, problems) = all.read();
    (study.map(|s| s.areas.residents("all")).unwrap_or_default(), problems)
}

#[test]
fn residents_that_no_area_has_are_not_known() {
    for last in ["9999999", "99999", "1000000", "9,999,999"] {
        let (known, problems) = residents("all", &format!("\"{last}\""));
        assert_eq!(known.iter().filter(|n| n.is_some()).count(), 6, "{last}: {:?}", problems.list());
        assert!(known[6].is_none() && known[7].is_none() && tells(&problems, "R104"), "{last}");
    }
    // Halls of residence.
    for last in ["12000", "25000", "999"] {
        let (known, problems) = residents("all", last);
        assert_eq!((known.len(), known.iter().all(Option::is_some), tells(&problems, "R104")), (8, true, false), "{last}");
    }
}

/// A table of tenure or of cars has a total of households, and it counts no people.
#[test]
fn a_total_beside_columns_of_homes_counts_no_residents() {
    for heading in ["Total,Owned,Social rented", "Total,No cars or vans in household,1 car or van", "total,Tenure: private rented"] {
        let parts = heading.split(',').count() - 1;
        let (_, problems) = residents(heading, &format!("1500{}", ",300".repeat(parts)));
        assert!(tells(&problems, "D207"), "{heading}: {:?}", problems.list());
    }
    for heading in ["Total", "all", "Total,White: British"] {
        let (known, problems) = residents(heading, if heading.contains(',') { "1500,1200" } else { "1500" });
        assert!(known.iter().all(Option::is_some) && !tells(&problems, "D207"), "{heading}: {:?}", problems.list());
    }
}

/// How many of forty ranks or scores are known, and whether one was told.
fn ranks(heading: &str, last: &str) -> (usize, bool) {
    let value = |i: usize| if heading.ends_with("rank") { (1 + 4 * i).to_string() } else { (60 - i).to_string() };
    let mut rows = format!("lsoa21_code,{heading}\n");
    // Areas of other places stand in the table, as they do in the published one.
    (0..32).for_each(|i| rows += &format!("E01980{i:03},{}\n", value(i)));
    AREAS.iter().enumerate().for_each(|(i, code)| rows += &format!("{code},{}\n", if i < 2 { value(32 + i) } else { last.to_owned() }));
    let (study, problems) = Millbeck::new().with_calls().file("deprivation", "d.csv", rows, "").read();
    let study = study.unwrap_or_else(|| panic!("{heading} {last}: {:?}", problems.list()));
    (study.areas.list.iter().filter(|a| a.deprivation.is_some()).count(), tells(&problems, "R104"))
}

#[test]
fn ranks_and_scores_beyond_the_possible_are_not_known() {
    for (heading, last) in [
        ("IMD_rank", "99999"),
        ("IMD_rank", "33756"),
        ("IMD_rank", "9999"),
        ("IMD_rank", "0"),
        ("IMD_score", "999"),
        ("IMD_score", "99.99"),
        ("IMD_score", "0"),
        ("IMD_score", "101"),
    ] {
        assert_eq!(ranks(heading, last), (2, true), "{heading} {last}");
    }
    for (heading, last) in [("IMD_rank", "33755"), ("IMD_rank", "1204"), ("IMD_score", "0.54"), ("IMD_score", "92.7")] {
        assert_eq!(ranks(heading, last), (8, false), "{heading} {last}");
    }
}

#[test]
fn ranks_of_several_countries_go_as_far_as_the_table_ranks_areas() {
    // The last of the table lies in Millbeck.
    let ranked = |areas: usize, last: usize| {
        let mut rows = "lsoa21_code,IMD_rank\n".to_owned();
        (1..=areas - 8).for_each(|i| rows += &format!("S01{i:06},{i}\n"));
        AREAS.iter().enumerate().for_each(|(i, code)| rows += &format!("{code},{}\n", last - i));
        let (study, problems) = Millbeck::new().with_calls().file("deprivation", "d.csv", rows, "").read();
        let study = study.unwrap_or_else(|| panic!("{areas} {last}: {:?}", problems.list()));
        (study.areas.list.iter().filter(|a| a.deprivation.is_some()).count(), tells(&problems, "R104"))
    };
    assert_eq!(ranked(42_619, 42_619), (8, false));
    assert_eq!(ranked(42_619, 42_621), (6, true));
    assert_eq!(ranked(20_000, 33_757), (6, true));
}

/// A table with a column that nothing maps, and a row of each of its words for each area and month.
fn told_apart(heading: &str, words: &[&str], more: &str) -> (Option<Study>, Problems) {
    let mut rows = format!("Month,LSOA,Offence,{heading},Number\n");
    for month in 1..=12 {
        for (i, area) in AREAS.iter().enumerate() {
            for (at, word) in words.iter().enumerate() {
                rows +=
                    &format!("2023-{month:02},{area},Stalking,{word},{}\n", if at == 0 { any(month, i) } else { (at + i % 3).to_string() });
            }
        }
    }
    read(&rows, more)
}

#[test]
fn measures_are_not_added_whatever_their_column_is_called() {
    for (heading, words) in [
        ("Counted as", &["Offences", "Sanction detections", "Victims"][..]),
        ("Stage", &["Number of offences", "Arrests", "Charges"]),
        ("Kind", &["Recorded crime", "Positive outcomes"]),
        ("Column1", &["Victims", "Suspects"]),
        ("Row", &["Incidents", "Crimes"]),
        ("What", &["Number", "Rate per 1000"]),
        ("State", &["Offences recorded", "Detections"]),
        ("Of", &["Victim count", "Offender count"]),
    ] {
        let (study, problems) = told_apart(heading, words, "");
        assert!(study.is_none() && errors(&problems) == ["D218"], "{heading}: {:?}", problems.list());
        assert!(problems.list().iter().any(|p| p.stops() && p.next_step.contains("keep = ")));
        // The advice leads on.
        let (study, problems) = told_apart(heading, words, &format!("keep = {{ \"{heading}\" = \"{}\" }}", words[0]));
        let first: u64 = (1..=12).flat_map(|m| (0..8).map(move |i| any(m, i).parse::<u64>().unwrap())).sum();
        assert_eq!(study.map(|s| recorded(&s)), Some(first), "{heading}: {:?}", problems.list());
    }
    // Parts of one count are added, and that is said.
    for (heading, words) in [
        ("Age", &["16 to 24", "25 or over"][..]),
        ("Outcome", &["Charged", "No suspect identified", "Caution"]),
        ("Solved", &["Detected", "Undetected"]),
        ("Subtype", &["Sexual offences", "Domestic incidents", "Assisting offenders"]),
        // Stages of a report, and whom or what one row is about.
        ("Status", &["Reported", "Resolved", "Open"]),
        ("State", &["Recorded", "Solved"]),
        ("Reported by", &["Victim", "Offender", "Police"]),
        ("Referral for", &["Victim", "Perpetrator"]),
        ("Record type", &["Crime", "Incident"]),
    ] {
        let (study, problems) = told_apart(heading, words, "");
        assert!(study.is_some() && tells(&problems, "D218"), "{heading}: {:?}", problems.list());
    }
}

#[test]
fn measures_among_the_categories_are_not_added() {
    let table = |words: &[&str]| {
        let mut rows = format!("{HEADINGS}\n");
        for month in 1..=12 {
            for (i, area) in AREAS.iter().enumerate() {
                words.iter().enumerate().for_each(|(at, word)| rows += &format!("2023-{month:02},{area},{word},{}\n", 20 + i - 6 * at));
            }
        }
        rows
    };
    for words in [&["Offences", "Sanction detections", "Victims"][..], &["Crimes", "Outcomes"], &["Victim count", "Number of suspects"]] {
        let rows = table(words);
        let (study, problems) = read(&rows, "");
        assert!(study.is_none() && errors(&problems) == ["D218"], "{words:?}: {:?}", problems.list());
        // The advice leads on: one of them, or several that count different events.
        let of = |n: u64| 12 * (0..n).map(|at| 8 * 20 + 28 - 8 * 6 * at).sum::<u64>();
        for (kept, n) in [(format!("\"{}\"", words[0]), 1), (format!("[\"{}\", \"{}\"]", words[0], words[1]), 2)] {
            let (study, problems) = read(&rows, &format!("keep = {{ Offence = {kept} }}"));
            assert_eq!(study.map(|s| recorded(&s)), Some(of(n)), "{kept}: {:?}", problems.list());
        }
    }
    for words in [&["Stalking", "Rape"][..], &["Sexual offences", "Domestic incidents"], &["Victim", "Perpetrator"], &["Crime", "Incident"]]
    {
        let (study, problems) = read(&table(words), "");
        assert!(study.is_some() && !tells(&problems, "D218"), "{words:?}: {:?}", problems.list());
    }
}

/// Counts of areas, and rows of the authority.
fn with_authority(of: impl Fn(u32) -> Option<u64>, code: &str) -> (Option<u64>, bool) {
    let mut rows = format!("{HEADINGS}\n");
    for month in 1..=12 {
        AREAS.iter().for_each(|area| rows += &format!("2023-{month:02},{area},Stalking,4\n"));
        if let Some(n) = of(month) {
            rows += &format!("2023-{month:02},{code},Stalking,{n}\n");
        }
    }
    let (study, problems) = read(&rows, "");
    (study.map(|s| recorded(&s)), tells(&problems, "D218"))
}

#[test]
fn rows_of_the_authority_are_totals_whatever_they_add_up_to() {
    for total in [32, 40, 20, 8, 2] {
        assert_eq!(with_authority(|_| Some(total), "E06990001"), (Some(384), true), "{total}");
    }
    assert_eq!(with_authority(|month| (month == 12).then_some(16), "E06990001"), (Some(384), true));
    assert_eq!(with_authority(|_| None, "E06990001"), (Some(384), false));
    // Events of which no area is known are told so.
    assert_eq!(with_authority(|_| Some(2), "not known"), (Some(384 + 24), false));
    // A month in which the table leaves out the areas, since each has none.
    let mut rows = format!("{HEADINGS}\n");
    for month in 1..=12 {
        AREAS.iter().for_each(|area| rows += &format!("2023-{month:02},{area},Rape,1\n"));
        AREAS.iter().filter(|_| month != 6).for_each(|area| rows += &format!("2023-{month:02},{area},Stalking,4\n"));
        rows += &format!("2023-{month:02},E06990001,Stalking,3\n");
    }
    assert_eq!(read(&rows, "").0.map(|s| recorded(&s)), Some(96 + 352));
    // What the table tells of the authority alone is of the authority.
    let mut rows = format!("{HEADINGS}\n");
    for month in 1..=12 {
        AREAS.iter().for_each(|area| rows += &format!("2023-{month:02},{area},Rape,1\n"));
        rows += &format!("2023-{month:02},E06990001,Stalking,3\n");
    }
    assert_eq!(read(&rows, "").0.map(|s| recorded(&s)), Some(96 + 36));
}

/// A table of the months of two years from a month on, by the months since the year of counting began.
fn years(first: u32, months: u32, count: impl Fn(u32, u32, usize) -> u64) -> (Option<Study>, Problems) {
    let mut rows = format!("{HEADINGS}\n");
    for at in 0..months {
        let (year, month) = (2022 + (first - 1 + at) / 12, (first - 1 + at) % 12 + 1);
        AREAS.iter().enumerate().for_each(|(i, area)| rows += &format!("{year}-{month:02},{area},Stalking,{}\n", count(at, month, i)));
    }
    read(&rows, "")
}

#[test]
fn counts_since_the_beginning_of_a_year_are_not_added() {
    let sum = |months: u32, i: usize| (0..months).map(|m| 2 + u64::from(m * 2 + i as u32) % 3).sum::<u64>();
    let calendar = |_: u32, month: u32, i: usize| sum(month, i);
    let financial = |_: u32, month: u32, i: usize| sum((month + 8) % 12 + 1, i);
    for (name, read) in [
        ("a year", years(1, 12, calendar)),
        ("half a year", years(1, 6, calendar)),
        ("two years", years(1, 24, calendar)),
        ("a financial year", years(4, 12, financial)),
        ("financial years in calendar years", years(1, 24, financial)),
    ] {
        assert!(read.0.is_none() && errors(&read.1) == ["D218"], "{name}: {:?}", read.1.list());
    }
    // Counts of months fall as they rise, and growth with a base is growth.
    for (name, read) in [
        ("constant", years(1, 24, |_, _, _| 4)),
        ("by chance", years(1, 24, |at, _, i| 2 + u64::from(at * 7 + i as u32 * 5) % 9)),
        ("a summer", years(1, 24, |_, month, i| 3 + [1, 2, 3, 5, 7, 9, 11, 12, 8, 6, 4, 2][month as usize - 1] + i as u64)),
        ("growth", years(1, 24, |at, _, i| 10 + u64::from(at) + i as u64)),
    ] {
        assert!(read.0.is_some() && !tells(&read.1, "D218"), "{name}: {:?}", read.1.list());
    }
}

/// A table of these months in so many areas.
fn in_months(months: &[&str], areas: usize, count: impl Fn(usize, usize) -> u64) -> String {
    let mut rows = format!("{HEADINGS}\n");
    for (at, month) in months.iter().enumerate() {
        AREAS[..areas].iter().enumerate().for_each(|(i, area)| rows += &format!("{month},{area},Stalking,{}\n", count(at, i)));
    }
    rows
}

const ENDS: [&str; 8] = ["2022-03", "2022-06", "2022-09", "2022-12", "2023-03", "2023-06", "2023-09", "2023-12"];
const BEGINNINGS: [&str; 8] = ["2022-01", "2022-04", "2022-07", "2022-10", "2023-01", "2023-04", "2023-07", "2023-10"];
const MONTHS: [&str; 12] =
    ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06", "2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12"];

#[test]
fn counts_since_the_beginning_of_a_year_are_found_by_quarters_and_in_few_areas() {
    let quarters = |at: usize, i: usize| 30 * (at as u64 % 4 + 1) + (i + at) as u64 % 3;
    let since_april = |at: usize, i: usize| quarters(at + 3, i);
    for (name, rows, from) in [
        ("quarters of two years", in_months(&ENDS, 8, quarters), "January"),
        ("by their first months", in_months(&BEGINNINGS, 8, quarters), "January"),
        ("of financial years", in_months(&ENDS, 8, since_april), "April"),
        ("quarters of a year", in_months(&ENDS[..4], 8, quarters), "March"),
        ("by their first months, of a year", in_months(&BEGINNINGS[..4], 8, quarters), "January"),
        ("four areas", in_months(&MONTHS, 4, |at, i| (at as u64 + 1) * (18 + i as u64)), "January"),
        ("two areas", in_months(&MONTHS, 2, |at, i| (at as u64 + 1) * (18 + i as u64)), "January"),
    ] {
        let (study, problems) = read(&rows, "");
        assert!(study.is_none() && errors(&problems) == ["D218"], "{name}: {:?}", problems.list());
        let told = problems.list().iter().find(|p| p.stops()).unwrap();
        assert!(
            told.message.contains(&format!("from {from} on")) && told.next_step.contains("`not-cumulative = true`"),
            "{name}: {told:?}"
        );
        // The way out for what does grow so.
        let (study, problems) = read(&rows, "not-cumulative = true");
        assert!(study.is_some() && !tells(&problems, "D218"), "{name}: {:?}", problems.list());
    }
    for (name, rows) in [
        ("chance", in_months(&ENDS, 8, |at, i| 20 + (at as u64 * 7 + i as u64 * 5) % 9)),
        ("constant", in_months(&ENDS, 8, |_, i| 30 + i as u64)),
        ("a season", in_months(&ENDS, 8, |at, i| [10, 25, 32, 18][at % 4] + i as u64)),
        ("growth", in_months(&ENDS, 8, |at, i| 30 + 2 * at as u64 + i as u64)),
        ("four areas by chance", in_months(&MONTHS, 4, |at, i| 2 + (at as u64 * 7 + i as u64 * 5) % 9)),
        ("one small area", in_months(&MONTHS, 1, |at, _| [1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 7][at])),
    ] {
        let (study, problems) = read(&rows, "");
        assert!(study.is_some() && !tells(&problems, "D218"), "{name}: {:?}", problems.list());
    }
}

#[test]
fn counts_since_the_beginning_of_a_quarter_or_named_as_running_totals_are_not_added() {
    let own = |at: usize, i: usize| 2 + (at * 5 + i * 3) as u64 % 4;
    let since = |months: usize| move |at: usize, i: usize| (at - at % months..=at).map(|m| own(m, i)).sum::<u64>();
    for (name, rows) in [("quarters", in_months(&MONTHS, 8, since(3))), ("half-years", in_months(&MONTHS, 8, since(6)))] {
        let (study, problems) = read(&rows, "");
        assert!(study.is_none() && errors(&problems) == ["D218"], "{name}: {:?}", problems.list());
        let (study, problems) = read(&rows, "not-cumulative = true");
        assert!(study.is_some() && !tells(&problems, "D218"), "{name}: {:?}", problems.list());
    }
    // A table by chance alone, and one that is higher in the last month of each quarter.
    for (name, rows) in
        [("chance", in_months(&MONTHS, 8, own)), ("closing", in_months(&MONTHS, 8, |at, i| own(at, i) + at as u64 % 3 / 2 * 4))]
    {
        let (study, problems) = read(&rows, "");
        assert!(study.is_some() && !tells(&problems, "D218"), "{name}: {:?}", problems.list());
    }
}
