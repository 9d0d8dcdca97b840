//! Bounds of a count that its source does not tell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Between what a count lies that whoever published it keeps back; `None` where they do not say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// The lowest that it may be.
    pub low: Option<u64>,
    /// The highest that it may be.
    pub high: Option<u64>,
}

impl Bounds {
    /// Bounds of the sum of two counts; unknown where one of them is.
    ///
    /// ```
    /// use gapmap::units::Bounds;
    /// let few = Bounds { low: Some(1), high: Some(4) };
    /// assert_eq!(few.plus(few).high, Some(8));
    /// assert_eq!(few.plus(Bounds::default()), Bounds { low: Some(1), high: None });
    /// ```
    pub fn plus(self, other: Self) -> Self {
        let low = self.low.unwrap_or(0).checked_add(other.low.unwrap_or(0));
        Self { low: low.filter(|n| *n > 0), high: self.high.zip(other.high).and_then(|(a, b)| a.checked_add(b)) }
    }
}
