//! Opening hours as catalogues write them: OpenStreetMap's notation, and the schedules of Open Referral.

use chrono::{Days, NaiveDate};
use opening_hours::localization::Country;
use opening_hours::{Context, OpeningHours};

use crate::units::WeekHours;

/// A Monday of a week without a bank holiday, in term, in which every day counts as ordinary.
const ORDINARY_MONDAY: (i32, u32, u32) = (2026, 3, 2);
/// Three bank holidays of that year on weekdays.
const BANK_HOLIDAYS: [(u32, u32); 3] = [(4, 3), (5, 25), (12, 25)];
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// When a service is open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpeningTimes {
    /// An ordinary week.
    pub week: WeekHours,
    /// Whether it is open on bank holidays at noon; `None` where the record does not say.
    pub on_bank_holidays: Option<bool>,
}

/// Hours of an ordinary week from `Mo-Fr 09:00-17:00; PH off`, past midnight included; `None` for words that are no such notation.
///
/// Read by the `opening-hours` crate with the bank holidays of Great Britain. Words such as *by appointment* stay words.
pub(super) fn of_text(text: &str) -> Option<OpeningTimes> {
    let hours = text.parse::<OpeningHours>().ok()?.with_context(Context::default().with_holidays(Country::GB.holidays()));
    let (year, month, day) = ORDINARY_MONDAY;
    let start = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
    let end = start.checked_add_days(Days::new(7))?;
    let minute = |at: chrono::NaiveDateTime| u16::try_from((at - start).num_minutes()).ok();
    let open = hours.iter_range(start, end).filter(|r| r.kind == opening_hours::RuleKind::Open);
    let stretches: Option<Vec<(u16, u16)>> =
        open.map(|r| Some((minute(r.range.start.max(start))?, minute(r.range.end.min(end))?))).collect();
    let on = |(month, day): (u32, u32)| {
        let noon = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(12, 0, 0)?;
        Some(hours.is_open(noon))
    };
    Some(OpeningTimes {
        week: WeekHours::new(stretches?),
        on_bank_holidays: Some(BANK_HOLIDAYS.into_iter().filter_map(on).any(|open| open)),
    })
}

/// Hours of a schedule: `byday` such as `MO,TU` or `1MO` (the first Monday counts as every), `opens_at`, `closes_at`. `None` where a time is missing or no time.
///
/// A schedule that closes before it opens goes on past midnight; 00:00 to 00:00 is the whole day. Without days it is every day, as `freq` DAILY means.
pub(super) fn of_schedule(days: &str, opens: &str, closes: &str) -> Option<Vec<(u16, u16)>> {
    let (from, to) = (minute_of_day(opens)?, minute_of_day(closes)?);
    let named: Vec<usize> = days
        .split(',')
        .map(|d| d.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+').to_uppercase())
        .filter_map(|d| DAYS.iter().position(|k| d.starts_with(k)))
        .collect();
    let days: Vec<usize> = if days.trim().is_empty() { (0..7).collect() } else { named };
    let stretch = |d: usize| {
        let first = d as u16 * 1440 + from;
        let last = d as u16 * 1440 + if to > from { to } else { to + 1440 };
        (first, if last > 7 * 1440 { last - 7 * 1440 } else { last })
    };
    (!days.is_empty()).then(|| days.into_iter().map(stretch).collect())
}

/// `09:00`, `09:00:00`, `09:00Z` or `9:00+01:00` as minutes from midnight.
fn minute_of_day(text: &str) -> Option<u16> {
    let time = text.trim().split(['Z', '+']).next()?;
    let mut parts = time.split(':');
    let (hour, minute): (u16, u16) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (hour <= 24 && minute < 60).then_some((hour * 60 + minute).min(1440))
}

#[cfg(test)]
mod tests {
    use super::{of_schedule, of_text};
    use crate::units::WeekHours;

    const DAY: u16 = 1440;

    #[test]
    fn notation_of_openstreetmap_past_midnight_with_bank_holidays_and_words_that_are_none() {
        let week = |text: &str| of_text(text).map(|t| t.week);
        let office = week("Mo-Fr 09:00-17:00; PH off").unwrap();
        assert_eq!(of_text("Mo-Fr 09:00-17:00; PH off").unwrap().on_bank_holidays, Some(false));
        assert_eq!(of_text("24/7").unwrap().on_bank_holidays, Some(true));
        assert_eq!(office.minutes(), 5 * 8 * 60);
        assert_eq!(office.minutes_between(18, 6), 0);
        let late = week("Fr,Sa 22:00-03:00").unwrap();
        assert_eq!(late.stretches(), [(4 * DAY + 1320, 5 * DAY + 180), (5 * DAY + 1320, 6 * DAY + 180)]);
        assert_eq!(week("24/7"), Some(WeekHours::always()));
        // From Sunday night into Monday morning, as every week.
        assert!(week("Su 22:00-02:00").unwrap().open_at(60));
        for words in ["by appointment", "Mon-Fri 9-5", "ask", ""] {
            assert_eq!(of_text(words), None, "{words}");
        }
    }

    #[test]
    fn schedules_of_open_referral() {
        let hours = |d: &str, o: &str, c: &str| of_schedule(d, o, c).map(WeekHours::new);
        assert_eq!(hours("MO,WE", "09:00:00", "17:30:00").unwrap().minutes(), 2 * 510);
        assert_eq!(hours("SU", "22:00", "02:00Z").unwrap().stretches(), [(0, 120), (6 * DAY + 1320, 7 * DAY)]);
        assert_eq!(hours("", "00:00", "00:00"), Some(WeekHours::always()));
        assert_eq!(hours("1MO", "10:00", "12:00").unwrap().minutes(), 120);
        assert_eq!(hours("MO", "soon", "late"), None);
    }
}
