//! A shapefile as features: shapes of `.shp`, properties of the `.dbf` beside it, the system of `.prj`.

use std::io::{Cursor, Read};
use std::path::Path;

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, Position};
use serde_json::{Value as Json, json};
use shapefile::dbase::FieldValue;
use shapefile::{PolygonRing, Shape};

/// The features of a shapefile, or why it cannot be read.
pub(super) fn features(path: &Path) -> Result<FeatureCollection, String> {
    let beside = |end: &str| -> Option<Vec<u8>> {
        // `AREAS.SHP` has an `AREAS.DBF`.
        let wanted = path.with_extension(end);
        let name = wanted.file_name()?.to_string_lossy().to_lowercase();
        let mut files = std::fs::read_dir(path.parent()?).ok()?.flatten();
        let found = files.find(|f| f.file_name().to_string_lossy().to_lowercase() == name)?;
        std::fs::read(found.path()).ok()
    };
    let shapes = std::fs::read(path).map_err(|e| format!("the shapefile cannot be opened ({})", e.kind()))?;
    from_parts(shapes, beside("dbf"), beside("prj"))
}

/// Whether an archive holds a shapefile.
pub(super) fn is_archived(bytes: &[u8]) -> bool {
    zip::ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| names(&archive).iter().any(|name| is_shapes(name)))
}

fn names(archive: &zip::ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    archive.file_names().map(|n| n.map(std::borrow::Cow::into_owned).unwrap_or_default()).collect()
}

fn is_shapes(name: &str) -> bool {
    name.to_lowercase().ends_with(".shp") && !name.contains("__MACOSX")
}

/// The features of the one shapefile of an archive, or why it cannot be read.
pub(super) fn archived(bytes: &[u8]) -> Result<FeatureCollection, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "the archive is damaged".to_owned())?;
    let names = names(&archive);
    let ours: Vec<&String> = names.iter().filter(|name| is_shapes(name)).collect();
    let [own] = ours[..] else {
        return Err("the archive holds several shapefiles: unpack it, and give the path of the one with the areas".into());
    };
    let stem = own[..own.len() - 4].to_lowercase();
    let mut part = |end: &str| -> Option<Vec<u8>> {
        let at = names.iter().position(|n| n.to_lowercase() == format!("{stem}.{end}"))?;
        let mut bytes = Vec::new();
        archive.by_index(at).ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    };
    let shapes = part("shp").ok_or("the shapefile in the archive is damaged")?;
    from_parts(shapes, part("dbf"), part("prj"))
}

/// Of the shapes, their properties and the name of their system.
fn from_parts(shapes: Vec<u8>, properties: Option<Vec<u8>>, projection: Option<Vec<u8>>) -> Result<FeatureCollection, String> {
    let Some(table) = properties else {
        return Err("the .dbf file with the names of the areas is not beside the shapefile".into());
    };
    // Others' readers may panic on what they did not foresee: a damaged file is a problem with a place, and no crash.
    let read = std::panic::catch_unwind(|| {
        let table = shapefile::dbase::Reader::new(Cursor::new(table)).map_err(|_| None)?;
        let shapes = shapefile::ShapeReader::new(Cursor::new(shapes)).map_err(Some)?;
        shapefile::Reader::new(shapes, table).read().map_err(Some)
    });
    let read = read.map_err(|_| "the shapefile is damaged".to_owned())?;
    let why = |e: Option<shapefile::Error>| e.as_ref().map_or("the .dbf file beside it cannot be read", said);
    let features = read.map_err(|e| format!("the shapefile cannot be read ({})", why(e)))?.into_iter().map(|(shape, record)| {
        let mut properties = JsonObject::new();
        for (name, value) in record {
            properties.insert(name, property(value));
        }
        Feature { geometry: polygons(shape), properties: Some(properties), ..Feature::default() }
    });
    let mut members = JsonObject::new();
    let projection = projection.map_or(String::new(), |bytes| String::from_utf8_lossy(&bytes).into_owned());
    if let Some(name) = system(&projection) {
        members.insert("crs".into(), json!({"type": "name", "properties": {"name": name}}));
    }
    Ok(FeatureCollection { features: features.collect(), foreign_members: Some(members), ..FeatureCollection::default() })
}

fn said(error: &shapefile::Error) -> &'static str {
    match error {
        shapefile::Error::IoError(_) => "it ends in the middle, or a file beside it is missing",
        shapefile::Error::DbaseError { .. } => "the .dbf file beside it cannot be read",
        _ => "it holds something else than shapes",
    }
}

/// The system that a `.prj` names: by number where it is one that is known, else by its name.
fn system(projection: &str) -> Option<String> {
    let plain = projection.to_lowercase().replace('_', " ");
    match () {
        () if plain.trim().is_empty() => None,
        () if plain.contains("british national grid") || plain.contains("\"27700\"") => Some("EPSG:27700".into()),
        () if plain.contains("mercator auxiliary sphere") || plain.contains("pseudo-mercator") => Some("EPSG:3857".into()),
        () if plain.starts_with("geogcs") && plain.contains("wgs") => Some("EPSG:4326".into()),
        () => projection.split('"').nth(1).map(str::to_owned),
    }
}

fn property(value: FieldValue) -> Json {
    match value {
        FieldValue::Character(Some(text)) | FieldValue::Memo(text) => json!(text.trim_matches(['\0', ' '])),
        FieldValue::Numeric(Some(n)) => json!(n),
        FieldValue::Double(n) | FieldValue::Currency(n) => json!(n),
        FieldValue::Integer(n) => json!(n),
        _ => Json::Null,
    }
}

/// Outer rings with the holes that lie in them; nothing for points and lines.
fn polygons(shape: Shape) -> Option<Geometry> {
    let rings: Vec<(bool, Vec<(f64, f64)>)> = match shape {
        Shape::Polygon(polygon) => rings(polygon.rings(), |p| (p.x, p.y)),
        Shape::PolygonM(polygon) => rings(polygon.rings(), |p| (p.x, p.y)),
        Shape::PolygonZ(polygon) => rings(polygon.rings(), |p| (p.x, p.y)),
        _ => return None,
    };
    let mut parts: Vec<Vec<Vec<(f64, f64)>>> = rings.iter().filter(|r| r.0).map(|r| vec![r.1.clone()]).collect();
    for (_, hole) in rings.iter().filter(|r| !r.0) {
        let Some(corner) = hole.first() else { continue };
        let around = parts.iter().position(|part| contains(&part[0], *corner));
        // A hole outside every outer ring was wound the wrong way round: it is ground.
        match around {
            Some(at) => parts[at].push(hole.clone()),
            None => parts.push(vec![hole.clone()]),
        }
    }
    let position = |(x, y): &(f64, f64)| Position::from([*x, *y]);
    let coordinates = parts.iter().map(|p| p.iter().map(|ring| ring.iter().map(position).collect()).collect()).collect();
    Some(Geometry::new(GeometryValue::MultiPolygon { coordinates }))
}

fn rings<P>(rings: &[PolygonRing<P>], at: fn(&P) -> (f64, f64)) -> Vec<(bool, Vec<(f64, f64)>)> {
    let one = |ring: &PolygonRing<P>| match ring {
        PolygonRing::Outer(points) => (true, points.iter().map(at).collect()),
        PolygonRing::Inner(points) => (false, points.iter().map(at).collect()),
    };
    rings.iter().map(one).collect()
}

/// Whether a corner lies in a ring, by how often a line eastwards from it crosses.
fn contains(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let crosses = |pair: &[(f64, f64)]| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
    };
    ring.windows(2).filter(|pair| crosses(pair)).count() % 2 == 1
}
