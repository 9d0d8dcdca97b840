//! Counts that no pack prints and that follow from those that it does: what the limits of the tier refuse, and small differences.
//!
//! All categories less those that may be told is the one that may not; two spans of months, one within the other, tell what the longer has more.
//! Such counts enter the linked system as cells that are withheld whatever their size, each with a proof like any other.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::atoms::{Extent, Frame, classes};
use super::limits::Limits;
use crate::model::Floor;
use crate::units::Geography;
use crate::vocabulary::Harms;

/// What is never printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unprinted {
    /// Over a limit of the tier: to be protected whatever its size.
    Refused,
    /// Within the limits, told by no table, and the difference of counts that are: to be protected where it is small.
    Difference,
}

/// All of an extent but its categories.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Context {
    areas: Vec<u32>,
    months: Vec<u32>,
    days: Vec<u32>,
    bands: Vec<u32>,
}

impl Context {
    fn of(e: &Extent) -> Self {
        Self { areas: e.areas.clone(), months: e.months.clone(), days: e.days.clone(), bands: e.bands.clone() }
    }

    fn with(&self, categories: Vec<u32>) -> Extent {
        Extent { areas: self.areas.clone(), months: self.months.clone(), categories, days: self.days.clone(), bands: self.bands.clone() }
    }
}

/// Finds what follows from what is told.
pub(super) struct Unsaid<'a> {
    limits: &'a Limits<'a>,
    frame: &'a Frame<'a>,
    /// Of each category of the frame.
    harms: Vec<Harms>,
    floors: Vec<Floor>,
    /// The level of areas of earlier packs that are no areas of the study.
    levels: FxHashMap<Vec<u32>, Geography>,
}

impl<'a> Unsaid<'a> {
    pub fn new(limits: &'a Limits<'a>, frame: &'a Frame<'a>, levels: FxHashMap<Vec<u32>, Geography>) -> Self {
        let harms: Vec<Harms> = frame.categories().iter().map(|name| limits.harms_of(name)).collect();
        let floors = harms.iter().map(|h| limits.floor_of(h)).collect();
        Self { limits, frame, harms, floors, levels }
    }

    /// The level of the areas of an extent; none where it is the whole partnership, or events that are not known to be anywhere.
    fn level(&self, areas: &[u32]) -> Option<Geography> {
        if areas == [self.frame.unlocated()] || areas.len() == self.frame.whole_size() {
            return None;
        }
        let known = self.levels.get(areas).copied();
        // What is left of the partnership without a few areas is no small area.
        (known.is_some() || 2 * areas.len() <= self.frame.whole_size()).then(|| known.unwrap_or(self.limits.geography()))
    }

    /// Whether the tier refuses to tell an extent.
    pub fn refuses(&self, e: &Extent) -> bool {
        let level = self.level(&e.areas);
        let part = e.categories.len() < self.frame.categories().len();
        let dimensions = self.limits.allow_dimensions(level.is_some(), e.months.len(), part, !e.is_any_time());
        !dimensions || self.floors_refuse(&e.categories, level, e.months.len())
    }

    fn floors_refuse(&self, categories: &[u32], level: Option<Geography>, months: usize) -> bool {
        !categories.is_empty() && categories.iter().all(|c| !self.floors[*c as usize].allows(level, months))
    }

    /// What follows from `told` and is none of it. `settled` says of each whether an earlier pack printed it and this one says nothing new of it: what
    /// follows from such counts alone is known. What earlier packs withheld is not: a new count may lead round it.
    pub fn of(&self, told: &[Extent], settled: &[bool]) -> Vec<(Extent, Unprinted)> {
        let mut found: BTreeMap<Extent, Unprinted> = BTreeMap::new();
        let known: rustc_hash::FxHashSet<&Extent> = told.iter().collect();
        let rests_of_categories = self.rest_of_categories(told, settled);
        // What no category takes in is known as well as what is told: with another span of months it tells what lies between, too.
        let as_told = told.iter().enumerate().map(|(i, e)| (e, !settled[i]));
        let differences = of_months(as_told.chain(rests_of_categories.iter().map(|(e, is_new)| (e, *is_new))));
        let contexts: BTreeSet<Context> = told.iter().chain(&differences).map(Context::of).collect();
        let sets: BTreeSet<&[u32]> = told.iter().map(|e| e.categories.as_slice()).collect();
        if sets.iter().any(|s| s.len() < self.frame.categories().len()) {
            let groups = self.categories_not_told_apart(&sets);
            for context in &contexts {
                found.extend(self.of_categories(context, &groups).into_iter().map(|e| (e, Unprinted::Refused)));
            }
        }
        let rests = [
            rests_of_categories.into_iter().filter(|(_, is_new)| *is_new).map(|(e, _)| e).collect(),
            self.rest_of_areas(told, settled),
            rest_of_times(told, settled, true),
            rest_of_times(told, settled, false),
        ];
        for e in differences.into_iter().chain(rests.into_iter().flatten()) {
            let what = if self.refuses(&e) { Unprinted::Refused } else { Unprinted::Difference };
            found.entry(e).or_insert(what);
        }
        found.retain(|e, _| !known.contains(e));
        found.into_iter().collect()
    }

    /// Categories that every told count takes in together, of one harm: what is proven of them all holds for each.
    fn categories_not_told_apart(&self, sets: &BTreeSet<&[u32]>) -> Vec<Vec<u32>> {
        let (class, _) = classes(self.frame.categories().len(), sets.iter().copied());
        let mut groups: Vec<(u32, &Harms, Vec<u32>)> = Vec::new();
        for (c, harms) in self.harms.iter().enumerate() {
            match groups.iter_mut().find(|(at, h, _)| *at == class[c] && *h == harms) {
                Some((_, _, of)) => of.push(c as u32),
                None => groups.push((class[c], harms, vec![c as u32])),
            }
        }
        groups.into_iter().map(|g| g.2).collect()
    }

    /// In a context, what the floors refuse: each group of categories, all of one harm, and all together.
    fn of_categories(&self, context: &Context, groups: &[Vec<u32>]) -> Vec<Extent> {
        let level = self.level(&context.areas);
        let refused: Vec<&Vec<u32>> = groups.iter().filter(|g| self.floors_refuse(g, level, context.months.len())).collect();
        let mut all: BTreeSet<Vec<u32>> = refused.iter().map(|g| (*g).clone()).collect();
        let together = |some: &dyn Fn(&Harms) -> bool| {
            let mut list: Vec<u32> = refused.iter().flat_map(|g| g.iter().copied()).filter(|c| some(&self.harms[*c as usize])).collect();
            list.sort_unstable();
            list
        };
        all.insert(together(&|_| true));
        all.insert(together(&|h| !h.is_mapped()));
        for harm in crate::vocabulary::HarmId::all() {
            all.insert(together(&|h| matches!(h, Harms::Known(ids) if ids.contains(harm))));
        }
        all.into_iter().filter(|c| !c.is_empty()).map(|c| context.with(c)).collect()
    }

    /// In each context, the categories that none but the count of all takes in; and whether any of it is open.
    fn rest_of_categories(&self, told: &[Extent], settled: &[bool]) -> Vec<(Extent, bool)> {
        let all = self.frame.categories().len();
        let mut contexts: BTreeMap<Context, (bool, bool, BTreeSet<u32>)> = BTreeMap::new();
        for (i, e) in told.iter().enumerate() {
            let entry = contexts.entry(Context::of(e)).or_default();
            entry.0 |= e.categories.len() == all;
            entry.1 |= !settled[i];
            if e.categories.len() < all {
                entry.2.extend(&e.categories);
            }
        }
        let rest = |(context, (whole, is_new, parts)): (Context, (bool, bool, BTreeSet<u32>))| {
            let rest: Vec<u32> = (0..all as u32).filter(|c| !parts.contains(c)).collect();
            (whole && !parts.is_empty() && !rest.is_empty()).then(|| (context.with(rest), is_new))
        };
        contexts.into_iter().filter_map(rest).collect()
    }

    /// Where the whole partnership is told beside areas: what lies in none of them.
    fn rest_of_areas(&self, told: &[Extent], settled: &[bool]) -> Vec<Extent> {
        type Key<'e> = (&'e [u32], &'e [u32], &'e [u32], &'e [u32]);
        let mut whole: BTreeMap<Key, (Option<&Extent>, bool, BTreeSet<u32>)> = BTreeMap::new();
        for (i, e) in told.iter().enumerate() {
            let entry = whole.entry((&e.months, &e.categories, &e.days, &e.bands)).or_default();
            entry.1 |= !settled[i];
            if e.areas.len() == self.frame.whole_size() {
                entry.0 = Some(e);
            } else {
                entry.2.extend(&e.areas);
            }
        }
        let rest = |(whole, is_new, parts): (Option<&Extent>, bool, BTreeSet<u32>)| {
            let whole = whole.filter(|_| is_new && !parts.is_empty())?;
            let areas: Vec<u32> = whole.areas.iter().copied().filter(|a| !parts.contains(a)).collect();
            (!areas.is_empty()).then(|| Extent { areas, ..whole.clone() })
        };
        whole.into_values().filter_map(rest).collect()
    }
}

/// Where of two spans of months that are told one lies within the other, and not both are settled: the months that the longer has more.
fn of_months<'e>(told: impl Iterator<Item = (&'e Extent, bool)>) -> Vec<Extent> {
    type Key<'e> = (&'e [u32], &'e [u32], &'e [u32], &'e [u32]);
    let mut spans: BTreeMap<Key, BTreeMap<(u32, u32), bool>> = BTreeMap::new();
    for (e, is_open) in told {
        if let (Some(first), Some(last)) = (e.months.first(), e.months.last()) {
            *spans.entry((&e.areas, &e.categories, &e.days, &e.bands)).or_default().entry((*first, *last)).or_default() |= is_open;
        }
    }
    let mut found = Vec::new();
    for ((areas, categories, days, bands), list) in spans {
        let alone: BTreeSet<u32> = list.keys().filter(|(first, last)| first == last).map(|span| span.0).collect();
        for ((first, last), is_open) in &list {
            // Where each month is told by itself, the parts of what is left are counts of their own.
            let by_month = (*first..=*last).all(|month| alone.contains(&month));
            for ((from, to), inner_is_open) in list.range((*first, 0)..=(*last, u32::MAX)) {
                let is_within = to <= last && (from, to) != (first, last);
                let shares_an_end = from == first || to == last;
                if is_within && (*is_open || *inner_is_open) && (shares_an_end || from < to || !by_month) {
                    found.push(Extent {
                        areas: areas.to_vec(),
                        months: (*first..*from).chain(to + 1..last + 1).collect(),
                        categories: categories.to_vec(),
                        days: days.to_vec(),
                        bands: bands.to_vec(),
                    });
                }
            }
        }
    }
    found
}

/// Where all hours (or all days) are told beside some of them: what lies in none of those. A total less day and night is what has no known time.
fn rest_of_times(told: &[Extent], settled: &[bool], of_bands: bool) -> Vec<Extent> {
    let along = |e: &Extent| -> Vec<u32> { if of_bands { e.bands.clone() } else { e.days.clone() } };
    type Key<'e> = (&'e [u32], &'e [u32], &'e [u32], &'e [u32]);
    let mut lines: BTreeMap<Key, (Vec<&Extent>, bool)> = BTreeMap::new();
    for (i, e) in told.iter().enumerate() {
        let other = if of_bands { &e.days } else { &e.bands };
        let line = lines.entry((&e.areas, &e.months, &e.categories, other)).or_default();
        line.0.push(e);
        line.1 |= !settled[i];
    }
    let mut found = Vec::new();
    for (line, _) in lines.into_values().filter(|(line, is_new)| *is_new && line.len() > 1) {
        for whole in &line {
            let all = along(whole);
            // The smallest parts that do not meet, one after another, as a reader would subtract them.
            let within = |e: &&&Extent| along(e).len() < all.len() && along(e).iter().all(|v| all.contains(v));
            let mut parts: Vec<Vec<u32>> = line.iter().filter(within).map(|e| along(e)).collect();
            parts.sort_by_key(Vec::len);
            for largest_first in [false, true] {
                let mut taken: BTreeSet<u32> = BTreeSet::new();
                let order: Vec<&Vec<u32>> = if largest_first { parts.iter().rev().collect() } else { parts.iter().collect() };
                for part in order.into_iter().filter(|_| !parts.is_empty()) {
                    if part.iter().all(|v| !taken.contains(v)) {
                        taken.extend(part);
                    }
                }
                let rest: Vec<u32> = all.iter().copied().filter(|v| !taken.contains(v)).collect();
                if !taken.is_empty() && !rest.is_empty() {
                    let e = (*whole).clone();
                    found.push(if of_bands { Extent { bands: rest, ..e } } else { Extent { days: rest, ..e } });
                }
            }
        }
    }
    found
}
