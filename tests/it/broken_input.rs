//! Broken input gives a placed, plain-English problem with a next step, exit code 1, and nothing half-written.
//!
//! The texts are snapshots of what the program prints: look at them when they change.

use std::io::Write;

use crate::study_files::Study;

/// Breaks a good study, runs the program, and holds its words against the snapshot.
fn broken(name: &str, breaks: impl FnOnce(&Study)) {
    let study = Study::small();
    breaks(&study);
    let (code, text) = study.check();
    assert_eq!(code, Some(1), "{name}: {text}");
    assert!(!study.folder.join("out").exists(), "{name}: something was written");
    assert!(!text.contains("panicked"), "{text}");
    assert!(text.contains("next: "), "{name} gives no next step: {text}");
    insta::assert_snapshot!(name, text);
}

const MARCH: &str = "police/2025-03/2025-03-quillmere-street.csv";
const SERVICES: &str = "services/commissioned.csv";
const FEED: &str = "services/open-referral.json";
const AREAS: &str = "boundaries/lsoa2021.geojson";

/// Of feeds and downloads bad records are set aside, unless the plan says otherwise.
fn stop_at_bad_records(study: &Study, kind: &str) {
    let line = format!("kind = \"{kind}\"");
    study.replace("study.toml", &line, &format!("{line}\nbad-records = \"stop\""));
}

#[test]
fn a_truncated_zip() {
    broken("truncated_zip", |study| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("2025-03/2025-03-quillmere-street.csv", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&study.read(MARCH)).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        study.write("police.zip", &bytes[..bytes.len() / 2]);
        study.replace("study.toml", "path = \"police\"", "path = \"police.zip\"");
    });
}

#[test]
fn a_missing_column() {
    broken("missing_column", |study| study.replace(MARCH, "LSOA code,", "LSOA,"));
}

#[test]
fn latitude_and_longitude_swapped() {
    broken("swapped_coordinates", |study| {
        study.replace(
            "study.toml",
            "longitude = \"Longitude\", latitude = \"Latitude\"",
            "longitude = \"Latitude\", latitude = \"Longitude\"",
        )
    });
}

#[test]
fn a_coordinate_system_that_lies() {
    broken("lying_crs", |study| study.replace(AREAS, "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::27700"));
}

#[test]
fn half_a_geojson() {
    broken("half_geojson", |study| {
        let bytes = study.read(AREAS);
        study.write(AREAS, &bytes[..bytes.len() / 2]);
    });
}

#[test]
fn an_empty_file() {
    broken("empty_file", |study| study.write(MARCH, b""));
}

#[test]
fn a_month_out_of_range() {
    broken("month_out_of_range", |study| {
        stop_at_bad_records(study, "police-uk-street");
        study.replace(MARCH, ",2025-03,", ",2025-13,");
    });
}

#[test]
fn an_unknown_code() {
    broken("unknown_code", |study| study.replace("study.toml", "\"E06990001\"", "\"E06990009\""));
}

#[test]
fn a_negative_count() {
    broken("negative_count", |study| {
        study.write("extract.csv", b"Month,LSOA,Offence,Number\n2025-03,E01990001,Harassment,4\n2025-03,E01990002,Harassment,-2\n");
        let plan = study.text("study.toml")
            + "\n[[source]]\nkind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\nsensitivity = \"restricted\"\ntopic = \"incidents\"\n\
            columns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }\n";
        study.write("study.toml", plan.as_bytes());
    });
}

#[test]
fn a_duplicate_service_id() {
    broken("duplicate_service", |study| study.replace(SERVICES, "CS-02,", "CS-01,"));
}

#[test]
fn a_line_of_a_hundred_megabytes() {
    broken("endless_line", |study| {
        let mut bytes = study.read(SERVICES);
        bytes.extend(b"CS-99,\"");
        bytes.resize(100 << 20, b'x');
        study.write(SERVICES, &bytes);
    });
}

#[test]
fn bytes_that_are_not_utf_8() {
    broken("invalid_utf8", |study| {
        let mut bytes = study.read(SERVICES);
        let at = bytes.windows(12).position(|w| w == b"ISVA Service").unwrap();
        bytes[at] = 0x81;
        study.write(SERVICES, &bytes);
    });
}

#[test]
fn a_plan_with_a_typo() {
    broken("plan_typo", |study| study.replace("study.toml", "area-name", "area-nmae"));
}

#[test]
fn a_plan_with_an_unknown_kind() {
    broken("plan_unknown_kind", |study| study.replace("study.toml", "kind = \"police-uk-street\"", "kind = \"police-uk-streets\""));
}

#[test]
fn a_service_at_latitude_a_hundred() {
    broken("impossible_latitude", |study| {
        stop_at_bad_records(study, "services-open-referral");
        let mut feed: serde_json::Value = serde_json::from_slice(&study.read(FEED)).unwrap();
        feed["contents"][0]["service_at_locations"][0]["location"]["latitude"] = serde_json::json!(100);
        study.write(FEED, feed.to_string().as_bytes());
    });
}

#[test]
fn a_refuge_with_a_postcode() {
    let study = Study::small();
    let mut feed: serde_json::Value = serde_json::from_slice(&study.read(FEED)).unwrap();
    let refuge = feed["contents"].as_array_mut().unwrap().iter_mut().find(|s| s["name"] == "Quillmere Refuge").unwrap();
    refuge["service_at_locations"] = serde_json::json!([{"location": {"location_type": "physical", "latitude": 53.0123, "longitude": 0.4567,
        "addresses": [{"address_1": "7 Hidden Lane", "postal_code": "ZZ9 7QX"}]}}]);
    study.write(FEED, feed.to_string().as_bytes());
    study.write(
        SERVICES,
        study
            .text(SERVICES)
            .replace(
                "CS-12,Dispersed Accommodation,Invented Provider,dispersed,,,,",
                "CS-12,Dispersed Accommodation,Invented Provider,dispersed,,,0.4567,53.0123",
            )
            .as_bytes(),
    );
    let (code, text) = study.check();
    assert_eq!(code, Some(1), "{text}");
    for secret in ["ZZ9", "7QX", "Hidden", "53.0123", "0.4567"] {
        assert!(!text.contains(secret), "{secret} is echoed: {text}");
    }
    assert!(!study.folder.join("out").exists());
    insta::assert_snapshot!("refuge_with_postcode", text);
}

#[test]
fn a_restricted_row_is_described_and_never_quoted() {
    let study = Study::small();
    study.replace("reports/street-safety.csv", "R00003,", "R00003,Smith 1 Privet Drive");
    let (code, text) = study.check();
    assert_eq!(code, Some(1), "{text}");
    assert!(!text.contains("Privet"), "{text}");
    assert!(text.contains("not shown"), "{text}");
    insta::assert_snapshot!("restricted_row", text);
}

#[test]
fn a_mapped_column_that_identifies_people() {
    broken("personal_column", |study| study.replace("study.toml", "category = \"Reason\"", "category = \"Victim Name\""));
}

#[test]
fn problems_come_as_json_for_programs() {
    let study = Study::small();
    stop_at_bad_records(&study, "police-uk-street");
    study.replace(MARCH, ",2025-03,", ",2025-13,");
    let output = study.gapmap(&["check", "study.toml", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    let problem = list.as_array().unwrap().iter().find(|p| p["severity"] == "error").unwrap();
    assert_eq!((problem["code"].as_str(), problem["file"].as_str()), (Some("R104"), Some(MARCH)));
    assert!(problem["line"].as_u64().unwrap() > 1 && !problem["next_step"].as_str().unwrap().is_empty());
}
