//! Packs of restricted events with nothing planted, among them offences that have floors: the audit finds nothing in them.
//!
//! Where a floor refuses all areas of an offence and prints its total, areas tell nothing, not even zeros. `GAPMAP_CASES=200` tries as many others.

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::clean_packs::TIERS;
use crate::leaks::{audit_folder, draw, find_errors};
use crate::millbeck::{AREAS, Millbeck};

/// With floors, without, and of a kind that nobody knows.
const OFFENCES: [&str; 7] = ["Burglary", "Harassment", "Stalking", "Rape", "Female genital mutilation", "Public order", "Something else"];
const QUESTIONS: [&[&str]; 5] = [&["burden"], &["burden"], &["burden", "trend"], &["hours", "places"], &["burden", "clusters", "hotspots"]];

/// A table of counts: mostly small, and more of the first offences.
fn rows(dice: &mut ChaCha8Rng, months: usize) -> String {
    let mut below = |n: u64| dice.next_u64() % n;
    let mut rows = "Month,LSOA,Offence,Number\n".to_owned();
    let areas = 1 + below(AREAS.len() as u64) as usize;
    let often: Vec<u64> = OFFENCES.iter().map(|_| 1 + below(12)).collect();
    for m in 0..months {
        for area in &AREAS[..areas] {
            for (offence, often) in OFFENCES.iter().zip(&often) {
                let n = if below(12) < *often { 1 + below(1 + often / 2) } else { 0 };
                rows += &format!("{}-{:02},{area},{offence},{n}\n", 2023 + m / 12, m % 12 + 1);
            }
        }
    }
    rows
}

#[test]
fn nothing_is_found_in_packs_of_events_with_floors() {
    let asked: Option<u64> = std::env::var("GAPMAP_CASES").ok().and_then(|n| n.parse().ok());
    let seed = std::env::var("GAPMAP_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(20_261_127);
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut refused = Vec::new();
    let packs = asked.unwrap_or(12);
    for n in 0..packs {
        let months = [12, 24, 36][dice.next_u64() as usize % 3];
        let (tier, rule) = TIERS[dice.next_u64() as usize % TIERS.len()];
        let questions = QUESTIONS[dice.next_u64() as usize % QUESTIONS.len()];
        let labels = OFFENCES.map(|o| format!("\"{o}\"")).join(", ");
        let settings = format!(
            "name = \"x\"\ntopic = \"incidents\"\nlabels = [{labels}]\ncolumns = {{ month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }}"
        );
        let study =
            Millbeck::new().file("events-csv", "x.csv", rows(&mut dice, months), &settings).restricting("x.csv").release(tier, rule);
        let study = questions.iter().fold(study, |study, question| study.ask(question));
        let (found, problems) = study.findings();
        let found = found.unwrap_or_else(|| panic!("{n}, {tier} {rule} {questions:?}: {:?}", problems.list()));
        let told = find_errors(&draw(&found, false), audit_folder);
        if !told.is_empty() {
            refused.push(format!("{n}, {months} months, {tier} {rule} {questions:?}: {told:?}"));
        }
    }
    println!("{packs} packs of events with nothing planted, {} of them refused", refused.len());
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}
