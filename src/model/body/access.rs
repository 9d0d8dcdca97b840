//! How much service there is for people where they live.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ClassTotal;
use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography, Reach};

/// Capacity for people by area, shared with everybody who can come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AreaAccess {
    /// The level of the areas.
    pub geography: Geography,
    /// The kind of service.
    pub measure: String,
    /// Its id in the typology.
    pub service_type: String,
    /// `places for each 10,000 women aged 16 and over`.
    pub unit: String,
    /// Values are for this many people.
    pub per: f64,
    /// Costs up to which a way counts with each weight, nearest first.
    pub steps: Vec<(f64, f64)>,
    /// Capacity at sites that somebody reaches: what is shared out.
    pub shared_out: f64,
    /// Of it, what people of neighbouring authorities have.
    #[serde(default)]
    pub beyond: f64,
    /// Capacity at sites that nobody reaches.
    pub unused: f64,
    /// Capacity without a site, for everybody alike; part of no area's value.
    pub for_everybody: f64,
    /// Lower bounds of the classes of a map, ascending.
    pub classes: Vec<f64>,
    /// One for each area, sorted by code.
    pub rows: Vec<AccessRow>,
    /// All people.
    pub people: Cell<u64>,
    /// Of them, those in each state of reach.
    pub totals: Vec<ClassTotal>,
    /// Of them, those with sites in reach and none that takes people of their age.
    pub not_for_them: Cell<u64>,
    /// Concentration index along deprivation, −1 to 1: below 0 where the deprived have more than their share; absent without deprivation.
    pub concentration: Option<f64>,
    /// Concentration curve: shares of people, and of what they have, from the most deprived area on; empty where deprivation is not known.
    #[serde(default)]
    pub curve: Vec<(f64, f64)>,
    /// Mean of the areas of each fifth by deprivation, weighted by people, most deprived first; empty without deprivation.
    #[serde(default)]
    pub fifths: Vec<f64>,
    /// Slope index of inequality over the fifths: the least deprived end of a straight line less the most deprived.
    #[serde(default)]
    pub slope: Option<f64>,
    /// Gini coefficient: 0 where all have as much.
    pub gini: Option<f64>,
}

/// Decimals of its values, in tables and on maps.
pub(crate) const ACCESS_DECIMALS: usize = 2;

/// The access of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AccessRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// The people that capacity is shared between.
    pub people: Cell<f64>,
    /// Capacity for so many of them at sites; missing where it is not known whether a site is in reach, or what it has room for.
    pub value: Cell<f64>,
    /// How it is reached.
    pub reach: Reach,
}

impl Shape for AreaAccess {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::alike(self.totals.iter().map(|t| t.residents).chain([self.people, self.not_for_them]))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // What the areas and their neighbours have, added up, is what is shared out.
        let had: f64 = self.rows.iter().filter_map(|r| Some(r.people.known()? * r.value.known()? / self.per)).sum();
        let again = Some(had + self.beyond);
        vec![Claim::Number { told: Some(self.shared_out), again, within: 1e-6 * self.shared_out.max(1.0) }]
    }

    fn table(&self) -> TableView {
        Columns::default()
            .column("area_code", "Code", |r: &AccessRow| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("population", "People", |r| number(r.people, 0))
            .column("access", self.unit.clone(), |r| number(r.value, ACCESS_DECIMALS))
            .column("reach", "Reach", |r| text(r.reach.label()))
            .of(&self.rows)
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::plain(r.code, r.value)).collect();
        (measure == AreaMeasure::Access).then(|| AreaFigures { decimals: ACCESS_DECIMALS, rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(self.measure.clone(), format!("{}, {:.2?}", self.unit, self.steps))
    }

    fn concludes(&self) -> bool {
        self.totals.iter().any(|t| t.residents.known().is_some()) || self.not_for_them.known().is_some()
    }

    fn compared(&self) -> Compared<'_> {
        let shared_out = Quantity::new("shared out", &self.unit, Cell::Known(self.shared_out));
        Compared::numbers(self.totals.iter().map(ClassTotal::quantity).chain([shared_out]).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}
