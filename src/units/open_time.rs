//! When something is open over a stretch of real dates, and what share of weeks it is open at each time of the week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MINUTES_OF_WEEK, WeekHours};

const DAY: u32 = 24 * 60;

/// Minutes open over some days that follow each other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenDates {
    /// Weekday of the first day, 0 for Monday.
    first_weekday: u32,
    days: u32,
    /// Minutes from the first midnight, first included, last not, apart and ascending.
    stretches: Vec<(u32, u32)>,
}

impl OpenDates {
    /// From stretches in any order, cut at the ends of the days.
    pub fn new(first_weekday: u32, days: u32, mut stretches: Vec<(u32, u32)>) -> Self {
        let end = days.saturating_mul(DAY);
        stretches.iter_mut().for_each(|s| s.1 = s.1.min(end));
        stretches.retain(|s| s.0 < s.1);
        stretches.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(stretches.len());
        for (from, to) in stretches {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self { first_weekday: first_weekday % 7, days, stretches: merged }
    }

    /// Open in either; the days are those of the one that has more.
    pub fn or(&self, other: &Self) -> Self {
        let longer = if self.days >= other.days { self } else { other };
        Self::new(longer.first_weekday, longer.days, self.stretches.iter().chain(&other.stretches).copied().collect())
    }

    /// The share of weeks in which it is open at each time of the week.
    ///
    /// ```
    /// use gapmap::units::OpenDates;
    /// // Two weeks from a Monday, open on the first Monday from 10:00 to 12:00.
    /// let shares = OpenDates::new(0, 14, vec![(600, 720)]).shares();
    /// assert_eq!(shares.minutes_between(0, 1440), 60.0);
    /// assert_eq!(shares.ordinary().minutes(), 0);
    /// ```
    pub fn shares(&self) -> OpenShares {
        let week = usize::from(MINUTES_OF_WEEK);
        let mut steps = vec![0_i64; week + 1];
        for (from, to) in &self.stretches {
            let (mut at, end) = (*from, *to);
            // Day by day: each lies on one weekday.
            while at < end {
                let next = ((at / DAY + 1) * DAY).min(end);
                let midnight = ((self.first_weekday + at / DAY) % 7 * DAY) as usize;
                let minute = |m: u32| midnight + (m - at / DAY * DAY) as usize;
                steps[minute(at)] += 1;
                steps[minute(next)] -= 1;
                at = next;
            }
        }
        let of_weekday = |d: u32| (0..self.days).filter(|i| (self.first_weekday + i) % 7 == d).count();
        let days: Vec<usize> = (0..7).map(of_weekday).collect();
        let mut runs: Vec<(u16, u16, f64)> = Vec::new();
        let mut open = 0;
        for (minute, step) in steps.iter().take(week).enumerate() {
            open += step;
            let share = match days[minute / DAY as usize] {
                0 => 0.0,
                n => (open as f64 / n as f64 * 10_000.0).round() / 10_000.0,
            };
            match runs.last_mut() {
                Some(last) if last.2 == share => last.1 = minute as u16 + 1,
                _ => runs.push((minute as u16, minute as u16 + 1, share)),
            }
        }
        runs.retain(|r| r.2 > 0.0);
        OpenShares(runs)
    }
}

/// Times of the week with the share of weeks in which something is open then: apart, ascending, shares above 0.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct OpenShares(Vec<(u16, u16, f64)>);

impl OpenShares {
    /// The hours of an ordinary week: when it is open in more than half of all weeks.
    pub fn ordinary(&self) -> WeekHours {
        WeekHours::new(self.0.iter().filter(|r| r.2 > 0.5).map(|r| (r.0, r.1)).collect())
    }

    /// Minutes open in a week between two minutes of it, on average over the weeks.
    pub fn minutes_between(&self, from: u16, to: u16) -> f64 {
        self.0.iter().map(|(a, b, share)| f64::from((*b).min(to).saturating_sub((*a).max(from))) * share).sum()
    }

    /// Minutes open in those hours of each day, such as 18 to 6 for the night, in a week, on average over the weeks.
    ///
    /// ```
    /// use gapmap::units::OpenDates;
    /// // Two weeks from a Monday, open on the second Friday from 22:00 to 03:00: half of five hours.
    /// let friday = 11 * 1440;
    /// let shares = OpenDates::new(0, 14, vec![(friday + 1320, friday + 1620)]).shares();
    /// assert_eq!((shares.minutes_of_day(18, 6), shares.minutes_of_day(6, 18)), (150.0, 0.0));
    /// ```
    pub fn minutes_of_day(&self, from_hour: u16, to_hour: u16) -> f64 {
        let within = |hour: u16| {
            if from_hour < to_hour { (from_hour..to_hour).contains(&hour) } else { hour >= from_hour || hour < to_hour }
        };
        (0..7 * 24).filter(|h| within(h % 24)).map(|h| self.minutes_between(h * 60, h * 60 + 60)).sum()
    }

    /// Whether every week is as every other.
    pub fn is_every_week(&self) -> bool {
        self.0.iter().all(|r| r.2 == 1.0)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
