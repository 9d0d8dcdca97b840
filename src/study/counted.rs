//! Counts of events by area, month or category, and what of them the source does not tell.

use super::untold::Untold;

/// Counts by area, as far as the source covers it.
#[derive(Clone, PartialEq, Debug)]
pub struct CountedAreas {
    /// One for each area; `None` where the source does not cover it, which is not zero.
    pub by: Vec<Option<u64>>,
    /// Events without a known area.
    pub unlocated: u64,
    /// All events; `None` where part of the study is not covered, or not told.
    pub total: Option<u64>,
    /// For each area, and last for events without one, what the source does not tell of it, where it covers it.
    pub untold: Vec<Option<Untold>>,
}

impl CountedAreas {
    /// Each area, then the events without a known area; `None` where the area is not covered, or a part of the count is not told.
    pub fn cells(&self) -> Vec<Option<u64>> {
        let counts = self.by.iter().copied().chain([Some(self.unlocated)]).enumerate();
        counts.map(|(i, n)| n.filter(|_| self.untold.get(i).is_none_or(Option::is_none))).collect()
    }

    /// Which of the cells whoever published them keeps back.
    pub fn kept_back(&self) -> Vec<bool> {
        self.untold.iter().map(|u| u.is_some_and(|u| u.suppressed)).collect()
    }

    /// What is not told of each cell, beside the number that is.
    pub fn untold_beside(&self) -> Vec<Option<(Untold, u64)>> {
        let counts = self.by.iter().copied().chain([Some(self.unlocated)]);
        self.untold.iter().zip(counts).map(|(u, n)| u.map(|u| (u, n.unwrap_or(0)))).collect()
    }
}

/// Counts along one dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted {
    /// One for each area, month or category.
    pub by: Vec<u64>,
    /// Events without a known area, where the dimension is areas.
    pub unlocated: u64,
    /// For each area, and last for events without one, what the source does not tell of it.
    pub untold: Vec<Option<Untold>>,
}

impl Counted {
    /// Each area, then the events without a known area; `None` where a part of the count is not told.
    pub fn cells(&self) -> Vec<Option<u64>> {
        let counts = self.by.iter().copied().chain([self.unlocated]).enumerate();
        counts.map(|(i, n)| Some(n).filter(|_| self.untold.get(i).is_none_or(Option::is_none))).collect()
    }

    /// Which of the cells whoever published them keeps back.
    pub fn kept_back(&self) -> Vec<bool> {
        self.untold.iter().map(|u| u.is_some_and(|u| u.suppressed)).collect()
    }
}
