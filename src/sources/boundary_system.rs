//! The coordinate system of boundaries: what the file declares, held against its coordinates.

use geojson::FeatureCollection;

use super::geojson_shapes::first_position;
use super::geojson_text::DOWNLOAD_AGAIN;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Crs;

/// Radius of the sphere of Web Mercator, in metres.
const MERCATOR_RADIUS_M: f64 = 6_378_137.0;

/// Web Mercator (EPSG:3857) to degrees on WGS84.
pub(super) fn degrees_of_mercator(c: geo::Coord<f64>) -> geo::Coord<f64> {
    let lat = 2.0 * (c.y / MERCATOR_RADIUS_M).exp().atan() - std::f64::consts::FRAC_PI_2;
    geo::Coord { x: (c.x / MERCATOR_RADIUS_M).to_degrees(), y: lat.to_degrees() }
}

/// The declared system, checked against the coordinates; found from them where the file declares none. With it, whether the coordinates are Web
/// Mercator, to be turned into degrees.
pub(super) fn coordinate_system(file: &str, collection: &FeatureCollection, problems: &mut Problems) -> Option<(Crs, bool)> {
    let declared = collection.foreign_members.as_ref().and_then(|m| m.get("crs")?.get("properties")?.get("name")?.as_str());
    let corner = collection.features.iter().filter_map(|f| first_position(&f.geometry.as_ref()?.value)).next();
    let Some((x, y)) = corner else {
        problems.error(Code::R109, Place::file(file), "no feature has a polygon", DOWNLOAD_AGAIN);
        return None;
    };
    let metres = x.abs() > 180.0 || y.abs() > 90.0;
    if !metres && (49.0..61.5).contains(&x) && (-9.5..2.5).contains(&y) {
        let next = "GeoJSON holds longitude first, latitude second. Export it again with that order.";
        problems.error(Code::D202, Place::file(file).at("features[0].geometry"), "latitude and longitude are swapped", next);
        return None;
    }
    if metres {
        let box_of = |x0: f64, x1: f64, y0: f64, y1: f64| (x0..x1).contains(&x) && (y0..y1).contains(&y);
        let grid = box_of(-10_000.0, 800_000.0, -10_000.0, 1_400_000.0);
        // Great Britain and its islands in Web Mercator: 9.5° west to 2.5° east, 49° to 61.5° north.
        let mercator = box_of(-1_060_000.0, 280_000.0, 6_270_000.0, 8_770_000.0);
        let says = |numbers: &[&str]| declared.is_some_and(|d| numbers.iter().any(|n| d.contains(n)));
        if mercator && (declared.is_none() || says(&["3857", "900913", "102100"])) {
            let next = "Nothing needs to be done. To be rid of this message, export the file in EPSG:4326 or EPSG:27700.";
            problems.warn(Code::D201, Place::file(file), "the coordinates are metres of Web Mercator, and are read as such", next);
            return Some((Crs::Wgs84, true));
        }
        if !grid && (declared.is_none() || says(&["27700"])) {
            let next = "Export the file again in EPSG:4326 (longitude, latitude) or EPSG:27700 (British National Grid).";
            let what = format!("the coordinates ({x:.0}, {y:.0}) are no eastings and northings of Great Britain");
            problems.error(Code::D201, Place::file(file), what, next);
            return None;
        }
    }
    let found = if metres { Crs::BritishNationalGrid } else { Crs::Wgs84 };
    let said = match declared {
        None => return Some((found, false)),
        Some(name) if name.contains("27700") => Crs::BritishNationalGrid,
        Some(name) if name.contains("CRS84") || name.contains("4326") || name.contains("4258") => Crs::Wgs84,
        Some(name) => {
            let next = "Export the file again in EPSG:4326 (longitude, latitude) or EPSG:27700 (British National Grid).";
            problems.error(
                Code::D201,
                Place::file(file).at("crs"),
                format!("the file is in “{name}”, which the engine does not read"),
                next,
            );
            return None;
        }
    };
    if said == found {
        return Some((found, false));
    }
    let (claim, truth) = match said {
        Crs::Wgs84 => ("longitude and latitude", "metres of the British National Grid"),
        Crs::BritishNationalGrid => ("the British National Grid", "degrees"),
    };
    problems.error(
        Code::D201,
        Place::file(file).at("crs"),
        format!("the file says {claim}, but its coordinates are {truth}"),
        "Export it again, or correct or remove the `crs` member: without one, the engine looks at the coordinates.",
    );
    None
}
