//! The counts of restricted events as a body shows them, each with the events that it counts, and the sums that a reader sees.

use crate::model::{Body, Counted, Finding};
use crate::units::{AreaCode, Cell, Month, Period};

/// Where events are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum At {
    Anywhere,
    NotKnown,
    In(AreaCode),
}

/// Which events of its source a count takes in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Events {
    pub at: At,
    pub first: Month,
    pub last: Month,
    pub of: Counted,
}

/// The counts of a body in order, and sums over them: of each the last is the sum of the others.
#[derive(Default)]
pub(super) struct Shown {
    pub counts: Vec<(Events, Cell<u64>)>,
    pub sums: Vec<Vec<usize>>,
}

/// The lengths of a body disagree, or nothing says what it counts.
pub(super) struct Unclear;

/// What a finding shows of the events of its first source. Nothing of counts of people who are no events, or of areas together.
pub(super) fn shown(finding: &Finding) -> Result<Shown, Unclear> {
    let mut shown = Shown::default();
    let months = finding.period;
    match &finding.body {
        Body::AreaRates(b) => {
            shown.column(b.rows.iter().map(|r| (r.code, r.count)), b.unlocated, b.total.count, months, key(finding, 0, 1)?)
        }
        Body::AreaCounts(b) => shown.column(b.rows.iter().map(|r| (r.code, r.count)), b.unlocated, b.total, months, key(finding, 0, 1)?),
        Body::HotSpots(b) => shown.column(b.rows.iter().map(|r| (r.code, r.count)), b.unlocated, b.total, months, key(finding, 0, 1)?),
        Body::NeedAccess(b) => shown.column(b.rows.iter().map(|r| (r.code, r.count)), b.unlocated, b.total, months, key(finding, 0, 1)?),
        Body::NeedIndex(b) => {
            let columns = b.totals.len();
            if b.unlocated.len() != columns || b.indicators.len() < columns || b.rows.iter().any(|r| r.counts.len() != columns) {
                return Err(Unclear);
            }
            for (k, (unlocated, total)) in b.unlocated.iter().zip(&b.totals).enumerate() {
                let rows = b.rows.iter().filter_map(|r| Some((r.code, *r.counts.get(k)?)));
                shown.column(rows, *unlocated, *total, months, key(finding, k, columns)?);
            }
        }
        Body::Bars(b) => {
            let mut sum = Vec::new();
            for (k, count) in b.bars.iter().map(|bar| bar.count).chain([b.total]).enumerate() {
                sum.push(shown.push(At::Anywhere, months, key(finding, k, b.bars.len() + 1)?, count));
            }
            shown.sums.push(sum);
        }
        Body::WeekClock(b) => {
            let bands = b.bands.len();
            if b.by_band.len() != bands || b.days.iter().any(|d| d.cells.len() != bands) {
                return Err(Unclear);
            }
            let rows = b.days.iter().map(|d| (&d.cells, d.total)).chain([(&b.by_band, b.total)]);
            let (height, width) = (b.days.len() + 1, bands + 1);
            for (r, (cells, total)) in rows.enumerate() {
                for (c, count) in cells.iter().copied().chain([total]).enumerate() {
                    shown.push(At::Anywhere, months, key(finding, r * width + c, height * width)?, count);
                }
                shown.sums.push((0..width).map(|c| r * width + c).collect());
            }
            // Where no day is told there is no sum of days.
            if height > 1 {
                shown.sums.extend((0..width).map(|c| (0..height).map(|r| r * width + c).collect()));
            }
        }
        Body::Series(b) => {
            for p in &b.points {
                shown.push(At::Anywhere, Period { first: p.month, last: p.month }, key(finding, 0, 1)?, p.count);
            }
            for (i, p) in b.points.iter().enumerate().filter(|(_, p)| p.rolling_12 != Cell::NotApplicable) {
                let first = p.month.plus(-11);
                let year = shown.push(At::Anywhere, Period { first, last: p.month }, key(finding, 0, 1)?, p.rolling_12);
                // Points that leave months out, or stand in another order, are no sum.
                let begins = i.checked_sub(11).ok_or(Unclear)?;
                if !b.points[begins..=i].iter().zip(0..).all(|(p, m)| p.month == first.plus(m)) {
                    return Err(Unclear);
                }
                shown.sums.push((begins..=i).chain([year]).collect());
            }
        }
        // Of restricted sources only the whole partnership is told: the same counts as in the series.
        Body::Interrupted(b) if b.event.areas.is_empty() => {
            for p in &b.points {
                shown.push(At::Anywhere, Period { first: p.month, last: p.month }, key(finding, 0, 1)?, p.here);
            }
        }
        Body::Table(b) if !b.months.is_empty() => {
            let places = b.rows.len().checked_sub(2).ok_or(Unclear)?;
            let (areas, whole) = b.rows.split_at(places);
            if b.months.len() != b.columns.len()
                || b.rows.iter().any(|r| r.cells.len() != b.columns.len())
                || whole.iter().any(|r| r.code.is_some())
            {
                return Err(Unclear);
            }
            let codes: Vec<AreaCode> = areas.iter().map(|r| r.code).collect::<Option<_>>().ok_or(Unclear)?;
            for (c, months) in b.months.iter().enumerate() {
                let rows = codes.iter().zip(areas).map(|(code, r)| (*code, r.cells[c]));
                shown.column(rows, whole[0].cells[c], whole[1].cells[c], *months, key(finding, c, b.columns.len())?);
            }
        }
        // Of areas together, or of people who are no events: their sums are tried by themselves.
        // How events ended is no slice of them: those sums are tried by themselves too.
        Body::Interrupted(_)
        | Body::Table(_)
        | Body::Parity(_)
        | Body::Indicator(_)
        | Body::Clusters(_)
        | Body::Emerging(_)
        | Body::Gradient(_)
        | Body::OutcomeCohorts(_)
        | Body::OutcomeTimes(_) => {}
        // No counts of events.
        Body::Siting(_)
        | Body::WhatIf(_)
        | Body::Shares(_)
        | Body::Waterfall(_)
        | Body::AreaClasses(_)
        | Body::Gaps(_)
        | Body::Services(_)
        | Body::AreaAccess(_) => {}
    }
    Ok(shown)
}

/// What the count at a place counts, of so many.
fn key(finding: &Finding, place: usize, of: usize) -> Result<&Counted, Unclear> {
    match finding.counted.as_slice() {
        [one] => Ok(one),
        each if each.len() == of => each.get(place).ok_or(Unclear),
        _ => Err(Unclear),
    }
}

impl Shown {
    fn push(&mut self, at: At, months: Period, of: &Counted, count: Cell<u64>) -> usize {
        self.counts.push((Events { at, first: months.first, last: months.last, of: of.clone() }, count));
        self.counts.len() - 1
    }

    /// Areas, what has no known area, and all of them.
    fn column(
        &mut self,
        rows: impl Iterator<Item = (AreaCode, Cell<u64>)>,
        unlocated: Cell<u64>,
        total: Cell<u64>,
        months: Period,
        of: &Counted,
    ) {
        let mut sum: Vec<usize> = rows.map(|(code, n)| self.push(At::In(code), months, of, n)).collect();
        sum.push(self.push(At::NotKnown, months, of, unlocated));
        sum.push(self.push(At::Anywhere, months, of, total));
        self.sums.push(sum);
    }
}
