//! A table whose totals others may tell to the last person: what is withheld stays open all the same.

use crate::disclosure::{Given, System, SystemCell, interval};
use crate::units::Rule;

/// So many cells are withheld one after another before all of them are.
const MOST_STEPS: usize = 60;
/// So many are looked at before the smallest is taken.
const MOST_TRIED: usize = 24;

/// What is withheld of a table, with as much more as is needed where its `totals` are known exactly; `None` where no more of it can be.
///
/// A small total is no more told by another table than by this one. The bounds are those of linear programming over the whole table, narrowed to whole people.
pub(super) fn beside_totals(system: &System, totals: &[usize], rule: &Rule, mut hidden: Vec<bool>) -> Option<Vec<bool>> {
    let known = totals.iter().map(|t| &system.cells()[*t]).filter(|c| c.value > 0 && !rule.is_small(c.value));
    let exact: Vec<(Vec<u32>, Given)> = known.map(|c| (c.atoms.clone(), Given::Known(c.value, c.value))).collect();
    let own = system.cells().len();
    let cells = system.cells().iter().map(|c| (c.atoms.clone(), c.given)).chain(exact).collect();
    let atoms = system.counts().iter().enumerate().map(|(a, n)| ([a as u32, 0, 0, 0, 0], *n)).collect();
    let all = System::new(atoms, cells);
    let narrow = |hidden: &[bool], cell: usize| -> u64 {
        let of_all: Vec<bool> = (0..all.cells().len()).map(|c| c < own && hidden[c]).collect();
        match interval(&all, &of_all, rule, cell) {
            (Some(low), Some(high)) => ((high + 1e-6).floor() - (low - 1e-6).ceil()).max(0.0) as u64,
            _ => 0,
        }
    };
    let sensitive: Vec<usize> = (0..own).filter(|c| system.is_sensitive(*c, rule)).collect();
    let mut steps = 0;
    for cell in &sensitive {
        while narrow(&hidden, *cell) < rule.width() {
            // The smallest count that opens it, of those that are told together with it in a total that is known; where none does by itself, the smallest of them.
            let beside = |c: &usize| {
                let shares = |t: &&SystemCell| [cell, c].into_iter().all(|x| system.cells()[*x].atoms.iter().any(|a| t.atoms.contains(a)));
                totals.iter().map(|t| &system.cells()[*t]).any(|t| shares(&t))
            };
            let mut others: Vec<usize> = (0..own).filter(|c| !hidden[*c] && system.cells()[*c].value > 0).collect();
            others.sort_by_key(|c| (!beside(c), system.cells()[*c].value, *c));
            let before = narrow(&hidden, *cell);
            let opens = |other: &usize| {
                let mut tried = hidden.clone();
                tried[*other] = true;
                narrow(&tried, *cell) > before
            };
            let best = others.iter().copied().take(MOST_TRIED).find(opens).or(others.first().copied())?;
            steps += 1;
            if steps > MOST_STEPS {
                others.iter().for_each(|c| hidden[*c] = true);
            }
            hidden[best] = true;
        }
    }
    Some(hidden)
}
