//! Tables of a few categories, of parts and of steps.

use super::{Value, View, count, estimate, text};
use crate::model::{Bars, BesideBreak, Shares, Table, Waterfall};
use crate::units::{Cell, capital};

/// Categories with shares.
pub(super) fn bars(body: &Bars) -> View {
    let headings = vec![
        body.dimension.clone(),
        format!("Number of {}", body.unit),
        "Share, %".into(),
        "Lower limit, %".into(),
        "Upper limit, %".into(),
    ];
    let mut rows: Vec<_> = body
        .bars
        .iter()
        .map(|b| {
            let mut row = vec![text(&b.label), count(b.count)];
            row.extend(estimate(b.share, 100.0, 1));
            row
        })
        .collect();
    rows.push(vec![text("Total"), count(body.total), Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")]);
    (headings, rows)
}

/// Parts, row by row.
pub(super) fn shares(body: &Shares) -> View {
    let headings = std::iter::once(body.row_heading.clone()).chain(body.parts.iter().map(|p| format!("{}: {p}", capital(&body.unit))));
    let rows = body.rows.iter().map(|r| std::iter::once(text(&r.label)).chain(r.cells.iter().map(|c| count(*c))).collect());
    (headings.collect(), rows.collect())
}

/// Steps from need to help.
pub(super) fn waterfall(body: &Waterfall) -> View {
    let headings = vec!["Step".into(), format!("{}, about", capital(&body.unit))];
    let row = |label: &str, n: Cell<u64>| vec![text(label), count(n)];
    let mut rows = vec![row(&body.start, body.expected)];
    rows.extend(body.losses.iter().map(|l| row(&l.label, l.people)));
    rows.extend([row(&body.end, body.left), row("On the books of the services listed", body.caseload)]);
    (headings, rows)
}

/// Counts by row and column.
pub(super) fn table(body: &Table) -> View {
    // Counts on two sides of a break in recording are not compared: each column says on which side it stands.
    let column = |(i, label): (usize, &String)| match body.beside_break(i) {
        BesideBreak::After => label.clone(),
        BesideBreak::Before(month) => format!("{label} (before the change of {})", month.label()),
        BesideBreak::Across(month) => format!("{label} (across the change of {})", month.label()),
    };
    let columns = body.columns.iter().enumerate().map(column);
    let headings = ["Code".to_owned(), body.row_heading.clone()].into_iter().chain(columns);
    let rows = body.rows.iter().map(|r| {
        let code = r.code.map_or(String::new(), |c| c.to_string());
        [Value::Text(code), text(&r.label)].into_iter().chain(r.cells.iter().map(|c| count(*c))).collect()
    });
    (headings.collect(), rows.collect())
}
