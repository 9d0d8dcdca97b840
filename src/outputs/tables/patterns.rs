//! Tables of what lies together: hot spots, clusters, and rates along deprivation.

use super::{Value, View, count, estimate, number, text};
use crate::model::{Clusters, Emerging, EmergingRow, Gradient, GradientGroup, HotSpotRow, HotSpots};
use crate::units::Cell;

/// Each area with its neighbours.
pub(super) fn hot_spots(body: &HotSpots) -> View {
    let decimals = if body.mean_rate * body.per < 10.0 { 2 } else { 1 };
    let headings = vec![
        "Code".into(),
        "Area".into(),
        "Count".into(),
        "Population".into(),
        format!("Smoothed rate {}", body.unit),
        "Lower 95 % limit".into(),
        "Upper 95 % limit".into(),
        format!("Modelled rate {}", body.unit),
        "Modelled rate, lower 95 % limit".into(),
        "Modelled rate, upper 95 % limit".into(),
        format!("Chance to be above {} times the whole", crate::units::decimal(body.modelled.map_or(1.5, |m| m.threshold), 1)),
        "By that chance".into(),
        "Index".into(),
        "z with neighbours".into(),
        "p".into(),
        "False discovery rate".into(),
        "What may be said".into(),
    ];
    let row = |r: &HotSpotRow| {
        let mut row = vec![text(r.code.as_str()), text(&r.name), count(r.count), number(r.residents, 0)];
        row.extend(estimate(r.smoothed, 1.0, decimals));
        row.extend(estimate(r.modelled, 1.0, decimals));
        row.extend([r.above.map_or(Value::Nothing("[x]"), |p| Value::Number(p, 3)), text(r.level_class.label())]);
        row.extend([number(r.index, 3), number(r.z, 3), number(r.p, 5), number(r.q, 5), text(r.class.label())]);
        row
    };
    let mut rows: Vec<_> = body.rows.iter().map(row).collect();
    for (label, n) in [("Place not known", body.unlocated), ("Total", body.total)] {
        let nothing = std::iter::repeat_n(Value::Nothing("[z]"), 13);
        rows.push([text(""), text(label), count(n)].into_iter().chain(nothing).chain([text("")]).collect());
    }
    (headings, rows)
}

/// The history of each area.
pub(super) fn emerging(body: &Emerging) -> View {
    let headings = ["Code", "Area", "Count", "Months hot", "Months cold", "Score in the last month", "p of a trend", "History"];
    let row = |r: &EmergingRow| {
        vec![
            text(r.code.as_str()),
            text(&r.name),
            count(r.count),
            count(r.hot_months),
            count(r.cold_months),
            number(r.last_score, 2),
            number(r.trend_p, 4),
            text(r.class.label()),
        ]
    };
    (headings.map(str::to_owned).to_vec(), body.rows.iter().map(row).collect())
}

/// Circles of areas.
pub(super) fn clusters(body: &Clusters) -> View {
    let headings = [
        "Cluster",
        "Around",
        "Areas",
        "From",
        "To",
        "Observed",
        "Expected",
        "Relative risk",
        "Log likelihood ratio",
        "p",
        "Called",
        "Codes",
    ];
    let rows = body.clusters.iter().enumerate().map(|(i, c)| {
        let codes: Vec<&str> = c.areas.iter().map(|a| a.as_str()).collect();
        vec![
            Value::Count(i as u64 + 1),
            text(&c.around),
            Value::Count(c.areas.len() as u64),
            text(&c.first_month.to_string()),
            text(&c.last_month.to_string()),
            count(c.observed),
            Value::Number(c.expected, 1),
            c.relative_risk.map_or(Value::Nothing("[z]"), |r| Value::Number(r, 2)),
            Value::Number(c.log_likelihood_ratio, 3),
            Value::Number(c.p, 3),
            text(if c.p <= body.called_at { "yes" } else { "no, chance would do" }),
            Value::Text(codes.join(" ")),
        ]
    });
    (headings.map(str::to_owned).to_vec(), rows.collect())
}

/// Groups of areas by deprivation.
pub(super) fn gradient(body: &Gradient) -> View {
    let headings = vec![
        "Group of areas".into(),
        "Areas".into(),
        "Count".into(),
        "Population".into(),
        format!("Rate {}", body.unit),
        "Lower 95 % limit".into(),
        "Upper 95 % limit".into(),
    ];
    let decimals = if body.whole.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 };
    let row = |g: &GradientGroup| {
        let mut row = vec![text(&g.label), Value::Count(g.areas as u64), count(g.count), number(g.residents, 0)];
        row.extend(estimate(g.rate, 1.0, decimals));
        row
    };
    let mut rows: Vec<_> = body.groups.iter().map(row).collect();
    for (label, found) in [("Difference, most less least deprived end", body.difference), ("Ratio, most to least deprived end", body.ratio)]
    {
        if let Some(found) = found {
            let mut row = vec![text(label), Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")];
            row.extend(estimate(Cell::Known(found), 1.0, 2));
            rows.push(row);
        }
    }
    if let Some(p) = body.p {
        let model = body.model.as_deref().unwrap_or("");
        let label = format!("p of no slope ({model}, {} areas)", body.areas);
        let nothing = std::iter::repeat_n(Value::Nothing("[z]"), 2);
        let before = std::iter::repeat_n(Value::Nothing("[z]"), 3);
        rows.push([text(&label)].into_iter().chain(before).chain([Value::Number(p, 3)]).chain(nothing).collect());
    }
    (headings, rows)
}
