//! All counts of one restricted source over all tables of a pack, as one linked system.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::atoms::{Extent, Frame};
use super::before::Before;
use super::limits::Limits;
use super::refused::{Unprinted, Unsaid};
use crate::disclosure::{Rule, System};
use crate::ledger::EarlierCell;
use crate::study::{Dataset, Slice, Study};

/// The system of a source, and where each slice lies in it.
pub(super) struct Linked {
    pub system: System,
    cell_of: BTreeMap<Slice, usize>,
    /// For each cell that was published or withheld before, how.
    pub earlier: FxHashMap<usize, Before>,
    /// How many cells come from this pack; those after them were printed or withheld before and are not in it.
    pub cells_here: usize,
    /// Whether numbers were found for finer earlier areas that agree with all that was printed of them.
    pub settled: bool,
    /// How many earlier counts reach back before the data at hand and were left out.
    pub beyond: usize,
    /// How many counts earlier packs printed that the limits refuse by now.
    pub printed_and_refused: usize,
}

impl Linked {
    /// The system of the slices of one dataset together with what was released of it before, and with what the limits refuse.
    ///
    /// `refused` are slices that a table asks for and the tier does not tell.
    pub fn new(
        study: &Study,
        dataset: &Dataset,
        (slices, refused): (&[Slice], &[Slice]),
        earlier: &[&EarlierCell],
        limits: &Limits,
        rule: &Rule,
    ) -> Self {
        // Of a count that reaches back before the data at hand only a zero still says something of the months that are held.
        let held = |e: &&&EarlierCell| e.first >= dataset.period.first && e.last <= dataset.period.last;
        let zero = |e: &&&EarlierCell| e.printed == Some(0) && e.last >= dataset.period.first && e.first <= dataset.period.last;
        let beyond = earlier.iter().filter(|e| !held(e) && !zero(e)).count();
        let earlier: Vec<&EarlierCell> = earlier.iter().filter(|e| held(e) || zero(e)).copied().collect();
        let earlier = &earlier[..];
        let mut frame = Frame::new(study, dataset, earlier);
        let mut extents: Vec<Extent> = Vec::new();
        let mut at: FxHashMap<Extent, usize> = FxHashMap::default();
        let mut cell_of = BTreeMap::new();
        for slice in slices {
            let extent = frame.of_slice(slice);
            let cell = *at.entry(extent.clone()).or_insert_with(|| {
                extents.push(extent);
                extents.len() - 1
            });
            cell_of.insert(slice.clone(), cell);
        }
        let cells_here = extents.len();
        let before: Vec<(Extent, &EarlierCell)> = earlier.iter().filter_map(|e| Some((frame.of_earlier(e)?, *e))).collect();
        let level = |(extent, e): &(Extent, &EarlierCell)| Some((extent.areas.clone(), e.area.code()?.geography()?));
        let unsaid = Unsaid::new(limits, &frame, before.iter().filter_map(level).collect());
        let mut printed: FxHashMap<usize, Before> = FxHashMap::default();
        for (extent, e) in before {
            let cell = *at.entry(extent.clone()).or_insert_with(|| {
                extents.push(extent);
                extents.len() - 1
            });
            let told = Before::of(e, rule);
            printed.entry(cell).and_modify(|b| *b = b.then(told)).or_insert(told);
        }
        let mut unprinted: FxHashMap<usize, Unprinted> = FxHashMap::default();
        let asked_for = refused.iter().map(|s| (frame.of_slice(s), Unprinted::Refused));
        let before: Vec<usize> = (cells_here..extents.len()).filter(|c| unsaid.refuses(&extents[*c])).collect();
        unprinted.extend(before.iter().map(|c| (*c, Unprinted::Refused)));
        let settled = |cell: usize| cell >= cells_here && printed.get(&cell).is_some_and(|b| b.printed.is_some());
        let settled: Vec<bool> = (0..extents.len()).map(settled).collect();
        for (extent, what) in asked_for.chain(unsaid.of(&extents, &settled)) {
            let cell = *at.entry(extent.clone()).or_insert_with(|| {
                extents.push(extent);
                extents.len() - 1
            });
            let known = unprinted.entry(cell).or_insert(what);
            if what == Unprinted::Refused {
                *known = what;
            }
        }
        unprinted.retain(|cell, _| *cell >= cells_here);
        let printed_and_refused = before.iter().filter(|c| printed.get(c).is_some_and(|b| b.printed.is_some_and(|n| n > 0))).count();
        frame.fill(dataset, &extents, &printed);
        let system = frame.system(&extents, &printed, &unprinted, rule);
        let agrees = |(cell, before): (&usize, &Before)| {
            let value = system.cells()[*cell].value;
            let (low, high) = before.range;
            extents[*cell].areas.iter().all(|a| *a <= frame.unlocated()) || (low..=high).contains(&value)
        };
        let settled = printed.iter().all(agrees);
        Self { system, cell_of, earlier: printed, cells_here, settled, beyond, printed_and_refused }
    }

    /// The cell of a slice.
    pub fn cell(&self, slice: &Slice) -> Option<usize> {
        self.cell_of.get(slice).copied()
    }
}
