//! Which areas are neighbours: by shared border, by nearness, or within a distance.

use geo::{CoordsIter, LineString, MultiPolygon};
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use crate::units::Bng;

/// What makes two areas neighbours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contiguity {
    /// A corner in common is enough.
    Queen,
    /// A stretch of border in common.
    Rook,
}

/// For each shape, the others that it touches, ascending.
///
/// Two shapes touch where they share a vertex (queen) or two vertices that follow each other in both (rook). With `snap_m`
/// above 0, vertices within that distance count as one: for boundaries that were generalised one by one and leave slivers.
/// At 0 they must be the same to the last bit, as in boundaries of one file of the Office for National Statistics.
///
/// An empty list is an island: name it, do not give it a statistic. Checked: `spatial_weights` (libpysal Queen, Rook).
///
/// ```
/// use gapmap::spatial::{Contiguity, contiguity};
/// use geo::{MultiPolygon, polygon};
/// let square = |x: f64, y: f64| MultiPolygon(vec![polygon![(x: x, y: y), (x: x + 1., y: y), (x: x + 1., y: y + 1.), (x: x, y: y + 1.)]]);
/// let shapes = [square(0., 0.), square(1., 0.), square(1., 1.), square(5., 5.)];
/// let shapes: Vec<&MultiPolygon> = shapes.iter().collect();
/// assert_eq!(contiguity(&shapes, Contiguity::Queen, 0.0), [vec![1, 2], vec![0, 2], vec![0, 1], vec![]]);
/// assert_eq!(contiguity(&shapes, Contiguity::Rook, 0.0), [vec![1], vec![0, 2], vec![1], vec![]]);
/// ```
pub fn contiguity(shapes: &[&MultiPolygon<f64>], kind: Contiguity, snap_m: f64) -> Vec<Vec<u32>> {
    let mut corners = Corners::new(snap_m);
    let mut shared: Vec<(u64, u32)> = Vec::new();
    for (i, shape) in shapes.iter().enumerate() {
        let rings = shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        for ring in rings {
            let ids = corners.of_ring(ring);
            match kind {
                Contiguity::Queen => shared.extend(ids.iter().map(|id| (u64::from(*id), i as u32))),
                Contiguity::Rook => shared.extend(ids.windows(2).filter(|w| w[0] != w[1]).map(|w| {
                    let (low, high) = (w[0].min(w[1]), w[0].max(w[1]));
                    (u64::from(low) << 32 | u64::from(high), i as u32)
                })),
            }
        }
    }
    shared.sort_unstable();
    shared.dedup();
    let mut neighbours = vec![Vec::new(); shapes.len()];
    for together in shared.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() > 1) {
        for (_, i) in together {
            neighbours[*i as usize].extend(together.iter().map(|(_, j)| *j).filter(|j| j != i));
        }
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    neighbours
}

/// For each point the `k` nearest others, ascending by position; of those equally far, the first in the order given.
///
/// Points in the same place are neighbours at distance 0. Fewer than `k` where there are not so many others.
/// Checked: `spatial_weights` (libpysal KNN).
///
/// ```
/// use gapmap::{spatial::nearest, units::Bng};
/// let at = |easting_m: f64| Bng { easting_m, northing_m: 0.0 };
/// assert_eq!(nearest(&[at(0.0), at(1.0), at(3.0)], 1), [vec![1], vec![0], vec![1]]);
/// ```
pub fn nearest(points: &[Bng], k: usize) -> Vec<Vec<u32>> {
    let tree = tree_of(points);
    let of = |(i, p): (usize, &Bng)| {
        let mut found: Vec<(f64, u32)> = Vec::new();
        for (place, d2) in tree.nearest_neighbor_iter_with_distance_2(&[p.easting_m, p.northing_m]) {
            if place.data as usize == i {
                continue;
            }
            if found.len() >= k && d2 > found[found.len() - 1].0 {
                break;
            }
            found.push((d2, place.data));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut list: Vec<u32> = found.into_iter().take(k).map(|(_, j)| j).collect();
        list.sort_unstable();
        list
    };
    points.iter().enumerate().map(of).collect()
}

/// For each point the others at `reach_m` metres or nearer, ascending by position. Checked: `spatial_weights` (libpysal DistanceBand).
///
/// ```
/// use gapmap::{spatial::within, units::Bng};
/// let at = |easting_m: f64| Bng { easting_m, northing_m: 0.0 };
/// assert_eq!(within(&[at(0.0), at(1.0), at(3.0)], 1.0), [vec![1], vec![0], vec![]]);
/// ```
pub fn within(points: &[Bng], reach_m: f64) -> Vec<Vec<u32>> {
    let tree = tree_of(points);
    let of = |(i, p): (usize, &Bng)| {
        // A little wider, then by the same distance as everywhere else: inclusive to the last bit.
        let near = tree.locate_within_distance([p.easting_m, p.northing_m], reach_m * reach_m * (1.0 + 1e-12));
        let mut list: Vec<u32> =
            near.map(|q| q.data).filter(|j| *j as usize != i && points[*j as usize].distance_m(*p) <= reach_m).collect();
        list.sort_unstable();
        list
    };
    points.iter().enumerate().map(of).collect()
}

fn tree_of(points: &[Bng]) -> RTree<GeomWithData<[f64; 2], u32>> {
    RTree::bulk_load(points.iter().enumerate().map(|(i, p)| GeomWithData::new([p.easting_m, p.northing_m], i as u32)).collect())
}

/// A place and its number.
type Numbered = (f64, f64, u32);

/// Numbers for vertices: the same number for the same place.
struct Corners {
    snap_m: f64,
    exact: FxHashMap<(u64, u64), u32>,
    /// Places by square of side `snap_m`.
    squares: FxHashMap<(i64, i64), Vec<Numbered>>,
    count: u32,
}

impl Corners {
    fn new(snap_m: f64) -> Self {
        Self { snap_m, exact: FxHashMap::default(), squares: FxHashMap::default(), count: 0 }
    }

    fn of_ring(&mut self, ring: &LineString<f64>) -> Vec<u32> {
        ring.coords_iter().map(|c| self.of(c.x, c.y)).collect()
    }

    fn of(&mut self, x: f64, y: f64) -> u32 {
        let key = ((x + 0.0).to_bits(), (y + 0.0).to_bits()); // adding 0 makes −0 and 0 one
        if let Some(id) = self.exact.get(&key) {
            return *id;
        }
        let id = if self.snap_m > 0.0 { self.snapped(x, y) } else { self.next() };
        self.exact.insert(key, id);
        id
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// The first earlier vertex within the snap distance, or a new one.
    fn snapped(&mut self, x: f64, y: f64) -> u32 {
        let square = ((x / self.snap_m).floor() as i64, (y / self.snap_m).floor() as i64);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (square.0 + dx, square.1 + dy)));
        let near = around.filter_map(|s| self.squares.get(&s)).flatten();
        let close = near.filter(|(px, py, _)| (px - x).hypot(py - y) <= self.snap_m).map(|p| p.2).min();
        let id = close.unwrap_or_else(|| self.next());
        self.squares.entry(square).or_default().push((x, y, id));
        id
    }
}
