//! What a finding says stands out, before what the others of its pack say is known.

use serde::Serialize;

use crate::units::Estimate;

/// What an item is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A service that is not there, or not for them.
    Gap,
    /// More or less than before.
    Change,
    /// More in some places than in others.
    Place,
    /// A group that is reached less, or harmed more.
    Group,
    /// Need at hours when nothing is open.
    Time,
    /// What the data do not say.
    Unknown,
}

/// One thing that stands out.
#[derive(Clone, PartialEq, Debug)]
pub struct StandsOut {
    /// What it is about.
    pub kind: Kind,
    /// How far, and how sure that is.
    pub says: Says,
}

/// How far something stands out: the share that would be otherwise without it, of events, of users, of people, of tests; and how sure that is.
#[derive(Clone, PartialEq, Debug)]
pub enum Says {
    /// Tested against chance.
    Tested {
        /// The share, 0 to 1.
        effect: f64,
        /// The test.
        test: Test,
    },
    /// Told by a register.
    Told {
        /// The share, 0 to 1.
        effect: f64,
        /// How sure, 0 to 1.
        confidence: f64,
    },
    /// Of several shares the one that is surest to lie above what is expected of it: by a one-sided normal test of each, the least p-value times their number.
    MostBeyond {
        /// How many events the shares are of.
        all: f64,
        /// Shares, each with what is expected of it, between 0 and 1.
        shares: Vec<(f64, f64)>,
    },
}

/// A test against chance.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// Done: its p-value.
    P(f64),
    /// That a ratio is 1, by its limits.
    Ratio(Estimate),
    /// That a difference is 0, by its limits.
    Difference(Estimate),
    /// That none of some groups is reached less than all others: the least p-value, times the number of all.
    LeastReached(Vec<GroupBesideOthers>),
}

/// Events and people of a group, and of all others.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct GroupBesideOthers {
    /// Events of the group.
    pub events: u64,
    /// Its people.
    pub people: f64,
    /// Events and people of all others.
    pub others: (u64, f64),
}

/// Whether an estimate has limits on the scale of ratios, so that its test has an answer.
pub fn is_ratio_with_limits(estimate: &Estimate) -> bool {
    let Estimate { value, lower, upper, .. } = *estimate;
    lower > 0.0 && upper > lower && value > 0.0 && upper.is_finite()
}

/// The share of events now that would be more, or fewer, had nothing changed: `1 − 1/ratio` of a rise, `1 − ratio` of a fall.
pub fn apart(ratio: f64) -> f64 {
    if ratio > 1.0 {
        1.0 - 1.0 / ratio
    } else if ratio > 0.0 {
        1.0 - ratio
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_and_halving_are_the_same_share() {
        assert_eq!((apart(2.0), apart(0.5), apart(1.0), apart(f64::NAN)), (0.5, 0.5, 0.0, 0.0));
        assert!((apart(1.65) - 0.3939).abs() < 1e-4);
    }
}
