//! Moves of events between atoms, from the plainest to those that leave most totals alone.

use std::collections::BTreeMap;

use super::system::{Coordinate, DIMENSIONS, System};

/// One move: up to eight atoms, each gaining or losing an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    atoms: [(u32, i8); 8],
    len: u8,
}

impl Move {
    fn new(atoms: &[(u32, i8)]) -> Self {
        let mut step = Self { atoms: [(0, 0); 8], len: atoms.len() as u8 };
        step.atoms[..atoms.len()].copy_from_slice(atoms);
        step
    }

    pub fn atoms(&self) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.atoms[..usize::from(self.len)].iter().map(|(atom, by)| (*atom, i64::from(*by)))
    }
}

/// Kinds of move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// An event takes another value of one dimension, or is there or not at all.
    One,
    /// Two events swap their values of one dimension: the totals of both dimensions stay.
    Two,
    /// Four events: the totals of three dimensions stay.
    Three,
    /// As two, but the events lie apart in all else: one of one area takes a value, one of another area gives it back.
    Relay,
}

impl Reach {
    pub const ALL: [Reach; 4] = [Reach::One, Reach::Two, Reach::Three, Reach::Relay];

    /// How many neighbours of a value are tried in each dimension, how many moves are tried at most, and how many places are looked at
    /// for them.
    fn limits(self) -> (usize, usize, usize) {
        match self {
            Reach::One => (120, 1000, 25_000),
            Reach::Two => (10, 400, 20_000),
            Reach::Three => (4, 100, 10_000),
            Reach::Relay => (8, 2000, 20_000),
        }
    }
}

/// Some values of a dimension.
struct Values {
    has: Vec<bool>,
    number: usize,
}

impl Values {
    fn insert(&mut self, value: u32) {
        let has = &mut self.has[value as usize];
        self.number += usize::from(!*has);
        *has = true;
    }

    fn contains(&self, value: &u32) -> bool {
        self.has.get(*value as usize).copied().unwrap_or(false)
    }

    fn len(&self) -> usize {
        self.number
    }
}

/// The values of each dimension that a cell takes in.
type Within = [Values; DIMENSIONS];

/// Finds moves, and what each changes.
pub(super) struct Moves<'a> {
    system: &'a System,
    /// Atoms with events, in an order that does not fall in with that of the atoms.
    eventful: Vec<u32>,
    /// One more than the greatest value of each dimension.
    values: [usize; DIMENSIONS],
    /// What the move last asked about changes, by cell; only `touched` are set.
    pub change: Vec<i64>,
    pub touched: Vec<u32>,
}

/// Some of the atoms of a cell, from all over it, always the same ones; all where they are few.
///
/// Steps of the golden section do not fall in with the regular order of atoms, as even steps would.
fn scattered(atoms: &[u32], most: usize) -> impl Iterator<Item = u32> + '_ {
    let n = atoms.len();
    let mut step = ((n as f64 * 0.618_033_988_749_895) as usize).max(1);
    while gcd(step, n) > 1 {
        step += 1;
    }
    (0..n.min(most)).map(move |k| atoms[(k * step) % n])
}

/// Pairs of different dimensions, each once.
fn choices_of_two(of: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    of.iter().flat_map(move |d| of.iter().filter(move |e| *e > d).map(move |e| (*d, *e)))
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl<'a> Moves<'a> {
    pub fn new(system: &'a System) -> Self {
        let with_events: Vec<u32> = (0..system.counts().len() as u32).filter(|a| system.counts()[*a as usize] > 0).collect();
        let eventful = scattered(&with_events, with_events.len()).collect();
        let all = || (0..system.counts().len() as u32).map(|a| system.coordinate(a));
        let values = std::array::from_fn(|d| all().map(|p| p[d] as usize + 1).max().unwrap_or(0));
        Self { system, eventful, values, change: vec![0; system.cells().len()], touched: vec![] }
    }

    /// The change of a cell by a move; that of all others is left in `change`.
    pub fn net(&mut self, step: &Move, cell: usize) -> i64 {
        for cell in self.touched.drain(..) {
            self.change[cell as usize] = 0;
        }
        for (atom, by) in step.atoms() {
            for cell in self.system.cells_of(atom) {
                let change = &mut self.change[*cell as usize];
                if *change == 0 {
                    self.touched.push(*cell);
                }
                *change += by;
            }
        }
        self.change[cell]
    }

    /// Moves that may change a cell in a direction, and whose losing atoms hold events.
    pub fn of(&self, cell: usize, direction: i64, reach: Reach) -> Vec<Move> {
        let (neighbours, most, places) = reach.limits();
        let atoms = &self.system.cells()[cell].atoms;
        let mut moves = Vec::new();
        let sign = direction as i8;
        let within = self.within(atoms);
        let narrow: Vec<usize> = (0..DIMENSIONS).filter(|d| within[*d].len() < self.system.values(*d)).collect();
        let each: usize = match reach {
            Reach::One => narrow.iter().map(|d| self.neighbours(atoms, *d, neighbours)).sum(),
            Reach::Two => neighbours * neighbours,
            Reach::Three => neighbours * neighbours * neighbours,
            Reach::Relay => {
                self.relays(sign, neighbours, most, &narrow, &within, &mut moves);
                return moves;
            }
        };
        if reach == Reach::One {
            // An event more or fewer, of those that no zero stands against: there is always such an atom, and so always a way.
            let with_events = atoms.iter().filter(|a| self.system.counts()[**a as usize] > 0);
            with_events.take(20).for_each(|a| self.push(&mut moves, &[(*a, sign)]));
        }
        for atom in scattered(atoms, (places / each.max(1)).max(1)) {
            match reach {
                Reach::One => {
                    for d in &narrow {
                        self.others(atom, *d, neighbours, &within).for_each(|q| self.push(&mut moves, &[(atom, sign), (q, -sign)]));
                    }
                    self.push(&mut moves, &[(atom, sign)]);
                }
                Reach::Two => self.pairs(atom, sign, neighbours, &narrow, &within, &mut moves),
                Reach::Three | Reach::Relay => self.triples(atom, sign, neighbours, &narrow, &within, &mut moves),
            }
            if moves.len() >= most {
                moves.truncate(most);
                break;
            }
        }
        moves
    }

    /// How many neighbours there are to try in a dimension, by the first atom of a cell.
    fn neighbours(&self, atoms: &[u32], dimension: usize, most: usize) -> usize {
        let first = atoms.first().map(|a| self.system.coordinate(*a)[dimension]);
        first.map_or(0, |value| self.system.near(dimension, value).len().min(most))
    }

    fn push(&self, moves: &mut Vec<Move>, atoms: &[(u32, i8)]) {
        if atoms.iter().all(|(atom, by)| *by > 0 || self.system.counts()[*atom as usize] > 0) {
            moves.push(Move::new(atoms));
        }
    }

    /// The values of each dimension that a cell takes in. A move along a dimension of which it takes in every value leaves it as it is.
    fn within(&self, atoms: &[u32]) -> Within {
        let mut within: Within = std::array::from_fn(|d| Values { has: vec![false; self.values[d]], number: 0 });
        for atom in atoms {
            self.system.coordinate(*atom).into_iter().zip(&mut within).for_each(|(value, values)| values.insert(value));
        }
        within
    }

    /// Atoms that differ from one in one dimension only, with a value there that the cell does not take in.
    fn others(&self, atom: u32, dimension: usize, most: usize, within: &Within) -> impl Iterator<Item = u32> + '_ {
        let place = self.system.coordinate(atom);
        let near = self.system.near(dimension, place[dimension]).iter().filter(|v| !within[dimension].contains(v));
        let values: Vec<u32> = near.take(most).copied().collect();
        values.into_iter().filter_map(move |value| {
            let mut there = place;
            there[dimension] = value;
            self.system.atom_at(&there)
        })
    }

    fn pairs(&self, atom: u32, sign: i8, most: usize, narrow: &[usize], within: &Within, moves: &mut Vec<Move>) {
        for (d, e) in choices_of_two(narrow) {
            for q in self.others(atom, d, most, within) {
                for r in self.others(atom, e, most, within) {
                    let Some(s) = self.corner(q, r, e) else { continue };
                    self.push(moves, &[(atom, sign), (q, -sign), (r, -sign), (s, sign)]);
                }
            }
        }
    }

    /// An event within the cell but for one dimension takes a value of the cell there, and an event outside it in another dimension
    /// gives that value back. All totals by one dimension stay, wherever else the two lie. With `sign` −1, the other way round.
    fn relays(&self, sign: i8, each: usize, most: usize, narrow: &[usize], within: &Within, moves: &mut Vec<Move>) {
        let inside = |p: &Coordinate, d: usize| within[d].contains(&p[d]);
        for (d, e) in narrow.iter().flat_map(|d| narrow.iter().filter(move |e| *e != d).map(move |e| (*d, *e))).rev() {
            // Those that give an event, by the value of `d` that they have: in the cell but for `d`, or outside it by `e`.
            let mut takers: Vec<(u32, Coordinate)> = Vec::new();
            let mut givers: BTreeMap<u32, Vec<(u32, Coordinate)>> = BTreeMap::new();
            for atom in &self.eventful {
                let p = self.system.coordinate(*atom);
                let rest = (0..DIMENSIONS).all(|k| k == d || inside(&p, k));
                if rest && inside(&p, d) == (sign < 0) {
                    takers.push((*atom, p));
                } else if !inside(&p, e) && inside(&p, d) == (sign > 0) {
                    givers.entry(p[d]).or_default().push((*atom, p));
                }
            }
            for (at, (atom, p)) in takers.iter().enumerate() {
                let near = self.system.near(d, p[d]).iter().filter(|v| within[d].contains(v) == (sign > 0));
                for value in near.take(each) {
                    let mut there = *p;
                    there[d] = *value;
                    let Some(to) = self.system.atom_at(&there) else { continue };
                    let Some(list) = givers.get(value) else { continue };
                    for k in 0..each.min(list.len()) {
                        let (giver, mut back) = list[(at * each + k) % list.len()];
                        back[d] = p[d];
                        let Some(back) = self.system.atom_at(&back) else { continue };
                        self.push(moves, &[(*atom, -1), (to, 1), (giver, -1), (back, 1)]);
                    }
                }
                if moves.len() >= most {
                    moves.truncate(most);
                    return;
                }
            }
        }
    }

    fn triples(&self, atom: u32, sign: i8, most: usize, narrow: &[usize], within: &Within, moves: &mut Vec<Move>) {
        let all = choices_of_two(narrow).flat_map(|(d, e)| narrow.iter().filter(move |f| **f > e).map(move |f| (d, e, *f)));
        for (d, e, f) in all {
            for q in self.others(atom, d, most, within) {
                for r in self.others(atom, e, most, within) {
                    let Some(qr) = self.corner(q, r, e) else { continue };
                    for s in self.others(atom, f, most, within) {
                        let corners = [self.corner(q, s, f), self.corner(r, s, f), self.corner(qr, s, f)];
                        let [Some(qs), Some(rs), Some(qrs)] = corners else { continue };
                        let all = [(atom, 1), (q, -1), (r, -1), (s, -1), (qr, 1), (qs, 1), (rs, 1), (qrs, -1)];
                        self.push(moves, &all.map(|(a, by)| (a, by * sign)));
                    }
                }
            }
        }
    }

    /// The atom at `place`, with the value that `other` has in a dimension.
    fn corner(&self, place: u32, other: u32, dimension: usize) -> Option<u32> {
        let mut at = self.system.coordinate(place);
        at[dimension] = self.system.coordinate(other)[dimension];
        self.system.atom_at(&at)
    }
}
