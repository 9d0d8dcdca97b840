//! The register of gaps as a table: whole for files, short for a page.

use super::{Value, View, count, text};
use crate::model::{Gap, GapRegister, Verdict};

/// Every column.
pub(super) fn whole(body: &GapRegister) -> View {
    let headings = [
        "Rank",
        "Rank, range",
        "Gap",
        "Test",
        "What",
        "Theme",
        "Form of violence",
        "Result",
        "Who",
        "People",
        "Out of",
        "Counted in",
        "Areas",
        "Expected need, from",
        "Expected need, to",
        "What was found",
        "Standard",
        "Status of the standard",
        "Confidence",
        "Because",
        "It could also be",
        "What would close or settle it",
    ];
    let row = |g: &Gap| {
        let areas = if g.areas.is_empty() { text("all") } else { Value::Count(g.areas.len() as u64) };
        vec![
            g.rank.map_or(Value::Nothing("[z]"), |r| Value::Count(r.nominal as u64)),
            range(g),
            text(&g.id),
            text(label(body, &g.dimension)),
            text(&g.subject),
            text(theme(&g.theme)),
            text(if g.form.is_empty() { "all" } else { &g.form }),
            text(g.verdict.label()),
            text(&g.who),
            count(g.people),
            count(g.of),
            text(&g.unit),
            areas,
            count(g.need_lower),
            count(g.need_upper),
            text(&g.measured),
            text(&g.standard.label),
            text(&g.standard.status),
            text(g.confidence.label()),
            text(&g.because),
            text(&g.otherwise),
            text(&g.close),
        ]
    };
    (headings.map(str::to_owned).to_vec(), body.rows.iter().map(row).collect())
}

/// What a page has room for: gaps, and what is not known.
pub(super) fn short(body: &GapRegister) -> View {
    let headings = [
        "Rank, range",
        "Test",
        "What",
        "Who",
        "People",
        "What was found",
        "Status of the standard",
        "Confidence",
        "What would close or settle it",
    ];
    let row = |g: &Gap| {
        vec![
            if g.verdict == Verdict::Gap { range(g) } else { text(g.verdict.label()) },
            text(label(body, &g.dimension)),
            text(&g.subject),
            text(&g.who),
            count(g.people),
            text(&g.measured),
            text(&g.standard.status),
            text(g.confidence.label()),
            text(&g.close),
        ]
    };
    (headings.map(str::to_owned).to_vec(), body.rows.iter().filter(|g| g.verdict != Verdict::NoGap).map(row).collect())
}

fn range(gap: &Gap) -> Value {
    gap.rank.map_or(Value::Nothing("[z]"), |r| {
        if r.low == r.high { Value::Text(r.low.to_string()) } else { Value::Text(format!("{} to {}", r.low, r.high)) }
    })
}

/// The name of a test.
pub(in crate::outputs) fn label<'a>(body: &'a GapRegister, dimension: &'a str) -> &'a str {
    body.dimensions.iter().find(|d| d.0 == dimension).map_or(dimension, |d| d.1.as_str())
}

/// A theme of the strategy, as it names it.
pub(in crate::outputs) fn theme(id: &str) -> &str {
    match id {
        "prevent" => "Preventing and reducing violence",
        "support" => "Supporting victims and survivors",
        "perpetrators" => "Holding perpetrators to account",
        "trust" => "Building trust and confidence",
        other => other,
    }
}
