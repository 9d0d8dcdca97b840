//! Tables of months and of hours.

use super::{Value, View, count, text};
use crate::model::{Interrupted, InterruptedPoint, LimitRule, Series, SeriesPoint, WeekClock};
use crate::units::Cell;

/// Months with their limits.
pub(super) fn series(body: &Series) -> View {
    let headings = ["Month", "Count", "Twelve months to date", "Mean", "Lower limit", "Upper limit", "Signal"].map(str::to_owned).to_vec();
    let limit = |x: Option<f64>| x.map_or(Value::Nothing("[z]"), |x| Value::Number(x, 1));
    let rows = body.points.iter().map(|p| {
        vec![
            text(&p.month.to_string()),
            count(p.count),
            count(p.rolling_12),
            limit(p.mean),
            limit(p.lower),
            limit(p.upper),
            Value::Text(signal(p)),
        ]
    });
    (headings, rows.collect())
}

/// What a month signals, in words; empty where it signals nothing.
pub(in crate::outputs) fn signal(point: &SeriesPoint) -> String {
    let direction = if point.direction > 0 { "high" } else { "low" };
    match point.rule {
        None => String::new(),
        Some(LimitRule::BeyondLimits) => format!("outside the usual range, {direction}"),
        Some(LimitRule::SevenRisingOrFalling) => format!("seven or more {}", if point.direction > 0 { "rising" } else { "falling" }),
        Some(LimitRule::TwoOfThreeNearLimit) => format!("two of three near the limit, {direction}"),
        Some(LimitRule::SevenOnOneSide) => format!("seven or more on one side, {direction}"),
    }
}

/// Months around an event.
pub(super) fn interrupted(body: &Interrupted) -> View {
    let headings = ["Month", "During", "Count", "Count elsewhere", "Expected without it"].map(str::to_owned).to_vec();
    let row = |p: &InterruptedPoint| {
        let during = if body.event.during(p.month) { "yes" } else { "no" };
        let expected = p.expected.map_or(Value::Nothing("[x]"), |e| Value::Number(e, 1));
        vec![text(&p.month.label()), text(during), count(p.here), count(p.elsewhere), expected]
    };
    (headings, body.points.iter().map(row).collect())
}

/// Days by three hours, and what is open.
pub(super) fn week_clock(body: &WeekClock) -> View {
    let headings = std::iter::once("Day".to_owned()).chain(body.bands.iter().cloned()).chain(["Whole day".into()]);
    let row = |label: &str, cells: &[Cell<u64>], total: Cell<u64>| {
        std::iter::once(text(label)).chain(cells.iter().map(|c| count(*c))).chain([count(total)]).collect()
    };
    let mut rows: Vec<Vec<Value>> = body.days.iter().map(|d| row(&d.label, &d.cells, d.total)).collect();
    rows.push(row("All days", &body.by_band, body.total));
    // How much of each band the listed services of a kind are open; last the share of events outside their hours.
    for kind in &body.kinds {
        let open = (0..body.bands.len()).map(|b| match kind.unknown == kind.services {
            true => Value::Nothing("[x]"),
            false => Value::Number(100.0 * kind.open_share(&[], b), 0),
        });
        let outside = kind.while_closed.map_or(Value::Nothing("[x]"), |s| Value::Number(100.0 * s, 1));
        rows.push(
            std::iter::once(Value::Text(format!("{}: % open; last, % of {} outside its hours", kind.label, body.unit)))
                .chain(open)
                .chain([outside])
                .collect(),
        );
    }
    (headings.collect(), rows)
}
