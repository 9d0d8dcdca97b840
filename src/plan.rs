//! `study.toml`: what to read, for whom, what to ask and how to release it.
//!
//! Each part of the plan is parsed by its owner: a source parses its own settings, an analysis is its own settings. The plan
//! only splits the file into those parts and keeps every span, so that a mistake is shown with a caret under it.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::analyses::{self, Analysis};
use crate::diagnostics::{Excerpt, Place, Problem, Problems, Severity, nearest};
use crate::findings::ReleasePolicy;
use crate::sources::{self, ConfidentialLocations, Origin, Source};
use crate::study::StudySettings;
use crate::units::Sensitivity;

/// The whole plan, ready to run.
pub struct Plan {
    /// File name of the plan, as problems print it.
    pub file: String,
    /// The folder that paths are relative to.
    pub root: PathBuf,
    /// What the study is about.
    pub study: StudySettings,
    /// How restricted numbers are released.
    pub release: ReleasePolicy,
    /// The sources, in the order of the plan.
    pub sources: Vec<(Origin, Box<dyn Source>)>,
    /// The analyses, in the order of the plan; all of them with their defaults where the plan names none.
    pub analyses: Vec<(&'static str, Box<dyn Analysis>)>,
    /// The plan as it was written.
    pub text: String,
}

/// `[[source]]`: the settings that every source has, before its own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SourceHead {
    /// Which kind of source: `gapmap explain sources` lists them.
    pub kind: String,
    /// The name by which findings point back to it; without it, the kind.
    pub name: Option<String>,
    /// One path or several, relative to the plan: a file, a folder or a zip archive, as the kind allows.
    pub path: Paths,
    /// How it may be released. There is no default: somebody has to decide.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for, printed under every figure that uses it.
    pub attribution: Option<String>,
    /// What becomes of the location of a confidential service: `refuse` stops the run, `discard` drops it while reading. For a feed
    /// of services that you cannot change.
    #[serde(default)]
    pub confidential_locations: ConfidentialLocations,
}

/// One path or a list of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Paths {
    /// A single path.
    One(String),
    /// Several, read in this order.
    Many(Vec<String>),
}

/// Keys of `[[source]]` that belong to every source and not to its own settings.
const SOURCE_HEAD: [&str; 6] = ["kind", "name", "path", "sensitivity", "attribution", "confidential-locations"];

impl Plan {
    /// Reads and checks the plan. `None` where it has errors, all of which are then in `problems`.
    pub fn load(path: &Path, problems: &mut Problems) -> Option<Self> {
        let file = path.file_name().map_or_else(|| "the plan".into(), |f| f.to_string_lossy().into_owned());
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) => {
                let next = "Give the path of a plan, or make one with `gapmap init <folder>`.";
                problems.error("R101", Place::file(&file), format!("the plan cannot be opened: {e}"), next);
                return None;
            }
        };
        let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Self::parse(&text, &file, root, problems)
    }

    /// As [`Plan::load`], from text.
    pub fn parse(text: &str, file: &str, root: PathBuf, problems: &mut Problems) -> Option<Self> {
        let before = problems.list().len();
        let mut reader = Reader { text, file, problems };
        let mut table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(e) => {
                reader.fault("P101", e.span(), e.message(), "Mend the marked line; the rest of the plan has not been read yet.");
                return None;
            }
        };
        let study = reader.required::<StudySettings>(&mut table, "study");
        let release = match table.remove("release") {
            Some(value) => reader.settings(value),
            None => Some(ReleasePolicy::default()),
        };
        let sources = reader.sources(table.remove("source"), &root);
        let analyses = reader.analyses(table.remove("analysis"));
        for key in table.keys() {
            let known = ["study", "source", "release", "analysis"];
            let hint = nearest(key.get_ref(), known).map_or(String::new(), |k| format!(" Did you mean `{k}`?"));
            reader.fault(
                "P102",
                Some(key.span()),
                &format!("there is no part of a plan called `{}`", key.get_ref()),
                &format!("The parts are `[study]`, `[[source]]`, `[[analysis]]` and `[release]`.{hint}"),
            );
        }
        let failed = problems.list()[before..].iter().any(|p| p.severity == Severity::Error);
        if failed {
            return None;
        }
        Some(Self { file: file.into(), root, study: study?, release: release?, sources, analyses, text: text.into() })
    }
}

/// Turns parts of the plan into settings and faults into placed problems.
struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    problems: &'a mut Problems,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn required<T: DeserializeOwned>(&mut self, table: &mut DeTable, key: &str) -> Option<T> {
        match table.remove(key) {
            Some(value) => self.settings(value),
            None => {
                let next = "Add it at the top of the plan; `gapmap init <folder>` writes one with every setting explained.";
                self.fault("P104", None, &format!("the plan has no `[{key}]`"), next);
                None
            }
        }
    }

    fn settings<T: DeserializeOwned>(&mut self, value: Value) -> Option<T> {
        let span = value.span();
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(settings) => Some(settings),
            Err(e) => {
                self.setting_fault(&e, span);
                None
            }
        }
    }

    fn sources(&mut self, value: Option<Value>, root: &Path) -> Vec<(Origin, Box<dyn Source>)> {
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
                self.fault("P105", Some(span), &format!("two sources are called `{name}`"), next);
                continue;
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
            };
            list.push((origin, source));
        }
        list
    }

    fn analyses(&mut self, value: Option<Value>) -> Vec<(&'static str, Box<dyn Analysis>)> {
        if value.is_none() {
            return analyses::ANALYSES.iter().map(|kind| (kind.name, (kind.default)())).collect();
        }
        let mut list = Vec::new();
        for entry in self.entries(value, "analysis") {
            let Some((span, mut own)) = self.table(entry, "analysis") else { continue };
            let Some(kind) = own.remove("kind") else {
                self.fault("P104", Some(span), "an analysis has no `kind`", "Add a line such as `kind = \"burden\"`.");
                continue;
            };
            let name = kind.get_ref().as_str().unwrap_or_default().to_owned();
            let Some(found) = analyses::find(&name) else {
                self.unknown_kind(kind.span(), "analysis", &name, analyses::ANALYSES.iter().map(|k| k.name));
                continue;
            };
            match (found.parse)(ValueDeserializer::from(Spanned::new(span.clone(), DeValue::Table(own)))) {
                Ok(analysis) => list.push((found.name, analysis)),
                Err(e) => self.setting_fault(&e, span),
            }
        }
        list
    }

    fn entries<'i>(&mut self, value: Option<Value<'i>>, key: &str) -> Vec<Value<'i>> {
        let Some(value) = value else {
            self.fault("P104", None, &format!("the plan has no `[[{key}]]`"), "Name at least the boundaries and one source of incidents.");
            return Vec::new();
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(list) => list.into_iter().collect(),
            _ => {
                self.fault(
                    "P102",
                    Some(span),
                    &format!("`{key}` is a list"),
                    &format!("Write `[[{key}]]` with two brackets, once for each."),
                );
                Vec::new()
            }
        }
    }

    fn table<'i>(&mut self, value: Value<'i>, key: &str) -> Option<(std::ops::Range<usize>, DeTable<'i>)> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some((span, table)),
            _ => {
                self.fault("P102", Some(span), &format!("a {key} is a table"), &format!("Write `[[{key}]]` and its settings below it."));
                None
            }
        }
    }

    fn unknown_kind<'n>(&mut self, span: std::ops::Range<usize>, what: &str, written: &str, known: impl Iterator<Item = &'n str> + Clone) {
        let hint = nearest(written, known.clone()).map_or(String::new(), |k| format!("Did you mean `{k}`? "));
        let all = known.collect::<Vec<_>>().join(", ");
        self.fault("P103", Some(span), &format!("there is no {what} of kind `{written}`"), &format!("{hint}There are: {all}."));
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
            _ => "See `gapmap schema plan` for what may stand here.".into(),
        };
        let message = message
            .replace("unknown field", "there is no setting")
            .replace(", expected one of", " here; there are")
            .replace(", expected", " here; there is");
        self.fault("P102", Some(error.span().unwrap_or(whole)), &message, &next);
    }

    fn fault(&mut self, code: &'static str, span: Option<std::ops::Range<usize>>, message: &str, next_step: &str) {
        let (place, excerpt) = match span {
            Some(span) => {
                let (line, excerpt) = excerpt(self.text, span);
                (Place::line(self.file, line), Some(excerpt))
            }
            None => (Place::file(self.file), None),
        };
        self.problems.push(Problem {
            code,
            severity: Severity::Error,
            place,
            excerpt,
            message: message.trim_end().replace('\n', " "),
            next_step: next_step.into(),
        });
    }
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
