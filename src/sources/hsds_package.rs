//! The tables of a data package, each read once.

use std::path::Path;

use serde_json::Value;

use super::csv_file::{CsvFile, Table};
use super::json_text::Whole;
use super::said_around;
use super::{Origin, entries};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::is_showable;

/// All tables of one folder, whether or not the standard knows them.
pub(super) struct Package<'a> {
    /// Each with its name in the singular: `location`.
    pub tables: Vec<(String, Table<'a>)>,
}

/// A licence of fewer bytes is none of the known texts: somebody wrote it.
const SHORT_LICENCE: u64 = 400;

impl<'a> Package<'a> {
    /// Reads every table of a folder. What of it cannot be read is reported.
    pub fn open(origin: &'a Origin, folder: &str, problems: &mut Problems) -> Self {
        let mut tables: Vec<(String, Table)> = Vec::new();
        for (name, on_disk) in entries(&origin.resolve(folder), folder, problems) {
            let small = name.to_lowercase();
            if super::is_hidden(&name) {
                continue;
            }
            if on_disk.is_dir() || !super::table_form::is_table(&small) {
                if on_disk.is_dir() || !is_about_the_package(&small, &on_disk) {
                    not_read(folder, &name, problems);
                } else if !small.starts_with("licen") || std::fs::metadata(&on_disk).is_ok_and(|m| m.len() < SHORT_LICENCE) {
                    match said_around::told_by_text(&on_disk) {
                        Some(true) => said_around::tell(Place::file(folder), "a text beside the tables of the package", problems),
                        Some(false) => {}
                        None => not_read(folder, &name, problems),
                    }
                }
                continue;
            }
            let Some((stem, _)) = small.rsplit_once('.') else { continue };
            if !name.chars().all(is_showable) {
                let next = "Rename them: names of files stand in messages and findings.";
                problems.error(
                    Code::R122,
                    Place::file(folder),
                    "the name of a file in this folder holds characters that cannot be shown",
                    next,
                );
                continue;
            }
            let path = format!("{folder}/{name}");
            if said_around::told_by_path(origin, &path, problems) {
                continue;
            }
            let table = singular(stem);
            // Published examples have some tables under a singular name: two that mean one could tell different things.
            if let Some((_, first)) = tables.iter().find(|(known, _)| *known == table) {
                let what = format!("this file and `{}` are the same table of the standard", first.sheet.file);
                problems.error(Code::R123, Place::file(path), what, "Put all rows of the table into one file, and take the other away.");
                continue;
            }
            if let Some(file) = CsvFile::open(origin, &path, problems) {
                tables.push((table, file.read_all(problems)));
            }
        }
        Self { tables }
    }

    /// A table by its name in the singular.
    pub fn table(&self, name: &str) -> Option<&Table<'a>> {
        self.tables.iter().find(|(known, _)| known == name).map(|(_, table)| table)
    }
}

/// Whether a file beside the tables says nothing of a service: its licence, a text to read first, and a description of the tables that holds none
/// of their rows.
fn is_about_the_package(name: &str, on_disk: &Path) -> bool {
    const TEXTS: [&str; 6] = ["readme", "license", "licence", "changelog", "notice", "source.txt"];
    if TEXTS.iter().any(|t| name.starts_with(t)) {
        return true;
    }
    let described = || std::fs::read(on_disk).ok().and_then(|bytes| serde_json::from_slice::<Whole>(&bytes).ok());
    name == "datapackage.json" && described().is_some_and(|Whole(value)| !holds_rows(&value))
}

/// Whether a description holds data, at any depth, under the name that the standard of data packages has for it.
fn holds_rows(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, v)| key == "data" && !v.is_null() || holds_rows(v)),
        Value::Array(items) => items.iter().any(holds_rows),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// What is not read may say which services are secret, or be one of the tables in another form: nobody would hear it.
fn not_read(folder: &str, name: &str, problems: &mut Problems) {
    let plain = name.len() <= 60 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let place = if plain { Place::file(format!("{folder}/{name}")) } else { Place::file(folder) };
    let what = "this stands beside the tables of the package and is not read: what it says of a service nobody would hear";
    problems.error(Code::R126, place, what, "Save its rows as a table (.csv) in this folder, or move it out of the folder.");
}

/// `addresses` is `address`, `taxonomies` is `taxonomy`, `service_at_locations` is `service_at_location`.
pub(super) fn singular(table: &str) -> String {
    let table = table.trim().to_lowercase();
    match table.as_str() {
        // Names that published packages of the first versions have.
        "services_at_location" | "services_at_locations" | "service_at_locations" => "service_at_location".into(),
        "regular_schedule" | "regular_schedules" => "schedule".into(),
        "service_taxonomys" => "service_taxonomy".into(),
        t if t.starts_with("accessibility_for_disab") => "accessibility_for_disabilities".into(),
        t if t.ends_with("ies") => format!("{}y", &t[..t.len() - 3]),
        t if t.ends_with("sses") => t[..t.len() - 2].to_owned(),
        t if t.ends_with("address") => table,
        "organisation" | "organisations" => "organization".into(),
        t => t.trim_end_matches('s').to_owned(),
    }
}
