//! Monthly series.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::SeriesBreak;
use crate::units::{Cell, Month};

/// A monthly series with process limits.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// What is counted.
    pub measure: String,
    /// `incidents`, `reports`.
    pub unit: String,
    /// One for each month.
    pub points: Vec<SeriesPoint>,
    /// Breaks: limits and sums start anew at each.
    pub breaks: Vec<SeriesBreak>,
}

/// One month.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesPoint {
    /// The month.
    pub month: Month,
    /// Events.
    pub count: Cell<u64>,
    /// Events of this month and the eleven before; not applicable where a break or the start lies between.
    pub rolling_12: Cell<u64>,
    /// Mean of the segment, where it has limits.
    pub mean: Option<f64>,
    /// Lower process limit, not below 0.
    pub lower: Option<f64>,
    /// Upper process limit.
    pub upper: Option<f64>,
    /// The strongest rule that the point breaks.
    pub rule: Option<LimitRule>,
    /// +1 high or rising, −1 low or falling, 0 without a rule.
    pub direction: i8,
}

/// The four rules of Making Data Count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LimitRule {
    /// Outside the process limits.
    BeyondLimits,
    /// Seven or more points rising, or falling, throughout.
    SevenRisingOrFalling,
    /// Two of three points near one limit.
    TwoOfThreeNearLimit,
    /// Seven or more in a row on one side of the mean.
    SevenOnOneSide,
}
