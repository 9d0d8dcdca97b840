//! Bounds on counts that follow from sums, whoever found the sums.
//!
//! Bounds are tightened along each sum in turn. A bound found so is true of every set of counts that fits the publication: what is
//! found narrow here is narrow. Small systems are also given to a linear programme, which sees what single sums do not.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

/// Counts between bounds, and sums over them.
#[derive(Clone, Default)]
pub(super) struct Sums {
    /// The lowest and the highest that each count may be.
    pub bounds: Vec<(f64, f64)>,
    /// The last is the sum of the others.
    pub sums: Vec<Vec<usize>>,
    /// Whether no counts at all fit the publication: found where ends cross, and by a programme without a solution.
    pub contradict: bool,
}

/// Up to so many unknown counts a linear programme is asked too.
const MOST_FOR_PROGRAMME: usize = 40;
/// In a programme of more counts than this the solver takes too long.
const MOST_IN_PROGRAMME: usize = 600;

impl Sums {
    /// Tightens all bounds until nothing more follows; those `asked` also by a linear programme, where they are few.
    pub fn tighten(&mut self, asked: &[usize]) {
        for _ in 0..200 {
            let mut moved = false;
            for sum in &self.sums {
                let Some((total, parts)) = sum.split_last() else { continue };
                // Sums of finite ends, and how many ends are infinite: an end without its own share is then one subtraction.
                let mut low: f64 = parts.iter().map(|p| self.bounds[*p].0).sum();
                let (mut high, mut open) = (0.0, 0);
                for p in parts {
                    if self.bounds[*p].1.is_finite() { high += self.bounds[*p].1 } else { open += 1 }
                }
                let now = &mut self.bounds[*total];
                let better = (now.0.max(low), if open == 0 { now.1.min(high) } else { now.1 });
                moved |= better != *now;
                *now = better;
                let (total_low, total_high) = better;
                for p in parts {
                    let (l, h) = self.bounds[*p];
                    let most = if total_high.is_finite() { total_high - (low - l) } else { f64::INFINITY };
                    let others_open = open - i32::from(!h.is_finite());
                    let least = if others_open == 0 { total_low - (high - if h.is_finite() { h } else { 0.0 }) } else { 0.0 };
                    let better = (l.max(least), h.min(most));
                    if better != (l, h) {
                        self.bounds[*p] = better;
                        moved = true;
                        low += better.0 - l;
                        match (h.is_finite(), better.1.is_finite()) {
                            (true, _) => high += better.1 - h,
                            (false, true) => {
                                high += better.1;
                                open -= 1;
                            }
                            (false, false) => {}
                        }
                    }
                }
            }
            if !moved {
                break;
            }
        }
        if self.bounds.iter().any(|(low, high)| *low > high + 1e-6) {
            // From here on nothing follows, or everything.
            self.contradict = true;
            return;
        }
        if (1..=MOST_FOR_PROGRAMME).contains(&asked.len()) && self.bounds.len() <= MOST_IN_PROGRAMME {
            for count in asked.iter().copied() {
                let low = self.programme(count, OptimizationDirection::Minimize);
                let high = self.programme(count, OptimizationDirection::Maximize);
                if self.contradict {
                    return;
                }
                let now = &mut self.bounds[count];
                *now = (low.map_or(now.0, |l| l.max(now.0)), high.map_or(now.1, |h| h.min(now.1)));
            }
        }
    }

    fn programme(&mut self, count: usize, direction: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(direction);
        let goal = |i: usize| if i == count { 1.0 } else { 0.0 };
        let all: Vec<_> = self.bounds.iter().enumerate().map(|(i, b)| problem.add_var(goal(i), (b.0, b.1.min(1e9)))).collect();
        for sum in &self.sums {
            let Some(last) = sum.len().checked_sub(1) else { continue };
            // The same count may stand in a sum twice.
            let mut times: std::collections::BTreeMap<usize, f64> = std::collections::BTreeMap::new();
            sum.iter().enumerate().for_each(|(i, c)| *times.entry(*c).or_default() += if i == last { -1.0 } else { 1.0 });
            let line: Vec<_> = times.into_iter().filter(|(_, n)| *n != 0.0).map(|(c, n)| (all[c], n)).collect();
            if line.is_empty() {
                continue;
            }
            problem.add_constraint(&line, ComparisonOp::Eq, 0.0);
        }
        match problem.solve() {
            Ok(found) => found.into_solution().ok().map(|s| s.objective()),
            Err(microlp::Error::Infeasible) => {
                self.contradict = true;
                None
            }
            // Without an upper end nothing follows; what the solver could not do, the single sums did.
            Err(_) => None,
        }
    }
}
