//! Maps made by chance, and the strongest cluster of each: nearly all the time of a scan is spent here.
//!
//! A window is worth a logarithm only where it can beat what is known. So a number of events is found, for every circle and
//! window, below which no window reaches a ratio that nearly every map exceeds; then some maps side by side are compared with these
//! numbers by two subtractions each, and only circles in which some map gets there are looked at again, exactly.

use std::ops::{Add, BitAnd, Sub};

use rayon::prelude::*;
use wide::{i16x8, i32x4};

use super::likelihood::{Fewest, exceeds, poisson};
use super::sampler::Sampler;
use super::{Circles, Null, Panel, Windows};

/// Vectors of maps side by side.
const BLOCK: usize = 4;
/// The ratio that the first maps are held against.
const FIRST_RATIO: f64 = 6.0;
/// Where a map stays below, this share of the ratio is tried.
const LOWER: f64 = 0.75;
/// Numbers kept at a time; more circles than that go in turns.
const MOST_NUMBERS: usize = 32_000_000;
/// Cells of simulated maps held at a time; more maps than that go in turns.
const MOST_CELLS: usize = 48_000_000;
/// From this many events on, sums need 32 bits to be compared by their sign: chance does not put 30,000 events more than expected into a circle of fewer.
const WIDE_FROM: u64 = 1_000_000;
/// Where the rates of cells vary by themselves a single area may hold nearly all: sums need 32 bits from the number on that 16 bits do not hold.
const WIDE_FROM_VARIED: u64 = 1 << 15;

/// Eight or four maps side by side: numbers of events that wrap, so that a difference is right where its true value fits.
trait Lanes: Copy + Send + Sync + Add<Output = Self> + Sub<Output = Self> + BitAnd<Output = Self> {
    /// How many maps.
    const WIDTH: usize;
    /// So far above what is expected a number may lie, so that the difference from what a map has fits.
    const FARTHEST: u32;
    /// The same number for all.
    fn all(n: u32) -> Self;
    /// One number for each.
    fn each(n: &[u32]) -> Self;
    /// The number of one map, as it was put in.
    fn count(self, lane: usize) -> u32;
    /// Whether the number of one map is below 0.
    fn is_negative(self, lane: usize) -> bool;
}

impl Lanes for i16x8 {
    const WIDTH: usize = 8;
    const FARTHEST: u32 = 30_000;
    fn all(n: u32) -> Self {
        i16x8::splat(n as i16)
    }
    fn each(n: &[u32]) -> Self {
        i16x8::new(std::array::from_fn(|lane| n[lane] as i16))
    }
    fn count(self, lane: usize) -> u32 {
        u32::from(self.as_array()[lane] as u16)
    }
    fn is_negative(self, lane: usize) -> bool {
        self.as_array()[lane] < 0
    }
}

impl Lanes for i32x4 {
    const WIDTH: usize = 4;
    const FARTHEST: u32 = 1 << 30;
    fn all(n: u32) -> Self {
        i32x4::splat(n as i32)
    }
    fn each(n: &[u32]) -> Self {
        i32x4::new(std::array::from_fn(|lane| n[lane] as i32))
    }
    fn count(self, lane: usize) -> u32 {
        self.as_array()[lane] as u32
    }
    fn is_negative(self, lane: usize) -> bool {
        self.as_array()[lane] < 0
    }
}

/// Four times as many maps: one window at a time keeps their numbers in registers.
type Block<L> = [L; BLOCK];

/// The log likelihood ratio of the strongest cluster of each simulated map, ascending.
pub(super) fn maxima(panel: &Panel, circles: &Circles, windows: Windows, simulations: usize, seed: u64) -> Vec<f64> {
    let sampler = Sampler::new(panel, windows);
    let panel = &panel.looked_at(windows);
    let wide_from = if matches!(panel.null, Null::Varied(_)) { WIDE_FROM_VARIED } else { WIDE_FROM };
    let mut maxima = if panel.total < wide_from {
        search::<i16x8>(panel, circles, windows, &sampler, simulations, seed)
    } else {
        search::<i32x4>(panel, circles, windows, &sampler, simulations, seed)
    };
    maxima.sort_by(f64::total_cmp);
    maxima
}

fn search<L: Lanes>(panel: &Panel, circles: &Circles, windows: Windows, sampler: &Sampler, simulations: usize, seed: u64) -> Vec<f64> {
    let all: Vec<usize> = (0..simulations).collect();
    let mut maxima = vec![0.0; simulations];
    // The first maps tell what ratio nearly all others will exceed.
    let (pilot, rest) = all.split_at((BLOCK * L::WIDTH).min(simulations));
    let mut waiting = pilot.to_vec();
    let mut ratio = FIRST_RATIO;
    let mut later = rest.to_vec();
    while !waiting.is_empty() {
        let floor = if ratio < 0.05 { 0.0 } else { ratio };
        let batches: Vec<&[usize]> = waiting.chunks(BLOCK * L::WIDTH).collect();
        // Some maps at a time: their cells are held side by side.
        let cells = panel.areas() * (panel.times + 1) * BLOCK * L::WIDTH;
        let at_once = (MOST_CELLS / cells.max(1)).max(1);
        let found: Vec<Vec<f64>> = batches
            .chunks(at_once)
            .flat_map(|batches| above::<L>(panel, circles, windows, floor, batches, |map| sampler.draw(seed, map)))
            .collect();
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
        ratio *= LOWER;
        if waiting.is_empty() && !later.is_empty() {
            ratio = pilot.iter().map(|m| maxima[*m]).fold(f64::INFINITY, f64::min);
            waiting = std::mem::take(&mut later);
        }
    }
    maxima
}

/// The best ratio of each map of each batch, right where it is at least `floor`.
fn above<L: Lanes>(
    panel: &Panel,
    circles: &Circles,
    windows: Windows,
    floor: f64,
    batches: &[&[usize]],
    draw: impl Fn(usize) -> Vec<u32> + Sync,
) -> Vec<Vec<f64>> {
    let per_circle = windows.all(panel.times).count();
    // Expectations take twice the room of numbers.
    let in_turn = (MOST_NUMBERS / (per_circle + 2 * (panel.times + 1))).max(1);
    let fewest = Fewest::to_reach(floor, panel.total as f64, panel.total as f64);
    let drawn: Vec<Vec<Block<L>>> = batches.par_iter().map(|maps| side_by_side(panel, maps, &draw)).collect();
    let mut best: Vec<Vec<f64>> = batches.iter().map(|maps| vec![0.0; maps.len()]).collect();
    let mut first = 0;
    while first < circles.len() {
        let mut last = first;
        let mut held = 0;
        while last < circles.len() && (last == first || held + circles.around(last).len() <= in_turn) {
            held += circles.around(last).len();
            last += 1;
        }
        let wanted: Vec<Wanted> =
            (first..last).into_par_iter().map(|c| Wanted::of(panel, circles, c, windows, &fewest, L::FARTHEST)).collect();
        best.par_iter_mut().zip(&drawn).for_each(|(best, cells)| {
            for (centre, wanted) in (first..last).zip(&wanted) {
                wanted.compare(panel, circles, centre, windows, cells, best);
            }
        });
        first = last;
    }
    best
}

/// Events up to each time, area by area, of several maps side by side.
fn side_by_side<L: Lanes>(panel: &Panel, maps: &[usize], draw: &(impl Fn(usize) -> Vec<u32> + Sync)) -> Vec<Block<L>> {
    let times = panel.times;
    let drawn: Vec<Vec<u32>> = maps.iter().map(|map| draw(*map)).collect();
    let mut sums = vec![0_u32; BLOCK * L::WIDTH];
    let mut cells = Vec::with_capacity(panel.areas() * (times + 1));
    for area in 0..panel.areas() {
        sums.fill(0);
        cells.push([L::all(0); BLOCK]);
        for t in 0..times {
            for (sum, map) in sums.iter_mut().zip(&drawn) {
                *sum += map[area * times + t];
            }
            cells.push(std::array::from_fn(|v| L::each(&sums[v * L::WIDTH..(v + 1) * L::WIDTH])));
        }
    }
    cells
}

/// For the circles about one centre that count: what is expected up to each time, and the fewest events that matter, window by window.
struct Wanted {
    expected: Vec<f64>,
    numbers: Vec<u32>,
}

impl Wanted {
    fn of(panel: &Panel, circles: &Circles, centre: usize, windows: Windows, fewest: &Fewest, farthest: u32) -> Self {
        let (times, around) = (panel.times, circles.around(centre));
        let all: Vec<(usize, usize)> = windows.all(times).collect();
        let mut upto = vec![0.0; times + 1];
        let (mut expected, mut numbers) = (Vec::new(), Vec::with_capacity(around.len() * all.len()));
        for (k, member) in around.iter().enumerate() {
            let mut sum = 0.0;
            for t in 0..times {
                sum += panel.expected[*member as usize * times + t];
                upto[t + 1] += sum;
            }
            if !circles.counts(k + 1) {
                continue;
            }
            expected.extend_from_slice(&upto);
            numbers.extend(all.iter().map(|(start, end)| {
                let e = upto[*end] - upto[*start];
                // Never farther above what is expected than a difference can tell.
                fewest.given(e).max(windows.fewest).min((e as u32).saturating_add(farthest))
            }));
        }
        Self { expected, numbers }
    }

    fn compare<L: Lanes>(&self, panel: &Panel, circles: &Circles, centre: usize, windows: Windows, cells: &[Block<L>], best: &mut [f64]) {
        let (times, around) = (panel.times, circles.around(centre));
        let mut sums = vec![[L::all(0); BLOCK]; times + 1];
        let per_circle = self.numbers.len() * (times + 1) / self.expected.len().max(1);
        let mut nth = 0;
        for (k, member) in around.iter().enumerate() {
            let rows = &cells[*member as usize * (times + 1)..][..times + 1];
            for (sum, row) in sums.iter_mut().zip(rows) {
                for v in 0..BLOCK {
                    sum[v] = sum[v] + row[v];
                }
            }
            if !circles.counts(k + 1) {
                continue;
            }
            let numbers = &self.numbers[nth * per_circle..(nth + 1) * per_circle];
            let expected = &self.expected[nth * (times + 1)..][..times + 1];
            nth += 1;
            let below = all_below(&sums, numbers, windows);
            for (map, best) in best.iter_mut().enumerate() {
                let (v, lane) = (map / L::WIDTH, map % L::WIDTH);
                if !below[v].is_negative(lane) {
                    let counts: Vec<u32> = sums.iter().map(|s| s[v].count(lane)).collect();
                    exactly(&counts, L::WIDTH == 8, expected, numbers, panel, windows, best);
                }
            }
        }
    }
}

/// For each map, a negative number where every window of the circle has fewer events than matter: the signs of all differences joined.
fn all_below<L: Lanes>(sums: &[Block<L>], numbers: &[u32], windows: Windows) -> Block<L> {
    let times = sums.len() - 1;
    let mut joined = [L::all(u32::MAX); BLOCK];
    let mut rest = numbers;
    for (start, before) in sums[..times].iter().enumerate() {
        let upto = (start + windows.longest).min(times);
        let from = if windows.living { times.max(start + 1) } else { start + 1 };
        if from > upto {
            continue;
        }
        let (now, later) = rest.split_at(upto + 1 - from);
        rest = later;
        for (sum, number) in sums[from..=upto].iter().zip(now) {
            let number = L::all(*number);
            for v in 0..BLOCK {
                joined[v] = joined[v] & (sum[v] - before[v] - number);
            }
        }
    }
    joined
}

/// The best ratio of one map in one circle, by logarithms where it can matter.
fn exactly(counts: &[u32], narrow: bool, expected: &[f64], numbers: &[u32], panel: &Panel, windows: Windows, best: &mut f64) {
    let total = panel.total as f64;
    for ((start, end), number) in windows.all(panel.times).zip(numbers) {
        let c = counts[end].wrapping_sub(counts[start]);
        // Of 16 bits the difference from what is wanted is known, and with it the number.
        let c = if narrow { number.wrapping_add_signed(i32::from(c.wrapping_sub(*number) as i16)) } else { c };
        if c >= *number {
            let (c, e) = (f64::from(c), expected[end] - expected[start]);
            if exceeds(c, e, total, *best) {
                *best = best.max(poisson(c, e, total));
            }
        }
    }
}
