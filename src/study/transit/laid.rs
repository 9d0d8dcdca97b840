//! The days that are looked at, laid out for searches: the week, and bank holidays after it.

use chrono::NaiveDate;

use crate::spatial::{Day, Laying, Timetable};

/// Days laid out; many dates are alike.
#[derive(Debug)]
pub(super) struct Laid {
    /// The day of each date among `days`.
    pub of: Vec<usize>,
    /// Days, each with the same one run backwards.
    pub days: Vec<OneDay>,
}

/// A day, forwards and backwards.
#[derive(Debug)]
pub(super) struct OneDay {
    pub on: Day,
    pub back: Day,
}

impl Laid {
    pub fn of(table: &Timetable, dates: &[NaiveDate], laying: Laying) -> Self {
        let (mut days, mut of) = (Vec::<Day>::new(), Vec::with_capacity(dates.len()));
        for date in dates {
            let day = Day::of(table, *date, laying);
            let alike = days.iter().position(|d| *d == day);
            of.push(alike.unwrap_or(days.len()));
            if alike.is_none() {
                days.push(day);
            }
        }
        Self { of, days: days.into_iter().map(|on| OneDay { back: on.reversed(), on }).collect() }
    }
}
