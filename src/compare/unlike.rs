//! What makes two packs, or two findings, unlike: then nothing is compared, and it is said what differs.

use std::collections::BTreeSet;

use super::{Differs, Unlike};
use crate::model::shape::Compared;
use crate::model::{AreaRates, Body, Finding, Findings};
use crate::units::{AreaCode, slug, thousands};

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

/// Tables of residents that differ by more than this are of other people: years of one place differ by less.
const OTHER_PEOPLE: f64 = 0.05;
/// The same of a single area, where houses are built.
const OTHER_PEOPLE_HERE: f64 = 0.25;
/// Fewer residents than this are no share of an area.
const FEW: f64 = 100.0;

fn are_others(a: f64, b: f64, share: f64) -> bool {
    (a - b).abs() > share * a.max(b)
}

/// In what the residents of two rates differ, where they are other people: then the rates are not compared, and their counts are.
pub(super) fn residents_of_rates(old: &AreaRates, new: &AreaRates) -> Option<Differs> {
    let whole = old.total.residents.known().zip(new.total.residents.known());
    let areas = || {
        let pairs = old.rows.iter().filter_map(|a| {
            let b = new.rows.iter().find(|b| b.code == a.code)?;
            Some((a.residents.known()?, b.residents.known()?))
        });
        pairs.into_iter().find(|(a, b)| are_others(*a, *b, OTHER_PEOPLE_HERE) && (a - b).abs() > FEW)
    };
    let (a, b) = whole.filter(|(a, b)| are_others(*a, *b, OTHER_PEOPLE)).or_else(areas)?;
    Some(Differs { what: Unlike::Residents, before: thousands(a.round() as u64), after: thousands(b.round() as u64) })
}

/// The same of any finding that reads a table of residents.
fn residents(before: &Findings, after: &Findings, old: &Finding) -> Option<Differs> {
    let counts_them = |f: &Findings| f.sources.iter().any(|s| s.kind == "population" && old.sources.contains(&s.name));
    let (a, b) = before.frame.residents.zip(after.frame.residents)?;
    let unlike = are_others(a, b, OTHER_PEOPLE) && (counts_them(before) || counts_them(after));
    unlike.then(|| Differs { what: Unlike::Residents, before: thousands(a.round() as u64), after: thousands(b.round() as u64) })
}

/// In which settings two analyses of one name measured who is reached, those alone that differ.
fn measured(before: &Findings, after: &Findings, analysis: &str) -> Option<Differs> {
    let (a, b) = (before.frame.measured.get(analysis), after.frame.measured.get(analysis));
    if a == b {
        return None;
    }
    let parts = |told: Option<&String>| told.map(|t| t.split(", ").map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default();
    let (a, b) = (parts(a), parts(b));
    let told = [before.frame.measured.is_empty(), after.frame.measured.is_empty()];
    let only = |these: &[String], those: &[String], untold: bool| {
        if untold {
            return "not told by its pack".to_owned();
        }
        let own: Vec<&str> = these.iter().filter(|p| !those.contains(p)).map(String::as_str).collect();
        if own.is_empty() { "not set".to_owned() } else { own.join(", ") }
    };
    Some(Differs { what: Unlike::Setting, before: only(&a, &b, told[0]), after: only(&b, &a, told[1]) })
}

/// Which labels of an open source the plan keeps, where the two packs keep others: but for what counts a label that both keep, they count other things.
fn kept(before: &Findings, after: &Findings, old: &Finding) -> Option<Differs> {
    old.sources.iter().find_map(|name| {
        let keeps = |f: &Findings| f.sources.iter().find(|s| s.name == *name).map(|s| s.keeps.iter().cloned().collect::<BTreeSet<_>>());
        let (a, b) = (keeps(before)?, keeps(after)?);
        if a == b {
            return None;
        }
        let in_both = |label: &&String| (a.is_empty() || a.contains(*label)) && (b.is_empty() || b.contains(*label));
        let is_of = |label: &String| old.id.split('/').any(|part| part == slug(label));
        if a.union(&b).filter(in_both).any(is_of) {
            return None;
        }
        let told = |set: &BTreeSet<String>| match set.is_empty() {
            true => "all of its labels".to_owned(),
            false => set.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        Some(Differs { what: Unlike::Definition, before: told(&a), after: told(&b) })
    })
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
        .or_else(|| measured(before, after, &old.analysis))
        .or_else(|| kept(before, after, old))
        .or_else(|| match old.body.shape().compared() {
            // Of a series months are held against months, however many there are.
            Compared::Series(_) => None,
            _ => differs(Unlike::PeriodLength, old.period.len().to_string(), new.period.len().to_string()),
        })
        .or_else(|| differs(Unlike::Definition, counted(before, old), counted(after, new)))
        .or_else(|| bodies(&old.body, &new.body))
        .or_else(|| match old.body.shape().compared() {
            // Counts of the same areas are compared without the residents.
            Compared::Rates(_) => None,
            _ => residents(before, after, old),
        })
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
