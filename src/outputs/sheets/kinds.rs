//! The kinds of sheets that the book holds, in their order.

use std::collections::BTreeMap;

use super::areas;
use super::book::{Gathered, periods};
use crate::model::shape::Sheet;
use crate::model::{Body, Finding, Findings, Series, Table, WeekClock};
use crate::outputs::tables::{TableView, Value, count, table, view};
use crate::units::Month;

/// Sheets of a kind.
pub(super) struct Kind {
    /// The name of its sheet; a second one gets a number.
    pub name: &'static str,
    /// What an empty cell of it means.
    pub empty: &'static str,
    /// Its tables.
    pub gather: for<'a> fn(&'a Findings, &str) -> Vec<Gathered<'a>>,
}

const fn kind(name: &'static str, gather: for<'a> fn(&'a Findings, &str) -> Vec<Gathered<'a>>) -> Kind {
    Kind { name, empty: "[z]", gather }
}

/// All kinds, in the order in which a reader asks: sheets that shapes name, and those that the book puts together.
const KINDS: &[Kind] = &[
    kind("Gaps", named),
    kind("Coverage", |f, _| of_analysis(f, "coverage")),
    kind("Who is reached", |f, _| of_analysis(f, "gaps")),
    Kind { empty: "[x]", ..kind("Services", named) },
    kind("Months", |f, _| months(f)),
    kind("Areas", |f, _| areas::measures(f)),
    kind("Reach by area", |f, _| areas::reach(f)),
    kind("Deprivation", named),
    kind("Categories", |f, _| categories(f)),
    kind("Outcomes", named),
    kind("Time to outcome", named),
    kind("Hours", |f, _| clocks(f, "", hours)),
    kind("Opening hours", |f, _| clocks(f, "When services are open: ", opening)),
    kind("Need", |f, _| counts_of(f, "need")),
    kind("Parity", named),
    kind("Journeys", named),
    kind("Indicators", named),
    kind("Records", |f, _| counts_of(f, "gaps")),
];

/// Those, and behind them the sheets of shapes that nobody gave a place.
pub(super) fn kinds(findings: &Findings) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = KINDS.iter().map(|k| Kind { name: k.name, empty: k.empty, gather: k.gather }).collect();
    for finding in &findings.findings {
        let (name, empty) = match finding.body.shape().sheet() {
            Sheet::Own { name, empty, .. } => (name, empty),
            Sheet::Together { name, .. } => (name, "[z]"),
            Sheet::ByTheBook => continue,
        };
        if kinds.iter().all(|k| k.name != name) {
            kinds.push(Kind { name, empty, gather: named });
        }
    }
    kinds
}

/// The sheets of the shapes that name one so.
fn named<'a>(findings: &'a Findings, wanted: &str) -> Vec<Gathered<'a>> {
    let mut all: Vec<Gathered<'a>> = Vec::new();
    for finding in &findings.findings {
        match finding.body.shape().sheet() {
            Sheet::Own { name, fixed, .. } if name == wanted => all.push(own(finding, fixed)),
            Sheet::Together { name, heading, which, title } if name == wanted => {
                below(&mut all, findings, finding, (heading, &which, title))
            }
            Sheet::Own { .. } | Sheet::Together { .. } | Sheet::ByTheBook => {}
        }
    }
    all
}

/// The sheet of a finding, as its own table tells it.
fn own(finding: &Finding, fixed: usize) -> Gathered<'_> {
    Gathered { title: finding.subtitle.clone(), findings: vec![finding], table: table(finding), fixed }
}

/// The table of a finding below those of its kind, with a first column that says which is which.
fn below<'a>(groups: &mut Vec<Gathered<'a>>, findings: &Findings, finding: &'a Finding, (heading, which, title): (&str, &str, &str)) {
    let TableView { headings, rows, .. } = table(finding);
    let headings: Vec<String> = std::iter::once(heading.to_owned()).chain(headings).collect();
    let rows = rows.into_iter().map(|row| std::iter::once(Value::Text(which.to_owned())).chain(row).collect());
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

/// Parts of a whole that an analysis tells.
fn of_analysis<'a>(findings: &'a Findings, analysis: &str) -> Vec<Gathered<'a>> {
    let shares = findings.findings.iter().filter(|f| f.analysis == analysis && matches!(f.body, Body::Shares(_)));
    shares.map(|f| own(f, 1)).collect()
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
    let headings = headings.chain(clock.bands.iter().map(|b| format!("{b}: open, %"))).chain([
        match clock.kinds.iter().any(|k| k.while_closed_most.is_some()) {
            true => format!("Share of {} outside its hours, %, at least where counts are withheld", clock.unit),
            false => format!("Share of {} outside its hours, %", clock.unit),
        },
    ]);
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
