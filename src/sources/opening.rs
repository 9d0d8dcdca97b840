//! Opening hours as catalogues write them: OpenStreetMap's notation, and the schedules of Open Referral.
//!
//! A record says when a service is open in rules; the study lays them out over its months. What cannot be read is not known: never open on all
//! days, and never open at none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use opening_hours::localization::Country;
use opening_hours::{Context, ContextHolidays, OpeningHours, RuleKind};

use super::recurrence::{Recurrence, Rule};
use crate::units::{OpenDates, Period, WeekHours, bank_holidays, bank_holidays_in};

/// Bank holidays on weekdays, of a year in which nothing else is odd.
const BANK_HOLIDAYS: [(i32, u32, u32); 3] = [(2026, 4, 3), (2026, 5, 25), (2026, 12, 25)];
/// Those that all of Great Britain has, with those of England: Easter Monday and the last Monday of August are none in Scotland.
static HOLIDAYS: LazyLock<ContextHolidays> = LazyLock::new(|| {
    let mut public = Country::GB.holidays().get_public().clone();
    bank_holidays().iter().for_each(|day| {
        public.insert(*day);
    });
    ContextHolidays::new(public.into(), Default::default())
});
/// The months that hours are laid out over where a study has none of its own.
const ORDINARY_YEAR: i32 = 2026;
const DAY: u32 = 24 * 60;

/// When a service is open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpeningTimes {
    /// An ordinary week: what is open in more than half of the weeks laid out.
    pub week: WeekHours,
    /// Whether it is open on bank holidays at noon; `None` where the record does not say.
    pub on_bank_holidays: Option<bool>,
    /// When it is open over the months of the study.
    pub dates: OpenDates,
    /// When it is open on each bank holiday of these months and the day after, in minutes from the midnight at which it begins. One that is not here is
    /// one of which the record does not say.
    pub bank_holidays: BTreeMap<NaiveDate, Vec<(u32, u32)>>,
    rules: Vec<OpeningRule>,
}

/// A part of what a record says.
#[derive(Clone, PartialEq, Eq, Debug)]
enum OpeningRule {
    /// In OpenStreetMap's notation.
    Notation(String),
    /// On some days, from a minute of the day to another; one that is not after it is on the next day.
    Regular(Recurrence, Vec<(u32, u32)>),
}

impl OpeningTimes {
    /// Hours from `Mo-Fr 09:00-17:00; PH off`, past midnight included; `None` for words that are no such notation.
    ///
    /// Read by the `opening-hours` crate with the bank holidays of Great Britain. Words such as *by appointment* stay words.
    pub fn of_text(text: &str) -> Option<Self> {
        let hours = notation(text)?;
        let on = |(y, m, d): (i32, u32, u32)| Some(hours.is_open(NaiveDate::from_ymd_opt(y, m, d)?.and_hms_opt(12, 0, 0)?));
        let on_bank_holidays = Some(BANK_HOLIDAYS.into_iter().filter_map(on).any(|open| open));
        let times = Self { on_bank_holidays, rules: vec![OpeningRule::Notation(text.to_owned())], ..Self::default() };
        // In an ordinary year it must be known; that it is closed then is an answer, too.
        times.over(None)
    }

    /// Adds a schedule: its days, and when it opens and closes. `false`, with nothing added, where any of it cannot be read.
    pub(super) fn add_schedule(&mut self, rule: &Rule, opens: &str, closes: &str) -> bool {
        let read = Recurrence::read(rule).zip(hours_of_day(opens, closes));
        let Some((days, hours)) = read else { return false };
        self.rules.push(OpeningRule::Regular(days, hours));
        true
    }

    /// Adds what another says.
    pub(super) fn add(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.on_bank_holidays = self.on_bank_holidays.or(other.on_bank_holidays);
    }

    /// Laid out over the months of a study. `None` where nothing of it is in force in them, so that nobody knows the hours then.
    pub fn over(mut self, period: Option<Period>) -> Option<Self> {
        let (first, last) = match period {
            Some(p) => (NaiveDate::from_ymd_opt(p.first.year(), p.first.of_year(), 1)?, end_of(p.last.year(), p.last.of_year())?),
            None => (NaiveDate::from_ymd_opt(ORDINARY_YEAR, 1, 1)?, end_of(ORDINARY_YEAR, 12)?),
        };
        let days = u32::try_from((last - first).num_days()).ok()? + 1;
        let mut stretches = Vec::new();
        let mut in_force = false;
        for rule in &self.rules {
            match rule {
                OpeningRule::Notation(text) => {
                    in_force = true;
                    stretches.extend(open_in(text, first, last)?);
                }
                OpeningRule::Regular(recurrence, hours) => {
                    in_force |= recurrence.touches(first, last);
                    // From the day before: a night may reach into the first.
                    for (i, date) in (0..=days)
                        .filter_map(|i| Some((i, first.checked_sub_days(Days::new(1))?.checked_add_days(Days::new(u64::from(i)))?)))
                    {
                        if recurrence.falls_on(date) {
                            stretches.extend(hours.iter().filter_map(|(from, to)| on_day(i, *from, *to)));
                        }
                    }
                }
            }
        }
        self.bank_holidays =
            period.map(|p| bank_holidays_in(p).into_iter().filter_map(|day| Some((day, self.on(day)?))).collect()).unwrap_or_default();
        self.dates = OpenDates::new(first.weekday().num_days_from_monday(), days, stretches);
        self.week = self.dates.shares().ordinary();
        in_force.then_some(self)
    }
}

impl OpeningTimes {
    /// When it is open on a bank holiday and the day after. `None` where the record names none: hours of ordinary days are none of such a day.
    fn on(&self, day: NaiveDate) -> Option<Vec<(u32, u32)>> {
        let last = day.checked_add_days(Days::new(1))?;
        let mut open = Vec::new();
        for rule in &self.rules {
            match rule {
                OpeningRule::Notation(text) if names_bank_holidays(text) => open.extend(open_in(text, day, last)?),
                _ => return None,
            }
        }
        (!self.rules.is_empty()).then_some(open)
    }
}

/// Whether a notation says what holds on bank holidays: by name, or because it is always open.
fn names_bank_holidays(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').any(|word| matches!(word, "PH" | "24/7"))
}

/// A stretch of the day before the `i`th, in minutes from the first midnight; without what lies before it.
fn on_day(i: u32, from: u32, to: u32) -> Option<(u32, u32)> {
    let midnight = i64::from(i) * i64::from(DAY) - i64::from(DAY);
    let end = i64::from(if to > from { to } else { to + DAY });
    let (from, to) = ((midnight + i64::from(from)).max(0), midnight + end);
    (to > 0).then_some((from as u32, to as u32))
}

fn end_of(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_days(Days::new(u64::from(first.num_days_in_month()) - 1))
}

fn notation(text: &str) -> Option<OpeningHours> {
    if ends_open(text) || stretches_in(text).any(is_of_a_twelve_hour_clock) {
        return None;
    }
    Some(text.trim().parse::<OpeningHours>().ok()?.with_context(Context::default().with_holidays(HOLIDAYS.clone())))
}

/// Whether a stretch begins in the morning and ends before the next one does: `9:00-5:00` and `10:00-04:00` are of a clock of twelve hours, and would be
/// open all night. What is really open so long is too rare to be told from it.
fn is_of_a_twelve_hour_clock((from, to): (u32, u32)) -> bool {
    (5 * 60..13 * 60).contains(&from) && (60..8 * 60).contains(&to) && to <= from
}

/// Stretches such as `9:00-17:00` in a notation, in minutes from midnight.
fn stretches_in(text: &str) -> impl Iterator<Item = (u32, u32)> {
    let time = |t: &str| t.trim().split_once(':').and_then(|(h, m)| Some(h.parse::<u32>().ok()? * 60 + m.parse::<u32>().ok()?));
    let stretch = move |word: &str| word.split_once('-').and_then(|(from, to)| time(from).zip(time(to)));
    text.split([' ', ',', ';']).filter_map(stretch)
}

/// Whether a time has no end, as in `Mo-Fr 16:00+`: when it closes nobody says, and until midnight would be said without a ground.
fn ends_open(text: &str) -> bool {
    text.match_indices('+').any(|(at, _)| {
        let time = text[..at].trim_end();
        let minutes = time.rsplit_once(':').map_or("", |(_, minutes)| minutes);
        minutes.len() == 2 && minutes.bytes().all(|b| b.is_ascii_digit())
    })
}

/// When a notation is open, in minutes from the first midnight. `None` where it says of any time that nobody knows.
fn open_in(text: &str, first: NaiveDate, last: NaiveDate) -> Option<Vec<(u32, u32)>> {
    let hours = notation(text)?;
    let (start, end) = (first.and_hms_opt(0, 0, 0)?, last.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0)?);
    let minute = |at: chrono::NaiveDateTime| u32::try_from((at.clamp(start, end) - start).num_minutes()).ok();
    let mut open = Vec::new();
    for range in hours.iter_range(start, end) {
        match range.kind {
            RuleKind::Open => open.push((minute(range.range.start)?, minute(range.range.end)?)),
            RuleKind::Unknown => return None,
            RuleKind::Closed => {}
        }
    }
    Some(open)
}

/// Stretches of a day from times of opening and closing: one of each, or as many of the one as of the other. `None` where any is no time.
///
/// 00:00 to 00:00 is the whole day; any other two that are the same say nothing.
fn hours_of_day(opens: &str, closes: &str) -> Option<Vec<(u32, u32)>> {
    let times = |text: &str| -> Option<Vec<u32>> {
        text.split([',', ';', '|', '[', ']', '"']).map(str::trim).filter(|t| !t.is_empty()).map(minute_of_day).collect()
    };
    let (from, to) = (times(opens)?, times(closes)?);
    let whole = |pair: &(u32, u32)| pair.0 % DAY != pair.1 % DAY || pair.0 == 0;
    let pairs: Vec<(u32, u32)> = from.iter().copied().zip(to.iter().copied()).collect();
    // A stretch that begins at the end of a day begins on no day.
    let fits = !pairs.is_empty() && from.len() == to.len() && pairs.iter().all(|p| whole(p) && p.0 < DAY && !is_of_a_twelve_hour_clock(*p));
    fits.then_some(pairs)
}

/// `09:00`, `9.30`, `0900`, `9am`, `9:30 pm`, `09:00:00`, `09:00Z`, `09:00+01:00`, `2023-01-01T09:00:00`, as minutes from midnight: the time that a clock
/// on the wall tells, whatever offset stands behind it.
fn minute_of_day(text: &str) -> Option<u32> {
    let lower = text.trim().to_lowercase();
    match lower.as_str() {
        "noon" | "midday" | "12 noon" => return Some(12 * 60),
        "midnight" => return Some(0),
        _ => {}
    }
    let time = lower.rsplit_once('t').filter(|(day, _)| day.contains('-')).map_or(lower.as_str(), |(_, time)| time);
    let time = time.split(['z', '+']).next()?.trim();
    // An offset may be behind UTC, too.
    let time = time.split_once('-').map_or(time, |(time, _)| time);
    let (time, half) = match time {
        t if t.ends_with("am") => (t.trim_end_matches("am").trim_end(), Some(0)),
        t if t.ends_with("pm") => (t.trim_end_matches("pm").trim_end(), Some(12)),
        t => (t, None),
    };
    let parts: Vec<&str> = time.split([':', '.']).collect();
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse::<u32>().ok()).flatten();
    let (hour, minute) = match parts.as_slice() {
        [hm] if hm.len() == 4 && half.is_none() => (digits(&hm[..2])?, digits(&hm[2..])?),
        [h] if half.is_some() => (digits(h)?, 0),
        [h, m, ..] if h.len() <= 2 && m.len() == 2 => (digits(h)?, digits(m)?),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    let minute = (hour <= 24 && minute < 60).then_some(hour * 60 + minute).filter(|m| *m <= DAY)?;
    // The last minute of a day stands for its end.
    Some(if minute == DAY - 1 { DAY } else { minute })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES: u16 = 1440;

    #[test]
    fn notation_of_openstreetmap_past_midnight_with_bank_holidays_and_words_that_are_none() {
        let week = |text: &str| OpeningTimes::of_text(text).map(|t| t.week);
        let office = week("Mo-Fr 09:00-17:00; PH off").unwrap();
        assert_eq!(OpeningTimes::of_text("Mo-Fr 09:00-17:00; PH off").unwrap().on_bank_holidays, Some(false));
        assert_eq!(OpeningTimes::of_text("24/7").unwrap().on_bank_holidays, Some(true));
        assert_eq!(office.minutes(), 5 * 8 * 60);
        assert_eq!(office.minutes_between(18, 6), 0);
        let late = week("Fr,Sa 22:00-03:00").unwrap();
        assert_eq!(late.stretches(), [(4 * MINUTES + 1320, 5 * MINUTES + 180), (5 * MINUTES + 1320, 6 * MINUTES + 180)]);
        assert_eq!(week("24/7"), Some(WeekHours::always()));
        // From Sunday night into Monday morning, as every week.
        assert!(week("Su 22:00-02:00").unwrap().open_at(60));
        // Of a clock of twelve hours: it would be open all night.
        for words in ["Mo-Fr 9:00-5:00", "Mo-Fr 10:00-4:00; PH off", "Mo 09:00-12:00,13:00-17:00; Sa 09:30-01:00"] {
            assert_eq!(OpeningTimes::of_text(words), None, "{words}");
        }
        assert_eq!((hours_of_day("09:00", "05:00"), hours_of_day("18:00", "05:00")), (None, Some(vec![(18 * 60, 5 * 60)])));
        assert!(week("Mo-Su 13:00-01:00").is_some() && week("Mo-Su 06:00-00:00").is_some());
        for words in ["by appointment", "Mon-Fri 9-5", "ask", "", "Mo-Fr 09:00-17:00 unknown", "Mo-Fr 16:00+", "Mo 09:00-12:00,18:00 +"] {
            assert_eq!(OpeningTimes::of_text(words), None, "{words}");
        }
    }

    #[test]
    fn on_bank_holidays_it_is_open_where_the_record_says_so_and_otherwise_nobody_knows() {
        let month = |m| crate::units::Month::new(2025, m).unwrap();
        let on = |text: &str, day: u32| {
            let times = OpeningTimes::of_text(text).unwrap().over(Period::new(month(4), month(4)))?;
            times.bank_holidays.get(&NaiveDate::from_ymd_opt(2025, 4, day)?).cloned()
        };
        // Good Friday, and Easter Monday, which Scotland does not have; the day after is an ordinary one.
        assert_eq!(on("Mo-Fr 09:00-17:00; PH off", 18), Some(vec![]));
        assert_eq!(on("Mo-Fr 09:00-17:00; PH off", 21), Some(vec![(1440 + 540, 1440 + 1020)]));
        assert_eq!(on("Mo-Fr 09:00-17:00; PH 10:00-12:00", 18), Some(vec![(600, 720)]));
        assert_eq!(on("24/7", 18), Some(vec![(0, 2880)]));
        // Hours of ordinary days say nothing of them; and only bank holidays are looked at.
        assert_eq!((on("Mo-Fr 09:00-17:00", 18), on("Mo-Fr 09:00-17:00; PH off", 17)), (None, None));
        let mut times = OpeningTimes::default();
        let rule = Rule { freq: "WEEKLY".into(), by_day: "MO".into(), ..Rule::default() };
        assert!(times.add_schedule(&rule, "09:00", "17:00"));
        assert!(times.over(Period::new(month(4), month(4))).unwrap().bank_holidays.is_empty());
    }

    #[test]
    fn nth_weekdays_seasons_and_odd_weeks_are_shares_of_the_weeks() {
        let minutes = |text: &str| OpeningTimes::of_text(text).unwrap().dates.shares().minutes_between(0, 7 * MINUTES);
        let near = |found: f64, right: f64| assert!((found - right).abs() < 3.0, "{found} is not {right}");
        near(minutes("Mo[1] 10:00-12:00"), 120.0 * 12.0 / 52.0);
        near(minutes("Jun-Aug Mo 10:00-12:00"), 120.0 * 14.0 / 52.0);
        near(minutes("week 1-53/2 Mo 10:00-12:00"), 120.0 * 27.0 / 52.0);
        assert!(OpeningTimes::of_text("Mo[1] 10:00-12:00").unwrap().week.stretches().is_empty());
    }

    #[test]
    fn schedules_of_open_referral() {
        let hours = |days: &str, opens: &str, closes: &str| {
            let mut times = OpeningTimes::default();
            let rule = Rule { freq: "WEEKLY".into(), by_day: days.into(), ..Rule::default() };
            times.add_schedule(&rule, opens, closes).then(|| times.over(None).unwrap().week)
        };
        assert_eq!(hours("MO,WE", "09:00:00", "17:30:00").unwrap().minutes(), 2 * 510);
        assert_eq!(hours("SU", "22:00", "02:00Z").unwrap().stretches(), [(0, 120), (6 * MINUTES + 1320, 7 * MINUTES)]);
        assert_eq!(hours("MO-SU", "00:00", "00:00"), Some(WeekHours::always()));
        assert_eq!(hours("MO", "9am", "5.30pm").unwrap().minutes(), 510);
        assert_eq!(hours("MO", "09:00,13:00", "12:00,17:00").unwrap().stretches(), [(540, 720), (780, 1020)]);
        for (days, opens, closes) in
            [("", "00:00", "00:00"), ("MO", "soon", "late"), ("MO", "10:00", "10:00"), ("MO", "09:00", ""), ("MO", "25:00", "26:00")]
        {
            assert_eq!(hours(days, opens, closes), None, "{days} {opens} {closes}");
        }
    }

    #[test]
    fn hours_that_are_in_force_at_another_time_are_not_known() {
        let month = |y, m| crate::units::Month::new(y, m).unwrap();
        let mut times = OpeningTimes::default();
        let rule = Rule { by_day: "MO".into(), valid_from: "2024-01-01".into(), ..Rule::default() };
        assert!(times.add_schedule(&rule, "09:00", "17:00"));
        assert_eq!(times.clone().over(Period::new(month(2023, 1), month(2023, 12))), None);
        let half = times.over(Period::new(month(2023, 7), month(2024, 6))).unwrap();
        assert!((half.dates.shares().minutes_between(0, MINUTES) - 240.0).abs() < 10.0);
    }
}
