//! Boundaries as a shapefile and as a GeoPackage give what the same boundaries give as GeoJSON.

use geojson::{FeatureCollection, GeoJson, GeometryValue};
use rusqlite::{Connection, params};
use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, Writer};

use crate::study_files::Study;

const GEOJSON: &str = "boundaries/lsoa2021.geojson";

fn collection(study: &Study) -> FeatureCollection {
    let GeoJson::FeatureCollection(found) = study.text(GEOJSON).parse().unwrap() else { panic!("no features") };
    found
}

fn text(feature: &geojson::Feature, name: &str) -> String {
    feature.property(name).and_then(|v| v.as_str()).unwrap().to_owned()
}

/// Rings of all polygons of a feature, polygon by polygon.
fn rings(feature: &geojson::Feature) -> Vec<Vec<Vec<(f64, f64)>>> {
    let ring = |ring: &Vec<geojson::Position>| ring.iter().map(|p| (p[0], p[1])).collect::<Vec<_>>();
    match &feature.geometry.as_ref().unwrap().value {
        GeometryValue::Polygon { coordinates } => vec![coordinates.iter().map(ring).collect()],
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().map(|p| p.iter().map(ring).collect()).collect(),
        other => panic!("{other:?}"),
    }
}

fn findings(study: &Study) -> serde_json::Value {
    let run = study.gapmap(&["run", "study.toml", "--no-png", "--draft", "--only", "burden"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let findings: serde_json::Value = serde_json::from_slice(&study.read("draft/findings.draft.public.json")).unwrap();
    // The same numbers of the same areas; a ring may begin at another corner and run the other way.
    let areas = findings["outlines"].as_array().unwrap().iter().map(|o| o["code"].clone()).collect::<Vec<_>>();
    serde_json::json!([findings["findings"], areas])
}

fn as_shapefile(study: &Study, projection: &str) {
    let name = |n: &str| FieldName::try_from(n).unwrap();
    let table = TableWriterBuilder::new().add_character_field(name("LSOA21CD"), 20).add_character_field(name("LSOA21NM"), 80);
    let path = study.folder.join("boundaries/lsoa.shp");
    let mut writer = Writer::from_path(&path, table).unwrap();
    for feature in &collection(study).features {
        let points = |ring: &Vec<(f64, f64)>| ring.iter().map(|(x, y)| Point::new(*x, *y)).collect::<Vec<_>>();
        let mut all = Vec::new();
        for part in rings(feature) {
            let ring = |(i, r)| if i == 0 { PolygonRing::Outer(points(r)) } else { PolygonRing::Inner(points(r)) };
            all.extend(part.iter().enumerate().map(ring));
        }
        let mut record = Record::default();
        for name in ["LSOA21CD", "LSOA21NM"] {
            record.insert(name.to_owned(), FieldValue::Character(Some(text(feature, name))));
        }
        writer.write_shape_and_record(&Polygon::with_rings(all), &record).unwrap();
    }
    drop(writer);
    study.write("boundaries/lsoa.prj", projection.as_bytes());
}

const DEGREES: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

fn as_geopackage(study: &Study, layers: &[&str]) {
    let path = study.folder.join("boundaries/lsoa.gpkg");
    let _ = std::fs::remove_file(&path);
    let db = Connection::open(&path).unwrap();
    db.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
         INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);",
    )
    .unwrap();
    for layer in layers {
        db.execute_batch(&format!(
            "CREATE TABLE \"{layer}\" (fid INTEGER PRIMARY KEY, SHAPE BLOB, LSOA21CD TEXT, LSOA21NM TEXT);
             INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'SHAPE', 4326);"
        ))
        .unwrap();
        for feature in &collection(study).features {
            // Big-endian, with a box, as some programs write it.
            let mut blob = vec![b'G', b'P', 0, 0b010];
            blob.extend(4326_i32.to_be_bytes());
            blob.extend([0; 32]);
            let parts = rings(feature);
            blob.push(0);
            blob.extend(6_u32.to_be_bytes());
            blob.extend((parts.len() as u32).to_be_bytes());
            for part in &parts {
                blob.push(0);
                blob.extend(3_u32.to_be_bytes());
                blob.extend((part.len() as u32).to_be_bytes());
                for ring in part {
                    blob.extend((ring.len() as u32).to_be_bytes());
                    ring.iter().for_each(|(x, y)| blob.extend([x.to_be_bytes(), y.to_be_bytes()].concat()));
                }
            }
            let (code, name) = (text(feature, "LSOA21CD"), text(feature, "LSOA21NM"));
            db.execute(&format!("INSERT INTO \"{layer}\" (SHAPE, LSOA21CD, LSOA21NM) VALUES (?1, ?2, ?3)"), params![blob, code, name])
                .unwrap();
        }
    }
}

#[test]
fn a_shapefile_and_a_geopackage_give_what_geojson_gives() {
    let study = Study::small();
    let expected = findings(&study);
    assert!(expected[0].as_array().is_some_and(|f| !f.is_empty()));
    as_shapefile(&study, DEGREES);
    study.replace("study.toml", GEOJSON, "boundaries/lsoa.shp");
    assert!(findings(&study) == expected, "shapefile");
    // As downloads give it: zipped, or named in capitals.
    let part = |end: &str| study.read(&format!("boundaries/lsoa.{end}"));
    let mut zipped = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for end in ["shp", "dbf", "prj"] {
        zipped.start_file(format!("LSOA_2021/lsoa.{end}"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zipped, &part(end)).unwrap();
        study.write(&format!("boundaries/CAPITALS.{}", end.to_uppercase()), &part(end));
    }
    study.write("boundaries/lsoa.zip", &zipped.finish().unwrap().into_inner());
    for form in ["boundaries/lsoa.zip", "boundaries/CAPITALS.SHP"] {
        study.replace("study.toml", "boundaries/lsoa.shp", form);
        assert!(findings(&study) == expected, "{form}");
        study.replace("study.toml", form, "boundaries/lsoa.shp");
    }
    as_geopackage(&study, &["LSOA 2021"]);
    study.replace("study.toml", "boundaries/lsoa.shp", "boundaries/lsoa.gpkg");
    assert!(findings(&study) == expected, "GeoPackage");
    as_geopackage(&study, &["first", "second"]);
    let told = |study: &Study| String::from_utf8_lossy(&study.gapmap(&["check", "study.toml"]).stderr).into_owned();
    let several = told(&study);
    assert!(several.contains("R109") && several.contains("first, second") && several.contains("sheet"), "{several}");
    study.replace("study.toml", "path = \"boundaries/lsoa.gpkg\"", "path = \"boundaries/lsoa.gpkg\"\nsheet = \"second\"");
    assert!(findings(&study) == expected, "the layer that is named");
}

#[test]
fn a_shapefile_that_lacks_a_part_lies_about_its_system_or_is_cut_is_refused() {
    let study = Study::small();
    study.replace("study.toml", GEOJSON, "boundaries/lsoa.shp");
    let refused = |what: &str, code: &str| {
        let check = study.gapmap(&["check", "study.toml"]);
        let told = String::from_utf8_lossy(&check.stderr).into_owned();
        assert!(check.status.code() == Some(1) && told.contains(code) && told.contains(what), "{what}: {told}");
        assert!(!told.contains("panicked"), "{told}");
    };
    as_shapefile(&study, r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936"]]"#);
    refused("its coordinates are degrees", "D201");
    as_shapefile(&study, r#"PROJCS["NZGD2000_New_Zealand",GEOGCS["x"]]"#);
    refused("NZGD2000", "D201");
    as_shapefile(&study, DEGREES);
    let whole = study.read("boundaries/lsoa.shp");
    let dbf = study.read("boundaries/lsoa.dbf");
    for end in [50, 101, whole.len() / 2, whole.len() - 3] {
        study.write("boundaries/lsoa.shp", &whole[..end]);
        refused("shapefile", "R109");
    }
    study.write("boundaries/lsoa.shp", &whole);
    study.write("boundaries/lsoa.dbf", &dbf[..dbf.len() / 3]);
    refused("boundaries/lsoa.shp", "error");
    std::fs::remove_file(study.folder.join("boundaries/lsoa.dbf")).unwrap();
    refused(".dbf", "R109");
}
