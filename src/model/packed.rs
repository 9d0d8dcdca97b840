//! Long tables of `findings.json` column by column: what every area says alike, and what tables say alike, stands there once.
//!
//! A study of 5,000 areas has some forty tables of all areas. As rows with names of members their codes, names and residents alone would be most of the
//! document. A table of more than [`FEWEST_ROWS`] rows is written as `{"table": {…}}`, each column in the shortest of these ways:
//!
//! | column | is |
//! |---|---|
//! | `{"all": v}` | the same value in each row |
//! | `{"same": k}` | as the column numbered `k`, counted from 0 over the document in the order of members |
//! | `{"is": [a, b], "at": [0, 1, 0]}` | a few values, by their positions |
//! | `{"columns": {…}}` | an object in each row, of columns |
//! | `{"cells": [1, "withheld"]}` | `{"known": 1}`, or the word for nothing |
//! | `{"each": [a, b]}` | a value in each row |
//!
//! Nothing is lost: read again, it is the document that was written.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Tables of fewer rows stand as they are.
const FEWEST_ROWS: usize = 500;
/// So many different values are told by position.
const MOST_DIFFERENT: usize = 64;

/// Columns so far, by what they hold.
#[derive(Default)]
pub(super) struct Packer {
    known: BTreeMap<String, usize>,
}

impl Packer {
    /// A value with its long tables by column.
    pub(super) fn pack(&mut self, value: Value) -> Value {
        match value {
            Value::Array(rows) if rows.len() >= FEWEST_ROWS && alike(&rows) => {
                let height = rows.len();
                json!({"table": {"rows": height, "of": self.column(rows)}})
            }
            Value::Array(list) => Value::Array(list.into_iter().map(|v| self.pack(v)).collect()),
            Value::Object(members) => Value::Object(members.into_iter().map(|(k, v)| (k, self.pack(v))).collect()),
            plain => plain,
        }
    }

    fn column(&mut self, values: Vec<Value>) -> Value {
        if values.iter().all(|v| *v == values[0]) {
            return json!({"all": values[0]});
        }
        if alike(&values) {
            return json!({"columns": self.columns(values)});
        }
        let next = self.known.len();
        let number = *self.known.entry(Value::Array(values.clone()).to_string()).or_insert(next);
        if number < next {
            return json!({"same": number});
        }
        if let Some((is, at)) = few(&values) {
            return json!({"is": is, "at": at});
        }
        let cell = |v: &Value| match v {
            Value::String(_) => Some(v.clone()),
            Value::Object(o) if o.len() == 1 => o.get("known").filter(|k| !k.is_string()).cloned(),
            _ => None,
        };
        let cells: Option<Vec<Value>> = if values.iter().all(Value::is_string) { None } else { values.iter().map(cell).collect() };
        cells.map_or_else(|| json!({"each": values}), |cells| json!({"cells": cells}))
    }

    /// Objects of the same members, member by member.
    fn columns(&mut self, rows: Vec<Value>) -> Value {
        let mut columns: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in rows {
            if let Value::Object(members) = row {
                members.into_iter().for_each(|(name, value)| columns.entry(name).or_default().push(value));
            }
        }
        Value::Object(columns.into_iter().map(|(name, values)| (name, self.column(values))).collect())
    }
}

/// Whether all are objects of the same members.
fn alike(rows: &[Value]) -> bool {
    let Some(Value::Object(first)) = rows.first() else { return false };
    let same = |row: &Value| row.as_object().is_some_and(|o| o.len() == first.len() && o.keys().eq(first.keys()));
    !first.is_empty() && rows.iter().all(same)
}

/// Values by their positions among the different ones, where those are few.
fn few(values: &[Value]) -> Option<(Vec<Value>, Vec<usize>)> {
    let mut is: Vec<Value> = Vec::new();
    let mut at = Vec::with_capacity(values.len());
    for value in values {
        let place = is.iter().position(|v| v == value).unwrap_or_else(|| {
            is.push(value.clone());
            is.len() - 1
        });
        if is.len() > MOST_DIFFERENT {
            return None;
        }
        at.push(place);
    }
    Some((is, at))
}

#[cfg(test)]
mod tests;
