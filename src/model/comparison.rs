//! Two packs side by side, as data: what may be said of each change, and what is not compared.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{AreaCode, Cell, Estimate, Period};

/// What changed since an earlier pack, as a report tells it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Since {
    /// The months of the earlier pack.
    pub period: Period,
    /// The comparison: of areas those changes alone that are called.
    pub comparison: Comparison,
    /// How many values were tested.
    pub tested: usize,
    /// How many of them show no clear change.
    pub no_clear_change: usize,
}

/// Two packs side by side.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Why nothing is compared; empty where something is.
    pub refused: Vec<Differs>,
    /// Findings that are not compared, and why.
    pub not_compared: Vec<NotCompared>,
    /// Ids of findings that only the first pack has.
    pub only_before: Vec<String>,
    /// Ids of findings that only the second pack has.
    pub only_after: Vec<String>,
    /// Values side by side.
    pub changes: Vec<Change>,
    /// Gaps whose verdict or size changed.
    pub gaps: Vec<GapChange>,
    /// Services that started, ended or changed their state.
    pub services: Vec<ServiceChange>,
    /// Months that both packs count, and differently.
    pub restated: Vec<Restated>,
    /// The share of false discoveries among changes that are called.
    pub called_at: f64,
}

/// Something that differs, as each pack has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Differs {
    /// What differs.
    pub what: Unlike,
    /// In the first pack.
    pub before: String,
    /// In the second.
    pub after: String,
}

/// A finding that is not compared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotCompared {
    /// Its id.
    pub id: String,
    /// Why.
    pub because: Differs,
}

/// What may be said of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Higher, more than chance would make it.
    Higher,
    /// Lower, more than chance would make it.
    Lower,
    /// Within what chance makes.
    NoClearChange,
    /// Another value of something that is no sample: residents in reach, capacity.
    Changed,
    /// The same value.
    Same,
    /// A break in recording lies between.
    Break,
    /// The months of the two overlap: they are no two samples.
    Overlap,
    /// Withheld, missing or not applicable in one of them.
    NotKnown,
}

/// A value in both packs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// The finding.
    pub id: String,
    /// The row: an area, a class, a group; empty for the whole.
    pub row: String,
    /// The area, where the row is one.
    pub area: Option<AreaCode>,
    /// What the value counts.
    pub unit: String,
    /// In the first pack.
    pub before: Cell<f64>,
    /// In the second.
    pub after: Cell<f64>,
    /// Limits in the first pack.
    pub before_limits: Option<Estimate>,
    /// Limits in the second.
    pub after_limits: Option<Estimate>,
    /// After over before, with limits.
    pub ratio: Option<Estimate>,
    /// p of no change; among areas adjusted for their number.
    pub p: Option<f64>,
    /// What may be said.
    pub said: Said,
}

/// A month that both packs count, and differently.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Restated {
    /// The finding.
    pub id: String,
    /// How many months differ.
    pub months: usize,
    /// Sum of those months in the first pack.
    pub before: u64,
    /// In the second.
    pub after: u64,
}

/// What differs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unlike {
    /// The form of the document.
    Form,
    /// The version of the program.
    Engine,
    /// Whom the packs are for.
    Tier,
    /// The rule for small counts.
    Rule,
    /// The authorities.
    Authorities,
    /// The level of the areas.
    Geography,
    /// The areas, or their shapes.
    Boundaries,
    /// How many months are studied, or counted.
    PeriodLength,
    /// The order: the second pack is of earlier months.
    Order,
    /// Invented data beside real data.
    Invented,
    /// A draft, that no ledger protects.
    Draft,
    /// How the analysis works.
    Method,
    /// What is counted, or for whom.
    Definition,
    /// A setting, such as how far is too far.
    Setting,
    /// The sources.
    Sources,
    /// The form of the answer.
    Shape,
    /// This form of answer has no comparison yet.
    NoMethod,
}

impl Unlike {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Unlike::Form => "the form of the document",
            Unlike::Engine => "the version of the program",
            Unlike::Tier => "whom the packs are for",
            Unlike::Rule => "the rule for small counts",
            Unlike::Authorities => "the authorities",
            Unlike::Geography => "the level of the areas",
            Unlike::Boundaries => "the boundaries",
            Unlike::PeriodLength => "the number of months",
            Unlike::Order => "the order of the months",
            Unlike::Invented => "invented data beside real data",
            Unlike::Draft => "a draft",
            Unlike::Method => "the method",
            Unlike::Definition => "what is counted",
            Unlike::Setting => "a setting",
            Unlike::Sources => "the sources",
            Unlike::Shape => "the form of the answer",
            Unlike::NoMethod => "there is no comparison of such answers",
        }
    }
}

/// What became of a gap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GapMove {
    /// It was none, and is one.
    Opened,
    /// More people than before.
    Widened,
    /// Fewer people than before.
    Narrowed,
    /// It was one, and is none.
    Closed,
    /// It was not known, and is one.
    NowKnown,
    /// It was not known, and is none.
    Settled,
    /// It was known, and is not known any more: not closed.
    NoLongerKnown,
    /// It is measured by another standard: not compared.
    OtherStandard,
}

/// A gap whose verdict or size changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GapChange {
    /// Id of the gap.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// Whom it is about.
    pub who: String,
    /// What became of it.
    pub became: GapMove,
    /// People in the first pack.
    pub before: Cell<u64>,
    /// People in the second.
    pub after: Cell<u64>,
    /// What they are.
    pub unit: String,
}

/// What became of a service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceMove {
    /// It runs, and did not run or was not listed.
    Started,
    /// It ran, and does not run any more.
    Ended,
    /// It ran, and is not listed any more: whether it ended is not known.
    NoLongerListed,
}

/// A service that started or ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServiceChange {
    /// Its name.
    pub name: String,
    /// Who runs it.
    pub provider: String,
    /// What became of it.
    pub became: ServiceMove,
}
