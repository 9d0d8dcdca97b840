//! Maps made by chance.

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Gamma};

use super::{Null, Panel, Windows};

/// Of more events than this they are not drawn one by one: a map is drawn by its cells. Maps of fewer are what they always were.
const MANY_EVENTS: u64 = 200_000;

/// Draws maps from the null hypothesis.
pub(super) enum Sampler {
    /// Alias tables over the cells (Walker 1977, Vose 1991): whole numbers only, so that every machine draws the same.
    Cells { events: u64, table: Vec<(u32, u32)> },
    /// The same of cells whose rates are drawn first.
    Varied { alpha: f64, events: u64, expected: Vec<f64> },
    /// The months of all events, by area.
    Months {
        times: usize,
        /// So many times from the first are one.
        before: usize,
        rows: Vec<u32>,
        months: Vec<u32>,
    },
    /// Of many events: each cell takes its binomial share of what is left.
    Split { alpha: f64, events: u64, expected: Vec<f64> },
    /// Of many events: those of all times but the first are picked one after the other, and their times dealt to them; what remains is of the first.
    Dealt {
        /// How many events each area has.
        rows: Vec<u32>,
        times: usize,
        /// The time of each event after the first time.
        late: Vec<u16>,
    },
}

impl Sampler {
    pub fn new(panel: &Panel, windows: Windows) -> Self {
        let many = panel.total > MANY_EVENTS;
        match panel.null {
            Null::Poisson if many => Self::Split { alpha: 0.0, events: panel.total, expected: panel.looked_at(windows).expected },
            Null::Varied(alpha) if many => Self::Split { alpha, events: panel.total, expected: panel.expected.clone() },
            Null::Permutation if many && windows.living => Self::dealt(&panel.latest(windows.longest)),
            Null::Permutation if many => Self::dealt(panel),
            Null::Poisson => Self::alias(&panel.looked_at(windows).expected, panel.total),
            Null::Varied(alpha) => Self::Varied { alpha, events: panel.total, expected: panel.expected.clone() },
            Null::Permutation => {
                let times = panel.times;
                let rows = panel.events.chunks(times).map(|r| r.iter().sum()).collect();
                let cells = panel.events.iter().enumerate();
                let months = cells.flat_map(|(i, n)| std::iter::repeat_n((i % times) as u32, *n as usize)).collect();
                let before = if windows.living { times.saturating_sub(windows.longest).max(1) } else { 1 };
                Self::Months { times, before, rows, months }
            }
        }
    }

    fn dealt(panel: &Panel) -> Self {
        let times = panel.times;
        let rows: Vec<u32> = panel.events.chunks(times).map(|r| r.iter().sum()).collect();
        let of = |t: usize| panel.events.iter().skip(t).step_by(times).map(|n| *n as usize).sum::<usize>();
        let late = (1..times).flat_map(|t| std::iter::repeat_n(t as u16, of(t))).collect();
        Self::Dealt { rows, times, late }
    }

    fn alias(expected: &[f64], events: u64) -> Self {
        let cells = expected.len();
        let all: f64 = expected.iter().sum();
        let mut share: Vec<f64> = expected.iter().map(|e| e / all * cells as f64).collect();
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
        Self::Cells { events, table: keep.into_iter().zip(other).collect() }
    }

    /// One map: events by cell.
    pub fn draw(&self, seed: u64, map: usize) -> Vec<u32> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(map as u64 + 1);
        self.drawn(&mut random)
    }

    fn drawn(&self, random: &mut ChaCha8Rng) -> Vec<u32> {
        match self {
            Self::Varied { alpha, events, expected } => {
                let rates = Gamma::new(1.0 / alpha, *alpha).ok();
                let varied: Vec<f64> = expected.iter().map(|e| e * rates.as_ref().map_or(1.0, |g| g.sample(random)).max(1e-12)).collect();
                Self::alias(&varied, *events).drawn(random)
            }
            Self::Cells { events, table } => {
                let mut counts = vec![0; table.len()];
                let mut put = |bits: u64| {
                    // The whole part picks a cell, the rest whether its own or its alias.
                    let picked = bits * table.len() as u64;
                    let (keep, other) = table[(picked >> 32) as usize];
                    let cell = if (picked as u32) <= keep { (picked >> 32) as usize } else { other as usize };
                    counts[cell] += 1;
                };
                for _ in 0..events / 2 {
                    let bits = random.next_u64();
                    put(bits >> 32);
                    put(bits & 0xffff_ffff);
                }
                if events % 2 == 1 {
                    put(random.next_u64() >> 32);
                }
                counts
            }
            Self::Split { alpha, events, expected } => {
                let rates = Gamma::new(1.0 / alpha, *alpha).ok().filter(|_| *alpha > 0.0);
                let varied: Vec<f64> = expected.iter().map(|e| e * rates.as_ref().map_or(1.0, |g| g.sample(random)).max(1e-12)).collect();
                split(&varied, *events, random)
            }
            Self::Dealt { rows, times, late } => deal(rows, *times, late.clone(), random),
            Self::Months { times, before, rows, months } => {
                let late = times + 1 - before;
                let mut months = months.clone();
                for at in (1..months.len()).rev() {
                    months.swap(at, random.random_range(0..=at as u32) as usize);
                }
                let mut counts = vec![0; rows.len() * late];
                let mut rest = months.into_iter();
                for (area, n) in rows.iter().enumerate() {
                    for month in rest.by_ref().take(*n as usize) {
                        counts[area * late + (month as usize + 1).saturating_sub(*before)] += 1;
                    }
                }
                counts
            }
        }
    }
}

/// Events by cell where each falls into a cell with the probability that its share has: one cell after the other takes a binomial share of what is left.
fn split(shares: &[f64], events: u64, random: &mut ChaCha8Rng) -> Vec<u32> {
    let (mut left, mut rest) = (events, shares.iter().sum::<f64>());
    let last = shares.iter().rposition(|s| *s > 0.0).unwrap_or(0);
    let mut counts = Vec::with_capacity(shares.len());
    for (i, share) in shares.iter().enumerate() {
        let taken = match i {
            _ if left == 0 => 0,
            i if i == last => left,
            _ => Binomial::new(left, (share / rest).clamp(0.0, 1.0)).map_or(0, |b| b.sample(random)).min(left),
        };
        counts.push(taken as u32);
        left -= taken;
        rest = (rest - share).max(f64::MIN_POSITIVE);
    }
    counts
}

/// Events by area and time where every area keeps its events and every time its. `late` holds the time of each event after the first time.
///
/// Which events are late is a simple random sample, taken in one pass (selection sampling, Knuth 3.4.2 S): memory is read in order, area by area.
fn deal(rows: &[u32], times: usize, mut late: Vec<u16>, random: &mut ChaCha8Rng) -> Vec<u32> {
    for at in (1..late.len()).rev() {
        late.swap(at, random.random_range(0..=at as u32) as usize);
    }
    let mut left: u64 = rows.iter().map(|n| u64::from(*n)).sum();
    let (mut counts, mut dealt) = (vec![0; rows.len() * times], 0);
    for (of_area, n) in counts.chunks_mut(times).zip(rows) {
        let first = dealt;
        for _ in 0..*n {
            let wanted = (late.len() - dealt) as u64;
            // Late with the chance that is the share of late ones in what is left, to 1 in 2³².
            dealt += usize::from((u64::from(random.next_u32()) * left) >> 32 < wanted);
            left -= 1;
        }
        late[first..dealt].iter().for_each(|t| of_area[usize::from(*t)] += 1);
        of_area[0] = n - (dealt - first) as u32;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampler(panel: &Panel) -> [Sampler; 2] {
        let windows = Windows { longest: 2, living: true, fewest: 2 };
        [Sampler::new(panel, windows), Sampler::dealt(&panel.latest(2))]
    }

    #[test]
    fn maps_of_many_events_keep_the_sums_and_have_the_moments_of_maps_drawn_event_by_event() {
        let events: Vec<u32> = (0..40).map(|i| 1 + i * 7 % 13).collect();
        let panel = Panel::permutation(5, events).expect("a panel");
        let latest = panel.latest(2);
        let [one_by_one, dealt] = sampler(&panel);
        let (maps, cells) = (4_000, latest.events.len());
        let mut moments = [vec![(0.0, 0.0); cells], vec![(0.0, 0.0); cells]];
        for map in 0..maps {
            for (sampler, moments) in [&one_by_one, &dealt].into_iter().zip(&mut moments) {
                let counts = sampler.draw(3, map);
                assert_eq!(counts.len(), cells);
                let row = |of: &[u32], i: usize| of[i * 3..(i + 1) * 3].iter().sum::<u32>();
                let column = |of: &[u32], t: usize| of.iter().skip(t).step_by(3).sum::<u32>();
                assert!((0..8).all(|i| row(&counts, i) == row(&latest.events, i)));
                assert!((0..3).all(|t| column(&counts, t) == column(&latest.events, t)));
                counts.iter().zip(moments.iter_mut()).for_each(|(n, m)| *m = (m.0 + f64::from(*n), m.1 + f64::from(*n).powi(2)));
            }
        }
        let of = |m: (f64, f64)| (m.0 / maps as f64, m.1 / maps as f64 - (m.0 / maps as f64).powi(2));
        for ((a, b), e) in moments[0].iter().zip(&moments[1]).zip(&latest.expected) {
            let ((one, wide), (other, dealt)) = (of(*a), of(*b));
            let error = (wide / maps as f64).sqrt();
            assert!((one - e).abs() < 5.0 * error && (other - e).abs() < 5.0 * error, "{one} {other} {e}");
            assert!((dealt / wide - 1.0).abs() < 0.15, "{wide} {dealt}");
        }
    }

    #[test]
    fn shares_are_split_as_a_multinomial_does() {
        let shares = [3.0, 0.0, 1.0, 6.0];
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let (maps, events) = (5_000, 200);
        let mut sums = [(0.0, 0.0); 4];
        for _ in 0..maps {
            let counts = split(&shares, events, &mut random);
            assert_eq!(counts.iter().sum::<u32>(), 200);
            counts.iter().zip(&mut sums).for_each(|(n, s)| *s = (s.0 + f64::from(*n), s.1 + f64::from(*n).powi(2)));
        }
        for (share, (sum, square)) in shares.iter().zip(sums) {
            let (p, n, mean) = (share / 10.0, events as f64, sum / maps as f64);
            let (wide, variance) = (n * p * (1.0 - p), square / maps as f64 - mean * mean);
            assert!((mean - n * p).abs() <= 5.0 * (wide / maps as f64).sqrt(), "{mean}");
            assert!((variance - wide).abs() <= 0.12 * wide, "{variance} {wide}");
        }
    }
}
