//! What makes two packs, or two findings, unlike: then nothing is compared, and it is said what differs.

use std::collections::BTreeSet;

use super::{Differs, Unlike};
use crate::model::{AreaAccess, Body, Finding, Findings};
use crate::units::AreaCode;

/// Everything in which two documents differ that must not.
pub(super) fn documents(before: &Findings, after: &Findings) -> Vec<Differs> {
    let mut found = vec![];
    let mut same = |what: Unlike, a: String, b: String| {
        if a != b {
            found.push(Differs { what, before: a, after: b });
        }
    };
    let (a, b) = (&before.frame, &after.frame);
    same(Unlike::Form, before.version.to_string(), after.version.to_string());
    same(Unlike::Engine, before.engine.clone(), after.engine.clone());
    same(Unlike::Tier, before.policy.tier.word().into(), after.policy.tier.word().into());
    let rule = |f: &Findings| format!("1 to {} withheld, rounded to {}", f.policy.withhold_up_to, f.policy.round_to);
    same(Unlike::Rule, rule(before), rule(after));
    let codes = |list: &[AreaCode]| list.iter().map(|c| c.as_str().to_owned()).collect::<BTreeSet<String>>();
    let listed = |list: &[AreaCode]| codes(list).into_iter().collect::<Vec<_>>().join(", ");
    same(Unlike::Authorities, listed(&a.authorities), listed(&b.authorities));
    same(Unlike::Geography, a.geography.plural().into(), b.geography.plural().into());
    let invented = |yes: bool| if yes { "invented" } else { "not invented" }.to_owned();
    same(Unlike::Invented, invented(a.invented), invented(b.invented));
    same(Unlike::Invented, a.invented_part.clone(), b.invented_part.clone());
    if before.outlines != after.outlines {
        let (old, new): (BTreeSet<AreaCode>, BTreeSet<AreaCode>) =
            (before.outlines.iter().map(|o| o.code).collect(), after.outlines.iter().map(|o| o.code).collect());
        let shapes = if old == new { "the same codes in other shapes" } else { "other codes" };
        let told = |set: &BTreeSet<AreaCode>, other: &BTreeSet<AreaCode>| {
            format!("{} areas, {} of them only here ({shapes})", set.len(), set.difference(other).count())
        };
        found.push(Differs { what: Unlike::Boundaries, before: told(&old, &new), after: told(&new, &old) });
    }
    // A pack that goes on by a quarter holds more months: answers over the whole of them are unlike, and those over the latest twelve are not.
    if b.period.last < a.period.last {
        found.push(Differs { what: Unlike::Order, before: a.period.label(), after: b.period.label() });
    }
    if a.draft || b.draft {
        let word = |draft: bool| if draft { "a draft" } else { "a pack" }.to_owned();
        found.push(Differs { what: Unlike::Draft, before: word(a.draft), after: word(b.draft) });
    }
    found
}

/// The first thing in which two findings of one id differ that must not.
pub(super) fn findings(before: &Findings, after: &Findings, old: &Finding, new: &Finding) -> Option<Differs> {
    let card = |f: &Findings, id: &str| f.methods.iter().find(|m| m.analysis == id).map_or(String::new(), |m| m.card.clone());
    if card(before, &old.analysis) != card(after, &new.analysis) {
        let what = "another description of the method".to_owned();
        return Some(Differs { what: Unlike::Method, before: what.clone(), after: what });
    }
    let differs = |what, a: String, b: String| (a != b).then_some(Differs { what, before: a, after: b });
    let sources = |f: &Finding| f.sources.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
    differs(Unlike::Sources, sources(old), sources(new))
        .or_else(|| differs(Unlike::Definition, old.status.clone(), new.status.clone()))
        .or_else(|| differs(Unlike::PeriodLength, old.period.len().to_string(), new.period.len().to_string()))
        .or_else(|| differs(Unlike::Definition, counted(before, old), counted(after, new)))
        .or_else(|| bodies(&old.body, &new.body))
        .or_else(|| {
            // How far is too far stands in the description of the map, which names no months.
            let described = |f: &Finding| if matches!(f.body, Body::AreaClasses(_)) { f.subtitle.clone() } else { String::new() };
            differs(Unlike::Setting, described(old), described(new))
        })
}

/// What the counts of a restricted finding count, by the labels of their categories.
fn counted(findings: &Findings, finding: &Finding) -> String {
    let labels = |source: &str| -> Vec<&str> {
        let of = findings.restricted.iter().find(|r| r.source == source);
        of.map(|r| r.categories.iter().map(|c| c.label.as_str()).collect()).unwrap_or_default()
    };
    let all: Vec<&str> = finding.sources.iter().flat_map(|s| labels(s)).collect();
    let one = |c: &crate::model::Counted| {
        let categories: Vec<&str> = c.categories.iter().filter_map(|i| all.get(*i as usize).copied()).collect();
        format!("{} {}", categories.join("+"), c.group.map_or(String::new(), |g| format!("{g:?}")))
    };
    // Rows come and go with the labels that are there: what matters is what is counted at all.
    finding.counted.iter().map(one).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("; ")
}

fn bodies(old: &Body, new: &Body) -> Option<Differs> {
    if std::mem::discriminant(old) != std::mem::discriminant(new) {
        return Some(Differs { what: Unlike::Shape, before: String::new(), after: String::new() });
    }
    let (a, b) = (described(old), described(new));
    if a.0 != b.0 {
        return Some(Differs { what: Unlike::Definition, before: a.0, after: b.0 });
    }
    (a.1 != b.1).then_some(Differs { what: Unlike::Setting, before: a.1, after: b.1 })
}

/// What a body counts, and by which settings.
fn described(body: &Body) -> (String, String) {
    let access = |b: &AreaAccess| format!("{}, {:.2?}", b.unit, b.steps);
    match body {
        Body::AreaRates(b) => (b.measure.clone(), b.unit.clone()),
        Body::AreaCounts(b) => (b.unit.clone(), String::new()),
        Body::AreaClasses(b) => (b.service_type.clone(), b.measure.clone()),
        Body::AreaAccess(b) => (b.measure.clone(), access(b)),
        Body::Series(b) => (b.measure.to_string(), b.unit.clone()),
        Body::Bars(b) => (b.dimension.clone(), b.unit.clone()),
        Body::Indicator(b) => (b.measure_id.clone(), format!("{} {}", b.per, b.unit)),
        Body::Shares(b) => (b.row_heading.clone(), format!("{}: {}", b.unit, b.parts.join(", "))),
        Body::Waterfall(b) => (b.kind.clone(), b.unit.clone()),
        Body::Siting(b) => {
            (format!("{} {}", b.service_type, b.unit), format!("{:?}, {} new, within {:.0} m", b.objective, b.new_sites, b.reach_m))
        }
        Body::WhatIf(b) => (format!("{} {}", b.scenario, b.service_type), b.open.clone()),
        Body::Parity(b) => (format!("{} {}", b.service, b.reference), format!("limits at {:.4}", b.level)),
        Body::Emerging(b) => (b.measure.clone(), format!("{} months", b.months.len())),
        Body::Gradient(b) => (b.measure.clone(), b.unit.clone()),
        Body::HotSpots(b) => (b.measure.clone(), b.unit.clone()),
        Body::NeedIndex(b) => {
            let parts: Vec<String> = b.indicators.iter().map(|i| format!("{} ({}, weight {:.3})", i.id, i.unit, i.weight)).collect();
            (parts.join(", "), format!("{:?}, {}", b.per, b.fifth))
        }
        Body::NeedAccess(b) => (format!("{}, {}", b.need, b.access), format!("{}, {}", b.need_unit, b.access_unit)),
        Body::Clusters(b) => (b.measure.clone(), format!("{:?}, {}, {}", b.expected_from, b.living, b.called_at)),
        Body::Interrupted(b) => (format!("{}, {}", b.measure, b.event.name), b.unit.clone()),
        Body::OutcomeCohorts(b) => (b.measure.clone(), format!("within {} months, dated: {}", b.follow_up_months, b.dated)),
        Body::OutcomeTimes(b) => (b.measure.clone(), b.unit.clone()),
        Body::WeekClock(b) => (b.unit.clone(), b.bands.join(", ")),
        // Columns that are months move from pack to pack; their number does not.
        Body::Table(b) if !b.months.is_empty() => (b.row_heading.clone(), format!("{} spans of months", b.months.len())),
        Body::Table(b) => (b.row_heading.clone(), b.columns.join(", ")),
        Body::Gaps(_) | Body::Services(_) => (String::new(), String::new()),
    }
}
