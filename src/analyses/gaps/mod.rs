//! The map of gaps: eighteen tests, one file each, named once in [`GAP_TESTS`].

mod awareness;
mod by_and_for;
mod capacity;
mod digital;
mod distance;
mod eligibility;
mod evidence;
mod existence;
mod form;
mod found;
mod from_need;
mod ground;
mod hours;
mod language;
mod last_bus;
mod pathway;
mod people;
mod physical_access;
mod pieces;
mod quality;
mod rank;
mod records;
mod register;
mod risk;
mod standards;
mod sustainability;
mod unlooked;
mod waiting;

use std::collections::BTreeMap;

use found::Found;
use ground::Ground;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead};
use super::need::prevalences;
use super::travel::trips_lost;
use super::words::slug;
use crate::model::{Text, Verdict};
use crate::msg;
use crate::sources::service_type;
use crate::study::{Asked, Provision, Service, Study};
use crate::units::{Month, Polarity};
pub(super) use ground::{AGES, age_share, shares_by_age};

/// The settings of a `gaps` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GapSettings {
    /// How far is too far, in metres of a straight line, where it is not that of `[study.reach]`.
    pub reach_m: Option<f64>,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured, where it is not that of `[study.reach]`: `straight-line`, or a mode of the plan's travel times.
    pub by: Option<String>,
    /// Straight lines are taken to be so many times as long, where it is not that of `[study.reach]`.
    pub detour: Option<f64>,
    /// With travel times, how many minutes are too far, where it is not that of `[study.reach]`.
    pub reach_minutes: Option<f64>,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// A contract that ends within so many months is about to end.
    pub months_ahead: u16,
}

impl Default for GapSettings {
    fn default() -> Self {
        Self { reach_m: None, reach_m_by_type: BTreeMap::new(), by: None, detour: None, reach_minutes: None, as_of: None, months_ahead: 6 }
    }
}

impl GapSettings {
    fn asked(&self) -> Asked {
        Asked {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            detour: self.detour,
            reach_minutes: self.reach_minutes,
            as_of: self.as_of,
        }
    }
}

/// A test: one way in which a service can fail to be there.
pub struct GapTest {
    /// The dimension of a gap.
    pub id: &'static str,
    /// Its name, for people.
    pub label: &'static str,
    /// What it asks, when it says gap, no gap or not known, and what it cannot tell; in Markdown.
    pub card: &'static str,
    /// Whether it rests on ways to doors that were worked out before, which no scenario has.
    rests_on_doors: bool,
    /// Everything it looks at, with what it says of it.
    look: fn(&Ground) -> Vec<Found>,
}

impl GapTest {
    /// Whether it asks how good the records are, and nothing of the services: a service that somebody only thinks of has no record to be good or bad.
    fn is_of_records(&self) -> bool {
        self.id == "evidence"
    }
}

/// Every test, in the order of the dimensions of a gap (DESIGN).
pub const GAP_TESTS: &[GapTest] = &[
    GapTest { id: "existence", label: "No service", card: include_str!("existence.md"), rests_on_doors: false, look: existence::look },
    GapTest { id: "distance", label: "Too far", card: include_str!("distance.md"), rests_on_doors: false, look: distance::look },
    GapTest { id: "capacity", label: "Too little", card: include_str!("capacity.md"), rests_on_doors: false, look: capacity::look },
    GapTest { id: "waiting", label: "Full", card: include_str!("waiting.md"), rests_on_doors: false, look: waiting::look },
    GapTest { id: "hours", label: "Closed at night", card: include_str!("hours.md"), rests_on_doors: false, look: hours::look },
    GapTest { id: "last-bus", label: "No bus then", card: include_str!("last_bus.md"), rests_on_doors: true, look: last_bus::look },
    GapTest {
        id: "eligibility",
        label: "Not for them",
        card: include_str!("eligibility.md"),
        rests_on_doors: false,
        look: eligibility::look,
    },
    GapTest {
        id: "by-and-for",
        label: "No by-and-for service",
        card: include_str!("by_and_for.md"),
        rests_on_doors: false,
        look: by_and_for::look,
    },
    GapTest { id: "language", label: "English only", card: include_str!("language.md"), rests_on_doors: false, look: language::look },
    GapTest {
        id: "physical-access",
        label: "Not accessible",
        card: include_str!("physical_access.md"),
        rests_on_doors: false,
        look: physical_access::look,
    },
    GapTest { id: "digital", label: "Online only", card: include_str!("digital.md"), rests_on_doors: false, look: digital::look },
    GapTest { id: "pathway", label: "Stage missing", card: include_str!("pathway.md"), rests_on_doors: false, look: pathway::look },
    GapTest { id: "risk", label: "Risk level missing", card: include_str!("risk.md"), rests_on_doors: false, look: risk::look },
    GapTest { id: "form", label: "Violence type missing", card: include_str!("form.md"), rests_on_doors: false, look: form::look },
    GapTest {
        id: "sustainability",
        label: "About to end",
        card: include_str!("sustainability.md"),
        rests_on_doors: false,
        look: sustainability::look,
    },
    GapTest { id: "quality", label: "Quality mark lapsed", card: include_str!("quality.md"), rests_on_doors: false, look: quality::look },
    GapTest { id: "awareness", label: "Referrals", card: include_str!("awareness.md"), rests_on_doors: false, look: awareness::look },
    GapTest { id: "evidence", label: "Out of date", card: include_str!("evidence.md"), rests_on_doors: false, look: evidence::look },
];

impl Analysis for GapSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let ground = Ground::new(study, self);
        let mut found: Vec<Found> = GAP_TESTS.iter().flat_map(|t| (t.look)(&ground)).collect();
        let unlooked = unlooked::rows(&ground, &found);
        found.extend(unlooked);
        std::iter::once(self.register(study, &ground, found))
            .chain(people::draft(&ground))
            .chain(from_need::drafts(&ground))
            .chain(records::draft(&ground))
            .collect()
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    fn measured(&self, study: &Study) -> Option<String> {
        let measured = Provision::new(study, &self.asked()).measured();
        // A test asks by the clock whatever the others measure by.
        let clock = study.transit.as_ref().map(|t| t.described()).filter(|t| !measured.contains(t));
        let months = format!("{} months ahead", self.months_ahead);
        Some(std::iter::once(measured).chain(clock).chain([months]).collect::<Vec<_>>().join(", "))
    }
}

/// What a test says of one thing, before anything of it is released.
#[derive(Clone, Debug)]
pub(super) struct Tested {
    /// Test and subject.
    pub id: String,
    /// Id of the test.
    pub dimension: &'static str,
    /// What it looked at.
    pub subject: Text,
    /// Whom it is about.
    pub who: Text,
    /// What it says.
    pub verdict: Verdict,
    /// How many people.
    pub people: Option<u64>,
    /// What these are.
    pub unit: String,
}

/// Every test of services in the register, on a study as it is or as a scenario makes it.
pub(super) fn tested(settings: &GapSettings, study: &Study) -> Vec<Tested> {
    let ground = Ground::new(study, settings);
    let told = |f: Found| Tested {
        id: f.id,
        dimension: f.dimension,
        subject: f.subject,
        who: f.who.into(),
        verdict: f.verdict,
        // A count that was withheld before it came here stays so.
        people: f.people.filter(|_| !f.people_withheld),
        unit: f.unit.label().to_owned(),
    };
    GAP_TESTS.iter().filter(|t| !t.rests_on_doors && !t.is_of_records()).flat_map(|t| (t.look)(&ground)).map(told).collect()
}

/// Columns of the table of counts: people, out of how many, need from and to, and two counts of the words.
const COLUMNS: usize = 6;

impl GapSettings {
    fn register(&self, study: &Study, ground: &Ground, found: Vec<Found>) -> Draft {
        let ten = |x: f64| (x / 10.0).round() as u64 * 10;
        let row = |f: &Found| -> Vec<Option<u64>> {
            let count = |i: usize| f.counts[i].as_ref().map(|c| c.0);
            vec![f.people, f.of, f.need.map(|n| ten(n.0)), f.need.map(|n| ten(n.1)), count(0), count(1)]
        };
        let rows: Vec<Vec<Option<u64>>> = if found.is_empty() { vec![vec![None; COLUMNS]] } else { found.iter().map(row).collect() };
        let mut table = CountTable::new(rows);
        for column in [0, 1] {
            let slices: Vec<_> = found.iter().map(|f| f.counts[column].as_ref().and_then(|c| c.1.clone())).collect();
            table = table.counting(4 + column, slices);
        }
        let of_services = study
            .catalogue
            .public
            .iter()
            .flat_map(|s| s.sources())
            .chain(study.catalogue.confidential.iter().flat_map(|s| s.sources.iter().copied()));
        let of_counts = found.iter().flat_map(|f| f.counts.iter().flatten()).filter_map(|c| c.1.as_ref()).map(|s| s.source);
        let mut sources: Vec<usize> = of_services.chain(of_counts).chain(study.areas.population_source).collect();
        sources.sort_unstable();
        sources.dedup();
        let head = DraftHead {
            id: "gaps/register".into(),
            analysis: "gaps",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: ground.period(),
            polarity: Polarity::Worse,
            status: "estimate".into(),
            caveats: [msg!("gaps-caveat-not-known"), msg!("gaps-caveat-ranks"), msg!("gaps-caveat-need")]
                .into_iter()
                .chain(trips_lost(study.transit.as_deref()))
                .chain(places_withheld(study))
                .collect(),
        };
        let facts = register::Facts {
            area_name: study.about.area_name.clone(),
            as_of: ground.provision.as_of().to_owned(),
            seed: study.about.seed,
            dimensions: GAP_TESTS.iter().map(|t| (t.id.to_owned(), t.label.to_owned())).collect(),
            offers: eligibility::offers(ground),
            found,
        };
        Draft::new(head, table, facts, register::tell)
    }
}

/// Women harmed in a year whom surveys would expect among so many aged 16 and over, lower and upper end.
fn need_of(women: f64) -> Option<(f64, f64)> {
    let measure = prevalences().into_iter().find(|p| p.id == "combined-year")?;
    Some((women * measure.lower / 100.0, women * measure.upper / 100.0))
}

/// Running services that help people directly.
fn direct<'a>(ground: &Ground<'a>) -> Vec<&'a Service> {
    let helps = |s: &&Service| s.types.iter().filter_map(|t| service_type(t)).any(|t| t.is_direct());
    ground.all_running().into_iter().filter(helps).collect()
}
