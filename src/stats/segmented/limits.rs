//! The usual range of a series that has a shape: process limits about what the model expects, so that a rise that was told is no alarm each month.

use super::{Found, Shape};
use crate::stats::monthly::MonthCount;
use crate::stats::spc::{Signal, xmr};

/// Fewer known months than this give no limits: they would be guesses.
pub const FEWEST_FOR_LIMITS: usize = 12;
/// Of fewer events a month than this an individuals chart tells mostly chance: seven months of none in a row, or a month of two.
pub const FEWEST_A_MONTH: f64 = 0.7;
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
/// a clear season has the plain chart. `None` for months of a stretch with fewer than 12 known ones, and of one with fewer than [`FEWEST_A_MONTH`] events a month.
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
        let events: Vec<u64> = series.get(*start..end).unwrap_or_default().iter().filter_map(|m| m.events).collect();
        if events.len() < FEWEST_FOR_LIMITS || (events.iter().sum::<u64>() as f64) < FEWEST_A_MONTH * events.len() as f64 {
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

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Poisson};

    use super::*;

    /// Three years of months that chance makes at a rate.
    fn flat(rate: f64, rng: &mut ChaCha8Rng) -> Vec<MonthCount> {
        let chance = Poisson::new(rate).unwrap();
        (0..36).map(|m| MonthCount { events: Some(chance.sample(rng) as u64), days: 30.4, of_year: m % 12 }).collect()
    }

    #[test]
    fn a_flat_series_of_rare_events_has_a_latest_month_that_signals_in_few_cases() {
        for rate in [0.1, 0.3, 0.5, 0.7, 0.8, 1.0] {
            let mut rng = ChaCha8Rng::seed_from_u64(7);
            let signals = (0..600).filter(|_| {
                let ranges = usual_range(&flat(rate, &mut rng), &[0], None);
                ranges[35].is_some_and(|r| r.signal.is_some())
            });
            let signals = signals.count();
            assert!(signals <= 48, "at {rate} a month {signals} of 600");
            assert!(rate > 0.3 || signals == 0, "at {rate} a month {signals} of 600");
        }
    }

    #[test]
    fn a_stretch_of_a_handful_of_events_has_no_range_and_one_of_more_has() {
        let of = |events: u64| {
            let months: Vec<MonthCount> =
                (0..36).map(|m| MonthCount { events: Some(events * u64::from(m == 20)), days: 30.4, of_year: m % 12 }).collect();
            usual_range(&months, &[0], None)
        };
        assert!((1..=5).all(|n| of(n).iter().all(Option::is_none)));
        assert!(of(60).iter().all(Option::is_some));
    }
}
