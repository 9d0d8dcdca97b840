//! What the Open Referral forms have in common, on its way to a [`ServiceRecord`].

use super::Origin;
use super::confidential::{DISCARDED, is_confidential, settle};
use super::gathered::Tally;
use super::served::ServedArea;
use super::service_record::{Delivery, ServiceRecord, ServiceStatus, SideRecord};
use super::services_csv::site_at;
use super::typology::{service_type, types_in};
use crate::diagnostics::{Place, Problems};

/// A service as a standard catalogue describes it.
#[derive(Default)]
pub(super) struct CatalogueEntry {
    pub place: Place,
    pub id: String,
    pub name: String,
    pub description: String,
    pub provider: String,
    pub status: String,
    /// Names of the taxonomy terms it carries.
    pub terms: Vec<String>,
    pub locations: Vec<CatalogueLocation>,
    /// What the record says of hours, eligibility, languages and the like.
    pub more: SideRecord,
    /// Where it is offered.
    pub areas: ServedArea,
}

/// A location of it. Of an address, only whether there is one is kept.
#[derive(Default)]
pub(super) struct CatalogueLocation {
    pub place: Place,
    /// `physical`, `postal` or `virtual`.
    pub kind: String,
    pub latitude: String,
    pub longitude: String,
    pub has_postcode: bool,
    pub has_street: bool,
    pub has_uprn: bool,
}

impl CatalogueEntry {
    /// The service, or `None` where it lacks what the standard requires or is confidential and carries a place: both reported.
    pub fn into_record(self, origin: &Origin, tally: &mut Tally, problems: &mut Problems) -> Result<ServiceRecord, &'static str> {
        for (field, value) in [("id", &self.id), ("name", &self.name)] {
            if value.trim().is_empty() {
                let next = "Open Referral UK requires id, name and status of every service. Ask the publisher of the feed to add it.";
                problems.error("S307", self.place.clone(), format!("the service has no {field}"), next);
                return Err("a service without id or name");
            }
        }
        let status = ServiceStatus::parse(&self.status);
        if status == ServiceStatus::Unknown {
            let next =
                "Open Referral UK knows active, inactive, defunct and temporarily closed. The service is kept, its status not known.";
            problems.warn("S307", self.place.clone().at("status"), "the service has no status of the standard", next);
        }
        let types = self.types();
        let flag = self.terms.iter().any(|t| t.to_lowercase().contains("confidential")).then_some(true);
        let confidential = is_confidential(flag, &types, &format!("{} {}", self.name, self.description));
        let mut area_served = self.areas.clone();
        if confidential {
            if self.settle_if_placed(origin, problems)? {
                tally.note(DISCARDED, 1);
            }
            area_served.blur();
        }
        let mut delivery = Vec::new();
        let mut sites = Vec::new();
        for location in self.locations {
            match location.kind.as_str() {
                "virtual" => delivery.push(Delivery::Online),
                "postal" => {}
                _ if confidential || (location.latitude.is_empty() && location.longitude.is_empty()) => {}
                _ => {
                    delivery.push(Delivery::Site);
                    sites.extend(site_at(&location.longitude, &location.latitude, location.place, origin.sensitivity, problems));
                }
            }
        }
        delivery.sort_unstable();
        delivery.dedup();
        let place = self.place.clone();
        Ok(ServiceRecord {
            source: origin.id,
            place: self.place,
            id: self.id,
            name: self.name,
            provider: self.provider,
            status,
            types,
            forms: vec![],
            delivery,
            confidential,
            sites,
            area_served,
            more: SideRecord { place, source: origin.id, ..self.more },
        })
    }

    /// Types by the ids and labels of its terms; failing that by words in its terms; failing that by words in its name.
    fn types(&self) -> Vec<String> {
        let mut exact: Vec<String> = self.terms.iter().filter_map(|t| service_type(t)).map(|t| t.id.clone()).collect();
        exact.dedup();
        if !exact.is_empty() {
            return exact;
        }
        let by_terms = types_in(&self.terms.join(" "));
        if by_terms.is_empty() { types_in(&self.name) } else { by_terms }
    }

    /// Whether a confidential record carries a place that is discarded; an error where it must not be kept.
    fn settle_if_placed(&self, origin: &Origin, problems: &mut Problems) -> Result<bool, &'static str> {
        let mut placed = false;
        let mut kept = true;
        for location in &self.locations {
            let carries = [
                (!location.latitude.is_empty() || !location.longitude.is_empty(), "coordinates"),
                (location.has_postcode, "a postcode"),
                (location.has_street, "a street address"),
                (location.has_uprn, "a UPRN"),
            ];
            let carried: Vec<&str> = carries.iter().filter(|c| c.0).map(|c| c.1).collect();
            if !carried.is_empty() {
                placed = true;
                kept &= settle(location.place.clone(), &carried, origin.confidential_locations, problems);
            }
        }
        if self.areas.tells_the_place() {
            placed = true;
            let place = self.place.clone().at("service_areas");
            kept &= settle(place, &["a small-area code"], origin.confidential_locations, problems);
        }
        if kept { Ok(placed) } else { Err("a confidential service that carries a place") }
    }
}
