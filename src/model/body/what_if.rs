//! What a change of the catalogue would do: before, after, who gains and who loses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::reach::ClassTotal;
use crate::units::{AreaCode, Cell, Geography, Reach};

/// A scenario of the plan, for one kind of service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIf {
    /// The level of the areas.
    pub geography: Geography,
    /// Name of the scenario.
    pub scenario: String,
    /// The kind of service.
    pub kind: String,
    /// Its id in the typology.
    pub service_type: String,
    /// When services must be open to count: empty for any time, else `in the evening`, `at night`, `at the weekend`.
    pub open: String,
    /// Residents by reach today.
    pub before: Vec<ClassTotal>,
    /// Residents by reach after the change.
    pub after: Vec<ClassTotal>,
    /// Residents who come within reach of a site.
    pub gained: Cell<u64>,
    /// Residents who fall out of reach of every site.
    pub lost: Cell<u64>,
    /// Gained less lost where reach is somewhat shorter or longer: 95 % of the draws lie between these; absent where none were made.
    pub net_range: Option<(f64, f64)>,
    /// Draws of the reach.
    pub draws: usize,
    /// Reach varies by up to this share to either side.
    pub reach_varies: f64,
    /// Capacity of running services before and after, in `capacity_unit`, where the catalogue gives it.
    pub capacity: Option<(f64, f64)>,
    /// What capacity counts.
    pub capacity_unit: String,
    /// Areas whose reach changes, sorted by code.
    pub rows: Vec<WhatIfArea>,
}

/// An area whose reach changes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WhatIfArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Its residents.
    pub residents: Cell<f64>,
    /// How it is reached today.
    pub before: Reach,
    /// How it would be reached.
    pub after: Reach,
}

impl WhatIf {
    /// Whether the change could be nothing: its range takes in none. `None` where nothing was drawn.
    pub fn inside_the_noise(&self) -> Option<bool> {
        self.net_range.map(|(low, high)| low <= 0.0 && high >= 0.0)
    }
}
