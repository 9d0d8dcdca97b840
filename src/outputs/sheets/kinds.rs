//! The kinds of tables that the book holds, one line each. What has no kind here stands as CSV alone.

use std::collections::BTreeMap;

use super::areas;
use super::book::{Gathered, periods};
use crate::model::{Body, Finding, Findings, Series, Shares, Table, WeekClock};
use crate::outputs::tables::{TableView, Value, count, table, view};
use crate::units::Month;

/// A kind of table.
pub(super) struct Kind {
    /// The name of its sheet; a second one gets a number.
    pub name: &'static str,
    /// What an empty cell of it means.
    pub empty: &'static str,
    /// Its tables.
    pub gather: for<'a> fn(&'a Findings) -> Vec<Gathered<'a>>,
}

/// All kinds, in the order in which a reader asks.
pub(super) const KINDS: &[Kind] = &[
    Kind { name: "Gaps", empty: "[z]", gather: |f| each(f, |b| matches!(b, Body::Gaps(_)), 0) },
    Kind { name: "Coverage", empty: "[z]", gather: |f| of_analysis(f, "coverage") },
    Kind { name: "Who is reached", empty: "[z]", gather: |f| of_analysis(f, "gaps") },
    Kind { name: "Services", empty: "[x]", gather: |f| each(f, |b| matches!(b, Body::Services(_)), 2) },
    Kind { name: "Months", empty: "[z]", gather: months },
    Kind { name: "Areas", empty: "[z]", gather: areas::measures },
    Kind { name: "Reach by area", empty: "[z]", gather: areas::reach },
    Kind { name: "Deprivation", empty: "[z]", gather: |f| together(f, "Measure", measure_of_gradient, "Rates along deprivation") },
    Kind { name: "Categories", empty: "[z]", gather: categories },
    Kind { name: "Outcomes", empty: "[z]", gather: |f| together(f, "Measure", measure_of_outcomes, "What became of reports") },
    Kind { name: "Time to outcome", empty: "[z]", gather: |f| together(f, "Measure", measure_of_times, "Months from report to outcome") },
    Kind { name: "Hours", empty: "[z]", gather: |f| clocks(f, "", hours) },
    Kind { name: "Opening hours", empty: "[z]", gather: |f| clocks(f, "When services are open: ", opening) },
    Kind { name: "Need", empty: "[z]", gather: |f| counts_of(f, "need") },
    Kind {
        name: "Parity",
        empty: "[z]",
        gather: |f| together(f, "Service", service_of_parity, "Users beside the people whom a service is for"),
    },
    Kind { name: "Indicators", empty: "[z]", gather: |f| together(f, "Indicator", name_of_indicator, "Indicators of the partnership") },
    Kind { name: "Records", empty: "[z]", gather: |f| counts_of(f, "gaps") },
];

/// A sheet for each finding of a shape, as its own table tells it.
fn each<'a>(findings: &'a Findings, fits: fn(&Body) -> bool, fixed: usize) -> Vec<Gathered<'a>> {
    let of = |finding: &'a Finding| Gathered { title: finding.subtitle.clone(), findings: vec![finding], table: table(finding), fixed };
    findings.findings.iter().filter(|f| fits(&f.body)).map(of).collect()
}

/// Parts of a whole that an analysis tells.
fn of_analysis<'a>(findings: &'a Findings, analysis: &str) -> Vec<Gathered<'a>> {
    let mut all = each(findings, |b| matches!(b, Body::Shares(Shares { .. })), 1);
    all.retain(|g| g.findings.iter().all(|f| f.analysis == analysis));
    all
}

/// Counts by row and column that an analysis tells. A column of codes stands only where a row has one.
fn counts_of<'a>(findings: &'a Findings, analysis: &str) -> Vec<Gathered<'a>> {
    let of = |finding: &'a Finding| {
        let Body::Table(Table { rows, months, .. }) = &finding.body else { return None };
        let mut table = table(finding);
        if rows.iter().all(|r| r.code.is_none()) {
            table.headings.remove(0);
            table.rows.iter_mut().for_each(|r| drop(r.remove(0)));
        }
        // Spans of months by area are a table for programs.
        months.is_empty().then(|| Gathered { title: finding.subtitle.clone(), findings: vec![finding], table, fixed: 1 })
    };
    findings.findings.iter().filter(|f| f.analysis == analysis).filter_map(of).collect()
}

/// Tables of one shape below one another, with a first column that says which is which.
fn together<'a>(findings: &'a Findings, heading: &str, named: fn(&Body) -> Option<String>, title: &str) -> Vec<Gathered<'a>> {
    let own: Vec<(&Finding, String)> = findings.findings.iter().filter_map(|f| Some((f, named(&f.body)?))).collect();
    let mut groups: Vec<Gathered<'a>> = Vec::new();
    for (finding, name) in own {
        let TableView { headings, rows, .. } = table(finding);
        let headings: Vec<String> = std::iter::once(heading.to_owned()).chain(headings).collect();
        let rows = rows.into_iter().map(|row| std::iter::once(Value::Text(name.clone())).chain(row).collect());
        // Measures by other units have other headings: they stand on a sheet of their own.
        match groups.iter_mut().find(|g| g.table.headings == headings) {
            Some(group) => {
                group.table.rows.extend(rows);
                group.findings.push(finding);
            }
            None => groups.push(Gathered {
                title: format!("{title}, {}, {}", findings.frame.area_name, periods(&[finding])),
                findings: vec![finding],
                table: TableView { keys: vec![], headings, rows: rows.collect() },
                fixed: 2,
            }),
        }
    }
    groups
}

fn measure_of_outcomes(body: &Body) -> Option<String> {
    match body {
        Body::OutcomeCohorts(cohorts) => Some(cohorts.measure.clone()),
        _ => None,
    }
}

fn measure_of_times(body: &Body) -> Option<String> {
    match body {
        Body::OutcomeTimes(times) => Some(times.measure.clone()),
        _ => None,
    }
}

fn measure_of_gradient(body: &Body) -> Option<String> {
    match body {
        Body::Gradient(gradient) => Some(gradient.measure.clone()),
        _ => None,
    }
}

fn service_of_parity(body: &Body) -> Option<String> {
    match body {
        Body::Parity(parity) if parity.service.is_empty() => Some("All together".into()),
        Body::Parity(parity) => Some(parity.service.clone()),
        _ => None,
    }
}

fn name_of_indicator(body: &Body) -> Option<String> {
    if let Body::Indicator(indicator) = body { Some(indicator.measure.clone()) } else { None }
}

/// Categories of all kinds below one another: what is counted, by what, and how many.
fn categories(findings: &Findings) -> Vec<Gathered<'_>> {
    let headings =
        ["What is counted", "By", "Category", "Number", "Share, %", "Lower limit, %", "Upper limit, %"].map(str::to_owned).to_vec();
    let own: Vec<&Finding> = findings.findings.iter().filter(|f| matches!(f.body, Body::Bars(_))).collect();
    let mut rows = Vec::new();
    for finding in &own {
        let Body::Bars(bars) = &finding.body else { continue };
        for row in table(finding).rows {
            rows.push([Value::Text(bars.unit.clone()), Value::Text(bars.dimension.clone())].into_iter().chain(row).collect());
        }
    }
    let title = format!("Counts by category, {}, {}", findings.frame.area_name, periods(&own));
    vec![Gathered { title, findings: own, table: view(headings, rows), fixed: 3 }]
}

fn of_months(finding: &Finding) -> Option<(&Finding, &Series)> {
    match &finding.body {
        Body::Series(series) => Some((finding, series)),
        _ => None,
    }
}

/// Months, one a row, with every series side by side.
fn months(findings: &Findings) -> Vec<Gathered<'_>> {
    let (own, series): (Vec<&Finding>, Vec<&Series>) = findings.findings.iter().filter_map(of_months).unzip();
    let mut headings = vec!["Month".to_owned()];
    for s in &series {
        headings.extend(
            ["count", "twelve months to date", "lower limit", "upper limit", "signal"].map(|part| format!("{}: {part}", s.measure)),
        );
    }
    let mut at: BTreeMap<Month, Vec<Value>> = BTreeMap::new();
    let columns = headings.len() - 1;
    for (i, point) in series.iter().enumerate().flat_map(|(i, s)| s.points.iter().map(move |p| (i, p))) {
        let row = at.entry(point.month).or_insert_with(|| vec![Value::Nothing("[x]"); columns]);
        let limit = |x: Option<f64>| x.map_or(Value::Nothing("[z]"), |x| Value::Number(x, 1));
        let said = point.signal();
        let said = if said.is_empty() { Value::Text("none".into()) } else { Value::Text(said) };
        let cells = [count(point.count), count(point.rolling_12), limit(point.lower), limit(point.upper), said];
        row.splice(5 * i..5 * i + 5, cells);
    }
    let rows = at.into_iter().map(|(month, row)| std::iter::once(Value::Text(month.to_string())).chain(row).collect());
    let title = format!("Each month's counts, with the limits of what is usual, {}, {}", findings.frame.area_name, periods(&own));
    vec![Gathered { title, findings: own, table: view(headings, rows.collect()), fixed: 1 }]
}

/// A sheet for each table of hours.
fn clocks<'a>(findings: &'a Findings, about: &str, of: fn(&WeekClock) -> TableView) -> Vec<Gathered<'a>> {
    let own = |finding: &'a Finding| match &finding.body {
        Body::WeekClock(clock) => {
            Some(Gathered { title: format!("{about}{}", finding.subtitle), findings: vec![finding], table: of(clock), fixed: 1 })
        }
        _ => None,
    };
    findings.findings.iter().filter_map(own).collect()
}

/// Events by day and three hours.
fn hours(clock: &WeekClock) -> TableView {
    let headings = std::iter::once("Day".to_owned()).chain(clock.bands.iter().cloned()).chain(["Whole day".to_owned()]).collect();
    let days = clock.days.iter().map(|d| (d.label.as_str(), &d.cells, d.total));
    let rows = days.chain([("All days", &clock.by_band, clock.total)]).map(|(label, cells, total)| {
        std::iter::once(Value::Text(label.into())).chain(cells.iter().chain([&total]).map(|c| count(*c))).collect()
    });
    view(headings, rows.collect())
}

/// How much of each three hours the listed services of a kind are open, and what falls outside their hours.
fn opening(clock: &WeekClock) -> TableView {
    let headings = ["Kind of service", "Services", "Services whose hours are not known"].map(str::to_owned).into_iter();
    let headings = headings
        .chain(clock.bands.iter().map(|b| format!("{b}: open, %")))
        .chain([format!("Share of {} outside its hours, %", clock.unit)]);
    let rows = clock.kinds.iter().map(|kind| {
        let open = (0..clock.bands.len()).map(|band| match kind.unknown == kind.services {
            true => Value::Nothing("[x]"),
            false => Value::Number(100.0 * kind.open_share(&[], band), 0),
        });
        [Value::Text(kind.label.clone()), Value::Count(kind.services as u64), Value::Count(kind.unknown as u64)]
            .into_iter()
            .chain(open)
            .chain([kind.while_closed.map_or(Value::Nothing("[x]"), |s| Value::Number(100.0 * s, 1))])
            .collect()
    });
    view(headings.collect(), rows.collect())
}
