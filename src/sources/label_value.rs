//! A label and its value that stand side by side: `{"label": "Publish address?", "value": "No"}` says under a heading what `publish_address: no` says.

use serde_json::{Map, Value};

use super::marks::{UNDER_A_LABEL, pair_hides};
use super::record_fields::{Field, Role};
use crate::diagnostics::Place;
use crate::vocabulary::{says_nothing_of_secrecy, tokens};

/// Keys over a text that is a label and nothing else.
const LABELS: [&str; 16] = [
    "label",
    "key",
    "field",
    "field_name",
    "question",
    "prompt",
    "heading",
    "attribute",
    "property",
    "display_name",
    "caption",
    "text",
    "type",
    "k",
    "questiontext",
    "question_text",
];
/// Those that are also names of whatever the record is about: they count where the record is no service or organisation.
const NAMES: [&str; 5] = ["name", "title", "id", "slug", "code"];
/// Words of keys whose members are flags: `"flags": {"dnp": true}`.
const FLAGS: [&str; 6] = ["flag", "tag", "marker", "option", "setting", "label"];

/// Marks of secrecy among the members of one object or row, by their labels. `of_a_service` where its name and its id are those of a service.
///
/// Only what is a mark is given back: of all else the label says nothing that the value does not.
pub(super) fn paired_marks(members: impl Iterator<Item = (String, String)>, of_a_service: bool, place: &Place) -> Vec<Field> {
    let small: Vec<(String, String)> = members.map(|(key, value)| (key.to_lowercase(), value)).collect();
    let under = |lists: &[&[&str]]| -> Vec<&str> {
        small.iter().filter(|(key, _)| lists.iter().any(|l| l.contains(&key.as_str()))).map(|(_, value)| value.trim()).collect()
    };
    let values = under(&[&UNDER_A_LABEL]);
    if values.is_empty() {
        return vec![];
    }
    let labels = if of_a_service { under(&[&LABELS]) } else { under(&[&LABELS, &NAMES]) };
    let pairs = labels.iter().flat_map(|label| values.iter().map(move |value| (*label, *value)));
    pairs.filter_map(|(label, value)| mark(label, value, place)).collect()
}

/// A key of flags over a plain yes is a flag: `"flags": {"dnp": true}`.
pub(super) fn flag(keys: &[&str], value: &str, place: &Place) -> Option<Field> {
    let [.., over, key] = keys else { return None };
    let of_flags = tokens(over).iter().any(|w| FLAGS.contains(&w.word.as_str()));
    if !of_flags || says_nothing_of_secrecy(key) || !["true", "yes", "y", "1", "on"].contains(&value.to_lowercase().as_str()) {
        return None;
    }
    let words = tokens(key).into_iter().map(|t| t.word.to_uppercase()).collect::<Vec<_>>().join(" ");
    mark("flag", &words, place)
}

/// Marks in columns that stand as lists beside one another: `{"headers": ["parking", "publish"], "rows": [["yes", "no"]]}`.
pub(super) fn aligned_marks(members: &Map<String, Value>, place: &Place) -> Vec<Field> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(n) => Some(n.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    };
    let flat = |value: &Value| value.as_array()?.iter().map(text).collect::<Option<Vec<String>>>();
    let lists: Vec<Vec<String>> = members.values().filter_map(flat).filter(|list| list.len() > 1).collect();
    let rows = members.values().filter_map(Value::as_array).flatten().filter_map(flat).collect::<Vec<_>>();
    let mut marks = Vec::new();
    for (at, headings) in lists.iter().enumerate() {
        let others = lists.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, list)| list);
        for row in others.chain(&rows).filter(|row| row.len() == headings.len()) {
            marks.extend(headings.iter().zip(row).filter(|(h, v)| pair_hides(h, v)).filter_map(|(h, v)| mark(h, v, place)));
        }
    }
    marks
}

fn mark(heading: &str, value: &str, place: &Place) -> Option<Field> {
    let field = Field { place: place.clone(), role: Role::Unread, heading: heading.to_owned(), value: value.to_owned() };
    (!value.is_empty() && (field.marks_confidential() || field.is_an_unknown_answer())).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(members: &[(&str, &str)], of_a_service: bool) -> usize {
        let members = members.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        paired_marks(members, of_a_service, &Place::default()).len()
    }

    #[test]
    fn lists_beside_one_another_are_columns() {
        let marks = |json: &str| match serde_json::from_str(json).unwrap() {
            Value::Object(members) => aligned_marks(&members, &Place::default()).len(),
            _ => 0,
        };
        assert_eq!(marks(r#"{"headers": ["parking", "publish_address"], "rows": [["yes", "no"]]}"#), 1);
        assert_eq!(marks(r#"{"keys": ["parking", "hide_address"], "values": [false, true]}"#), 1);
        assert_eq!(marks(r#"{"headers": ["parking", "publish_address"], "rows": [["no", "yes"]]}"#), 0);
        assert_eq!(marks(r#"{"languages": ["en", "cy"], "ages": ["public", "no"]}"#), 0);
    }

    #[test]
    fn a_label_is_the_heading_of_the_value_beside_it() {
        for members in [
            [("label", "Publish address?"), ("value", "No")],
            [("name", "Publish address"), ("value", "No")],
            [("Label", "Confidential?"), ("data", "Yes")],
            [("title", "Show on public map"), ("val", "No")],
            [("id", "hide-address"), ("selected", "true")],
            [("question", "Is the address confidential?"), ("answer", "Yes")],
            [("key", "isPublic"), ("value", "false")],
        ] {
            assert_eq!(pairs(&members, false), 1, "{members:?}");
        }
        for members in [
            [("label", "Publish address?"), ("value", "Yes")],
            [("label", "Step-free"), ("value", "No")],
            [("label", "Confidential?"), ("value", "no")],
            [("name", "Confidential?"), ("note", "Yes")],
        ] {
            assert_eq!(pairs(&members, false), 0, "{members:?}");
        }
        // What a service is called is no label of what stands beside it.
        assert_eq!(pairs(&[("name", "The Hidden Gem"), ("value", "3")], true), 0);
    }

    #[test]
    fn a_key_among_flags_is_a_flag_where_it_is_set() {
        let at = Place::default();
        assert!(flag(&["flags", "dnp"], "true", &at).is_some() && flag(&["tags", "doNotPublish"], "yes", &at).is_some());
        assert!(flag(&["flags", "dnp"], "false", &at).is_none() && flag(&["flags", "step_free"], "true", &at).is_none());
        assert!(flag(&["dnp"], "true", &at).is_none());
    }
}
