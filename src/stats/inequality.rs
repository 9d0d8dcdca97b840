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
