//! What a study is about: place, period, law, breaks, events, sources, sites and shapes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action_plan::ActionPlan;
use crate::model::Unanswered;
use crate::units::{AreaCode, Geography, Period};

/// The frame of the study.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Frame {
    /// The title of the report.
    pub title: String,
    /// The partnership area.
    pub area_name: String,
    /// What kind of authority leads.
    pub authority_kind: AuthorityKind,
    /// Codes of its authorities.
    pub authorities: Vec<AreaCode>,
    /// The level that areas are shown at.
    pub geography: Geography,
    /// The months studied.
    pub period: Period,
    /// Whether the data are invented: every map and page then says so.
    pub invented: bool,
    /// What is invented where the rest is not: `services`. Every document then says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub invented_part: String,
    /// Whether it is a draft: it is in no ledger of releases, and must not leave the analyst's hands.
    #[serde(default)]
    pub draft: bool,
    /// Why the ledger of releases was begun anew, each time it was: nothing is protected together with packs from before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger_begun_anew: Vec<String>,
    /// What the analyst writes for reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commentary: Vec<Commentary>,
    /// The action plan of the partnership.
    #[serde(default, skip_serializing_if = "ActionPlan::is_empty")]
    pub action_plan: ActionPlan,
    /// Why each of its actions is rated as it is, in words, by the id of the action.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
    /// By analysis, the settings by which it measures who is reached, where it does: what was measured by others is not compared with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measured: BTreeMap<String, String>,
    /// Residents of all areas, where they are known and open to everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residents: Option<f64>,
    /// Questions that were asked and have no answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Unanswered>,
}

impl Frame {
    /// `invented data`, or `services are invented`, where any are.
    pub fn invented_mark(&self) -> Option<String> {
        match self.invented_part.as_str() {
            _ if self.invented => Some("invented data".into()),
            "" => None,
            part => Some(format!("{part} are invented")),
        }
    }

    /// The same for a line of its own, on every map, table and page.
    pub fn invented_notice(&self) -> Option<String> {
        match self.invented_part.as_str() {
            _ if self.invented => Some("Invented data: no such place and no such people".into()),
            "" => None,
            part => Some(format!("Part of this is invented: the {part}")),
        }
    }
}

/// A section that the analyst wrote for a report: its words and numbers are theirs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Commentary {
    /// The report: `funding-bid`.
    pub report: String,
    /// The section, in small letters: `voices`.
    pub section: String,
    /// The text, in Markdown.
    pub text: String,
}

/// The kind of authority that leads the partnership. London law differs: the safe-accommodation duty lies with the GLA.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityKind {
    /// A London borough, or the City of London.
    LondonBorough,
    /// A unitary authority.
    Unitary,
    /// A county council.
    County,
    /// A district in a county.
    District,
    /// A metropolitan district.
    Metropolitan,
    /// Several authorities in one police area.
    PoliceArea,
}
