//! `[study]` of the plan: the place, the period and the frame.

use schemars::JsonSchema;
use serde::Deserialize;

use super::placing::PlaceBy;
use super::provision::ReachSettings;
use super::scenario::Scenario;
use crate::model::{AuthorityKind, MarkedEvent, PublicPlace, SeriesBreak};
use crate::units::{AreaCode, Geography, Month, Period};

/// `[study]`: the place, the period and the frame.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StudySettings {
    /// The title of the report.
    pub title: String,
    /// The name of the partnership area, as a sentence would say it: `Bedfordshire`.
    pub area_name: String,
    /// What kind of authority leads: the legal frame of the report follows it.
    pub authority_kind: AuthorityKind,
    /// Codes of the local authorities that make up the area.
    pub authorities: Vec<AreaCode>,
    /// The level that areas are shown at: the boundaries of this level must be among the sources.
    #[serde(default = "lsoa")]
    pub geography: Geography,
    /// First and last month; without it, the months that the incident sources hold.
    pub period: Option<Period>,
    /// What decides where an event lies when its row carries both a code and a point.
    #[serde(default)]
    pub place_by: PlaceBy,
    /// Breaks in recording that the register does not know, such as a local change of system.
    #[serde(default)]
    pub breaks: Vec<SeriesBreak>,
    /// Events to look back at: a campaign, a new service, a new lighting scheme.
    #[serde(default, rename = "event")]
    pub events: Vec<MarkedEvent>,
    /// Types of service of which the catalogue lists every one: without one in reach, there is none, and not *not known*.
    #[serde(default)]
    pub catalogue_complete: Vec<String>,
    /// Pairs of ids of services that are one in two directories: the first record stands, and what it leaves open is taken from the other.
    #[serde(default)]
    pub same_service: Vec<[String; 2]>,
    /// Pairs of ids of services that are two, however alike their records are: `assurance` then asks nobody.
    #[serde(default)]
    pub different_services: Vec<[String; 2]>,
    /// How far is too far, for every analysis that looks at services.
    #[serde(default)]
    pub reach: ReachSettings,
    /// The month at whose end services are looked at, by every analysis; the last month studied without it.
    pub as_of: Option<Month>,
    /// Services that sound confidential and are not: anybody may know where they are. The only way to say so.
    #[serde(default, rename = "public-place")]
    pub public_places: Vec<PublicPlace>,
    /// Headings of catalogues that say nothing of whether a place may be told, though nobody knows them: answers under others keep a place back. A class
    /// or a kind of place is named with its value: `Location type: GP surgery`.
    #[serde(default)]
    pub harmless_columns: Vec<String>,
    /// Areas of other authorities whose residents live within so many metres of one of the study's take part as need, where the boundaries and
    /// population tables hold them.
    #[serde(default = "five_km")]
    pub buffer_m: f64,
    /// The findings of the pack before this one, as the plan would write its path: reports then tell what changed since.
    pub previous: Option<String>,
    /// Keeps every pack under `packs/` by the quarter that it ends with, beside the latest in `out/`. Without it a pack goes there when one of other months
    /// takes its place.
    #[serde(default)]
    pub keep_packs: bool,
    /// True where the data are invented: every map and page then says so. Where a part of them is, what it is, such as `"services"`: every document
    /// then says so.
    #[serde(default)]
    pub invented: Invented,
    /// Seed of everything random.
    #[serde(default)]
    pub seed: u64,
    /// `[[scenario]]` of the plan: changes to try.
    #[serde(skip)]
    pub scenarios: Vec<Scenario>,
}

/// Whether the data are invented, or which part of them.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Invented {
    /// All, or nothing.
    All(bool),
    /// What is invented, in a word or two, while the rest is not.
    Part(String),
}

impl Default for Invented {
    fn default() -> Self {
        Self::All(false)
    }
}

impl Invented {
    /// Whether all is invented.
    pub fn all(&self) -> bool {
        *self == Self::All(true)
    }

    /// What is invented, where the rest is not; empty where there is no such part.
    pub fn part(&self) -> &str {
        match self {
            Self::Part(part) => part.trim(),
            Self::All(_) => "",
        }
    }
}

fn five_km() -> f64 {
    5_000.0
}

fn lsoa() -> Geography {
    Geography::Lsoa
}
