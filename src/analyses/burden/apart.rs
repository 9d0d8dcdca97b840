//! How many areas stand apart from the whole, beside how many would by chance.

use crate::analyses::hotspots::MOST_HIDDEN;
use crate::model::{AreaRate, Beyond, is_rare};
use crate::stats::counts::poisson_tail;
use crate::units::Cell;

/// How many areas lie above, or below, what areas of their size vary by; and of how many nobody knows.
#[derive(Clone, Copy)]
pub(super) struct Apart {
    pub above: usize,
    pub below: usize,
    pub hidden: usize,
    /// How many would lie outside if areas varied at random by as much as they do.
    pub by_chance: f64,
    /// Chance that as many do, or more.
    pub as_many_by_chance: f64,
}

impl Apart {
    /// Whether no more areas lie outside of the limits, on both sides, than chance [rarely](is_rare) puts there.
    pub fn as_chance(&self) -> bool {
        !is_rare(self.as_many_by_chance)
    }

    /// `None` where it cannot be told: without a rate of the whole, and where none stands out among few that are shown.
    pub fn of(rows: &[AreaRate], by_chance: f64) -> Option<Self> {
        let count = |side: Beyond| rows.iter().filter(|r| r.beyond == Some(side)).count();
        let hidden = rows.iter().filter(|r| matches!(r.rate, Cell::Withheld | Cell::Missing)).count();
        let (above, below) = (count(Beyond::Above), count(Beyond::Below));
        let told = Self { above, below, hidden, by_chance, as_many_by_chance: poisson_tail((above + below) as u64, by_chance) };
        let few = hidden as f64 > MOST_HIDDEN * rows.len() as f64;
        let known = rows.iter().any(|r| r.rate.known().is_some());
        (known && !(few && told.above + told.below == 0)).then_some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_areas_apart_than_chance_would_give_are_no_finding() {
        let apart = |above: usize, below: usize, by_chance: f64| Apart {
            above,
            below,
            hidden: 0,
            by_chance,
            as_many_by_chance: poisson_tail((above + below) as u64, by_chance),
        };
        assert!(apart(3, 4, 8.9).as_chance() && apart(10, 3, 8.9).as_chance() && !apart(9, 6, 8.9).as_chance());
        assert!(apart(0, 0, 0.0).as_chance() && !apart(1, 0, 0.0).as_chance());
        // All neighbourhoods of a country.
        assert!(apart(1_000, 1_110, 2_100.0).as_chance() && !apart(1_200, 1_000, 2_100.0).as_chance());
    }
}
