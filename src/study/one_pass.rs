//! The pass over all rows: each is placed and counted once, on whatever thread.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use super::cube::{Cube, Faceted};
use super::outcomes::NO_AUTHORITY;
use super::placing::{At, CodeFate, Pending, PlaceBy, Placing};
use crate::diagnostics::said;
use crate::sources::{Block, NONE, Tally};
use crate::units::Period;

/// The facets of sources without facets, and of rows of which nothing is known.
const NO_FACETS: u16 = 0;

/// What one row did.
enum Fate {
    Area(u32),
    /// In the partnership, but not known where.
    Within,
    /// With neither code nor point.
    Placeless,
    Split(u32),
    OutsidePeriod,
    Elsewhere,
    OutsideBoundaries,
    /// Its code is unknown, and its point lies here.
    ByPointAlone(u32),
    UnknownCode,
}

/// Counters shared by all threads: sums of whole numbers, so the order of threads does not matter.
#[derive(Default)]
pub(super) struct Counters {
    pub outside_period: AtomicU64,
    pub elsewhere: AtomicU64,
    pub outside_boundaries: AtomicU64,
    pub unknown_code: AtomicU64,
    pub by_point_alone: AtomicU64,
    pub unlocated: AtomicU64,
    pub disagree: AtomicU64,
    pub compared: AtomicU64,
}

impl Counters {
    /// What became of the rows.
    pub fn tally(self, source: usize, apportioned: u64) -> Tally {
        let mut tally = Tally::new(source, "");
        tally.set_aside(said::OUTSIDE_PERIOD, self.outside_period.into_inner());
        tally.set_aside(said::ELSEWHERE, self.elsewhere.into_inner());
        tally.set_aside(said::OUTSIDE_BOUNDARIES, self.outside_boundaries.into_inner());
        tally.set_aside(said::UNKNOWN_CODE, self.unknown_code.into_inner());
        tally.note(said::BY_POINT_ALONE, self.by_point_alone.into_inner());
        tally.note(said::NO_KNOWN_AREA, self.unlocated.into_inner());
        tally.note(said::CODE_AND_POINT, self.compared.into_inner());
        tally.note(said::CODE_AND_POINT_APART, self.disagree.into_inner());
        tally.note(said::SHARED_OUT, apportioned);
        tally
    }
}

/// What all threads know while they count.
pub(super) struct Pass<'a> {
    pub placing: &'a Placing<'a>,
    pub area_of_point: &'a [u32],
    pub fate_of_code: &'a [CodeFate],
    pub authority_of: Vec<u16>,
    pub counters: &'a Counters,
    pub period: Period,
}

impl Pass<'_> {
    /// Counts the rows of a block; what waits for the end of the pass, and counts by facets.
    pub fn block(&self, block: &Block, cube: &Cube, counts: &[AtomicU32]) -> (Pending, Faceted) {
        let mut pending = Pending { places: vec![(0, 0); 256], ..Pending::default() };
        let mut faceted = FxHashMap::default();
        let [mut outside_period, mut elsewhere, mut outside_boundaries, mut unlocated] = [0; 4];
        let [mut disagree, mut compared, mut unknown_code, mut by_point_alone] = [0; 4];
        let first_month = self.period.first.index();
        for row in 0..block.rows() {
            let events = block.count.get(row).map_or(1, |n| *n);
            let category = block.category[row];
            let month = i32::from(block.month[row]) - first_month;
            let by_point = self.area_of_point.get(block.point[row] as usize).copied().unwrap_or(NONE);
            let code = block.code[row];
            if code != NONE
                && by_point != NONE
                && let CodeFate::Area(area) = self.code(code)
            {
                compared += 1;
                disagree += u64::from(*area != by_point);
            }
            let force = block.force.get(row).copied().unwrap_or(0);
            let at = At { row, month: month as u16, events };
            let fate = if (0..self.period.len() as i32).contains(&month) {
                self.fate(block.point[row], by_point, code)
            } else {
                Fate::OutsidePeriod
            };
            let area = match fate {
                Fate::Area(area) => {
                    placed(&mut pending, force).0 += 1;
                    pending.ended(block, at, self.authority_of[area as usize]);
                    area as usize
                }
                Fate::Placeless => {
                    let facets = block.facets.get(row).map_or(NO_FACETS, |f| f.bits());
                    pending.ended_without_a_place(block, at, force);
                    let sum = pending.placeless.entry((force, month as u16, category, facets)).or_default();
                    *sum = (sum.0 + 1, sum.1 + u64::from(events));
                    continue;
                }
                Fate::ByPointAlone(area) => {
                    by_point_alone += 1;
                    placed(&mut pending, force).0 += 1;
                    pending.ended(block, at, self.authority_of[area as usize]);
                    area as usize
                }
                Fate::Within => {
                    unlocated += 1;
                    placed(&mut pending, force).0 += 1;
                    pending.ended(block, at, NO_AUTHORITY);
                    cube.areas
                }
                Fate::Split(code) => {
                    placed(&mut pending, force).0 += 1;
                    pending.ended(block, at, self.authority_of_split(code));
                    let facets = block.facets.get(row).map_or(NO_FACETS, |f| f.bits());
                    *pending.split.entry((code, month as u16, category, facets)).or_default() += u64::from(events);
                    continue;
                }
                Fate::OutsidePeriod => {
                    outside_period += 1;
                    continue;
                }
                Fate::Elsewhere => {
                    elsewhere += 1;
                    placed(&mut pending, force).1 += 1;
                    continue;
                }
                Fate::OutsideBoundaries => {
                    outside_boundaries += 1;
                    placed(&mut pending, force).1 += 1;
                    continue;
                }
                Fate::UnknownCode => {
                    unknown_code += 1;
                    placed(&mut pending, force).1 += 1;
                    continue;
                }
            };
            let cell = cube.at(month as usize, area, usize::from(category));
            counts[cell].fetch_add(events, Ordering::Relaxed);
            if let Some(facets) = block.facets.get(row) {
                *faceted.entry((month as u32, area as u32, u32::from(category), facets.bits())).or_default() += u64::from(events);
            }
        }
        let add = |to: &AtomicU64, n: u64| to.fetch_add(n, Ordering::Relaxed);
        add(&self.counters.outside_period, outside_period);
        add(&self.counters.elsewhere, elsewhere);
        add(&self.counters.outside_boundaries, outside_boundaries);
        add(&self.counters.unknown_code, unknown_code);
        add(&self.counters.by_point_alone, by_point_alone);
        add(&self.counters.unlocated, unlocated);
        add(&self.counters.disagree, disagree);
        add(&self.counters.compared, compared);
        (pending, faceted)
    }

    /// The authority of the parts of a split code, where they lie in one.
    fn authority_of_split(&self, code: u32) -> u16 {
        let CodeFate::Split(parts) = self.code(code) else { return NO_AUTHORITY };
        let mut of = parts.iter().map(|p| self.authority_of[*p as usize]);
        let first = of.next().unwrap_or(NO_AUTHORITY);
        if of.all(|a| a == first) { first } else { NO_AUTHORITY }
    }

    fn code(&self, code: u32) -> &CodeFate {
        &self.fate_of_code[code as usize]
    }

    /// The rule of [`PlaceBy`], for one row.
    fn fate(&self, point: u32, by_point: u32, code: u32) -> Fate {
        let located = |area: u32| if area == NONE { None } else { Some(Fate::Area(area)) };
        if point != NONE && (self.placing.by == PlaceBy::Point || code == NONE) {
            return located(by_point).unwrap_or(Fate::OutsideBoundaries);
        }
        if code == NONE {
            return Fate::Placeless;
        }
        match self.code(code) {
            CodeFate::Area(area) => Fate::Area(*area),
            CodeFate::Split(parts) if parts.contains(&by_point) => Fate::Area(by_point),
            CodeFate::Split(_) => Fate::Split(code),
            CodeFate::Within => Fate::Within,
            CodeFate::Elsewhere => Fate::Elsewhere,
            CodeFate::Unknown if by_point != NONE => Fate::ByPointAlone(by_point),
            CodeFate::Unknown if point != NONE => Fate::Elsewhere,
            CodeFate::Unknown => Fate::UnknownCode,
        }
    }
}

/// Rows of a force with a place in the study, and elsewhere.
fn placed(pending: &mut Pending, force: u8) -> &mut (u64, u64) {
    &mut pending.places[usize::from(force)]
}
