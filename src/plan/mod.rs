//! `study.toml`: what to read, for whom, what to ask and how to release it.
//!
//! Each part of the plan is parsed by its owner: a source parses its own settings, an analysis is its own settings. The plan
//! only splits the file into those parts and keeps every span, so that a mistake is shown with a caret under it.

mod action_plan;
mod advice;
mod commentary;
mod defaults;
mod house_words;
mod named;
mod reader;
mod unseen;
mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::de::DeTable;

use crate::analyses::Analysis;
use crate::diagnostics::{Code, Place, Problems, Severity, nearest};
use crate::model::{ActionPlan, ReleasePolicy};
use crate::sources::{BadRecords, ConfidentialLocations, Origin, Source};
use crate::study::{Scenario, StudySettings};
use crate::units::Sensitivity;
use crate::vocabulary::HarmId;
pub use action_plan::{CARD as ACTION_PLAN_CARD, action_plan, check_percentages};
pub use commentary::commentary;
pub use house_words::house_words;
use named::Named;
use reader::Reader;
pub use workbook::THIS_WORKBOOK;

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
    /// Whether the plan names analyses: then each that has no answer is told.
    pub names_analyses: bool,
    /// What the plan says is to be done, and by whom.
    pub action_plan: ActionPlan,
    /// Where `gapmap fetch` gets what the plan names, where the plan says so.
    pub fetch: Fetching,
    /// The plan as it was written.
    pub text: String,
}

/// `[fetch]`: where `gapmap fetch` gets what the plan names.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fetching {
    /// A copy of the web to ask in the place of the publishers, whose first folders are their names: `http://127.0.0.1:8000`.
    pub base: Option<String>,
    /// Addresses of sources, by name.
    #[serde(skip)]
    pub urls: BTreeMap<String, String>,
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
    /// The harm that all events of the source are about, where its categories do not say: `gapmap explain harms` lists them.
    #[schemars(with = "Option<String>")]
    pub harm: Option<HarmId>,
    /// The harm that a category is about, by the category as the source writes it; `none` for no harm with a floor.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub harms: BTreeMap<String, HarmId>,
    /// Categories and groups of a restricted source that may be printed however rare they are, as the source writes them.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What becomes of a record that cannot be used: `stop` the run, or `set-aside`, counted and listed in a file to send back. Without it, feeds and
    /// downloads of others set aside, and your own tables stop. A secret place always stops the run.
    pub bad_records: Option<BadRecords>,
    /// Of a restricted source, the names that it had in earlier plans; `[]` where it holds nobody of whom earlier packs tell. Asked for where a source of
    /// earlier packs is gone from the plan and this one is new.
    pub formerly: Option<Vec<String>>,
    /// Where `gapmap fetch` gets it, where that is not known or should be elsewhere: a file, a layer of ArcGIS or an Open Referral feed.
    pub url: Option<String>,
    /// Of a workbook, the sheet that holds the table; without it, the one with the largest table.
    pub sheet: Option<String>,
    /// The row that holds the headings, from 1, where lines stand above the table; without it, it is found.
    pub heading_row: Option<u64>,
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

impl Plan {
    /// Reads and checks the plan. `None` where it has errors, all of which are then in `problems`.
    pub fn load(path: &Path, problems: &mut Problems) -> Option<Self> {
        let file = path.file_name().map_or_else(|| "the plan".into(), |f| f.to_string_lossy().into_owned());
        let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let read = std::fs::read(path).and_then(|bytes| match workbook::is_workbook(path) {
            true => Ok(Err(bytes)),
            false => {
                String::from_utf8(bytes).map(Ok).map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8 text"))
            }
        });
        let text = match read {
            Ok(Ok(text)) => text,
            Ok(Err(bytes)) => return workbook::load(bytes, &file, root, problems),
            Err(e) => {
                let next = "Give the path of a plan, or make one with `gapmap init <folder>`; a plan is a .toml file, or a workbook.";
                problems.error(Code::R101, Place::file(&file), format!("the plan cannot be opened: {e}"), next);
                return None;
            }
        };
        Self::parse(&text, &file, root, problems)
    }

    /// The settings of each analysis of a kind that the plan names, with its `[defaults]` in them; where it names none, those of the defaults alone.
    pub fn settings_of<T: DeserializeOwned + Default>(&self, kind: &str, problems: &mut Problems) -> Vec<T> {
        let Ok(table) = DeTable::parse(&self.text) else { return vec![T::default()] };
        let mut table = table.into_inner();
        // The plan was read before, and every problem of it is told.
        let mut known = Problems::default();
        let mut reader = Reader { text: &self.text, file: &self.file, problems: &mut known };
        let defaults = reader.defaults(table.remove("defaults"));
        let all = reader.settings_of(kind, table.remove("analysis"), &defaults);
        if known.any_error() {
            known.list().iter().for_each(|p| problems.push(p.clone()));
        }
        all
    }

    /// As [`Plan::load`], from text.
    pub fn parse(text: &str, file: &str, root: PathBuf, problems: &mut Problems) -> Option<Self> {
        let before = problems.list().len();
        let mut reader = Reader { text, file, problems };
        let mut table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(e) => {
                let next = advice::of_syntax(text, e.span());
                reader.fault(Code::P101, e.span(), e.message(), &next);
                return None;
            }
        };
        reader.unshowable(&mut table);
        let scenarios: Vec<Scenario> = reader.scenarios(table.remove("scenario"));
        let action_plan = ActionPlan {
            actions: reader.listed(table.remove("action"), "action"),
            training: reader.listed(table.remove("training"), "training"),
            engagement: reader.listed(table.remove("engagement"), "engagement"),
        };
        let named = Named::in_plan(&table, &mut reader);
        let mut study = reader.required::<StudySettings>(&mut table, "study");
        if let Some(study) = &mut study {
            study.scenarios = scenarios;
        }
        let release = match table.remove("release") {
            Some(value) => reader.settings(value),
            None => Some(ReleasePolicy::default()),
        };
        let mut fetch: Fetching = table.remove("fetch").and_then(|value| reader.settings(value)).unwrap_or_default();
        let mut sources = reader.sources(table.remove("source"), &root, &mut fetch.urls);
        for (origin, _) in &mut sources {
            origin.labels.named = named.labels_of(&origin.name);
            origin.labels.windows = named.months.iter().copied().collect();
            origin.labels.print_above = release.as_ref().map(|r| r.withhold_up_to);
        }
        let defaults = reader.defaults(table.remove("defaults"));
        let scenarios = study.as_ref().is_some_and(|s| !s.scenarios.is_empty());
        let names_analyses = table.contains_key("analysis");
        let analyses = reader.analyses(table.remove("analysis"), &defaults, scenarios);
        for key in table.keys() {
            let known = ["study", "source", "release", "defaults", "analysis", "scenario", "action", "training", "engagement", "fetch"];
            let hint = nearest(key.get_ref(), known).map_or(String::new(), |k| format!(" Did you mean `{k}`?"));
            reader.fault(
                Code::P102,
                Some(key.span()),
                &format!("there is no part of a plan called `{}`", key.get_ref()),
                &format!("The parts are `[study]`, `[[source]]`, `[defaults]`, `[[analysis]]`, `[[scenario]]`, `[[action]]`, `[[training]]`, `[[engagement]]`, `[fetch]` and `[release]`.{hint}"),
            );
        }
        let failed = problems.list()[before..].iter().any(|p| p.severity == Severity::Error);
        if failed {
            return None;
        }
        Some(Self {
            file: file.into(),
            root,
            study: study?,
            release: release?,
            sources,
            analyses,
            names_analyses,
            action_plan,
            fetch,
            text: text.into(),
        })
    }
}
