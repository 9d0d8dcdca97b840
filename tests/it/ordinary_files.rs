//! Files as ordinary people have them, with nothing wrong in them: none is refused, and none is read as something else.

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

const COUNTED: &str =
    "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
const DATED: &str = "name = \"x\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\" }";

/// Where each event has an area, nothing is left of the whole but all areas together: that is no small area.
#[test]
fn a_restricted_extract_whose_every_row_has_a_place_gives_a_pack() {
    for category in ["Rape", "Stalking", "Domestic abuse"] {
        let mut rows = "Date,LSOA,Offence\n".to_owned();
        for month in 1..=12 {
            for (i, area) in AREAS.iter().enumerate() {
                (0..(i * 7 + month * 3) % 6).for_each(|day| rows += &format!("2023-{month:02}-{:02},{area},{category}\n", 1 + day * 5));
            }
        }
        let all = Millbeck::new().file("events-csv", "x.csv", rows, DATED).ask("burden");
        assert!(all.read().0.is_some());
        let open = "path = \"x.csv\"\nsensitivity = \"open\"";
        all.study.replace("study.toml", open, &open.replace("open", "restricted"));
        all.study.replace("study.toml", "invented = true", "invented = true\ngeography = \"lsoa\"");
        let (code, said) = all.study.check();
        assert_eq!(code, Some(0), "{category}: {said}");
    }
}

#[test]
fn counts_that_only_an_unread_column_tells_apart_are_told_or_refused() {
    let table = |other: &str, parts: [&str; 2], add: u64| {
        let mut rows = format!("Month,LSOA,Offence,{other},Number\n");
        for month in 1..=12 {
            for (i, area) in AREAS.iter().enumerate() {
                let n = 2 + (i * month) as u64 % 5;
                rows += &format!(
                    "2023-{month:02},{area},Stalking,{},{n}\n2023-{month:02},{area},Stalking,{},{}\n",
                    parts[0],
                    parts[1],
                    n + add
                );
            }
        }
        Millbeck::new().file("events-csv", "x.csv", rows, COUNTED).read()
    };
    // Ages are parts: added, and said.
    let (study, problems) = table("Age group", ["16 to 24", "25 or over"], 1);
    assert!(tells(&problems, "D218") && study.is_some(), "{:?}", problems.list());
    // Measures are not, and two extracts of one table are not.
    for (heading, parts, add) in [
        ("Type of count", ["Crimes", "Detections"], 1),
        ("Series", ["Monthly", "Rolling twelve months"], 9),
        ("Extracted", ["2024-01-03", "2024-02-03"], 0),
    ] {
        let (study, problems) = table(heading, parts, add);
        assert!(study.is_none() && errors(&problems) == ["D218"], "{heading}: {:?}", problems.list());
    }
}

#[test]
fn rows_that_are_alike_are_events_where_the_plan_says_so() {
    let mut rows = "Date,LSOA,Offence\n".to_owned();
    (1..=12).for_each(|m| AREAS.iter().for_each(|area| (0..2).for_each(|_| rows += &format!("2023-{m:02},{area},Stalking\n"))));
    let read = |more: &str| Millbeck::new().file("events-csv", "x.csv", &rows, &format!("{DATED}\n{more}")).read();
    assert_eq!(errors(&read("").1), ["R116"]);
    assert_eq!(read("each-row-counts = true").0.map(|s| recorded(&s)), Some(192));
    // Twenty-two and twenty of each are as many events, and no copies.
    let mut rows = "Date,LSOA,Offence\n".to_owned();
    (0..176 + 80).for_each(|i| rows += &format!("2023-{:02}-15,{},Stalking\n", i % 8 + 1, AREAS[i % 8]));
    (0..48).for_each(|i| rows += &format!("2023-{:02}-15,{},Stalking\n", i % 4 + 1, AREAS[i % 4]));
    assert_eq!(Millbeck::new().file("events-csv", "x.csv", rows, DATED).read().0.map(|s| recorded(&s)), Some(304));
}

#[test]
fn boundaries_are_found_by_the_codes_that_they_hold() {
    for heading in ["code", "area_code", "LSOA_CODE", "geography code", "GSS_CODE"] {
        let all = Millbeck::new().with_calls();
        let text = all.study.text("boundaries.geojson").replace("LSOA21CD", heading).replace("LSOA21NM", "name");
        all.study.write("boundaries.geojson", text.as_bytes());
        let (study, problems) = all.read();
        let study = study.unwrap_or_else(|| panic!("{heading}: {:?}", problems.list()));
        assert_eq!((study.areas.list.len(), study.areas.list[0].name.as_str()), (8, "Millbeck 0"), "{heading}");
        assert_eq!(recorded(&study), 192);
    }
}

#[test]
fn residents_under_other_headings_and_of_merged_areas() {
    for heading in ["population_2023", "Mid-2023 population", "pop", "2023", "Resident population"] {
        let all = Millbeck::new().with_calls();
        let mut text = format!("geography code,{heading}\n");
        AREAS.iter().for_each(|code| text += &format!("{code},1000\n"));
        all.study.write("population.csv", text.as_bytes());
        let (study, problems) = all.read();
        assert_eq!(study.map(|s| s.areas.residents("all")), Some(vec![Some(1000.0); 8]), "{heading}: {:?}", problems.list());
    }
    // Two areas of 2011 became one, and another was split: the sum is known, and the parts are not.
    let lookup = "LSOA11CD,LSOA21CD\nE01990193,E01990103\nE01990194,E01990103\nE01990195,E01990105\nE01990195,E01990106\n";
    let all = Millbeck::new().with_calls().file("lookup", "lookup.csv", lookup, "");
    let mut text = "geography code,all\nE01990193,400\nE01990194,600\nE01990195,900\n".to_owned();
    AREAS.iter().filter(|c| !["E01990103", "E01990105", "E01990106"].contains(c)).for_each(|code| text += &format!("{code},1000\n"));
    all.study.write("population.csv", text.as_bytes());
    let residents = all.read().0.map(|s| s.areas.residents("all")).unwrap();
    assert_eq!((residents[2], residents[4], residents[5]), (Some(1000.0), None, None));
}

#[test]
fn pairs_without_a_way_are_known_to_have_none() {
    let services = "service_id,name,types,longitude,latitude,area_served\nS1,Drop-in,one_stop_shop,-0.59,53.204,E06990001\n";
    let times = |far: &str, head: &str| {
        let mut text = format!("{head}\n");
        AREAS.iter().enumerate().for_each(|(i, code)| text += &format!("{code},S1,{}\n", if i < 4 { "10" } else { far }));
        text
    };
    for (far, head) in [
        ("", "from,to,minutes"),
        ("NA", "from,to,minutes"),
        ("-1", "from,to,minutes"),
        (">120", "from,to,minutes"),
        ("", "from_id,to_id,travel_time_p50"),
    ] {
        let all = Millbeck::new().with_calls().file("services-csv", "s.csv", services, "");
        let all = all.file("travel-times", "t.csv", times(far, head), "mode = \"public-transport\"");
        let (study, problems) = all.read();
        let study = study.unwrap_or_else(|| panic!("{far} {head}: {:?}", problems.list()));
        let known = &study.travel[0].known;
        assert_eq!((known.len(), known.iter().filter(|k| **k).count()), (8, 8), "{far} {head}");
        assert_eq!(study.travel[0].minutes.iter().filter(|m| m[0].is_some()).count(), 4);
    }
}

#[test]
fn a_service_whose_running_nobody_confirmed_is_not_counted_as_running() {
    let running = |name: &str, status: &str| {
        let text = format!("service_id,name,types,status,area_served,delivery\nS1,{name},one_stop_shop,{status},E06990001,phone\n");
        let (study, problems) = Millbeck::new().with_calls().file("services-csv", "s.csv", text, "").read();
        let study = study.unwrap_or_else(|| panic!("{name} {status}: {:?}", problems.list()));
        (study.catalogue.public.iter().filter(|s| s.status == gapmap::sources::ServiceStatus::Active).count(), tells(&problems, "S307"))
    };
    assert_eq!((running("Drop-in", ""), running("Drop-in", "active")), ((1, false), (1, false)));
    assert_eq!((running("Drop-in", "TBC"), running("Drop-in (CLOSED March 2022)", "")), ((0, true), (0, true)));
    assert_eq!(running("Survivors' group (closed group)", ""), (1, false));
}

#[test]
fn months_and_words_say_until_when_a_contract_runs() {
    for (written, end) in [
        ("Mar-2027", Some("2027-03-31")),
        ("2027-03", Some("2027-03-31")),
        ("February 2028", Some("2028-02-29")),
        ("ongoing", None),
        ("Rolling", None),
    ] {
        let text = format!("service_id,name,types,contract_end,area_served,delivery\nS1,Drop-in,one_stop_shop,{written},E06990001,phone\n");
        let (study, problems) = Millbeck::new().with_calls().file("services-csv", "s.csv", text, "").read();
        let study = study.unwrap_or_else(|| panic!("{written}: {:?}", problems.list()));
        assert_eq!(study.catalogue.public[0].more.contract_end.as_deref(), end, "{written}");
    }
}

#[test]
fn without_months_to_study_the_latest_residents_count() {
    let mut text = "geography code,2020,2021,2022\n".to_owned();
    AREAS.iter().for_each(|code| text += &format!("{code},900,950,1000\n"));
    let services = "service_id,name,types,longitude,latitude,area_served\nS1,Drop-in,one_stop_shop,-0.59,53.204,E06990001\n";
    let all = Millbeck::new().file("services-csv", "s.csv", services, "");
    all.study.write("population.csv", text.as_bytes());
    let (study, problems) = all.read();
    assert_eq!(study.map(|s| s.areas.residents("all")), Some(vec![Some(1000.0); 8]), "{:?}", problems.list());
}

#[test]
fn residents_by_the_names_of_areas_count_as_those_by_their_codes() {
    let residents = |rows: &str| {
        let study = Millbeck::new().with_calls();
        study.study.write("population.csv", rows.as_bytes());
        let (built, problems) = study.read();
        (built.map(|s| s.areas.residents("all").into_iter().sum::<Option<f64>>()), tells(&problems, "R104"))
    };
    let named = |heading: &str, more: &str| {
        let rows: String = (0..AREAS.len()).map(|i| format!("Millbeck {i},{},480\n", 900 + i)).collect();
        residents(&format!("{heading},all,female\n{rows}{more}"))
    };
    let all = (0..AREAS.len()).map(|i| 900.0 + i as f64).sum::<f64>();
    for heading in ["Area", "LSOA name", "Geography"] {
        assert_eq!(named(heading, ""), (Some(Some(all)), false), "{heading}");
    }
    // A total is none of them, and an area that nobody knows is told.
    assert_eq!(named("Area", "All areas,7228,3840\n"), (Some(Some(all)), false));
    assert_eq!(named("Area", "Millbrook,100,50\n"), (Some(Some(all)), true));
}

#[test]
fn a_place_that_is_not_recorded_is_none_in_whatever_words() {
    let counts = |last: &str| {
        let rows: String = (1..=12).flat_map(|m| AREAS.map(|area| format!("2023-{m:02},{area},Stalking,4\n"))).collect();
        let all = format!("Month,LSOA,Offence,Number\n{rows}2023-05,{last},Stalking,9\n");
        let (study, problems) = Millbeck::new().file("events-csv", "x.csv", all, COUNTED).read();
        (study.map(|s| recorded(&s)), errors(&problems))
    };
    for none in ["No location recorded", "Ward not stated", "Unmatched postcode", "not known", "(blank)"] {
        assert_eq!(counts(none), (Some(12 * 8 * 4 + 9), vec![]), "{none}");
    }
    for place in ["Outside the area", "No Man's Heath"] {
        assert_eq!(counts(place).1, ["R104"], "{place}");
    }
}
