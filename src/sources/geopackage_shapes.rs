//! A layer of a GeoPackage as features (OGC 12-128): shapes from its binary form, properties from the columns beside.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, Position};
use rusqlite::{Connection, types::ValueRef};
use serde_json::{Value as Json, json};

use super::ons_heading::ons_heading;
use crate::diagnostics::nearest;

/// The features of a layer, or why they cannot be read: the one that is named, or the one layer that holds areas.
pub(super) fn features(bytes: &[u8], wanted: Option<&str>) -> Result<FeatureCollection, String> {
    let broken = |_: rusqlite::Error| "the GeoPackage cannot be read".to_owned();
    let mut db = Connection::open_in_memory().map_err(broken)?;
    // In the mode of a log that is written ahead, as QGIS leaves it, the file by itself is whole; only its mark (bytes 18 and 19) asks for the log.
    let mut whole = bytes.to_vec();
    whole.get_mut(18..20).into_iter().flatten().for_each(|mark| *mark = 1);
    db.deserialize_read_exact("main", whole.as_slice(), whole.len(), true).map_err(broken)?;
    let layer = choose(layers(&db).map_err(broken)?, wanted)?;
    read(&db, &layer).map_err(broken)
}

/// A layer: its table, its column of shapes, its system, and its columns.
struct Layer {
    table: String,
    shapes: String,
    system: String,
    columns: Vec<String>,
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn layers(db: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let sql = "SELECT g.table_name, g.column_name, coalesce(s.organization, ''), coalesce(s.organization_coordsys_id, 0) \
        FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name";
    let mut list = db.prepare(sql)?;
    let rows = list.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?, r.get::<_, i64>(3)?)))?;
    let mut layers = Vec::new();
    for row in rows {
        let (table, shapes, organisation, number) = row?;
        let columns = db.prepare(&format!("SELECT * FROM {} LIMIT 0", quoted(&table)))?.column_names().map(str::to_owned).collect();
        layers.push(Layer { table, shapes, system: format!("{organisation}:{number}"), columns });
    }
    Ok(layers)
}

fn choose(layers: Vec<Layer>, wanted: Option<&str>) -> Result<Layer, String> {
    let names = layers.iter().map(|l| l.table.clone()).collect::<Vec<_>>();
    let listed = || names.join(", ");
    if let Some(wanted) = wanted {
        let near = nearest(wanted, names.iter().map(String::as_str)).map_or(String::new(), |n| format!("; the nearest is {n}"));
        let found = layers.into_iter().find(|l| l.table.eq_ignore_ascii_case(wanted.trim()));
        return found.ok_or_else(|| format!("the GeoPackage has no layer of the name under `sheet`; its layers are: {}{near}", listed()));
    }
    let mut areas: Vec<Layer> = layers.into_iter().filter(|l| l.columns.iter().any(|c| ons_heading(c).is_some_and(|h| h.code))).collect();
    match (areas.len(), areas.pop()) {
        (1, Some(one)) => Ok(one),
        (0, _) | (_, None) => Err(format!("the GeoPackage has no layer with a column such as LSOA21CD; its layers are: {}", listed())),
        _ => Err(format!("several layers of the GeoPackage hold areas: name one of them, as `sheet = \"…\"`: {}", listed())),
    }
}

fn read(db: &Connection, layer: &Layer) -> rusqlite::Result<FeatureCollection> {
    let mut rows = db.prepare(&format!("SELECT * FROM {}", quoted(&layer.table)))?;
    let mut cursor = rows.query([])?;
    let mut features = Vec::new();
    while let Some(row) = cursor.next()? {
        let mut properties = JsonObject::new();
        let mut shape = None;
        for (at, name) in layer.columns.iter().enumerate() {
            match row.get_ref(at)? {
                ValueRef::Blob(blob) if name.eq_ignore_ascii_case(&layer.shapes) => shape = geometry(blob),
                ValueRef::Text(text) => drop(properties.insert(name.clone(), json!(String::from_utf8_lossy(text)))),
                ValueRef::Integer(n) => drop(properties.insert(name.clone(), json!(n))),
                ValueRef::Real(x) => drop(properties.insert(name.clone(), json!(x))),
                _ if name.eq_ignore_ascii_case(&layer.shapes) => {}
                _ => drop(properties.insert(name.clone(), Json::Null)),
            }
        }
        features.push(Feature { geometry: shape, properties: Some(properties), ..Feature::default() });
    }
    let mut members = JsonObject::new();
    if !layer.system.ends_with(":0") && !layer.system.ends_with(":-1") {
        members.insert("crs".into(), json!({"type": "name", "properties": {"name": layer.system}}));
    }
    Ok(FeatureCollection { features, foreign_members: Some(members), ..FeatureCollection::default() })
}

/// The polygons of a shape; `None` for other kinds and for what is damaged.
fn geometry(blob: &[u8]) -> Option<Geometry> {
    let flags = blob.strip_prefix(b"GP").and_then(|rest| rest.get(1).copied())?;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return None,
    };
    let mut rest = blob.get(8 + envelope..)?;
    let mut parts = Vec::new();
    polygons(&mut rest, 0, &mut parts)?;
    Some(Geometry::new(GeometryValue::MultiPolygon { coordinates: parts }))
}

/// Takes a shape from well-known binary. Collections in collections end at a depth that no boundary has.
fn polygons(rest: &mut &[u8], depth: usize, parts: &mut Vec<Vec<Vec<Position>>>) -> Option<()> {
    let little = *rest.first()? == 1;
    *rest = &rest[1..];
    let kind = whole(rest, little)?;
    // Heights and measures: by thousands in ISO's form, by high bits in the older one.
    let thousands = kind & 0x0FFF_FFFF;
    let more = match (thousands / 1000, kind >> 30) {
        (3, _) | (0, 3) => 2,
        (1 | 2, _) | (0, 1 | 2) => 1,
        (0, 0) => 0,
        _ => return None,
    };
    match thousands % 1000 {
        3 => {
            let mut rings = Vec::new();
            for _ in 0..whole(rest, little)? {
                let n = whole(rest, little)?;
                let mut ring = Vec::new();
                for _ in 0..n {
                    let (x, y) = (decimal(rest, little)?, decimal(rest, little)?);
                    for _ in 0..more {
                        decimal(rest, little)?;
                    }
                    ring.push(Position::from([x, y]));
                }
                rings.push(ring);
            }
            parts.push(rings);
        }
        6 | 7 if depth < 4 => {
            for _ in 0..whole(rest, little)? {
                polygons(rest, depth + 1, parts)?;
            }
        }
        _ => return None,
    }
    Some(())
}

fn whole(rest: &mut &[u8], little: bool) -> Option<u32> {
    let (bytes, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(if little { u32::from_le_bytes(*bytes) } else { u32::from_be_bytes(*bytes) })
}

fn decimal(rest: &mut &[u8], little: bool) -> Option<f64> {
    let (bytes, after) = rest.split_first_chunk::<8>()?;
    *rest = after;
    Some(if little { f64::from_le_bytes(*bytes) } else { f64::from_be_bytes(*bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_bytes_a_shape_is_read_or_is_none() {
        let mut blob = b"GP\0\x01\x34\x6c\0\0".to_vec();
        blob.extend([1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
        for n in [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0_f64] {
            blob.extend(n.to_le_bytes());
        }
        let found = geometry(&blob).unwrap();
        assert!(matches!(found.value, GeometryValue::MultiPolygon { coordinates } if coordinates[0][0].len() == 4));
        for end in 0..blob.len() {
            assert!(geometry(&blob[..end]).is_none(), "{end}");
        }
        // A count of four thousand million corners is no reason to ask for memory.
        blob[17..21].copy_from_slice(&[0xFF; 4]);
        assert!(geometry(&blob).is_none());
        for at in 3..21 {
            for byte in [0, 1, 7, 0x80, 0xFF] {
                let mut other = blob.clone();
                other[at] = byte;
                let _ = geometry(&other);
            }
        }
    }
}
