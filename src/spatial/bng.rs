//! WGS84 to the British National Grid and back, by the OSTN15 grid of shifts.

use std::sync::LazyLock;

use crate::units::{Bng, LonLat};

// Ellipsoid GRS80 and the National Grid's transverse Mercator projection (Ordnance Survey, "A guide to coordinate
// systems in Great Britain", annexes A to C).
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const SEMI_MINOR_M: f64 = 6_356_752.314_1;
const SCALE_ON_CENTRAL_MERIDIAN: f64 = 0.999_601_271_7;
const TRUE_ORIGIN_LAT_DEG: f64 = 49.0;
const TRUE_ORIGIN_LON_DEG: f64 = -2.0;
const FALSE_EASTING_M: f64 = 400_000.0;
const FALSE_NORTHING_M: f64 = -100_000.0;

/// Nodes of the shift grid, 1 km apart, from (0, 0): 701 eastwards, 1,251 northwards.
const NODES_EAST: usize = 701;
const NODES_NORTH: usize = 1251;

/// Shifts in millimetres, row by row northwards from the south-west corner.
struct Shifts {
    east_mm: Vec<i32>,
    north_mm: Vec<i32>,
}

/// The OSTN15 shifts (`data/ostn15/README.md` tells their layout, source and licence).
static SHIFTS: LazyLock<Shifts> = LazyLock::new(|| {
    let packed = include_bytes!("../../data/ostn15/ostn15-shifts.bin");
    // The bytes are part of this program and a test reads them all: unpacking cannot fail at run time.
    let bytes = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    let half = bytes.len() / 2;
    Shifts { east_mm: unpack(&bytes[..half]), north_mm: unpack(&bytes[half..]) }
});

/// Undoes the differences: of each row's first node to that of the row before, then of each node to its western neighbour.
fn unpack(bytes: &[u8]) -> Vec<i32> {
    let row_bytes = 4 + 2 * (NODES_EAST - 1);
    let mut nodes = Vec::with_capacity(NODES_EAST * NODES_NORTH);
    let mut first = 0;
    for row in bytes.chunks_exact(row_bytes) {
        first += i32::from_le_bytes([row[0], row[1], row[2], row[3]]);
        let mut node = first;
        nodes.push(node);
        for step in row[4..].chunks_exact(2) {
            node += i32::from(i16::from_le_bytes([step[0], step[1]]));
            nodes.push(node);
        }
    }
    nodes
}

impl Shifts {
    /// Bilinear shift in metres at a position of the ETRS89 grid; `None` outside the grid.
    fn at(&self, easting_m: f64, northing_m: f64) -> Option<(f64, f64)> {
        let inside = (0.0..700_000.0).contains(&easting_m) && (0.0..1_250_000.0).contains(&northing_m);
        if !inside {
            return None;
        }
        let (column, row) = ((easting_m / 1000.0) as usize, (northing_m / 1000.0) as usize);
        let (t, u) = (easting_m / 1000.0 - column as f64, northing_m / 1000.0 - row as f64);
        let south_west = row * NODES_EAST + column;
        let shift = |mm: &[i32]| {
            let at = |node: usize| f64::from(mm[node]) / 1000.0;
            (1.0 - t) * (1.0 - u) * at(south_west)
                + t * (1.0 - u) * at(south_west + 1)
                + t * u * at(south_west + NODES_EAST + 1)
                + (1.0 - t) * u * at(south_west + NODES_EAST)
        };
        Some((shift(&self.east_mm), shift(&self.north_mm)))
    }
}

/// WGS84 (taken as ETRS89) to the British National Grid by OSTN15: the definitive transformation of Ordnance Survey.
///
/// Within 2 mm of all forty published test points; WGS84 itself has drifted about 0.9 m from ETRS89 by 2026, far below the
/// snapping of any incident. `None` outside the grid (Great Britain and its waters): never a silent, coarser answer.
///
/// Source: Ordnance Survey OSTN15, 2015. Checked: `tests/reference/published_os_ostn15.json`, `bng_transform.json`.
///
/// ```
/// use gapmap::{spatial::to_bng, units::LonLat};
/// let caister = to_bng(LonLat { lon: 1.716_073_973, lat: 52.658_007_833 }).unwrap();
/// assert!((caister.easting_m - 651_409.804).abs() < 0.002);
/// assert!(to_bng(LonLat { lon: 2.35, lat: 41.9 }).is_none());
/// ```
pub fn to_bng(place: LonLat) -> Option<Bng> {
    if !(48.0..62.0).contains(&place.lat) || !(-12.0..6.0).contains(&place.lon) {
        return None;
    }
    let (easting_m, northing_m) = project(place);
    let (east, north) = SHIFTS.at(easting_m, northing_m)?;
    Some(Bng { easting_m: easting_m + east, northing_m: northing_m + north })
}

/// The British National Grid to WGS84 (taken as ETRS89): the inverse of [`to_bng`], to a tenth of a millimetre.
///
/// ```
/// use gapmap::{spatial::{to_bng, to_lon_lat}, units::LonLat};
/// let place = LonLat { lon: -0.1278, lat: 51.5074 };
/// let back = to_lon_lat(to_bng(place).unwrap()).unwrap();
/// assert!((back.lon - place.lon).abs() < 1e-9 && (back.lat - place.lat).abs() < 1e-9);
/// ```
pub fn to_lon_lat(place: Bng) -> Option<LonLat> {
    let (mut easting_m, mut northing_m) = (place.easting_m, place.northing_m);
    // The shift varies by millimetres over a metre: a handful of steps settle it.
    for _ in 0..20 {
        let (east, north) = SHIFTS.at(easting_m, northing_m)?;
        let (next_e, next_n) = (place.easting_m - east, place.northing_m - north);
        let moved = (next_e - easting_m).abs() + (next_n - northing_m).abs();
        (easting_m, northing_m) = (next_e, next_n);
        if moved < 1e-5 {
            break;
        }
    }
    // The inverse series is good to a third of a millimetre far from the central meridian; two steps of the forward one mend that.
    let mut lon_lat = unproject(easting_m, northing_m);
    for _ in 0..2 {
        let (e, n) = project(lon_lat);
        let (nu, rho, _) = radii(lon_lat.lat.to_radians());
        lon_lat.lat += ((northing_m - n) / rho).to_degrees();
        lon_lat.lon += ((easting_m - e) / (nu * lon_lat.lat.to_radians().cos())).to_degrees();
    }
    Some(lon_lat)
}

/// Squared eccentricity of GRS80 and the third flattening `n`.
fn shape() -> (f64, f64) {
    let (a, b) = (SEMI_MAJOR_M, SEMI_MINOR_M);
    ((a * a - b * b) / (a * a), (a - b) / (a + b))
}

/// Length of the meridian from the true origin to a latitude, in metres on the grid.
fn meridian_arc_m(lat: f64) -> f64 {
    let (_, n) = shape();
    let origin = TRUE_ORIGIN_LAT_DEG.to_radians();
    let (minus, plus) = (lat - origin, lat + origin);
    let (n2, n3) = (n * n, n * n * n);
    SEMI_MINOR_M
        * SCALE_ON_CENTRAL_MERIDIAN
        * ((1.0 + n + 1.25 * n2 + 1.25 * n3) * minus - (3.0 * n + 3.0 * n2 + 2.625 * n3) * minus.sin() * plus.cos()
            + (1.875 * n2 + 1.875 * n3) * (2.0 * minus).sin() * (2.0 * plus).cos()
            - 35.0 / 24.0 * n3 * (3.0 * minus).sin() * (3.0 * plus).cos())
}

/// Radii of curvature along the parallel and the meridian (scaled), and η² of the guide.
fn radii(lat: f64) -> (f64, f64, f64) {
    let (e2, _) = shape();
    let w = 1.0 - e2 * lat.sin().powi(2);
    let nu = SEMI_MAJOR_M * SCALE_ON_CENTRAL_MERIDIAN / w.sqrt();
    let rho = SEMI_MAJOR_M * SCALE_ON_CENTRAL_MERIDIAN * (1.0 - e2) * w.powf(-1.5);
    (nu, rho, nu / rho - 1.0)
}

/// Transverse Mercator on GRS80: easting and northing in metres (guide, annex C.1).
fn project(place: LonLat) -> (f64, f64) {
    let lat = place.lat.to_radians();
    let (nu, rho, eta2) = radii(lat);
    let (sin, cos, tan2) = (lat.sin(), lat.cos(), lat.tan().powi(2));
    let p = (place.lon - TRUE_ORIGIN_LON_DEG).to_radians();
    let i = meridian_arc_m(lat) + FALSE_NORTHING_M;
    let ii = nu / 2.0 * sin * cos;
    let iii = nu / 24.0 * sin * cos.powi(3) * (5.0 - tan2 + 9.0 * eta2);
    let iii_a = nu / 720.0 * sin * cos.powi(5) * (61.0 - 58.0 * tan2 + tan2 * tan2);
    let iv = nu * cos;
    let v = nu / 6.0 * cos.powi(3) * (nu / rho - tan2);
    let vi = nu / 120.0 * cos.powi(5) * (5.0 - 18.0 * tan2 + tan2 * tan2 + 14.0 * eta2 - 58.0 * tan2 * eta2);
    let northing = i + ii * p.powi(2) + iii * p.powi(4) + iii_a * p.powi(6);
    let easting = FALSE_EASTING_M + iv * p + v * p.powi(3) + vi * p.powi(5);
    (easting, northing)
}

/// The inverse of [`project`] (guide, annex C.2).
fn unproject(easting_m: f64, northing_m: f64) -> LonLat {
    let mut lat = TRUE_ORIGIN_LAT_DEG.to_radians();
    for _ in 0..20 {
        let short = northing_m - FALSE_NORTHING_M - meridian_arc_m(lat);
        lat += short / (SEMI_MAJOR_M * SCALE_ON_CENTRAL_MERIDIAN);
        if short.abs() < 1e-6 {
            break;
        }
    }
    let (nu, rho, eta2) = radii(lat);
    let (tan, sec) = (lat.tan(), 1.0 / lat.cos());
    let tan2 = tan * tan;
    let x = easting_m - FALSE_EASTING_M;
    let vii = tan / (2.0 * rho * nu);
    let viii = tan / (24.0 * rho * nu.powi(3)) * (5.0 + 3.0 * tan2 + eta2 - 9.0 * tan2 * eta2);
    let ix = tan / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * tan2 + 45.0 * tan2 * tan2);
    let x_ = sec / nu;
    let xi = sec / (6.0 * nu.powi(3)) * (nu / rho + 2.0 * tan2);
    let xii = sec / (120.0 * nu.powi(5)) * (5.0 + 28.0 * tan2 + 24.0 * tan2 * tan2);
    let xii_a = sec / (5040.0 * nu.powi(7)) * (61.0 + 662.0 * tan2 + 1320.0 * tan2.powi(2) + 720.0 * tan2.powi(3));
    let lat = lat - vii * x.powi(2) + viii * x.powi(4) - ix * x.powi(6);
    let lon = x_ * x - xi * x.powi(3) + xii * x.powi(5) - xii_a * x.powi(7);
    LonLat { lon: TRUE_ORIGIN_LON_DEG + lon.to_degrees(), lat: lat.to_degrees() }
}
