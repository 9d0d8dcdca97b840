//! `calendar.txt` and `calendar_dates.txt`: on which dates trips run.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::super::Origin;
use super::super::read_value::date;
use super::feeds::Files;
use crate::diagnostics::{Code, Place, Problems};

/// A calendar of more days than this is a slip in a date.
const MOST_DAYS: i64 = 10 * 366;
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// On which dates each calendar runs, and from which date to which the tables speak.
#[derive(Debug, Default)]
pub(super) struct Calendars {
    /// Dates by id of the calendar.
    pub dates: BTreeMap<String, BTreeSet<NaiveDate>>,
    /// The first and the last date that a table names: a week-end at the end of a calendar of working days is one without buses, and no unknown one.
    pub covers: Option<(NaiveDate, NaiveDate)>,
}

impl Calendars {
    fn covers(&mut self, from: NaiveDate, to: NaiveDate) {
        let (first, last) = self.covers.unwrap_or((from, to));
        self.covers = Some((first.min(from), last.max(to)));
    }
}

/// Reads both tables. Either may be missing, not both.
pub(super) fn read(origin: &Origin, files: &Files, problems: &mut Problems) -> Option<Calendars> {
    let mut dates = Calendars::default();
    if !files.has("calendar") && !files.has("calendar_dates") {
        let next = "Download the feed again: without its dates nobody knows when anything runs.";
        problems.error(Code::R130, Place::file(&files.shown), "the timetable has no calendar.txt and no calendar_dates.txt", next);
        return None;
    }
    if files.has("calendar") {
        weeks(origin, files, &mut dates, problems)?;
    }
    if files.has("calendar_dates") {
        exceptions(origin, files, &mut dates, problems)?;
    }
    Some(dates)
}

fn weeks(origin: &Origin, files: &Files, dates: &mut Calendars, problems: &mut Problems) -> Option<()> {
    let mut file = files.open(origin, "calendar", problems)?;
    let [id, first, last] = file.sheet.require(["service_id", "start_date", "end_date"], problems)?;
    let weekdays = file.sheet.require(WEEKDAYS, problems)?;
    file.for_each(problems, |sheet, row, problems| {
        let (Some(from), Some(to)) = (date(row.get(first)).value(), date(row.get(last)).value()) else {
            let bad = if date(row.get(first)).value().is_none() { first } else { last };
            return sheet.bad_value(row, bad, "a date such as 20260302", problems);
        };
        if to < from || (to - from).num_days() > MOST_DAYS {
            return sheet.bad_value(row, last, "a date within ten years after the first", problems);
        }
        // Anything but 1 and 0 says nothing that could be taken for a day without buses.
        if let Some(odd) = weekdays.into_iter().find(|w| !matches!(row.get(*w), "0" | "1")) {
            return sheet.bad_value(row, odd, "1 where it runs on that day, 0 where it does not", problems);
        }
        let runs = weekdays.map(|w| row.get(w) == "1");
        let days = from.iter_days().take_while(|d| *d <= to).filter(|d| runs[d.weekday().num_days_from_monday() as usize]);
        dates.dates.entry(row.get(id).to_owned()).or_default().extend(days);
        dates.covers(from, to);
    });
    Some(())
}

fn exceptions(origin: &Origin, files: &Files, dates: &mut Calendars, problems: &mut Problems) -> Option<()> {
    let mut file = files.open(origin, "calendar_dates", problems)?;
    let [id, day, kind] = file.sheet.require(["service_id", "date", "exception_type"], problems)?;
    file.for_each(problems, |sheet, row, problems| {
        let Some(on) = date(row.get(day)).value() else {
            return sheet.bad_value(row, day, "a date such as 20260302", problems);
        };
        let of = dates.dates.entry(row.get(id).to_owned()).or_default();
        match row.get(kind) {
            // A day that is taken out tells of no time that the calendar does not speak of.
            "1" => {
                of.insert(on);
                dates.covers(on, on);
            }
            "2" => {
                of.remove(&on);
            }
            _ => sheet.bad_value(row, kind, "1 for a day added or 2 for a day taken out", problems),
        }
    });
    Some(())
}
