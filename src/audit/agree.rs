//! The counts that the findings show are those that the door let out: each stands, with the events that it counts, among the typed counts of its source.
//!
//! A body shows its counts to readers, and [`super::cells`] tries the sums of the typed ones. Were they not the same, what is tried would not be what is read.

use std::collections::{BTreeMap, BTreeSet};

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::shape::{At, Counting, Events, Shown};
use crate::model::{CellArea, Counted, Door, Finding, Findings, RestrictedCell, RestrictedSource};
use crate::units::{Cell, Sensitivity};

const NEXT: &str = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";

/// Whether all counts are missing and nothing is said to be counted: there is nothing to hold against the released counts.
fn counts_nothing(finding: &Finding) -> bool {
    let counts = finding.body.shape().counts();
    finding.counted.is_empty() && counts.alike.iter().chain(&counts.beside).all(|n| matches!(n, Cell::Missing | Cell::NotApplicable))
}

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let place = |at: &str| Place::file(pack.findings_path.clone()).at(at.to_owned());
    let mut sources = BTreeMap::new();
    for source in &findings.restricted {
        let declared = findings.sources.iter().any(|s| s.name == source.source && s.sensitivity == Sensitivity::Restricted);
        if !declared || sources.insert(source.source.as_str(), (source, told(source))).is_some() {
            let what = "the typed counts of a source stand there twice, or of no restricted source";
            problems.error(Code::S321, place(&format!("restricted source {}", source.source)), what, NEXT);
        }
    }
    for finding in findings.findings.iter().filter(|f| is_protected(findings, f) && !counts_nothing(f)) {
        let counting = Counting { months: finding.period, of: &finding.counted };
        let Ok(Shown { counts, names, .. }) = finding.body.shape().shown(&counting) else {
            problems.error(
                Code::S320,
                place(&finding.id),
                "the lengths of the finding disagree, or it does not say what it counts: it cannot be checked",
                NEXT,
            );
            continue;
        };
        if counts.is_empty() {
            continue;
        }
        match finding.sources.first().and_then(|s| sources.get(s.as_str())) {
            // Nothing could be tried on counts that only a body tells.
            None => problems.error(
                Code::S321,
                place(&finding.id),
                "the finding shows counts of a source of which the pack holds no typed counts",
                NEXT,
            ),
            Some((source, told)) => {
                // Who calls a count missing tells less than the door let out.
                let known = |(events, n): &(Events, Cell<u64>)| match n {
                    Cell::Missing | Cell::NotApplicable => true,
                    n => told.get(events).is_some_and(|all| all.contains(&n.known())),
                };
                if !counts.iter().all(known) {
                    problems.error(Code::S321, place(&finding.id), "a count is not the one that was released", NEXT);
                }
                if !names_fit(&names, &finding.counted, source) {
                    problems.error(Code::S321, place(&finding.id), "a count stands beside the name of another category", NEXT);
                }
            }
        }
    }
    for line in findings.ledger.iter().filter(|l| l.kept != Cell::Known(0)) {
        let restricted =
            findings.sources.iter().any(|s| s.name == line.source && s.sensitivity == Sensitivity::Restricted && holds_events(&s.kind));
        if restricted && !sources.contains_key(line.source.as_str()) {
            problems.error(
                Code::S321,
                place(&format!("source {}", line.source)),
                "the pack holds no typed counts of a restricted source of events",
                NEXT,
            );
        }
    }
}

/// Whether the counts of a finding are of restricted events. The first source of a finding is the one that is counted: where that is open, and only what
/// stands beside it is restricted, nothing is to be found out.
pub(super) fn is_protected(findings: &Findings, finding: &Finding) -> bool {
    let open = |name: &String| findings.sources.iter().any(|s| s.name == *name && s.sensitivity == Sensitivity::Open);
    finding.release.door == Door::Policy && !finding.sources.first().is_some_and(open)
}

/// Whether a kind of source may hold events: a kind that nobody knows does.
fn holds_events(kind: &str) -> bool {
    const WITHOUT: [&str; 13] = [
        "boundaries",
        "lookup",
        "postcode-directory",
        "population",
        "population-centres",
        "deprivation",
        "street-network",
        "travel-times",
        "timetable",
        "users-by-group",
        "journeys-by-authority",
        "indicator-table",
        "comparator-table",
    ];
    !WITHOUT.contains(&kind) && !kind.starts_with("services-")
}

/// Whether each count bears the name of the category that it counts, or else that of none which it does not count.
fn names_fit(names: &[String], counted: &[Counted], source: &RestrictedSource) -> bool {
    let fits = |(label, of): (&String, &Counted)| {
        let names: Option<Vec<&str>> = of.categories.iter().map(|c| source.categories.get(*c as usize).map(|c| c.label.as_str())).collect();
        let is_a_name = source.categories.iter().any(|c| c.label == *label);
        match (names.as_deref(), of.group) {
            (None, _) => false,
            (Some([one]), None) => *one == label.as_str(),
            (Some([] | [_, _, ..]), _) | (Some([_]), Some(_)) => !is_a_name || names.iter().flatten().any(|n| *n == label.as_str()),
        }
    };
    names.iter().zip(counted).all(fits)
}

/// What is told of a source, by the events that are counted; `None` among the values stands for withheld.
fn told(source: &RestrictedSource) -> BTreeMap<Events, BTreeSet<Option<u64>>> {
    let mut told: BTreeMap<_, BTreeSet<Option<u64>>> = BTreeMap::new();
    for (events, cell) in events_of(source) {
        told.entry(events).or_default().insert(cell.value.known());
    }
    told
}

/// Counts of a source that its tier refuses whatever their size, a zero too.
pub(super) fn refused(source: &RestrictedSource) -> BTreeSet<Events> {
    events_of(source).filter(|(_, cell)| cell.refused).map(|(events, _)| events).collect()
}

/// The typed counts of a source, with the events that each counts.
fn events_of(source: &RestrictedSource) -> impl Iterator<Item = (Events, &RestrictedCell)> {
    source.cells.iter().filter_map(|cell| {
        let at = match cell.area {
            CellArea::Whole => At::Anywhere,
            CellArea::Unlocated => At::NotKnown,
            // A cell of an area that is not named is found where the sums are tried.
            CellArea::Area(a) => At::In(*source.areas.get(a as usize)?),
        };
        let of = Counted { categories: cell.categories.clone(), group: cell.group };
        Some((Events { at, first: cell.first, last: cell.last, of }, cell))
    })
}
