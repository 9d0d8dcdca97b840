//! Areas, one a row, with what is known of each side by side.

use std::collections::BTreeMap;

use super::area_columns::{Column, measured, reached};
use super::book::{Gathered, periods};
use crate::model::{Finding, Findings};
use crate::outputs::tables::{Value, view};
use crate::units::AreaCode;

/// What was counted, where it is high with its neighbours, and the index of need.
pub(super) fn measures(findings: &Findings) -> Vec<Gathered<'_>> {
    gathered(findings, "What was recorded in each area", measured)
}

/// How each kind of service reaches each area.
pub(super) fn reach(findings: &Findings) -> Vec<Gathered<'_>> {
    gathered(findings, "How each kind of service reaches each area", reached)
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
