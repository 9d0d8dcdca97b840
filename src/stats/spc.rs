//! Statistical process control: is a month out of the ordinary, or is it noise?

/// Limits stand this many mean moving ranges from the mean (3/1.128, rounded as the NHS publishes it).
const LIMIT_RANGES: f64 = 2.66;
/// A moving range this many times the mean one is itself an outlier and is left out of the mean once.
const OUTLIER_RANGES: f64 = 3.267;
/// This many points in a row on one side of the mean, or rising or falling throughout, are a signal.
const RUN_LENGTH: usize = 7;

/// Why a point of an XmR chart is not common cause, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Signal {
    /// Outside the process limits.
    BeyondLimits,
    /// One of seven or more points, each higher (or each lower) than the one before.
    Trend,
    /// One of two out of three in the outer third towards one limit, all three on that side of the mean.
    TwoOfThree,
    /// One of seven or more in a row on one side of the mean.
    OneSide,
}

/// An XmR (individuals) chart: the mean, the process limits, and what stands out.
#[derive(Clone, PartialEq, Debug)]
pub struct Xmr {
    /// Mean of the points, in their unit.
    pub mean: f64,
    /// Lower process limit: mean − 2.66 × mean moving range.
    pub lower: f64,
    /// Upper process limit: mean + 2.66 × mean moving range.
    pub upper: f64,
    /// Mean absolute difference of neighbouring points, outlying ranges left out where screened.
    pub mean_moving_range: f64,
    /// One for each point: the strongest rule it breaks and the direction, +1 high or rising, −1 low or falling.
    pub signals: Vec<Option<(Signal, i8)>>,
}

/// An XmR chart by the rules of *Making Data Count* (NHS England).
///
/// `points` are in time order; `None` is a month that is missing: it breaks the moving range and every run, nothing is
/// bridged. With `screen`, moving ranges of 3.267 times their mean or more are left out once and the mean taken again,
/// unless all that is left is 0.
/// All-equal points have limits at the mean, and none is outside. `None` with fewer than two neighbouring points.
///
/// A point that breaks several rules carries the strongest: limits, trend, two of three, one side. Every point of a pattern
/// is marked. A point on the mean ends a run. Points beyond the limits do not count as outer third.
///
/// Source: Making Data Count, NHSRplotthedots 0.2.2. Checked: `tests/reference/spc_making_data_count.json`.
///
/// ```
/// use gapmap::stats::spc::{Signal, xmr};
/// let steady = [10.0, 12.0, 11.0, 13.0, 9.0, 10.0, 12.0, 10.0, 30.0].map(Some);
/// let chart = xmr(&steady, true).unwrap();
/// assert_eq!(chart.signals[8], Some((Signal::BeyondLimits, 1)));
/// ```
pub fn xmr(points: &[Option<f64>], screen: bool) -> Option<Xmr> {
    let known: Vec<f64> = points.iter().flatten().copied().collect();
    let ranges: Vec<f64> = points.windows(2).filter_map(|w| Some((w[1]? - w[0]?).abs())).collect();
    if ranges.is_empty() {
        return None;
    }
    let mean = average(&known);
    let mut mean_moving_range = average(&ranges);
    if screen {
        let kept: Vec<f64> = ranges.iter().copied().filter(|r| *r < OUTLIER_RANGES * mean_moving_range).collect();
        // Of rare events most ranges are 0: without those of the events nothing would be left to vary.
        let left = if kept.is_empty() { 0.0 } else { average(&kept) };
        if left > 0.0 {
            mean_moving_range = left;
        }
    }
    let reach = LIMIT_RANGES * mean_moving_range;
    let signals = mark(points, mean, reach);
    Some(Xmr { mean, lower: mean - reach, upper: mean + reach, mean_moving_range, signals })
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn mark(points: &[Option<f64>], mean: f64, reach: f64) -> Vec<Option<(Signal, i8)>> {
    let n = points.len();
    let mut signals = vec![None; n];
    // Weakest rule first, so that a stronger one overwrites it.
    let side: Vec<i8> = points.iter().map(|p| p.map_or(0, |y| sign(y - mean))).collect();
    for run in runs(&side) {
        if run.len() >= RUN_LENGTH {
            signals[run.clone()].fill(Some((Signal::OneSide, side[run.start])));
        }
    }
    let beyond = |i: usize| points[i].is_some_and(|y| y > mean + reach || y < mean - reach);
    let outer_third = |i: usize| !beyond(i) && points[i].is_some_and(|y| (y - mean).abs() > reach * 2.0 / 3.0);
    for start in 0..n.saturating_sub(2) {
        let three = start..start + 3;
        let one_side = side[start] != 0 && three.clone().all(|i| side[i] == side[start]);
        if one_side && three.clone().filter(|i| outer_third(*i)).count() >= 2 {
            for i in three.filter(|i| outer_third(*i)) {
                signals[i] = Some((Signal::TwoOfThree, side[i]));
            }
        }
    }
    let steps: Vec<i8> = points
        .windows(2)
        .map(|w| match (w[0], w[1]) {
            (Some(a), Some(b)) => sign(b - a),
            _ => 0,
        })
        .collect();
    for run in runs(&steps) {
        // k steps in one direction join k + 1 points.
        if run.len() + 1 >= RUN_LENGTH {
            signals[run.start..=run.end].fill(Some((Signal::Trend, steps[run.start])));
        }
    }
    for i in (0..n).filter(|i| beyond(*i)) {
        signals[i] = Some((Signal::BeyondLimits, side[i]));
    }
    signals
}

fn sign(x: f64) -> i8 {
    if x > 0.0 {
        1
    } else if x < 0.0 {
        -1
    } else {
        0
    }
}

/// The stretches of equal, non-zero values.
fn runs(values: &[i8]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for i in 1..=values.len() {
        if i == values.len() || values[i] != values[start] {
            if values[start] != 0 {
                runs.push(start..i);
            }
            start = i;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screening_never_makes_limits_of_no_width() {
        let mut rare = [Some(0.0); 36];
        rare[12] = Some(1.0);
        let chart = xmr(&rare, true).unwrap();
        assert!(chart.mean_moving_range > 0.0 && chart.lower < 0.0 && chart.upper > chart.mean);
        assert_eq!(xmr(&rare, false).unwrap().mean_moving_range, chart.mean_moving_range);
    }
}
