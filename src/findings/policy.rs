use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[release]`: how numbers from restricted sources are released. Open sources are released as published.
///
/// The default is the rule of the hospital statistics for England: counts of 1 to 7 are withheld, others rounded to 5.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReleasePolicy {
    /// Counts from 1 up to this are withheld. 4 is “fewer than 5”, 9 is “fewer than 10”.
    pub withhold_up_to: u64,
    /// Other counts are rounded to the nearest multiple of this, half up; 1 leaves them.
    pub round_to: u64,
}

impl Default for ReleasePolicy {
    fn default() -> Self {
        Self { withhold_up_to: 7, round_to: 5 }
    }
}

impl ReleasePolicy {
    /// Whether a count is too small to be shown.
    pub fn is_small(&self, n: u64) -> bool {
        (1..=self.withhold_up_to).contains(&n)
    }

    /// A count as rounded.
    ///
    /// ```
    /// let policy = gapmap::findings::ReleasePolicy::default();
    /// assert_eq!([12, 13, 20, 0].map(|n| policy.round(n)), [10, 15, 20, 0]);
    /// ```
    pub fn round(&self, n: u64) -> u64 {
        let base = self.round_to.max(1);
        (n + base / 2) / base * base
    }

    /// The policy in a sentence.
    pub fn sentence(&self) -> String {
        let rounding =
            if self.round_to > 1 { format!(", and all other counts are rounded to the nearest {}", self.round_to) } else { String::new() };
        format!(
            "Counts of 1 to {} from restricted sources are withheld, with as many others as are needed so that they cannot be worked out from totals{rounding}. Rates, shares and sentences are computed from the released counts.",
            self.withhold_up_to
        )
    }
}
