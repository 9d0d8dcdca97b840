use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

mod calendar;
mod calls;
mod covered;
mod far;
mod feeds;
mod stops;
mod trips;

pub use far::{tell_elsewhere, tell_far};

use super::gathered::{Gathered, Tally};
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::Timetable;

/// The settings of a `timetable` source.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TimetableSettings {
    /// Any day of the week that is looked at, such as `2026-03-02`; without it, the first whole week of the month at whose end services are looked at.
    #[serde(deserialize_with = "iso_day")]
    #[schemars(with = "Option<String>")]
    pub week: Option<NaiveDate>,
    /// Nobody walks longer than this to or from a stop, in minutes; and twice as long all the way.
    pub walk_minutes: f64,
    /// Nobody walks longer than this from one bus or train to the next, in minutes.
    pub change_minutes: f64,
    /// Rides in a row, at most.
    pub rides: u8,
    /// Whoever takes a bus is at the stop so many minutes before it leaves.
    pub at_stop_minutes: f64,
    /// Walking speed in kilometres an hour, where the plan has no streets on foot.
    pub walking_km_h: f64,
    /// Straight lines are taken to be so many times as long, where the plan has no streets on foot.
    pub detour: f64,
    /// The mode `public-transport` of other analyses is the middle of the travel times of a day and hours: from which hour, to which.
    pub hours: [u8; 2],
    /// That day: `monday` to `sunday`.
    pub weekday: Weekday,
    /// Further days and hours by name, each a mode of its own: `evening` is `public-transport-evening`.
    pub windows: BTreeMap<String, Window>,
    /// Nobody travels longer than this, in minutes.
    pub longest_minutes: f64,
    /// Who can come by the clock: there within so many minutes, and home again within as many.
    pub each_way_minutes: f64,
    /// So long is a visit, in minutes: the service is open for all of it.
    pub visit_minutes: f64,
}

/// Hours of a day in which people leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Window {
    /// The day: `monday` to `sunday`.
    pub weekday: Weekday,
    /// From which hour, to which.
    pub hours: [u8; 2],
}

impl Window {
    /// Whether anybody can leave in it: from an earlier hour to a later one, to six in the morning after at most.
    fn fits(self) -> bool {
        self.hours[0] < self.hours[1] && self.hours[1] <= 30
    }
}

/// `2026-03-02`, between quotes.
fn iso_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom("a day is written as \"2026-03-02\""))
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// As plans write it.
    pub fn name(self) -> &'static str {
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][self as usize]
    }
}

impl Default for TimetableSettings {
    fn default() -> Self {
        Self {
            week: None,
            walk_minutes: 15.0,
            change_minutes: 5.0,
            rides: 4,
            at_stop_minutes: 1.0,
            walking_km_h: 4.8,
            detour: 1.3,
            hours: [10, 12],
            weekday: Weekday::Wednesday,
            windows: BTreeMap::new(),
            longest_minutes: 120.0,
            each_way_minutes: 60.0,
            visit_minutes: 60.0,
        }
    }
}

/// One timetable as its operator published it.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Position of the source in the plan.
    pub source: usize,
    /// Its file or folder, as the plan writes it.
    pub file: String,
    /// The first and the last date that its calendar speaks of.
    pub covers: Option<(NaiveDate, NaiveDate)>,
    /// What it holds.
    pub table: Timetable,
    /// How much of it is not there.
    pub lost: Lost,
}

/// How much of a timetable is not there: it was cut off, or leaves out what it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Lost {
    /// Trips that it names.
    pub trips: u64,
    /// Trips among them of which nobody can say when or where they run.
    pub gone: u64,
    /// Others that lack a call.
    pub cut: u64,
}

impl Lost {
    /// Of more than one trip in ten that is gone, what is left tells of no place who has a way.
    const TOO_MUCH: f64 = 0.1;

    /// The share of trips that are not whole.
    pub fn share(self) -> f64 {
        (self.gone + self.cut) as f64 / self.trips.max(1) as f64
    }

    /// Whether so much is gone that nothing can be told by it.
    pub fn is_too_much(self) -> bool {
        self.gone as f64 > Self::TOO_MUCH * self.trips as f64
    }

    /// With that of another feed.
    pub fn and(self, other: Self) -> Self {
        Self { trips: self.trips + other.trips, gone: self.gone + other.gone, cut: self.cut + other.cut }
    }
}

/// What the timetables of a plan say, and how people use them.
#[derive(Clone, Debug)]
pub struct Timetables {
    /// Position of the source in the plan.
    pub source: usize,
    /// How people use them.
    pub settings: TimetableSettings,
    /// The feeds, in the order of the plan.
    pub feeds: Vec<Feed>,
}

impl Source for TimetableSettings {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "trips");
        let mut feeds = Vec::new();
        self.check(origin, problems);
        for files in feeds::find(origin, gathered, problems) {
            let Some((table, covers, lost)) = read_feed(origin, &files, &mut tally, problems) else { continue };
            feeds.push(Feed { source: origin.id, file: files.shown.clone(), covers, table, lost });
        }
        if gathered.timetables.is_some() {
            let next = "Give all feeds in one source: `path = [\"buses.zip\", \"trains.zip\"]`.";
            problems.error(Code::P105, Place::file(format!("source `{}`", origin.name)), "there are two sources of kind `timetable`", next);
        } else {
            gathered.timetables = Some(Timetables { source: origin.id, settings: self.clone(), feeds });
        }
        gathered.tallies.push(tally);
    }
}

impl TimetableSettings {
    fn check(&self, origin: &Origin, problems: &mut Problems) {
        let minutes =
            [self.walk_minutes, self.change_minutes, self.at_stop_minutes, self.longest_minutes, self.each_way_minutes, self.visit_minutes];
        let fits = minutes.iter().all(|m| (0.0..=720.0).contains(m))
            && (1.0..=15.0).contains(&self.walking_km_h)
            && (1.0..=5.0).contains(&self.detour)
            && (1..=8).contains(&self.rides)
            && self.each_way_minutes <= self.longest_minutes
            && Window { weekday: self.weekday, hours: self.hours }.fits()
            && self.windows.iter().all(|(name, window)| window.fits() && !name.trim().is_empty());
        if !fits {
            let next = "Minutes run from 0 to 720, `each-way-minutes` no longer than `longest-minutes`, `walking-km-h` from 1 to 15, `detour` from 1 to 5, `rides` from 1 to 8; `hours` go from an earlier to a later one, up to 30 for six in the morning after.";
            problems.error(Code::P102, Place::file(format!("source `{}`", origin.name)), "a setting that nobody can travel by", next);
        }
    }
}

/// Stops and trips of one feed, from which date to which it speaks, and how much of it is not there.
type Read = (Timetable, Option<(NaiveDate, NaiveDate)>, Lost);

/// `None`, with the problem told, where a table is missing that no timetable can be without.
fn read_feed(origin: &Origin, files: &feeds::Files, tally: &mut Tally, problems: &mut Problems) -> Option<Read> {
    let stops = stops::read(origin, files, problems);
    let calendars = calendar::read(origin, files, problems);
    let trips = trips::read(origin, files, tally, problems);
    let (stops, calendars, trips) = (stops?, calendars?, trips?);
    let (table, lost) = calls::join(origin, files, stops, calendars.dates, trips, tally, problems)?;
    Some((table, calendars.covers, lost))
}
