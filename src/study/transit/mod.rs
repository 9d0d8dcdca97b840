//! Buses and trains of one week, joined to where people live and to the doors of services.
//!
//! Searches go from the few doors outwards to the many areas: run backwards they say when she must leave home, forwards when she is home again.
//! Confidential services have no door here: they are in no part of the catalogue that this reads.

mod week;

use std::sync::OnceLock;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::areas::Areas;
use super::catalogue::Catalogue;
use super::travel::Travel;
use crate::diagnostics::Problems;
use crate::sources::{Gathered, Lost, Mode, TimetableSettings, Timetables, tell_elsewhere, tell_far};
use crate::spatial::{Day, Laying, Limits, NEVER, OnFoot, Timetable, Walks, arrivals};
use crate::units::{Bng, Month};

pub use week::{Hour, SLOTS, Week};

/// Name of the mode among travel times.
pub const PUBLIC_TRANSPORT: &str = "public-transport";
/// A door or stop farther than this from any street is on none, in metres.
const TO_STREET_M: f64 = 1_000.0;
const DAY_S: i32 = 86_400;

/// Timetables of one week, with the ways on foot to homes and doors.
#[derive(Debug)]
pub struct Transit {
    /// Position of the source in the plan.
    pub source: usize,
    /// How people use them.
    pub settings: TimetableSettings,
    /// How much of them is not there.
    pub lost: Lost,
    /// Monday to Sunday of the week that is looked at.
    pub dates: [NaiveDate; 7],
    /// Days without any trip, 0 for Monday.
    pub without_trips: Vec<u8>,
    /// The day of each weekday among `days`: many are alike.
    day_of: [usize; 7],
    days: Vec<Day>,
    back: Vec<Day>,
    walks: Walks,
    /// For each area, then those beyond the boundary: stops near its centre, with seconds on foot.
    homes: Vec<Vec<(u32, i32)>>,
    /// Whether the centre of each area is on the streets, where there are any.
    pub known: Vec<bool>,
    /// How many of `homes` are areas of the study.
    own: usize,
    /// Doors of services.
    pub doors: Vec<Door>,
    week: OnceLock<Week>,
}

/// A site of a public service.
#[derive(Clone, Debug)]
pub struct Door {
    /// Position of the service among the public ones.
    pub service: usize,
    /// Stops near it, with seconds on foot.
    stops: Vec<(u32, i32)>,
    /// Seconds on foot all the way, by area.
    on_foot: Vec<Option<i32>>,
}

/// Joins the timetables to the areas and services. `None` where the plan has none, or they do not cover the week.
pub(super) fn build(gathered: &Gathered, areas: &Areas, catalogue: &Catalogue, month: Month, problems: &mut Problems) -> Option<Transit> {
    let timetables = gathered.timetables.as_ref()?;
    let Timetables { source, settings, feeds } = timetables;
    if feeds.is_empty() || problems.any_error() {
        return None;
    }
    let dates = timetables.week(month, problems)?;
    let mut table = Timetable::default();
    feeds.iter().for_each(|f| table.add(f.table.clone()));
    let streets = gathered.networks.iter().find(|n| n.mode == Mode::Walk);
    let on_foot = OnFoot {
        streets: streets.map(|s| &s.network),
        metres_s: streets.map_or(settings.walking_km_h / 3.6, |s| s.walking_m_s),
        detour: settings.detour,
        longest_s: settings.walk_minutes * 60.0,
        to_street_m: TO_STREET_M,
    };
    let centres: Vec<Bng> = areas.list.iter().chain(&areas.beyond).map(|a| a.centre).collect();
    let known = areas.list.iter().map(|a| on_foot.streets.is_none() || on_foot.to_street(a.centre).is_some()).collect();
    let sites: Vec<(usize, Bng)> =
        catalogue.public.iter().enumerate().flat_map(|(i, s)| s.sites.iter().map(move |site| (i, site.bng))).collect();
    let places: Vec<Bng> = sites.iter().map(|s| s.1).collect();
    let middles: Vec<_> = areas.list.iter().map(|a| (a.code, a.centre)).collect();
    tell_elsewhere(&table.stops, &middles, problems);
    tell_far(&on_foot, &table.stops, &middles, &places, problems);
    let longest_s = settings.longest_minutes * 60.0;
    let doors = sites.par_iter().zip(on_foot.to_stops(&places, &table.stops)).map(|((service, place), stops)| Door {
        service: *service,
        stops,
        // Who walks to one stop and from another walks twice: so far she may walk all the way.
        on_foot: on_foot.all_the_way(*place, &centres, 2.0 * on_foot.longest_s),
    });
    let doors = doors.collect();
    let laying = Laying {
        from_s: -(longest_s as i32),
        to_s: (DAY_S + (settings.visit_minutes * 60.0) as i32).max(i32::from(settings.hours[1]) * 3600) + longest_s as i32,
        at_stop_s: (settings.at_stop_minutes * 60.0) as i32,
        step_free: false,
    };
    let (mut days, mut day_of) = (Vec::<Day>::new(), [0; 7]);
    for (weekday, date) in dates.iter().enumerate() {
        let day = Day::of(&table, *date, laying);
        day_of[weekday] = days.iter().position(|d| *d == day).unwrap_or(days.len());
        if day_of[weekday] == days.len() {
            days.push(day);
        }
    }
    let between = OnFoot { longest_s: settings.change_minutes * 60.0, ..on_foot };
    Some(Transit {
        source: *source,
        settings: settings.clone(),
        lost: feeds.iter().fold(Lost::default(), |all, f| all.and(f.lost)),
        without_trips: (0..7_u8).filter(|d| table.trips_on(dates[usize::from(*d)]) == 0).collect(),
        dates,
        day_of,
        back: days.iter().map(Day::reversed).collect(),
        days,
        walks: between.between(&table.stops),
        homes: OnFoot { longest_s: settings.walk_minutes * 60.0, ..between }.to_stops(&centres, &table.stops),
        known,
        own: areas.list.len(),
        doors,
        week: OnceLock::new(),
    })
}

impl Transit {
    /// How people use the timetables, in words: two that differ in it are not compared. The week that is looked at is none of it.
    pub fn described(&self) -> String {
        let s = &self.settings;
        let [from, to] = s.hours;
        let told = [
            ("each way", s.each_way_minutes),
            ("visit", s.visit_minutes),
            ("on foot", s.walk_minutes),
            ("between rides", s.change_minutes),
            ("at stops", s.at_stop_minutes),
            ("longest", s.longest_minutes),
            ("rides", f64::from(s.rides)),
            ("km an hour", s.walking_km_h),
            ("detour", s.detour),
        ];
        let told = told.map(|(what, n)| format!("{what} {n}")).join(", ");
        format!("{told}, {} {from} to {to}", s.weekday.name())
    }

    fn limits(&self, minutes: f64) -> Limits {
        Limits { rides: usize::from(self.settings.rides), longest_s: (minutes * 60.0) as i32 }
    }

    /// The latest seconds after midnight at which people of each area can leave to be at a door by each of these times; `None` where nobody can in time.
    ///
    /// `by` goes from the first to the last.
    pub fn leave_for(&self, door: &Door, weekday: usize, by: &[i32], minutes: f64) -> Vec<Vec<Option<i32>>> {
        let limits = self.limits(minutes);
        let mirrored: Vec<i32> = by.iter().map(|t| -t).collect();
        let mut found = arrivals(&self.back[self.day_of[weekday]], &self.walks, &door.stops, &self.homes, &mirrored, limits);
        let on_foot = |area: usize, by: i32| door.on_foot[area].filter(|s| *s <= limits.longest_s).map(|s| by - s);
        let row = |(at, row): (&i32, &mut Vec<i32>)| {
            row.iter().enumerate().map(|(area, t)| (*t != NEVER).then(|| -t).max(on_foot(area, *at))).collect()
        };
        by.iter().zip(&mut found).map(row).collect()
    }

    /// The earliest seconds after midnight at which people of each area are home who leave a door at each of these times.
    ///
    /// `at` goes from the last to the first.
    pub fn home_from(&self, door: &Door, weekday: usize, at: &[i32], minutes: f64) -> Vec<Vec<Option<i32>>> {
        let limits = self.limits(minutes);
        let found = arrivals(&self.days[self.day_of[weekday]], &self.walks, &door.stops, &self.homes, at, limits);
        let on_foot = |area: usize, at: i32| door.on_foot[area].filter(|s| *s <= limits.longest_s).map(|s| at + s);
        let earlier = |a: Option<i32>, b: Option<i32>| [a, b].into_iter().flatten().min();
        let row = |(at, row): (&i32, Vec<i32>)| {
            row.into_iter().enumerate().map(|(area, t)| earlier((t != NEVER).then_some(t), on_foot(area, *at))).collect()
        };
        at.iter().zip(found).map(row).collect()
    }

    /// Who can come and go home again, hour by hour of the week; worked out once.
    pub fn week(&self) -> &Week {
        self.week.get_or_init(|| Week::of(self))
    }

    /// Travel times of the window of the settings: the median over the minutes at which people leave, the wait for the first bus included.
    pub(super) fn travel(&self, services: usize) -> Travel {
        let [from, to] = self.settings.hours.map(|h| i32::from(h) * 3600);
        let leave: Vec<i32> = (from..to).step_by(60).collect();
        let by: Vec<i32> = (from..=to + (self.settings.longest_minutes * 60.0) as i32).step_by(60).collect();
        let weekday = self.settings.weekday as usize;
        let medians: Vec<(usize, Vec<Option<f32>>)> = self
            .doors
            .par_iter()
            .map(|door| {
                let latest = self.leave_for(door, weekday, &by, self.settings.longest_minutes);
                (door.service, (0..self.homes.len()).map(|area| self.median(&leave, &by, &latest, area)).collect())
            })
            .collect();
        let mut minutes = vec![vec![None; services]; self.homes.len()];
        for (service, times) in medians {
            for (row, time) in minutes.iter_mut().zip(times) {
                row[service] = [row[service], time].into_iter().flatten().min_by(f32::total_cmp);
            }
        }
        let beyond = minutes.split_off(self.own);
        Travel { mode: PUBLIC_TRANSPORT.into(), source: self.source, minutes, beyond, known: self.known.clone() }
    }

    /// The middle of the minutes that it takes from each minute of leaving; `None` where half of them or more lead nowhere in time.
    fn median(&self, leave: &[i32], by: &[i32], latest: &[Vec<Option<i32>>], area: usize) -> Option<f32> {
        let mut at = 0;
        let mut times: Vec<f32> = leave
            .iter()
            .map(|t| {
                // Who may leave later is there by a later time: the first time by which she is there moves forwards only.
                while at < by.len() && latest[at][area].is_none_or(|l| l < *t) {
                    at += 1;
                }
                let minutes = by.get(at).map_or(f32::INFINITY, |arrived| (arrived - t) as f32 / 60.0);
                if f64::from(minutes) <= self.settings.longest_minutes { minutes } else { f32::INFINITY }
            })
            .collect();
        times.sort_by(f32::total_cmp);
        let (low, high) = (times.get((times.len().max(1) - 1) / 2)?, times.get(times.len() / 2)?);
        Some(f32::midpoint(*low, *high)).filter(|m| m.is_finite())
    }
}
