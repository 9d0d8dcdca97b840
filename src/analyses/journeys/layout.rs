//! Where each count of journeys stands in the table that is released, and which of them add up.

use std::collections::{BTreeMap, BTreeSet};

use super::sorted::{KindOf, Outside, Sorted, Way};
use crate::analyses::draft::{CountTable, Released};
use crate::units::Cell;

/// A count of one kind of service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// One way.
    Way(Way),
    /// All ways out.
    Went,
    /// All ways in.
    Came,
    /// Residents who were helped.
    Residents,
    /// People who were helped here.
    Served,
}

/// Rows of the table, by kind and part. The kind behind the last stands for all of them.
pub(super) struct Layout {
    rows: BTreeMap<(usize, Part), usize>,
    sums: Vec<Vec<usize>>,
    kinds: usize,
}

impl Layout {
    /// A row for each count and each sum, of each kind and of all.
    pub fn new(sorted: &Sorted, several: bool) -> Self {
        let kinds = sorted.kinds.len() + usize::from(sorted.kinds.len() > 1);
        let mut all = Self { rows: BTreeMap::new(), sums: vec![], kinds };
        let tells = |way: Way| sorted.kinds.iter().any(|k| k.people.contains_key(&way));
        let mut own = vec![Way::Within];
        own.extend(several.then_some(Way::Between));
        let to: Vec<Way> = (0..sorted.went_to.len()).map(Way::To).collect();
        let from: Vec<Way> = (0..sorted.came_from.len()).map(Way::From).collect();
        let unknown = [Way::FromNobodyKnows, Way::ToNobodyKnows].into_iter().filter(|w| tells(*w));
        let ways: Vec<Way> = own.iter().chain(&to).chain(&from).copied().chain(unknown).collect();
        let parts = |ways: &[Way]| ways.iter().map(|w| Part::Way(*w)).collect::<Vec<_>>();
        for kind in 0..kinds {
            for way in &ways {
                all.row(kind, Part::Way(*way));
            }
            for (total, of) in [
                (Part::Went, parts(&to)),
                (Part::Came, parts(&from)),
                (Part::Residents, [parts(&own), vec![Part::Went]].concat()),
                (Part::Served, [parts(&own), vec![Part::Came]].concat()),
            ] {
                let row = all.row(kind, total);
                let sum: Vec<usize> = of.iter().map(|p| all.row(kind, *p)).chain([row]).collect();
                all.sums.extend((sum.len() > 1).then_some(sum));
            }
        }
        if kinds > 1 {
            for part in ways.iter().map(|w| Part::Way(*w)).chain([Part::Went, Part::Came]) {
                // Totals of places follow from these; where there is no place, from the kinds.
                let places = if part == Part::Went { &to } else { &from };
                if matches!(part, Part::Way(_)) || places.is_empty() {
                    let sum = (0..kinds).map(|kind| all.row(kind, part)).collect();
                    all.sums.push(sum);
                }
            }
        }
        all
    }

    fn row(&mut self, kind: usize, part: Part) -> usize {
        let next = self.rows.len();
        *self.rows.entry((kind, part)).or_insert(next)
    }

    /// How many kinds it tells, all together among them.
    pub fn kinds(&self) -> usize {
        self.kinds
    }

    /// A released count; not applicable where the table has none.
    pub fn at(&self, released: &Released, kind: usize, part: Part) -> Cell<u64> {
        self.rows.get(&(kind, part)).map_or(Cell::NotApplicable, |row| released.at(*row, 0))
    }

    /// The counts, with their sums and names.
    pub fn table(&self, sorted: &Sorted) -> CountTable {
        let mut cells = vec![(Cell::Missing, String::new()); self.rows.len()];
        for ((kind, part), row) in &self.rows {
            let own = sorted.kinds.get(*kind);
            let people = match own {
                Some(kind) => of_kind(kind, *part, sorted),
                None => Cell::sum(&sorted.kinds.iter().map(|k| of_kind(k, *part, sorted)).collect::<Vec<_>>()),
            };
            let name = own.map_or("all", |k| k.key.as_str());
            cells[*row] = (people, format!("{name}: {}", name_of(*part, sorted)));
        }
        let kept_back: Vec<bool> = cells.iter().map(|(n, _)| *n == Cell::Withheld).collect();
        let table = CountTable::new(cells.iter().map(|(n, _)| vec![n.known()]).collect()).keeping_back(0, &kept_back);
        let table = self.sums.iter().fold(table, |t, sum| t.with_sum(sum.iter().map(|row| (*row, 0))));
        // The same people stand in returns by group and in caseloads, and nobody knows how: no difference to those may tell a small count. What such returns
        // tell as a rule is how many people were helped.
        let helped = |(_, part): &&(usize, Part)| matches!(part, Part::Residents | Part::Served);
        let elsewhere: Vec<usize> = self.rows.keys().filter(helped).filter_map(|at| self.rows.get(at).copied()).collect();
        let parts: BTreeSet<Part> = self.rows.keys().map(|at| at.1).collect();
        let mut places = vec![(0, 0); self.rows.len()];
        for ((kind, part), row) in &self.rows {
            places[*row] = (*kind as u32, parts.iter().position(|p| p == part).unwrap_or(0) as u32);
        }
        table.named(cells.into_iter().map(|(_, name)| name)).alone().told_elsewhere(elsewhere).placed(places)
    }
}

/// A count of a kind: a way that the return does not tell is missing, and so is every sum with it. Nobody is left out where a return has no row for people of
/// whom it does not know.
fn of_kind(kind: &KindOf, part: Part, sorted: &Sorted) -> Cell<u64> {
    let way = |way: Way| kind.people.get(&way).copied().unwrap_or(Cell::Missing);
    let own = || Cell::sum(&[way(Way::Within), way(Way::Between)]);
    let all_of = |told: bool, places: Vec<Cell<u64>>| if told { Cell::sum(&places) } else { Cell::Missing };
    let went = || all_of(kind.tells[0], (0..sorted.went_to.len()).map(|i| way(Way::To(i))).collect());
    let came = || all_of(kind.tells[1], (0..sorted.came_from.len()).map(|i| way(Way::From(i))).collect());
    match part {
        Part::Way(unknown @ (Way::FromNobodyKnows | Way::ToNobodyKnows)) => kind.people.get(&unknown).copied().unwrap_or(Cell::Known(0)),
        Part::Way(one) => way(one),
        Part::Went => went(),
        Part::Came => came(),
        Part::Residents => Cell::sum(&[own(), went()]),
        Part::Served => Cell::sum(&[own(), came()]),
    }
}

/// What the ledger of releases knows a count by.
fn name_of(part: Part, sorted: &Sorted) -> String {
    let place = |list: &[Outside], i: usize| list.get(i).map_or(String::new(), |p| p.key());
    match part {
        Part::Way(Way::To(i)) => format!("to {}", place(&sorted.went_to, i)),
        Part::Way(Way::From(i)) => format!("from {}", place(&sorted.came_from, i)),
        Part::Way(way) => format!("{way:?}"),
        total => format!("{total:?}"),
    }
}
