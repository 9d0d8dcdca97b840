//! Changes of the shapes whose numbers are no plain rates: parity, gradients, hot spots, indexes, tables, clusters, scenarios.
//!
//! What is an estimate with limits is tested where the two packs are of different months. What is a number of areas or people is no sample: it is told
//! as another number, and no more is made of it.

use std::collections::BTreeMap;

use super::values::{counts, plain, verdict};
use super::{Change, Said};
use crate::model::{
    Clusters, Emerging, EmergingClass, Gradient, HotSpots, NeedAccess, NeedIndex, OutcomeClass, OutcomeCohorts, OutcomeKind, OutcomeTimes,
    OutcomesOf, Parity, ParityDimension, ParityGroup, RateClass, Row, SpotClass, Standing, Table, WeekClock, WhatIf,
};
use crate::stats::counts::{normal_tail, proportion};
use crate::stats::multiple::benjamini_hochberg;
use crate::units::{Cell, Estimate, Period};

/// Two spans of months, and how their values may be tested.
#[derive(Clone, Copy)]
pub(super) struct Months {
    pub before: Period,
    pub after: Period,
    /// Whether a break in recording lies between.
    pub broken: bool,
}

impl Months {
    /// Why a value that differs is not tested; `None` where it may be.
    fn untested(self) -> Option<Said> {
        match self {
            _ if self.before == self.after => Some(Said::Changed),
            _ if self.broken => Some(Said::Break),
            _ if self.before.last >= self.after.first => Some(Said::Overlap),
            _ => None,
        }
    }
}

/// Half of the width that rounding to a step adds to a count, as a variance.
fn of_rounding(step: u64) -> f64 {
    if step > 1 { (step as f64).powi(2) / 12.0 } else { 0.0 }
}

/// Users of a group and of all others in a pack.
fn sides(dimension: &ParityDimension, group: &ParityGroup) -> Option<(f64, f64)> {
    let (rest, _) = dimension.rest_beside(group)?;
    Some((group.users.known()? as f64, rest as f64)).filter(|(x, y)| x + y > 0.0)
}

/// Ratios of parity side by side. The log of after over before is tested by the four counts that it rests on, half an event added to each, with what rounding
/// adds; groups of a table are adjusted for their number (Benjamini and Hochberg).
///
/// Source: Woolf's standard error of a log ratio, `√Σ 1/(x + ½)`, with `step²/12` for each rounded count.
pub(super) fn parity(id: &str, months: Months, step: u64, old: &Parity, new: &Parity) -> Vec<Change> {
    let mut list: Vec<Change> = Vec::new();
    let mut scores: Vec<Option<f64>> = Vec::new();
    for a in &old.dimensions {
        let Some(b) = new.dimensions.iter().find(|b| b.name == a.name) else { continue };
        for x in &a.groups {
            let Some(y) = b.groups.iter().find(|y| y.name == x.name) else { continue };
            let value = |r: Cell<Estimate>| r.map(|r| r.value);
            let mut change = plain(id, &format!("{}: {}", a.name, x.name), "parity ratio", value(x.ratio), value(y.ratio));
            (change.before_limits, change.after_limits) = (x.ratio.known(), y.ratio.known());
            let z = sides(a, x).zip(sides(b, y)).and_then(|((u, r), (v, s))| {
                let log = |n: f64| (n + 0.5).ln();
                let populations = (x.population.known()?, a.rest_beside(x)?.1, y.population.known()?, b.rest_beside(y)?.1);
                let moved = (populations.1 / populations.0).ln() - (populations.3 / populations.2).ln();
                let variance: f64 = [u, r, v, s].iter().map(|n| 1.0 / (n + 0.5) + of_rounding(step) / (n + 0.5).powi(2)).sum();
                Some((log(v) - log(s) - log(u) + log(r) - moved) / variance.sqrt())
            });
            scores.push(z.filter(|z| z.is_finite() && change.said == Said::Changed && months.untested().is_none()));
            list.push(change);
        }
    }
    let p: Vec<f64> = scores.iter().flatten().map(|z| 2.0 * normal_tail(z.abs())).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    for (change, score) in list.iter_mut().zip(&scores) {
        match (score, months.untested()) {
            (Some(z), _) => {
                let q = adjusted.next().unwrap_or(1.0);
                (change.p, change.said) = (Some(q), verdict(*z, q));
            }
            (None, Some(why)) if change.said == Said::Changed => change.said = why,
            (None, _) if change.said == Said::Changed => change.said = Said::NotKnown,
            _ => {}
        }
    }
    list
}

/// How many times as high the rate is at the most deprived end: after over before on the log scale, by the limits of both.
pub(super) fn gradient(id: &str, months: Months, old: &Gradient, new: &Gradient) -> Vec<Change> {
    let cell = |g: &Gradient| g.ratio.map_or(Cell::Missing, Cell::Known);
    vec![ratio(id, "most over least deprived", months, cell(old), cell(new))]
}

/// Two estimates of a ratio with limits at 95 %.
pub(super) fn ratio(id: &str, row: &str, months: Months, before: Cell<Estimate>, after: Cell<Estimate>) -> Change {
    let mut change = plain(id, row, "times", before.map(|e| e.value), after.map(|e| e.value));
    (change.before_limits, change.after_limits) = (before.known(), after.known());
    if change.said != Said::Changed {
        return change;
    }
    if let Some(why) = months.untested() {
        change.said = why;
        return change;
    }
    const BOTH_SIDES: f64 = 2.0 * 1.959_964;
    let log = |e: Estimate| {
        let error = (e.upper / e.lower).ln() / BOTH_SIDES;
        Some((e.value.ln(), error)).filter(|(v, s)| v.is_finite() && s.is_finite() && *s > 0.0)
    };
    let tested = before.known().and_then(log).zip(after.known().and_then(log));
    match tested {
        Some(((a, s), (b, t))) => {
            let z = (b - a) / s.hypot(t);
            let p = 2.0 * normal_tail(z.abs());
            (change.p, change.said) = (Some(p), verdict(z, p));
        }
        None => change.said = Said::NotKnown,
    }
    change
}

/// Shares of reports by outcome, of the cohorts that each adds together.
pub(super) fn outcomes(id: &str, broken: bool, old: &OutcomeCohorts, new: &OutcomeCohorts) -> Vec<Change> {
    let (Some(a), Some(b)) = (&old.together, &new.together) else { return vec![] };
    let months = Months { before: a.months, after: b.months, broken };
    // A class that one of the two has not is one that none of its reports came to, or of which nothing is told.
    let share = |of: &OutcomeCohorts, parts: &OutcomesOf, class: OutcomeClass| -> Option<Cell<Estimate>> {
        match of.place_of(class) {
            Some(k) => parts.parts.get(k).map(|p| p.share),
            None => Some(parts.reports.and_then(|n| Cell::applicable(proportion(0, n, of.level)))),
        }
    };
    let mut kinds: Vec<&OutcomeKind> = old.classes.iter().chain(&new.classes).collect();
    kinds.sort_by_key(|k| k.class);
    kinds.dedup_by_key(|k| k.class);
    let change = |kind: &OutcomeKind| {
        let (before, now) = (share(old, a, kind.class)?, share(new, b, kind.class)?);
        Some(Change { unit: "of reports".into(), ..ratio(id, &kind.label, months, before, now) })
    };
    kinds.into_iter().filter_map(change).collect()
}

/// After how many months half of the reports had an outcome.
pub(super) fn outcome_times(id: &str, old: &OutcomeTimes, new: &OutcomeTimes) -> Vec<Change> {
    let median = |t: &OutcomeTimes| t.median_months.map_or(Cell::Missing, |m| Cell::Known(f64::from(m)));
    vec![plain(id, "until half had an outcome", "months", median(old), median(new))]
}

fn number(n: usize) -> Cell<f64> {
    Cell::Known(n as f64)
}

/// How many areas have each history.
pub(super) fn emerging(id: &str, old: &Emerging, new: &Emerging) -> Vec<Change> {
    let of = |e: &Emerging, class: EmergingClass| e.rows.iter().filter(|r| r.class == class).count();
    let there = EmergingClass::ALL.into_iter().filter(|c| of(old, *c) + of(new, *c) > 0);
    there.map(|c| plain(id, c.label(), "areas", number(of(old, c)), number(of(new, c)))).collect()
}

/// How many areas are high or low together, and clearly above or below the whole.
pub(super) fn hot_spots(id: &str, old: &HotSpots, new: &HotSpots) -> Vec<Change> {
    let known = |h: &HotSpots| h.rows.iter().filter(|r| r.class != SpotClass::NotKnown).count();
    let of = |h: &HotSpots, wanted: &[SpotClass]| h.rows.iter().filter(|r| wanted.contains(&r.class)).count();
    let level = |h: &HotSpots, wanted: RateClass| h.rows.iter().filter(|r| r.level_class == wanted).count();
    let one = |row: &str, count: &dyn Fn(&HotSpots) -> usize| plain(id, row, "areas", number(count(old)), number(count(new)));
    vec![
        one("high together", &|h| of(h, &[SpotClass::High, SpotClass::HighSure])),
        one("low together", &|h| of(h, &[SpotClass::Low, SpotClass::LowSure])),
        one("clearly above the whole", &|h| level(h, RateClass::Above)),
        one("clearly below the whole", &|h| level(h, RateClass::Below)),
        one("known", &known),
    ]
}

/// How many areas are surely in the highest fifth, and those that went from surely in it to surely out of it, or the other way round.
pub(super) fn need_index(id: &str, old: &NeedIndex, new: &NeedIndex) -> Vec<Change> {
    let high = |n: &NeedIndex| n.rows.iter().filter(|r| n.standing(r) == Standing::High).count();
    let mut list = vec![plain(id, "surely in the highest fifth", "areas", number(high(old)), number(high(new)))];
    for a in &old.rows {
        let Some(b) = new.rows.iter().find(|b| b.code == a.code) else { continue };
        let moved = [(Standing::High, Standing::Below), (Standing::Below, Standing::High)].contains(&(old.standing(a), new.standing(b)));
        if let (true, Some(x), Some(y)) = (moved, a.rank, b.rank) {
            let mut change = plain(id, &a.name, "rank", number(x.nominal), number(y.nominal));
            change.area = Some(a.code);
            list.push(change);
        }
    }
    list
}

/// How many areas of surely high need have no site in reach.
pub(super) fn need_access(id: &str, old: &NeedAccess, new: &NeedAccess) -> Vec<Change> {
    let high = |n: &NeedAccess| n.rows.iter().filter(|r| r.surely_high()).count();
    let without = |n: &NeedAccess| n.rows.iter().filter(|r| r.surely_high() && r.access_class == Some(0)).count();
    vec![
        plain(id, "surely high need", "areas", number(high(old)), number(high(new))),
        plain(id, "surely high need and beyond reach", "areas", number(without(old)), number(without(new))),
    ]
}

/// Clusters that are called.
pub(super) fn clusters(id: &str, old: &Clusters, new: &Clusters) -> Vec<Change> {
    let called = |c: &Clusters| c.clusters.iter().filter(|f| f.p <= c.called_at).count();
    let inside = |c: &Clusters| c.areas.iter().filter(|a| a.cluster.is_some()).count();
    vec![
        plain(id, "clusters beyond chance", "clusters", number(called(old)), number(called(new))),
        plain(id, "areas in them", "areas", number(inside(old)), number(inside(new))),
    ]
}

/// Counts by row and column; columns that are spans of months are compared by their place, the latest with the latest.
pub(super) fn table(id: &str, old: &Table, new: &Table) -> Vec<Change> {
    let rows: BTreeMap<(&str, Option<&str>), &Row> = new.rows.iter().map(|r| (key(r), r)).collect();
    let of_months = !old.months.is_empty();
    let mut list = Vec::new();
    for a in &old.rows {
        let Some(b) = rows.get(&key(a)) else { continue };
        for (column, (x, y)) in a.cells.iter().zip(&b.cells).enumerate() {
            let heading = match (of_months, old.columns.get(column)) {
                (false, Some(heading)) => heading.clone(),
                _ => format!("column {}", column + 1),
            };
            let mut change = counts(id, &format!("{}: {heading}", a.label), "", *x, *y);
            change.area = a.code;
            list.push(change);
        }
    }
    list
}

fn key(row: &Row) -> (&str, Option<&str>) {
    (row.label.as_str(), row.code.as_ref().map(|c| c.as_str()))
}

/// Events by band of the clock.
pub(super) fn week(id: &str, old: &WeekClock, new: &WeekClock) -> Vec<Change> {
    let bands = old.bands.iter().zip(old.by_band.iter().zip(&new.by_band));
    let each = bands.map(|(band, (x, y))| counts(id, band, &old.unit, *x, *y));
    each.chain([counts(id, "", &old.unit, old.total, new.total)]).collect()
}

/// Who would gain and lose by a scenario.
pub(super) fn what_if(id: &str, old: &WhatIf, new: &WhatIf) -> Vec<Change> {
    vec![
        counts(id, "come within reach", "residents", old.gained, new.gained),
        counts(id, "fall out of reach", "residents", old.lost, new.lost),
    ]
}
