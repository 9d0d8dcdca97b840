//! Layers for QGIS. One GeoPackage holds all of them, as drawn; beside it GeoJSON for what reads nothing else: WGS84, longitude
//! first, six decimals, one feature for each area with the values of a finding; of large studies the outlines alone, once.

mod geopackage;
mod stored;
mod style;

use std::collections::BTreeMap;

use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, JsonObject, Position};
use serde_json::{Value as Json, json};

use super::places::lon_lat;
use super::tables::{Value, table};
use crate::model::{AreaMeasure, Body, Finding, Findings, Outline};
pub(super) use geopackage::geopackage;

/// Studies of more areas than this have their outlines in one file: two dozen layers of the same shapes would be most of the pack.
pub(super) const MOST_AREAS_OF_A_LAYER: usize = 1_000;

/// Whether outlines stand in one file, `areas.geojson`, and numbers apart from them, in the tables for programs and the GeoPackage.
pub(super) fn outlines_apart(findings: &Findings) -> bool {
    findings.outlines.len() > MOST_AREAS_OF_A_LAYER
}

/// The outlines of a large study, once: to be joined by `area_code` to the tables in `data/`. `None` where each finding has a layer of its own.
pub(super) fn outlines(findings: &Findings) -> Option<Vec<u8>> {
    let features = findings.outlines.iter().filter_map(|outline| {
        let mut properties = JsonObject::new();
        properties.insert("area_code".into(), json!(outline.code.as_str()));
        properties.insert("area_name".into(), json!(outline.name));
        note(findings, &mut properties);
        Some(Feature { geometry: Some(geometry(outline)?), properties: Some(properties), ..Feature::default() })
    });
    outlines_apart(findings).then(|| finish("Outlines of the areas", features.collect()))
}

/// The layer of a finding by area; `None` for other shapes, and where outlines stand apart ([`outlines`]).
pub(super) fn geojson(findings: &Findings, finding: &Finding) -> Option<Vec<u8>> {
    if !by_area(finding) || outlines_apart(findings) {
        return None;
    }
    let view = table(finding);
    let by_code: BTreeMap<&str, &Outline> = findings.outlines.iter().map(|o| (o.code.as_str(), o)).collect();
    let features = view.rows.iter().filter_map(|row| {
        let code = row.first()?.plain();
        let outline = by_code.get(code.as_str())?;
        let mut properties = JsonObject::new();
        for (heading, value) in view.headings.iter().zip(row) {
            // A missing number is null with the reason beside it: a shorthand would turn the whole column into text.
            let (number, reason) = match value {
                Value::Text(text) => (json!(text), None),
                Value::Count(n) => (json!(n), None),
                Value::Number(x, decimals) => (json!(format!("{x:.decimals$}").parse::<f64>().unwrap_or(*x)), None),
                Value::Nothing(mark) => (Json::Null, Some(*mark)),
            };
            if let Some(mark) = reason {
                properties.insert(format!("{heading} (why empty)"), json!(mark));
            }
            properties.insert(heading.clone(), number);
        }
        note(findings, &mut properties);
        Some(Feature { geometry: Some(geometry(outline)?), properties: Some(properties), ..Feature::default() })
    });
    Some(finish(&finding.subtitle, features.collect()))
}

/// Whether a finding has a row for each area that a map program may join to outlines. Clusters list circles, and their areas beside them.
pub(super) fn by_area(finding: &Finding) -> bool {
    !matches!(finding.body, Body::Clusters(_)) && AreaMeasure::ALL.into_iter().any(|tells| finding.by_area(tells).is_some())
}

/// The public sites of services.
pub(super) fn sites(findings: &Findings) -> Vec<u8> {
    let features = findings.sites.iter().filter_map(|site| {
        let [lon, lat] = lon_lat((site.easting_m, site.northing_m))?;
        let mut properties = JsonObject::new();
        properties.insert("service".into(), json!(site.service));
        properties.insert("name".into(), json!(site.name));
        properties.insert("types".into(), json!(site.types.join("; ")));
        properties.insert("state".into(), json!(site.state.label()));
        note(findings, &mut properties);
        let point = Geometry::new(GeometryValue::Point { coordinates: Position::from([lon, lat]) });
        Some(Feature { geometry: Some(point), properties: Some(properties), ..Feature::default() })
    });
    finish("Public sites of services", features.collect())
}

fn note(findings: &Findings, properties: &mut JsonObject) {
    properties.insert("tier".into(), json!(findings.policy.tier.word()));
    if let Some(mark) = findings.frame.invented_mark() {
        properties.insert("note".into(), json!(mark));
    }
}

fn geometry(outline: &Outline) -> Option<Geometry> {
    let ring = |ring: &Vec<(i32, i32)>| -> Option<Vec<Position>> {
        let closed = ring.iter().chain(ring.first());
        closed.map(|c| lon_lat(*c).map(Position::from)).collect()
    };
    let polygons: Option<Vec<Vec<Vec<Position>>>> = outline.polygons.iter().map(|p| p.iter().map(ring).collect()).collect();
    Some(Geometry::new(GeometryValue::MultiPolygon { coordinates: polygons? }))
}

fn finish(name: &str, features: Vec<Feature>) -> Vec<u8> {
    let mut members = JsonObject::new();
    members.insert("name".into(), json!(name));
    let collection = FeatureCollection { features, foreign_members: Some(members), ..FeatureCollection::default() };
    GeoJson::from(collection).to_string().into_bytes()
}
