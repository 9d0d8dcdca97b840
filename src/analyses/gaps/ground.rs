//! What every test looks at: the services of a day, who reaches them, and how many people live where.

use std::collections::BTreeMap;

use super::GapSettings;
use crate::analyses::coverage::Coverage;
use crate::analyses::need::{band, women_16_plus};
use crate::model::{Evidence, Reach};
use crate::sources::{ServiceType, service_types};
use crate::study::{Area, ConfidentialService, Service, ServiceState as State, Study, Travel};
use crate::units::{AreaCode, Sex};

pub(in crate::analyses) struct Ground<'a> {
    pub study: &'a Study,
    pub settings: &'a GapSettings,
    /// Types that are asked about: those of the catalogue and the core of the typology.
    pub types: Vec<&'static ServiceType>,
    /// The day that is looked at, ISO 8601.
    pub as_of: String,
    pub residents: Vec<Option<f64>>,
    pub women: Option<Vec<f64>>,
    reach: BTreeMap<&'static str, Vec<Reach>>,
    /// Services of the catalogue that serve any area of the study, by position.
    here: Vec<bool>,
    /// Positions in the catalogue, by id.
    positions: BTreeMap<&'a str, usize>,
    coverage: Coverage,
}

impl<'a> Ground<'a> {
    pub fn new(study: &'a Study, settings: &'a GapSettings) -> Self {
        let coverage = Coverage {
            reach_m: settings.reach_m,
            reach_m_by_type: settings.reach_m_by_type.clone(),
            by: settings.by.clone(),
            detour: settings.detour,
            reach_minutes: settings.reach_minutes,
            types: vec![],
        };
        let types: Vec<&ServiceType> = service_types().iter().filter(|t| coverage.tells(study, t)).collect();
        let as_of = settings.as_of.unwrap_or(study.about.period.last).last_day();
        let reach = types.iter().filter(|t| !t.confidential).map(|t| (t.id.as_str(), coverage.reach(study, t, &as_of))).collect();
        Self {
            types,
            as_of,
            residents: study.areas.residents("all"),
            women: study.areas.list.iter().map(women_16_plus).collect(),
            reach,
            here: study.catalogue.public.iter().map(|s| study.is_served_by(s)).collect(),
            positions: study.catalogue.public.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect(),
            coverage,
            study,
            settings,
        }
    }

    pub fn state(&self, service: &Service) -> State {
        service.state_on(&self.as_of)
    }

    /// Services that serve any area of the study.
    pub fn here(&self) -> impl Iterator<Item = &'a Service> {
        self.study.catalogue.public.iter().zip(&self.here).filter(|(_, here)| **here).map(|(s, _)| s)
    }

    /// Services of a type in a state, of those that serve any area of the study.
    pub fn of_type(&self, kind: &ServiceType, state: State) -> Vec<&'a Service> {
        self.here().filter(|s| s.types.contains(&kind.id) && self.state(s) == state).collect()
    }

    pub fn running(&self, kind: &ServiceType) -> Vec<&'a Service> {
        self.of_type(kind, State::Running)
    }

    /// Every running service that serves any area of the study.
    pub fn all_running(&self) -> Vec<&'a Service> {
        self.here().filter(|s| self.state(s) == State::Running).collect()
    }

    /// Running confidential services of a type that serve the partnership.
    pub fn confidential(&self, kind: &ServiceType) -> Vec<&'a ConfidentialService> {
        self.study.confidential_on(kind, &self.as_of)
    }

    /// Whether any service of a type is listed, confidential ones too.
    pub fn listed(&self, kind: &ServiceType) -> bool {
        !self.running(kind).is_empty() || !self.confidential(kind).is_empty()
    }

    /// Whether the plan says that the catalogue lists every service of a type.
    pub fn complete(&self, kind: &ServiceType) -> bool {
        self.study.catalogue.complete.contains(&kind.id)
    }

    pub fn reach(&self, kind: &ServiceType) -> &[Reach] {
        self.reach.get(kind.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether somebody says how far is too far for a type.
    pub fn judges_distance(&self, kind: &ServiceType) -> bool {
        self.coverage.judges_distance(kind)
    }

    /// `within 3 km in a straight line`.
    pub fn within(&self, kind: &ServiceType) -> String {
        self.coverage.within(self.study, kind)
    }

    /// Whether ways are those of travel times, in minutes; else they are straight lines, in metres.
    pub fn has_travel(&self) -> bool {
        self.coverage.travel(self.study).is_some()
    }

    /// The way from an area to the nearest site of a service that serves it; `None` where there is none.
    pub fn way(&self, service: &Service, area: usize) -> Option<f64> {
        if !self.serves(service, area) {
            return None;
        }
        self.minutes_or_metres(service, &self.study.areas.list[area], |t| t.minutes.get(area))
    }

    /// Whether a service serves an area at all, by its codes.
    pub fn serves(&self, service: &Service, area: usize) -> bool {
        service.area_served.takes_in(&self.study.areas.list[area])
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
        match self.coverage.travel(self.study) {
            Some(t) => {
                let at = *self.positions.get(service.id.as_str())?;
                row(t)?.get(at).copied().flatten().map(f64::from)
            }
            None => service.sites.iter().map(|s| s.bng.distance_m(area.centre)).min_by(f64::total_cmp),
        }
    }

    /// Whether it serves an area, and has a site within reach or comes to people; not where the place of it is withheld.
    pub fn in_reach(&self, kind: &ServiceType, service: &Service, area: usize) -> bool {
        let at = self.positions.get(service.id.as_str());
        let near = at.is_some_and(|at| self.coverage.near(self.study, kind, *at, area));
        let comes = service.delivery.iter().any(|d| *d != crate::sources::Delivery::Site);
        !service.more.withheld.place && self.serves(service, area) && (near || comes)
    }

    /// Residents of some areas; `None` where a number is missing.
    pub fn people(&self, wanted: impl Fn(usize) -> bool) -> Option<u64> {
        let sum: Option<f64> = (0..self.residents.len()).filter(|i| wanted(*i)).map(|i| self.residents[i]).sum();
        sum.map(|n| n.round() as u64)
    }

    pub fn everyone(&self) -> Option<u64> {
        self.people(|_| true)
    }

    /// Women aged 16 and over in some areas.
    pub fn women(&self, wanted: impl Fn(usize) -> bool) -> Option<f64> {
        self.women.as_ref().map(|w| w.iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, n)| n).sum())
    }

    /// Share of an area's residents of these ages.
    pub fn age_share(&self, area: usize, from: u32, to: u32) -> Option<f64> {
        age_share(&self.study.areas.list[area], from, to)
    }

    /// Residents of these ages.
    pub fn people_aged(&self, from: u32, to: u32) -> Option<u64> {
        let each = (0..self.residents.len()).map(|i| Some(self.residents[i]? * self.age_share(i, from, to)?));
        let sum: Option<f64> = each.sum();
        sum.map(|n| n.round() as u64)
    }

    pub fn codes(&self, wanted: impl Fn(usize) -> bool) -> Vec<AreaCode> {
        self.study.areas.list.iter().enumerate().filter(|(i, _)| wanted(*i)).map(|(_, a)| a.code).collect()
    }

    /// Whether a service may be named.
    fn is_open(&self, service: &Service) -> bool {
        self.study.is_open_source(service.source)
    }

    /// Whether the cells of its record, and of its row in a side table, may be quoted.
    pub fn may_quote(&self, service: &Service) -> bool {
        self.study.is_open(service)
    }

    /// Its name where its catalogue is open, else what it is.
    pub fn name<'s>(&self, service: &'s Service) -> &'s str {
        if self.is_open(service) { &service.name } else { "a service" }
    }

    /// Its id where its catalogue is open, else its number among all.
    pub fn key(&self, service: &Service) -> String {
        let number = || self.positions.get(service.id.as_str()).map_or(0, |i| i + 1);
        if self.is_open(service) { service.id.clone() } else { format!("service-{}", number()) }
    }

    /// A record as evidence: quoted where its source is open, else described.
    pub fn record(&self, service: &Service, says: impl Into<String>) -> Evidence {
        let source = &self.study.sources[service.source];
        let says = if self.may_quote(service) {
            format!("{}: {}", service.name, says.into())
        } else {
            "the record of a service, restricted".into()
        };
        // What a side table adds stands in a row of its own.
        let side = if service.more.place == service.place || service.more.place.to_string().is_empty() {
            String::new()
        } else {
            format!(" and {}", service.more.place.shareable())
        };
        Evidence { source: source.name.clone(), place: format!("{}{side}", service.place.shareable()), says }
    }

    /// What a whole source is used for.
    pub fn source(&self, source: usize, says: &str) -> Evidence {
        let note = &self.study.sources[source];
        Evidence { source: note.name.clone(), place: format!("source `{}`", note.name), says: says.to_owned() }
    }

    /// The residents, as evidence.
    pub fn population(&self, says: &str) -> Vec<Evidence> {
        self.study.areas.population_source.map(|s| self.source(s, says)).into_iter().collect()
    }
}

/// The ages that eligibility most often parts, among those aged 16 and over.
pub(in crate::analyses) const AGES: [(u32, u32); 3] = [(16, 24), (25, 64), (65, 120)];

/// Shares of an area's people aged 16 and over in each of [`AGES`]; where ages are not known, all stand in the middle one.
pub(in crate::analyses) fn shares_by_age(area: &Area) -> [f64; 3] {
    let shares = AGES.map(|(from, to)| age_share(area, from, to).unwrap_or(0.0));
    let adults: f64 = shares.iter().sum();
    if adults > 0.0 { shares.map(|s| s / adults) } else { [0.0, 1.0, 0.0] }
}

/// Whether a service takes women of these ages, as far as it says. The youngest of a band stand for it from 18 on.
pub(in crate::analyses) fn takes(service: &Service, (from, to): (u32, u32)) -> bool {
    let e = &service.more.eligibility;
    e.sex != Some(Sex::Male) && e.age_from.is_none_or(|a| a <= from.max(18)) && e.age_to.is_none_or(|a| a >= to.min(90))
}

/// Share of residents of these ages, from bands; a band that straddles an end counts by its years.
fn age_share(area: &Area, from: u32, to: u32) -> Option<f64> {
    let residents = &area.residents;
    let (mut inside, mut all) = (0.0, 0.0);
    for ((a, z), n) in residents.iter().filter_map(|(g, n)| Some((band(g)?, n))) {
        let years = f64::from(z.min(to)) - f64::from(a.max(from)) + 1.0;
        // An open band, such as 85 and over, is taken whole or not at all.
        let share = if z >= 120 { f64::from(u8::from(from <= a && to >= a)) } else { (years / f64::from(z - a + 1)).clamp(0.0, 1.0) };
        inside += n * share;
        all += n;
    }
    (all > 0.0).then(|| inside / all)
}
