//! The best places for one more site, and which areas of a gap each of them would reach and leave: most people are not most need.

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Serde, Value};
use serde_json::json;

use super::Shelf;
use crate::model::{Body, Findings, SiteObjective};
use crate::outputs::figures;
use crate::units::AreaCode;

pub(super) fn functions(environment: &mut Environment, shelf: &Shelf) {
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("best_sites", move |kind: String| best_sites(&findings, &kind).map_or(Value::UNDEFINED, Value::from));
}

/// The choices of a kind of service that bring most people within reach. Areas of the gap that each would reach, and those of them with a surely
/// high recorded rate, as the map of reach marks them; absent where the pack does not say which areas a choice reaches.
fn best_sites(findings: &Findings, kind: &str) -> Option<Serde<serde_json::Value>> {
    let finding = findings.find(&format!("site/{kind}"))?;
    let Body::Siting(body) = &finding.body else { return None };
    let gained = body.choices.first()?.gained.known().filter(|n| *n > 0 && body.objective == SiteObjective::Coverage)?;
    let gap = findings.findings.iter().find_map(|f| match &f.body {
        Body::Gaps(register) => register.rows.iter().find(|g| g.id == format!("distance/{kind}")),
        _ => None,
    })?;
    let areas: BTreeSet<AreaCode> = gap.areas.iter().copied().collect();
    let (high, rate) = figures::high_need(findings, kind);
    let high: BTreeSet<AreaCode> = high.intersection(&areas).copied().collect();
    let names = |c: &crate::model::SiteChoice| c.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" with ");
    let choice = |c: &crate::model::SiteChoice| {
        let reached: Option<BTreeSet<AreaCode>> = c.areas.as_ref().map(|of| of.iter().copied().filter(|a| areas.contains(a)).collect());
        json!({"names": names(c), "areas": reached.as_ref().map(BTreeSet::len),
            "left": reached.as_ref().map(|r| areas.len() - r.len()),
            "high": reached.as_ref().map(|r| r.intersection(&high).count()),
            "high_left": reached.as_ref().map(|r| high.difference(r).count())})
    };
    Some(Serde(json!({
        "tried": body.candidates, "unit": body.unit, "gained": gained, "tied": body.tied, "all_counted": body.all_counted,
        "unlisted": body.tied.saturating_sub(body.choices.len() as u64), "choices": body.choices.iter().map(choice).collect::<Vec<_>>(),
        "areas": areas.len(), "high": high.len(), "rate": rate,
        "stands": body.stands.map(|share| (share * body.draws as f64).round()), "draws": body.draws,
    })))
}
