//! Stamps of programs, which tell the time of the world: in summer a clock on the wall is an hour later, and of the last hour of a day the day is the next.

use chrono::{Datelike, NaiveDate};

/// The day and the time of a stamp in small letters, `2024-02-17t18:00`, `2024-02-17 18:00:00+00:00`, `17/02/2024 18:00:00z`: what follows the time may be its zone.
fn day_and_time(lower: &str) -> Option<(NaiveDate, &str)> {
    let (day, time) = lower.split_once(['t', ' ']).filter(|(day, _)| day.len() == 10)?;
    let read = NaiveDate::parse_from_str(day, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(day, "%d/%m/%Y"));
    Some((read.ok()?, time))
}

/// Whether a text in small letters is such a stamp.
pub(in crate::sources) fn has_day_and_time(lower: &str) -> bool {
    day_and_time(lower).is_some()
}

/// Whether a stamp in small letters says that it is of the world's clock.
fn is_of_the_world(stamp: &str) -> bool {
    ["z", "+00:00", "+0000", "+00", " utc", " gmt"].iter().any(|end| stamp.ends_with(end))
}

/// Whether a stamp in small letters is of the world's clock, and an hour before that on the wall.
pub(in crate::sources) fn is_an_hour_early(stamp: &str, hour: u8) -> bool {
    is_of_the_world(stamp) && day_and_time(stamp).is_some_and(|(day, time)| time.contains(':') && is_british_summer(day, hour))
}

/// The day on the wall of a stamp in small letters that is of the last hour of another in summer.
pub(super) fn next_day(stamp: &str) -> Option<NaiveDate> {
    let (day, time) = is_of_the_world(stamp).then(|| day_and_time(stamp))??;
    (time.starts_with("23:") && is_british_summer(day, 23)).then(|| day.succ_opt())?
}

/// Whether a time of the world falls into British summer time: from one in the morning of the last Sunday of March to that of October.
fn is_british_summer(day: NaiveDate, hour: u8) -> bool {
    let last_sunday = |month| {
        let end = NaiveDate::from_ymd_opt(day.year(), month, 31)?;
        end.checked_sub_days(chrono::Days::new(u64::from(end.weekday().num_days_from_sunday())))
    };
    let (Some(from), Some(to)) = (last_sunday(3), last_sunday(10)) else { return false };
    (day > from || day == from && hour >= 1) && (day < to || day == to && hour < 1)
}
