//! The rows of a street file: split, checked and put into columns.

use super::csv_file::{LONGEST_LINE_BYTES, line_too_long, not_utf8};
use super::events::{Block, NONE, PointKey};
use super::police_uk::{
    CRIME_ID, CRIME_TYPE, FALLS_WITHIN, HEADINGS, LATITUDE, LONGITUDE, LSOA_CODE, MONTH, OUTCOME, REPORTED_BY, StreetFile, Worker, trim_cr,
};
use super::repeats::Repeats;
use crate::diagnostics::{Code, Place, Problems, nearest, quote};
use crate::spatial::to_lon_lat;
use crate::units::{AreaCode, Bng, Month};

/// What the ledger notes of rows without an id.
pub(super) const WITHOUT_AN_ID: &str = "without a crime id (never treated as duplicates)";

/// The rows of one file on their way into its block.
pub(super) struct Rows<'w, 'a> {
    pub worker: &'w mut Worker<'a>,
    pub file: &'w StreetFile,
    pub block: &'w mut Block,
    pub repeats: &'w mut Repeats,
    pub problems: &'w mut Problems,
    /// The month of the row before, with its text: nearly always the next row's too.
    pub month: Option<([u8; 7], Month)>,
    /// The force of the row before, with its text: nearly always the next row's too.
    pub force: (Vec<u8>, u8),
    pub mismatched: u64,
}

impl Rows<'_, '_> {
    /// The usual file: standard headings, no quote in it. Lines are split at commas and nothing is copied.
    pub fn plain(&mut self, bytes: &[u8], heading_end: usize) {
        let expected = (bytes.len() - heading_end) / 180;
        for column in [&mut self.block.line, &mut self.block.point, &mut self.block.code] {
            column.reserve(expected);
        }
        let mut start = heading_end + 1;
        let mut line = 2;
        while start < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i);
            if end - start > LONGEST_LINE_BYTES {
                return line_too_long(Place::line(&self.file.shown, u64::from(line)), self.problems);
            }
            let text = trim_cr(&bytes[start..end]);
            if !text.is_empty() {
                let mut fields = [&text[..0]; 12];
                match split(text, &mut fields) {
                    12 => self.row(line, &fields),
                    n => self.wrong_width(line, n),
                }
            }
            start = end + 1;
            line += 1;
        }
    }

    /// A file with quotes or with its columns in another order: the general CSV reader.
    pub fn quoted(&mut self, bytes: &[u8]) {
        if let Some(line) = overlong_line(bytes) {
            return line_too_long(Place::line(&self.file.shown, line), self.problems);
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return;
        }
        let headings: Vec<String> =
            record.iter().map(|h| self.worker.origin.clean(&String::from_utf8_lossy(h)).trim().to_owned()).collect();
        let of = |h: &str| headings.iter().position(|x| x.eq_ignore_ascii_case(h));
        let mut columns = HEADINGS.map(of);
        // Until 2012 a row had metres of the National Grid, and neither an id nor a code.
        let grid = of("Easting").zip(of("Northing")).filter(|_| columns[LONGITUDE].is_none());
        let needed: &[usize] = match grid {
            Some((easting, northing)) => {
                (columns[LONGITUDE], columns[LATITUDE]) = (Some(easting), Some(northing));
                &[MONTH, CRIME_TYPE]
            }
            None => &[CRIME_ID, MONTH, LONGITUDE, LATITUDE, LSOA_CODE, CRIME_TYPE],
        };
        let mut complete = true;
        for i in needed.iter().copied().filter(|i| columns[*i].is_none()) {
            complete = false;
            let near = nearest(HEADINGS[i], headings.iter().map(String::as_str))
                .map_or(String::new(), |n| format!("The nearest heading is “{n}”. "));
            // Files of before 2013 have metres and no id; the site no longer offers them.
            let is_old = headings.iter().any(|h| h.eq_ignore_ascii_case("easting"));
            if is_old {
                let next = "Street files of before 2013 are read as `kind = \"events-csv\"`, with `topic = \"incidents\"` and `columns = { month = \"Month\", easting = \"Easting\", northing = \"Northing\", category = \"Crime type\" }`. Put them into a source of their own.";
                self.problems.error(Code::R103, Place::line(&self.file.shown, 1), format!("there is no column “{}”", HEADINGS[i]), next);
                continue;
            }
            let next = format!("{near}A street file has the headings {}. Download it again from data.police.uk.", HEADINGS.join(", "));
            self.problems.error(Code::R103, Place::line(&self.file.shown, 1), format!("there is no column “{}”", HEADINGS[i]), next);
        }
        if !complete {
            return;
        }
        while let Ok(true) = reader.read_byte_record(&mut record) {
            // After `\r\n` the reader stands before the `\n` and has not counted it yet.
            let line = record.position().map_or(0, |p| p.line() as u32 + u32::from(bytes.get(p.byte() as usize) == Some(&b'\n')));
            if record.len() != headings.len() {
                self.wrong_width(line, record.len());
                continue;
            }
            let fields = columns.map(|c| c.map_or(&b""[..], |c| &record[c]));
            let degrees = grid.and_then(|_| degrees_of(fields[LONGITUDE], fields[LATITUDE]));
            match &degrees {
                Some((x, y)) => {
                    let mut fields = fields;
                    (fields[LONGITUDE], fields[LATITUDE]) = (x.as_bytes(), y.as_bytes());
                    self.row(line, &fields);
                }
                None => self.row(line, &fields),
            }
        }
    }

    fn wrong_width(&mut self, line: u32, fields: usize) {
        self.worker.tally.read += 1;
        self.worker.tally.set_aside("a row with too few or too many fields", 1);
        let next = "Download the file again: it may have been cut off or edited by hand.";
        self.problems.error(
            Code::R105,
            Place::line(&self.file.shown, u64::from(line)),
            format!("the row has {fields} fields where 12 belong"),
            next,
        );
    }

    fn row(&mut self, line: u32, f: &[&[u8]; 12]) {
        self.worker.tally.read += 1;
        let Some(month) = self.month(line, f[MONTH]) else { return };
        let force = self.force(if f[REPORTED_BY].is_empty() { f[FALLS_WITHIN] } else { f[REPORTED_BY] });
        *self.worker.reported.entry((force, month)).or_default() += 1;
        let Some(category) = self.crime_type(line, f[CRIME_TYPE]) else { return };
        let Some(point) = self.point(line, f[LONGITUDE], f[LATITUDE]) else { return };
        let Some(code) = self.code(line, f[LSOA_CODE]) else { return };
        if point.is_none() && code == NONE {
            self.worker.tally.note("without a place", 1);
        }
        if f[CRIME_ID].is_empty() {
            self.worker.tally.note(WITHOUT_AN_ID, 1);
        }
        let outcome = self.outcome(f[OUTCOME]);
        self.repeats.push(f[CRIME_ID], month, outcome);
        self.worker.waiting.push(point);
        self.block.push(line, NONE, code, month, category);
        self.block.force.push(force);
    }

    /// The position of the force in the list; rows of one file are nearly always of one.
    fn force(&mut self, text: &[u8]) -> u8 {
        if self.force.0 != text || self.worker.forces.0.is_empty() {
            let name = self.worker.origin.clean(&String::from_utf8_lossy(text)).trim().to_owned();
            let id = self.worker.forces.id(&name).map_or(u8::MAX, |id| id.min(255) as u8);
            self.force = (text.to_vec(), id);
        }
        self.force.1
    }

    /// Fills the block's points in. One after the other with nothing between, these look-ups wait for memory side by side.
    pub fn look_points_up(&mut self) {
        let points = &mut self.worker.points;
        for (id, point) in self.block.point.iter_mut().zip(self.worker.waiting.drain(..)) {
            *id = point.map_or(NONE, |p| points.id(p));
        }
    }

    fn month(&mut self, line: u32, text: &[u8]) -> Option<Month> {
        if let Some((before, month)) = self.month
            && before == text
        {
            self.mismatched += u64::from(self.file.month.is_some_and(|m| m != month));
            return Some(month);
        }
        let Some(month) = Month::from_bytes(text) else {
            return self.bad(line, MONTH, text, "a month written as 2024-02", "a month that cannot be read");
        };
        self.month = text.try_into().ok().map(|t| (t, month));
        self.mismatched += u64::from(self.file.month.is_some_and(|m| m != month));
        Some(month)
    }

    fn crime_type(&mut self, line: u32, text: &[u8]) -> Option<u16> {
        let known = self.worker.types.0.iter().position(|n| n.as_bytes() == text);
        let id = match known {
            Some(id) => id as u16,
            None => {
                let Ok(name) = std::str::from_utf8(text) else {
                    self.worker.tally.set_aside("bytes that are not UTF-8", 1);
                    not_utf8(self.place(line, CRIME_TYPE), self.problems);
                    return None;
                };
                let name = self.worker.origin.clean(name);
                if name.trim().is_empty() {
                    return self.bad(line, CRIME_TYPE, text, "a crime type", "no crime type");
                }
                self.worker.types.id(&name)?
            }
        };
        let wanted = &self.worker.settings.crime_types;
        if !wanted.is_empty() && !wanted.iter().any(|w| *w == self.worker.types.0[usize::from(id)]) {
            self.worker.tally.set_aside("a crime type that the plan leaves out", 1);
            return None;
        }
        Some(id)
    }

    /// The point, or `None` inside where both coordinates are blank; nothing where they cannot be read.
    fn point(&mut self, line: u32, lon: &[u8], lat: &[u8]) -> Option<Option<PointKey>> {
        if lon.is_empty() && lat.is_empty() {
            return Some(None);
        }
        let Some(x) = decimal(lon).filter(|x| x.abs() <= 180.0) else {
            return self.bad(line, LONGITUDE, lon, "a longitude in degrees", "coordinates that cannot be read");
        };
        let Some(y) = decimal(lat).filter(|y| y.abs() <= 90.0) else {
            return self.bad(line, LATITUDE, lat, "a latitude in degrees", "coordinates that cannot be read");
        };
        if (49.0..61.5).contains(&x) && (-9.5..2.5).contains(&y) {
            self.worker.tally.set_aside("latitude and longitude swapped", 1);
            let next = "Give the columns their right headings. Nothing is swapped back silently.";
            let place = Place::file(&self.file.shown).at("columns Longitude and Latitude");
            self.problems.error(Code::D202, Place { line: Some(u64::from(line)), ..place }, "latitude and longitude are swapped", next);
            return None;
        }
        Some(Some(PointKey::new(x, y)))
    }

    /// The position of the code in the dictionary, or [`NONE`] where it is blank.
    fn code(&mut self, line: u32, text: &[u8]) -> Option<u32> {
        if text.is_empty() {
            return Some(NONE);
        }
        match AreaCode::from_bytes(text) {
            Some(code) => Some(self.worker.codes.id(code)),
            None => self.bad(line, LSOA_CODE, text, "an area code such as E01017540", "an area code that cannot be read"),
        }
    }

    fn outcome(&mut self, text: &[u8]) -> u16 {
        match self.worker.outcomes.0.iter().position(|n| n.as_bytes() == text) {
            Some(id) => id as u16,
            None => self.worker.outcomes.id(&String::from_utf8_lossy(text)).unwrap_or(u16::MAX),
        }
    }

    fn place(&self, line: u32, column: usize) -> Place {
        Place::line(&self.file.shown, u64::from(line)).at(format!("column {}", HEADINGS[column]))
    }

    /// Sets a row aside for a value that cannot be read.
    fn bad<T>(&mut self, line: u32, column: usize, text: &[u8], expected: &str, reason: &'static str) -> Option<T> {
        self.worker.tally.set_aside(reason, 1);
        let place = self.place(line, column);
        match std::str::from_utf8(text) {
            Ok(text) => {
                let shown = quote(text, self.worker.origin.sensitivity);
                let next = format!(
                    "The field should hold {expected}. Get the file again: a copy that went through a spreadsheet often changes it."
                );
                self.problems.error(Code::R104, place, format!("{shown} is not {expected}"), next);
            }
            Err(_) => not_utf8(place, self.problems),
        }
        None
    }
}

/// Metres of the National Grid as the degrees that a street file of today would give; `None` where they are blank or no such metres.
fn degrees_of(easting: &[u8], northing: &[u8]) -> Option<(String, String)> {
    let place = Bng { easting_m: decimal(easting)?, northing_m: decimal(northing)? };
    let place = to_lon_lat(place).filter(|_| place.easting_m > 0.0)?;
    Some((format!("{:.6}", place.lon), format!("{:.6}", place.lat)))
}

/// Splits a line at its commas into at most 12 fields; returns how many there are.
fn split<'l>(line: &'l [u8], fields: &mut [&'l [u8]; 12]) -> usize {
    let mut start = 0;
    let mut n = 0;
    for comma in memchr::memchr_iter(b',', line) {
        if n < 12 {
            fields[n] = &line[start..comma];
        }
        (n, start) = (n + 1, comma + 1);
    }
    if n < 12 {
        fields[n] = &line[start..];
    }
    n + 1
}

/// The one-based number of the first line longer than [`LONGEST_LINE_BYTES`].
fn overlong_line(bytes: &[u8]) -> Option<u64> {
    bytes.split(|b| *b == b'\n').position(|line| line.len() > LONGEST_LINE_BYTES).map(|i| i as u64 + 1)
}

/// Reads `-0.425199`. At most 15 digits are divided by a power of ten, both exact in binary64, so the result is correctly
/// rounded; anything else goes through the standard library.
fn decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, digits) = match text.first()? {
        b'-' => (true, &text[1..]),
        _ => (false, text),
    };
    let (mut number, mut decimals, mut seen_point) = (0_u64, 0, false);
    if digits.is_empty() || digits.len() > 16 {
        return std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|x: &f64| x.is_finite());
    }
    for b in digits {
        match b {
            b'0'..=b'9' => {
                number = number * 10 + u64::from(b - b'0');
                decimals += usize::from(seen_point);
            }
            b'.' if !seen_point => seen_point = true,
            _ => return std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|x: &f64| x.is_finite()),
        }
    }
    let value = number as f64 / POWERS[decimals];
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_agree_with_the_standard_library_to_the_last_bit() {
        for text in ["-0.425199", "52.254458", "0", "-12.5", "1e1", "0.1", "179.999999", "123456789012345", "0.000000000000001"] {
            assert_eq!(decimal(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", "1.2.3", "abc", "NaN", "inf"] {
            assert_eq!(decimal(text.as_bytes()), None, "{text}");
        }
    }
}
