//! The rows of a street file: split, checked and put into columns.

use chrono::Datelike;

use super::csv_file::not_utf8;
use super::day_order::DayOrder;
use super::events::{Block, Course, Fate, NONE, PointKey};
use super::police_cells::{decimal, is_no_id, usual_spelling};
use super::police_files::PoliceFile;
use super::police_uk::{CRIME_ID, CRIME_TYPE, FALLS_WITHIN, HEADINGS, LATITUDE, LONGITUDE, LSOA_CODE, MONTH, OUTCOME, REPORTED_BY, Worker};
use super::read_value;
use super::repeats::{Repeats, id_key};
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::{AreaCode, Month};
use crate::vocabulary::OutcomeClass;

/// What the ledger notes of rows without an id.
pub(super) const WITHOUT_AN_ID: &str = "without a crime id (never treated as duplicates)";

/// The rows of one file on their way into its block.
pub(super) struct Rows<'w, 'a> {
    pub worker: &'w mut Worker<'a>,
    pub file: &'w PoliceFile,
    pub block: &'w mut Block,
    pub repeats: &'w mut Repeats,
    pub problems: &'w mut Problems,
    /// The month of the row before, with its text: nearly always the next row's too.
    pub month: Option<([u8; 7], Month)>,
    /// The force of the row before, with its text: nearly always the next row's too.
    pub force: (Vec<u8>, u8),
    /// How long the crimes of the row before are followed, by its force and month: nearly always the next row's too.
    pub followed: Option<(u8, Month, Option<u16>)>,
    pub mismatched: u64,
    /// Where months are given as days.
    pub order: DayOrder,
}

impl Rows<'_, '_> {
    pub(super) fn row(&mut self, line: u32, f: &[&[u8]; 12]) {
        if f[MONTH].is_empty() && f.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        // Months put together with `cat` repeat their headings.
        if f[MONTH] == HEADINGS[MONTH].as_bytes() && f[CRIME_TYPE] == HEADINGS[CRIME_TYPE].as_bytes() {
            return self.worker.origin.reading.noticed.above.add(1);
        }
        self.worker.tally.read += 1;
        let Some(month) = self.month(line, f[MONTH]) else { return };
        let force = self.force(if f[REPORTED_BY].is_empty() { f[FALLS_WITHIN] } else { f[REPORTED_BY] });
        *self.worker.reported.entry((force, month)).or_default() += 1;
        let Some(category) = self.crime_type(line, f[CRIME_TYPE]) else { return };
        let Some(point) = self.point(line, f[LONGITUDE], f[LATITUDE]) else { return };
        let Some(code) = self.code(line, f[LSOA_CODE], point.is_some()) else { return };
        let id = if is_no_id(f[CRIME_ID]) { &b""[..] } else { f[CRIME_ID] };
        if point.is_none() && code == NONE {
            self.worker.tally.note("without a place", 1);
        }
        if id.is_empty() {
            self.worker.tally.note(WITHOUT_AN_ID, 1);
        }
        let outcome = self.outcome(f[OUTCOME]);
        self.repeats.push(id, month, outcome);
        let fate = self.fate(id, month, force, outcome);
        self.block.fate.push(self.worker.fates.id(fate));
        self.worker.waiting.push(point);
        self.block.push(line, NONE, code, month, category);
        self.block.force.push(force);
    }

    /// The position of the force in the list; rows of one file are nearly always of one.
    fn force(&mut self, text: &[u8]) -> u8 {
        if self.force.0 != text || self.worker.forces.0.is_empty() {
            let name = self.worker.origin.clean(&String::from_utf8_lossy(text)).replace("&amp;", "&").trim().to_owned();
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
        // A copy that went through a spreadsheet has `May-23`.
        let in_words =
            || std::str::from_utf8(text).ok().and_then(|t| read_value::month(t).value()).and_then(|d| Month::new(d.year(), d.month()));
        let Some(month) = Month::from_bytes(text).or_else(in_words) else {
            return self.bad(line, MONTH, text, "a month written as 2024-02", "a month that cannot be read");
        };
        self.month = text.try_into().ok().map(|t| (t, month));
        if text.len() > 7 {
            self.order.see(std::str::from_utf8(text).unwrap_or_default());
        }
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
                let name = usual_spelling(&self.worker.origin.clean(name));
                if name.trim().is_empty() {
                    return self.bad(line, CRIME_TYPE, text, "a crime type", "no crime type");
                }
                // A type that is left out is none of which nothing happened: it is not listed at all.
                let wanted = &self.worker.settings.crime_types;
                if !wanted.is_empty() && !wanted.contains(&name) {
                    self.worker.tally.set_aside("a crime type that the plan leaves out", 1);
                    return None;
                }
                self.worker.types.id(&name)?
            }
        };
        Some(id)
    }

    /// The point, or `None` inside where both coordinates are blank; nothing where they cannot be read.
    fn point(&mut self, line: u32, lon: &[u8], lat: &[u8]) -> Option<Option<PointKey>> {
        if lon.is_empty() && lat.is_empty() {
            return Some(None);
        }
        if let (Some(x), Some(y)) = (decimal(lon), decimal(lat))
            && (-9.5..2.5).contains(&x)
            && (49.0..61.5).contains(&y)
        {
            return Some(Some(PointKey::new(x, y)));
        }
        // Stand-ins for a place that is not known: `NULL`, -1 and -1, 0 and 0.
        if let (Ok(x), Ok(y)) = (std::str::from_utf8(lon), std::str::from_utf8(lat))
            && read_value::is_no_point(x, y)
        {
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

    /// The position of the code in the dictionary, or [`NONE`] where it is blank or nothing knows such codes and a point tells the place.
    fn code(&mut self, line: u32, text: &[u8], has_point: bool) -> Option<u32> {
        if text.is_empty() {
            return Some(NONE);
        }
        match AreaCode::from_bytes(text.trim_ascii()) {
            Some(code) => Some(self.worker.codes.id(code)),
            None if std::str::from_utf8(text).is_ok_and(read_value::says_nothing) => Some(NONE),
            None if has_point => {
                self.worker.tally.note("an area code that cannot be read: placed by its point", 1);
                Some(NONE)
            }
            None => self.bad(line, LSOA_CODE, text, "an area code such as E01017540", "an area code that cannot be read"),
        }
    }

    fn outcome(&mut self, text: &[u8]) -> u16 {
        match self.worker.outcomes.0.iter().position(|n| n.as_bytes() == text) {
            Some(id) => id as u16,
            None => {
                let words = String::from_utf8_lossy(text);
                let id = self.worker.outcomes.id(&words).unwrap_or(u16::MAX);
                self.worker.classes.resize(self.worker.outcomes.0.len(), OutcomeClass::of(&words));
                id
            }
        }
    }

    /// What became of a crime: by the outcome files, as far as its force sent them without a gap, and by the row itself.
    fn fate(&mut self, id: &[u8], month: Month, force: u8, outcome: u16) -> Fate {
        let last = self.worker.classes.get(usize::from(outcome)).copied().unwrap_or(OutcomeClass::NotKnown);
        if last == OutcomeClass::NotMapped {
            let words = self.worker.outcomes.0.get(usize::from(outcome)).map_or("", String::as_str);
            *self.worker.unmapped.entry(self.worker.origin.clean(words).into_owned()).or_default() += 1;
        }
        let outcomes = self.worker.endings;
        // Files that were downloaded month by month are each as old as they are: only an archive says when all of it was written.
        let seen_after = self.file.written.and_then(|until| u16::try_from(until.index() - month.index()).ok());
        if outcomes.is_empty() {
            return Fate { dated: None, last, seen_after };
        }
        let followed = match self.followed {
            Some((f, m, followed)) if (f, m) == (force, month) => followed,
            _ => {
                let name = self.worker.forces.0.get(usize::from(force)).map_or("", String::as_str);
                let followed = outcomes.followed(name, month);
                self.followed = Some((force, month, followed));
                followed
            }
        };
        let told = id_key(id).and_then(|key| outcomes.of(key));
        self.worker.tally.note("with an outcome in the outcome files", u64::from(told.is_some()));
        let dated = followed.and_then(|followed| match told {
            Some(ends) => ends.course(month, followed),
            None if last == OutcomeClass::Open => Some(Course { followed, ..Course::default() }),
            // One of which only the street file knows, or of which nothing is known.
            None => None,
        });
        Fate { dated, last, seen_after }
    }

    pub(super) fn place(&self, line: u32, column: usize) -> Place {
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
