//! What is said around a catalogue and in its records of places that are kept back: heard in every form, and ordinary things to say let through.

use std::io::Write;

use crate::catalogue_grammar::{Record, check, put};
use crate::study_files::Study;

/// A table of one ordinary service with a place.
pub const TABLE: &str = "service_id,name,types,status,delivery,longitude,latitude\nK1,Larkspur,counselling,active,site,0.41,53.04\n";

/// A small study with one catalogue more.
pub fn with_source(kind: &str, path: &str) -> Study {
    let study = Study::small();
    let plan = study.text("study.toml");
    let source = format!("[[source]]\nkind = \"{kind}\"\nname = \"more\"\npath = \"{path}\"\nsensitivity = \"open\"\n");
    study.write("study.toml", format!("{plan}\n{source}").as_bytes());
    study
}

/// Whether it stops since it sounds confidential; any other problem fails the test.
pub fn stops(study: &Study, why: &str) -> bool {
    let (built, problems) = check(study);
    let told = problems.list().iter().any(|p| p.code == "S301");
    assert_eq!(built.is_none(), told, "{why}: {:?}", problems.list());
    told
}

fn hsds(study: &Study, folder: &str) {
    study.write(&format!("{folder}/services.csv"), b"id,organization_id,name,description,status\ns1,o1,Larkspur,,active\n");
    study.write(&format!("{folder}/organizations.csv"), b"id,name\no1,Invented Trust\n");
    study.write(&format!("{folder}/locations.csv"), b"id,location_type,latitude,longitude\nl1,physical,53.04,0.41\n");
    study.write(&format!("{folder}/service_at_location.csv"), b"id,service_id,location_id\nx1,s1,l1\n");
}

/// A document of Word with paragraphs; its words are parted as Word parts them.
fn document(paragraphs: &[&str]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<w:document><w:body>").unwrap();
    for text in paragraphs {
        let (a, b) = text.split_at(text.len() / 2);
        archive.write_all(format!("<w:p><w:r><w:t>{a}</w:t></w:r><w:r><w:t>{b}</w:t></w:r></w:p>").as_bytes()).unwrap();
    }
    archive.write_all(b"</w:body></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_line_above_a_table_that_calls_it_confidential_stops_the_run_and_praise_of_advice_does_not() {
    let study = with_source("services-csv", "more/flat.csv");
    let heard = |above: &str| {
        study.write("more/flat.csv", format!("{above}\n\n{TABLE}").as_bytes());
        stops(&study, above)
    };
    for above in [
        "CONFIDENTIAL",
        "All services below are confidential",
        "The addresses of the services below are confidential",
        "The addresses of the services below are\nconfidential",
        "Confidential services",
        "OFFICIAL-SENSITIVE",
        "Addresses blanked out",
        "All entries suppressed",
        "All information in this file is confidential",
    ] {
        assert!(heard(above), "{above}");
    }
    for above in [
        "Free and confidential advice",
        "Free and confidential advice for everybody in Quillmere",
        "Services of the council with their addresses",
        "All calls are confidential",
        "Services (non-confidential)",
        "A list of free\nconfidential advice in Quillmere",
    ] {
        assert!(!heard(above), "{above}");
    }
}

#[test]
fn the_name_of_a_file_or_folder_is_heard_whatever_the_kind_of_catalogue() {
    for (path, secret) in [
        ("2. Confidential refuges/flat.csv", true),
        ("v1.2 confidential refuges/flat.csv", true),
        ("DA services CONFIDENTIAL.csv", true),
        ("confidential.csv", true),
        ("2. Services v1.2/flat.csv", false),
        ("free confidential advice.csv", false),
        ("services (not confidential).csv", false),
    ] {
        let study = with_source("services-csv", path);
        study.write(path, TABLE.as_bytes());
        assert_eq!(stops(&study, path), secret, "{path}");
    }
    for (folder, secret) in [("Confidential refuges", true), ("2. Confidential services", true), ("2. Services", false)] {
        let study = with_source("services-hsds", folder);
        hsds(&study, folder);
        assert_eq!(stops(&study, folder), secret, "{folder}");
        let path = format!("{folder}/feed.json");
        let study = with_source("services-open-referral", &path);
        study.write(&path, br#"[{"id": "K1", "name": "Larkspur", "status": "active"}]"#);
        assert_eq!(stops(&study, &path), secret, "{path}");
    }
    let study = with_source("services-hsds", "package");
    hsds(&study, "package");
    study.write("package/confidential contacts.csv", b"id,service_id,name\nc1,s1,Somebody\n");
    assert!(stops(&study, "a table of the package"));
}

#[test]
fn a_text_beside_a_package_is_heard_over_the_ends_of_its_lines_and_in_any_form() {
    let study = with_source("services-hsds", "package");
    hsds(&study, "package");
    let heard = |name: &str, bytes: &[u8]| {
        study.write(&format!("package/{name}"), bytes);
        let told = stops(&study, name);
        std::fs::remove_file(study.folder.join("package").join(name)).unwrap();
        told
    };
    for text in [
        "These are safe\nhouses.\n",
        "The locations of the services in this package are\nconfidential.\n",
        "The addresses in this package are\nsecret and must be kept\nconfidential.\n",
        "CONFIDENTIAL. Do not share outside the partnership.\n",
        "Services of Quillmere\n\nAll services in this package are confidential.\n",
    ] {
        assert!(heard("README.txt", text.as_bytes()), "{text}");
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(heard("README.txt", &wide), "in two bytes a letter: {text}");
        assert!(heard("README.docx", &document(&text.split("\n\n").map(|p| p.trim()).collect::<Vec<_>>())), "in Word: {text}");
    }
    let described = br#"{"name": "quillmere", "description": "All services in this package are confidential", "resources": []}"#;
    assert!(heard("datapackage.json", described));
    for text in [
        "This package holds the services of Quillmere library and its sports clubs.\n",
        "Free and\nconfidential advice for everybody.\n",
        "- locations.csv: the location of each service\n- private rooms are not listed\n",
        "We respect confidentiality.\n",
    ] {
        assert!(!heard("README.txt", text.as_bytes()), "{text}");
        assert!(!heard("README.docx", &document(&[text.trim()])), "in Word: {text}");
    }
    let described = br#"{"name": "quillmere", "resources": [{"name": "services", "schema": {"fields": [{"name": "confidential", "type": "boolean"}]}}]}"#;
    assert!(!heard("datapackage.json", described));
    // What cannot be read may say it.
    study.write("package/README.pdf", b"%PDF-1.4 \x00");
    let (built, problems) = check(&study);
    assert!(built.is_none() && problems.list().iter().any(|p| p.code == "R126"), "{:?}", problems.list());
}

fn record(name: &str, types: &str, description: &str) -> Record {
    let fields = [("name", name), ("types", types), ("provider", "Invented Provider"), ("description", description)];
    Record {
        id: "ZZ-1".into(),
        fields: fields.into_iter().map(|(k, v)| (k, v.to_owned())).collect(),
        place: None,
        site: Some((0.4183, 53.0432)),
        never_shown: vec![],
    }
}

#[test]
fn a_record_that_says_it_of_its_centre_is_kept_back() {
    for form in 0..3 {
        for said in [
            "The location of our centre is confidential.",
            "The locations of our centres are confidential",
            "The address of the centre, for the safety of women, is confidential",
            "The location of our women's centre in town is kept secret.",
            "The location, for reasons of safety, is confidential.",
            "We keep the locations of our centres secret.",
            "Mae lleoliad y ganolfan yn gyfrinachol.",
        ] {
            assert!(stops(&put(form, &[record("Larkspur", "counselling", said)], false), said), "form {form}: {said}");
        }
        for said in [
            "The location of our centre is not confidential.",
            "The location is central and confidential advice is given.",
            "At our location in the library our service is confidential.",
            "Access to the location by car is restricted.",
            "Find us at this location, for confidential advice, on weekdays.",
            "We keep your address confidential.",
        ] {
            assert!(!stops(&put(form, &[record("Quillmere Library", "", said)], false), said), "form {form}: {said}");
        }
    }
}

#[test]
fn plainly_ordinary_services_are_let_through_and_what_is_like_them_and_none_is_not() {
    let published = |name: &str, types: &str, said: &str| !stops(&put(0, &[record(name, types, said)], false), name);
    for (name, types, said) in [
        ("Safe Haven", "safe_haven_night", "A safe haven for anyone on a night out."),
        ("Housing Options Desk", "housing_options", "Housing advice for those leaving a refuge"),
        ("Alcoholics Anonymous meeting", "", "An anonymous and confidential meeting."),
        ("Legal Advice Centre", "advice", ""),
    ] {
        assert!(published(name, types, said), "{name}: {said}");
    }
    for (name, types, said) in [
        ("Safe Haven", "", ""),
        ("Safe Haven", "counselling", ""),
        ("Safe Haven", "safe_haven_night; counselling", ""),
        ("Safe Haven", "safe_haven_night", "Beds for women fleeing abuse."),
        ("Safe Haven Refuge", "safe_haven_night", ""),
        ("Larkspur", "counselling", "A house for those leaving a refuge"),
        ("Larkspur", "counselling", "Support for women leaving the refuge"),
        ("Larkspur", "counselling", "Secret meeting place"),
        ("Larkspur", "advice", ""),
        ("Domestic Abuse Legal Advice Centre", "women's support", "Somewhere to stay for survivors"),
    ] {
        assert!(!published(name, types, said), "{name}: {said}");
    }
}

/// As `docs/how-we-protect-people.md` says: a page, a box or a number of its own makes two records one service with a telling word of both names, or the same
/// provider where one gives no type; alone it does not.
#[test]
fn a_number_or_a_box_that_two_records_share_makes_them_one_service_beside_a_name_alone() {
    let kept_back = |name: &str, types: &str, provider: &str| {
        let study = with_source("services-open-referral", "more/feed.json");
        let contact = r#""phones": [{"number": "0808 157 0123"}], "email": "larkspur@example.org""#;
        let term =
            if types.is_empty() { String::new() } else { format!(r#""attributes": [{{"taxonomy_term": {{"name": "{types}"}}}}], "#) };
        let place = r#""locations": [{"location_type": "physical", "latitude": 53.0432, "longitude": 0.4183}]"#;
        let feed = format!(
            r#"[{{"id": "ZZ-1", "name": "Larkspur Office", "status": "active", "organization": {{"id": "o1", "name": "Invented Trust"}},
            "attributes": [{{"taxonomy_term": {{"name": "refuge"}}}}], {contact}}},
            {{"id": "PP-1", "name": "{name}", "status": "active", "organization": {{"id": "o2", "name": "{provider}"}}, {term}{contact}, {place}}}]"#
        );
        study.write("more/feed.json", feed.as_bytes());
        stops(&study, name)
    };
    assert!(!kept_back("Talking Room", "counselling", "Another Trust"), "a number alone");
    assert!(!kept_back("Talking Room", "counselling", "Invented Trust"), "its provider's other service");
    assert!(kept_back("Larkspur Project", "", "Another Trust"), "a telling word of both names");
    assert!(kept_back("The Willows", "", "Invented Trust"), "the same provider, and no type");
}
