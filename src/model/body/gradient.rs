//! Rates along deprivation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Cell, Estimate};

/// Rates along deprivation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Gradient {
    /// What is counted.
    pub measure: String,
    /// `per 1,000 residents`.
    pub unit: String,
    /// Rates are per this many residents.
    pub per: f64,
    /// Groups of areas from the most deprived to the least.
    pub groups: Vec<GradientGroup>,
    /// The rate of all groups together.
    pub whole: Cell<Estimate>,
    /// How much higher the rate is at the most deprived end of the line through all areas than at the least, in the unit (slope index of inequality).
    pub difference: Option<Estimate>,
    /// How many times as high (relative index of inequality); its interval holds how much areas vary for other reasons.
    pub ratio: Option<Estimate>,
    /// Two-sided p-value of no slope.
    #[serde(default)]
    pub p: Option<f64>,
    /// The area without which there would be no slope; absent where none is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hangs_on: Option<HangsOn>,
    /// The model of how areas vary about the line, `quasi-Poisson` or `negative binomial`: that with the larger p-value of both.
    #[serde(default)]
    pub model: Option<String>,
    /// How many areas the line goes through.
    #[serde(default)]
    pub areas: usize,
    /// Concentration index, −1 to 1: below 0 where the deprived have more than their share.
    pub concentration: Option<f64>,
    /// Shares of residents, from the most deprived area on, and of events.
    pub curve: Vec<(f64, f64)>,
}

/// An area that a slope hangs on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HangsOn {
    /// Its name.
    pub area: String,
    /// Two-sided p-value of no slope without it.
    pub p: f64,
}

/// A group of areas.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GradientGroup {
    /// `most deprived fifth`.
    pub label: String,
    /// How many areas it holds.
    pub areas: usize,
    /// Events in those of them whose count is known.
    pub count: Cell<u64>,
    /// Residents of the same areas.
    pub residents: Cell<f64>,
    /// The rate.
    pub rate: Cell<Estimate>,
}
