//! The services of a study. Confidential ones live apart and have no place.

use std::collections::{BTreeMap, BTreeSet};

use super::restricted::CapacityRule;
use super::same_service::{self, Alike, Given};
use super::served::{Gazetteer, Served};
use super::settings::StudySettings;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::model::ServiceState;
use crate::sources::{BadRecords, Delivery, Gathered, Origin, Postcodes, ServiceRecord, ServiceStatus, SideRecord, Site, Tally};
use crate::spatial::to_lon_lat;
use crate::units::{AreaCode, Bng, Geography, Period, Postcode};

/// Public services and confidential ones, each sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Services whose address, if they have one, is public.
    pub public: Vec<Service>,
    /// Services whose address is secret: only authority and capacity are known here.
    pub confidential: Vec<ConfidentialService>,
    /// Types of which the plan says that the catalogue lists every service.
    pub complete: Vec<String>,
    /// Pairs of ids that the plan says are two services, however alike they are.
    pub different: Vec<[String; 2]>,
    /// What may be told of capacities of confidential services together.
    pub capacity_rule: CapacityRule,
}

/// A service that anyone may know the place of.
#[derive(Clone, Debug)]
pub struct Service {
    /// Position of its source in the plan.
    pub source: usize,
    /// Where its record stands.
    pub place: Place,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub provider: String,
    /// Whether it runs.
    pub status: ServiceStatus,
    /// Ids of its types.
    pub types: Vec<String>,
    /// Forms of violence.
    pub forms: Vec<String>,
    /// How it reaches people.
    pub delivery: Vec<Delivery>,
    /// Its sites.
    pub sites: Vec<Site>,
    /// Where it is offered.
    pub area_served: Served,
    /// Capacity, waiting, contract and the like.
    pub more: SideRecord,
    /// Phone numbers, pages and mail addresses that it is known again by. They stand in no output.
    pub contacts: BTreeSet<String>,
    /// Records that were merged into its own.
    pub given: Vec<Given>,
}

impl Service {
    /// Whether it is there on a day, ISO 8601. A contract that ends on the day still runs.
    pub fn state_on(&self, day: &str) -> ServiceState {
        state(self.status, self.more.contract_start.as_deref(), self.more.contract_end.as_deref(), day)
    }
}

fn state(status: ServiceStatus, start: Option<&str>, end: Option<&str>, day: &str) -> ServiceState {
    match status {
        ServiceStatus::Defunct => ServiceState::Ended,
        ServiceStatus::Inactive | ServiceStatus::TemporarilyClosed => ServiceState::Paused,
        _ if start.is_some_and(|d| d > day) => ServiceState::Planned,
        _ if end.is_some_and(|d| d < day) => ServiceState::Ended,
        _ => ServiceState::Running,
    }
}

/// A service whose place is secret. There is no field for one.
#[derive(Clone, Debug)]
pub struct ConfidentialService {
    /// A number that all records have which may be of one service.
    service: usize,
    /// Position of its source in the plan.
    pub source: usize,
    /// Positions of every source that its record is from.
    pub sources: Vec<usize>,
    /// Ids of its types.
    pub types: Vec<String>,
    /// Authorities that it serves.
    pub area_served: Vec<AreaCode>,
    /// Places, caseworkers or hours.
    pub capacity: Option<f64>,
    /// What the capacity counts.
    pub capacity_unit: Option<String>,
    status: ServiceStatus,
    contract_start: Option<String>,
    contract_end: Option<String>,
}

impl ConfidentialService {
    /// A number that all records have which may be of one service.
    pub(super) fn service(&self) -> usize {
        self.service
    }

    /// How many services these are surely: records that may be of one are one, until the plan says that they are `different-services`.
    pub fn how_many(services: &[&Self]) -> usize {
        services.iter().map(|s| s.service).collect::<BTreeSet<_>>().len()
    }

    /// Whether it is there on a day, ISO 8601.
    pub fn state_on(&self, day: &str) -> ServiceState {
        state(self.status, self.contract_start.as_deref(), self.contract_end.as_deref(), day)
    }

    /// Whether it serves any of these authorities: not where it names others and no others than those.
    pub fn serves(&self, authorities: &[AreaCode]) -> bool {
        let elsewhere = |c: &AreaCode| c.geography() == Some(Geography::Authority) && !authorities.contains(c);
        self.area_served.is_empty() || !self.area_served.iter().all(elsewhere)
    }
}

/// Joins side tables to services, checks ids, and sets the confidential ones apart.
///
/// Beside the catalogue come notes for the ledger: locations that were discarded because a side table calls the service confidential.
pub(super) fn build(
    settings: &StudySettings,
    gathered: &mut Gathered,
    gazetteer: &Gazetteer,
    months: Option<Period>,
    origins: &[Origin],
    problems: &mut Problems,
) -> (Catalogue, Vec<Tally>) {
    let (records, side) = (std::mem::take(&mut gathered.services), std::mem::take(&mut gathered.side));
    same_service::check(settings, |id| records.iter().any(|r| r.id == id), problems);
    let mut given: BTreeMap<String, Vec<Given>> = BTreeMap::new();
    let (mut by_id, mut twice) = once_each(records, origins, months, &mut given, problems);
    for row in side {
        match by_id.get_mut(&row.id) {
            Some(record) => add(record, row),
            None => problems.error_said(Code::S305, row.place.clone(), said::side_row_without_a_service()),
        }
    }
    let mut records: Vec<ServiceRecord> = by_id.into_values().collect();
    super::confidential::check_texts(settings, problems);
    // What is secret is settled of all records as they stand: of what was joined, the name and the words of the one that stays would count alone.
    let sets = same_service::sets(settings, &records);
    let (verdicts, mut notes) = super::confidential::settle(&mut records, &sets, settings, gazetteer, origins, problems);
    let secret: Vec<usize> = (0..records.len()).filter(|i| verdicts[*i].is_some()).collect();
    let services = super::confidential::by_service(&records, &secret, &sets, settings, problems);
    let secret: BTreeSet<String> = secret.into_iter().map(|i| records[i].id.clone()).collect();
    let mut by_id: BTreeMap<String, ServiceRecord> = records.into_iter().map(|r| (r.id.clone(), r)).collect();
    let joined = same_service::join(settings, &mut by_id, &mut given, months);
    let mut catalogue =
        Catalogue { complete: settings.catalogue_complete.clone(), different: settings.different_services.clone(), ..Catalogue::default() };
    let mut chase = Chase::default();
    for record in by_id.into_values() {
        if secret.contains(&record.id) {
            catalogue.confidential.push(ConfidentialService {
                service: services.get(&record.id).copied().unwrap_or_default(),
                source: record.source,
                sources: record.more.all_sources().chain([record.source]).collect(),
                types: record.types,
                area_served: record.area_served.codes,
                capacity: record.more.capacity,
                capacity_unit: record.more.capacity_unit.as_deref().and_then(plain_unit),
                status: record.status,
                contract_start: record.more.contract_start,
                contract_end: record.more.contract_end,
            });
        } else {
            match public(with_sites(record, &gathered.postcodes), gazetteer, months, origins, &mut chase, problems) {
                Ok(service) => {
                    let given = given.remove(&service.id).unwrap_or_default();
                    catalogue.public.push(Service { given, ..service });
                }
                Err(note) => notes.push(note),
            }
        }
    }
    chase.tell(origins, problems);
    notes.append(&mut twice);
    notes.extend(joined);
    (catalogue, notes)
}

/// One record for each id, and notes of those that stand twice.
fn once_each(
    records: Vec<ServiceRecord>,
    origins: &[Origin],
    months: Option<Period>,
    given: &mut BTreeMap<String, Vec<Given>>,
    problems: &mut Problems,
) -> (BTreeMap<String, ServiceRecord>, Vec<Tally>) {
    let mut by_id: BTreeMap<String, ServiceRecord> = BTreeMap::new();
    let mut twice: Vec<Tally> = Vec::new();
    for mut record in records {
        let of_others = |source: usize| origins.get(source).is_some_and(|o| o.bad_records() == BadRecords::SetAside);
        match by_id.get_mut(&record.id) {
            // A feed read page by page gives some records twice: the newer counts, and what either says of secrecy.
            Some(first) if of_others(record.source) && of_others(first.source) => {
                if record.more.last_verified >= first.more.last_verified {
                    std::mem::swap(first, &mut record);
                }
                let known = problems.list().len();
                problems.error_said(Code::S302, record.place.clone(), said::service_given_again(&first.place));
                let name = origins.get(record.source).map_or("", |o| o.name.as_str());
                problems.set_aside(known, name, |_| true);
                let mut note = Tally::new(record.source, "");
                note.set_aside(said::SERVICE_TWICE, 1);
                twice.push(note);
                let differs = same_service::of_records(first, &record, months);
                let (source, place) = (record.source, record.place.clone());
                given.entry(record.id.clone()).or_default().push(Given { source, place, alike: Alike::Id, differs });
                first.stands_for(record);
            }
            Some(first) => problems.error_said(Code::S302, record.place.clone(), said::service_id_twice(&first.place)),
            None => {
                by_id.insert(record.id.clone(), record);
            }
        }
    }
    (by_id, twice)
}

/// Places of records that leave something open, by source.
#[derive(Default)]
struct Chase {
    in_words: BTreeMap<usize, Vec<Place>>,
    untyped: BTreeMap<usize, Vec<Place>>,
    unread_hours: BTreeMap<usize, Vec<Place>>,
}

/// Sites of a public service that its record tells by postcode alone: the middle of about fifteen addresses.
fn with_sites(mut record: ServiceRecord, postcodes: &Postcodes) -> ServiceRecord {
    if record.sites.is_empty() {
        let point = |p: &Postcode| postcodes.find(*p)?.easting_northing_m;
        let metres = record.postcodes.iter().filter_map(point).map(|(e, n)| Bng { easting_m: f64::from(e), northing_m: f64::from(n) });
        record.sites = metres.filter_map(|bng| Some(Site { lon_lat: to_lon_lat(bng)?, bng })).collect();
        // What a table says of delivery stands; a feed says it by its places.
        if !record.sites.is_empty() && record.more.delivery.is_empty() && !record.delivery.contains(&Delivery::Site) {
            record.delivery.push(Delivery::Site);
        }
    }
    record
}

/// A service that anybody may find; or a note where it is nobody's here.
fn public(
    mut record: ServiceRecord,
    gazetteer: &Gazetteer,
    months: Option<Period>,
    origins: &[Origin],
    chase: &mut Chase,
    problems: &mut Problems,
) -> Result<Service, Tally> {
    let contacts = super::confidential::contacts_of_public(&record);
    // A service whose only sites lie elsewhere is nobody's here, which is not the same as one whose place is not known.
    let elsewhere = record.site_problems.list().iter().any(|p| p.code == Code::S319);
    let only_there = elsewhere && record.sites.is_empty() && record.delivery.iter().all(|d| *d == Delivery::Site);
    let known = problems.list().len();
    problems.append(record.site_problems);
    if let Some(origin) = origins.get(record.source).filter(|o| o.bad_records() == BadRecords::SetAside) {
        problems.set_aside(known, &origin.name, |_| true);
    }
    if only_there {
        let mut note = Tally::new(record.source, "");
        note.set_aside(said::SERVICE_OFF_THE_GRID, 1);
        return Err(note);
    }
    if record.types.is_empty() && !record.more.unknown_type {
        chase.untyped.entry(record.source).or_default().push(record.place.clone());
    }
    let said = record.more.hours_in_words || record.more.hours.is_some();
    record.more.hours = record.more.hours.take().and_then(|h| h.over(months));
    if said && record.more.hours.is_none() {
        chase.unread_hours.entry(record.source).or_default().push(record.place.clone());
    }
    let (area_served, unsettled) = gazetteer.settle(record.area_served);
    if unsettled {
        chase.in_words.entry(record.source).or_default().push(record.place.clone());
    }
    Ok(Service {
        contacts,
        given: vec![],
        source: record.source,
        place: record.place,
        id: record.id,
        name: record.name,
        provider: record.provider,
        status: record.status,
        types: record.types,
        forms: record.forms,
        delivery: record.delivery,
        sites: record.sites,
        area_served,
        more: record.more,
    })
}

impl Chase {
    /// One problem for each record, or for each source where one look at it mends all.
    fn tell(self, origins: &[Origin], problems: &mut Problems) {
        let Self { in_words, untyped, unread_hours } = self;
        for place in untyped.into_values().flatten() {
            problems.warn_said(Code::S318, place, said::service_without_a_type());
        }
        for (source, place) in unread_hours.into_iter().flat_map(|(s, places)| places.into_iter().map(move |p| (s, p))) {
            // Of a table of one's own it is told where the field stands.
            if origins.get(source).is_some_and(|o| !["services-open-referral", "services-hsds"].contains(&o.kind)) {
                continue;
            }
            problems.warn_said(Code::S309, place, said::service_hours_not_read());
        }
        for (source, places) in in_words {
            let said = said::area_served_in_words(places.len());
            let place = places.into_iter().next().unwrap_or_else(|| Place::file(origins.get(source).map_or("", |o| o.name.as_str())));
            problems.warn_said(Code::S314, place, said);
        }
    }
}

/// Adds a side-table row: what the row says replaces what the catalogue says, but for secrecy, which nothing takes back.
fn add(record: &mut ServiceRecord, mut row: SideRecord) {
    record.said.append(&mut row.said);
    let secret = (record.more.confidential == Some(true) || row.confidential == Some(true)).then_some(true);
    let before = std::mem::take(&mut record.types);
    record.types = match (row.types.is_empty(), row.unknown_type) {
        (true, _) => before,
        // A type that keeps its address secret is not taken back by another.
        (false, _) => {
            let mut types = row.types.clone();
            let kept = before.into_iter().filter(|t| crate::sources::service_type(t).is_some_and(|t| t.confidential));
            types.extend(kept);
            types.sort();
            types.dedup();
            types
        }
    };
    if !row.forms.is_empty() {
        record.forms.clone_from(&row.forms);
    }
    if !row.delivery.is_empty() {
        record.delivery.clone_from(&row.delivery);
    }
    record.more = row.over(std::mem::take(&mut record.more));
    record.more.confidential = secret;
}

/// The unit of a confidential service's capacity, where it is one that is known: other words could tell a place.
fn plain_unit(unit: &str) -> Option<String> {
    const UNITS: [&str; 16] = [
        "family places",
        "family place",
        "bed spaces",
        "bedspaces",
        "bed space",
        "places",
        "place",
        "beds",
        "households",
        "units",
        "flats",
        "rooms",
        "fte",
        "hours",
        "sessions",
        "cases",
    ];
    let plain = unit.to_lowercase();
    let known = UNITS.iter().find(|u| plain.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|part| part.trim() == **u));
    let known = known.or_else(|| UNITS.iter().find(|u| plain.contains(*u)));
    known.map(|u| if *u == "fte" { "FTE".to_owned() } else { (*u).to_owned() })
}
