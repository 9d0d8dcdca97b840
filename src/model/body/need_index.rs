//! Several signs of need as one index, area by area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GapRank;
use crate::units::{AreaCode, Cell, Geography};

/// Where signs of need come together, and how much that depends on how they are put together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct NeedIndex {
    /// The level of the areas.
    pub geography: Geography,
    /// What it is made of; first those that count events.
    pub indicators: Vec<IndexIndicator>,
    /// Rates are for so many residents.
    pub per: f64,
    /// Areas that make up the highest fifth.
    pub fifth: usize,
    /// How often ranks were drawn again.
    pub draws: usize,
    /// One for each area, sorted by code.
    pub rows: Vec<NeedIndexRow>,
    /// Events without a known area, by indicator that counts events.
    pub unlocated: Vec<Cell<u64>>,
    /// All of them.
    pub totals: Vec<Cell<u64>>,
}

/// A part of the index.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IndexIndicator {
    /// Its name in ids.
    pub id: String,
    /// Its name.
    pub label: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Its weight.
    pub weight: f64,
}

/// One area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NeedIndexRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Events, by indicator that counts events.
    pub counts: Vec<Cell<u64>>,
    /// Residents.
    pub residents: Cell<f64>,
    /// Each indicator.
    pub values: Vec<Cell<f64>>,
    /// The index: 0 were the area lowest on everything, 100 were it highest.
    pub index: Cell<f64>,
    /// Its rank, 1 for the highest, and the range of ranks.
    pub rank: Option<GapRank>,
}

/// Where a range of ranks lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// In the highest fifth, whichever way.
    High,
    /// In the highest fifth some ways.
    Perhaps,
    /// Not in it.
    Below,
    /// Not known.
    NotKnown,
}

impl NeedIndex {
    /// Where the range of an area lies.
    pub fn standing(&self, row: &NeedIndexRow) -> Standing {
        match row.rank {
            None => Standing::NotKnown,
            Some(r) if r.high <= self.fifth => Standing::High,
            Some(r) if r.low <= self.fifth || r.nominal <= self.fifth => Standing::Perhaps,
            Some(_) => Standing::Below,
        }
    }
}
