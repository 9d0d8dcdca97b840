//! Where the codes and points of a source lie, looked up once for all its rows.

use rustc_hash::FxHashMap;

use super::placing::{CodeFate, Placing};
use crate::sources::{Events, NONE};

/// A code speaks of an area that is missing from so many rows on, so many of which lie in the study.
const FEWEST_OF_A_HOLE: u64 = 10;
const SHARE_OF_A_HOLE: f64 = 0.9;

/// Where the codes and points of a source lie.
pub(super) struct Placed {
    pub area_of_point: Vec<u32>,
    pub fate_of_code: Vec<CodeFate>,
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
    pub fn of_holes(&self, events: &Events) -> u64 {
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
