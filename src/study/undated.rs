//! Areas of which many rows say a place and no month: without these rows their counts are too low, and no area is quiet because of it.

use std::collections::{BTreeMap, BTreeSet};

use super::dataset::{Dataset, Select};
use super::placed::Placed;
use super::placing::{CodeFate, PlaceBy, Placing};
use crate::sources::{Events, NONE};

/// Fewer events than this are a slip or two, whatever their share.
const FEWEST: u64 = 3;
/// More than this share of the events of an area is no slip.
const SHARE: f64 = 0.1;
/// More than so many times what its count varies by, by chance, could set an area apart.
const STANDARD_DEVIATIONS: f64 = 2.0;

/// Events of one area and category, in whatever month.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct OfArea {
    area: u32,
    /// As the source writes it; `None` for rows without a month whose category none of the others has.
    category: Option<u32>,
    with_month: u64,
    without: u64,
}

/// The areas that rows without a month lie in, with all events there.
pub(super) fn of(events: &Events, placing: &Placing, placed: &Placed) -> Vec<OfArea> {
    let mut found: BTreeMap<(u32, Option<u32>), (u64, u64)> = BTreeMap::new();
    for row in &events.undated {
        each_area(placing, placed, row.code, row.point, |area| {
            found.entry((area, row.category.map(u32::from))).or_default().1 += row.events;
        });
    }
    let areas: BTreeSet<u32> = found.keys().map(|key| key.0).collect();
    if areas.is_empty() {
        return vec![];
    }
    for block in &events.blocks {
        for row in 0..block.rows() {
            let n = block.count.get(row).map_or(1, |n| u64::from(*n));
            each_area(placing, placed, block.code[row], block.point[row], |area| {
                if areas.contains(&area) {
                    found.entry((area, Some(u32::from(block.category[row])))).or_default().0 += n;
                }
            });
        }
    }
    found.into_iter().map(|((area, category), (with_month, without))| OfArea { area, category, with_month, without }).collect()
}

/// The areas that a row may lie in: each part of a split one.
fn each_area(placing: &Placing, placed: &Placed, code: u32, point: u32, mut visit: impl FnMut(u32)) {
    let by_point = placed.area_of(point);
    if placing.by == PlaceBy::Point && by_point != NONE {
        return visit(by_point);
    }
    match placed.fate_of(code) {
        Some(CodeFate::Area(area)) => visit(*area),
        Some(CodeFate::Split(parts)) if !parts.contains(&by_point) => parts.iter().for_each(|part| visit(*part)),
        Some(CodeFate::Within | CodeFate::Elsewhere) => {}
        Some(CodeFate::Split(_) | CodeFate::Unknown) | None => {
            if by_point != NONE {
                visit(by_point);
            }
        }
    }
}

/// Whether a count is too low to be told without the events that have no month.
fn is_too_low(with_month: u64, without: u64) -> bool {
    let (all, missing) = ((with_month + without) as f64, without as f64);
    without >= FEWEST && (missing > SHARE * all || missing > STANDARD_DEVIATIONS * all.sqrt())
}

impl Dataset {
    /// The same, with the events that no month could be given to.
    pub(super) fn with_undated(mut self, undated: Vec<OfArea>) -> Self {
        self.undated = undated;
        self
    }

    /// Areas of which so many events of a selection have no month that there is no count of them, in whatever months.
    pub(super) fn too_many_undated(&self, select: &Select) -> BTreeSet<u32> {
        if self.undated.is_empty() {
            return BTreeSet::new();
        }
        let (all, wanted) = (select.categories.is_empty(), self.raw_of(&select.categories));
        let mut sums: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        for one in self.undated.iter().filter(|one| all || one.category.is_none_or(|c| wanted.contains(&c))) {
            let sum = sums.entry(one.area).or_default();
            *sum = (sum.0 + one.with_month, sum.1 + one.without);
        }
        sums.into_iter().filter(|(_, (with_month, without))| is_too_low(*with_month, *without)).map(|(area, _)| area).collect()
    }

    /// Positions of areas of which so many rows have no month that a count of all events there, or of those of one category, is not told.
    pub fn areas_too_often_undated(&self) -> BTreeSet<u32> {
        let each = (0..self.categories.len() as u32).map(|c| vec![c]);
        let of = |categories: Vec<u32>| self.too_many_undated(&Select { categories, ..Select::default() });
        std::iter::once(vec![]).chain(each).flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::is_too_low;

    #[test]
    fn a_slip_or_two_leave_a_count_as_it_is() {
        assert!(!is_too_low(0, 2) && !is_too_low(44, 4) && !is_too_low(960, 40));
        assert!(is_too_low(24, 36) && is_too_low(0, 60) && is_too_low(930, 70));
    }
}
