//! Changes of what is an estimate with limits by a method of its own: parity, ratios, shares of cohorts. Tested where the two packs are of different months.

use super::values::{plain, verdict};
use super::{Change, Said};
use crate::model::{OutcomeClass, OutcomeCohorts, OutcomeKind, OutcomesOf, Parity, ParityDimension, ParityGroup};
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
