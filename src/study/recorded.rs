//! Months in which a category was not recorded: it was renamed, began or ended. Its zeros there are no zeros.

use super::dataset::{Dataset, Select};
use crate::units::{Month, Period};

/// A category that has so many events in a usual month has none in a month by no chance.
const USUAL: u64 = 30;
/// Of fewer months nobody knows what is usual.
const FEWEST_MONTHS: usize = 6;

impl Dataset {
    /// Months that the source holds without an event of some categories, although a usual month has many: all categories where none is given.
    ///
    /// What is usual is told by the months from the first with an event to the last. Where these are few, they have to begin or end with the source:
    /// what happened in the middle of a few years is no name that began and ended.
    pub fn not_recorded(&self, categories: &[u32]) -> Vec<Month> {
        let series = self.by_month(&Select { categories: categories.to_vec(), ..Select::default() });
        let held: Vec<(Month, u64)> = self.period.months().zip(series).filter_map(|(month, n)| Some((month, n?))).collect();
        let first = held.iter().position(|(_, n)| *n > 0);
        let last = held.iter().rposition(|(_, n)| *n > 0);
        let Some((first, last)) = first.zip(last).filter(|(first, last)| first < last) else { return vec![] };
        let mut usual: Vec<u64> = held[first..=last].iter().map(|(_, n)| *n).collect();
        usual.sort_unstable();
        let at_an_end = first == 0 || last + 1 == held.len() || 2 * usual.len() > held.len();
        if held.len() < FEWEST_MONTHS || !at_an_end || usual[usual.len() / 2] < USUAL {
            return vec![];
        }
        held.into_iter().filter(|(_, n)| *n == 0).map(|(month, _)| month).collect()
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
