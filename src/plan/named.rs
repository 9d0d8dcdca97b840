//! Labels that a plan names, and for which source; and the lengths of time that it asks about.

use crate::diagnostics::Code;
use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use super::reader::{Reader, Value};

/// Settings whose values are labels of a source.
const LABELS: [&str; 4] = ["categories", "offences", "labels", "groups"];
/// Analyses tell a year where the plan does not say otherwise.
const USUAL_MONTHS: usize = 12;

/// What a plan names.
pub(super) struct Named {
    /// Labels in small letters, by the source that they are named for; under nothing, those that are named for any.
    labels: BTreeMap<Option<String>, BTreeSet<String>>,
    /// Numbers of months that counts are told for.
    pub months: BTreeSet<usize>,
}

impl Named {
    /// Looks through a plan. What stands where a number of months should and is none is reported: counts of those months would be looked at by nobody.
    pub fn in_plan(plan: &DeTable, reader: &mut Reader) -> Self {
        let mut named = Self { labels: BTreeMap::new(), months: BTreeSet::from([USUAL_MONTHS]) };
        for (part, value) in plan {
            match value.get_ref() {
                // What is said under a source is said of that source: the same label in another may be anything that somebody typed.
                DeValue::Array(sources) if part.get_ref() == "source" => {
                    for source in sources.iter() {
                        let name = source.get_ref().as_table().and_then(|t| text(t, "name").or_else(|| text(t, "kind")));
                        named.look_into(source, &[name], reader);
                    }
                }
                _ => named.look_into(value, &[None], reader),
            }
        }
        named
    }

    /// The labels that are named for a source.
    pub fn labels_of(&self, source: &str) -> BTreeSet<String> {
        [Some(source.to_owned()), None].iter().filter_map(|of| self.labels.get(of)).flatten().cloned().collect()
    }

    fn look_into(&mut self, value: &Value, of: &[Option<String>], reader: &mut Reader) {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().for_each(|v| self.look_into(v, of, reader)),
            DeValue::Table(table) => self.look_into_table(table, of, reader),
            _ => {}
        }
    }

    fn look_into_table(&mut self, table: &DeTable, of: &[Option<String>], reader: &mut Reader) {
        // A break in recording names its sources.
        let own: Vec<Option<String>> =
            table.get("sources").map_or(vec![], |list| texts(list.get_ref()).map(|s| Some(s.to_owned())).collect());
        let of = if own.is_empty() { of } else { &own };
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                (key, DeValue::Array(_)) if LABELS.contains(&key) => {
                    let labels: BTreeSet<String> = texts(value.get_ref()).map(str::to_lowercase).collect();
                    self.add(labels, of);
                }
                ("harms", DeValue::Table(harms)) => self.add(harms.keys().map(|k| k.get_ref().to_lowercase()).collect(), of),
                ("months", _) => self.add_months(value, reader),
                _ => self.look_into(value, of, reader),
            }
        }
    }

    fn add(&mut self, labels: BTreeSet<String>, of: &[Option<String>]) {
        for source in of {
            self.labels.entry(source.clone()).or_default().extend(labels.iter().cloned());
        }
    }

    fn add_months(&mut self, value: &Value, reader: &mut Reader) {
        if let DeValue::Array(list) = value.get_ref() {
            return list.iter().for_each(|v| self.add_months(v, reader));
        }
        let months = match value.get_ref() {
            DeValue::Integer(n) => usize::from_str_radix(n.as_str(), n.radix()).ok().filter(|n| *n > 0),
            _ => None,
        };
        match months {
            Some(months) => {
                self.months.insert(months);
            }
            None => {
                let next = "Write a whole number of 1 or more, such as `months = 12`, or leave the setting out.";
                reader.fault(Code::P102, Some(value.span()), "this is no number of months", next);
            }
        }
    }
}

fn text(table: &DeTable, key: &str) -> Option<String> {
    table.get(key).and_then(|v| v.get_ref().as_str()).map(str::to_owned)
}

/// The texts of a list, or the one that stands in place of a list.
fn texts<'v>(value: &'v DeValue) -> Box<dyn Iterator<Item = &'v str> + 'v> {
    match value {
        DeValue::Array(list) => Box::new(list.iter().filter_map(|v| v.get_ref().as_str())),
        other => Box::new(other.as_str().into_iter()),
    }
}

#[cfg(test)]
mod tests;
