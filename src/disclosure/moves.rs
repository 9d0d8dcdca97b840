//! Moves of events between atoms, from the plainest to those that leave most totals alone.

use super::system::System;

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
}

impl Reach {
    pub const ALL: [Reach; 3] = [Reach::One, Reach::Two, Reach::Three];

    /// How many neighbours of a value are tried in each dimension, how many moves are tried at most, and how many places are looked at
    /// for them.
    fn limits(self) -> (usize, usize, usize) {
        match self {
            Reach::One => (120, 1000, 25_000),
            Reach::Two => (10, 400, 20_000),
            Reach::Three => (4, 100, 10_000),
        }
    }
}

/// Finds moves, and what each changes.
pub(super) struct Moves<'a> {
    system: &'a System,
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

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl<'a> Moves<'a> {
    pub fn new(system: &'a System) -> Self {
        Self { system, change: vec![0; system.cells().len()], touched: vec![] }
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
        let each: usize = match reach {
            Reach::One => (0..4).map(|d| self.neighbours(atoms, d, neighbours)).sum(),
            Reach::Two => neighbours * neighbours,
            Reach::Three => neighbours * neighbours * neighbours,
        };
        if reach == Reach::One {
            // An event more or fewer, of those that no zero stands against: there is always such an atom, and so always a way.
            let with_events = atoms.iter().filter(|a| self.system.counts()[**a as usize] > 0);
            with_events.take(20).for_each(|a| self.push(&mut moves, &[(*a, sign)]));
        }
        for atom in scattered(atoms, (places / each.max(1)).max(1)) {
            match reach {
                Reach::One => {
                    for dimension in 0..4 {
                        self.others(atom, dimension, neighbours).for_each(|q| self.push(&mut moves, &[(atom, sign), (q, -sign)]));
                    }
                    self.push(&mut moves, &[(atom, sign)]);
                }
                Reach::Two => self.pairs(atom, sign, neighbours, &mut moves),
                Reach::Three => self.triples(atom, sign, neighbours, &mut moves),
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

    /// Atoms that differ from one in one dimension only.
    fn others(&self, atom: u32, dimension: usize, most: usize) -> impl Iterator<Item = u32> + '_ {
        let place = self.system.coordinate(atom);
        self.system.near(dimension, place[dimension]).iter().take(most).filter_map(move |value| {
            let mut there = place;
            there[dimension] = *value;
            self.system.atom_at(&there)
        })
    }

    fn pairs(&self, atom: u32, sign: i8, most: usize, moves: &mut Vec<Move>) {
        for (d, e) in [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)] {
            for q in self.others(atom, d, most) {
                for r in self.others(atom, e, most) {
                    let Some(s) = self.corner(q, r, e) else { continue };
                    self.push(moves, &[(atom, sign), (q, -sign), (r, -sign), (s, sign)]);
                }
            }
        }
    }

    fn triples(&self, atom: u32, sign: i8, most: usize, moves: &mut Vec<Move>) {
        for (d, e, f) in [(0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3)] {
            for q in self.others(atom, d, most) {
                for r in self.others(atom, e, most) {
                    let Some(qr) = self.corner(q, r, e) else { continue };
                    for s in self.others(atom, f, most) {
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
