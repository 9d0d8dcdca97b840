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

impl Shape for NeedAccess {
    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![]
    }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().map(|r| r.count), [self.unlocated, self.total])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        Shown::of_areas(self.rows.iter().map(|r| (r.code, r.count)), self.unlocated, self.total, counting)
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        vec![]
    }

    fn no_counts(&self) -> NoCounts {
        NoCounts::none()
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
}
