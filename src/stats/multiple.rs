//! Many tests at once: p-values adjusted so that a stated rate of false alarms holds over all of them.

/// Benjamini and Hochberg: the adjusted p-value is the smallest false discovery rate at which the test is called.
///
/// `p₍ᵢ₎ n/i`, made non-decreasing from the largest down, at most 1; in the order given. Holds under independence and positive dependence.
/// Source: Benjamini & Hochberg 1995, *JRSS B* 57. Checked: `fdr`.
///
/// ```
/// assert_eq!(gapmap::stats::multiple::benjamini_hochberg(&[0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]);
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let n = p.len() as f64;
    step_up(p, |rank| n / rank as f64)
}

/// Benjamini and Yekutieli: as [`benjamini_hochberg`], times `Σ 1/i`, which holds under any dependence. Checked: `fdr`.
///
/// ```
/// let (bh, by) = (gapmap::stats::multiple::benjamini_hochberg(&[0.001, 0.4]), gapmap::stats::multiple::benjamini_yekutieli(&[0.001, 0.4]));
/// assert!((by[0] / bh[0] - 1.5).abs() < 1e-12);
/// ```
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
    let n = p.len() as f64;
    step_up(p, |rank| n * harmonic / rank as f64)
}

/// Holm: adjusted p-values that control the chance of any false alarm at all. Checked: `fdr`.
///
/// ```
/// assert_eq!(gapmap::stats::multiple::holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let order = ascending(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut so_far: f64 = 0.0;
    for (rank, i) in order.iter().enumerate() {
        so_far = so_far.max(p[*i] * (p.len() - rank) as f64).min(1.0);
        adjusted[*i] = so_far;
    }
    adjusted
}

fn step_up(p: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let order = ascending(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut so_far: f64 = 1.0;
    for (rank, i) in order.iter().enumerate().rev() {
        so_far = so_far.min(p[*i] * factor(rank + 1));
        adjusted[*i] = so_far;
    }
    adjusted
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}
