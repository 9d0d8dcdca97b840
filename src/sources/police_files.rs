//! The street files of a source: which files of a folder and of its archives they are, and in which form they come.

use std::borrow::Cow;
use std::io::Read;

use super::police_copies::archive_month;
use super::police_uk::{CRIME_ID, HEADINGS};
use super::table_form::{as_text, is_table};
use super::{Origin, cannot_open, is_hidden};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{Month, showable};

/// One street file, on disk or inside an archive, read only when its turn comes.
pub(super) struct StreetFile {
    pub shown: String,
    pub month: Option<Month>,
    /// The month of the archive that it was downloaded in, where its path tells one.
    pub archive: Option<Month>,
    pub zip_entry: Option<(String, usize)>,
}

/// The street files of a source in a fixed order: by path, archives entry by entry.
pub(super) fn street_files(origin: &Origin, problems: &mut Problems) -> Vec<StreetFile> {
    let mut list = Vec::new();
    let wanted = |name: &str| is_street_file(name) || name.to_lowercase().ends_with(".zip");
    for path in origin.files(wanted, "files named YYYY-MM-force-street.csv, or zip archives", problems) {
        if !path.to_lowercase().ends_with(".zip") {
            let month = month_in(&path);
            list.push(StreetFile { month, archive: archive_month(&path, month), shown: path, zip_entry: None });
            continue;
        }
        match open_zip(origin, &path) {
            Ok(archive) => {
                let mut entries: Vec<(String, usize)> = Vec::new();
                for (i, name) in archive.file_names().enumerate() {
                    match name {
                        // Macs put a twin of every file into an archive, which holds no rows.
                        Ok(name) if name.split('/').any(is_hidden) => {}
                        Ok(name) if is_street_file(name.rsplit('/').next().unwrap_or_default()) => entries.push((name.into_owned(), i)),
                        Ok(_) => {}
                        // It may be a month of crimes.
                        Err(_) => damaged_zip(&path, problems),
                    }
                }
                entries.sort();
                if entries.is_empty() {
                    let next = "Download an archive that includes crime data; outcomes and stop and search are other files.";
                    problems.error(Code::R111, Place::file(&path), "the archive holds no file named YYYY-MM-force-street.csv", next);
                }
                for (entry, index) in entries {
                    let month = month_in(&entry);
                    list.push(StreetFile {
                        month,
                        archive: archive_month(&path, month),
                        shown: format!("{path}/{}", showable(&entry).0),
                        zip_entry: Some((path.clone(), index)),
                    });
                }
            }
            Err(ZipFault::Io(e)) => cannot_open(&path, origin.kind, &e, problems),
            Err(ZipFault::Damaged) => damaged_zip(&path, problems),
        }
    }
    list
}

pub(super) enum ZipFault {
    Io(std::io::Error),
    Damaged,
}

pub(super) fn open_zip(origin: &Origin, path: &str) -> Result<zip::ZipArchive<std::io::BufReader<std::fs::File>>, ZipFault> {
    let file = std::fs::File::open(origin.resolve(path)).map_err(ZipFault::Io)?;
    zip::ZipArchive::new(std::io::BufReader::new(file)).map_err(|_| ZipFault::Damaged)
}

pub(super) fn damaged_zip(file: &str, problems: &mut Problems) {
    problems.error(
        Code::R108,
        Place::file(file),
        "the zip archive is damaged or was cut off",
        "Download it again, and compare its size with what the site gives.",
    );
}

/// The month that a file name begins with, as in `2024-03-bedfordshire-street.csv`.
pub(super) fn month_in(path: &str) -> Option<Month> {
    let name = path.rsplit('/').next()?;
    Month::parse(name.get(..7)?)
}

/// The rows as text: most files are. Those that went through a spreadsheet may be UTF-16 or a workbook.
pub(super) fn text_of<'b>(origin: &Origin, file: &str, bytes: &'b [u8], problems: &mut Problems) -> Option<Cow<'b, [u8]>> {
    if bytes.starts_with(HEADINGS[CRIME_ID].as_bytes()) {
        return Some(Cow::Borrowed(bytes));
    }
    let (_, mut reader) = as_text(origin, file, Box::new(bytes), problems).ok()??;
    let mut text = Vec::new();
    reader.read_to_end(&mut text).ok()?;
    Some(Cow::Owned(text.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(text)))
}

/// Whether a file is called as street files are, or as a browser or a spreadsheet calls a copy of one: `2023-05-kent-street (1).csv`.
fn is_street_file(name: &str) -> bool {
    let lower = name.to_lowercase();
    let Some(stem) = lower.strip_suffix(".gz").or(Some(lower.as_str())).filter(|n| is_table(n)).and_then(|n| n.rsplit_once('.')) else {
        return false;
    };
    let mut stem = stem.0.trim_end();
    if let Some((before, inside)) = stem.strip_suffix(')').and_then(|s| s.rsplit_once('('))
        && inside.bytes().all(|b| b.is_ascii_digit())
    {
        stem = before.trim_end();
    }
    let stem = [" - copy", "_copy", "-copy", " copy"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem).trim_end();
    stem.ends_with("-street")
}
