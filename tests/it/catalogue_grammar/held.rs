//! What the grammar makes, in every form of catalogue: kept secret, discarded, or published.

use std::collections::BTreeMap;

use gapmap::diagnostics::{Severity, render_json, render_text};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{Dice, Record, check, ordinary, put, secret};
use crate::study_files::Study;

fn dice(seed: u64) -> Dice {
    Dice(ChaCha8Rng::seed_from_u64(seed))
}

fn rounds(usual: u64) -> (u64, u64) {
    let asked: Option<u64> = std::env::var("GAPMAP_CASES").ok().and_then(|n| n.parse().ok());
    // New records each time where more are asked for.
    asked.map_or((20_261_125, usual), |n| {
        (std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64, n.div_ceil(600))
    })
}

const EACH: usize = 200;

#[test]
fn a_confidential_record_with_a_place_stops_the_run_and_is_not_shown() {
    let (seed, rounds) = rounds(9);
    let mut seen = 0;
    for round in 0..rounds {
        for form in 0..3 {
            let mut dice = dice(seed + round * 3 + form as u64);
            let mut records: Vec<Record> = (0..EACH).map(|i| secret(&mut dice, i, form == 0)).collect();
            // In the tables every place stands under a heading of its own.
            if form == 2 {
                records
                    .iter_mut()
                    .filter(|r| r.place.as_ref().is_some_and(|p| p.0 != "description"))
                    .for_each(|r| r.place.as_mut().unwrap().0 = "elsewhere");
            }
            let study = put(form, &records, false);
            let (built, problems) = check(&study);
            assert!(built.is_none(), "form {form}");
            let text = render_text(&problems) + &render_json(&problems);
            for record in &records {
                for piece in record.never_shown.iter().filter(|p| p.len() > 3) {
                    assert!(!text.contains(piece.as_str()), "form {form}: {piece} is shown");
                }
            }
            // Each has its own problem.
            let stops = problems.list().iter().filter(|p| p.code == "S301" && p.severity == Severity::Error).count();
            if stops != records.len() {
                let missing = records.iter().filter(|r| {
                    let alone = put(form, std::slice::from_ref(*r), false);
                    !check(&alone).1.list().iter().any(|p| p.code == "S301")
                });
                let missing: Vec<String> = missing.map(|r| format!("{:?} {:?} {:?}", r.fields, r.place, r.site)).collect();
                panic!("form {form}: {stops} of {} stop the run; not:\n{}", records.len(), missing.join("\n"));
            }
            seen += records.len();
        }
    }
    println!("{seen} confidential records with a place, each stopped");
    assert!(seen >= 5_000 || std::env::var("GAPMAP_CASES").is_ok());
}

#[test]
fn where_places_are_discarded_none_of_them_matters() {
    let (seed, rounds) = rounds(1);
    for round in 0..rounds {
        for form in 0..3 {
            let mut dice = dice(seed + 7_000 + round * 3 + form as u64);
            let records: Vec<Record> = (0..60).map(|i| secret(&mut dice, i, form == 0)).collect();
            let bare = records.iter().cloned().map(|r| Record { place: None, site: None, ..r }).collect::<Vec<_>>();
            let moved = records.iter().cloned().map(|r| Record { site: Some((0.44, 53.05)), ..r }).collect::<Vec<_>>();
            let first_records = records.clone();
            let mut first = None;
            for records in [records, bare, moved] {
                let study = put(form, &records, true);
                let (code, text) = study.check();
                assert_eq!(code, Some(0), "form {form}: {text}");
                let out = study.tree("out");
                let same = first.get_or_insert_with(|| out.clone());
                let differs: Vec<&String> = out.iter().filter(|(path, bytes)| same.get(*path) != Some(bytes)).map(|f| f.0).collect();
                assert!(differs.is_empty() && out.len() == same.len(), "form {form}: {differs:?}");
                for (path, bytes) in &out {
                    let text = String::from_utf8_lossy(bytes);
                    let named = text.find("ZZ-").map(|at| text[at..].chars().take(9).collect::<String>());
                    let which = first_records.iter().filter(|r| named.as_ref().is_some_and(|n| n.starts_with(&r.id)));
                    assert!(named.is_none(), "{path} names a confidential service: {:?}", which.collect::<Vec<_>>());
                }
            }
        }
    }
}

#[test]
fn ordinary_services_are_published() {
    let mut dice = dice(41);
    for form in 0..3 {
        let records: Vec<Record> = (0..80).map(|i| ordinary(&mut dice, i)).collect();
        let study = put(form, &records, false);
        let (built, problems) = check(&study);
        let built = built.unwrap_or_else(|| panic!("form {form}: {}", render_text(&problems)));
        let sites = |id: &str| built.catalogue.public.iter().find(|s| s.id == id).map_or(0, |s| s.sites.len());
        for record in &records {
            assert_eq!(sites(&record.id), 1, "form {form}: {:?}", record.fields);
        }
    }
}

/// The one way out: by name, with a reason, unless the catalogue says the opposite.
#[test]
fn only_the_plan_makes_a_place_public() {
    let church = |flag: &str| {
        let fields = BTreeMap::from([
            ("name", "Holy Refuge church".to_owned()),
            ("types", String::new()),
            ("provider", "A parish".to_owned()),
            ("confidential", flag.to_owned()),
        ]);
        Record { id: "PP-1".into(), fields, place: None, site: Some((0.4183, 53.0432)), never_shown: vec![] }
    };
    let with_plan = |record: &Record, entry: &str| {
        let study = put(0, std::slice::from_ref(record), false);
        let plan = study.text("study.toml").replacen("[[source]]", &format!("{entry}\n[[source]]"), 1);
        study.write("study.toml", plan.as_bytes());
        study
    };
    let entry = "[[study.public-place]]\nid = \"PP-1\"\nbecause = \"A parish church with a board at its gate\"\n";
    let codes = |study: &Study| -> Vec<&'static str> {
        check(study).1.list().iter().filter(|p| p.severity == Severity::Error).map(|p| p.code.name()).collect()
    };
    // A flag of `no` is no way out, and may be a default of its column.
    assert_eq!(codes(&with_plan(&church("no"), "")), ["S301"]);
    assert_eq!(codes(&with_plan(&church(""), "")), ["S301"]);
    let study = with_plan(&church("no"), entry);
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    assert!(study.text("out/layers/service-sites.public.geojson").contains("PP-1"));
    assert!(study.text("out/report.public.html").contains("board at its gate"), "the reason stands beside the ledger");
    // Of a restricted catalogue the public is told neither the service nor the reason.
    let study = with_plan(&church("no"), entry);
    study.replace(
        "study.toml",
        "path = \"more/flat.csv\"\nsensitivity = \"open\"",
        "path = \"more/flat.csv\"\nsensitivity = \"restricted\"",
    );
    assert_eq!(study.check().0, Some(0));
    for (path, bytes) in study.tree("out") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("board at its gate") && !text.contains("PP-1"), "{path}");
    }
    // The catalogue says the opposite; there is no such service; there is no reason.
    assert_eq!(codes(&with_plan(&church("yes"), entry)), ["S317"]);
    assert_eq!(codes(&with_plan(&church("no"), &entry.replace("PP-1", "PP-2"))), ["S317", "S301"]);
    assert_eq!(codes(&with_plan(&church("no"), &entry.replace("A parish church with a board at its gate", ""))), ["S317"]);
    // No reason outweighs the record's own words, nor does one that says the opposite.
    let mut says_so = church("no");
    says_so.fields.insert("description", "The address is secret.".to_owned());
    assert_eq!(codes(&with_plan(&says_so, entry)), ["S317"]);
    let reason = "it is a confidential refuge, its address is secret";
    assert_eq!(codes(&with_plan(&church("no"), &entry.replace("A parish church with a board at its gate", reason))), ["S317"]);
}

/// The same service without a place in one catalogue, and as a plain site in another.
#[test]
fn a_service_that_is_confidential_in_one_catalogue_is_so_in_all() {
    for (name, provider) in [
        ("Rowan Project", "Invented Provider"),
        ("The Rowan project", "INVENTED PROVIDER LTD"),
        ("Rowan-Project", ""),
        ("Rowan Project (North)", "Invented Provider"),
    ] {
        let fields = BTreeMap::from([("name", name.to_owned()), ("types", "counselling".to_owned()), ("provider", provider.to_owned())]);
        let plain = Record { id: "PP-1".into(), fields, place: None, site: Some((0.4183, 53.0432)), never_shown: vec![] };
        let study = put(1, &[plain], false);
        assert!(check(&study).0.is_some());
        let text = study.text("services/commissioned.csv");
        study.write(
            "services/commissioned.csv",
            (text + "ZZ-1,Rowan Project,Invented Provider,refuge,,,,,E06990001,,active,6,places,,,,,,,,\n").as_bytes(),
        );
        let (built, problems) = check(&study);
        assert!(built.is_none() && problems.list().iter().any(|p| p.code == "S301"), "{name}: {}", render_text(&problems));
    }
}

/// A directory of everything has many records that speak of abuse in passing. Nobody knows what they are: they are kept back, and stop nobody.
#[test]
fn a_record_that_speaks_of_abuse_and_has_no_type_is_kept_back_without_a_stop() {
    let fields = BTreeMap::from([
        ("name", "The Willows".to_owned()),
        ("provider", "Invented Provider".to_owned()),
        ("description", "For women who have lived with domestic abuse. Ring at QM1 2XY.".to_owned()),
    ]);
    let record = Record { id: "PP-1".into(), fields, place: None, site: Some((0.4183, 53.0432)), never_shown: vec![] };
    for form in 0..3 {
        let (built, problems) = check(&put(form, std::slice::from_ref(&record), false));
        let built = built.unwrap_or_else(|| panic!("form {form}: {}", render_text(&problems)));
        assert!(built.catalogue.public.iter().all(|s| s.id != "PP-1"), "form {form}");
        assert!(problems.list().iter().any(|p| p.code == "S316"), "form {form}: nobody is told");
    }
}

/// A mark under a heading that speaks of secrecy or of publishing counts, unless it is plainly the safe answer.
#[test]
fn a_mark_under_a_heading_of_its_own_is_heard() {
    let with = |heading: &str, value: &str| {
        let study = Study::small();
        let (types, extra) = if heading == "types" { (value, ("more", "")) } else { ("counselling", (heading, value)) };
        let row =
            format!("service_id,name,types,longitude,latitude,{}\nPP-1,Talking Room,\"{types}\",0.4183,53.0432,\"{}\"\n", extra.0, extra.1);
        study.write("more/flat.csv", row.as_bytes());
        let plan = study.text("study.toml");
        study.write(
            "study.toml",
            format!("{plan}\n[[source]]\nkind = \"services-csv\"\nname = \"more\"\npath = \"more/flat.csv\"\nsensitivity = \"open\"\n")
                .as_bytes(),
        );
        check(&study).0.is_some()
    };
    for (heading, value) in [
        ("Is refuge", "yes"),
        ("Lloches", "Ydy"),
        ("address confidential", "Y"),
        ("Do not publish address", "yes"),
        ("hide_location", "1"),
        ("public_address", "no"),
        ("publish address?", "FALSE"),
        ("visibility", "private"),
        ("Cyfrinachol", "ie"),
        ("status", "confidential"),
        ("capacity_unit", "family units"),
        ("confidential", "unknown"),
        ("private address", "not known"),
        ("Publish on the map", "ask the manager first, since 3 May"),
        ("mask_exact_address", "true"),
        ("types", "counselling, a roof over her head"),
        ("types", "counselling / somewhere"),
        ("not for publication", "yes"),
        ("can_be_mapped", "no"),
        ("GDPR", "do not disclose"),
        ("notes", "do not map"),
        ("notes", "Our address is not published for safety reasons."),
        ("notes", "Location is known to professionals only"),
        ("notes", "Residents sign an agreement not to tell anyone where the building is."),
        ("notes", "Rhoddir y cyfeiriad ar ôl cael eich derbyn."),
        ("notes", "Address with-held."),
        ("beds", "8"),
    ] {
        assert!(!with(heading, value), "{heading}: {value} is published");
    }
    for (heading, value) in [
        ("Is refuge", "no"),
        ("address confidential", "N"),
        ("public_address", "yes"),
        ("visibility", "public"),
        ("public_transport", "Bus 12"),
        ("published", "2025-11-03"),
        ("Manager", "A person"),
        ("types", "counselling and advocacy"),
        ("types", "counselling, idva"),
        ("visible_from", "2025-11-03"),
    ] {
        assert!(with(heading, value), "{heading}: {value} stops the run");
    }
}
