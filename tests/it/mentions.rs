//! A refuge that a public service speaks of, and one that it is: the first is published, the second stops the run, in every form of catalogue.

mod spoken_of;

use std::collections::BTreeMap;

use gapmap::diagnostics::Severity;

use crate::catalogue_grammar::{Record, check, put};
use spoken_of::{CONFIDENTIAL, ORDINARY};

fn record(id: &str, name: &str, types: &str, description: &str, site: bool) -> Record {
    let fields = BTreeMap::from([
        ("name", name.to_owned()),
        ("types", types.to_owned()),
        ("provider", format!("Invented Provider {id}")),
        ("description", description.to_owned()),
    ]);
    Record { id: id.to_owned(), fields, place: None, site: site.then_some((0.4183, 53.0432)), never_shown: vec![] }
}

#[test]
fn a_service_that_only_speaks_of_a_refuge_is_published() {
    let mut wrong = Vec::new();
    for form in 0..3 {
        for (i, (name, types, term, description)) in ORDINARY.into_iter().enumerate() {
            // The flat file has no terms of other taxonomies.
            let kind = if types.is_empty() && form > 0 { term } else { types };
            let record = record(&format!("PP-{i}"), name, kind, description, true);
            let (built, problems) = check(&put(form, std::slice::from_ref(&record), false));
            let sites = built.and_then(|b| b.catalogue.public.iter().find(|s| s.id == record.id).map(|s| s.sites.len()));
            if sites != Some(1) {
                let why = problems.list().iter().find(|p| p.severity == Severity::Error || p.code == "S316");
                wrong.push(format!("form {form}: {name}: {description}: {}", why.map_or("", |p| p.message.as_str())));
            }
        }
    }
    println!("{} ordinary records, {} wrongly stopped or kept back", 3 * ORDINARY.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_service_that_is_a_refuge_is_never_taken_for_one_that_speaks_of_one() {
    let mut wrong = Vec::new();
    for form in 0..3 {
        for (i, (name, types, description)) in CONFIDENTIAL.into_iter().enumerate() {
            let record = record(&format!("ZZ-{i}"), name, types, description, true);
            let (built, problems) = check(&put(form, std::slice::from_ref(&record), false));
            if built.is_some() || !problems.list().iter().any(|p| p.code == "S301") {
                wrong.push(format!("form {form}: {name}: {description}"));
            }
        }
    }
    println!("{} confidential records, {} wrongly published", 3 * CONFIDENTIAL.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mention is told to the analyst, as a number of services.
#[test]
fn services_that_speak_of_another_are_counted() {
    let speaks = record("PP-1", "Northfield Library", "", "We collect coats for the women's refuge.", true);
    let silent = record("PP-2", "Southfield Library", "", "Books and computers.", true);
    let (built, _) = check(&put(0, &[speaks, silent], false));
    let ledger = built.expect("both are public").ledger;
    let noted: u64 = ledger.iter().flat_map(|l| &l.noted).filter(|(fact, _)| fact.contains("speak of a refuge")).map(|(_, n)| *n).sum();
    assert_eq!(noted, 1);
}

/// The same service, its name or provider written otherwise, or known again by its page or its number.
#[test]
fn a_secret_service_is_known_again() {
    let secret = record("ZZ-1", "Zephyrine Project", "refuge", "", false);
    let stops = |name: &str, provider: &str| {
        let mut other = record("PP-1", name, "counselling", "", true);
        other.fields.insert("provider", provider.to_owned());
        let mut secret = secret.clone();
        secret.fields.insert("provider", "Invented Provider".to_owned());
        check(&put(1, &[secret, other], false)).0.is_none()
    };
    for (name, provider) in [
        ("Zephrine Project", "Invented Provider"),
        ("Zephyrine Project", "Invented Provider Limited (charity 1)"),
        ("Zephyrine Project", "IP"),
        ("Zephyrine Project", "Quillmere Council"),
        ("Zephyrine Project (QM)", "Invented Provider"),
        ("Zephyrine Prosiect", "Invented Provider"),
        ("Zephyrine Prj.", "Invented Provider"),
        ("Z. Project", "Invented Provider"),
    ] {
        assert!(stops(name, provider), "{name}, {provider}");
    }
    for (name, provider) in [
        ("Zephyrine Counselling", "Other Provider"),
        ("Talking Room", "Invented Provider"),
        ("Wren Project", "Invented Provider"),
        ("Wren Prj.", "Invented Provider"),
        ("Yz. Project", "Invented Provider"),
        ("Freedom Programme", "Invented Provider"),
    ] {
        assert!(!stops(name, provider), "{name}, {provider}");
    }
}

/// Title, name of the area and reasons stand on every pack.
#[test]
fn no_text_of_the_plan_tells_an_exact_place() {
    let with = |from: &str, to: &str| {
        let study = crate::study_files::Study::small();
        study.replace("study.toml", from, to);
        let (_, problems) = check(&study);
        let told = problems.list().iter().filter(|p| p.code == "S323").map(|p| p.message.clone()).collect::<Vec<_>>();
        assert!(told.iter().all(|m| !m.contains("2XY") && !m.contains("Osier")), "a place is shown");
        !told.is_empty()
    };
    assert!(with("title = \"", "title = \"Women near AB1 2XY: "));
    assert!(with("area-name = \"", "area-name = \"14 Osier Row, "));
    assert!(!with("title = \"", "title = \"Station Road and SE 2025: "));
}
