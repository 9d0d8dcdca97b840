//! Months in which a category was not recorded: it was renamed, began or ended. Its zeros there are no zeros.

use std::collections::BTreeSet;

use super::dataset::{Dataset, Select};
use super::placed::Placed;
use super::placing::Placing;
use super::undated::each_area;
use crate::sources::{Events, NONE};
use crate::units::{Month, Period};

/// A category that has so many events in a usual month has none in a month by no chance.
const USUAL: u64 = 30;
/// Of fewer months nobody knows what is usual.
const FEWEST_MONTHS: usize = 6;
/// A part of a sum with less than this share of it in a usual month leaves it as it is.
const PART_FROM: f64 = 0.05;

/// What tells an honest zero from a month without a record.
#[derive(Clone, Default, Debug)]
pub(super) struct Recorded {
    /// Whether the plan says which months its table covers: what has no row there did not happen.
    covers: bool,
    /// Whether the source has a file of each month, in which a category has none: it is told, and the month is not missing between others.
    has_files: bool,
    /// Positions of months and categories, as the source writes them, of which a row of the study says 0.
    zeros: BTreeSet<(u32, u32)>,
    /// Events of each category, as the source writes it, by month.
    sums: Vec<Vec<u64>>,
}

/// What a source says of months without events; `covers` where what it covers is said by its plan.
pub(super) fn of(events: &Events, placing: &Placing, placed: &Placed, period: Period, covers: bool) -> Recorded {
    let mut zeros = BTreeSet::new();
    for block in &events.blocks {
        for row in (0..block.rows()).filter(|row| block.count.get(*row) == Some(&0)) {
            let (code, point) = (block.code[row], block.point[row]);
            let is_ours = each_area(placing, placed, code, point, |_| {}) || code == NONE && point == NONE;
            if let Some(month) = block.month_of(row).and_then(|m| period.position(m)).filter(|_| is_ours) {
                zeros.insert((month as u32, u32::from(block.category[row])));
            }
        }
    }
    Recorded { covers, has_files: !events.reported.is_empty(), zeros, sums: vec![] }
}

/// Months in which a series has no event, by position, and how many it has in a usual one.
struct Gap {
    months: Vec<usize>,
    usual: u64,
}

impl Dataset {
    /// The same, with what tells its honest zeros.
    pub(super) fn with_recorded(mut self, mut recorded: Recorded) -> Self {
        recorded.sums = vec![vec![0; self.period.len()]; self.raw.len()];
        self.cells().for_each(|(_, month, category, _, n)| recorded.sums[category as usize][month as usize] += n);
        self.recorded = recorded;
        self
    }

    /// Months that the source holds without an event of some categories, although a usual month has many: all categories where none is given.
    ///
    /// What is usual is told by the months from the first with an event to the last. Where these are few, they have to begin or end with the source:
    /// what happened in the middle of a few years is no name that began and ended. A row that says 0, and a plan that says what is covered, tell that
    /// nothing happened. A sum is not recorded where one of its parts is not, unless the others have what it lacks: it was renamed.
    pub fn not_recorded(&self, categories: &[u32]) -> Vec<Month> {
        self.gaps(categories, true).into_iter().map(|i| self.period.first.plus(i as i32)).collect()
    }

    /// Positions of those of these months that are missing in a series: of files of the police the months before a category began and after it ended.
    pub fn missing_in_series(&self, categories: &[u32]) -> BTreeSet<usize> {
        self.gaps(categories, !self.recorded.has_files)
    }

    /// Positions of months in which some categories were not recorded; with `holes` also between months that have events.
    fn gaps(&self, categories: &[u32], holes: bool) -> BTreeSet<usize> {
        let all: Vec<u32> = (0..self.raw_of_shown.len() as u32).collect();
        let parts = if categories.is_empty() { &all[..] } else { categories };
        let series: Vec<Vec<Option<u64>>> = parts.iter().map(|c| self.series(&[*c])).collect();
        let whole = self.series(parts);
        let mut lacking: BTreeSet<usize> = self.gap(parts, &whole, holes).into_iter().flat_map(|gap| gap.months).collect();
        let usual = middle(whole.iter().flatten().copied().collect());
        for (part, own) in parts.iter().zip(&series).filter(|_| parts.len() > 1) {
            let Some(gap) = self.gap(&[*part], own, holes).filter(|gap| gap.usual as f64 >= PART_FROM * usual as f64) else { continue };
            let of =
                |within: bool| middle((0..whole.len()).filter(|m| gap.months.contains(m) == within).filter_map(|m| whole[m]).collect());
            if 2 * of(true) + gap.usual <= 2 * of(false) {
                lacking.extend(gap.months);
            }
        }
        lacking
    }

    /// Events of some categories together in each month; `None` where the source does not hold it, or does not tell all of them.
    fn series(&self, shown: &[u32]) -> Vec<Option<u64>> {
        let raw = self.raw_of(shown);
        let sum = |month: usize| -> u64 { raw.iter().filter_map(|c| self.recorded.sums.get(*c as usize)?.get(month)).sum() };
        let mut series: Vec<Option<u64>> = self.present.iter().enumerate().map(|(month, held)| held.then(|| sum(month))).collect();
        let not_told = self.not_told().filter(|(_, _, category)| raw.contains(category));
        not_told.for_each(|(_, month, _)| series[month as usize] = None);
        series
    }

    /// Where a series has nothing that has much in a usual month, and nothing says that it is 0.
    fn gap(&self, shown: &[u32], series: &[Option<u64>], holes: bool) -> Option<Gap> {
        let held: Vec<(usize, u64)> = series.iter().enumerate().filter_map(|(month, n)| Some((month, (*n)?))).collect();
        let first = held.iter().position(|(_, n)| *n > 0)?;
        let last = held.iter().rposition(|(_, n)| *n > 0).filter(|last| first < *last)?;
        let usual = middle(held[first..=last].iter().map(|(_, n)| *n).collect());
        let at_an_end = first == 0 || last + 1 == held.len() || 2 * (last + 1 - first) > held.len();
        if self.recorded.covers || held.len() < FEWEST_MONTHS || !at_an_end || usual < USUAL {
            return None;
        }
        let raw = self.raw_of(shown);
        let says_zero = |month: usize| raw.iter().any(|c| self.recorded.zeros.contains(&(month as u32, *c)));
        let is_hole = |at: usize| (first..last).contains(&at);
        let lacks = |(at, (month, n)): &(usize, (usize, u64))| *n == 0 && !says_zero(*month) && (holes || !is_hole(*at));
        let months = held.into_iter().enumerate().filter(lacks).map(|(_, (month, _))| month).collect();
        Some(Gap { months, usual })
    }

    /// How many months of a period hold what a selection counts, for every area: those that the source covers, and in which its categories were recorded.
    pub fn months_recorded(&self, select: &Select) -> usize {
        let (period, not_recorded) = (select.period.unwrap_or(self.period), self.not_recorded(&select.categories));
        let is_held = |m: &Month| self.position_held(*m) && !not_recorded.contains(m);
        period.months().filter(is_held).count()
    }

    /// Whether every month of a selection holds what it counts.
    pub fn is_recorded_throughout(&self, select: &Select) -> bool {
        let period: Period = select.period.unwrap_or(self.period);
        self.months_recorded(select) == period.len()
    }

    fn position_held(&self, month: Month) -> bool {
        self.period.position(month).is_some_and(|i| self.present[i])
    }
}

/// The middle one of some numbers by size; 0 of none.
fn middle(mut numbers: Vec<u64>) -> u64 {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}
