//! Gaps that opened and closed; services that started and ended.

use std::collections::BTreeMap;

use super::{GapChange, GapMove, ServiceChange, ServiceMove};
use crate::model::{Gap, GapRegister, ListedService, ServiceMap, ServiceState, Verdict};
use crate::units::Cell;

/// A smaller share of people than this is no other size: rounding and a census revision make it.
const SAME_SIZE: f64 = 0.01;

pub(super) fn gaps(old: &GapRegister, new: &GapRegister, round_to: u64) -> Vec<GapChange> {
    let before: BTreeMap<&str, &Gap> = old.rows.iter().map(|g| (g.id.as_str(), g)).collect();
    let after: BTreeMap<&str, &Gap> = new.rows.iter().map(|g| (g.id.as_str(), g)).collect();
    let mut changes: Vec<GapChange> = vec![];
    for (id, gap) in &after {
        let was = before.get(id).copied();
        if let Some(became) = became(was, gap, round_to) {
            changes.push(change(gap, became, was.map_or(Cell::NotApplicable, |g| g.people), gap.people));
        }
    }
    for (id, gap) in before.iter().filter(|(id, g)| !after.contains_key(*id) && g.verdict == Verdict::Gap) {
        // What is no longer in the register was not tested: that is not closed.
        debug_assert!(!id.is_empty());
        changes.push(change(gap, GapMove::NoLongerKnown, gap.people, Cell::NotApplicable));
    }
    changes.sort_by(|a, b| (a.became, &a.id).cmp(&(b.became, &b.id)));
    changes
}

fn change(gap: &Gap, became: GapMove, before: Cell<u64>, after: Cell<u64>) -> GapChange {
    GapChange {
        id: gap.id.clone(),
        subject: gap.subject.to_string(),
        who: gap.who.to_string(),
        became,
        before,
        after,
        unit: gap.unit.clone(),
    }
}

fn became(was: Option<&Gap>, is: &Gap, round_to: u64) -> Option<GapMove> {
    let old = was.map_or(Verdict::NotKnown, |g| g.verdict);
    if was.is_some_and(|g| g.standard.id != is.standard.id || g.unit != is.unit) {
        return Some(GapMove::OtherStandard);
    }
    match (old, is.verdict) {
        (Verdict::NoGap, Verdict::Gap) => Some(GapMove::Opened),
        (Verdict::NotKnown, Verdict::Gap) => Some(GapMove::NowKnown),
        (Verdict::Gap, Verdict::NoGap) => Some(GapMove::Closed),
        (Verdict::NotKnown, Verdict::NoGap) => was.map(|_| GapMove::Settled),
        (Verdict::Gap | Verdict::NoGap, Verdict::NotKnown) => Some(GapMove::NoLongerKnown),
        (Verdict::Gap, Verdict::Gap) => {
            let (a, b) = (was?.people.known()?, is.people.known()?);
            let same = a.abs_diff(b) <= round_to.max(1) || (a.abs_diff(b) as f64) < SAME_SIZE * a.max(b) as f64;
            (!same).then_some(if b > a { GapMove::Widened } else { GapMove::Narrowed })
        }
        (Verdict::NoGap, Verdict::NoGap) | (Verdict::NotKnown, Verdict::NotKnown) => None,
    }
}

pub(super) fn services(old: &ServiceMap, new: &ServiceMap) -> Vec<ServiceChange> {
    type Key<'a> = (&'a str, &'a str);
    let states = |map: &ServiceMap| -> BTreeMap<(String, String), ServiceState> {
        let all = map.sites.iter().map(|s| &s.service).chain(&map.without_site);
        let one = |s: &ListedService| ((s.name.clone(), s.provider.clone()), s.state);
        all.map(one).collect()
    };
    let (before, after) = (states(old), states(new));
    let running = |map: &BTreeMap<(String, String), ServiceState>, key: &(String, String)| map.get(key) == Some(&ServiceState::Running);
    let change = |(name, provider): Key, became| ServiceChange { name: name.into(), provider: provider.into(), became };
    let mut changes: Vec<ServiceChange> = vec![];
    for key in after.keys().filter(|k| running(&after, k) && !running(&before, k)) {
        changes.push(change((&key.0, &key.1), ServiceMove::Started));
    }
    for key in before.keys().filter(|k| running(&before, k) && !running(&after, k)) {
        let became = if after.contains_key(key) { ServiceMove::Ended } else { ServiceMove::NoLongerListed };
        changes.push(change((&key.0, &key.1), became));
    }
    changes.sort_by(|a, b| (a.became, &a.name, &a.provider).cmp(&(b.became, &b.name, &b.provider)));
    changes
}
