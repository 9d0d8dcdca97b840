//! What the Open Referral forms have in common, on its way to a [`ServiceRecord`].

use std::sync::Arc;

use super::Origin;
use super::record_fields::Field;
use super::served::ServedArea;
use super::service_record::{Delivery, ServiceRecord, ServiceStatus, SideRecord};
use super::services_csv::site_at;
use super::shared_fields::SharedFields;
use super::typology::{ServiceType, service_type};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Postcode;
use crate::vocabulary::{about_abuse, types_named};

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
    /// Everything that the record says of it alone.
    pub said: Vec<Field>,
    /// What is said of it and of other services: of its organisation, of its place, or of all of a feed.
    pub shared: Vec<Arc<SharedFields>>,
}

/// A location of it.
#[derive(Clone, Default)]
pub(super) struct CatalogueLocation {
    pub place: Place,
    /// `physical`, `postal` or `virtual`.
    pub kind: String,
    pub latitude: String,
    pub longitude: String,
    /// The postcode of its address.
    pub postcode: String,
}

impl CatalogueEntry {
    /// The service, or why not where it lacks what the standard requires, which is reported.
    pub fn into_record(self, origin: &Origin, problems: &mut Problems) -> Result<ServiceRecord, &'static str> {
        for (field, value) in [("id", &self.id), ("name", &self.name)] {
            if value.trim().is_empty() {
                let next = "Open Referral UK requires id, name and status of every service. Ask the publisher of the feed to add it.";
                problems.error(Code::S307, self.place.clone(), format!("the service has no {field}"), next);
                return Err("a service without id or name");
            }
        }
        let read = ServiceStatus::read(&self.status);
        // Words that nobody understands are not taken for the best case.
        let status = read.unwrap_or(ServiceStatus::Inactive);
        if read.is_none() {
            let next = "It is not counted as running until it does. Open Referral UK knows active, inactive, defunct and temporarily closed: ask the publisher, or give it in a side table.";
            problems.warn(Code::S307, self.place.clone().at("status"), "the status of the service cannot be read", next);
        }
        if status == ServiceStatus::Unknown {
            let next =
                "Open Referral UK knows active, inactive, defunct and temporarily closed. The service is kept, its status not known.";
            problems.warn(Code::S307, self.place.clone().at("status"), "the service has no status of the standard", next);
        }
        let types = self.types();
        // Terms about abuse that name no type that is known: nobody can say what kind of service it is.
        let unknown_type = types.is_empty() && self.terms.iter().any(|t| about_abuse(t));
        let says_so = self.terms.iter().any(|t| t.to_lowercase().contains("confidential"));
        let mut delivery = Vec::new();
        let mut sites = Vec::new();
        let mut postcodes = Vec::new();
        let mut site_problems = Problems::default();
        for location in self.locations {
            match location.kind.as_str() {
                "virtual" => delivery.push(Delivery::Online),
                "postal" => {}
                _ if location.latitude.is_empty() && location.longitude.is_empty() => postcodes.extend(Postcode::parse(&location.postcode)),
                _ => {
                    delivery.push(Delivery::Site);
                    sites.extend(site_at(&location.longitude, &location.latitude, location.place, &mut site_problems));
                }
            }
        }
        delivery.sort_unstable();
        delivery.dedup();
        let place = self.place.clone();
        Ok(ServiceRecord {
            says_status: status != ServiceStatus::Unknown,
            source: origin.id,
            place: self.place,
            id: self.id,
            name: self.name,
            provider: self.provider,
            status,
            types,
            terms: self.terms,
            forms: vec![],
            delivery,
            said: self.said,
            shared: self.shared,
            sites,
            postcodes,
            site_problems,
            area_served: self.areas,
            more: SideRecord { place, source: origin.id, confidential: says_so.then_some(true), unknown_type, ..self.more },
        })
    }

    /// Types by the ids and labels of its terms; failing that by words in its terms; failing that by words in its name.
    ///
    /// A directory of everything has terms of the same words: they count where the record says that it is about violence, or is meant so.
    fn types(&self) -> Vec<String> {
        let named: Vec<(&String, &ServiceType)> = self.terms.iter().filter_map(|t| Some((t, service_type(t)?))).collect();
        let meant: Vec<&str> = named.iter().filter(|(term, t)| t.is_meant_by(term)).map(|(_, t)| t.id.as_str()).collect();
        let counts = |t: &ServiceType| meant.contains(&t.id.as_str()) || self.is_about_abuse();
        let mut exact: Vec<String> = named.iter().filter(|(_, t)| counts(t)).map(|(_, t)| t.id.clone()).collect();
        exact.dedup();
        if !exact.is_empty() {
            return exact;
        }
        let others = [&self.description, &self.provider].into_iter().chain(&self.terms).map(String::as_str).collect::<Vec<_>>();
        let context = others.iter().any(|t| about_abuse(t)) || about_abuse(&self.name);
        let by_terms = types_named(&self.terms.join(". "), context);
        if !by_terms.is_empty() {
            return by_terms;
        }
        types_by_name(&self.name, &others)
    }

    /// Whether anything that the record says, or that is said of its organisation or place, speaks of violence or abuse.
    fn is_about_abuse(&self) -> bool {
        let own = [&self.name, &self.description, &self.provider].into_iter().chain(&self.terms).chain(self.said.iter().map(|f| &f.value));
        own.into_iter().any(|t| about_abuse(t)) || self.shared.iter().any(|s| s.is_about_abuse())
    }
}

/// Types that a name names, where the other texts of the record say whether it is about abuse.
///
/// A seal refuge is none: what a name alone names counts as a type whose place is secret only where the record is about abuse.
pub(super) fn types_by_name(name: &str, others: &[&str]) -> Vec<String> {
    let context = about_abuse(name) || others.iter().any(|t| about_abuse(t));
    let of_name = types_named(name, context).into_iter();
    of_name.filter(|t| context || !service_type(t).is_some_and(|t| t.confidential)).collect()
}
