//! Parts of the plan as settings; what is wrong with them, in its place.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{Paths, SourceHead, advice, defaults};
use crate::analyses::{self, Analysis, AnalysisKind};
use crate::diagnostics::{Code, Excerpt, Place, Problem, Problems, Severity, nearest};
use crate::sources::{self, LabelSettings, Origin, Reading, Removed, Source, TableLayout};
use crate::study::Scenario;
use crate::units::Postcode;

/// What the library calls the types of settings, and what they are.
const NAMES_OF_TYPES: [(&str, &str); 11] = [
    ("struct Period", "a first and a last month: { first = \"2023-04\", last = \"2026-03\" }"),
    ("a map", "a table of settings: { … }"),
    ("a borrowed string", "text"),
    ("f64", "a number"),
    ("f32", "a number"),
    ("usize", "a whole number"),
    ("u64", "a whole number"),
    ("u32", "a whole number"),
    ("u16", "a whole number"),
    ("u8", "a whole number"),
    ("i64", "a whole number"),
];

/// Keys of `[[source]]` that belong to every source and not to its own settings.
const SOURCE_HEAD: [&str; 14] = [
    "kind",
    "name",
    "path",
    "sensitivity",
    "attribution",
    "confidential-locations",
    "harm",
    "harms",
    "labels",
    "bad-records",
    "formerly",
    "url",
    "sheet",
    "heading-row",
];

/// Turns parts of the plan into settings and faults into placed problems.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub file: &'a str,
    pub problems: &'a mut Problems,
}

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    pub(super) fn required<T: DeserializeOwned>(&mut self, table: &mut DeTable, key: &str) -> Option<T> {
        match table.remove(key) {
            Some(value) => self.settings(value),
            None => {
                let next = "Add it at the top of the plan; `gapmap init <folder>` writes one with every setting explained.";
                self.fault(Code::P104, None, &format!("the plan has no `[{key}]`"), next);
                None
            }
        }
    }

    pub(super) fn settings<T: DeserializeOwned>(&mut self, value: Value) -> Option<T> {
        let span = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(settings) => Some(settings),
            Err(e) => {
                self.setting_fault(&e, span);
                None
            }
        }
    }

    pub(super) fn sources(
        &mut self,
        value: Option<Value>,
        root: &Path,
        urls: &mut BTreeMap<String, String>,
    ) -> Vec<(Origin, Box<dyn Source>)> {
        let mut list: Vec<(Origin, Box<dyn Source>)> = Vec::new();
        for entry in self.entries(value, "source") {
            let Some((span, mut own)) = self.table(entry, "source") else { continue };
            let mut head = DeTable::new();
            for key in SOURCE_HEAD {
                if let Some((key, value)) = own.remove_entry(key) {
                    head.insert(key, value);
                }
            }
            let kind_span = head.get("kind").map_or(span.clone(), Spanned::span);
            let Some(head) = self.settings::<SourceHead>(Spanned::new(span.clone(), DeValue::Table(head))) else { continue };
            let Some(kind) = sources::find(&head.kind) else {
                self.unknown_kind(kind_span, "source", &head.kind, sources::SOURCES.iter().map(|k| k.name));
                continue;
            };
            let source = match (kind.parse)(ValueDeserializer::from(Spanned::new(span.clone(), DeValue::Table(own)))) {
                Ok(source) => source,
                Err(e) => {
                    self.setting_fault(&e, span);
                    continue;
                }
            };
            let name = head.name.unwrap_or_else(|| head.kind.clone());
            if list.iter().any(|(o, _)| o.name == name) {
                let next = "Give each source a `name` of its own.";
                self.fault(Code::P105, Some(span), &format!("two sources are called `{name}`"), next);
                continue;
            }
            if let Some(url) = head.url {
                urls.insert(name.clone(), url);
            }
            let paths = match head.path {
                Paths::One(path) => vec![path],
                Paths::Many(paths) => paths,
            };
            let origin = Origin {
                id: list.len(),
                name,
                kind: kind.name,
                root: root.into(),
                paths,
                sensitivity: head.sensitivity,
                attribution: head.attribution,
                confidential_locations: head.confidential_locations,
                formerly: head.formerly,
                labels: LabelSettings { harm: head.harm, harms: head.harms, labels: head.labels, ..LabelSettings::default() },
                removed: Removed::default(),
                reading: Reading::new(head.bad_records, TableLayout { sheet: head.sheet, heading_row: head.heading_row }),
            };
            list.push((origin, source));
        }
        list
    }

    /// `[[scenario]]`: changes of the catalogue to try.
    pub(super) fn scenarios(&mut self, value: Option<Value>) -> Vec<Scenario> {
        let Some(value) = value else { return vec![] };
        let mut list: Vec<Scenario> = Vec::new();
        for entry in self.entries(Some(value), "scenario") {
            let span = entry.span();
            let Some(scenario) = self.settings::<Scenario>(entry) else { continue };
            if list.iter().any(|s| s.name == scenario.name) {
                let what = format!("two scenarios are called `{}`", scenario.name);
                self.fault(Code::P105, Some(span), &what, "Give each scenario a `name` of its own.");
            } else {
                list.push(scenario);
            }
        }
        list
    }

    /// A list that a plan need not have, such as `[[action]]`.
    pub(super) fn listed<T: DeserializeOwned>(&mut self, value: Option<Value>, key: &str) -> Vec<T> {
        let Some(value) = value else { return vec![] };
        self.entries(Some(value), key).into_iter().filter_map(|entry| self.settings(entry)).collect()
    }

    /// The analyses that the plan names, and where it holds a scenario, the one that tries it.
    pub(super) fn analyses<'i>(
        &mut self,
        value: Option<Value<'i>>,
        defaults: &DeTable<'i>,
        scenarios: bool,
    ) -> Vec<(&'static str, Box<dyn Analysis>)> {
        let mut list = Vec::new();
        if value.is_none() {
            for kind in analyses::ANALYSES.iter().filter(|k| analyses::asked_unnamed(k, scenarios)) {
                list.extend(self.analysis(kind, 0..0, DeTable::new(), defaults));
            }
            return list;
        }
        for entry in self.entries(value, "analysis") {
            let Some((span, mut own)) = self.table(entry, "analysis") else { continue };
            let Some(kind) = own.remove("kind") else {
                self.fault(Code::P104, Some(span), "an analysis has no `kind`", "Add a line such as `kind = \"burden\"`.");
                continue;
            };
            let name = kind.get_ref().as_str().unwrap_or_default().to_owned();
            let Some(found) = analyses::find(&name) else {
                self.unknown_kind(kind.span(), "analysis", &name, analyses::ANALYSES.iter().map(|k| k.name));
                continue;
            };
            list.extend(self.analysis(found, span, own, defaults));
        }
        if scenarios
            && !list.iter().any(|(name, _)| *name == analyses::WHAT_IF)
            && let Some(kind) = analyses::find(analyses::WHAT_IF)
        {
            list.extend(self.analysis(kind, 0..0, DeTable::new(), defaults));
        }
        list
    }

    /// The settings of each analysis of a kind; where there is none, those of the defaults alone.
    pub(super) fn settings_of<'i, T: DeserializeOwned>(&mut self, kind: &str, value: Option<Value<'i>>, defaults: &DeTable<'i>) -> Vec<T> {
        let Some(found) = analyses::find(kind) else { return vec![] };
        let mut tables: Vec<DeTable> = vec![];
        for entry in value.map(|v| self.entries(Some(v), "analysis")).unwrap_or_default() {
            let Some((_, mut own)) = self.table(entry, "analysis") else { continue };
            if own.remove("kind").is_some_and(|k| k.get_ref().as_str() == Some(kind)) {
                tables.push(own);
            }
        }
        if tables.is_empty() {
            tables.push(DeTable::new());
        }
        let settings = |mut own: DeTable<'i>| {
            defaults::fill(found, &mut own, defaults);
            self.settings(Spanned::new(0..0, DeValue::Table(own)))
        };
        tables.into_iter().filter_map(settings).collect()
    }

    fn analysis<'i>(
        &mut self,
        kind: &AnalysisKind,
        span: std::ops::Range<usize>,
        mut own: DeTable<'i>,
        defaults: &DeTable<'i>,
    ) -> Option<(&'static str, Box<dyn Analysis>)> {
        defaults::fill(kind, &mut own, defaults);
        match (kind.parse)(ValueDeserializer::from(Spanned::new(span.clone(), DeValue::Table(own)))) {
            Ok(analysis) => Some((kind.name, analysis)),
            Err(e) => {
                self.setting_fault(&e, span);
                None
            }
        }
    }

    fn entries<'i>(&mut self, value: Option<Value<'i>>, key: &str) -> Vec<Value<'i>> {
        let Some(value) = value else {
            self.fault(
                Code::P104,
                None,
                &format!("the plan has no `[[{key}]]`"),
                "Name at least the boundaries and one source of incidents.",
            );
            return Vec::new();
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            _ => {
                self.fault(
                    Code::P102,
                    Some(span),
                    &format!("`{key}` is a list"),
                    &format!("Write `[[{key}]]` with two brackets, once for each."),
                );
                Vec::new()
            }
        }
    }

    pub(super) fn table<'i>(&mut self, value: Value<'i>, key: &str) -> Option<(std::ops::Range<usize>, DeTable<'i>)> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some((span, table)),
            _ => {
                self.fault(
                    Code::P102,
                    Some(span),
                    &format!("a {key} is a table"),
                    &format!("Write `[[{key}]]` and its settings below it."),
                );
                None
            }
        }
    }

    fn unknown_kind<'n>(&mut self, span: std::ops::Range<usize>, what: &str, written: &str, known: impl Iterator<Item = &'n str> + Clone) {
        let hint = nearest(written, known.clone()).map_or(String::new(), |k| format!("Did you mean `{k}`? "));
        let all = known.collect::<Vec<_>>().join(", ");
        self.fault(Code::P103, Some(span), &format!("there is no {what} of kind `{written}`"), &format!("{hint}There are: {all}."));
    }

    /// A fault in settings: the library's message names the wrong and the possible keys; the nearest of them is suggested.
    fn setting_fault(&mut self, error: &toml::de::Error, whole: std::ops::Range<usize>) {
        let message = error.message();
        let mut quoted = message.split('`').skip(1).step_by(2);
        let next = match (message.starts_with("unknown"), quoted.next()) {
            (true, Some(written)) => match nearest(written, quoted) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Remove it, or see `gapmap schema plan` for what may stand here.".into(),
            },
            _ => advice::of_setting(message),
        };
        let message = message
            .replace("unknown field", "there is no setting")
            .replace(", expected one of", " here; there are")
            .replace(", expected", " here; there is");
        // Names of types of the program's own say nothing to anybody else.
        let message = NAMES_OF_TYPES
            .iter()
            .fold(message, |told, (name, meant)| told.replace(&format!("there is {name}"), &format!("needed is {meant}")));
        self.fault(Code::P102, Some(error.span().unwrap_or(whole)), &message, &next);
    }

    pub(super) fn fault(&mut self, code: Code, span: Option<std::ops::Range<usize>>, message: &str, next_step: &str) {
        let (place, excerpt) = match span {
            Some(span) => {
                let (line, excerpt) = excerpt(self.text, span);
                // A place that somebody typed into the plan is not printed on a terminal, nor into a log.
                (Place::line(self.file, line), Some(excerpt).filter(|e| !holds_a_postcode(&e.text)))
            }
            None => (Place::file(self.file), None),
        };
        let problem = Problem {
            code,
            severity: Severity::Error,
            place,
            excerpt,
            message: message.trim_end().replace('\n', " "),
            next_step: next_step.into(),
            set_aside: None,
        };
        // A default that does not fit is told once, and not by each analysis that takes it.
        if !self.problems.list().contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Whether a postcode stands in a text, in one word or two.
fn holds_a_postcode(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_one = |word: &str| Postcode::parse(word).is_some();
    words.iter().any(|w| is_one(w)) || words.windows(2).any(|w| is_one(&w.concat()))
}

/// The line that a byte range starts on, counted from 1, with the range marked.
fn excerpt(text: &str, span: std::ops::Range<usize>) -> (u64, Excerpt) {
    let start = (0..=span.start.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[line_start..].find('\n').map_or(text.len(), |i| line_start + i);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let end = (start..=span.end.clamp(start, line_end)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(start);
    let number = text[..start].matches('\n').count() as u64 + 1;
    let from = text[line_start..start].chars().count();
    let length = text[start..end].chars().count().max(1);
    (number, Excerpt { text: line.into(), from, length })
}
