//! Outlines at work: bounds, middles, and back to longitude and latitude.

use crate::model::Outline;
use crate::spatial::to_lon_lat;
use crate::units::Bng;

/// West, south, east and north of all outlines, in metres.
pub fn bounds(outlines: &[Outline]) -> (f64, f64, f64, f64) {
    let corners = outlines.iter().flat_map(|o| o.polygons.iter().flatten().flatten());
    corners.fold((f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY), |b, c| {
        let (x, y) = (f64::from(c.0), f64::from(c.1));
        (b.0.min(x), b.1.min(y), b.2.max(x), b.3.max(y))
    })
}

/// The middle of an outline's largest polygon, by area, in metres.
pub fn middle(outline: &Outline) -> (f64, f64) {
    let largest = outline.polygons.iter().filter_map(|p| p.first()).map(|ring| moments(ring)).max_by(|a, b| a.0.total_cmp(&b.0));
    largest.map_or((0.0, 0.0), |m| (m.1, m.2))
}

/// Area (positive) and centroid of a ring.
fn moments(ring: &[(i32, i32)]) -> (f64, f64, f64) {
    let origin = ring.first().map_or((0.0, 0.0), |c| (f64::from(c.0), f64::from(c.1)));
    let local = |c: &(i32, i32)| (f64::from(c.0) - origin.0, f64::from(c.1) - origin.1);
    let (mut twice_area, mut x, mut y) = (0.0, 0.0, 0.0);
    for i in 0..ring.len() {
        let (a, b) = (local(&ring[i]), local(&ring[(i + 1) % ring.len()]));
        let cross = a.0 * b.1 - b.0 * a.1;
        twice_area += cross;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    if twice_area == 0.0 {
        return (0.0, origin.0, origin.1);
    }
    (twice_area.abs() / 2.0, origin.0 + x / (3.0 * twice_area), origin.1 + y / (3.0 * twice_area))
}

/// Longitude and latitude of a corner with six decimals: about a tenth of a metre.
pub fn lon_lat(corner: (i32, i32)) -> Option<[f64; 2]> {
    let place = to_lon_lat(Bng { easting_m: f64::from(corner.0), northing_m: f64::from(corner.1) })?;
    let round = |x: f64| (x * 1e6).round() / 1e6;
    Some([round(place.lon), round(place.lat)])
}

/// Maps of up to so many areas are drawn corner by corner.
const FEW_AREAS: usize = 1_000;
/// Of more than these the corners are coarser still: an area is then some five pixels wide.
const VERY_MANY_AREAS: usize = 4_000;

/// The step to which corners of a map of many areas are set, in pixels; `None` where there are few.
pub fn grid_px(areas: usize) -> Option<f64> {
    match areas {
        0..=FEW_AREAS => None,
        n if n <= VERY_MANY_AREAS => Some(0.5),
        _ => Some(1.0),
    }
}
