//! Buses and trains of one week, joined to where people live and to the doors of services.
//!
//! Searches go from the few doors outwards to the many areas: run backwards they say when she must leave home, forwards when she is home again.
//! Confidential services have no door here: they are in no part of the catalogue that this reads.

mod laid;
mod times;
mod week;

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::areas::Areas;
use super::catalogue::Catalogue;
use crate::diagnostics::Problems;
use crate::sources::{Lost, Mode, StreetNetwork, TimetableSettings, Timetables, tell_elsewhere, tell_far};
use crate::spatial::{Laying, Limits, NEVER, OnFoot, StepFree, Timetable, Walks, arrivals};
use crate::units::{Bng, Month, Period, bank_holidays_in};
use laid::{Laid, OneDay};

pub use week::{Hour, SLOTS, WEEK, Week};

/// Name of the mode among travel times.
pub const PUBLIC_TRANSPORT: &str = "public-transport";
/// A door or stop farther than this from any street is on none, in metres.
const TO_STREET_M: f64 = 1_000.0;
const DAY_S: i32 = 86_400;

/// Timetables of one week, with the ways on foot to homes and doors.
#[derive(Clone, Debug)]
pub struct Transit {
    /// Position of the source in the plan.
    pub source: usize,
    /// How people use them.
    pub settings: TimetableSettings,
    /// How much of them is not there.
    pub lost: Lost,
    /// Monday to Sunday of the week that is looked at.
    pub dates: [NaiveDate; 7],
    /// Bank holidays of the months studied that all timetables speak of.
    pub holidays: Vec<NaiveDate>,
    /// How many more there are, of which they do not speak.
    pub holidays_not_covered: usize,
    /// Whether the timetables say of any trip or stop whether it can be used without a step.
    pub tells_steps: bool,
    table: Arc<Timetable>,
    laying: Laying,
    /// The week and the bank holidays, one for each way to take steps; laid out when they are asked for.
    laid: Arc<[OnceLock<Laid>; 3]>,
    walks: Arc<Walks>,
    /// For each area, then those beyond the boundary: stops near its centre, with seconds on foot.
    homes: Arc<Vec<Vec<(u32, i32)>>>,
    /// Whether the centre of each area is on the streets, where there are any.
    pub known: Vec<bool>,
    /// How many of `homes` are areas of the study.
    own: usize,
    /// Doors of services.
    pub doors: Vec<Door>,
    weeks: [OnceLock<Week>; 3],
}

/// A day that is looked at, by number: the week from Monday on, then the bank holidays.
#[derive(Clone, Copy)]
pub(in crate::study) struct DayOf<'a>(&'a OneDay);

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
pub(super) fn build(
    timetables: Option<&Timetables>,
    streets: &[StreetNetwork],
    areas: &Areas,
    catalogue: &Catalogue,
    (month, period): (Month, Option<Period>),
    problems: &mut Problems,
) -> Option<Transit> {
    let timetables = timetables?;
    let Timetables { source, settings, feeds } = timetables;
    if feeds.is_empty() || problems.any_error() {
        return None;
    }
    let dates = timetables.week(month, problems)?;
    let mut table = Timetable::default();
    feeds.iter().for_each(|f| table.add(f.table.clone()));
    let on_foot = on_foot(settings, streets);
    let centres = centres(areas);
    let known = areas.list.iter().map(|a| on_foot.streets.is_none() || on_foot.to_street(a.centre).is_some()).collect();
    let sites = sites(catalogue);
    let places: Vec<Bng> = sites.iter().map(|s| s.1).collect();
    let middles: Vec<_> = areas.list.iter().map(|a| (a.code, a.centre)).collect();
    tell_elsewhere(&table.stops, &middles, problems);
    tell_far(&on_foot, &table.stops, &middles, &places, problems);
    let longest_s = settings.longest_minutes * 60.0;
    let last_hour = settings.windows.values().map(|w| w.hours[1]).chain([settings.hours[1]]).max().unwrap_or_default();
    let laying = Laying {
        from_s: -(longest_s as i32),
        to_s: (DAY_S + (settings.visit_minutes * 60.0) as i32).max(i32::from(last_hour) * 3600) + longest_s as i32,
        at_stop_s: (settings.at_stop_minutes * 60.0) as i32,
        step_free: StepFree::NotAsked,
    };
    let all_holidays = period.map(bank_holidays_in).unwrap_or_default();
    let holidays = timetables.covered(&all_holidays);
    let walks = OnFoot { longest_s: settings.change_minutes * 60.0, ..on_foot }.between(&table.stops);
    let homes = on_foot.to_stops(&centres, &table.stops);
    let mut transit = Transit {
        source: *source,
        settings: settings.clone(),
        lost: feeds.iter().fold(Lost::default(), |all, f| all.and(f.lost)),
        dates,
        holidays_not_covered: all_holidays.len() - holidays.len(),
        holidays,
        tells_steps: table.tells_steps(),
        walks: Arc::new(walks),
        homes: Arc::new(homes),
        table: Arc::new(table),
        laying,
        laid: Arc::default(),
        known,
        own: areas.list.len(),
        doors: vec![],
        weeks: Default::default(),
    };
    transit.doors = transit.doors_at(&sites, &centres, streets);
    Some(transit)
}

/// Sites of public services, each with the position of its service.
fn sites(catalogue: &Catalogue) -> Vec<(usize, Bng)> {
    catalogue.public.iter().enumerate().flat_map(|(i, s)| s.sites.iter().map(move |site| (i, site.bng))).collect()
}

/// Centres of the areas, then of those beyond the boundary.
pub(in crate::study) fn centres(areas: &Areas) -> Vec<Bng> {
    areas.list.iter().chain(&areas.beyond).map(|a| a.centre).collect()
}

/// How people walk to and from stops.
fn on_foot<'a>(settings: &TimetableSettings, streets: &'a [StreetNetwork]) -> OnFoot<'a> {
    let streets = streets.iter().find(|n| n.mode == Mode::Walk);
    OnFoot {
        streets: streets.map(|s| &s.network),
        metres_s: streets.map_or(settings.walking_km_h / 3.6, |s| s.walking_m_s),
        detour: settings.detour,
        longest_s: settings.walk_minutes * 60.0,
        to_street_m: TO_STREET_M,
    }
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
        let windows = s.windows.iter().map(|(name, w)| format!(", {name} {} {} to {}", w.weekday.name(), w.hours[0], w.hours[1]));
        format!("{told}, {} {from} to {to}{}", s.weekday.name(), windows.collect::<String>())
    }

    /// Dates that are looked at, by number: the week from Monday on, then the bank holidays.
    pub fn all_dates(&self) -> Vec<NaiveDate> {
        self.dates.iter().chain(&self.holidays).copied().collect()
    }

    fn laid(&self, steps: StepFree) -> &Laid {
        let laying = Laying { step_free: steps, ..self.laying };
        self.laid[steps as usize].get_or_init(|| Laid::of(&self.table, &self.all_dates(), laying))
    }

    pub(in crate::study) fn day(&self, number: usize, steps: StepFree) -> DayOf<'_> {
        let laid = self.laid(steps);
        DayOf(&laid.days[laid.of[number]])
    }

    /// The same with the doors of another catalogue.
    pub(in crate::study) fn of_catalogue(&self, catalogue: &Catalogue, areas: &Areas, streets: &[StreetNetwork]) -> Self {
        let sites = sites(catalogue);
        Self { doors: self.doors_at(&sites, &centres(areas), streets), weeks: Default::default(), ..self.clone() }
    }

    /// Doors at some places, each with the number of what it leads to. `centres` are those of the areas, then of those beyond the boundary.
    pub(in crate::study) fn doors_at(&self, places: &[(usize, Bng)], centres: &[Bng], streets: &[StreetNetwork]) -> Vec<Door> {
        let on_foot = on_foot(&self.settings, streets);
        let at: Vec<Bng> = places.iter().map(|p| p.1).collect();
        let doors = places.par_iter().zip(on_foot.to_stops(&at, &self.table.stops)).map(|((service, place), stops)| Door {
            service: *service,
            stops,
            // Who walks to one stop and from another walks twice: so far she may walk all the way.
            on_foot: on_foot.all_the_way(*place, centres, 2.0 * on_foot.longest_s),
        });
        doors.collect()
    }

    fn limits(&self, minutes: f64) -> Limits {
        Limits { rides: usize::from(self.settings.rides), longest_s: (minutes * 60.0) as i32 }
    }

    /// The latest seconds after midnight at which people of each area can leave to be at a door by each of these times; `None` where nobody can in time.
    ///
    /// `by` goes from the first to the last.
    pub(in crate::study) fn leave_for(&self, door: &Door, day: DayOf, by: &[i32], minutes: f64) -> Vec<Vec<Option<i32>>> {
        let limits = self.limits(minutes);
        let mirrored: Vec<i32> = by.iter().map(|t| -t).collect();
        let mut found = arrivals(&day.0.back, &self.walks, &door.stops, &self.homes, &mirrored, limits);
        let on_foot = |area: usize, by: i32| door.on_foot[area].filter(|s| *s <= limits.longest_s).map(|s| by - s);
        let row = |(at, row): (&i32, &mut Vec<i32>)| {
            row.iter().enumerate().map(|(area, t)| (*t != NEVER).then(|| -t).max(on_foot(area, *at))).collect()
        };
        by.iter().zip(&mut found).map(row).collect()
    }

    /// The earliest seconds after midnight at which people of each area are home who leave a door at each of these times.
    ///
    /// `at` goes from the last to the first.
    pub(in crate::study) fn home_from(&self, door: &Door, day: DayOf, at: &[i32], minutes: f64) -> Vec<Vec<Option<i32>>> {
        let limits = self.limits(minutes);
        let found = arrivals(&day.0.on, &self.walks, &door.stops, &self.homes, at, limits);
        let on_foot = |area: usize, at: i32| door.on_foot[area].filter(|s| *s <= limits.longest_s).map(|s| at + s);
        let earlier = |a: Option<i32>, b: Option<i32>| [a, b].into_iter().flatten().min();
        let row = |(at, row): (&i32, Vec<i32>)| {
            row.into_iter().enumerate().map(|(area, t)| earlier((t != NEVER).then_some(t), on_foot(area, *at))).collect()
        };
        at.iter().zip(found).map(row).collect()
    }

    /// Who can come and go home again, hour by hour of the week and of bank holidays, by one way to take steps; worked out once.
    pub fn week(&self, steps: StepFree) -> &Week {
        self.weeks[steps as usize].get_or_init(|| Week::of(self, steps))
    }
}
