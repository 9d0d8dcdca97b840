//! Areas, one a row, with what is known of each side by side.

use std::collections::BTreeMap;

use super::book::{Gathered, periods};
use crate::model::{Body, Finding, Findings};
use crate::outputs::tables::{Value, count, estimate, number, view};
use crate::units::{AreaCode, Cell};

/// A column: its heading, its value for each area, for events of no known place, and for the whole.
struct Column {
    heading: String,
    values: BTreeMap<AreaCode, Value>,
    unlocated: Value,
    whole: Value,
}

impl Column {
    fn new(heading: String, values: impl Iterator<Item = (AreaCode, Value)>, unlocated: Value, whole: Value) -> Self {
        Self { heading, values: values.collect(), unlocated, whole }
    }

    /// A column that says something of areas alone.
    fn of_areas(heading: String, values: impl Iterator<Item = (AreaCode, Value)>) -> Self {
        Self::new(heading, values, Value::Nothing("[z]"), Value::Nothing("[z]"))
    }
}

/// What was counted, where it is high with its neighbours, and the index of need.
pub(super) fn measures(findings: &Findings) -> Vec<Gathered<'_>> {
    gathered(findings, "What was recorded in each area", measured)
}

/// How each kind of service reaches each area.
pub(super) fn reach(findings: &Findings) -> Vec<Gathered<'_>> {
    gathered(findings, "How each kind of service reaches each area", reached)
}

/// The columns of a finding; none where it says nothing of the kind.
fn measured(finding: &Finding, columns: &mut Vec<Column>) {
    match &finding.body {
        Body::AreaRates(body) => {
            let population = |r: Cell<f64>| number(r, 0);
            let of = |part: &str| format!("{}: {part}", body.measure);
            // Most measures are of the same people, who need to stand there once.
            let people = Column::new(
                "Population".into(),
                body.rows.iter().map(|r| (r.code, population(r.residents))),
                Value::Nothing("[z]"),
                population(body.total.residents),
            );
            match columns.iter().find(|c| c.heading == people.heading) {
                None => columns.push(people),
                Some(known) if known.values == people.values => {}
                Some(_) => columns.push(Column { heading: of("population"), ..people }),
            }
            let counts = body.rows.iter().map(|r| (r.code, count(r.count)));
            columns.push(Column::new(of("count"), counts, count(body.unlocated), count(body.total.count)));
            let parts = [format!("rate {}", body.unit), "lower limit".into(), "upper limit".into()];
            for (i, part) in parts.iter().enumerate() {
                let shown = |rate| estimate(rate, 1.0, body.decimals()).into_iter().nth(i).unwrap_or(Value::Nothing("[x]"));
                let values = body.rows.iter().map(|r| (r.code, shown(r.rate)));
                columns.push(Column::new(of(part), values, Value::Nothing("[z]"), shown(body.total.rate)));
            }
        }
        Body::AreaCounts(body) => {
            let values = body.rows.iter().map(|r| (r.code, count(r.count)));
            columns.push(Column::new(format!("Number of {}", body.unit), values, count(body.unlocated), count(body.total)));
        }
        Body::HotSpots(body) => {
            let values = body.rows.iter().map(|r| (r.code, Value::Text(r.class.label().into())));
            columns.push(Column::of_areas(format!("{}: beside its neighbours", body.measure), values));
        }
        Body::NeedIndex(body) => {
            let index = body.rows.iter().map(|r| (r.code, number(r.index, 1)));
            columns.push(Column::of_areas("Index of need, 0 to 100".into(), index));
            for (heading, part) in [("Rank by the index, from", 0), ("Rank by the index, to", 1)] {
                let rank = |r: crate::model::GapRank| Value::Count([r.low, r.high][part] as u64);
                let values = body.rows.iter().map(|r| (r.code, r.rank.map_or(Value::Nothing("[x]"), rank)));
                columns.push(Column::of_areas(heading.into(), values));
            }
        }
        _ => {}
    }
}

/// Classes of reach, and what there is for people.
fn reached(finding: &Finding, columns: &mut Vec<Column>) {
    match &finding.body {
        Body::AreaClasses(body) => {
            let values = body.rows.iter().map(|r| (r.code, Value::Text(body.label(r.class).into())));
            columns.push(Column::of_areas(body.measure.clone(), values));
        }
        Body::AreaAccess(body) => {
            let values = body.rows.iter().map(|r| (r.code, number(r.value, 2)));
            columns.push(Column::of_areas(format!("{}: {}", body.measure, body.unit), values));
        }
        _ => {}
    }
}

/// One table of all findings that have columns.
fn gathered<'a>(findings: &'a Findings, title: &str, of: fn(&Finding, &mut Vec<Column>)) -> Vec<Gathered<'a>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut own: Vec<&Finding> = Vec::new();
    for finding in &findings.findings {
        let before = columns.len();
        of(finding, &mut columns);
        if columns.len() > before {
            own.push(finding);
        }
    }
    let names: BTreeMap<AreaCode, &str> = findings.outlines.iter().map(|o| (o.code, o.name.as_str())).collect();
    let mut codes: Vec<AreaCode> = columns.iter().flat_map(|c| c.values.keys().copied()).collect();
    codes.sort_unstable();
    codes.dedup();
    let headings = ["Code", "Area"].map(str::to_owned).into_iter().chain(columns.iter().map(|c| c.heading.clone())).collect();
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(codes.len() + 2);
    for code in codes {
        let name = names.get(&code).map_or(Value::Nothing("[x]"), |n| Value::Text((*n).into()));
        let known = columns.iter().map(|c| c.values.get(&code).cloned().unwrap_or(Value::Nothing("[x]")));
        rows.push([Value::Text(code.as_str().into()), name].into_iter().chain(known).collect());
    }
    sum_row(&mut rows, "Place not known", &columns, |c| &c.unlocated);
    sum_row(&mut rows, "Total", &columns, |c| &c.whole);
    let title = format!("{title}, {}, {}", findings.frame.area_name, periods(&own));
    vec![Gathered { title, findings: own, table: view(headings, rows), fixed: 2 }]
}

/// A row of sums, where any column has one.
fn sum_row(rows: &mut Vec<Vec<Value>>, label: &str, columns: &[Column], of: fn(&Column) -> &Value) {
    if columns.iter().any(|c| !matches!(of(c), Value::Nothing("[z]"))) {
        let cells = columns.iter().map(|c| of(c).clone());
        rows.push([Value::Nothing("[z]"), Value::Text(label.into())].into_iter().chain(cells).collect());
    }
}
