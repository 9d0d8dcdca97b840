//! Cells round sites, with borders that neighbours share to the last bit.

use std::collections::BTreeMap;

use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub type Point = (f64, f64);

/// A corner is where three cells meet: it is known by their numbers, and computed once from them.
type Corner = [usize; 3];

/// The cells of the first `inside` sites; the others only bound them.
pub struct Cells {
    sites: Vec<Point>,
    /// For each cell its neighbours in order round it, counter-clockwise.
    round: Vec<Vec<usize>>,
}

impl Cells {
    /// Clips a large square by the bisector to every other site, nearest first, until no farther site can matter.
    pub fn new(sites: Vec<Point>, inside: usize, half_width: f64) -> Self {
        let round = (0..inside).map(|i| neighbours(&sites, i, half_width)).collect();
        Self { sites, round }
    }

    /// The corners of a cell.
    pub fn corners(&self, cell: usize) -> Vec<Point> {
        self.corner_keys(cell).into_iter().map(|key| self.place(key)).collect()
    }

    fn corner_keys(&self, cell: usize) -> Vec<Corner> {
        let round = &self.round[cell];
        (0..round.len()).map(|k| sorted([cell, round[k], round[(k + 1) % round.len()]])).collect()
    }

    /// The centre of the circle through three sites, always computed in the same order.
    fn place(&self, key: Corner) -> Point {
        let [a, b, c] = key.map(|i| self.sites[i]);
        let (bx, by, cx, cy) = (b.0 - a.0, b.1 - a.1, c.0 - a.0, c.1 - a.1);
        let d = 2.0 * (bx * cy - by * cx);
        let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
        (a.0 + (cy * b2 - by * c2) / d, a.1 + (bx * c2 - cx * b2) / d)
    }

    /// The ring of a cell with borders that wander from the straight line by up to `roughness(cell, neighbour)` of their length.
    pub fn ring(&self, cell: usize, seed: u64, roughness: impl Fn(usize, usize) -> f64) -> Vec<Point> {
        let keys = self.corner_keys(cell);
        let round = &self.round[cell];
        let mut ring = Vec::new();
        for k in 0..keys.len() {
            // The border between corners k and k + 1 is shared with neighbour k + 1.
            let (from, to, other) = (keys[k], keys[(k + 1) % keys.len()], round[(k + 1) % keys.len()]);
            let (low, high) = (from.min(to), from.max(to));
            let border = wander(self.place(low), self.place(high), seed ^ mix(cell.min(other), cell.max(other)), roughness(cell, other));
            if from == low {
                ring.extend(&border[..border.len() - 1]);
            } else {
                ring.extend(border[1..].iter().rev());
            }
        }
        ring
    }
}

fn sorted(mut key: Corner) -> Corner {
    key.sort_unstable();
    key
}

fn mix(a: usize, b: usize) -> u64 {
    ((a as u64) << 32 | b as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Midpoint displacement that stays inside a thin lens round the straight line.
fn wander(from: Point, to: Point, seed: u64, roughness: f64) -> Vec<Point> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let steps = if length > 250.0 { 3 } else { 2 };
    let mut offsets = vec![0.0, 0.0];
    let mut scale = roughness * length;
    for _ in 0..steps {
        let mut finer = Vec::with_capacity(offsets.len() * 2);
        for pair in offsets.windows(2) {
            finer.push(pair[0]);
            finer.push((pair[0] + pair[1]) / 2.0 + random.random_range(-1.0..=1.0) * scale);
        }
        finer.push(0.0);
        offsets = finer;
        scale *= 0.55;
    }
    let n = offsets.len() - 1;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let point = |(i, offset): (usize, &f64)| {
        let t = i as f64 / n as f64;
        let lens = 0.12 * t.min(1.0 - t) * 2.0;
        let side = (offset / length.max(1e-9)).clamp(-lens, lens);
        (from.0 + t * dx - side * dy, from.1 + t * dy + side * dx)
    };
    offsets.iter().enumerate().map(point).collect()
}

/// So many sites round a site are looked at first.
const NEAREST_FIRST: usize = 60;

/// The neighbours of a site, counter-clockwise.
fn neighbours(sites: &[Point], i: usize, half_width: f64) -> Vec<usize> {
    const OUTSIDE: usize = usize::MAX;
    let w = half_width;
    // Corners with the neighbour across the border that leaves each of them.
    let mut polygon = vec![((-w, -w), OUTSIDE), ((w, -w), OUTSIDE), ((w, w), OUTSIDE), ((-w, w), OUTSIDE)];
    let here = sites[i];
    let mut others: Vec<(f64, usize)> =
        (0..sites.len()).filter(|j| *j != i).map(|j| ((sites[j].0 - here.0).hypot(sites[j].1 - here.1), j)).collect();
    // The nearest decide nearly always: only where they do not are the others put in order, too.
    let nearer = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let near = NEAREST_FIRST.min(others.len());
    if near < others.len() {
        others.select_nth_unstable_by(near, nearer);
    }
    others[..near].sort_unstable_by(nearer);
    for k in 0..others.len() {
        if k == near {
            others[near..].sort_unstable_by(nearer);
        }
        let (distance, j) = others[k];
        let farthest = polygon.iter().map(|(p, _)| (p.0 - here.0).hypot(p.1 - here.1)).fold(0.0, f64::max);
        if distance > 2.0 * farthest {
            break;
        }
        polygon = clip(&polygon, here, sites[j], j);
    }
    // Borders that were cut to nothing leave one corner twice: the same neighbour does not follow itself.
    let mut round: Vec<usize> = polygon.iter().map(|p| p.1).collect();
    round.dedup();
    round
}

/// Keeps what is nearer to `here` than to `there`; the new border belongs to neighbour `j`.
fn clip(polygon: &[(Point, usize)], here: Point, there: Point, j: usize) -> Vec<(Point, usize)> {
    let side = |p: Point| {
        let (mx, my) = ((here.0 + there.0) / 2.0, (here.1 + there.1) / 2.0);
        (p.0 - mx) * (there.0 - here.0) + (p.1 - my) * (there.1 - here.1)
    };
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for k in 0..polygon.len() {
        let ((a, label), (b, _)) = (polygon[k], polygon[(k + 1) % polygon.len()]);
        let (sa, sb) = (side(a), side(b));
        let cut = || {
            let t = sa / (sa - sb);
            (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1))
        };
        if sa <= 0.0 {
            kept.push((a, label));
            if sb > 0.0 {
                kept.push((cut(), j));
            }
        } else if sb <= 0.0 {
            kept.push((cut(), label));
        }
    }
    kept
}

/// Twice the area and the centroid of a ring.
pub fn centroid(ring: &[Point]) -> Point {
    let origin = ring[0];
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for k in 0..ring.len() {
        let (a, b) = (ring[k], ring[(k + 1) % ring.len()]);
        let (ax, ay, bx, by) = (a.0 - origin.0, a.1 - origin.1, b.0 - origin.0, b.1 - origin.1);
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    (origin.0 + x / (3.0 * area), origin.1 + y / (3.0 * area))
}

/// Groups of places: each place to the nearest of a few, which move to the middle of their own.
pub fn groups(places: &[Point], wanted: usize) -> Vec<usize> {
    let mut middles: Vec<Point> = (0..wanted).map(|k| places[k * places.len() / wanted]).collect();
    let mut group = vec![0; places.len()];
    for _ in 0..12 {
        for (i, p) in places.iter().enumerate() {
            let nearest = (0..wanted).min_by(|a, b| {
                let d = |k: &usize| (middles[*k].0 - p.0).hypot(middles[*k].1 - p.1);
                d(a).total_cmp(&d(b))
            });
            group[i] = nearest.unwrap_or(0);
        }
        let mut sums: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
        for (p, g) in places.iter().zip(&group) {
            let sum = sums.entry(*g).or_default();
            *sum = (sum.0 + p.0, sum.1 + p.1, sum.2 + 1.0);
        }
        for (g, (x, y, n)) in sums {
            middles[g] = (x / n, y / n);
        }
    }
    group
}
