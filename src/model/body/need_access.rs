//! Need and access side by side, area by area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, Reach};

/// Where what is recorded is high and what is in reach is little.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NeedAccess {
    /// The level of the areas.
    pub geography: Geography,
    /// What stands for need.
    pub need: String,
    /// `per 1,000 residents`.
    pub need_unit: String,
    /// Need is told for so many residents.
    pub per: f64,
    /// From these rates on, an area is in the middle third, and in the highest.
    pub need_cuts: (f64, f64),
    /// The kind of service.
    pub access: String,
    /// `places for each 10,000 women aged 16 and over`.
    pub access_unit: String,
    /// From this value on, an area has more than half of those that have any.
    pub access_cut: f64,
    /// One for each area, sorted by code.
    pub rows: Vec<NeedAccessRow>,
    /// Events without a known area.
    pub unlocated: Cell<u64>,
    /// All of them.
    pub total: Cell<u64>,
}

/// An area is called one of the highest third only where it is so with more than this probability: others may be there by chance.
pub const SURELY_HIGH_FROM: f64 = 0.8;

impl NeedAccessRow {
    /// Whether it is surely one of the highest third.
    pub fn surely_high(&self) -> bool {
        self.high_chance.is_some_and(|p| p > SURELY_HIGH_FROM)
    }
}

/// One area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NeedAccessRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events.
    pub count: Cell<u64>,
    /// Residents.
    pub residents: Cell<f64>,
    /// Events for so many residents.
    pub need: Cell<f64>,
    /// What is in reach; missing where that is not known.
    pub value: Cell<f64>,
    /// How the area is reached.
    pub reach: Reach,
    /// Third of the areas by need, 0 for the lowest; absent where it is not known.
    pub need_third: Option<u8>,
    /// Chance that it is one of the highest third, by its count and how much areas differ.
    #[serde(default)]
    pub high_chance: Option<f64>,
    /// 0 beyond reach; with a site in reach 1 for less than half of those that have any, 2 for more. Absent where a service only comes to
    /// people or helps by phone, and where it is not known.
    pub access_class: Option<u8>,
}

impl NeedAccessRow {
    /// Its events and its residents, where both are known and somebody lives there.
    pub fn events_and_people(&self) -> Option<(f64, f64)> {
        Some((self.count.known()? as f64, self.residents.known().filter(|p| *p > 0.0)?))
    }
}

impl Shape for NeedAccess {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().map(|r| r.count), [self.unlocated, self.total])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        Shown::of_areas(self.rows.iter().map(|r| (r.code, r.count)), self.unlocated, self.total, counting)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let third = |r: &NeedAccessRow, told: u8| {
            r.need.known().is_some_and(|x| told == u8::from(x >= self.need_cuts.0) + u8::from(x >= self.need_cuts.1))
        };
        let rates = self.rows.iter().flat_map(|r| {
            let rate = Claim::Quotient { told: r.need, count: r.count, people: r.residents, per: self.per };
            [rate, Claim::Holds(r.need_third.is_none_or(|told| third(r, told)))]
        });
        rates.chain([Claim::ChanceOfHighestThird(self)]).collect()
    }

    fn table(&self) -> TableView {
        let third = |t: u8| text(["lowest", "middle", "highest"][usize::from(t.min(2))]);
        let class = |c: u8| text(["nothing", "less", "more"][usize::from(c.min(2))]);
        let nothing = |r: &NeedAccessRow| if r.reach == Reach::WithoutSite { NOT_APPLICABLE } else { MISSING };
        Columns::default()
            .column("area_code", "Code", |r: &NeedAccessRow| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("count", "Count", |r| count(r.count))
            .column("population", "Population", |r| number(r.residents, 0))
            .column("need", format!("{} {}", self.need, self.need_unit), |r| number(r.need, 2))
            .column("access", self.access_unit.clone(), |r| number(r.value, 2))
            .column("need_third", "Third by need", move |r| r.need_third.map_or(MISSING, third))
            .column("chance_highest_third", "Chance to be in the highest third", |r| r.high_chance.map_or(MISSING, |p| Value::Number(p, 2)))
            .column("reach", "Reach", |r| text(r.reach.label()))
            .column("access_class", "In reach", move |r| r.access_class.map_or(nothing(r), class))
            .of(&self.rows)
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::plain(r.code, r.need)).collect();
        (measure == AreaMeasure::Need).then(|| AreaFigures { decimals: 2, rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(format!("{}, {}", self.need, self.access), format!("{}, {}", self.need_unit, self.access_unit))
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.need_third.is_some() || r.need.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let high = || self.rows.iter().filter(|r| r.surely_high());
        let without = high().filter(|r| r.access_class == Some(0)).count();
        Compared::events(vec![
            Quantity::number("probably high need", "areas", high().count()),
            Quantity::number("probably high need and beyond reach", "areas", without),
        ])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The scan answers where: one test speaks for a question.
        vec![]
    }
}
