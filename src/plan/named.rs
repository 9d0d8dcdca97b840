//! Labels that a plan names, wherever it does, and the lengths of time that it asks about.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

/// Settings whose values are labels of a source.
const LABELS: [&str; 4] = ["categories", "offences", "labels", "groups"];
/// Analyses tell a year where the plan does not say otherwise.
const USUAL_MONTHS: usize = 12;

/// What a plan names.
pub(super) struct Named {
    /// Labels, in small letters.
    pub labels: BTreeSet<String>,
    /// Numbers of months that counts are told for.
    pub months: BTreeSet<usize>,
}

impl Named {
    pub fn in_plan(plan: &DeTable) -> Self {
        let mut named = Self { labels: BTreeSet::new(), months: BTreeSet::from([USUAL_MONTHS]) };
        plan.values().for_each(|part| named.look_into(part.get_ref()));
        named
    }

    fn look_into(&mut self, value: &DeValue) {
        match value {
            DeValue::Array(list) => list.iter().for_each(|v| self.look_into(v.get_ref())),
            DeValue::Table(table) => {
                for (key, value) in table {
                    let (key, value) = (key.get_ref().as_ref(), value.get_ref());
                    match value {
                        DeValue::Array(list) if LABELS.contains(&key) => {
                            self.labels.extend(list.iter().filter_map(|v| v.get_ref().as_str()).map(str::to_lowercase));
                        }
                        DeValue::Table(harms) if key == "harms" => {
                            self.labels.extend(harms.keys().map(|k| k.get_ref().to_lowercase()));
                        }
                        DeValue::Integer(n) if key == "months" => {
                            self.months.extend(n.as_str().parse::<usize>().ok().filter(|n| *n > 0));
                        }
                        other => self.look_into(other),
                    }
                }
            }
            _ => {}
        }
    }
}
