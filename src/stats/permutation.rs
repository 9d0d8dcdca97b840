//! How often would chance alone put so much around an area? Conditional permutation for local Moran and Getis-Ord.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rustc_hash::FxHashMap;

use super::weights::Weights;

/// How the sum of the values around an area compares with sums of as many of the other values drawn at random.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Around {
    /// Two-sided p-value: `2 (min(#≥, #≤) + 1)/(R + 1)`, at most 1.
    pub p: f64,
    /// Whether more lies around it than in half of the draws.
    pub high: bool,
}

/// Sums that differ by less than this share of the largest are equal: values are the same up to the order of addition.
const EQUAL: f64 = 1e-12;

/// Conditional permutation test of the sum of the neighbours' values, for each area: its own value stays, `k` of the others are drawn.
///
/// With its own value fixed, local Moran, `G_i` and `G_i*` are all monotone in the sum of the neighbours' values, so this one
/// test is the permutation test of all three; for local Moran with `I_i` below its mean the tails change places, and the two-sided p-value
/// is the same. `None` for an island and where a value is no number.
///
/// The same `R` draws serve all areas, as in esda. Each draw is a run of distinct areas in random order; an area that finds
/// itself among the first `k` takes the next one instead, which is again a simple random sample of the others. So the draws
/// are summed and sorted once for each number of neighbours, and an area costs a binary search: exact, and not `n·k·R` work.
///
/// The draws depend on `seed` alone, not on threads or the machine. With `n` areas and a false discovery rate `α`, take
/// `R ≥ 2n/α`, or no p-value can be small enough.
///
/// Source: Anselin 1995; Ord & Getis 1995. Checked: within Monte Carlo error of `spatial_autocorrelation` (esda `p_sim` doubled).
///
/// ```
/// use gapmap::stats::{permutation::around, weights::Weights};
/// let ring = Weights::new(&(0..40).map(|i| vec![(i + 1) % 40, (i + 39) % 40]).collect::<Vec<_>>());
/// let values: Vec<f64> = (0..40).map(|i| if (10..15).contains(&i) { 9.0 } else { f64::from(i % 3) }).collect();
/// let found = around(&values, &ring, 9_999, 1);
/// assert!(found[12].unwrap().p < 0.03 && found[12].unwrap().high);
/// ```
pub fn around(values: &[f64], weights: &Weights, draws: usize, seed: u64) -> Vec<Option<Around>> {
    let n = values.len();
    if n != weights.len() || draws == 0 || values.iter().any(|v| !v.is_finite()) {
        return vec![None; n];
    }
    let most = (0..n).map(|i| weights.of(i).len()).max().unwrap_or(0).min(n.saturating_sub(1));
    if most == 0 {
        return vec![None; n];
    }
    // Where everything is a neighbour there is one more value to fall back on only while it lasts.
    let length = (most + 1).min(n);
    let drawn = draw(n, length, draws, seed);
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); n];
    for (r, run) in drawn.chunks(length).enumerate() {
        for (at, i) in run.iter().enumerate() {
            places[*i as usize].push((r as u32, at as u32));
        }
    }
    let size = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut prefix = vec![0.0; draws];
    let mut sorted: FxHashMap<usize, (Vec<f64>, Vec<f64>)> = FxHashMap::default();
    let used: std::collections::BTreeSet<usize> = (0..n).map(|i| weights.of(i).len()).filter(|k| *k > 0).collect();
    for k in 1..=most {
        for (r, run) in drawn.chunks(length).enumerate() {
            prefix[r] += values[run[k - 1] as usize];
        }
        if used.contains(&k) {
            let mut sums = prefix.clone();
            sums.sort_unstable_by(f64::total_cmp);
            sorted.insert(k, (prefix.clone(), sums));
        }
    }
    let of = |i: usize| {
        let k = weights.of(i).len();
        let (unsorted, sums) = sorted.get(&k)?;
        let observed: f64 = weights.of(i).iter().map(|j| values[*j as usize]).sum();
        let dust = EQUAL * size * (k as f64 + 1.0);
        let mut at_most = sums.partition_point(|s| *s <= observed + dust) as i64;
        let mut at_least = (draws - sums.partition_point(|s| *s < observed - dust)) as i64;
        for (r, _) in places[i].iter().filter(|(_, at)| (*at as usize) < k) {
            let with_itself = unsorted[*r as usize];
            let run = &drawn[*r as usize * length..][..length];
            let instead = run.get(k).map_or(0.0, |j| values[*j as usize]);
            let without = with_itself - values[i] + instead;
            at_most += i64::from(without <= observed + dust) - i64::from(with_itself <= observed + dust);
            at_least += i64::from(without >= observed - dust) - i64::from(with_itself >= observed - dust);
        }
        let p = (2.0 * (at_most.min(at_least) + 1) as f64 / (draws + 1) as f64).min(1.0);
        Some(Around { p, high: at_least <= at_most })
    };
    (0..n).map(of).collect()
}

/// `draws` runs of `length` distinct areas out of `n`, one after the other.
fn draw(n: usize, length: usize, draws: usize, seed: u64) -> Vec<u32> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut deck: Vec<u32> = (0..n as u32).collect();
    let mut drawn = Vec::with_capacity(draws * length);
    for _ in 0..draws {
        // The first cards of a deck that stays as shuffled as it is: any order to start from gives a uniform run.
        for at in 0..length {
            let pick = random.random_range(at as u32..n as u32) as usize;
            deck.swap(at, pick);
        }
        drawn.extend_from_slice(&deck[..length]);
    }
    drawn
}

/// Permutation test of Moran's I: the share of shuffled maps whose I is as far from the mean of them or farther, on the nearer side, doubled.
///
/// `None` where [`super::autocorrelation::moran`] has no answer. Row-standardised weights.
///
/// ```
/// use gapmap::stats::{permutation::moran_p, weights::Weights};
/// let line = Weights::new(&(0..20_u32).map(|i| (0..20_u32).filter(|j| j.abs_diff(i) == 1).collect()).collect::<Vec<_>>());
/// let rising: Vec<f64> = (0..20).map(f64::from).collect();
/// assert!(moran_p(&rising, &line, 999, 1).unwrap() < 0.01);
/// ```
pub fn moran_p(values: &[f64], weights: &Weights, draws: usize, seed: u64) -> Option<f64> {
    use super::weights::Style;
    super::autocorrelation::moran(values, weights, Style::Rows)?;
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let z: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let cross = |z: &[f64]| (0..z.len()).map(|i| z[i] * weights.lag(z, i, Style::Rows)).sum::<f64>();
    let observed = cross(&z);
    let dust = 1e-9 * z.iter().map(|z| z * z).sum::<f64>();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut shuffled = z.clone();
    let (mut at_least, mut at_most) = (0, 0);
    for _ in 0..draws {
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, random.random_range(0..=at as u32) as usize);
        }
        let drawn = cross(&shuffled);
        at_least += usize::from(drawn >= observed - dust);
        at_most += usize::from(drawn <= observed + dust);
    }
    Some((2.0 * (at_least.min(at_most) + 1) as f64 / (draws + 1) as f64).min(1.0))
}
