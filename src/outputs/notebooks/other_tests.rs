//! One test speaks for a question; others of the same question stand in the annex, and say whether they agree.

use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use serde_json::json;

use super::Shelf;
use crate::model::{Beyond, Body, Finding, Findings, SpotClass};

/// Whether places stand out, as the test of a finding says; `None` where it is no such test, or cannot tell.
fn stands_out(finding: &Finding) -> Option<bool> {
    match &finding.body {
        Body::AreaRates(b) if !b.funnel.is_empty() => {
            // A few areas beyond limits that chance puts more of them beyond are no sign that places stand out.
            Some(b.rows.iter().any(|r| r.beyond == Some(Beyond::Above) && b.stands_apart(r)))
        }
        Body::HotSpots(b) if b.rows.iter().any(|r| r.class != SpotClass::NotKnown) => {
            Some(b.rows.iter().any(|r| matches!(r.class, SpotClass::High | SpotClass::HighSure)))
        }
        // What goes on lately is another question.
        Body::Clusters(b) if !b.living && b.areas.iter().any(|a| a.took_part) => Some(b.clusters.iter().any(|c| c.p <= b.called_at)),
        _ => None,
    }
}

fn measure(finding: &Finding) -> &str {
    match &finding.body {
        Body::AreaRates(b) => &b.measure,
        Body::HotSpots(b) => &b.measure,
        Body::Clusters(b) => &b.measure,
        _ => "",
    }
}

/// Other tests of what a finding is about, such as hot spots and rates beside a scan: id, headline, first sentences, and whether they agree with it that places stand
/// out, or that none does.
fn others(findings: &Findings, id: &str) -> Vec<serde_json::Value> {
    let Some(first) = findings.find(id) else { return vec![] };
    let told = stands_out(first);
    let same = |f: &&Finding| f.id != first.id && of_one(f, first) && f.analysis != first.analysis;
    findings
        .findings
        .iter()
        .filter(same)
        .filter_map(|f| {
            let agrees = stands_out(f).zip(told).map(|(a, b)| a == b);
            let other_months = f.period != first.period;
            agrees.map(|agrees| json!({"id": f.id, "headline": f.headline, "sentences": f.sentences, "period": f.period.label(), "other_months": other_months, "agrees": agrees}))
        })
        .collect()
}

/// The finding that speaks for where much of what a rate counts is recorded, as the list of what stands out has it: the scan, whose p-value holds for
/// the whole map; the rate itself where no scan can tell.
fn speaks(findings: &Findings, id: &str) -> String {
    let Some(rate) = findings.find(id) else { return id.to_owned() };
    let scan = |f: &&Finding| matches!(f.body, Body::Clusters(_)) && stands_out(f).is_some() && of_one(f, rate);
    findings.findings.iter().find(scan).map_or_else(|| id.to_owned(), |f| f.id.clone())
}

/// Whether two findings count the same, of the same source.
fn of_one(a: &Finding, b: &Finding) -> bool {
    !measure(a).is_empty() && measure(a) == measure(b) && a.sources.iter().any(|s| b.sources.contains(s))
}

/// The headline of a finding, as a question where every other test of the same counts finds otherwise: a title must not claim what the text below it
/// takes back.
pub(in crate::outputs) fn asked(findings: &Findings, finding: &Finding) -> String {
    let others = others(findings, &finding.id);
    let all_differ = !others.is_empty() && others.iter().all(|o| o["agrees"] == false);
    // That nothing stands out claims nothing that could be taken back.
    if all_differ && stands_out(finding) == Some(true) {
        format!("{}?", finding.headline.trim_end_matches(['.', '?']))
    } else {
        finding.headline.clone()
    }
}

/// `other_tests(id)`, `speaks(id)` and `asked(id)`.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf) {
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("other_tests", move |id: String| -> Value {
        others(&findings, &id).into_iter().map(|o| Value::from(Serde(o))).collect()
    });
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("speaks", move |id: String| speaks(&findings, &id));
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("asked", move |id: String| findings.find(&id).map_or(String::new(), |f| asked(&findings, f)));
}
