//! Where residents live on average, as a table says: in or near their own area, and each area once.

use std::collections::BTreeMap;

use geo::{BoundingRect, MultiPolygon};

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::Centre;
use crate::units::{AreaCode, Bng};

/// A centre may lie outside its area: boundaries are generalised, and some areas are bent around another. So far outside the box around it none does.
const NEAR_M: f64 = 1_000.0;
/// Two places of one area are the same up to this: degrees are rounded.
const SAME_M: f64 = 10.0;

/// The centre of each area. One that stands twice, at two places, is a problem: nobody knows which is right.
pub(super) fn of(centres: &[Centre], problems: &mut Problems) -> BTreeMap<AreaCode, Bng> {
    let mut by_code: BTreeMap<AreaCode, Bng> = BTreeMap::new();
    let mut contrary: Vec<AreaCode> = Vec::new();
    for centre in centres {
        let first = by_code.entry(centre.code).or_insert(centre.place);
        if first.distance_m(centre.place) > SAME_M {
            contrary.push(centre.code);
        }
    }
    contrary.sort_unstable();
    contrary.dedup();
    if let Some(code) = contrary.first() {
        let said = said::centres_that_stand_twice(contrary.len(), code);
        problems.error_said(Code::D207, Place::file("population-centres").at(code.to_string()), said);
    }
    by_code
}

/// Centres that lie away from their own areas.
#[derive(Default)]
pub(super) struct Away {
    seen: usize,
    away: Vec<AreaCode>,
    /// Of those, how many lie in or near their area with their two numbers exchanged.
    exchanged: usize,
}

impl Away {
    /// Holds a centre against the shape of its area, both in metres.
    pub fn see(&mut self, code: AreaCode, shape: &MultiPolygon<f64>, centre: Bng) {
        let Some(around) = shape.bounding_rect() else { return };
        let is_near = |x: f64, y: f64| {
            let inside = |at: f64, from: f64, to: f64| (from - NEAR_M..=to + NEAR_M).contains(&at);
            inside(x, around.min().x, around.max().x) && inside(y, around.min().y, around.max().y)
        };
        self.seen += 1;
        if !is_near(centre.easting_m, centre.northing_m) {
            self.away.push(code);
            self.exchanged += usize::from(is_near(centre.northing_m, centre.easting_m));
        }
    }

    /// Tells of them: a distance from another place would be that of nobody.
    pub fn tell(&self, problems: &mut Problems) {
        let Some(code) = self.away.first() else { return };
        let said = said::centres_away(self.away.len(), self.seen, code, self.exchanged * 2 > self.away.len());
        problems.error_said(Code::D209, Place::file("population-centres").at(code.to_string()), said);
    }
}
