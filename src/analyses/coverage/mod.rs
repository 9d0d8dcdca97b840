mod areas;
mod summary;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead};
use super::travel::trips_lost;
use crate::model::{Message, Reach};
use crate::msg;
use crate::sources::{ServiceType, service_types};
use crate::study::{Asked, Provision, Reached, Study, asked};
use crate::units::{Cell, Month, Polarity};

/// The settings of a `coverage` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Coverage {
    /// How far is too far, in metres of a straight line, where it is not that of `[study.reach]`.
    pub reach_m: Option<f64>,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured, where it is not that of `[study.reach]`: `straight-line`, or a mode of the plan's travel times.
    pub by: Option<String>,
    /// Straight lines are taken to be so many times as long, where it is not that of `[study.reach]`.
    pub detour: Option<f64>,
    /// With travel times, how many minutes are too far, where it is not that of `[study.reach]`.
    pub reach_minutes: Option<f64>,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// The types to tell; those of the catalogue and the core of the typology where the list is empty.
    pub types: Vec<String>,
}

impl Analysis for Coverage {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let provision = Provision::new(study, &self.asked());
        let asked = |t: &&ServiceType| self.types.is_empty() || self.types.contains(&t.id);
        let types: Vec<&ServiceType> =
            if self.types.is_empty() { provision.types() } else { service_types().iter().filter(asked).collect() };
        let mut drafts: Vec<Draft> = types.iter().filter(|t| !t.confidential).map(|t| self.by_area(study, &provision, t)).collect();
        if !types.is_empty() {
            drafts.insert(0, self.summary(study, &provision, &types));
        }
        drafts
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn measured(&self, study: &Study) -> Option<String> {
        Some(Provision::new(study, &self.asked()).measured())
    }
}

impl Coverage {
    fn asked(&self) -> Asked {
        asked!(self)
    }

    fn head(&self, study: &Study, provision: &Provision, what: &str) -> DraftHead {
        let confidential = study.catalogue.confidential.iter().flat_map(|s| s.sources.iter().copied());
        let services = study.catalogue.public.iter().flat_map(|s| s.sources()).chain(confidential);
        let times = provision.travel().map(|t| t.source);
        let mut sources: Vec<usize> = services.chain(study.areas.population_source).chain(times).collect();
        sources.sort_unstable();
        sources.dedup();
        DraftHead {
            id: format!("coverage/{what}"),
            analysis: "coverage",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: provision.period(),
            polarity: Polarity::Better,
            status: "population".into(),
            caveats: places_withheld(study)
                .into_iter()
                .chain(trips_lost(provision.by_timetable()))
                .chain([
                    match provision.travel() {
                        Some(_) => msg!("coverage-caveat-travel"),
                        None if provision.by() == "straight-line" => msg!("coverage-caveat-straight"),
                        None => msg!("coverage-caveat-no-times", mode = provision.by()),
                    },
                    msg!("coverage-caveat-reach"),
                    msg!("coverage-caveat-not-known"),
                ])
                .collect(),
        }
    }
}

/// Says that places of restricted catalogues are left out, where they are.
pub(super) fn places_withheld(study: &Study) -> Option<Message> {
    study.hides_places().then(|| msg!("coverage-caveat-places-withheld"))
}

/// Residents by reach, best first: where a service comes to people of whom nobody knows whether a site is in reach too, none with a site is not
/// known to be none.
fn site_not_known(hidden: bool, mut parts: Vec<Cell<u64>>) -> Vec<Cell<u64>> {
    if let Some(site) = parts.first_mut().filter(|n| hidden && **n == Cell::Known(0)) {
        *site = Cell::Missing;
    }
    parts
}

pub(super) use crate::study::FEWEST_CONFIDENTIAL;

/// Residents in each class of reach, then the total.
fn residents_by_reach(study: &Study, reach: &[Reached]) -> CountTable {
    let residents = study.areas.residents("all");
    let count = |class: Reach| -> Option<u64> {
        let here = reach.iter().zip(&residents).filter(|(r, _)| r.reach == class);
        here.map(|(_, n)| n.map(|n| n.round() as u64)).sum()
    };
    CountTable::column(Reach::ALL.map(count)).with_total_row()
}
