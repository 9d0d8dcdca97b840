//! What funds ask, and which of the evidence for it this pack holds.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use serde_json::json;

use super::Shelf;
use crate::model::{Body, Finding, Findings, Indicator, Reach, Verdict};
use crate::units::records;

/// Funds and what they ask, with sources and dates.
const FUNDERS: &str = include_str!("../../../data/funding/funders.csv");
/// Kinds of evidence, the analysis whose findings hold each (`*` what every pack holds, nothing what none does), and what a reader calls it.
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
        Some("voices") => {
            let quoted = findings.frame.commentary.iter().any(|c| c.section == "voices" && !c.text.trim().is_empty());
            // What people said in a survey, or reported of where they feel unsafe, is printed where the quotations stand.
            quoted || findings.findings.iter().any(|f| ["survey", "self-reported"].contains(&f.status.as_str()) && tells(f))
        }
        Some("indicators") => kpis(findings) || !findings.frame.action_plan.actions.iter().all(|a| a.target.is_none()),
        Some("beside") => compared(findings),
        None | Some("") => false,
        Some(held_where) => match held_where.split_once(':') {
            // A part of the register is held where one of its tests could be settled.
            Some((_, test)) => settled(findings, Some(test)),
            None if held_where == "gaps" => settled(findings, None),
            None => findings.findings.iter().any(|f| f.analysis == held_where && tells(f)),
        },
    };
    let (held, missing): (Vec<&str>, Vec<&str>) = kinds.split(", ").filter(|k| !k.is_empty()).partition(held);
    let words: HashMap<String, String> = records::<Row>(EVIDENCE)
        .into_iter()
        .filter_map(|r| Some((r.get("kind")?.clone(), r.get("said").filter(|s| !s.is_empty())?.clone())))
        .collect();
    let owned = |list: Vec<&str>| list.into_iter().map(|kind| words.get(kind).cloned().unwrap_or_else(|| kind.to_owned())).collect();
    (owned(held), owned(missing))
}

/// Whether a finding says anything: a number, a place, or of somebody how they are reached. What is not known in all of it is no evidence.
fn tells(finding: &Finding) -> bool {
    match &finding.body {
        Body::AreaClasses(b) => b.rows.iter().any(|r| r.class != Reach::NotKnown),
        // The last part is what is not known.
        Body::Shares(b) => {
            b.rows.iter().any(|r| r.cells.iter().take(b.parts.len().saturating_sub(1)).any(|c| c.known().is_some_and(|n| n > 0)))
        }
        Body::Services(_) => true,
        body => body.shape().concludes(),
    }
}

/// Whether any check of the register, or of one of its tests, found a gap or none.
fn settled(findings: &Findings, test: Option<&str>) -> bool {
    let of = |f: &Finding| match &f.body {
        Body::Gaps(b) => b.rows.iter().any(|g| test.is_none_or(|t| t == g.dimension) && g.verdict != Verdict::NotKnown),
        _ => false,
    };
    findings.findings.iter().any(of)
}

fn indicators(findings: &Findings) -> impl Iterator<Item = &Indicator> {
    findings.findings.iter().filter_map(|f| if let Body::Indicator(b) = &f.body { Some(b) } else { None })
}

/// Whether the table of indicators that the bid prints has a row.
fn kpis(findings: &Findings) -> bool {
    indicators(findings).any(|b| b.waves.last().is_some_and(|w| w.value.known().is_some()))
}

/// Whether any value stands beside that of another place: a rate, or an indicator.
fn compared(findings: &Findings) -> bool {
    let rates = findings.findings.iter().any(|f| matches!(&f.body, Body::Beside(b) if b.others.iter().any(|o| o.said.is_compared())));
    rates || indicators(findings).any(|b| b.beside.iter().any(|v| v.value.known().is_some()))
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
        assert_eq!(missing, ["how much is recorded, and where", "what people say", "a table of indicators", "something else"]);
    }

    #[test]
    fn what_is_not_known_in_all_of_a_finding_is_no_evidence() {
        let (mut findings, mut reach, _) = crate::outputs::figures::study_of_reach();
        findings.findings = vec![reach.clone()];
        assert_eq!(evidence(&findings, "coverage, comparison").0, ["who is within reach"]);
        let Body::AreaClasses(body) = &mut reach.body else { panic!("classes") };
        body.rows.iter_mut().for_each(|r| r.class = Reach::NotKnown);
        findings.findings = vec![reach];
        assert_eq!(evidence(&findings, "coverage, gap register, sustainability, KPI table").0, [""; 0]);
    }
}
