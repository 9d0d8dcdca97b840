//! Tables of residents, ranks, times and services.

use gapmap::sources::ServiceStatus;

use crate::millbeck::{self, AREAS, errors, tells};
use crate::study_files::read_source;

/// Residents of the first area, or the codes under which the table is refused.
fn residents(table: &str) -> Result<Option<f64>, Vec<&'static str>> {
    let all = millbeck::Millbeck::new().with_calls();
    all.study.write("population.csv", table.as_bytes());
    let (study, problems) = all.read();
    study.map(|s| s.areas.list[0].residents.get("all").copied()).ok_or_else(|| errors(&problems))
}

fn bands(heading: &str, of: &[(&str, u32)]) -> String {
    let row = |code: &str| of.iter().enumerate().map(|(i, (band, n))| format!("{code},{i},{band},{n}\n")).collect::<String>();
    format!("Lower layer Super Output Areas Code,{heading} Code,{heading},Observation\n{}", AREAS.map(row).concat())
}

#[test]
fn bands_of_a_classification_are_added_and_a_total_among_them_is_used() {
    let age = "Age (6 categories)";
    let parts =
        [("Aged 15 years and under", 200), ("Aged 16 to 24 years", 200), ("Aged 25 to 64 years", 500), ("Aged 65 years and over", 100)];
    assert_eq!(residents(&bands(age, &parts)), Ok(Some(1000.0)));
    let total = [&parts[..], &[("Total: All usual residents", 1003)]].concat();
    assert_eq!(residents(&bands(age, &total)), Ok(Some(1003.0)));
    assert_eq!(residents(&bands(age, &[&parts[..], &[("Total", 1400)]].concat())), Err(vec!["D207"]));
    // Equal bands were taken for the same number twice.
    assert_eq!(residents(&bands("Ethnic group (2 categories)", &[("White", 500), ("Asian", 500)])), Ok(Some(1000.0)));
    // What takes in another counts somebody twice; what is no classification of people is asked about.
    assert_eq!(residents(&bands(age, &[("Aged 16 years and over", 800), ("Aged 16 to 24 years", 200)])), Err(vec!["D207"]));
    assert_eq!(residents(&bands("Edition", &[("First", 990), ("Second", 1000)])), Err(vec!["D207"]));
    // A band that one area lacks.
    let uneven = bands(age, &parts).replacen(&format!("{},0,Aged 15 years and under,200\n", AREAS[3]), "", 1);
    assert_eq!(residents(&uneven), Err(vec!["D207"]));
    // Women and men by age.
    let row = |code: &str| {
        ["Female", "Male"].map(|s| format!("{code},{s},Aged 15 years and under,100\n{code},{s},Aged 16 years and over,400\n")).concat()
    };
    let both = format!("LSOA 2021 Code,Sex (2 categories),Age (2 categories),Observation\n{}", AREAS.map(row).concat());
    assert_eq!(residents(&both), Ok(Some(1000.0)));
}

#[test]
fn headings_for_everybody() {
    for heading in ["All people", "Total population", "All usual residents", "All Ages", "Population"] {
        let rows = AREAS.map(|code| format!("{code},1000\n")).concat();
        assert_eq!(residents(&format!("Area Codes,{heading}\n{rows}")), Ok(Some(1000.0)), "{heading}");
    }
}

#[test]
fn totals_under_other_words_are_not_added_to_their_parts() {
    for total in ["Total recorded crime (excluding fraud)", "All recorded crime", "All notifiable offences", "TOTAL SEXUAL OFFENCES"] {
        let mut table = "Month,LSOA,Offence,Number\n".to_owned();
        for month in 1..=12 {
            AREAS.iter().for_each(|c| {
                table += &format!("2023-{month:02},{c},Stalking,4\n2023-{month:02},{c},Rape,6\n2023-{month:02},{c},{total},10\n")
            });
        }
        let columns = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
        let study = |table: &str| millbeck::Millbeck::new().file("events-csv", "x.csv", table, columns).read();
        assert_eq!(errors(&study(&table).1), ["D218"], "{total}");
        assert!(study(&table.replace(total, "All other offences")).0.is_some());
    }
}

#[test]
fn a_total_in_a_wide_table_of_offences_is_not_added() {
    let table = |minor: &str| {
        format!(
            "MajorText,MinorText,WardCode,LookUp_BoroughName,202301,202302\nSEXUAL OFFENCES,RAPE,E05990001,Millbeck,4,4\nSEXUAL OFFENCES,OTHER SEXUAL OFFENCES,E05990001,Millbeck,6,6\nSEXUAL OFFENCES,{minor},E05990001,Millbeck,10,10\n"
        )
    };
    let study = millbeck::Millbeck::new();
    let read = |minor: &str, more: &str| {
        study.study.write("mps.csv", table(minor).as_bytes());
        errors(&read_source("mps-wide", &["mps.csv"], &study.study.folder, &format!("{{ borough = \"Millbeck\"{more} }}")).1)
    };
    assert_eq!(read("TOTAL SEXUAL OFFENCES", ""), ["D218"]);
    assert_eq!(read("TOTAL SEXUAL OFFENCES", ", offences = [\"TOTAL SEXUAL OFFENCES\"]"), [""; 0]);
    assert_eq!(read("ALL OTHER SEXUAL OFFENCES", ""), [""; 0]);
}

#[test]
fn a_group_beside_its_parts_is_their_total() {
    let users = |more: &str| {
        let table = format!(
            "dimension,group,users,population\nEthnic group,White: British,70,7000\nEthnic group,White: Irish,10,500\nEthnic group,Asian,20,1500\n{more}"
        );
        let study = millbeck::Millbeck::new();
        study.study.write("u.csv", table.as_bytes());
        let (gathered, problems) = read_source("users-by-group", &["u.csv"], &study.study.folder, "{}");
        (gathered.users[0].rows.len(), errors(&problems))
    };
    assert_eq!(users(""), (3, vec![]));
    assert_eq!(users("Ethnic group,White,80,7500\n"), (3, vec![]));
    assert_eq!(users("Ethnic group,Total number of clients supported,100,9000\nEthnic group,White,80,7500\n"), (3, vec![]));
    assert_eq!(users("Ethnic group,White,85,7500\n").1, ["D215"]);
}

/// Minutes from each area to one service, by a table with this heading and time.
fn minutes(heading: &str, time: &str, more: &str) -> Result<Option<f32>, Vec<&'static str>> {
    let rows = AREAS.map(|code| format!("{code},S1,{time}\n")).concat();
    let services = "service_id,name,types,longitude,latitude\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045\n";
    let columns = format!("mode = \"bus\"\ncolumns = {{ minutes = \"{}\" }}\n{more}", heading.split(',').next().unwrap());
    let table = format!("from,to,{heading}\n{rows}");
    let all =
        millbeck::Millbeck::new().with_calls().file("services-csv", "s.csv", services, "").file("travel-times", "t.csv", table, &columns);
    let (study, problems) = all.read();
    study.map(|s| s.travel[0].minutes[0][0]).ok_or_else(|| errors(&problems))
}

#[test]
fn times_are_minutes_whatever_they_are_written_in() {
    for (heading, time) in [
        ("minutes", "10"),
        ("travel_time_seconds", "600"),
        ("duration_s", "600"),
        ("minutes", "00:10:00"),
        ("time", "0:10:00"),
        ("minutes", "10 min"),
        ("travel_time_p50", "10"),
    ] {
        assert_eq!(minutes(heading, time, ""), Ok(Some(10.0)), "{heading} {time}");
    }
    assert!(minutes("hours", "0.25", "").is_ok_and(|m| m == Some(15.0)));
    assert_eq!(minutes("time", "600", "seconds = true"), Ok(Some(10.0)));
    // Parts of a day, hours without a word, and a heading that contradicts the plan.
    for (heading, time, more) in
        [("minutes", "0.006944", ""), ("time", "0.17", ""), ("minutes", "600", "seconds = true"), ("minutes", "10:30", "")]
    {
        let refused = minutes(heading, time, more).unwrap_err();
        assert!(refused.iter().all(|c| *c == "R104"), "{heading} {time}: {refused:?}");
    }
    assert_eq!(minutes("minutes,minutes", "10,20", ""), Err(vec!["R113"]));
}

#[test]
fn a_destination_in_other_letters_is_the_same_service() {
    let services =
        |more: &str| format!("service_id,name,types,longitude,latitude\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045\n{more}");
    let times = AREAS.map(|code| format!("{code},s1,12\n")).concat();
    let read = |more: &str| {
        millbeck::Millbeck::new()
            .with_calls()
            .file("services-csv", "s.csv", services(more), "")
            .file("travel-times", "t.csv", format!("from,to,minutes\n{times}"), "mode = \"bus\"")
            .read()
    };
    let (study, problems) = read("");
    assert_eq!(study.unwrap_or_else(|| panic!("{:?}", problems.list())).travel[0].minutes[0][0], Some(12.0));
    // A secret one has it as well: nothing is guessed.
    assert!(errors(&read("s1,Haven,refuge,,\n").1).contains(&"S301"));
}

#[test]
fn two_editions_of_the_index_side_by_side_are_refused() {
    let table = |headings: &str| {
        let rows: String = AREAS.iter().enumerate().map(|(i, code)| format!("{code},{},{}\n", 100 + i, 900 - i)).collect();
        format!("LSOA21CD,{headings}\n{rows}")
    };
    let read = |headings: &str| millbeck::Millbeck::new().with_calls().file("deprivation", "d.csv", table(headings), "").read();
    assert_eq!(errors(&read("IMD rank 2019,IMD rank 2025").1), ["R113"]);
    assert_eq!(errors(&read("IMD rank,IMD rank").1), ["R113"]);
    assert!(read("IMD rank,IMD decile").0.is_some() && read("IMD rank,IMD score").0.is_some());
}

#[test]
fn a_column_that_says_that_a_service_is_closed_is_read_or_refused() {
    let read = |headings: &str, cells: &str| {
        let table = format!("service_id,name,types,delivery,{headings}\na,Millbeck advice,one_stop_shop,phone,{cells}\n");
        millbeck::Millbeck::new().with_calls().file("services-csv", "s.csv", table, "").read()
    };
    for (heading, cell) in [("Current status", "Closed"), ("Active?", "No"), ("Contract end date", "31/03/2020")] {
        assert_eq!(errors(&read(heading, cell).1), ["R135"], "{heading}");
    }
    // The step that is named works, and other columns are told and stop nothing.
    assert_eq!(read("status", "Closed").0.unwrap().catalogue.public.first().map(|s| s.status), Some(ServiceStatus::Defunct));
    let (study, problems) = read("status,Manager", "active,none");
    assert!(study.is_some() && tells(&problems, "R135"));
    assert!(!tells(&read("status", "active").1, "R135"));
    assert_eq!(errors(&read("status,status", "active,closed").1), ["R113"]);
    let placed = read("long,lat", "-0.5925,53.2045").0.unwrap();
    assert_eq!(placed.catalogue.public[0].sites.len(), 1);
}

#[test]
fn hours_of_a_feed_that_notes_call_closed_are_none() {
    let hours = |opens: &str, closes: &str, note: &str| {
        let feed = serde_json::json!({"contents": [{"id": "a", "name": "Millbeck drop-in", "status": "active",
            "attributes": [{"taxonomy_term": {"id": "one_stop_shop", "name": "One-stop shop or drop-in"}}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": opens, "closes_at": closes, "description": note}]}]});
        let study = millbeck::Millbeck::new().with_calls().file("services-open-referral", "feed.json", feed.to_string(), "name = \"feed\"");
        let (study, problems) = study.read();
        let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
        study.catalogue.public[0].more.hours.as_ref().map(|h| h.week.minutes())
    };
    assert_eq!(hours("09:00", "17:00", ""), Some(2 * 480));
    assert_eq!(hours("09:00", "17:00", "Drop in, closed on bank holidays"), Some(2 * 480));
    assert_eq!(hours("00:00", "00:00", ""), Some(2 * 1440));
    assert_eq!(hours("00:00", "00:00", "Closed").unwrap_or(0), 0);
    assert_eq!(hours("09:00", "17:00", "Term time only"), None);
}

#[test]
fn lookups_of_the_united_kingdom_and_with_empty_cells() {
    let read = |row: &str| {
        let study = millbeck::Millbeck::new();
        let rows = AREAS.map(|code| format!("{code},E06990001,Millbeck\n")).concat();
        study.study.write("l.csv", format!("LSOA21CD,LAD24CD,LAD24NM\n{rows}{row}").as_bytes());
        read_source("lookup", &["l.csv"], &study.study.folder, "{}")
    };
    let (gathered, problems) = read("95AA01S1,N09000001,Antrim\nN20000001,N09000001,Antrim\n");
    assert_eq!((errors(&problems), gathered.lookups[0].rows.len()), (vec![], 8));
    let (_, problems) = read("E01990777,,Millbeck\n");
    assert_eq!(errors(&problems), ["R104"]);
}

#[test]
fn a_middle_layer_is_no_total_of_small_areas_that_do_not_lie_in_it() {
    // The first four areas lie in one middle layer, the others in another.
    let msoa = |i: usize| format!("E0299{:04}", 1 + i / 4);
    let lookup: String = (0..8).map(|i| format!("{},{},E06990001\n", AREAS[i], msoa(i))).collect();
    let columns = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"Area\", count = \"Number\" }";
    let events = |small: std::ops::Range<usize>| {
        let mut table = "Month,Area,Number\n".to_owned();
        for month in 1..=12 {
            table += &format!("2023-{month:02},{},16\n", msoa(0));
            small.clone().for_each(|i| table += &format!("2023-{month:02},{},4\n", AREAS[i]));
        }
        let all = millbeck::Millbeck::new().file("lookup", "l.csv", format!("LSOA21CD,MSOA21CD,LAD24CD\n{lookup}"), "");
        let (study, problems) = all.file("events-csv", "x.csv", table, columns).read();
        study.unwrap_or_else(|| panic!("{:?}", problems.list())).datasets[0].total(&Default::default())
    };
    assert_eq!(events(4..8), 2 * 12 * 16);
    assert_eq!(events(0..4), 12 * 16, "its own small areas hold its events");
}
