//! `trips.txt` and `frequencies.txt`: what runs, and what runs every so many minutes.

use std::collections::BTreeMap;

use super::super::Origin;
use super::super::gathered::Tally;
use super::feeds::Files;
use super::stops::yes_or_no;
use crate::diagnostics::Problems;

/// A trip as it stands in the table.
#[derive(Clone, Debug)]
pub(super) struct TripRow {
    pub calendar: String,
    pub step_free: Option<bool>,
    /// From which second to which, and how many seconds apart: the trip stands for many.
    pub every: Vec<(i32, i32, i32)>,
}

/// Nothing runs more often than this, in seconds.
const MOST_OFTEN_S: i32 = 10;

/// The trips of a feed, by id.
pub(super) fn read(origin: &Origin, files: &Files, tally: &mut Tally, problems: &mut Problems) -> Option<BTreeMap<String, TripRow>> {
    let mut file = files.open(origin, "trips", problems)?;
    let [id, calendar] = file.sheet.require(["trip_id", "service_id"], problems)?;
    let wheelchair = file.sheet.find("wheelchair_accessible");
    let mut trips: BTreeMap<String, TripRow> = BTreeMap::new();
    let unread = file.for_each(problems, |_, row, _| {
        tally.read += 1;
        let trip = TripRow { calendar: row.get(calendar).to_owned(), step_free: yes_or_no(row.get_if(wheelchair)), every: vec![] };
        if trips.contains_key(row.get(id)) {
            tally.set_aside("trips whose id stands twice", 1);
        } else {
            trips.insert(row.get(id).to_owned(), trip);
        }
    });
    tally.read += unread;
    tally.set_aside("bytes that are not UTF-8", unread);
    if files.has("frequencies") {
        frequencies(origin, files, &mut trips, tally, problems)?;
    }
    Some(trips)
}

fn frequencies(
    origin: &Origin,
    files: &Files,
    trips: &mut BTreeMap<String, TripRow>,
    tally: &mut Tally,
    problems: &mut Problems,
) -> Option<()> {
    let mut file = files.open(origin, "frequencies", problems)?;
    let [id, start, end, headway] = file.sheet.require(["trip_id", "start_time", "end_time", "headway_secs"], problems)?;
    file.for_each(problems, |sheet, row, problems| {
        let Some(trip) = trips.get_mut(row.get(id)) else { return };
        let (Some(from), Some(to)) = (seconds(row.get(start)), seconds(row.get(end))) else {
            let bad = if seconds(row.get(start)).is_none() { start } else { end };
            return sheet.bad_value(row, bad, "a time such as 27:15:00", problems);
        };
        match row.get(headway).parse::<i32>() {
            Ok(every) if every >= MOST_OFTEN_S => {
                if trip.every.is_empty() {
                    tally.note("trips that stand for many, every so many minutes", 1);
                }
                trip.every.push((from, to, every));
            }
            _ => sheet.bad_value(row, headway, "seconds between two departures, 10 or more", problems),
        }
    });
    Some(())
}

/// `7:05:00`, `27:15:00` or `07:05`: seconds after the midnight at which the day begins.
pub(super) fn seconds(text: &str) -> Option<i32> {
    let mut parts = text.trim().split(':').map(|p| p.trim().parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let fits = hour < 100 && minute < 60 && second < 60 && parts.next().is_none();
    fits.then_some((hour * 3600 + minute * 60 + second) as i32)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_go_past_midnight_and_may_leave_the_zero_or_the_seconds_out() {
        assert_eq!(seconds("27:15:00"), Some(98_100));
        assert_eq!((seconds("7:05:00"), seconds(" 07:05"), seconds("00:00:59")), (Some(25_500), Some(25_500), Some(59)));
        for wrong in ["", "7", "07:60:00", "7:5:4:3", "-1:00:00", "seven", "07.05"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
