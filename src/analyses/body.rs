//! The shapes that an answer can take. A chart, a map and a table each know which shapes they fit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::study::SeriesBreak;
use crate::units::{AreaCode, Cell, Estimate, Geography, Month};

/// The numbers of a finding.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Body {
    /// A rate for each area.
    AreaRates(AreaRates),
    /// A count for each area, of which no rate would make sense.
    AreaCounts(AreaCounts),
    /// A class for each area.
    AreaClasses(AreaClasses),
    /// Whether the rate of each area and its neighbours is high or low together.
    HotSpots(HotSpots),
    /// Rates from the most to the least deprived areas.
    Gradient(Gradient),
    /// Circles of areas with more than chance would put there.
    Clusters(Clusters),
    /// A count for each month.
    Series(Series),
    /// A count for each of a few categories.
    Bars(Bars),
    /// Parts of a whole, row by row.
    Shares(Shares),
    /// Counts by row and column.
    Table(Table),
}

/// Rates by area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AreaRates {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Lower bounds of the classes of a map, ascending, in the unit; at most five. The same bounds serve every map of the measure.
    pub classes: Vec<f64>,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaRate>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// The whole.
    pub total: Whole,
    /// Limits that chance alone would keep to about the rate of the whole, by residents; empty where that rate is not known.
    #[serde(default)]
    pub funnel: Vec<FunnelPlace>,
}

impl AreaRates {
    /// Decimals that tell its rates apart: two where the whole is under 10, one from there on.
    pub fn decimals(&self) -> usize {
        if self.total.rate.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 }
    }
}

/// Limits of a funnel at a number of residents, as lower and upper rate.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FunnelPlace {
    /// Residents.
    pub residents: f64,
    /// 95 in 100 areas lie between these by chance.
    pub near: (f64, f64),
    /// 998 in 1,000 lie between these.
    pub far: (f64, f64),
}

/// The rate of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaRate {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events.
    pub count: Cell<u64>,
    /// The population that the rate is of.
    pub residents: Cell<f64>,
    /// The rate, in the unit of the table.
    pub rate: Cell<Estimate>,
}

/// All areas together, with the events that have no known area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Whole {
    /// The partnership area.
    pub name: String,
    /// Events.
    pub count: Cell<u64>,
    /// The population that the rate is of.
    pub residents: Cell<f64>,
    /// The rate.
    pub rate: Cell<Estimate>,
}

/// Counts by area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaCounts {
    /// The level of the areas.
    pub geography: Geography,
    /// `reports`.
    pub unit: String,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaCount>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// All of them.
    pub total: Cell<u64>,
}

/// The count of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaCount {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events.
    pub count: Cell<u64>,
}

/// Whether a kind of service reaches an area, and how. *Not known* is never *none*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Yes: a site is within reach.
    Site,
    /// Yes, but without a site in reach: by outreach, phone or online.
    WithoutSite,
    /// No: every service of the kind that serves the area has a known site, and none is within reach.
    OutOfReach,
    /// The catalogue does not settle it.
    NotKnown,
}

impl Reach {
    /// All four, best first.
    pub const ALL: [Reach; 4] = [Reach::Site, Reach::WithoutSite, Reach::OutOfReach, Reach::NotKnown];

    /// How a legend names it.
    pub fn label(self) -> &'static str {
        match self {
            Reach::Site => "a site within reach",
            Reach::WithoutSite => "outreach, phone or online only",
            Reach::OutOfReach => "out of reach",
            Reach::NotKnown => "not known",
        }
    }
}

/// Classes by area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaClasses {
    /// The level of the areas.
    pub geography: Geography,
    /// The kind of service.
    pub measure: String,
    /// Its id in the typology.
    pub service_type: String,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaClass>,
    /// Residents by class.
    pub totals: Vec<ClassTotal>,
}

/// The class of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AreaClass {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Reach,
    /// Its residents.
    pub residents: Cell<f64>,
}

/// Residents of all areas of a class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClassTotal {
    /// The class.
    pub class: Reach,
    /// How many people.
    pub residents: Cell<u64>,
}

/// Hot and cold spots by area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct HotSpots {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Smoothed rates are per this many residents.
    pub per: f64,
    /// Lower bounds of the classes of a map of smoothed rates, ascending, in the unit.
    pub classes: Vec<f64>,
    /// Rate of the areas together, per resident.
    pub mean_rate: f64,
    /// Variance of rates per resident between areas, beyond what chance makes; may be below 0.
    pub between_variance: f64,
    /// Moran's I of the index; absent where it has no answer.
    pub moran: Option<MoranTest>,
    /// How many times chance was tried.
    pub draws: usize,
    /// The seed of these.
    pub seed: u64,
    /// One for each area, sorted by code.
    pub rows: Vec<HotSpotRow>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// All of them.
    pub total: Cell<u64>,
}

/// Whether like areas lie side by side over a whole map.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoranTest {
    /// Moran's I.
    pub value: f64,
    /// What chance would make of it on average.
    pub expected: f64,
    /// Two-sided, by permutation.
    pub p: f64,
}

/// One area among its neighbours.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HotSpotRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events.
    pub count: Cell<u64>,
    /// The population that the rate is of.
    pub residents: Cell<f64>,
    /// Positions in the rows of the areas that share a border or a corner with it.
    pub neighbours: Vec<u32>,
    /// The rate drawn towards the mean by how little it rests on, in the unit.
    pub smoothed: Cell<Estimate>,
    /// How far the rate lies from the mean, in standard deviations of a rate of so many residents.
    pub index: Cell<f64>,
    /// `G*`: standard score of the index summed over the area and its neighbours.
    pub z: Cell<f64>,
    /// Two-sided p-value of it, by permutation.
    pub p: Cell<f64>,
    /// The false discovery rate at which the area would just be called.
    pub q: Cell<f64>,
    /// What may be said.
    pub class: SpotClass,
}

/// What may be said of an area among its neighbours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpotClass {
    /// High with its neighbours; one in a hundred of these is a false alarm.
    HighSure,
    /// High with its neighbours; one in twenty of these and the surer ones is a false alarm.
    High,
    /// Within what chance makes.
    NotClear,
    /// Low with its neighbours, one in twenty false.
    Low,
    /// Low with its neighbours, one in a hundred false.
    LowSure,
    /// No neighbour with a known rate: the question does not arise.
    NoNeighbours,
    /// Its count or its residents are not known.
    NotKnown,
}

impl SpotClass {
    /// All, from high to low.
    pub const ALL: [SpotClass; 7] = [
        SpotClass::HighSure,
        SpotClass::High,
        SpotClass::NotClear,
        SpotClass::Low,
        SpotClass::LowSure,
        SpotClass::NoNeighbours,
        SpotClass::NotKnown,
    ];

    /// How a legend names it.
    pub fn label(self) -> &'static str {
        match self {
            SpotClass::HighSure => "high together, surest (1 in 100 of these by chance)",
            SpotClass::High => "high together (1 in 20 by chance)",
            SpotClass::NotClear => "no clear difference from chance",
            SpotClass::Low => "low together (1 in 20 by chance)",
            SpotClass::LowSure => "low together, surest (1 in 100 of these by chance)",
            SpotClass::NoNeighbours => "no neighbour to compare with",
            SpotClass::NotKnown => "withheld or not known",
        }
    }
}

/// Rates along deprivation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Gradient {
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Rates are per this many residents.
    pub per: f64,
    /// Groups of areas from the most deprived to the least.
    pub groups: Vec<GradientGroup>,
    /// The rate of all groups together.
    pub whole: Cell<Estimate>,
    /// How much higher the rate is at the most deprived end of a straight line than at the least, in the unit (slope index of inequality).
    pub difference: Option<Estimate>,
    /// How many times as high (relative index of inequality).
    pub ratio: Option<Estimate>,
    /// Concentration index, −1 to 1: below 0 where the deprived have more than their share.
    pub concentration: Option<f64>,
    /// Shares of residents, from the most deprived area on, and of events.
    pub curve: Vec<(f64, f64)>,
}

/// A group of areas.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GradientGroup {
    /// `most deprived fifth`.
    pub label: String,
    /// How many areas it holds.
    pub areas: usize,
    /// Events in those of them whose count is known.
    pub count: Cell<u64>,
    /// Residents of the same areas.
    pub residents: Cell<f64>,
    /// The rate.
    pub rate: Cell<Estimate>,
}

/// Clusters that a scan found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Clusters {
    /// The level of the areas.
    pub geography: Geography,
    /// What is counted.
    pub measure: String,
    /// What is expected: by residents, or by what is usual for each area and month.
    pub expected_from: Expectation,
    /// Whether only clusters that reach to the last month were looked for.
    pub living: bool,
    /// Simulated maps that the strongest cluster is compared with.
    pub simulations: usize,
    /// Their seed.
    pub seed: u64,
    /// A cluster is called where its p-value is at most this.
    pub called_at: f64,
    /// Clusters, strongest first; those that are not called are told as such.
    pub clusters: Vec<FoundCluster>,
    /// Every area that was looked at, sorted by code.
    pub areas: Vec<ScannedArea>,
}

/// What the events of a scan are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// As many for each resident and day.
    Residents,
    /// What is usual for the area and for the month.
    UsualForAreaAndMonth,
}

/// A circle of areas over some months.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FoundCluster {
    /// Codes of its areas, nearest to the middle first.
    pub areas: Vec<AreaCode>,
    /// Name of the area in the middle.
    pub around: String,
    /// First month.
    pub first_month: Month,
    /// Last month.
    pub last_month: Month,
    /// Events in it, of those shown.
    pub observed: Cell<u64>,
    /// Events expected in it.
    pub expected: f64,
    /// Risk inside over risk outside.
    pub relative_risk: f64,
    /// How much likelier the events are with it than without, as a logarithm.
    pub log_likelihood_ratio: f64,
    /// Share of maps made by chance with a cluster as strong.
    pub p: f64,
}

/// An area of a scan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ScannedArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Whether its counts and residents are known, so that it took part.
    pub took_part: bool,
    /// Number of the called cluster that it lies in, from 1.
    pub cluster: Option<u32>,
}

/// A monthly series with process limits.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// What is counted.
    pub measure: String,
    /// `incidents`, `reports`.
    pub unit: String,
    /// One for each month.
    pub points: Vec<SeriesPoint>,
    /// Breaks: limits and sums start anew at each.
    pub breaks: Vec<SeriesBreak>,
}

/// One month.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesPoint {
    /// The month.
    pub month: Month,
    /// Events.
    pub count: Cell<u64>,
    /// Events of this month and the eleven before; not applicable where a break or the start lies between.
    pub rolling_12: Cell<u64>,
    /// Mean of the segment, where it has limits.
    pub mean: Option<f64>,
    /// Lower process limit, not below 0.
    pub lower: Option<f64>,
    /// Upper process limit.
    pub upper: Option<f64>,
    /// The strongest rule that the point breaks.
    pub rule: Option<LimitRule>,
    /// +1 high or rising, −1 low or falling, 0 without a rule.
    pub direction: i8,
}

/// The four rules of Making Data Count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LimitRule {
    /// Outside the process limits.
    BeyondLimits,
    /// Seven or more points rising, or falling, throughout.
    SevenRisingOrFalling,
    /// Two of three points near one limit.
    TwoOfThreeNearLimit,
    /// Seven or more in a row on one side of the mean.
    SevenOnOneSide,
}

/// Counts by category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bars {
    /// What the categories are: `Reason`.
    pub dimension: String,
    /// What is counted: `reports`.
    pub unit: String,
    /// One for each category.
    pub bars: Vec<Bar>,
    /// All of them.
    pub total: Cell<u64>,
}

/// One category.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Events.
    pub count: Cell<u64>,
    /// Its share of the total, as a fraction of 1.
    pub share: Cell<Estimate>,
}

/// The parts of a whole, for each of several rows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Shares {
    /// What a row is: `Type of service`.
    pub row_heading: String,
    /// What is counted: `residents`.
    pub unit: String,
    /// The parts, in order.
    pub parts: Vec<String>,
    /// The rows; a cell for each part.
    pub rows: Vec<Row>,
}

/// Counts by row and column.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// Heading of the first column.
    pub row_heading: String,
    /// Headings of the others, each its own.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Area code, where the row is an area.
    pub code: Option<AreaCode>,
    /// Its label.
    pub label: String,
    /// One cell for each column.
    pub cells: Vec<Cell<u64>>,
}

/// Lower bounds of at most five map classes: fifths of the known non-zero rates, each rounded to two significant digits.
///
/// Computed from released rates only. The first class starts above zero: an area with a rate of zero has a mark of its own.
///
/// ```
/// use gapmap::findings::{AreaRate, rate_classes};
/// use gapmap::units::{AreaCode, Cell, Estimate};
/// let area = |rate: f64| AreaRate {
///     code: AreaCode::parse("E01000001").unwrap(), name: String::new(), count: Cell::Known(1), residents: Cell::Known(1.0),
///     rate: Cell::Known(Estimate { value: rate, lower: rate, upper: rate, level: 0.95 }),
/// };
/// let rows: Vec<AreaRate> = (0..=100).map(|i| area(f64::from(i) * 1.234)).collect();
/// assert_eq!(rate_classes(&rows), [0.0, 26.0, 51.0, 75.0, 100.0]);
/// ```
pub fn rate_classes(rows: &[AreaRate]) -> Vec<f64> {
    fifths(rows.iter().map(|r| r.rate))
}

/// The same of any rates.
pub(super) fn fifths(rates: impl Iterator<Item = Cell<Estimate>>) -> Vec<f64> {
    let mut rates: Vec<f64> = rates.filter_map(Cell::known).map(|r| r.value).filter(|r| *r > 0.0).collect();
    rates.sort_by(f64::total_cmp);
    if rates.is_empty() {
        return vec![];
    }
    let mut bounds = vec![0.0];
    for k in 1..5 {
        let bound = two_digits(rates[(rates.len() * k / 5).min(rates.len() - 1)]);
        if bound > bounds[bounds.len() - 1] {
            bounds.push(bound);
        }
    }
    bounds
}

/// A positive number with two significant digits, exactly as it would be written in decimals.
fn two_digits(x: f64) -> f64 {
    format!("{x:.1e}").parse().unwrap_or(x)
}
