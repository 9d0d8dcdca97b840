//! The counts of restricted events as a body shows them, each with the events that it counts, and the sums that a reader sees.

use crate::model::Counted;
use crate::units::{AreaCode, Cell, Month, Period};

/// Where events are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum At {
    /// Wherever they are.
    Anywhere,
    /// Without a known area.
    NotKnown,
    /// In an area.
    In(AreaCode),
}

/// Which events of its source a count takes in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Events {
    /// Where.
    pub at: At,
    /// From this month on.
    pub first: Month,
    /// Up to this month.
    pub last: Month,
    /// Of which categories, days and hours.
    pub of: Counted,
}

/// What the counts of a finding count.
#[derive(Clone, Copy, Debug)]
pub struct Counting<'a> {
    /// The months of the finding.
    pub months: Period,
    /// One for all, or one for each place.
    pub of: &'a [Counted],
}

impl<'a> Counting<'a> {
    /// What the count at a place counts, of so many.
    ///
    /// # Errors
    /// Where the finding names other places.
    pub fn at(&self, place: usize, of: usize) -> Result<&'a Counted, Unclear> {
        match self.of {
            [one] => Ok(one),
            each if each.len() == of => each.get(place).ok_or(Unclear),
            _ => Err(Unclear),
        }
    }
}

/// The counts of a body in order, and sums over them: of each the last is the sum of the others.
#[derive(Default)]
pub struct Shown {
    /// The counts.
    pub counts: Vec<(Events, Cell<u64>)>,
    /// Positions in them.
    pub sums: Vec<Vec<usize>>,
    /// Names that stand beside the first of them: each must be that of the category that is counted.
    pub names: Vec<String>,
}

/// The lengths of a body disagree, or nothing says what it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unclear;

/// A sum of people that a reader sees: the last is the sum of the others.
pub struct SumOfPeople {
    /// Sums of one number share the counts of a place.
    pub number: usize,
    /// Places, and the counts there.
    pub cells: Vec<(usize, Cell<u64>)>,
    /// Whether they add up at all: what stands alone is bounded by itself.
    pub adds_up: bool,
}

impl SumOfPeople {
    /// Counts at places, those that do not apply left out: one alone is no sum.
    pub fn of(number: usize, cells: impl Iterator<Item = Cell<u64>>) -> Self {
        let cells: Vec<(usize, Cell<u64>)> = cells.enumerate().filter(|(_, cell)| *cell != Cell::NotApplicable).collect();
        Self { number, adds_up: cells.len() > 1, cells }
    }
}

impl Shown {
    /// A shape that shows no count of events, or of which they are tried in another way.
    pub fn none() -> Self {
        Self::default()
    }

    /// A count; its position.
    pub fn push(&mut self, at: At, months: Period, of: &Counted, count: Cell<u64>) -> usize {
        self.counts.push((Events { at, first: months.first, last: months.last, of: of.clone() }, count));
        self.counts.len() - 1
    }

    /// Areas, what has no known area, and all of them.
    pub fn column(
        &mut self,
        rows: impl Iterator<Item = (AreaCode, Cell<u64>)>,
        unlocated: Cell<u64>,
        total: Cell<u64>,
        months: Period,
        of: &Counted,
    ) {
        let mut sum: Vec<usize> = rows.map(|(code, n)| self.push(At::In(code), months, of, n)).collect();
        sum.push(self.push(At::NotKnown, months, of, unlocated));
        sum.push(self.push(At::Anywhere, months, of, total));
        self.sums.push(sum);
    }

    /// One such column, and nothing else.
    ///
    /// # Errors
    /// Where nothing says what it counts.
    pub fn of_areas(
        rows: impl Iterator<Item = (AreaCode, Cell<u64>)>,
        unlocated: Cell<u64>,
        total: Cell<u64>,
        counting: &Counting,
    ) -> Result<Self, Unclear> {
        let mut shown = Self::default();
        shown.column(rows, unlocated, total, counting.months, counting.at(0, 1)?);
        Ok(shown)
    }
}
