//! Whether people are reached: a site in reach, a service that comes to them, beyond, or not known.

use super::Provision;
use crate::sources::{Delivery, ServiceType};
use crate::study::{Area, Service, ServiceState, Transit, Travel};
use crate::units::{Bng, Reach, Way, WhyNotKnown};

/// What is known of an area and a type of service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The state that is told.
    pub reach: Reach,
    /// Whether a site is in reach; `None` where nobody knows. A service that comes to people settles how they are reached, not this.
    pub site: Option<bool>,
}

impl Reached {
    /// Whether a service comes to them, and nobody knows whether a site is in reach too.
    pub fn hides_site(&self) -> bool {
        self.reach == Reach::WithoutSite && self.site.is_none()
    }
}

impl<'a> Provision<'a> {
    /// Up to which way a site of a type is in reach: minutes with travel times, else metres.
    pub fn limit(&self, kind: &ServiceType) -> f64 {
        match self.travel() {
            Some(_) => self.settings.reach_minutes,
            None => self.settings.reach_m_by_type.get(&kind.id).copied().unwrap_or(self.settings.reach_m),
        }
    }

    /// Whether somebody says how far is too far: people expect the kind near where they live, or the plan gives it a distance of its own.
    pub fn judges_distance(&self, kind: &ServiceType) -> bool {
        kind.near || self.settings.reach_m_by_type.contains_key(&kind.id)
    }

    /// How the way is measured, for a caption: `within 3 km in a straight line`.
    pub fn within(&self, kind: &ServiceType) -> String {
        let limit = self.limit(kind);
        let way = match self.travel() {
            Some(travel) => Way::Minutes { minutes: limit, mode: &travel.mode },
            None => Way::Straight { metres: limit, detour: self.settings.detour },
        };
        way.to_string()
    }

    /// All by which ways and services are measured, in words: two that differ in it are not compared.
    pub fn measured(&self) -> String {
        let mut told = match self.travel() {
            Some(t) => vec![format!("by {}", t.mode), format!("reach {} minutes", self.settings.reach_minutes)],
            None => vec!["by straight-line".to_owned(), format!("reach {} m", self.settings.reach_m)],
        };
        if self.travel().is_none() {
            told.extend(self.settings.reach_m_by_type.iter().map(|(kind, m)| format!("reach of {kind} {m} m")));
            told.push(format!("detour {}", self.settings.detour.max(1.0)));
        }
        told.extend(self.by_timetable().map(Transit::described));
        let mut complete = self.catalogue.complete.clone();
        complete.sort();
        complete.dedup();
        told.push(format!("catalogue complete of {}", if complete.is_empty() { "nothing".into() } else { complete.join(" and ") }));
        told.join(", ")
    }

    /// The timetable by which ways are measured, where they are.
    pub fn by_timetable(&self) -> Option<&'a Transit> {
        let source = self.travel()?.source;
        self.study.transit.as_deref().filter(|t| t.source == source)
    }

    /// The way in a straight line from an area to a place where no service is yet, in metres, as that to a site of one would be told.
    pub fn way_to(&self, place: Bng, area: usize) -> f64 {
        place.distance_m(self.study.areas.list[area].centre) * self.settings.detour.max(1.0)
    }

    /// Whether a service serves an area at all, by its codes or shapes.
    pub fn serves(&self, service: &Service, area: usize) -> bool {
        service.area_served.takes_in(&self.study.areas.list[area])
    }

    /// The way from an area to the nearest site of a service that serves it, in the unit of [`Provision::limit`]; `None` where none is known.
    pub fn way(&self, service: &Service, area: usize) -> Option<f64> {
        if !self.serves(service, area) {
            return None;
        }
        self.minutes_or_metres(service, &self.study.areas.list[area], |t| t.minutes.get(area))
    }

    /// The same from an area beyond the boundary.
    pub fn way_from_beyond(&self, service: &Service, area: usize) -> Option<f64> {
        let place = &self.study.areas.beyond[area];
        if !service.area_served.takes_in(place) {
            return None;
        }
        self.minutes_or_metres(service, place, |t| t.beyond.get(area))
    }

    fn minutes_or_metres(&self, service: &Service, area: &Area, row: impl Fn(&'a Travel) -> Option<&'a Vec<Option<f32>>>) -> Option<f64> {
        match self.travel() {
            Some(t) => row(t)?.get(self.position(service)?).copied().flatten().map(f64::from),
            None => {
                let metres = service.sites.iter().map(|s| s.bng.distance_m(area.centre)).min_by(f64::total_cmp);
                metres.map(|m| m * self.settings.detour.max(1.0))
            }
        }
    }

    /// Whether a service has a site in reach of an area that it serves; `None` where its place, or the area's place on the network, is not known.
    pub fn near(&self, kind: &ServiceType, service: &Service, area: usize) -> Option<bool> {
        // Not even which areas it serves is told of a service whose place is withheld.
        if service.more.withheld.place {
            return None;
        }
        if !self.serves(service, area) {
            return Some(false);
        }
        // Somebody runs a site somewhere, we do not know where: it may be near.
        if service.sites.is_empty() {
            return if service.delivery.iter().all(|d| *d == Delivery::Site) { None } else { Some(false) };
        }
        // An area that is on no street, or that a table of times does not name, is not beyond: nobody knows.
        if self.travel().is_some_and(|t| !t.known[area]) {
            return None;
        }
        Some(self.way(service, area).is_some_and(|way| way <= self.limit(kind)))
    }

    /// Whether a service comes to people of an area, or helps by phone or online; `None` where whom it reaches is withheld.
    pub fn comes(&self, service: &Service, area: usize) -> Option<bool> {
        if service.more.withheld.place {
            return None;
        }
        Some(self.serves(service, area) && service.delivery.iter().any(|d| *d != Delivery::Site))
    }

    /// Whether a service has a site in reach of an area, or comes to people there, as far as is known.
    pub fn in_reach(&self, kind: &ServiceType, service: &Service, area: usize) -> bool {
        self.near(kind, service, area) == Some(true) || self.comes(service, area) == Some(true)
    }

    /// How each area is reached by the running services of a type.
    pub fn reach(&self, kind: &ServiceType) -> Vec<Reached> {
        self.reach_where(kind, |_| Some(true))
    }

    /// How each area would be reached were one service no more.
    pub fn reach_without(&self, kind: &ServiceType, closed: &Service) -> Vec<Reached> {
        self.reach_of(kind, |s| (!std::ptr::eq(s, closed)).then_some(Some(true)))
    }

    /// How each area is reached by those running services of a type that take part; of which it is not known whether they do, may.
    pub fn reach_where(&self, kind: &ServiceType, takes_part: impl Fn(&Service) -> Option<bool>) -> Vec<Reached> {
        self.reach_of(kind, |s| Some(takes_part(s)))
    }

    /// The same, of those that are there at all.
    fn reach_of(&self, kind: &ServiceType, takes_part: impl Fn(&Service) -> Option<Option<bool>>) -> Vec<Reached> {
        // Every running one, wherever it serves: whom a service serves whose place is withheld, nobody who reads this is told.
        let running = self.catalogue.public.iter().zip(&self.here);
        let running = running.filter(|(s, _)| s.types.contains(&kind.id) && s.state_on(&self.as_of) == ServiceState::Running);
        let running: Vec<(&Service, bool, Option<bool>)> = running.filter_map(|(s, here)| Some((s, *here, takes_part(s)?))).collect();
        (0..self.study.areas.list.len()).map(|area| self.reached(kind, &running, area)).collect()
    }

    fn reached(&self, kind: &ServiceType, running: &[(&Service, bool, Option<bool>)], area: usize) -> Reached {
        let (mut site, mut comes) = (Some(false), Some(false));
        // Somebody serves the area; somebody with a known site does.
        let (mut served, mut sited) = (false, false);
        for (service, here, takes_part) in running {
            let hidden = service.more.withheld.place && *here;
            if !hidden && !self.serves(service, area) {
                continue;
            }
            served = true;
            sited |= !service.sites.is_empty();
            let takes_part = takes_part.filter(|_| !hidden);
            let (near, there) = if hidden { (None, None) } else { (self.near(kind, service, area), self.comes(service, area)) };
            site = or(site, and(near, takes_part));
            comes = or(comes, and(there, takes_part));
        }
        let complete = self.complete(kind);
        let reach = match (site, comes) {
            (Some(true), _) => Reach::Site,
            (_, Some(true)) => Reach::WithoutSite,
            (Some(false), Some(false)) if served || complete => Reach::OutOfReach,
            _ => Reach::NotKnown,
        };
        // Where no site is on record, none is known to be none only of a catalogue that lists all.
        Reached { reach, site: site.filter(|near| *near || sited || complete) }
    }
}

impl Provision<'_> {
    /// Why it is not known whether a type of service reaches an area of which [`Provision::reach`] says so.
    pub fn why_not_known(&self, kind: &ServiceType, area: usize) -> WhyNotKnown {
        let running = || self.running(kind).into_iter();
        if running().any(|s| s.more.withheld.place) {
            return WhyNotKnown::PlaceWithheld;
        }
        let serving: Vec<&Service> = running().filter(|s| self.serves(s, area)).collect();
        if serving.is_empty() {
            return WhyNotKnown::NotServed;
        }
        let off = self.travel().is_some_and(|t| !t.known[area]);
        if off && serving.iter().any(|s| !s.sites.is_empty()) { WhyNotKnown::OffNetwork } else { WhyNotKnown::PlaceNotGiven }
    }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    or(a.map(|a| !a), b.map(|b| !b)).map(|c| !c)
}
