use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::catalogue_entry::{CatalogueEntry, CatalogueLocation};
use super::csv_file::{Row, Sheet};
use super::gathered::{Gathered, Tally};
use super::hsds_fields::said;
use super::hsds_package::Package;
use super::open_referral::{Capacity, Says, Schedule};
use super::recurrence::Rule;
use super::said_around::{told_by_line, told_by_path};
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};

/// The settings of a `services-hsds` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HsdsTabular {}

impl Source for HsdsTabular {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "services");
        for path in &origin.paths {
            gathered.files.push((origin.id, path.clone()));
            // A path to the data package stands for the folder it lies in.
            let folder = path.strip_suffix("datapackage.json").unwrap_or(path).trim_end_matches('/');
            let folder = if folder.is_empty() { "." } else { folder };
            if told_by_path(origin, folder, problems) {
                continue;
            }
            let known = problems.list().len();
            let package = Package::open(origin, folder, problems);
            let unread: u64 = package.files_of("service").map(|services| services.unread).sum();
            if package.files_of("service").next().is_none() {
                if problems.list().len() == known {
                    no_services(folder, package.missing, problems);
                }
                continue;
            }
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
            for entry in entries(&package) {
                tally.read += 1;
                if entry.id.trim().is_empty() || entry.name.trim().is_empty() {
                    let texts = entry.said.iter().map(|f| f.value.as_str()).chain([entry.id.as_str(), &entry.name]);
                    told_by_line(entry.place.clone(), texts, problems);
                }
                match entry.into_record(origin, problems) {
                    Ok(record) => gathered.services.push(record),
                    Err(reason) => tally.set_aside(reason, 1),
                }
            }
        }
        gathered.tallies.push(tally);
    }
}

/// Reports that no file is the table of services.
fn no_services(folder: &str, missing: usize, problems: &mut Problems) {
    let named = if missing > 0 { format!("; of the files that datapackage.json names {missing} are not there") } else { String::new() };
    let next = "Point the source at the folder that holds services.csv of an HSDS data package. Where the file has another name, its datapackage.json says so: a resource with the name `services` and the path of the file, from that folder.";
    problems.error(Code::R111, Place::file(folder), format!("no table of services in this folder{named}"), next);
}

/// Services as they are read, each with what its other tables say of it.
struct Reading<'p> {
    package: &'p Package<'p>,
    services: Vec<CatalogueEntry>,
    says: Vec<Says>,
    /// Where each id stands in `services`.
    position: BTreeMap<String, usize>,
    /// The service of each service at a location.
    at_location: BTreeMap<String, usize>,
    /// All services at a location.
    services_at: BTreeMap<String, Vec<usize>>,
}

fn entries<'p>(package: &'p Package<'p>) -> Vec<CatalogueEntry> {
    let mut reading = Reading::of_services(package);
    reading.add_terms();
    reading.add_areas_and_locations();
    reading.add_schedules();
    reading.add_eligibility();
    reading.add_lists();
    reading.add_capacities();
    let Reading { mut services, says, .. } = reading;
    services.iter_mut().zip(says).for_each(|(service, says)| service.more = says.into_side());
    let ids: Vec<&str> = services.iter().map(|s| s.id.as_str()).collect();
    let said = said(package, &ids);
    services.iter_mut().zip(said).for_each(|(service, said)| (service.said, service.shared) = (said.own, said.shared));
    services
}

impl<'p> Reading<'p> {
    fn of_services(package: &'p Package<'p>) -> Self {
        let mut services: Vec<CatalogueEntry> = Vec::new();
        let mut says: Vec<Says> = Vec::new();
        let mut organisation_of: Vec<String> = Vec::new();
        each(package, "service", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            organisation_of.push(get("organization_id"));
            says.push(Says {
                minimum_age: get("minimum_age"),
                maximum_age: get("maximum_age"),
                eligibility: ["eligibility_description", "eligibility"].map(get),
                checked: ["assured_date", "last_modified"].map(get),
                ..Says::default()
            });
            services.push(CatalogueEntry {
                place: Place::line(&sheet.file, row.line),
                id: get("id"),
                name: get("name"),
                description: get("description"),
                status: get("status"),
                ..CatalogueEntry::default()
            });
        });
        let position: BTreeMap<String, usize> = services.iter().enumerate().map(|(i, s)| (s.id.clone(), i)).collect();

        let names = column(package, "organization", "name");
        for (service, organisation) in services.iter_mut().zip(&organisation_of) {
            service.provider = names.get(organisation).cloned().unwrap_or_default();
        }
        Self { package, services, says, position, at_location: BTreeMap::new(), services_at: BTreeMap::new() }
    }

    /// What the attributes of a service call it, and before the third version its taxonomies.
    fn add_terms(&mut self) {
        let Self { package, services, position, .. } = self;
        let terms = column(package, "taxonomy_term", "name");
        let terms: BTreeMap<String, String> = terms.into_iter().map(|(id, name)| (id.to_lowercase(), name)).collect();
        each(package, "attribute", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            // Attributes point at any table: only those of services say what a service is.
            let of_service = get("link_entity").is_empty() || get("link_entity").to_lowercase().starts_with("service");
            if let (true, Some(i)) = (of_service, position.get(&get("link_id"))) {
                services[*i].terms.extend(terms.get(&get("taxonomy_term_id").to_lowercase()).cloned());
            }
        });
        // Before the third version, services carried taxonomies by tables of links.
        let taxonomies = column(package, "taxonomy", "name");
        let taxonomies: BTreeMap<String, String> = taxonomies.into_iter().map(|(id, name)| (id.to_lowercase(), name)).collect();
        for (table, link) in [("service_taxonomy", "service_id"), ("link_taxonomy", "link_id")] {
            each(package, table, |sheet, row| {
                let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
                let of_service = get("link_type").is_empty() || get("link_type").to_lowercase().starts_with("service");
                if let (true, Some(i)) = (of_service, position.get(&get(link))) {
                    let id = get("taxonomy_id");
                    services[*i].terms.extend(taxonomies.get(&id.to_lowercase()).or_else(|| terms.get(&id.to_lowercase())).cloned());
                    services[*i].terms.extend([id, get("taxonomy_detail")].into_iter().filter(|t| !t.is_empty()));
                }
            });
        }
    }

    fn add_areas_and_locations(&mut self) {
        let Self { package, services, position, at_location, services_at, .. } = self;
        each(package, "service_area", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            if let Some(i) = position.get(&get("service_id")) {
                services[*i].areas.add(&[get("name"), get("service_area"), get("description"), get("uri")], &get("extent"));
            }
        });
        // Where services are: the link table names services and locations by id, and has ids of its own.
        let locations = locations(package);
        each(package, "service_at_location", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            if let Some(i) = position.get(&get("service_id")) {
                at_location.insert(get("id"), *i);
                services_at.entry(get("location_id")).or_default().push(*i);
                services[*i].locations.extend(locations.get(&get("location_id")).cloned());
            }
        });
    }

    /// The services that a row of a table below them is of: it names a service, a service at a location, or a location and with it all services there.
    fn of_row(&self, sheet: &Sheet, row: &Row) -> Vec<usize> {
        let get = |heading: &str| row.get_if(sheet.find(heading));
        let one = self.position.get(get("service_id")).or_else(|| self.at_location.get(get("service_at_location_id")));
        one.map_or_else(|| self.services_at.get(get("location_id")).cloned().unwrap_or_default(), |i| vec![*i])
    }

    fn add_schedules(&mut self) {
        let mut says = std::mem::take(&mut self.says);
        each(self.package, "schedule", |sheet, row| {
            let get =
                |headings: &[&str]| headings.iter().map(|h| row.get_if(sheet.find(h))).find(|v| !v.is_empty()).unwrap_or("").to_owned();
            for i in self.of_row(sheet, row) {
                says[i].schedules.push(Schedule {
                    rule: Rule {
                        freq: get(&["freq"]),
                        interval: get(&["interval"]),
                        by_day: get(&["byday", "weekday"]),
                        by_month_day: get(&["bymonthday"]),
                        by_week: get(&["byweekno"]),
                        by_year_day: get(&["byyearday"]),
                        by_month: get(&["bymonth"]),
                        start: get(&["dtstart"]),
                        until: get(&["until"]),
                        count: get(&["count"]),
                        valid_from: get(&["valid_from"]),
                        valid_to: get(&["valid_to"]),
                        week_start: get(&["wkst"]),
                        others: get(&["bysetpos", "byhour", "exdate", "rdate"]),
                    },
                    opens_at: get(&["opens_at"]),
                    closes_at: get(&["closes_at"]),
                    description: get(&["description"]),
                });
            }
        });
        self.says = says;
    }

    /// The first versions tell in a table of its own whom a service is for.
    fn add_eligibility(&mut self) {
        let mut says = std::mem::take(&mut self.says);
        each(self.package, "eligibility", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            for i in self.of_row(sheet, row) {
                let says = &mut says[i];
                for (to, from) in [
                    (&mut says.minimum_age, get("minimum_age")),
                    (&mut says.maximum_age, get("maximum_age")),
                    (&mut says.eligibility[1], get("eligibility")),
                ] {
                    if to.is_empty() {
                        *to = from;
                    }
                }
            }
        });
        self.says = says;
    }

    /// Languages, access and funders.
    fn add_lists(&mut self) {
        let mut says = std::mem::take(&mut self.says);
        for (table, heading, list) in [
            ("language", "name", (|s| &mut s.languages) as fn(&mut Says) -> &mut Vec<String>),
            ("language", "language", |s| &mut s.languages),
            ("accessibility", "description", |s| &mut s.accessibility),
            ("accessibility_for_disabilities", "accessibility", |s| &mut s.accessibility),
            ("funding", "source", |s| &mut s.funders),
        ] {
            each(self.package, table, |sheet, row| {
                let value = row.get_if(sheet.find(heading)).to_owned();
                self.of_row(sheet, row).into_iter().for_each(|i| list(&mut says[i]).push(value.clone()));
            });
        }
        self.says = says;
    }
}

impl Reading<'_> {
    /// What services can take, in units of a table of their own, as HSDS has it since its version 3.1.
    fn add_capacities(&mut self) {
        let mut says = std::mem::take(&mut self.says);
        let units = column(self.package, "unit", "name");
        each(self.package, "service_capacity", |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            let unit = units.get(&get("unit_id")).cloned().unwrap_or_default();
            for i in self.of_row(sheet, row) {
                says[i].capacities.push(Capacity { maximum: get("maximum"), unit: unit.clone() });
            }
        });
        self.says = says;
    }
}

/// Each location by its id.
fn locations(package: &Package) -> BTreeMap<String, CatalogueLocation> {
    let mut locations: BTreeMap<String, CatalogueLocation> = BTreeMap::new();
    each(package, "location", |sheet, row| {
        let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
        let location = CatalogueLocation {
            place: Place::line(&sheet.file, row.line),
            kind: get("location_type"),
            latitude: get("latitude"),
            longitude: get("longitude"),
            postcode: String::new(),
        };
        locations.insert(get("id"), location);
    });
    for table in ["address", "physical_address"] {
        each(package, table, |sheet, row| {
            let get = |heading: &str| row.get_if(sheet.find(heading)).to_owned();
            // A postal address, such as a PO box, is where letters go.
            let is_physical = ["", "physical"].contains(&get("address_type").to_lowercase().as_str());
            if let Some(location) = locations.get_mut(&get("location_id")).filter(|l| is_physical && l.postcode.is_empty()) {
                location.postcode = get("postal_code");
            }
        });
    }
    locations
}

/// One column of a table by id.
fn column(package: &Package, table: &str, heading: &str) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    each(package, table, |sheet, row| {
        values.insert(row.get_if(sheet.find("id")).to_owned(), row.get_if(sheet.find(heading)).to_owned());
    });
    values
}

/// Visits the rows of a table, where the package has it.
fn each(package: &Package, table: &str, mut visit: impl FnMut(&Sheet, &Row)) {
    for file in package.files_of(table) {
        file.rows().for_each(|row| visit(&file.sheet, &row));
    }
}
