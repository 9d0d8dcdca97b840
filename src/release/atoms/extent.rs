//! What a cell takes in: values of areas, months, categories, days and times.

use super::Place;
use crate::disclosure::DIMENSIONS;
use crate::model::{Days, Group};
use crate::units::BANDS;

/// The values of each dimension that a cell takes in, ascending.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::release) struct Extent {
    pub areas: Vec<u32>,
    pub months: Vec<u32>,
    pub categories: Vec<u32>,
    /// Days of the week, 0 for Monday, [`NO_DAY`] for events whose day is not known.
    pub days: Vec<u32>,
    /// Three hours of the clock, [`NO_BAND`] for events whose time is not known.
    pub bands: Vec<u32>,
}

/// The day of events whose day is not known.
pub(super) const NO_DAY: u32 = 7;
/// The time of events whose time is not known.
pub(super) const NO_BAND: u32 = BANDS as u32;
/// The first bands of the day and of the evening: 06:00 and 18:00.
const DAYTIME: std::ops::Range<u32> = 2..6;

impl Extent {
    /// Whether it takes in every day and time.
    pub fn is_any_time(&self) -> bool {
        self.days.len() > NO_DAY as usize && self.bands.len() > NO_BAND as usize
    }

    pub(super) fn along(&self, dimension: usize) -> &[u32] {
        [&self.areas, &self.months, &self.categories, &self.days, &self.bands][dimension]
    }

    pub(super) fn holds(&self, place: &Place) -> bool {
        self.areas.binary_search(&place[0]).is_ok() && self.holds_but_area(place)
    }

    pub(super) fn holds_but_area(&self, place: &Place) -> bool {
        (1..DIMENSIONS).all(|d| self.along(d).binary_search(&place[d]).is_ok())
    }
}

/// The days and times of the events of a group, among which those are whose day or time is not known.
pub(super) fn times_of(group: Option<Group>) -> (Vec<u32>, Vec<u32>) {
    let all = || (0..=NO_DAY).collect();
    match group {
        None => (all(), (0..=NO_BAND).collect()),
        Some(Group::Day) => (all(), DAYTIME.collect()),
        Some(Group::Night) => (all(), (0..NO_BAND).filter(|b| !DAYTIME.contains(b)).collect()),
        Some(Group::TimeNotKnown) => (all(), vec![NO_BAND]),
        Some(Group::When { days, band }) => {
            let days = days
                .map_or_else(all, |d| if d == Days::NotKnown { vec![NO_DAY] } else { d.weekdays().into_iter().map(u32::from).collect() });
            (days, band.map_or_else(|| (0..NO_BAND).collect(), |b| vec![u32::from(b)]))
        }
    }
}
