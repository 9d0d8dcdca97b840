//! What happened after it was reported: how long until an outcome, which one, and what may be compared over months of report.
//!
//! Kaplan and Meier 1958; Greenwood; Aalen and Johansen 1978; Wilson 1927. Checked: `outcome_cohorts` (lifelines, statsmodels).

use super::counts::{normal_quantile, proportion};
use crate::units::Estimate;

/// One report.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Report {
    /// Month of the report, counted from any start.
    pub month: i64,
    /// Months from the report to its outcome; without an outcome those to the extract.
    pub observed: f64,
    /// Which outcome; `None` while it is open.
    pub outcome: Option<usize>,
}

/// How limits of a survival curve are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limits {
    /// `S^exp(∓ z √G / ln S)`: lifelines' usual form.
    LogLog,
    /// `S exp(∓ z √G)`, cut at 1: R's usual form.
    Log,
    /// `S ∓ z S √G`, cut to 0 to 1.
    Plain,
}

/// The curve at a time with outcomes.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Months since the report.
    pub time: f64,
    /// Reports open until then.
    pub at_risk: u64,
    /// Outcomes at this time.
    pub events: u64,
    /// Share still open after it.
    pub survival: f64,
    /// Greenwood's standard error; `None` where nothing is open.
    pub standard_error: Option<f64>,
    /// Limits; `None` where nothing is open.
    pub limits: Option<(f64, f64)>,
    /// Share that came to each outcome by then (Aalen and Johansen): with the share still open they are 1 together.
    pub incidence: Vec<f64>,
}

/// Time to an outcome over all reports.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// One for each time with outcomes.
    pub steps: Vec<Step>,
}

impl Curve {
    /// First time at which this share or less is still open; `None` where more stays open.
    pub fn time_at(&self, share: f64) -> Option<f64> {
        self.steps.iter().find(|s| s.survival <= share + 1e-12).map(|s| s.time)
    }
}

/// Share still open by time since the report, with limits, and the share that came to each of `outcomes` outcomes.
///
/// At equal times outcomes come first: a report that is open at the extract `t` months after it was at risk at `t`. `None` without a report that can be read.
///
/// ```
/// use gapmap::stats::outcomes::{Limits, Report, curve};
/// let report = |observed: f64, outcome: Option<usize>| Report { month: 0, observed, outcome };
/// let found = curve(&[report(1.0, Some(0)), report(2.0, None), report(3.0, Some(1)), report(3.0, None)], 2, Limits::LogLog, 0.95).unwrap();
/// assert_eq!((found.steps[0].survival, found.steps[1].survival), (0.75, 0.375));
/// assert_eq!(found.steps[1].incidence, [0.25, 0.375]);
/// ```
pub fn curve(reports: &[Report], outcomes: usize, limits: Limits, level: f64) -> Option<Curve> {
    let mut known: Vec<&Report> = reports.iter().filter(|r| r.observed.is_finite()).collect();
    if known.is_empty() || !(level > 0.0 && level < 1.0) {
        return None;
    }
    known.sort_by(|a, b| a.observed.total_cmp(&b.observed));
    let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
    let (mut survival, mut greenwood, mut incidence, mut steps) = (1.0, 0.0, vec![0.0; outcomes], Vec::new());
    let mut from = 0;
    while from < known.len() {
        let time = known[from].observed;
        let to = from + known[from..].iter().take_while(|r| r.observed <= time).count();
        let at_risk = (known.len() - from) as f64;
        let here = &known[from..to];
        from = to;
        let events = here.iter().filter(|r| r.outcome.is_some()).count() as f64;
        if events == 0.0 {
            continue;
        }
        for outcome in here.iter().filter_map(|r| r.outcome).filter(|o| *o < outcomes) {
            incidence[outcome] += survival / at_risk;
        }
        let all = at_risk <= events;
        survival = if all { 0.0 } else { survival * (1.0 - events / at_risk) };
        greenwood += if all { 0.0 } else { events / (at_risk * (at_risk - events)) };
        let root: f64 = f64::sqrt(greenwood);
        steps.push(Step {
            time,
            at_risk: at_risk as u64,
            events: events as u64,
            survival,
            standard_error: (!all).then_some(survival * root),
            limits: (!all).then(|| drawn(survival, root, z, limits)),
            incidence: incidence.clone(),
        });
    }
    Some(Curve { steps })
}

fn drawn(s: f64, root: f64, z: f64, limits: Limits) -> (f64, f64) {
    match limits {
        // ln S is below 0: the minus sign gives the lower limit.
        Limits::LogLog => {
            let reach = z * root / s.ln();
            (s.powf((-reach).exp()), s.powf(reach.exp()))
        }
        Limits::Log => (s * (-z * root).exp(), (s * (z * root).exp()).min(1.0)),
        Limits::Plain => ((s - z * s * root).max(0.0), (s + z * s * root).min(1.0)),
    }
}

/// How many reports of a month came to an outcome.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Share {
    /// Reports with it.
    pub count: u64,
    /// Of all reports of the month, open ones too, with Wilson's limits; `None` in a month without reports.
    pub share: Option<Estimate>,
    /// Those that came to it within the time that every mature month has had: the only count that may be compared over months.
    pub within: u64,
}

/// The reports of one month.
#[derive(Clone, PartialEq, Debug)]
pub struct Cohort {
    /// Month of the report.
    pub month: i64,
    /// Reports.
    pub reports: u64,
    /// Months from then to the extract.
    pub age_months: i64,
    /// Whether it has had the time that is asked for: younger months are never compared or pooled.
    pub mature: bool,
    /// Whether it has few reports.
    pub small: bool,
    /// One for each outcome.
    pub shares: Vec<Share>,
    /// Those without an outcome.
    pub open: Share,
}

/// Cohorts by month of report.
#[derive(Clone, PartialEq, Debug)]
pub struct Cohorts {
    /// Every month from the first to the last report.
    pub months: Vec<Cohort>,
    /// Reports of mature months.
    pub mature_reports: u64,
    /// Outcomes of these within the time that is asked for, one for each outcome.
    pub mature_within: Vec<Share>,
    /// First month that is not mature.
    pub first_immature: Option<i64>,
}

/// What is asked of a cohort.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rules {
    /// Month of the extract, on the same count as months of report.
    pub extract_month: i64,
    /// Months after which a cohort is mature, and within which outcomes are compared.
    pub mature_after_months: i64,
    /// A month with fewer reports is small.
    pub small_below: u64,
    /// Coverage of limits.
    pub level: f64,
}

/// Longest span of months that a list of cohorts covers: a slip in a month must not fill the memory.
const MOST_MONTHS: i64 = 12_000;

/// Shares of each month's reports by outcome, immature months marked.
///
/// `None` without reports, or where months lie more than a thousand years apart.
///
/// ```
/// use gapmap::stats::outcomes::{Report, Rules, cohorts};
/// let report = |month: i64, observed: f64, outcome: Option<usize>| Report { month, observed, outcome };
/// let rules = Rules { extract_month: 8, mature_after_months: 6, small_below: 10, level: 0.95 };
/// let found = cohorts(&[report(0, 2.0, Some(0)), report(0, 7.0, Some(0)), report(7, 1.0, None)], 1, &rules).unwrap();
/// assert_eq!((found.months[0].shares[0].count, found.months[0].shares[0].within), (2, 1));
/// assert_eq!(found.first_immature, Some(3));
/// ```
pub fn cohorts(reports: &[Report], outcomes: usize, rules: &Rules) -> Option<Cohorts> {
    let (first, last) = (reports.iter().map(|r| r.month).min()?, reports.iter().map(|r| r.month).max()?);
    if last.saturating_sub(first) > MOST_MONTHS || !(rules.level > 0.0 && rules.level < 1.0) {
        return None;
    }
    let within = |r: &&Report| r.observed <= rules.mature_after_months as f64;
    let mut by_month: Vec<Vec<&Report>> = vec![Vec::new(); (last - first) as usize + 1];
    reports.iter().for_each(|r| by_month[(r.month - first) as usize].push(r));
    let months: Vec<Cohort> = (first..=last)
        .zip(&by_month)
        .map(|(month, of)| {
            let share = |outcome: Option<usize>| {
                let these = || of.iter().copied().filter(|r| r.outcome == outcome);
                let count = these().count() as u64;
                Share { count, share: proportion(count, of.len() as u64, rules.level), within: these().filter(within).count() as u64 }
            };
            let age_months = rules.extract_month.saturating_sub(month);
            Cohort {
                month,
                reports: of.len() as u64,
                age_months,
                mature: age_months >= rules.mature_after_months,
                small: (of.len() as u64) < rules.small_below,
                shares: (0..outcomes).map(|o| share(Some(o))).collect(),
                open: share(None),
            }
        })
        .collect();
    let mature = || months.iter().filter(|c| c.mature);
    let mature_reports = mature().map(|c| c.reports).sum();
    let pooled = |o: usize| {
        let count = mature().map(|c| c.shares[o].within).sum();
        Share { count, share: proportion(count, mature_reports, rules.level), within: count }
    };
    Some(Cohorts {
        mature_reports,
        mature_within: (0..outcomes).map(pooled).collect(),
        first_immature: months.iter().find(|c| !c.mature).map(|c| c.month),
        months,
    })
}
