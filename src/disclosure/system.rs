//! Counts that are linked because they count the same events.

use rustc_hash::FxHashMap;

use crate::units::Rule;

/// Dimensions of events: area, month, category, day of the week and time of day.
pub const DIMENSIONS: usize = 5;

/// Where an atom lies in them. Only moves between neighbours use it.
pub type Coordinate = [u32; DIMENSIONS];

/// What is settled about a cell before anything is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// Shown, unless it is small or needed to protect another.
    Free,
    /// Withheld, whatever its size, and to be protected like a small count.
    Withheld,
    /// Withheld before for the sake of others: it stays so, and needs no protection of its own.
    KeptBack,
    /// Printed before, as this, by the same rule: it is printed so again.
    Printed(u64),
    /// Printed before by another rule, from which it is known to lie between these: shown or withheld, that stays known.
    Known(u64, u64),
    /// A zero that is withheld after all, for the sake of others: zeros are shown wherever they can be.
    Untold,
    /// Never printed, since it is over a limit: hidden and to be protected whatever its size, a zero too.
    Refused,
    /// Told by no table, but the difference of counts that are: to be protected where it is small.
    Difference,
}

/// A count that is published, or withheld.
#[derive(Clone, Debug)]
pub struct SystemCell {
    /// The atoms that it sums.
    pub atoms: Vec<u32>,
    /// Their sum.
    pub value: u64,
    /// What is settled about it.
    pub given: Given,
}

/// All cells that are built from one set of events, and the atoms that tell them apart.
///
/// An atom is a set of events that every cell counts either whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct System {
    counts: Vec<u64>,
    coordinates: Vec<Coordinate>,
    cells: Vec<SystemCell>,
    at: FxHashMap<Coordinate, u32>,
    /// Which areas, months and categories have atoms at all.
    there: Triples,
    /// For each dimension and value, other values to exchange events with: those that share most cells first.
    near: [FxHashMap<u32, Vec<u32>>; DIMENSIONS],
    first_cell_of: Vec<u32>,
    cells_of: Vec<u32>,
    /// Of each cell, whether it is refused and lies in zeros that are shown: then it is no secret that it is zero.
    plainly_zero: Vec<bool>,
}

/// So many areas × months × categories are held a bit each.
const MOST_TRIPLES: usize = 1 << 28;

/// A set of areas, months and categories, a bit each.
#[derive(Clone, Debug, Default)]
struct Triples {
    size: [usize; 3],
    bits: Vec<u64>,
}

impl Triples {
    fn of(coordinates: &[Coordinate]) -> Self {
        let size = std::array::from_fn(|d| coordinates.iter().map(|c| c[d] as usize + 1).max().unwrap_or(0));
        // Of more than can be held a bit each, none is told to be missing.
        let all = size.iter().try_fold(1_usize, |all, n| all.checked_mul(*n)).filter(|all| *all <= MOST_TRIPLES).unwrap_or(0);
        let mut set = Self { size, bits: vec![0; all.div_ceil(64)] };
        for coordinate in coordinates {
            if let Some(at) = set.place(coordinate)
                && let Some(bits) = set.bits.get_mut(at / 64)
            {
                *bits |= 1 << (at % 64);
            }
        }
        set
    }

    fn place(&self, c: &Coordinate) -> Option<usize> {
        let inside = (0..3).all(|d| (c[d] as usize) < self.size[d]);
        inside.then(|| {
            (c[0] as usize).wrapping_mul(self.size[1]).wrapping_add(c[1] as usize).wrapping_mul(self.size[2]).wrapping_add(c[2] as usize)
        })
    }

    fn has(&self, c: &Coordinate) -> bool {
        self.place(c).is_some_and(|at| self.bits.get(at / 64).is_none_or(|bits| bits >> (at % 64) & 1 == 1))
    }
}

/// How many neighbours of a value are kept.
const NEIGHBOURS: usize = 120;

impl System {
    /// From atoms, each with its place and count; and cells, each with its atoms and what is settled about it.
    pub fn new(atoms: Vec<(Coordinate, u64)>, cells: Vec<(Vec<u32>, Given)>) -> Self {
        let (coordinates, counts): (Vec<Coordinate>, Vec<u64>) = atoms.into_iter().unzip();
        let at = coordinates.iter().copied().zip(0..).collect();
        let there = Triples::of(&coordinates);
        let cells = cells
            .into_iter()
            .map(|(mut atoms, given)| {
                atoms.sort_unstable();
                atoms.dedup();
                let value = atoms.iter().map(|a| counts[*a as usize]).sum();
                SystemCell { atoms, value, given }
            })
            .collect();
        let mut system = Self { counts, coordinates, cells, at, there, ..Self::default() };
        system.index();
        system.find_neighbours();
        system.find_plain_zeros();
        system
    }

    /// Which refused cells lie in zeros that are shown.
    fn find_plain_zeros(&mut self) {
        let shown_zero = |c: &SystemCell| c.value == 0 && matches!(c.given, Given::Free | Given::Printed(0) | Given::Known(0, 0));
        let mut empty = vec![false; self.counts.len()];
        for atom in self.cells.iter().filter(|c| shown_zero(c)).flat_map(|c| &c.atoms) {
            empty[*atom as usize] = true;
        }
        let plain = |c: &SystemCell| c.given == Given::Refused && c.atoms.iter().all(|a| empty[*a as usize]);
        self.plainly_zero = self.cells.iter().map(plain).collect();
    }

    /// The cells of every atom, packed.
    fn index(&mut self) {
        let mut start = vec![0_u32; self.counts.len() + 1];
        for atom in self.cells.iter().flat_map(|c| &c.atoms) {
            start[*atom as usize + 1] += 1;
        }
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let mut next = start.clone();
        self.cells_of = vec![0; start.last().map_or(0, |n| *n as usize)];
        for (cell, atoms) in self.cells.iter().map(|c| &c.atoms).enumerate() {
            for atom in atoms {
                let slot = &mut next[*atom as usize];
                self.cells_of[*slot as usize] = cell as u32;
                *slot += 1;
            }
        }
        self.first_cell_of = start;
    }

    /// Values of a dimension are near where the same cells count them: cells with few values of it are asked first.
    fn find_neighbours(&mut self) {
        for dimension in 0..DIMENSIONS {
            let size = self.coordinates.iter().map(|c| c[dimension] as usize + 1).max().unwrap_or(0);
            let mut has = vec![false; size];
            let mut sets: Vec<Vec<u32>> = Vec::new();
            let mut seen = rustc_hash::FxHashSet::default();
            for cell in &self.cells {
                has.fill(false);
                cell.atoms.iter().for_each(|a| has[self.coordinates[*a as usize][dimension] as usize] = true);
                let values: Vec<u32> = (0..size as u32).filter(|v| has[*v as usize]).collect();
                if values.len() > 1 && seen.insert(values.clone()) {
                    sets.push(values);
                }
            }
            let mut all: Vec<u32> = self.coordinates.iter().map(|c| c[dimension]).collect();
            all.sort_unstable();
            all.dedup();
            sets.push(all.clone());
            sets.sort_by_key(Vec::len);
            let mut near: FxHashMap<u32, Vec<u32>> = all.iter().map(|v| (*v, Vec::new())).collect();
            let mut known: rustc_hash::FxHashSet<(u32, u32)> = rustc_hash::FxHashSet::default();
            for set in &sets {
                for (i, value) in set.iter().enumerate() {
                    let list = near.entry(*value).or_default();
                    // Round the set from the value on, so that not all lean on the same first ones.
                    for step in 1..set.len() {
                        if list.len() >= NEIGHBOURS {
                            break;
                        }
                        let other = set[(i + step) % set.len()];
                        if known.insert((*value, other)) {
                            list.push(other);
                        }
                    }
                }
            }
            self.near[dimension] = near;
        }
    }

    /// Events in each atom.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The cells.
    pub fn cells(&self) -> &[SystemCell] {
        &self.cells
    }

    /// Withholds cells for the sake of others, before anything is chosen; one that is small is protected all the same.
    pub fn keep_back(&mut self, cells: &[usize], rule: &Rule) {
        for cell in cells {
            let c = &mut self.cells[*cell];
            if c.given == Given::Free && !rule.is_small(c.value) {
                c.given = if c.value == 0 { Given::Untold } else { Given::KeptBack };
            }
        }
        self.find_plain_zeros();
    }

    /// Withholds a zero after all. Other counts are left as they are: the search withholds them where it must.
    pub fn withhold_zero(&mut self, cell: usize) {
        if self.cells[cell].value == 0 {
            self.cells[cell].given = Given::Untold;
            self.find_plain_zeros();
        }
    }

    /// The cells that count an atom.
    pub fn cells_of(&self, atom: u32) -> &[u32] {
        let range = self.first_cell_of[atom as usize] as usize..self.first_cell_of[atom as usize + 1] as usize;
        &self.cells_of[range]
    }

    pub(super) fn coordinate(&self, atom: u32) -> Coordinate {
        self.coordinates[atom as usize]
    }

    pub(super) fn atom_at(&self, coordinate: &Coordinate) -> Option<u32> {
        // Nearly all that a search asks for is not there: that is told without looking it up.
        if self.there.has(coordinate) { self.at.get(coordinate).copied() } else { None }
    }

    /// How many values a dimension has.
    pub(super) fn values(&self, dimension: usize) -> usize {
        self.near[dimension].len()
    }

    pub(super) fn near(&self, dimension: usize, value: u32) -> &[u32] {
        self.near[dimension].get(&value).map_or(&[], Vec::as_slice)
    }

    /// Whether a cell is withheld before anything is chosen.
    pub fn is_kept_back(&self, cell: usize, rule: &Rule) -> bool {
        let c = &self.cells[cell];
        let known_and_small = matches!(c.given, Given::Known(..)) && rule.is_small(c.value);
        let never_told = matches!(c.given, Given::Untold | Given::Refused | Given::Difference);
        self.is_sensitive(cell, rule) || known_and_small || never_told || (c.given == Given::KeptBack && c.value > 0)
    }

    /// Whether a cell must be protected: it counts few, or is said to.
    pub fn is_sensitive(&self, cell: usize, rule: &Rule) -> bool {
        let c = &self.cells[cell];
        match c.given {
            Given::Printed(_) | Given::Known(..) | Given::KeptBack | Given::Untold => false,
            Given::Withheld => c.value > 0,
            Given::Refused => !self.plainly_zero[cell],
            Given::Free | Given::Difference => rule.is_small(c.value),
        }
    }

    /// The counts that a reader must hold possible for a cell: those that would have been printed the same.
    ///
    /// A withheld cell is known not to be zero, since zeros are shown. Where a revision has moved a count away from what was
    /// printed before, the reader is taken to know it as it is.
    pub fn possible(&self, cell: usize, hidden: bool, rule: &Rule) -> (u64, u64) {
        let c = &self.cells[cell];
        let holds = |(low, high): (u64, u64)| if (low..=high).contains(&c.value) { (low, high) } else { (c.value, c.value) };
        match (c.given, hidden) {
            (Given::Known(low, high), true) => holds((low, high)),
            (Given::Known(low, high), false) => {
                let now = rule.behind(rule.round(c.value));
                holds((low.max(now.0), high.min(now.1)))
            }
            (Given::Untold | Given::Refused | Given::Difference, _) => (0, u64::MAX / 4),
            (_, true) => (1, u64::MAX / 4),
            (Given::Printed(printed), false) => holds(rule.behind(printed)),
            _ => rule.behind(rule.round(c.value)),
        }
    }
}
