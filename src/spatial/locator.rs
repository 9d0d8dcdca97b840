//! Which area a point lies in: exactly one, by a rule that anyone can check.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Coord, MultiPolygon, Validation};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// An index of area boundaries that answers, for each point, with at most one area.
///
/// **The rule.** A point belongs to the area whose interior or border holds it; where several do (a point on a shared
/// border, or boundaries that overlap), to the first of them in the order given, which the engine keeps sorted by code. So
/// every point inside the union is counted once and totals reconcile. Points are compared in the coordinates in which the
/// boundaries were published: nothing is re-projected between a boundary and the points that are tested against it.
///
/// Orientation is decided by adaptive-precision predicates, so a point is never put on the wrong side by rounding.
///
/// ```
/// use geo::{MultiPolygon, coord, polygon};
/// let square = |x: f64| MultiPolygon(vec![polygon![(x: x, y: 0.), (x: x + 1., y: 0.), (x: x + 1., y: 1.), (x: x, y: 1.)]]);
/// let locator = gapmap::spatial::Locator::new(vec![square(0.0), square(1.0)]);
/// assert_eq!(locator.locate(coord! { x: 0.5, y: 0.5 }), Some(0));
/// assert_eq!(locator.locate(coord! { x: 1.0, y: 0.5 }), Some(0)); // on the shared border: the first
/// assert_eq!(locator.locate(coord! { x: 3.0, y: 0.5 }), None);
/// ```
#[derive(Clone)]
pub struct Locator {
    boundaries: Vec<MultiPolygon<f64>>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
}

impl Locator {
    /// Indexes the boundaries; the answer of [`Locator::locate`] is a position in this list. Empty ones hold no point.
    pub fn new(boundaries: Vec<MultiPolygon<f64>>) -> Self {
        let boxes = boundaries.iter().enumerate().filter_map(|(i, b)| {
            let r = b.bounding_rect()?;
            Some(GeomWithData::new(Rectangle::from_corners([r.min().x, r.min().y], [r.max().x, r.max().y]), i as u32))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Self { boundaries, boxes }
    }

    /// The area that the point lies in, by the rule above; `None` outside all of them or for a coordinate that is no number.
    pub fn locate(&self, point: Coord<f64>) -> Option<usize> {
        if !(point.x.is_finite() && point.y.is_finite()) {
            return None;
        }
        let here = AABB::from_point([point.x, point.y]);
        let holds = |i: &usize| self.boundaries[*i].coordinate_position(&point) != CoordPos::Outside;
        self.boxes.locate_in_envelope_intersecting(&here).map(|b| b.data as usize).filter(holds).min()
    }

    /// The boundaries, in the order given.
    pub fn boundaries(&self) -> &[MultiPolygon<f64>] {
        &self.boundaries
    }
}

/// What is wrong with a boundary, in words; `None` where it is valid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoundaryFault(pub String);

impl BoundaryFault {
    /// Checks rings, self-intersections and coordinates.
    pub fn of(boundary: &MultiPolygon<f64>) -> Option<Self> {
        boundary.validation_errors().first().map(|e| Self(e.to_string()))
    }
}
