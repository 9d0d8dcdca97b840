//! The atoms of a linked system: areas, months, categories and groups, as far as any count tells them apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::linked::Before;
use super::releases::{EarlierArea, EarlierCell};
use crate::disclosure::{Given, Rule, System};
use crate::study::{Dataset, GROUPS, Group, Slice, SliceArea, Study};
use crate::units::{AreaCode, Month, Period};

/// The values of each dimension that a cell takes in, ascending.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Extent {
    pub areas: Vec<u32>,
    pub months: Vec<u32>,
    pub categories: Vec<u32>,
    pub groups: Vec<u32>,
}

/// The values of the four dimensions, and the events at each combination that has any.
pub(super) struct Frame<'a> {
    study: &'a Study,
    /// Areas, then `unlocated`, then areas of a finer earlier release.
    areas: usize,
    finer: Vec<(AreaCode, u32)>,
    months: Vec<Month>,
    categories: Vec<String>,
    /// Facet bytes that occur, and of each whether it is in a group.
    groups: Vec<u8>,
    events: BTreeMap<[u32; 4], u64>,
}

impl<'a> Frame<'a> {
    pub fn new(study: &'a Study, dataset: &Dataset, earlier: &[&EarlierCell]) -> Self {
        let months: Vec<Month> = dataset.period.months().collect();
        let mut categories = dataset.categories.clone();
        for name in earlier.iter().flat_map(|e| &e.categories) {
            if !categories.contains(name) {
                categories.push(name.clone());
            }
        }
        let mut groups: Vec<u8> = dataset.cells().iter().map(|c| c.3.bits()).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() {
            groups.push(0);
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
        Self { study, areas: study.areas.list.len(), finer, months, categories, groups, events: BTreeMap::new() }
    }

    pub fn unlocated(&self) -> u32 {
        self.areas as u32
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

    fn groups_of(&self, group: Option<Group>) -> Vec<u32> {
        (0..self.groups.len() as u32).filter(|g| group.is_none_or(|of| of.takes(self.groups[*g as usize]))).collect()
    }

    pub fn of_slice(&self, slice: &Slice) -> Extent {
        let areas = match slice.area {
            SliceArea::Whole => self.whole(),
            SliceArea::Area(area) => self.parts(area),
            SliceArea::Unlocated => vec![self.unlocated()],
        };
        let all = || (0..self.categories.len() as u32).collect();
        let categories = if slice.categories.is_empty() { all() } else { slice.categories.clone() };
        Extent { areas, months: self.months_of(slice.months), categories, groups: self.groups_of(slice.group) }
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
        let groups = match &cell.group {
            None => self.groups_of(None),
            Some(name) => self.groups_of(Some(*GROUPS.iter().find(|g| g.name == *name)?)),
        };
        Some(Extent { areas, months: self.months_of(Period::new(cell.first, cell.last)?), categories, groups })
    }

    /// Puts the events of the study in place, and for finer areas, which it does not hold, numbers that agree with what was printed.
    /// What an attacker can work out depends on what is published alone, so any numbers that agree with it will do.
    pub fn fill(&mut self, dataset: &Dataset, extents: &[Extent], printed: &FxHashMap<usize, Before>) {
        let month_at = |m: u32| self.months.iter().position(|x| *x == dataset.period.first.plus(m as i32)).unwrap_or(0) as u32;
        let group_at: FxHashMap<u8, u32> = self.groups.iter().copied().zip(0..).collect();
        let mut waiting: BTreeMap<[u32; 4], u64> = BTreeMap::new();
        for (area, month, category, facets, n) in dataset.cells() {
            let area = area.unwrap_or(self.unlocated());
            let place = [area, month_at(month), category, group_at.get(&facets.bits()).copied().unwrap_or(0)];
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
            *self.events.entry([first, place[1], place[2], place[3]]).or_default() += n;
        }
    }

    /// Earlier cells of finer areas that share all but the area, and the area that they lie in; those that take in least first.
    fn contexts(&self, extents: &[Extent], printed: &FxHashMap<usize, Before>) -> Vec<(u32, Vec<usize>)> {
        type Context = (usize, u32, Vec<u32>, Vec<u32>, Vec<u32>);
        let mut contexts: BTreeMap<Context, Vec<usize>> = BTreeMap::new();
        for (cell, e) in extents.iter().enumerate().filter(|(c, _)| printed.contains_key(c)) {
            if let [child] = e.areas[..]
                && child > self.unlocated()
            {
                let parent = self.finer[(child - self.unlocated() - 1) as usize].1;
                let size = e.months.len() * e.categories.len() * e.groups.len();
                contexts.entry((size, parent, e.months.clone(), e.categories.clone(), e.groups.clone())).or_default().push(cell);
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
        rest: &mut BTreeMap<[u32; 4], u64>,
    ) {
        let withheld = cells.iter().filter(|c| printed[c].printed.is_none()).count() as u64;
        for step in 0..3 {
            let mut open = withheld;
            for cell in cells {
                let extent = &extents[*cell];
                let now: u64 = self.events.iter().filter(|(p, _)| extent.holds(p)).map(|(_, n)| n).sum();
                let within = |p: &[u32; 4]| p[0] == *parent && extent.holds_but_area(p);
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
                    *self.events.entry([extent.areas[0], place[1], place[2], place[3]]).or_default() += take;
                }
            }
        }
    }

    /// Merges the values that no cell tells apart and builds the system.
    pub fn system(&self, extents: &[Extent], printed: &FxHashMap<usize, Before>, rule: &Rule) -> System {
        let counts = [self.areas + 1 + self.finer.len(), self.months.len(), self.categories.len().max(1), self.groups.len()];
        let classes: Vec<(Vec<u32>, u32)> = (0..4).map(|d| classes(counts[d], extents.iter().map(|e| e.along(d)))).collect();
        let size: Vec<u32> = classes.iter().map(|c| c.1).collect();
        let index = |p: [u32; 4]| ((p[0] * size[1] + p[1]) * size[2] + p[2]) * size[3] + p[3];
        let mut atoms: Vec<([u32; 4], u64)> = Vec::with_capacity(size.iter().map(|n| *n as usize).product());
        for a in 0..size[0] {
            for m in 0..size[1] {
                for c in 0..size[2] {
                    for g in 0..size[3] {
                        atoms.push(([a, m, c, g], 0));
                    }
                }
            }
        }
        for (place, n) in &self.events {
            let class = [0, 1, 2, 3].map(|d| classes[d].0[place[d] as usize]);
            atoms[index(class) as usize].1 += n;
        }
        let cells = extents.iter().enumerate().map(|(i, extent)| {
            let [areas, months, categories, groups] = [0, 1, 2, 3].map(|d| {
                let mut list: Vec<u32> = extent.along(d).iter().map(|v| classes[d].0[*v as usize]).collect();
                list.sort_unstable();
                list.dedup();
                list
            });
            let mut members = Vec::with_capacity(areas.len() * months.len() * categories.len() * groups.len());
            for a in &areas {
                for m in &months {
                    for c in &categories {
                        members.extend(groups.iter().map(|g| index([*a, *m, *c, *g])));
                    }
                }
            }
            let given = match printed.get(&i) {
                None => Given::Free,
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
    fn along(&self, dimension: usize) -> &[u32] {
        [&self.areas, &self.months, &self.categories, &self.groups][dimension]
    }

    fn holds(&self, place: &[u32; 4]) -> bool {
        self.areas.binary_search(&place[0]).is_ok() && self.holds_but_area(place)
    }

    fn holds_but_area(&self, place: &[u32; 4]) -> bool {
        (1..4).all(|d| self.along(d).binary_search(&place[d]).is_ok())
    }
}

/// The class of each value, and how many there are: values are alike where every cell takes in both or neither.
fn classes<'e>(values: usize, sets: impl Iterator<Item = &'e [u32]>) -> (Vec<u32>, u32) {
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
