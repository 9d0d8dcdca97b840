//! Which area an event belongs to, from its point and from the code in its row: both are kept, one decides.

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::areas::Areas;
use super::bridge::Bridge;
use super::outcomes::{FateKey, Fates};
use crate::sources::{Block, Events, NONE, PointKey};
use crate::spatial::{to_bng, to_lon_lat};
use crate::units::{AreaCode, Bng, Crs, Geography, LonLat};

/// What decides where an event lies, when its row carries both a code and a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceBy {
    /// The code in the row, as published; the point only where there is no code or the code was split.
    #[default]
    Code,
    /// The area whose boundary holds the point; the code only where there is no point.
    Point,
}

/// Where a code leads.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum CodeFate {
    /// To one area: unchanged, merged, or rolled up.
    Area(u32),
    /// To several: the code was split between two vintages.
    Split(Vec<u32>),
    /// Into the partnership, but no area is known: the code is of a larger kind.
    Within,
    /// Elsewhere: a lookup, a boundary or the history of codes knows it and puts it there.
    Elsewhere,
    /// Nothing knows it: the point decides, where there is one.
    Unknown,
}

/// Places events in the areas of a study.
pub struct Placing<'a> {
    pub(super) areas: &'a Areas,
    bridge: &'a Bridge,
    authorities: &'a [AreaCode],
    pub(super) by: PlaceBy,
}

impl<'a> Placing<'a> {
    pub(super) fn new(areas: &'a Areas, bridge: &'a Bridge, authorities: &'a [AreaCode], by: PlaceBy) -> Self {
        Self { areas, bridge, authorities, by }
    }

    /// For a join of points to boundaries alone, with no lookup and no authority to ask about.
    pub fn by_point_alone(areas: &'a Areas) -> Self {
        static NO_LOOKUPS: std::sync::LazyLock<Bridge> = std::sync::LazyLock::new(Bridge::default);
        Self { areas, bridge: &NO_LOOKUPS, authorities: &[], by: PlaceBy::Point }
    }

    /// For each distinct code of the events, where it leads.
    pub(super) fn codes(&self, events: &Events) -> Vec<CodeFate> {
        let within = |fate: CodeFate| if events.all_within && fate == CodeFate::Unknown { CodeFate::Within } else { fate };
        events.codes.iter().map(|c| within(self.code(*c))).collect()
    }

    /// For each distinct code of events that all lie within the partnership, whether it is of the kind of the areas and nothing knows it.
    pub(super) fn strange(&self, events: &Events) -> Vec<bool> {
        let kind = self.areas.list.first().and_then(|a| a.code.geography());
        let strange = |c: &AreaCode| events.all_within && c.geography() == kind && self.code(*c) == CodeFate::Unknown;
        events.codes.iter().map(strange).collect()
    }

    fn code(&self, code: AreaCode) -> CodeFate {
        let geography = self.areas.list.first().and_then(|a| a.code.geography());
        let position = |c: AreaCode| {
            let up = || self.bridge.all_up_to(c, geography?).into_iter().find_map(|c| self.areas.position(c));
            self.areas.position(c).or_else(up).map(|i| i as u32)
        };
        // A current code wins over an older one of the same letters: 94 % of LSOA codes mean the same in both vintages.
        if let Some(area) = position(code) {
            return CodeFate::Area(area);
        }
        let newer = self.bridge.newer(code);
        let mut reached: Vec<u32> = newer.iter().filter_map(|c| position(*c)).collect();
        let all_reached = reached.len() == newer.len();
        reached.sort_unstable();
        reached.dedup();
        match reached.as_slice() {
            // Merged, renumbered, or split into parts that lie in one larger area: exact.
            [one] if all_reached => return CodeFate::Area(*one),
            [] => {}
            _ => return CodeFate::Split(reached),
        }
        if self.bridge.one_of(code, self.authorities).is_some() {
            return CodeFate::Within;
        }
        let known = self.bridge.knows(code) || self.areas.is_elsewhere(code) || self.is_of_another_country(code);
        if known { CodeFate::Elsewhere } else { CodeFate::Unknown }
    }

    /// Whether a code begins with the letter of another country than every authority of the study: no lookup need say that it is elsewhere.
    fn is_of_another_country(&self, code: AreaCode) -> bool {
        let country = |c: &AreaCode| c.as_str().chars().next();
        !self.authorities.is_empty() && self.authorities.iter().all(|own| country(own) != country(&code))
    }

    /// For each distinct point of the events, the position of the area that it lies in, or [`NONE`].
    ///
    /// Points are tested in the system of the boundaries; only points in another one are projected.
    pub(super) fn points(&self, events: &Events) -> Vec<u32> {
        let locate =
            |p: &PointKey| self.published(events.crs, p.x(), p.y()).and_then(|c| self.areas.locator.locate(c)).map_or(NONE, |i| i as u32);
        events.points.par_iter().with_min_len(1024).map(locate).collect()
    }

    /// The areas of a kind that a code lies in, as far as the lookups know.
    pub(super) fn larger(&self, code: AreaCode, geography: Geography) -> Vec<AreaCode> {
        self.bridge.all_up_to(code, geography)
    }

    /// A point of a source in the system of the boundaries; `None` where that knows no such place.
    pub(super) fn published(&self, crs: Crs, x: f64, y: f64) -> Option<Coord<f64>> {
        match (crs, self.areas.crs) {
            (Crs::Wgs84, Crs::BritishNationalGrid) => to_bng(LonLat { lon: x, lat: y }).map(|b| Coord { x: b.easting_m, y: b.northing_m }),
            (Crs::BritishNationalGrid, Crs::Wgs84) => to_lon_lat(Bng { easting_m: x, northing_m: y }).map(|l| Coord { x: l.lon, y: l.lat }),
            _ => Some(Coord { x, y }),
        }
    }

    /// Shares of the parts of a split code: their residents, or equal where these are not known.
    pub(super) fn shares(&self, parts: &[u32]) -> Vec<f64> {
        let residents: Vec<f64> = parts.iter().map(|p| self.areas.list[*p as usize].residents.get("all").copied().unwrap_or(0.0)).collect();
        let total: f64 = residents.iter().sum();
        if total > 0.0 { residents.iter().map(|r| r / total).collect() } else { vec![1.0 / parts.len() as f64; parts.len()] }
    }
}

/// Shares out whole events by the largest remainder, so that the parts add up to the whole; ties go to the first.
///
/// Source: Hamilton's method.
pub(super) fn apportion(n: u64, shares: &[f64]) -> Vec<u64> {
    let exact: Vec<f64> = shares.iter().map(|s| s * n as f64).collect();
    let mut parts: Vec<u64> = exact.iter().map(|e| e.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor())).then(a.cmp(b)));
    let left = n - parts.iter().sum::<u64>().min(n);
    for i in order.into_iter().cycle().take(left as usize) {
        parts[i] += 1;
    }
    parts
}

/// Counts kept while placing rows, merged over threads.
#[derive(Default)]
pub(super) struct Pending {
    /// Events of split codes without a point, to be shared out: (code, month, category, facets) → events.
    pub split: FxHashMap<(u32, u16, u16, u16), u64>,
    /// Rows and events with neither a code nor a point: (force, month, category, facets) → rows, events.
    pub placeless: FxHashMap<(u8, u16, u16, u16), (u64, u64)>,
    /// Of each force, rows with a place in the study and elsewhere.
    pub places: Vec<(u64, u64)>,
    /// What became of events with a place.
    pub fates: Fates,
    /// What became of events without one: (force, month, category, fate) → events.
    pub placeless_fates: FxHashMap<(u8, u16, u16, u32), u64>,
}

/// A row on its way into the counts: its position in its block, the position of its month, and how many events it stands for.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub row: usize,
    pub month: u16,
    pub events: u32,
}

impl Pending {
    /// Counts what became of a row with a place, where its source says so.
    pub fn ended(&mut self, block: &Block, at: At, authority: u16) {
        if let Some(fate) = block.fate.get(at.row).copied() {
            let key = FateKey { authority, month: at.month, category: block.category[at.row], fate };
            *self.fates.entry(key).or_default() += u64::from(at.events);
        }
    }

    /// The same of a row without a place.
    pub fn ended_without_a_place(&mut self, block: &Block, at: At, force: u8) {
        if let Some(fate) = block.fate.get(at.row).copied() {
            let key = (force, at.month, block.category[at.row], fate);
            *self.placeless_fates.entry(key).or_default() += u64::from(at.events);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::apportion;

    #[test]
    fn whole_events_are_shared_without_losing_one() {
        assert_eq!(apportion(10, &[0.5, 0.5]), [5, 5]);
        assert_eq!(apportion(1, &[0.3, 0.7]), [0, 1]);
        assert_eq!(apportion(7, &[1.0 / 3.0; 3]), [3, 2, 2]);
        assert_eq!(apportion(0, &[0.3, 0.7]), [0, 0]);
    }
}
