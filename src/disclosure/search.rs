//! Chooses what to withhold by building, for each withheld count, the other worlds that protect it.

use rustc_hash::FxHashMap;

use super::moves::{Move, Moves, Reach};
use super::optimum::{self, Loss};
use super::rule::Rule;
use super::system::{Given, System};
use super::world::{Proof, World};

/// What is withheld, and for each withheld cell the proof that it cannot be worked out.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    /// For each cell, whether it is withheld.
    pub hidden: Vec<bool>,
    /// The worlds that the proofs name.
    pub worlds: Vec<World>,
    /// One for each withheld cell.
    pub proofs: Vec<Proof>,
}

/// A cell that no further withholding can protect: what was printed before gives it away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unprotectable {
    /// The cell.
    pub cell: usize,
}

impl Protection {
    /// Checks every proof anew, and that no withheld cell lacks one. The first cell that fails, if any does.
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
        (0..self.hidden.len()).find(|c| (self.hidden[*c] && !proven[*c]) || (!self.hidden[*c] && system.is_sensitive(*c, rule)))
    }

    /// What is lost besides the cells that are withheld on their own account.
    pub fn loss(&self, system: &System, rule: &Rule, loss: Loss) -> u64 {
        let extra = (0..self.hidden.len()).filter(|c| self.hidden[*c] && !system.is_sensitive(*c, rule));
        extra.map(|c| loss.of(system.cells()[c].value)).sum()
    }
}

/// Withholds all sensitive cells and as few others as can be found, each with its proof.
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
            hidden: (0..cells).map(|c| system.is_sensitive(c, rule)).collect(),
            moves: Moves::new(system),
            worlds: vec![],
            proof_of: vec![None; cells],
            atoms: FxHashMap::default(),
            change: vec![0; cells],
            changed: vec![],
        }
    }

    fn run(&mut self, may_hide: bool) -> Result<(), Unprotectable> {
        let mut queue: std::collections::VecDeque<usize> = (0..self.hidden.len()).filter(|c| self.hidden[*c]).collect();
        while let Some(cell) = queue.pop_front() {
            while self.proof_of[cell].is_none() && !self.prove(cell) {
                let hidden = if may_hide { self.hide_for(cell) } else { vec![] };
                if hidden.is_empty() {
                    return Err(Unprotectable { cell });
                }
                queue.extend(hidden);
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
            if self.hidden[c] && self.proof_of[c].is_none() && by.abs() >= width {
                self.proof_of[c] = Some(if by > 0 { (at, at + 1) } else { (at + 1, at) });
            }
        }
        self.worlds.extend([low.0, high.0]);
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
                let room = self.room(step, None).0.min((wanted - reached + per - 1) / per);
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

    /// How often a move can be made in the world under construction, and what it would cost to make it at least `need` times.
    ///
    /// Without `need` nothing further is withheld, and the cost is 0.
    fn room(&mut self, step: &Move, need: Option<i64>) -> (i64, u64) {
        let mut room = i64::MAX;
        for (atom, by) in step.atoms() {
            if by < 0 {
                let n = self.system.counts()[atom as usize] as i64 + self.atoms.get(&atom).copied().unwrap_or(0);
                room = room.min(n / -by);
            }
        }
        let mut cost = 0;
        for at in 0..self.moves.touched.len() {
            if room <= 0 {
                break;
            }
            let cell = self.moves.touched[at] as usize;
            let by = self.moves.change[cell];
            if by == 0 {
                continue;
            }
            let (mut low, mut high) = self.system.possible(cell, self.hidden[cell], self.rule);
            let value = self.system.cells()[cell].value as i64 + self.change[cell];
            let fits = |low: u64, high: u64| if by > 0 { (high as i64 - value) / by } else { (value - low as i64) / -by };
            if !self.hidden[cell] && need.is_some_and(|need| fits(low, high) < need) && self.may_hide(cell) {
                cost += self.system.cells()[cell].value;
                (low, high) = self.system.possible(cell, true, self.rule);
            }
            room = room.min(fits(low, high));
        }
        (room.max(0), cost)
    }

    fn may_hide(&self, cell: usize) -> bool {
        let c = &self.system.cells()[cell];
        c.value > 0 && !matches!(c.given, Given::Printed(_))
    }

    /// Withholds what the cheapest move for a cell needs. Returns the cells newly withheld.
    fn hide_for(&mut self, cell: usize) -> Vec<usize> {
        let width = self.rule.width() as i64;
        let mut best: Option<(f64, Move, i64)> = None;
        for direction in [1, -1] {
            for reach in Reach::ALL {
                for step in self.moves.of(cell, direction, reach) {
                    let per = self.moves.net(&step, cell) * direction;
                    if per <= 0 {
                        continue;
                    }
                    let need = (width + per - 1) / per;
                    let (room, cost) = self.room(&step, Some(need));
                    if room <= 0 || cost == 0 {
                        continue; // without cost it was tried before, and was not enough
                    }
                    // A move that goes only part of the way needs others beside it, which cost as much again.
                    let score = cost as f64 * (need as f64 / room as f64).max(1.0).ceil();
                    if best.as_ref().is_none_or(|b| score < b.0) {
                        best = Some((score, step, need.min(room)));
                    }
                }
            }
        }
        let Some((_, step, need)) = best else { return vec![] };
        self.moves.net(&step, cell);
        let mut hidden = Vec::new();
        for at in 0..self.moves.touched.len() {
            let other = self.moves.touched[at] as usize;
            let by = self.moves.change[other];
            let (low, high) = self.system.possible(other, false, self.rule);
            let value = self.system.cells()[other].value as i64 + by * need;
            if by != 0 && !self.hidden[other] && (value < low as i64 || value > high as i64) && self.may_hide(other) {
                self.hidden[other] = true;
                hidden.push(other);
            }
        }
        if hidden.is_empty() {
            // Room for fewer than the width only: withhold all that the move touches.
            for at in 0..self.moves.touched.len() {
                let other = self.moves.touched[at] as usize;
                if self.moves.change[other] != 0 && !self.hidden[other] && self.may_hide(other) {
                    self.hidden[other] = true;
                    hidden.push(other);
                }
            }
        }
        hidden
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
        if may_show {
            let mut needed: Vec<bool> = (0..hidden.len()).map(|c| system.is_sensitive(c, rule)).collect();
            let mut waiting: Vec<usize> = (0..hidden.len()).filter(|c| needed[*c]).collect();
            let mut used = vec![false; worlds.len()];
            let shown = vec![false; hidden.len()];
            while let Some(cell) = waiting.pop() {
                let Some((low, high)) = proof_of[cell] else { continue };
                for world in [low, high] {
                    if std::mem::replace(&mut used[world as usize], true) {
                        continue;
                    }
                    for (other, by) in changes(system, &worlds[world as usize]) {
                        let (least, most) = system.possible(other as usize, shown[other as usize], rule);
                        let value = system.cells()[other as usize].value as i64 + by;
                        if (value < least as i64 || value > most as i64) && !std::mem::replace(&mut needed[other as usize], true) {
                            waiting.push(other as usize);
                        }
                    }
                }
            }
            hidden.iter_mut().zip(&needed).for_each(|(h, needed)| *h &= needed);
        }
        let proofs = proof_of.iter().enumerate().filter(|(c, _)| hidden[*c]);
        let proofs = proofs.filter_map(|(c, p)| p.map(|(low, high)| Proof { cell: c as u32, low, high })).collect();
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
