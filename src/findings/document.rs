//! `findings.json`: one document from which every map, chart, table and sentence is drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::counted::Counted;
use super::ledger::ReleasedLine;
use super::policy::ReleasePolicy;
use super::release::Pack;
use super::restricted::RestrictedSource;
use super::tiers::Tier;
use crate::analyses::{ANALYSES, Figure, body::Body};
use crate::study::{AuthorityKind, PublicPlace, SeriesBreak, ServiceState, Study};
use crate::units::{AreaCode, Cell, Geography, Period, Polarity, Sensitivity};

/// The version of this document that the program writes and reads.
pub const VERSION: u32 = 1;

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
    /// Whether it is a draft: it is in no ledger of releases, and must not leave the analyst's hands.
    #[serde(default)]
    pub draft: bool,
    /// Why the ledger of releases was begun anew, each time it was: nothing is protected together with packs from before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger_begun_anew: Vec<String>,
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

impl Method {
    /// The card of an analysis that this version knows.
    pub fn card_of(analysis: &str) -> Option<&'static str> {
        ANALYSES.iter().find(|k| k.name == analysis).map(|k| k.card)
    }

    /// The cards of all analyses that this version knows.
    pub fn cards() -> impl Iterator<Item = &'static str> {
        ANALYSES.iter().map(|k| k.card)
    }
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
    /// Polygons; of each, the outer ring and then the holes; of each ring, corners as east, north, the last one not repeated.
    pub polygons: Vec<Vec<Vec<(i32, i32)>>>,
}

impl Findings {
    /// The document of a study and its pack.
    pub fn of(study: &Study, policy: &ReleasePolicy, pack: Pack) -> Self {
        let about = &study.about;
        let position = |name: &str| study.sources.iter().position(|s| s.name == name);
        // A line whose source is not found is treated as restricted.
        let sensitivity = |name: &str| position(name).map_or(Sensitivity::Restricted, |i| study.sources[i].sensitivity);
        // Rows are events unless a column counts them: then the number of rows is a number of its own.
        let events = |name: &str| {
            let dataset = study.datasets.iter().find(|d| Some(d.source) == position(name))?;
            let line = study.ledger.iter().find(|l| l.source == name)?;
            let same = dataset.total(&Default::default()) == line.kept;
            Some(pack.totals.get(&dataset.source).copied().filter(|_| same).unwrap_or(Cell::Withheld))
                .filter(|_| sensitivity(name) == Sensitivity::Restricted)
        };
        let rule = policy.rule();
        let ledger = study.ledger.iter().map(|line| ReleasedLine::of(line, sensitivity(&line.source), &rule, events(&line.source)));
        let ledger = ledger.collect();
        // What a restricted catalogue lists is not for everybody, even where its address is no secret.
        let may_list = |source: usize| policy.tier != Tier::Public || study.sources[source].sensitivity == Sensitivity::Open;
        let last_day = about.period.last.last_day();
        let sites = study.catalogue.public.iter().filter(|s| may_list(s.source)).flat_map(|s| {
            let state = s.state_on(&last_day);
            s.sites.iter().map(move |site| PublicSite {
                service: s.id.clone(),
                name: s.name.clone(),
                types: s.types.clone(),
                easting_m: site.bng.easting_m.round() as i32,
                northing_m: site.bng.northing_m.round() as i32,
                state,
            })
        });
        let sources = study.sources.iter().map(|s| SourceLine {
            name: s.name.clone(),
            kind: s.kind.into(),
            sensitivity: s.sensitivity,
            attribution: s.attribution.clone(),
            files: vec![],
        });
        Self {
            version: VERSION,
            engine: env!("CARGO_PKG_VERSION").into(),
            frame: Frame {
                title: about.title.clone(),
                area_name: about.area_name.clone(),
                authority_kind: about.authority_kind,
                authorities: about.authorities.clone(),
                geography: about.geography,
                period: about.period,
                invented: about.invented,
                draft: false,
                ledger_begun_anew: vec![],
            },
            policy: policy.clone(),
            sources: sources.collect(),
            ledger,
            breaks: study.breaks.clone(),
            findings: vec![],
            restricted: pack.restricted,
            methods: vec![],
            sites: sites.collect(),
            // What a restricted catalogue lists is named to nobody who may not read it.
            public_places: study
                .public_places
                .iter()
                .filter(|p| study.catalogue.public.iter().any(|s| s.id == p.id && s.sources().into_iter().all(&may_list)))
                .cloned()
                .collect(),
            outlines: study.areas.list.iter().map(|a| outline(a.code, &a.name, &a.shape)).collect(),
        }
        .with(pack.findings)
    }

    /// Adds findings and the methods that they came by.
    fn with(mut self, findings: Vec<Finding>) -> Self {
        for kind in ANALYSES.iter().filter(|k| findings.iter().any(|f| f.analysis == k.name)) {
            self.methods.push(Method { analysis: kind.name.into(), question: kind.question.into(), card: kind.card.into() });
        }
        self.findings = findings;
        // Words from data may give two questions one id: figures and tables are found by it, so each has its own.
        let mut taken = std::collections::BTreeSet::new();
        for finding in &mut self.findings {
            let id = std::mem::take(&mut finding.id);
            let mut names = std::iter::once(id.clone()).chain((2..).map(|n| format!("{id}-{n}")));
            finding.id = names.find(|name| taken.insert(name.clone())).unwrap_or(id.clone());
        }
        self
    }

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

/// A shape in whole metres. Corners that fall together are merged; a ring that is left with fewer than three is dropped.
fn outline(code: AreaCode, name: &str, shape: &geo::MultiPolygon<f64>) -> Outline {
    let ring = |ring: &geo::LineString<f64>| {
        let mut corners: Vec<(i32, i32)> = ring.coords().map(|c| (c.x.round() as i32, c.y.round() as i32)).collect();
        corners.dedup();
        if corners.first() == corners.last() {
            corners.pop();
        }
        corners
    };
    let polygon = |p: &geo::Polygon<f64>| -> Vec<Vec<(i32, i32)>> {
        std::iter::once(p.exterior()).chain(p.interiors()).map(ring).filter(|r| r.len() > 2).collect()
    };
    Outline { code, name: name.into(), polygons: shape.iter().map(polygon).filter(|p| !p.is_empty()).collect() }
}
