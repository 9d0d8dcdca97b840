//! For each area and hour of the week: whether people can come to a service of a kind while it is open and be home again, or what stops them.

use crate::sources::{Delivery, ServiceType};
use crate::spatial::StepFree;
use crate::study::{Hour, Provision, Service, Transit, WEEK, Week};

/// What an hour is to the people of an area, in the order of the parts of a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::analyses) enum State {
    /// They can be there while a service is open, for a visit, and home again.
    Come,
    /// There is a way there and back, and no service is open.
    Closed,
    /// A service is open, and there is no way there and back in time.
    NoWay,
    /// Neither.
    Neither,
    /// The records or the streets do not tell.
    NotKnown,
}

/// Of the hours in which a service is open, or may be: in how many people can come, have no way, and in how many that is not known.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(in crate::analyses) struct OpenHours {
    pub come: usize,
    pub no_way: usize,
    pub unknown: usize,
}

/// The running services of a kind with a door, hour by hour.
pub(in crate::analyses) struct KindHours<'a> {
    provision: &'a Provision<'a>,
    transit: &'a Transit,
    /// Ways that there are, and ways that there may be: they differ where a timetable does not tell of a step.
    sure: &'a Week,
    maybe: &'a Week,
    services: Vec<Sited<'a>>,
    /// Whether none listed is known to be none.
    complete: bool,
}

struct Sited<'a> {
    service: &'a Service,
    /// Its doors; none where nobody gives its place.
    doors: Vec<usize>,
    /// In which steps of each hour it is open long enough, bank holidays after the week; `None` where that is not known.
    open: Vec<Option<u16>>,
    /// Whether neither its place nor whom it serves may be told.
    hidden: bool,
}

impl<'a> KindHours<'a> {
    /// For people for whom steps do not matter. `None` where no running service of the kind has a site, or may have one.
    pub fn of(provision: &'a Provision<'a>, transit: &'a Transit, kind: &ServiceType) -> Option<Self> {
        Self::by(provision, transit, kind, [StepFree::NotAsked; 2])
    }

    /// The same for people who need trips and stops that can be used without a step.
    pub fn without_steps(provision: &'a Provision<'a>, transit: &'a Transit, kind: &ServiceType) -> Option<Self> {
        Self::by(provision, transit, kind, [StepFree::Known, StepFree::Possible])
    }

    fn by(provision: &'a Provision<'a>, transit: &'a Transit, kind: &ServiceType, steps: [StepFree; 2]) -> Option<Self> {
        let visit = transit.settings.visit_minutes.round() as u16;
        let running = provision.running(kind).into_iter();
        let sited = running.filter(|s| !s.sites.is_empty() || s.more.withheld.place || s.delivery.iter().all(|d| *d == Delivery::Site));
        let services: Vec<Sited> = sited
            .map(|service| {
                let hidden = service.more.withheld.place;
                let position = provision.position(service).filter(|_| !hidden && !service.sites.is_empty());
                let own = |(i, door): (usize, &crate::study::Door)| (Some(door.service) == position).then_some(i);
                let hours = service.more.hours.as_ref();
                let open = |hour: Hour| match hour.day.checked_sub(WEEK) {
                    None => Some(hour.open(&hours?.week, visit)),
                    Some(holiday) => Some(hour.open_on(hours?.bank_holidays.get(&transit.holidays[holiday])?, visit)),
                };
                let open = Hour::of_days(WEEK + transit.holidays.len()).map(open).collect();
                Sited { service, doors: transit.doors.iter().enumerate().filter_map(own).collect(), open, hidden }
            })
            .collect();
        let complete = provision.complete(kind);
        let [sure, maybe] = steps.map(|s| transit.week(s));
        (!services.is_empty()).then_some(Self { provision, transit, sure, maybe, services, complete })
    }

    /// Services that it looks at.
    pub fn services(&self) -> impl Iterator<Item = &'a Service> + '_ {
        self.services.iter().map(|s| s.service)
    }

    /// What an hour is to the people of an area: what holds for most of it.
    pub fn state(&self, hour: Hour, area: usize) -> State {
        self.look(hour, area).0
    }

    /// Whether a service that serves an area is open for most of an hour, or may be.
    pub fn may_be_open(&self, hour: Hour, area: usize) -> bool {
        self.look(hour, area).1
    }

    /// What the hours are to the people of an area in which a service that serves them is open, or may be.
    pub fn open_hours(&self, hours: impl Iterator<Item = Hour>, area: usize) -> OpenHours {
        let mut all = OpenHours::default();
        for hour in hours {
            match self.look(hour, area) {
                (_, false) | (State::Closed | State::Neither, _) => {}
                (State::Come, _) => all.come += 1,
                (State::NoWay, _) => all.no_way += 1,
                (State::NotKnown, _) => all.unknown += 1,
            }
        }
        all
    }

    fn look(&self, hour: Hour, area: usize) -> (State, bool) {
        // Steps of the hour: come; maybe, if what is not known is good; open; there and back.
        let (mut come, mut maybe, mut open, mut way) = (0, 0, 0, 0);
        let (mut open_if, mut way_if) = (0, 0);
        let mut served = false;
        for s in &self.services {
            if !s.hidden && !self.provision.serves(s.service, area) {
                continue;
            }
            served = true;
            let is_open = s.open[hour.at()].filter(|_| !s.hidden);
            let told = !s.hidden && !s.doors.is_empty() && self.transit.known[area];
            let by = |week: &Week| s.doors.iter().fold(0, |bits, door| bits | week.steps(*door, hour, area));
            let (there, there_if) = if told { (by(self.sure), by(self.maybe)) } else { (0, u16::MAX) };
            come |= is_open.unwrap_or(0) & there;
            maybe |= is_open.unwrap_or(u16::MAX) & there_if;
            (open, open_if) = (open | is_open.unwrap_or(0), open_if | is_open.unwrap_or(u16::MAX));
            (way, way_if) = (way | there, way_if | there_if);
        }
        let listed = served || self.complete;
        let state = match () {
            () if Hour::mostly(come) => State::Come,
            () if Hour::mostly(come | maybe) || !listed => State::NotKnown,
            () if Hour::mostly(open) => State::NoWay,
            () if Hour::mostly(way) => State::Closed,
            // That there is no way, or that none is open, is not known where there may be.
            () if Hour::mostly(way_if) || Hour::mostly(open_if) => State::NotKnown,
            () => State::Neither,
        };
        (state, Hour::mostly(open_if) || !listed)
    }
}
