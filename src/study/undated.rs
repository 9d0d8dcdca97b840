//! Areas of which many rows say a place and no month: without these rows their counts are too low, and no area is quiet because of it.

use std::collections::{BTreeMap, BTreeSet};

use super::dataset::{Dataset, Select};
use super::placed::Placed;
use super::placing::{CodeFate, PlaceBy, Placing};
use crate::sources::{Events, NONE};

/// So few events are a slip or two, whatever their share.
const SLIPS: f64 = 3.0;
/// More than this share of the events of an area is no slip.
const SHARE: f64 = 0.1;
/// More than so many times what its count varies by, by chance, could set an area apart.
const STANDARD_DEVIATIONS: f64 = 2.0;
/// Rows that lost their months at random leave no area so many times further from the others than they vary by chance.
const BY_CHANCE: f64 = 4.0;
/// From this share of all events on, it is said that they are without a month.
const TOLD_FROM: f64 = 0.02;

/// Events of one area and category, in whatever month.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct OfArea {
    /// `None` for the study as a whole.
    area: Option<u32>,
    /// As the source writes it; `None` for rows without a month whose category none of the others has.
    category: Option<u32>,
    with_month: u64,
    without: u64,
}

/// A selection of which too many events have no month to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TooOften {
    /// The category by position; `None` for all of them.
    pub category: Option<u32>,
    /// Positions of the areas that it is so of; none where it is so of the study as a whole, and no area differs from the others by it.
    pub areas: BTreeSet<u32>,
}

/// Events of all areas with those that have no month; nothing where each has one.
pub(super) fn of(events: &Events, placing: &Placing, placed: &Placed) -> Vec<OfArea> {
    let mut found: BTreeMap<(Option<u32>, Option<u32>), (u64, u64)> = BTreeMap::new();
    let mut add = |code: u32, point: u32, category: Option<u32>, with_month: u64, without: u64| {
        let mut to = |area: Option<u32>| {
            let sum = found.entry((area, category)).or_default();
            *sum = (sum.0 + with_month, sum.1 + without);
        };
        if each_area(placing, placed, code, point, |area| to(Some(area))) {
            to(None);
        }
    };
    events.undated.iter().for_each(|row| add(row.code, row.point, row.category.map(u32::from), 0, row.events));
    for block in events.blocks.iter().filter(|_| !events.undated.is_empty()) {
        for row in 0..block.rows() {
            let n = block.count.get(row).map_or(1, |n| u64::from(*n));
            add(block.code[row], block.point[row], Some(u32::from(block.category[row])), n, 0);
        }
    }
    found.into_iter().map(|((area, category), (with_month, without))| OfArea { area, category, with_month, without }).collect()
}

/// The areas that a row may lie in: each part of a split one. Whether it lies in the study.
pub(super) fn each_area(placing: &Placing, placed: &Placed, code: u32, point: u32, mut visit: impl FnMut(u32)) -> bool {
    let by_point = placed.area_of(point);
    if placing.by == PlaceBy::Point && by_point != NONE {
        visit(by_point);
        return true;
    }
    match placed.fate_of(code) {
        Some(CodeFate::Area(area)) => visit(*area),
        Some(CodeFate::Split(parts)) if !parts.contains(&by_point) => parts.iter().for_each(|part| visit(*part)),
        Some(CodeFate::Within) => {}
        Some(CodeFate::Elsewhere) => return false,
        Some(CodeFate::Split(_) | CodeFate::Unknown) | None => {
            if by_point == NONE {
                return false;
            }
            visit(by_point);
        }
    }
    true
}

/// Events of a selection in one place, with a month and without.
#[derive(Clone, Copy, Default, Debug)]
struct Sum {
    with_month: u64,
    without: u64,
}

impl Sum {
    fn all(self) -> f64 {
        (self.with_month + self.without) as f64
    }

    fn share(self) -> f64 {
        if self.without == 0 { 0.0 } else { self.without as f64 / self.all() }
    }

    fn plus(self, other: Sum) -> Self {
        Sum { with_month: self.with_month + other.with_month, without: self.without + other.without }
    }

    /// Whether the count of an area is too low to stand beside the others, of which usually such a share has no month.
    fn sets_apart(self, usual_share: f64) -> bool {
        let (all, without) = (self.all(), self.without as f64);
        let expected = usual_share * all;
        let beyond = without - expected;
        let shows = beyond > SHARE * all || beyond > STANDARD_DEVIATIONS * all.sqrt();
        shows && beyond > BY_CHANCE * expected.sqrt() + SLIPS
    }
}

/// The share without a month in the half of the areas in which it is least: areas that lost many do not make it usual.
fn usual_share(sums: &BTreeMap<Option<u32>, Sum>) -> f64 {
    let mut areas: Vec<Sum> = sums.iter().filter(|(area, _)| area.is_some()).map(|(_, sum)| *sum).collect();
    areas.sort_by(|a, b| a.share().total_cmp(&b.share()));
    areas[..areas.len() / 2].iter().fold(Sum::default(), |sum, one| sum.plus(*one)).share()
}

impl Dataset {
    /// The same, with the events that no month could be given to.
    pub(super) fn with_undated(mut self, undated: Vec<OfArea>) -> Self {
        self.undated = undated;
        self
    }

    /// Events of a selection by area, and of the whole study, with those that have no month.
    fn dated_and_not(&self, select: &Select) -> BTreeMap<Option<u32>, Sum> {
        let (all, wanted) = (select.categories.is_empty(), self.raw_of(&select.categories));
        let mut sums: BTreeMap<Option<u32>, Sum> = BTreeMap::new();
        for one in self.undated.iter().filter(|one| all || one.category.is_none_or(|c| wanted.contains(&c))) {
            let sum = sums.entry(one.area).or_default();
            *sum = sum.plus(Sum { with_month: one.with_month, without: one.without });
        }
        sums
    }

    /// Areas of which so many events of a selection have no month that there is no count of them, in whatever months.
    pub(super) fn too_many_undated(&self, select: &Select) -> BTreeSet<u32> {
        let sums = self.dated_and_not(select);
        let usual = usual_share(&sums);
        sums.iter().filter(|(_, sum)| sum.sets_apart(usual)).filter_map(|(area, _)| *area).collect()
    }

    /// Whether so many events of a selection have no month that there is no count of it in the study as a whole: a tenth of them, or some of which areas
    /// lost more than others.
    pub(super) fn is_too_often_undated(&self, select: &Select) -> bool {
        let Some(whole) = self.dated_and_not(select).get(&None).copied() else { return false };
        whole.without as f64 > SLIPS && (whole.share() > SHARE || whole.share() > TOLD_FROM && !self.too_many_undated(select).is_empty())
    }

    /// How many events of a selection have no month, where they are so many that it has to be said.
    pub fn without_a_month(&self, select: &Select) -> Option<u64> {
        let whole = self.dated_and_not(select).get(&None).copied()?;
        Some(whole.without).filter(|n| *n as f64 > SLIPS && whole.share() > TOLD_FROM)
    }

    /// What is not told since too many rows have no month: of an area with all its categories, or of those that it is so of.
    pub fn too_often_undated(&self) -> Vec<TooOften> {
        let of = |categories: Vec<u32>| Select { categories, ..Select::default() };
        let each: Vec<(u32, BTreeSet<u32>)> = (0..self.categories.len() as u32).map(|c| (c, self.too_many_undated(&of(vec![c])))).collect();
        let some_of = |area: &u32| {
            let n = each.iter().filter(|(_, areas)| areas.contains(area)).count();
            0 < n && n < each.len()
        };
        let anywhere = each.iter().flat_map(|(_, areas)| areas.iter().copied()).chain(self.too_many_undated(&of(vec![])));
        let whole: BTreeSet<u32> = anywhere.filter(|area| !some_of(area)).collect();
        let mut found: Vec<TooOften> = vec![];
        if !whole.is_empty() || each.iter().all(|e| e.1.is_empty()) && self.is_too_often_undated(&of(vec![])) {
            found.push(TooOften { category: None, areas: whole.clone() });
        }
        for (category, areas) in each {
            let others: BTreeSet<u32> = areas.difference(&whole).copied().collect();
            let is_told = !areas.is_empty() || found.iter().any(|f| f.category.is_none() && f.areas.is_empty());
            if !others.is_empty() || !is_told && self.is_too_often_undated(&of(vec![category])) {
                found.push(TooOften { category: Some(category), areas: others });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn what_chance_leaves_without_a_month_sets_no_area_apart() {
        let apart = |with_month, without, usual| Sum { with_month, without }.sets_apart(usual);
        assert!(!apart(0, 2, 0.0) && !apart(44, 4, 0.0) && !apart(960, 40, 0.0));
        assert!(apart(24, 36, 0.0) && apart(0, 60, 0.0) && apart(930, 70, 0.0));
        assert!(!apart(24, 3, 0.02) && !apart(40, 10, 0.1) && apart(24, 36, 0.1));
    }
}
