//! What a finding tells of each area as one number: what a layer of a map shows, a card names and the audit looks up again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::{Body, HotSpotRow};
use super::document::Finding;
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

impl Finding {
    /// What it tells of each area by a measure; `None` where its shape holds no such number.
    pub fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        let (decimals, rows) = match (&self.body, measure) {
            (Body::AreaRates(b), AreaMeasure::Rate) => {
                (b.decimals(), b.rows.iter().map(|r| AreaFigure::with_limits(r.code, r.rate)).collect())
            }
            (Body::AreaCounts(b), AreaMeasure::Count) => {
                (0, b.rows.iter().map(|r| AreaFigure::plain(r.code, r.count.map(|n| n as f64))).collect())
            }
            (Body::HotSpots(b), AreaMeasure::Smoothed) => {
                let rate = |r: &HotSpotRow| if b.modelled.is_some() { r.modelled } else { r.smoothed };
                let decimals = if b.mean_rate * b.per < 10.0 { 2 } else { 1 };
                (decimals, b.rows.iter().map(|r| AreaFigure::with_limits(r.code, withheld_with_count(r, rate(r)))).collect())
            }
            (Body::HotSpots(b), AreaMeasure::Score) => {
                (1, b.rows.iter().map(|r| AreaFigure::plain(r.code, withheld_with_count(r, r.z))).collect())
            }
            (Body::AreaAccess(b), AreaMeasure::Access) => (1, b.rows.iter().map(|r| AreaFigure::plain(r.code, r.value)).collect()),
            (Body::NeedIndex(b), AreaMeasure::Rank) => {
                let rank = |r: &super::NeedIndexRow| AreaFigure {
                    code: r.code,
                    value: r.rank.map_or(r.index.and_then(|_| Cell::Missing), |k| Cell::Known(k.nominal as f64)),
                    limits: r.rank.map(|k| (k.high.min(k.low) as f64, k.high.max(k.low) as f64)),
                };
                (0, b.rows.iter().map(rank).collect())
            }
            (Body::NeedAccess(b), AreaMeasure::Need) => (2, b.rows.iter().map(|r| AreaFigure::plain(r.code, r.need)).collect()),
            (Body::AreaClasses(b), AreaMeasure::Class) => (0, b.rows.iter().map(|r| AreaFigure::class(r.code)).collect()),
            (Body::Emerging(b), AreaMeasure::Class) => (0, b.rows.iter().map(|r| AreaFigure::class(r.code)).collect()),
            (Body::Clusters(b), AreaMeasure::Class) => (0, b.areas.iter().map(|r| AreaFigure::class(r.code)).collect()),
            // Every other pair: the shape has no such number of an area.
            _ => return None,
        };
        Some(AreaFigures { decimals, rows })
    }
}

/// A number that is not known because its count is withheld says so, and not that it is missing.
fn withheld_with_count<T>(row: &HotSpotRow, value: Cell<T>) -> Cell<T> {
    match value {
        Cell::Missing | Cell::NotApplicable if row.count == Cell::Withheld => Cell::Withheld,
        value => value,
    }
}

impl AreaFigure {
    fn plain(code: AreaCode, value: Cell<f64>) -> Self {
        Self { code, value, limits: None }
    }

    fn class(code: AreaCode) -> Self {
        Self::plain(code, Cell::NotApplicable)
    }

    fn with_limits(code: AreaCode, rate: Cell<Estimate>) -> Self {
        Self { code, value: rate.map(|e| e.value), limits: rate.known().map(|e| (e.lower, e.upper)) }
    }
}
