//! The atoms of a linked system: areas, months, categories, days and times, as far as any count tells them apart.

mod extent;
mod fill;
mod merged;

use std::collections::BTreeMap;

pub(super) use extent::Extent;
use extent::times_of;
pub(super) use merged::classes;

use crate::disclosure::DIMENSIONS;
use crate::ledger::{EarlierArea, EarlierCell};
use crate::model::Group;
use crate::study::{Dataset, Slice, SliceArea, Study};
use crate::units::{AreaCode, Month, Period};

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
}

fn contains(shape: &geo::MultiPolygon<f64>, point: (i32, i32)) -> bool {
    use geo::Contains;
    shape.contains(&geo::Point::new(f64::from(point.0), f64::from(point.1)))
}
