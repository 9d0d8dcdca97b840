use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::catalogue_entry::{CatalogueEntry, CatalogueLocation};
use super::clean_text::clean_json;
use super::feed_page::Page;
use super::gathered::{Gathered, Tally};
use super::json_fields::Fields;
use super::json_text::Read;
use super::open_referral::{Capacity, Says, Schedule};
use super::recurrence::Rule;
use super::said_around::told_by_path;
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
            if told_by_path(origin, &path, problems) {
                continue;
            }
            let Some(bytes) = origin.bytes(&path, problems) else { continue };
            let bytes = super::table_form::document(&path, bytes, problems);
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
    // Programs write a service a line, and people put pages one after the other.
    let parsed = Read::of(bytes).or_else(|e| Read::of_several(bytes).ok_or(e));
    if let Ok(Read { repeated: 1.., .. }) = &parsed {
        let next = "Fetch the feed again. If it is so, tell its publisher: each name may stand once in an object.";
        problems.error(Code::R127, Place::file(file), "a member of a record stands twice: nobody knows which counts", next);
    }
    if let Err(e) = &parsed {
        let message = if e.is_eof() { "the JSON ends in the middle" } else { "the file is not JSON from here on" };
        let next = "Fetch the feed again; open it in a text editor to see whether an error page was saved instead.";
        problems.error(Code::R110, Place::line(file, e.line() as u64), message, next);
    }
    parsed.ok().map(|read| read.value)
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
    for term in many(service, &["service_taxonomys", "service_taxonomies", "service_taxonomy"]) {
        let term = term.get("taxonomy").or_else(|| term.get("taxonomy_term")).unwrap_or(term);
        entry.terms.extend([text(term, "name"), text(term, "id")]);
    }
    entry.terms.retain(|t| !t.is_empty());
    entry.more = more(service);
    entry.said = fields.said(&prefix, service);
    for area in items(service, "service_areas") {
        // An extent may stand there as an object or as its text.
        let extent = area.get("extent").map(|e| e.as_str().map_or_else(|| e.to_string(), str::to_owned)).unwrap_or_default();
        entry.areas.add(&["name", "service_area", "description", "uri"].map(|k| text(area, k)), &extent);
    }
    let links = ["service_at_locations", "services_at_location"]
        .into_iter()
        .flat_map(|k| items(service, k).enumerate().map(move |(i, l)| (k, i, l)));
    let nested = links.filter_map(|(k, i, l)| Some((format!("{prefix}{k}[{i}].location"), l.get("location")?)));
    let direct = items(service, "locations").enumerate().map(|(i, l)| (format!("{prefix}locations[{i}]"), l));
    entry.locations = nested.chain(direct).map(|(path, l)| location(file, path, l)).collect();
    entry
}

/// Hours, eligibility, languages, access and the day of the last check, where the record gives them, under the names of any version.
fn more(service: &Value) -> SideRecord {
    let links = || many(service, &["service_at_locations", "services_at_location"]);
    let places = || links().filter_map(|l| l.get("location")).chain(items(service, "locations"));
    let at = |v: &'_ Value| -> Vec<Schedule> { many(v, &SCHEDULES).map(schedule).collect() };
    let mut schedules = at(service);
    schedules.extend(links().flat_map(at));
    schedules.extend(places().flat_map(at));
    // Hours that stand there as something other than a list of members are hours that nobody can read.
    let unread = |v: &Value| SCHEDULES.iter().any(|k| v.get(*k).is_some_and(|s| !s.is_array() && !is_nothing(s)));
    if unread(service) || links().any(unread) || places().any(unread) {
        schedules.push(Schedule { opens_at: "?!".into(), ..Schedule::default() });
    }
    // The first version has a list of whom it is for.
    let eligible: Vec<&Value> = many(service, &["eligibilitys", "eligibilities", "eligibility"]).collect();
    let first = |keys: &[&str]| {
        keys.iter().map(|k| text(service, k)).chain(eligible.iter().flat_map(|e| keys.iter().map(|k| text(e, k)))).find(|t| !t.is_empty())
    };
    let says = Says {
        schedules,
        minimum_age: first(&["minimum_age"]).unwrap_or_default(),
        maximum_age: first(&["maximum_age"]).unwrap_or_default(),
        eligibility: [text(service, "eligibility_description"), first(&["eligibility"]).unwrap_or_default()],
        languages: items(service, "languages").map(|l| one_of(l, &["name", "language"])).collect(),
        accessibility: places()
            .flat_map(|l| many(l, &["accessibility", "accessibility_for_disabilities", "accessibilities"]))
            .map(|a| one_of(a, &["description", "accessibility"]))
            .collect(),
        funders: many(service, &["funding", "fundings"]).map(|f| text(f, "source")).collect(),
        capacities: many(service, &["capacities", "service_capacities", "service_capacity"])
            .map(|c| Capacity { maximum: text(c, "maximum"), unit: c.get("unit").map_or_else(String::new, |u| text(u, "name")) })
            .collect(),
        checked: ["assured_date", "last_modified"].map(|key| text(service, key)),
    };
    says.into_side()
}

/// What versions of the standard call regular hours.
const SCHEDULES: [&str; 4] = ["schedules", "regular_schedules", "regular_schedule", "schedule"];

fn schedule(s: &Value) -> Schedule {
    let words = |keys: &[&str]| keys.iter().filter_map(|k| s.get(*k)).map(words).find(|t| !t.is_empty()).unwrap_or_default();
    Schedule {
        rule: Rule {
            freq: words(&["freq", "frequency"]),
            interval: words(&["interval"]),
            by_day: words(&["byday", "by_day", "weekday", "weekdays", "day", "days"]),
            by_month_day: words(&["bymonthday", "by_month_day"]),
            by_week: words(&["byweekno", "by_week_no"]),
            by_year_day: words(&["byyearday", "by_year_day"]),
            by_month: words(&["bymonth", "by_month"]),
            start: words(&["dtstart", "dt_start"]),
            until: words(&["until"]),
            count: words(&["count"]),
            valid_from: words(&["valid_from"]),
            valid_to: words(&["valid_to"]),
            week_start: words(&["wkst"]),
            others: words(&["bysetpos", "by_set_pos", "byhour", "exdate", "rdate"]),
        },
        opens_at: words(&["opens_at"]),
        closes_at: words(&["closes_at"]),
        description: words(&["description"]),
    }
}

/// What a member says, in whatever form: a text, a number, a list, or members that are true. Parts of a list are separated by commas.
fn words(value: &Value) -> String {
    match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        Value::Array(list) => list.iter().map(words).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(","),
        Value::Object(members) if members.values().all(Value::is_boolean) => {
            members.iter().filter(|(_, v)| **v == Value::Bool(true)).map(|(k, _)| k.clone()).collect::<Vec<_>>().join(",")
        }
        Value::Object(members) => members.values().map(words).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(","),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) | Value::Null => String::new(),
    }
}

/// Whether there is nothing in a value.
fn is_nothing(value: &Value) -> bool {
    words(value).is_empty()
}

/// The members of several arrays of one meaning.
fn many<'v>(value: &'v Value, keys: &'v [&'v str]) -> impl Iterator<Item = &'v Value> {
    keys.iter().flat_map(|k| items(value, k))
}

/// The first of several members that says anything.
fn one_of(value: &Value, keys: &[&str]) -> String {
    keys.iter().map(|k| text(value, k)).find(|t| !t.is_empty()).unwrap_or_default()
}

fn location(file: &str, path: String, location: &Value) -> CatalogueLocation {
    CatalogueLocation {
        place: Place::file(file).at(path),
        kind: text(location, "location_type"),
        latitude: text(location, "latitude"),
        longitude: text(location, "longitude"),
        postcode: postcode(location),
    }
}

/// The postcode of the first address that has one. The first versions have one address, named otherwise.
fn postcode(location: &Value) -> String {
    let lists = ["addresses", "physical_addresses", "physical_address", "address"].into_iter().flat_map(|key| items(location, key));
    let ones = ["physical_address", "address"].into_iter().filter_map(|key| location.get(key));
    // A postal address, such as a PO box, is where letters go.
    let of_address = |address: &Value| match text(address, "address_type").to_lowercase().as_str() {
        "" | "physical" => one_of(address, &["postal_code", "postcode"]),
        _ => String::new(),
    };
    lists.chain(ones).map(of_address).find(|p| !p.is_empty()).unwrap_or_default()
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
