//! Maps made by chance, and the strongest cluster of each: nearly all the time of a scan is spent here.
//!
//! A window is worth a logarithm only where it can beat what is known. So a number of events is found, for every circle and
//! window, below which no window reaches a ratio that nearly every map exceeds; then 32 maps side by side are compared with these
//! numbers by two subtractions each, and only circles in which some map gets there are looked at again, exactly.

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::likelihood::{Fewest, exceeds, poisson};
use super::{Circles, Null, Panel, Windows};

/// Maps side by side.
const LANES: usize = 32;
/// The ratio that the first maps are held against.
const FIRST_RATIO: f64 = 3.0;
/// Numbers kept at a time; more circles than that go in turns.
const MOST_NUMBERS: usize = 32_000_000;
/// From this many events on, sums need 32 bits to be compared by their sign.
const WIDE_FROM: u64 = 1_000_000;

/// A number of events that wraps: a difference is right where its true value fits.
trait Lane: Copy + Default + Send + Sync {
    fn of(n: u32) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn and(self, other: Self) -> Self;
    fn negative(self) -> bool;
    fn count(self) -> u32;
    const ALL_SET: Self;
}

macro_rules! lane {
    ($int:ty, $unsigned:ty) => {
        impl Lane for $int {
            #[inline(always)]
            fn of(n: u32) -> Self {
                n as Self
            }
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[inline(always)]
            fn negative(self) -> bool {
                self < 0
            }
            #[inline(always)]
            fn count(self) -> u32 {
                u32::from(self as $unsigned)
            }
            const ALL_SET: Self = -1;
        }
    };
}
lane!(i16, u16);
lane!(i32, u32);

/// The log likelihood ratio of the strongest cluster of each simulated map, ascending.
pub(super) fn maxima(panel: &Panel, circles: &Circles, windows: Windows, simulations: usize, seed: u64) -> Vec<f64> {
    let mut maxima = if panel.total < WIDE_FROM {
        search::<i16>(panel, circles, windows, simulations, seed)
    } else {
        search::<i32>(panel, circles, windows, simulations, seed)
    };
    maxima.sort_by(f64::total_cmp);
    maxima
}

fn search<L: Lane>(panel: &Panel, circles: &Circles, windows: Windows, simulations: usize, seed: u64) -> Vec<f64> {
    let sampler = Sampler::new(panel);
    let all: Vec<usize> = (0..simulations).collect();
    let mut maxima = vec![0.0; simulations];
    // The first maps tell what ratio nearly all others will exceed.
    let (pilot, rest) = all.split_at(LANES.min(simulations));
    let mut waiting = pilot.to_vec();
    let mut ratio = FIRST_RATIO;
    let mut later = rest.to_vec();
    while !waiting.is_empty() {
        let floor = if ratio < 0.05 { 0.0 } else { ratio };
        let batches: Vec<&[usize]> = waiting.chunks(LANES).collect();
        let found = above::<L>(panel, circles, windows, floor, &batches, |map| sampler.draw(seed, map));
        let mut short = Vec::new();
        for (map, best) in waiting.iter().zip(found.concat()) {
            // Below the floor the best that was seen need not be the best there is.
            if best >= floor {
                maxima[*map] = best;
            } else {
                short.push(*map);
            }
        }
        waiting = short;
        ratio /= 2.0;
        if waiting.is_empty() && !later.is_empty() {
            ratio = pilot.iter().map(|m| maxima[*m]).fold(f64::INFINITY, f64::min);
            waiting = std::mem::take(&mut later);
        }
    }
    maxima
}

/// The best ratio of each map of each batch, right where it is at least `floor`.
fn above<L: Lane>(
    panel: &Panel,
    circles: &Circles,
    windows: Windows,
    floor: f64,
    batches: &[&[usize]],
    draw: impl Fn(usize) -> Vec<u32> + Sync,
) -> Vec<Vec<f64>> {
    let per_circle = windows.all(panel.times).count();
    let in_turn = (MOST_NUMBERS / per_circle.max(1)).max(1);
    let fewest = Fewest::to_reach(floor, panel.total as f64, panel.total as f64);
    let drawn: Vec<Vec<[L; LANES]>> = batches.par_iter().map(|maps| side_by_side(panel, maps, &draw)).collect();
    let mut best: Vec<[f64; LANES]> = vec![[0.0; LANES]; batches.len()];
    let mut first = 0;
    while first < circles.len() {
        let mut last = first;
        let mut held = 0;
        while last < circles.len() && (last == first || held + circles.around(last).len() <= in_turn) {
            held += circles.around(last).len();
            last += 1;
        }
        let wanted: Vec<Wanted<L>> =
            (first..last).into_par_iter().map(|c| Wanted::of(panel, circles.around(c), windows, &fewest)).collect();
        best.par_iter_mut().zip(&drawn).for_each(|(best, cells)| {
            for (centre, wanted) in (first..last).zip(&wanted) {
                wanted.compare(panel, circles, centre, windows, cells, best);
            }
        });
        first = last;
    }
    best.into_iter().zip(batches).map(|(best, maps)| best[..maps.len()].to_vec()).collect()
}

/// Events up to each time, area by area, of several maps side by side.
fn side_by_side<L: Lane>(panel: &Panel, maps: &[usize], draw: &(impl Fn(usize) -> Vec<u32> + Sync)) -> Vec<[L; LANES]> {
    let times = panel.times;
    let mut cells = vec![[L::default(); LANES]; panel.areas() * (times + 1)];
    for (lane, map) in maps.iter().enumerate() {
        for (area, row) in draw(*map).chunks(times).enumerate() {
            let mut sum = 0_u32;
            for (t, n) in row.iter().enumerate() {
                sum += n;
                cells[area * (times + 1) + t + 1][lane] = L::of(sum);
            }
        }
    }
    cells
}

/// For the circles about one centre: what is expected up to each time, and the fewest events that matter, window by window.
struct Wanted<L> {
    expected: Vec<f64>,
    numbers: Vec<L>,
}

impl<L: Lane> Wanted<L> {
    fn of(panel: &Panel, around: &[u32], windows: Windows, fewest: &Fewest) -> Self {
        let times = panel.times;
        let all: Vec<(usize, usize)> = windows.all(times).collect();
        let mut upto = vec![0.0; times + 1];
        let (mut expected, mut numbers) = (Vec::new(), Vec::with_capacity(around.len() * all.len()));
        for member in around {
            let mut sum = 0.0;
            for t in 0..times {
                sum += panel.expected[*member as usize * times + t];
                upto[t + 1] += sum;
            }
            expected.extend_from_slice(&upto);
            numbers.extend(all.iter().map(|(start, end)| {
                let e = upto[*end] - upto[*start];
                // Never farther above what is expected than a difference can tell.
                L::of(fewest.given(e).max(windows.fewest).min(e as u32 + 30_000))
            }));
        }
        Self { expected, numbers }
    }

    fn compare(&self, panel: &Panel, circles: &Circles, centre: usize, windows: Windows, cells: &[[L; LANES]], best: &mut [f64; LANES]) {
        let (times, around) = (panel.times, circles.around(centre));
        let mut sums = vec![[L::default(); LANES]; times + 1];
        let per_circle = self.numbers.len() / around.len().max(1);
        for (k, member) in around.iter().enumerate() {
            let rows = &cells[*member as usize * (times + 1)..][..times + 1];
            for (sum, row) in sums.iter_mut().zip(rows) {
                for lane in 0..LANES {
                    sum[lane] = sum[lane].plus(row[lane]);
                }
            }
            if !circles.counts(k + 1) {
                continue;
            }
            let numbers = &self.numbers[k * per_circle..(k + 1) * per_circle];
            let below = all_below(&sums, numbers, windows);
            for lane in (0..LANES).filter(|l| !below[*l].negative()) {
                let expected = &self.expected[k * (times + 1)..][..times + 1];
                exactly(&sums, lane, expected, panel, windows, &mut best[lane]);
            }
        }
    }
}

/// For each map, a negative number where every window of the circle has fewer events than matter: the signs of all differences joined.
fn all_below<L: Lane>(sums: &[[L; LANES]], numbers: &[L], windows: Windows) -> [L; LANES] {
    let times = sums.len() - 1;
    let mut joined = [L::ALL_SET; LANES];
    let mut rest = numbers;
    for start in 0..times {
        let before = sums[start];
        let upto = (start + windows.longest).min(times);
        let from = if windows.living { times.max(start + 1) } else { start + 1 };
        if from > upto {
            continue;
        }
        let (now, later) = rest.split_at(upto + 1 - from);
        rest = later;
        for (sum, number) in sums[from..=upto].iter().zip(now) {
            for lane in 0..LANES {
                joined[lane] = joined[lane].and(sum[lane].minus(before[lane]).minus(*number));
            }
        }
    }
    joined
}

/// The best ratio of one map in one circle, by logarithms.
fn exactly<L: Lane>(sums: &[[L; LANES]], lane: usize, expected: &[f64], panel: &Panel, windows: Windows, best: &mut f64) {
    let total = panel.total as f64;
    for (start, end) in windows.all(panel.times) {
        let c = f64::from(sums[end][lane].minus(sums[start][lane]).count());
        let e = expected[end] - expected[start];
        if c >= f64::from(windows.fewest) && exceeds(c, e, total, *best) {
            *best = best.max(poisson(c, e, total));
        }
    }
}

/// Draws maps from the null hypothesis.
enum Sampler {
    /// Alias tables over the cells (Walker 1977, Vose 1991): whole numbers only, so that every machine draws the same.
    Cells { events: u64, cells: usize, keep: Vec<u32>, other: Vec<u32> },
    /// The months of all events, by area.
    Months { times: usize, rows: Vec<u32>, months: Vec<u32> },
}

impl Sampler {
    fn new(panel: &Panel) -> Self {
        match panel.null {
            Null::Poisson => Self::alias(panel),
            Null::Permutation => {
                let times = panel.times;
                let rows = panel.events.chunks(times).map(|r| r.iter().sum()).collect();
                let cells = panel.events.iter().enumerate();
                let months = cells.flat_map(|(i, n)| std::iter::repeat_n((i % times) as u32, *n as usize)).collect();
                Self::Months { times, rows, months }
            }
        }
    }

    fn alias(panel: &Panel) -> Self {
        let cells = panel.expected.len();
        let mut share: Vec<f64> = panel.expected.iter().map(|e| e / panel.total as f64 * cells as f64).collect();
        let (mut keep, mut other) = (vec![u32::MAX; cells], (0..cells as u32).collect::<Vec<u32>>());
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..cells).partition(|i| share[*i] < 1.0);
        while let (Some(s), Some(l)) = (small.pop(), large.last().copied()) {
            keep[s] = (share[s] * 2_f64.powi(32)) as u32;
            other[s] = l as u32;
            share[l] -= 1.0 - share[s];
            if share[l] < 1.0 {
                large.pop();
                small.push(l);
            }
        }
        Self::Cells { events: panel.total, cells, keep, other }
    }

    /// One map: events by cell.
    fn draw(&self, seed: u64, map: usize) -> Vec<u32> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(map as u64 + 1);
        match self {
            Self::Cells { events, cells, keep, other } => {
                let mut counts = vec![0; *cells];
                for _ in 0..*events {
                    let bits = random.next_u64();
                    // The upper half picks a cell; the lower half whether its own or its alias.
                    let cell = ((bits >> 32) * *cells as u64 >> 32) as usize;
                    let cell = if (bits as u32) <= keep[cell] { cell } else { other[cell] as usize };
                    counts[cell] += 1;
                }
                counts
            }
            Self::Months { times, rows, months } => {
                let mut months = months.clone();
                for at in (1..months.len()).rev() {
                    months.swap(at, random.random_range(0..=at as u32) as usize);
                }
                let mut counts = vec![0; rows.len() * times];
                let mut rest = months.into_iter();
                for (area, n) in rows.iter().enumerate() {
                    for month in rest.by_ref().take(*n as usize) {
                        counts[area * times + month as usize] += 1;
                    }
                }
                counts
            }
        }
    }
}
