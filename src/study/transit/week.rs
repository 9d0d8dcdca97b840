//! Who can come and be home again, hour by hour of an ordinary week.

use rayon::prelude::*;

use super::{DayOf, Door, Transit};
use crate::spatial::StepFree;
use crate::units::WeekHours;

/// Steps of five minutes in an hour.
pub const SLOTS: usize = 12;
const STEP_S: i32 = 300;
const HOURS: usize = 24;
/// Most steps of an hour: who can come in so many of them can come in it.
const MOST: u32 = SLOTS as u32 / 2;

/// For each door, day, hour and area: in which steps of the hour people can arrive and be home again, a bit for each.
#[derive(Clone, Debug)]
pub struct Week {
    areas: usize,
    /// The day of each date: many are alike.
    of: Vec<usize>,
    bits: Vec<Vec<u16>>,
}

/// An hour of a day that is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hour {
    /// 0 for Monday; from [`WEEK`] on bank holidays.
    pub day: usize,
    /// 0 to 23.
    pub hour: usize,
}

/// Days of a week: those with a higher number are bank holidays.
pub const WEEK: usize = 7;

impl Hour {
    /// Those of a week, from Monday midnight on.
    pub fn all() -> impl Iterator<Item = Hour> {
        Self::of_days(WEEK)
    }

    /// Those of so many days.
    pub fn of_days(days: usize) -> impl Iterator<Item = Hour> {
        (0..days * HOURS).map(|i| Hour { day: i / HOURS, hour: i % HOURS })
    }

    /// Its number among all.
    pub fn at(self) -> usize {
        self.day * HOURS + self.hour
    }

    /// In which steps of an hour of the week a service is open long enough for a visit, a bit for each.
    pub fn open(self, hours: &WeekHours, visit_minutes: u16) -> u16 {
        const MINUTES: u32 = 7 * 24 * 60;
        // A visit may go on past Sunday midnight.
        let overlap =
            |from: u32, to: u32| hours.overlap(from as u16, to.min(MINUTES) as u16) + hours.overlap(0, to.saturating_sub(MINUTES) as u16);
        steps_open(self.at() as u32, visit_minutes, overlap)
    }

    /// The same of a bank holiday, from the minutes in which it is open on it and the day after.
    pub fn open_on(self, stretches: &[(u32, u32)], visit_minutes: u16) -> u16 {
        let overlap = |from: u32, to: u32| stretches.iter().map(|(a, b)| (*b).min(to).saturating_sub((*a).max(from))).sum();
        steps_open(self.hour as u32, visit_minutes, overlap)
    }

    /// Whether bits hold in most of the hour.
    pub fn mostly(bits: u16) -> bool {
        bits.count_ones() >= MOST
    }
}

/// Steps of an hour in which a visit fits into what is open; `overlap` gives the minutes open between two.
fn steps_open(hour: u32, visit_minutes: u16, overlap: impl Fn(u32, u32) -> u32) -> u16 {
    let fits = |slot: &u32| {
        let from = hour * 60 + slot * 5;
        let to = from + u32::from(visit_minutes.max(1));
        overlap(from, to) == to - from
    };
    (0..SLOTS as u32).filter(fits).fold(0, |bits, slot| bits | 1 << slot)
}

impl Week {
    pub(super) fn of(transit: &Transit, steps: StepFree) -> Self {
        let laid = transit.laid(steps);
        let areas = transit.own;
        let bits = transit.doors.par_iter().map(|door| {
            let mut bits = vec![0_u16; laid.days.len() * HOURS * areas];
            for (day, bits) in laid.days.iter().zip(bits.chunks_mut((HOURS * areas).max(1))) {
                one_day(transit, door, DayOf(day), bits);
            }
            bits
        });
        Self { areas, of: laid.of.clone(), bits: bits.collect() }
    }

    /// The steps of an hour in which people of an area can be at a door and home again, each within the minutes of the settings.
    pub fn steps(&self, door: usize, hour: Hour, area: usize) -> u16 {
        self.bits[door][(self.of[hour.day] * HOURS + hour.hour) * self.areas + area]
    }
}

/// There by each step of the day, and home after a visit.
fn one_day(transit: &Transit, door: &Door, day: DayOf, bits: &mut [u16]) {
    let settings = &transit.settings;
    let (visit_s, each_way_s) = ((settings.visit_minutes * 60.0) as i32, (settings.each_way_minutes * 60.0) as i32);
    let at: Vec<i32> = (0..(HOURS * SLOTS) as i32).map(|i| i * STEP_S).collect();
    let leave = transit.leave_for(door, day, &at, settings.each_way_minutes);
    let go: Vec<i32> = at.iter().rev().map(|t| t + visit_s).collect();
    let home = transit.home_from(door, day, &go, settings.each_way_minutes);
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
        let minutes = 24 * 60;
        // Tuesday 18:30 to 20:30, and Sunday 23:00 to Monday 01:00.
        let hours = WeekHours::new(vec![(minutes + 18 * 60 + 30, minutes + 20 * 60 + 30), (6 * minutes + 23 * 60, 60)]);
        let open = |day, hour| Hour { day, hour }.open(&hours, 60).count_ones();
        assert_eq!([17, 18, 19, 20].map(|h| open(1, h)), [0, 6, 7, 0]);
        assert_eq!((open(6, 22), open(6, 23), open(0, 0)), (0, 12, 1));
        // On a bank holiday from 10 to 12, and from 23:00 to 01:00 on the day after.
        let on = |hour| Hour { day: 9, hour }.open_on(&[(600, 720), (1380, 1500)], 60).count_ones();
        assert_eq!([9, 10, 11, 22, 23].map(on), [0, 12, 1, 0, 12]);
        assert!(Hour::mostly(0b11_1111) && !Hour::mostly(0b1_1111));
    }
}
