//! `[defaults]`: settings for every analysis that has them, written once.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::reader::{Reader, Value};
use crate::analyses::{ANALYSES, AnalysisKind};
use crate::diagnostics::{Code, nearest};

/// Names of the settings of an analysis, as its schema tells them.
fn settings_of(kind: &AnalysisKind) -> BTreeSet<String> {
    let schema = (kind.schema)();
    let properties = schema.get("properties").and_then(|p| p.as_object());
    properties.map(|p| p.keys().cloned().collect()).unwrap_or_default()
}

/// Gives an analysis the defaults that it has a setting for and does not set itself.
pub(super) fn fill<'i>(kind: &AnalysisKind, own: &mut DeTable<'i>, defaults: &DeTable<'i>) {
    if defaults.is_empty() {
        return;
    }
    let settings = settings_of(kind);
    for (key, value) in defaults {
        if settings.contains(key.get_ref().as_ref()) && !own.contains_key(key) {
            own.insert(key.clone(), value.clone());
        }
    }
}

impl Reader<'_> {
    /// The defaults; a setting that no analysis has is a fault.
    pub(super) fn defaults<'i>(&mut self, value: Option<Value<'i>>) -> DeTable<'i> {
        let Some((_, table)) = value.and_then(|v| self.table(v, "defaults")) else { return DeTable::new() };
        let known: BTreeSet<String> = ANALYSES.iter().flat_map(settings_of).collect();
        for key in table.keys().filter(|k| !known.contains(k.get_ref().as_ref())) {
            let hint = nearest(key.get_ref(), known.iter().map(String::as_str)).map_or(String::new(), |k| format!("Did you mean `{k}`? "));
            let next = format!("{hint}Settings of an analysis: `gapmap explain <analysis>`.");
            self.fault(Code::P102, Some(key.span()), &format!("no analysis has a setting called `{}`", key.get_ref()), &next);
        }
        table
    }
}
