//! What a plan names that is published: listed by any build, fetched by one that was built for it.

use crate::study_files::Study;

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

/// A folder with the first plan of a partnership, and more lines at its end.
fn first_plan_of(area: &str, more: &str) -> Study {
    let study = Study::of(&Default::default());
    std::fs::create_dir_all(&study.folder).unwrap();
    assert!(study.gapmap(&["init", "it", "--area", area]).status.success());
    let plan = study.text("it/study.toml") + more;
    std::fs::write(study.folder.join("it/study.toml"), plan).unwrap();
    study
}

/// Sources of every kind that is published.
const OTHERS: &str = r#"
[[source]]
kind = "lookup"
path = "lookups/lsoa11-to-21.csv"
sensitivity = "open"
[[source]]
kind = "deprivation"
path = "deprivation.csv"
sensitivity = "open"
[[source]]
kind = "postcode-directory"
path = "postcodes"
sensitivity = "open"
[[source]]
kind = "street-network"
path = "streets"
sensitivity = "open"
mode = "walk"
[[source]]
kind = "timetable"
path = "timetables"
sensitivity = "open"
[[source]]
kind = "mps-wide"
path = "mps.csv"
borough = "Bexley"
sensitivity = "open"
[[source]]
kind = "services-open-referral"
name = "directory"
path = "directory.json"
url = "https://directory.example.org/api/services"
sensitivity = "open"
[[source]]
kind = "population"
name = "cars"
path = "ts045.csv"
sensitivity = "open"
[fetch]
base = "http://127.0.0.1:9"
"#;

#[test]
fn what_a_plan_names_is_listed_with_its_address_place_and_licence() {
    let study = first_plan_of("Bexley", OTHERS);
    let before = study.tree(".");
    let list = study.gapmap(&["fetch", "it/study.toml", "--list"]);
    assert_eq!(list.status.code(), Some(0), "{}", told(&list));
    let text = String::from_utf8_lossy(&list.stdout).into_owned();
    for (place, address) in [
        ("boundaries/lsoa-2021.geojson (boundaries)", "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC"),
        ("population.csv (population)", "census2021-ts008.zip"),
        ("police/{month}.zip (police)", "https://data.police.uk/data/archive/{month}.zip"),
        ("lookups/lsoa11-to-21.csv (lookup)", "LSOA11_LSOA21_LAD22_EW_LU"),
        ("deprivation.csv (deprivation)", "IoD2025"),
        ("postcodes/code-point-open.zip (postcode-directory)", "api.os.uk"),
        ("streets/greater-london.osm.pbf (street-network)", "greater-london-latest.osm.pbf"),
        ("timetables/london.zip (timetable)", "gtfs-file/london/"),
        ("directory.json (directory)", "https://directory.example.org/api/services"),
        ("ts045.csv (cars)", "census2021-ts045.zip"),
    ] {
        let at = text.find(place).unwrap_or_else(|| panic!("{place} is not in {text}"));
        let entry: Vec<&str> = text[at..].lines().take_while(|l| !l.is_empty()).take(5).collect();
        assert!(entry[1].contains(address) && entry.iter().any(|l| l.contains("licence: ")), "{place}: {entry:?}");
    }
    // Bexley and those around it: their residents share services.
    assert!(text.contains("the areas of E07000107, E07000111, E09000004"), "{text}");
    let notes = String::from_utf8_lossy(&list.stderr).into_owned();
    assert!(notes.contains("N506") && notes.contains("mps.csv") && notes.contains("data.london.gov.uk"), "{notes}");
    assert_eq!(study.tree("."), before, "nothing is written");
}

#[test]
fn a_slip_in_the_name_of_a_source_is_answered_with_what_was_meant() {
    let study = first_plan_of("Kent", "");
    let slip = study.gapmap(&["fetch", "it/study.toml", "--list", "--only", "polize"]);
    assert!(slip.status.code() == Some(2) && told(&slip).contains("Did you mean `police`?"), "{}", told(&slip));
    let one = study.gapmap(&["fetch", "it/study.toml", "--list", "--only", "police"]);
    assert!(one.status.success() && told(&one).contains("archive") && !told(&one).contains("census"), "{}", told(&one));
}

#[test]
fn an_address_of_one_s_own_is_taken_and_one_that_is_not_known_is_asked_for() {
    let source = |kind: &str, url: &str| {
        format!("\n[[source]]\nkind = \"{kind}\"\nname = \"mine\"\npath = \"own\"\nsensitivity = \"open\"\n{url}\n")
    };
    for (kind, url, place) in [
        ("mps-wide", "https://data.london.gov.uk/download/x/MPS%20Borough.csv", "own/MPS20Borough.csv"),
        ("boundaries", "https://maps.example.org/rest/services/Wards/FeatureServer/3", "own/boundaries.geojson"),
        ("lookup", "https://maps.example.org/rest/services/Wards/FeatureServer/3", "own/lookup.csv"),
        ("services-hsds", "https://directory.example.org/../hsds.zip?key=k", "own/hsds.zip"),
    ] {
        let study = first_plan_of(
            "Bexley",
            &source(kind, &format!("url = \"{url}\"{}", if kind == "mps-wide" { "\nborough = \"Bexley\"" } else { "" })),
        );
        let list = study.gapmap(&["fetch", "it/study.toml", "--list", "--only", "mine"]);
        assert!(list.status.success() && told(&list).starts_with(&format!("{place} (mine)\n    from {url}\n")), "{}", told(&list));
    }
    let study = first_plan_of("Bexley", &source("services-open-referral", ""));
    let list = study.gapmap(&["fetch", "it/study.toml", "--list", "--only", "mine"]);
    assert!(list.status.success() && told(&list).contains("url = \"https://…\""), "{}", told(&list));
}

#[test]
fn a_plan_with_addresses_obeys_the_schema() {
    let study = first_plan_of("Bexley", OTHERS);
    let schema: serde_json::Value = serde_json::from_slice(&study.gapmap(&["schema", "plan"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value: serde_json::Value = toml::from_str(&study.text("it/study.toml")).unwrap();
    let faults: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let slip = study.text("it/study.toml").replace("base = ", "bas = ");
    std::fs::write(study.folder.join("it/study.toml"), slip).unwrap();
    let refused = study.gapmap(&["fetch", "it/study.toml", "--list"]);
    assert!(refused.status.code() == Some(1) && told(&refused).contains("bas"), "{}", told(&refused));
}

#[cfg(not(feature = "fetch"))]
#[test]
fn a_build_without_a_network_says_how_to_get_one_and_what_to_get_by_hand() {
    let study = first_plan_of("Bexley", "");
    let before = study.tree(".");
    for arguments in [&["fetch", "it/study.toml"][..], &["fetch", "it/study.toml", "--from", "http://127.0.0.1:9", "--renew"]] {
        let fetched = study.gapmap(arguments);
        let text = told(&fetched);
        assert!(fetched.status.code() == Some(1) && text.contains("N505") && text.contains("--features fetch"), "{text}");
        assert!(text.contains("census2021-ts008.zip") && text.contains("population.csv"), "{text}");
    }
    assert_eq!(study.tree("."), before);
}

#[cfg(feature = "fetch")]
#[allow(dead_code)]
#[path = "../../fetch/tests/it/server.rs"]
mod server;

#[cfg(feature = "fetch")]
mod online {
    use serde_json::json;

    use super::server::{Reply, Request, Server, file, ok, reply};
    use super::{first_plan_of, told};

    fn zip_of(name: &str, text: &str) -> Vec<u8> {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// Twelve areas of Bexley, four of each neighbour, as the publishers would give them.
    fn publishers(request: &Request) -> Reply {
        let authorities = [
            ("E09000004", "Bexley", 12),
            ("E07000107", "Dartford", 4),
            ("E07000111", "Sevenoaks", 4),
            ("E09000006", "Bromley", 4),
            ("E09000011", "Greenwich", 4),
        ];
        let mut areas = Vec::new();
        for (code, name, number) in authorities {
            for _ in 0..number {
                let n = areas.len();
                areas.push((format!("E0100{:04}", 400 + n), format!("{name} {:03}A", n + 1), code, n));
            }
        }
        let path = request.path.split('?').next().unwrap();
        if path.contains("FeatureServer") {
            let condition = request.asks("where").unwrap();
            let is_lookup = path.contains("_LU_");
            let picked: Vec<_> =
                areas.iter().filter(|(lsoa, _, code, _)| condition.contains(if is_lookup { code } else { lsoa.as_str() })).collect();
            if request.asks("returnCountOnly").is_some() {
                return ok(json!({"count": picked.len()}).to_string());
            }
            let from: usize = request.asks("resultOffset").unwrap().parse().unwrap();
            let page: Vec<_> = picked.iter().skip(from).take(10).collect();
            let more = from + page.len() < picked.len();
            let features: Vec<_> = page
                .iter()
                .map(|(lsoa, name, code, n)| {
                    let row = json!({"LSOA21CD": lsoa, "LSOA21NM": name, "LAD25CD": code});
                    let (x, y) = (0.10 + 0.01 * (n % 6) as f64, 51.40 + 0.01 * (n / 6) as f64);
                    let ring = json!([[[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]]);
                    if is_lookup {
                        json!({ "attributes": row })
                    } else {
                        json!({"type": "Feature", "properties": row, "geometry": {"type": "Polygon", "coordinates": ring}})
                    }
                })
                .collect();
            return ok(json!({"features": features, "exceededTransferLimit": more, "fields": [{"name": "LSOA21CD"}, {"name": "LAD25CD"}]})
                .to_string());
        }
        match path {
            "/www.nomisweb.co.uk/output/census/2021/census2021-ts008.zip" => {
                let rows: String = areas.iter().map(|(lsoa, name, _, _)| format!("2021,{name},{lsoa},1500,760,740\n")).collect();
                let head = "date,geography,geography code,Sex: All persons; measures: Value,Sex: Female; measures: Value,Sex: Male; measures: Value\n";
                file(request, &zip_of("census2021-ts008-lsoa.csv", &(head.to_owned() + &rows)), "\"ts008\"")
            }
            "/data.police.uk/api/crimes-street-dates" => ok(r#"[{"date":"2026-01"},{"date":"2025-12"}]"#),
            "/data.police.uk/data/archive/2026-01.zip" => {
                let head = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n";
                let row = |i: usize| {
                    format!(
                        "{i:064x},2026-01,Metropolitan Police Service,Metropolitan Police Service,0.105,51.405,On or near High Street,E01000400,Bexley 001A,Violence and sexual offences,Under investigation,\n"
                    )
                };
                let rows: String = (0..40).map(row).collect();
                file(request, &zip_of("2026-01/2026-01-metropolitan-street.csv", &(head.to_owned() + &rows)), "\"police\"")
            }
            _ => reply("404 Not Found", &[], b""),
        }
    }

    #[test]
    fn from_a_name_to_a_checked_study_from_copies_and_a_second_run_asks_nobody() {
        let study = first_plan_of("Bexley", "");
        let server = Server::new(|request, _| publishers(request));
        let fetched = study.gapmap(&["fetch", "it/study.toml", "--from", &server.base]);
        assert_eq!(fetched.status.code(), Some(0), "{}", told(&fetched));
        let names: Vec<String> = study.tree("it").keys().cloned().collect();
        for name in ["boundaries/lsoa-2021.geojson", "population.csv", "police/2026-01.zip", "fetched.json"] {
            assert!(names.iter().any(|n| n.ends_with(name)), "{name} is not among {names:?}");
        }
        assert!(names.iter().all(|n| !n.contains("gapmap-")), "{names:?}");
        server.asked();
        let again = study.gapmap(&["fetch", "it/study.toml", "--from", &server.base]);
        assert!(again.status.success() && told(&again).matches("there already").count() == 3, "{}", told(&again));
        assert!(server.asked().is_empty());
        let check = study.gapmap(&["check", "it/study.toml"]);
        let problems = told(&check);
        assert!(!problems.contains("R101") && problems.contains("police"), "{problems}");
    }

    #[test]
    fn what_cannot_be_had_is_told_with_its_place_and_does_not_keep_the_rest_back() {
        let study = first_plan_of("Bexley", "");
        let server = Server::new(|request, _| match request.path.contains("nomisweb") {
            true => reply("404 Not Found", &[], b""),
            false => publishers(request),
        });
        let fetched = study.gapmap(&["fetch", "it/study.toml", "--from", &server.base]);
        let text = told(&fetched);
        assert!(
            fetched.status.code() == Some(1) && text.contains("N502") && text.contains("population.csv") && text.contains("is not there"),
            "{text}"
        );
        assert!(study.folder.join("it/police/2026-01.zip").is_file() && !study.folder.join("it/population.csv").exists());
    }
}
