//! Do more events than usual in an area go on into the next month, there and next door? What can be asked of near repeats where only months are known.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// So many months are shuffled among themselves: what changes more slowly is in all of them alike.
pub const WINDOW: usize = 6;

/// Pairs of events in months that follow one another, beside those that as many months in any order would give.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Carried {
    /// Observed over expected pairs.
    pub ratio: f64,
    /// Below it lie 2.5 % of the ratios of shuffled months.
    pub lower: f64,
    /// Above it lie 2.5 % of them.
    pub upper: f64,
    /// Chance of as many pairs or more, `(1 + #≥)/(R + 1)`.
    pub p: f64,
}

/// In the same area, and in areas next to one another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CarriedOver {
    /// Pairs in one area.
    pub same: Carried,
    /// Pairs in two areas that are neighbours; absent where none are.
    pub next_door: Option<Carried>,
    /// How many half-years took part.
    pub windows: usize,
}

/// Pairs of events in months that follow one another, within each window of [`WINDOW`] months.
///
/// Counts are divided by what the month has over all areas, so that neither season nor trend of the whole makes a pair. `P(s, t) = Σ qᵢₛ qⱼₜ` over areas
/// with themselves, or over neighbours; the ratio is that of the mean `P` of months in a row to the mean of all pairs of months in a window. Whole months
/// are shuffled within windows: events that come in clusters, neighbours that go together and areas that change slowly stay as they are. The last months
/// are looked at; those before the first whole window take no part.
///
/// A window with a month without events takes no part; `None` without a window. Depends on `seed` alone.
///
/// After Knox 1964, with the months of a map shuffled and not those of each event.
///
/// ```
/// use gapmap::stats::near_months::carried_over;
/// // Two areas that take turns, three months each.
/// let counts: Vec<Vec<u64>> = (0..2).map(|i| (0..12).map(|t| if (t / 3) % 2 == i { 9 } else { 1 }).collect()).collect();
/// let found = carried_over(&counts, &[vec![], vec![]], 99, 1).unwrap();
/// assert!(found.same.ratio > 1.2 && found.next_door.is_none() && found.windows == 2);
/// ```
pub fn carried_over(counts: &[Vec<u64>], neighbours: &[Vec<u32>], shuffles: usize, seed: u64) -> Option<CarriedOver> {
    let months = counts.first()?.len();
    if counts.iter().any(|row| row.len() != months) || neighbours.len() != counts.len() || shuffles == 0 {
        return None;
    }
    let starts: Vec<usize> = (0..months / WINDOW).map(|w| months - (w + 1) * WINDOW).collect();
    let windows: Vec<[Pairs; 2]> = starts.into_iter().rev().filter_map(|start| pairs(counts, neighbours, start)).collect();
    if windows.is_empty() {
        return None;
    }
    let orders: Vec<Vec<[usize; WINDOW]>> = (0..shuffles).into_par_iter().map(|draw| order(windows.len(), seed, draw)).collect();
    let same = carried(&windows, 0, &orders)?;
    Some(CarriedOver { same, next_door: carried(&windows, 1, &orders), windows: windows.len() })
}

/// Pairs of events by two months of a window.
type Pairs = [[f64; WINDOW]; WINDOW];

/// Those of one area and those of neighbours; `None` where a month has no event.
fn pairs(counts: &[Vec<u64>], neighbours: &[Vec<u32>], start: usize) -> Option<[Pairs; 2]> {
    let mut whole = [0.0; WINDOW];
    for row in counts {
        whole.iter_mut().enumerate().for_each(|(t, sum)| *sum += row[start + t] as f64);
    }
    if whole.contains(&0.0) {
        return None;
    }
    let mean = whole.iter().sum::<f64>() / WINDOW as f64;
    let alike = |row: &Vec<u64>| std::array::from_fn(|t| row[start + t] as f64 * mean / whole[t]);
    let shares: Vec<[f64; WINDOW]> = counts.iter().map(alike).collect();
    let mut found = [[[0.0; WINDOW]; WINDOW]; 2];
    for (own, beside) in shares.iter().zip(neighbours) {
        let mut near = [0.0; WINDOW];
        for other in beside.iter().filter_map(|j| shares.get(*j as usize)) {
            near.iter_mut().zip(other).for_each(|(sum, q)| *sum += q);
        }
        for (s, first) in own.iter().enumerate() {
            for (t, (again, beside)) in own.iter().zip(&near).enumerate() {
                found[0][s][t] += first * again;
                found[1][s][t] += first * beside;
            }
        }
    }
    Some(found)
}

/// An order of the months of each window.
fn order(windows: usize, seed: u64, draw: usize) -> Vec<[usize; WINDOW]> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(draw as u64 + 1);
    let shuffled = |_| {
        let mut months: [usize; WINDOW] = std::array::from_fn(|t| t);
        for at in (1..WINDOW).rev() {
            months.swap(at, random.random_range(0..=at as u32) as usize);
        }
        months
    };
    (0..windows).map(shuffled).collect()
}

/// `None` where no two events are near at all.
fn carried(windows: &[[Pairs; 2]], which: usize, orders: &[Vec<[usize; WINDOW]>]) -> Option<Carried> {
    let in_a_row = |pairs: &Pairs, months: &[usize; WINDOW]| {
        (1..WINDOW).map(|t| (pairs[months[t - 1]][months[t]] + pairs[months[t]][months[t - 1]]) / 2.0).sum::<f64>()
    };
    let sum = |order: &dyn Fn(usize) -> [usize; WINDOW]| -> f64 {
        windows.iter().enumerate().map(|(w, both)| in_a_row(&both[which], &order(w))).sum()
    };
    let apart = |pairs: &Pairs| {
        let all: f64 = (0..WINDOW).flat_map(|s| (0..WINDOW).filter(move |t| *t != s).map(move |t| pairs[s][t])).sum();
        all * (WINDOW - 1) as f64 / (WINDOW * (WINDOW - 1)) as f64
    };
    let expected: f64 = windows.iter().map(|both| apart(&both[which])).sum();
    if expected <= 0.0 {
        return None;
    }
    let observed = sum(&|_| std::array::from_fn(|t| t));
    let mut shuffled: Vec<f64> = orders.iter().map(|order| sum(&|w| order[w])).collect();
    let as_many = shuffled.iter().filter(|s| **s >= observed * (1.0 - 1e-12)).count();
    shuffled.sort_unstable_by(f64::total_cmp);
    let draws = shuffled.len();
    let at = |p: f64| shuffled[((p * (draws + 1) as f64) as usize).clamp(1, draws) - 1] / expected;
    Some(Carried { ratio: observed / expected, lower: at(0.025), upper: at(0.975), p: (1 + as_many) as f64 / (draws + 1) as f64 })
}
