//! What became of the crimes of the invented borough: outcome files as police.uk gives them, and the last outcome of each street row.

use std::collections::BTreeMap;

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::Settings;
use crate::units::{Month, Period};

/// Planted: this share of violence and sexual offences comes to a charge, sooner or later; of everything else a smaller one.
const CHARGED: f64 = 0.11;
const CHARGED_ELSEWHERE: f64 = 0.06;
/// Months until a charge, on average.
const MONTHS_TO_CHARGE: f64 = 6.0;
/// The last months of the files are followed for so many months in truth.
const FOLLOWED_MONTHS: u32 = 12;
/// Share of crimes of which the force does not say what became of them.
const NOT_SAID: f64 = 0.02;
/// The other endings, with their share of crimes that come to no charge and the months that they take on average.
const ENDINGS: [(&str, f64, f64); 6] = [
    ("Unable to prosecute suspect", 0.5, 3.0),
    ("Investigation complete; no suspect identified", 0.36, 0.8),
    ("Local resolution", 0.05, 1.5),
    ("Action to be taken by another organisation", 0.04, 2.0),
    ("Formal action is not in the public interest", 0.03, 3.5),
    ("Offender given a caution", 0.02, 2.5),
];
const HEADING: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type";
/// What a row says while nothing has become of it.
pub const STILL_OPEN: &str = "Under investigation";

/// What became of crimes, as they are drawn one after the other.
pub struct Endings {
    random: ChaCha8Rng,
    planted: bool,
    last: Month,
    rows: BTreeMap<Month, Vec<String>>,
}

impl Endings {
    pub fn new(settings: &Settings, period: Period) -> Self {
        // A generator of its own: the crimes themselves are drawn as ever.
        Self { random: settings.random(9), planted: settings.planted, last: period.last, rows: BTreeMap::new() }
    }

    /// The last outcome of a crime of a month; its rows in outcome files are kept. `place` is the row up to its place: all but the id and the month.
    pub fn of(&mut self, id: &str, month: Month, kind: &str, place: &str) -> &'static str {
        if self.random.random_bool(NOT_SAID) {
            return "Status update unavailable";
        }
        let violence = kind == "Violence and sexual offences";
        let charged = self.random.random_bool(if violence && self.planted { CHARGED } else { CHARGED_ELSEWHERE });
        let mut left: f64 = self.random.random();
        let other = ENDINGS.iter().find(|e| {
            left -= e.1;
            left <= 0.0
        });
        let (ending, _, mean) = *other.unwrap_or(&ENDINGS[0]);
        let mean = if charged { MONTHS_TO_CHARGE } else { mean };
        let wait = (-mean * (1.0 - self.random.random::<f64>()).ln()).floor().min(600.0) as i32;
        let closed_before = charged && self.random.random_bool(0.1);
        if closed_before && month.plus(wait / 2) <= self.last {
            // Closed, and taken up again.
            self.push(id, month.plus(wait / 2), place, "Investigation complete; no suspect identified");
        }
        let at = month.plus(wait);
        if at > self.last {
            return if closed_before && month.plus(wait / 2) <= self.last {
                "Investigation complete; no suspect identified"
            } else {
                STILL_OPEN
            };
        }
        self.push(id, at, place, if charged { "Suspect charged" } else { ending });
        if charged { "Awaiting court outcome" } else { ending }
    }

    fn push(&mut self, id: &str, month: Month, place: &str, outcome: &str) {
        self.rows.entry(month).or_default().push(format!("{id},{month},{place},{outcome}"));
    }

    /// The outcome files.
    pub fn write(self, period: Period, files: &mut BTreeMap<String, Vec<u8>>) {
        for month in period.months() {
            // Of a place so small that nothing came to an outcome there is no file, as of a month that was not published.
            let Some(rows) = self.rows.get(&month) else { continue };
            let text = format!("{HEADING}\n{}\n", rows.join("\n"));
            files.insert(format!("police/{month}/{month}-quillmere-outcomes.csv"), text.into_bytes());
        }
    }
}

/// Share of reports that come to a charge within so many months, where `share` do at all: those whose wait, cut to whole months, is no longer.
fn charged_within(share: f64, months: u32) -> f64 {
    (1.0 - NOT_SAID) * share * (1.0 - (-f64::from(months + 1) / MONTHS_TO_CHARGE).exp())
}

/// What is planted, for `truth.json`.
pub fn truth(settings: &Settings) -> Value {
    let share = if settings.planted { CHARGED } else { CHARGED_ELSEWHERE };
    json!({
        "category": "Violence and sexual offences", "follow_up_months": FOLLOWED_MONTHS,
        "charged_within": charged_within(share, FOLLOWED_MONTHS), "status_unavailable": NOT_SAID,
    })
}
