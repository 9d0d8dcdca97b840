//! `stop_times.txt`: at which stops trips call, and when. Blank times lie between those beside them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::Origin;
use super::super::gathered::Tally;
use super::super::read_value::number;
use super::Lost;
use super::feeds::Files;
use super::stops::StopRow;
use super::trips::{TripRow, seconds};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::spatial::{Call, Stop, Timetable, Trip};
use crate::units::Bng;

/// A call as it stands in the table.
struct CallRow {
    sequence: f64,
    stop: u32,
    arrives: Option<i32>,
    leaves: Option<i32>,
    on: bool,
    off: bool,
    /// As far along as the feed says, in units of its own.
    along: Option<f64>,
}

/// The timetable of a feed from its tables. Trips without calls, dates or times that go forwards are set aside.
pub(super) fn join(
    origin: &Origin,
    files: &Files,
    stops: HashMap<String, StopRow>,
    dates: BTreeMap<String, BTreeSet<NaiveDate>>,
    trips: BTreeMap<String, TripRow>,
    tally: &mut Tally,
    problems: &mut Problems,
) -> Option<(Timetable, Lost)> {
    let mut named: Vec<(String, StopRow)> = stops.into_iter().collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let number_of: HashMap<&str, u32> = named.iter().enumerate().map(|(i, s)| (s.0.as_str(), i as u32)).collect();
    let trip_of: HashMap<&str, usize> = trips.keys().enumerate().map(|(i, t)| (t.as_str(), i)).collect();
    let Calls { of_trip: mut calls, cut, strangers } = read(origin, files, &number_of, &trip_of, tally, problems)?;
    let mut lost = Lost { trips: trips.len() as u64 + strangers, gone: strangers, cut: 0 };
    let sets: BTreeMap<&str, u32> = dates.keys().enumerate().map(|(i, d)| (d.as_str(), i as u32)).collect();
    let mut table = Timetable { dates: dates.values().cloned().collect(), ..Timetable::default() };
    // Stops without a place are on no street: nobody gets on or off there.
    let places: Vec<Option<Bng>> = named.iter().map(|s| s.1.place).collect();
    let (mut without_calls, mut blank) = (0, 0);
    for (at, (trip, rows)) in trips.values().zip(&mut calls).enumerate() {
        lost.gone += 1;
        rows.sort_by(|a, b| a.sequence.total_cmp(&b.sequence));
        if rows.len() < 2 {
            without_calls += 1;
            continue;
        }
        let Some(dates) = sets.get(trip.calendar.as_str()) else {
            tally.set_aside("trips of dates that no calendar gives", 1);
            continue;
        };
        let Some((timed, filled)) = times(rows, &places) else {
            tally.set_aside("trips with times that go backwards, or without two times", 1);
            continue;
        };
        blank += filled;
        // Every so many minutes it starts at its first stop, wherever that is.
        let starts_s = timed.first().map(|c| c.leaves_s);
        let kept: Vec<Call> = timed.into_iter().filter(|c| places[c.stop as usize].is_some()).collect();
        let trip_at = |shift: i32| Trip {
            dates: *dates,
            step_free: trip.step_free,
            calls: kept.iter().map(|c| Call { arrives_s: c.arrives_s + shift, leaves_s: c.leaves_s + shift, ..*c }).collect(),
        };
        match starts_s.filter(|_| !kept.is_empty()) {
            None => tally.set_aside("trips along stops without a place", 1),
            Some(first) => {
                lost.gone -= 1;
                lost.cut += u64::from(cut.contains(&at) || rows.iter().any(|r| places[r.stop as usize].is_none()));
                if trip.every.is_empty() {
                    table.trips.push(trip_at(0));
                    continue;
                }
                let starts = trip.every.iter().flat_map(|(from, to, every)| (*from..*to).step_by(*every as usize));
                table.trips.extend(starts.map(|start| trip_at(start - first)));
            }
        }
    }
    tally.set_aside("trips without calls", without_calls);
    tally.note("blank times, laid between those beside them by the way", blank);
    if lost.gone > 0 {
        let said = said::trips_that_are_not_whole(lost.gone, lost.trips, lost.is_too_much());
        match lost.is_too_much() {
            true => problems.error(Code::R130, Place::file(&files.shown), said.what, said.next),
            false => problems.warn(Code::R130, Place::file(&files.shown), said.what, said.next),
        }
    }
    keep_used_stops(&mut table, named, files, tally, problems);
    Some((table, lost))
}

/// What stop_times.txt says.
struct Calls {
    /// The calls of each trip.
    of_trip: Vec<Vec<CallRow>>,
    /// Trips that have a call which cannot be used.
    cut: BTreeSet<usize>,
    /// How many trips have calls and stand in no row of trips.txt.
    strangers: u64,
}

/// The calls of each trip.
fn read(
    origin: &Origin,
    files: &Files,
    stops: &HashMap<&str, u32>,
    trips: &HashMap<&str, usize>,
    tally: &mut Tally,
    problems: &mut Problems,
) -> Option<Calls> {
    let mut file = files.open(origin, "stop_times", problems)?;
    let [trip, stop, sequence, arrives, leaves] =
        file.sheet.require(["trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"], problems)?;
    let [on, off, along] = ["pickup_type", "drop_off_type", "shape_dist_traveled"].map(|h| file.sheet.find(h));
    let mut calls: Vec<Vec<CallRow>> = trips.iter().map(|_| vec![]).collect();
    let (mut strangers, mut nowhere, mut rung) = (0, 0, 0);
    let (mut cut, mut unnamed) = (BTreeSet::new(), BTreeSet::new());
    file.for_each(problems, |sheet, row, problems| {
        let Some(of) = trips.get(row.get(trip)) else {
            strangers += 1;
            if !unnamed.contains(row.get(trip)) {
                unnamed.insert(row.get(trip).to_owned());
            }
            return;
        };
        let Some(stop) = stops.get(row.get(stop)) else {
            nowhere += 1;
            cut.insert(*of);
            return;
        };
        let read = |column: usize| if row.get(column).is_empty() { Some(None) } else { seconds(row.get(column)).map(Some) };
        let (Some(arrives_s), Some(leaves_s)) = (read(arrives), read(leaves)) else {
            let bad = if read(arrives).is_none() { arrives } else { leaves };
            cut.insert(*of);
            return sheet.bad_value(row, bad, "a time such as 27:15:00", problems);
        };
        let Some(sequence_at) = number(row.get(sequence)).value() else {
            cut.insert(*of);
            return sheet.bad_value(row, sequence, "the number of the call", problems);
        };
        // Nothing, 0 and *ask the driver* let people on and off; a bus that must be rung for beforehand is none that she can count on.
        let lets = |column: Option<usize>| matches!(row.get_if(column), "" | "0" | "3");
        rung += u64::from([on, off].iter().any(|c| row.get_if(*c) == "2"));
        calls[*of].push(CallRow {
            sequence: sequence_at,
            stop: *stop,
            arrives: arrives_s.or(leaves_s),
            leaves: leaves_s.or(arrives_s),
            on: lets(on),
            off: lets(off),
            along: number(row.get_if(along)).value(),
        });
    });
    tally.note("calls of trips that trips.txt does not have", strangers);
    tally.note("calls at stops that stops.txt does not have", nowhere);
    tally.note("calls that must be rung for beforehand", rung);
    Some(Calls { of_trip: calls, cut, strangers: unnamed.len() as u64 })
}

/// The calls of a trip with all their times, and how many of these were blank. `None` where fewer than two are given, or they go backwards.
///
/// Blank times lie between those beside them by the share of the way: that of the feed, else straight lines from stop to stop. Calls before the first time
/// and after the last are left out.
fn times(rows: &[CallRow], places: &[Option<Bng>]) -> Option<(Vec<Call>, u64)> {
    let first = rows.iter().position(|r| r.arrives.is_some())?;
    let last = rows.iter().rposition(|r| r.arrives.is_some())?;
    let rows = &rows[first..=last];
    if rows.len() < 2 {
        return None;
    }
    let along = along(rows, places);
    let mut calls: Vec<Call> = Vec::with_capacity(rows.len());
    let mut blank = 0;
    let mut known = 0;
    for (i, row) in rows.iter().enumerate() {
        let (arrives_s, leaves_s) = match row.arrives.zip(row.leaves) {
            Some(both) => {
                known = i;
                both
            }
            None => {
                blank += 1;
                let next = i + rows[i..].iter().position(|r| r.arrives.is_some())?;
                let (from, to) = (rows[known].leaves?, rows[next].arrives?);
                let way = along[next] - along[known];
                let share = if way > 0.0 { (along[i] - along[known]) / way } else { (i - known) as f64 / (next - known) as f64 };
                let at = from + (f64::from(to - from) * share).floor() as i32;
                (at, at)
            }
        };
        let before = calls.last().map_or(i32::MIN, |c| c.leaves_s);
        if arrives_s < before || leaves_s < arrives_s {
            return None;
        }
        calls.push(Call { stop: row.stop, arrives_s, leaves_s, on: row.on, off: row.off });
    }
    Some((calls, blank))
}

/// How far along each call is.
fn along(rows: &[CallRow], places: &[Option<Bng>]) -> Vec<f64> {
    let told: Option<Vec<f64>> = rows.iter().map(|r| r.along).collect();
    if let Some(told) = told.filter(|t| t.windows(2).all(|w| w[0] <= w[1]) && t.first() < t.last()) {
        return told;
    }
    let mut so_far = 0.0;
    let mut before: Option<Bng> = None;
    rows.iter()
        .map(|row| {
            let here = places[row.stop as usize];
            if let (Some(a), Some(b)) = (before, here) {
                so_far += a.distance_m(b);
            }
            before = here.or(before);
            so_far
        })
        .collect()
}

/// Keeps the stops at which anything calls, in the order of their ids.
fn keep_used_stops(table: &mut Timetable, named: Vec<(String, StopRow)>, files: &Files, tally: &mut Tally, problems: &mut Problems) {
    let mut used = vec![false; named.len()];
    table.trips.iter().flat_map(|t| &t.calls).for_each(|c| used[c.stop as usize] = true);
    let without: u64 = named.iter().filter(|s| s.1.place.is_none()).count() as u64;
    if without > 0 {
        let next = "Ask the operator where they are. Nobody gets on or off there in what follows.";
        problems.warn(Code::R130, Place::file(&files.shown), format!("{without} stops have no coordinates"), next);
    }
    tally.note("stops without coordinates", without);
    let mut number = vec![0; named.len()];
    for (i, (_, stop)) in named.into_iter().enumerate().filter(|(i, _)| used[*i]) {
        let Some(place) = stop.place else { continue };
        number[i] = table.stops.len() as u32;
        table.stops.push(Stop { name: stop.name, place, step_free: stop.step_free });
    }
    table.trips.iter_mut().flat_map(|t| &mut t.calls).for_each(|c| c.stop = number[c.stop as usize]);
    tally.note("stops with calls", table.stops.len() as u64);
}
