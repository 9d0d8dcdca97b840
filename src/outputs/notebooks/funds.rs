//! What funds ask, and which of the evidence for it this pack holds.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use serde_json::json;

use super::Shelf;
use crate::model::Findings;
use crate::units::records;

/// Funds and what they ask, with sources and dates.
const FUNDERS: &str = include_str!("../../../data/funding/funders.csv");
/// Kinds of evidence, and the analysis whose findings hold each: `*` what every pack holds, nothing what none does.
const EVIDENCE: &str = include_str!("../../../data/funding/evidence.csv");
/// What harm costs, with sources and dates.
const UNIT_COSTS: &str = include_str!("../../../data/funding/unit_costs.csv");

type Row = HashMap<String, String>;

/// `funder(id)` and `unit_costs(ids)`.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf) {
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("funder", move |id: String| -> Value {
        let asked = records::<Row>(FUNDERS).into_iter().filter(|r| r.get("fund_id") == Some(&id));
        let with = |row: Row| {
            let (held, missing) = evidence(&findings, row.get("evidence_kinds").map_or("", String::as_str));
            let mut row = json!(row);
            row["held"] = json!(held);
            row["missing"] = json!(missing);
            row
        };
        Value::from(Serde(asked.map(with).collect::<Vec<_>>()))
    });
    environment.add_function("unit_costs", |ids: Vec<String>| -> Value {
        let wanted = records::<Row>(UNIT_COSTS).into_iter().filter(|r| r.get("id").is_some_and(|i| ids.contains(i)));
        Value::from(Serde(wanted.collect::<Vec<_>>()))
    });
}

/// Kinds of evidence that the pack holds, and those that it does not: a bid must not claim what is not at hand.
fn evidence(findings: &Findings, kinds: &str) -> (Vec<String>, Vec<String>) {
    let known: HashMap<String, String> =
        records::<Row>(EVIDENCE).into_iter().filter_map(|r| Some((r.get("kind")?.clone(), r.get("held_where")?.clone()))).collect();
    let held = |kind: &&str| match known.get(*kind).map(String::as_str) {
        Some("*") => true,
        Some("voices") => findings.frame.commentary.iter().any(|c| c.section == "voices" && !c.text.trim().is_empty()),
        None | Some("") => false,
        Some(analysis) => findings.findings.iter().any(|f| f.analysis == analysis),
    };
    let (held, missing): (Vec<&str>, Vec<&str>) = kinds.split(", ").filter(|k| !k.is_empty()).partition(held);
    let owned = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
    (owned(held), owned(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_evidence_that_a_fund_asks_for_is_in_the_list() {
        let known: Vec<String> = records::<Row>(EVIDENCE).into_iter().filter_map(|r| r.get("kind").cloned()).collect();
        for row in records::<Row>(FUNDERS) {
            for kind in row["evidence_kinds"].split(", ") {
                assert!(known.iter().any(|k| k == kind), "{}: {kind}", row["id"]);
            }
        }
    }

    #[test]
    fn evidence_without_a_finding_is_not_at_hand() {
        let (findings, _, _) = crate::outputs::figures::study_of_reach();
        let (held, missing) = evidence(&findings, "burden, breaks, voice section, KPI table, something else");
        assert_eq!(held, ["breaks"]);
        assert_eq!(missing, ["burden", "voice section", "KPI table", "something else"]);
    }
}
