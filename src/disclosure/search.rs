//! Chooses what to withhold by building, for each withheld count, the other worlds that protect it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::attack::Attack;
use super::moves::{Move, Moves, Reach};
use super::optimum::{self, Loss};
use super::system::{Given, System};
use super::world::{Proof, World};
use crate::units::Rule;

/// What is withheld, and for each sensitive cell the proof that it cannot be worked out.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    /// For each cell, whether it is withheld.
    pub hidden: Vec<bool>,
    /// The worlds that the proofs name.
    pub worlds: Vec<World>,
    /// One for each sensitive cell.
    pub proofs: Vec<Proof>,
}

/// A cell that no further withholding can protect: what was printed before gives it away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unprotectable {
    /// The cell.
    pub cell: usize,
}

impl Protection {
    /// Checks every proof anew, and that each sensitive cell is withheld and has one. The first cell that fails, if any does.
    ///
    /// A cell that is withheld only for the sake of others is large enough to be shown: it needs no proof of its own.
    pub fn fault(&self, system: &System, rule: &Rule) -> Option<usize> {
        let changes: Vec<Option<Vec<(u32, i64)>>> = self.worlds.iter().map(|w| w.check(system, &self.hidden, rule)).collect();
        let change_of = |world: u32, cell: u32| -> Option<i64> {
            let changes = changes.get(world as usize)?.as_ref()?;
            Some(changes.binary_search_by_key(&cell, |c| c.0).map_or(0, |i| changes[i].1))
        };
        let mut proven = vec![false; self.hidden.len()];
        for proof in &self.proofs {
            let apart = change_of(proof.high, proof.cell).zip(change_of(proof.low, proof.cell)).map(|(h, l)| h - l);
            if apart.is_some_and(|w| w >= rule.width() as i64) {
                proven[proof.cell as usize] = true;
            }
        }
        (0..self.hidden.len()).find(|c| system.is_sensitive(*c, rule) && !(self.hidden[*c] && proven[*c]))
    }

    /// What is lost besides the cells that are withheld on their own account.
    pub fn loss(&self, system: &System, rule: &Rule, loss: Loss) -> u64 {
        let extra = (0..self.hidden.len()).filter(|c| self.hidden[*c] && !system.is_kept_back(*c, rule));
        extra.map(|c| loss.of(system.cells()[c].value)).sum()
    }
}

/// Withholds all sensitive cells, each with its proof, and as few others as can be found.
///
/// Where the system is small, every choice is searched and the loss is the least possible. Beyond, see [`protect_by_search`].
///
/// # Errors
/// Where a cell cannot be protected whatever else is withheld.
pub fn protect(system: &System, rule: &Rule, loss: Loss) -> Result<Protection, Unprotectable> {
    let found = protect_by_search(system, rule)?;
    if found.loss(system, rule, loss) == 0 || !optimum::is_small_enough(system, rule) {
        return Ok(found);
    }
    let Some(best) = optimum::least_loss(system, rule, loss, found.loss(system, rule, loss)) else { return Ok(found) };
    let mut search = Search::new(system, rule);
    search.hidden = best;
    // A pattern that linear programming calls safe still needs its worlds, of whole events.
    match search.run(false) {
        Ok(()) => Ok(search.finish(false)),
        Err(_) => Ok(found),
    }
}

/// As [`protect`], without the search through all choices: for each withheld cell the cheapest moves of events between
/// neighbouring atoms that leave everything published as it is are sought, and what they need is withheld.
///
/// # Errors
/// Where a cell cannot be protected whatever else is withheld.
pub fn protect_by_search(system: &System, rule: &Rule) -> Result<Protection, Unprotectable> {
    let mut search = Search::new(system, rule);
    search.run(true)?;
    Ok(search.finish(true))
}

struct Search<'a> {
    system: &'a System,
    rule: &'a Rule,
    hidden: Vec<bool>,
    moves: Moves<'a>,
    worlds: Vec<World>,
    proof_of: Vec<Option<(u32, u32)>>,
    /// The world under construction: changes of atoms and of cells.
    atoms: FxHashMap<u32, i64>,
    change: Vec<i64>,
    changed: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(system: &'a System, rule: &'a Rule) -> Self {
        let cells = system.cells().len();
        Self {
            system,
            rule,
            hidden: (0..cells).map(|c| system.is_kept_back(c, rule)).collect(),
            moves: Moves::new(system),
            worlds: vec![],
            proof_of: vec![None; cells],
            atoms: FxHashMap::default(),
            change: vec![0; cells],
            changed: vec![],
        }
    }

    fn run(&mut self, may_hide: bool) -> Result<(), Unprotectable> {
        for cell in 0..self.hidden.len() {
            if !self.system.is_sensitive(cell, self.rule) {
                continue;
            }
            while self.proof_of[cell].is_none() && !self.prove(cell) && (may_hide || !self.prove_by_program(cell)) {
                if !may_hide || self.hide_for(cell).is_empty() {
                    return Err(Unprotectable { cell });
                }
            }
        }
        Ok(())
    }

    /// Tries to build the two worlds of a cell from what is withheld already.
    fn prove(&mut self, cell: usize) -> bool {
        let width = self.rule.width() as i64;
        let up = self.build(cell, 1, width);
        let high = self.take_world();
        let down = if up < width { self.build(cell, -1, width - up) } else { 0 };
        let low = self.take_world();
        if up + down < width {
            return false;
        }
        let at = self.worlds.len() as u32;
        let mut changes: FxHashMap<u32, i64> = FxHashMap::default();
        for (world, sign) in [(&low, -1), (&high, 1)] {
            world.1.iter().for_each(|(c, by)| *changes.entry(*c).or_default() += sign * by);
        }
        for (c, by) in changes {
            let c = c as usize;
            if self.hidden[c] && self.proof_of[c].is_none() && self.system.is_sensitive(c, self.rule) && by.abs() >= width {
                self.proof_of[c] = Some(if by > 0 { (at, at + 1) } else { (at + 1, at) });
            }
        }
        self.worlds.extend([low.0, high.0]);
        true
    }

    /// The two worlds of a cell by integer programming: where nothing more may be withheld, and the moves do not lead to them.
    fn prove_by_program(&mut self, cell: usize) -> bool {
        let Some((low, high)) = Attack::new(self.system).worlds(&self.hidden, self.rule, cell) else { return false };
        let change = |world: &World| {
            let changes = world.check(self.system, &self.hidden, self.rule)?;
            Some(changes.iter().find(|c| c.0 as usize == cell).map_or(0, |c| c.1))
        };
        let apart = change(&high).zip(change(&low)).map(|(high, low)| high - low);
        if apart.is_none_or(|apart| apart < self.rule.width() as i64) {
            return false;
        }
        let at = self.worlds.len() as u32;
        self.proof_of[cell] = Some((at, at + 1));
        self.worlds.extend([low, high]);
        true
    }

    /// Adds moves that change a cell by up to `wanted` in a direction; how far it came.
    fn build(&mut self, cell: usize, direction: i64, wanted: i64) -> i64 {
        let mut reached = 0;
        for reach in Reach::ALL {
            let moves = self.moves.of(cell, direction, reach);
            for step in &moves {
                let per = self.moves.net(step, cell) * direction;
                if per <= 0 {
                    continue;
                }
                let room = self.room(step).min((wanted - reached + per - 1) / per);
                if room > 0 {
                    self.apply(step, room);
                    reached += room * per;
                }
                if reached >= wanted {
                    return reached;
                }
            }
        }
        reached
    }

    /// How often a move can be made in the world under construction, with what is withheld now.
    fn room(&self, step: &Move) -> i64 {
        let mut room = i64::MAX;
        for (atom, by) in step.atoms().filter(|(_, by)| *by < 0) {
            let n = self.system.counts()[atom as usize] as i64 + self.atoms.get(&atom).copied().unwrap_or(0);
            room = room.min(n / -by);
        }
        for cell in &self.moves.touched {
            let (at, by) = (*cell as usize, self.moves.change[*cell as usize]);
            if by == 0 || room <= 0 {
                continue;
            }
            let (low, high) = self.system.possible(at, self.hidden[at], self.rule);
            let value = self.system.cells()[at].value as i64 + self.change[at];
            room = room.min(if by > 0 { (high as i64 - value) / by } else { (value - low as i64) / -by });
        }
        room.max(0)
    }

    fn may_hide(&self, cell: usize) -> bool {
        let c = &self.system.cells()[cell];
        c.value > 0 && !matches!(c.given, Given::Printed(_))
    }

    /// Withholds what the cheapest moves for a cell need. Returns the cells newly withheld.
    ///
    /// Atoms are small: one move carries an event or two. So moves that need the same cells withheld are taken together, and what
    /// counts is how far they all go.
    fn hide_for(&mut self, cell: usize) -> Vec<usize> {
        let width = self.rule.width() as i64;
        // For each set of cells to withhold: its cost, how far its moves go together, and how far the cells they change let them.
        let mut choices: BTreeMap<Vec<u32>, (u64, i64, i64)> = BTreeMap::new();
        for direction in [1, -1] {
            for reach in Reach::ALL {
                for step in self.moves.of(cell, direction, reach) {
                    let per = self.moves.net(&step, cell) * direction;
                    if per <= 0 {
                        continue;
                    }
                    let need = (width + per - 1) / per;
                    let Some((cells, cost, by_cells)) = self.lacking(need) else { continue };
                    let by_atoms = self.by_atoms(&step);
                    if cells.is_empty() || by_atoms == 0 || by_cells == 0 {
                        continue; // without cost it was tried before, and was not enough
                    }
                    let choice = choices.entry(cells).or_insert((cost, 0, 0));
                    choice.1 = choice.1.saturating_add(by_atoms.saturating_mul(per));
                    choice.2 = choice.2.max(by_cells.saturating_mul(per));
                }
            }
        }
        // Cells that go only part of the way need others beside them, which cost as much again.
        let score = |(cost, atoms, cells): &(u64, i64, i64)| *cost as f64 * (width as f64 / (*atoms).min(*cells) as f64).max(1.0).ceil();
        let best = choices.iter().min_by(|a, b| score(a.1).total_cmp(&score(b.1)));
        let hidden: Vec<usize> = best.map_or(vec![], |(cells, _)| cells.iter().map(|c| *c as usize).collect());
        hidden.iter().for_each(|c| self.hidden[*c] = true);
        hidden
    }

    /// Of the move last looked at: the shown cells that would have to be withheld for it to be made `need` times, what they cost, and
    /// how often it could then be made. `None` where it cannot.
    fn lacking(&self, need: i64) -> Option<(Vec<u32>, u64, i64)> {
        let (mut cells, mut cost, mut most) = (Vec::new(), 0, i64::MAX);
        for cell in &self.moves.touched {
            let (at, by) = (*cell as usize, self.moves.change[*cell as usize]);
            if by == 0 {
                continue;
            }
            let value = self.system.cells()[at].value as i64;
            let fits = |(low, high): (u64, u64)| if by > 0 { (high as i64 - value) / by } else { (value - low as i64) / -by };
            let mut times = fits(self.system.possible(at, self.hidden[at], self.rule));
            if !self.hidden[at] && times < need && self.may_hide(at) {
                cells.push(*cell);
                cost += self.system.cells()[at].value;
                times = fits(self.system.possible(at, true, self.rule));
            }
            most = most.min(times);
            if most <= 0 {
                return None;
            }
        }
        cells.sort_unstable();
        Some((cells, cost, most))
    }

    /// How often a move can be made before an atom is empty.
    fn by_atoms(&self, step: &Move) -> i64 {
        let losing = step.atoms().filter(|(_, by)| *by < 0);
        losing.map(|(atom, by)| self.system.counts()[atom as usize] as i64 / -by).min().unwrap_or(i64::MAX / 64)
    }

    fn apply(&mut self, step: &Move, times: i64) {
        for (atom, by) in step.atoms() {
            *self.atoms.entry(atom).or_default() += by * times;
        }
        for at in 0..self.moves.touched.len() {
            let cell = self.moves.touched[at];
            let by = self.moves.change[cell as usize];
            if by != 0 {
                self.change[cell as usize] += by * times;
                self.changed.push(cell);
            }
        }
    }

    /// The world under construction and the cells it changes; the next one starts afresh.
    fn take_world(&mut self) -> (World, Vec<(u32, i64)>) {
        let mut atoms: Vec<(u32, i64)> = self.atoms.drain().filter(|(_, by)| *by != 0).collect();
        atoms.sort_unstable();
        self.changed.sort_unstable();
        self.changed.dedup();
        let mut cells = Vec::with_capacity(self.changed.len());
        for cell in self.changed.drain(..) {
            let by = std::mem::take(&mut self.change[cell as usize]);
            if by != 0 {
                cells.push((cell, by));
            }
        }
        (World(atoms), cells)
    }

    /// Shows again what no proof needs, and puts the proofs together.
    fn finish(self, may_show: bool) -> Protection {
        let Self { system, rule, mut hidden, worlds, proof_of, .. } = self;
        let proofs: Vec<Proof> =
            proof_of.iter().enumerate().filter_map(|(c, p)| p.map(|(low, high)| Proof { cell: c as u32, low, high })).collect();
        if may_show {
            let mut needed: Vec<bool> = (0..hidden.len()).map(|c| system.is_kept_back(c, rule)).collect();
            let used: BTreeSet<u32> = proofs.iter().flat_map(|p| [p.low, p.high]).collect();
            for world in used {
                for (cell, by) in changes(system, &worlds[world as usize]) {
                    let (low, high) = system.possible(cell as usize, false, rule);
                    let value = system.cells()[cell as usize].value as i64 + by;
                    needed[cell as usize] |= value < low as i64 || value > high as i64;
                }
            }
            hidden.iter_mut().zip(&needed).for_each(|(h, needed)| *h &= needed);
        }
        Protection { hidden, worlds, proofs }
    }
}

fn changes(system: &System, world: &World) -> Vec<(u32, i64)> {
    let mut change: FxHashMap<u32, i64> = FxHashMap::default();
    for (atom, by) in &world.0 {
        system.cells_of(*atom).iter().for_each(|c| *change.entry(*c).or_default() += by);
    }
    change.into_iter().filter(|(_, by)| *by != 0).collect()
}
