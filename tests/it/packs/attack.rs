//! Whoever has several packs, and the bounds on withheld counts that follow from them.

use std::collections::BTreeMap;

use gapmap::model::ReleasePolicy;
use gapmap::units::Cell;
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};

use super::{Counts, What};

/// What one pack shows: each count with what it counts, and the counts that were the truth when it was made.
pub struct Shown<'a> {
    pub cells: Vec<(What, Cell<u64>)>,
    zeros_told: bool,
    truth: &'a Counts,
    pub policy: &'a ReleasePolicy,
}

impl<'a> Shown<'a> {
    /// Where a zero is withheld for the sake of earlier packs, the reader cannot count on it that zeros are told.
    pub fn new(cells: Vec<(What, Cell<u64>)>, zeros_told: bool, truth: &'a Counts, policy: &'a ReleasePolicy) -> Self {
        let hidden_zero = cells.iter().any(|(what, cell)| *cell == Cell::Withheld && true_count(truth, what) == 0);
        Self { cells, zeros_told: zeros_told && !hidden_zero, truth, policy }
    }
}

fn true_count(truth: &Counts, what: &What) -> u64 {
    what.areas.iter().map(|a| what.months.iter().map(|m| what.categories.iter().map(|c| truth[*a][*m][*c]).sum::<u64>()).sum::<u64>()).sum()
}

/// By rule, what is said of a count, and the least that it is where it is withheld.
type ByRule = BTreeMap<(u64, u64), (Cell<u64>, f64)>;

/// A withheld count, the truth, and the bounds on it.
type Attacked = (What, u64, Option<(f64, f64)>);

/// Bounds on every withheld count from all packs together. `None` where the packs contradict one another: then he has learnt nothing.
///
/// Zeros are shown, so what is withheld is at least one. Where a whole table is withheld, zeros and all, he does not know that.
pub fn attack(packs: &[&Shown]) -> Vec<Attacked> {
    // What each pack says last of each count, by the rule that it says it by.
    let mut said: BTreeMap<What, (u64, ByRule)> = BTreeMap::new();
    for pack in packs {
        let least = if pack.zeros_told { 1.0 } else { 0.0 };
        let rule = (pack.policy.withhold_up_to, pack.policy.round_to);
        for (what, cell) in pack.cells.iter().filter(|c| c.1 != Cell::Missing) {
            // The last word counts, and a count that is shown anywhere is not withheld.
            let of = said.entry(what.clone()).or_default();
            of.0 = true_count(pack.truth, what);
            of.1.entry(rule)
                .and_modify(|c| match cell {
                    Cell::Withheld => c.1 = c.1.max(least),
                    _ => *c = (*cell, least),
                })
                .or_insert((*cell, least));
        }
    }
    let list: Vec<(&What, u64, &ByRule)> = said.iter().map(|(w, (t, by))| (w, *t, by)).collect();
    // Atoms that no count tells apart are one.
    let mut atoms: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let months = packs.iter().map(|p| p.truth[0].len()).max().unwrap();
    for a in 0..7 {
        for m in 0..months {
            for c in 0..2 {
                let of = |w: &What| w.areas.contains(&a) && w.months.contains(&m) && w.categories.contains(&c);
                let signature: Vec<usize> = (0..list.len()).filter(|i| of(list[*i].0)).collect();
                let next = atoms.len();
                atoms.entry(signature).or_insert(next);
            }
        }
    }
    let mut members: Vec<Vec<usize>> = vec![vec![]; list.len()];
    atoms.iter().for_each(|(signature, atom)| signature.iter().for_each(|i| members[*i].push(*atom)));
    let solve = |target: usize, direction| -> Option<f64> {
        let mut problem = Problem::new(direction);
        let goal = |a: &usize| if members[target].contains(a) { 1.0 } else { 0.0 };
        let unknowns: Vec<_> = (0..atoms.len()).map(|a| problem.add_var(goal(&a), (0.0, 1e5))).collect();
        for (i, (_, _, by_rule)) in list.iter().enumerate() {
            let sum = || {
                let mut e = LinearExpr::empty();
                members[i].iter().for_each(|a| e.add(unknowns[*a], 1.0));
                e
            };
            for ((limit, base), (cell, least)) in *by_rule {
                match cell {
                    Cell::Known(0) => problem.add_constraint(sum(), ComparisonOp::Eq, 0.0),
                    Cell::Known(n) => {
                        let low = *n as f64 - (base / 2) as f64;
                        problem.add_constraint(sum(), ComparisonOp::Ge, low.max(*limit as f64 + 1.0));
                        problem.add_constraint(sum(), ComparisonOp::Le, low + (base - 1) as f64);
                    }
                    _ => problem.add_constraint(sum(), ComparisonOp::Ge, *least),
                }
            }
        }
        Some(problem.solve().ok()?.into_solution().ok()?.objective())
    };
    let hidden = |by: &ByRule| by.values().all(|(cell, _)| *cell == Cell::Withheld);
    let withheld = (0..list.len()).filter(|i| hidden(list[*i].2) && list[*i].1 > 0);
    withheld
        .map(|i| {
            let bounds = solve(i, OptimizationDirection::Minimize).zip(solve(i, OptimizationDirection::Maximize));
            (list[i].0.clone(), list[i].1, bounds)
        })
        .collect()
}
