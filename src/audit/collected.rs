//! The numbers of a value: its own, those in its texts, and what whoever counts its lists sees.

use std::collections::BTreeMap;

use serde_json::Value;

use super::printed::numbers;

/// The numbers of the texts of a value, and none that are data.
pub(super) fn collect_words(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::String(text) => list.extend(numbers(text).iter().filter(|n| n.word.is_none()).map(|n| n.value)),
        Value::Array(items) => items.iter().for_each(|v| collect_words(v, list)),
        Value::Object(members) => members.values().for_each(|v| collect_words(v, list)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

pub(super) fn collect(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Number(n) => list.extend(n.as_f64()),
        Value::String(text) => list.extend(numbers(text).iter().filter(|n| n.word.is_none()).map(|n| n.value)),
        Value::Array(items) => items.iter().for_each(|v| collect(v, list)),
        Value::Object(members) => members.iter().for_each(|(key, v)| {
            list.extend(numbers(key).iter().filter(|n| n.word.is_none()).map(|n| n.value));
            collect(v, list);
        }),
        // Neither holds a number.
        Value::Null | Value::Bool(_) => {}
    }
}

pub(super) fn lengths(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Array(items) => {
            list.push(items.len() as f64);
            list.extend(states(items).into_values().map(|n| n as f64));
            items.iter().take(1).for_each(|v| lengths(v, list));
        }
        Value::Object(members) => members.values().for_each(|v| lengths(v, list)),
        // Only lists have a length.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How many members of each list are withheld: whoever counts the rows sees it, and it is no count of people.
pub(super) fn withheld(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Array(items) => {
            let of_state = states(items).into_iter().filter(|((_, state), _)| state == "withheld");
            list.extend(of_state.map(|(_, n)| n as f64));
            items.iter().take(1).for_each(|v| withheld(v, list));
        }
        Value::Object(members) => members.values().for_each(|v| withheld(v, list)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How many members of a list are in each state: withheld, of a class, of a verdict. Whoever counts the rows sees it.
fn states(items: &[Value]) -> BTreeMap<(String, String), usize> {
    let mut counted = BTreeMap::new();
    for (key, value) in items.iter().filter_map(Value::as_object).flatten() {
        let state = match value {
            Value::String(word) => word.clone(),
            Value::Bool(yes) => yes.to_string(),
            Value::Null => "none".into(),
            Value::Object(cell) => cell.keys().next().cloned().unwrap_or_default(),
            Value::Number(n) => n.as_u64().filter(|n| *n < 10).map_or(String::new(), |n| n.to_string()),
            Value::Array(_) => continue,
        };
        *counted.entry((key.clone(), state)).or_insert(0) += 1;
    }
    counted
}
