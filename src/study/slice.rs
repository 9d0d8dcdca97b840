//! Which events a count counts: the release links counts of the same events by it.

use super::dataset::Select;
use crate::model::{Days, Group};
use crate::sources::{Facets, TimeBand};
use crate::units::Period;

/// The events of one source in an area, some months, some categories and a group.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Slice {
    /// Position of the source in the plan.
    pub source: usize,
    /// Where.
    pub area: SliceArea,
    /// When.
    pub months: Period,
    /// Positions of the categories, ascending; all where empty.
    pub categories: Vec<u32>,
    /// Which of them; all without it.
    pub group: Option<Group>,
}

/// Where the events of a slice are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum SliceArea {
    /// Anywhere in the partnership, known or not.
    Whole,
    /// In the area of this position.
    Area(u32),
    /// In the partnership, and not known where.
    Unlocated,
}

impl Slice {
    /// The events that a selection counts in an area.
    pub fn of(source: usize, select: &Select, whole: Period, area: SliceArea) -> Self {
        let mut categories = select.categories.clone();
        categories.sort_unstable();
        Self { source, area, months: select.period.unwrap_or(whole), categories, group: select.group }
    }

    /// The same events of one category.
    pub fn of_category(&self, category: u32) -> Self {
        Self { categories: vec![category], ..self.clone() }
    }

    /// The same in another area.
    pub fn in_area(&self, area: SliceArea) -> Self {
        Self { area, ..self.clone() }
    }

    /// The same in other months.
    pub fn in_months(&self, months: Period) -> Self {
        Self { months, ..self.clone() }
    }
}

/// Whether a group takes in events of these facets.
pub fn takes(group: Group, facets: Facets) -> bool {
    match group {
        Group::Day => facets.time() == TimeBand::Day,
        Group::Night => facets.time() == TimeBand::Night,
        Group::TimeNotKnown => facets.time() == TimeBand::Unknown,
        Group::When { days, band } => facets.when().is_some_and(|w| {
            let day = days.is_none_or(|d| w.weekday.map_or(d == Days::NotKnown, |day| d.weekdays().contains(&day)));
            day && band.is_none_or(|b| w.band == b)
        }),
    }
}
