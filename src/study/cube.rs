//! Events counted by area, month and category: the one pass over all rows.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::codes;
use super::outcomes::{FateKey, Fates, NO_AUTHORITY};
use super::placing::{At, CodeFate, Pending, PlaceBy, Placing, apportion};
use crate::sources::{Block, Events, NONE, Tally};
use crate::units::Period;

/// The facets of sources without facets, and of rows of which nothing is known.
const NO_FACETS: u16 = 0;

/// Events by month, area, category and facets.
type Faceted = FxHashMap<(u32, u32, u32, u16), u64>;

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

/// Rows that are set aside because their point lies in no area.
pub(super) const OUTSIDE_BOUNDARIES: &str = "a point outside all boundaries";
/// Rows that are set aside because nothing knows their code, and no point tells where they lie.
pub(super) const UNKNOWN_CODE: &str = "a code that no boundary, lookup or history of codes knows, and no point";
/// Counts of a source of this authority alone, whose code is of the kind of the areas and is none of them.
pub(super) const STRANGE_CODE: &str = "of the authority, with a code that nothing knows: in totals, in no area";
/// Rows that are kept by their point because nothing knows their code.
pub(super) const BY_POINT_ALONE: &str = "placed by their points: nothing knows their codes";

/// Of those, rows with codes nearly all of whose rows lie here: areas of the study of which no boundary was given.
pub(super) const OF_A_HOLE: &str = "of these, with a code nearly all of whose rows lie in the study";
/// A code speaks of an area that is missing from so many rows on, so many of which lie in the study.
const FEWEST_OF_A_HOLE: u64 = 10;
const SHARE_OF_A_HOLE: f64 = 0.9;

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
struct Counters {
    outside_period: AtomicU64,
    elsewhere: AtomicU64,
    outside_boundaries: AtomicU64,
    unknown_code: AtomicU64,
    by_point_alone: AtomicU64,
    unlocated: AtomicU64,
    disagree: AtomicU64,
    compared: AtomicU64,
}

/// Places and counts every row. Each distinct point is located once; rows then only look their area up.
///
/// Returns the cube and what became of the rows: those set aside by reason, and facts about those kept.
pub fn tabulate(events: &Events, placing: &Placing, period: Period) -> (Cube, Tally) {
    tabulate_placed(events, placing, &Placed::new(events, placing), period)
}

/// Where the codes and points of a source lie.
pub(super) struct Placed {
    area_of_point: Vec<u32>,
    fate_of_code: Vec<CodeFate>,
}

impl Placed {
    pub fn new(events: &Events, placing: &Placing) -> Self {
        Self { area_of_point: placing.points(events), fate_of_code: placing.codes(events) }
    }

    /// The area that a point lies in, or [`NONE`].
    pub fn area_of(&self, point: u32) -> u32 {
        self.area_of_point.get(point as usize).copied().unwrap_or(NONE)
    }

    /// Where a code leads; `None` where a row has none.
    pub fn fate_of(&self, code: u32) -> Option<&CodeFate> {
        self.fate_of_code.get(code as usize)
    }

    /// Rows with codes that nothing knows, nearly all of whose rows lie in the study.
    fn of_holes(&self, events: &Events) -> u64 {
        let mut by_code: FxHashMap<u32, (u64, u64)> = FxHashMap::default();
        for block in events.blocks.iter().filter(|_| self.fate_of_code.iter().any(|f| matches!(f, CodeFate::Unknown))) {
            for (code, point) in block.code.iter().zip(&block.point) {
                if *point != NONE && matches!(self.fate_of_code.get(*code as usize), Some(CodeFate::Unknown)) {
                    let (here, all) = by_code.entry(*code).or_default();
                    *here += u64::from(self.area_of_point[*point as usize] != NONE);
                    *all += 1;
                }
            }
        }
        let speaks = |(here, all): &(u64, u64)| *here >= FEWEST_OF_A_HOLE && *here as f64 >= SHARE_OF_A_HOLE * *all as f64;
        by_code.into_values().filter(speaks).map(|(here, _)| here).sum()
    }

    /// Visits every row that has a place: its force, its area in the study, and its code.
    pub fn rows(&self, events: &Events, mut visit: impl FnMut(usize, Option<usize>, u32)) {
        for block in &events.blocks {
            for row in 0..block.rows() {
                let (point, code) = (block.point[row], block.code[row]);
                let by_point = if point == NONE { NONE } else { self.area_of_point[point as usize] };
                let area = match self.fate_of_code.get(code as usize) {
                    Some(CodeFate::Area(area)) => *area,
                    Some(CodeFate::Split(parts)) if !parts.contains(&by_point) => parts[0],
                    Some(CodeFate::Within) => continue,
                    Some(CodeFate::Elsewhere) => NONE,
                    _ => by_point,
                };
                if code != NONE || point != NONE {
                    let force = block.force.get(row).copied().unwrap_or(0);
                    visit(usize::from(force), (area != NONE).then_some(area as usize), code);
                }
            }
        }
    }
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
    let mut tally = tally(events.source, counters, cube.apportioned);
    tally.set_aside("without a place, in a source that covers other authorities too", not_ours);
    let strange = placing.strange(events);
    let is_strange = |code: &&u32| strange.get(**code as usize).copied().unwrap_or(false);
    let rows = events.blocks.iter().flat_map(|b| &b.code).filter(is_strange).count();
    tally.note(STRANGE_CODE, rows as u64);
    tally.note(OF_A_HOLE, placed.of_holes(events));
    (cube, tally)
}

fn tally(source: usize, counters: Counters, apportioned: u64) -> Tally {
    let mut tally = Tally::new(source, "");
    tally.set_aside("outside the period of the study", counters.outside_period.into_inner());
    tally.set_aside("in another authority", counters.elsewhere.into_inner());
    tally.set_aside(OUTSIDE_BOUNDARIES, counters.outside_boundaries.into_inner());
    tally.set_aside(UNKNOWN_CODE, counters.unknown_code.into_inner());
    tally.note(BY_POINT_ALONE, counters.by_point_alone.into_inner());
    tally.note("kept without a known area: in totals, not on maps", counters.unlocated.into_inner());
    tally.note("with both a code and a point in the boundaries", counters.compared.into_inner());
    tally.note("of those, code and point name different areas", counters.disagree.into_inner());
    tally.note("events shared out between the parts of a split area", apportioned);
    tally
}

struct Pass<'a> {
    placing: &'a Placing<'a>,
    area_of_point: &'a [u32],
    fate_of_code: &'a [CodeFate],
    authority_of: Vec<u16>,
    counters: &'a Counters,
    period: Period,
}

impl Pass<'_> {
    fn block(&self, block: &Block, cube: &Cube, counts: &[AtomicU32]) -> (Pending, Faceted) {
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
