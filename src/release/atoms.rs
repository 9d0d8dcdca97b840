//! The atoms of a linked system: areas, months, categories, days and times, as far as any count tells them apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::before::Before;
use super::refused::Unprinted;
use crate::disclosure::{DIMENSIONS, Given, Rule, System};
use crate::ledger::{EarlierArea, EarlierCell};
use crate::model::{Days, Group};
use crate::study::{Dataset, Slice, SliceArea, Study};
use crate::units::{AreaCode, BANDS, Month, Period};

/// The values of each dimension that a cell takes in, ascending.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Extent {
    pub areas: Vec<u32>,
    pub months: Vec<u32>,
    pub categories: Vec<u32>,
    /// Days of the week, 0 for Monday, [`NO_DAY`] for events whose day is not known.
    pub days: Vec<u32>,
    /// Three hours of the clock, [`NO_BAND`] for events whose time is not known.
    pub bands: Vec<u32>,
}

const NO_DAY: u32 = 7;
const NO_BAND: u32 = BANDS as u32;
/// The first bands of the day and of the evening: 06:00 and 18:00.
const DAYTIME: std::ops::Range<u32> = 2..6;

/// Where events lie in each dimension.
type Place = [u32; DIMENSIONS];

/// The values of the dimensions, and the events at each combination that has any.
pub(super) struct Frame<'a> {
    study: &'a Study,
    dataset: &'a Dataset,
    /// Areas, then `unlocated`, then areas of a finer earlier release.
    areas: usize,
    finer: Vec<(AreaCode, u32)>,
    months: Vec<Month>,
    categories: Vec<String>,
    events: BTreeMap<Place, u64>,
}

impl<'a> Frame<'a> {
    pub fn new(study: &'a Study, dataset: &'a Dataset, earlier: &[&EarlierCell]) -> Self {
        let months: Vec<Month> = dataset.period.months().collect();
        let mut categories: Vec<String> = dataset.raw.iter().map(|c| c.name.clone()).collect();
        for name in earlier.iter().flat_map(|e| &e.categories) {
            if !categories.contains(name) {
                categories.push(name.clone());
            }
        }
        let mut finer: Vec<(AreaCode, u32)> = Vec::new();
        for (code, point) in earlier.iter().filter_map(|e| Some((e.area.code()?, e.point?))) {
            let finer_level = code.geography() < Some(study.about.geography);
            if finer_level
                && !finer.iter().any(|f| f.0 == code)
                && let Some(parent) = study.areas.list.iter().position(|a| contains(&a.shape, point))
            {
                finer.push((code, parent as u32));
            }
        }
        finer.sort_unstable();
        Self { study, dataset, areas: study.areas.list.len(), finer, months, categories, events: BTreeMap::new() }
    }

    pub fn unlocated(&self) -> u32 {
        self.areas as u32
    }

    /// Names of the raw categories, those that only earlier packs know last.
    pub fn categories(&self) -> &[String] {
        &self.categories
    }

    /// How many values of the area the whole partnership takes in.
    pub fn whole_size(&self) -> usize {
        self.whole().len()
    }

    /// The values that an area stands for: itself, or the finer ones that it was released by before.
    fn parts(&self, area: u32) -> Vec<u32> {
        let children = self.finer.iter().enumerate().filter(|(_, f)| f.1 == area).map(|(i, _)| (self.areas + 1 + i) as u32);
        let children: Vec<u32> = children.collect();
        if children.is_empty() { vec![area] } else { children }
    }

    fn whole(&self) -> Vec<u32> {
        let mut all: Vec<u32> = (0..self.areas as u32).flat_map(|a| self.parts(a)).chain([self.unlocated()]).collect();
        all.sort_unstable();
        all
    }

    fn months_of(&self, period: Period) -> Vec<u32> {
        (0..self.months.len() as u32).filter(|m| (period.first..=period.last).contains(&self.months[*m as usize])).collect()
    }

    pub fn of_slice(&self, slice: &Slice) -> Extent {
        let areas = match slice.area {
            SliceArea::Whole => self.whole(),
            SliceArea::Area(area) => self.parts(area),
            SliceArea::Unlocated => vec![self.unlocated()],
        };
        let all = || (0..self.categories.len() as u32).collect();
        let categories = if slice.categories.is_empty() { all() } else { self.dataset.raw_of(&slice.categories) };
        let (days, bands) = times_of(slice.group);
        Extent { areas, months: self.months_of(slice.months), categories, days, bands }
    }

    /// The values that a cell of an earlier release takes in; `None` where nothing of it lies in this study.
    pub fn of_earlier(&self, cell: &EarlierCell) -> Option<Extent> {
        let mut areas: Vec<u32> = match &cell.area {
            EarlierArea::Whole(authorities) if *authorities == self.study.about.authorities => self.whole(),
            // Of other authorities, what lies in this study.
            EarlierArea::Whole(authorities) => {
                let within = |a: &usize| authorities.contains(&self.study.areas.list[*a].authority);
                (0..self.areas).filter(within).flat_map(|a| self.parts(a as u32)).collect()
            }
            EarlierArea::Unlocated => vec![self.unlocated()],
            EarlierArea::Code(code) => match self.study.areas.position(*code) {
                Some(area) => self.parts(area as u32),
                None => match self.finer.iter().position(|f| f.0 == *code) {
                    Some(i) => vec![(self.areas + 1 + i) as u32],
                    None => {
                        let within = |a: &usize| self.study.areas.list[*a].larger.contains(code);
                        (0..self.areas).filter(within).flat_map(|a| self.parts(a as u32)).collect()
                    }
                },
            },
        };
        areas.sort_unstable();
        if areas.is_empty() {
            return None;
        }
        let position = |name: &String| self.categories.iter().position(|c| c == name).map(|i| i as u32);
        let mut categories: Vec<u32> = match cell.categories.is_empty() {
            true => (0..self.categories.len() as u32).collect(),
            false => cell.categories.iter().filter_map(position).collect(),
        };
        categories.sort_unstable();
        let (days, bands) = match &cell.group {
            None => times_of(None),
            Some(name) => times_of(Some(Group::named(name)?)),
        };
        Some(Extent { areas, months: self.months_of(Period::new(cell.first, cell.last)?), categories, days, bands })
    }

    /// Puts the events of the study in place, and for finer areas, which it does not hold, numbers that agree with what was printed.
    /// What an attacker can work out depends on what is published alone, so any numbers that agree with it will do.
    pub fn fill(&mut self, dataset: &Dataset, extents: &[Extent], printed: &FxHashMap<usize, Before>) {
        let month_at = |m: u32| self.months.iter().position(|x| *x == dataset.period.first.plus(m as i32)).unwrap_or(0) as u32;
        let mut waiting: BTreeMap<Place, u64> = BTreeMap::new();
        for (area, month, category, facets, n) in dataset.cells() {
            let area = area.unwrap_or(self.unlocated());
            let when = facets.when();
            let day = when.and_then(|w| w.weekday).map_or(NO_DAY, u32::from);
            let place = [area, month_at(month), category, day, when.map_or(NO_BAND, |w| u32::from(w.band))];
            *waiting.entry(place).or_default() += n;
        }
        let split: Vec<u32> = {
            let mut parents: Vec<u32> = self.finer.iter().map(|f| f.1).collect();
            parents.dedup();
            parents.sort_unstable();
            parents.dedup();
            parents
        };
        // Areas that were not released by finer ones keep their events.
        let (mut rest, placed): (BTreeMap<_, _>, BTreeMap<_, _>) =
            waiting.into_iter().partition(|(p, _)| split.binary_search(&p[0]).is_ok());
        self.events = placed;
        for context in self.contexts(extents, printed) {
            self.share_out(&context, extents, printed, &mut rest);
        }
        // What no finer area took goes to the first of them.
        for (place, n) in rest {
            let first = self.finer.iter().position(|f| f.1 == place[0]).map_or(place[0], |i| (self.areas + 1 + i) as u32);
            *self.events.entry([first, place[1], place[2], place[3], place[4]]).or_default() += n;
        }
    }

    /// Earlier cells of finer areas that share all but the area, and the area that they lie in; those that take in least first.
    fn contexts(&self, extents: &[Extent], printed: &FxHashMap<usize, Before>) -> Vec<(u32, Vec<usize>)> {
        type Context = (usize, u32, [Vec<u32>; 4]);
        let mut contexts: BTreeMap<Context, Vec<usize>> = BTreeMap::new();
        for (cell, e) in extents.iter().enumerate().filter(|(c, _)| printed.contains_key(c)) {
            if let [child] = e.areas[..]
                && child > self.unlocated()
            {
                let parent = self.finer[(child - self.unlocated() - 1) as usize].1;
                let rest = [&e.months, &e.categories, &e.days, &e.bands];
                let size = rest.iter().map(|values| values.len()).product();
                contexts.entry((size, parent, rest.map(Vec::clone))).or_default().push(cell);
            }
        }
        contexts.into_iter().map(|(key, cells)| (key.1, cells)).collect()
    }

    /// Shares the events of an area out to the finer ones, so that each would be printed, or withheld, as it was: first the least
    /// that fits each, then up to what was printed, and what is left to those that were withheld.
    fn share_out(
        &mut self,
        (parent, cells): &(u32, Vec<usize>),
        extents: &[Extent],
        printed: &FxHashMap<usize, Before>,
        rest: &mut BTreeMap<Place, u64>,
    ) {
        let withheld = cells.iter().filter(|c| printed[c].printed.is_none()).count() as u64;
        for step in 0..3 {
            let mut open = withheld;
            for cell in cells {
                let extent = &extents[*cell];
                let now: u64 = self.events.iter().filter(|(p, _)| extent.holds(p)).map(|(_, n)| n).sum();
                let within = |p: &Place| p[0] == *parent && extent.holds_but_area(p);
                let (least, most) = printed[cell].range;
                let goal = match (step, printed[cell].printed) {
                    (0, _) => least,
                    (1, Some(n)) => n,
                    (2, None) => {
                        let left: u64 = rest.iter().filter(|(p, _)| within(p)).map(|(_, n)| n).sum();
                        open -= 1;
                        now + left.div_ceil(open + 1)
                    }
                    (2, Some(_)) if withheld == 0 => most,
                    _ => now,
                };
                let mut wanted = goal.saturating_sub(now);
                for (place, n) in rest.iter_mut().filter(|(p, _)| within(p)) {
                    let take = wanted.min(*n);
                    *n -= take;
                    wanted -= take;
                    *self.events.entry([extent.areas[0], place[1], place[2], place[3], place[4]]).or_default() += take;
                }
            }
        }
    }

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

impl Extent {
    /// Whether it takes in every day and time.
    pub fn is_any_time(&self) -> bool {
        self.days.len() > NO_DAY as usize && self.bands.len() > NO_BAND as usize
    }

    fn along(&self, dimension: usize) -> &[u32] {
        [&self.areas, &self.months, &self.categories, &self.days, &self.bands][dimension]
    }

    fn holds(&self, place: &Place) -> bool {
        self.areas.binary_search(&place[0]).is_ok() && self.holds_but_area(place)
    }

    fn holds_but_area(&self, place: &Place) -> bool {
        (1..DIMENSIONS).all(|d| self.along(d).binary_search(&place[d]).is_ok())
    }
}

/// The days and times of the events of a group, among which those are whose day or time is not known.
fn times_of(group: Option<Group>) -> (Vec<u32>, Vec<u32>) {
    let all = || (0..=NO_DAY).collect();
    match group {
        None => (all(), (0..=NO_BAND).collect()),
        Some(Group::Day) => (all(), DAYTIME.collect()),
        Some(Group::Night) => (all(), (0..NO_BAND).filter(|b| !DAYTIME.contains(b)).collect()),
        Some(Group::TimeNotKnown) => (all(), vec![NO_BAND]),
        Some(Group::When { days, band }) => {
            let days = days
                .map_or_else(all, |d| if d == Days::NotKnown { vec![NO_DAY] } else { d.weekdays().into_iter().map(u32::from).collect() });
            (days, band.map_or_else(|| (0..NO_BAND).collect(), |b| vec![u32::from(b)]))
        }
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
pub(super) fn classes<'e>(values: usize, sets: impl Iterator<Item = &'e [u32]>) -> (Vec<u32>, u32) {
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

fn contains(shape: &geo::MultiPolygon<f64>, point: (i32, i32)) -> bool {
    use geo::Contains;
    shape.contains(&geo::Point::new(f64::from(point.0), f64::from(point.1)))
}
