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
        let index = |p: &Place| p.iter().zip(&size).fold(0, |at, (value, size)| at * size + *value as usize);
        let mut events: BTreeMap<Place, u64> = BTreeMap::new();
        for (place, n) in &self.events {
            *events.entry(class(place)).or_default() += n;
        }
        // Every area, month and category at the times with most events, and every time where there are events at all. The other
        // combinations hold nobody and would be most by far; leaving them out only leaves fewer ways of protecting a count.
        let busy = busy_times(&events, extents, class);
        let eventful: rustc_hash::FxHashSet<[u32; 3]> = events.keys().map(|p| [p[0], p[1], p[2]]).collect();
        let mut atom_at: Vec<u32> = vec![u32::MAX; size.iter().product()];
        let mut atoms: Vec<(Place, u64)> = Vec::new();
        let mut place: Place = [0; DIMENSIONS];
        for (at, atom) in atom_at.iter_mut().enumerate() {
            let mut rest = at;
            for d in (0..DIMENSIONS).rev() {
                place[d] = (rest % size[d]) as u32;
                rest /= size[d];
            }
            if busy.contains(&[place[3], place[4]]) || eventful.contains(&[place[0], place[1], place[2]]) {
                *atom = atoms.len() as u32;
                atoms.push((place, events.get(&place).copied().unwrap_or(0)));
            }
        }
        let cells = extents.iter().enumerate().map(|(i, extent)| {
            let values: [Vec<u32>; DIMENSIONS] = std::array::from_fn(|d| {
                let mut list: Vec<u32> = extent.along(d).iter().map(|v| classes[d].0[*v as usize]).collect();
                list.sort_unstable();
                list.dedup();
                list
            });
            let mut members = Vec::new();
            for a in &values[0] {
                for m in &values[1] {
                    for c in &values[2] {
                        for d in &values[3] {
                            members
                                .extend(values[4].iter().map(|b| atom_at[index(&[*a, *m, *c, *d, *b])]).filter(|atom| *atom != u32::MAX));
                        }
                    }
                }
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
