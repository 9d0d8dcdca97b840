//! What makes two packs, or two findings, unlike: then nothing is compared, and it is said what differs.

use std::collections::BTreeSet;

use super::{Differs, Unlike};
use crate::model::{Body, Finding, Findings};
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
            let described = |f: &Finding| if f.body.shape().described().subtitle_is_a_setting { f.subtitle.clone() } else { String::new() };
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
    let (a, b) = (old.shape().described(), new.shape().described());
    if a.definition != b.definition {
        return Some(Differs { what: Unlike::Definition, before: a.definition, after: b.definition });
    }
    (a.setting != b.setting).then_some(Differs { what: Unlike::Setting, before: a.setting, after: b.setting })
}
