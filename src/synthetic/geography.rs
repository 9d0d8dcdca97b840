//! Where the borough lies and how its areas look: a river, a town centre, estates, and open country.

use rand::Rng;

use super::Settings;
use super::voronoi::{Cells, Point, centroid, groups};
use crate::spatial::{BoundaryFault, to_lon_lat};
use crate::units::Bng;

/// The middle of the borough: in the sea off Lincolnshire.
const MIDDLE: Point = (563_000.0, 352_000.0);
/// Metres from the middle to the edge of a borough of 150 areas.
const RADIUS_M: f64 = 5_600.0;
/// How far borders wander, as a share of their length.
const ROUGHNESS: f64 = 0.07;

/// One area.
pub struct Area {
    pub code: String,
    pub name: String,
    pub ward: usize,
    /// Corners in metres on the National Grid.
    pub ring: Vec<Point>,
    pub weighted_centre: Bng,
    pub residents: u32,
    /// 0 least to 1 most deprived.
    pub deprivation: f64,
    /// 1 in the town centre, falling to 0.
    pub centrality: f64,
    /// Snap points of incidents in or at the border of the area.
    pub snap_points: Vec<Bng>,
}

/// The borough.
pub struct Borough {
    pub areas: Vec<Area>,
    pub hot_spot_centre: Bng,
    pub town_centre: Bng,
    pub radius_m: f64,
}

impl Borough {
    /// The `n` areas nearest to a place.
    pub fn nearest(&self, place: Bng, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.areas.len()).collect();
        order.sort_by(|a, b| self.areas[*a].weighted_centre.distance_m(place).total_cmp(&self.areas[*b].weighted_centre.distance_m(place)));
        order.truncate(n);
        order.sort_unstable();
        order
    }

    /// A place given as a share of the radius east and north of the middle.
    pub fn at(&self, east: f64, north: f64) -> Bng {
        Bng { easting_m: MIDDLE.0 + east * self.radius_m, northing_m: MIDDLE.1 + north * self.radius_m }
    }
}

/// Longitude and latitude as text with so many decimals.
pub fn degrees(place: Bng, decimals: usize) -> (String, String) {
    let lon_lat = to_lon_lat(place).map_or((0.0, 0.0), |l| (l.lon, l.lat));
    (format!("{:.decimals$}", lon_lat.0), format!("{:.decimals$}", lon_lat.1))
}

/// Makes the borough.
pub fn make(settings: &Settings) -> Borough {
    let mut random = settings.random(1);
    let n = settings.areas;
    let radius = RADIUS_M * (n as f64 / 150.0).sqrt();
    let phases: [f64; 3] = std::array::from_fn(|_| random.random_range(0.0..std::f64::consts::TAU));
    let edge = |angle: f64| {
        radius
            * (1.0
                + 0.14 * (2.0 * angle + phases[0]).sin()
                + 0.07 * (3.0 * angle + phases[1]).sin()
                + 0.03 * (7.0 * angle + phases[2]).sin())
    };
    let inside = |p: Point, slack: f64| p.0.hypot(p.1) < edge(p.1.atan2(p.0)) * slack;
    let river = |x: f64| radius * (0.16 * (x / radius * 2.6 + phases[1]).sin() + 0.12);

    // Pairs of sites on both sides of the river, so that the border between them follows it.
    let mut sites: Vec<Point> = Vec::new();
    let pairs = n / 18;
    for k in 0..pairs {
        let x = radius * (-0.8 + 1.6 * (k as f64 + 0.5) / pairs as f64);
        let off = radius * 0.05 * random.random_range(0.9..1.1);
        for p in [(x, river(x) + off), (x, river(x) - off)] {
            if inside(p, 0.9) {
                sites.push(p);
            }
        }
    }
    let fixed = sites.len();
    let town = (-0.08 * radius, 0.02 * radius);
    let estates = [(-0.5, -0.35), (0.1, -0.55), (-0.35, 0.55), (0.42, 0.4)].map(|(x, y)| (x * radius, y * radius));
    // Sites keep a distance that leaves room for all of them: many lie closer, in a share of the radius.
    let apart_m = radius * 0.022 * (1_000.0 / n as f64).sqrt().min(1.0);
    while sites.len() < n {
        let share: f64 = random.random();
        let (middle, spread) = match share {
            s if s < 0.22 => (town, 0.17),
            s if s < 0.62 => (estates[random.random_range(0..estates.len())], 0.17),
            _ => ((0.0, 0.0), 1.2),
        };
        let p = (middle.0 + radius * spread * random.random_range(-1.0..1.0), middle.1 + radius * spread * random.random_range(-1.0..1.0));
        let apart = sites.iter().all(|s| (s.0 - p.0).hypot(s.1 - p.1) > apart_m);
        if inside(p, 0.95) && apart {
            sites.push(p);
        }
    }
    // Sites outside bound the borough; a wide ring of them closes the outermost cells.
    let guards = (6.3 * (n as f64).sqrt()) as usize + 30;
    for k in 0..guards {
        let angle = (k as f64 + random.random_range(-0.3..0.3)) / guards as f64 * std::f64::consts::TAU;
        for far in [1.07, 1.35] {
            let r = edge(angle) * (far + random.random_range(-0.02..0.02));
            sites.push((r * angle.cos(), r * angle.sin()));
        }
    }
    for _ in 0..2 {
        let cells = Cells::new(sites.clone(), n, radius * 4.0);
        for (i, site) in sites.iter_mut().enumerate().take(n).skip(fixed) {
            let middle = centroid(&cells.corners(i));
            *site = ((site.0 + middle.0) / 2.0, (site.1 + middle.1) / 2.0);
        }
    }
    let cells = Cells::new(sites.clone(), n, radius * 4.0);
    let rings = valid_rings(&cells, n, settings.seed);
    finish(settings, &sites[..n], rings, town, radius)
}

/// Rings with wandering borders; the borders of any ring that would cross itself are straightened.
fn valid_rings(cells: &Cells, n: usize, seed: u64) -> Vec<Vec<Point>> {
    let mut rough = vec![ROUGHNESS; n];
    for _ in 0..4 {
        let of = |i: usize| rough.get(i).copied().unwrap_or(ROUGHNESS);
        let rings: Vec<Vec<Point>> = (0..n).map(|i| cells.ring(i, seed, |a, b| of(a).min(of(b)))).collect();
        let bad: Vec<usize> = (0..n).filter(|i| BoundaryFault::of(&polygon(&rings[*i])).is_some()).collect();
        if bad.is_empty() {
            return rings;
        }
        bad.into_iter().for_each(|i| rough[i] = if rough[i] > 0.02 { 0.02 } else { 0.0 });
    }
    (0..n).map(|i| cells.ring(i, seed, |_, _| 0.0)).collect()
}

fn polygon(ring: &[Point]) -> geo::MultiPolygon<f64> {
    let closed = ring.iter().chain(ring.first()).map(|p| geo::Coord { x: p.0, y: p.1 }).collect();
    geo::MultiPolygon(vec![geo::Polygon::new(geo::LineString(closed), vec![])])
}

/// Codes that no real area has; of boroughs of a thousand areas and more a row of their own, as three digits do not hold them.
fn area_code(k: usize, areas: usize) -> String {
    if areas < 1000 { format!("E01990{:03}", k + 1) } else { format!("E01{:06}", 950_001 + k) }
}

fn finish(settings: &Settings, sites: &[Point], rings: Vec<Vec<Point>>, town: Point, radius: f64) -> Borough {
    let mut random = settings.random(2);
    // Neighbours in space get neighbouring numbers: north to south in strips.
    let mut order: Vec<usize> = (0..sites.len()).collect();
    let strip = |p: Point| (-(p.1 / radius * 4.0).floor()) as i64;
    order.sort_by(|a, b| strip(sites[*a]).cmp(&strip(sites[*b])).then(sites[*a].0.total_cmp(&sites[*b].0)));
    let wards = (settings.areas / 8).max(3);
    let ward = groups(&order.iter().map(|i| sites[*i]).collect::<Vec<_>>(), wards);
    let slope = (random.random_range(0.0..std::f64::consts::TAU)).sin_cos();
    let area = |k: usize, i: usize, random: &mut rand_chacha::ChaCha8Rng| {
        let ring: Vec<Point> = rings[i].iter().map(|p| (MIDDLE.0 + p.0, MIDDLE.1 + p.1)).collect();
        let site = sites[i];
        let middle = centroid(&ring);
        let centrality = (-((site.0 - town.0).hypot(site.1 - town.1) / (0.28 * radius)).powi(2)).exp();
        let deprivation: f64 = 0.5 + 0.3 * (site.0 * slope.0 + site.1 * slope.1) / radius + random.random_range(-0.2..0.2);
        let inside = polygon(&ring);
        let mut snap_points = Vec::new();
        while snap_points.len() < 7 {
            let reach = ring.iter().map(|p| (p.0 - middle.0).hypot(p.1 - middle.1)).fold(0.0, f64::max);
            let p =
                geo::Coord { x: middle.0 + reach * random.random_range(-1.0..1.0), y: middle.1 + reach * random.random_range(-1.0..1.0) };
            if geo::Contains::contains(&inside, &p) {
                snap_points.push(Bng { easting_m: p.x, northing_m: p.y });
            }
        }
        Area {
            code: area_code(k, settings.areas),
            name: format!("Quillmere {:03}{}", k / 5 + 1, ["A", "B", "C", "D", "E"][k % 5]),
            ward: ward[k],
            weighted_centre: Bng {
                easting_m: (middle.0 * 3.0 + snap_points[0].easting_m) / 4.0,
                northing_m: (middle.1 * 3.0 + snap_points[0].northing_m) / 4.0,
            },
            residents: random.random_range(1150..2100),
            deprivation: deprivation.clamp(0.02, 0.98),
            centrality,
            ring,
            snap_points,
        }
    };
    let areas = order.iter().enumerate().map(|(k, i)| area(k, *i, &mut random)).collect();
    let at = |p: Point| Bng { easting_m: MIDDLE.0 + p.0, northing_m: MIDDLE.1 + p.1 };
    Borough { areas, hot_spot_centre: at((-0.5 * radius, -0.35 * radius)), town_centre: at(town), radius_m: radius }
}
