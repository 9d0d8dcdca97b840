//! `[[scenario]]` of the plan: services that open, close, move, or change their hours or capacity, tried on a copy of the catalogue.
//!
//! The copy goes through the same rooms as the catalogue itself: nothing is worked out twice. A confidential service can be no part of
//! a scenario, and an id that is one's is answered like an id that nobody has.

use schemars::JsonSchema;
use serde::Deserialize;

use super::served::Served;
use super::{Catalogue, Service, Study};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Delivery, OpeningTimes, ServiceStatus, SideRecord, Site, service_type};
use crate::spatial::{to_bng, to_lon_lat};
use crate::units::{AreaCode, LonLat};

/// Changes of the catalogue that are tried together.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// What it is called in findings.
    pub name: String,
    /// Services that open.
    #[serde(default)]
    pub open: Vec<Opening>,
    /// Ids of services that close.
    #[serde(default)]
    pub close: Vec<String>,
    /// Services whose one site moves.
    #[serde(default, rename = "move")]
    pub moves: Vec<Moving>,
    /// Services that open at other hours.
    #[serde(default)]
    pub hours: Vec<Timing>,
    /// Services with another capacity.
    #[serde(default)]
    pub capacity: Vec<Volume>,
}

/// A service that opens.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Opening {
    /// Id of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The area at whose centre it stands, in place of a longitude and latitude.
    pub area: Option<AreaCode>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// When it is open, such as `Mo-Fr 09:00-17:00`.
    pub hours: Option<String>,
    /// How much it can take.
    pub capacity: Option<f64>,
    /// What the capacity counts.
    pub capacity_unit: Option<String>,
}

/// A service that moves.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Moving {
    /// Its id.
    pub service: String,
    /// The area at whose centre it then stands, in place of a longitude and latitude.
    pub area: Option<AreaCode>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Degrees north.
    pub latitude: Option<f64>,
}

/// Other hours.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Timing {
    /// Id of the service.
    pub service: String,
    /// When it is open then, such as `Mo-Fr 09:00-20:00`.
    pub hours: String,
}

/// Another capacity.
#[derive(Clone, PartialEq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Volume {
    /// Id of the service.
    pub service: String,
    /// How much it can take then, in the unit of its record.
    pub capacity: f64,
}

impl Scenario {
    /// Ids of the services that it changes.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let moved = self.moves.iter().map(|m| m.service.as_str());
        let timed = self.hours.iter().map(|h| h.service.as_str());
        let sized = self.capacity.iter().map(|c| c.service.as_str());
        self.close.iter().map(String::as_str).chain(moved).chain(timed).chain(sized)
    }

    /// Services that it changes in two ways of which only one can be.
    fn changed_twice(&self) -> Vec<said::Said> {
        let moved: Vec<&str> = self.moves.iter().map(|m| m.service.as_str()).collect();
        let timed: Vec<&str> = self.hours.iter().map(|h| h.service.as_str()).collect();
        let sized: Vec<&str> = self.capacity.iter().map(|c| c.service.as_str()).collect();
        let closed: Vec<&str> = self.close.iter().map(String::as_str).collect();
        let mut found = vec![];
        for (how, ids) in [("close", &closed), ("move", &moved), ("hours", &timed), ("capacity", &sized)] {
            for (i, id) in ids.iter().enumerate() {
                if ids[..i].contains(id) {
                    found.push(said::changed_twice(id, [how, how]));
                } else if how != "close" && closed.contains(id) {
                    found.push(said::changed_twice(id, ["close", how]));
                }
            }
        }
        found
    }

    /// Ids of the types of the services that it opens or changes, each once.
    pub fn types(&self, study: &Study) -> Vec<String> {
        let of = |id: &str| study.catalogue.public.iter().find(|s| s.id == id).map(|s| s.types.clone()).unwrap_or_default();
        let opened = self.open.iter().filter_map(|o| service_type(&o.kind)).map(|t| t.id.clone());
        let mut types: Vec<String> = self.changed().flat_map(of).chain(opened).collect();
        types.sort();
        types.dedup();
        types
    }

    /// The catalogue after the change. Of a service whose place is withheld nothing but that it closes is told.
    pub fn applied(&self, study: &Study) -> Catalogue {
        let mut catalogue = study.catalogue.clone();
        let mut change = |id: &str, with: &mut dyn FnMut(&mut Service)| {
            catalogue.public.iter_mut().filter(|s| s.id == id).for_each(with);
        };
        for moving in &self.moves {
            let site = place(study, moving.area, moving.longitude, moving.latitude);
            change(&moving.service, &mut |s: &mut Service| {
                if !s.more.withheld.place {
                    s.sites = site.iter().cloned().collect();
                }
            });
        }
        for timing in &self.hours {
            let hours = read_hours(study, &timing.hours);
            change(&timing.service, &mut |s: &mut Service| s.more.hours.clone_from(&hours));
        }
        for volume in &self.capacity {
            change(&volume.service, &mut |s: &mut Service| s.more.capacity = Some(volume.capacity));
        }
        for id in &self.close {
            change(id, &mut |s: &mut Service| s.status = ServiceStatus::Defunct);
        }
        for (n, opening) in self.open.iter().enumerate() {
            catalogue.public.push(opened(study, n, opening));
        }
        catalogue
    }
}

fn read_hours(study: &Study, text: &str) -> Option<OpeningTimes> {
    OpeningTimes::of_text(text).and_then(|h| h.over(Some(study.about.period)))
}

/// The site that an area or a pair of degrees names.
fn place(study: &Study, area: Option<AreaCode>, longitude: Option<f64>, latitude: Option<f64>) -> Option<Site> {
    match (area, longitude, latitude) {
        (Some(code), None, None) => {
            let bng = study.areas.list.get(study.areas.position(code)?)?.centre;
            Some(Site { lon_lat: to_lon_lat(bng)?, bng })
        }
        (None, Some(lon), Some(lat)) => {
            let lon_lat = LonLat { lon, lat };
            Some(Site { lon_lat, bng: to_bng(lon_lat)? })
        }
        _ => None,
    }
}

fn opened(study: &Study, n: usize, opening: &Opening) -> Service {
    let place_of = Place::file("the plan").at("[[scenario]]");
    // It stands in no source: that of the areas is open where any is.
    let source = (0..study.sources.len()).find(|s| study.is_open_source(*s)).unwrap_or(0);
    let more = SideRecord {
        hours: opening.hours.as_deref().and_then(|h| read_hours(study, h)),
        capacity: opening.capacity,
        capacity_unit: opening.capacity_unit.clone(),
        source,
        ..SideRecord::default()
    };
    Service {
        source,
        place: place_of,
        // No id of a catalogue begins with a space.
        id: format!(" new {}", n + 1),
        name: "new".into(),
        provider: String::new(),
        status: ServiceStatus::Active,
        types: service_type(&opening.kind).map(|t| t.id.clone()).into_iter().collect(),
        forms: vec![],
        delivery: vec![Delivery::Site],
        sites: place(study, opening.area, opening.longitude, opening.latitude).into_iter().collect(),
        area_served: Served::default(),
        more,
        contacts: Default::default(),
        given: vec![],
    }
}

/// Lists what is wrong with the scenarios of a plan.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for scenario in &study.scenarios {
        let mut fault = |code: Code, said: said::Said| {
            problems.error_said(code, Place::file("the plan").at(format!("[[scenario]] `{}`", scenario.name)), said);
        };
        for id in scenario.changed() {
            if !study.catalogue.public.iter().any(|s| s.id == id) {
                fault(Code::P104, said::scenario_of_no_service(id));
            }
        }
        for said in scenario.changed_twice() {
            fault(Code::P105, said);
        }
        for opening in &scenario.open {
            match service_type(&opening.kind) {
                Some(kind) if !kind.confidential => {}
                Some(_) => fault(Code::P102, said::scenario_of_a_confidential_type(&opening.kind)),
                None => fault(Code::P102, said::scenario_of_no_type(&opening.kind)),
            }
        }
        let opens = scenario.open.iter().map(|o| (o.area, o.longitude, o.latitude));
        for (area, lon, lat) in opens.chain(scenario.moves.iter().map(|m| (m.area, m.longitude, m.latitude))) {
            if place(study, area, lon, lat).is_none() {
                fault(Code::P102, said::scenario_without_a_place());
            }
        }
        let hours = scenario.hours.iter().map(|h| &h.hours).chain(scenario.open.iter().filter_map(|o| o.hours.as_ref()));
        for text in hours.filter(|h| read_hours(study, h).is_none()) {
            fault(Code::P102, said::scenario_hours_not_read(text));
        }
        let sizes = scenario.capacity.iter().map(|c| c.capacity).chain(scenario.open.iter().filter_map(|o| o.capacity));
        if sizes.into_iter().any(|c| !c.is_finite() || c < 0.0) {
            fault(Code::P102, said::scenario_capacity_not_read());
        }
    }
}
