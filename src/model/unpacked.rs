//! Tables by column, read back into rows.

use serde_json::{Map, Value, json};

/// Columns read so far.
#[derive(Default)]
pub(super) struct Unpacker {
    known: Vec<Vec<Value>>,
}

impl Unpacker {
    /// A value with its tables as rows again; `None` where a table is not one that was written here.
    pub(super) fn unpack(&mut self, value: Value) -> Option<Value> {
        match value {
            Value::Object(mut members) => match members.get("table").filter(|t| members.len() == 1 && t.get("of").is_some()) {
                Some(_) => {
                    let mut table = members.remove("table")?;
                    let height = usize::try_from(table.get("rows")?.as_u64()?).ok()?;
                    self.column(table.get_mut("of")?.take(), height).map(Value::Array)
                }
                None => members.into_iter().map(|(k, v)| Some((k, self.unpack(v)?))).collect::<Option<Map<_, _>>>().map(Value::Object),
            },
            Value::Array(list) => list.into_iter().map(|v| self.unpack(v)).collect::<Option<Vec<_>>>().map(Value::Array),
            plain => Some(plain),
        }
    }

    fn column(&mut self, column: Value, height: usize) -> Option<Vec<Value>> {
        let Value::Object(mut members) = column else { return None };
        // A table that says more rows than it holds would take memory for nothing.
        if height > MOST_ROWS {
            return None;
        }
        if let Some(value) = members.remove("all") {
            return Some(vec![value; height]);
        }
        if let Some(number) = members.get("same") {
            return self.known.get(usize::try_from(number.as_u64()?).ok()?).filter(|v| v.len() == height).cloned();
        }
        if let Some(Value::Object(columns)) = members.remove("columns") {
            let mut rows = vec![Map::new(); height];
            for (name, column) in columns {
                let values = self.column(column, height)?;
                rows.iter_mut().zip(values).for_each(|(row, value)| {
                    row.insert(name.clone(), value);
                });
            }
            return Some(rows.into_iter().map(Value::Object).collect());
        }
        let values: Vec<Value> = match (members.remove("is"), members.remove("at"), members.remove("cells"), members.remove("each")) {
            (Some(Value::Array(is)), Some(Value::Array(at)), _, _) => {
                at.iter().map(|at| is.get(usize::try_from(at.as_u64()?).ok()?).cloned()).collect::<Option<_>>()?
            }
            (_, _, Some(Value::Array(cells)), _) => {
                cells.into_iter().map(|c| if c.is_string() { c } else { json!({"known": c}) }).collect()
            }
            (_, _, _, Some(Value::Array(each))) => each,
            _ => return None,
        };
        if values.len() != height {
            return None;
        }
        self.known.push(values.clone());
        Some(values)
    }
}

/// No table has more rows.
const MOST_ROWS: usize = 10_000_000;
