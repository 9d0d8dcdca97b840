//! A service is offered where its record says: by code, by name, by shape.

use std::collections::BTreeSet;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Reach};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

/// Code, ward and northing.
type Place = (String, String, f64);

/// Areas that a helpline reaches, all areas with their ward and centre, and the codes of what was said.
fn reached(by_name: &str, json: Option<String>) -> (BTreeSet<String>, Vec<Place>, Vec<&'static str>) {
    let mut files = borough(&Settings::default());
    let table = |path: &str| -> Vec<Vec<String>> {
        let text = std::str::from_utf8(&files[path]).unwrap();
        text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
    };
    let wards = table("lookups/lsoa21-ward-authority.csv");
    let centres = table("population/centres.csv");
    let areas = wards.iter().zip(&centres).map(|(w, c)| (w[0].clone(), w[2].clone(), c[2].parse().unwrap())).collect();
    let heading = std::str::from_utf8(&files["services/commissioned.csv"]).unwrap().lines().next().unwrap().to_owned();
    let row = format!("H-1,Line,Invented Provider,helpline_local,,phone,,,{by_name},no,active,,,,,,,,,,,,,,,,,,");
    let rows = if json.is_some() { String::new() } else { row };
    files.insert("services/commissioned.csv".into(), format!("{heading}\n{rows}\n").into_bytes());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let dropped = |p: &&str| p.contains("\"side table\"") || (p.contains("\"directory\"") && json.is_none());
    let kept: Vec<&str> = plan.split("[[source]]").filter(|p| !dropped(p)).collect();
    files.insert("study.toml".into(), kept.join("[[source]]").replace("[\"one_stop_shop\"]", "[\"helpline_local\"]").into_bytes());
    if let Some(json) = json {
        files.insert("services/open-referral.json".into(), json.into_bytes());
    }
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("coverage"), &mut problems).unwrap().0;
    let Body::AreaClasses(body) = &findings.find("coverage/helpline-local").unwrap().body else { panic!("another shape") };
    let reached = body.rows.iter().filter(|r| r.class == Reach::WithoutSite).map(|r| r.code.to_string()).collect();
    assert!(body.rows.iter().all(|r| [Reach::WithoutSite, Reach::OutOfReach].contains(&r.class)));
    (reached, areas, problems.list().iter().map(|p| p.code.name()).collect())
}

#[test]
fn by_code_of_a_ward_or_an_authority_and_by_name() {
    let (in_ward, areas, said) = reached("E05990008", None);
    let expected: BTreeSet<String> = areas.iter().filter(|a| a.1 == "E05990008").map(|a| a.0.clone()).collect();
    assert!(expected.len() > 3 && expected.len() < areas.len());
    assert_eq!(in_ward, expected);
    assert!(!said.contains(&"S314"));
    for (name, all, in_words) in [
        ("E06990001", true, false),
        ("E06000001", false, false),
        ("Quillmere Council", true, false),
        ("England", true, false),
        ("", true, false),
        ("all who live by the mill", true, true),
    ] {
        let (found, areas, said) = reached(name, None);
        assert_eq!((found.len(), said.contains(&"S314")), (if all { areas.len() } else { 0 }, in_words), "{name}");
    }
}

#[test]
fn by_a_shape_in_degrees() {
    // The half of the borough north of a line that runs along a parallel: drawn in degrees, tested in metres.
    let feed = |extent: &str| {
        format!(
            r#"{{"contents":[{{"id":"H-1","name":"Line","status":"active","organization":{{"name":"Invented Provider"}},
            "attributes":[{{"taxonomy_term":{{"id":"helpline_local","name":"Local helpline"}}}}],
            "service_areas":[{{"name":"the north","extent_type":"geojson","extent":{extent}}}],
            "locations":[{{"location_type":"virtual"}}]}}]}}"#
        )
    };
    let shape = r#"{"type":"Polygon","coordinates":[[[0.0,53.04],[1.0,53.04],[1.0,53.4],[0.0,53.4],[0.0,53.04]]]}"#;
    let (found, areas, said) = reached("", Some(feed(shape)));
    assert!(!said.contains(&"S314"));
    assert!(found.len() > 20 && found.len() < areas.len() - 20, "{}", found.len());
    // Grid north and true north part by half a degree here: a hundred metres over the borough.
    let lowest = areas.iter().filter(|a| found.contains(&a.0)).map(|a| a.2).fold(f64::INFINITY, f64::min);
    let highest = areas.iter().filter(|a| !found.contains(&a.0)).map(|a| a.2).fold(0.0, f64::max);
    assert!(lowest > highest - 400.0, "{lowest} {highest}");
    // The same as text within the text, as some feeds write it.
    let as_text = serde_json::to_string(shape).unwrap();
    assert_eq!(reached("", Some(feed(&as_text))).0, found);
    let (all, areas, said) = reached("", Some(feed("\"extent\"")));
    assert_eq!((all.len(), said.contains(&"S314")), (areas.len(), true));
}
