//! An area that came in several parts, put together: an island beside its mainland, two halves along a line.

use geo::{Area, BooleanOps, BoundingRect, Intersects, MultiPolygon, Rect};

use super::locator::BoundaryFault;

/// Parts of one area may overlap by no more than this share of the smaller of two: what rounding leaves along a line that both were cut at. Two
/// boundaries of one area from two editions overlap in nearly all of it.
const OVERLAP_OF_ROUNDING: f64 = 0.01;

/// Two boundaries that overlap in this share of each are one, drawn from another corner on or with other decimals.
const OVERLAP_OF_THE_SAME: f64 = 0.99;

/// What several boundaries of one code are.
#[derive(Clone, PartialEq, Debug)]
pub enum Whole {
    /// One boundary, given several times: each covers nearly all of the ground of the first.
    Same,
    /// Parts of one area, here put together.
    Parts(MultiPolygon<f64>),
    /// Boundaries of the same ground that differ, such as those of two editions: two overlap, and are not the same.
    Other,
}

/// A shape with its box and its size.
type Part<'s> = (&'s MultiPolygon<f64>, Option<Rect<f64>>, f64);

/// What the boundaries of one code are: parts, put together as one shape with the border between two that touch along a line taken away; the same one
/// several times; or several of the same ground.
///
/// Parts that are no shapes themselves are left as they are, for whoever looks at shapes.
///
/// ```
/// use gapmap::spatial::{Whole, whole_of};
/// use geo::{Area, MultiPolygon, polygon};
/// let square = |x: f64| MultiPolygon(vec![polygon![(x: x, y: 0.), (x: x + 1., y: 0.), (x: x + 1., y: 1.), (x: x, y: 1.)]]);
/// let Whole::Parts(halves) = whole_of(&[square(0.0), square(1.0)]) else { panic!() };
/// assert_eq!((halves.0.len(), halves.unsigned_area()), (1, 2.0));
/// assert!(matches!(whole_of(&[square(0.0), square(5.0)]), Whole::Parts(islands) if islands.0.len() == 2));
/// assert_eq!(whole_of(&[square(0.0), square(0.5)]), Whole::Other);
/// assert_eq!(whole_of(&[square(0.0), square(0.001)]), Whole::Same);
/// ```
pub fn whole_of(shapes: &[MultiPolygon<f64>]) -> Whole {
    let together = MultiPolygon(shapes.iter().flat_map(|shape| shape.0.iter().cloned()).collect());
    // Islands lie apart: nothing of them is changed.
    if shapes.len() < 2 || BoundaryFault::of(&together).is_none() || shapes.iter().any(|shape| BoundaryFault::of(shape).is_some()) {
        return Whole::Parts(together);
    }
    let mut parts: Vec<Part> = Vec::with_capacity(shapes.len());
    for shape in shapes {
        let (own, size) = (shape.bounding_rect(), shape.unsigned_area());
        let mut is_again = false;
        for (earlier, box_of_it, other_size) in &parts {
            let near = own.zip(*box_of_it).is_some_and(|(a, b)| a.intersects(&b));
            let overlap = if near { shape.intersection(*earlier).unsigned_area() } else { 0.0 };
            if overlap >= OVERLAP_OF_THE_SAME * size.max(*other_size) {
                is_again = true;
            } else if overlap > OVERLAP_OF_ROUNDING * size.min(*other_size) {
                return Whole::Other;
            }
        }
        if !is_again {
            parts.push((shape, own, size));
        }
    }
    if parts.len() == 1 {
        return Whole::Same;
    }
    let nothing = MultiPolygon(vec![]);
    Whole::Parts(parts.iter().fold(nothing, |whole, part| whole.union(part.0)))
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    fn block(x: f64, y: f64, wide: f64, high: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![polygon![(x: x, y: y), (x: x + wide, y: y), (x: x + wide, y: y + high), (x: x, y: y + high)]])
    }

    fn parts(shapes: &[MultiPolygon<f64>]) -> MultiPolygon<f64> {
        match whole_of(shapes) {
            Whole::Parts(whole) => whole,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_boundary_that_is_drawn_again_is_the_same() {
        let first = block(0.0, 0.0, 1000.0, 800.0);
        let from_another_corner = MultiPolygon(vec![polygon![(x: 1000., y: 800.), (x: 0., y: 800.), (x: 0., y: 0.), (x: 1000., y: 0.)]]);
        let rounded = block(0.3, -0.2, 1000.1, 799.6);
        assert_eq!(whole_of(&[first.clone(), from_another_corner.clone()]), Whole::Same);
        assert_eq!(whole_of(&[first.clone(), rounded.clone(), from_another_corner]), Whole::Same);
        // With a part beside it that is another.
        let whole = parts(&[first.clone(), rounded, block(1000.0, 0.0, 500.0, 800.0)]);
        assert!((whole.unsigned_area() - 1_200_000.0).abs() < 400.0);
        // A piece of it is not the same, though all of it lies within.
        assert_eq!(whole_of(&[first, block(0.0, 0.0, 500.0, 800.0)]), Whole::Other);
    }

    #[test]
    fn parts_that_share_a_line_or_lie_apart_are_one_area_and_those_that_overlap_are_two_editions() {
        // In degrees, cut in three, with an island; and with what rounding leaves along the line.
        let third = |from: f64, to: f64| {
            MultiPolygon(vec![polygon![(x: from, y: 52.6), (x: to, y: 52.6), (x: to, y: 52.609), (x: from, y: 52.609)]])
        };
        let thirds = [third(-1.1, -1.092), third(-1.092, -1.084), third(-1.084, -1.076)];
        let whole = parts(&[&thirds[..], &[block(-1.2, 52.6, 0.001, 0.001)]].concat());
        assert_eq!(whole.0.len(), 2);
        assert!(BoundaryFault::of(&whole).is_none());
        assert!((whole.unsigned_area() - (0.024 * 0.009 + 1e-6)).abs() < 1e-9);
        let rounded = parts(&[block(0.0, 0.0, 1000.1, 800.0), block(1000.0, 0.0, 1000.0, 800.0)]);
        assert!((rounded.unsigned_area() - 1_600_000.0).abs() < 1.0);
        for other in [block(0.0, 0.0, 990.0, 790.0), block(20.0, 20.0, 1000.0, 800.0), block(400.0, 300.0, 10.0, 10.0)] {
            assert_eq!(whole_of(&[block(0.0, 0.0, 1000.0, 800.0), other]), Whole::Other);
        }
    }
}
