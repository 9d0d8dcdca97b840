//! What every test looks at: the services of a day, who reaches them, and how many people live where.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::GapSettings;
use crate::analyses::need::{band, women_16_plus};
use crate::model::{Evidence, Message, Reach};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{Area, Provision, Service, Study};
use crate::units::AreaCode;

/// It reads like the provision that it stands on.
pub(super) struct Ground<'a> {
    pub study: &'a Study,
    pub settings: &'a GapSettings,
    pub provision: Provision<'a>,
    /// Types that are asked about: those of the catalogue and the core of the typology.
    pub types: Vec<&'static ServiceType>,
    pub residents: Vec<Option<f64>>,
    pub women: Option<Vec<f64>>,
    reach: BTreeMap<&'static str, Vec<Reach>>,
}

impl<'a> Deref for Ground<'a> {
    type Target = Provision<'a>;

    fn deref(&self) -> &Provision<'a> {
        &self.provision
    }
}

impl<'a> Ground<'a> {
    pub fn new(study: &'a Study, settings: &'a GapSettings) -> Self {
        let provision = Provision::new(study, &settings.asked());
        let types = provision.types();
        let classes = |t: &&'static ServiceType| provision.reach(t).into_iter().map(|r| r.reach).collect();
        Self {
            reach: types.iter().filter(|t| !t.confidential).map(|t| (t.id.as_str(), classes(t))).collect(),
            residents: study.areas.residents("all"),
            women: study.areas.list.iter().map(women_16_plus).collect(),
            types,
            provision,
            study,
            settings,
        }
    }

    /// How each area is reached by a type.
    pub fn reach(&self, kind: &ServiceType) -> &[Reach] {
        self.reach.get(kind.id.as_str()).map_or(&[], Vec::as_slice)
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

    /// Women of these ages: women of each area, as old as all of its residents.
    pub fn women_aged(&self, from: u32, to: u32) -> Option<u64> {
        let women = self.study.areas.residents("female");
        let each = (0..women.len()).map(|i| Some(women[i]? * self.age_share(i, from, to)?));
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
    pub fn name(&self, service: &Service) -> Message {
        if self.is_open(service) { Message::as_written(&service.name) } else { msg!("gaps-service-unnamed") }
    }

    /// Their names; those that may not be named come last, as one.
    pub fn names<'s>(&self, services: impl IntoIterator<Item = &'s Service>) -> Vec<Message> {
        let (open, hidden): (Vec<&Service>, Vec<&Service>) = services.into_iter().partition(|s| self.is_open(s));
        let rest = match hidden.len() {
            0 => None,
            1 => Some(msg!("gaps-service-unnamed")),
            _ => Some(msg!("gaps-services-unnamed")),
        };
        open.into_iter().map(|s| Message::as_written(&s.name)).chain(rest).collect()
    }

    /// Its id where its catalogue is open, else its number among all.
    pub fn key(&self, service: &Service) -> String {
        let number = || self.position(service).map_or(0, |i| i + 1);
        if self.is_open(service) { service.id.clone() } else { format!("service-{}", number()) }
    }

    /// A record as evidence: quoted where its source is open, else described.
    pub fn record(&self, service: &Service, says: Message) -> Evidence {
        let source = &self.study.sources[service.source];
        let says = if self.may_quote(service) {
            msg!("gaps-rests-record", service = &service.name, says = says)
        } else {
            msg!("gaps-rests-restricted")
        };
        // What a side table adds stands in a row of its own.
        let (file, side) = (service.place.file_alone(), service.more.place.file_alone());
        let side = if side == file || side.is_empty() { String::new() } else { format!(" and {side}") };
        Evidence { source: source.name.clone(), place: format!("{file}{side}"), says: says.into() }
    }

    /// What a whole source is used for.
    pub fn source(&self, source: usize, says: Message) -> Evidence {
        let note = &self.study.sources[source];
        Evidence { source: note.name.clone(), place: format!("source `{}`", note.name), says: says.into() }
    }

    /// The residents, as evidence.
    pub fn population(&self, says: Message) -> Vec<Evidence> {
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

/// Share of residents of these ages, from bands; a band that straddles an end counts by its years.
pub(in crate::analyses) fn age_share(area: &Area, from: u32, to: u32) -> Option<f64> {
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
