//! What a tier lets be told of a source at all, whatever its size.

use crate::model::{Floor, Floors, Tier};
use crate::study::{Dataset, Slice, SliceArea, Study};
use crate::units::Geography;
use crate::vocabulary::Harms;

/// Fewer months than this are one of the ways of breaking a count down.
pub(super) const WHOLE_YEAR_MONTHS: usize = 12;

/// The limits of a tier for one source.
pub(super) struct Limits<'a> {
    study: &'a Study,
    dataset: &'a Dataset,
    most_dimensions: usize,
    floors: Floors,
    /// Of each raw category.
    of_raw: Vec<Floor>,
}

impl<'a> Limits<'a> {
    pub fn new(study: &'a Study, dataset: &'a Dataset, tier: Tier) -> Self {
        let floors = tier.floors();
        let of_raw = dataset.raw.iter().map(|c| floors.of(&c.harms)).collect();
        Self { study, dataset, most_dimensions: tier.row().most_dimensions, floors, of_raw }
    }

    /// Whether a slice may be told.
    ///
    /// Of several categories together the loosest floor counts: what they tell of one of them is what they tell of all.
    pub fn allow(&self, slice: &Slice) -> bool {
        let in_area = matches!(slice.area, SliceArea::Area(_));
        let level = in_area.then_some(self.study.about.geography);
        let part = !slice.categories.is_empty() && slice.categories.len() < self.dataset.categories.len();
        let raw = self.dataset.raw_of(&slice.categories);
        self.allow_dimensions(in_area, slice.months.len(), part, slice.group.is_some())
            && (raw.is_empty() || raw.iter().any(|c| self.of_raw[*c as usize].allows(level, slice.months.len())))
    }

    /// Whether parts of a slice may be told that no slice knows: it itself may, and one way more.
    pub fn allow_parts_of(&self, slice: &Slice) -> bool {
        let in_area = matches!(slice.area, SliceArea::Area(_));
        let part = !slice.categories.is_empty() && slice.categories.len() < self.dataset.categories.len();
        self.allow(slice) && self.allow_dimensions(in_area, slice.months.len(), part, true)
    }

    /// Whether a count may be broken down in so many ways.
    pub fn allow_dimensions(&self, in_area: bool, months: usize, part_of_categories: bool, of_a_group: bool) -> bool {
        let ways = [in_area, months < WHOLE_YEAR_MONTHS, part_of_categories, of_a_group];
        ways.into_iter().filter(|w| *w).count() <= self.most_dimensions
    }

    /// What harms a category is about: of the data, or of an earlier pack alone.
    pub fn harms_of(&self, label: &str) -> Harms {
        let raw = self.dataset.raw.iter().find(|c| c.name == label);
        raw.map_or_else(|| self.dataset.harms_of(label), |c| c.harms.clone())
    }

    /// The floor of harms.
    pub fn floor_of(&self, harms: &Harms) -> Floor {
        self.floors.of(harms)
    }

    /// The level that areas of the study are shown at.
    pub fn geography(&self) -> Geography {
        self.study.about.geography
    }
}
