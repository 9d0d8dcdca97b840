use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::model::{Body, ListedService, ListedSite, ServiceMap, ServiceState};
use crate::msg;
use crate::sources::{Delivery, service_type};
use crate::study::{Asked, Provision, Service, Study};
use crate::units::{Month, Polarity};

/// The settings of a `services` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ServicesSettings {
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
}

impl Analysis for ServicesSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        self.map(study).into_iter().collect()
    }
}

impl ServicesSettings {
    /// The services of open catalogues: what is told of them is public already, so that nothing here is a count to be released.
    fn map(&self, study: &Study) -> Option<Draft> {
        let open = |s: &&Service| study.is_open(s);
        let (mut services, elsewhere): (Vec<&Service>, Vec<&Service>) =
            study.catalogue.public.iter().filter(open).partition(|s| study.is_served_by(s));
        if services.is_empty() {
            return None;
        }
        services.sort_by_key(|s| (stage_rank(s), s.name.as_str(), s.id.as_str()));
        let provision = Provision::new(study, &Asked { as_of: self.as_of, ..Asked::default() });
        let as_of = provision.as_of().to_owned();
        let mut sites = Vec::new();
        let mut without_site = Vec::new();
        for service in &services {
            let listed = listed(service, &as_of);
            if service.sites.is_empty() {
                // That a service has a site which no list gives may be what keeps its people safe: how it reaches them is told without it.
                let delivery = listed.delivery.iter().filter(|d| **d != words_of(Delivery::Site)).cloned().collect();
                without_site.push(ListedService { delivery, ..listed.clone() });
            }
            for site in &service.sites {
                sites.push(ListedSite {
                    number: sites.len() + 1,
                    service: listed.clone(),
                    easting_m: site.bng.easting_m.round() as i32,
                    northing_m: site.bng.northing_m.round() as i32,
                });
            }
        }
        let sources: BTreeSet<usize> = services.iter().flat_map(|s| s.sources()).collect();
        let head = DraftHead {
            id: "services/map".into(),
            analysis: "services",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: provision.period(),
            polarity: Polarity::Ambiguous,
            status: "recorded".into(),
            caveats: vec![msg!("services-caveat-confidential"), msg!("services-caveat-address")],
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            confidential: !study.catalogue.confidential.is_empty(),
            unnamed: study.catalogue.public.iter().any(|s| !open(&s)),
            states: services.iter().map(|s| s.state_on(&as_of)).collect(),
            elsewhere: elsewhere.len(),
            map: ServiceMap { as_of, sites, without_site },
        };
        // Names and addresses are facts that everyone may know; the table of counts holds nothing.
        Some(Draft::new(head, CountTable::column([None]), facts, tell))
    }
}

/// Crisis first, then support, recovery and the rest.
fn stage_rank(service: &Service) -> usize {
    let stage = stage(service);
    ["crisis", "support", "recovery"].iter().position(|s| *s == stage).unwrap_or(3)
}

fn stage(service: &Service) -> String {
    service.types.iter().find_map(|t| service_type(t)).map_or(String::new(), |t| t.stage.clone())
}

fn listed(service: &Service, as_of: &str) -> ListedService {
    let kind = |id: &String| service_type(id).map_or_else(|| id.clone(), |t| t.label.clone());
    ListedService {
        name: service.name.clone(),
        provider: service.provider.clone(),
        kinds: service.types.iter().map(kind).collect(),
        stage: stage(service),
        state: service.state_on(as_of),
        delivery: service.delivery.iter().map(|d| words_of(*d).to_owned()).collect(),
    }
}

fn words_of(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Site => "site",
        Delivery::Outreach => "outreach",
        Delivery::Phone => "phone",
        Delivery::Online => "online",
    }
}

struct Facts {
    area_name: String,
    confidential: bool,
    unnamed: bool,
    map: ServiceMap,
    /// Of each service.
    states: Vec<ServiceState>,
    /// Services of the same catalogues that serve other areas only.
    elsewhere: usize,
}

fn tell(facts: &Facts, _: &Released) -> Telling {
    let map = &facts.map;
    let each = || map.sites.iter().map(|s| &s.service).chain(&map.without_site);
    let names = |state: ServiceState| -> Vec<&str> {
        let all: BTreeSet<&str> = each().filter(|s| s.state == state).map(|s| s.name.as_str()).collect();
        all.into_iter().collect()
    };
    let in_state = |state: ServiceState| facts.states.iter().filter(|s| **s == state).count();
    let (listed, without_site) = (facts.states.len(), map.without_site.len());
    let mut sentences = vec![msg!(
        "services-listed",
        services = listed,
        with_site = listed - without_site,
        sites = map.sites.len(),
        without_site = without_site
    )];
    for state in [ServiceState::Planned, ServiceState::Paused, ServiceState::Ended] {
        let (services, names, day) = (in_state(state), names(state), &map.as_of);
        if names.is_empty() {
            continue;
        }
        sentences.extend(match state {
            ServiceState::Planned => Some(msg!("services-planned", services = services, day = day, names = names)),
            ServiceState::Paused => Some(msg!("services-paused", services = services, day = day, names = names)),
            ServiceState::Ended => Some(msg!("services-ended", services = services, day = day, names = names)),
            ServiceState::Running => None,
        });
    }
    sentences.extend(facts.confidential.then(|| msg!("services-confidential")));
    sentences.extend(facts.unnamed.then(|| msg!("services-restricted")));
    sentences.extend((facts.elsewhere > 0).then(|| msg!("services-elsewhere", services = facts.elsewhere)));
    let sites = map.sites.iter().filter(|s| s.service.state == ServiceState::Running).count();
    Telling {
        headline: msg!("services-headline", running = in_state(ServiceState::Running), sites = sites),
        subtitle: msg!("services-subtitle", day = &map.as_of, area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Services(map.clone()),
    }
}
