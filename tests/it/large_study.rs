//! A study of more than a thousand areas says every shape and every number once, and is the same study.

use std::collections::BTreeMap;

use gapmap::model::{Body, Findings};
use gapmap::synthetic::{Settings, borough};
use rusqlite::Connection;
use serde_json::Value;

use crate::study_files::Study;

const AREAS: usize = 1_010;

fn made() -> Study {
    let study = Study::of(&borough(&Settings { seed: 2, areas: AREAS, months: 12, ..Settings::default() }));
    let run = study.gapmap(&["run", "study.toml", "--no-png", "--only", "coverage"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    study
}

#[test]
fn outlines_and_long_tables_stand_once_and_can_be_read_audited_and_drawn_again() {
    let study = made();
    let files = study.tree("out");
    let layers: Vec<&String> = files.keys().filter(|p| p.ends_with(".geojson")).collect();
    assert_eq!(layers, ["out/layers/areas.public.geojson", "out/layers/service-sites.public.geojson"]);
    let outlines: Value = serde_json::from_slice(&files[layers[0]]).unwrap();
    let features = outlines["features"].as_array().unwrap();
    assert_eq!(features.len(), AREAS);
    assert!(features.iter().all(|f| f["geometry"]["type"] == "MultiPolygon" && f["properties"]["area_code"].is_string()));

    // What is read from the packed document is what programs are told of each area.
    let text = study.text("out/findings.public.json");
    let code = features[7]["properties"]["area_code"].as_str().unwrap();
    assert!(text.matches(code).count() <= 2, "the code of an area stands {} times", text.matches(code).count());
    let findings = Findings::read(text.as_bytes()).unwrap();
    assert_eq!(findings.written(), text.as_bytes());
    let db = Connection::open(study.folder.join("out/layers/layers.public.gpkg")).unwrap();
    let mut compared = 0;
    for finding in &findings.findings {
        let Body::AreaClasses(body) = &finding.body else { continue };
        let layer: String = finding.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mut query = db.prepare(&format!("SELECT area_code, reach, population, population_state FROM \"{layer}\"")).unwrap();
        let rows = query.query_map([], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?)))).unwrap();
        let rows: BTreeMap<String, (String, f64, String)> = rows.collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), AREAS, "{layer}");
        for row in &body.rows {
            let (reach, people, state) = &rows[row.code.as_str()];
            assert_eq!((reach.as_str(), Some(*people), state.as_str()), (body.label(row.class), row.residents.known(), "known"));
            compared += 1;
        }
    }
    assert!(compared > 10 * AREAS);

    let audit = study.gapmap(&["audit", "out"]);
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
    // As an archive, too; and the page leads to files that are there.
    assert!(study.gapmap(&["pack", "out"]).status.success());
    let name =
        std::fs::read_dir(&study.folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).find(|n| n.ends_with(".zip"));
    let audit = study.gapmap(&["audit", &name.unwrap(), "--releases", "gapmap-releases"]);
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
    let page = study.text("out/report.public.html");
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|l| l.split('"').next()).filter(|l| l.ends_with(".csv")).collect();
    assert!(links.len() > 5 && links.iter().all(|l| files.contains_key(&format!("out/{l}"))), "{links:?}");
    // A packed document that is not written as the program writes it is not taken.
    let changed = text.replacen("\"rows\":1010", "\"rows\": 1010", 1);
    assert_ne!(changed, text);
    study.write("out/findings.public.json", changed.as_bytes());
    assert!(!study.gapmap(&["audit", "out"]).status.success());
}
