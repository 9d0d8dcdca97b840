//! Boundaries in the forms in which people have them, and what a file that is none of these is told: more of the kinds of fault of the cases.

use crate::millbeck_forces::{ALL, Millbeck, VIOLENCE, areas, code, collection, feature, middle, name, polygon, rates, square};

const OWN: &str = ",\"LAD24CD\":\"E06990001\"";

fn with(path: &str, bytes: impl Into<Vec<u8>>) -> Millbeck {
    let mut study = Millbeck::new();
    study.take("boundaries/lsoa.geojson").put(&format!("boundaries/{path}"), bytes);
    study
}

fn usual() -> Vec<u8> {
    collection(&areas(|_| OWN.into()), "")
}

#[test]
fn kind_09_boundaries_with_a_mark_or_in_utf_16_or_with_another_ending() {
    let text = String::from_utf8(usual()).unwrap();
    with("lsoa.geojson", format!("\u{feff}{text}")).gives(384, 48.0);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    with("lsoa.geojson", wide).gives(384, 48.0);
    with("LSOA.GEOJSON", text.clone()).gives(384, 48.0);
    with("lsoa.json", text).gives(384, 48.0);
}

#[test]
fn kind_12_a_shape_in_another_form_names_the_export() {
    for (file, bytes, what) in [
        ("lsoa.shp", &b"\0\0\x27\x0a\0\0\0\0"[..], "shapefile"),
        ("lsoa.gpkg", &b"SQLite format 3\0"[..], "GeoPackage"),
        ("lsoa.kml", &b"<?xml version=\"1.0\"?><kml/>"[..], "KML"),
        ("lsoa.geojson", &b"\0\0\x27\x0a\0\0\0\0"[..], "shapefile"),
        ("lsoa.geojson", &b"SQLite format 3\0"[..], "GeoPackage"),
        ("lsoa.geojson", &b"PK\x03\x04rest"[..], "archive"),
        ("lsoa.json", &br#"{"type":"Topology","objects":{},"arcs":[]}"#[..], "TopoJSON"),
        (
            "lsoa.json",
            &br#"{"geometryType":"esriGeometryPolygon","features":[{"attributes":{},"geometry":{"rings":[]}}]}"#[..],
            "f=geojson",
        ),
    ] {
        let study = with(file, bytes);
        study.is_refused("R109", what);
        study.is_refused("R109", "EPSG:4326");
    }
}

#[test]
fn kind_02_authorities_under_any_heading_part_a_region() {
    // The second half belongs to another authority, under a heading that no edition has; names tell nothing.
    for heading in ["lad_code", "LADCD", "Local authority code", "LADCD_ACTIVE"] {
        let which = |i: usize| format!(",\"{heading}\":\"E0699000{}\"", 1 + i / 4);
        let study = with("lsoa.geojson", collection(&areas(which), ""));
        let findings = study.gives(192, 48.0);
        assert_eq!(rates(&findings, VIOLENCE).rows.len(), 4, "{heading}");
    }
}

#[test]
fn kind_07_an_area_without_a_shape_or_without_people_is_told() {
    let shape = |i: usize| if i == 3 { "null".to_owned() } else { polygon(&square(middle(i), |x, y| (x, y))) };
    let own = |i: usize| format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"{OWN}", code(i), name(i));
    let all: Vec<String> = ALL.iter().map(|i| feature(&own(*i), &shape(*i))).collect();
    with("lsoa.geojson", collection(&all, "")).is_refused("R109", "E01990104");
    for nobody in ["-1", "..", "n/a", "*"] {
        let mut study = Millbeck::new();
        let people =
            ALL.iter().fold("code,all\n".to_owned(), |t, i| t + &format!("{},{}\n", code(*i), if *i == 3 { nobody } else { "1000" }));
        study.put("population.csv", people);
        let findings = study.answer();
        let rates = rates(&findings, VIOLENCE);
        // The rate of the whole is of the seven areas that have both, or not known; never 384 events of 7,000 people.
        let told = rates.total.rate.known().map(|r| r.value);
        assert!(told.is_none_or(|r| (r - 48.0).abs() < 0.05), "{nobody}: {told:?}");
        assert!(rates.rows[3].rate.known().is_none() && study.codes().contains(&"D208"), "{nobody}");
    }
}
