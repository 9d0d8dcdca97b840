//! Do events that are near in place follow one another in time? Knox, and tables of near repeats.
//!
//! Both need the day of each event and its own place: published street crime has neither.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a Knox test finds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Knox {
    /// Pairs near in place and time.
    pub both: u64,
    /// Pairs near in place.
    pub in_place: u64,
    /// Pairs near in time.
    pub in_time: u64,
    /// All pairs.
    pub pairs: u64,
    /// Pairs near in both were the two unrelated: `in_place · in_time / pairs`.
    pub expected: f64,
    /// Chance of so many or more, were they Poisson: about right.
    pub p_poisson: f64,
    /// Chance of so many or more when times are shuffled over places, `(1 + #≥)/(R + 1)`.
    pub p: f64,
}

/// Knox's test: pairs at most `metres` and `days` apart. Depends on `seed` alone.
///
/// Source: Knox 1964. Checked: `knox` (pointpats), `knox_surveillance`.
///
/// ```
/// let events: Vec<(f64, f64, f64)> = (0..12).map(|i| (f64::from(i / 3) * 1000.0, 0.0, f64::from(i / 3) * 50.0)).collect();
/// let found = gapmap::stats::near::knox(&events, 10.0, 1.0, 99, 1).unwrap();
/// assert_eq!((found.both, found.in_place), (12, 12));
/// ```
pub fn knox(events: &[(f64, f64, f64)], metres: f64, days: f64, shuffles: usize, seed: u64) -> Option<Knox> {
    let n = events.len();
    let close: Vec<(usize, usize)> =
        pairs(n).filter(|(i, j)| (events[*i].0 - events[*j].0).hypot(events[*i].1 - events[*j].1) <= metres).collect();
    let mut times: Vec<f64> = events.iter().map(|e| e.2).collect();
    let in_time = pairs(n).filter(|(i, j)| (times[*i] - times[*j]).abs() <= days).count() as u64;
    let count = |times: &[f64]| close.iter().filter(|(i, j)| (times[*i] - times[*j]).abs() <= days).count() as u64;
    let both = count(&times);
    let all = (n * n.saturating_sub(1) / 2) as u64;
    if all == 0 {
        return None;
    }
    let in_place = close.len() as u64;
    let expected = in_place as f64 * in_time as f64 / all as f64;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut as_many = 0;
    for _ in 0..shuffles {
        for at in (1..n).rev() {
            times.swap(at, random.random_range(0..=at as u32) as usize);
        }
        as_many += usize::from(count(&times) >= both);
    }
    let p_poisson = if both == 0 { 1.0 } else { statrs::function::gamma::gamma_lr(both as f64, expected) };
    let p = (1 + as_many) as f64 / (shuffles + 1) as f64;
    Some(Knox { both, in_place, in_time, pairs: all, expected, p_poisson, p })
}

fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
}

/// A table of near repeats: rows are bands of distance, columns bands of time.
#[derive(Clone, PartialEq, Debug)]
pub struct NearRepeats {
    /// Pairs in each cell.
    pub observed: Vec<Vec<u64>>,
    /// Their mean when times are shuffled over places.
    pub expected: Vec<Vec<f64>>,
    /// Chance of as many or more, `(1 + #≥)/(R + 1)`.
    pub p: Vec<Vec<f64>>,
}

/// Pairs by bands of distance and days, each from its bound up to, not including, the next; the first band of distance is usually *the same place*.
///
/// Distances run along the axes (Manhattan) as in the peer. Checked: `near_repeat` (NearRepeat).
///
/// ```
/// let events = [(0.0, 0.0, 1.0), (0.0, 0.0, 2.0), (900.0, 0.0, 30.0)];
/// let found = gapmap::stats::near::near_repeats(&events, &[0.0, 1.0, 100.0], &[0.0, 7.0], 99, 1);
/// assert_eq!(found.observed, [[1], [0]]);
/// ```
pub fn near_repeats(events: &[(f64, f64, f64)], metres: &[f64], days: &[f64], shuffles: usize, seed: u64) -> NearRepeats {
    let band = |bounds: &[f64], x: f64| bounds.partition_point(|b| *b <= x).checked_sub(1).filter(|k| *k + 1 < bounds.len());
    let far = |i: usize, j: usize| (events[i].0 - events[j].0).abs() + (events[i].1 - events[j].1).abs();
    let close: Vec<(usize, usize, usize)> = pairs(events.len()).filter_map(|(i, j)| Some((i, j, band(metres, far(i, j))?))).collect();
    let (rows, columns) = (metres.len().saturating_sub(1), days.len().saturating_sub(1));
    let table = |times: &[f64]| {
        let mut cells = vec![vec![0_u64; columns]; rows];
        for (i, j, row) in &close {
            if let Some(column) = band(days, (times[*i] - times[*j]).abs()) {
                cells[*row][column] += 1;
            }
        }
        cells
    };
    let mut times: Vec<f64> = events.iter().map(|e| e.2).collect();
    let observed = table(&times);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut expected = vec![vec![0.0; columns]; rows];
    let mut p = vec![vec![1.0; columns]; rows];
    for _ in 0..shuffles {
        for at in (1..times.len()).rev() {
            times.swap(at, random.random_range(0..=at as u32) as usize);
        }
        for (r, row) in table(&times).into_iter().enumerate() {
            for (c, n) in row.into_iter().enumerate() {
                expected[r][c] += n as f64 / shuffles as f64;
                p[r][c] += f64::from(u8::from(n >= observed[r][c]));
            }
        }
    }
    p.iter_mut().flatten().for_each(|p| *p /= (shuffles + 1) as f64);
    NearRepeats { observed, expected, p }
}
