//! What nobody recognises is let through nowhere: services that say nothing of themselves, sums with a hole, names that are those of the whole.

use crate::millbeck::{AREAS, Millbeck, errors, recorded, tells};

const COUNTED: &str =
    "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";

/// Ids of services that are published with a place, of a table whose rows are name, types and description; and how often a missing type is told.
fn published(rows: &[[&str; 3]], plan: &str) -> (Vec<String>, usize) {
    let mut table = "service_id,name,types,description,longitude,latitude,confidential\n".to_owned();
    for (i, [name, types, description]) in rows.iter().enumerate() {
        table += &format!("S{i},\"{name}\",{types},\"{description}\",-0.5925,53.2045,no\n");
    }
    let (study, problems) = Millbeck::new().with_calls().file("services-csv", "s.csv", table, plan).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let public = study.catalogue.public.iter().filter(|s| !s.sites.is_empty()).map(|s| s.id.clone()).collect();
    (public, problems.list().iter().filter(|p| p.code.name() == "S316").count())
}

#[test]
fn a_service_of_which_nothing_is_recognised_is_kept_back() {
    let rows = [
        ["Haven", "", ""],
        ["Rosa House", "", ""],
        ["The Nest", "", ""],
        ["Phoenix Project", "", "Open"],
        ["Library Cottage", "", ""],
        ["14 Church Hall Lane", "", ""],
        ["Hospital Lane", "", ""],
        ["Market Street Project", "", ""],
        ["Pottery drop-in", "", ""],
        ["Quillmere Choir", "", ""],
        ["Brightwater", "", "Swimming lessons for beginners on Saturdays"],
        ["Willow", "counselling", ""],
    ];
    assert_eq!(published(&rows, "").0, ["S10", "S11", "S8", "S9"]);
    let named = "[[study.public-place]]\nid = \"S1\"\nbecause = \"Its board is at the gate\"\n";
    let (public, told) = published(&rows, named);
    assert!(public.contains(&"S1".to_owned()) && !public.contains(&"S0".to_owned()) && told >= 6, "{public:?} {told}");
}

#[test]
fn a_category_that_counts_others_is_found_though_a_few_cells_lack_a_part() {
    let table = |total: &str, hole: bool, add: usize| {
        let mut rows = "Month,LSOA,Offence,Number\n".to_owned();
        for month in 1..=12 {
            for (i, area) in AREAS.iter().enumerate() {
                let (a, b) = (2 + (i * month) % 5, 1 + (i + month) % 4);
                let part = if hole && month == 3 && i < 4 { "*".to_owned() } else { a.to_string() };
                rows += &format!(
                    "2023-{month:02},{area},Stalking,{part}\n2023-{month:02},{area},Rape,{b}\n2023-{month:02},{area},{total},{}\n",
                    a + b + add * i
                );
            }
        }
        errors(&Millbeck::new().file("events-csv", "x.csv", rows, COUNTED).read().1)
    };
    assert_eq!((table("VAWG", false, 0), table("VAWG", true, 0)), (vec!["D218"], vec!["D218"]));
    assert_eq!(table("Other harm", false, 1), [""; 0]);
}

#[test]
fn rows_that_count_one_each_are_events_with_numbers_of_their_own() {
    let mut rows = "Ref,Month,LSOA,Offence,Number\n".to_owned();
    for n in 0..200 {
        rows += &format!("R{n},2023-{:02},{},Stalking,1\n", n % 12 + 1, AREAS[n % 8]);
    }
    let (study, problems) = Millbeck::new().file("events-csv", "x.csv", rows, COUNTED).read();
    assert_eq!(study.map(|s| recorded(&s)), Some(200), "{:?}", problems.list());
}

#[test]
fn areas_are_not_called_after_their_authority() {
    let all = Millbeck::new().with_calls();
    let text =
        all.study.text("boundaries.geojson").replace("LSOA21CD", "code").replace("\"LSOA21NM\"", "\"LAD24NM\":\"Millbeck\",\"name\"");
    all.study.write("boundaries.geojson", text.as_bytes());
    let (study, problems) = all.read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert_eq!(study.areas.list.iter().filter(|a| a.name.starts_with("Millbeck ")).count(), 8);
}

#[test]
fn a_note_that_confidential_services_are_left_out_stops_nothing() {
    let table = "service_id,name,types,longitude,latitude\nS1,Drop-in,one_stop_shop,-0.5925,53.2045\n";
    let read = |note: &str| Millbeck::new().with_calls().file("services-csv", "s.csv", format!("{note}\n{table}"), "").read();
    for note in [
        "Refuges are left out",
        "Excludes refuges",
        "Safe houses are not in this list",
        "All services of Millbeck, refuges have been removed",
    ] {
        let (study, problems) = read(note);
        assert!(study.is_some(), "{note}: {:?}", problems.list());
    }
    for note in [
        "Internal use only",
        "Draft - not for circulation",
        "For professionals only",
        "Refuges",
        "Not listed: refuges",
        "Refuges - not listed",
        "CONFIDENTIAL - not in the directory",
    ] {
        let (study, problems) = read(note);
        assert!(study.is_none() && tells(&problems, "S301"), "{note}: {:?}", problems.list());
    }
}
