//! The usual range of a series that has a shape: process limits about what the model expects, so that a rise that was told is no alarm each month.

use super::{Found, Shape};
use crate::stats::monthly::MonthCount;
use crate::stats::spc::{Signal, xmr};

/// Fewer known months than this give no limits: they would be guesses.
pub const FEWEST_FOR_LIMITS: usize = 12;
/// A wave of the year is taken out of limits where it is told: where its p-value is below this.
pub const SEASON_BELOW: f64 = 0.05;
/// Mean days of a month.
const MEAN_DAYS: f64 = 365.25 / 12.0;

/// One month on the chart.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct UsualRange {
    /// Centre: the mean, times what shape and season make of it.
    pub mean: f64,
    /// Lower process limit, not below 0.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
    /// The strongest rule that the month breaks, and its side: +1 high or rising, −1 low or falling.
    pub signal: Option<(Signal, i8)>,
}

/// Process limits of each stretch between `starts` (0 and each break): an XmR chart of the counts over what the model makes of each month, times it again.
///
/// What the model makes of a month is its shape (in the latest stretch) and, where the season is clear, the time of year and the length of the month. A flat series without
/// a clear season has the plain chart. `None` for months of a stretch with fewer than 12 known ones.
pub fn usual_range(series: &[MonthCount], starts: &[usize], model: Option<&Found>) -> Vec<Option<UsualRange>> {
    let seasonal = model.filter(|m| m.wave.p < SEASON_BELOW);
    let factor = |i: usize| {
        let own = model.filter(|m| m.shape != Shape::Flat).and_then(|m| m.own.get(i)).copied().unwrap_or(1.0);
        let wave = seasonal.map_or(1.0, |m| m.wave.factors[series[i].of_year as usize % 12] * series[i].days / MEAN_DAYS);
        own * wave
    };
    let mut ranges = vec![None; series.len()];
    for (k, start) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(series.len()).min(series.len());
        let values: Vec<Option<f64>> = (*start..end).map(|i| series[i].events.map(|n| n as f64 / factor(i))).collect();
        if values.iter().flatten().count() < FEWEST_FOR_LIMITS {
            continue;
        }
        let Some(chart) = xmr(&values, true) else { continue };
        for (i, signal) in (*start..end).zip(&chart.signals) {
            let by = factor(i);
            ranges[i] =
                Some(UsualRange { mean: chart.mean * by, lower: chart.lower.max(0.0) * by, upper: chart.upper * by, signal: *signal });
        }
    }
    ranges
}
