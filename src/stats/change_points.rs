//! When did the level of a series change? The best set of change points, found exactly.

/// What a stretch without change costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cost {
    /// Sum of squares about the mean of the stretch.
    Squares,
    /// Twice the Poisson log likelihood that a constant rate lacks: for counts, with the exposure of each.
    Poisson,
}

/// Sums up to each point, so that a stretch costs two subtractions.
struct Sums {
    y: Vec<f64>,
    squares: Vec<f64>,
    exposure: Vec<f64>,
    /// `Σ y ln(y/exposure)`, 0 ln 0 = 0.
    own: Vec<f64>,
}

impl Sums {
    fn of(values: &[f64], exposure: &[f64]) -> Self {
        let sums = |f: &dyn Fn(usize) -> f64| {
            let mut all = vec![0.0];
            for i in 0..values.len() {
                all.push(all[i] + f(i));
            }
            all
        };
        // About the mean, so that large values keep their digits.
        let centre = values.iter().sum::<f64>() / values.len().max(1) as f64;
        Self {
            y: sums(&|i| values[i]),
            squares: sums(&|i| (values[i] - centre).powi(2)),
            exposure: sums(&|i| exposure[i]),
            own: sums(&|i| if values[i] > 0.0 { values[i] * (values[i] / exposure[i]).ln() } else { 0.0 }),
        }
    }

    fn cost(&self, cost: Cost, from: usize, to: usize) -> f64 {
        let (n, y) = ((to - from) as f64, self.y[to] - self.y[from]);
        match cost {
            Cost::Squares => {
                let centre = self.y[self.y.len() - 1] / (self.y.len() - 1) as f64;
                self.squares[to] - self.squares[from] - (y - n * centre).powi(2) / n
            }
            Cost::Poisson => {
                let exposure = self.exposure[to] - self.exposure[from];
                let fitted = if y > 0.0 { y * (y / exposure).ln() } else { 0.0 };
                2.0 * (self.own[to] - self.own[from] - fitted)
            }
        }
    }
}

/// Change points that make `Σ cost + penalty · changes` smallest; each is the first position of a new stretch.
///
/// Every set is considered (dynamic programming, n² steps), with stretches of at least `shortest` points. PELT in ruptures prunes too early
/// with `shortest` above 1 and can miss the optimum. Penalties: about `2 ln n` to `3 ln n` times the variance for squares, `3 ln n` for Poisson.
/// `exposure` is days or people for Poisson, 1 for squares. Run it on counts with the season taken out, or it will find the summers.
///
/// Source: Jackson and others 2005. Checked: `changepoint_pelt` (ruptures, and an optimum found independently).
///
/// ```
/// use gapmap::stats::change_points::{change_points, Cost};
/// let counts = [5.0, 6.0, 4.0, 5.0, 20.0, 22.0, 19.0, 21.0];
/// assert_eq!(change_points(&counts, &[1.0; 8], Cost::Poisson, 6.0, 2), [4]);
/// ```
pub fn change_points(values: &[f64], exposure: &[f64], cost: Cost, penalty: f64, shortest: usize) -> Vec<usize> {
    let (n, shortest) = (values.len(), shortest.max(1));
    let sound = exposure.len() == n && values.iter().all(|v| v.is_finite()) && exposure.iter().all(|e| *e > 0.0);
    if n < 2 * shortest || !sound {
        return vec![];
    }
    let sums = Sums::of(values, exposure);
    let mut best = vec![f64::INFINITY; n + 1];
    let mut from = vec![0; n + 1];
    best[0] = -penalty;
    for to in shortest..=n {
        for start in (0..=to - shortest).filter(|s| *s == 0 || *s >= shortest) {
            let total = best[start] + penalty + sums.cost(cost, start, to);
            if total < best[to] {
                (best[to], from[to]) = (total, start);
            }
        }
    }
    trace(&from, n)
}

/// The best `changes` change points, whatever a change costs; fewer where the series is too short.
///
/// ```
/// use gapmap::stats::change_points::{best_with, Cost};
/// let counts = [5.0, 6.0, 4.0, 5.0, 20.0, 22.0, 19.0, 21.0];
/// assert_eq!(best_with(&counts, &[1.0; 8], Cost::Squares, 1, 2), [4]);
/// ```
pub fn best_with(values: &[f64], exposure: &[f64], cost: Cost, changes: usize, shortest: usize) -> Vec<usize> {
    let (n, shortest) = (values.len(), shortest.max(1));
    let changes = changes.min((n / shortest).saturating_sub(1));
    if exposure.len() != n || n < shortest {
        return vec![];
    }
    let sums = Sums::of(values, exposure);
    let mut best: Vec<f64> = (0..=n).map(|to| if to >= shortest { sums.cost(cost, 0, to) } else { f64::INFINITY }).collect();
    let mut from: Vec<Vec<usize>> = vec![vec![0; n + 1]];
    for _ in 0..changes {
        let (mut next, mut step) = (vec![f64::INFINITY; n + 1], vec![0; n + 1]);
        for to in shortest..=n {
            for (start, so_far) in best.iter().enumerate().take(to.saturating_sub(shortest) + 1).skip(shortest) {
                let total = so_far + sums.cost(cost, start, to);
                if total < next[to] {
                    (next[to], step[to]) = (total, start);
                }
            }
        }
        best = next;
        from.push(step);
    }
    let (mut at, mut found) = (n, Vec::new());
    for step in from.iter().skip(1).rev() {
        at = step[at];
        found.push(at);
    }
    found.reverse();
    found
}

/// What a set of change points costs, penalty and all.
pub fn objective(values: &[f64], exposure: &[f64], cost: Cost, penalty: f64, at: &[usize]) -> f64 {
    let sums = Sums::of(values, exposure);
    let ends: Vec<usize> = [0].iter().chain(at).chain([&values.len()]).copied().collect();
    ends.windows(2).map(|w| sums.cost(cost, w[0], w[1])).sum::<f64>() + penalty * at.len() as f64
}

fn trace(from: &[usize], n: usize) -> Vec<usize> {
    let (mut at, mut found) = (from[n], Vec::new());
    while at > 0 {
        found.push(at);
        at = from[at];
    }
    found.reverse();
    found
}
