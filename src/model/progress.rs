//! How an action goes: from the released value of its indicator where the engine has it, in the analyst's words where not. Why it is rated so is a
//! message; its words stand in [`crate::words`].

use super::action_plan::{Action, Rating};
use super::body::{Body, Indicator, IndicatorValue};
use super::document::Findings;
use super::finding::Finding;
use super::message::{Arg, Message};
use crate::msg;
use crate::units::{Cell, Estimate, Month};

/// How an action goes, with the value that it rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct Progress {
    /// The latest value.
    pub latest: Cell<f64>,
    /// Its limits, where the engine has them.
    pub limits: Option<Estimate>,
    /// What it is in.
    pub unit: String,
    /// Whether the engine worked it out, or the analyst entered it.
    pub measured: bool,
    /// How it goes.
    pub rating: Rating,
    /// Why it is rated so.
    pub reason: Message,
    /// Whether the month by which it should be there has passed, and it is not.
    pub overdue: bool,
}

/// The indicator of an id among released findings: its waves.
fn indicator<'f>(findings: &'f Findings, id: &str) -> Option<&'f Indicator> {
    let of = |f: &'f Finding| match &f.body {
        Body::Indicator(b) if b.measure_id.eq_ignore_ascii_case(id) && b.ways.is_empty() => Some(b),
        _ => None,
    };
    if id.is_empty() { None } else { findings.findings.iter().find_map(of) }
}

impl Action {
    /// How it goes, on the last month of the study.
    pub fn progress(&self, findings: &Findings) -> Progress {
        let now = findings.frame.period.last;
        let found = indicator(findings, &self.indicator).and_then(|b| Some((b, b.latest()?)));
        let (latest, limits, unit, measured) = match found {
            Some((b, v)) => (v.value, v.limits, b.unit.clone(), true),
            None => (self.latest.map_or(Cell::Missing, Cell::Known), None, String::new(), false),
        };
        let month = found.map_or(now, |(_, v)| v.period.last);
        let unlike = found.and_then(|(b, v)| self.unlike_at_the_beginning(b, v));
        let (rating, reason) = match (latest, self.baseline.zip(self.target)) {
            (Cell::Known(value), Some((from, to))) if measured || self.rating.is_none() => match unlike {
                Some(why) => (Rating::CannotBeTold, why),
                None => self.rated(value, limits, (from, to), month),
            },
            (Cell::Withheld, _) if self.rating.is_none() => (Rating::CannotBeTold, msg!("progress-withheld")),
            _ => match self.rating {
                Some(rating) => {
                    (rating, if self.reason.is_empty() { msg!("progress-no-reason") } else { Message::as_written(&self.reason) })
                }
                None => (Rating::CannotBeTold, msg!("progress-no-value")),
            },
        };
        let overdue = rating != Rating::Reached && self.by.is_some_and(|by| by <= now);
        Progress { latest, limits, unit, measured, rating, reason, overdue }
    }

    /// Why the latest value cannot be held against the baseline of the plan: recording changed in between, or the indicator itself began
    /// elsewhere than the plan says. Values may be revised by a tenth after a plan was written.
    fn unlike_at_the_beginning(&self, of: &Indicator, latest: &IndicatorValue) -> Option<Message> {
        let (plan, month) = self.baseline.zip(self.baseline_month)?;
        if of.breaks.iter().any(|b| b.first_month > month && b.first_month <= latest.period.last) {
            return Some(msg!("progress-break"));
        }
        let value = of.waves.iter().find(|w| (w.period.first..=w.period.last).contains(&month))?.value.known()?;
        let written_to = [1.0, 0.1].into_iter().find(|step| (plan / step - (plan / step).round()).abs() < 1e-6).unwrap_or(0.01);
        let told = |x| if of.unit == "%" { Arg::Percent(x, 1) } else { Arg::Number(x, 1) };
        let differs = (value - plan).abs() > (0.1 * plan.abs()).max(0.5 * written_to) + 1e-9;
        differs.then(|| msg!("progress-other-baseline", plan = told(plan), value = told(value), month = month))
    }

    /// Where a value stands between baseline and target; the target says which way is hoped for.
    fn rated(&self, value: f64, limits: Option<Estimate>, (from, to): (f64, f64), month: Month) -> (Rating, Message) {
        let whole = to - from;
        if whole == 0.0 {
            let held = if limits.is_some_and(|l| l.lower > to || l.upper < to) { Rating::MovingAway } else { Rating::OnCourse };
            return (held, msg!("progress-hold"));
        }
        let share = (value - from) / whole;
        if share >= 1.0 {
            let sure = limits.is_none_or(|l| if whole > 0.0 { l.lower >= to } else { l.upper <= to });
            return (Rating::Reached, if sure { msg!("progress-reached") } else { msg!("progress-reached-by-chance") });
        }
        if limits.is_some_and(|l| (l.lower..=l.upper).contains(&from)) {
            return (Rating::NoClearChange, msg!("progress-no-clear-change"));
        }
        if share < 0.0 {
            return (Rating::MovingAway, msg!("progress-away"));
        }
        let gone = self.baseline_month.zip(self.by).filter(|(a, z)| z > a);
        let Some((start, end)) = gone else {
            return (if share > 0.0 { Rating::Behind } else { Rating::NoClearChange }, msg!("progress-no-dates"));
        };
        let expected = f64::from(month.index() - start.index()) / f64::from(end.index() - start.index());
        if share >= expected.min(1.0) { (Rating::OnCourse, msg!("progress-on-course")) } else { (Rating::Behind, msg!("progress-behind")) }
    }
}

#[cfg(test)]
mod tests;
