mod areas;
mod summary;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead};
use super::words::decimal;
use crate::model::Reach;
use crate::sources::{Delivery, ServiceType, service_types};
use crate::study::{Service, ServiceState, Study, Travel};
use crate::units::{Period, Polarity};

/// The settings of a `coverage` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Coverage {
    /// A site is within reach up to this straight-line distance, in metres. There is no national standard: look at several.
    pub reach_m: f64,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured: `straight-line`, or a mode of the plan's travel times such as `walk`, `drive` or `public-transport`.
    pub by: String,
    /// Straight lines are taken to be so many times as long as the way: 1.3 is usual in towns. 1 leaves them as they are.
    pub detour: f64,
    /// With travel times, a site is within reach up to so many minutes.
    pub reach_minutes: f64,
    /// The types to tell; those of the catalogue and the core of the typology where the list is empty.
    pub types: Vec<String>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            reach_m: 3000.0,
            reach_m_by_type: BTreeMap::new(),
            by: "straight-line".into(),
            detour: 1.0,
            reach_minutes: 30.0,
            types: vec![],
        }
    }
}

impl Analysis for Coverage {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let types: Vec<&ServiceType> = service_types().iter().filter(|t| self.tells(study, t)).collect();
        let mut drafts: Vec<Draft> = types.iter().filter(|t| !t.confidential).map(|t| self.by_area(study, t)).collect();
        if !types.is_empty() {
            drafts.insert(0, self.summary(study, &types));
        }
        drafts
    }
}

impl Coverage {
    pub(super) fn tells(&self, study: &Study, kind: &ServiceType) -> bool {
        if !self.types.is_empty() {
            return self.types.contains(&kind.id);
        }
        let listed = study.catalogue.public.iter().any(|s| s.types.contains(&kind.id))
            || study.catalogue.confidential.iter().any(|s| s.types.contains(&kind.id));
        listed || kind.core
    }

    pub(super) fn reach_m(&self, kind: &ServiceType) -> f64 {
        self.reach_m_by_type.get(&kind.id).copied().unwrap_or(self.reach_m)
    }

    /// Travel times of the mode that is asked for; `None` for straight lines, and where the plan has none of that mode.
    pub(super) fn travel<'s>(&self, study: &'s Study) -> Option<&'s Travel> {
        study.travel.iter().find(|t| t.mode == self.by)
    }

    /// How the way is measured, for a caption: `within 3.0 km in a straight line`.
    pub(super) fn within(&self, study: &Study, kind: &ServiceType) -> String {
        let metres = self.reach_m(kind);
        let km = decimal(metres / 1000.0, usize::from(metres % 1000.0 != 0.0));
        match self.travel(study) {
            Some(t) => {
                let way = match t.mode.as_str() {
                    "walk" => "on foot",
                    "drive" => "by car",
                    other => other,
                };
                format!("within {} minutes, {way}", decimal(self.reach_minutes, 0))
            }
            None if self.detour > 1.0 => format!("within {km} km, a straight line taken {} times", decimal(self.detour, 1)),
            None => format!("within {km} km in a straight line"),
        }
    }

    /// Whether a service has a site within reach of an area.
    pub(super) fn near(&self, study: &Study, kind: &ServiceType, service: usize, area: usize) -> bool {
        let found = &study.catalogue.public[service];
        match self.travel(study) {
            Some(t) if t.known[area] => t.minutes[area][service].is_some_and(|m| f64::from(m) <= self.reach_minutes),
            Some(_) => false,
            None => {
                found.sites.iter().any(|s| s.bng.distance_m(study.areas.list[area].centre) * self.detour.max(1.0) <= self.reach_m(kind))
            }
        }
    }

    /// Whether each area is reached by a type of service on a day, ISO 8601: three-valued, and how.
    pub(super) fn reach(&self, study: &Study, kind: &ServiceType, day: &str) -> Vec<Reach> {
        let there = |s: &Service| s.types.contains(&kind.id) && s.state_on(day) == ServiceState::Running;
        let (hidden, services): (Vec<_>, Vec<(usize, &Service)>) =
            study.catalogue.public.iter().enumerate().filter(|(_, s)| there(s)).partition(|(_, s)| s.more.withheld.place);
        // Whom a service reaches whose place is withheld, nobody who reads this is told.
        let hidden = hidden.iter().any(|(_, s)| study.is_served_by(s));
        let travel = self.travel(study);
        let complete = study.catalogue.complete.contains(&kind.id);
        study
            .areas
            .list
            .iter()
            .enumerate()
            .map(|(at, area)| {
                let here: Vec<&(usize, &Service)> = services.iter().filter(|s| s.1.area_served.takes_in(area)).collect();
                let near = here.iter().any(|s| self.near(study, kind, s.0, at));
                let comes_to_them = here.iter().any(|s| s.1.delivery.iter().any(|d| *d != Delivery::Site));
                // A site that somebody runs somewhere, we do not know where, may be near.
                let somewhere = here.iter().any(|s| s.1.sites.is_empty() && s.1.delivery.iter().all(|d| *d == Delivery::Site));
                // An area that is on no street, or that a table of times does not name, is not out of reach: nobody knows.
                let off_the_map = travel.is_some_and(|t| !t.known[at]) && here.iter().any(|s| !s.1.sites.is_empty());
                if near {
                    Reach::Site
                } else if comes_to_them {
                    Reach::WithoutSite
                } else if somewhere || off_the_map || hidden || (here.is_empty() && !complete) {
                    Reach::NotKnown
                } else {
                    Reach::OutOfReach
                }
            })
            .collect()
    }

    fn head(&self, study: &Study, what: &str) -> DraftHead {
        let confidential = study.catalogue.confidential.iter().flat_map(|s| s.sources.iter().copied());
        let services = study.catalogue.public.iter().flat_map(|s| s.sources()).chain(confidential);
        let times = self.travel(study).map(|t| t.source);
        let mut sources: Vec<usize> = services.chain(study.areas.population_source).chain(times).collect();
        sources.sort_unstable();
        sources.dedup();
        DraftHead {
            id: format!("coverage/{what}"),
            analysis: "coverage",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: Period { first: study.about.period.last, last: study.about.period.last },
            polarity: Polarity::Better,
            status: "population".into(),
            caveats: places_withheld(study).into_iter().chain([
                match self.travel(study) {
                    Some(_) => "Travel times are those of the plan's network or table, from one centre for each area; an area that is on no street is not known.".into(),
                    None if self.by == "straight-line" => "Distance is measured in a straight line, not along streets or by bus, and from one centre for each area.".into(),
                    None => format!("The plan holds no travel times of the mode `{}`: distance is measured in a straight line.", self.by),
                },
                "A site within reach may be full, closed at the hour of need, or not for everyone. This map does not say that anybody was helped.".into(),
                "“Not known” means that the catalogue holds no record that settles it. It never means none.".into(),
            ]).collect(),
        }
    }

    /// Whether somebody says how far is too far: people expect the kind near where they live, or the plan gives it a distance of its own.
    pub(super) fn judges_distance(&self, kind: &ServiceType) -> bool {
        kind.near || self.reach_m_by_type.contains_key(&kind.id)
    }
}

/// Says that places of restricted catalogues are left out, where they are.
pub(super) fn places_withheld(study: &Study) -> Option<String> {
    study.hides_places().then(|| {
        "Sites of restricted catalogues are not used in what the public may read: whom those services reach is not known here.".into()
    })
}

/// Fewer confidential services than this are not counted in any output.
pub(super) const FEWEST_CONFIDENTIAL: usize = 3;

/// Residents in each class of reach, then the total.
fn residents_by_reach(study: &Study, reach: &[Reach]) -> CountTable {
    let residents = study.areas.residents("all");
    let count = |class: Reach| -> Option<u64> {
        let here = reach.iter().zip(&residents).filter(|(r, _)| **r == class);
        here.map(|(_, n)| n.map(|n| n.round() as u64)).sum()
    };
    CountTable::column(Reach::ALL.map(count)).with_total_row()
}
