//! Rows that lie where their own codes say that they do not, nearly all of them: coordinates are exchanged, or in another system.
//!
//! A few rows near borders disagree in all published data. Where hardly any point lies in the area of its row, every place in the study is wrong.

use geo::Coord;

use super::placed::Placed;
use super::placing::{CodeFate, Placing};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, NONE};

/// Nearly all: from this share on. The points of a force lie outside the areas of their codes in 5 % of rows at most.
const NEARLY_ALL: f64 = 0.9;
/// Exchanged back, so many of the points lie where they should, or it is no exchange.
const MOST: f64 = 0.5;
/// Of fewer rows nobody can tell.
const FEWEST: u64 = 20;
/// So many rows are looked at, evenly through the source.
const LOOKED_AT: usize = 20_000;

/// Stops the run where nearly all points of rows with a code of the study lie outside the area of the code, or nearly all points in no area and
/// in the areas once their two numbers are exchanged.
pub(super) fn check(events: &Events, placing: &Placing, placed: &Placed, name: &str, problems: &mut Problems) {
    let seen = Seen::of(events, placing, placed);
    let nearly_all = |n: u64, of: u64| of >= FEWEST && n as f64 >= NEARLY_ALL * of as f64;
    let own = nearly_all(seen.outside_own, seen.with_own);
    let lost = nearly_all(seen.nowhere, seen.points);
    if !own && !lost {
        return;
    }
    let exchanged = seen.exchanged as f64 >= MOST * (seen.outside_own.max(seen.nowhere)) as f64;
    let place = Place::file(format!("source `{name}`"));
    // Points of a whole country lie nearly all in no area of a study: that they are exchanged is told by where they lie exchanged back.
    match (own, exchanged) {
        (_, true) => {
            let said = said::points_exchanged(seen.outside_own.max(seen.nowhere), seen.with_own.max(seen.points));
            problems.error_said(Code::D202, place, said);
        }
        (true, false) => {
            let said = said::points_outside_their_own_areas(seen.outside_own, seen.with_own);
            problems.error_said(Code::D209, place, said);
        }
        (false, false) => {}
    }
}

/// What was seen of the rows that were looked at.
#[derive(Default)]
struct Seen {
    /// Rows with a point and a code of one area of the study, and those of them whose point lies outside it.
    with_own: u64,
    outside_own: u64,
    /// Rows with a point and no such code, and those of them whose point lies in no area.
    points: u64,
    nowhere: u64,
    /// Of those outside, how many lie where they should once their numbers are exchanged.
    exchanged: u64,
}

impl Seen {
    fn of(events: &Events, placing: &Placing, placed: &Placed) -> Self {
        let mut seen = Self::default();
        let rows: usize = events.blocks.iter().map(|b| b.rows()).sum();
        let stride = rows.div_ceil(LOOKED_AT).max(1);
        // Of several blocks, each is looked at from where the one before it ended.
        let mut next = 0;
        for block in &events.blocks {
            while next < block.rows() {
                let (code, point) = (block.code[next], block.point[next]);
                next += stride;
                if point == NONE {
                    continue;
                }
                let at = placed.area_of(point);
                let own = match placed.fate_of(code) {
                    Some(CodeFate::Area(area)) => Some(*area),
                    Some(CodeFate::Split(_) | CodeFate::Elsewhere) => continue,
                    _ => None,
                };
                let outside = own.map_or(at == NONE, |own| at != own);
                let (all, out) =
                    if own.is_some() { (&mut seen.with_own, &mut seen.outside_own) } else { (&mut seen.points, &mut seen.nowhere) };
                (*all, *out) = (*all + 1, *out + u64::from(outside));
                let fits = |found: Option<u32>| found.is_some_and(|found| own.is_none_or(|own| own == found));
                if outside && exchanged(events, placing, point).into_iter().any(fits) {
                    seen.exchanged += 1;
                }
            }
            next -= block.rows();
        }
        seen
    }
}

/// The areas that a point lies in with its numbers exchanged as the source has them, and as the boundaries have them.
fn exchanged(events: &Events, placing: &Placing, point: u32) -> [Option<u32>; 2] {
    let Some(key) = events.points.get(point as usize) else { return [None; 2] };
    let locate = |c: Coord<f64>| placing.areas.locator.locate(c).map(|i| i as u32);
    let of_rows = placing.published(events.crs, key.y(), key.x()).and_then(locate);
    let of_boundaries = placing.published(events.crs, key.x(), key.y()).and_then(|c| locate(Coord { x: c.y, y: c.x }));
    [of_rows, of_boundaries]
}
