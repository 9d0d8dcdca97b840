//! What a finding tells of each area, as columns of one sheet.

use std::collections::BTreeMap;

use crate::model::{Body, Finding};
use crate::outputs::tables::{Value, count, estimate, number};
use crate::units::{AreaCode, Cell};

/// A column: its heading, its value for each area, for events of no known place, and for the whole.
pub(super) struct Column {
    pub heading: String,
    pub values: BTreeMap<AreaCode, Value>,
    pub unlocated: Value,
    pub whole: Value,
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

/// The columns of a finding; none where it says nothing of the kind.
pub(super) fn measured(finding: &Finding, columns: &mut Vec<Column>) {
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
pub(super) fn reached(finding: &Finding, columns: &mut Vec<Column>) {
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
