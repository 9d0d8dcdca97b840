use std::collections::BTreeMap;

use geo::{MapCoords, MultiPolygon};
use geojson::FeatureCollection;
use schemars::JsonSchema;
use serde::Deserialize;

use super::area_properties::Properties;
use super::boundary_forms::{EXPORT, other_form};
use super::boundary_pages::{Page, tell_cut_off};
use super::boundary_system::{coordinate_system, degrees_of_mercator};
use super::gathered::{BoundarySet, Gathered, Shapeless, Tally};
use super::geojson_shapes::polygons;
use super::geojson_text::{DOWNLOAD_AGAIN, parse};
use super::table_form::document;
use super::{Origin, Source, geopackage_shapes, shapefile_shapes};
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::{Whole, whole_of};
use crate::units::{AreaCode, Geography};

/// The settings of a `boundaries` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Boundaries {}

impl Source for Boundaries {
    fn others_need_it(&self) -> bool {
        true
    }

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
        let mut pages: Vec<Page> = Vec::new();
        for path in paths {
            gathered.files.push((origin.id, path.clone()));
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            let set = match path.to_lowercase() {
                // Downloads are zipped. What is no zipped shapefile is looked at as any other file is.
                name if name.ends_with(".zip") && shapefile_shapes::is_archived(&bytes) => {
                    self::read(origin, &path, shapefile_shapes::archived(&bytes), (&mut gathered.shapeless, &mut tally), problems)
                }
                name if name.ends_with(".shp") => {
                    let features = shapefile_shapes::features(&origin.resolve(&path));
                    self::read(origin, &path, features, (&mut gathered.shapeless, &mut tally), problems)
                }
                name if name.ends_with(".gpkg") => {
                    let features = geopackage_shapes::features(&bytes, origin.reading.table.sheet.as_deref());
                    self::read(origin, &path, features, (&mut gathered.shapeless, &mut tally), problems)
                }
                _ => {
                    let text = document(&path, bytes, problems);
                    let Some(collection) = parse(&path, &text, problems) else { continue };
                    let set = areas(origin, &path, &collection, (&mut gathered.shapeless, &mut tally), problems);
                    pages.push(Page::new(&path, &text, collection.features.len(), set.as_ref()));
                    set
                }
            };
            if let Some(set) = set {
                gathered.boundaries.push(set);
            }
        }
        tell_cut_off(&pages, &mut tally, problems);
        gathered.tallies.push(tally);
    }
}

/// What is kept of an area that has no shape, and of how many features became what.
type Kept<'k> = (&'k mut Vec<Shapeless>, &'k mut Tally);

/// Reads the features of a file in another form.
fn read(
    origin: &Origin,
    file: &str,
    features: Result<FeatureCollection, String>,
    kept: Kept,
    problems: &mut Problems,
) -> Option<BoundarySet> {
    match features {
        Ok(collection) if collection.features.is_empty() => {
            problems.error(Code::R109, Place::file(file), "the file holds no features", DOWNLOAD_AGAIN);
            None
        }
        Ok(collection) => areas(origin, file, &collection, kept, problems),
        Err(what) => {
            let next = format!("Give it with all files that belong to it. Or e{}", &EXPORT[1..]);
            problems.error(Code::R109, Place::file(file), what, next);
            None
        }
    }
}

/// The areas of a collection, whatever form it came in.
fn areas(
    origin: &Origin,
    file: &str,
    collection: &FeatureCollection,
    (shapeless, tally): Kept,
    problems: &mut Problems,
) -> Option<BoundarySet> {
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
    let mut stands_at: BTreeMap<AreaCode, usize> = BTreeMap::new();
    let mut parts: BTreeMap<usize, Vec<MultiPolygon<f64>>> = BTreeMap::new();
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
            // Whose it is may be told by a lookup: the study says whether it is one of its own.
            tally.set_aside("a boundary without a polygon", 1);
            let authority = found.authority_of(feature).or((kind.geography == Geography::Authority).then_some(area));
            shapeless.push(Shapeless { code: area, authority, geography: kind.geography, file: file.into(), at: format!("features[{i}]") });
            continue;
        };
        let shape = if mercator { shape.map_coords(degrees_of_mercator) } else { shape };
        if let Some(at) = stands_at.get(&area) {
            // An area in several parts, as *multipart to singlepart* leaves it; or the very same one again.
            let first = &areas[*at].3;
            let of_it = parts.get(at).map_or(&[][..], Vec::as_slice);
            if shape.0.iter().all(|part| first.0.contains(part) || of_it.iter().any(|p| p.0.contains(part))) {
                tally.set_aside("the same boundary again", 1);
            } else {
                parts.entry(*at).or_default().push(shape);
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
    for (at, of_it) in parts {
        let all: Vec<MultiPolygon<f64>> = std::iter::once(areas[at].3.clone()).chain(of_it).collect();
        let more = all.len() as u64 - 1;
        areas[at].3 = match whole_of(&all) {
            Whole::Same => {
                tally.set_aside("the same boundary again", more);
                continue;
            }
            Whole::Parts(whole) => whole,
            // Those that overlap are left as they are: where the area is one of the study, that is told.
            Whole::Other => MultiPolygon(all.into_iter().flat_map(|part| part.0).collect()),
        };
        tally.note("parts of an area that has several", more);
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
