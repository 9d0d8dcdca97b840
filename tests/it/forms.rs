//! Forms in which catalogues say that a place is secret, or tell one in words, and ordinary entries that sound nearly like them.
//!
//! `forms/confidential.tsv` and `forms/ordinary.tsv` hold a form a row: what it is, of which type of service, in which field, and its text. Each is a
//! service of its own, tried as a row of a table and as a record of a feed, as it stands and in another spelling.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::diagnostics::{Severity, render_json, render_text};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::catalogue_grammar::check;
use crate::study_files::Study;

#[derive(Clone, Debug)]
struct Form {
    kind: String,
    name: String,
    types: String,
    term: String,
    site: bool,
    field: String,
    text: String,
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|l| l.split('\t').map(str::to_owned).collect()).collect()
}

fn confidential() -> Vec<Form> {
    let form = |(i, r): (usize, Vec<String>)| Form {
        kind: r[0].clone(),
        name: format!("Brindle Project {i}x"),
        types: r[1].clone(),
        term: String::new(),
        site: r[2] == "1",
        field: r[3].clone(),
        text: r[4].clone(),
    };
    rows(include_str!("forms/confidential.tsv")).into_iter().enumerate().map(form).collect()
}

fn ordinary() -> Vec<Form> {
    let form = |(i, r): (usize, Vec<String>)| Form {
        kind: "ordinary".into(),
        name: format!("{} {i}", r[0]),
        types: r[1].clone(),
        term: r[2].clone(),
        site: true,
        field: r[3].clone(),
        text: r[4].clone(),
    };
    rows(include_str!("forms/ordinary.tsv")).into_iter().enumerate().map(form).collect()
}

const LON: &str = "0.413729";
const LAT: &str = "53.046713";

/// Rows of tables, one table for each heading, so that no record has an empty field that another has.
fn as_tables(study: &Study, forms: &[Form]) -> BTreeMap<(String, u64), usize> {
    let mut by_heading: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    forms.iter().enumerate().for_each(|(i, f)| by_heading.entry(&f.field).or_default().push(i));
    let (mut places, mut paths) = (BTreeMap::new(), Vec::new());
    for (n, (heading, of)) in by_heading.into_iter().enumerate() {
        let path = format!("more/f{n}.csv");
        let mut writer = csv::Writer::from_writer(Vec::new());
        let fixed = ["service_id", "name", "provider", "types", "longitude", "latitude", "area_served"];
        let extra = (!fixed.contains(&heading)).then_some(heading);
        writer.write_record(fixed.into_iter().chain(extra)).unwrap();
        for (line, i) in of.into_iter().enumerate() {
            let f = &forms[i];
            let (lon, lat) = if f.site { (LON, LAT) } else { ("", "") };
            let (id, provider) = (format!("ZZ-{i}"), format!("Invented Provider {i}x"));
            let own = |heading: &str, usual: &str| match heading == f.field {
                true if heading == "types" => f.text.clone(),
                true => format!("{} {i}x", f.text),
                false => usual.to_owned(),
            };
            let row =
                [id, own("name", &f.name), own("provider", &provider), own("types", &f.types), lon.into(), lat.into(), "E06990001".into()];
            writer.write_record(row.into_iter().chain(extra.map(|_| f.text.clone()))).unwrap();
            places.insert((path.clone(), line as u64 + 2), i);
        }
        study.write(&path, &writer.into_inner().unwrap());
        paths.push(path);
    }
    let plan = study.text("study.toml");
    study.write(
        "study.toml",
        format!("{plan}\n[[source]]\nkind = \"services-csv\"\nname = \"more\"\npath = {paths:?}\nsensitivity = \"open\"\n").as_bytes(),
    );
    places
}

/// Records of a feed.
fn as_feed(study: &Study, forms: &[Form]) {
    let record = |(i, f): (usize, &Form)| -> Value {
        let term = |name: &str| json!({"taxonomy_term": {"id": format!("{name}-{i}"), "name": name}});
        let typed = json!({"taxonomy_term": {"id": f.types, "name": f.types}});
        let mut terms: Vec<Value> = if f.types.is_empty() { vec![] } else { vec![typed] };
        terms.extend((!f.term.is_empty()).then(|| term(&f.term)));
        let mut v = json!({"id": format!("ZZ-{i}"), "name": f.name, "status": "active", "attributes": terms,
            "organization": {"id": format!("o{i}"), "name": format!("Invented Provider {i}x")}});
        if f.site {
            let (lat, lon): (f64, f64) = (LAT.parse().unwrap(), LON.parse().unwrap());
            v["service_at_locations"] =
                json!([{"id": "l", "location": {"id": format!("p{i}"), "location_type": "physical", "latitude": lat, "longitude": lon}}]);
        }
        match f.field.as_str() {
            "name" => v["name"] = json!(format!("{} {i}x", f.text)),
            "provider" => v["organization"]["name"] = json!(f.text),
            "types" => v["attributes"] = f.text.split(';').map(|t| term(t.trim())).collect(),
            "eligibility" => v["eligibility_description"] = json!(f.text),
            "languages" => v["languages"] = json!([{"name": f.text}]),
            other => v[other] = json!(f.text),
        }
        v
    };
    let all: Vec<Value> = forms.iter().enumerate().map(record).collect();
    study.write("more/feed.json", &serde_json::to_vec(&all).unwrap());
    let plan = study.text("study.toml");
    study.write(
        "study.toml",
        format!(
            "{plan}\n[[source]]\nkind = \"services-open-referral\"\nname = \"more\"\npath = \"more/feed.json\"\nsensitivity = \"open\"\n"
        )
        .as_bytes(),
    );
}

/// Which of the forms stop a run, each by a problem of its own.
fn stopped(forms: &[Form], in_tables: bool) -> BTreeSet<usize> {
    let study = Study::small();
    let places = if in_tables { as_tables(&study, forms) } else { BTreeMap::new() };
    if !in_tables {
        as_feed(&study, forms);
    }
    let (_, problems) = check(&study);
    let said = render_text(&problems) + &render_json(&problems);
    for shown in [LON, LAT, "Brindle Project", "Zinnia", "Yarrow", "Aldersea", "998127", "u12zv7k3q"] {
        assert!(!said.contains(shown), "{shown} is shown");
    }
    let errors = problems.list().iter().filter(|p| p.severity == Severity::Error && p.code == "S301");
    errors
        .filter_map(|p| {
            let at = |i: usize| p.place.field.as_ref().is_some_and(|f| f.starts_with(&format!("[{i}]")));
            if in_tables { places.get(&(p.place.file.clone(), p.place.line?)).copied() } else { (0..forms.len()).find(|i| at(*i)) }
        })
        .collect()
}

/// Another spelling of a text, by a seed: what it says stays the same.
fn respelt(text: &str, seed: u64) -> String {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    match dice.next_u64() % 5 {
        0 => text.to_uppercase(),
        1 => text.replace('\'', "\u{2019}").replace("  ", " "),
        2 => text.replace(' ', "\u{a0}"),
        3 => text.replacen('e', "e\u{ad}", 2),
        _ => text.split(' ').map(|w| format!("{w} ")).collect::<String>(),
    }
}

#[test]
fn every_form_of_secrecy_stops_the_run_and_no_place_is_accepted_in_silence() {
    let forms = confidential();
    assert!(forms.len() >= 250, "{} forms", forms.len());
    // As a term of a taxonomy, with nothing beside it that speaks of the field, initials may stand for anything: a shop for S/H books.
    let bare = |f: &Form| f.field == "types" && ["S/H", "S.A.", "DASA", "DVSA"].contains(&f.text.as_str());
    for in_tables in [true, false] {
        let forms: Vec<Form> = forms.iter().filter(|f| in_tables || !bare(f)).cloned().collect();
        let found = stopped(&forms, in_tables);
        let missed: Vec<String> = (0..forms.len())
            .filter(|i| !found.contains(i))
            .map(|i| format!("{}: {}: {}", forms[i].kind, forms[i].field, forms[i].text))
            .collect();
        println!("{} of {} forms stop", found.len(), forms.len());
        assert!(missed.is_empty(), "in tables {in_tables}:\n{}", missed.join("\n"));
    }
}

#[test]
fn no_spelling_hides_a_form_of_secrecy() {
    let seed = std::env::var("GAPMAP_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_261_126);
    let respell = |(i, f): (usize, Form)| Form { text: respelt(&f.text, seed + i as u64), ..f };
    // Initials and names of places are told by their capitals.
    let told_by_words = |f: &Form| ["secrecy", "lived in"].contains(&f.kind.as_str());
    let forms: Vec<Form> = confidential().into_iter().filter(told_by_words).enumerate().map(respell).collect();
    let found = stopped(&forms, false);
    let missed: Vec<&str> = (0..forms.len()).filter(|i| !found.contains(i)).map(|i| forms[i].text.as_str()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Ordinary entries that stop: each says of itself what a refuge says, and only its provider can know.
const TORN: [&str; 2] = ["Brindle Safe Haven", "Brindle Escape Room"];

#[test]
fn ordinary_entries_that_sound_nearly_like_it_are_published() {
    let forms = ordinary();
    assert!(forms.len() >= 100, "{} forms", forms.len());
    for in_tables in [true, false] {
        let found = stopped(&forms, in_tables);
        let wrongly: Vec<String> = found
            .iter()
            .filter(|i| !TORN.iter().any(|t| forms[**i].name.starts_with(t)))
            .map(|i| format!("{}: {}", forms[*i].name, forms[*i].text))
            .collect();
        assert!(wrongly.is_empty(), "in tables {in_tables}:\n{}", wrongly.join("\n"));
        let rest: Vec<Form> = (0..forms.len()).filter(|i| !found.contains(i)).map(|i| forms[i].clone()).collect();
        let study = Study::small();
        if in_tables {
            as_tables(&study, &rest);
        } else {
            as_feed(&study, &rest);
        }
        let (built, problems) = check(&study);
        let built = built.unwrap_or_else(|| panic!("{}", render_text(&problems)));
        let public: BTreeSet<&str> = built.catalogue.public.iter().filter(|s| !s.sites.is_empty()).map(|s| s.id.as_str()).collect();
        let kept_back: Vec<&str> =
            (0..rest.len()).filter(|i| !public.contains(format!("ZZ-{i}").as_str())).map(|i| rest[i].text.as_str()).collect();
        assert!(kept_back.is_empty(), "{kept_back:#?}");
    }
}

/// What stands beside the tables of a package and is not read could say which of its services are secret.
#[test]
fn a_file_of_a_package_that_is_not_read_stops_the_run() {
    let with = |name: &str, text: &str| {
        let study = Study::small();
        study.write("more/services.csv", b"id,organization_id,name,status\nPP-1,O1,Talking Room,active\n");
        study.write("more/organizations.csv", b"id,name\nO1,Invented Provider\n");
        if !name.is_empty() {
            study.write(&format!("more/{name}"), text.as_bytes());
        }
        let plan = study.text("study.toml");
        study.write(
            "study.toml",
            format!("{plan}\n[[source]]\nkind = \"services-hsds\"\nname = \"more\"\npath = \"more\"\nsensitivity = \"open\"\n").as_bytes(),
        );
        let (_, problems) = check(&study);
        problems.list().iter().filter(|p| p.severity == Severity::Error).map(|p| p.code.name()).collect::<Vec<_>>()
    };
    for (name, text) in [
        ("", ""),
        ("README.md", "Confidential services are left out."),
        ("LICENSE", "CC0"),
        ("datapackage.json", r#"{"name": "x", "resources": [{"path": "services.csv"}]}"#),
        (".DS_Store", "x"),
    ] {
        assert_eq!(with(name, text), Vec::<&str>::new(), "{name}");
    }
    for (name, text) in [
        ("flags.json", r#"[{"service_id": "PP-1", "confidential": true}]"#),
        ("locations.json", r#"[{"id": "L1", "latitude": 53.0432, "longitude": 0.4183}]"#),
        ("envelope.json", r#"{"contents": [{"id": "PP-1", "confidential": true}]}"#),
        ("extra/flags.csv", "service_id,confidential\nPP-1,yes\n"),
        ("datapackage.json", r#"{"resources": [{"name": "flags", "data": [{"service_id": "PP-1", "confidential": "yes"}]}]}"#),
        ("datapackage.json", "{"),
        ("notes.txt", "PP-1 is a refuge"),
        ("services.ndjson", "{}"),
        ("sites.geojson", "{}"),
    ] {
        assert_eq!(with(name, text), ["R126"], "{name}");
    }
}

/// Of two members of one name most programs keep the last: then a flag, a name or a place is lost.
#[test]
fn a_member_that_stands_twice_stops_the_run() {
    for record in [
        r#"{"id": "PP-1", "name": "Rosewood Refuge", "name": "Rosewood", "status": "active"}"#,
        r#"{"id": "PP-1", "name": "Rosewood", "status": "active", "confidential": true, "confidential": false}"#,
        r#"{"id": "PP-1", "name": "Rosewood", "status": "active", "organization": {"id": "o", "name": "A", "name": "A"}}"#,
    ] {
        let study = Study::small();
        study.write("more/feed.json", format!("[{record}]").as_bytes());
        let plan = study.text("study.toml");
        study.write("study.toml", format!("{plan}\n[[source]]\nkind = \"services-open-referral\"\nname = \"more\"\npath = \"more/feed.json\"\nsensitivity = \"open\"\n").as_bytes());
        let (built, problems) = check(&study);
        assert!(built.is_none() && problems.list().iter().any(|p| p.code == "R127"), "{record}");
        assert!(!render_text(&problems).contains("Rosewood"));
    }
}
