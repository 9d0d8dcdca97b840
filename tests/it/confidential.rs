//! The place of a confidential service, in every form a catalogue can take: refused, or dropped so that nothing depends on it.

use crate::study_files::Study;

/// A form of catalogue, and how a refuge at a place gets into it: at no place where there is none.
type Form = (&'static str, fn(&Study, Option<(f64, f64)>));

const FORMS: [Form; 7] = [
    ("flat file, by type", |study, place| {
        let (x, y) = place.map_or(Default::default(), |(x, y)| (x.to_string(), y.to_string()));
        append(study, &format!("ZZ-1,House,Invented,refuge,,site,{x},{y},E06990001,,active,6,places,,,,,,,,\n"));
    }),
    ("flat file, by flag", |study, place| {
        let (x, y) = place.map_or(Default::default(), |(x, y)| (x.to_string(), y.to_string()));
        append(study, &format!("ZZ-1,House,Invented,outreach,,outreach,{x},{y},E06990001,yes,active,6,places,,,,,,,,\n"));
    }),
    ("flat file, by words alone", |study, place| {
        let (x, y) = place.map_or(Default::default(), |(x, y)| (x.to_string(), y.to_string()));
        append(study, &format!("ZZ-1,A safe house,Invented,,,site,{x},{y},E06990001,,active,6,places,,,,,,,,\n"));
    }),
    ("Open Referral JSON", |study, place| {
        let at = place.map_or(String::new(), |(x, y)| {
            format!("{{\"id\": \"ZL\", \"location\": {{\"id\": \"ZP\", \"location_type\": \"physical\", \"latitude\": {y}, \"longitude\": {x}}}}}")
        });
        let service = format!(
            "{{\"id\": \"ZZ-1\", \"name\": \"House\", \"status\": \"active\", \"attributes\": [{{\"id\": \"ZA\", \"taxonomy_term\": \
            {{\"id\": \"refuge\", \"name\": \"Refuge\"}}}}], \"service_at_locations\": [{at}]}}"
        );
        study.write("services/more.json", format!("[{service}]").as_bytes());
        source(study, "services-open-referral", "services/more.json");
    }),
    ("Open Referral JSON, by a shape drawn around it", |study, place| {
        let around = place.map_or(String::new(), |(x, y)| {
            let corner = |dx: f64, dy: f64| format!("[{},{}]", x + dx, y + dy);
            let ring = [corner(-1e-3, -1e-3), corner(1e-3, -1e-3), corner(0.0, 1e-3), corner(-1e-3, -1e-3)].join(",");
            format!("{{\"name\": \"near\", \"extent\": {{\"type\": \"Polygon\", \"coordinates\": [[{ring}]]}}}}")
        });
        let service = format!(
            "{{\"id\": \"ZZ-1\", \"name\": \"A safe house\", \"status\": \"active\", \"locations\": [{{\"location_type\": \"virtual\"}}], \
            \"service_areas\": [{around}]}}"
        );
        study.write("services/more.json", format!("[{service}]").as_bytes());
        source(study, "services-open-referral", "services/more.json");
    }),
    ("tabular Open Referral", |study, place| {
        study.write("hsds/services.csv", b"id,organization_id,name,description,status\nZZ-1,O1,A safe house,Help,active\n");
        study.write("hsds/organizations.csv", b"id,name\nO1,Invented\n");
        let (x, y) = place.map_or(Default::default(), |(x, y)| (x.to_string(), y.to_string()));
        study.write("hsds/locations.csv", format!("id,location_type,latitude,longitude\nL1,physical,{y},{x}\n").as_bytes());
        study.write("hsds/service_at_location.csv", b"id,service_id,location_id\nX1,ZZ-1,L1\n");
        source(study, "services-hsds", "hsds");
    }),
    ("side table, of a service that the feed calls public", |study, place| {
        let (x, y) = place.map_or(Default::default(), |(x, y)| (x.to_string(), y.to_string()));
        append(study, &format!("ZZ-1,Office,Invented,outreach,,outreach,{x},{y},E06990001,,active,6,places,,,,,,,,\n"));
        let side = study.text("services/side-table.csv");
        study.write("services/side-table.csv", (side + "ZZ-1,refuge,,yes,8,family places,,,,,\n").as_bytes());
    }),
];

fn append(study: &Study, row: &str) {
    let text = study.text("services/commissioned.csv");
    study.write("services/commissioned.csv", (text + row).as_bytes());
}

fn source(study: &Study, kind: &str, path: &str) {
    let plan = study.text("study.toml");
    study.write(
        "study.toml",
        format!("{plan}\n[[source]]\nkind = \"{kind}\"\nname = \"more\"\npath = \"{path}\"\nsensitivity = \"open\"\n").as_bytes(),
    );
}

/// Lets every catalogue of the plan discard.
fn discard(study: &Study) {
    let plan = study.text("study.toml").replace("kind = \"services-", "confidential-locations = \"discard\"\nkind = \"services-");
    study.write("study.toml", plan.as_bytes());
}

/// Places in the borough, near a public site and away from all.
const PLACES: [(f64, f64); 3] = [(0.418351, 53.043217), (0.442719, 53.037483), (0.391264, 53.061938)];

#[test]
fn it_stops_the_run_and_is_not_shown() {
    for (form, put) in FORMS {
        let study = Study::small();
        put(&study, Some(PLACES[0]));
        let (code, text) = study.check();
        assert!(code == Some(1) && text.contains("S301"), "{form}: {text}");
        assert!(!text.contains("0.418") && !text.contains("53.043"), "{form}: {text}");
        assert!(!study.folder.join("out").exists() && !study.folder.join("gapmap-releases").exists(), "{form}: something was written");
    }
}

#[test]
fn where_it_is_discarded_nothing_depends_on_it() {
    for (at, (form, put)) in FORMS.into_iter().enumerate() {
        let mut first = None;
        // Every place in one form; of the others one place and none.
        let places = if at == 0 { &PLACES[..] } else { &PLACES[at % 3..at % 3 + 1] };
        for place in places.iter().copied().map(Some).chain([None]) {
            let study = Study::small();
            put(&study, place);
            discard(&study);
            let (code, text) = study.check();
            assert_eq!(code, Some(0), "{form}: {text}");
            assert_eq!(text.contains("S308"), place.is_some(), "{form}: {text}");
            assert!(place.is_none_or(|(x, y)| !text.contains(&x.to_string()) && !text.contains(&y.to_string())), "{form}: {text}");
            let out = study.tree("out");
            let same = first.get_or_insert_with(|| out.clone());
            let differs: Vec<&String> = out.iter().filter(|(path, bytes)| same.get(*path) != Some(bytes)).map(|f| f.0).collect();
            assert!(differs.is_empty() && out.len() == same.len(), "{form}, {place:?}: {differs:?}");
        }
    }
}

#[test]
fn sites_of_a_restricted_catalogue_are_in_no_public_pack() {
    let study = Study::small();
    let plan = study.text("study.toml");
    study.write(
        "study.toml",
        plan.replace(
            "path = \"services/commissioned.csv\"\nsensitivity = \"open\"",
            "path = \"services/commissioned.csv\"\nsensitivity = \"restricted\"",
        )
        .as_bytes(),
    );
    assert_eq!(study.check().0, Some(0));
    for path in ["out/findings.public.json", "out/layers/service-sites.public.geojson", "out/report.public.html"] {
        let text = study.text(path);
        assert!(!text.contains("CS-01") && !text.contains("0.4256"), "{path} lists a site of a restricted catalogue");
    }
    assert!(study.text("out/layers/service-sites.public.geojson").contains("OR-01"), "the open catalogue is listed");
}

#[test]
fn the_analyst_is_told_how_many_were_discarded() {
    let study = Study::small();
    FORMS[0].1(&study, Some(PLACES[1]));
    discard(&study);
    let output = study.gapmap(&["check", "study.toml"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("noted: 1 confidential services whose location was discarded while reading"), "{text}");
}

/// Three and more of a kind are told as a number: of fewer, nothing in a pack may tell whether they are one or two.
#[test]
fn whether_one_or_two_of_a_kind_are_listed_depends_on_nothing_that_is_published() {
    let row = |id: &str| format!("{id},House,Invented,refuge,,,,,E06990001,yes,active,,,,,,,,,,\n");
    let mut packs = Vec::new();
    for ids in [&[][..], &["ZZ-1"][..]] {
        let study = Study::small();
        ids.iter().for_each(|id| append(&study, &row(id)));
        assert_eq!(study.check().0, Some(0));
        packs.push(study.tree("out"));
    }
    let differs: Vec<&String> = packs[0].iter().filter(|(path, bytes)| packs[1].get(*path) != Some(bytes)).map(|f| f.0).collect();
    assert!(differs.is_empty() && packs[0].len() == packs[1].len(), "{differs:?}");
}

/// What stands above a table is said of all its rows: no row has heard it, so the run stops.
#[test]
fn a_line_above_the_table_that_says_so_stops_the_run() {
    let study = Study::small();
    let plan = study.text("study.toml");
    let source = "[[source]]\nkind = \"services-csv\"\nname = \"more\"\npath = \"services/more.csv\"\nsensitivity = \"open\"\n";
    study.write("study.toml", format!("{plan}\n{source}").as_bytes());
    let table = "service_id,name,types,status,delivery,longitude,latitude\nK1,Larkspur,counselling,active,site,0.41,53.04\n";
    let run = |above: &str| {
        study.write("services/more.csv", format!("{above}\n\n{table}").as_bytes());
        study.check()
    };
    for above in ["CONFIDENTIAL: refuge addresses - do not publish", "Refuges in Quillmere", "Do not publish"] {
        let (code, text) = run(above);
        assert!(code == Some(1) && text.contains("S301") && !text.contains("Larkspur") && !text.contains("Refuges in"), "{above}: {text}");
    }
    let (code, text) = run("Services of the council, 2025");
    assert_eq!(code, Some(0), "{text}");
    // So it is with the name of the file, and of a sheet.
    study.write("services/refuges.csv", table.as_bytes());
    study.replace("study.toml", "services/more.csv", "services/refuges.csv");
    let (code, text) = study.check();
    assert!(code == Some(1) && text.contains("S301"), "{text}");
    for (name, hidden) in [("Refuges (confidential)", false), ("Services", true), ("Services", false)] {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (r, line) in table.lines().enumerate() {
            for (c, cell) in line.split(',').enumerate() {
                sheet.write_string(r as u32, c as u16, cell).unwrap();
            }
        }
        if hidden {
            let flags = book.add_worksheet();
            flags.set_name("Flags").unwrap().set_hidden(true);
            flags.write_string(0, 0, "service_id").unwrap().write_string(0, 1, "confidential").unwrap();
            flags.write_string(1, 0, "K1").unwrap().write_string(1, 1, "yes").unwrap();
        }
        study.write("services/more.xlsx", &book.save_to_buffer().unwrap());
        study.write("study.toml", format!("{plan}\n{}", source.replace("more.csv", "more.xlsx")).as_bytes());
        let (code, text) = study.check();
        assert_eq!(code, Some(i32::from(name != "Services" || hidden)), "{name} {hidden}: {text}");
    }
}
