//! Tables with a row for each area.

use super::{Value, View, count, estimate, number, text};
use crate::model::{
    AccessRow, AreaAccess, AreaClasses, AreaCounts, AreaRates, IndexIndicator, NeedAccess, NeedAccessRow, NeedIndex, NeedIndexRow, RankSet,
    Reach,
};
use crate::units::decimal;
use crate::units::{Cell, Estimate};

/// Counts, residents and rates.
pub(super) fn area_rates(body: &AreaRates) -> View {
    let level = body.total.rate.known().map_or(95.0, |r| r.level * 100.0);
    let headings = vec![
        "Code".into(),
        "Area".into(),
        "Count".into(),
        "Population".into(),
        format!("Rate {}", body.unit),
        format!("Lower {} % limit", decimal(level, 0)),
        format!("Upper {} % limit", decimal(level, 0)),
        "Rank by rate".into(),
        "Rank, from".into(),
        "Rank, to".into(),
    ];
    let place = |r: Option<RankSet>| match r {
        Some(r) => [r.rank, r.best, r.worst].map(|n| Value::Count(n as u64)),
        None => [Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")],
    };
    let row = |code: Value, name: &str, n: Cell<u64>, residents: Cell<f64>, rate: Cell<Estimate>| {
        let mut row = vec![code, text(name), count(n), number(residents, 0)];
        row.extend(estimate(rate, 1.0, body.decimals()));
        row
    };
    let of_area = |r: &crate::model::AreaRate| {
        row(text(r.code.as_str()), &r.name, r.count, r.residents, r.rate).into_iter().chain(place(r.rank)).collect::<Vec<Value>>()
    };
    let mut rows: Vec<Vec<Value>> = body.rows.iter().map(of_area).collect();
    let unlocated = row(text(""), "Place not known", body.unlocated, Cell::NotApplicable, Cell::NotApplicable);
    rows.push(unlocated.into_iter().chain(place(None)).collect());
    let total = row(text(""), &format!("Total: {}", body.total.name), body.total.count, body.total.residents, body.total.rate);
    rows.push(total.into_iter().chain(place(None)).collect());
    (headings, rows)
}

/// Counts only.
pub(super) fn area_counts(body: &AreaCounts) -> View {
    let mut rows: Vec<_> = body.rows.iter().map(|r| vec![text(r.code.as_str()), text(&r.name), count(r.count)]).collect();
    rows.push(vec![text(""), text("Place not known"), count(body.unlocated)]);
    rows.push(vec![text(""), text("Total"), count(body.total)]);
    (vec!["Code".into(), "Area".into(), format!("Number of {}", body.unit)], rows)
}

/// Who is reached.
pub(super) fn area_classes(body: &AreaClasses) -> View {
    let mut rows: Vec<_> =
        body.rows.iter().map(|r| vec![text(r.code.as_str()), text(&r.name), text(body.label(r.class)), number(r.residents, 0)]).collect();
    rows.extend(body.totals.iter().map(|t| vec![text(""), text("Total"), text(body.label(t.class)), count(t.residents)]));
    (vec!["Code".into(), "Area".into(), format!("Reach of {}", body.measure), "Residents".into()], rows)
}

/// How much there is for each.
pub(super) fn area_access(body: &AreaAccess) -> View {
    let headings = vec!["Code".into(), "Area".into(), "People".into(), body.unit.clone(), "Reach".into()];
    let row = |r: &AccessRow| vec![text(r.code.as_str()), text(&r.name), number(r.people, 0), number(r.value, 2), text(r.reach.label())];
    (headings, body.rows.iter().map(row).collect())
}

/// Need beside access.
pub(super) fn need_access(body: &NeedAccess) -> View {
    let headings = vec![
        "Code".into(),
        "Area".into(),
        "Count".into(),
        "Population".into(),
        format!("{} {}", body.need, body.need_unit),
        body.access_unit.clone(),
        "Third by need".into(),
        "Chance to be in the highest third".into(),
        "Reach".into(),
        "In reach".into(),
    ];
    let third = |t: Option<u8>| t.map_or(Value::Nothing("[x]"), |t| text(["lowest", "middle", "highest"][usize::from(t.min(2))]));
    let row = |r: &NeedAccessRow| {
        let class = |c: u8| text(["nothing", "less", "more"][usize::from(c.min(2))]);
        let nothing = if r.reach == Reach::WithoutSite { "[z]" } else { "[x]" };
        vec![
            text(r.code.as_str()),
            text(&r.name),
            count(r.count),
            number(r.residents, 0),
            number(r.need, 2),
            number(r.value, 2),
            third(r.need_third),
            r.high_chance.map_or(Value::Nothing("[x]"), |p| Value::Number(p, 2)),
            text(r.reach.label()),
            r.access_class.map_or(Value::Nothing(nothing), class),
        ]
    };
    (headings, body.rows.iter().map(row).collect())
}

/// Signs of need, and ranks.
pub(super) fn need_index(body: &NeedIndex) -> View {
    let of = |i: &IndexIndicator| format!("{}, {}", i.label, i.unit);
    let counted = body.unlocated.len();
    let headings = ["Code".into(), "Area".into(), "Population".into()]
        .into_iter()
        .chain(body.indicators[..counted].iter().map(|i| format!("{}, count", i.label)))
        .chain(body.indicators.iter().map(of))
        .chain(["Index, 0 to 100", "Rank", "Rank from", "Rank to"].map(str::to_owned));
    let row = |r: &NeedIndexRow| {
        let ranks = r.rank.map_or([None; 3], |k| [k.nominal, k.low, k.high].map(Some));
        [text(r.code.as_str()), text(&r.name), number(r.residents, 0)]
            .into_iter()
            .chain(r.counts.iter().map(|c| count(*c)))
            .chain(r.values.iter().map(|v| number(*v, 2)))
            .chain([number(r.index, 1)])
            .chain(ranks.map(|k| k.map_or(Value::Nothing("[x]"), |k| Value::Count(k as u64))))
            .collect()
    };
    (headings.collect(), body.rows.iter().map(row).collect())
}
