//! Who can come and be home again, hour by hour of an ordinary week.

use rayon::prelude::*;

use super::{Door, Transit};
use crate::units::WeekHours;

/// Steps of five minutes in an hour.
pub const SLOTS: usize = 12;
const STEP_S: i32 = 300;
const HOURS: usize = 24;
/// Most steps of an hour: who can come in so many of them can come in it.
const MOST: u32 = SLOTS as u32 / 2;

/// For each door, weekday, hour and area: in which steps of the hour people can arrive and be home again, a bit for each.
#[derive(Clone, Debug)]
pub struct Week {
    areas: usize,
    bits: Vec<Vec<u16>>,
}

/// An hour of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hour {
    /// 0 for Monday.
    pub weekday: usize,
    /// 0 to 23.
    pub hour: usize,
}

impl Hour {
    /// Those of a week, from Monday midnight on.
    pub fn all() -> impl Iterator<Item = Hour> {
        (0..7 * HOURS).map(|i| Hour { weekday: i / HOURS, hour: i % HOURS })
    }

    fn at(self) -> usize {
        self.weekday * HOURS + self.hour
    }

    /// In which steps of the hour a service is open long enough for a visit, a bit for each.
    pub fn open(self, hours: &WeekHours, visit_minutes: u16) -> u16 {
        const WEEK: u32 = 7 * 24 * 60;
        (0..SLOTS as u32)
            .filter(|slot| {
                let from = self.at() as u32 * 60 + slot * 5;
                let to = from + u32::from(visit_minutes.max(1));
                // A visit may go on past Sunday midnight.
                let open = hours.overlap(from as u16, to.min(WEEK) as u16) + hours.overlap(0, to.saturating_sub(WEEK) as u16);
                open == to - from
            })
            .fold(0, |bits, slot| bits | 1 << slot)
    }

    /// Whether bits hold in most of the hour.
    pub fn mostly(bits: u16) -> bool {
        bits.count_ones() >= MOST
    }
}

impl Week {
    pub(super) fn of(transit: &Transit) -> Self {
        let days: Vec<usize> = (0..7).map(|d| (0..d).find(|e| transit.day_of[*e] == transit.day_of[d]).unwrap_or(d)).collect();
        let areas = transit.own;
        let bits = transit.doors.par_iter().map(|door| {
            let mut bits = vec![0_u16; 7 * HOURS * areas];
            for weekday in 0..7 {
                if days[weekday] < weekday {
                    // As on an earlier day of the week.
                    let (from, n) = (days[weekday] * HOURS * areas, HOURS * areas);
                    bits.copy_within(from..from + n, weekday * n);
                } else {
                    one_day(transit, door, weekday, &mut bits[weekday * HOURS * areas..][..HOURS * areas]);
                }
            }
            bits
        });
        Self { areas, bits: bits.collect() }
    }

    /// The steps of an hour in which people of an area can be at a door and home again, each within the minutes of the settings.
    pub fn steps(&self, door: usize, hour: Hour, area: usize) -> u16 {
        self.bits[door][hour.at() * self.areas + area]
    }
}

/// There by each step of the day, and home after a visit.
fn one_day(transit: &Transit, door: &Door, weekday: usize, bits: &mut [u16]) {
    let settings = &transit.settings;
    let (visit_s, each_way_s) = ((settings.visit_minutes * 60.0) as i32, (settings.each_way_minutes * 60.0) as i32);
    let at: Vec<i32> = (0..(HOURS * SLOTS) as i32).map(|i| i * STEP_S).collect();
    let leave = transit.leave_for(door, weekday, &at, settings.each_way_minutes);
    let go: Vec<i32> = at.iter().rev().map(|t| t + visit_s).collect();
    let home = transit.home_from(door, weekday, &go, settings.each_way_minutes);
    for (i, (leave, home)) in leave.iter().zip(home.iter().rev()).enumerate() {
        let (hour, slot) = (i / SLOTS, i % SLOTS);
        for area in 0..transit.own {
            let there = leave[area].is_some_and(|t| at[i] - t <= each_way_s);
            let back = home[area].is_some_and(|t| t - at[i] - visit_s <= each_way_s);
            if there && back {
                bits[hour * transit.own + area] |= 1 << slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_open_where_a_visit_ends_before_closing_time() {
        let day = 24 * 60;
        // Tuesday 18:30 to 20:30, and Sunday 23:00 to Monday 01:00.
        let hours = WeekHours::new(vec![(day + 18 * 60 + 30, day + 20 * 60 + 30), (6 * day + 23 * 60, 60)]);
        let open = |weekday, hour| Hour { weekday, hour }.open(&hours, 60).count_ones();
        assert_eq!([17, 18, 19, 20].map(|h| open(1, h)), [0, 6, 7, 0]);
        assert_eq!((open(6, 22), open(6, 23), open(0, 0)), (0, 12, 1));
        assert!(Hour::mostly(0b11_1111) && !Hour::mostly(0b1_1111));
    }
}
