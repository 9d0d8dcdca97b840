//! In what two packs, or two findings, are unlike.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// How many people live there, by the table of residents.
    Residents,
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
            Unlike::Residents => "the number of residents",
            Unlike::Setting => "a setting",
            Unlike::Sources => "the sources",
            Unlike::Shape => "the form of the answer",
            Unlike::NoMethod => "there is no comparison of such answers",
        }
    }
}
