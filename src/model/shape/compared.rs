//! How a finding is held against that of another pack: what it counts, by which settings, and its numbers by name.

use crate::model::{AreaRates, GapRegister, Indicator, OutcomeCohorts, Parity, Series, ServiceMap};
use crate::units::{AreaCode, Cell, Estimate};

/// What a body counts, and by which settings: two that differ in either are not compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Described {
    /// What it counts.
    pub definition: String,
    /// By which settings.
    pub setting: String,
    /// Whether a setting stands in the subtitle of its finding, too.
    pub subtitle_is_a_setting: bool,
}

impl Described {
    /// By what is counted, and the settings.
    pub fn new(definition: String, setting: String) -> Self {
        Self { definition, setting, subtitle_is_a_setting: false }
    }
}

/// The numbers of a shape that are held against those of another pack, and the way in which they are.
pub enum Compared<'a> {
    /// Numbers that are no samples, so that one is the other or is not; whether they are of events, which are not held against each other across a
    /// break in recording.
    Numbers(Vec<Quantity>, bool),
    /// The same, cell by cell of a table of events: a report has the tables themselves.
    Cells(Vec<Quantity>),
    /// A ratio with its limits, tested on the log scale.
    Ratio {
        /// What it is of.
        row: &'a str,
        /// The ratio.
        value: Cell<Estimate>,
        /// Whether it is the same event looked at again with more months, and no second sample.
        same_sample: bool,
    },
    /// Rates of areas and of the whole, tested beyond what areas vary by.
    Rates(&'a AreaRates),
    /// Ratios of groups, tested by the counts that they rest on.
    Parity(&'a Parity),
    /// The latest wave, tested by its limits.
    Indicator(&'a Indicator),
    /// Shares of cohorts added together.
    Outcomes(&'a OutcomeCohorts),
    /// New months beside the same months a year before, and months that were restated.
    Series(&'a Series),
    /// Gaps that open, close and change.
    Gaps(&'a GapRegister),
    /// Services that come and go.
    Services(&'a ServiceMap),
}

impl Compared<'_> {
    /// Numbers that are no counts of events.
    pub fn numbers(list: Vec<Quantity>) -> Self {
        Compared::Numbers(list, false)
    }

    /// Counts of events, or what is found from them.
    pub fn events(list: Vec<Quantity>) -> Self {
        Compared::Numbers(list, true)
    }
}

/// When a number is told beside the one of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Always.
    Always,
    /// Where it is more than 0 in either pack.
    Any,
    /// Where what is said of it is known in both packs, and differs.
    Moved(Option<bool>),
}

/// A number with a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// What it is found by in the other pack.
    pub key: String,
    /// How a reader knows it; empty for the whole.
    pub row: String,
    /// The area that it is of, if any.
    pub area: Option<AreaCode>,
    /// What it counts.
    pub unit: String,
    /// The number.
    pub value: Cell<f64>,
    /// When it is told.
    pub when: When,
}

impl Quantity {
    /// A number that is found by the name that a reader sees.
    pub fn new(row: &str, unit: &str, value: Cell<f64>) -> Self {
        Self { key: row.into(), row: row.into(), area: None, unit: unit.into(), value, when: When::Always }
    }

    /// A count.
    pub fn count(row: &str, unit: &str, count: Cell<u64>) -> Self {
        Self::new(row, unit, count.map(|n| n as f64))
    }

    /// A number of areas or the like, which is always known.
    pub fn number(row: &str, unit: &str, n: usize) -> Self {
        Self::new(row, unit, Cell::Known(n as f64))
    }

    /// The same, found by another key.
    pub fn keyed(self, key: &str) -> Self {
        Self { key: key.into(), ..self }
    }
}
