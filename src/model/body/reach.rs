//! Classes by area: whether a kind of service reaches it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::units::Reach;
use crate::units::{AreaCode, Cell, Geography};

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
