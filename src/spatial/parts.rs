//! An area that came in several parts, put together: an island beside its mainland, two halves along a line.

use geo::{Area, BooleanOps, BoundingRect, Intersects, MultiPolygon};

use super::locator::BoundaryFault;

/// Parts of one area may overlap by no more than this share of the smaller of two: what rounding leaves along a line that both were cut at. Two
/// boundaries of one area from two editions overlap in nearly all of it.
const OVERLAP_OF_ROUNDING: f64 = 0.01;

/// The parts of one area as one shape: with the border between two that touch along a line taken away. `None` where two of them overlap, so that they
/// are no parts but two boundaries of the same ground.
///
/// Parts that are no shapes themselves are left as they are, for whoever looks at shapes.
///
/// ```
/// use geo::{Area, MultiPolygon, polygon};
/// let square = |x: f64| MultiPolygon(vec![polygon![(x: x, y: 0.), (x: x + 1., y: 0.), (x: x + 1., y: 1.), (x: x, y: 1.)]]);
/// let halves = gapmap::spatial::whole_of(&[square(0.0), square(1.0)]).unwrap();
/// assert_eq!((halves.0.len(), halves.unsigned_area()), (1, 2.0));
/// assert_eq!(gapmap::spatial::whole_of(&[square(0.0), square(5.0)]).unwrap().0.len(), 2);
/// assert!(gapmap::spatial::whole_of(&[square(0.0), square(0.5)]).is_none());
/// ```
pub fn whole_of(parts: &[MultiPolygon<f64>]) -> Option<MultiPolygon<f64>> {
    let together = MultiPolygon(parts.iter().flat_map(|part| part.0.iter().cloned()).collect());
    // Islands lie apart: nothing of them is changed.
    if parts.len() < 2 || BoundaryFault::of(&together).is_none() {
        return Some(together);
    }
    if parts.iter().any(|part| BoundaryFault::of(part).is_some()) {
        return Some(together);
    }
    let measured: Vec<_> = parts.iter().map(|part| (part, part.bounding_rect(), part.unsigned_area())).collect();
    for (i, (part, own, size)) in measured.iter().enumerate() {
        for (earlier, box_of_it, other_size) in &measured[..i] {
            let near = own.as_ref().zip(box_of_it.as_ref()).is_some_and(|(a, b)| a.intersects(b));
            if near && part.intersection(*earlier).unsigned_area() > OVERLAP_OF_ROUNDING * size.min(*other_size) {
                return None;
            }
        }
    }
    let nothing = MultiPolygon(vec![]);
    Some(parts.iter().fold(nothing, |whole, part| whole.union(part)))
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    fn block(x: f64, y: f64, wide: f64, high: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![polygon![(x: x, y: y), (x: x + wide, y: y), (x: x + wide, y: y + high), (x: x, y: y + high)]])
    }

    #[test]
    fn parts_that_share_a_line_or_lie_apart_are_one_area_and_those_that_overlap_are_two_editions() {
        // In degrees, cut in three, with an island; and with what rounding leaves along the line.
        let third = |from: f64, to: f64| {
            MultiPolygon(vec![polygon![(x: from, y: 52.6), (x: to, y: 52.6), (x: to, y: 52.609), (x: from, y: 52.609)]])
        };
        let thirds = [third(-1.1, -1.092), third(-1.092, -1.084), third(-1.084, -1.076)];
        let whole = whole_of(&[&thirds[..], &[block(-1.2, 52.6, 0.001, 0.001)]].concat()).unwrap();
        assert_eq!(whole.0.len(), 2);
        assert!(BoundaryFault::of(&whole).is_none());
        assert!((whole.unsigned_area() - (0.024 * 0.009 + 1e-6)).abs() < 1e-9);
        let rounded = whole_of(&[block(0.0, 0.0, 1000.1, 800.0), block(1000.0, 0.0, 1000.0, 800.0)]).unwrap();
        assert!((rounded.unsigned_area() - 1_600_000.0).abs() < 1.0);
        for other in [block(0.0, 0.0, 990.0, 790.0), block(20.0, 20.0, 1000.0, 800.0), block(400.0, 300.0, 10.0, 10.0)] {
            assert!(whole_of(&[block(0.0, 0.0, 1000.0, 800.0), other]).is_none());
        }
    }
}
