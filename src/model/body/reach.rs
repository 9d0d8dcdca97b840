//! Classes by area: whether a kind of service reaches it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{AreaCode, Cell, Geography};

/// Whether a kind of service reaches an area, and how. *Not known* is never *none*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Yes: a site is within reach.
    Site,
    /// Yes, but without a site in reach: by outreach, phone or online.
    WithoutSite,
    /// No: every service of the kind that serves the area has a known site, and none is within reach.
    OutOfReach,
    /// The catalogue does not settle it.
    NotKnown,
}

impl Reach {
    /// All four, best first.
    pub const ALL: [Reach; 4] = [Reach::Site, Reach::WithoutSite, Reach::OutOfReach, Reach::NotKnown];

    /// How a legend names it.
    pub fn label(self) -> &'static str {
        match self {
            Reach::Site => "a site within reach",
            Reach::WithoutSite => "outreach, phone or online only",
            Reach::OutOfReach => "out of reach",
            Reach::NotKnown => "not known",
        }
    }
}

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
