//! JSON of which nothing is lost: a member whose name stands twice is two members.
//!
//! The usual reader keeps the last of two members of one name. What the first says would be looked at by nobody.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A value with all its members; the second of a name has `_2` added to it, the third `_3`.
pub(super) struct Whole(pub Value);

/// The members of an object, each under a name of its own.
#[derive(Default)]
pub(super) struct Distinct {
    pub members: Map<String, Value>,
    /// For a name that stood more than once, the number that was given last.
    last: HashMap<String, u64>,
}

/// As [`Whole`], where it matters whether a name stood twice anywhere.
pub(super) struct Read {
    pub value: Value,
    /// Objects in which a name stands more than once.
    pub repeated: u64,
}

impl Read {
    /// Of the bytes of a document.
    pub fn of(bytes: &[u8]) -> serde_json::Result<Self> {
        REPEATED.set(0);
        let Whole(value) = serde_json::from_slice(bytes)?;
        Ok(Self { value, repeated: REPEATED.get() })
    }

    /// Of the bytes of several documents, one after the other or one a line, as a list of them. `None` where they are not that.
    pub fn of_several(bytes: &[u8]) -> Option<Self> {
        REPEATED.set(0);
        let all: Vec<Value> =
            serde_json::Deserializer::from_slice(bytes).into_iter::<Whole>().map(|v| Some(v.ok()?.0)).collect::<Option<_>>()?;
        let are_documents = all.len() > 1 && all.iter().all(|v| v.is_object() || v.is_array());
        are_documents.then(|| Self { value: Value::Array(all), repeated: REPEATED.get() })
    }
}

thread_local! {
    /// How many objects of the document that this thread is reading had a name twice. A visitor of serde has no other way to tell.
    static REPEATED: Cell<u64> = const { Cell::new(0) };
}

impl Distinct {
    /// Adds a member. A number that was given is not tried again, so that many members of one name take no longer than as many of others.
    pub fn add(&mut self, mut name: String, value: Value) {
        if self.members.contains_key(&name) {
            let last = self.last.entry(name.clone()).or_insert(1);
            loop {
                *last += 1;
                let numbered = format!("{name}_{last}");
                if !self.members.contains_key(&numbered) {
                    name = numbered;
                    break;
                }
            }
        }
        self.members.insert(name, value);
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Members).map(Self)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(v.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Whole(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut distinct = Distinct::default();
        while let Some((name, Whole(value))) = members.next_entry::<String, Whole>()? {
            distinct.add(name, value);
        }
        if !distinct.last.is_empty() {
            REPEATED.set(REPEATED.get() + 1);
        }
        Ok(Value::Object(distinct.members))
    }
}

#[cfg(test)]
mod tests;
