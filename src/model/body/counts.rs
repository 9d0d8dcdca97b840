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
        // Counts alone.
        vec![]
    }
}
