use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::catalogue_entry::{CatalogueEntry, CatalogueLocation};
use super::clean_text::clean_json;
use super::feed_page::Page;
use super::gathered::{Gathered, Tally};
use super::json_fields::Fields;
use super::json_text::Whole;
use super::open_referral::{Says, Schedule};
use super::service_record::SideRecord;
use super::shared_fields::SharedFields;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};

/// The settings of a `services-open-referral` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OpenReferralJson {}

impl Source for OpenReferralJson {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "services");
        for path in origin.files(|n| n.ends_with(".json"), "JSON files", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            let Some(mut document) = parse(&path, &bytes, problems) else { continue };
            clean_json(origin, &mut document);
            let page = Page::find(&path, &document, problems);
            let mut fields = Fields::new(&path);
            // Nobody knows of which of the services it speaks, so it is said of all.
            let beside = SharedFields::of(fields.said("", &Value::Object(page.beside)));
            for (at, service) in page.services {
                tally.read += 1;
                let mut entry = entry(&path, &at, service, &mut fields);
                entry.shared.extend(beside.clone());
                match entry.into_record(origin, problems) {
                    Ok(record) => gathered.services.push(record),
                    Err(reason) => tally.set_aside(reason, 1),
                }
            }
        }
        gathered.tallies.push(tally);
    }
}

fn parse(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Value> {
    let parsed = serde_json::from_slice(bytes).map(|Whole(value)| value);
    if let Err(e) = &parsed {
        let message = if e.is_eof() { "the JSON ends in the middle" } else { "the file is not JSON from here on" };
        let next = "Fetch the feed again; open it in a text editor to see whether an error page was saved instead.";
        problems.error(Code::R110, Place::line(file, e.line() as u64), message, next);
    }
    parsed.ok()
}

fn entry(file: &str, at: &str, service: &Value, fields: &mut Fields) -> CatalogueEntry {
    let place = if at.is_empty() { Place::file(file) } else { Place::file(file).at(at) };
    let prefix = if at.is_empty() { String::new() } else { format!("{at}.") };
    let mut entry = CatalogueEntry {
        place,
        id: text(service, "id"),
        name: text(service, "name"),
        description: text(service, "description"),
        provider: service.get("organization").map(|o| text(o, "name")).unwrap_or_default(),
        status: text(service, "status"),
        ..CatalogueEntry::default()
    };
    for attribute in items(service, "attributes") {
        entry.terms.extend(attribute.get("taxonomy_term").map(|t| text(t, "name")));
        entry.terms.extend(attribute.get("taxonomy_term").map(|t| text(t, "id")));
        entry.terms.push(text(attribute, "label"));
    }
    entry.terms.retain(|t| !t.is_empty());
    entry.more = more(service);
    entry.said = fields.said(&prefix, service);
    for area in items(service, "service_areas") {
        // An extent may stand there as an object or as its text.
        let extent = area.get("extent").map(|e| e.as_str().map_or_else(|| e.to_string(), str::to_owned)).unwrap_or_default();
        entry.areas.add(&["name", "service_area", "description", "uri"].map(|k| text(area, k)), &extent);
    }
    let links = items(service, "service_at_locations").enumerate();
    let nested = links.filter_map(|(i, l)| Some((format!("{prefix}service_at_locations[{i}].location"), l.get("location")?)));
    let direct = items(service, "locations").enumerate().map(|(i, l)| (format!("{prefix}locations[{i}]"), l));
    entry.locations = nested.chain(direct).map(|(path, l)| location(file, path, l)).collect();
    entry
}

/// Hours, eligibility, languages, access and the day of the last check, where the record gives them.
fn more(service: &Value) -> SideRecord {
    let at_locations = items(service, "service_at_locations").flat_map(|l| items(l, "schedules"));
    let schedule = |s: &Value| Schedule {
        by_day: text(s, "byday"),
        opens_at: text(s, "opens_at"),
        closes_at: text(s, "closes_at"),
        description: text(s, "description"),
    };
    let places = items(service, "service_at_locations").filter_map(|l| l.get("location")).chain(items(service, "locations"));
    let says = Says {
        schedules: items(service, "schedules").chain(at_locations).map(schedule).collect(),
        minimum_age: text(service, "minimum_age"),
        maximum_age: text(service, "maximum_age"),
        eligibility: ["eligibility_description", "eligibility"].map(|key| text(service, key)),
        languages: items(service, "languages").map(|l| text(l, "name")).collect(),
        accessibility: places.flat_map(|l| items(l, "accessibility")).map(|a| text(a, "description")).collect(),
        funders: items(service, "funding").map(|f| text(f, "source")).collect(),
        checked: ["assured_date", "last_modified"].map(|key| text(service, key)),
    };
    says.into_side()
}

fn location(file: &str, path: String, location: &Value) -> CatalogueLocation {
    CatalogueLocation {
        place: Place::file(file).at(path),
        kind: text(location, "location_type"),
        latitude: text(location, "latitude"),
        longitude: text(location, "longitude"),
    }
}

/// The members of an array member; none where it is absent.
fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter()
}

/// A member as text, numbers too; empty where it is absent or null.
fn text(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(s)) => s.trim().to_owned(),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    }
}
