//! For each area and hour of the week: whether people can come to a service of a kind while it is open and be home again, or what stops them.

use crate::sources::{Delivery, ServiceType};
use crate::study::{Hour, Provision, Service, Transit, Week};
use crate::units::WeekHours;

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

/// The running services of a kind with a door, hour by hour.
pub(in crate::analyses) struct KindHours<'a> {
    provision: &'a Provision<'a>,
    transit: &'a Transit,
    week: &'a Week,
    services: Vec<Sited<'a>>,
    /// Whether none listed is known to be none.
    complete: bool,
}

struct Sited<'a> {
    service: &'a Service,
    /// Its doors; none where nobody gives its place.
    doors: Vec<usize>,
    /// In which steps of each hour of the week it is open long enough; `None` where its hours are not known.
    open: Option<Vec<u16>>,
    /// Whether neither its place nor whom it serves may be told.
    hidden: bool,
}

impl<'a> KindHours<'a> {
    /// `None` where no running service of the kind has a site, or may have one.
    pub fn of(provision: &'a Provision<'a>, transit: &'a Transit, kind: &ServiceType) -> Option<Self> {
        let visit = transit.settings.visit_minutes.round() as u16;
        let running = provision.running(kind).into_iter();
        let sited = running.filter(|s| !s.sites.is_empty() || s.more.withheld.place || s.delivery.iter().all(|d| *d == Delivery::Site));
        let services: Vec<Sited> = sited
            .map(|service| {
                let hidden = service.more.withheld.place;
                let position = provision.position(service).filter(|_| !hidden && !service.sites.is_empty());
                let own = |(i, door): (usize, &crate::study::Door)| (Some(door.service) == position).then_some(i);
                let hours = service.more.hours.as_ref().map(|h| &h.week);
                let open = hours.map(|week: &WeekHours| Hour::all().map(|hour| hour.open(week, visit)).collect());
                Sited { service, doors: transit.doors.iter().enumerate().filter_map(own).collect(), open, hidden }
            })
            .collect();
        let complete = provision.complete(kind);
        (!services.is_empty()).then(|| Self { provision, transit, week: transit.week(), services, complete })
    }

    /// Services that it looks at.
    pub fn services(&self) -> impl Iterator<Item = &'a Service> + '_ {
        self.services.iter().map(|s| s.service)
    }

    /// What an hour is to the people of an area: what holds for most of it.
    pub fn state(&self, hour: Hour, area: usize) -> State {
        // Steps of the hour: come; maybe, if what is not known is good; open; there and back.
        let (mut come, mut maybe, mut open, mut way) = (0, 0, 0, 0);
        let mut served = false;
        for s in &self.services {
            if !s.hidden && !self.provision.serves(s.service, area) {
                continue;
            }
            served = true;
            let is_open = s.open.as_ref().map(|o| o[hour.weekday * 24 + hour.hour]).filter(|_| !s.hidden);
            let there = (!s.hidden && !s.doors.is_empty() && self.transit.known[area])
                .then(|| s.doors.iter().fold(0, |bits, door| bits | self.week.steps(*door, hour, area)));
            come |= is_open.unwrap_or(0) & there.unwrap_or(0);
            maybe |= is_open.unwrap_or(u16::MAX) & there.unwrap_or(u16::MAX);
            open |= is_open.unwrap_or(0);
            way |= there.unwrap_or(0);
        }
        match () {
            () if Hour::mostly(come) => State::Come,
            () if Hour::mostly(come | maybe) || (!served && !self.complete) => State::NotKnown,
            () if Hour::mostly(open) => State::NoWay,
            () if Hour::mostly(way) => State::Closed,
            () => State::Neither,
        }
    }
}
