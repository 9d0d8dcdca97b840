//! One invented borough, written down as two hundred people would: whatever mess it comes in, the findings are those of the clean files, or there
//! is a problem with a place. Never other numbers in silence.

use std::collections::BTreeMap;

use gapmap::diagnostics::Problem;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::messy_tables::{Form, Table};
use crate::millbeck_forces::{ALL, Millbeck, code, middle, months, name};
use crate::study_files::cases;

const FORCE: &str = "Millshire Police";
/// The code of 2011 of the last area, which nothing but the lookup knows.
const OLDER: &str = "E01990198";
const STREET: [&str; 12] = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
];

/// Offences of an area in a month: no two areas and no two months alike.
fn offences(area: usize, month: usize) -> usize {
    3 + area + (month * 5 + area * 3) % 7
}

fn street(month: &str, m: usize) -> Table {
    let mut rows = Vec::new();
    let mut add = |area: Option<usize>, n: usize, kind: &str| {
        let seed = format!("{area:?} {n} {month}")
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        let id = if kind.starts_with('V') { format!("{:016x}{:048x}", seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), n) } else { String::new() };
        let place = match area {
            Some(i) => [format!("{:.6}", middle(i).0), format!("{:.6}", middle(i).1), "On or near High Street".into(), code(i), name(i)],
            None => [String::new(), String::new(), "No Location".into(), String::new(), String::new()],
        };
        let outcome = if id.is_empty() { "" } else { "Investigation complete; no suspect identified" };
        let row =
            [id, month.into(), FORCE.into(), FORCE.into()].into_iter().chain(place).chain([kind.into(), outcome.into(), String::new()]);
        rows.push(row.collect());
    };
    for i in ALL {
        (0..offences(i, m)).for_each(|n| add(Some(i), n, "Violence and sexual offences"));
        (0..1 + i % 3).for_each(|n| add(Some(i), 100 + n, "Anti-social behaviour"));
    }
    (0..2).for_each(|n| add(None, n, "Violence and sexual offences"));
    Table::new(&STREET, rows)
}

/// Records of a helpline, a row each, of some months.
fn calls(first: usize, last: usize) -> Table {
    let mut rows = Vec::new();
    for m in first..=last {
        for i in ALL {
            for n in 0..2 + (i + m) % 4 {
                let day = format!("2023-{m:02}-{:02}", 1 + (n * 5 + i) % 28);
                rows.push(vec![format!("{m}-{i}-{n}"), day, code(i), "Stalking".into(), "caf\u{e9}".into()]);
            }
        }
    }
    Table::new(&["Reference", "Date of call", "LSOA", "Reason", "Note"], rows)
}

fn people() -> Table {
    let row = |i: &usize| vec!["2021".into(), name(*i), code(*i), format!("{}", 1000 + 150 * i), format!("{}", 520 + 80 * i)];
    Table::new(
        &["date", "geography", "geography code", "Sex: All persons; measures: Value", "Sex: Female; measures: Value"],
        ALL.iter().map(row).collect(),
    )
}

fn ranks() -> Table {
    Table::new(
        &["LSOA code (2021)", "LSOA name (2021)", "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"],
        ALL.iter().map(|i| vec![code(*i), name(*i), format!("{}", 1200 + 4100 * i)]).collect(),
    )
}

fn services() -> Table {
    let row = |id: &str, name: &str, kind: &str, i: usize| {
        vec![id.into(), name.into(), kind.into(), format!("{:.4}", middle(i).0), format!("{:.4}", middle(i).1), "active".into()]
    };
    Table::new(
        &["service_id", "name", "types", "longitude", "latitude", "status"],
        vec![row("S1", "Millbeck drop-in", "one_stop_shop", 1), row("S2", "Talking room", "counselling", 6)],
    )
}

fn lookup() -> Table {
    let row = |i: &usize| {
        let old = if *i == 7 { OLDER.to_owned() } else { code(*i) };
        vec![old, name(*i), "U".into(), code(*i), name(*i), "E06990001".into(), "Millbeck".into()]
    };
    Table::new(&["LSOA11CD", "LSOA11NM", "CHGIND", "LSOA21CD", "LSOA21NM", "LAD22CD", "LAD22NM"], ALL.iter().map(row).collect())
}

/// The plan and the boundaries; no table yet.
fn bare() -> Millbeck {
    let mut study = Millbeck::new();
    for month in months() {
        study.take(&format!("police/{month}-millshire-street.csv"));
    }
    study.take("population.csv");
    study.plan("path = \"population.csv\"", "path = \"people\"");
    study.plan(
        "kind = \"burden\"",
        "kind = \"burden\"\ncategories = [\"Violence and sexual offences\", \"Anti-social behaviour\", \"Stalking\"]\n\n[[analysis]]\nkind = \"trend\"\n\n[[analysis]]\nkind = \"inequality\"\n\n[[analysis]]\nkind = \"gaps\"\n",
    );
    study.source(
        "kind = \"events-csv\"\nname = \"calls\"\npath = \"calls\"\ntopic = \"incidents\"\ncolumns = { date = \"Date of call\", area = \"LSOA\", category = \"Reason\" }",
    );
    study.source("kind = \"services-csv\"\nname = \"services\"\npath = \"services\"");
    study.source("kind = \"deprivation\"\nname = \"ranks\"\npath = \"ranks\"");
    study.source("kind = \"lookup\"\nname = \"lookup\"\npath = \"lookup\"");
    study
}

/// Findings by id, as JSON of their bodies; without what names files.
type Bodies = BTreeMap<String, String>;

/// Where a record stands is no number: files have other names and lines in every mess.
fn without_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) if text.contains("services/") => text.clear(),
        serde_json::Value::Array(all) => all.iter_mut().for_each(without_places),
        serde_json::Value::Object(all) => all.values_mut().for_each(without_places),
        _ => {}
    }
}

/// What a study answers, or why it does not.
fn answers(study: &Millbeck) -> Result<Bodies, Vec<Problem>> {
    let (findings, problems) = study.run();
    let findings = findings.ok_or(problems)?;
    let body = |body| {
        let mut body = serde_json::to_value(body).unwrap();
        without_places(&mut body);
        body.to_string()
    };
    Ok(findings.findings.iter().map(|f| (f.id.clone(), body(&f.body))).collect())
}

/// The borough with these months of the police missing, in the plainest form.
fn clean(missing: &[usize]) -> Millbeck {
    let mut study = bare();
    for (m, month) in months().iter().enumerate().filter(|(m, _)| !missing.contains(m)) {
        study.put(&format!("police/{month}-millshire-street.csv"), street(month, m).csv());
    }
    for (path, table) in [
        ("people/a.csv", people()),
        ("calls/a.csv", calls(1, 12)),
        ("services/a.csv", services()),
        ("ranks/a.csv", ranks()),
        ("lookup/a.csv", lookup()),
    ] {
        study.put(path, table.csv());
    }
    study
}

/// How the months of the police arrive.
fn put_police(study: &mut Millbeck, missing: &[usize], dice: &mut ChaCha8Rng, what: &mut Vec<String>) {
    let older_codes = dice.random_range(0..3) == 0;
    let overlap = dice.random_range(0..4);
    if older_codes {
        what.push("police rows with codes of 2011".into());
    }
    what.push(["police as plain files", "an archive beside its files", "archives that overlap", "a file twice"][overlap].into());
    let form = Form::any(dice, &["Month"], what);
    let mut archived = Vec::new();
    for (m, month) in months().iter().enumerate() {
        let file = format!("{month}-millshire-street.csv");
        if missing.contains(&m) {
            if dice.random_bool(0.5) {
                study.put(&format!("police/{month}/{file}"), STREET.join(",") + "\n");
            }
            continue;
        }
        let mut table = street(month, m);
        if older_codes {
            table.replace(7, &code(7), OLDER);
        }
        let bytes = if dice.random_bool(0.4) { form.text(table, dice) } else { table.csv() };
        let folder = if dice.random_bool(0.5) { format!("police/{month}/{file}") } else { format!("police/{file}") };
        if overlap == 1 || overlap == 2 {
            archived.push((m, format!("{month}/{file}"), bytes.clone()));
        }
        if overlap == 3 && dice.random_bool(0.3) {
            study.put(&format!("police/again/{file}"), bytes.clone());
        }
        if overlap != 2 {
            study.put(&folder, bytes);
        }
    }
    let zip = |all: &[(usize, String, Vec<u8>)]| crate::messy_tables::zip(all.iter().map(|(_, p, b)| (p.as_str(), b.as_slice())));
    match overlap {
        1 => {
            study.put("police/2023-12.zip", zip(&archived));
        }
        2 => {
            let (early, late): (Vec<_>, Vec<_>) =
                (archived.iter().filter(|a| a.0 < 8).cloned().collect(), archived.iter().filter(|a| a.0 > 3).cloned().collect());
            study.put("police/2023-08.zip", zip(&early)).put("police/2023-12.zip", zip(&late));
        }
        _ => {}
    }
}

/// The borough in some mess, what it is, and the months of the police that are missing.
fn mess(seed: u64) -> (Millbeck, String, Vec<usize>) {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let (mut study, mut what) = (bare(), Vec::new());
    let missing: Vec<usize> = if dice.random_bool(0.3) { vec![dice.random_range(0..12)] } else { vec![] };
    if !missing.is_empty() {
        what.push(format!("month {} missing", missing[0] + 1));
    }
    put_police(&mut study, &missing, &mut dice, &mut what);

    let mut put = |study: &mut Millbeck, folder: &str, dates: &[&str], table: Table, dice: &mut ChaCha8Rng| {
        let mut forms = vec![folder.to_owned()];
        let form = Form::any(dice, dates, &mut forms);
        let name = ["a", "z", "2023-03 (1)", "\u{c9}tat final"][dice.random_range(0..4)];
        let (bytes, ending) = form.file(table, dice);
        study.put(&format!("{folder}/{name}.{ending}"), bytes);
        what.push(forms.join(", "));
    };
    let mut residents = people();
    match dice.random_range(0..5) {
        0 => residents.add_row(&["2021", "England", "E92000001", "56,490,044", "28833712"]),
        1 => residents.add_row(&["2021", "England and Wales", "K04000001", "59597542", "30420202"]),
        2 => ALL.iter().for_each(|i| residents.add_row(&["2011", &name(*i), &code(*i), "900", "450"])),
        3 => residents.add_row(&["2021", "Millbeck", "E06990001", "12200", "6400"]),
        _ => {}
    }
    put(&mut study, "people", &[], residents, &mut dice);
    if dice.random_bool(0.4) {
        put(&mut study, "calls", &["Date of call"], calls(1, 8), &mut dice);
        let second = calls(if dice.random_bool(0.5) { 9 } else { 6 }, 12);
        // Two tables of one form, or their rows would not be alike.
        let overlaps = second.rows() > calls(9, 12).rows();
        if overlaps {
            study.clear("calls/");
            study.put("calls/first.csv", calls(1, 8).csv()).put("calls/second.csv", second.csv());
        } else {
            let form = Form::any(&mut dice, &["Date of call"], &mut Vec::new());
            let (bytes, ending) = form.file(second, &mut dice);
            study.put(&format!("calls/second.{ending}"), bytes);
        }
    } else {
        let mut table = calls(1, 12);
        if dice.random_bool(0.3) {
            table.replace(2, &code(7), OLDER);
        }
        put(&mut study, "calls", &["Date of call"], table, &mut dice);
    }
    put(&mut study, "services", &[], services(), &mut dice);
    put(&mut study, "ranks", &[], ranks(), &mut dice);
    put(&mut study, "lookup", &[], lookup(), &mut dice);
    (study, what.join("; "), missing)
}

/// What became of some messes: as many as answered like the clean files, and as many as were refused.
fn tried(seeds: std::ops::Range<u64>) -> (usize, Vec<String>, Vec<String>) {
    let mut right: BTreeMap<Vec<usize>, Bodies> = BTreeMap::new();
    let (mut same, mut refused, mut wrong) = (0, Vec::new(), Vec::new());
    for seed in seeds {
        let (study, what, missing) = mess(seed);
        let right = right.entry(missing.clone()).or_insert_with(|| answers(&clean(&missing)).unwrap_or_else(|p| panic!("{p:#?}")));
        match answers(&study) {
            Ok(found) if found == *right => same += 1,
            Ok(found) => {
                let other: Vec<&String> = right.iter().filter(|(id, body)| found.get(*id) != Some(body)).map(|(id, _)| id).collect();
                let codes: Vec<&str> = study.codes();
                let more: Vec<&String> = found.keys().filter(|id| !right.contains_key(*id)).collect();
                wrong.push(format!("seed {seed}: {what}\n    other: {other:?}; more: {more:?}; told: {codes:?}"));
            }
            Err(problems) => {
                let stops: Vec<&Problem> = problems.iter().filter(|p| p.stops()).collect();
                assert!(
                    stops.iter().all(|p| !p.next_step.is_empty() && !p.place.to_string().is_empty()) && !stops.is_empty(),
                    "{problems:#?}"
                );
                let first = stops.first().map_or(String::new(), |p| format!("{} {}: {}", p.code.name(), p.place, p.message));
                refused.push(format!("seed {seed}: {what}\n    {first}"));
            }
        }
    }
    (same, refused, wrong)
}

#[test]
fn whatever_mess_one_borough_comes_in_no_other_number_comes_out_in_silence() {
    let asked = u64::from(cases(30).cases);
    let (same, refused, wrong) = tried(1..asked + 1);
    println!(
        "{asked} messes: {same} with the findings of the clean files, {} refused with a place, {} with other numbers",
        refused.len(),
        wrong.len()
    );
    refused.iter().for_each(|r| println!("refused: {r}"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A mess that nobody can read is refused; most of them are read.
    assert!(same * 10 >= asked as usize * 9, "{same} of {asked}");
}
