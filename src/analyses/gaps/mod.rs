//! The map of gaps: eighteen tests, one file each, named once in a list.

mod found;
mod from_need;
mod ground;
mod people;
mod pieces;
mod rank;
mod records;
mod register;
mod standards;
mod unlooked;

use std::collections::BTreeMap;

use found::Found;
use ground::Ground;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead};
use super::need::{as_told, prevalences};
use super::travel::trips_lost;
use super::words::slug;
use crate::model::{Text, Verdict};
use crate::msg;
use crate::sources::service_type;
use crate::study::{Asked, Provision, Service, Study, asked};
use crate::units::{Month, Polarity};
pub(super) use ground::{AGES, age_share, shares_by_age};
pub(super) use pieces::day;
pub(super) use records::ASKED;

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
        asked!(self)
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
    /// Everything it looks at, with what it says of it.
    look: fn(&Ground) -> Vec<Found>,
}

impl GapTest {
    /// Whether it asks how good the records are, and nothing of the services: a service that somebody only thinks of has no record to be good or bad.
    fn is_of_records(&self) -> bool {
        self.id == "evidence"
    }
}

/// The tests of a list: of each the module, which it declares and whose `look` is the test, the id, and the name for people. The card stands beside the module.
macro_rules! gap_tests {
    ($($file:ident = $id:literal, $label:literal;)*) => {
        $(mod $file;)*

        /// Every test, in the order of the dimensions of a gap (DESIGN).
        pub const GAP_TESTS: &[GapTest] =
            &[$(GapTest { id: $id, label: $label, card: include_str!(concat!(stringify!($file), ".md")), look: $file::look },)*];
    };
}

gap_tests! {
    existence = "existence", "No service";
    distance = "distance", "Too far";
    capacity = "capacity", "Too little";
    waiting = "waiting", "Full";
    hours = "hours", "Closed at night";
    last_bus = "last-bus", "No bus then";
    eligibility = "eligibility", "Not for them";
    by_and_for = "by-and-for", "No by-and-for service";
    language = "language", "English only";
    physical_access = "physical-access", "Not accessible";
    digital = "digital", "Online only";
    pathway = "pathway", "Stage missing";
    risk = "risk", "Risk level missing";
    form = "form", "Violence type missing";
    sustainability = "sustainability", "About to end";
    quality = "quality", "Quality mark lapsed";
    awareness = "awareness", "Referrals";
    evidence = "evidence", "Out of date";
}

/// Tests that rest on ways to doors that were worked out before, which no scenario has.
const ON_WAYS_TO_DOORS: [&str; 1] = ["last-bus"];

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
    let asked = GAP_TESTS.iter().filter(|t| !ON_WAYS_TO_DOORS.contains(&t.id) && !t.is_of_records());
    asked.flat_map(|t| (t.look)(&ground)).map(told).collect()
}

/// Columns of the table of counts: people, out of how many, need from and to, and two counts of the words.
const COLUMNS: usize = 6;

impl GapSettings {
    fn register(&self, study: &Study, ground: &Ground, found: Vec<Found>) -> Draft {
        let row = |f: &Found| -> Vec<Option<u64>> {
            let count = |i: usize| f.counts[i].as_ref().map(|c| c.0);
            vec![f.people, f.of, f.need.map(|n| as_told(n.0)), f.need.map(|n| as_told(n.1)), count(0), count(1)]
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
