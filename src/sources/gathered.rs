//! What the sources have read, before anything has been joined or judged.

use std::collections::BTreeMap;

use geo::MultiPolygon;

use super::events::Events;
use super::measures::Measure;
use super::postcodes::Postcodes;
use super::service_record::{ServiceRecord, SideRecord};
use super::street_network::Mode;
use super::timetable::Timetables;
use crate::spatial::Network;
use crate::units::{AreaCode, BesideRole, Bng, Cell, Crs, Estimate, Geography, Month, Period, Standing};

/// What becomes of rows that stand more than once. A study takes the default; the others are what somebody else may have counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Copies {
    /// Of several tables or archives of the same months the oldest counts: a number before it was restated. Without it, the newest.
    pub oldest: bool,
    /// Rows that stand twice in one table count twice.
    pub repeats_count: bool,
    /// Tables and archives that hold the same months all count, and so do repeats between them.
    pub all_count: bool,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Gathered {
    /// What became of rows that stand more than once.
    pub copies: Copies,
    /// Boundaries, one set for each file.
    pub boundaries: Vec<BoundarySet>,
    /// Areas of those files that have no shape.
    pub shapeless: Vec<Shapeless>,
    /// Rows of population tables.
    pub population: Vec<PopulationRow>,
    /// Names of small areas, one list for each population table that has them.
    pub named: Vec<BTreeMap<AreaCode, String>>,
    /// Population-weighted centres.
    pub centres: Vec<Centre>,
    /// Areas with a number that is higher the more deprived they are; only its order means anything.
    pub deprivation: Vec<(AreaCode, f64, usize)>,
    /// Areas that a table of deprivation names without a rank.
    pub unranked: Vec<AreaCode>,
    /// Lookups between geographies and vintages.
    pub lookups: Vec<LookupTable>,
    /// Where postcodes are.
    pub postcodes: Postcodes,
    /// Incidents and place reports.
    pub events: Vec<Events>,
    /// Services, whose confidential ones carry no place by construction.
    pub services: Vec<ServiceRecord>,
    /// What the side tables add to services.
    pub side: Vec<SideRecord>,
    /// Networks of streets.
    pub networks: Vec<StreetNetwork>,
    /// Tables of travel times.
    pub travel_times: Vec<TravelTable>,
    /// Timetables of buses and trains.
    pub timetables: Option<Timetables>,
    /// Tables of users by group.
    pub users: Vec<UserTable>,
    /// Tables of journeys from one authority to another.
    pub journeys: Vec<JourneyTable>,
    /// Tables of indicators.
    pub measures: Vec<MeasureTable>,
    /// Tables of the rates of other areas.
    pub comparators: Vec<ComparatorTable>,
    /// For each source, what was read and what was set aside.
    pub tallies: Vec<Tally>,
    /// Every file that was opened, as the plan writes it, with its source.
    pub files: Vec<(usize, String)>,
}

/// Rows read and set aside while reading one source. The study's ledger starts from it.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Position of the source in the plan.
    pub source: usize,
    /// What a row of it is: `street rows`, `services`, `boundaries`.
    pub unit: &'static str,
    /// How many were read.
    pub read: u64,
    /// How many were set aside, by reason.
    pub set_aside: BTreeMap<&'static str, u64>,
    /// Facts about kept rows that a reader should know, counted: rows without a place, rows without an id.
    pub noted: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Nothing read yet.
    pub fn new(source: usize, unit: &'static str) -> Self {
        Self { source, unit, ..Self::default() }
    }

    /// Counts rows set aside for a reason.
    pub fn set_aside(&mut self, reason: &'static str, n: u64) {
        if n > 0 {
            *self.set_aside.entry(reason).or_default() += n;
        }
    }

    /// Counts kept rows with something to know about them.
    pub fn note(&mut self, fact: &'static str, n: u64) {
        if n > 0 {
            *self.noted.entry(fact).or_default() += n;
        }
    }

    /// Takes a fact back that was noted of rows which are set aside after all.
    pub fn forget_note(&mut self, fact: &'static str, n: u64) {
        if let Some(noted) = self.noted.get_mut(fact) {
            *noted = noted.saturating_sub(n);
        }
        self.noted.retain(|_, n| *n > 0);
    }

    /// Rows read less rows set aside.
    pub fn kept(&self) -> u64 {
        self.read.saturating_sub(self.set_aside.values().sum::<u64>())
    }

    /// Adds another tally of the same source.
    pub fn add(&mut self, other: &Tally) {
        self.read += other.read;
        for (reason, n) in &other.set_aside {
            self.set_aside(reason, *n);
        }
        for (fact, n) in &other.noted {
            self.note(fact, *n);
        }
    }
}

/// The boundaries of one file.
#[derive(Clone, Debug)]
pub struct BoundarySet {
    /// Position of the source in the plan.
    pub source: usize,
    /// The file.
    pub file: String,
    /// What kind of area.
    pub geography: Geography,
    /// The year in the heading of its code column: 2021 for `LSOA21CD`.
    pub vintage: u16,
    /// The system of the coordinates, as declared or found.
    pub crs: Crs,
    /// The year of the authorities that its file names, 0 where it names none or no year.
    pub authority_vintage: u16,
    /// Code, name, code of the authority where the file has it, and shape.
    pub areas: Vec<(AreaCode, String, Option<AreaCode>, MultiPolygon<f64>)>,
}

/// An area of a file of boundaries that has no shape: its features are set aside.
#[derive(Clone, Debug)]
pub struct Shapeless {
    /// The area.
    pub code: AreaCode,
    /// The authority that the file names for it.
    pub authority: Option<AreaCode>,
    /// What kind of area.
    pub geography: Geography,
    /// The file.
    pub file: String,
    /// Where in it: `features[8]`.
    pub at: String,
}

/// One number of a population table.
#[derive(Clone, PartialEq, Debug)]
pub struct PopulationRow {
    /// Position of the source in the plan.
    pub source: usize,
    /// The area.
    pub code: AreaCode,
    /// Whom it counts: `all`, `female`, `male`, `age 20-24`, `female 16+`.
    pub group: String,
    /// The year that it was counted in, where the table says so.
    pub year: Option<u16>,
    /// How many.
    pub persons: f64,
}

/// A population-weighted centre.
#[derive(Clone, Copy, Debug)]
pub struct Centre {
    /// The area.
    pub code: AreaCode,
    /// Where its residents live on average.
    pub place: Bng,
}

/// A lookup between two geographies or two vintages of one.
#[derive(Clone, Debug)]
pub struct LookupTable {
    /// The file.
    pub file: String,
    /// What the codes on the left are, and of which year.
    pub from: (Geography, u16),
    /// What the codes on the right are, and of which year.
    pub to: (Geography, u16),
    /// Its rows.
    pub rows: Vec<LookupRow>,
    /// The year of the authorities in its rows.
    pub authority_vintage: u16,
}

/// One row of a lookup.
#[derive(Clone, Debug)]
pub struct LookupRow {
    /// The code on the left.
    pub from: AreaCode,
    /// The code on the right.
    pub to: AreaCode,
    /// The name of the area on the right.
    pub to_name: String,
    /// The authority that both lie in, where the file has it.
    pub authority: Option<(AreaCode, String)>,
    /// U unchanged, S split, M merged, X irregular, where the file has it.
    pub change: Option<char>,
}

/// Streets of one mode.
#[derive(Clone, Debug)]
pub struct StreetNetwork {
    /// Position of the source in the plan.
    pub source: usize,
    /// On foot or by car.
    pub mode: Mode,
    /// Metres a second from a door to the street and back, in either mode.
    pub walking_m_s: f64,
    /// The streets.
    pub network: Network,
}

/// Travel times as somebody else worked them out.
#[derive(Clone, Debug)]
pub struct TravelTable {
    /// Position of the source in the plan.
    pub source: usize,
    /// By which analyses name it.
    pub mode: String,
    /// Area, id of the service, and minutes.
    pub rows: Vec<(AreaCode, String, f64)>,
}

/// Who used services, by group.
#[derive(Clone, Debug)]
pub struct UserTable {
    /// Position of the source in the plan.
    pub source: usize,
    /// The months.
    pub covers: Option<Period>,
    /// What the populations count.
    pub reference: String,
    /// Its rows.
    pub rows: Vec<UserRow>,
}

/// One group of users.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Id of the type of service; empty for all together.
    pub service: String,
    /// What is told apart.
    pub dimension: String,
    /// The group.
    pub group: String,
    /// How many used it: withheld where whoever made the table keeps it back.
    pub users: Cell<u64>,
    /// How many there are among those whom it is for.
    pub population: Option<f64>,
}

/// Rates of other areas, of one table.
#[derive(Clone, Debug)]
pub struct ComparatorTable {
    /// Position of the source in the plan.
    pub source: usize,
    /// Its rows.
    pub rows: Vec<ComparatorRow>,
}

/// A rate of another area.
#[derive(Clone, Debug)]
pub struct ComparatorRow {
    /// Its name.
    pub area: String,
    /// What it is to the partnership.
    pub role: BesideRole,
    /// The category, as the study's own source writes it.
    pub category: String,
    /// The months.
    pub period: Period,
    /// Events and people, where both are told.
    pub count: Option<(u64, f64)>,
    /// A rate with its limits, and per how many people it is.
    pub rate: Option<(Estimate, f64)>,
    /// The kind of source that it was counted from; empty where nobody says.
    pub definition: String,
    /// Who the people are; empty for all.
    pub people: String,
    /// What it is standardised by; empty where it is crude.
    pub standardised: String,
}

impl ComparatorRow {
    /// What it tells of: two rows of one key tell of the same.
    pub fn key(&self) -> (Month, Month, [String; 5]) {
        let of = [&self.area, &self.category, &self.definition, &self.people, &self.standardised].map(|t| t.trim().to_lowercase());
        (self.period.first, self.period.last, of)
    }
}

/// Where people came from, and where they were helped.
#[derive(Clone, Debug)]
pub struct JourneyTable {
    /// Position of the source in the plan.
    pub source: usize,
    /// The months, where a row does not say them.
    pub covers: Option<Period>,
    /// Whether pairs of authorities without a row are nobody.
    pub complete: bool,
    /// Its rows.
    pub rows: Vec<JourneyRow>,
}

/// People who came from one authority to a service in another, or in the same.
#[derive(Clone, Debug)]
pub struct JourneyRow {
    /// The file.
    pub file: String,
    /// The line in it.
    pub line: u64,
    /// The months, where the row says them.
    pub period: Option<Period>,
    /// Where they lived, as the table writes it.
    pub origin: String,
    /// Where the service is, as the table writes it.
    pub destination: String,
    /// Id of the type of service; empty for all together.
    pub service: String,
    /// A group of them, as the table writes it: it is added up with the others, and never told.
    pub group: String,
    /// How many: withheld where whoever made the table keeps it back.
    pub people: Cell<u64>,
}

/// Indicators of one table.
#[derive(Clone, Debug)]
pub struct MeasureTable {
    /// Position of the source in the plan.
    pub source: usize,
    /// Indicators that the plan defines.
    pub define: Vec<Measure>,
    /// Its rows.
    pub rows: Vec<MeasureRow>,
}

/// One value of an indicator.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// The indicator.
    pub measure: Measure,
    /// The area, as the table writes it; empty for the partnership.
    pub area: String,
    /// The months.
    pub period: Period,
    /// What groups are told apart by.
    pub dimension: String,
    /// The group; empty for everybody.
    pub group: String,
    /// How many.
    pub numerator: Option<u64>,
    /// Out of how many.
    pub denominator: Option<f64>,
    /// The value, where the table gives one.
    pub value: Option<f64>,
    /// Its limits at 95 %, as published.
    pub limits: Option<(f64, f64)>,
    /// How many were asked.
    pub n: Option<u64>,
    /// Whether it may still change.
    pub state: Standing,
    /// Why it tells no number; not applicable where it tells one.
    pub nothing: Cell<f64>,
    /// Whether its value has a percent sign: then it is no part of one.
    pub percent_sign: bool,
}

impl MeasureRow {
    /// Whether another row is about the same indicator, place, months and people.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        let key = |r: &Self| (r.measure.id.clone(), r.area.to_lowercase(), r.period, r.dimension.to_lowercase(), r.group.to_lowercase());
        key(self) == key(other)
    }
}
