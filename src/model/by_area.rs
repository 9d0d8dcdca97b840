//! What a finding tells of each area as one number: what a layer of a map shows, a card names and the audit looks up again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{AreaCode, Cell, Estimate};

/// Which of the numbers of a finding is meant: some shapes hold more than one for an area.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaMeasure {
    /// The rate, with its limits, in the unit of the finding.
    Rate,
    /// How many.
    Count,
    /// The rate drawn towards its neighbours or the mean, with its limits.
    Smoothed,
    /// The standard score of an area and its neighbours.
    Score,
    /// Capacity for so many people.
    Access,
    /// The rank on an index of need, with the range in which it lies.
    Rank,
    /// The rate that stands for need beside access.
    Need,
    /// No number: a class alone.
    Class,
}

impl AreaMeasure {
    /// All of them.
    pub const ALL: [Self; 8] = [Self::Rate, Self::Count, Self::Smoothed, Self::Score, Self::Access, Self::Rank, Self::Need, Self::Class];
}

/// The number of one area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AreaFigure {
    /// Its code.
    pub code: AreaCode,
    /// Its value, or why there is none. Of a class alone: not applicable.
    pub value: Cell<f64>,
    /// Lower and upper limit, where the method gives them.
    pub limits: Option<(f64, f64)>,
}

/// The numbers of all areas.
#[derive(Clone, PartialEq, Debug)]
pub struct AreaFigures {
    /// Decimals that they are printed with.
    pub decimals: usize,
    /// One for each row of the finding, in its order.
    pub rows: Vec<AreaFigure>,
}

impl AreaFigure {
    /// A number without limits.
    pub fn plain(code: AreaCode, value: Cell<f64>) -> Self {
        Self { code, value, limits: None }
    }

    /// No number: a class alone.
    pub fn class(code: AreaCode) -> Self {
        Self::plain(code, Cell::NotApplicable)
    }

    /// A number with its limits.
    pub fn with_limits(code: AreaCode, rate: Cell<Estimate>) -> Self {
        Self { code, value: rate.map(|e| e.value), limits: rate.known().map(|e| (e.lower, e.upper)) }
    }
}
