//! Indicators as a table: waves, what they are compared with, and parts, one a row.

use super::{Value, View, count, number, text};
use crate::model::{Indicator, IndicatorKind, IndicatorSaid, IndicatorValue};
use crate::units::{Cell, Standing};

/// Every value of an indicator.
pub(super) fn indicator(body: &Indicator) -> View {
    let headings = [
        "What it is of",
        "Area or group",
        "Code",
        "From",
        "To",
        "Numerator",
        "Denominator",
        "Value",
        "Unit",
        "Lower limit",
        "Upper limit",
        "Usual from",
        "Usual to",
        "Signal",
        "Compared",
        "State",
    ];
    let mut rows: Vec<Vec<Value>> = body.waves.iter().map(|v| row(body, "All", v)).collect();
    rows.extend(body.beside.iter().map(|v| row(body, "To compare with", v)));
    rows.extend(body.ways.iter().flat_map(|w| w.rows.iter().map(|v| row(body, &w.name, v))));
    (headings.map(str::to_owned).to_vec(), rows)
}

/// `%`, or `offences per 1,000`.
fn unit(body: &Indicator) -> String {
    match body.kind {
        IndicatorKind::Rate => format!("{} per {}", body.unit, crate::units::thousands(body.per as u64)),
        IndicatorKind::Share | IndicatorKind::Count | IndicatorKind::Value => body.unit.clone(),
    }
}

fn row(body: &Indicator, of: &str, v: &IndicatorValue) -> Vec<Value> {
    let places = if body.kind == IndicatorKind::Count { 0 } else { 1 };
    let limit = |x: Option<f64>| x.map_or(Value::Nothing("[z]"), |x| Value::Number(x, 1));
    let signal = match v.signal {
        None => Value::Nothing("[z]"),
        Some(0) => text("none"),
        Some(s) => text(if s > 0 { "high" } else { "low" }),
    };
    let state = match v.state {
        Standing::Final => "final",
        Standing::Provisional => "provisional",
        Standing::Revised => "revised",
    };
    let denominator = v.denominator.known().map_or(0, |d| usize::from(d.fract() != 0.0));
    vec![
        text(of),
        text(&v.name),
        v.code.map_or(Value::Nothing("[z]"), |c| text(c.as_str())),
        text(&v.period.first.to_string()),
        text(&v.period.last.to_string()),
        count(v.numerator),
        number(v.denominator, denominator),
        number(v.value, places),
        text(&unit(body)),
        limit(v.limits.map(|l| l.lower)),
        limit(v.limits.map(|l| l.upper)),
        limit(v.usual.map(|l| l.lower)),
        limit(v.usual.map(|l| l.upper)),
        signal,
        if v.said == IndicatorSaid::NotCompared || v.value == Cell::Withheld { Value::Nothing("[z]") } else { text(v.said.label()) },
        text(state),
    ]
}
