//! What is there, on a day, within what reach, for whom, with how much room: one answer for every analysis.
//!
//! Coverage, travel, access, hours, need beside access, the map of services and the gaps all look at services through this room, so
//! that one service is told in one way.

mod reach;
mod room;
mod settings;

use std::collections::BTreeMap;

use super::modes::usual;
use super::{Catalogue, ConfidentialService, Service, ServiceState, Study, Travel};
use crate::sources::{ServiceType, service_types};
use crate::units::{Month, Period};

pub use reach::Reached;
pub use room::{is_full, open_to, takes_women};
pub(crate) use settings::asked;
pub use settings::{Asked, ReachSettings};

/// The services of a study as they are on a day, by one set of settings.
pub struct Provision<'a> {
    study: &'a Study,
    catalogue: &'a Catalogue,
    settings: ReachSettings,
    month: Month,
    as_of: String,
    /// Whether each public service of the catalogue serves any area of the study.
    here: Vec<bool>,
    /// Positions in the catalogue, by id.
    positions: BTreeMap<&'a str, usize>,
}

impl<'a> Provision<'a> {
    /// By the settings of the study, and what an analysis sets otherwise.
    pub fn new(study: &'a Study, asked: &Asked) -> Self {
        Self::of(study, &study.catalogue, asked)
    }

    /// The same of another catalogue: that of a scenario. Travel times are those of the study's own services, so `asked` names straight lines.
    pub fn of(study: &'a Study, catalogue: &'a Catalogue, asked: &Asked) -> Self {
        let month = asked.as_of.or(study.about.as_of).unwrap_or(study.about.period.last);
        Self {
            month,
            as_of: month.last_day(),
            settings: {
                let settings = asked.over(&study.about.reach);
                ReachSettings { by: usual(&settings.by, &study.travel), ..settings }
            },
            here: catalogue.public.iter().map(|s| study.is_served_by(s)).collect(),
            positions: catalogue.public.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect(),
            study,
            catalogue,
        }
    }

    /// The day that is looked at, ISO 8601.
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// The month at whose end services are looked at.
    pub fn period(&self) -> Period {
        Period { first: self.month, last: self.month }
    }

    /// How the way is measured, as the plan names it.
    pub fn by(&self) -> &str {
        &self.settings.by
    }

    /// Types that are asked about: those of the catalogue and the core of the typology.
    pub fn types(&self) -> Vec<&'static ServiceType> {
        service_types().iter().filter(|t| t.core || self.on_record(t)).collect()
    }

    /// Whether the catalogue has any record of a type, in whatever state.
    pub fn on_record(&self, kind: &ServiceType) -> bool {
        let catalogue = self.catalogue;
        catalogue.public.iter().any(|s| s.types.contains(&kind.id)) || catalogue.confidential.iter().any(|s| s.types.contains(&kind.id))
    }

    /// Position of a service in the catalogue.
    pub fn position(&self, service: &Service) -> Option<usize> {
        self.positions.get(service.id.as_str()).copied()
    }

    /// The state of a service on the day.
    pub fn state(&self, service: &Service) -> ServiceState {
        service.state_on(&self.as_of)
    }

    /// Services that serve any area of the study.
    pub fn here(&self) -> impl Iterator<Item = &'a Service> {
        self.catalogue.public.iter().zip(&self.here).filter(|(_, here)| **here).map(|(s, _)| s)
    }

    /// Services of a type in a state, of those that serve any area of the study.
    pub fn of_type(&self, kind: &ServiceType, state: ServiceState) -> Vec<&'a Service> {
        self.here().filter(|s| s.types.contains(&kind.id) && self.state(s) == state).collect()
    }

    /// Running services of a type that serve any area of the study.
    pub fn running(&self, kind: &ServiceType) -> Vec<&'a Service> {
        self.of_type(kind, ServiceState::Running)
    }

    /// Every running service that serves any area of the study.
    pub fn all_running(&self) -> Vec<&'a Service> {
        self.here().filter(|s| self.state(s) == ServiceState::Running).collect()
    }

    /// Running confidential services of a type that serve the partnership.
    pub fn confidential(&self, kind: &ServiceType) -> Vec<&'a ConfidentialService> {
        self.study.confidential_on(kind, &self.as_of)
    }

    /// Whether any service of a type runs, confidential ones too.
    pub fn listed(&self, kind: &ServiceType) -> bool {
        !self.running(kind).is_empty() || !self.confidential(kind).is_empty()
    }

    /// Whether the plan says that the catalogue lists every service of a type: only then is none listed known to be none.
    pub fn complete(&self, kind: &ServiceType) -> bool {
        self.catalogue.complete.contains(&kind.id)
    }

    /// Travel times of the mode that is asked for; `None` for straight lines, and where the plan has none of that mode.
    pub fn travel(&self) -> Option<&'a Travel> {
        self.study.travel.iter().find(|t| t.mode == self.settings.by)
    }
}
