//! What people type and export without meaning to: each is read as it was meant, or refused; none makes another number in silence.

use gapmap::model::{Body, Findings, Indicator, ParityDimension, Rating};
use gapmap::sources::ServiceStatus;
use gapmap::units::Cell;

use crate::millbeck::{AREAS, Millbeck, errors, tells};
use crate::study_files::Study;

const RETURN: &str = "service,dimension,group,users,population\nidva,Age,16 to 24,37,27000\nidva,Age,25 to 34,133,9784\nidva,Age,35 to 44,100,8000\nidva,Age,45 and over,60,50000\n";

fn users(table: &str) -> (Option<Findings>, Vec<&'static str>) {
    let study = Millbeck::new().with_calls().file("users-by-group", "users.csv", table, "name = \"users\"").ask("parity");
    let (found, problems) = study.findings();
    let codes = errors(&problems);
    (found, codes)
}

fn age(found: &Findings) -> &ParityDimension {
    let parity = found.findings.iter().find_map(|f| if let Body::Parity(p) = &f.body { Some(p) } else { None });
    &parity.unwrap().dimensions[0]
}

#[test]
fn a_total_among_groups_is_no_group() {
    let (plain, _) = users(RETURN);
    let plain = plain.unwrap();
    assert_eq!(age(&plain).total, Cell::Known(330));
    for total in ["Total", "All ages", "all women", "TOTAL"] {
        let (found, codes) = users(&format!("{RETURN}idva,Age,{total},330,94784\n"));
        assert_eq!(age(&found.unwrap_or_else(|| panic!("{total}: {codes:?}"))), age(&plain), "{total}");
    }
    // One that is not their sum, and ages that take in one another, count somebody twice.
    assert_eq!(users(&format!("{RETURN}idva,Age,Total,340,94784\n")).1, ["D215"]);
    assert_eq!(users(&format!("{RETURN}idva,Age,Under 35,170,36784\n")).1, ["D215"]);
}

#[test]
fn without_a_large_group_no_other_is_held_against_what_is_left() {
    for nothing in ["<5", "*", "", "n/a"] {
        let (found, codes) = users(&RETURN.replace("45 and over,60", &format!("45 and over,{nothing}")));
        let found = found.unwrap_or_else(|| panic!("{nothing}: {codes:?}"));
        let age = age(&found);
        assert_eq!(age.groups.len(), 4, "the group stays in its table");
        let untold = if ["<5", "*"].contains(&nothing) { Cell::Withheld } else { Cell::Missing };
        assert_eq!((age.groups[3].users, age.total.known()), (untold, None), "{nothing}");
        assert!(age.groups.iter().all(|g| g.ratio.known().is_none()), "{nothing}: {:?}", age.groups);
    }
    // One of whom few are: the others can be told.
    let small = RETURN.replace("45 and over,60,50000", "45 and over,<5,500");
    assert!(age(&users(&small).0.unwrap()).groups[0].ratio.known().is_some());
}

fn side(rows: &str) -> (Option<gapmap::study::Study>, gapmap::diagnostics::Problems) {
    let services = "service_id,name,types,status,delivery\na,Millbeck advice,one_stop_shop,active,phone\n";
    let study = Millbeck::new().with_calls().file("services-csv", "s.csv", services, "name = \"services\"");
    study.file("services-side-table", "side.csv", rows, "").read()
}

#[test]
fn money_is_read_with_its_unit_and_a_letter_in_a_number_is_no_unit() {
    for (written, pounds) in [("120k", 120_000.0), ("£1.2m", 1_200_000.0), ("10000 per month", 120_000.0), ("\"£95,000\"", 95_000.0)] {
        let (study, problems) = side(&format!("service_id,cost_per_year\na,{written}\n"));
        let study = study.unwrap_or_else(|| panic!("{written}: {:?}", problems.list()));
        assert_eq!(study.catalogue.public[0].more.cost_per_year, Some(pounds), "{written}");
    }
    for (column, wrong) in [("cost_per_year", "10000 per client"), ("capacity", "5O"), ("capacity", "0.5k"), ("contract_end", "31/3/1926")]
    {
        assert_eq!(errors(&side(&format!("service_id,{column}\na,{wrong}\n")).1), ["R104"], "{column} {wrong}");
    }
    let study = side("service_id,contract_end\na,31/3/26\n").0.unwrap();
    assert_eq!(
        (study.catalogue.public[0].more.contract_end.as_deref(), study.catalogue.public[0].status),
        (Some("2026-03-31"), ServiceStatus::Active)
    );
}

fn survey(rows: &str, more: &str) -> Millbeck {
    let table = format!("indicator,from,to,numerator,denominator,value,n\n{rows}");
    Millbeck::new().with_calls().file("indicator-table", "survey.csv", table, &format!("name = \"survey\"\n{more}")).ask("indicators")
}

fn waves(found: &Findings) -> &Indicator {
    found.findings.iter().find_map(|f| if let Body::Indicator(i) = &f.body { Some(i) } else { None }).unwrap()
}

#[test]
fn parts_of_one_among_percentages_are_refused() {
    let mixed = "q-safe-dark,2022-03,2022-03,,,0.44,640\nq-safe-dark,2023-03,2023-03,,,47,650\n";
    assert_eq!(errors(&survey(mixed, "").findings().1), ["R104"]);
    let alike = mixed.replace("0.44", "44");
    assert!(survey(&alike, "").findings().0.is_some());
    // Small percentages are some: with their sign, or beside others as small.
    assert!(survey(&mixed.replace("0.44", "0.44%"), "").findings().0.is_some());
    assert!(survey(&mixed.replace("0.44", "0.8").replace(",47,", ",1.9,"), "").findings().0.is_some());
}

#[test]
fn a_wave_that_is_kept_back_is_the_latest_and_a_form_for_the_months_to_come_is_none() {
    let rows = "marac-cases,2023-01,2023-03,100,,,\nmarac-cases,2023-04,2023-06,<5,,,\nmarac-cases,2023-07,2023-09,,,,\n";
    let define = "[[source.define]]\nid = \"marac-cases\"\nname = \"Cases heard\"\nkind = \"count\"\nunit = \"cases\"\ntheme = \"support\"";
    let (found, problems) = survey(rows, define).findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let told: Vec<Cell<f64>> = waves(&found).waves.iter().map(|w| w.value).collect();
    assert_eq!(told, [Cell::Known(100.0), Cell::Withheld]);
}

#[test]
fn a_target_that_a_spreadsheet_holds_as_a_part_of_one_is_not_reached_but_refused() {
    let rows = "q-safe-dark,2022-03,2022-03,280,640,,\nq-safe-dark,2023-03,2023-03,281,640,,\n";
    let plan = |from: &str, to: &str| {
        let study = survey(rows, "");
        let actions = format!("id,objective,theme,indicator,baseline,target\nA1,More feel safe,trust,q-safe-dark,{from},{to}\n");
        study.study.write("action-plan/actions.csv", actions.as_bytes());
        study.findings()
    };
    for (from, to) in [("0.44", "0.6"), ("44", "0.6")] {
        assert_eq!(errors(&plan(from, to).1), ["R104"], "{from} {to}");
    }
    let (found, _) = plan("44", "60");
    let found = found.unwrap();
    assert_ne!(found.frame.action_plan.actions[0].progress(&found).rating, Rating::Reached);
}

#[test]
fn a_site_far_from_everybody_whom_it_serves_is_told() {
    let services = |longitude: &str| {
        format!(
            "service_id,name,types,status,delivery,longitude,latitude,area_served\na,Millbeck drop-in,one_stop_shop,active,site,{longitude},53.205,E06990001\n"
        )
    };
    let told =
        |longitude: &str| tells(&Millbeck::new().with_calls().file("services-csv", "s.csv", services(longitude), "").read().1, "S303");
    assert!(told("0.59") && !told("-0.59"));
}

#[test]
fn of_indices_that_leave_out_a_fourth_of_the_areas_nothing_is_told() {
    let table = |n: usize| {
        let rows: String = AREAS.iter().take(n).enumerate().map(|(i, code)| format!("{code},{}\n", 100 + i)).collect();
        format!("LSOA code (2021),Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)\n{rows}")
    };
    let read = |text: String| Millbeck::new().with_calls().file("deprivation", "imd.csv", text, "").read();
    let (fewer, problems) = read(table(6));
    assert!(tells(&problems, "D222") && fewer.unwrap().areas.list.iter().all(|a| a.deprivation.is_none()));
    let (all, problems) = read(table(8));
    assert!(!tells(&problems, "D222") && all.unwrap().areas.list.iter().all(|a| a.deprivation.is_some()));
    assert_eq!(errors(&read(table(8).replace("most deprived", "least deprived")).1), ["R104"]);
}

#[test]
fn rows_of_an_area_without_a_boundary_are_told_and_not_only_added_to_its_neighbours() {
    let mut rows = String::from("Date,LSOA,Lon,Lat\n");
    for month in 1..=12 {
        for (i, code) in AREAS.iter().enumerate() {
            let (x, y) = (-0.5925 + 0.015 * (i % 4) as f64, 53.2045 + 0.009 * (i / 4) as f64);
            (0..200).for_each(|_| rows += &format!("2023-{month:02}-03,{code},{x},{y}\n"));
        }
        rows += &format!("2023-{month:02}-03,E01990777,-0.5925,53.2045\n");
    }
    let columns =
        "name = \"calls\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", longitude = \"Lon\", latitude = \"Lat\" }";
    let told = |text: &str| tells(&Millbeck::new().file("events-csv", "calls.csv", text, columns).read().1, "D219");
    assert!(told(&rows));
    assert!(!told(&rows.replace("E01990777,-0.5925,53.2045", "E01990777,-0.9,53.2045")), "an area elsewhere");
}

#[test]
fn a_timetable_of_another_place_is_no_place_without_buses() {
    let study = Study::of(&gapmap::synthetic::borough(&gapmap::synthetic::Settings {
        seed: 1,
        areas: 90,
        months: 12,
        planted: true,
        ..Default::default()
    }));
    let stops = study.text("timetable/stops.txt");
    let heading = stops.lines().next().unwrap();
    let swapped = stops.replacen(heading, &heading.replace("stop_lat", "X").replace("stop_lon", "stop_lat").replace('X', "stop_lon"), 1);
    study.write("timetable/stops.txt", swapped.as_bytes());
    let check = study.gapmap(&["check", "study.toml"]);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(check.status.code() == Some(1) && (told.contains("D223") || told.contains("R130")), "{told}");
    study.write("timetable/stops.txt", stops.as_bytes());
    // A calendar that ended but for one stray day.
    let calendar = study.text("timetable/calendar.txt");
    let ended = calendar.replace(",20261231", ",20170131");
    assert_ne!(ended, calendar);
    study.write("timetable/calendar.txt", ended.as_bytes());
    let id = calendar.lines().nth(1).unwrap().split(',').next().unwrap();
    study.write("timetable/calendar_dates.txt", format!("service_id,date,exception_type\n{id},20261230,1\n").as_bytes());
    let check = study.gapmap(&["check", "study.toml"]);
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(check.status.code() == Some(1) && told.contains("D223"), "{told}");
}

/// The largest number of each sentence that tells a capacity.
fn capacities(found: &Findings, id: &str) -> Vec<u64> {
    let told = found.find(id).unwrap_or_else(|| panic!("no {id}"));
    let numbers = |s: &String| s.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u64>().ok()).max();
    told.sentences.iter().filter_map(numbers).filter(|n| [6, 30, 36].contains(n)).collect()
}

#[test]
fn no_two_sums_of_secret_services_tell_what_one_of_them_has() {
    let services = |fourth: &str| {
        let row = |id: &str, types: &str, places: u32| format!("{id},Service {id},{types},active,E06990001,{places},family places,yes\n");
        let both = "refuge;specialist_refuge";
        let rows: String = [row("a", both, 12), row("b", both, 10), row("c", both, 8), row("d", fourth, 6)].concat();
        format!("service_id,name,types,status,area_served,capacity,capacity_unit,confidential\n{rows}")
    };
    let told = |fourth: &str, more: &str| {
        let study = Millbeck::new().with_calls().file("services-csv", "s.csv", services(fourth), "name = \"services\"");
        let (found, problems) = study.ask(&format!("coverage\"\ntypes = [\"refuge\", \"specialist_refuge\"]{more}\n#")).findings();
        capacities(&found.unwrap_or_else(|| panic!("{:?}", problems.list())), "coverage/summary")
    };
    // Thirty beside thirty-six would say that the fourth has six.
    assert_eq!(told("refuge", ""), [36]);
    assert_eq!(told("refuge;specialist_refuge", ""), [36, 36]);
    // On another day than that of the study no sum is told.
    assert_eq!(told("refuge", "\nas-of = \"2023-06\""), Vec::<u64>::new());
}

#[test]
fn groups_and_dimensions_are_the_same_in_any_case_and_users_of_nines_alone_are_none() {
    // One group twice is somebody counted twice, however it is written.
    for again in ["idva,Age,16 TO 24,37,27000", "IDVA,age,16 to 24,37,27000", "idva,Age,16\u{2013}to\u{2013}24,37,27000"] {
        assert_eq!(users(&format!("{RETURN}{again}\n")).1, ["D215"], "{again}");
    }
    let (found, codes) = users(&RETURN.replace("idva,Age,45", "IDVA,AGE,45"));
    assert_eq!(age(&found.unwrap_or_else(|| panic!("{codes:?}"))).groups.len(), 4, "one dimension in any case");
    // More users than people, of nines alone.
    for nines in ["99999", "999999"] {
        assert_eq!(users(&RETURN.replace("45 and over,60", &format!("45 and over,{nines}"))).1, ["R104"], "{nines}");
    }
    assert!(users(&RETURN.replace("45 and over,60", "45 and over,999")).0.is_some(), "999 of 50,000 is a number of users");
}

#[test]
fn values_of_an_indicator_beyond_its_whole_or_of_nines_alone_are_not_read() {
    let waves = |last: &str| {
        let rows: String = (2018..2024).map(|y| format!("q-safe-dark,{y}-03,{y}-03,,,{},640\n", 40 + y % 5)).collect();
        errors(&survey(&format!("{rows}q-safe-dark,2024-03,2024-03,,,{last},640\n"), "").findings().1)
    };
    assert_eq!(waves("47"), [""; 0]);
    for beyond in ["999", "147", "999.9"] {
        assert_eq!(waves(beyond), ["R104"], "{beyond}");
    }
}
