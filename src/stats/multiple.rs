//! Many tests at once: p-values adjusted so that a stated rate of false alarms holds over all of them.

use crate::stats::counts::normal_tail;

/// Of several shares of some events, the one that is surest to lie above what is expected of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Beyond {
    /// Its position.
    pub at: usize,
    /// How far it lies above; 0 where it does not.
    pub by: f64,
    /// The least of the one-sided p-values, times their number (Bonferroni).
    pub p: f64,
}

/// Of shares of `all` events, each with what is expected of it between 0 and 1, the one that is surest to lie above: a normal test of each. `None` without one.
///
/// ```
/// use gapmap::stats::multiple::surest_beyond;
/// let found = surest_beyond(400.0, &[(0.2, 0.2), (0.5, 0.3)]).unwrap();
/// assert!(found.at == 1 && found.p < 1e-6 && surest_beyond(400.0, &[(0.2, 0.2)]).unwrap().p == 0.5);
/// ```
pub fn surest_beyond(all: f64, shares: &[(f64, f64)]) -> Option<Beyond> {
    let mut best: Option<Beyond> = None;
    for (at, (share, expected)) in shares.iter().enumerate() {
        let p = normal_tail((share - expected) / (expected * (1.0 - expected) / all).sqrt());
        if best.is_none_or(|b| p < b.p) {
            best = Some(Beyond { at, by: (share - expected).max(0.0), p });
        }
    }
    best.map(|b| Beyond { p: (b.p * shares.len() as f64).min(1.0), ..b })
}

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
