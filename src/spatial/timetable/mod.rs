//! Buses and trains by the clock: who gets where, when, on a day of a timetable.
//!
//! A [`Timetable`] is what operators publish: stops, trips and the dates on which they run. [`Day`] lays the trips of one date out for searches, those of
//! the night before and of the next morning with them. [`arrivals`] searches from one place outwards; a day that is [`Day::reversed`] answers the other
//! question: when must she leave to be there in time.

mod day;
mod places;
mod raptor;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::units::Bng;

pub use day::{Day, Laying, StepFree};
pub use places::{OnFoot, Walks};
pub use raptor::{Limits, NEVER, arrivals};

/// Stops, trips and the dates on which they run.
#[derive(Clone, Debug, Default)]
pub struct Timetable {
    /// Stops with a place, by number.
    pub stops: Vec<Stop>,
    /// Trips.
    pub trips: Vec<Trip>,
    /// Sets of dates, by number: trips name theirs.
    pub dates: Vec<BTreeSet<NaiveDate>>,
}

/// A place where people get on and off.
#[derive(Clone, PartialEq, Debug)]
pub struct Stop {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: Bng,
    /// Whether it can be used without a step; `None` where the timetable does not say.
    pub step_free: Option<bool>,
}

/// One run of a bus or train.
#[derive(Clone, PartialEq, Debug)]
pub struct Trip {
    /// Number of its set of dates.
    pub dates: u32,
    /// Whether it takes a wheelchair; `None` where the timetable does not say.
    pub step_free: Option<bool>,
    /// Its calls, in order.
    pub calls: Vec<Call>,
}

/// A call of a trip at a stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Call {
    /// Number of the stop.
    pub stop: u32,
    /// Seconds after the midnight at which its day begins; more than 86,400 after the next midnight.
    pub arrives_s: i32,
    /// The same.
    pub leaves_s: i32,
    /// Whether people may get on.
    pub on: bool,
    /// Whether people may get off.
    pub off: bool,
}

impl Timetable {
    /// Adds the stops and trips of another operator: nothing is taken to be the same, people walk from one stop to the other.
    pub fn add(&mut self, other: Timetable) {
        let (stops, dates) = (self.stops.len() as u32, self.dates.len() as u32);
        self.stops.extend(other.stops);
        self.dates.extend(other.dates);
        self.trips.extend(other.trips.into_iter().map(|mut trip| {
            trip.dates += dates;
            trip.calls.iter_mut().for_each(|c| c.stop += stops);
            trip
        }));
    }

    /// The first and the last date on which anything runs.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.dates.iter().filter_map(|d| d.first()).min()?;
        let last = self.dates.iter().filter_map(|d| d.last()).max()?;
        Some((*first, *last))
    }

    /// Trips that run on a date.
    pub fn trips_on(&self, date: NaiveDate) -> usize {
        let runs: Vec<bool> = self.dates.iter().map(|d| d.contains(&date)).collect();
        self.trips.iter().filter(|t| runs[t.dates as usize]).count()
    }

    /// Whether it says of any trip or stop whether it can be used without a step.
    pub fn tells_steps(&self) -> bool {
        self.trips.iter().any(|t| t.step_free.is_some()) || self.stops.iter().any(|s| s.step_free.is_some())
    }

    /// Calls of all trips.
    pub fn calls(&self) -> usize {
        self.trips.iter().map(|t| t.calls.len()).sum()
    }
}
