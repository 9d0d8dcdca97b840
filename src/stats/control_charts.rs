//! Control charts for what a number is: proportions, rates, counts, waits, and how many between two events; and the rules of runs.

/// Limits stand three standard deviations from the centre.
const SIGMAS: f64 = 3.0;
/// A mean moving range over this is a standard deviation (two neighbours).
const RANGE_TO_SIGMA: f64 = 1.128;
/// Waiting times become symmetric under this root.
const WAIT_ROOT: f64 = 3.6;

/// A chart: the centre, and limits point by point.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// What is drawn for each point: the value, or its share of the exposure.
    pub values: Vec<f64>,
    /// The centre line.
    pub centre: f64,
    /// Lower limits, not below 0 where a value cannot be.
    pub lower: Vec<f64>,
    /// Upper limits, not above 1 for proportions.
    pub upper: Vec<f64>,
}

impl Chart {
    /// Positions of points outside the limits.
    pub fn outside(&self) -> Vec<usize> {
        (0..self.values.len()).filter(|i| self.values[*i] > self.upper[*i] || self.values[*i] < self.lower[*i]).collect()
    }

    fn new(values: Vec<f64>, centre: f64, sigma: impl Fn(usize) -> f64, range: (f64, f64)) -> Self {
        let limit = |i: usize, sign: f64| (centre + sign * SIGMAS * sigma(i)).clamp(range.0, range.1);
        let all = |sign: f64| (0..values.len()).map(|i| limit(i, sign)).collect();
        Self { lower: all(-1.0), upper: all(1.0), values, centre }
    }
}

fn mean(x: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = x.len() as f64;
    x.sum::<f64>() / n
}

/// Mean absolute difference of neighbours over 1.128.
fn sigma_of(x: &[f64]) -> f64 {
    mean(x.windows(2).map(|w| (w[1] - w[0]).abs())) / RANGE_TO_SIGMA
}

/// I chart: measurements one at a time; `counted` says which points centre and limits come from (a baseline, without points known to be special).
///
/// `None` with fewer than two points that count. Checked: `spc_qicharts2` (i, freeze, exclude).
///
/// ```
/// let chart = gapmap::stats::control_charts::individuals(&[3.0, 5.0, 4.0, 6.0], |_| true).unwrap();
/// assert_eq!(chart.centre, 4.5);
/// ```
pub fn individuals(values: &[f64], counted: impl Fn(usize) -> bool) -> Option<Chart> {
    let base: Vec<f64> = (0..values.len()).filter(|i| counted(*i)).map(|i| values[i]).collect();
    (base.len() > 1).then(|| {
        let sigma = sigma_of(&base);
        Chart::new(values.to_vec(), mean(base.iter().copied()), |_| sigma, (f64::NEG_INFINITY, f64::INFINITY))
    })
}

/// c chart: counts of equal exposure, standard deviation `√c̄`. Checked: `spc_qicharts2` (c).
///
/// ```
/// assert_eq!(gapmap::stats::control_charts::counts(&[4.0, 4.0, 4.0]).unwrap().upper[0], 10.0);
/// ```
pub fn counts(events: &[f64]) -> Option<Chart> {
    (!events.is_empty()).then(|| {
        let centre = mean(events.iter().copied());
        Chart::new(events.to_vec(), centre, |_| centre.sqrt(), (0.0, f64::INFINITY))
    })
}

/// u chart: events by exposure, standard deviation `√(ū/n)`. With `wavering`, Laney's u′: limits widened by how much points waver beyond that.
///
/// For months, take days (or people × days) as exposure. `None` where an exposure is not positive. Checked: `spc_qicharts2` (u, up).
///
/// ```
/// let chart = gapmap::stats::control_charts::rates(&[31.0, 28.0, 62.0], &[31.0, 28.0, 31.0], false).unwrap();
/// assert!(chart.values[0] == chart.values[1] && chart.outside() == [2]);
/// ```
pub fn rates(events: &[f64], exposure: &[f64], wavering: bool) -> Option<Chart> {
    pooled(events, exposure, wavering, f64::INFINITY, |centre| centre)
}

/// p chart: shares of a whole, standard deviation `√(p̄(1 − p̄)/n)`. With `wavering`, Laney's p′.
///
/// `None` where a whole is not positive. Checked: `spc_qicharts2` (p, pp, nhs_accidents).
///
/// ```
/// let chart = gapmap::stats::control_charts::proportions(&[5.0, 6.0, 4.0], &[10.0, 10.0, 10.0], false).unwrap();
/// assert_eq!(chart.centre, 0.5);
/// ```
pub fn proportions(events: &[f64], of: &[f64], wavering: bool) -> Option<Chart> {
    pooled(events, of, wavering, 1.0, |centre| centre * (1.0 - centre))
}

fn pooled(events: &[f64], exposure: &[f64], wavering: bool, highest: f64, variance: impl Fn(f64) -> f64) -> Option<Chart> {
    if events.is_empty() || events.len() != exposure.len() || exposure.iter().any(|n| !(n.is_finite() && *n > 0.0)) {
        return None;
    }
    let centre = events.iter().sum::<f64>() / exposure.iter().sum::<f64>();
    let values: Vec<f64> = events.iter().zip(exposure).map(|(x, n)| x / n).collect();
    let sigma = |i: usize| (variance(centre) / exposure[i]).sqrt();
    let scores: Vec<f64> = (0..values.len()).map(|i| (values[i] - centre) / sigma(i)).collect();
    let wider = if wavering && scores.len() > 1 { sigma_of(&scores) } else { 1.0 };
    Some(Chart::new(values.clone(), centre, |i| sigma(i) * wider, (0.0, highest)))
}

/// t chart: time between events, made symmetric by the root of 3.6 and turned back. Checked: `spc_qicharts2` (t).
///
/// ```
/// assert!(gapmap::stats::control_charts::between_times(&[3.0, 9.0, 4.0, 12.0]).unwrap().lower[0] >= 0.0);
/// ```
pub fn between_times(days: &[f64]) -> Option<Chart> {
    if days.len() < 2 || days.iter().any(|d| !(d.is_finite() && *d >= 0.0)) {
        return None;
    }
    let rooted: Vec<f64> = days.iter().map(|d| d.powf(1.0 / WAIT_ROOT)).collect();
    let chart = individuals(&rooted, |_| true)?;
    let back = |x: &f64| x.max(0.0).powf(WAIT_ROOT);
    Some(Chart {
        values: days.to_vec(),
        centre: back(&chart.centre),
        lower: chart.lower.iter().map(back).collect(),
        upper: chart.upper.iter().map(back).collect(),
    })
}

/// g chart: how many opportunities between two rare events; limits about the mean, `√(ḡ(ḡ + 1))` each, and the median as centre line. Checked: `spc_qicharts2` (g).
///
/// ```
/// assert_eq!(gapmap::stats::control_charts::between_events(&[3.0, 9.0, 4.0]).unwrap().centre, 4.0);
/// ```
pub fn between_events(opportunities: &[f64]) -> Option<Chart> {
    let middle = median(opportunities)?;
    let mean = mean(opportunities.iter().copied());
    let chart = Chart::new(opportunities.to_vec(), mean, |_| (mean * (mean + 1.0)).sqrt(), (0.0, f64::INFINITY));
    Some(Chart { centre: middle, ..chart })
}

/// The middle value, or the mean of the two in the middle.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    Some(if sorted.len() % 2 == 1 { *sorted.get(half)? } else { (sorted.get(half.checked_sub(1)?)? + sorted.get(half)?) / 2.0 })
}

/// Runs about a centre line after Anhøj: are they too long, or are there too few crossings?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Runs {
    /// Points that are not on the line.
    pub useful: usize,
    /// Most useful points in a row on one side.
    pub longest: usize,
    /// The longest run that chance would give: `log₂ n` rounded, plus 3.
    pub longest_expected: usize,
    /// How often the line is crossed.
    pub crossings: usize,
    /// The fewest crossings that chance would give: the 5 % point of a binomial of `n − 1` and a half.
    pub fewest_expected: usize,
}

impl Runs {
    /// Whether something other than chance shows: under ten useful points it says nothing.
    pub fn signal(&self) -> bool {
        self.longest > self.longest_expected || self.crossings < self.fewest_expected
    }
}

/// The rules of Anhøj about a line, usually the median. `None` where no point is off the line. Checked: `spc_qicharts2` (run and all others).
///
/// ```
/// let runs = gapmap::stats::control_charts::runs(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0], 3.0).unwrap();
/// assert_eq!((runs.longest, runs.crossings, runs.signal()), (6, 1, true));
/// ```
pub fn runs(values: &[f64], line: f64) -> Option<Runs> {
    let sides: Vec<bool> = values.iter().filter(|v| **v != line).map(|v| *v > line).collect();
    let useful = sides.len();
    let longest = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).max()?;
    let crossings = sides.windows(2).filter(|w| w[0] != w[1]).count();
    let longest_expected = (useful as f64).log2().round_ties_even() as usize + 3;
    Some(Runs { useful, longest, longest_expected, crossings, fewest_expected: binomial_half_quantile(useful - 1) })
}

/// The smallest `k` with `P(X ≤ k) ≥ 0.05` for `n` throws of a fair coin.
fn binomial_half_quantile(n: usize) -> usize {
    let mut term = 0.5_f64.powi(n as i32);
    let mut sum = term;
    let mut k = 0;
    while sum < 0.05 && k < n {
        term *= (n - k) as f64 / (k + 1) as f64;
        k += 1;
        sum += term;
    }
    k
}

/// The rules of Western Electric and Nelson, each with the points that complete its pattern.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Patterns {
    /// One point beyond three standard deviations.
    pub beyond_three: Vec<usize>,
    /// Two of three beyond two, on one side.
    pub two_of_three: Vec<usize>,
    /// Four of five beyond one, on one side.
    pub four_of_five: Vec<usize>,
    /// Eight in a row on one side.
    pub eight_on_one_side: Vec<usize>,
    /// Nine in a row on one side (Nelson).
    pub nine_on_one_side: Vec<usize>,
    /// Six in a row rising, or falling.
    pub six_rising_or_falling: Vec<usize>,
    /// Fourteen in a row up and down by turns.
    pub fourteen_alternating: Vec<usize>,
    /// Fifteen in a row within one standard deviation.
    pub fifteen_within_one: Vec<usize>,
    /// Eight in a row beyond one standard deviation on either side.
    pub eight_beyond_one: Vec<usize>,
}

/// Looks for patterns about a centre with a standard deviation (mean moving range over 1.128). Checked: `spc_western_electric` (qcc).
///
/// ```
/// let found = gapmap::stats::control_charts::patterns(&[0.0, 0.1, 4.0], 0.0, 1.0);
/// assert_eq!(found.beyond_three, [2]);
/// ```
pub fn patterns(values: &[f64], centre: f64, sigma: f64) -> Patterns {
    let z: Vec<f64> = values.iter().map(|v| (v - centre) / sigma).collect();
    let windows = |length: usize, holds: &dyn Fn(&[f64]) -> bool| -> Vec<usize> {
        (length..=z.len()).filter(|end| holds(&z[end - length..*end])).map(|end| end - 1).collect()
    };
    // The point that completes a pattern is part of it.
    let most = |w: &[f64], need: usize, beyond: f64| {
        let side = |s: f64| w[w.len() - 1] * s > beyond && w.iter().filter(|z| **z * s > beyond).count() >= need;
        side(1.0) || side(-1.0)
    };
    let one_side = |w: &[f64]| w.iter().all(|z| *z > 0.0) || w.iter().all(|z| *z < 0.0);
    let steps = |w: &[f64]| w.windows(2).map(|p| p[1] - p[0]).collect::<Vec<f64>>();
    Patterns {
        beyond_three: windows(1, &|w| w[0].abs() > 3.0),
        two_of_three: windows(3, &|w| most(w, 2, 2.0)),
        four_of_five: windows(5, &|w| most(w, 4, 1.0)),
        eight_on_one_side: windows(8, &one_side),
        nine_on_one_side: windows(9, &one_side),
        six_rising_or_falling: windows(6, &|w| steps(w).iter().all(|s| *s > 0.0) || steps(w).iter().all(|s| *s < 0.0)),
        fourteen_alternating: windows(14, &|w| steps(w).windows(2).all(|p| p[0] * p[1] < 0.0)),
        fifteen_within_one: windows(15, &|w| w.iter().all(|z| z.abs() < 1.0)),
        eight_beyond_one: windows(8, &|w| w.iter().all(|z| z.abs() > 1.0)),
    }
}
