//! Numerator and denominator over the same areas: cases 08, 13, 14, 15, 16, 65 and variants.

use gapmap::model::Body;

use crate::millbeck_forces::{
    ALL, Millbeck, VIOLENCE, areas, code, collection, feature, middle, months, name, polygon, rates, row, square,
};

const OWN: &str = ",\"LAD24CD\":\"E06990001\"";

fn own(i: usize) -> String {
    format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"{OWN}", code(i), name(i))
}

fn with_shapes(more: &str, shape: impl Fn(usize) -> String) -> Millbeck {
    let mut study = Millbeck::new();
    let all: Vec<String> = ALL.iter().map(|i| feature(&own(*i), &shape(*i))).collect();
    study.put("boundaries/lsoa.geojson", collection(&all, more));
    study
}

fn plain(i: usize) -> String {
    polygon(&square(middle(i), |x, y| (x, y)))
}

#[test]
fn case_08_boundaries_cut_at_the_transfer_limit() {
    for flag in [",\"exceededTransferLimit\":true", ",\"properties\":{\"exceededTransferLimit\":true}"] {
        let mut study = Millbeck::new();
        study.put("boundaries/lsoa.geojson", collection(&areas(|_| OWN.into())[..4], flag)).is_refused("R115", "parts");
    }
    // Without the flag the lookup knows what is missing.
    let mut study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(&areas(|_| OWN.into())[..4], ""));
    study.put("lookup.csv", ALL.iter().fold("LSOA21CD,LAD24CD\n".to_owned(), |t, i| t + &format!("{},E06990001\n", code(*i))));
    study.source("kind = \"lookup\"\npath = \"lookup.csv\"").is_refused("D204", "boundar");
    // A flag that says that nothing was cut is no reason to stop.
    with_shapes(",\"exceededTransferLimit\":false", plain).gives(384, 48.0);
}

/// Degrees to Web Mercator.
fn mercator(x: f64, y: f64) -> (f64, f64) {
    let r = 6_378_137.0;
    (r * x.to_radians(), r * (std::f64::consts::FRAC_PI_4 + y.to_radians() / 2.0).tan().ln())
}

#[test]
fn case_13_web_mercator_is_recognised_and_used() {
    for declared in ["", ",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}}"] {
        let mut study = with_shapes(declared, |i| polygon(&square(middle(i), mercator)));
        study.plan("invented = true", "invented = true\nplace-by = \"point\"");
        let findings = study.gives(384, 48.0);
        assert!(rates(&findings, VIOLENCE).rows.iter().all(|r| r.count.known() == Some(48)), "points lie in the boundaries");
        assert!(study.codes().contains(&"D201"));
    }
}

#[test]
fn metres_of_another_country_are_refused() {
    // Lambert 93 of France, UTM 30N and Irish Grid-like northings beyond Great Britain.
    for (dx, dy) in [(650_000.0, 6_860_000.0), (699_000.0, 5_710_000.0), (2_600_000.0, 1_200_000.0)] {
        let study = with_shapes("", |i| polygon(&square(middle(i), |x, y| (dx + x * 1000.0, dy + y * 1000.0))));
        study.is_refused("D201", "EPSG:27700");
    }
}

#[test]
fn case_14_an_area_as_two_features_is_one_area_of_two_parts() {
    let mut all = areas(|_| OWN.into());
    all.push(feature(&own(0), &polygon(&square((-0.7, 53.2), |x, y| (x, y)))));
    let mut study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(&all, ""));
    study.plan("invented = true", "invented = true\nplace-by = \"point\"");
    study.add(
        "police/2023-01-millshire-street.csv",
        &row("island", "2023-01", "Millshire Police", Some((-0.7, 53.2)), &code(0), "Violence and sexual offences"),
    );
    let findings = study.gives(385, 48.1);
    let rates = rates(&findings, VIOLENCE);
    assert_eq!((rates.rows.len(), rates.rows[0].count.known()), (8, Some(49)));
    // The same boundary once more, in the file or in a second one, is the same area.
    all.pop();
    all.push(all[0].clone());
    study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(&all, "")).gives(384, 48.0);
    study.put("boundaries/again.geojson", collection(&all[..8], "")).gives(384, 48.0);
    assert!(study.codes().contains(&"D207"));
    let (x, y) = middle(0);
    let moved = feature(&own(0), &polygon(&square((x + 0.002, y), |x, y| (x, y))));
    study.put("boundaries/again.geojson", collection(&[moved], "")).is_refused("D207", "edition");
}

#[test]
fn case_15_a_collection_gives_its_polygons() {
    let line = "{\"type\":\"LineString\",\"coordinates\":[[-0.6,53.2],[-0.5,53.2]]}";
    let study = with_shapes("", |i| format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{line},{}]}}", plain(i)));
    study.gives(384, 48.0);
    with_shapes("", |i| if i == 3 { format!("{{\"type\":\"GeometryCollection\",\"geometries\":[{line}]}}") } else { plain(i) })
        .is_refused("R109", "collection");
    with_shapes("", |i| if i == 3 { polygon("[]") } else { plain(i) }).is_refused("R109", "");
    with_shapes("", |i| if i == 3 { "{\"type\":\"MultiPolygon\",\"coordinates\":[[]]}".into() } else { plain(i) }).is_refused("R109", "");
}

#[test]
fn case_65_a_position_of_one_number_is_a_problem_and_not_a_crash() {
    for broken in ["[[[-0.6],[-0.5,53.2],[-0.5,53.3],[-0.6,53.2]]]", "[[[],[-0.5,53.2],[-0.5,53.3],[-0.6,53.2]]]"] {
        let (findings, problems) = with_shapes("", |i| if i == 3 { polygon(broken) } else { plain(i) }).run();
        assert!(findings.is_none() && problems.iter().any(|p| p.code.name() == "R109"), "{problems:?}");
    }
}

#[test]
fn case_16_heights_and_holes() {
    let (x, y) = middle(5);
    let hole = square((x, y), |a, b| (x + (a - x) * 0.5, y + (b - y) * 0.5)).replace("[[[", "[[").replace("]]]", "]]");
    let outer = square(middle(5), |x, y| (x, y)).replace("[[[", "[[").replace("]]]", "]]");
    let mut study = with_shapes("", |i| match i {
        5 => polygon(&format!("[{outer},{hole}]")),
        6 => format!(
            "{{\"type\":\"MultiPolygon\",\"coordinates\":[{},[{hole}]]}}",
            square(middle(6), |x, y| (x, y)).replace("],[", ",12.5],[")
        ),
        i => plain(i),
    });
    study.plan("invented = true", "invented = true\nplace-by = \"point\"");
    let findings = study.gives(384, 48.0);
    let rates = rates(&findings, VIOLENCE);
    assert_eq!((rates.rows[5].count.known(), rates.rows[6].count.known()), (Some(0), Some(96)));
}

#[test]
fn rows_without_a_place_are_in_the_total_and_not_in_the_comparison() {
    let mut study = Millbeck::new();
    for month in months() {
        for n in 0..16 {
            let path = format!("police/{month}-millshire-street.csv");
            study.add(&path, &row(&format!("{month}u{n}"), &month, "Millshire Police", None, "", "Violence and sexual offences"));
        }
    }
    let findings = study.gives(576, 72.0);
    let Body::AreaRates(body) = &findings.find(VIOLENCE).unwrap().body else { panic!("rates by area") };
    // Each area has 48.0, as the located rows of the whole have.
    assert!(body.rows.len() == 8 && body.rows.iter().all(|r| r.rate.known().is_some() && r.beyond.is_none()));
}

#[test]
fn metres_of_events_are_checked_too() {
    let mut study = Millbeck::new();
    study.put("extract.csv", "Month,X,Y\n2023-01,-66000,7020500\n");
    study.source("kind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", easting = \"X\", northing = \"Y\" }");
    study.is_refused("D201", "EPSG:27700");
}
