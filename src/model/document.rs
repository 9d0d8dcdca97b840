//! `findings.json`: one document from which every map, chart, table and sentence is drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::comparison::Since;
use super::finding::{Finding, Method};
use super::frame::Frame;
use super::ledger_line::ReleasedLine;
use super::marked::SeriesBreak;
use super::policy::ReleasePolicy;
use super::public::{Outline, PublicPlace, PublicSite};
use super::restricted::RestrictedSource;
use super::sources_named::SourceLine;
use crate::model::Door;
use crate::units::{AreaCode, Sensitivity};

/// The version of this document that the program writes and reads.
pub const VERSION: u32 = 2;

/// The whole document.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Findings {
    /// [`VERSION`].
    pub version: u32,
    /// Version of the program that wrote it.
    pub engine: String,
    /// What the study is about.
    pub frame: Frame,
    /// How restricted numbers were released.
    pub policy: ReleasePolicy,
    /// The sources.
    pub sources: Vec<SourceLine>,
    /// Rows read, kept and set aside, as released.
    pub ledger: Vec<ReleasedLine>,
    /// Known breaks in the series.
    pub breaks: Vec<SeriesBreak>,
    /// The findings, analysis by analysis.
    pub findings: Vec<Finding>,
    /// Every count of the restricted sources of events that the pack prints or withholds, with what it counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restricted: Vec<RestrictedSource>,
    /// What changed since the pack that the plan names as the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// The methods of the analyses that ran.
    pub methods: Vec<Method>,
    /// Public sites of services.
    pub sites: Vec<PublicSite>,
    /// Services that the plan calls public although they sound confidential, with its reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_places: Vec<PublicPlace>,
    /// Headings of catalogues that the plan calls harmless: what stands under them keeps no place back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harmless_columns: Vec<String>,
    /// Shapes of the areas, sorted by code.
    pub outlines: Vec<Outline>,
}

impl Findings {
    /// Whether anything in it was released by the policy.
    pub fn any_restricted(&self) -> bool {
        self.findings.iter().any(|f| f.release.door == Door::Policy)
            || !self.restricted.is_empty()
            || self.sources.iter().any(|s| s.sensitivity == Sensitivity::Restricted)
    }

    /// How small numbers are protected, in a sentence: by the policy where anything in the pack is restricted.
    pub fn protection(&self) -> String {
        if self.any_restricted() {
            self.policy.sentence()
        } else {
            "No source of counts is restricted: they are as their sources publish them. What services keep secret is withheld all the same."
                .into()
        }
    }

    /// The outline of an area. They are sorted by code; in a document that somebody sorted otherwise it is found, too.
    pub fn outline(&self, code: AreaCode) -> Option<&Outline> {
        let sorted = self.outlines.binary_search_by_key(&code, |o| o.code).ok();
        sorted.map_or_else(|| self.outlines.iter().find(|o| o.code == code), |at| self.outlines.get(at))
    }

    /// The finding of an id.
    pub fn find(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|f| f.id == id)
    }

    /// What a reader calls some sources, each once.
    pub fn source_titles<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> Vec<String> {
        let title = |name: &String| {
            self.sources.iter().find(|s| s.name == *name).filter(|s| !s.title.is_empty()).map_or_else(|| name.clone(), |s| s.title.clone())
        };
        let mut titles: Vec<String> = Vec::new();
        for title in names.into_iter().map(title) {
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }

    /// Attributions of the sources of a finding, each once.
    pub fn attributions(&self, finding: &Finding) -> Vec<&str> {
        let named = |s: &&SourceLine| finding.sources.contains(&s.name) || s.kind == "boundaries";
        let mut list: Vec<&str> = self.sources.iter().filter(named).filter_map(|s| s.attribution.as_deref()).collect();
        // The sentence for boundaries usually contains the one for the census: the longer one says both.
        let all = list.clone();
        list.retain(|text| !all.iter().any(|other| other.len() > text.len() && other.contains(text.trim_end_matches('.'))));
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|text| seen.insert(*text));
        list
    }
}
