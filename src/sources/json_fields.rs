//! Every field of a record of Open Referral in JSON, at any depth, by its path.

use std::collections::HashMap;

use serde_json::Value;

use super::label_value::{aligned_marks, flag, paired_marks};
use super::record_fields::{A_HEADING, Field, Role, WITHIN, role_of};
use super::whereabouts::place_in;
use crate::diagnostics::Place;

/// Keys that are read, or whose texts are of a kind that the standard fixes: they may hold anything but a place.
const READ: [&str; 74] = [
    "id",
    "name",
    "alternate_name",
    "description",
    "status",
    "url",
    "uri",
    "email",
    "website",
    "logo",
    "alert",
    "interpretation_services",
    "application_process",
    "fees_description",
    "fees",
    "accreditations",
    "eligibility_description",
    "eligibility",
    "minimum_age",
    "maximum_age",
    "eligibility_minimum_age",
    "eligibility_maximum_age",
    "assured_date",
    "assurer_email",
    "licenses",
    "last_modified",
    "wait_time",
    "label",
    "link_type",
    "link_entity",
    "link_id",
    "taxonomy",
    "taxonomy_term",
    "term",
    "term_uri",
    "vocabulary",
    "taxonomy_id",
    "taxonomy_term_id",
    "code",
    "version",
    "byday",
    "freq",
    "opens_at",
    "closes_at",
    "dtstart",
    "until",
    "valid_from",
    "valid_to",
    "wkst",
    "interval",
    "count",
    "bymonthday",
    "byyearday",
    "byweekno",
    "weekday",
    "attending_type",
    "notes",
    "timezone",
    "source",
    "option",
    "currency",
    "amount",
    "amount_description",
    "document",
    "legal_status",
    "tax_status",
    "tax_id",
    "year_incorporated",
    "language",
    "note",
    "value",
    "deliverable_type",
    "last_action_date",
    "last_action_type",
];

/// Words for a way of delivery that may stand as the name of a location that is none.
const NO_PLACE: [&str; 9] = ["online", "virtual", "web", "website", "telephone", "phone", "remote", "helpline", "national"];

/// Looks at records of one file. What keys mean is remembered: most records have the same.
pub(super) struct Fields<'f> {
    file: &'f str,
    roles: Roles,
    /// Whether a key holds a place itself.
    tells: HashMap<String, bool>,
}

impl<'f> Fields<'f> {
    /// For a file, as the plan writes it.
    pub fn new(file: &'f str) -> Self {
        Self { file, roles: Roles::default(), tells: HashMap::new() }
    }

    /// All fields of a record that hold anything.
    pub fn said(&mut self, prefix: &str, record: &Value) -> Vec<Field> {
        let mut fields = Vec::new();
        self.walk(record, prefix.trim_end_matches('.'), &mut Vec::new(), &mut fields);
        fields
    }

    fn walk<'v>(&mut self, value: &'v Value, path: &str, keys: &mut Vec<&'v str>, fields: &mut Vec<Field>) {
        let file = self.file;
        let text = match value {
            Value::Object(members) => {
                for (key, member) in members {
                    keys.push(key);
                    let shown = self.shown(key);
                    let at = if path.is_empty() { shown.to_owned() } else { format!("{path}.{shown}") };
                    self.walk(member, &at, keys, fields);
                    keys.pop();
                }
                let place = Place::file(file).at(path);
                // A term beside the value says by its name what the value answers: `"taxonomy_term": {"name": "Publish address"}, "value": "No"`.
                let nested = members.values().filter_map(Value::as_object).filter(|_| !keys.is_empty());
                let terms = nested.flat_map(|within| {
                    let named = within.iter().filter(|(k, _)| ["name", "label", "title"].contains(&k.as_str()));
                    named.flat_map(|(_, v)| texts(v).map(|t| ("label".to_owned(), t)))
                });
                let own = members.iter().flat_map(|(k, v)| texts(v).map(|t| (k.clone(), t)));
                fields.extend(paired_marks(own.chain(terms), keys.is_empty(), &place));
                fields.extend(aligned_marks(members, &place));
                // A key may hold a place as well as a value.
                for key in members.keys().filter(|k| self.tells(k)) {
                    let place = Place::file(file).at(path);
                    fields.push(Field { place, role: Role::Unread, heading: A_HEADING.to_owned(), value: key.clone() });
                }
                return;
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| self.walk(item, &format!("{path}[{i}]"), keys, fields));
                return;
            }
            Value::Null => return,
            Value::Bool(yes) => yes.to_string(),
            Value::String(text) => text.trim().to_owned(),
            Value::Number(n) => n.to_string(),
        };
        if !text.is_empty() {
            let heading = keys.join(WITHIN);
            let place = Place::file(file).at(path);
            fields.extend(flag(keys, &text, &place));
            fields.push(Field { place, role: self.roles.of(keys, &text), heading, value: text });
        }
    }

    fn tells(&mut self, key: &str) -> bool {
        if let Some(known) = self.tells.get(key) {
            return *known;
        }
        let tells = place_in(key).is_some();
        self.tells.insert(key.to_owned(), tells);
        tells
    }

    /// A key as a message may show it: none that itself could be a value.
    fn shown<'k>(&mut self, key: &'k str) -> &'k str {
        let plain = key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@'));
        if plain && !self.tells(key) { key } else { "…" }
    }
}

/// What a member holds as texts, where it is no object: each item of a list.
fn texts(value: &Value) -> Box<dyn Iterator<Item = String> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter().filter(|i| !i.is_array()).flat_map(texts)),
        Value::Bool(yes) => Box::new(std::iter::once(yes.to_string())),
        Value::String(text) => Box::new(std::iter::once(text.trim().to_owned())),
        Value::Number(n) => Box::new(std::iter::once(n.to_string())),
        Value::Null | Value::Object(_) => Box::new(std::iter::empty()),
    }
}

/// Roles of fields by their keys, each found once.
#[derive(Default)]
pub(super) struct Roles(HashMap<String, [Option<Role>; 2]>);

impl Roles {
    /// The role of a field under these keys.
    fn of(&mut self, keys: &[&str], text: &str) -> Role {
        let no_place = NO_PLACE.contains(&text.to_lowercase().as_str());
        let path = keys.join("\n");
        if let Some(Some(known)) = self.0.get(&path).map(|of| of[usize::from(no_place)]) {
            return known;
        }
        let role = role(keys, no_place);
        self.0.entry(path).or_default()[usize::from(no_place)] = Some(role);
        role
    }

    /// The role of a column of a table of the standard: the table stands for the key that its rows would have in JSON.
    pub fn in_table(&mut self, table: &str, heading: &str, text: &str) -> Role {
        match table {
            "service" | "organization" | "attribute" | "taxonomy" | "taxonomy_term" | "schedule" | "service_at_location" => {
                self.of(&[heading], text)
            }
            _ => self.of(&[table, heading], text),
        }
    }
}

/// The role of a field by its keys, and whether its text is a word for a way of delivery.
fn role(keys: &[&str], no_place: bool) -> Role {
    let last = keys.last().copied().unwrap_or_default();
    let within = |names: &[&str]| keys.iter().any(|k| names.contains(k));
    let is_id = last == "id" || last.ends_with("_id") || last == "location_type";
    if within(&["service_areas", "service_area", "areas"]) {
        return if last == "extent" || within(&["extent"]) { Role::Whereabouts } else { Role::Served };
    }
    if within(&["phones", "phone", "contacts", "contact"]) && !is_id {
        return match last {
            "number" => Role::Phone,
            "type" | "extension" | "language" | "name" | "code" | "note" if !within(&["contacts", "contact"]) => Role::Read,
            _ => role_of(last),
        };
    }
    let joins = ["service_at_locations", "service_at_location", "schedules", "schedule", "holiday_schedules"];
    let somewhere = keys.iter().filter(|k| !joins.contains(*k)).any(|k| role_of(k) == Role::Whereabouts && **k != *"location_type");
    match () {
        () if is_id => Role::Read,
        () if somewhere && last == "name" && no_place => Role::Read,
        () if somewhere => Role::Whereabouts,
        () if READ.contains(&last) => Role::Read,
        () => role_of(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_at_any_depth_under_any_key_is_told_and_not_shown() {
        let places = [
            r#"{"id":"a","locations":[{"latitude":53.1}]}"#,
            r#"{"service_at_locations":[{"location":{"name":"Rowan House"}}]}"#,
            r#"{"x-where":{"deep":["AB1 2XY"]}}"#,
            r#"{"organization":{"locations":[{"addresses":[{"address_1":"The house"}]}]}}"#,
            r#"{"description":"Ring at 12 Acacia Avenue"}"#,
            r#"{"contacts":[{"name":"Somebody"}]}"#,
            r#"{"phones":[{"number":"01234 567890"}]}"#,
            r#"{"physical_addresses":[{"city":"Millbeck"}]}"#,
            r#"{"AB1 2XY":true}"#,
            r#"{"regular":53}"#,
        ];
        for json in places {
            let fields = Fields::new("f.json").said("", &serde_json::from_str(json).unwrap());
            assert!(fields.iter().any(|f| f.tells().is_some()), "{json}");
            assert!(fields.iter().all(|f| !f.place.to_string().contains("AB1")), "{json}");
        }
        let plain = r#"{"id":"a1","name":"Refuge","status":"active","url":"https://example.org/","locations":[{"id":"l","location_type":"virtual","name":"Online"}],
            "phones":[{"number":"0808 200 0247","type":"voice"}],"service_at_locations":[{"id":"x","schedules":[{"byday":"MO","opens_at":"09:00:00"}]}],
            "service_areas":[{"name":"Quillmere","uri":"http://statistics.data.gov.uk/id/statistical-geography/E06990001"}],"interpretation_services":"yes"}"#;
        let told: Vec<_> = Fields::new("f.json")
            .said("", &serde_json::from_str(plain).unwrap())
            .into_iter()
            .filter_map(|f| Some((f.place.clone(), f.tells()?)))
            .collect();
        assert!(told.is_empty(), "{told:?}");
    }
}
