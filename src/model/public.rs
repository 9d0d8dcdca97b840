//! What may be drawn on a map: public sites of services, and outlines of areas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::AreaCode;

/// `[[study.public-place]]`: a service whose place is public although its record, or that of its organisation, sounds confidential.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublicPlace {
    /// Its id in the catalogue.
    pub id: String,
    /// How it is known that anybody may know where it is. It is printed beside the ledger.
    pub because: String,
}

/// Whether a service is there on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// It runs.
    Running,
    /// Its contract has not begun.
    Planned,
    /// Closed for a while, or not running now.
    Paused,
    /// Its contract is over, or it has closed.
    Ended,
}

/// A public site of a service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PublicSite {
    /// Id of the service.
    pub service: String,
    /// Its name.
    pub name: String,
    /// Ids of its types.
    pub types: Vec<String>,
    /// Metres east on the National Grid.
    pub easting_m: i32,
    /// Metres north on the National Grid.
    pub northing_m: i32,
    /// Whether it is there on the last day of the study.
    pub state: ServiceState,
}

/// The shape of an area in whole metres on the National Grid.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Outline {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// Names of larger places that it lies in, such as its ward: what people look for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    /// Polygons; of each, the outer ring and then the holes; of each ring, corners as east, north, the last one not repeated.
    pub polygons: Vec<Vec<Vec<(i32, i32)>>>,
}
