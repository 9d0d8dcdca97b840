//! Values side by side, each with what may be said of it.

use std::collections::BTreeMap;

use super::shapes::{self, Months};
use super::{CALLED_AT, Change, Said, indicators, rates};
use crate::model::shape::{Compared, Quantity, When};
use crate::model::{Finding, Findings, SeriesBreak};
use crate::units::{Cell, Month, Period};

/// The changes of a finding, as its shape lets its numbers be compared; `None` where the two have no comparison.
pub(super) fn changes(before: &Findings, after: &Findings, old: &Finding, new: &Finding) -> Option<Vec<Change>> {
    let id = &old.id;
    let broken = || {
        let of = |breaks: &SeriesBreak| touches(before, old, breaks) || touches(after, new, breaks);
        after.breaks.iter().chain(&before.breaks).any(|x| between(old.period, new.period, x.first_month) && of(x))
    };
    let months = |broken: bool| Months { before: old.period, after: new.period, broken };
    let list = match (old.body.shape().compared(), new.body.shape().compared()) {
        (Compared::Numbers(a, of_events), Compared::Numbers(b, _)) => {
            let list = numbers(id, &a, b.iter().rev());
            if of_events { across_no_break(list, broken) } else { list }
        }
        (Compared::Cells(a), Compared::Cells(b)) => across_no_break(numbers(id, &a, b.iter()), broken),
        (Compared::Ratio { row, value, same_sample }, Compared::Ratio { value: later, .. }) => {
            let again = Months { before: old.period, after: old.period, broken: false };
            vec![shapes::ratio(id, row, if same_sample { again } else { months(broken()) }, value, later)]
        }
        (Compared::Rates(a), Compared::Rates(b)) => rates::rates(id, (old.period, new.period), a, b, broken()),
        (Compared::Indicator(a), Compared::Indicator(b)) => indicators::indicator(id, a, b),
        // Recording of the police has no part in who used services.
        (Compared::Parity(a), Compared::Parity(b)) => shapes::parity(id, months(false), after.policy.round_to, a, b),
        (Compared::Outcomes(a), Compared::Outcomes(b)) => shapes::outcomes(id, broken(), a, b),
        _ => return None,
    };
    Some(list)
}

/// Numbers that are no samples, each beside the one of the same key; of several with one key beside that which `new` names last.
fn numbers<'a>(id: &str, old: &[Quantity], new: impl Iterator<Item = &'a Quantity>) -> Vec<Change> {
    let new: BTreeMap<&str, &Quantity> = new.map(|q| (q.key.as_str(), q)).collect();
    let change = |a: &Quantity| {
        let b = new.get(a.key.as_str())?;
        let told = match (a.when, b.when) {
            (When::Moved(x), When::Moved(y)) => x.zip(y).is_some_and(|(x, y)| x != y),
            (When::Any, _) => [a.value, b.value].iter().any(|n| n.known().is_some_and(|n| n > 0.0)),
            (When::Always | When::Moved(_), _) => true,
        };
        told.then(|| Change { area: a.area, ..plain(id, &row_of(a, b), &a.unit, a.value, b.value) })
    };
    old.iter().filter_map(change).collect()
}

/// How a reader knows two numbers: by the name of both, where columns of months have moved on.
fn row_of(a: &Quantity, b: &Quantity) -> String {
    match (a.row.rsplit_once(": "), b.row.rsplit_once(": ")) {
        _ if a.row == b.row => a.row.clone(),
        (Some((row, then)), Some((other, now))) if row == other => format!("{row}: {then} beside {now}"),
        _ => format!("{} beside {}", a.row, b.row),
    }
}

/// Counts of events, and what is found from them, are not held against each other across a break, tested or not.
fn across_no_break(mut list: Vec<Change>, broken: impl Fn() -> bool) -> Vec<Change> {
    if list.iter().any(|c| c.said == Said::Changed) && broken() {
        list.iter_mut().filter(|c| c.said == Said::Changed).for_each(|c| c.said = Said::Break);
    }
    list
}

/// A value that is no sample: it is the same or it is not.
pub(super) fn plain(id: &str, row: &str, unit: &str, before: Cell<f64>, after: Cell<f64>) -> Change {
    let said = match (before, after) {
        (Cell::Known(a), Cell::Known(b)) if a == b => Said::Same,
        (Cell::Known(_), Cell::Known(_)) => Said::Changed,
        _ => Said::NotKnown,
    };
    Change {
        id: id.into(),
        row: row.into(),
        area: None,
        unit: unit.into(),
        before,
        after,
        before_limits: None,
        after_limits: None,
        ratio: None,
        p: None,
        said,
    }
}

/// Whether a break of recording touches a finding, by its sources.
fn touches(findings: &Findings, finding: &Finding, of: &SeriesBreak) -> bool {
    of.sources.is_empty() || of.sources.iter().any(|s| finding.sources.contains(s)) || findings.sources.is_empty()
}

/// Whether a month begins a new way of recording somewhere between the first month of the one and the last of the other.
fn between(old: Period, new: Period, month: Month) -> bool {
    month > old.first && month <= new.last
}

/// Two rates: z of no change, by the square roots of the counts (variance-stable, and an answer for 0).
pub(super) fn z_of(old: Option<(u64, f64)>, new: Option<(u64, f64)>) -> Option<f64> {
    let ((x, n), (y, m)) = (old?, new?);
    let z = |x: u64, y: u64, r: f64| 2.0 * ((y as f64 + 0.375).sqrt() - (r * (x as f64 + 0.375)).sqrt()) / (1.0 + r).sqrt();
    (x + y > 0).then(|| z(x, y, m / n))
}

pub(super) fn verdict(z: f64, p: f64) -> Said {
    match p <= CALLED_AT {
        true if z > 0.0 => Said::Higher,
        true => Said::Lower,
        false => Said::NoClearChange,
    }
}
