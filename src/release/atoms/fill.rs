//! Events put in place: those of the study, and for finer areas, which it does not hold, numbers that agree with what was printed.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::extent::{Extent, NO_BAND, NO_DAY};
use super::{Frame, Place};
use crate::release::before::Before;
use crate::study::Dataset;

impl Frame<'_> {
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
}
