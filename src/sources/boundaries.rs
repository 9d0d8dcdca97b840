use geo::MultiPolygon;
use geojson::{FeatureCollection, GeoJson};
use schemars::JsonSchema;
use serde::Deserialize;

use super::gathered::{BoundarySet, Gathered, Tally};
use super::geojson_checked::is_whole;
use super::ons_heading::ons_heading;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Crs, Geography};

/// The settings of a `boundaries` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Boundaries {}

impl Source for Boundaries {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "boundaries");
        for path in origin.files(|n| n.ends_with(".geojson") || n.ends_with(".json"), "GeoJSON files", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            if let Some(set) = read_geojson(origin, &path, &bytes, &mut tally, problems) {
                gathered.boundaries.push(set);
            }
        }
        gathered.tallies.push(tally);
    }
}

const DOWNLOAD_AGAIN: &str = "Download the boundaries again as GeoJSON from the ONS Open Geography Portal.";

/// Reads one GeoJSON file of areas.
pub(super) fn read_geojson(origin: &Origin, file: &str, bytes: &[u8], tally: &mut Tally, problems: &mut Problems) -> Option<BoundarySet> {
    let collection = parse(file, bytes, problems)?;
    let first = collection.features.first().and_then(|f| f.properties.as_ref());
    let headings: Vec<&String> = first.map(|p| p.keys().collect()).unwrap_or_default();
    // Ward files carry the authority's code too: the finest geography is the one drawn.
    let code = headings.iter().filter_map(|h| Some((ons_heading(h)?, *h))).filter(|(h, _)| h.code).min_by_key(|(h, _)| h.geography);
    let Some((kind, code_heading)) = code else {
        let listed = headings.iter().map(|h| h.as_str()).collect::<Vec<_>>().join(", ");
        problems.error(
            Code::R103,
            Place::file(file).at("properties"),
            "no property holds area codes",
            format!("A property named like LSOA21CD, MSOA21CD, WD25CD or LAD25CD is needed. The properties are: {listed}."),
        );
        return None;
    };
    let of_kind = |wanted: Geography, is_code: bool| {
        headings.iter().find(|h| ons_heading(h).is_some_and(|k| k.geography == wanted && k.code == is_code)).map(|h| h.as_str())
    };
    let name_heading = of_kind(kind.geography, false);
    let authority_heading = of_kind(Geography::Authority, true).or(headings.iter().map(|h| h.as_str()).find(|h| *h == "LADCD_ACTIVE"));
    let crs = coordinate_system(file, &collection, problems)?;

    let mut areas = Vec::new();
    for (i, feature) in collection.features.iter().enumerate() {
        tally.read += 1;
        let place = || Place::file(file).at(format!("features[{i}]"));
        let text = |heading: &str| feature.property(heading).and_then(|v| v.as_str()).map(str::trim);
        let Some(area) = text(code_heading).and_then(|c| AreaCode::parse(origin.clean(c).trim())) else {
            tally.set_aside("a boundary without an area code", 1);
            problems.error(Code::R104, place().at(format!("features[{i}].{code_heading}")), "there is no area code", DOWNLOAD_AGAIN);
            continue;
        };
        let Some(shape) = feature.geometry.as_ref().and_then(|g| polygons(&g.value)) else {
            tally.set_aside("a boundary without a polygon", 1);
            problems.error(Code::R109, place(), format!("{area} has no polygon"), DOWNLOAD_AGAIN);
            continue;
        };
        let name = name_heading.and_then(text).map(|n| origin.clean(n).trim().to_owned()).filter(|n| !n.is_empty());
        let name = name.unwrap_or_else(|| area.as_str().to_owned());
        let authority = authority_heading.and_then(text).and_then(AreaCode::parse);
        areas.push((area, name, authority.or((kind.geography == Geography::Authority).then_some(area)), shape));
    }
    Some(BoundarySet { source: origin.id, file: file.into(), geography: kind.geography, vintage: kind.vintage, crs, areas })
}

fn parse(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<FeatureCollection> {
    let place = |line: u64| if line > 0 { Place::line(file, line) } else { Place::file(file) };
    match serde_json::from_slice::<GeoJson>(bytes) {
        Ok(GeoJson::FeatureCollection(collection)) if !collection.features.is_empty() => {
            let broken = |f: &geojson::Feature| f.geometry.as_ref().is_some_and(|g| !is_whole(&g.value));
            let Some(i) = collection.features.iter().position(broken) else { return Some(collection) };
            let next = "The file was cut off or edited. Download it again.";
            problems.error(Code::R109, place(0).at(format!("features[{i}].geometry")), "a position has fewer than two numbers", next);
        }
        Ok(GeoJson::FeatureCollection(_)) => problems.error(Code::R109, place(0), "the file holds no features", DOWNLOAD_AGAIN),
        Ok(_) => problems.error(Code::R109, place(0), "the file is not a feature collection", DOWNLOAD_AGAIN),
        Err(e) if e.is_eof() => problems.error(
            Code::R109,
            place(e.line() as u64),
            "the GeoJSON ends in the middle",
            "The download stopped early. Download it again.",
        ),
        Err(e) => problems.error(Code::R109, place(e.line() as u64), "the file is not GeoJSON from here on", DOWNLOAD_AGAIN),
    }
    None
}

pub(super) fn polygons(value: &geojson::GeometryValue) -> Option<MultiPolygon<f64>> {
    if !is_whole(value) {
        return None;
    }
    match geo::Geometry::<f64>::try_from(value).ok()? {
        geo::Geometry::Polygon(p) => Some(MultiPolygon(vec![p])),
        geo::Geometry::MultiPolygon(p) => Some(p),
        _ => None,
    }
    .filter(|shape| !shape.0.is_empty())
}

/// The declared system, checked against the coordinates; found from them where the file declares none.
fn coordinate_system(file: &str, collection: &FeatureCollection, problems: &mut Problems) -> Option<Crs> {
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
    let found = if metres { Crs::BritishNationalGrid } else { Crs::Wgs84 };
    let said = match declared {
        None => return Some(found),
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
        return Some(found);
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

fn first_position(value: &geojson::GeometryValue) -> Option<(f64, f64)> {
    use geo::CoordsIter;
    polygons(value)?.coords_iter().next().map(|c| (c.x, c.y))
}
