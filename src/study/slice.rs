//! Which events a count counts: the release links counts of the same events by it.

use super::dataset::Select;
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

/// Events whose facets pass a test. Two groups of one name are the same group.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its name, the same from release to release.
    pub name: &'static str,
    /// The test.
    pub keeps: fn(Facets) -> bool,
}

/// The groups that analyses tell counts by; the ledger of releases names them.
pub const GROUPS: &[Group] = &[
    Group { name: "day", keeps: |f| f.time() == TimeBand::Day },
    Group { name: "night", keeps: |f| f.time() == TimeBand::Night },
    Group { name: "time not known", keeps: |f| f.time() == TimeBand::Unknown },
];

impl Group {
    /// Whether it takes in events of a facet byte.
    pub fn takes(&self, bits: u8) -> bool {
        (self.keeps)(Facets::from_bits(bits))
    }
}

impl PartialEq for Group {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Group {}

impl std::hash::Hash for Group {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl PartialOrd for Group {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Group {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name.cmp(other.name)
    }
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
