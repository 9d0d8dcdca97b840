//! What linear programming can deduce from a publication.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};
use rustc_hash::FxHashMap;

use super::system::System;
use super::world::World;
use crate::units::Rule;

/// The tightest bounds on a cell that follow from everything published, where counts may be any numbers not below zero.
///
/// `None` stands for a side that has no bound, or that the solver could not settle: both are then treated by callers as what
/// is worse for release. A bound that is given has been checked against every constraint.
///
/// ```
/// use gapmap::disclosure::{Given, Rule, System, interval};
/// // Two parts and their total: 3 + 9 = 12, both parts withheld, the total shown.
/// let system = System::new(vec![([0; 5], 3), ([1, 0, 0, 0, 0], 9)], vec![(vec![0], Given::Free), (vec![1], Given::Free), (vec![0, 1], Given::Free)]);
/// let rule = Rule { withhold_up_to: 4, round_to: 1 };
/// // Neither can be zero, for zeros are shown: so each lies between 1 and 11.
/// assert_eq!(interval(&system, &[true, true, false], &rule, 0), (Some(1.0), Some(11.0)));
/// ```
pub fn interval(system: &System, hidden: &[bool], rule: &Rule, cell: usize) -> (Option<f64>, Option<f64>) {
    let attack = Attack::new(system);
    (attack.bound(hidden, rule, cell, OptimizationDirection::Minimize), attack.bound(hidden, rule, cell, OptimizationDirection::Maximize))
}

/// The system with atoms merged that no cell tells apart.
pub(super) struct Attack<'a> {
    system: &'a System,
    /// For each cell, its merged atoms.
    cells: Vec<Vec<usize>>,
    /// For each merged atom, the atoms of the system.
    atoms: Vec<Vec<u32>>,
}

impl<'a> Attack<'a> {
    pub fn new(system: &'a System) -> Self {
        let mut merged: FxHashMap<&[u32], usize> = FxHashMap::default();
        let mut cells = vec![Vec::new(); system.cells().len()];
        let mut atoms: Vec<Vec<u32>> = Vec::new();
        for atom in 0..system.counts().len() as u32 {
            let of = system.cells_of(atom);
            let at = *merged.entry(of).or_insert_with(|| {
                of.iter().for_each(|c| cells[*c as usize].push(atoms.len()));
                atoms.push(Vec::new());
                atoms.len() - 1
            });
            atoms[at].push(atom);
        }
        Self { system, cells, atoms }
    }

    pub fn atoms(&self) -> usize {
        self.atoms.len()
    }

    /// How far apart the bounds of a cell are; infinite where one side has none.
    pub fn width(&self, hidden: &[bool], rule: &Rule, cell: usize) -> Option<f64> {
        let high = self.bound(hidden, rule, cell, OptimizationDirection::Maximize)?;
        Some(high - self.bound(hidden, rule, cell, OptimizationDirection::Minimize)?)
    }

    fn bound(&self, hidden: &[bool], rule: &Rule, cell: usize, direction: OptimizationDirection) -> Option<f64> {
        let values = self.solve(hidden, rule, cell, direction, false)?;
        let value: f64 = self.cells[cell].iter().map(|a| values[*a]).sum();
        Some((value * 1e6).round() / 1e6)
    }

    /// Whole counts that would have given the same publication, with a cell as low and as high as it can be; `None` where the solver finds none.
    pub fn worlds(&self, hidden: &[bool], rule: &Rule, cell: usize) -> Option<(World, World)> {
        let end = |direction| Some(self.world(&self.solve(hidden, rule, cell, direction, true)?));
        Some((end(OptimizationDirection::Minimize)?, end(OptimizationDirection::Maximize)?))
    }

    /// The change of each atom: what a merged one gains goes to its first, what it loses is taken where there is something.
    fn world(&self, values: &[f64]) -> World {
        let counts = self.system.counts();
        let mut changes = Vec::new();
        for (members, value) in self.atoms.iter().zip(values) {
            let mut change = value.round() as i64 - members.iter().map(|a| counts[*a as usize] as i64).sum::<i64>();
            for atom in members {
                let by = if change > 0 { change } else { change.max(-(counts[*atom as usize] as i64)) };
                if by != 0 {
                    changes.push((*atom, by));
                    change -= by;
                }
            }
        }
        changes.sort_unstable();
        World(changes)
    }

    /// Merged atoms with a cell at an end of what it can be, checked against everything published.
    fn solve(&self, hidden: &[bool], rule: &Rule, cell: usize, direction: OptimizationDirection, whole: bool) -> Option<Vec<f64>> {
        let mut problem = Problem::new(direction);
        // A bound far beyond any count keeps the problem bounded: who reaches it has no bound.
        let far = 4.0 * self.system.cells().iter().map(|c| c.value as f64).fold(100.0, f64::max);
        let mut asked = vec![0.0; self.atoms.len()];
        self.cells[cell].iter().for_each(|a| asked[*a] = 1.0);
        let most = far.min(f64::from(i32::MAX)) as i32;
        let mut add = |c: &f64| if whole { problem.add_integer_var(*c, (0, most)) } else { problem.add_var(*c, (0.0, far)) };
        let atoms: Vec<Variable> = asked.iter().map(&mut add).collect();
        let ranges: Vec<(f64, f64)> = (0..self.cells.len())
            .map(|c| {
                let (low, high) = self.system.possible(c, hidden[c], rule);
                (low as f64, if hidden[c] { f64::INFINITY } else { high as f64 })
            })
            .collect();
        for (members, (low, high)) in self.cells.iter().zip(&ranges).filter(|(members, _)| !members.is_empty()) {
            let sum = || {
                members.iter().fold(LinearExpr::empty(), |mut e, a| {
                    e.add(atoms[*a], 1.0);
                    e
                })
            };
            if low == high {
                problem.add_constraint(sum(), ComparisonOp::Eq, *low);
            } else {
                problem.add_constraint(sum(), ComparisonOp::Ge, *low);
                if high.is_finite() {
                    problem.add_constraint(sum(), ComparisonOp::Le, *high);
                }
            }
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let values: Vec<f64> = atoms.iter().map(|a| solution.var_value(*a)).collect();
        // The solver's answer is checked here again, in plain sums.
        let fits = |(members, (low, high)): (&Vec<usize>, &(f64, f64))| {
            let sum: f64 = members.iter().map(|a| values[*a]).sum();
            members.is_empty() || (sum >= low - 1e-6 && sum <= high + 1e-6)
        };
        let checked = values.iter().all(|v| *v >= -1e-6) && self.cells.iter().zip(&ranges).all(fits);
        checked.then_some(values)
    }
}
