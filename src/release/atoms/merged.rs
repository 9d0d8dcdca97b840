//! The linked system of a frame: values that no cell tells apart are one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::extent::{Extent, NO_BAND, NO_DAY};
use super::{Frame, Place};
use crate::disclosure::{DIMENSIONS, Given, Rule, System};
use crate::release::before::Before;
use crate::release::refused::Unprinted;

impl Frame<'_> {
    /// Merges the values that no cell tells apart and builds the system.
    pub fn system(
        &self,
        extents: &[Extent],
        printed: &FxHashMap<usize, Before>,
        unprinted: &FxHashMap<usize, Unprinted>,
        rule: &Rule,
    ) -> System {
        let counts =
            [self.areas + 1 + self.finer.len(), self.months.len(), self.categories.len().max(1), NO_DAY as usize + 1, NO_BAND as usize + 1];
        let classes: Vec<(Vec<u32>, u32)> = (0..DIMENSIONS).map(|d| classes(counts[d], extents.iter().map(|e| e.along(d)))).collect();
        let size: Vec<usize> = classes.iter().map(|c| c.1 as usize).collect();
        let class = |place: &Place| -> Place { std::array::from_fn(|d| classes[d].0[place[d] as usize]) };
        let mut events: BTreeMap<Place, u64> = BTreeMap::new();
        for (place, n) in &self.events {
            *events.entry(class(place)).or_default() += n;
        }
        let busy = busy_times(&events, extents, class);
        let merged: Vec<[Vec<u32>; DIMENSIONS]> = extents.iter().map(|e| merged_values(e, &classes)).collect();
        let never_told = merged.iter().zip(0..).filter(|(_, i)| unprinted.contains_key(i)).map(|(values, _)| values);
        let atoms: Vec<(Place, u64)> =
            places(&events, &size, &busy, never_told).into_iter().map(|place| (place, events.get(&place).copied().unwrap_or(0))).collect();
        // Atoms stand in the order of their areas.
        let first_of: Vec<usize> = (0..=size[0]).map(|area| atoms.partition_point(|a| (a.0[0] as usize) < area)).collect();
        let cells = extents.iter().enumerate().map(|(i, extent)| {
            let mut inside: [Vec<bool>; DIMENSIONS] = std::array::from_fn(|d| vec![false; size[d]]);
            merged[i].iter().zip(&mut inside).for_each(|(values, inside)| values.iter().for_each(|v| inside[*v as usize] = true));
            let mut members: Vec<u32> = Vec::new();
            for area in &merged[i][0] {
                let of_area = first_of[*area as usize]..first_of[*area as usize + 1];
                let within = |at: &usize| (1..DIMENSIONS).all(|d| inside[d][atoms[*at].0[d] as usize]);
                members.extend(of_area.filter(within).map(|at| at as u32));
            }
            let refused = unprinted.get(&i) == Some(&Unprinted::Refused);
            let given = match printed.get(&i) {
                None => match unprinted.get(&i) {
                    None => Given::Free,
                    Some(Unprinted::Refused) => Given::Refused,
                    Some(Unprinted::Difference) => Given::Difference,
                },
                // What the limits refuse is protected whatever its size, and however it came to be withheld.
                Some(Before { printed: None, .. }) if refused => {
                    let empty = members.iter().all(|a: &u32| atoms[*a as usize].1 == 0);
                    if empty { Given::Refused } else { Given::Withheld }
                }
                Some(Before { printed: None, .. }) => {
                    // Of a finer area nobody here knows the count. Others that are far from small were withheld for the sake of
                    // others; twice the limit leaves room for revisions.
                    let finer = extent.areas.iter().any(|a| *a > self.unlocated());
                    let value: u64 = members.iter().map(|a: &u32| atoms[*a as usize].1).sum();
                    if finer || value <= 2 * rule.withhold_up_to { Given::Withheld } else { Given::KeptBack }
                }
                Some(Before { printed: Some(n), same_rule: true, .. }) => Given::Printed(*n),
                Some(Before { range: (low, high), .. }) => Given::Known(*low, *high),
            };
            (members, given)
        });
        let cells = cells.collect();
        System::new(atoms, cells)
    }
}

/// The values of each dimension that an extent takes in, merged, ascending.
fn merged_values(extent: &Extent, classes: &[(Vec<u32>, u32)]) -> [Vec<u32>; DIMENSIONS] {
    std::array::from_fn(|d| {
        let mut list: Vec<u32> = extent.along(d).iter().map(|v| classes[d].0[*v as usize]).collect();
        list.sort_unstable();
        list.dedup();
        list
    })
}

/// Of more areas × months × categories than this only those with events have atoms, and those that are never told.
const MOST_TRIPLES: usize = 500_000;

/// Areas that are looked up one by one.
const FEW_AREAS: usize = 8;
/// Of what is never told and is empty, so many areas, months and categories have atoms.
const MOST_EMPTY: usize = 400;

/// Where atoms are, ascending: every area, month and category at the times with most events, and every time where there are events at all. The other
/// combinations hold nobody and would be most by far; leaving them out only leaves fewer ways of protecting a count.
///
/// Of a large study even those would be millions, each in dozens of totals. There every event has its atom, every area, month and category with events
/// has those at the times with most, and so has what is never told and is empty: that it is empty is no less a secret.
fn places<'v>(
    events: &BTreeMap<Place, u64>,
    size: &[usize],
    busy: &[[u32; 2]],
    never_told: impl Iterator<Item = &'v [Vec<u32>; DIMENSIONS]>,
) -> Vec<Place> {
    let eventful: rustc_hash::FxHashSet<[u32; 3]> = events.keys().map(|p| [p[0], p[1], p[2]]).collect();
    if size[0] * size[1] * size[2] > MOST_TRIPLES {
        let mut triples = eventful.clone();
        for values in never_told {
            let counted = |t: &[u32; 3]| (0..3).all(|d| values[d].binary_search(&t[d]).is_ok());
            let pairs = || values[1].iter().flat_map(|m| values[2].iter().map(move |c| (*m, *c)));
            let of_area = |a: u32| pairs().map(move |(m, c)| [a, m, c]);
            // Of few areas they are looked up, of many all are gone through.
            let has_events = match values[0].as_slice() {
                few if few.len() <= FEW_AREAS => few.iter().flat_map(|a| of_area(*a)).any(|t| eventful.contains(&t)),
                _ => eventful.iter().any(counted),
            };
            if !has_events {
                triples.extend(values[0].iter().flat_map(|a| of_area(*a)).take(MOST_EMPTY));
            }
        }
        let at_busy = triples.iter().flat_map(|[a, m, c]| busy.iter().map(move |[day, band]| [*a, *m, *c, *day, *band]));
        let mut places: Vec<Place> = at_busy.chain(events.keys().copied()).collect();
        places.sort_unstable();
        places.dedup();
        return places;
    }
    let mut places = Vec::new();
    let mut place: Place = [0; DIMENSIONS];
    for at in 0..size.iter().product() {
        let mut rest: usize = at;
        for d in (0..DIMENSIONS).rev() {
            place[d] = (rest % size[d]) as u32;
            rest /= size[d];
        }
        if busy.contains(&[place[3], place[4]]) || eventful.contains(&[place[0], place[1], place[2]]) {
            places.push(place);
        }
    }
    places
}

/// Of each set of times that cells other than those of a few hours tell apart (day, night, not known): the one with most events.
fn busy_times(events: &BTreeMap<Place, u64>, extents: &[Extent], class: impl Fn(&Place) -> Place) -> Vec<[u32; 2]> {
    let wide = extents.iter().filter(|e| e.days.len() > NO_DAY as usize && (e.bands.len() > 1 || e.bands == [NO_BAND]));
    let of_bands = classes(NO_BAND as usize + 1, wide.map(|e| e.bands.as_slice()));
    let mut by_time: BTreeMap<[u32; 2], u64> = BTreeMap::new();
    events.iter().for_each(|(p, n)| *by_time.entry([p[3], p[4]]).or_default() += n);
    (0..of_bands.1)
        .filter_map(|set| {
            let fine = |day: u32, band: u32| {
                let place = class(&[0, 0, 0, day, band]);
                [place[3], place[4]]
            };
            let bands = (0..=NO_BAND).filter(|b| of_bands.0[*b as usize] == set);
            let times = bands.flat_map(|band| (0..=NO_DAY).map(move |day| fine(day, band)));
            times.max_by_key(|t| (by_time.get(t).copied().unwrap_or(0), std::cmp::Reverse(*t)))
        })
        .collect()
}

/// The class of each value, and how many there are: values are alike where every cell takes in both or neither.
pub(in crate::release) fn classes<'e>(values: usize, sets: impl Iterator<Item = &'e [u32]>) -> (Vec<u32>, u32) {
    let mut class = vec![0_u32; values];
    let mut count = 1;
    let mut seen = rustc_hash::FxHashSet::default();
    for set in sets.filter(|s| !s.is_empty()) {
        if !seen.insert(set) {
            continue;
        }
        let mut of: FxHashMap<(u32, bool), u32> = FxHashMap::default();
        let mut inside = vec![false; values];
        set.iter().for_each(|v| inside[*v as usize] = true);
        for (value, class) in class.iter_mut().enumerate() {
            let next = of.len() as u32;
            *class = *of.entry((*class, inside[value])).or_insert(next);
        }
        count = of.len() as u32;
    }
    (class, count.max(1))
}
