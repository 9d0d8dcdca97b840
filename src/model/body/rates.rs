//! Rates by area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rate_decimals;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Estimate, Geography, decimal};

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
    /// Rates are for so many residents.
    pub per: f64,
    /// Lower bounds of the classes of a map, ascending, in the unit; at most five. The same bounds serve every map of the measure.
    pub classes: Vec<f64>,
    /// One for each area, sorted by code.
    pub rows: Vec<AreaRate>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// The whole.
    pub total: Whole,
    /// Limits about the rate of the whole, by residents, widened by how much areas differ beyond chance; empty where that rate is not known.
    #[serde(default)]
    pub funnel: Vec<FunnelPlace>,
    /// By how much areas differ beyond chance; absent where it cannot be told.
    #[serde(default)]
    pub variation: Option<AreaVariation>,
}

/// By how much rates of areas differ beyond what chance makes of their counts (Spiegelhalter 2005).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AreaVariation {
    /// Mean square of the areas' scores, a tenth at each end drawn in: 1 where chance is all there is.
    pub phi: f64,
    /// Variance between areas of the square root of their ratio to the whole; it is added to what chance makes.
    pub between: f64,
    /// How many areas would lie beyond the limits, on both sides, if areas varied at random by as much; absent where it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_chance: Option<f64>,
    /// Chance, from 0 to 1, that as many lie there as do, or more, if areas varied so: a Poisson tail about `by-chance`; absent where that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_many_by_chance: Option<f64>,
}

/// On which side of the widened limits an area lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// Above what areas of its size vary by.
    Above,
    /// Below.
    Below,
}

/// So rarely would as many areas lie beyond the limits by chance, where they are called more than chance: in one of twenty maps.
const RARELY: f64 = 0.05;

/// Whether a chance is that of more than chance.
pub fn is_rare(chance: f64) -> bool {
    chance <= RARELY
}

impl AreaRates {
    /// Decimals that tell its rates apart: two where the whole is under 10, one from there on.
    pub fn decimals(&self) -> usize {
        self.total.rate.known().map_or(1, |r| rate_decimals(r.value))
    }

    /// Whether so many areas lie beyond the widened limits, on both sides, as chance [rarely](is_rare) puts there; so, too, where that cannot be told.
    pub fn more_apart_than_chance(&self) -> bool {
        self.variation.and_then(|v| v.as_many_by_chance).is_none_or(is_rare)
    }

    /// Whether the texts say of an area that its rate is clearly apart from that of the whole. Where no more areas lie beyond the limits than chance puts
    /// there, they say it of none.
    pub fn stands_apart(&self, row: &AreaRate) -> bool {
        row.beyond.is_some() && self.more_apart_than_chance()
    }

    /// The rate of events with a known area over all residents: what the rate of an area is like. That of the whole where it cannot be told.
    pub fn rate_of_located(&self) -> Cell<f64> {
        match (self.total.count, self.unlocated, self.total.residents) {
            (Cell::Known(all), Cell::Known(none), Cell::Known(people)) if people > 0.0 => {
                Cell::Known(all.saturating_sub(none) as f64 / people * self.per)
            }
            _ => match self.total.rate {
                Cell::Known(e) => Cell::Known(e.value),
                Cell::Withheld => Cell::Withheld,
                Cell::Missing => Cell::Missing,
                Cell::NotApplicable => Cell::NotApplicable,
            },
        }
    }
}

/// Limits of a funnel at a number of residents, as lower and upper rate.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FunnelPlace {
    /// Residents.
    pub residents: f64,
    /// 95 in 100 areas lie between these if they vary at random.
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
    /// Whether it lies outside the nearer limits of the funnel at its number of residents.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// Its rank, 1 the highest, and the ranks that it may have; absent where counts are withheld, or areas so many that pairs of them are no small number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<RankSet>,
}

/// A rank of a rate, and the ranks that cannot be ruled out: all sets of a table hold together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RankSet {
    /// Of the rate as it is.
    pub rank: usize,
    /// The best that it may be.
    pub best: usize,
    /// The worst.
    pub worst: usize,
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

/// Lower bounds of at most five map classes: fifths of the known non-zero rates as they are printed, none of them empty.
///
/// Computed from released rates only. The first class starts above zero: an area with a rate of zero has a mark of its own.
///
/// ```
/// use gapmap::model::{AreaRate, rate_classes};
/// use gapmap::units::{AreaCode, Cell, Estimate};
/// let area = |rate: f64| AreaRate {
///     code: AreaCode::parse("E01000001").unwrap(), name: String::new(), count: Cell::Known(1), residents: Cell::Known(1.0),
///     rate: Cell::Known(Estimate { value: rate, lower: rate, upper: rate, level: 0.95 }), beyond: None, rank: None,
/// };
/// let rows: Vec<AreaRate> = (0..=100).map(|i| area(f64::from(i) * 1.234)).collect();
/// assert_eq!(rate_classes(&rows, 1), [0.0, 25.0, 50.0, 75.0, 100.0]);
/// ```
pub fn rate_classes(rows: &[AreaRate], decimals: usize) -> Vec<f64> {
    fifths(rows.iter().filter_map(|r| r.rate.known()).map(|r| r.value), decimals)
}

/// The same of any values that are printed with so many decimals. A bound is the roundest number, of two digits or more, that no printed value lies
/// between it and the value of the fifth: it crosses none.
pub(crate) fn fifths(values: impl Iterator<Item = f64>, decimals: usize) -> Vec<f64> {
    let scale = 10_f64.powi(decimals as i32);
    let mut steps: Vec<u64> = values.filter(|v| *v > 0.0).map(|v| (printed(v, decimals) * scale).round() as u64).collect();
    steps.sort_unstable();
    let Some(lowest) = steps.first().copied() else { return vec![] };
    let mut bounds = vec![0];
    for k in 1..5 {
        let at = steps.get(steps.len() * k / 5).copied().unwrap_or(lowest);
        let below = steps.get(..steps.partition_point(|s| *s < at)).and_then(<[u64]>::last);
        // What all values reach parts none from another.
        let Some(below) = below else { continue };
        let bound = roundest(*below, at);
        if bound > bounds[bounds.len() - 1] {
            bounds.push(bound);
        }
    }
    bounds.into_iter().map(|b| b as f64 / scale).collect()
}

/// The roundest whole number above one and up to another, of two digits or more where that has as many.
fn roundest(above: u64, most: u64) -> u64 {
    let coarsest = most.checked_ilog10().unwrap_or(0).saturating_sub(1);
    (0..=coarsest).rev().map(|k| most - most % 10_u64.pow(k)).find(|n| *n > above).unwrap_or(most)
}

/// A value as a table prints it.
fn printed(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// The class of a value among lower bounds, by what is printed of it: what a table shows at a bound is in the class that starts there.
pub(crate) fn class_of(value: f64, decimals: usize, bounds: &[f64]) -> usize {
    bounds.iter().rposition(|b| printed(value, decimals) >= *b).unwrap_or(0)
}

/// Decimals that bounds need.
pub(crate) fn bound_decimals(bounds: &[f64]) -> usize {
    let whole = |x: f64| (x - x.round()).abs() < 1e-6;
    (0..2).find(|d| bounds.iter().all(|b| whole(b * 10_f64.powi(*d)))).unwrap_or(2) as usize
}

impl Shape for AreaRates {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().map(|r| r.count), [self.unlocated, self.total.count])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        Shown::of_areas(self.rows.iter().map(|r| (r.code, r.count)), self.unlocated, self.total.count, counting)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let each =
            self.rows.iter().map(|r| (r.count, r.residents, r.rate)).chain([(self.total.count, self.total.residents, self.total.rate)]);
        let rates = each.map(|(count, people, rate)| Claim::Estimate(rate, Basis::Rate { count, people, per: self.per }));
        // Ranks are told of open sources alone.
        rates.chain([Claim::Holds(self.rows.iter().all(|r| r.rank.is_none())), Claim::Funnel(self)]).collect()
    }

    fn table(&self) -> TableView {
        let level = decimal(self.total.rate.known().map_or(95.0, |r| r.level * 100.0), 0);
        let rank = |of: fn(RankSet) -> usize| move |r: &AreaRate| r.rank.map_or(NOT_APPLICABLE, |k| Value::Count(of(k) as u64));
        let rates = [
            ("rate", format!("Rate {}", self.unit)),
            ("lower", format!("Lower {level}% limit")),
            ("upper", format!("Upper {level}% limit")),
        ];
        let [rate, lower, upper] = estimate(self.total.rate, 1.0, self.decimals());
        Columns::default()
            .column("area_code", "Code", |r: &AreaRate| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("count", "Count", |r| count(r.count))
            .column("population", "Population", |r| number(r.residents, 0))
            .estimate(rates, (1.0, self.decimals()), |r| r.rate)
            .column("rank", "Rank by rate", rank(|k| k.rank))
            .column("rank_from", "Rank, from", rank(|k| k.best))
            .column("rank_to", "Rank, to", rank(|k| k.worst))
            .of(&self.rows)
            .line([("area_code", text("")), ("area_name", text("Place not known")), ("count", count(self.unlocated))])
            .line([
                ("area_code", text("")),
                ("area_name", Value::Text(format!("Total: {}", self.total.name))),
                ("count", count(self.total.count)),
                ("population", number(self.total.residents, 0)),
                ("rate", rate),
                ("lower", lower),
                ("upper", upper),
            ])
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::with_limits(r.code, r.rate)).collect();
        (measure == AreaMeasure::Rate).then(|| AreaFigures { decimals: self.decimals(), rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.rate.known().is_some()) || self.total.rate.known().is_some() || !self.funnel.is_empty()
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Rates(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where: one test speaks for a question.
        vec![]
    }
}
