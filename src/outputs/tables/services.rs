//! Tables of services and of who uses them.

use super::{Value, View, count, estimate, number, text};
use crate::model::{ListedService, Parity, ServiceMap};
use crate::units::Cell;

/// What there is.
pub(super) fn services(body: &ServiceMap) -> View {
    let headings = ["No. on the map", "Service", "Provider", "Kind", "Reaches people by", "State"].map(str::to_owned).to_vec();
    let row = |number: Value, s: &ListedService| {
        vec![number, text(&s.name), text(&s.provider), text(&s.kinds.join("; ")), text(&s.delivery.join(", ")), text(s.state.label())]
    };
    let sited = body.sites.iter().map(|s| row(Value::Count(s.number as u64), &s.service));
    (headings, sited.chain(body.without_site.iter().map(|s| row(Value::Nothing("[z]"), s))).collect())
}

/// Users beside people: both in the steps in which the pack counts, so that the same people are as many wherever they are told.
pub(super) fn parity(body: &Parity, rounded_to: u64) -> View {
    let step = rounded_to.max(1) as f64;
    let headings = vec![
        "Dimension".into(),
        "Group".into(),
        "Users".into(),
        format!("Population ({})", body.reference),
        "Share of users, %".into(),
        "Share of population, %".into(),
        "Times the rate of the other groups".into(),
        "Lower limit".into(),
        "Upper limit".into(),
    ];
    let percent = |share: Option<f64>| share.map_or(Value::Nothing("[x]"), |s| Value::Number(100.0 * s, 1));
    let mut rows = Vec::new();
    for d in &body.dimensions {
        for g in &d.groups {
            let mut row = vec![text(&d.name), text(&g.name), count(g.users), number(g.population.map(|n| (n / step).round() * step), 0)];
            let hidden = g.users == Cell::Withheld;
            row.push(if hidden { Value::Nothing("[c]") } else { percent(d.share_of_users(g)) });
            row.push(percent(d.share_of_population(g)));
            row.extend(estimate(g.ratio, 1.0, 2));
            rows.push(row);
        }
        for (label, n) in [("Not known", d.not_known), ("Total", d.total)] {
            let nothing = std::iter::repeat_n(Value::Nothing("[z]"), 6);
            rows.push([text(&d.name), text(label), count(n)].into_iter().chain(nothing).collect());
        }
    }
    (headings, rows)
}
