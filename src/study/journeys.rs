//! Where people came from, and where they were helped, as far as either end lies in the study.

use std::collections::{BTreeMap, BTreeSet};

use super::Study;
use super::settings::StudySettings;
use super::whence::{Elsewhere, Whence, how_far, whence};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{JourneyRow, JourneyTable, Tally};
use crate::units::{AreaCode, Cell, Period};

/// The journeys of one source.
#[derive(Clone, Debug)]
pub struct Journeys {
    /// Position of the source in the plan.
    pub source: usize,
    /// Whether pairs of authorities without a row are nobody.
    pub complete: bool,
    /// Each once: months, kind of service and both ends.
    pub flows: Vec<Flow>,
}

/// People who came from one place to a service in another, or in the same.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The months.
    pub period: Period,
    /// Id of the type of service; empty for all together.
    pub service: String,
    /// Where they lived.
    pub from: Whence,
    /// Where the service is.
    pub to: Whence,
    /// How many, over all groups: withheld where the table keeps a part of them back.
    pub people: Cell<u64>,
}

/// The journeys of each table, and what became of rows that neither begin nor end in the study.
pub(super) fn build(
    tables: &[JourneyTable],
    settings: &StudySettings,
    whole: Period,
    problems: &mut Problems,
) -> (Vec<Journeys>, Vec<Tally>) {
    let (mut all, mut notes) = (Vec::new(), Vec::new());
    for table in tables {
        let mut note = Tally::new(table.source, "journeys");
        let period_of = |row: &JourneyRow| row.period.or(table.covers).unwrap_or(whole);
        tell_overlaps(table, period_of, problems);
        let mut refused: BTreeSet<&str> = BTreeSet::new();
        let mut seen: BTreeSet<(Period, String, String, String, String)> = BTreeSet::new();
        let mut sums: BTreeMap<(Period, String, Whence, Whence), Vec<Cell<u64>>> = BTreeMap::new();
        for row in &table.rows {
            let mut end = |text: &'_ str, column: &str| match whence(text, settings) {
                Ok(end) => Some(end),
                Err(said) => {
                    if refused.iter().all(|r| *r != text) {
                        problems.error_said(Code::D219, Place::line(&row.file, row.line).at(column), said);
                    }
                    None
                }
            };
            let (from, to) = (end(&row.origin, "origin"), end(&row.destination, "destination"));
            [(&from, &row.origin), (&to, &row.destination)]
                .into_iter()
                .filter(|(end, _)| end.is_none())
                .for_each(|(_, text)| _ = refused.insert(text));
            let (Some((from, from_as)), Some((to, to_as))) = (from, to) else { continue };
            let months = period_of(row);
            if !seen.insert((months, row.service.clone(), from_as, to_as, row.group.to_lowercase())) {
                problems.error_said(Code::D215, Place::line(&row.file, row.line), said::journey_stands_twice());
            }
            if !matches!(from, Whence::Own(_)) && !matches!(to, Whence::Own(_)) {
                note.set_aside(said::JOURNEY_ELSEWHERE, 1);
                continue;
            }
            sums.entry((months, row.service.clone(), from, to)).or_default().push(row.people);
        }
        let flow = |((period, service, from, to), people): ((Period, String, Whence, Whence), Vec<Cell<u64>>)| Flow {
            period,
            service,
            from,
            to,
            people: Cell::sum(&people),
        };
        all.push(Journeys { source: table.source, complete: table.complete, flows: sums.into_iter().map(flow).collect() });
        notes.push(note);
    }
    (all, notes)
}

/// Rows of months that other rows hold in part: a year beside its quarters counts people twice.
fn tell_overlaps(table: &JourneyTable, period_of: impl Fn(&JourneyRow) -> Period, problems: &mut Problems) {
    let mut spans: Vec<(Period, &JourneyRow)> = Vec::new();
    for row in &table.rows {
        let span = period_of(row);
        if spans.iter().any(|(known, _)| *known == span) {
            continue;
        }
        if let Some((other, _)) = spans.iter().find(|(known, _)| known.first <= span.last && span.first <= known.last) {
            let told = said::journeys_of_months_that_overlap(span, *other);
            problems.error_said(Code::D215, Place::line(&row.file, row.line), told);
            return;
        }
        spans.push((span, row));
    }
}

impl Journeys {
    /// Its spans of months, the latest last.
    pub fn spans(&self) -> Vec<Period> {
        let mut spans: Vec<Period> = self.flows.iter().map(|f| f.period).collect();
        spans.sort_by_key(|p| (p.last, p.first));
        spans.dedup();
        spans
    }
}

impl Study {
    /// How far away another authority is.
    pub fn how_far(&self, authority: AreaCode) -> Elsewhere {
        how_far(authority, &self.about.authorities)
    }
}
