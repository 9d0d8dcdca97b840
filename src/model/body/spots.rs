//! Areas among their neighbours: hot spots.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Estimate, Geography, decimal};

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
    /// How rates of areas differ, as the model of the smoothed map finds it; absent where there is none.
    #[serde(default)]
    pub modelled: Option<RateModel>,
    /// One for each area, sorted by code.
    pub rows: Vec<HotSpotRow>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// All of them.
    pub total: Cell<u64>,
}

/// Leroux's model of rates: what neighbours share, and what areas have by themselves.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RateModel {
    /// How much rates differ, as a standard deviation of their logarithm: posterior mean.
    pub sigma: f64,
    /// How much of it neighbours share, 0 to 1: posterior mean.
    pub shared: f64,
    /// So many times the rate of the whole is asked for.
    pub threshold: f64,
    /// An area is classed where its chance to be above, or below one over it, is at least this.
    pub classed_from: f64,
}

/// Where the rate of an area lies, by its modelled rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RateClass {
    /// Above the threshold with at least the chance that is asked for.
    Above,
    /// Below one over the threshold.
    Below,
    /// Neither can be said.
    Between,
    /// Its count or its residents are not known.
    #[default]
    NotKnown,
}

impl RateClass {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            RateClass::Above => "clearly above",
            RateClass::Below => "clearly below",
            RateClass::Between => "neither",
            RateClass::NotKnown => "withheld or not known",
        }
    }
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
    /// The rate by Leroux's model, which borrows from neighbours as much as the map says they are alike: posterior mean and limits, in the unit.
    #[serde(default = "not_applicable")]
    pub modelled: Cell<Estimate>,
    /// Chance that the rate is above the threshold times that of the whole.
    #[serde(default)]
    pub above: Option<f64>,
    /// Chance that it is below that of the whole over the threshold.
    #[serde(default)]
    pub below: Option<f64>,
    /// What that amounts to.
    #[serde(default)]
    pub level_class: RateClass,
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

/// Of documents written before there was a model.
fn not_applicable() -> Cell<Estimate> {
    Cell::NotApplicable
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

impl HotSpotRow {
    /// A number that is not known because its count is withheld says so, and not that it is missing.
    fn withheld_with_count<T>(&self, value: Cell<T>) -> Cell<T> {
        match value {
            Cell::Missing | Cell::NotApplicable if self.count == Cell::Withheld => Cell::Withheld,
            value => value,
        }
    }
}

/// Decimals that tell rates about this one apart: two under 10, one from there on.
pub(crate) fn rate_decimals(rate: f64) -> usize {
    if rate < 10.0 { 2 } else { 1 }
}

impl HotSpots {
    /// Decimals that tell its rates apart: two where the whole is under 10, one from there on.
    pub(crate) fn decimals(&self) -> usize {
        rate_decimals(self.mean_rate * self.per)
    }
}

impl Shape for HotSpots {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().map(|r| r.count), [self.unlocated, self.total])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        Shown::of_areas(self.rows.iter().map(|r| (r.code, r.count)), self.unlocated, self.total, counting)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        vec![Claim::HotSpots(self)]
    }

    fn table(&self) -> TableView {
        let decimals = self.decimals();
        let smoothed =
            [("rate", format!("Smoothed rate {}", self.unit)), ("lower", "Lower 95% limit".into()), ("upper", "Upper 95% limit".into())];
        let modelled = [
            ("modelled_rate", format!("Modelled rate {}", self.unit)),
            ("modelled_lower", "Modelled rate, lower 95% limit".into()),
            ("modelled_upper", "Modelled rate, upper 95% limit".into()),
        ];
        let threshold = decimal(self.modelled.map_or(1.5, |m| m.threshold), 1);
        let table = Columns::default()
            .column("area_code", "Code", |r: &HotSpotRow| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("count", "Count", |r| count(r.count))
            .column("population", "Population", |r| number(r.residents, 0))
            .estimate(smoothed, (1.0, decimals), |r| r.smoothed)
            .estimate(modelled, (1.0, decimals), |r| r.modelled)
            .column("chance_above", format!("Chance to be above {threshold} times the whole"), |r| {
                r.above.map_or(MISSING, |p| Value::Number(p, 3))
            })
            .column("class_by_chance", "By that chance", |r| text(r.level_class.label()))
            .column("g_star", "Index", |r| number(r.index, 3))
            .column("z", "z with neighbours", |r| number(r.z, 3))
            .column("p", "p", |r| number(r.p, 5))
            .column("false_discovery_rate", "False discovery rate", |r| number(r.q, 5))
            .column("class", "What may be said", |r| text(r.class.label()))
            .of(&self.rows);
        [("Place not known", self.unlocated), ("Total", self.total)].into_iter().fold(table, |table, (label, n)| {
            table.line([("area_code", text("")), ("area_name", text(label)), ("count", count(n)), ("class", text(""))])
        })
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let smoothed = |r: &HotSpotRow| if self.modelled.is_some() { r.modelled } else { r.smoothed };
        let (decimals, rows): (usize, Vec<AreaFigure>) = match measure {
            AreaMeasure::Smoothed => {
                (self.decimals(), self.rows.iter().map(|r| AreaFigure::with_limits(r.code, r.withheld_with_count(smoothed(r)))).collect())
            }
            AreaMeasure::Score => (1, self.rows.iter().map(|r| AreaFigure::plain(r.code, r.withheld_with_count(r.z))).collect()),
            AreaMeasure::Rate | AreaMeasure::Count | AreaMeasure::Access | AreaMeasure::Rank | AreaMeasure::Need | AreaMeasure::Class => {
                return None;
            }
        };
        Some(AreaFigures { decimals, rows })
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        let row = |r: &HotSpotRow| r.class != SpotClass::NotKnown || r.smoothed.known().is_some() || r.modelled.known().is_some();
        self.moran.is_some() || self.rows.iter().any(row)
    }

    fn compared(&self) -> Compared<'_> {
        // How many areas are high or low together, and clearly above or below the whole.
        let of = |wanted: &[SpotClass]| self.rows.iter().filter(|r| wanted.contains(&r.class)).count();
        let level = |wanted: RateClass| self.rows.iter().filter(|r| r.level_class == wanted).count();
        let known = self.rows.iter().filter(|r| r.class != SpotClass::NotKnown).count();
        let rows = [
            ("high together", of(&[SpotClass::High, SpotClass::HighSure])),
            ("low together", of(&[SpotClass::Low, SpotClass::LowSure])),
            ("clearly above the whole", level(RateClass::Above)),
            ("clearly below the whole", level(RateClass::Below)),
            ("known", known),
        ];
        Compared::events(rows.into_iter().map(|(row, n)| Quantity::number(row, "areas", n)).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where: one test speaks for a question.
        vec![]
    }
}
