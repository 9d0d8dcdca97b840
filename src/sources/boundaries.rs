use geo::{MapCoords, MultiPolygon};
use geojson::{FeatureCollection, GeoJson};
use schemars::JsonSchema;
use serde::Deserialize;

use super::area_properties::Properties;
use super::gathered::{BoundarySet, Gathered, Tally};
use super::geojson_checked::is_whole;
use super::polygons::polygons;
use super::table_form::document;
use super::{Origin, Source, geopackage_shapes, shapefile_shapes};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Crs, Geography};

/// The settings of a `boundaries` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Boundaries {}

impl Source for Boundaries {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "boundaries");
        let foreign = std::cell::RefCell::new(Vec::new());
        let wanted = |name: &str| {
            let lower = name.to_lowercase();
            if other_form(&lower).is_some() {
                foreign.borrow_mut().push(lower.clone());
            }
            [".geojson", ".json", ".shp", ".gpkg"].iter().any(|end| lower.ends_with(end))
        };
        let paths = origin.files(wanted, "GeoJSON files, shapefiles or GeoPackages", problems);
        if let (true, Some(what)) = (paths.is_empty(), foreign.borrow().iter().find_map(|name| other_form(name))) {
            let place = Place::file(origin.paths.first().map_or("", String::as_str));
            problems.error(Code::R109, place, format!("there is {what} here, and no GeoJSON, shapefile or GeoPackage"), EXPORT);
        }
        for path in paths {
            gathered.files.push((origin.id, path.clone()));
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            let set = match path.to_lowercase() {
                // Downloads are zipped. What is no zipped shapefile is looked at as any other file is.
                name if name.ends_with(".zip") && shapefile_shapes::is_archived(&bytes) => {
                    self::read(origin, &path, shapefile_shapes::archived(&bytes), &mut tally, problems)
                }
                name if name.ends_with(".shp") => {
                    self::read(origin, &path, shapefile_shapes::features(&origin.resolve(&path)), &mut tally, problems)
                }
                name if name.ends_with(".gpkg") => {
                    let features = geopackage_shapes::features(&bytes, origin.reading.table.sheet.as_deref());
                    self::read(origin, &path, features, &mut tally, problems)
                }
                _ => read_geojson(origin, &path, &document(&path, bytes, problems), &mut tally, problems),
            };
            if let Some(set) = set {
                gathered.boundaries.push(set);
            }
        }
        gathered.tallies.push(tally);
    }
}

const EXPORT: &str = "Export the layer as GeoJSON in EPSG:4326: in QGIS, right-click the layer, Export, Save Features As; or `ogr2ogr -f GeoJSON -t_srs EPSG:4326 areas.geojson` and the file.";

/// What other programs keep shapes in, by the name of the file.
fn other_form(name: &str) -> Option<&'static str> {
    const FORMS: [(&str, &str); 7] = [
        (".kml", "a KML file"),
        (".kmz", "a KML file"),
        (".topojson", "a TopoJSON file"),
        (".gml", "a GML file"),
        (".fgb", "a FlatGeobuf file"),
        (".tab", "a MapInfo file"),
        (".zip", "an archive"),
    ];
    FORMS.iter().find(|(end, _)| name.to_lowercase().ends_with(end)).map(|f| f.1)
}

/// What a file that is no GeoJSON is, by its first bytes or members.
fn foreign_bytes(file: &str, bytes: &[u8]) -> Option<&'static str> {
    let by_name = || other_form(file);
    match bytes {
        [0, 0, 0x27, 0x0A, ..] => return Some("a shapefile"),
        [b'P', b'K', 3, 4, ..] => return Some("an archive"),
        bytes if bytes.starts_with(b"SQLite format 3") => return Some("a GeoPackage"),
        bytes if bytes.trim_ascii_start().starts_with(b"<") => return by_name().or(Some("a web page or XML")),
        _ => {}
    }
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(bytes) else {
        let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
        let is_line = serde_json::from_slice::<serde_json::Value>(first).is_ok_and(|v| v.get("type").is_some_and(|t| t == "Feature"));
        return if is_line { Some("GeoJSON with a feature a line") } else { by_name() };
    };
    if document.get("geometryType").is_some() || document.pointer("/features/0/attributes").is_some() {
        return Some("Esri's own JSON (ask the server for `f=geojson`)");
    }
    (document.get("type").is_some_and(|t| t == "Topology")).then_some("a TopoJSON file")
}

const DOWNLOAD_AGAIN: &str = "Download the boundaries again as GeoJSON from the ONS Open Geography Portal.";

const NO_POLYGON: &str = "A boundary is a polygon, a multipolygon, or a collection that holds one. Mend the shape in a GIS, or download the boundaries again as GeoJSON.";

/// Reads one GeoJSON file of areas.
pub(super) fn read_geojson(origin: &Origin, file: &str, bytes: &[u8], tally: &mut Tally, problems: &mut Problems) -> Option<BoundarySet> {
    let collection = parse(file, bytes, problems)?;
    cut_off(file, bytes, collection.features.len(), problems);
    areas(origin, file, &collection, tally, problems)
}

/// Reads the features of a file in another form.
fn read(
    origin: &Origin,
    file: &str,
    features: Result<FeatureCollection, String>,
    tally: &mut Tally,
    problems: &mut Problems,
) -> Option<BoundarySet> {
    match features {
        Ok(collection) if collection.features.is_empty() => {
            problems.error(Code::R109, Place::file(file), "the file holds no features", DOWNLOAD_AGAIN);
            None
        }
        Ok(collection) => areas(origin, file, &collection, tally, problems),
        Err(what) => {
            let next = format!("Give it with all files that belong to it. Or e{}", &EXPORT[1..]);
            problems.error(Code::R109, Place::file(file), what, next);
            None
        }
    }
}

/// The areas of a collection, whatever form it came in.
fn areas(origin: &Origin, file: &str, collection: &FeatureCollection, tally: &mut Tally, problems: &mut Problems) -> Option<BoundarySet> {
    let found = match Properties::find(collection) {
        Ok(found) => found,
        Err(headings) => {
            let listed = headings.join(", ");
            problems.error(
                Code::R103,
                Place::file(file).at("properties"),
                "no property holds area codes",
                format!("A property named like LSOA21CD, MSOA21CD, WD25CD or LAD25CD is needed. The properties are: {listed}."),
            );
            return None;
        }
    };
    let (kind, code_heading) = (found.kind, found.code.as_str());
    let (crs, mercator) = coordinate_system(file, collection, problems)?;
    let mut older_alone: Option<(usize, u64)> = None;

    let mut areas: Vec<(AreaCode, String, Option<AreaCode>, MultiPolygon<f64>)> = Vec::new();
    let mut stands_at: std::collections::BTreeMap<AreaCode, usize> = std::collections::BTreeMap::new();
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
            problems.error(Code::R109, place(), format!("{area} has no polygon"), NO_POLYGON);
            continue;
        };
        let shape = if mercator { shape.map_coords(degrees_of_mercator) } else { shape };
        if let Some(at) = stands_at.get(&area) {
            // An area in several parts, as *multipart to singlepart* leaves it; or the very same one again.
            let whole = &mut areas[*at].3;
            let again = shape.0.iter().all(|part| whole.0.contains(part));
            if again {
                tally.set_aside("the same boundary again", 1);
            } else {
                tally.note("parts of an area that has several", 1);
                whole.0.extend(shape.0);
            }
            continue;
        }
        let name = found.name.as_deref().and_then(text).map(|n| origin.clean(n).trim().to_owned()).filter(|n| !n.is_empty());
        let name = name.unwrap_or_else(|| area.as_str().to_owned());
        let authority = found.authority_of(feature);
        if found.told_by_older_alone(feature).is_some() {
            older_alone = Some(older_alone.map_or((i, 1), |(first, n)| (first, n + 1)));
        }
        stands_at.insert(area, areas.len());
        areas.push((area, name, authority.or((kind.geography == Geography::Authority).then_some(area)), shape));
    }
    if let Some((first, n)) = older_alone
        && let Some((newest, older)) = found.told_by_older_alone(&collection.features[first])
    {
        let next = "Fill in the newest column, or take it out where the older codes are those of the study.";
        let what = format!("{n} areas have no code under {newest}, and one under {older}, from before authorities changed");
        problems.error(Code::R104, Place::file(file).at(format!("features[{first}].{newest}")), what, next);
    }
    Some(BoundarySet {
        source: origin.id,
        file: file.into(),
        geography: kind.geography,
        vintage: kind.vintage,
        crs,
        authority_vintage: found.authority_vintage,
        areas,
    })
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
        Err(_) if foreign_bytes(file, bytes).is_some() => {
            let what = foreign_bytes(file, bytes).unwrap_or_default();
            problems.error(Code::R109, place(0), format!("this is {what}, and no GeoJSON"), EXPORT);
        }
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

/// A feature service gives a thousand or two features at a time, and says so where more were left out.
///
/// Where in the file it says so differs between servers and versions, so the words are looked for wherever they stand.
fn cut_off(file: &str, bytes: &[u8], n: usize, problems: &mut Problems) {
    let said = memchr::memmem::find_iter(bytes, b"\"exceededTransferLimit\"").any(|at| {
        let after =
            bytes[at..].iter().skip("\"exceededTransferLimit\"".len()).filter(|b| !b.is_ascii_whitespace() && **b != b'"' && **b != b':');
        after.take(4).copied().eq(*b"true")
    });
    let next = "Download it again in parts (`resultOffset`), or as a file from the ONS Open Geography Portal: the areas that are missing would have no residents and their incidents no area.";
    if said {
        problems.error(
            Code::R115,
            Place::file(file),
            format!("the server cut the file off after {n} boundaries, as the file says itself"),
            next,
        );
    } else if n >= 1000 && n.is_multiple_of(1000) {
        problems.warn(
            Code::R115,
            Place::file(file),
            format!("the file holds exactly {n} boundaries: many servers stop at such a number"),
            next,
        );
    }
}

/// Radius of the sphere of Web Mercator, in metres.
const MERCATOR_RADIUS_M: f64 = 6_378_137.0;

/// Web Mercator (EPSG:3857) to degrees on WGS84.
fn degrees_of_mercator(c: geo::Coord<f64>) -> geo::Coord<f64> {
    let lat = 2.0 * (c.y / MERCATOR_RADIUS_M).exp().atan() - std::f64::consts::FRAC_PI_2;
    geo::Coord { x: (c.x / MERCATOR_RADIUS_M).to_degrees(), y: lat.to_degrees() }
}

/// The declared system, checked against the coordinates; found from them where the file declares none. With it, whether the coordinates are Web
/// Mercator, to be turned into degrees.
fn coordinate_system(file: &str, collection: &FeatureCollection, problems: &mut Problems) -> Option<(Crs, bool)> {
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

fn first_position(value: &geojson::GeometryValue) -> Option<(f64, f64)> {
    use geo::CoordsIter;
    polygons(value)?.coords_iter().next().map(|c| (c.x, c.y))
}
