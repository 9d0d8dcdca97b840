//! One GeoPackage (OGC 12-128r18) with all layers: outlines once, numbers apart from them, and styles that QGIS opens as the maps are drawn.
//!
//! Outlines and sites lie in metres on the British National Grid (EPSG:27700), as they do in the findings. Each finding by area is a table of
//! its numbers (`…_data`) and a layer, which is a view that joins it to the outlines. The same findings give the same bytes.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params, params_from_iter, types::Value as Sql};

use super::stored::Stored;
use super::style::qml;
use super::{by_area, outlines_apart};
use crate::model::{Finding, Findings, Outline};
use crate::outputs::Picture;
use crate::outputs::tables::machine::{Column, Holds, columns, digits, state};
use crate::outputs::tables::{Value, table};

/// `GPKG` as a number, and version 1.3 of the standard.
const MARK: &str = "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;";
/// An outline of some kilobytes leaves much of an ordinary page empty; of many outlines that is a quarter of the file.
const LARGE_PAGES: &str = "PRAGMA page_size = 16384;";
/// More outlines than this are many.
const MANY_OUTLINES: usize = 1_000;
/// The British National Grid.
const GRID: i32 = 27_700;
/// A time that says nothing of when it was made: the period stands in the table `about`.
const NO_TIME: &str = "2000-01-01T00:00:00.000Z";

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
CREATE TABLE about (fid INTEGER PRIMARY KEY, what TEXT NOT NULL, says TEXT NOT NULL);
CREATE TABLE areas (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON NOT NULL, area_code TEXT NOT NULL UNIQUE, area_name TEXT NOT NULL);
CREATE TABLE service_sites (fid INTEGER PRIMARY KEY, geom POINT NOT NULL, service TEXT NOT NULL, name TEXT NOT NULL, types TEXT NOT NULL, state TEXT NOT NULL);
";

const GRID_WKT: &str = r#"PROJCS["OSGB36 / British National Grid",GEOGCS["OSGB36",DATUM["Ordnance_Survey_of_Great_Britain_1936",SPHEROID["Airy 1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4277"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","27700"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]"#;

/// The bytes of the GeoPackage; `None` where no finding is by area and no site is public. `layers` are findings with their names and how their
/// maps were drawn.
///
/// # Errors
/// Where it cannot be made: the message says why.
pub(in crate::outputs) fn geopackage(
    findings: &Findings,
    layers: &[(&Finding, &str, Option<&Picture>)],
) -> Result<Option<Vec<u8>>, String> {
    let layers: Vec<_> = layers.iter().filter(|(finding, ..)| by_area(finding)).collect();
    if layers.is_empty() && findings.sites.is_empty() {
        return Ok(None);
    }
    let made = || -> rusqlite::Result<Vec<u8>> {
        let mut db = Connection::open_in_memory()?;
        if findings.outlines.len() > MANY_OUTLINES {
            db.execute_batch(LARGE_PAGES)?;
        }
        db.execute_batch(MARK)?;
        db.execute_batch("BEGIN;")?;
        db.execute_batch(TABLES)?;
        reference_systems(&db)?;
        about(&db, findings)?;
        outlines(&db, findings)?;
        sites(&db, findings)?;
        let mut names = std::collections::BTreeSet::new();
        for (finding, stem, drawn) in layers {
            let mut name = layer_name(stem);
            while !names.insert(name.clone()) {
                name.push('_');
            }
            layer(&db, findings, finding, &name, *drawn)?;
        }
        db.execute_batch("COMMIT;")?;
        Ok(db.serialize("main")?.to_vec())
    };
    made().map(Some).map_err(|e| format!("the GeoPackage cannot be made: {e}"))
}

/// Names of layers begin with a letter and never with `gpkg`.
fn layer_name(stem: &str) -> String {
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_ascii_lowercase()) && !plain.starts_with("gpkg") { plain } else { format!("layer_{plain}") }
}

fn reference_systems(db: &Connection) -> rusqlite::Result<()> {
    let rows = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84_WKT),
        ("OSGB36 / British National Grid", GRID, "EPSG", GRID, GRID_WKT),
    ];
    for (name, id, organisation, number, definition) in rows {
        db.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, NULL)",
            params![name, id, organisation, number, definition],
        )?;
    }
    Ok(())
}

/// What the file is, for whom, of which months, by whose leave.
fn about(db: &Connection, findings: &Findings) -> rusqlite::Result<()> {
    let frame = &findings.frame;
    let mut rows = vec![
        ("title", frame.title.clone()),
        ("for whom", findings.policy.tier.word().to_owned()),
        ("period", frame.period.label()),
        ("made by", format!("gapmap {}", findings.engine)),
        ("empty numbers", "a column …_state says of each number whether it is known, withheld, missing or not_applicable".to_owned()),
    ];
    rows.extend(frame.invented_mark().map(|mark| ("note", mark)));
    rows.extend(findings.sources.iter().map(|s| ("source", s.attribution.as_ref().map_or(s.name.clone(), |a| format!("{}: {a}", s.name)))));
    for (what, says) in rows {
        db.execute("INSERT INTO about (what, says) VALUES (?1, ?2)", params![what, says])?;
    }
    contents(db, "about", "attributes", "About these layers", None)?;
    contents(db, "layer_styles", "attributes", "Styles", None)
}

fn contents(db: &Connection, table: &str, kind: &str, about: &str, bounds: Option<[f64; 4]>) -> rusqlite::Result<()> {
    let [west, south, east, north] = bounds.map_or([None; 4], |b| b.map(Some));
    let srs = bounds.map(|_| GRID);
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![table, kind, about, NO_TIME, west, south, east, north, srs],
    )?;
    Ok(())
}

fn geometry_column(db: &Connection, table: &str, kind: &str) -> rusqlite::Result<()> {
    db.execute("INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)", params![table, kind, GRID])?;
    Ok(())
}

fn outlines(db: &Connection, findings: &Findings) -> rusqlite::Result<()> {
    let mut insert = db.prepare("INSERT INTO areas (geom, area_code, area_name) VALUES (?1, ?2, ?3)")?;
    for outline in &findings.outlines {
        insert.execute(params![multipolygon(outline), outline.code.as_str(), outline.name])?;
    }
    contents(db, "areas", "features", "Outlines of the areas", Some(extent(findings)))?;
    geometry_column(db, "areas", "MULTIPOLYGON")
}

fn extent(findings: &Findings) -> [f64; 4] {
    let (west, south, east, north) = crate::outputs::places::bounds(&findings.outlines);
    if west.is_finite() { [west, south, east, north] } else { [0.0; 4] }
}

fn sites(db: &Connection, findings: &Findings) -> rusqlite::Result<()> {
    let mut insert = db.prepare("INSERT INTO service_sites (geom, service, name, types, state) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for site in &findings.sites {
        let mut blob = head(None);
        blob.extend(wkb(1));
        blob.extend([site.easting_m, site.northing_m].iter().flat_map(|x| f64::from(*x).to_le_bytes()));
        insert.execute(params![blob, site.service, site.name, site.types.join("; "), site.state.label()])?;
    }
    let range = |of: fn(&crate::model::PublicSite) -> i32| {
        let all = || findings.sites.iter().map(of);
        (f64::from(all().min().unwrap_or(0)), f64::from(all().max().unwrap_or(0)))
    };
    let ((west, east), (south, north)) = (range(|s| s.easting_m), range(|s| s.northing_m));
    contents(db, "service_sites", "features", "Public sites of services", Some([west, south, east, north]))?;
    geometry_column(db, "service_sites", "POINT")
}

/// The numbers of a finding, and the view that joins them to the outlines.
fn layer(db: &Connection, findings: &Findings, finding: &Finding, name: &str, drawn: Option<&Picture>) -> rusqlite::Result<()> {
    let view = table(finding);
    let columns = columns(&view);
    let data = format!("{name}_data");
    let outlined: HashSet<&str> = findings.outlines.iter().map(|o| o.code.as_str()).collect();
    let fills: HashMap<&str, &str> =
        drawn.map_or_else(HashMap::new, |d| d.areas.iter().map(|(c, fill)| (c.as_str(), fill.as_str())).collect());
    // Rows of areas that have an outline.
    let mut rows: Vec<Vec<Sql>> = Vec::new();
    for row in &view.rows {
        let code = row.first().map_or(String::new(), Value::plain);
        if outlined.contains(code.as_str()) {
            rows.push(values(&columns, row, fills.get(code.as_str()).copied()));
        }
    }
    // The first column is the code, the second the name: the outlines have it already.
    let mut stored: Vec<Stored> = Vec::new();
    for column in columns.iter().filter(|c| c.name != "area_name") {
        let kind = match column.holds {
            Holds::Text => "TEXT",
            Holds::Whole => "INTEGER",
            Holds::Decimal => "REAL",
        };
        stored.push(Stored::plain(&column.name, kind));
        stored.extend(column.has_state.then(|| Stored::plain(&format!("{}_state", column.name), "TEXT NOT NULL")));
    }
    stored.push(Stored::plain("drawn_as", "TEXT"));
    if outlines_apart(findings) {
        stored.iter_mut().enumerate().skip(1).for_each(|(at, column)| column.shorten(at, &mut rows));
    }
    let kept: Vec<usize> = (0..stored.len()).filter(|at| stored[*at].kind.is_some()).collect();
    let definitions: String = kept.iter().map(|at| format!(", {} {}", stored[*at].name, stored[*at].kind.unwrap_or_default())).collect();
    db.execute_batch(&format!("CREATE TABLE \"{data}\" (fid INTEGER PRIMARY KEY{definitions});"))?;
    let names = kept.iter().map(|at| stored[*at].name.as_str()).collect::<Vec<_>>().join(", ");
    let marks = (1..=kept.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
    let mut insert = db.prepare(&format!("INSERT INTO \"{data}\" ({names}) VALUES ({marks})"))?;
    for row in rows {
        insert.execute(params_from_iter(kept.iter().map(|at| &row[*at])))?;
    }
    let rest = stored.iter().skip(1).map(|c| format!("{} AS {}", c.shown, c.name)).collect::<Vec<_>>().join(", ");
    db.execute_batch(&format!(
        "CREATE VIEW \"{name}\" AS SELECT a.fid AS OGC_FID, a.geom AS geom, a.area_code AS area_code, a.area_name AS area_name, {rest} FROM areas a JOIN \"{data}\" d ON d.area_code = a.area_code;"
    ))?;
    let about = format!("{}. {}. Source: {}", finding.headline, finding.subtitle, finding.sources.join("; "));
    contents(db, &data, "attributes", &about, None)?;
    contents(db, name, "features", &about, Some(extent(findings)))?;
    geometry_column(db, name, "MULTIPOLYGON")?;
    if let Some(drawn) = drawn {
        db.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '', '', ?4)",
            params![name, qml(drawn), finding.subtitle, NO_TIME],
        )?;
    }
    Ok(())
}

/// The values of a row, and how its area is filled on the map.
fn values(columns: &[Column], row: &[Value], fill: Option<&str>) -> Vec<Sql> {
    let mut values = Vec::new();
    for (column, value) in columns.iter().zip(row).filter(|(c, _)| c.name != "area_name") {
        let number = || digits(value).parse::<f64>().ok();
        match column.holds {
            Holds::Text if state(value) != "known" => values.push(Sql::Null),
            Holds::Text => values.push(Sql::Text(value.plain())),
            Holds::Whole => values.push(number().map_or(Sql::Null, |n| Sql::Integer(n as i64))),
            Holds::Decimal => values.push(number().map_or(Sql::Null, Sql::Real)),
        }
        if column.has_state {
            values.push(Sql::Text(state(value).into()));
        }
    }
    values.push(fill.map_or(Sql::Null, |fill| Sql::Text(fill.to_owned())));
    values
}

/// Head of a geometry: `GP`, version 0, little-endian, with a box where one is given.
fn head(bounds: Option<[f64; 4]>) -> Vec<u8> {
    let mut blob = vec![b'G', b'P', 0, if bounds.is_some() { 0b011 } else { 0b001 }];
    blob.extend(GRID.to_le_bytes());
    // West, east, south, north.
    blob.extend(bounds.into_iter().flat_map(|[w, s, e, n]| [w, e, s, n]).flat_map(f64::to_le_bytes));
    blob
}

/// Beginning of a little-endian geometry of a type.
fn wkb(kind: u32) -> [u8; 5] {
    let k = kind.to_le_bytes();
    [1, k[0], k[1], k[2], k[3]]
}

fn multipolygon(outline: &Outline) -> Vec<u8> {
    let (west, south, east, north) = crate::outputs::places::bounds(std::slice::from_ref(outline));
    let mut blob = head(west.is_finite().then_some([west, south, east, north]));
    let count = |n: usize| (n as u32).to_le_bytes();
    blob.extend(wkb(6));
    blob.extend(count(outline.polygons.len()));
    for polygon in &outline.polygons {
        blob.extend(wkb(3));
        blob.extend(count(polygon.len()));
        for ring in polygon {
            blob.extend(count(ring.len() + usize::from(!ring.is_empty())));
            for (x, y) in ring.iter().chain(ring.first()) {
                blob.extend(f64::from(*x).to_le_bytes());
                blob.extend(f64::from(*y).to_le_bytes());
            }
        }
    }
    blob
}
