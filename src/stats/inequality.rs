//! How unevenly something is spread over people.

/// A Lorenz curve: cumulative share of people and of what they have, those with least first.
#[derive(Clone, PartialEq, Debug)]
pub struct Lorenz {
    /// Cumulative share of people.
    pub people: Vec<f64>,
    /// Cumulative share of the value.
    pub value: Vec<f64>,
}

/// The curve of values per person, each for so many people, put in the order of `rank` (that of the values themselves in
/// [`lorenz`]). `None` where nobody or nothing is there, or a number is negative.
fn curve(values: &[f64], people: &[f64], rank: &[f64]) -> Option<Lorenz> {
    let bad = |x: &f64| !x.is_finite() || *x < 0.0;
    if values.len() != people.len() || values.len() != rank.len() || values.iter().chain(people).any(bad) {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| rank[*a].total_cmp(&rank[*b]));
    let all_people: f64 = people.iter().sum();
    let all_value: f64 = values.iter().zip(people).map(|(v, p)| v * p).sum();
    if all_people <= 0.0 || all_value <= 0.0 {
        return None;
    }
    let (mut sum_people, mut sum_value) = (0.0, 0.0);
    let mut found = Lorenz { people: vec![], value: vec![] };
    for i in order {
        sum_people += people[i];
        sum_value += values[i] * people[i];
        found.people.push(sum_people / all_people);
        found.value.push(sum_value / all_value);
    }
    Some(found)
}

/// The Lorenz curve of values per person, weighted by people.
///
/// ```
/// let curve = gapmap::stats::inequality::lorenz(&[1.0, 3.0], &[1.0, 1.0]).unwrap();
/// assert_eq!((curve.people, curve.value), (vec![0.5, 1.0], vec![0.25, 1.0]));
/// ```
pub fn lorenz(values: &[f64], people: &[f64]) -> Option<Lorenz> {
    curve(values, people, values)
}

/// One less twice the area under a curve that starts at nothing for nobody.
fn twice_the_gap(curve: &Lorenz) -> f64 {
    let mut last = (0.0, 0.0);
    let mut area = 0.0;
    for (p, v) in curve.people.iter().zip(&curve.value) {
        area += (p - last.0) * (v + last.1);
        last = (*p, *v);
    }
    1.0 - area
}

/// Population-weighted Gini coefficient: 0 where all have the same, towards 1 where one has all.
///
/// `1 − Σ (pᵢ − pᵢ₋₁)(vᵢ + vᵢ₋₁)` over the [`lorenz`] curve. With equal weights it is the usual one. Checked: `inequality`, `published_gini`.
///
/// ```
/// let gini = gapmap::stats::inequality::gini(&[1.0, 3.0], &[1.0, 1.0]).unwrap();
/// assert!((gini - 0.25).abs() < 1e-15);
/// ```
pub fn gini(values: &[f64], people: &[f64]) -> Option<f64> {
    lorenz(values, people).as_ref().map(twice_the_gap)
}

/// Concentration index: as [`gini`], with people in the order of another value, such as deprivation.
///
/// Negative where those of low rank have more than their share. −1 to 1. Checked: `inequality`.
///
/// ```
/// // Those ranked lowest have most.
/// let index = gapmap::stats::inequality::concentration(&[3.0, 1.0], &[1.0, 1.0], &[1.0, 2.0]).unwrap();
/// assert!((index + 0.25).abs() < 1e-15);
/// ```
pub fn concentration(values: &[f64], people: &[f64], rank: &[f64]) -> Option<f64> {
    curve(values, people, rank).as_ref().map(twice_the_gap)
}

/// Theil's T, whole, between groups and within groups: the last two sum to the first.
///
/// `T = Σ sᵢ ln(n sᵢ)` over shares `sᵢ` of the total. `None` for values that are not positive throughout. Checked: `inequality`.
///
/// ```
/// let (whole, between, within) = gapmap::stats::inequality::theil(&[1.0, 1.0, 4.0, 2.0], &[0, 0, 1, 1]).unwrap();
/// assert!((whole - between - within).abs() < 1e-12 && between > within);
/// ```
pub fn theil(values: &[f64], group: &[usize]) -> Option<(f64, f64, f64)> {
    let total: f64 = values.iter().sum();
    if values.len() != group.len() || values.iter().any(|v| !v.is_finite() || *v <= 0.0) {
        return None;
    }
    let n = values.len() as f64;
    let whole: f64 = values.iter().map(|v| v / total * (n * v / total).ln()).sum();
    let mut groups: std::collections::BTreeMap<usize, (f64, f64)> = std::collections::BTreeMap::new();
    for (v, g) in values.iter().zip(group) {
        let sum = groups.entry(*g).or_default();
        *sum = (sum.0 + v, sum.1 + 1.0);
    }
    let between: f64 = groups.values().map(|(sum, members)| sum / total * (n / members * sum / total).ln()).sum();
    Some((whole, between, whole - between))
}

/// Theil's T of what people have, each place with its people: `Σ (Pᵢ/P)(xᵢ/μ) ln(xᵢ/μ)`; a place with nothing adds nothing.
///
/// `None` without people, with a negative value, or where nobody has anything. Checked: `access_ipea`.
///
/// ```
/// use gapmap::stats::inequality::theil_by_people;
/// assert_eq!(theil_by_people(&[2.0, 2.0], &[5.0, 9.0]), Some(0.0));
/// ```
pub fn theil_by_people(values: &[f64], people: &[f64]) -> Option<f64> {
    let all: f64 = people.iter().sum();
    let mean = values.iter().zip(people).map(|(x, p)| x * p).sum::<f64>() / all;
    let fits = values.len() == people.len() && values.iter().chain(people).all(|x| x.is_finite() && *x >= 0.0);
    let part = |(x, p): (&f64, &f64)| if *x > 0.0 { p / all * x / mean * (x / mean).ln() } else { 0.0 };
    (fits && mean > 0.0).then(|| values.iter().zip(people).map(part).sum())
}

/// Erreygers' correction of a concentration index for values between two bounds: `4 μ C / (highest − lowest)`.
///
/// A plain index of shares that people have changes with which end is called having; this one only changes its sign. Checked: `access_ipea`.
///
/// ```
/// assert_eq!(gapmap::stats::inequality::erreygers(0.1, 0.5, (0.0, 1.0)), 0.2);
/// ```
pub fn erreygers(concentration: f64, mean: f64, (lowest, highest): (f64, f64)) -> f64 {
    4.0 * mean * concentration / (highest - lowest)
}

/// A straight line through the values of quantiles, from the most deprived to the least.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Slope {
    /// Slope index of inequality: the value at the least deprived end less that at the most deprived end, on the line.
    pub slope_index: f64,
    /// Relative index of inequality: the one over the other.
    pub relative_index: f64,
    /// The line at the most deprived end.
    pub intercept: f64,
}

/// Slope and relative index of inequality: weighted least squares of the values on the middle of each quantile's share of people.
///
/// `values` and `people` run from the most deprived quantile to the least; weights are shares of people. `None` with fewer than
/// five quantiles or one without people.
///
/// Source: PHEindicatormethods `phe_sii`. Checked: `sii_rii`.
///
/// ```
/// // A line from 10 to 20 is found again.
/// let values = [11.0, 13.0, 15.0, 17.0, 19.0];
/// let found = gapmap::stats::inequality::slope_index(&values, &[1.0; 5]).unwrap();
/// assert!((found.slope_index - 10.0).abs() < 1e-12 && (found.relative_index - 2.0).abs() < 1e-12);
/// ```
pub fn slope_index(values: &[f64], people: &[f64]) -> Option<Slope> {
    let all: f64 = people.iter().sum();
    if values.len() < 5 || values.len() != people.len() || people.iter().any(|p| !p.is_finite() || *p <= 0.0) {
        return None;
    }
    let mut below = 0.0;
    let points: Vec<(f64, f64, f64)> = values
        .iter()
        .zip(people)
        .map(|(y, p)| {
            let share = p / all;
            let middle = below + share / 2.0;
            below += share;
            (middle, *y, share)
        })
        .collect();
    let mean = |f: &dyn Fn(&(f64, f64, f64)) -> f64| points.iter().map(|p| p.2 * f(p)).sum::<f64>();
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let slope = mean(&|p| (p.0 - x) * (p.1 - y)) / mean(&|p| (p.0 - x).powi(2));
    let intercept = y - slope * x;
    Some(Slope { slope_index: slope, relative_index: (intercept + slope) / intercept, intercept })
}

/// The scale on which a line is fitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// As it is: means, life expectancy.
    Plain,
    /// Logarithms: rates, which cannot fall below 0.
    Log,
    /// Log odds: proportions between 0 and 1.
    Logit,
}

impl Scale {
    fn forward(self, x: f64) -> f64 {
        match self {
            Scale::Plain => x,
            Scale::Log => x.ln(),
            Scale::Logit => (x / (1.0 - x)).ln(),
        }
    }

    fn back(self, x: f64) -> f64 {
        match self {
            Scale::Plain => x,
            Scale::Log => x.exp(),
            Scale::Logit => 1.0 / (1.0 + (-x).exp()),
        }
    }
}

/// [`slope_index`] with the line fitted on another scale and its two ends turned back. `None` also for a rate of 0 on the scale of logarithms.
///
/// Source and check: PHEindicatormethods `phe_sii` with `transform = TRUE`; `published_phe_sii`.
///
/// ```
/// use gapmap::stats::inequality::{Scale, slope_index_on};
/// let halving: Vec<f64> = [0.1_f64, 0.3, 0.5, 0.7, 0.9].iter().map(|x| 8.0 * (-x).exp()).collect();
/// let found = slope_index_on(Scale::Log, &halving, &[1.0; 5]).unwrap();
/// assert!((found.relative_index - (-1.0_f64).exp()).abs() < 1e-12);
/// ```
pub fn slope_index_on(scale: Scale, values: &[f64], people: &[f64]) -> Option<Slope> {
    let moved: Vec<f64> = values.iter().map(|y| scale.forward(*y)).collect();
    if moved.iter().any(|y| !y.is_finite()) {
        return None;
    }
    let line = slope_index(&moved, people)?;
    let (start, end) = (scale.back(line.intercept), scale.back(line.intercept + line.slope_index));
    Some(Slope { slope_index: end - start, relative_index: end / start, intercept: start })
}

/// Limits of slope and relative index by simulation: each value drawn from a normal distribution about itself, rates on the scale of logarithms and
/// proportions on that of log odds (`drawn_on`), whatever the line is fitted on.
///
/// `errors` are standard errors on the scale that is drawn on. Lower and upper limit of the slope index, then of the relative index. Depends on `seed` alone.
/// Checked within 3 % of the width: `published_phe_sii`.
#[allow(clippy::too_many_arguments)] // each is a column or a setting of the published method
pub fn slope_limits(
    scale: Scale,
    drawn_on: Scale,
    values: &[f64],
    errors: &[f64],
    people: &[f64],
    level: f64,
    draws: usize,
    seed: u64,
) -> Option<[(f64, f64); 2]> {
    use rand::SeedableRng;
    use rand_distr::{Distribution, StandardNormal};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let mut found = [Vec::with_capacity(draws), Vec::with_capacity(draws)];
    for _ in 0..draws {
        let drawn = values.iter().zip(errors).map(|(y, se)| {
            let z: f64 = StandardNormal.sample(&mut random);
            drawn_on.back(drawn_on.forward(*y) + se * z)
        });
        let line = slope_index_on(scale, &drawn.collect::<Vec<f64>>(), people)?;
        found[0].push(line.slope_index);
        found[1].push(line.relative_index);
    }
    let tail = (1.0 - level) / 2.0;
    Some(found.map(|mut all| {
        all.sort_by(f64::total_cmp);
        let at = |p: f64| all[((p * (draws - 1) as f64).round() as usize).min(draws - 1)];
        (at(tail), at(1.0 - tail))
    }))
}

/// Which of `groups` quantiles a value lies in, from 1 for the lowest; ties share the lowest that any of them would have. `None` where there is no value.
///
/// `groups + 1 − ⌈(n + 1 − rank) / (n / groups)⌉`, at least 1, with the rank of ties their smallest. Checked: `quantiles` (PHEindicatormethods `phe_quantile`).
///
/// ```
/// let found = gapmap::stats::inequality::quantiles(&[Some(3.0), Some(1.0), None, Some(9.0), Some(5.0)], 2);
/// assert_eq!(found, [Some(1), Some(1), None, Some(2), Some(2)]);
/// ```
pub fn quantiles(values: &[Option<f64>], groups: usize) -> Vec<Option<usize>> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let of = |value: f64| {
        let rank = sorted.partition_point(|v| *v < value) as f64 + 1.0;
        // A little less, so that a whole number of group sizes is not pushed over by rounding.
        let from_top = ((n + 1.0 - rank) * groups as f64 / n - 1e-9).ceil();
        ((groups + 1) as f64 - from_top).max(1.0) as usize
    };
    values.iter().map(|v| v.map(of)).collect()
}
