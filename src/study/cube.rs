//! Events counted by area, month and category: the one pass over all rows.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::codes;
use super::one_pass::{Counters, Pass};
use super::outcomes::{FateKey, Fates, NO_AUTHORITY};
use super::placed::Placed;
use super::placing::{CodeFate, Pending, Placing, apportion};
use crate::diagnostics::said;
use crate::sources::{Events, Tally};
use crate::units::Period;

/// Events by month, area, category and facets.
pub(super) type Faceted = FxHashMap<(u32, u32, u32, u16), u64>;

/// Counts of events by month, area and category; the last area stands for events without a known area.
///
/// Facets (day or night, sex of victim, …) are kept beside it where a source has them.
#[derive(Debug)]
pub struct Cube {
    /// Number of areas, without the one for unlocated events.
    pub areas: usize,
    /// Number of categories.
    pub categories: usize,
    /// The months.
    pub period: Period,
    /// Counts, month by month, area by area (one more than `areas`), category by category.
    pub counts: Vec<u32>,
    /// The same events by (month, area, category, facets), where the source has facets.
    pub faceted: Faceted,
    /// How many events were shared out between the parts of a split area.
    pub apportioned: u64,
    /// What became of the events, where the source says so.
    pub fates: Fates,
}

impl Cube {
    /// Position of a cell.
    pub fn at(&self, month: usize, area: usize, category: usize) -> usize {
        (month * (self.areas + 1) + area) * self.categories + category
    }
}

/// Where more than this share of the located rows of a force lies in other authorities, it covers a wider area than the study, and a row
/// without a place cannot be said to be the study's. A source that tells no force is one. A few rows of neighbours stand in every force's files (0.6 % in Bedfordshire's).
const WIDER_FROM: f64 = 0.1;

/// Places and counts every row. Each distinct point is located once; rows then only look their area up.
///
/// Returns the cube and what became of the rows: those set aside by reason, and facts about those kept.
pub fn tabulate(events: &Events, placing: &Placing, period: Period) -> (Cube, Tally) {
    tabulate_placed(events, placing, &Placed::new(events, placing), period)
}

/// As [`tabulate`], where the codes and points have been looked up.
pub(super) fn tabulate_placed(events: &Events, placing: &Placing, placed: &Placed, period: Period) -> (Cube, Tally) {
    let (areas, categories) = (placing.areas.list.len(), events.categories.len());
    let cells = period.len() * (areas + 1) * categories;
    let counts: Vec<AtomicU32> = (0..cells).map(|_| AtomicU32::new(0)).collect();
    let mut cube =
        Cube { areas, categories, period, counts: vec![], faceted: FxHashMap::default(), apportioned: 0, fates: Fates::default() };
    let Placed { area_of_point, fate_of_code } = placed;
    let has_facets = events.blocks.iter().any(|b| !b.facets.is_empty());
    let counters = Counters::default();
    let authority_of = placing.areas.authority_positions();
    let pass = Pass { placing, area_of_point, fate_of_code, authority_of, counters: &counters, period };
    let faceted: Vec<(Pending, Faceted)> = events.blocks.par_iter().map(|b| pass.block(b, &cube, &counts)).collect();
    cube.counts = counts.into_iter().map(AtomicU32::into_inner).collect();

    let mut split: FxHashMap<(u32, u16, u16, u16), u64> = FxHashMap::default();
    let mut placeless: FxHashMap<(u8, u16, u16, u16), (u64, u64)> = FxHashMap::default();
    let mut placeless_fates: FxHashMap<(u8, u16, u16, u32), u64> = FxHashMap::default();
    let mut places = vec![(0_u64, 0_u64); 256];
    for (pending, facets) in faceted {
        for (key, (rows, events)) in pending.placeless {
            let sum = placeless.entry(key).or_default();
            *sum = (sum.0 + rows, sum.1 + events);
        }
        for (sum, (here, elsewhere)) in places.iter_mut().zip(pending.places) {
            *sum = (sum.0 + here, sum.1 + elsewhere);
        }
        for (key, n) in pending.fates {
            *cube.fates.entry(key).or_default() += n;
        }
        for ((force, month, category, fate), n) in pending.placeless_fates {
            *placeless_fates.entry((force, month, category, fate)).or_default() += n;
        }
        for (key, n) in pending.split {
            *split.entry(key).or_default() += n;
        }
        for (key, n) in facets {
            *cube.faceted.entry(key).or_default() += n;
        }
    }
    let mut split: Vec<_> = split.into_iter().collect();
    split.sort_unstable();
    for ((code, month, category, facets), n) in split {
        let CodeFate::Split(parts) = &fate_of_code[code as usize] else { continue };
        cube.apportioned += n;
        for (part, n) in parts.iter().zip(apportion(n, &placing.shares(parts))) {
            let cell = cube.at(usize::from(month), *part as usize, usize::from(category));
            cube.counts[cell] += n as u32;
            if has_facets {
                *cube.faceted.entry((u32::from(month), *part, u32::from(category), facets)).or_default() += n;
            }
        }
    }
    // Whose the rows without a place are is told by the force that reports them, and by where its other rows lie.
    let any_here = places.iter().any(|(here, _)| *here > 0);
    let wider = |force: u8| {
        let (here, elsewhere) = places[usize::from(force)];
        let nothing_here = here == 0 && any_here;
        let network = events.forces.get(usize::from(force)).is_some_and(|f| codes::is_network(f));
        nothing_here || network && elsewhere > here || elsewhere as f64 > WIDER_FROM * (here + elsewhere) as f64
    };
    let mut not_ours = 0;
    for ((force, month, category, facets), (rows, n)) in placeless {
        if wider(force) {
            not_ours += rows;
        } else {
            counters.unlocated.fetch_add(rows, Ordering::Relaxed);
            let cell = cube.at(usize::from(month), areas, usize::from(category));
            cube.counts[cell] += n as u32;
            if has_facets {
                *cube.faceted.entry((u32::from(month), areas as u32, u32::from(category), facets)).or_default() += n;
            }
        }
    }
    for ((_, month, category, fate), n) in placeless_fates.into_iter().filter(|(key, _)| !wider(key.0)) {
        *cube.fates.entry(FateKey { authority: NO_AUTHORITY, month, category, fate }).or_default() += n;
    }
    let mut tally = counters.tally(events.source, cube.apportioned);
    tally.set_aside(said::PLACELESS, not_ours);
    let strange = placing.strange(events);
    let is_strange = |code: &&u32| strange.get(**code as usize).copied().unwrap_or(false);
    let rows = events.blocks.iter().flat_map(|b| &b.code).filter(is_strange).count();
    tally.note(said::STRANGE_CODE, rows as u64);
    tally.note(said::OF_A_HOLE, placed.of_holes(events));
    (cube, tally)
}
