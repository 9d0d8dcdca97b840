//! ASK: one question per file, each a pure function of the study.
//!
//! An analysis gives [`Draft`]s: full precision, for no one to see. How its numbers are told is a plain function of what the
//! release lets through, so no sentence can hold a number that was withheld.

mod access;
mod burden;
mod by_area;
mod change;
mod clusters;
mod contracts;
mod coverage;
mod draft;
mod emerging;
mod events;
mod gaps;
mod hotspots;
mod hours;
mod indicator;
mod indicators;
mod inequality;
mod inequality_line;
mod largest;
mod last_bus;
mod need;
mod need_access;
mod need_index;
mod outcomes;
mod parity;
mod places;
mod said;
mod series;
mod services;
mod site;
mod travel;
mod trend;
mod unanswered;
mod untreated_mix;
mod what_if;
mod words;

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::model::{Figure, Message};
use crate::study::Study;

pub use draft::{CountTable, Draft, DraftHead, Released, Telling};
pub use gaps::{GAP_TESTS, GapTest};
pub use site::SiteSettings;
pub use unanswered::unanswered;

/// A question with its settings: the settings struct *is* the analysis.
pub trait Analysis: Send + Sync + Debug {
    /// Answers the question from the study. Gives nothing where the study has nothing to answer it from.
    fn run(&self, study: &Study) -> Vec<Draft>;
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

/// Every analysis, in the order in which a report tells them.
pub const ANALYSES: &[AnalysisKind] = &[
    kind::<need::Need>("need", "question-need", include_str!("need.md")),
    kind::<burden::Burden>("burden", "question-burden", include_str!("burden.md")),
    kind::<hotspots::HotSpotSettings>("hotspots", "question-hotspots", include_str!("hotspots.md")),
    kind::<emerging::EmergingSettings>("emerging", "question-emerging", include_str!("emerging.md")),
    kind::<clusters::ClusterSettings>("clusters", "question-clusters", include_str!("clusters.md")),
    kind::<inequality::Inequality>("inequality", "question-inequality", include_str!("inequality.md")),
    kind::<need_index::NeedIndexSettings>("need-index", "question-need-index", include_str!("need_index.md")),
    kind::<trend::Trend>("trend", "question-trend", include_str!("trend.md")),
    kind::<events::Events>("events", "question-events", include_str!("events.md")),
    kind::<outcomes::OutcomeSettings>("outcomes", "question-outcomes", include_str!("outcomes.md")),
    kind::<places::Places>("places", "question-places", include_str!("places.md")),
    kind::<hours::HoursSettings>("hours", "question-hours", include_str!("hours.md")),
    kind::<services::ServicesSettings>("services", "question-services", include_str!("services.md")),
    kind::<coverage::Coverage>("coverage", "question-coverage", include_str!("coverage.md")),
    kind::<travel::TravelSettings>("travel", "question-travel", include_str!("travel.md")),
    kind::<last_bus::LastBusSettings>("last-bus", "question-last-bus", include_str!("last_bus.md")),
    kind::<access::AccessSettings>("access", "question-access", include_str!("access.md")),
    kind::<need_access::NeedAccessSettings>("need-access", "question-need-access", include_str!("need_access.md")),
    kind::<parity::ParitySettings>("parity", "question-parity", include_str!("parity.md")),
    kind::<indicators::IndicatorSettings>("indicators", "question-indicators", include_str!("indicators.md")),
    kind::<gaps::GapSettings>("gaps", "question-gaps", include_str!("gaps.md")),
    kind::<contracts::ContractSettings>("contracts", "question-contracts", include_str!("contracts.md")),
    kind::<site::SiteSettings>("site", "question-site", include_str!("site.md")),
    kind::<what_if::WhatIfSettings>("what-if", "question-what-if", include_str!("what_if.md")),
];

/// Whether a plan that names no analysis asks it: a question about changes needs a change, a `[[scenario]]` of the plan.
pub fn asked_unnamed(kind: &AnalysisKind, scenarios: bool) -> bool {
    kind.name != WHAT_IF || scenarios
}

/// The analysis that every plan with a `[[scenario]]` asks.
pub const WHAT_IF: &str = "what-if";

/// The analysis of that name.
pub fn find(name: &str) -> Option<&'static AnalysisKind> {
    ANALYSES.iter().find(|k| k.name == name)
}

/// The cards of all analyses that this version knows.
pub fn cards() -> crate::model::Cards {
    ANALYSES.iter().map(|k| (k.name.to_owned(), k.card.to_owned())).collect()
}
