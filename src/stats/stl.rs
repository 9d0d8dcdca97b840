//! A series taken apart into season, trend and remainder by local regression.
//!
//! Source: Cleveland, Cleveland, McRae & Terpenning 1990, *STL: a seasonal-trend decomposition procedure based on loess*, Journal of
//! Official Statistics 6. Checked: `stl` (statsmodels), `stl_r` (R).

/// How a part is smoothed: how many points each local regression spans, its degree, and at how many points it is fitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Smoother {
    /// Odd; about the neighbours that count.
    pub window: usize,
    /// 0 for a local mean, 1 for a local line.
    pub degree: u8,
    /// 1 fits at every point; more fits at every such point and joins them by lines.
    pub jump: usize,
}

/// The settings of a decomposition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stl {
    /// Points in a cycle: 12 for months.
    pub period: usize,
    /// Smooths each month over the years.
    pub seasonal: Smoother,
    /// Smooths what is left without the season.
    pub trend: Smoother,
    /// Takes the trend out of the season.
    pub low_pass: Smoother,
    /// Rounds of season and trend.
    pub inner: usize,
    /// Rounds of weights that make wild values count less; 0 leaves all at 1.
    pub outer: usize,
}

/// A series taken apart: the three parts sum to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Parts {
    /// Season.
    pub seasonal: Vec<f64>,
    /// Trend.
    pub trend: Vec<f64>,
    /// What is left.
    pub remainder: Vec<f64>,
    /// Weights: near 0 for wild values.
    pub weights: Vec<f64>,
}

/// The least odd number that is not below `x`.
fn odd_from(x: f64) -> usize {
    let n = x.ceil() as usize;
    n | 1
}

impl Stl {
    /// The usual settings: local lines at every point, trend window from the authors' rule; `robust` for series with wild months.
    pub fn new(period: usize, seasonal_window: usize, robust: bool) -> Self {
        let trend = odd_from(1.5 * period as f64 / (1.0 - 1.5 / seasonal_window as f64));
        let line = |window| Smoother { window, degree: 1, jump: 1 };
        let (inner, outer) = if robust { (2, 15) } else { (5, 0) };
        Self { period, seasonal: line(seasonal_window), trend: line(trend), low_pass: line((period + 1) | 1), inner, outer }
    }

    /// Takes a series apart. `None` where it does not hold two whole cycles, a value is not a number, or a window is below 3.
    ///
    /// ```
    /// use gapmap::stats::stl::Stl;
    /// let series: Vec<f64> = (0..48).map(|i| f64::from(i) + 10.0 * (f64::from(i) * std::f64::consts::TAU / 12.0).sin()).collect();
    /// let parts = Stl::new(12, 7, false).fit(&series).unwrap();
    /// assert!((parts.trend[24] - 24.0).abs() < 0.5 && (parts.seasonal[27] - 10.0).abs() < 0.5);
    /// ```
    pub fn fit(&self, series: &[f64]) -> Option<Parts> {
        self.prepare(series.len())?.fit(series)
    }

    /// Gets ready for many series of one length: what every point takes from its neighbours is worked out once. `None` as for [`Stl::fit`].
    ///
    /// ```
    /// use gapmap::stats::stl::Stl;
    /// let ready = Stl::new(12, 7, false).prepare(36).unwrap();
    /// let flat = ready.fit(&[5.0; 36]).unwrap();
    /// assert!(flat.seasonal.iter().all(|s| s.abs() < 1e-12));
    /// ```
    pub fn prepare(&self, n: usize) -> Option<Prepared> {
        let period = self.period;
        let small = [self.seasonal, self.trend, self.low_pass].iter().any(|s| s.window < 3 || s.jump == 0);
        if period < 2 || n < 2 * period || small {
            return None;
        }
        // Seasons that come once more in the series are longer by one.
        let lengths = [n / period, n.div_ceil(period)];
        Some(Prepared {
            stl: *self,
            n,
            seasons: lengths.map(|k| (Rows::of(k, self.seasonal), Rows::ends(k, self.seasonal))),
            trend: Rows::of(n, self.trend),
            low_pass: Rows::of(n, self.low_pass),
        })
    }
}

/// A decomposition ready for series of one length.
pub struct Prepared {
    stl: Stl,
    n: usize,
    /// Inside and beyond both ends, for the shorter and the longer seasons.
    seasons: [(Rows, Rows); 2],
    trend: Rows,
    low_pass: Rows,
}

impl Prepared {
    /// As [`Stl::fit`]; `None` also where the series has another length.
    pub fn fit(&self, series: &[f64]) -> Option<Parts> {
        let (n, period) = (self.n, self.stl.period);
        if series.len() != n || series.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let (mut trend, mut seasonal, mut weights) = (vec![0.0; n], vec![0.0; n], vec![1.0; n]);
        for round in 0..=self.stl.outer {
            let used = (round > 0).then_some(weights.as_slice());
            for _ in 0..self.stl.inner {
                let detrended: Vec<f64> = series.iter().zip(&trend).map(|(y, t)| y - t).collect();
                let cycles = self.cycles(&detrended, used);
                let smooth = self.low_pass.smooth(&averages(&cycles, period));
                seasonal = (0..n).map(|i| cycles[period + i] - smooth[i]).collect();
                let without: Vec<f64> = series.iter().zip(&seasonal).map(|(y, s)| y - s).collect();
                trend = if used.is_some() { loess(&without, self.stl.trend, used) } else { self.trend.smooth(&without) };
            }
            if round < self.stl.outer {
                weights = bisquare(series.iter().zip(&trend).zip(&seasonal).map(|((y, t), s)| (y - t - s).abs()).collect());
            }
        }
        let remainder = (0..n).map(|i| series[i] - trend[i] - seasonal[i]).collect();
        Some(Parts { seasonal, trend, remainder, weights })
    }

    /// Each season smoothed over the cycles, and carried one cycle beyond both ends.
    fn cycles(&self, y: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
        let (n, period, by) = (y.len(), self.stl.period, self.stl.seasonal);
        let mut all = vec![0.0; n + 2 * period];
        for season in 0..period {
            let own: Vec<f64> = y.iter().skip(season).step_by(period).copied().collect();
            if weights.is_none() {
                let (inside, ends) = &self.seasons[usize::from(own.len() > n / period)];
                inside.apply(&own, |m, value| all[(m + 1) * period + season] = value);
                ends.apply(&own, |end, value| all[end * (own.len() + 1) * period + season] = value);
                continue;
            }
            let w: Option<Vec<f64>> = weights.map(|w| w.iter().skip(season).step_by(period).copied().collect());
            let w = w.as_deref();
            let k = own.len();
            let inside = loess(&own, by, w);
            let before = local(&own, by, 0.0, 1, by.window.min(k), w).unwrap_or(inside[0]);
            let after = local(&own, by, (k + 1) as f64, (k + 1).saturating_sub(by.window).max(1), k, w).unwrap_or(inside[k - 1]);
            let extended = std::iter::once(before).chain(inside).chain([after]);
            extended.enumerate().for_each(|(m, value)| all[m * period + season] = value);
        }
        all
    }
}

/// Three moving averages, over a cycle, a cycle and three points: what is left of a season is its slow part.
fn averages(x: &[f64], period: usize) -> Vec<f64> {
    let average = |x: &[f64], width: usize| -> Vec<f64> {
        let mut sum: f64 = x[..width].iter().sum();
        let mut means = vec![sum / width as f64];
        for i in width..x.len() {
            sum += x[i] - x[i - width];
            means.push(sum / width as f64);
        }
        means
    };
    average(&average(&average(x, period), period), 3)
}

/// What the regression at place `at` takes of each point from `left` to `right`, all counted from 1. `None` where no point weighs anything.
fn shares(n: usize, by: Smoother, at: f64, left: usize, right: usize, weights: Option<&[f64]>) -> Option<Vec<f64>> {
    let mut reach = (at - left as f64).max(right as f64 - at);
    if by.window > n {
        reach += ((by.window - n) / 2) as f64;
    }
    let (near, far) = (0.001 * reach, 0.999 * reach);
    let mut w = vec![0.0; right - left + 1];
    for (i, w) in w.iter_mut().enumerate() {
        let distance = ((left + i) as f64 - at).abs();
        if distance <= far {
            *w = if distance <= near { 1.0 } else { (1.0 - (distance / reach).powi(3)).powi(3) };
            *w *= weights.map_or(1.0, |r| r[left + i - 1]);
        }
    }
    let all: f64 = w.iter().sum();
    if all <= 0.0 {
        return None;
    }
    w.iter_mut().for_each(|w| *w /= all);
    if reach > 0.0 && by.degree > 0 {
        let place = |i: usize| (left + i) as f64;
        let middle: f64 = w.iter().enumerate().map(|(i, w)| w * place(i)).sum();
        let spread: f64 = w.iter().enumerate().map(|(i, w)| w * (place(i) - middle).powi(2)).sum();
        // Where the points lie too close together for a line, the mean stands.
        if spread.sqrt() > 0.001 * (n as f64 - 1.0) {
            let tilt = (at - middle) / spread;
            w.iter_mut().enumerate().for_each(|(i, w)| *w *= 1.0 + tilt * (place(i) - middle));
        }
    }
    Some(w)
}

/// The regression at place `at`.
fn local(y: &[f64], by: Smoother, at: f64, left: usize, right: usize, weights: Option<&[f64]>) -> Option<f64> {
    Some(dot(&shares(y.len(), by, at, left, right, weights)?, &y[left - 1..right]))
}

fn dot(w: &[f64], y: &[f64]) -> f64 {
    w.iter().zip(y).map(|(w, y)| w * y).sum()
}

/// A smoothing without weights, worked out beforehand: it takes the same shares of every series.
struct Rows {
    by: Smoother,
    /// First place, counted from 0, and shares; nothing where jumps make it a matter of joining lines.
    rows: Vec<(usize, Vec<f64>)>,
}

impl Rows {
    fn of(n: usize, by: Smoother) -> Self {
        let row = |i: usize| {
            let (left, right) = span(n, by, i);
            (left - 1, shares(n, by, i as f64, left, right, None).unwrap_or_else(|| vec![1.0]))
        };
        Self { by, rows: if by.jump > 1 { vec![] } else { (1..=n).map(row).collect() } }
    }

    /// The places before the first and after the last.
    fn ends(n: usize, by: Smoother) -> Self {
        let from = (n + 1).saturating_sub(by.window).max(1);
        let before = shares(n, by, 0.0, 1, by.window.min(n), None).unwrap_or_else(|| vec![1.0]);
        let after = shares(n, by, (n + 1) as f64, from, n, None).unwrap_or_else(|| vec![1.0]);
        Self { by: Smoother { jump: 1, ..by }, rows: vec![(0, before), (from - 1, after)] }
    }

    /// Hands out each place and its value.
    fn apply(&self, y: &[f64], mut put: impl FnMut(usize, f64)) {
        if self.by.jump > 1 {
            loess(y, self.by, None).into_iter().enumerate().for_each(|(i, value)| put(i, value));
        } else {
            self.rows.iter().enumerate().for_each(|(i, (from, w))| put(i, dot(w, &y[*from..from + w.len()])));
        }
    }

    fn smooth(&self, y: &[f64]) -> Vec<f64> {
        let mut smooth = vec![0.0; y.len()];
        self.apply(y, |i, value| smooth[i] = value);
        smooth
    }
}

/// The points that the regression at place `i` looks at, counted from 1.
fn span(n: usize, by: Smoother, i: usize) -> (usize, usize) {
    let half = by.window.div_ceil(2);
    if by.window >= n || i < half {
        (1, by.window.min(n))
    } else if i > n - half {
        (n - by.window + 1, n)
    } else {
        (i + 1 - half, i + by.window - half)
    }
}

/// A whole series smoothed.
fn loess(y: &[f64], by: Smoother, weights: Option<&[f64]>) -> Vec<f64> {
    let n = y.len();
    if n < 2 {
        return y.to_vec();
    }
    let jump = by.jump.min(n - 1);
    let mut smooth = vec![0.0; n];
    let at = |i: usize, (left, right): (usize, usize)| local(y, by, i as f64, left, right, weights).unwrap_or(y[i - 1]);
    let mut last = 1;
    for i in (1..=n).step_by(jump) {
        smooth[i - 1] = at(i, span(n, by, i));
        last = i;
    }
    if jump > 1 {
        for from in (1..=n - jump).step_by(jump) {
            join(&mut smooth, from, from + jump);
        }
        if last != n {
            smooth[n - 1] = at(n, span(n, by, last));
            join(&mut smooth, last, n);
        }
    }
    smooth
}

/// A straight line between two places, counted from 1.
fn join(smooth: &mut [f64], from: usize, to: usize) {
    let step = (smooth[to - 1] - smooth[from - 1]) / (to - from) as f64;
    for i in from + 1..to {
        smooth[i - 1] = smooth[from - 1] + step * (i - from) as f64;
    }
}

/// Bisquare weights of absolute remainders: 1 for none, 0 from six times their median on.
fn bisquare(remainders: Vec<f64>) -> Vec<f64> {
    let mut sorted = remainders.clone();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let bound = 3.0 * (sorted[middle] + sorted[sorted.len() - 1 - middle]);
    let weigh = |r: &f64| match r {
        r if *r <= 0.001 * bound => 1.0,
        r if *r <= 0.999 * bound => (1.0 - (r / bound).powi(2)).powi(2),
        _ => 0.0,
    };
    remainders.iter().map(weigh).collect()
}
