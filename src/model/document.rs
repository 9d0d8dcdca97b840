//! `findings.json`: one document from which every map, chart, table and sentence is drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::by_area::{AreaFigures, AreaMeasure};
use super::comparison::Since;
use super::counted::Counted;
use super::figure::Figure;
use super::frame::{Frame, Outline, PublicPlace, PublicSite, SeriesBreak, SourceLine};
use super::ledger_line::ReleasedLine;
use super::packed::{Packer, Unpacker};
use super::policy::ReleasePolicy;
use super::restricted::RestrictedSource;
use crate::units::{AreaCode, Period, Polarity, Sensitivity};

/// The version of this document that the program writes and reads.
pub const VERSION: u32 = 2;

/// Studies of more areas have their long tables by column.
const MOST_AREAS_AS_ROWS: usize = 1_000;
/// How they are written, in the member `packed`.
const PACKED: u32 = 1;

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

impl Finding {
    /// What it tells of each area by a measure; `None` where its shape holds no such number.
    pub fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        self.body.shape().by_area(measure)
    }
}

impl Findings {
    /// The bytes of `findings.json`. Of a study of more than 1,000 areas its long tables are written by column, and the document says so in its member
    /// `packed`; [`Findings::read`] reads both.
    pub fn written(&self) -> Vec<u8> {
        if self.outlines.len() > MOST_AREAS_AS_ROWS {
            return self.written_by_column().unwrap_or_default();
        }
        // The document holds plain values and maps with text keys: nothing in it can fail to be written.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Finding by finding, so that no more than one of them is held a second time.
    fn written_by_column(&self) -> serde_json::Result<Vec<u8>> {
        let mut packer = Packer::default();
        let mut frame = serde_json::to_value(self.without_findings())?;
        let outlines = frame.get_mut("outlines").map(serde_json::Value::take).unwrap_or_default();
        let outlines = packer.pack(outlines);
        let findings = self.findings.iter().map(|f| Ok(packer.pack(serde_json::to_value(f)?)));
        let findings = findings.collect::<serde_json::Result<Vec<_>>>()?;
        if let Some(members) = frame.as_object_mut() {
            members.insert("outlines".into(), outlines);
            members.insert("findings".into(), findings.into());
            members.insert("packed".into(), PACKED.into());
        }
        let mut bytes = serde_json::to_vec(&frame)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn without_findings(&self) -> Self {
        Self {
            version: self.version,
            engine: self.engine.clone(),
            frame: self.frame.clone(),
            policy: self.policy.clone(),
            sources: self.sources.clone(),
            ledger: self.ledger.clone(),
            breaks: self.breaks.clone(),
            findings: vec![],
            restricted: self.restricted.clone(),
            since: self.since.clone(),
            methods: self.methods.clone(),
            sites: self.sites.clone(),
            public_places: self.public_places.clone(),
            outlines: self.outlines.clone(),
        }
    }

    /// Reads what [`Findings::written`] wrote.
    ///
    /// # Errors
    /// Where the bytes are no such document.
    pub fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        if memchr::memmem::find(bytes, b"\"packed\"").is_none() {
            return serde_json::from_slice(bytes);
        }
        let mut document: serde_json::Value = serde_json::from_slice(bytes)?;
        let members = document.as_object_mut().and_then(|m| m.remove("packed").filter(|p| *p == PACKED).map(|_| m));
        let Some(members) = members else { return serde_json::from_slice(bytes) };
        let mut unpacker = Unpacker::default();
        // Columns are numbered over the outlines first.
        for name in ["outlines", "findings"] {
            let packed = members.remove(name).unwrap_or_default();
            let Some(rows) = unpacker.unpack(packed) else {
                return Err(serde::de::Error::custom(format!("`{name}` holds a table that cannot be read")));
            };
            members.insert(name.into(), rows);
        }
        serde_json::from_value(document)
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
