//! `findings.json`: one document from which every map, chart, table and sentence is drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::comparison::Since;
use super::counted::Counted;
use super::figure::Figure;
use super::frame::{Frame, Outline, PublicPlace, PublicSite, SeriesBreak, SourceLine};
use super::ledger_line::ReleasedLine;
use super::policy::ReleasePolicy;
use super::restricted::RestrictedSource;
use crate::units::{AreaCode, Period, Polarity, Sensitivity};

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
    /// Shapes of the areas, sorted by code.
    pub outlines: Vec<Outline>,
}

/// An answer, as released.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Unique and stable: `trend/police/violence-and-sexual-offences`.
    pub id: String,
    /// The analysis.
    pub analysis: String,
    /// The message.
    pub headline: String,
    /// Measure, geography and period.
    pub subtitle: String,
    /// Sentences for a report.
    pub sentences: Vec<String>,
    /// What the numbers are and are not.
    pub caveats: Vec<String>,
    /// `recorded`, `proxy`, `self-reported`, `population` or `estimate`.
    pub status: String,
    /// What a rise means.
    pub polarity: Polarity,
    /// The months it covers.
    pub period: Period,
    /// Names of its sources.
    pub sources: Vec<String>,
    /// How it was released, and why so.
    pub release: ReleaseNote,
    /// What its counts of restricted events count: one for all, or one for each column, row or cell of the table that they were released in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// Numbers that the sentences say and the body does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// The numbers.
    pub body: Body,
}

/// How a finding was released.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReleaseNote {
    /// Which door.
    pub door: Door,
    /// Why.
    pub because: String,
    /// How many cells were withheld.
    pub withheld: usize,
    /// What counts were rounded to; 1 where they were not.
    pub rounded_to: u64,
}

/// The two doors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// All sources are open: released as published.
    Open,
    /// A restricted source is involved: released by the policy.
    Policy,
}

/// The card of an analysis.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// The analysis.
    pub analysis: String,
    /// Its question.
    pub question: String,
    /// Its card, in Markdown.
    pub card: String,
}

impl Findings {
    /// The bytes of `findings.json`.
    pub fn written(&self) -> Vec<u8> {
        // The document holds plain values and maps with text keys: nothing in it can fail to be written.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Whether anything in it was released by the policy.
    pub fn any_restricted(&self) -> bool {
        self.findings.iter().any(|f| f.release.door == Door::Policy)
            || !self.restricted.is_empty()
            || self.sources.iter().any(|s| s.sensitivity == Sensitivity::Restricted)
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
