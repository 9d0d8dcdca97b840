//! Tables as councils have them in which a number would count twice, or be another: by days as by months, in exports that overlap, of weighed people.

use gapmap::model::{Body, Findings, Indicator};

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

/// Counts of two kinds in each area and month of 2023, under a heading, with more columns at the end of each row.
fn counts(heading: &str, day: &str, more: &str, again: bool) -> (Option<u64>, Vec<&'static str>) {
    let mut rows = format!("{heading},LSOA,Offence,Number{}\n", if more.is_empty() { "" } else { ",Status" });
    for month in 1..=12 {
        for (i, area) in AREAS.iter().enumerate() {
            for (kind, n) in [("Stalking", 3 + (i + month) % 4), ("Rape", 2 + i % 3)] {
                for status in more.split('|').take(if again { 2 } else { 1 }) {
                    let status = if more.is_empty() { String::new() } else { format!(",{status}") };
                    rows += &format!("2023-{month:02}{day},{area},{kind},{n}{status}\n");
                }
                if again && more.is_empty() {
                    rows += &format!("2023-{month:02}{day},{area},{kind},{n}\n");
                }
            }
        }
    }
    let mapping = format!(
        "name = \"x\"\ntopic = \"incidents\"\ncolumns = {{ date = \"{heading}\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }}"
    );
    let (study, problems) = Millbeck::new().file("events-csv", "x.csv", rows, &mapping).read();
    let told = if tells(&problems, "D218") && errors(&problems).is_empty() { vec!["told"] } else { errors(&problems) };
    (study.map(|s| recorded(&s)), told)
}

#[test]
fn rows_of_counts_by_days_stand_once_as_those_by_months_do() {
    for day in ["", "-01"] {
        let (once, told) = counts("When", day, "", false);
        assert!(once.is_some() && told.is_empty(), "{told:?}");
        assert_eq!(counts("When", day, "", true).1, ["D218"], "{day}: word for word");
        // Provisional and final rows of one month: told, since nobody can say.
        assert_eq!(counts("When", day, "P|F", true).1, ["told"], "{day}: two states");
        assert!(counts("When", day, "P|F", false).1.is_empty(), "{day}: one state");
    }
}

#[test]
fn rows_that_count_one_each_by_days_are_events() {
    let mut rows = "Date,LSOA,Offence,Number\n".to_owned();
    (0..96).for_each(|n| rows += &format!("2023-{:02}-05,{},Stalking,1\n", n % 12 + 1, AREAS[n % 4]));
    let mapping =
        "name = \"x\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
    let (study, problems) = Millbeck::new().file("events-csv", "x.csv", rows, mapping).read();
    assert_eq!(study.map(|s| recorded(&s)), Some(96), "{:?}", problems.list());
}

#[test]
fn quarters_are_no_months_and_rates_no_counts() {
    let read = |when: &str, count: &str| {
        let rows: String = (1..=4).flat_map(|q| AREAS.map(|area| format!("2023-{q},{area},Stalking,{}\n", q + 3))).collect();
        let mapping = format!(
            "name = \"x\"\ntopic = \"incidents\"\ncolumns = {{ month = \"{when}\", area = \"LSOA\", category = \"Offence\", count = \"{count}\" }}"
        );
        errors(&Millbeck::new().with_calls().file("events-csv", "x.csv", format!("{when},LSOA,Offence,{count}\n{rows}"), &mapping).read().1)
    };
    assert!(read("Month", "Number").is_empty());
    for when in ["Quarter", "Financial period", "Week"] {
        assert_eq!(read(when, "Number"), ["R104"], "{when}");
    }
    for count in ["Rate per 1000", "% of crime", "Per cent", "Share"] {
        assert!(read("Month", count).contains(&"R104"), "{count}");
    }
}

#[test]
fn a_report_that_two_exports_hold_counts_once() {
    let export = |numbers: std::ops::Range<usize>| {
        let row = |n: usize| format!("{n},Lamp out,Street lighting,2023-{:02}-0{}T10:00:00,53.2045,-0.5925\n", n % 12 + 1, n % 9 + 1);
        format!("Report ID,Title,Category,Created,Latitude,Longitude\n{}", numbers.map(row).collect::<String>())
    };
    let all = Millbeck::new();
    all.study.write("a.csv", export(0..300).as_bytes());
    all.study.write("b.csv", export(100..400).as_bytes());
    let (gathered, _) = crate::study_files::read_source("fixmystreet", &["a.csv", "b.csv"], &all.study.folder, "{}");
    assert_eq!(gathered.events[0].blocks.iter().map(|b| b.rows()).sum::<usize>(), 400);
    assert!(gathered.tallies[0].set_aside.iter().any(|(why, n)| why.contains("same report again") && *n == 200));
}

fn indicator(rows: &str) -> (Option<Indicator>, Vec<&'static str>) {
    let table = format!("indicator,area,from,to,dimension,group,numerator,denominator,value,lower,upper,n\n{rows}");
    let (found, problems): (Option<Findings>, _) =
        Millbeck::new().with_calls().file("indicator-table", "i.csv", table, "name = \"survey\"").ask("indicators").findings();
    let body = found.and_then(|f| {
        f.findings.into_iter().find_map(|f| match f.body {
            Body::Indicator(body) => Some(body),
            _ => None,
        })
    });
    (body, errors(&problems))
}

#[test]
fn what_a_survey_published_stands_where_people_were_weighed() {
    let latest = |rows: &str| {
        let (body, told) = indicator(rows);
        let wave = body.unwrap_or_else(|| panic!("{told:?}")).waves.pop().unwrap();
        let limits = wave.limits.unwrap();
        (wave.value.known().unwrap(), limits.lower, limits.upper)
    };
    // 38 % of 22 people is no number of them.
    let (value, lower, upper) = latest("q-know,,2025-06,,,,,,38.0,,,22\n");
    assert!(value == 38.0 && lower < 38.0 && upper > 38.0, "{value} {lower} {upper}");
    // Limits of a design that makes them wider than those of so many people.
    assert_eq!(latest("q-know,,2025-06,,,,,,44.5,38.1,50.9,640\n"), (44.5, 38.1, 50.9));
    // A share that is one of so many is counted, as before.
    let (value, ..) = latest("q-know,,2025-06,,,,,,44.0,,,640\n");
    assert!((value - 282.0 / 6.4).abs() < 1e-9, "{value}");
}

#[test]
fn codes_for_nothing_signs_and_areas_as_above_are_refused_in_indicators() {
    for rows in [
        "q-know,,2010-11,,,,,,44.0,,,640\n",
        "q-know,,2025-06,,,,,,-99,,,640\n",
        "da-all,,2025-06,,,,,,0.1%,,,\n",
        "q-know,England,2024-06,,,,,,48.3,,,7000\nq-know,,2025-06,,,,,,50.1,,,7000\n",
    ] {
        assert_eq!(indicator(rows).1, ["R104"], "{rows}");
    }
    assert!(indicator("q-know,,2024-06,,,,,,48.3,,,7000\nq-know,England,2024-06,,,,,,50.1,,,7000\n").1.is_empty());
}

#[test]
fn shares_mapped_as_people_and_columns_that_are_exchanged_are_refused() {
    let told = |heading: &str, rows: &str| {
        let table = format!("service,dimension,group,{heading},population\n{rows}");
        let mapping = format!("name = \"users\"\ncolumns = {{ users = \"{heading}\" }}");
        errors(&Millbeck::new().with_calls().file("users-by-group", "u.csv", table, &mapping).ask("parity").findings().1)
    };
    let fine = "idva,Age,16 to 24,37,2700\nidva,Age,25 to 34,133,9784\nidva,Age,35 and over,160,58000\n";
    assert!(told("users", fine).is_empty());
    assert!(told("% of users", fine).contains(&"R104"));
    assert!(told("users", &fine.replace(",2700", ",13%")).contains(&"R104"));
    let exchanged = "idva,Age,16 to 24,2700,37\nidva,Age,25 to 34,9784,133\nidva,Age,35 and over,58000,160\n";
    assert!(told("users", exchanged).contains(&"D215"));
    let whole = format!("{fine}idva,Age,of which disabled,12,900\n");
    assert_eq!(told("users", &whole), ["D215"]);
}

#[test]
fn a_table_with_more_women_than_people_is_refused() {
    let told = |women: &str| {
        let all = Millbeck::new().with_calls();
        let rows: String = AREAS.iter().map(|code| format!("{code},1000,{women},480\n")).collect();
        all.study.write("population.csv", format!("geography code,all,female,male\n{rows}").as_bytes());
        errors(&all.read().1)
    };
    assert!(told("520").is_empty());
    assert_eq!(told("1520"), ["D207"]);
}

/// Counts by a column that is read as `facet`, of values and of a whole in some of the rows.
fn by_facet(mapped: bool, facet: &str, values: [&str; 2], whole: Option<&str>) -> Vec<&'static str> {
    let mut rows = "Month,LSOA,Which,Number\n".to_owned();
    for month in 1..=12 {
        for (i, area) in AREAS.iter().enumerate() {
            let n = [2 + (i + month) % 4, 1 + (i * month) % 3];
            let parts = values.iter().zip(n).map(|(v, n)| (*v, n)).chain(whole.map(|w| (w, n[0] + n[1])));
            parts.for_each(|(value, n)| rows += &format!("2023-{month:02},{area},{value},{n}\n"));
        }
    }
    let mapped = if mapped { format!(", {facet} = \"Which\"") } else { String::new() };
    let mapping =
        format!("name = \"x\"\ntopic = \"incidents\"\ncolumns = {{ month = \"Month\", area = \"LSOA\", count = \"Number\"{mapped} }}");
    errors(&Millbeck::new().file("events-csv", "x.csv", rows, &mapping).read().1)
}

#[test]
fn a_value_of_any_column_that_is_the_sum_of_others_is_not_added() {
    for (facet, values, whole) in [
        ("victim-sex", ["F", "M"], "P"),
        ("victim-sex", ["Female", "Male"], "Any"),
        ("victim-sex", ["Female", "Male"], ""),
        ("domestic-abuse", ["Y", "N"], "Either"),
        ("place-type", ["Street", "Home"], "Anywhere"),
        ("hour", ["3", "14"], ""),
    ] {
        assert!(by_facet(true, facet, values, None).is_empty(), "{facet}");
        assert!(by_facet(true, facet, values, Some(whole)).contains(&"D218"), "{facet}: {whole}");
        assert!(by_facet(false, facet, values, Some(whole)).contains(&"D218"), "{facet}: {whole}, not mapped");
    }
}

#[test]
fn sums_without_an_area_and_numbers_of_longer_times_are_no_counts() {
    let read = |heads: &str, sums: bool| {
        let mut rows = format!("{heads}\n");
        for month in 1..=12 {
            let count = |i: usize| 3 + (i + month) % 4;
            (0..AREAS.len()).for_each(|i| rows += &format!("2023-{month:02},{},{}\n", AREAS[i], count(i)));
            let sum: usize = (0..AREAS.len()).map(count).sum();
            rows += &if sums { format!("2023-{month:02},,{sum}\n") } else { format!("2023-{month:02},,{}\n", month % 3) };
        }
        let columns: Vec<&str> = heads.split(',').collect();
        let mapping = format!(
            "name = \"x\"\ntopic = \"incidents\"\ncolumns = {{ month = \"{}\", area = \"{}\", count = \"{}\" }}",
            columns[0], columns[1], columns[2]
        );
        errors(&Millbeck::new().file("events-csv", "x.csv", rows, &mapping).read().1)
    };
    assert!(read("Month,Area,Number", false).is_empty());
    assert_eq!(read("Month,Area,Number", true), ["D218"]);
    for count in ["Last 12 months", "Year so far", "Offences (thousands)", "Target", "Average per month"] {
        assert!(read(&format!("Month,Area,{count}"), false).contains(&"R104"), "{count}");
    }
    for when in ["Three months ending", "Year ending", "12 months to"] {
        assert!(read(&format!("{when},Area,Number"), false).contains(&"R104"), "{when}");
    }
    assert!(read("Month ending,Area,Number of offences", false).is_empty());
}

/// Counts of the twelve months of 2023 under codes of today, and rows more for some areas.
fn areas_again(more: &dyn Fn(usize, usize, u64) -> String) -> (Option<u64>, Vec<&'static str>, bool) {
    let mut rows = "Month,Area,Number\n".to_owned();
    for month in 1..=12 {
        for (i, area) in AREAS.iter().enumerate() {
            let n = 3 + ((i + month) % 4) as u64;
            rows += &format!("2023-{month:02},{area},{n}\n{}", more(month, i, n));
        }
    }
    let lookup = "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n\
        E01880101,Old 1,E01990101,Millbeck 0,M,E06990001,Millbeck\nE01880102,Old 2,E01990102,Millbeck 1,M,E06990001,Millbeck\n";
    let mapping = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"Area\", count = \"Number\" }";
    let all = Millbeck::new().file("lookup", "lookup.csv", lookup, "").file("events-csv", "x.csv", rows, mapping);
    let (study, problems) = all.read();
    (study.map(|s| recorded(&s)), errors(&problems), tells(&problems, "D218"))
}

#[test]
fn an_area_that_is_named_in_two_ways_counts_once() {
    let none = areas_again(&|_, _, _| String::new());
    assert!(none.0.is_some() && none.1.is_empty() && !none.2, "{none:?}");
    // Under an older code with the same counts, and with others.
    let old = |month: usize, i: usize, n: u64| if i < 2 { format!("2023-{month:02},E0188010{},{n}\n", i + 1) } else { String::new() };
    assert_eq!(areas_again(&old).1, ["D218"]);
    let parts = areas_again(&|month, i, n| old(month, i, n + (month % 2) as u64));
    assert!(parts.0 > none.0 && parts.1.is_empty() && parts.2, "{parts:?}");
    // By its name.
    let named = |month: usize, i: usize, n: u64| if i == 3 { format!("2023-{month:02},Millbeck 3,{n}\n") } else { String::new() };
    assert_eq!(areas_again(&named).1, ["D218"]);
    let parts = areas_again(&|month, i, n| named(month, i, n + (month % 2) as u64));
    assert!(parts.0 > none.0 && parts.1.is_empty() && parts.2, "{parts:?}");
    // The sum of a quarter at its last day.
    let quarter = |month: usize, i: usize, n: u64| match month % 3 {
        0 => format!("{}/{month:02}/2023,{},{}\n", if month == 6 || month == 9 { 30 } else { 31 }, AREAS[i], 3 * n),
        _ => String::new(),
    };
    assert_eq!(areas_again(&quarter).1, ["D218"]);
    // A month that is written in another way.
    let again = |month: usize, i: usize, n: u64| if i == 3 { format!("{month:02}/2023,{},{n}\n", AREAS[3]) } else { String::new() };
    assert_eq!(areas_again(&again).1, ["D218"]);
}

#[test]
fn years_that_end_in_the_next_are_no_months() {
    let read = |months: [&str; 2]| {
        let rows: String = months.iter().flat_map(|m| AREAS.map(|area| format!("{m},{area},Stalking,4\n"))).collect();
        let mapping = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"When\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
        errors(&Millbeck::new().with_calls().file("events-csv", "x.csv", format!("When,LSOA,Offence,Number\n{rows}"), mapping).read().1)
    };
    assert!(read(["2010-11", "2010-12"]).is_empty());
    assert_eq!(read(["2010-11", "2011-12"]), ["R104"]);
}
