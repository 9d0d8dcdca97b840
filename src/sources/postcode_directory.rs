use std::io::{BufReader, Read};

use schemars::JsonSchema;
use serde::Deserialize;

use super::gathered::{Gathered, Tally};
use super::ons_heading::ons_heading;
use super::plain_rows::{Cells, plain_rows};
use super::police_files::{ZipFault, damaged_zip, open_zip};
use super::postcodes::PostcodePlace;
use super::table_form::{as_text, is_table};
use super::table_rows::delimiter;
use super::{Origin, Source, cannot_open};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Geography, Postcode};

/// The settings of a `postcode-directory` source: none. What a column holds is told by its heading.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PostcodeDirectory {}

impl Source for PostcodeDirectory {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "postcodes");
        let mut rows = Vec::new();
        let is_directory = |name: &str| is_table(name) || name.to_lowercase().ends_with(".zip");
        for path in origin.files(is_directory, "CSV files, workbooks or archives", problems) {
            gathered.files.push((origin.id, path.clone()));
            let before = rows.len();
            if path.to_lowercase().ends_with(".zip") {
                read_archive(origin, &path, &mut rows, &mut tally, problems);
            } else {
                match std::fs::File::open(origin.resolve(&path)) {
                    Ok(file) => {
                        read_table(origin, &path, Box::new(BufReader::with_capacity(1 << 17, file)), &mut rows, &mut tally, problems)
                    }
                    Err(e) => cannot_open(&path, origin.kind, &e, problems),
                }
            }
            if rows.len() == before && !problems.any_error() {
                let next = "Point the source at the CSV file of ONSPD or NSPL (in the folder Data of the download), at the archive itself, or at the files of Code-Point Open.";
                problems.error(Code::R111, Place::file(&path), "no postcodes were found in it", next);
            }
        }
        gathered.postcodes.add(rows);
        gathered.tallies.push(tally);
    }

    fn others_need_it(&self) -> bool {
        true
    }
}

/// Rows of postcodes.
type Rows = Vec<(Postcode, PostcodePlace)>;

/// Where a file keeps what.
struct Columns {
    postcode: usize,
    point: Option<(usize, usize)>,
    /// The indicator of the grid reference.
    quality: Option<usize>,
    area: Option<usize>,
}

impl Columns {
    /// Of a row of headings; `None` where it is none.
    fn of(headings: &csv::ByteRecord) -> Option<Self> {
        let plain = |h: &[u8]| String::from_utf8_lossy(h).trim_start_matches('\u{feff}').trim().to_lowercase();
        let headings: Vec<String> = headings.iter().map(plain).collect();
        let find = |names: &[&str]| names.iter().find_map(|n| headings.iter().position(|h| h == n));
        let postcode = find(&["pcd7", "pcds", "pcd8", "pcd", "pcd2", "postcode", "postcode 1", "pc"])?;
        let east = find(&["oseast1m", "east1m", "easting", "eastings", "ea"]);
        let north = find(&["osnrth1m", "north1m", "northing", "northings", "no"]);
        // `lsoa21`, `lsoa21cd`, `LSOA11CD`: the newest that the file has.
        let small_area = |i: &usize| {
            let text = if headings[*i].ends_with("cd") { headings[*i].clone() } else { format!("{}cd", headings[*i]) };
            ons_heading(&text).filter(|h| h.code && h.geography == Geography::Lsoa).map(|h| h.vintage)
        };
        let area = (0..headings.len()).filter(|i| small_area(i).is_some()).max_by_key(small_area);
        let quality = find(&["osgrdind", "gridind", "positional_quality_indicator", "pq"]);
        Some(Self { postcode, point: east.zip(north), quality, area })
    }

    /// Files of Code-Point Open begin with a postcode and its quality, and have no headings.
    fn of_code_point(first: &csv::ByteRecord) -> Option<Self> {
        let number = |i: usize| std::str::from_utf8(first.get(i)?).ok()?.trim().parse::<u32>().ok();
        Postcode::from_bytes(first.get(0)?).filter(|_| first.len() >= 4)?;
        number(1).zip(number(2)).zip(number(3))?;
        Some(Self { postcode: 0, point: Some((2, 3)), quality: Some(1), area: None })
    }

    fn read(&self, row: &Cells<'_>) -> Option<(Postcode, PostcodePlace)> {
        let postcode = Postcode::from_bytes(row.get(self.postcode)?)?;
        let metres = |column: usize| whole(row.get(column)?);
        let quality = self.quality.and_then(|q| row.get(q)).map(<[u8]>::trim_ascii);
        // 5 and 50 are imputed, 6 and 60 the middle of a sector, as PO boxes have it, 9 and 90 none at all. Northern Ireland has a grid of its own.
        let no_point = quality.is_some_and(|q| matches!(q, b"5" | b"6" | b"9" | b"50" | b"60" | b"90")) || postcode.is_northern_irish();
        let no_area = quality.is_some_and(|q| matches!(q, b"6" | b"9" | b"60" | b"90"));
        let point = self.point.and_then(|(x, y)| metres(x).zip(metres(y))).filter(|(x, y)| !no_point && *x > 0 && *y > 0);
        // E99999999 and its like stand for no area.
        let area = self.area.filter(|_| !no_area).and_then(|a| AreaCode::from_bytes(row.get(a)?.trim_ascii()));
        let area = area.filter(|a| a.geography().is_some());
        Some((postcode, PostcodePlace { easting_northing_m: point, area }))
    }
}

/// A whole number of digits; `0801193` is one.
fn whole(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.trim_ascii();
    let fits = !digits.is_empty() && digits.len() <= 8 && digits.iter().all(u8::is_ascii_digit);
    fits.then(|| digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
}

fn read_table<'a>(origin: &Origin, file: &str, input: Box<dyn Read + 'a>, rows: &mut Rows, tally: &mut Tally, problems: &mut Problems) {
    let (head, mut input) = match as_text(origin, file, input, problems) {
        Ok(Some(text)) => text,
        Ok(None) => return,
        Err(e) => return cannot_open(file, origin.kind, &e, problems),
    };
    let delimiter = delimiter(&head);
    let mut reading = Reading { columns: None, rows, tally, wrong: None };
    let cut = |line| {
        let next = "It may have been cut off while it was copied: compare its size with the original, or download it again.";
        (Code::R105, Place::line(file, line), "the file cannot be read beyond this line", next)
    };
    let plain = plain_rows(&mut input, delimiter, |cells| reading.row(cells));
    let mut fault = None;
    match plain {
        Ok((lines, rest)) if reading.wrong.is_none() => {
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(std::io::Cursor::new(rest).chain(input));
            let (mut row, mut at) = (csv::ByteRecord::new(), vec![]);
            loop {
                match reader.read_byte_record(&mut row) {
                    Ok(true) if reading.row(&Cells::of(&row, &mut at)) => {}
                    Ok(_) => break,
                    Err(_) => {
                        fault = Some(cut(lines + reader.position().line()));
                        break;
                    }
                }
            }
        }
        Ok(_) => {}
        Err(_) => fault = Some(cut(reading.tally.read.max(1))),
    }
    fault = fault.or_else(|| reading.wrong.map(|(what, next)| (Code::R103, Place::line(file, 1), what, next)));
    if let Some((code, place, what, next)) = fault {
        problems.error(code, place, what, next);
    }
}

/// A table while it is read.
struct Reading<'a> {
    columns: Option<Columns>,
    rows: &'a mut Rows,
    tally: &'a mut Tally,
    /// Why it is no directory, and what to do.
    wrong: Option<(&'static str, &'static str)>,
}

impl Reading<'_> {
    /// Takes a row in; `false` where no more are wanted.
    fn row(&mut self, cells: &Cells<'_>) -> bool {
        let Some(known) = &self.columns else { return self.first(cells) };
        if cells.iter().all(<[u8]>::is_empty) {
            return true;
        }
        self.tally.read += 1;
        match known.read(cells) {
            Some(read) => self.rows.push(read),
            None => self.tally.set_aside("a postcode that cannot be read", 1),
        }
        true
    }

    /// The headings, or the first row of a file that has none.
    fn first(&mut self, cells: &Cells<'_>) -> bool {
        let record: csv::ByteRecord = cells.iter().collect();
        match Columns::of(&record) {
            Some(columns) if columns.point.is_none() && columns.area.is_none() => {
                let next = "It needs eastings and northings (oseast1m, osnrth1m), or small areas (lsoa21cd).";
                self.wrong = Some(("the file does not say where its postcodes are", next));
            }
            Some(columns) => self.columns = Some(columns),
            None => match Columns::of_code_point(&record) {
                Some(columns) => {
                    self.tally.read += 1;
                    self.rows.extend(columns.read(cells));
                    self.columns = Some(columns);
                }
                None => {
                    let next =
                        "A directory has a column of postcodes (pcd7, pcds or pcd). Check that this is ONSPD, NSPL or Code-Point Open.";
                    self.wrong = Some(("there is no column of postcodes", next));
                }
            },
        }
        self.wrong.is_none()
    }
}

/// The tables of an archive: the one of the whole country where it has both that and its parts.
fn read_archive(origin: &Origin, path: &str, rows: &mut Rows, tally: &mut Tally, problems: &mut Problems) {
    let mut archive = match open_zip(origin, path) {
        Ok(archive) => archive,
        Err(ZipFault::Io(e)) => return cannot_open(path, origin.kind, &e, problems),
        Err(ZipFault::Damaged) => return damaged_zip(path, problems),
    };
    let is_table = |name: &str| {
        let lower = name.to_lowercase();
        lower.ends_with(".csv") && !lower.contains("__macosx") && !["documents", "doc"].iter().any(|d| lower.split('/').any(|p| p == *d))
    };
    let names = archive.file_names().map(|n| n.map(std::borrow::Cow::into_owned).unwrap_or_default());
    let mut tables: Vec<(String, usize)> = names.enumerate().filter(|(_, n)| is_table(n)).map(|(i, n)| (n, i)).collect();
    tables.sort();
    if tables.iter().any(|(n, _)| !n.contains("multi_csv")) {
        tables.retain(|(n, _)| !n.contains("multi_csv"));
    }
    for (name, index) in tables {
        let shown = format!("{path} › {}", crate::units::showable(&name).0);
        match archive.by_index(index) {
            Ok(entry) => read_table(origin, &shown, Box::new(BufReader::new(entry)), rows, tally, problems),
            Err(_) => damaged_zip(path, problems),
        }
    }
}
