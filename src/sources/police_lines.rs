//! The lines of a street file: plain ones are split where they stand, others go through the general reader.

use super::csv_file::{LONGEST_LINE_BYTES, line_too_long};
use super::police_cells::{degrees_of, heading_of, heading_text, is_padded, lacks_only_empty_ends, overlong_line, split};
use super::police_rows::Rows;
use super::police_uk::{CRIME_ID, CRIME_TYPE, HEADINGS, LATITUDE, LONGITUDE, LSOA_CODE, MONTH, OUTCOME, trim_cr};
use super::table_rows::{delimiter, separator_line};
use crate::diagnostics::{Code, Place, nearest};

impl Rows<'_, '_> {
    /// The usual file: standard headings, no quote in it. Lines are split at commas and nothing is copied.
    pub fn plain(&mut self, bytes: &[u8], heading_end: usize) {
        let expected = (bytes.len() - heading_end) / 180;
        for column in [&mut self.block.point, &mut self.block.code] {
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
                let n = split(text, &mut fields);
                if n == 12 || is_padded(text, n) || (lacks_only_empty_ends(n, 12) && end < bytes.len()) {
                    self.row(line, &fields);
                } else if !text.iter().all(|b| *b == b',' || *b == b' ') {
                    self.wrong_width(line, n, 12);
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
        let (separator, above) = separator_line(bytes);
        let separator = separator.unwrap_or_else(|| delimiter(&bytes[..bytes.len().min(1 << 16)]));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(&bytes[above..]);
        let mut record = csv::ByteRecord::new();
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return;
        }
        let headings: Vec<String> = record.iter().map(|h| heading_text(&self.worker.origin.clean(&heading_of(h)))).collect();
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
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let at = |p: &csv::Position| bytes.get(above + p.byte() as usize) == Some(&b'\n');
            let line = record.position().map_or(0, |p| p.line() as u32 + u32::from(at(p)) + u32::from(above > 0));
            let more_is_empty = record.iter().skip(headings.len()).all(|f| f.trim_ascii().is_empty());
            // A row at the end of a file that stops in the middle may be cut off.
            let cut = above + reader.position().byte() as usize >= bytes.len() && !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r");
            let ends_missing = columns[..OUTCOME].iter().flatten().all(|c| *c < record.len()) && !cut;
            if record.len() < headings.len() && !ends_missing || !more_is_empty {
                self.wrong_width(line, record.len(), headings.len());
                continue;
            }
            let fields = columns.map(|c| c.and_then(|c| record.get(c)).unwrap_or_default());
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

    fn wrong_width(&mut self, line: u32, fields: usize, belong: usize) {
        self.worker.tally.read += 1;
        self.worker.tally.set_aside("a row with too few or too many fields", 1);
        let next = "Download the file again: it may have been cut off or edited by hand.";
        self.problems.error(
            Code::R105,
            Place::line(&self.file.shown, u64::from(line)),
            format!("the row has {fields} fields where {belong} belong"),
            next,
        );
    }
}
