//! VALIDATE: rows from all sources to canonical tables, with every problem placed and every row accounted for.
//!
//! Areas lie in metres on the British National Grid. Each event lies in exactly one area, or is kept as unlocated. Codes of an
//! older vintage are carried over by a lookup. The ledger shows, for each source, that rows read = rows kept + rows set aside.

mod absent_areas;
mod apart;
mod area_parts;
mod areas;
mod breaks;
mod bridge;
mod catalogue;
mod category_totals;
mod cells_table;
mod centres;
mod codes;
mod confidential;
mod counted;
mod coverage;
mod cube;
mod cumulative;
mod dataset;
mod deprivation;
mod far_rows;
mod forms;
mod helped;
mod journeys;
mod labels;
mod ledger;
mod levels;
mod measures;
mod modes;
mod named_twice;
mod one_pass;
mod outcomes;
mod partial_ends;
mod partnership;
mod placed;
mod placing;
mod provision;
mod recorded;
mod residents;
mod restricted;
mod rules;
mod same_service;
mod scenario;
mod served;
mod settings;
mod slice;
mod transit;
mod travel;
mod undated;
mod untold;
mod users;
mod whence;
mod whose;

use std::sync::Arc;

use served::Gazetteer;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{ComparatorTable, Gathered, Origin, ServiceType, StreetNetwork, Topic};
use crate::units::{AreaCode, Geography, Month, Period, Sensitivity};

pub use crate::model::{AuthorityKind, Days, Group, MarkedEvent, PublicPlace, SeriesBreak, ServiceState, band_label};
pub use crate::sources::{DISCARDED, Facets, UNSHOWABLE, UNSHOWABLE_DISCARDING, WeekBand};
pub use areas::{Area, Areas};
pub use catalogue::{Catalogue, ConfidentialService, Service};
pub use counted::{Counted, CountedAreas};
pub use coverage::{Coverage, Covered};
pub use cube::{Cube, tabulate};
pub use dataset::{Dataset, Select};
pub use forms::Forms;
pub use helped::{FEWEST_PEOPLE, HelpedOfKind};
pub use journeys::Journeys;
pub use labels::{OTHER, RawCategory};
pub use ledger::LedgerLine;
pub use measures::{Measured, Reading, Whom};
pub use modes::STRAIGHT_LINE;
pub use outcomes::{Ended, Outcomes};
pub use partnership::{NotFound, Partnership, partnership};
pub use placing::{PlaceBy, Placing};
pub(crate) use provision::asked;
pub use provision::{Asked, Provision, ReachSettings, Reached, is_full, open_to, takes_women};
pub use restricted::{CapacityRule, FEWEST_CONFIDENTIAL};
pub use rules::{RULES, Rule};
pub use same_service::{Alike, Differs, Given, NEAR_M, Pair};
pub use scenario::{Moving, Opening, Scenario, Timing, Volume};
pub use served::Served;
pub use settings::{Invented, StudySettings};
pub use slice::{Slice, SliceArea, takes};
pub use transit::{Door, Hour, PUBLIC_TRANSPORT, SLOTS, Transit, WEEK, Week};
pub use travel::Travel;
pub use undated::TooOften;
pub use untold::Untold;
pub use users::{UserDimension, UserGroup, Users};

/// A study of more months than this is a slip in a date: published crime data begin in 2010.
const MOST_MONTHS: usize = 480;

/// The canonical tables of one study: all that an analysis may look at.
#[derive(Clone)]
pub struct Study {
    /// What it is about.
    pub about: About,
    /// Its areas, sorted by code.
    pub areas: Areas,
    /// Incidents and place reports, one for each source of events.
    pub datasets: Vec<Dataset>,
    /// Services, the confidential ones apart.
    pub catalogue: Catalogue,
    /// Travel times, one set for each mode.
    pub travel: Vec<Travel>,
    /// Buses and trains by the clock, where the plan has timetables.
    pub transit: Option<Arc<Transit>>,
    /// Streets on foot and by car, by which ways to places are measured where nothing is yet.
    pub streets: Arc<Vec<StreetNetwork>>,
    /// Who used services, by group.
    pub users: Vec<Users>,
    /// Where people came from, and where they were helped.
    pub journeys: Vec<Journeys>,
    /// Whether the pack is for the named analysts alone: nobody, until the release has said so.
    pub for_analysts: bool,
    /// Indicators of the partnership's own.
    pub measures: Vec<Measured>,
    /// Rates of other areas, table by table.
    pub comparators: Vec<ComparatorTable>,
    /// Known breaks in recording that touch this study.
    pub breaks: Vec<SeriesBreak>,
    /// Events to look back at.
    pub events: Vec<MarkedEvent>,
    /// Changes of the catalogue to try.
    pub scenarios: Vec<Scenario>,
    /// Rows read, kept and set aside, source by source.
    pub ledger: Vec<LedgerLine>,
    /// The sources, in the order of the plan.
    pub sources: Vec<SourceNote>,
    /// Services that the plan calls public although they sound confidential.
    pub public_places: Vec<PublicPlace>,
    /// Headings of catalogues that the plan calls harmless.
    pub harmless_columns: Vec<String>,
}

/// The frame of a study.
#[derive(Clone, Debug)]
pub struct About {
    /// The title of the report.
    pub title: String,
    /// The name of the partnership area.
    pub area_name: String,
    /// What kind of authority leads.
    pub authority_kind: AuthorityKind,
    /// Codes of its authorities.
    pub authorities: Vec<AreaCode>,
    /// The level that areas are shown at.
    pub geography: Geography,
    /// The months studied.
    pub period: Period,
    /// Whether the data are invented, or which part of them.
    pub invented: Invented,
    /// How far is too far.
    pub reach: ReachSettings,
    /// The month at whose end services are looked at; the last month studied without it.
    pub as_of: Option<Month>,
    /// Seed of everything random.
    pub seed: u64,
}

/// What a reader calls a source: with its name in the plan, where another has the same title.
fn title(origin: &Origin, all: &[Origin]) -> String {
    let own = origin.title();
    let is_shared = all.iter().any(|other| other.id != origin.id && other.title() == own);
    if is_shared && !own.eq_ignore_ascii_case(&origin.name) { format!("{own} ({})", origin.name) } else { own }
}

/// What findings say of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceNote {
    /// Its name in the plan.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// What a reader calls it.
    pub title: String,
    /// How it may be released.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for.
    pub attribution: Option<String>,
}

impl Study {
    /// Joins what was gathered. `None` where something stops the run; all problems are then in `problems`.
    pub fn build(settings: &StudySettings, gathered: Gathered, origins: &[Origin], problems: &mut Problems) -> Option<Study> {
        let bridge = bridge::Bridge::new(&gathered.lookups);
        let mut gathered = gathered;
        if settings.period.is_none() && far_rows::tell(&gathered.events, problems) {
            return None;
        }
        let in_part = match settings.period {
            None => partial_ends::set_aside(&mut gathered.events, origins, problems),
            Some(_) => vec![],
        };
        let period = settings.period.or_else(|| span(&gathered))?;
        let areas = areas::build(settings, &gathered, &bridge, period, problems)?;
        if period.len() > MOST_MONTHS {
            problems.error_said(Code::D213, Place::file("the sources"), said::months_too_far_apart(period));
            return None;
        }
        let placing = Placing::new(&areas, &bridge, &settings.authorities, settings.place_by);
        let mut ids: std::collections::BTreeMap<String, usize> = Default::default();
        gathered.services.iter().for_each(|s| *ids.entry(s.id.to_lowercase()).or_default() += 1);
        let gazetteer = Gazetteer::new(&gathered.lookups, &settings.area_name, &settings.authorities);
        // Without events or a period of its own a study has no months that hours could be laid out over.
        let months = has_months(settings, &gathered).then_some(period);
        let (catalogue, discarded) = catalogue::build(settings, &mut gathered, &gazetteer, months, origins, problems);
        let streets = std::mem::take(&mut gathered.networks);
        let mut travel = travel::build(&streets, &gathered.travel_times, &ids, (&areas, &catalogue), origins, problems);
        let day = (settings.as_of.unwrap_or(period.last), months);
        let transit = transit::build(gathered.timetables.as_ref(), &streets, &areas, &catalogue, day, problems);
        travel.extend(transit.iter().flat_map(|t| t.travel(catalogue.public.len())));
        modes::check_study(settings, &travel, problems);
        let mut ledger = ledger::open(&gathered.tallies, origins);
        discarded.iter().chain(&in_part).for_each(|note| ledger::record(&mut ledger, note));
        let (measures, left_out) = measures::build(&gathered.measures, origins, &areas, settings);
        left_out.iter().for_each(|note| ledger::record(&mut ledger, note));
        let (journeys, notes) = journeys::build(&gathered.journeys, origins, settings, period, problems);
        notes.iter().for_each(|note| ledger::record(&mut ledger, note));
        measures::tell_empty(&measures, &left_out, origins, problems);
        let mut datasets = Vec::new();
        let mut read = std::mem::take(&mut gathered.events);
        for events in &mut read {
            let origin = origins.iter().find(|o| o.id == events.source);
            named_twice::tell(events, &areas, &placing, origin, problems);
            let totals = levels::set_totals_aside(events, &placing, settings.geography, origin, problems);
            ledger::record(&mut ledger, &totals);
            let events = &*events;
            let placed = placed::Placed::new(events, &placing);
            let coverage = coverage::of(events, &placing, &placed, period);
            let (mut cube, tally) = cube::tabulate_placed(events, &placing, &placed, period);
            ledger::record(&mut ledger, &tally);
            let Some(origin) = origins.get(events.source) else { continue };
            apart::check(events, &placing, &placed, &origin.name, problems);
            category_totals::check(events, &origin.name, !origin.sensitivity.is_open(), problems);
            cumulative::check(events, &origin.name, problems);
            let labels = labels::settle(events, &cube, origin, problems);
            let mut untold = untold::cells(events, &placing, period);
            untold.extend(absent_areas::cells(events, &placed, &areas, period.len(), &origin.name, problems));
            if settings.period.is_none() {
                untold::tell_outside(events, period, &origin.name, problems);
            }
            untold::tell_kept_back(events, &origin.name, problems);
            let outcomes = outcomes::of(events, &mut cube, coverage.as_ref(), areas.authorities(), period);
            let dataset = Dataset::new(events, cube, period, labels, coverage, untold).with_outcomes(outcomes);
            // Files of the police and wide tables tell months, and not what they would say of each category in them.
            let covers = origin.kind == "events-csv" && !events.covered.is_empty();
            let recorded = recorded::of(events, &placing, &placed, period, covers);
            datasets.push(dataset.with_undated(undated::of(events, &placing, &placed)).with_recorded(recorded));
        }
        for line in ledger.iter().filter(|l| !l.balances()) {
            problems.error_said(Code::D216, Place::file(format!("source `{}`", line.source)), said::rows_that_do_not_balance());
        }
        let breaks = breaks::of(settings, period);
        let sources = origins.iter().map(|o| SourceNote {
            name: o.name.clone(),
            kind: o.kind,
            title: title(o, origins),
            sensitivity: o.sensitivity,
            attribution: o.attribution.clone(),
        });
        let study = Study {
            about: about(settings, period),
            areas,
            datasets,
            catalogue,
            travel,
            transit: transit.map(Arc::new),
            streets: Arc::new(streets),
            users: users::build(&gathered.users, origins, period),
            journeys,
            for_analysts: false,
            measures,
            comparators: std::mem::take(&mut gathered.comparators),
            breaks,
            events: settings.events.clone(),
            scenarios: settings.scenarios.clone(),
            ledger,
            sources: sources.collect(),
            public_places: settings.public_places.clone(),
            harmless_columns: settings.harmless_columns.clone(),
        };
        scenario::check(&study, problems);
        for rule in RULES {
            (rule.check)(&study, problems);
        }
        (!problems.any_error()).then_some(study)
    }
}

/// What the study is of.
fn about(settings: &StudySettings, period: Period) -> About {
    About {
        title: settings.title.clone(),
        area_name: settings.area_name.clone(),
        authority_kind: settings.authority_kind,
        authorities: settings.authorities.clone(),
        geography: settings.geography,
        period,
        invented: settings.invented.clone(),
        reach: settings.reach.clone(),
        as_of: settings.as_of,
        seed: settings.seed,
    }
}

/// Whether a plan or an event says which months are studied.
fn has_months(settings: &StudySettings, gathered: &Gathered) -> bool {
    settings.period.is_some() || gathered.events.iter().any(|e| e.blocks.iter().any(|b| b.rows() > 0))
}

/// From the first to the last month of any event or any month that a source covers.
fn span(gathered: &Gathered) -> Option<Period> {
    let covered = gathered.events.iter().flat_map(|e| e.covered.iter().chain(&e.named).copied());
    let of_rows = gathered.events.iter().flat_map(|e| &e.blocks).flat_map(|b| {
        let range = b.month.iter().min().zip(b.month.iter().max());
        range.into_iter().flat_map(|(a, z)| [*a, *z]).filter_map(|m| Month::from_index(i32::from(m)))
    });
    let months: Vec<Month> = covered.chain(of_rows).collect();
    let now = Month::new(2000, 1)?;
    // A study without events is still a study of services: it stands in a nominal month.
    Period::new(months.iter().copied().min().unwrap_or(now), months.iter().copied().max().unwrap_or(now))
}

impl Study {
    /// The same study with another catalogue: that of a scenario. Ways to services that open or move are looked for, along streets and by timetables.
    pub fn with_catalogue(&self, catalogue: Catalogue) -> Self {
        let transit = self.transit.as_ref().map(|t| Arc::new(t.of_catalogue(&catalogue, &self.areas, &self.streets)));
        let travel = self.travel_of(&catalogue);
        Self { catalogue, transit, travel, ..self.clone() }
    }

    /// A source as a finding refers to it.
    pub fn source_ref(&self, source: usize) -> SourceNote {
        self.sources[source].clone()
    }

    /// Whether a service serves any area of the study: a catalogue may list those of a whole region.
    pub fn is_served_by(&self, service: &Service) -> bool {
        self.areas.list.iter().any(|a| service.area_served.takes_in(a))
    }

    /// Confidential services of a type that run on a day, ISO 8601, and serve the partnership.
    pub fn confidential_on(&self, kind: &ServiceType, day: &str) -> Vec<&ConfidentialService> {
        let there = |s: &&ConfidentialService| {
            s.types.contains(&kind.id) && s.state_on(day) == ServiceState::Running && s.serves(&self.about.authorities)
        };
        self.catalogue.confidential.iter().filter(there).collect()
    }

    /// The sources of a rate: of its events, and of its residents.
    pub fn sources_of_rate(&self, dataset: &Dataset) -> Vec<SourceNote> {
        let residents = self.areas.population_source.filter(|s| *s != dataset.source);
        std::iter::once(dataset.source).chain(residents).map(|s| self.source_ref(s)).collect()
    }

    /// The name of an authority; its code where the engine knows none.
    pub fn authority_name(&self, code: AreaCode) -> String {
        codes::name_of(code).map_or_else(|| code.to_string(), str::to_owned)
    }

    /// The source of deprivation, where there is one.
    pub fn source_of_deprivation(&self) -> Option<SourceNote> {
        self.areas.deprivation_source.map(|s| self.source_ref(s))
    }

    /// The breaks that touch some categories of a dataset; all its categories where the list is empty.
    ///
    /// A break that names no source touches every source of incidents; one that names no category touches all of them.
    pub fn breaks_of(&self, dataset: &Dataset, categories: &[u32]) -> Vec<SeriesBreak> {
        let name = &self.sources[dataset.source].name;
        let source = |b: &&SeriesBreak| match dataset.topic {
            Topic::Incidents => b.sources.is_empty() || b.sources.contains(name),
            Topic::Referrals | Topic::PlaceReports => b.sources.contains(name),
        };
        let counted: Vec<&String> = dataset.raw_of(categories).iter().map(|c| &dataset.raw[*c as usize].name).collect();
        let category = |b: &&SeriesBreak| b.categories.is_empty() || b.categories.iter().any(|c| counted.contains(&c));
        self.breaks.iter().filter(source).filter(category).cloned().collect()
    }
}
