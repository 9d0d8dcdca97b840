//! How long reports took to come to an outcome: those that are still open count for as long as they have been followed.

use super::stretches::{stretches_of_months, told};
use super::{Asked, kinds};
use crate::analyses::draft::{CountTable, Draft, Released, Telling};
use crate::model::{Arg, Body, Message, OutcomeClass, OutcomeStep, OutcomeTimes};
use crate::msg;
use crate::stats::counts::proportion;
use crate::stats::outcomes::{Limits, Report, curve};
use crate::units::{Cell, Estimate, Month, Period};

struct Facts {
    area_name: String,
    label: String,
    unit: &'static str,
    months: Period,
    /// Those of them whose reports are followed, in runs.
    followed: Vec<Period>,
    level: f64,
    classes: Vec<OutcomeClass>,
    without_time: bool,
    /// Whether a report that ended another way was charged later.
    charged_later: bool,
}

impl Asked<'_> {
    /// The curve over all months since the last break that are followed; `None` where outcomes have no dates, and of restricted sources: a count for each
    /// month of waiting is a count of a few people.
    pub(super) fn times(&self) -> Option<Draft> {
        if !self.dated || self.restricted {
            return None;
        }
        let months = self.months_of_curve()?;
        let classes: Vec<OutcomeClass> = self.classes.iter().copied().filter(|c| c.is_an_end()).collect();
        // By months since the report: those that came to each class then, and those that are followed no longer.
        let mut rows: Vec<Vec<u64>> = Vec::new();
        let (mut without_time, mut charged_later) = (false, false);
        for e in self.ended() {
            let month = self.dataset.period.first.plus(e.month as i32);
            if !(months.first..=months.last).contains(&month) || self.outcomes.followed[e.month].is_none() {
                continue;
            }
            let Some(course) = &e.fate.dated else {
                without_time = true;
                continue;
            };
            let (class, after) = course.event().map_or((None, course.followed), |(class, after)| (Some(class), after));
            let after = usize::from(after);
            charged_later |= class == Some(OutcomeClass::Charged) && course.first.is_some_and(|(first, _)| first != OutcomeClass::Charged);
            if rows.len() <= after {
                rows.resize(after + 1, vec![0; classes.len() + 1]);
            }
            let column = classes.iter().position(|c| class == Some(*c)).unwrap_or(classes.len());
            rows[after][column] += e.n;
        }
        if rows.is_empty() {
            return None;
        }
        let table = CountTable::new(rows.into_iter().map(|row| row.into_iter().map(Some).collect()).collect());
        let held = months.months().filter(|m| self.dataset.period.position(*m).is_some_and(|i| self.outcomes.followed[i].is_some()));
        let facts = Facts {
            area_name: self.study.about.area_name.clone(),
            label: self.indicator.label.clone(),
            unit: self.dataset.topic.unit(),
            months,
            followed: stretches_of_months(held),
            level: self.level,
            classes,
            without_time,
            charged_later,
        };
        Some(Draft::new(self.head("times", months), table, facts, tell))
    }

    /// From the latest break with a mature cohort on: to the last month, or to the next break.
    fn months_of_curve(&self) -> Option<Period> {
        let cohorts = self.windows();
        let first = cohorts.iter().find(|c| c.added)?.months.first;
        let next_break = self.breaks().into_iter().find(|b| *b > first);
        let last = next_break.map_or(self.dataset.period.last, |b| b.plus(-1));
        let there = |m: &Month| self.dataset.period.position(*m).is_some_and(|i| self.outcomes.followed[i].is_some());
        Period::new(first, Period::new(first, last)?.months().filter(there).max()?)
    }
}

/// Most reports that a curve is drawn over: all of England and Wales of several years.
const MOST_REPORTS: u64 = 50_000_000;

fn tell(facts: &Facts, released: &Released) -> Telling {
    let ends = facts.classes.len();
    let cells: Vec<Vec<Cell<u64>>> = (0..released.rows()).map(|row| released.row(row)).collect();
    let reports = Cell::sum(&cells.iter().flatten().copied().collect::<Vec<_>>());
    let mut all = Vec::new();
    if reports.known().is_some_and(|n| n <= MOST_REPORTS) {
        for (after, row) in cells.iter().enumerate() {
            for (k, n) in row.iter().enumerate() {
                let report = Report { month: 0, observed: after as f64, outcome: (k < ends).then_some(k) };
                all.extend(std::iter::repeat_n(report, n.known().unwrap_or(0) as usize));
            }
        }
    }
    let found = curve(&all, ends, Limits::LogLog, facts.level);
    let mut steps = Vec::with_capacity(cells.len());
    // Between times with outcomes the curve stays where it is; before the first all are open.
    let (mut open, mut by_then) = (Estimate { value: 1.0, lower: 1.0, upper: 1.0, level: facts.level }, vec![0.0; ends]);
    let in_row = |row: &[Cell<u64>]| row.iter().filter_map(|n| n.known()).sum::<u64>();
    let mut at_risk: u64 = cells.iter().map(|row| in_row(row)).sum();
    for (after, row) in cells.iter().enumerate() {
        if let Some(step) = found.as_ref().and_then(|c| c.steps.iter().find(|s| s.time == after as f64)) {
            let (lower, upper) = step.limits.unwrap_or_else(|| none_open(&open, step.at_risk, facts.level));
            open = Estimate { value: step.survival, lower, upper, level: facts.level };
            by_then.clone_from(&step.incidence);
        } else if open.value >= 1.0 {
            // So many were followed to here, and none of them came to an outcome: that is no certainty.
            open.lower = proportion(at_risk, at_risk, facts.level).map_or(0.0, |p| p.lower);
        }
        at_risk -= in_row(row).min(at_risk);
        let known = found.is_some();
        steps.push(OutcomeStep {
            months: after as u16,
            counts: row[..ends].to_vec(),
            left: row.get(ends).copied().unwrap_or(Cell::Missing),
            open: if known { Cell::Known(open) } else { Cell::Missing },
            by_then: by_then.iter().map(|x| if known { Cell::Known(*x) } else { Cell::Missing }).collect(),
        });
    }
    let median = found.as_ref().and_then(|c| c.time_at(0.5)).map(|t| t as u16);
    let body = OutcomeTimes {
        measure: facts.label.clone(),
        unit: facts.unit.into(),
        months: facts.months,
        level: facts.level,
        classes: kinds(&facts.classes, true),
        reports,
        steps,
        median_months: median,
    };
    let label = || Message::as_written(&facts.label);
    // The share at that month, which is more than half: outcomes come in whole months.
    let ended = |months: u16| {
        let open = body.steps.get(usize::from(months)).and_then(|s| s.open.known());
        open.map_or(Arg::Percent(50.0, 0), |open| Arg::share(1.0 - open.value, 0))
    };
    let headline = match (found.is_some(), median) {
        (false, _) => msg!("outcomes-times-headline-not-known", label = label()),
        (true, Some(0)) => msg!("outcomes-times-headline-at-once", label = label(), share = ended(0), stood = stood(facts)),
        (true, Some(months)) => {
            msg!("outcomes-times-headline", label = label(), months = usize::from(months), share = ended(months), stood = stood(facts))
        }
        (true, None) => msg!("outcomes-times-headline-open", label = label(), share = Arg::Percent(50.0, 0), stood = stood(facts)),
    };
    let mut sentences = Vec::new();
    if let (Some(n), true) = (reports.known(), found.is_some()) {
        let period = reported(facts);
        sentences.push(msg!("outcomes-times-reports", count = n, unit = facts.unit, period = period));
        sentences.extend(facts.charged_later.then(|| msg!("outcomes-times-charged-later")));
        sentences.extend([3, 12, 24].into_iter().filter_map(|m| by(facts, &body, m)));
    }
    sentences.extend(facts.without_time.then(|| msg!("outcomes-times-without")));
    Telling {
        headline,
        subtitle: msg!("outcomes-times-subtitle", label = label(), area = &facts.area_name, period = reported(facts)),
        sentences,
        figures: vec![],
        body: Body::OutcomeTimes(body),
    }
}

/// The months whose reports are followed.
fn reported(facts: &Facts) -> Arg {
    told(&facts.followed).unwrap_or(Arg::Period(facts.months))
}

/// Limits where nothing that was followed is open any more: of all reports as many count as those at risk stand for, and of so many none is open (Wilson).
fn none_open(before: &Estimate, at_risk: u64, level: f64) -> (f64, f64) {
    let stand_for = if before.value > 0.0 { (at_risk as f64 / before.value).round().max(1.0) as u64 } else { at_risk.max(1) };
    (0.0, proportion(0, stand_for, level).map_or(1.0, |p| p.upper))
}

/// How many had an outcome so many months after the report, where reports are followed that long.
fn by(facts: &Facts, body: &OutcomeTimes, months: usize) -> Option<Message> {
    let step = body.steps.get(months)?;
    let open = step.open.known()?;
    let charged = body.classes.iter().position(|k| k.class == OutcomeClass::Charged).and_then(|k| step.by_then[k].known());
    let share = Arg::share(1.0 - open.value, 0);
    let (lower, upper) = (Arg::share(1.0 - open.upper, 0), Arg::share(1.0 - open.lower, 0));
    Some(match charged {
        Some(c) => {
            msg!(
                "outcomes-times-by-charged",
                months = months,
                share = share,
                lower = lower,
                upper = upper,
                charged = Arg::share(c, 1),
                stood = stood(facts)
            )
        }
        None => msg!("outcomes-times-by", months = months, share = share, lower = lower, upper = upper, stood = stood(facts)),
    })
}

/// Whether an outcome counts only where no charge came after it, as texts select on it.
fn stood(facts: &Facts) -> Arg {
    Arg::Key(if facts.charged_later { "stood" } else { "any" })
}
