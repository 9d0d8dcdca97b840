//! The same cell twice is counted once: cases 03, 05, 37, 38, 40, 42, 44, 45, 54 and variants.

use std::io::Write;

use crate::millbeck_forces::{ALL, HEADINGS, Millbeck, code, month_rows, months, name, rates, row, set_aside};

fn zip(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in files {
        zip.start_file(path.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An archive of some months.
fn archive(months: &[String]) -> Vec<u8> {
    let text = |m: &String| HEADINGS.to_owned() + &month_rows(m, "Millshire Police", &ALL);
    zip(&months.iter().map(|m| (format!("{m}/{m}-millshire-street.csv"), text(m))).collect::<Vec<_>>())
}

const ASB: &str = "burden/police/anti-social-behaviour/areas";

/// The usual study, with anti-social behaviour told too and no street files yet.
fn without_files() -> Millbeck {
    let mut study = Millbeck::new();
    for month in months() {
        study.take(&format!("police/{month}-millshire-street.csv"));
    }
    study.plan("kind = \"burden\"", "kind = \"burden\"\ncategories = [\"Violence and sexual offences\", \"Anti-social behaviour\"]");
    study
}

fn gives_all_once(study: &Millbeck) {
    let findings = study.gives(384, 48.0);
    assert_eq!(rates(&findings, ASB).total.count.known(), Some(192));
}

#[test]
fn case_05_archives_that_overlap() {
    let months = months();
    let mut study = without_files();
    study.put("police/2023-09.zip", archive(&months[..9])).put("police/2023-12.zip", archive(&months[3..]));
    gives_all_once(&study);
    assert_eq!(set_aside(&study.answer(), "police")["the same force and month again, in another file"], 6 * 48);
    assert!(study.codes().contains(&"R114"));
}

#[test]
fn three_archives_of_which_the_newest_restates_a_month() {
    let months = months();
    let mut study = without_files();
    let older = HEADINGS.to_owned() + &month_rows("2023-06", "Millshire Police", &ALL[..5]);
    study.put("police/2023-06.zip", zip(&[("2023-06/2023-06-millshire-street.csv".into(), older)]));
    study.put("police/2023-09.zip", archive(&months[..9])).put("police/2023-12.zip", archive(&months[5..]));
    gives_all_once(&study);
}

#[test]
fn an_archive_beside_what_was_unpacked_from_it() {
    let mut study = without_files();
    study.put("police/2023-12.zip", archive(&months()));
    for month in months() {
        let text = HEADINGS.to_owned() + &month_rows(&month, "Millshire Police", &ALL);
        study.put(&format!("police/{month}/{month}-millshire-street.csv"), text);
    }
    gives_all_once(&study);
}

#[test]
fn one_file_of_all_months_beside_the_monthly_ones() {
    let mut study = without_files();
    let mut all = HEADINGS.to_owned();
    for month in months() {
        let rows = month_rows(&month, "Millshire Police", &ALL);
        study.put(&format!("police/{month}-millshire-street.csv"), HEADINGS.to_owned() + &rows);
        all += &rows;
    }
    study.put("police/all-street.csv", all);
    gives_all_once(&study);
}

#[test]
fn copies_that_differ_are_a_problem_where_nothing_says_which_is_newer() {
    let mut study = without_files();
    study.put("police/a/2023-06-millshire-street.csv", HEADINGS.to_owned() + &month_rows("2023-06", "Millshire Police", &ALL));
    study.put("police/b/2023-06-millshire-street.csv", HEADINGS.to_owned() + &month_rows("2023-06", "Millshire Police", &ALL[..7]));
    study.is_refused("R114", "2023-12");
    // Its advice works: the folder of the newer one is named after its archive.
    let older = study.files.remove("police/b/2023-06-millshire-street.csv").unwrap();
    let newer = study.files.remove("police/a/2023-06-millshire-street.csv").unwrap();
    study.put("police/2023-06/2023-06-millshire-street.csv", older).put("police/2023-12/2023-06-millshire-street.csv", newer);
    study.put("police/2023-11/2023-06-millshire-street.csv", study.files["police/2023-06/2023-06-millshire-street.csv"].clone());
    study.take("police/2023-06/2023-06-millshire-street.csv");
    study.gives(32, 4.0);
}

#[test]
fn two_parts_of_one_month_both_count() {
    let mut study = without_files();
    for month in months() {
        for (part, areas) in [("north", &ALL[..4]), ("south", &ALL[4..])] {
            study.put(
                &format!("police/{month}-millshire-{part}-street.csv"),
                HEADINGS.to_owned() + &month_rows(&month, "Millshire Police", areas),
            );
        }
    }
    gives_all_once(&study);
}

#[test]
fn case_03_one_crime_thirteen_times() {
    let mut study = Millbeck::new();
    let one = row(
        &"a".repeat(64),
        "2023-08",
        "Overshire Police",
        Some(crate::millbeck_forces::middle(0)),
        &code(0),
        "Violence and sexual offences",
    );
    study.put("police/2023-08-overshire-street.csv", HEADINGS.to_owned() + &one.repeat(13));
    let findings = study.gives(385, 48.1);
    assert_eq!(set_aside(&findings, "police")["repeated crime id: the same row again"], 12);
}

#[test]
fn case_54_all_months_in_one_file_with_an_index() {
    let mut study = without_files();
    let mut text = format!(",{HEADINGS}");
    for month in months() {
        for line in month_rows(&month, "Millshire Police", &ALL).lines() {
            text += &format!("{},{line}\n", text.len());
        }
    }
    study.put("police/combined-street.csv", text);
    gives_all_once(&study);
}

#[test]
fn case_42_street_files_of_2012_have_metres_and_no_id() {
    let mut study = without_files();
    let mut text = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n".to_owned();
    let (lon, lat) = crate::millbeck_forces::middle(0);
    let grid = gapmap::spatial::to_bng(gapmap::units::LonLat { lon, lat }).unwrap();
    for n in 0..24 {
        text += &format!(
            "2012-04,Millshire Police,Millshire Police,{},{},On or near High Street,Violent crime,\n",
            grid.easting_m.round() as i32 + n,
            grid.northing_m.round()
        );
    }
    study.put("police/2012-04-millshire-street.csv", text);
    study.plan("[\"Violence and sexual offences\", \"Anti-social behaviour\"]", "[\"Violent crime\"]");
    let findings = study.answer();
    let located: u64 = rates(&findings, "burden/police/violent-crime/areas").rows.iter().filter_map(|r| r.count.known()).sum();
    assert_eq!(located, 24);
}

const WARDS: &str = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName";

/// A study of two wards.
fn wards(period: &str) -> Millbeck {
    let mut study = without_files();
    study.plan("categories = [\"Violence and sexual offences\", \"Anti-social behaviour\"]", "months = 12");
    let ward = |i: usize| {
        let shape = crate::millbeck_forces::square(crate::millbeck_forces::middle(i), |x, y| (x, y));
        let properties = format!("\"WD24CD\":\"E0599000{}\",\"WD24NM\":\"Ward {}\",\"LAD24CD\":\"E06990001\"", i + 1, i + 1);
        crate::millbeck_forces::feature(&properties, &crate::millbeck_forces::polygon(&shape))
    };
    study.put("boundaries/lsoa.geojson", crate::millbeck_forces::collection(&[ward(0), ward(1)], ""));
    study.put("population.csv", "code,all\nE05990001,1000\nE05990002,1000\n");
    study.plan(
        "kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"",
        "kind = \"mps-wide\"\nname = \"mps\"\npath = \"mps\"\nborough = \"Millbeck\"\nborough-code = \"E06990001\"",
    );
    study.plan("[\"E06990001\"]", &format!("[\"E06990001\"]\ngeography = \"ward\"{period}"));
    study
}

/// A table of wards over these months, as `YYYYMM`, with ten offences in each cell unless a month is said to have others.
fn table(months: &[String], n: impl Fn(&str) -> u32) -> String {
    let cells: Vec<String> = months.iter().map(|m| n(m).to_string()).collect();
    let row = |w: u32| format!("SEXUAL OFFENCES,RAPE,Ward {w},E0599000{w},Millbeck,{}\n", cells.join(","));
    format!("{WARDS},{}\n{}{}", months.join(","), row(1), row(2))
}

fn span(first: u32, last: u32) -> Vec<String> {
    (first..=last).map(|m| format!("{}{:02}", 2022 + (m - 1) / 12, (m - 1) % 12 + 1)).collect()
}

const YEAR: &str = "\nperiod = { first = \"2023-01\", last = \"2023-12\" }";
const RAPE: &str = "burden/mps/rape/areas";

#[test]
fn case_38_historical_and_recent_files_overlap() {
    let mut study = wards(YEAR);
    study.put("mps/Historical.csv", table(&span(1, 18), |_| 10)).put("mps/most recent 24 months.csv", table(&span(7, 24), |_| 10));
    assert_eq!(rates(&study.answer(), RAPE).total.count.known(), Some(240));
    assert!(study.codes().contains(&"R116"));
    // The recent one restates: it wins, whatever the names of the files.
    study.put("mps/zz.csv", table(&span(1, 18), |_| 10)).put("mps/aa.csv", table(&span(7, 24), |_| 11));
    study.take("mps/Historical.csv").take("mps/most recent 24 months.csv");
    assert_eq!(rates(&study.answer(), RAPE).total.count.known(), Some(264));
}

#[test]
fn tables_that_end_together_and_differ_are_a_problem() {
    let mut study = wards(YEAR);
    study.put("mps/a.csv", table(&span(13, 24), |_| 10)).put("mps/b.csv", table(&span(13, 24), |m| if m == "202305" { 12 } else { 10 }));
    study.is_refused("R116", "Keep one");
}

#[test]
fn case_40_a_table_longer_than_the_period_balances_its_ledger() {
    let mut study = wards(YEAR);
    study.put("mps/table.csv", table(&span(1, 24), |_| 10));
    let findings = study.answer();
    assert_eq!(rates(&findings, RAPE).total.count.known(), Some(240));
    let line = findings.ledger.iter().find(|l| l.source == "mps").unwrap();
    assert_eq!((line.read.known(), line.kept.known()), (Some(48), Some(24)));
}

#[test]
fn boroughs_beside_their_wards_are_totals_and_not_added() {
    let mut study = wards(YEAR);
    study.put("mps/wards.csv", table(&span(13, 24), |_| 10));
    let months = span(13, 24);
    let borough = format!("MajorText,MinorText,BoroughName,{}\nSEXUAL OFFENCES,RAPE,Millbeck,{}\n", months.join(","), ["20"; 12].join(","));
    study.put("mps/boroughs.csv", borough);
    let findings = study.answer();
    let rates = rates(&findings, RAPE);
    assert_eq!(rates.total.count.known(), Some(240));
    assert_eq!(rates.unlocated.known(), Some(0));
}

/// The dashboard's table: boroughs and wards, offences and outcomes.
fn dashboard(keep: &str) -> Millbeck {
    let mut study = wards(YEAR);
    let mut text = "Month_Year,Area Type,Area Name,Area Code,Offence Subgroup,Measure,Count\n".to_owned();
    for m in 1..=12 {
        for (measure, n) in [("Offences", 10), ("Positive Outcomes", 2)] {
            text += &format!("01/{m:02}/2023,Borough,Millbeck,E06990001,RAPE,{measure},{}\n", 2 * n);
            for w in 1..=2 {
                text += &format!("01/{m:02}/2023,Ward,Ward {w},E0599000{w},RAPE,{measure},{n}\n");
            }
        }
    }
    study.put("mps/extract.csv", text);
    study.plan(
        "kind = \"mps-wide\"\nname = \"mps\"\npath = \"mps\"\nborough = \"Millbeck\"\nborough-code = \"E06990001\"",
        &format!("kind = \"events-csv\"\nname = \"mps\"\npath = \"mps\"\ntopic = \"incidents\"\n{keep}columns = {{ date = \"Month_Year\", area = \"Area Code\", category = \"Offence Subgroup\", count = \"Count\" }}"),
    );
    study
}

#[test]
fn case_37_a_dashboard_of_measures_and_levels() {
    dashboard("").is_refused("D218", "keep = { \"Measure\"");
    let findings = dashboard("keep = { \"Measure\" = \"Offences\" }\n").answer();
    let rates = rates(&findings, RAPE);
    assert_eq!(rates.rows.iter().map(|r| r.count.known()).collect::<Vec<_>>(), [Some(120), Some(120)]);
    assert_eq!((rates.total.count.known(), rates.unlocated.known()), (Some(240), Some(0)));
    let both = dashboard("keep = { Measure = [\"Offences\"], \"Area Type\" = \"Ward\" }\n").answer();
    assert_eq!(crate::millbeck_forces::rates(&both, RAPE).total.count.known(), Some(240));
}

#[test]
fn two_extracts_of_rows_that_overlap_count_each_row_once() {
    let mut study = without_files();
    study.plan("kind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"", "kind = \"events-csv\"\nname = \"police\"\npath = \"extracts\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\" }");
    let rows = |months: std::ops::RangeInclusive<u32>| -> String {
        let mut text = "Date,LSOA,Offence,Reference\n".to_owned();
        for m in months {
            for i in ALL {
                (0..4).for_each(|n| text += &format!("{:02}/{m:02}/2023,{},Violence and sexual offences,{m}-{i}-{n}\n", n + 1, code(i)));
            }
        }
        text
    };
    study.put("extracts/first.csv", rows(1..=8)).put("extracts/second.csv", rows(5..=12));
    assert_eq!(rates(&study.answer(), crate::millbeck_forces::VIOLENCE).total.count.known(), Some(384));
    // Two boroughs' worth of rows that share no row are parts.
    let halves = |wanted: &str| {
        rows(1..=12).lines().enumerate().filter(|(i, l)| *i == 0 || l.contains(wanted)).map(|l| format!("{}\n", l.1)).collect::<String>()
    };
    let (south, north) = (halves(",E0199010[1-4]").len(), halves("Violence").len());
    assert!(south < north);
    study.put("extracts/first.csv", rows(1..=6)).put("extracts/second.csv", rows(7..=12));
    assert_eq!(rates(&study.answer(), crate::millbeck_forces::VIOLENCE).total.count.known(), Some(384));
}

#[test]
fn case_45_two_years_in_one_population_table() {
    let two = |older: u32| {
        let mut study = Millbeck::new();
        let mut text = "date,geography,geography code,Sex: All persons; measures: Value\n".to_owned();
        for (year, n) in [(older, 500), (2021, 1000)] {
            ALL.iter().for_each(|i| text += &format!("{year},x,{},{n}\n", code(*i)));
        }
        study.put("population.csv", text);
        study
    };
    two(2011).gives(384, 48.0);
    two(2030).gives(384, 48.0); // a projection is not of the study's time
    // Years in files of their own, the newer first or last.
    let mut study = two(2011);
    let text = String::from_utf8(study.files.remove("population.csv").unwrap()).unwrap();
    let only =
        |year: &str| text.lines().filter(|l| l.starts_with("date") || l.starts_with(year)).map(|l| format!("{l}\n")).collect::<String>();
    study.put("people/a.csv", only("2021")).put("people/b.csv", only("2011"));
    study.plan("population.csv", "people").gives(384, 48.0);
}

#[test]
fn an_area_that_stands_twice_without_a_year_is_a_problem() {
    let mut study = Millbeck::new();
    let mut text = "code,all\n".to_owned();
    ALL.iter().for_each(|i| text += &format!("{},500\n{},1000\n", code(*i), code(*i)));
    study.put("population.csv", text);
    study.is_refused("D207", "year");
}

#[test]
fn a_census_of_every_level_counts_everybody_once() {
    let mut study = Millbeck::new();
    study.plan("[\"E06990001\"]", "[\"E06990001\"]\ngeography = \"msoa\"");
    let msoa = |i: usize| {
        let shape = crate::millbeck_forces::square(crate::millbeck_forces::middle(4 * i), |x, y| (x, y));
        let properties = format!("\"MSOA21CD\":\"E0299000{}\",\"MSOA21NM\":\"Millbeck 00{}\",\"LAD24CD\":\"E06990001\"", i + 1, i + 1);
        crate::millbeck_forces::feature(&properties, &crate::millbeck_forces::polygon(&shape))
    };
    study.put("boundaries/lsoa.geojson", crate::millbeck_forces::collection(&[msoa(0), msoa(1)], ""));
    let mut lookup = "LSOA21CD,LSOA21NM,MSOA21CD,MSOA21NM,LAD24CD,LAD24NM\n".to_owned();
    ALL.iter().for_each(|i| lookup += &format!("{},{},E0299000{},x,E06990001,Millbeck\n", code(*i), name(*i), 1 + i / 4));
    study.put("lookup.csv", lookup).source("kind = \"lookup\"\npath = \"lookup.csv\"");
    let people = study.people(|_| 1000)
        + "2021,Millbeck 001,E02990001,4000\n2021,Millbeck 002,E02990002,4000\n2021,Millbeck,E06990001,8000\n2021,England,E92000001,56490000\n";
    study.put("population.csv", people).gives(384, 48.0);
}

#[test]
fn case_44_thousands_are_read() {
    let mut study = Millbeck::new();
    let text = study.people(|_| 1000).replace(",1000\n", ",\"1,000\"\n");
    study.put("population.csv", text).gives(384, 48.0);
}
