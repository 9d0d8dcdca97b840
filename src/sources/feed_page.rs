//! The envelope of a feed: where its services stand, and what stands beside them.
//!
//! Feeds differ in what they call the list. One that has two lists, or one under a name that is nearly right, is stopped at: read as far as it
//! is understood, it would lack services without a word.

use serde_json::{Map, Value};

use super::json_text::Distinct;
use crate::diagnostics::{Code, Place, Problems};
use crate::vocabulary::is_nearly;

/// Names of the list, as versions of the standard write them.
const LISTS: [&str; 3] = ["contents", "content", "services"];
/// Names by which other feeds call a list of anything.
const OTHER_LISTS: [&str; 8] = ["service", "results", "result", "items", "data", "records", "entries", "hits"];
/// Members that only a service has: a taxonomy or an organisation has an id and a name, too.
const OF_A_SERVICE: [&str; 4] = ["status", "organization", "organization_id", "service_at_locations"];
/// How long the page is, and which it is.
const ABOUT_THE_PAGE: [&str; 14] = [
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "totalElements",
    "totalPages",
    "number",
    "first",
    "last",
    "numberOfElements",
    "version",
];

/// The services of a document, each with its path, and the members beside them.
#[derive(Default)]
pub(super) struct Page<'v> {
    pub services: Vec<(String, &'v Value)>,
    /// What a page of a feed says beside its services, but for how long it is.
    pub beside: Map<String, Value>,
}

impl<'v> Page<'v> {
    /// Finds the services of a page, a list or a single full service. The counts in the envelope of a page are not trusted: real feeds give wrong ones.
    pub fn find(file: &str, document: &'v Value, problems: &mut Problems) -> Self {
        match document {
            Value::Array(items) if items.iter().any(is_a_page) => Self::of_pages(file, items, problems),
            Value::Array(items) => Self::of_list(items),
            Value::Object(members) => Self::in_envelope(file, document, members, 1, problems),
            _ => not_a_catalogue(file, problems),
        }
    }

    /// A list of services. A member that is a text, or has nothing of a service, is said beside them: it may be of all.
    fn of_list(items: &'v [Value]) -> Self {
        // Where nothing is one, each is told as a record without what a service needs.
        if items.iter().all(is_a_remark) {
            return Self { services: list("", items), beside: Map::new() };
        }
        let mut beside = Distinct::default();
        for item in items.iter().filter(|item| is_a_remark(item)) {
            remark(item, &mut beside);
        }
        let services = list("", items).into_iter().filter(|(_, item)| !is_a_remark(item)).collect();
        Self { services, beside: beside.members }
    }

    /// Pages of a feed in one list, or one after the other. What stands beside the services of one is looked at for all.
    fn of_pages(file: &str, items: &'v [Value], problems: &mut Problems) -> Self {
        let (mut all, mut beside) = (Self::default(), Distinct::default());
        for (at, item) in items.iter().enumerate() {
            let page = match item {
                Value::Object(members) if is_a_page(item) => Self::in_envelope(file, item, members, items.len(), problems),
                Value::Array(services) => Self { services: list("", services), beside: Map::new() },
                _ if is_a_remark(item) => {
                    remark(item, &mut beside);
                    continue;
                }
                _ => Self { services: vec![(String::new(), item)], beside: Map::new() },
            };
            all.services.extend(page.services.into_iter().map(|(path, service)| {
                let within = if path.is_empty() || path.starts_with('[') { path } else { format!(".{path}") };
                (format!("[{at}]{within}"), service)
            }));
            page.beside.into_iter().for_each(|(key, value)| beside.add(key, value));
        }
        Self { beside: beside.members, ..all }
    }

    /// The services of one of `together` pages.
    fn in_envelope(file: &str, document: &'v Value, members: &'v Map<String, Value>, together: usize, problems: &mut Problems) -> Self {
        let candidates: Vec<(&String, &Value)> = members.iter().filter(|(key, value)| is_a_list(key, value)).collect();
        let is_a_service = OF_A_SERVICE.iter().any(|k| members.contains_key(*k));
        if is_a_service && !candidates.iter().any(|(_, value)| value.is_array()) {
            return Self { services: vec![(String::new(), document)], beside: Map::new() };
        }
        let [(key, value)] = candidates[..] else {
            if candidates.is_empty() {
                return not_a_catalogue(file, problems);
            }
            let next = "Fetch the feed again. If it is so, save each list of services as a file of its own, under `contents`.";
            let what = format!("the page has {} members that hold services, or may; nobody knows which count", candidates.len());
            problems.error(Code::R110, Place::file(file), what, next);
            return Self::default();
        };
        let Value::Array(items) = value else {
            let next = "Fetch the feed again: services stand in a list, even where there is one.";
            problems.error(Code::R110, Place::file(file).at(shown(key)), "what should be the list of services is none", next);
            return Self::default();
        };
        if !LISTS.contains(&key.as_str()) {
            let next = "The list is called `contents`, `content` or `services`. If these are the services, name it so.";
            problems.error(Code::R110, Place::file(file).at(shown(key)), "this may be the list of services, under another name", next);
            return Self::default();
        }
        one_of_several(file, members, together, problems);
        let beside = members.iter().filter(|(k, _)| *k != key && !ABOUT_THE_PAGE.contains(&k.as_str()));
        Self { services: list(key, items), beside: beside.map(|(k, v)| (k.clone(), v.clone())).collect() }
    }
}

/// Tells of a page that says itself that others follow. Its counts are not trusted, and nothing is stopped for them.
fn one_of_several(file: &str, members: &Map<String, Value>, together: usize, problems: &mut Problems) {
    let says_no = |keys: [&str; 2]| keys.iter().any(|k| members.get(*k) == Some(&Value::Bool(false)));
    let pages = ["total_pages", "totalPages"].iter().find_map(|k| members.get(*k)?.as_u64());
    let (first, last) = (says_no(["first_page", "first"]), says_no(["last_page", "last"]));
    let all_there = together > 1 && pages.is_none_or(|n| n <= together as u64);
    if first || all_there || !last && pages.is_none_or(|n| n < 2) {
        return;
    }
    let of = pages.map_or(String::new(), |n| format!(" of {n}"));
    let next = "Save every page of the feed beside this one, with one path for the folder. Services that are missing here look like gaps.";
    problems.warn(Code::R128, Place::file(file), format!("the feed says that this is one page{of}, and that others follow"), next);
}

fn list<'v>(path: &str, items: &'v [Value]) -> Vec<(String, &'v Value)> {
    items.iter().enumerate().map(|(i, s)| (format!("{path}[{i}]"), s)).collect()
}

/// Whether a member of a list of services is none of them: a text, or an object without an id and without anything that only a service has.
fn is_a_remark(item: &Value) -> bool {
    let of_a_service = OF_A_SERVICE.iter().chain(&["id", "name"]).any(|k| item.get(*k).is_some());
    item.is_string() || item.as_object().is_some_and(|members| !members.is_empty()) && !of_a_service
}

/// What it says, as members beside the services.
fn remark(item: &Value, beside: &mut Distinct) {
    match item {
        Value::Object(members) => members.iter().for_each(|(key, value)| beside.add(key.clone(), value.clone())),
        other => beside.add("note".to_owned(), other.clone()),
    }
}

/// Whether a member of a list is a page of services, and no service itself; or a list of them.
fn is_a_page(item: &Value) -> bool {
    let of_services = |value: &Value| value.as_array().is_some_and(|l| !l.is_empty() && l.iter().all(Value::is_object));
    let is_a_service = OF_A_SERVICE.iter().any(|k| item.get(*k).is_some());
    item.as_array().is_some_and(|l| !l.is_empty() && l.iter().all(Value::is_object))
        || !is_a_service && LISTS.iter().any(|key| item.get(*key).is_some_and(of_services))
}

/// Whether a member is the list of services, or may be: by its name, however it is spelt, or by what is in it.
fn is_a_list(key: &str, value: &Value) -> bool {
    if LISTS.contains(&key) {
        return true;
    }
    let plain: String = key.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let named = LISTS.iter().any(|l| is_nearly(&plain, l));
    let of_services = |items: &Vec<Value>| items.iter().any(|i| OF_A_SERVICE.iter().any(|k| i.get(k).is_some()));
    let holds = value
        .as_array()
        .is_some_and(|items| of_services(items) || (OTHER_LISTS.contains(&plain.as_str()) && items.iter().any(Value::is_object)));
    let is_empty_list = value.as_array().is_some_and(Vec::is_empty);
    // A text under `contact` or a number under `contents_2` is no list; what stands there is looked at all the same.
    holds || (named && (value.is_object() || value.is_array()) && !is_empty_list)
}

/// The name of a member as a message may show it.
fn shown(key: &str) -> &str {
    if LISTS.contains(&key) { key } else { "a member of the page" }
}

fn not_a_catalogue<'v>(file: &str, problems: &mut Problems) -> Page<'v> {
    let next = "Save the answer of the feed's /services or /services/{id}. A list is thin: full services carry locations.";
    problems.error(Code::R110, Place::file(file), "the file holds no services of Open Referral", next);
    Page::default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(document: &Value) -> (usize, usize, Vec<&'static str>) {
        let mut problems = Problems::default();
        let page = Page::find("f.json", document, &mut problems);
        (page.services.len(), page.beside.len(), problems.list().iter().map(|p| p.code.name()).collect())
    }

    #[test]
    fn no_list_of_services_is_passed_over() {
        let one = json!([{"id": "a", "name": "A", "status": "active"}]);
        for document in [
            json!({"contents": one, "services": one}),
            json!({"contents": one, "content": []}),
            json!({"contents": one, "contents_2": one}),
            json!({"Contents": one}),
            json!({"contents_": one}),
            json!({"contets": one}),
            json!({"services ": one}),
            json!({"contents": {"0": one[0]}}),
            json!({"contents": "see below", "x": 1}),
            json!({"contents": one, "contents_2": {"0": one[0]}}),
            json!({"contents": one, "archive": one}),
            json!({"results": [{"id": "a", "name": "A"}]}),
            json!({"page": 1}),
            json!("services"),
        ] {
            let (services, _, codes) = read(&document);
            assert_eq!((services, codes), (0, vec!["R110"]), "{document}");
        }
    }

    #[test]
    fn pages_lists_and_single_services_are_read_with_what_stands_beside_them() {
        let one = json!([{"id": "a", "name": "A", "status": "active"}]);
        for (document, expected) in [
            (one.clone(), (1, 0)),
            (json!([{"contents": one, "page_number": 1}, {"contents": one, "contact": "Ring"}]), (2, 1)),
            (json!([one, one, one[0]]), (3, 0)),
            (one[0].clone(), (1, 0)),
            (json!({"content": one, "totalElements": 9}), (1, 0)),
            (json!({"contents": one, "page_number": 1, "contact": "Ring", "contacts": [{"name": "A"}]}), (1, 2)),
            (json!({"id": "o", "name": "An organisation", "services": one, "locations": [{"id": "l"}]}), (1, 3)),
            (json!({"id": "a", "name": "A", "status": "active", "content": "words", "contacts": [{"name": "B"}]}), (1, 0)),
        ] {
            let (services, beside, codes) = read(&document);
            assert_eq!(((services, beside), codes), (expected, vec![]), "{document}");
        }
    }
}
