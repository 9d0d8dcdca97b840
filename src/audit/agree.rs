//! The counts that the findings show are those that the door let out: each stands, of its area and its months, among the typed counts of its source.
//!
//! A body shows its counts to readers, and [`super::cells`] tries the sums of the typed ones. Were they not the same, what is tried would not be what is read.

use std::collections::{BTreeMap, BTreeSet};

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::findings::{Body, CellArea, Door, Finding, RestrictedSource};
use crate::units::{AreaCode, Cell, Month, Period};

/// Where events are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Anywhere,
    NotKnown,
    In(AreaCode),
}

/// A count as a body shows it: where, in which months, and what is told.
type Shown = (At, Period, Cell<u64>);

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for source in &findings.restricted {
        let told = told(source);
        for finding in findings.findings.iter().filter(|f| f.release.door == Door::Policy && f.sources.first() == Some(&source.source)) {
            let known = |(at, months, n): &Shown| match n {
                // Who calls a count missing tells less than the door let out.
                Cell::Missing | Cell::NotApplicable => true,
                n => told.get(&(*at, months.first, months.last)).is_some_and(|all| all.contains(&n.known())),
            };
            if !shown(finding).iter().all(known) {
                let place = Place::file(pack.findings_path.clone()).at(finding.id.clone());
                let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
                problems.error(Code::S321, place, "a count is not the one that was released", next);
            }
        }
    }
}

/// What is told of a source, by area and months; `None` among the values stands for withheld.
fn told(source: &RestrictedSource) -> BTreeMap<(At, Month, Month), BTreeSet<Option<u64>>> {
    let mut told: BTreeMap<_, BTreeSet<Option<u64>>> = BTreeMap::new();
    for cell in &source.cells {
        let at = match cell.area {
            CellArea::Whole => At::Anywhere,
            CellArea::Unlocated => At::NotKnown,
            CellArea::Area(a) => match source.areas.get(a as usize) {
                Some(code) => At::In(*code),
                // A cell of an area that is not named is found where the sums are tried.
                None => continue,
            },
        };
        told.entry((at, cell.first, cell.last)).or_default().insert(cell.value.known());
    }
    told
}

/// The counts of a finding whose area and months its shape tells.
fn shown(finding: &Finding) -> Vec<Shown> {
    let of = |at: At, n: Cell<u64>| (at, finding.period, n);
    let by_area = |rows: Vec<(AreaCode, Cell<u64>)>, unlocated: Cell<u64>, total: Cell<u64>| -> Vec<Shown> {
        let areas = rows.into_iter().map(|(code, n)| of(At::In(code), n));
        areas.chain([of(At::NotKnown, unlocated), of(At::Anywhere, total)]).collect()
    };
    match &finding.body {
        Body::AreaRates(b) => by_area(b.rows.iter().map(|r| (r.code, r.count)).collect(), b.unlocated, b.total.count),
        Body::AreaCounts(b) => by_area(b.rows.iter().map(|r| (r.code, r.count)).collect(), b.unlocated, b.total),
        Body::HotSpots(b) => by_area(b.rows.iter().map(|r| (r.code, r.count)).collect(), b.unlocated, b.total),
        Body::NeedAccess(b) => by_area(b.rows.iter().map(|r| (r.code, r.count)).collect(), b.unlocated, b.total),
        Body::NeedIndex(b) => {
            let columns = b.unlocated.iter().zip(&b.totals).enumerate();
            columns
                .flat_map(|(k, (unlocated, total))| {
                    let rows = b.rows.iter().filter_map(|r| Some((r.code, *r.counts.get(k)?))).collect();
                    by_area(rows, *unlocated, *total)
                })
                .collect()
        }
        Body::Bars(b) => b.bars.iter().map(|bar| bar.count).chain([b.total]).map(|n| of(At::Anywhere, n)).collect(),
        Body::WeekClock(b) => {
            let days = b.days.iter().flat_map(|d| d.cells.iter().copied().chain([d.total]));
            days.chain(b.by_band.iter().copied()).chain([b.total]).map(|n| of(At::Anywhere, n)).collect()
        }
        Body::Series(b) => {
            let one = |m: Month| Period { first: m, last: m };
            let years = b.points.iter().filter(|p| p.rolling_12 != Cell::NotApplicable);
            let years = years.map(|p| (At::Anywhere, Period { first: p.month.plus(-11), last: p.month }, p.rolling_12));
            b.points.iter().map(|p| (At::Anywhere, one(p.month), p.count)).chain(years).collect()
        }
        Body::Interrupted(b) if b.event.areas.is_empty() => {
            b.points.iter().map(|p| (At::Anywhere, Period { first: p.month, last: p.month }, p.here)).collect()
        }
        // Of areas together, of periods that only a heading tells, or of people who are no events: their sums are tried by themselves.
        Body::Interrupted(_) | Body::Table(_) | Body::Parity(_) | Body::Clusters(_) | Body::Gradient(_) => vec![],
        // No counts of events.
        Body::Shares(_) | Body::Waterfall(_) | Body::AreaClasses(_) | Body::Gaps(_) | Body::Services(_) | Body::AreaAccess(_) => vec![],
    }
}
