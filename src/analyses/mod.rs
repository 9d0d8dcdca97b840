//! ASK: one question per file, each a pure function of the study.
//!
//! An analysis gives [`Draft`]s: full precision, for no one to see. How its numbers are told is a plain function of what the
//! release lets through, so no sentence can hold a number that was withheld.

mod access;
mod burden;
mod by_area;
mod change;
mod clusters;
mod coverage;
mod draft;
mod events;
mod gaps;
mod hotspots;
mod hours;
mod indicator;
mod inequality;
mod largest;
mod need;
mod need_access;
mod need_index;
mod parity;
mod places;
mod said;
mod series;
mod services;
mod site;
mod travel;
mod trend;
mod unanswered;
mod what_if;
mod words;

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::model::Figure;
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
    /// Its question, in one line.
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
    kind::<need::Need>("need", "How many people would one expect to have been harmed, told or not?", include_str!("need.md")),
    kind::<burden::Burden>("burden", "How much is recorded, where, and how sure can we be?", include_str!("burden.md")),
    kind::<hotspots::HotSpotSettings>(
        "hotspots",
        "Where are rates high together, and is it more than chance?",
        include_str!("hotspots.md"),
    ),
    kind::<clusters::ClusterSettings>(
        "clusters",
        "Is more recorded somewhere than chance would put there, and is it new?",
        include_str!("clusters.md"),
    ),
    kind::<inequality::Inequality>("inequality", "Does more happen where people are poorer?", include_str!("inequality.md")),
    kind::<need_index::NeedIndexSettings>("need-index", "Where do signs of need come together?", include_str!("need_index.md")),
    kind::<trend::Trend>("trend", "Is it changing, or is it noise?", include_str!("trend.md")),
    kind::<events::Events>("events", "Did it change with what was done?", include_str!("events.md")),
    kind::<places::Places>("places", "Where, when and why do people feel unsafe in public?", include_str!("places.md")),
    kind::<hours::HoursSettings>("hours", "When do people need help, and what is open then?", include_str!("hours.md")),
    kind::<services::ServicesSettings>("services", "What is there, and where?", include_str!("services.md")),
    kind::<coverage::Coverage>("coverage", "Who lives within reach of each kind of service?", include_str!("coverage.md")),
    kind::<travel::TravelSettings>("travel", "How far is it to the nearest site?", include_str!("travel.md")),
    kind::<access::AccessSettings>(
        "access",
        "How much service is there for each person, with all who share it?",
        include_str!("access.md"),
    ),
    kind::<need_access::NeedAccessSettings>("need-access", "Where is need high and little in reach?", include_str!("need_access.md")),
    kind::<parity::ParitySettings>("parity", "Who is not reached?", include_str!("parity.md")),
    kind::<gaps::GapSettings>("gaps", "What is missing, for whom, and how sure are we?", include_str!("gaps.md")),
    kind::<site::SiteSettings>("site", "Where would one more service help most?", include_str!("site.md")),
    kind::<what_if::WhatIfSettings>("what-if", "What would a change of services do, and for whom?", include_str!("what_if.md")),
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
