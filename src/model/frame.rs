//! What a study is about: place, period, law, breaks, events, sources, sites and shapes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::action_plan::ActionPlan;
use crate::units::{AreaCode, Geography, Month, Period, Sensitivity};

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

/// A question that was asked and has no answer: it is told, and not left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unanswered {
    /// The analysis.
    pub analysis: String,
    /// Its question.
    pub question: String,
    /// Why there is no answer.
    pub because: String,
    /// What would give one.
    pub next_step: String,
}

/// A source.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// How it may be released.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for.
    pub attribution: Option<String>,
    /// Its files.
    pub files: Vec<InputFile>,
}

/// A file that was read. Of a published one anyone can tell whether it was this one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// Its path as the plan writes it.
    pub path: String,
    /// Its size. Given of open data only that are no catalogue and no return: it would tell how many rows there are.
    pub bytes: Option<u64>,
    /// SHA-256, in hexadecimal. Given of the same files only: whoever guesses what stands in a file can tell from it when the guess is right.
    pub sha256: Option<String>,
}

/// `[[study.public-place]]`: a service whose place is public although its record, or that of its organisation, sounds confidential.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublicPlace {
    /// Its id in the catalogue.
    pub id: String,
    /// How it is known that anybody may know where it is. It is printed beside the ledger.
    pub because: String,
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

/// A month from which counts are not comparable with those before.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesBreak {
    /// The first month of the new way of recording.
    pub first_month: Month,
    /// What happened, in a few words.
    pub title: String,
    /// What it means for the series.
    #[serde(default)]
    pub detail: String,
    /// Who says so, and when.
    #[serde(default)]
    pub source: String,
    /// Names of the sources of the plan that it touches; all incident sources where the list is empty.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Categories that it touches, as the sources write them; all where the list is empty.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// Whether a service is there on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// It runs.
    Running,
    /// Its contract has not begun.
    Planned,
    /// Closed for a while, or not running now.
    Paused,
    /// Its contract is over, or it has closed.
    Ended,
}

/// A public site of a service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PublicSite {
    /// Id of the service.
    pub service: String,
    /// Its name.
    pub name: String,
    /// Ids of its types.
    pub types: Vec<String>,
    /// Metres east on the National Grid.
    pub easting_m: i32,
    /// Metres north on the National Grid.
    pub northing_m: i32,
    /// Whether it is there on the last day of the study.
    pub state: ServiceState,
}

/// The shape of an area in whole metres on the National Grid.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Outline {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Names of larger places that it lies in, such as its ward: what people look for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    /// Polygons; of each, the outer ring and then the holes; of each ring, corners as east, north, the last one not repeated.
    pub polygons: Vec<Vec<Vec<(i32, i32)>>>,
}

/// `[[study.event]]`: something that was done, such as a campaign or a new lighting scheme, whose trace in the counts is looked for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MarkedEvent {
    /// What was done, in a few words: `16 Days of Activism`.
    pub name: String,
    /// Its first month.
    pub first_month: Month,
    /// Its last month; without one, it goes on.
    pub last_month: Option<Month>,
    /// Codes of the areas where it was done, of the level of the study: the others are what it is compared with. Without them, all of the partnership, and no comparator.
    #[serde(default)]
    pub areas: Vec<AreaCode>,
}

impl MarkedEvent {
    /// Whether it was going on.
    pub fn during(&self, month: Month) -> bool {
        month >= self.first_month && self.last_month.is_none_or(|last| month <= last)
    }
}
