//! What was kept back and why, for the officer who signs.

use serde_json::{Value, json};

use crate::model::{Door, Findings, RestrictedSource};
use crate::units::{Cell, Sensitivity};

/// Counts by how they were released, categories and their limits, answers behind the door of the policy, and places that the plan calls public.
pub(super) fn of(findings: &Findings) -> Value {
    let behind: Vec<_> = findings.findings.iter().filter(|f| f.release.door == Door::Policy).collect();
    let withheld: usize = behind.iter().map(|f| f.release.withheld).sum();
    let restricted = |name: &&String| findings.sources.iter().any(|s| s.name == **name && s.sensitivity == Sensitivity::Restricted);
    let answers = behind.iter().map(|f| {
        json!({"id": f.id, "headline": f.headline, "withheld": f.release.withheld, "rounded_to": f.release.rounded_to, "sources": f.sources.iter().filter(restricted).collect::<Vec<_>>()})
    });
    let released = |s: Sensitivity| match s {
        Sensitivity::Open => "as published",
        Sensitivity::Restricted => "restricted: by the rule",
    };
    json!({
        "withheld": withheld,
        "findings": answers.collect::<Vec<_>>(),
        "sources": findings.restricted.iter().map(source).collect::<Vec<_>>(),
        "public_places": findings.public_places,
        "harmless_columns": findings.harmless_columns,
        "begun_anew": findings.frame.ledger_begun_anew,
        "all_sources": findings.sources.iter().map(|s| json!({"name": s.name, "kind": s.kind, "released": released(s.sensitivity)})).collect::<Vec<_>>(),
    })
}

fn source(s: &RestrictedSource) -> Value {
    let count = |wanted: fn(&Cell<u64>) -> bool| s.cells.iter().filter(|c| wanted(&c.value)).count();
    let categories =
        s.categories.iter().map(|c| json!({"label": c.label, "smallest": c.smallest.singular(), "months": c.months, "mixed": c.mixed}));
    json!({
        "name": s.source,
        "printed": count(|c| matches!(c, Cell::Known(_))),
        "withheld": count(|c| matches!(c, Cell::Withheld)),
        "refused": s.cells.iter().filter(|c| c.refused).count(),
        "categories": categories.collect::<Vec<_>>(),
    })
}
