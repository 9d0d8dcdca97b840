//! Tables of choices: where new sites would be best, and what a change would do.

use super::{Value, View, count, number, text};
use crate::model::{Siting, WhatIf};
use crate::units::{Cell, Reach, capital};

/// The best choices, then each step by itself.
pub(super) fn siting(body: &Siting) -> View {
    let headings = vec![
        "What".into(),
        "Service".into(),
        "Where".into(),
        format!("{} who come within reach", capital(&body.unit)),
        format!("{} who fall out of reach", capital(&body.unit)),
        "Cost, pounds".into(),
    ];
    let choice = if body.tied > 1 { "best choice, one of several" } else { "best choice" };
    let mut rows: Vec<Vec<Value>> = vec![];
    for c in &body.choices {
        let places: Vec<&str> = c.places.iter().map(|p| p.name.as_str()).collect();
        rows.push(vec![text(choice), text(""), text(&places.join("; ")), count(c.gained), Value::Nothing("[z]"), Value::Nothing("[z]")]);
    }
    for step in &body.steps {
        rows.push(vec![
            text(step.action.label()),
            text(step.service.as_deref().unwrap_or("")),
            text(step.to.as_ref().map_or("", |p| p.name.as_str())),
            count(step.gained),
            count(step.lost),
            number(Cell::applicable(step.cost), 0),
        ]);
    }
    (headings, rows)
}

/// Residents by reach before and after, then the areas that change.
pub(super) fn what_if(body: &WhatIf) -> View {
    let headings = ["Code", "Area or state of reach", "Residents", "Before", "After"].map(str::to_owned).to_vec();
    let mut rows: Vec<Vec<Value>> = vec![];
    for reach in Reach::ALL {
        let of = |list: &[crate::model::ClassTotal]| list.iter().find(|t| t.class == reach).map_or(Cell::Missing, |t| t.residents);
        rows.push(vec![text(""), text(reach.label()), Value::Nothing("[z]"), count(of(&body.before)), count(of(&body.after))]);
    }
    rows.push(vec![text(""), text("come within reach of a site"), Value::Nothing("[z]"), Value::Nothing("[z]"), count(body.gained)]);
    rows.push(vec![text(""), text("fall out of reach of every site"), Value::Nothing("[z]"), Value::Nothing("[z]"), count(body.lost)]);
    if let Some((before, after)) = body.capacity {
        let what = format!("capacity, {}", body.capacity_unit);
        rows.push(vec![text(""), Value::Text(what), Value::Nothing("[z]"), Value::Number(before, 1), Value::Number(after, 1)]);
    }
    if let Some(access) = &body.access {
        for (what, pair) in
            [("", Some(access.mean)), ("most deprived fifth: ", access.most_deprived), ("least deprived fifth: ", access.least_deprived)]
        {
            let Some((before, after)) = pair else { continue };
            rows.push(vec![
                text(""),
                Value::Text(format!("{what}{}", access.unit)),
                Value::Nothing("[z]"),
                Value::Number(before, 1),
                Value::Number(after, 1),
            ]);
        }
    }
    for group in &body.groups {
        rows.push(vec![
            text(""),
            Value::Text(format!("{}, within reach", group.group)),
            count(group.all),
            count(group.before),
            count(group.after),
        ]);
    }
    for gap in &body.gaps {
        let what = format!("{}: {}", gap.id, gap.subject);
        rows.push(vec![text(""), Value::Text(what), Value::Nothing("[z]"), text(gap.before.label()), text(gap.after.label())]);
    }
    for row in &body.rows {
        rows.push(vec![
            text(row.code.as_str()),
            text(&row.name),
            number(row.residents, 0),
            text(row.before.label()),
            text(row.after.label()),
        ]);
    }
    (headings, rows)
}
