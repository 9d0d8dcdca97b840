//! Values of an indicator, one wave after another: how far two lie apart, and the range that is usual.

use super::control_charts::{Chart, individuals, proportions, rates};
use crate::units::Estimate;

/// The difference of two independent values, the first less the second, with limits from the limits of each (MOVER).
///
/// `d ± √((a − l_a)² + (u_b − b)²)`: for shares with Wilson limits this is Newcombe's interval (method 10), for rates with Byar limits that of the
/// difference of two rates. In the unit of the values. It assumes that the two are independent samples, and takes the level of the first.
///
/// Source: Newcombe 1998, Statistics in Medicine 17:873–890; Zou and Donner 2008, Statistics in Medicine 27:1693–1702. Checked against Newcombe's
/// own example, 56 of 70 beside 48 of 80.
///
/// ```
/// use gapmap::stats::counts::proportion;
/// use gapmap::stats::waves::difference;
/// let found = difference(proportion(56, 70, 0.95).unwrap(), proportion(48, 80, 0.95).unwrap());
/// assert!((found.value - 0.2).abs() < 1e-12 && (found.lower - 0.0524).abs() < 5e-5 && (found.upper - 0.3339).abs() < 5e-5);
/// ```
pub fn difference(a: Estimate, b: Estimate) -> Estimate {
    let value = a.value - b.value;
    let lower = value - (a.value - a.lower).hypot(b.upper - b.value);
    let upper = value + (a.upper - a.value).hypot(b.value - b.lower);
    Estimate { value, lower, upper, level: a.level }
}

/// Fewer waves than this say nothing of how waves vary beyond their counts.
const FEWEST_FOR_WAVER: usize = 6;

/// How many times as much waves vary, one to the next, as their counts alone would make them (Laney's σ): at least 1.
///
/// Without the latest wave, whose change is asked about: a change that is there would hide itself. 1 with fewer than six before it, and of values by
/// themselves, which say nothing of their counts.
///
/// ```
/// use gapmap::stats::waves::{Waves, waver};
/// let parts: Vec<f64> = (0..9).map(|i| if i % 2 == 0 { 400.0 } else { 500.0 }).collect();
/// assert!(waver(Waves::Shares, &parts, &[1000.0; 9]) > 4.0 && waver(Waves::Shares, &parts[..6], &[1000.0; 6]) == 1.0);
/// ```
pub fn waver(of: Waves, parts: &[f64], wholes: &[f64]) -> f64 {
    let n = parts.len().saturating_sub(1);
    if n < FEWEST_FOR_WAVER || wholes.len() < parts.len() || wholes.iter().any(|w| *w <= 0.0) {
        return 1.0;
    }
    let centre = parts[..n].iter().sum::<f64>() / wholes[..n].iter().sum::<f64>();
    let variance = match of {
        Waves::Shares => centre * (1.0 - centre),
        Waves::Rates => centre,
        Waves::Values => return 1.0,
    };
    let score = |i: usize| (parts[i] / wholes[i] - centre) / (variance / wholes[i]).sqrt();
    let steps: f64 = (1..n).map(|i| (score(i) - score(i - 1)).abs()).sum::<f64>() / (n - 1) as f64;
    let sigma = steps / 1.128;
    if sigma.is_finite() { sigma.max(1.0) } else { 1.0 }
}

/// A difference with limits so many times as far away.
pub fn widened(difference: Estimate, times: f64) -> Estimate {
    let Estimate { value, lower, upper, level } = difference;
    Estimate { value, lower: value - (value - lower) * times, upper: value + (upper - value) * times, level }
}

/// Fewer waves than this have no usual range.
pub const FEWEST_WAVES: usize = 12;
/// So many waves in a row on one side of the centre are a signal.
const RUN: usize = 7;

/// What a wave is, for its chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Waves {
    /// Parts of wholes: Laney's p′ chart.
    Shares,
    /// Events by exposure: Laney's u′ chart.
    Rates,
    /// Values by themselves: an individuals chart.
    Values,
}

/// The range that is usual for each wave, and which waves signal: +1 above the limits or in a run of seven above the centre, −1 below, 0 neither.
///
/// `parts` over `wholes`, in time order, of one length and without a gap; of values the wholes are not read. Limits in the unit of parts over
/// wholes. `None` with fewer than [`FEWEST_WAVES`] waves, or where a whole is not positive.
///
/// ```
/// use gapmap::stats::waves::{Waves, usual_range};
/// let parts: Vec<f64> = (0..12).map(|i| if i == 11 { 60.0 } else { 40.0 + 3.0 * f64::from(i % 3) }).collect();
/// let (chart, signals) = usual_range(Waves::Shares, &parts, &[100.0; 12]).unwrap();
/// assert!(chart.upper[11] < 0.6 && signals[11] == 1 && signals[0] == 0);
/// ```
pub fn usual_range(of: Waves, parts: &[f64], wholes: &[f64]) -> Option<(Chart, Vec<i8>)> {
    if parts.len() < FEWEST_WAVES {
        return None;
    }
    let chart = match of {
        Waves::Shares => proportions(parts, wholes, true),
        Waves::Rates => rates(parts, wholes, true),
        Waves::Values => individuals(parts, |_| true),
    }?;
    let mut signals = vec![0_i8; parts.len()];
    let side = |i: usize| (chart.values[i] > chart.centre) as i8 - (chart.values[i] < chart.centre) as i8;
    let mut start = 0;
    for i in 1..=parts.len() {
        if i == parts.len() || side(i) != side(start) {
            if side(start) != 0 && i - start >= RUN {
                signals[start..i].fill(side(start));
            }
            start = i;
        }
    }
    for i in chart.outside() {
        signals[i] = side(i);
    }
    Some((chart, signals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_that_vary_beyond_their_counts_make_a_change_less_clear() {
        let parts = |swing: f64| (0..12).map(|i| 400.0 + swing * [0.0, 1.0, -1.0, 2.0, -2.0, 1.0][i % 6]).collect::<Vec<f64>>();
        let wholes = [1000.0; 12];
        assert!(waver(Waves::Shares, &parts(4.0), &wholes) == 1.0 && waver(Waves::Shares, &parts(40.0), &wholes) > 3.0);
        // The latest wave is what is asked about: it says nothing of how waves vary.
        let mut jump = parts(4.0);
        jump[11] = 700.0;
        assert!(waver(Waves::Shares, &jump, &wholes) == 1.0 && waver(Waves::Values, &parts(40.0), &wholes) == 1.0);
        let wide = widened(Estimate { value: 1.0, lower: 0.5, upper: 2.0, level: 0.95 }, 3.0);
        assert!((wide.lower + 0.5).abs() < 1e-12 && (wide.upper - 4.0).abs() < 1e-12);
    }

    #[test]
    fn seven_on_one_side_are_a_signal_and_six_are_none() {
        let of = |high: usize| (0..16).map(|i| if i < high { 41.0 } else { 40.0 - (i % 2) as f64 }).collect::<Vec<f64>>();
        let signals = |high: usize| usual_range(Waves::Values, &of(high), &[]).unwrap().1;
        assert!(signals(7)[..7].iter().all(|s| *s == 1));
        assert!(signals(6)[..6].iter().all(|s| *s == 0), "{:?}", signals(6));
        assert!(usual_range(Waves::Values, &[1.0; 11], &[]).is_none() && usual_range(Waves::Shares, &[1.0; 12], &[0.0; 12]).is_none());
    }

    #[test]
    fn the_difference_of_equal_values_holds_none_and_turns_round_with_its_sides() {
        let (a, b) =
            (Estimate { value: 0.4, lower: 0.35, upper: 0.46, level: 0.95 }, Estimate { value: 0.4, lower: 0.3, upper: 0.5, level: 0.95 });
        let (one, other) = (difference(a, b), difference(b, a));
        assert!(one.value == 0.0 && one.lower < 0.0 && one.upper > 0.0);
        assert!((one.lower + other.upper).abs() < 1e-12 && (one.upper + other.lower).abs() < 1e-12);
    }
}
