//! The GeoPackage and the tables for programs hold the released numbers, with the state of each, and nothing else.

use std::collections::BTreeMap;
use std::process::Command;

use rusqlite::Connection;
use serde_json::Value;

use crate::study_files::Study;

const GPKG: &str = "out/layers/layers.public.gpkg";

fn made() -> Study {
    let study = Study::small();
    let run = study.gapmap(&["run", "study.toml", "--no-png"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    study
}

fn rows(db: &Connection, sql: &str) -> Vec<Vec<Option<String>>> {
    let mut query = db.prepare(sql).unwrap();
    let n = query.column_count();
    let text = |v: rusqlite::types::Value| match v {
        rusqlite::types::Value::Null => None,
        rusqlite::types::Value::Integer(n) => Some(n.to_string()),
        rusqlite::types::Value::Real(x) => Some(x.to_string()),
        rusqlite::types::Value::Text(t) => Some(t),
        rusqlite::types::Value::Blob(b) => Some(format!("{} bytes", b.len())),
    };
    query.query_map([], |r| (0..n).map(|i| r.get(i).map(text)).collect()).unwrap().collect::<Result<_, _>>().unwrap()
}

/// A count or number of the findings and what a layer must say of it.
fn cell(value: &Value) -> (Option<f64>, &'static str) {
    match value {
        Value::String(word) if word == "withheld" => (None, "withheld"),
        Value::String(word) if word == "missing" => (None, "missing"),
        Value::String(_) => (None, "not_applicable"),
        known => (known["known"].as_f64().or(known["known"]["value"].as_f64()), "known"),
    }
}

#[test]
fn every_layer_joins_released_numbers_to_outlines() {
    let study = made();
    let findings: Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let db = Connection::open(study.folder.join(GPKG)).unwrap();
    assert_eq!(rows(&db, "PRAGMA integrity_check"), [[Some("ok".to_owned())]]);
    assert_eq!(rows(&db, "PRAGMA foreign_key_check").len(), 0);
    assert_eq!(rows(&db, "PRAGMA application_id"), [[Some("1196444487".to_owned())]]);
    let features = rows(&db, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1");
    let shaped = rows(&db, "SELECT table_name FROM gpkg_geometry_columns ORDER BY 1");
    assert_eq!(features, shaped);
    assert!(features.len() > 15, "{features:?}");
    // Outlines once, whatever number of layers.
    let outlines = rows(&db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%MULTIPOLYGON%'");
    assert_eq!(outlines, [[Some("areas".to_owned())]]);

    let mut compared = BTreeMap::new();
    for finding in findings["findings"].as_array().unwrap() {
        let body = &finding["body"];
        if body["shape"].as_str().or(body["kind"].as_str()) != Some("area-rates") && body["unlocated"].is_null() {
            continue;
        }
        let id = finding["id"].as_str().unwrap();
        let layer: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let has_rate = body["rows"][0].get("rate").is_some();
        if body["rows"][0].get("count").is_none() || !features.iter().any(|f| f[0].as_deref() == Some(&layer)) {
            continue;
        }
        let rate = if has_rate { ", rate, rate_state" } else { "" };
        let found = rows(&db, &format!("SELECT area_code, count, count_state{rate} FROM \"{layer}\" ORDER BY area_code"));
        let list = body["rows"].as_array().unwrap();
        assert_eq!(found.len(), list.len(), "{id}");
        for (row, told) in found.iter().zip(list) {
            assert_eq!(row[0].as_deref(), told["code"].as_str(), "{id}");
            let (count, state) = cell(&told["count"]);
            assert_eq!((row[1].as_ref().map(|n| n.parse::<f64>().unwrap()), row[2].as_deref()), (count, Some(state)), "{id}: {told}");
            *compared.entry(state).or_insert(0) += 1;
            if has_rate {
                let (rate, state) = cell(&told["rate"]);
                assert_eq!(row[4].as_deref(), Some(state), "{id}: {told}");
                let shown = row[3].as_ref().map(|n| n.parse::<f64>().unwrap());
                assert!(
                    shown.is_some() == rate.is_some() && (shown.unwrap_or(0.0) - rate.unwrap_or(0.0)).abs() < 0.06,
                    "{id}: {shown:?} {rate:?}"
                );
            }
        }
    }
    assert!(compared.get("known").is_some_and(|n| *n > 30) && compared.get("withheld").is_some_and(|n| *n > 0), "{compared:?}");
    // Every fill that a layer names has a rule in its style.
    let styles = rows(&db, "SELECT f_table_name, styleQML FROM layer_styles");
    assert!(styles.len() > 5);
    for style in &styles {
        let (layer, qml) = (style[0].as_ref().unwrap(), style[1].as_ref().unwrap());
        for fill in rows(&db, &format!("SELECT DISTINCT drawn_as FROM \"{layer}\" WHERE drawn_as IS NOT NULL")) {
            assert!(qml.contains(fill[0].as_ref().unwrap()), "{layer}: {fill:?}");
        }
    }
}

#[test]
fn a_table_for_programs_says_of_each_number_what_it_is() {
    let study = made();
    let bytes = study.read("out/data/places_safety-reports_areas.public.csv");
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a mark, so that Excel reads it as UTF-8");
    let mut reader = csv::Reader::from_reader(text);
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let expected = ["area_code", "area_name", "count", "count_state", "finding", "period_from", "period_to", "source", "for_whom", "note"];
    assert_eq!(headings, expected);
    let mut states = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        assert_eq!(row[2].parse::<u64>().is_ok(), &row[3] == "known", "{row:?}");
        assert!(row[2].is_empty() || &row[3] == "known");
        *states.entry(row[3].to_owned()).or_insert(0) += 1;
    }
    assert!(states["known"] > 0 && states["withheld"] > 0, "{states:?}");
    for (path, bytes) in study.tree("out/data") {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(headings.iter().all(|h| h.chars().all(plain) && h.starts_with(|c: char| c.is_ascii_lowercase())), "{path}: {headings:?}");
        let unique: std::collections::BTreeSet<_> = headings.iter().collect();
        assert_eq!(unique.len(), headings.len(), "{path}");
        assert!(reader.records().all(|r| r.is_ok_and(|r| r.iter().all(|v| !["[c]", "[x]", "[z]"].contains(&v)))), "{path}");
    }
}

#[test]
fn a_place_that_is_put_into_the_geopackage_is_found() {
    let study = made();
    let clean = study.gapmap(&["audit", "out"]);
    assert!(clean.status.success(), "{}", String::from_utf8_lossy(&clean.stderr));
    let whole = study.read(GPKG);
    for (change, code) in [
        ("UPDATE service_sites SET geom = ?1 WHERE fid = 1", "S323"),
        ("UPDATE service_sites SET geom = 'elsewhere' WHERE fid = 1", "S320"),
        ("UPDATE about SET says = 'the house at SW1A 2AA' WHERE fid = 1", "S323"),
        ("UPDATE about SET says = ?1 WHERE fid = 1", "S320"),
        ("UPDATE areas SET area_name = 'x' WHERE fid = 1", "S324"),
    ] {
        study.write(GPKG, &whole);
        let db = Connection::open(study.folder.join(GPKG)).unwrap();
        // The site, a hundred metres further east.
        let mut place: Vec<u8> = db.query_row("SELECT geom FROM service_sites WHERE fid = 1", [], |r| r.get(0)).unwrap();
        let east = f64::from_le_bytes(place[13..21].try_into().unwrap()) + 100.0;
        place[13..21].copy_from_slice(&east.to_le_bytes());
        if code == "S320" && change.contains("says") {
            place.truncate(9);
        }
        db.execute(change, rusqlite::params_from_iter(change.contains("?1").then_some(place))).unwrap();
        drop(db);
        let told = String::from_utf8_lossy(&study.gapmap(&["audit", "out"]).stderr).into_owned();
        assert!(told.contains(code), "{change}: {told}");
    }
}

#[test]
fn other_programs_open_it() {
    let script = "import sys, pyogrio\nfor name, kind in pyogrio.list_layers(sys.argv[1]):\n  print(name, kind, pyogrio.read_info(sys.argv[1], layer=name)['features'])";
    let python = std::env::var("GAPMAP_PYTHON").unwrap_or_else(|_| "python3".into());
    let study = made();
    let path = study.folder.join(GPKG);
    let gdal = Command::new(&python).args(["-c", script]).arg(&path).output().ok().filter(|o| o.status.success());
    let gdal = gdal.or_else(|| Command::new("ogrinfo").arg("-so").arg("-al").arg(&path).output().ok().filter(|o| o.status.success()));
    let Some(output) = gdal else {
        println!("skipped: neither pyogrio (GAPMAP_PYTHON) nor ogrinfo is here, so GDAL did not open the GeoPackage");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("areas") && text.matches("Polygon").count() > 15, "{text}");
}
