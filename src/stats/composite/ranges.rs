//! Ranks under other weights, other inputs and other ways of making one index.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Scaling, exponential, ranks, scaled, weighted_mean};

/// What ranks an area could have had.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RankRange {
    /// With the weights as they are.
    pub nominal: usize,
    /// Mean over all draws.
    pub mean: f64,
    /// 5 % point.
    pub low: usize,
    /// 95 % point.
    pub high: usize,
}

/// Ranks when every weight wavers by up to `share` of itself, evenly, drawn `draws` times. Never print a rank without it. Depends on `seed` alone.
///
/// Checked: `composite_index_coinr` within Monte Carlo error.
///
/// ```
/// use gapmap::stats::composite::rank_ranges;
/// let sure = rank_ranges(&[vec![0.0, 1.0], vec![0.0, 1.0]], &[1.0, 1.0], 0.25, 200, 1);
/// assert_eq!((sure[1].low, sure[1].high), (1, 1));
/// ```
pub fn rank_ranges(indicators: &[Vec<f64>], weights: &[f64], share: f64, draws: usize, seed: u64) -> Vec<RankRange> {
    blurred_rank_ranges(indicators, weights, share, 0.0, draws, seed)
}

/// As [`rank_ranges`], and every value wavers too, evenly by up to `blur` to either side: for values that rest on judgement.
///
/// ```
/// use gapmap::stats::composite::blurred_rank_ranges;
/// let close = blurred_rank_ranges(&[vec![0.50, 0.52, 0.9]], &[1.0], 0.25, 0.1, 500, 1);
/// assert_eq!((close[0].low, close[0].high), (2, 3)); // which of the two is last cannot be said
/// assert_eq!((close[2].low, close[2].high), (1, 1));
/// ```
pub fn blurred_rank_ranges(indicators: &[Vec<f64>], weights: &[f64], share: f64, blur: f64, draws: usize, seed: u64) -> Vec<RankRange> {
    let nominal = ranks(&weighted_mean(indicators, weights));
    let one = |random: &mut ChaCha8Rng| {
        let other = wavering(weights, share, random);
        if blur > 0.0 {
            let around = |v: &f64, random: &mut ChaCha8Rng| v + blur * (2.0 * random.random::<f64>() - 1.0);
            weighted_mean(&indicators.iter().map(|x| x.iter().map(|v| around(v, random)).collect()).collect::<Vec<_>>(), &other)
        } else {
            weighted_mean(indicators, &other)
        }
    };
    drawn_rank_ranges(nominal, draws, seed, one)
}

/// Ranks over what the indicators themselves could have been, over weights that waver by up to `share`, and over the ways of making one index of
/// them in turn: the mean of ranges from 0 to 1, the mean of standard scores, the geometric mean of 1 to 100, and the mean of exponential scores.
///
/// `draw` gives the indicators once more, turned so that high means need; where one is the same everywhere it tells nothing and is left out.
/// `nominal` are the ranks that are told.
///
/// ```
/// use gapmap::stats::composite::rank_ranges_over_methods;
/// // First on one indicator and last on the other, or in the middle on both: it depends on how they are made one.
/// let indicators = vec![vec![1.0, 0.0, 0.55, 0.1], vec![0.0, 1.0, 0.55, 0.1]];
/// let ranges = rank_ranges_over_methods(vec![2, 2, 1, 4], &[1.0, 1.0], 0.25, 400, 1, |_| indicators.clone());
/// assert!(ranges[2].low == 1 && ranges[2].high > 1 && ranges[3].high == 4);
/// ```
pub fn rank_ranges_over_methods(
    nominal: Vec<usize>,
    weights: &[f64],
    share: f64,
    draws: usize,
    seed: u64,
    mut draw: impl FnMut(&mut ChaCha8Rng) -> Vec<Vec<f64>>,
) -> Vec<RankRange> {
    let areas = nominal.len();
    let mut turn = 0;
    drawn_rank_ranges(nominal, draws, seed, |random| {
        let other = wavering(weights, share, random);
        turn += 1;
        let one = |x: &Vec<f64>| match turn % 4 {
            0 => scaled(x, true, Scaling::Standard),
            1 => scaled(x, true, Scaling::Range),
            2 => scaled(x, true, Scaling::Range).map(|r| r.iter().map(|v| (1.0 + 99.0 * v).ln()).collect()),
            _ => scaled(x, true, Scaling::Range).map(|_| exponential(x)),
        };
        let usable: (Vec<Vec<f64>>, Vec<f64>) = draw(random).iter().zip(other).filter_map(|(x, w)| Some((one(x)?, w))).unzip();
        if usable.0.is_empty() { vec![0.0; areas] } else { weighted_mean(&usable.0, &usable.1) }
    })
}

fn wavering(weights: &[f64], share: f64, random: &mut ChaCha8Rng) -> Vec<f64> {
    weights.iter().map(|w| w * (1.0 + share * (2.0 * random.random::<f64>() - 1.0))).collect()
}

/// Ranks of an index that is drawn again and again.
fn drawn_rank_ranges(nominal: Vec<usize>, draws: usize, seed: u64, mut index: impl FnMut(&mut ChaCha8Rng) -> Vec<f64>) -> Vec<RankRange> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn: Vec<Vec<usize>> = vec![Vec::with_capacity(draws); nominal.len()];
    for _ in 0..draws {
        for (list, rank) in drawn.iter_mut().zip(ranks(&index(&mut random))) {
            list.push(rank);
        }
    }
    let range = |(list, nominal): (&mut Vec<usize>, usize)| {
        list.sort_unstable();
        let at = |p: f64| list.get((p * (list.len() as f64 - 1.0)).round() as usize).copied().unwrap_or(nominal);
        let mean = list.iter().sum::<usize>() as f64 / list.len().max(1) as f64;
        RankRange { nominal, mean, low: at(0.05), high: at(0.95) }
    };
    drawn.iter_mut().zip(nominal).map(range).collect()
}
