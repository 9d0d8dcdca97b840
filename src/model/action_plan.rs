//! The action plan of a partnership: what is to be done, by whom and when, who is trained, and whom services still reach less.
//!
//! The analyst writes it; nothing in it is counted by the engine. Where an action names an indicator that the engine has, its progress is worked
//! out from the released value; where it does not, the analyst's own words stand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Month;

/// The plan.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ActionPlan {
    /// Its actions, in their order.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Training on offer.
    #[serde(default)]
    pub training: Vec<Training>,
    /// Groups and areas that services reach less, and how they are approached.
    #[serde(default)]
    pub engagement: Vec<Engagement>,
}

impl ActionPlan {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.training.is_empty() && self.engagement.is_empty()
    }
}

/// `[[action]]`: what is to be done.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Action {
    /// Its id: `A1`.
    pub id: String,
    /// What it is meant to change.
    pub objective: String,
    /// Theme: `prevent`, `support`, `perpetrators` or `trust`.
    pub theme: String,
    /// The gap that it would close, as the register names it: `distance/one-stop-shop`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gap: String,
    /// The indicator that shows it, by its id: `q-safe-dark`. Words, where it is none of the engine's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicator: String,
    /// The value to begin from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
    /// The month of that value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_month: Option<Month>,
    /// The value hoped for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// The month by whose end it should be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Month>,
    /// The role that answers for it; never a person's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// What is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Dates on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// The latest value, entered where the engine does not have the indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<f64>,
    /// How it goes, entered where it cannot be worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Why it is rated so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A date on the way.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Milestone {
    /// Its month.
    pub month: Month,
    /// What: `16 Days of Activism`.
    pub what: String,
    /// Whether it is behind us.
    #[serde(default)]
    pub done: bool,
}

/// `[[training]]`: an offer of training.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Training {
    /// Its name.
    pub name: String,
    /// For whom: front-line staff, other professionals, the public.
    pub audience: String,
    /// How many have taken part.
    pub trained: u64,
    /// How many could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligible: Option<u64>,
    /// Up to which month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Month>,
}

/// `[[engagement]]`: people whom services reach less, and how they are approached.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Engagement {
    /// Which group or area.
    pub who: String,
    /// Why it is thought that services reach fewer of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// In which language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// By which way: a women's group, a clinic, a school.
    pub channel: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// Who answers for it: a role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
}

/// How an action goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// The target is reached.
    Reached,
    /// As far on as the time that has gone by.
    OnCourse,
    /// Moving, and less far on than the time that has gone by.
    Behind,
    /// Chance alone could have moved it so far.
    NoClearChange,
    /// Moving away from the target.
    MovingAway,
    /// Not begun.
    NotStarted,
    /// The data do not tell.
    CannotBeTold,
}

impl Rating {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Rating::Reached => "Target reached",
            Rating::OnCourse => "On course",
            Rating::Behind => "Behind",
            Rating::NoClearChange => "No clear change",
            Rating::MovingAway => "Moving away",
            Rating::NotStarted => "Not started",
            Rating::CannotBeTold => "Cannot be told",
        }
    }
}
