//! ASK: one question per file, each a pure function of the study.
//!
//! An analysis gives [`Draft`]s: full precision, for no one to see. How its numbers are told is a plain function of what the
//! release lets through, so no sentence can hold a number that was withheld.

mod by_area;
mod change;
mod comparator_months;
mod draft;
mod indicator;
mod inequality_line;
mod largest;
mod network_share;
mod said;
mod series;
mod unanswered;
mod untreated_mix;
mod words;

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::model::{Figure, Message};
use crate::study::Study;

pub use assurance::{AssuranceSettings, unreleased_fix_lists};
pub use draft::{CountTable, Draft, DraftHead, Released, Telling};
pub use gaps::{GAP_TESTS, GapTest};
pub use site::SiteSettings;
pub use unanswered::unanswered;

/// A question with its settings: the settings struct *is* the analysis.
pub trait Analysis: Send + Sync + Debug {
    /// Answers the question from the study. Gives nothing where the study has nothing to answer it from.
    fn run(&self, study: &Study) -> Vec<Draft>;

    /// Why it gave nothing and the next step, where its own settings are the reason.
    fn unanswered(&self, _: &Study) -> Option<(Message, Message)> {
        None
    }

    /// The mode that it names to measure ways by; `None` where it takes that of the study, or measures none.
    fn by(&self) -> Option<&str> {
        None
    }

    /// By which settings it measures who is reached, in words; nothing where it asks for nobody's way. What was measured by other settings is not compared.
    fn measured(&self, _: &Study) -> Option<String> {
        None
    }
}

/// A kind of analysis: its name in a plan, its card, and how its settings are parsed.
pub struct AnalysisKind {
    /// The `kind` of the plan.
    pub name: &'static str,
    /// The message of its question: a line that is the title of its section.
    pub question: &'static str,
    /// Its method, in Markdown: `gapmap explain <name>` prints it.
    pub card: &'static str,
    /// The analysis with its default settings.
    pub default: fn() -> Box<dyn Analysis>,
    /// Parses its settings.
    pub parse: fn(ValueDeserializer) -> Result<Box<dyn Analysis>, toml::de::Error>,
    /// JSON Schema of its settings.
    pub schema: fn() -> schemars::Schema,
}

impl AnalysisKind {
    /// Its question.
    pub fn question(&self) -> Message {
        Message { id: self.question, args: vec![] }
    }
}

const fn kind<T>(name: &'static str, question: &'static str, card: &'static str) -> AnalysisKind
where
    T: Analysis + Default + DeserializeOwned + schemars::JsonSchema + 'static,
{
    AnalysisKind {
        name,
        question,
        card,
        default: || Box::new(T::default()),
        parse: |settings| Ok(Box::new(T::deserialize(settings)?)),
        schema: || schemars::schema_for!(T),
    }
}

/// The analyses of a list: of each the module, which it declares, the settings, and the name in a plan. The card stands beside the module, and the question
/// is the message `question-<name>`.
macro_rules! analyses {
    ($($file:ident::$settings:ident = $name:literal,)*) => {
        $(mod $file;)*

        /// Every analysis, in the order in which a report tells them.
        pub const ANALYSES: &[AnalysisKind] =
            &[$(kind::<$file::$settings>($name, concat!("question-", $name), include_str!(concat!(stringify!($file), ".md"))),)*];
    };
}

analyses! {
    need::Need = "need",
    burden::Burden = "burden",
    hotspots::HotSpotSettings = "hotspots",
    emerging::EmergingSettings = "emerging",
    near_repeat::NearRepeatSettings = "near-repeat",
    concentration::ConcentrationSettings = "concentration",
    clusters::ClusterSettings = "clusters",
    inequality::Inequality = "inequality",
    comparators::ComparatorSettings = "comparators",
    need_index::NeedIndexSettings = "need-index",
    trend::Trend = "trend",
    events::Events = "events",
    outcomes::OutcomeSettings = "outcomes",
    places::Places = "places",
    hours::HoursSettings = "hours",
    services::ServicesSettings = "services",
    assurance::AssuranceSettings = "assurance",
    coverage::Coverage = "coverage",
    travel::TravelSettings = "travel",
    last_bus::LastBusSettings = "last-bus",
    access::AccessSettings = "access",
    need_access::NeedAccessSettings = "need-access",
    parity::ParitySettings = "parity",
    journeys::JourneySettings = "journeys",
    indicators::IndicatorSettings = "indicators",
    gaps::GapSettings = "gaps",
    contracts::ContractSettings = "contracts",
    site::SiteSettings = "site",
    what_if::WhatIfSettings = "what-if",
}

/// Whether a plan that names no analysis asks it: a question about changes needs a change, a `[[scenario]]` of the plan.
pub fn asked_unnamed(kind: &AnalysisKind, scenarios: bool) -> bool {
    kind.name != WHAT_IF || scenarios
}

/// The analysis that every plan with a `[[scenario]]` asks.
pub const WHAT_IF: &str = "what-if";

/// The analysis that lists what to ask providers.
pub const ASSURANCE: &str = "assurance";

/// The analysis of that name.
pub fn find(name: &str) -> Option<&'static AnalysisKind> {
    ANALYSES.iter().find(|k| k.name == name)
}

/// The cards of all analyses that this version knows.
pub fn cards() -> crate::model::Cards {
    ANALYSES.iter().map(|k| (k.name.to_owned(), k.card.to_owned())).collect()
}
