//! Which files are a timetable: a zip, a folder, zips in a folder, a folder in a zip.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::super::csv_file::CsvFile;
use super::super::gathered::Gathered;
use super::super::police_files::{ZipFault, damaged_zip, open_zip};
use super::super::{Origin, cannot_open, empty, is_hidden};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::showable;

/// The tables that are read, without their ending.
const TABLES: [&str; 6] = ["stops", "trips", "stop_times", "calendar", "calendar_dates", "frequencies"];

/// The files of one feed.
pub(super) struct Files {
    /// The zip or folder.
    pub shown: String,
    tables: BTreeMap<&'static str, Table>,
}

enum Table {
    OnDisk(String),
    InZip { zip: String, entry: usize, shown: String },
}

/// The feeds of a source in a fixed order: by path, archives folder by folder.
pub(super) fn find(origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) -> Vec<Files> {
    let mut feeds: BTreeMap<(usize, String), Files> = BTreeMap::new();
    let wanted = |name: &str| table_of(name).is_some() || name.to_lowercase().ends_with(".zip");
    for (order, path) in
        origin.files(wanted, "a timetable in GTFS: zip archives, or stops.txt and the tables beside it", problems).iter().enumerate()
    {
        gathered.files.push((origin.id, path.clone()));
        let folder = path.rsplit_once('/').map_or("", |p| p.0);
        if !path.to_lowercase().ends_with(".zip") {
            let Some(table) = table_of(path.rsplit('/').next().unwrap_or_default()) else {
                let next = "Give a zip archive, or the folder that holds stops.txt and the tables beside it.";
                problems.error(Code::R130, Place::file(path), "this is no timetable in GTFS", next);
                continue;
            };
            let feed = feeds.entry((0, folder.to_owned())).or_insert_with(|| Files { shown: folder.to_owned(), tables: BTreeMap::new() });
            feed.tables.insert(table, Table::OnDisk(path.clone()));
            continue;
        }
        let archive = match open_zip(origin, path) {
            Ok(archive) => archive,
            Err(ZipFault::Io(e)) => {
                cannot_open(path, origin.kind, &e, problems);
                continue;
            }
            Err(ZipFault::Damaged) => {
                damaged_zip(path, problems);
                continue;
            }
        };
        let known = feeds.len();
        for (entry, name) in archive.file_names().enumerate() {
            let Ok(name) = name else { continue };
            if name.split('/').any(is_hidden) {
                continue;
            }
            let (inside, file) = name.rsplit_once('/').unwrap_or(("", &name));
            let Some(table) = table_of(file) else { continue };
            let shown = if inside.is_empty() { path.clone() } else { format!("{path}/{}", showable(inside).0) };
            let feed = feeds.entry((order + 1, shown.clone())).or_insert_with(|| Files { shown: shown.clone(), tables: BTreeMap::new() });
            feed.tables.insert(table, Table::InZip { zip: path.clone(), entry, shown: format!("{shown}/{table}.txt") });
        }
        if feeds.len() == known {
            let next = "Download the timetable as GTFS; TransXChange and other forms are not read.";
            problems.error(Code::R130, Place::file(path), "the archive holds no stops.txt and no table beside it", next);
        }
    }
    feeds.into_values().collect()
}

fn table_of(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let stem = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".csv"))?;
    TABLES.into_iter().find(|t| *t == stem)
}

impl Files {
    /// Whether the feed has a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// Opens a table; `None`, with the problem told, where it is missing or cannot be read.
    pub fn open<'a>(&self, origin: &'a Origin, table: &'static str, problems: &mut Problems) -> Option<CsvFile<'a>> {
        match self.tables.get(table) {
            Some(Table::OnDisk(path)) => CsvFile::open(origin, path, problems),
            Some(Table::InZip { zip, entry, shown }) => {
                let mut archive = open_zip(origin, zip).ok()?;
                let mut bytes = Vec::new();
                let read = archive.by_index(*entry).ok().and_then(|mut file| file.read_to_end(&mut bytes).ok());
                if read.is_none() {
                    damaged_zip(zip, problems);
                    return None;
                }
                if bytes.iter().all(u8::is_ascii_whitespace) {
                    empty(shown, problems);
                    return None;
                }
                CsvFile::from_reader(origin, shown, Box::new(Cursor::new(bytes)), problems)
            }
            None => {
                let next = "Download the feed again: without this table nobody knows when anything runs.";
                problems.error(Code::R130, Place::file(&self.shown), format!("the timetable has no {table}.txt"), next);
                None
            }
        }
    }
}
