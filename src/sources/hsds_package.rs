//! The tables of a data package, each read once.

use std::path::Path;

use serde_json::Value;

use super::csv_file::{CsvFile, Table};
use super::hsds_described::{Described, sounds_confidential};
use super::json_text::Whole;
use super::said_around;
use super::{Origin, entries};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::is_showable;

/// All tables of one package, whether or not the standard knows them.
pub(super) struct Package<'a> {
    /// Each with its name in the singular: `location`. The rows of one may stand in several files.
    pub tables: Vec<(String, Table<'a>)>,
    /// How many files its description names that are not there.
    pub missing: usize,
}

/// A licence of fewer bytes is none of the known texts: somebody wrote it.
const SHORT_LICENCE: u64 = 400;

impl<'a> Package<'a> {
    /// Reads every table of a folder, and of those folders in it in which its description names files. What of it cannot be read is reported.
    pub fn open(origin: &'a Origin, folder: &str, problems: &mut Problems) -> Self {
        let described = Described::of(origin, folder, problems);
        let mut reading = Reading { origin, folder, described, tables: vec![], there: vec![] };
        reading.look_through("", problems);
        Self {
            missing: reading.described.missing(&reading.there),
            tables: reading.tables.into_iter().map(|(name, _, table)| (name, table)).collect(),
        }
    }

    /// The files of a table by its name in the singular.
    pub fn files_of(&self, name: &str) -> impl Iterator<Item = &Table<'a>> {
        self.tables.iter().filter(move |(known, _)| known == name).map(|(_, table)| table)
    }
}

/// A package that is being read.
struct Reading<'a, 'f> {
    origin: &'a Origin,
    folder: &'f str,
    described: Described,
    /// Name, path from the folder, table.
    tables: Vec<(String, String, Table<'a>)>,
    /// Paths of the tables that are there.
    there: Vec<String>,
}

impl Reading<'_, '_> {
    /// Looks through the folder, or one within it.
    fn look_through(&mut self, within: &str, problems: &mut Problems) {
        let shown = format!("{}{}{within}", self.folder, if within.is_empty() { "" } else { "/" });
        for (name, on_disk) in entries(&self.origin.resolve(&shown), &shown, problems) {
            let small = name.to_lowercase();
            if super::is_hidden(&name) {
                continue;
            }
            let path = format!("{within}{}{name}", if within.is_empty() { "" } else { "/" });
            if on_disk.is_dir() && self.described.names_files_in(&path) {
                self.look_through(&path, problems);
            } else if on_disk.is_dir() {
                folder_not_read(&shown, &name, problems);
            } else if super::table_form::is_table(&small) {
                self.read_table(path, &name, &small, problems);
            } else if !is_about_the_package(&small, &on_disk) {
                not_read(&shown, &name, problems);
            } else if !small.starts_with("licen") || std::fs::metadata(&on_disk).is_ok_and(|m| m.len() < SHORT_LICENCE) {
                match said_around::told_by_text(&on_disk) {
                    Some(true) => said_around::tell(Place::file(&shown), "a text beside the tables of the package", problems),
                    Some(false) => {}
                    None => not_read(&shown, &name, problems),
                }
            }
        }
    }

    /// Reads a table, by its path from the folder and its name.
    fn read_table(&mut self, path: String, name: &str, small: &str, problems: &mut Problems) {
        let Some((stem, _)) = small.rsplit_once('.') else { return };
        if !name.chars().all(is_showable) {
            let next = "Rename them: names of files stand in messages and findings.";
            let what = "the name of a file in this folder holds characters that cannot be shown";
            problems.error(Code::R122, Place::file(self.folder), what, next);
            return;
        }
        let shown = format!("{}/{path}", self.folder);
        self.there.push(path.clone());
        if said_around::told_by_path(self.origin, &shown, problems) {
            return;
        }
        let own = singular(stem);
        let table = self.described.table_of(&path, own.clone());
        // A name that gives way to that of a resource is heard here: nobody hears it later.
        if table != own && sounds_confidential(stem) {
            said_around::tell(Place::file(shown), "the name of the file", problems);
            return;
        }
        // Published examples have some tables under a singular name: two that mean one could tell different things.
        let first = self.tables.iter().find(|(known, _, _)| *known == table);
        if let Some((_, _, first)) = first.filter(|(_, other, _)| !self.described.are_of_one(&path, other)) {
            let what = format!("this file and `{}` are the same table of the standard", first.sheet.file);
            problems.error(Code::R123, Place::file(shown), what, "Put all rows of the table into one file, and take the other away.");
            return;
        }
        let headings = first.map(|(_, _, first)| first.sheet.headings.clone());
        let Some(file) = CsvFile::open(self.origin, &shown, problems) else { return };
        if headings.is_some_and(|headings| headings != file.sheet.headings) {
            let what = "the description of the package says that this file goes on with a table, and its headings are others";
            problems.error(
                Code::R123,
                Place::file(shown),
                what,
                "Give each file of the table its headings in the first row, in the same order.",
            );
            return;
        }
        let read = file.read_all(problems);
        if table == "meta_table_description" {
            said_around::told_by_descriptions(&read, problems);
        }
        self.tables.push((table, path, read));
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

/// The same of a folder.
fn folder_not_read(folder: &str, name: &str, problems: &mut Problems) {
    let plain = name.len() <= 60 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let place = if plain { Place::file(format!("{folder}/{name}")) } else { Place::file(folder) };
    let what = "this folder stands beside the tables of the package and is not read: what it says of a service nobody would hear";
    let next = "Put its tables (.csv) into the folder of the package, or name each by its `path` under `resources` in the package's datapackage.json. Or move it out of the folder.";
    problems.error(Code::R126, place, what, next);
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
