//! Texts and the code that says them: every message is there, used and filled; no text tells a number; other words change no number.

mod in_code;
mod pseudo;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gapmap::analyses::ANALYSES;
use gapmap::diagnostics::Problems;
use gapmap::model::{Arg, Message};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::units::{Cell, Month, Period};
use gapmap::words::{ENGLISH, Texts, holes_of, numbers_in_texts, referred};

use crate::study_files::{Study, root, said};
use in_code::said_in_code;

#[test]
fn every_message_is_there_used_and_filled() {
    let texts = holes_of(ENGLISH);
    let said = said_in_code();
    assert!(said.len() > 200, "only {} messages were found: is the search broken?", said.len());
    let mut wrong = Vec::new();
    for (id, places) in &said {
        let Some(holes) = texts.get(id) else {
            wrong.push(format!("`{id}` has no text ({})", places[0].0));
            continue;
        };
        for (place, filled) in places.iter().filter(|(_, filled)| filled != holes) {
            wrong.push(format!("{place}: `{id}` fills {filled:?}, its text has {holes:?}"));
        }
    }
    let referred = referred(ENGLISH);
    let question = |id: &str| ANALYSES.iter().any(|k| k.question == id);
    let used = |id: &str| said.contains_key(id) || referred.contains(id) || question(id);
    wrong.extend(ANALYSES.iter().filter(|k| !texts.contains_key(k.question)).map(|k| format!("`{}` is no question", k.question)));
    wrong.extend(texts.keys().filter(|id| !used(id)).map(|id| format!("nobody says `{id}`")));
    wrong.extend(referred.iter().filter(|id| !texts.contains_key(*id)).map(|id| format!("`{id}` is referred to and is not there")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_tells_a_number_and_each_stands_once() {
    let mut ids = BTreeSet::new();
    for (file, text) in ENGLISH {
        assert_eq!(numbers_in_texts(text), [], "{file}");
        let mut problems = Problems::default();
        Texts::house(&[((*file).to_owned(), (*text).to_owned())], &mut problems);
        assert!(!problems.any_error(), "{file}: {:?}", problems.list());
        for id in holes_of(&[(*file, *text)]).into_keys() {
            assert!(ids.insert(id.clone()), "`{id}` stands twice");
        }
    }
}

#[test]
fn every_folder_file_is_compiled_in() {
    let folder = root().join("src/words/en");
    let files: BTreeSet<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(files, ENGLISH.iter().map(|(file, _)| (*file).to_owned()).collect());
}

/// Values that any hole may get, by what they are.
fn values() -> Vec<(&'static str, Arg)> {
    let month = Month::parse("2025-03").unwrap();
    vec![
        ("none", Arg::Count(Cell::Known(0))),
        ("one", Arg::Count(Cell::Known(1))),
        ("many", Arg::Count(Cell::Known(1_204))),
        ("withheld", Arg::Count(Cell::Withheld)),
        ("missing", Arg::Count(Cell::Missing)),
        ("not applicable", Arg::Count(Cell::NotApplicable)),
        ("a fall", Arg::Number(-2.5, 1)),
        ("a percentage", Arg::Percent(0.4, 1)),
        ("a month", Arg::Month(month)),
        ("months", Arg::Period(Period::new(month, month.plus(4)).unwrap())),
        ("a name", Arg::Name("Ward 3".into())),
        ("no name", Arg::List(vec![])),
        ("names", Arg::List(["North", "Mill Lane", "St Ann's"].map(Arg::from).to_vec())),
        ("not a number", Arg::Number(f64::NAN, 0)),
        ("beyond all numbers", Arg::Number(f64::INFINITY, 2)),
        ("huge", Arg::Number(1e300, 0)),
    ]
}

#[test]
fn every_text_can_be_said_of_none_one_many_and_what_is_not_known() {
    let texts = Texts::english();
    for (places, holes) in said_in_code().into_iter().map(|(id, places)| ((id, places[0].0.clone()), places[0].1.clone())) {
        let (id, place) = places;
        for (what, value) in values() {
            let args = holes.iter().map(|hole| (leaked(hole), value.clone())).collect();
            let told = texts.say(&Message { id: leaked(&id), args });
            // A sign of the terminal's is not drawn in a document: what is typed stands between quotation marks.
            let broken = told.contains(['{', '}', '`']) || told.trim().is_empty() && !matches!(value, Arg::List(_)) || told == id;
            assert!(!broken, "{place}: `{id}` of {what}: {told}");
        }
    }
}

/// Ids and holes are texts of the program: those of a test stay until its end.
fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[test]
fn values_print_as_every_report_prints_them() {
    let texts = Texts::english();
    let said = |arg: Arg| texts.say(&msg!("as-written", text = arg));
    let month = Month::parse("2025-03").unwrap();
    assert_eq!(said(Arg::Count(Cell::Known(182_113))), "182,113");
    assert_eq!(said(Arg::Count(Cell::Withheld)), "withheld");
    assert_eq!(said(Arg::Count(Cell::Missing)), "not known");
    assert_eq!(said(Arg::Percent(20.96, 0)), "21%");
    assert_eq!(said(Arg::Number(-1204.46, 1)), "−1,204.5");
    assert_eq!(said(Arg::Number(-0.01, 1)), "0.0");
    assert_eq!(said(Arg::Month(month)), "March 2025");
    assert_eq!(said(Arg::MonthOfYear(12)), "December");
    assert_eq!(said(Arg::Hour(6)), "06:00");
    assert_eq!(said(Arg::Period(Period::new(month, month.plus(10)).unwrap())), "March 2025 to January 2026");
    assert_eq!(said(Arg::Period(Period::new(month, month).unwrap())), "March 2025");
    assert_eq!(said(vec!["a", "b", "c"].into()), "a, b and c");
    assert_eq!(said(Arg::Series(["a", "b"].map(Arg::from).to_vec())), "a, b");
    assert_eq!(said(Arg::Name("{ $hole } of 3".into())), "{ $hole } of 3");
}

/// Rooms whose code holds no sentence: texts of findings are messages, those of problems stand in `src/diagnostics/said/`.
const WITHOUT_SENTENCES: [&str; 4] = ["analyses", "release", "stats", "study"];

#[test]
fn no_sentence_stands_in_the_code() {
    for room in WITHOUT_SENTENCES {
        let found = prose(&root().join("src").join(room));
        assert!(found.is_empty(), "texts of four words or more in src/{room}: {found:?}");
    }
}

/// Literals of four words or more, by file.
fn prose(folder: &Path) -> BTreeMap<PathBuf, usize> {
    let mut found = BTreeMap::new();
    for file in in_code::rust_files(folder).into_iter().filter(|f| !f.ends_with("tests.rs")) {
        let n = in_code::literals(&in_code::code_of(&file)).iter().filter(|text| words_in(text) >= 4).count();
        if n > 0 {
            found.insert(file, n);
        }
    }
    found
}

fn words_in(text: &str) -> usize {
    let word =
        |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 1 && w.chars().all(|c| c.is_alphabetic() || "'’.,:;()".contains(c));
    text.split_whitespace().filter(word).count()
}

#[test]
fn a_study_says_single_messages_its_own_way_and_no_other_changes() {
    let study = Study::small();
    let services = |study: &Study| {
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
        let found = gapmap::pipeline::findings(&plan, Some("services"), &mut problems);
        let told = |p: &gapmap::diagnostics::Problem| (p.code.name(), p.place.file.clone(), p.place.line);
        found.map(|f| f.0.findings[0].clone()).ok_or_else(|| problems.list().iter().map(told).collect::<Vec<_>>())
    };
    let plain = services(&study).unwrap();
    let confidential = said(msg!("services-confidential"));
    assert!(plain.sentences.contains(&confidential), "{:?}", plain.sentences);
    study.write("words/house.ftl", b"services-confidential = Ni ddangosir cyfeiriadau cyfrinachol.\n");
    let own = services(&study).unwrap();
    let expected: Vec<String> = plain
        .sentences
        .iter()
        .map(|s| if *s == confidential { "Ni ddangosir cyfeiriadau cyfrinachol.".to_owned() } else { s.clone() })
        .collect();
    assert_eq!((&own.sentences, &own.headline, &own.body), (&expected, &plain.headline, &plain.body));
    // A number of its own, where a count would stand.
    study.write("words/house.ftl", b"# ours\nservices-headline = { $running } services, 12 sites { $sites }\n");
    let problems = services(&study).unwrap_err();
    assert!(problems.contains(&("P108", "words/house.ftl".to_owned(), Some(2))), "{problems:?}");
}
