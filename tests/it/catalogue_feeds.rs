//! Feeds and data packages of services as wholes: nothing in them is lost, and what is said of many is told once.

use gapmap::diagnostics::{Problems, render_text};
use gapmap::plan::Plan;
use gapmap::study;

use crate::study_files::Study;

/// A study with one more catalogue.
fn with(kind: &str, path: &str, files: &[(&str, &[u8])]) -> Study {
    let study = Study::small();
    files.iter().for_each(|(name, bytes)| study.write(name, bytes));
    let source = format!("\n[[source]]\nkind = \"{kind}\"\nname = \"more\"\npath = \"{path}\"\nsensitivity = \"open\"\n");
    study.write("study.toml", (study.text("study.toml") + &source).as_bytes());
    study
}

fn read(study: &Study) -> (Option<study::Study>, Problems) {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let built = plan.and_then(|plan| gapmap::pipeline::study(&plan, &mut problems)).map(|s| s.0);
    (built, problems)
}

fn codes(problems: &Problems, in_file: &str) -> Vec<&'static str> {
    problems.list().iter().filter(|p| p.place.file.contains(in_file)).map(|p| p.code.name()).collect()
}

const SERVICES: &[u8] =
    b"id,organization_id,name,description,status\nPP-1,O1,Pottery drop-in,Pots,active\nZZ-1,O2,A safe house,Help,active\n";
const ORGANIZATIONS: &[u8] = b"id,name\nO1,Potters\nO2,Invented\n";

fn package(files: &[(&str, &[u8])]) -> Study {
    let mut all: Vec<(&str, &[u8])> = vec![("more/services.csv", SERVICES), ("more/organizations.csv", ORGANIZATIONS)];
    all.extend(files);
    with("services-hsds", "more", &all)
}

#[test]
fn a_row_that_is_not_utf8_stops_the_run_in_whichever_table_it_stands() {
    let study = package(&[("more/whatever.csv", b"id,service_id,where\n1,PP-1,a hall\n2,ZZ-1,\xff\xfe 12 Acacia Avenue\n")]);
    let (built, problems) = read(&study);
    assert!(built.is_none());
    let place = &problems.list().iter().find(|p| p.code == "R106").unwrap().place;
    assert_eq!((place.file.as_str(), place.line), ("more/whatever.csv", Some(3)));
    // A table that is read for more than its places is told of once.
    let study = package(&[("more/organization_notes.csv", b""), ("more/languages.csv", b"id,service_id,name\n1,PP-1,\xff\n")]);
    let (_, problems) = read(&study);
    assert_eq!(codes(&problems, "languages.csv"), ["R106"]);
    assert_eq!(codes(&problems, "organization_notes.csv"), ["R102"]);
}

#[test]
fn two_files_for_one_table_and_a_folder_that_cannot_be_listed_stop_the_run() {
    let study = package(&[("more/service.csv", b"id,name,status\nPP-9,Another,active\n")]);
    let (built, problems) = read(&study);
    assert!(built.is_none());
    assert_eq!(problems.list().iter().filter(|p| p.code == "R123").count(), 1, "{}", render_text(&problems));
    let (built, problems) = read(&with("services-hsds", "more/services.csv", &[("more/services.csv", SERVICES)]));
    assert!(built.is_none());
    assert_eq!(codes(&problems, "more/services.csv"), ["R101"]);
}

#[test]
fn an_attribute_is_of_the_service_that_it_is_linked_to_and_of_no_other_with_its_term() {
    let terms: (&str, &[u8]) = ("more/taxonomy_terms.csv", b"id,name\nT1,Support\n");
    let attributes = |of: &str| {
        format!(
            "id,link_id,link_entity,taxonomy_term_id,note\nA1,PP-1,service,T1,{}\nA2,ZZ-1,service,T1,{}\n",
            if of == "PP-1" { "At 12 Acacia Avenue" } else { "" },
            if of == "ZZ-1" { "At 12 Acacia Avenue" } else { "" }
        )
    };
    let (built, problems) = read(&package(&[terms, ("more/attributes.csv", attributes("PP-1").as_bytes())]));
    let built = built.unwrap_or_else(|| panic!("{}", render_text(&problems)));
    assert!(built.catalogue.public.iter().any(|s| s.id == "PP-1") && built.catalogue.public.iter().all(|s| s.id != "ZZ-1"));
    let (built, problems) = read(&package(&[terms, ("more/attributes.csv", attributes("ZZ-1").as_bytes())]));
    assert!(built.is_none());
    assert_eq!(codes(&problems, "attributes.csv"), ["S301"]);
    // What the term says is said of all that carry it.
    let secret: (&str, &[u8]) = ("more/taxonomy_terms.csv", b"id,name\nT1,Women's refuge\n");
    let (built, problems) = read(&package(&[secret, ("more/attributes.csv", attributes("").as_bytes())]));
    let built = built.unwrap_or_else(|| panic!("{}", render_text(&problems)));
    assert!(built.catalogue.public.iter().all(|s| s.id != "PP-1"));
}

#[test]
fn a_place_that_is_said_of_all_of_a_feed_is_told_once() {
    let refuge = |i: u32| format!("{{\"id\": \"ZZ-{i}\", \"name\": \"Women's refuge\", \"status\": \"active\"}}");
    let feed = |beside: &str| format!("{{\"contents\": [{}, {}, {}]{beside}}}", refuge(1), refuge(2), refuge(3));
    let json = |beside: &str| with("services-open-referral", "more.json", &[("more.json", feed(beside).as_bytes())]);
    let (built, problems) = read(&json(""));
    assert!(built.is_some(), "{}", render_text(&problems));
    let (built, problems) = read(&json(", \"note\": \"All at 12 Acacia Avenue\""));
    assert!(built.is_none());
    let told: Vec<_> = problems.list().iter().filter(|p| p.code == "S301").map(|p| p.place.to_string()).collect();
    assert_eq!(told, ["more.json, note"]);
    // The same of an organisation of two services in tables.
    let services = b"id,organization_id,name,status\nZZ-1,O1,A safe house,active\nZZ-2,O1,A refuge,active\nPP-1,O2,Pottery,active\n";
    let tables: [(&str, &[u8]); 2] =
        [("more/services.csv", services), ("more/organizations.csv", b"id,name,town\nO1,Invented,Millbeck\nO2,Potters,Millbeck\n")];
    let (built, problems) = read(&with("services-hsds", "more", &tables));
    assert!(built.is_none());
    assert_eq!(problems.list().iter().filter(|p| p.code == "S301").count(), 1, "{}", render_text(&problems));
}

#[test]
fn a_character_that_is_taken_out_of_a_package_is_counted_once() {
    let study = package(&[
        ("more/languages.csv", "id,service_id,name\n1,PP-1,Wel\u{200b}sh\n".as_bytes()),
        ("more/whatever.csv", "id,service_id,what\n1,PP-1,y\u{feff}es\n".as_bytes()),
    ]);
    let (built, problems) = read(&study);
    let built = built.unwrap_or_else(|| panic!("{}", render_text(&problems)));
    let line = built.ledger.iter().find(|l| l.source == "more").unwrap();
    assert_eq!(line.noted.values().copied().collect::<Vec<_>>(), [2], "{:?}", line.noted);
}
