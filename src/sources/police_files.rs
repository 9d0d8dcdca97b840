//! The street and outcome files of a source: which files of a folder and of its archives they are, and in which form they come.

use std::borrow::Cow;
use std::io::Read;

use super::police_copies::archive_month;
use super::police_uk::{CRIME_ID, HEADINGS};
use super::table_form::{as_text, is_table};
use super::{Origin, cannot_open, empty, is_hidden};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{Month, showable};

/// One street or outcome file, on disk or inside an archive, read only when its turn comes.
pub(super) struct PoliceFile {
    pub shown: String,
    pub month: Option<Month>,
    /// The month of the archive that it was downloaded in, where its path tells one.
    pub archive: Option<Month>,
    /// The month up to which it was written: that of the archive, or the latest month of the zip that it lies in. Of a file by itself nothing tells it.
    pub written: Option<Month>,
    pub zip_entry: Option<(String, usize)>,
}

/// The files of a source, by what they hold.
#[derive(Default)]
pub(super) struct PoliceFiles {
    pub street: Vec<PoliceFile>,
    pub outcomes: Vec<PoliceFile>,
}

impl PoliceFiles {
    fn push(&mut self, kind: Kind, file: PoliceFile) {
        match kind {
            Kind::Street => self.street.push(file),
            Kind::Outcomes => self.outcomes.push(file),
        }
    }
}

/// What a file holds, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Street,
    Outcomes,
}

/// The files of a source in a fixed order: by path, archives entry by entry.
pub(super) fn police_files(origin: &Origin, problems: &mut Problems) -> PoliceFiles {
    let mut list = PoliceFiles::default();
    let wanted = |name: &str| kind_of(name).is_some() || name.to_lowercase().ends_with(".zip");
    for path in origin.files(wanted, "files named YYYY-MM-force-street.csv, or zip archives", problems) {
        if !path.to_lowercase().ends_with(".zip") {
            let month = month_in(&path);
            // A file that the plan names by itself holds crimes, unless its name says otherwise.
            let kind = path.rsplit('/').next().and_then(kind_of).unwrap_or(Kind::Street);
            let archive = archive_month(&path, month);
            list.push(kind, PoliceFile { month, archive, written: archive, shown: path, zip_entry: None });
            continue;
        }
        match open_zip(origin, &path) {
            Ok(archive) => inside(&path, &archive, &mut list, problems),
            Err(ZipFault::Io(e)) => cannot_open(&path, origin.kind, &e, problems),
            Err(ZipFault::Damaged) => damaged_zip(&path, problems),
        }
    }
    if let (true, Some(first)) = (list.street.is_empty(), list.outcomes.first()) {
        let next = "Download the street files of the same months too: an outcome file does not say which crime it is about, nor when it was reported.";
        problems.error(Code::R111, Place::file(&first.shown), "there are outcome files and no street file that they belong to", next);
    }
    list
}

/// The files of one archive.
fn inside(path: &str, archive: &Archive, list: &mut PoliceFiles, problems: &mut Problems) {
    let mut entries: Vec<(String, usize, Kind)> = Vec::new();
    for (i, name) in archive.file_names().enumerate() {
        match name {
            // Macs put a twin of every file into an archive, which holds no rows.
            Ok(name) if name.split('/').any(is_hidden) => {}
            Ok(name) => {
                let kind = kind_of(name.rsplit('/').next().unwrap_or_default());
                entries.extend(kind.map(|kind| (name.into_owned(), i, kind)));
            }
            // It may be a month of crimes.
            Err(_) => damaged_zip(path, problems),
        }
    }
    entries.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    if entries.is_empty() {
        let next = "Download an archive that includes crime data; stop and search is another file.";
        problems.error(Code::R111, Place::file(path), "the archive holds no file named YYYY-MM-force-street.csv", next);
    }
    let latest = entries.iter().filter_map(|(entry, ..)| month_in(entry)).max();
    for (entry, index, kind) in entries {
        let month = month_in(&entry);
        let file = PoliceFile {
            month,
            archive: archive_month(path, month),
            written: archive_month(path, month).or(latest),
            shown: format!("{path}/{}", showable(&entry).0),
            zip_entry: Some((path.to_owned(), index)),
        };
        list.push(kind, file);
    }
}

pub(super) enum ZipFault {
    Io(std::io::Error),
    Damaged,
}

pub(super) type Archive = zip::ZipArchive<std::io::BufReader<std::fs::File>>;

/// Puts the bytes of a file into the buffer; says what is wrong where there are none.
pub(super) fn load(origin: &Origin, file: &PoliceFile, buffer: &mut Vec<u8>, problems: &mut Problems) -> bool {
    buffer.clear();
    let read = match &file.zip_entry {
        None => std::fs::File::open(origin.resolve(&file.shown)).and_then(|mut f| f.read_to_end(buffer)).map_err(ZipFault::Io),
        Some((path, index)) => open_zip(origin, path).and_then(|mut archive| {
            let mut entry = archive.by_index(*index).map_err(|_| ZipFault::Damaged)?;
            entry.read_to_end(buffer).map_err(|_| ZipFault::Damaged)
        }),
    };
    match read {
        Ok(_) if buffer.iter().all(u8::is_ascii_whitespace) => empty(&file.shown, problems),
        Ok(_) => return true,
        Err(ZipFault::Io(e)) => cannot_open(&file.shown, origin.kind, &e, problems),
        Err(ZipFault::Damaged) => damaged_zip(&file.shown, problems),
    }
    false
}

pub(super) fn open_zip(origin: &Origin, path: &str) -> Result<Archive, ZipFault> {
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

/// What a file holds that is called as the site calls it, or as a browser or a spreadsheet calls a copy of one: `2023-05-kent-street (1).csv`.
fn kind_of(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let (stem, _) = lower.strip_suffix(".gz").or(Some(lower.as_str())).filter(|n| is_table(n)).and_then(|n| n.rsplit_once('.'))?;
    let mut stem = stem.trim_end();
    if let Some((before, inside)) = stem.strip_suffix(')').and_then(|s| s.rsplit_once('('))
        && inside.bytes().all(|b| b.is_ascii_digit())
    {
        stem = before.trim_end();
    }
    let stem = [" - copy", "_copy", "-copy", " copy"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem).trim_end();
    match () {
        () if stem.ends_with("-street") => Some(Kind::Street),
        () if stem.ends_with("-outcomes") => Some(Kind::Outcomes),
        () => None,
    }
}
