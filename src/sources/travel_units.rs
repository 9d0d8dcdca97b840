//! In what a table of travel times gives its times: as its heading says, as each time says itself, or in minutes.

use std::collections::BTreeSet;

use super::read_value::{Said, is_nines, with_unit};
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::Sensitivity;

/// What the unit of a heading is in minutes; `None` where it names none. Of `Min time (s)` the one in brackets, of `min_duration_seconds` the one
/// that is written out: `min` may be the least of several.
fn of_heading(heading: &str) -> Option<f64> {
    let lower = heading.to_lowercase();
    let units = |text: &str| -> Vec<(usize, f64)> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|word| Some((word.len(), factor(word).flatten()?))).collect()
    };
    // A unit that is written out says most, then one in brackets, then the last: `min_time_s` are seconds, the least of several.
    let all = units(&lower);
    let written_out = all.iter().rev().find(|(letters, _)| *letters > 4).copied();
    let bracketed = || lower.split_once(['(', '[']).and_then(|(_, rest)| units(rest).first().copied());
    written_out.or_else(bracketed).or_else(|| all.last().copied()).map(|(_, minutes)| minutes)
}

/// What a unit is in minutes: `Some(None)` where none is written.
fn factor(unit: &str) -> Option<Option<f64>> {
    Some(match unit {
        "" => None,
        "m" | "min" | "mins" | "minute" | "minutes" => Some(1.0),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1.0 / 60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(60.0),
        _ => return None,
    })
}

/// A table of many times none of which is longer than this, in minutes, is in another unit than it says.
const LONGEST_IN_SECONDS: f64 = 2.0;
/// No journey in this country is longer, in minutes: 99,999 stands for a search that found no way.
const LONGEST_JOURNEY: f64 = 1440.0;
/// From so many minutes on nines alone stand for no way: 999. As seconds they are a quarter of an hour, which is a time.
const NINES_FROM: f64 = 900.0;
/// So few times may all be short.
const FEW_TIMES: u64 = 20;

/// How the times of one table are read, and what was seen of them.
pub(super) struct Times {
    factor: f64,
    seen: u64,
    longest: f64,
    /// How many were written as on a clock.
    by_clock: u64,
    /// Times longer than a day, but nines: of routers one number stands for no way, and two or more are times in another unit.
    over_a_day: BTreeSet<u64>,
}

impl Times {
    /// By the setting and the heading. `None`, with the problem reported, where they say different things.
    pub fn of(heading: &str, seconds: bool, file: &str, sensitivity: Sensitivity, problems: &mut Problems) -> Option<Self> {
        let place = || Place::file(file);
        let by_setting = if seconds { 1.0 / 60.0 } else { 1.0 };
        let factor = match of_heading(heading) {
            Some(minute) if seconds && (minute == 1.0 || minute == 60.0) => {
                let what = format!(
                    "the plan says that the times are in seconds, and their heading {} something else",
                    quote(heading, sensitivity)
                );
                problems.error(Code::R104, place(), what, "Take `seconds` out of the plan, or give the column the heading of its unit.");
                return None;
            }
            Some(other) if other != by_setting => {
                let unit = if other < 1.0 { "seconds" } else { "hours" };
                let what = format!("the times are in {unit} by the heading {}, and were made minutes", quote(heading, sensitivity));
                problems.warn(Code::R104, place(), what, "Nothing has to be done. Compare one time with a journey planner.");
                other
            }
            _ => by_setting,
        };
        Some(Self { factor, seen: 0, longest: 0.0, by_clock: 0, over_a_day: BTreeSet::new() })
    }

    /// A number without a unit, in minutes; infinite where it stands for no way.
    pub fn number(&mut self, time: f64) -> f64 {
        let minutes = self.or_no_way(time, time * self.factor);
        if minutes.is_finite() {
            self.seen += 1;
            self.longest = self.longest.max(minutes);
        }
        minutes
    }

    /// Minutes as they are written, or no way.
    fn or_no_way(&mut self, written: f64, minutes: f64) -> f64 {
        if is_nines(written) && minutes >= NINES_FROM {
            return f64::INFINITY;
        }
        if minutes <= LONGEST_JOURNEY {
            return minutes;
        }
        if self.over_a_day.len() < 2 {
            self.over_a_day.insert(written.to_bits());
        }
        f64::INFINITY
    }

    /// A time as a cell of a text has it: a number, one with its unit, or hours, minutes and seconds with colons.
    pub fn text(&mut self, text: &str) -> Said<f64> {
        if let Some(minutes) = of_clock(text) {
            self.by_clock += 1;
            return Said::Value(self.or_no_way(minutes, minutes));
        }
        with_unit(text).and_then(|(time, unit)| match factor(&unit) {
            _ if time < 0.0 => Said::Unreadable,
            Some(None) => Said::Value(self.number(time)),
            Some(Some(factor)) => Said::Value(self.or_no_way(time, time * factor)),
            None => Said::Unreadable,
        })
    }

    /// Whether the table can be used. Times that are all below a minute are hours, or parts of a day as a spreadsheet keeps them.
    pub fn tell(&self, file: &str, problems: &mut Problems) -> bool {
        if self.by_clock > 0 {
            let what = format!("{} times are written as hours, minutes and seconds, and were made minutes", self.by_clock);
            problems.warn(Code::R104, Place::file(file), what, "Nothing has to be done. Compare one time with a journey planner.");
        }
        // Seconds may be few; minutes and hours that are all below a minute are something else.
        let too_short =
            self.longest > 0.0 && (self.longest < 1.0 && self.factor >= 1.0 || self.longest < LONGEST_IN_SECONDS && self.seen > FEW_TIMES);
        if too_short {
            let minutes = if self.longest < 1.0 { "a minute" } else { "two minutes" };
            let what = format!("none of {} travel times is as long as {minutes}", self.seen);
            let next = "Give the times in minutes. Times of a spreadsheet are parts of a day (times 1,440), hours are to be multiplied by 60; or say the unit in the heading, such as `hours`.";
            problems.error(Code::R104, Place::file(file), what, next);
        }
        // As minutes, what is a quarter of an hour in seconds is a day and more.
        let too_long = self.over_a_day.len() > 1;
        if too_long {
            let what = "several travel times are longer than a day";
            let next = "Say the unit in the heading, such as `seconds`, or `seconds = true` in the plan. Where a number stands for no way, write one and the same everywhere, or leave the time empty.";
            problems.error(Code::R104, Place::file(file), what, next);
        }
        !too_short && !too_long
    }
}

/// Minutes of `0:10:30`. Two numbers, `10:30`, may be minutes or hours: nobody knows.
fn of_clock(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let [h, m, s] = parts[..] else { return None };
    let digits =
        |t: &str| (!t.is_empty() && t.len() <= 3 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<f64>().ok()).flatten();
    let seconds =
        s.parse::<f64>().ok().filter(|n| n.is_finite() && (0.0..60.0).contains(n) && s.starts_with(|c: char| c.is_ascii_digit()))?;
    let (hours, minutes) = (digits(h)?, digits(m).filter(|n| *n < 60.0)?);
    Some(hours * 60.0 + minutes + seconds / 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_journey_takes_stands_for_no_way() {
        let none = |heading: &str, time: f64| {
            let mut problems = Problems::default();
            let mut times = Times::of(heading, false, "a.csv", Sensitivity::Open, &mut problems).unwrap();
            times.number(time).is_infinite()
        };
        assert!(none("minutes", 999.0) && none("minutes", 9999.0) && none("minutes", 1_000_000.0) && none("seconds", 99_999.0));
        assert!(!none("minutes", 99.0) && !none("minutes", 990.0) && !none("seconds", 999.0) && !none("seconds", 9999.0));
    }

    #[test]
    fn seconds_that_are_said_to_be_minutes_are_refused_and_one_number_for_no_way_is_not() {
        let refused = |texts: &[&str]| {
            let mut problems = Problems::default();
            let mut times = Times::of("time", false, "a.csv", Sensitivity::Open, &mut problems).unwrap();
            for text in texts {
                let _ = times.text(text);
            }
            !times.tell("a.csv", &mut problems)
        };
        assert!(refused(&["900", "1500", "2400", "3100"]));
        assert!(!refused(&["12", "35", "10000", "10000"]) && !refused(&["12", "99999", "999999", "10000"]));
        // By whichever form it is written.
        let mut problems = Problems::default();
        let mut times = Times::of("time", false, "a.csv", Sensitivity::Open, &mut problems).unwrap();
        for text in ["999 min", "999", "30:00:00"] {
            assert_eq!(times.text(text), Said::Value(f64::INFINITY), "{text}");
        }
    }

    #[test]
    fn units_of_headings_and_times_of_clocks() {
        let heading = |h| of_heading(h).map(|f| (f * 60.0) as i32);
        assert_eq!((heading("travel_time_seconds"), heading("duration_s"), heading("Time (hours)")), (Some(1), Some(1), Some(3600)));
        assert_eq!((heading("minutes"), heading("travel_time_p50"), heading("mins")), (Some(60), None, Some(60)));
        assert_eq!(
            (heading("min_time_s"), heading("Minutes (Monday, 9 h)"), heading("Duration [seconds], 8 h")),
            (Some(1), Some(60), Some(1))
        );
        assert_eq!((heading("Min time (s)"), heading("min_duration_seconds"), heading("time [h]")), (Some(1), Some(1), Some(3600)));
        assert_eq!((of_clock("00:10:30"), of_clock("1:00:00"), of_clock("10:30"), of_clock("a:b:c")), (Some(10.5), Some(60.0), None, None));
    }
}
