//! What becomes of a record that cannot be used: it stops the run, or it is set aside, counted and listed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Origin;
use super::gathered::Tally;
use crate::diagnostics::{Code, Place, Problems};

/// What becomes of a record that cannot be used. Rules for places that are secret stop the run whatever is said here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BadRecords {
    /// The run stops, and each is told. For tables that you can correct.
    Stop,
    /// It is set aside, counted in the ledger and listed in a file to send back. For feeds and downloads of others.
    SetAside,
}

impl BadRecords {
    /// The default of a kind of source: a feed or download is nobody's to correct here.
    pub fn of_kind(kind: &str) -> Self {
        const OF_OTHERS: [&str; 7] =
            ["services-open-referral", "services-hsds", "police-uk-street", "population", "population-centres", "deprivation", "timetable"];
        if OF_OTHERS.contains(&kind) { Self::SetAside } else { Self::Stop }
    }
}

/// Problems of single records: the reader has set the record, or the value, aside already. A row whose letters cannot be read is none of them: it may
/// say that a place is secret.
const OF_A_RECORD: [Code; 6] = [Code::R104, Code::D201, Code::D202, Code::D205, Code::S303, Code::S307];

/// Whether a problem is of a record that may be set aside.
fn is_of_a_record(code: Code, place: &Place) -> bool {
    OF_A_RECORD.contains(&code) && (place.line.is_some_and(|l| l > 1) || place.field.is_some())
}

impl Origin {
    /// Of what a source reported from a position on: problems of single records no longer stop the run, where its bad records are set aside and
    /// most of its records are good. A file of which nothing can be read is the wrong file.
    pub(crate) fn settle_bad_records(&self, from: usize, tallies: &[Tally], problems: &mut Problems) {
        if self.bad_records() == BadRecords::Stop {
            return;
        }
        let read: u64 = tallies.iter().filter(|t| t.source == self.id).map(|t| t.read).sum();
        let errors = problems.list()[from..].iter().filter(|p| p.stops() && is_of_a_record(p.code, &p.place));
        let records: BTreeSet<String> = errors.map(|p| format!("{}:{:?}:{}", p.place.file, p.place.line, record(&p.place))).collect();
        let bad = records.len() as u64;
        if bad >= read || (read >= 10 && bad * 2 > read) {
            return;
        }
        problems.set_aside(from, &self.name, |p| is_of_a_record(p.code, &p.place));
    }
}

/// The record that a place in a document lies in: `contents[3]` of `contents[3].locations[0]`; nothing where lines tell.
fn record(place: &Place) -> &str {
    let field = place.field.as_deref().unwrap_or("");
    match place.line {
        Some(_) => "",
        None => field.find(']').map_or(field, |end| &field[..=end]),
    }
}
