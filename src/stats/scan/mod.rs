//! Is there a circle of areas, or a circle over some months, with more events than chance would put there? Kulldorff's scan statistic.

mod circles;
mod likelihood;
mod overdispersed;
mod sampler;
mod simulate;
mod sizes;
#[cfg(test)]
mod tests;
mod zones;

pub use circles::Circles;
pub use likelihood::{bernoulli, poisson};
pub use overdispersed::{NegativeBinomialNull, dispersion, dispersion_beside, p_value, poisson_null, poisson_strengths};
pub use sizes::{SizeTried, best_size, scan_by_size, sizes_up_to};
pub use zones::{Zone, apart, zones};

use rayon::prelude::*;

use likelihood::exceeds;

/// Events and what would be expected of them, by area and time.
///
/// `events` and `expected` are rows of areas, `times` columns each; `expected` is scaled to the number of events here.
/// For a Poisson scan of residents, expected is residents × days of the month; for a standardised one, what the strata would give.
#[derive(Clone, Debug)]
pub struct Panel {
    times: usize,
    events: Vec<u32>,
    expected: Vec<f64>,
    total: u64,
    null: Null,
    /// Ratios of likelihoods are divided by this before they are compared with chance.
    divisor: f64,
}

/// What chance does.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Null {
    /// Each event falls into a cell with the probability that its expectation has.
    Poisson,
    /// The months of the events are shuffled: every area keeps its events and every month its.
    Permutation,
    /// As Poisson, of cells whose rates are drawn first: gamma, of mean 1 and this variance, as areas differ for reasons of their own.
    Varied(f64),
}

/// Which windows are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Windows {
    /// Longest window, in times; half of all is usual.
    pub longest: usize,
    /// Only windows that end at the last time: what is going on now.
    pub living: bool,
    /// Fewer events than this are no cluster.
    pub fewest: u32,
}

/// A circle over a window of time with more events than expected.
#[derive(Clone, PartialEq, Debug)]
pub struct Cluster {
    /// The area in the middle.
    pub centre: usize,
    /// Areas of the circle, nearest first.
    pub members: Vec<usize>,
    /// First time.
    pub first: usize,
    /// Last time.
    pub last: usize,
    /// Events in it.
    pub observed: u64,
    /// Events expected in it.
    pub expected: f64,
    /// Risk inside over risk outside: `(c/e) / ((C−c)/(C−e))`.
    pub relative_risk: f64,
    /// Log likelihood ratio.
    pub log_likelihood_ratio: f64,
    /// Share of the simulated maps, with this one, whose best cluster is as strong or stronger. For the second cluster and on it is on the careful side.
    pub p: f64,
}

/// What a scan found.
#[derive(Clone, PartialEq, Debug)]
pub struct Scan {
    /// Clusters that share no area, strongest first; ten at most.
    pub clusters: Vec<Cluster>,
    /// Log likelihood ratio of the best cluster of each simulated map, ascending.
    pub null: Vec<f64>,
}

impl Panel {
    /// Events given what is expected; `None` where shapes differ, nothing happened, or an expectation is negative, no number, or 0 where something happened.
    ///
    /// ```
    /// use gapmap::stats::scan::Panel;
    /// assert!(Panel::poisson(2, vec![1, 4, 0, 2], vec![1.0; 4]).is_some());
    /// assert!(Panel::poisson(2, vec![0; 4], vec![1.0; 4]).is_none());
    /// ```
    pub fn poisson(times: usize, events: Vec<u32>, mut expected: Vec<f64>) -> Option<Self> {
        let total: u64 = events.iter().map(|n| u64::from(*n)).sum();
        let sum: f64 = expected.iter().sum();
        let fits = times > 0 && events.len() == expected.len() && events.len().is_multiple_of(times) && total > 0;
        let sound = expected.iter().zip(&events).all(|(e, n)| e.is_finite() && *e >= 0.0 && (*e > 0.0 || *n == 0));
        if !fits || !sound || sum <= 0.0 {
            return None;
        }
        expected.iter_mut().for_each(|e| *e *= total as f64 / sum);
        Some(Self { times, events, expected, total, null: Null::Poisson, divisor: 1.0 })
    }

    /// Events of which an area has as many as it always has and a month as many as it has everywhere: `e = row · column / total`.
    ///
    /// What stands out is a month that is high *for this area*: no population is needed, and a season or an area that is always high is no cluster.
    /// Source: Kulldorff and others 2005, *PLoS Medicine* 2.
    pub fn permutation(times: usize, events: Vec<u32>) -> Option<Self> {
        if times == 0 || !events.len().is_multiple_of(times) {
            return None;
        }
        let row = |i: usize| events[i * times..(i + 1) * times].iter().map(|n| f64::from(*n)).sum::<f64>();
        let column = |t: usize| events.iter().skip(t).step_by(times).map(|n| f64::from(*n)).sum::<f64>();
        let columns: Vec<f64> = (0..times).map(column).collect();
        let expected = (0..events.len() / times).flat_map(|i| columns.iter().map(move |c| (i, c))).map(|(i, c)| row(i) * c).collect();
        Some(Self { null: Null::Permutation, ..Self::poisson(times, events, expected)? })
    }

    /// The same events, compared with maps whose cells vary by `alpha` beyond Poisson counts (variance `μ + α μ²`); 0 leaves it as it is.
    ///
    /// Areas differ for many reasons. A scan that takes them for alike finds a cluster on every real map. The sum of events is kept.
    /// Source: after Zhang, Zhang and Lin 2012.
    ///
    /// ```
    /// use gapmap::stats::scan::{Circles, Panel, Windows, scan};
    /// let circles = Circles::new(12, |i, j| i.abs_diff(j) as f64, &[100.0; 12], 0.5);
    /// let events = vec![5, 30, 9, 12, 2, 18, 7, 25, 3, 11, 16, 6];
    /// let panel = Panel::poisson(1, events, vec![1.0; 12]).unwrap();
    /// let p = |panel: &Panel| scan(panel, &circles, Windows { longest: 1, living: false, fewest: 2 }, 199, 1).clusters[0].p;
    /// assert!(p(&panel) < 0.05 && p(&panel.clone().varied(0.5)) > 0.05);
    /// ```
    pub fn varied(mut self, alpha: f64) -> Self {
        if alpha.is_finite() && alpha > 0.0 && self.null == Null::Poisson {
            self.null = Null::Varied(alpha);
        }
        self
    }

    /// The same events, of which every ratio of likelihoods is divided by φ, at least 1, before it is compared with chance: quasi-Poisson.
    pub fn divided_by(mut self, phi: f64) -> Self {
        self.divisor = if phi.is_finite() { phi.max(1.0) } else { 1.0 };
        self
    }

    /// By how much cells vary beyond Poisson counts: α of a variance `μ + α μ²`, by moments, `Σ (y − E)²/(E(1 + αE)) = n − 1`. 0 where they do not.
    pub fn variation(&self) -> f64 {
        let (events, expected): (Vec<f64>, Vec<f64>) =
            self.events.iter().zip(&self.expected).filter(|(_, e)| **e > 0.0).map(|(y, e)| (f64::from(*y), *e)).unzip();
        NegativeBinomialNull::by_moments(&events, &expected).map_or(0.0, |null| null.alpha)
    }

    /// The same of what areas do not share with those next to them: from differences between each area and the three nearest to it,
    /// `α = Σ ((r − r′)² − r/E − r′/E′) / 2 Σ r r′` over such pairs of rates `r = y/E`. 0 where they do not vary by themselves.
    ///
    /// What neighbours share is what a scan looks for: with it in the variation, a hot spot beside a town centre would be lost.
    /// For panels of one time; areas of circles that hold no other have no pair. An area that holds more than half of all events is in none: it would make
    /// all others vary so much that nothing could stand out, and it least of all.
    pub fn variation_beside_neighbours(&self, circles: &Circles) -> f64 {
        let rate = |i: usize| (f64::from(self.events[i]) / self.expected[i], self.expected[i]);
        let (mut square, mut product) = (0.0, 0.0);
        let usual = |i: &usize| 2 * u64::from(self.events[*i]) <= self.total;
        for i in (0..circles.len().min(self.expected.len())).filter(usual) {
            for j in circles.around(i).iter().map(|j| *j as usize).filter(|j| *j != i && usual(j)).take(NEAREST) {
                let ((r, e), (s, f)) = (rate(i), rate(j));
                if e > 0.0 && f > 0.0 {
                    square += (r - s).powi(2) - r / e - s / f;
                    product += r * s;
                }
            }
        }
        if product > 0.0 { (square / (2.0 * product)).max(0.0) } else { self.variation() }
    }

    /// By how much sums over `longest` times or fewer vary about what is expected, `Σ (y − e)²/Σ e` by degrees of freedom, at least 1: the largest over
    /// windows of 1, 2, 4 and so on. Longer windows hold what months have in common with the months before them; cells that expect most
    /// weigh most, as they do in a scan.
    pub fn dispersion_over_time(&self, longest: usize) -> f64 {
        let (areas, times) = (self.areas(), self.times);
        let of = |width: usize| {
            let windows = times / width;
            let free = (areas as f64 - 1.0) * (windows as f64 - 1.0);
            let cells = (0..areas).flat_map(|i| (0..windows).map(move |w| i * times + times - (w + 1) * width));
            let sum = |from: usize| {
                let range = from..from + width;
                (self.events[range.clone()].iter().map(|y| f64::from(*y)).sum::<f64>(), self.expected[range].iter().sum::<f64>())
            };
            let (square, whole) = cells.map(sum).fold((0.0, 0.0), |(s, w), (y, e)| (s + (y - e).powi(2), w + e));
            if free > 0.0 && whole > 0.0 { square / whole * (areas * windows) as f64 / free } else { 1.0 }
        };
        std::iter::successors(Some(1), |w| Some(2 * w)).take_while(|w| *w <= longest && *w <= times / 2).map(of).fold(1.0, f64::max)
    }

    /// Some areas from the first to the last of some times, as a cluster: what lies in it and how strong it is. Its `p` is 1 until a scan has found it.
    ///
    /// ```
    /// let panel = gapmap::stats::scan::Panel::poisson(2, vec![1, 4, 0, 3], vec![1.0; 4]).unwrap();
    /// let cluster = panel.cylinder(vec![0], 1, 1);
    /// assert_eq!((cluster.observed, cluster.expected), (4, 2.0));
    /// ```
    pub fn cylinder(&self, members: Vec<usize>, first: usize, last: usize) -> Cluster {
        let cells = || members.iter().flat_map(|m| m * self.times + first..=m * self.times + last);
        let observed: u64 = cells().map(|c| u64::from(self.events[c])).sum();
        let expected: f64 = cells().map(|c| self.expected[c]).sum();
        let (c, total) = (observed as f64, self.total as f64);
        let relative_risk = (c / expected) / ((total - c) / (total - expected));
        let log_likelihood_ratio = poisson(c, expected, total);
        Cluster {
            centre: members.first().copied().unwrap_or(0),
            members,
            first,
            last,
            observed,
            expected,
            relative_risk,
            log_likelihood_ratio,
            p: 1.0,
        }
    }

    /// What a search looks at: of windows up to the last time alone, what lies before them need not be told apart. Where the rates of cells vary by themselves,
    /// cells together would vary less than they do.
    fn looked_at(&self, windows: Windows) -> Self {
        if windows.living && !matches!(self.null, Null::Varied(_)) { self.latest(windows.longest) } else { self.clone() }
    }

    /// The same with all times before the last `longest` as one: all that a search of what goes on now looks at.
    fn latest(&self, longest: usize) -> Self {
        let before = self.times.saturating_sub(longest).max(1);
        let times = self.times - before + 1;
        let rows = |areas: usize| (0..areas).map(|i| i * self.times);
        let events = rows(self.areas())
            .flat_map(|at| {
                let row = &self.events[at..at + self.times];
                std::iter::once(row[..before].iter().sum()).chain(row[before..].iter().copied())
            })
            .collect();
        let expected = rows(self.areas())
            .flat_map(|at| {
                let row = &self.expected[at..at + self.times];
                std::iter::once(row[..before].iter().sum()).chain(row[before..].iter().copied())
            })
            .collect();
        Self { times, events, expected, ..*self }
    }

    /// Number of times.
    pub fn times(&self) -> usize {
        self.times
    }

    /// Number of areas.
    pub fn areas(&self) -> usize {
        self.events.len() / self.times
    }
}

impl Windows {
    /// Up to half of the times, of at least two events.
    pub fn half_of(times: usize) -> Self {
        Self { longest: (times / 2).max(1), living: false, fewest: 2 }
    }

    /// All windows, as times before the first and up to the last, in a fixed order.
    fn all(self, times: usize) -> impl Iterator<Item = (usize, usize)> {
        let ends = move |start: usize| {
            let upto = (start + self.longest).min(times);
            let from = if self.living { times.max(start + 1) } else { start + 1 };
            (from..=upto).map(move |end| (start, end))
        };
        (0..times).flat_map(ends)
    }
}

/// Finds clusters and how likely chance alone would be to make one as strong.
///
/// For every circle and window with more events than expected, the log likelihood ratio is
/// `c ln(c/e) + (C−c) ln((C−c)/(C−e))`; the strongest one is compared with the strongest of each of `simulations` maps made by chance, `p = (1 + #{≥})/(R + 1)`.
/// Equal up to 1e-9 counts as equal, or a discrete map would be called too often. Further clusters are the best of
/// their centre and share no area with a stronger one.
///
/// The maps depend on `seed` alone: the same on one thread and two, today and on another machine.
///
/// Source: Kulldorff 1997, *Communications in Statistics* 26; 2001, *JRSS A* 164. Checked: `scan_satscan_spatial`,
/// `scan_satscan_spacetime`, `scan_satscan_published` (SaTScan), `scan_spatial` (SpatialEpi, smerc).
///
/// ```
/// use gapmap::stats::scan::{Circles, Panel, Windows, scan};
/// let circles = Circles::new(10, |i, j| i.abs_diff(j) as f64, &[100.0; 10], 0.5);
/// let events = (0..10).flat_map(|i| (0..6).map(move |t| if i < 2 && t > 3 { 12 } else { 3 })).collect();
/// let panel = Panel::poisson(6, events, vec![1.0; 60]).unwrap();
/// let found = scan(&panel, &circles, Windows::half_of(6), 99, 1);
/// assert_eq!((found.clusters[0].members.len(), found.clusters[0].first, found.clusters[0].last), (2, 4, 5));
/// assert_eq!(found.clusters[0].p, 0.01);
/// ```
pub fn scan(panel: &Panel, circles: &Circles, windows: Windows, simulations: usize, seed: u64) -> Scan {
    let mut best: Vec<Cluster> =
        (0..circles.len()).into_par_iter().filter_map(|centre| best_around(panel, circles, windows, centre)).collect();
    // Stable: of equally strong ones the first centre.
    best.sort_by(|a, b| b.log_likelihood_ratio.total_cmp(&a.log_likelihood_ratio));
    let mut taken = vec![false; panel.areas()];
    let mut found: Vec<Cluster> = Vec::new();
    for cluster in best {
        if found.len() < MOST_CLUSTERS && cluster.members.iter().all(|m| !taken[*m]) {
            cluster.members.iter().for_each(|m| taken[*m] = true);
            found.push(cluster);
        }
    }
    let null = simulate::maxima(panel, circles, windows, simulations, seed);
    for cluster in &mut found {
        let reached = cluster.log_likelihood_ratio / panel.divisor;
        let weaker = null.partition_point(|l| *l < reached - 1e-9 * reached.max(1.0));
        cluster.p = (1 + null.len() - weaker) as f64 / (null.len() + 1) as f64;
    }
    Scan { clusters: found, null }
}

/// Areas that each is compared with to tell how areas vary by themselves.
const NEAREST: usize = 3;
/// More clusters than this are not looked for.
const MOST_CLUSTERS: usize = 10;

/// The strongest cluster among the circles about one centre.
fn best_around(panel: &Panel, circles: &Circles, windows: Windows, centre: usize) -> Option<Cluster> {
    let (times, total) = (panel.times, panel.total as f64);
    let (mut counts, mut expected) = (vec![0_u64; times + 1], vec![0.0; times + 1]);
    let mut best = (0.0, 0, 0, 0);
    for (k, member) in circles.around(centre).iter().enumerate() {
        let row = *member as usize * times;
        let (mut n, mut e) = (0, 0.0);
        for t in 0..times {
            n += u64::from(panel.events[row + t]);
            e += panel.expected[row + t];
            counts[t + 1] += n;
            expected[t + 1] += e;
        }
        if !circles.counts(k + 1) {
            continue;
        }
        for (start, end) in windows.all(times) {
            let (c, e) = (counts[end] - counts[start], expected[end] - expected[start]);
            if c >= u64::from(windows.fewest) && exceeds(c as f64, e, total, best.0) {
                let ratio = poisson(c as f64, e, total);
                if ratio > best.0 {
                    best = (ratio, k + 1, start, end);
                }
            }
        }
    }
    let (ratio, k, start, end) = best;
    let members = circles.around(centre)[..k].iter().map(|m| *m as usize).collect();
    (ratio > 0.0).then(|| Cluster { centre, ..panel.cylinder(members, start, end - 1) })
}
