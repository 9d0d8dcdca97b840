//! Files of a pack as somebody reads who looks into each: archives opened, fingerprints of inputs set aside.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use gapmap::sources::UNSHOWABLE;
use serde_json::Value;

use crate::study_files::Study;

/// Every file of `out/` as text, parts of archives by `path!part`; pictures of pixels are left out.
pub fn texts(study: &Study) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (path, bytes) in study.tree("out") {
        if [".xlsx", ".ods", ".docx"].iter().any(|ending| path.ends_with(ending)) {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            for i in 0..archive.len() {
                let mut part = archive.by_index(i).unwrap();
                let (name, mut text) = (part.name().unwrap().to_string(), String::new());
                if !name.ends_with(".png") {
                    part.read_to_string(&mut text).unwrap();
                    all.insert(format!("{path}!{name}"), text);
                }
            }
        } else if path.ends_with(".gpkg") {
            all.insert(path.clone(), rows(&study.folder.join(&path)));
        } else if !path.ends_with(".png") {
            all.insert(path.clone(), String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8")));
        }
    }
    all
}

/// All that the tables of a GeoPackage hold, but for shapes.
fn rows(path: &std::path::Path) -> String {
    use rusqlite::types::ValueRef;
    let db = rusqlite::Connection::open(path).unwrap();
    let mut names = db.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut text = String::new();
    for name in names.iter().filter(|n| !n.starts_with("rtree_")) {
        let mut all = db.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns = all.column_count();
        let mut cursor = all.query([]).unwrap();
        while let Some(row) = cursor.next().unwrap() {
            for column in 0..columns {
                match row.get_ref(column).unwrap() {
                    ValueRef::Text(t) => text += std::str::from_utf8(t).unwrap(),
                    ValueRef::Integer(n) => text += &n.to_string(),
                    ValueRef::Real(x) => text += &x.to_string(),
                    ValueRef::Null | ValueRef::Blob(_) => {}
                }
                text.push('\t');
            }
            text.push('\n');
        }
    }
    text
}

/// The same without what tells that an input file is another file: its size and fingerprint, and how many characters were taken out of it.
pub fn but_for_fingerprints(study: &Study) -> BTreeMap<String, String> {
    let mut all = texts(study);
    // Manifest and release name the fingerprint of the findings, which hold those of the inputs.
    all.retain(|path, _| !path.starts_with("out/manifest.") && !path.starts_with("out/release."));
    for (path, text) in &mut all {
        if path.contains("findings.") && !path.contains("schema") {
            let mut findings: Value = serde_json::from_str(text).unwrap();
            for source in findings["sources"].as_array_mut().unwrap() {
                source["files"] = Value::Null;
            }
            for line in findings["ledger"].as_array_mut().unwrap() {
                line["noted"].as_object_mut().unwrap().remove(UNSHOWABLE);
            }
            *text = findings.to_string();
        }
        while let Some(at) = text.find(&format!(" {UNSHOWABLE}</span>")) {
            let from = text[..at].rfind("<span").unwrap();
            let from = if text[..from].ends_with("<br>") { from - 4 } else { from };
            text.replace_range(from..at + UNSHOWABLE.len() + 8, "");
        }
    }
    all
}

/// Fails, with the names, where two packs differ in any file.
pub fn assert_same(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>, what: &str) {
    let differs: Vec<&String> = a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path)).collect();
    assert!(differs.is_empty(), "{what}: {differs:?}");
}
