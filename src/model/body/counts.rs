//! Counts by area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell, Geography};

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

impl Shape for AreaCounts {
    has_no! { texts_mut sums_of_people no_counts sheet }

    fn counts(&self) -> Counts {
        Counts::by_area(self.rows.iter().map(|r| r.count), [self.unlocated, self.total])
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        Shown::of_areas(self.rows.iter().map(|r| (r.code, r.count)), self.unlocated, self.total, counting)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts alone.
        vec![]
    }

    fn table(&self) -> TableView {
        Columns::default()
            .column("area_code", "Code", |r: &AreaCount| text(r.code.as_str()))
            .column("area_name", "Area", |r| text(&r.name))
            .column("count", format!("Number of {}", self.unit), |r| count(r.count))
            .of(&self.rows)
            .line([("area_code", text("")), ("area_name", text("Place not known")), ("count", count(self.unlocated))])
            .line([("area_code", text("")), ("area_name", text("Total")), ("count", count(self.total))])
    }

    fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let rows = || self.rows.iter().map(|r| AreaFigure::plain(r.code, r.count.map(|n| n as f64))).collect();
        (measure == AreaMeasure::Count).then(|| AreaFigures { decimals: 0, rows: rows() })
    }

    fn described(&self) -> Described {
        Described::new(self.unit.clone(), String::new())
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.count.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::events(vec![Quantity::count("", &self.unit, self.total)])
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // It tests nothing.
        vec![]
    }
}
