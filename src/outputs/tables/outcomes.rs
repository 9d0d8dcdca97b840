//! Tables of what became of reports.

use super::{Value, View, count, estimate, number, text};
use crate::model::{Followed, OutcomeCohorts, OutcomeTimes, OutcomesOf};
use crate::units::capital;

/// Cohorts with their counts, then those added together with their shares.
pub(super) fn cohorts(body: &OutcomeCohorts) -> View {
    let unit = capital(&body.unit);
    let mut headings = vec!["Of".into(), "Reported in".into(), "May be compared".into(), unit.clone()];
    for kind in &body.classes {
        headings.extend([format!("{unit}: {}", kind.label), format!("{}, % of reports", kind.label)]);
        headings.extend(["lower", "upper"].map(|limit| format!("{}, {limit} limit, %", kind.label)));
    }
    let shareless = [Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")];
    let mut rows = Vec::new();
    for c in &body.cohorts {
        let state = match (c.followed, c.added) {
            (Followed::Mature, true) => "yes",
            (Followed::Mature, false) => "yes, on the other side of a change in recording",
            (Followed::Immature, _) => "not yet",
            (Followed::Missing, _) => "not known",
            (Followed::AgeUnknown, _) => "no: how old its outcomes are is not known",
        };
        let mut row = vec![text("one cohort"), text(&c.months.label()), text(state), count(c.reports)];
        c.counts.iter().for_each(|n| row.extend([count(*n)].into_iter().chain(shareless.clone())));
        rows.push(row);
    }
    // The months may have holes: how many of them are added stands beside the first and the last.
    let months = body.cohorts.iter().filter(|c| c.added).map(|c| c.months.len()).sum();
    rows.extend(body.together.iter().chain(&body.authorities).map(|of| added(of, months)));
    (headings, rows)
}

fn added(of: &OutcomesOf, months: usize) -> Vec<Value> {
    let all = of.months.len();
    let reported = if all == months { of.months.label() } else { format!("{}, {months} of {all} months", of.months.label()) };
    let mut row = vec![text(&of.label), text(&reported), text("yes, together"), count(of.reports)];
    of.parts.iter().for_each(|p| row.extend([count(p.count)].into_iter().chain(estimate(p.share, 100.0, 1))));
    row
}

/// Months since the report.
pub(super) fn times(body: &OutcomeTimes) -> View {
    let mut headings = vec![
        "Months since the report".into(),
        "Still open, %".into(),
        "Still open, lower limit, %".into(),
        "Still open, upper limit, %".into(),
        "Open and followed no longer".into(),
    ];
    for kind in &body.classes {
        headings.extend([format!("Then: {}", kind.label), format!("By then: {}, %", kind.label)]);
    }
    let row = |s: &crate::model::OutcomeStep| {
        let mut row = vec![Value::Count(u64::from(s.months))];
        row.extend(estimate(s.open, 100.0, 1));
        row.push(count(s.left));
        for (n, share) in s.counts.iter().zip(&s.by_then) {
            row.extend([count(*n), number(share.map(|x| 100.0 * x), 1)]);
        }
        row
    };
    (headings, body.steps.iter().map(row).collect())
}
