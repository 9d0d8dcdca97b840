//! The least that must be withheld, where every choice can be searched.
//!
//! A set of cells fails to protect a cell as long as all sets inside it do. So each failure, grown as far as it goes, says that
//! at least one of the cells outside it must be withheld; the cheapest set that meets all such demands is found by integer
//! programming, tried, and gives the next demand until none is left. What is found last is the optimum.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

use super::attack::Attack;
use super::system::{Given, System};
use crate::units::Rule;

/// What a withheld cell costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Loss {
    /// One, whatever its size.
    Cells,
    /// The events that it counts.
    #[default]
    Events,
}

impl Loss {
    pub(super) fn of(self, value: u64) -> u64 {
        match self {
            Loss::Cells => 1,
            Loss::Events => value,
        }
    }
}

/// Systems beyond this many cells that may be withheld, or atoms, are not searched.
const MOST_CELLS: usize = 40;
const MOST_ATOMS: usize = 120;
/// Demands tried before the search gives up.
const MOST_DEMANDS: usize = 400;

pub(super) fn is_small_enough(system: &System, rule: &Rule) -> bool {
    candidates(system, rule).len() <= MOST_CELLS && Attack::new(system).atoms() <= MOST_ATOMS
}

/// Cells that may be withheld for the sake of others.
fn candidates(system: &System, rule: &Rule) -> Vec<usize> {
    let may = |c: &usize| {
        let cell = &system.cells()[*c];
        cell.value > 0 && cell.given == Given::Free && !system.is_sensitive(*c, rule)
    };
    (0..system.cells().len()).filter(may).collect()
}

/// What to withhold, with the least loss; `None` where nothing better than `known` was found within the limits.
pub(super) fn least_loss(system: &System, rule: &Rule, loss: Loss, known: u64) -> Option<Vec<bool>> {
    let attack = Attack::new(system);
    let candidates = candidates(system, rule);
    let kept_back: Vec<bool> = (0..system.cells().len()).map(|c| system.is_kept_back(c, rule)).collect();
    let sensitive: Vec<usize> = (0..system.cells().len()).filter(|c| system.is_sensitive(*c, rule)).collect();
    let fails = |hidden: &[bool], cell: usize| attack.width(hidden, rule, cell).is_none_or(|w| w < rule.width() as f64 - 1e-6);
    // Of each demand, at least one cell is withheld.
    let mut demands: Vec<Vec<usize>> = Vec::new();
    while demands.len() < MOST_DEMANDS {
        let chosen = cheapest(&candidates, &demands, system, loss)?;
        let cost: u64 = chosen.iter().map(|c| loss.of(system.cells()[*c].value)).sum();
        if cost > known {
            return None;
        }
        let mut hidden = kept_back.clone();
        chosen.iter().for_each(|c| hidden[*c] = true);
        let failing: Vec<usize> = sensitive.iter().copied().filter(|c| fails(&hidden, *c)).collect();
        if failing.is_empty() {
            return Some(hidden);
        }
        for cell in failing {
            // Grow the failure: first by what costs most, so that the demand left over names cheap cells; then the other way.
            for dearest_first in [true, false] {
                let mut order: Vec<usize> = candidates.iter().copied().filter(|c| !hidden[*c]).collect();
                order.sort_by_key(|c| (system.cells()[*c].value, *c));
                if dearest_first {
                    order.reverse();
                }
                let mut grown = hidden.clone();
                for other in order {
                    grown[other] = true;
                    grown[other] = fails(&grown, cell);
                }
                let demand: Vec<usize> = candidates.iter().copied().filter(|c| !grown[*c]).collect();
                if !demands.contains(&demand) {
                    demands.push(demand);
                }
            }
        }
    }
    None
}

/// The cheapest set of cells that meets all demands.
fn cheapest(candidates: &[usize], demands: &[Vec<usize>], system: &System, loss: Loss) -> Option<Vec<usize>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let chosen: Vec<Variable> = candidates.iter().map(|c| problem.add_binary_var(loss.of(system.cells()[*c].value) as f64)).collect();
    let variable = |cell: usize| candidates.iter().position(|c| *c == cell).map(|i| chosen[i]);
    for demand in demands {
        if demand.is_empty() {
            return None;
        }
        let mut sum = LinearExpr::empty();
        demand.iter().filter_map(|c| variable(*c)).for_each(|v| sum.add(v, 1.0));
        problem.add_constraint(sum, ComparisonOp::Ge, 1.0);
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let picked: Vec<usize> = candidates.iter().zip(&chosen).filter(|(_, v)| solution.var_value(**v) > 0.5).map(|(c, _)| *c).collect();
    // The solver's answer is checked again here.
    demands.iter().all(|d| d.iter().any(|c| picked.contains(c))).then_some(picked)
}
