//! The hours of an ordinary week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hours in a band of the clock: no time is kept finer.
pub const BAND_HOURS: u8 = 3;
/// Bands in a day.
pub const BANDS: u8 = 24 / BAND_HOURS;

/// Minutes of a week, from Monday 00:00.
pub const MINUTES_OF_WEEK: u16 = 7 * 24 * 60;

/// When something is open in an ordinary week: stretches of minutes from Monday 00:00, first included, last not, apart and ascending.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct WeekHours(Vec<(u16, u16)>);

impl WeekHours {
    /// From stretches in any order; one that ends before it begins goes on past Sunday midnight into Monday, and overlapping ones become one.
    ///
    /// ```
    /// use gapmap::units::WeekHours;
    /// let day = 24 * 60;
    /// // Saturday 22:00 to Sunday 03:00, and Sunday 22:00 to Monday 03:00.
    /// let night = WeekHours::new(vec![(5 * day + 22 * 60, 6 * day + 3 * 60), (6 * day + 22 * 60, 3 * 60)]);
    /// assert!(night.open_at(60) && !night.open_at(12 * 60));
    /// assert_eq!(night.minutes(), 600);
    /// ```
    pub fn new(stretches: Vec<(u16, u16)>) -> Self {
        let mut parts: Vec<(u16, u16)> = Vec::new();
        for (from, to) in stretches {
            let (from, to) = (from.min(MINUTES_OF_WEEK), to.min(MINUTES_OF_WEEK));
            if from < to {
                parts.push((from, to));
            } else {
                parts.extend([(from, MINUTES_OF_WEEK), (0, to)].into_iter().filter(|(a, b)| a < b));
            }
        }
        parts.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::new();
        for (from, to) in parts {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// The whole week.
    pub fn always() -> Self {
        Self(vec![(0, MINUTES_OF_WEEK)])
    }

    /// Whether it is open at a minute of the week.
    pub fn open_at(&self, minute: u16) -> bool {
        self.0.iter().any(|(from, to)| (*from..*to).contains(&minute))
    }

    /// Minutes open in a week.
    pub fn minutes(&self) -> u32 {
        self.0.iter().map(|(from, to)| u32::from(to - from)).sum()
    }

    /// Minutes open in those hours of each day, such as 18 to 6 for the night.
    ///
    /// ```
    /// assert_eq!(gapmap::units::WeekHours::always().minutes_between(18, 6), 7 * 12 * 60);
    /// ```
    pub fn minutes_between(&self, from_hour: u16, to_hour: u16) -> u32 {
        let hours = (0..7 * 24).filter(|h| {
            let hour = h % 24;
            if from_hour < to_hour { (from_hour..to_hour).contains(&hour) } else { hour >= from_hour || hour < to_hour }
        });
        hours.map(|h| self.overlap(h * 60, h * 60 + 60)).sum()
    }

    /// Minutes open between two minutes of the week.
    pub fn overlap(&self, from: u16, to: u16) -> u32 {
        self.0.iter().map(|(a, b)| u32::from((*b).min(to).saturating_sub((*a).max(from)))).sum()
    }

    /// Open in either.
    pub fn or(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).copied().collect())
    }

    /// The stretches.
    pub fn stretches(&self) -> &[(u16, u16)] {
        &self.0
    }
}
