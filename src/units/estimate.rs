use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number with the interval that goes with it.
///
/// `lower` and `upper` are in the unit of `value`; `level` is the coverage of the interval, such as 0.95.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// Lower limit of the interval.
    pub lower: f64,
    /// Upper limit of the interval.
    pub upper: f64,
    /// Coverage of the interval, 0 to 1.
    pub level: f64,
}

impl Estimate {
    /// Whether the interval of this one and that of `other` have no point in common.
    ///
    /// ```
    /// use gapmap::units::Estimate;
    /// let low = Estimate { value: 1.0, lower: 0.5, upper: 1.5, level: 0.95 };
    /// let high = Estimate { value: 4.0, lower: 3.0, upper: 5.0, level: 0.95 };
    /// assert!(low.is_apart_from(&high));
    /// ```
    pub fn is_apart_from(&self, other: &Estimate) -> bool {
        self.upper < other.lower || other.upper < self.lower
    }
}
