//! What followed a report, and how long it took, against packages of survival analysis.

use gapmap::stats::outcomes::{Limits, Report, Rules, Share, cohorts, curve};
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number};
use crate::reference_series::{flag, list, perhaps, text};

/// Peers: lifelines, statsmodels. Relative 1e-10, flags and counts exact.
pub fn outcomes_of_cohorts(file: &Value, found: &mut Cases) {
    let (p, input, expected) = (&file["parameters"], &file["input"], &file["expected"]);
    let level = number(&p["level"]);
    let names = names_of_outcomes(file);
    let limits = match text(&p["km_ci"]) {
        "log-log" => Limits::LogLog,
        "log" => Limits::Log,
        "plain" => Limits::Plain,
        other => panic!("limits that are not known: {other}"),
    };
    let outcomes = list(&input["outcome"]);
    let reports: Vec<Report> = floats(&input["report_month"])
        .into_iter()
        .zip(floats(&input["months_observed"]))
        .zip(outcomes)
        .map(|((month, observed), outcome)| Report {
            month: month as i64,
            observed,
            outcome: outcome.as_str().and_then(|o| names.iter().position(|n| n == o)),
        })
        .collect();
    let ours = curve(&reports, names.len(), limits, level).ours();
    found.part("kaplan_meier", |found| {
        let theirs = list(&expected["kaplan_meier"]);
        found.same(|| "times".into(), ours.steps.len(), theirs.len());
        for (ours, theirs) in ours.steps.iter().zip(theirs) {
            let name = |field: &str| format!("open at {} {field}", ours.time);
            found.close(|| name("time"), ours.time, number(&theirs["time"]), 0.0, 0.0);
            found.same(|| name("at risk"), ours.at_risk, number(&theirs["at_risk"]) as u64);
            found.same(|| name("events"), ours.events, number(&theirs["events"]) as u64);
            found.close(|| name("share"), ours.survival, number(&theirs["survival"]), 1e-10, 1e-12);
            perhaps(found, &name("error"), ours.standard_error, &theirs["se"], 1e-10, 1e-12);
            perhaps(found, &name("lower"), ours.limits.map(|l| l.0), &theirs["lower"], 1e-10, 1e-12);
            perhaps(found, &name("upper"), ours.limits.map(|l| l.1), &theirs["upper"], 1e-10, 1e-12);
        }
    });
    found.part("cumulative_incidence", |found| {
        for (ours, theirs) in ours.steps.iter().zip(list(&expected["cumulative_incidence"])) {
            found.close(|| "time".into(), ours.time, number(&theirs["time"]), 0.0, 0.0);
            for (name, share) in names.iter().zip(&ours.incidence) {
                found.close(|| format!("{name} by {}", ours.time), *share, number(&theirs[name]), 1e-10, 1e-12);
            }
        }
    });
    found.part("median", |found| {
        let theirs = expected.get("median").expect("a median is missing");
        perhaps(found, "median", ours.time_at(0.5), theirs, 0.0, 0.0);
    });
    found.part("quartiles", |found| {
        for (share, theirs) in [0.75, 0.25].into_iter().zip(list(&expected["quartiles"])) {
            perhaps(found, "quartile", ours.time_at(share), theirs, 0.0, 0.0);
        }
    });
    let rules = Rules {
        extract_month: number(&input["extract_month"]) as i64,
        mature_after_months: number(&p["mature_after_months"]) as i64,
        small_below: number(&p["small_below"]) as u64,
        level,
    };
    months_of_reports(found, &reports, &names, &rules, expected);
}

fn months_of_reports(found: &mut Cases, reports: &[Report], names: &[String], rules: &Rules, expected: &Value) {
    let ours = cohorts(reports, names.len(), rules).ours();
    found.part("cohorts", |found| {
        for theirs in list(&expected["cohorts"]) {
            let month = number(&theirs["month"]) as i64;
            let Some(cohort) = ours.months.iter().find(|c| c.month == month) else {
                // Before the first report and after the last there are none.
                found.same(|| format!("{month} reports"), 0, number(&theirs["reports"]) as u64);
                continue;
            };
            found.same(|| format!("{month} reports"), cohort.reports, number(&theirs["reports"]) as u64);
            found.same(|| format!("{month} age"), cohort.age_months, number(&theirs["age_months"]) as i64);
            found.same(|| format!("{month} mature"), cohort.mature, flag(&theirs["mature"]));
            found.same(|| format!("{month} small"), cohort.small, flag(&theirs["small"]));
            for (name, share) in names.iter().zip(&cohort.shares) {
                one_share(found, &format!("{month} {name}"), share, &theirs["shares"][name]);
            }
            one_share(found, &format!("{month} open"), &cohort.open, &theirs["open"]);
        }
    });
    found.part("mature_pooled_within", |found| {
        let theirs = &expected["mature_pooled_within"];
        found.same(|| "mature reports".into(), ours.mature_reports, number(&theirs["reports"]) as u64);
        for (name, share) in names.iter().zip(&ours.mature_within) {
            one_share(found, &format!("pooled {name}"), share, &theirs["shares"][name]);
        }
    });
    found.part("first_immature_month", |found| {
        let theirs = expected.get("first_immature_month").expect("a month is missing");
        found.same(|| "first immature month".into(), ours.first_immature, theirs.as_i64());
    });
}

/// Names of the outcomes: those of the reports, and those that only the results name.
fn names_of_outcomes(file: &Value) -> Vec<String> {
    let told = list(&file["input"]["outcome"]).iter().filter_map(Value::as_str).map(str::to_owned);
    let pooled = file["expected"]["mature_pooled_within"]["shares"].as_object().into_iter().flat_map(|m| m.keys().cloned());
    told.chain(pooled).collect::<std::collections::BTreeSet<String>>().into_iter().collect()
}

fn one_share(found: &mut Cases, name: &str, ours: &Share, theirs: &Value) {
    found.same(|| format!("{name} count"), ours.count, number(&theirs["count"]) as u64);
    for (field, value) in
        [("share", ours.share.map(|s| s.value)), ("lower", ours.share.map(|s| s.lower)), ("upper", ours.share.map(|s| s.upper))]
    {
        perhaps(found, &format!("{name} {field}"), value, &theirs[field], 1e-10, 1e-12);
    }
    if let Some(within) = theirs.get("count_within") {
        found.same(|| format!("{name} in time"), ours.within, number(within) as u64);
    }
}
