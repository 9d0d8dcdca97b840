//! On which days a regular schedule falls: the rules of iCalendar that Open Referral uses, as feeds write them.
//!
//! Every part of a schedule is either read as a whole or the schedule is unreadable: what is left over of a value is never dropped, and what is
//! absent is never taken for *every day*.

use chrono::{Datelike, Days, NaiveDate};

/// How often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// The texts of a schedule, as they stand. Lists are separated by commas.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Rule {
    pub freq: String,
    pub interval: String,
    pub by_day: String,
    pub by_month_day: String,
    pub by_week: String,
    pub by_year_day: String,
    pub by_month: String,
    pub start: String,
    pub until: String,
    pub count: String,
    pub valid_from: String,
    pub valid_to: String,
    pub week_start: String,
}

/// The days of a schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Recurrence {
    freq: Frequency,
    interval: i64,
    /// Which of the period (`1MO`, `-1FR`; 0 for each), and the weekday from Monday.
    days: Vec<(i64, u32)>,
    month_days: Vec<i64>,
    weeks: Vec<i64>,
    year_days: Vec<i64>,
    months: Vec<i64>,
    /// What intervals are counted from.
    anchor: NaiveDate,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    week_start: u32,
}

impl Recurrence {
    /// Reads a rule; `None` where any part of it cannot be read, or where it does not say on which days.
    pub fn read(rule: &Rule) -> Option<Self> {
        let [start, until, from, to] = [&rule.start, &rule.until, &rule.valid_from, &rule.valid_to].map(|t| day(t));
        let (start, until, from, to) = (start?, until?, from?, to?);
        let days = days_named(&rule.by_day)?;
        let numbers = |text: &str, most: i64| -> Option<Vec<i64>> {
            let list: Option<Vec<i64>> =
                parts(text).map(|p| p.trim_end_matches(".0").parse::<i64>().ok().filter(|n| *n != 0 && n.abs() <= most)).collect();
            list
        };
        let month_days = numbers(&rule.by_month_day, 31)?;
        let weeks = numbers(&rule.by_week, 53)?;
        let year_days = numbers(&rule.by_year_day, 366)?;
        let months: Option<Vec<i64>> = parts(&rule.by_month).map(|p| p.parse::<i64>().ok().filter(|n| (1..=12).contains(n))).collect();
        let months = months?;
        let interval = match rule.interval.trim().trim_end_matches(".0") {
            "" => 1,
            text => text.parse::<i64>().ok().filter(|n| (1..=1000).contains(n))?,
        };
        let (freq, interval) = match frequency(&rule.freq)? {
            Some((freq, of_word)) => (freq, interval.checked_mul(of_word)?),
            // Without a frequency the narrowest that fits what is there.
            None if !month_days.is_empty() || days.iter().any(|d| d.0 != 0) => (Frequency::Monthly, interval),
            None if !weeks.is_empty() || !year_days.is_empty() => (Frequency::Yearly, interval),
            None if !days.is_empty() => (Frequency::Weekly, interval),
            None => return None,
        };
        let anchor = start.or(from).or_else(|| NaiveDate::from_ymd_opt(2001, 1, 1))?;
        let mut all = Self {
            freq,
            interval,
            days,
            month_days,
            weeks,
            year_days,
            months,
            anchor,
            first: start.max(from),
            last: [until, to].into_iter().flatten().min(),
            week_start: weekdays(rule.week_start.trim()).and_then(|d| d.first().copied()).unwrap_or(0),
        };
        all.take_from_start(start)?;
        // `1MO` of a week means nothing but that Monday.
        if matches!(all.freq, Frequency::Daily | Frequency::Weekly) && all.days.iter().any(|d| d.0 != 0) {
            return None;
        }
        if let count @ 1.. =
            rule.count.trim().trim_end_matches(".0").parse::<u32>().unwrap_or(u32::from(!rule.count.trim().is_empty()) * u32::MAX)
        {
            all.end_after(count, start?)?;
        }
        Some(all)
    }

    /// Without days of its own a weekly, monthly or yearly rule falls on the day that it starts on; without a start nobody knows.
    fn take_from_start(&mut self, start: Option<NaiveDate>) -> Option<()> {
        let silent = self.days.is_empty() && self.month_days.is_empty() && self.year_days.is_empty();
        match (self.freq, silent) {
            (Frequency::Daily, _) | (_, false) => {}
            (Frequency::Weekly, true) => self.days = vec![(0, start?.weekday().num_days_from_monday())],
            (Frequency::Yearly, true) if !self.weeks.is_empty() => self.days = vec![(0, start?.weekday().num_days_from_monday())],
            (Frequency::Monthly, true) => self.month_days = vec![i64::from(start?.day())],
            (Frequency::Yearly, true) => {
                if self.months.is_empty() {
                    self.months = vec![i64::from(start?.month())];
                }
                self.month_days = vec![i64::from(start?.day())];
            }
        }
        Some(())
    }

    /// Ends the rule after so many days from its start.
    fn end_after(&mut self, count: u32, start: NaiveDate) -> Option<()> {
        const MOST_DAYS: u64 = 366 * 60;
        if count == u32::MAX {
            return None;
        }
        let mut left = count;
        for i in 0..MOST_DAYS {
            let date = start.checked_add_days(Days::new(i))?;
            if self.falls_on(date) {
                left -= 1;
                if left == 0 {
                    self.last = Some(self.last.map_or(date, |l| l.min(date)));
                    return Some(());
                }
            }
        }
        Some(())
    }

    /// Whether it is in force on any day of a window, both ends included.
    pub fn touches(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.first.is_none_or(|f| f <= last) && self.last.is_none_or(|l| l >= first)
    }

    /// Whether it falls on a day.
    pub fn falls_on(&self, date: NaiveDate) -> bool {
        if self.first.is_some_and(|f| date < f) || self.last.is_some_and(|l| date > l) {
            return false;
        }
        let in_step = |steps: i64| steps.rem_euclid(self.interval) == 0;
        let steps = match self.freq {
            Frequency::Daily => (date - self.anchor).num_days(),
            Frequency::Weekly => (self.monday(date) - self.monday(self.anchor)).num_days() / 7,
            Frequency::Monthly => month_index(date) - month_index(self.anchor),
            Frequency::Yearly => i64::from(date.year() - self.anchor.year()),
        };
        let any = |list: &[i64], of: i64, length: i64| list.is_empty() || list.iter().any(|n| *n == of || *n == of - length - 1);
        let (dom, month_length) = (i64::from(date.day()), month_length(date));
        let year_length = if date.leap_year() { 366 } else { 365 };
        in_step(steps)
            && (self.months.is_empty() || self.months.contains(&i64::from(date.month())))
            && any(&self.month_days, dom, month_length)
            && any(&self.year_days, i64::from(date.ordinal()), year_length)
            && any(&self.weeks, i64::from(date.iso_week().week()), weeks_of_year(date))
            && self.on_weekday(date, (dom, month_length), (i64::from(date.ordinal()), year_length))
    }

    fn on_weekday(&self, date: NaiveDate, in_month: (i64, i64), in_year: (i64, i64)) -> bool {
        let weekday = date.weekday().num_days_from_monday();
        let (place, length) = if self.freq == Frequency::Yearly && self.months.is_empty() { in_year } else { in_month };
        let nth = (place - 1) / 7 + 1;
        let from_end = -((length - place) / 7 + 1);
        self.days.is_empty() || self.days.iter().any(|(n, d)| *d == weekday && (*n == 0 || *n == nth || *n == from_end))
    }

    /// The first day of the week of a day.
    fn monday(&self, date: NaiveDate) -> NaiveDate {
        let back = (date.weekday().num_days_from_monday() + 7 - self.week_start) % 7;
        date.checked_sub_days(Days::new(u64::from(back))).unwrap_or(date)
    }
}

fn month_index(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn month_length(date: NaiveDate) -> i64 {
    i64::from(date.num_days_in_month())
}

fn weeks_of_year(date: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(date.iso_week().year(), 12, 28).map_or(52, |d| i64::from(d.iso_week().week()))
}

/// A day, or none where the text is empty or says so; `None` where it cannot be read.
fn day(text: &str) -> Option<Option<NaiveDate>> {
    match super::read_value::date(text) {
        super::read_value::Said::Unreadable => None,
        said => Some(said.value()),
    }
}

/// `Some(None)` where nothing is said; with how many of the unit a word means: fortnightly is every second week.
fn frequency(text: &str) -> Option<Option<(Frequency, i64)>> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let plain = plain.strip_prefix("freq").unwrap_or(&plain);
    Some(Some(match plain {
        "" => return Some(None),
        "daily" | "day" | "everyday" => (Frequency::Daily, 1),
        "weekly" | "week" | "everyweek" => (Frequency::Weekly, 1),
        "fortnightly" | "biweekly" | "everytwoweeks" | "everyotherweek" | "every2weeks" => (Frequency::Weekly, 2),
        "monthly" | "month" | "everymonth" => (Frequency::Monthly, 1),
        "quarterly" | "everythreemonths" | "every3months" => (Frequency::Monthly, 3),
        "yearly" | "year" | "annually" | "annual" | "everyyear" => (Frequency::Yearly, 1),
        _ => return None,
    }))
}

/// The members of a list: parted by commas, semicolons, bars or spaces, in brackets and quotes of JSON or without.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', ' ', '\t', '\n', '[', ']', '"', '\'', '{', '}', '\u{2019}', '/', '&'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

const CODES: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/// Weekdays of one word, from Monday: `MO`, `Mondays`, `weekdays`, `https://schema.org/Monday` by its last part.
fn weekdays(word: &str) -> Option<Vec<u32>> {
    const FULL: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches(['.', ':']).to_lowercase();
    if let Some(i) = (0..7).find(|i| {
        let full = FULL[*i];
        word == CODES[*i]
            || word == full
            || word == format!("{full}s")
            || (word.len() >= 3 && full.starts_with(&word))
            || (*i == 3 && word == "thur")
    }) {
        return Some(vec![i as u32]);
    }
    Some(match word.as_str() {
        "weekday" | "weekdays" => (0..5).collect(),
        "weekend" | "weekends" => vec![5, 6],
        "daily" | "everyday" | "all" => (0..7).collect(),
        _ => return None,
    })
}

/// The days that a list names, each with its ordinal; empty where it names none, `None` where any of it cannot be read.
fn days_named(text: &str) -> Option<Vec<(i64, u32)>> {
    let spelt = text.to_lowercase().replace("every day", "everyday").replace("https://schema.org/", "").replace("http://schema.org/", "");
    // `MO-FR` and `Monday to Friday` are ranges; `-1FR` is no range.
    let spelt = spelt.replace(['\u{2013}', '\u{2014}'], "-").replace(" - ", "-").replace(" to ", "-").replace(" and ", ",");
    let mut days = Vec::new();
    for part in parts(&spelt) {
        let digits = part.trim_start_matches(['-', '+']).bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let sign = part.len() - part.trim_start_matches(['-', '+']).len();
            let (number, word) = part.split_at(sign + digits);
            let word = ["st", "nd", "rd", "th"].iter().find_map(|o| word.strip_prefix(o).filter(|w| w.len() > 1)).unwrap_or(word);
            let n: i64 = number.trim_start_matches('+').parse().ok().filter(|n: &i64| *n != 0 && n.abs() <= 53)?;
            let [one] = weekdays(word)?[..] else { return None };
            days.push((n, one));
        } else if let Some((from, to)) = part.split_once('-') {
            let ([a], [z]) = (&weekdays(from)?[..], &weekdays(to)?[..]) else { return None };
            days.extend((0..=(z + 7 - a) % 7).map(|i| (0, (a + i) % 7)));
        } else {
            days.extend(weekdays(part)?.into_iter().map(|d| (0, d)));
        }
    }
    days.sort_unstable();
    days.dedup();
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn year(rule: Rule) -> Option<Vec<(u32, u32)>> {
        let read = Recurrence::read(&rule)?;
        let days = (0..365).map(|i| date(2023, 1, 1).checked_add_days(Days::new(i)).unwrap());
        Some(days.filter(|d| read.falls_on(*d)).map(|d| (d.month(), d.day())).collect())
    }

    fn rule(freq: &str, by_day: &str) -> Rule {
        Rule { freq: freq.into(), by_day: by_day.into(), ..Rule::default() }
    }

    #[test]
    fn days_of_the_month_ordinals_and_the_last_of_it() {
        let fifteenth = Rule { by_month_day: "15".into(), ..rule("MONTHLY", "") };
        assert_eq!(year(fifteenth).unwrap(), (1..=12).map(|m| (m, 15)).collect::<Vec<_>>());
        assert_eq!(year(rule("MONTHLY", "1MO")).unwrap()[..3], [(1, 2), (2, 6), (3, 6)]);
        assert_eq!(year(rule("", "-1FR")).unwrap()[..3], [(1, 27), (2, 24), (3, 31)]);
        assert_eq!(year(Rule { by_month_day: "-1".into(), ..rule("MONTHLY", "") }).unwrap()[1], (2, 28));
        assert_eq!(
            year(rule("MONTHLY", "1st Monday, 3rd Monday")).unwrap().len(),
            0_usize.max(year(rule("MONTHLY", "1MO,3MO")).unwrap().len())
        );
    }

    #[test]
    fn intervals_starts_ends_and_counts() {
        let fortnight = Rule { interval: "2".into(), start: "2023-01-03".into(), ..rule("WEEKLY", "TU") };
        assert_eq!(year(fortnight.clone()).unwrap()[..3], [(1, 3), (1, 17), (1, 31)]);
        assert_eq!(year(rule("fortnightly", "TU")).unwrap().len(), 26);
        assert_eq!(year(Rule { count: "3".into(), ..fortnight.clone() }).unwrap().len(), 3);
        assert_eq!(year(Rule { until: "2023-02-01".into(), ..fortnight.clone() }).unwrap().len(), 3);
        assert_eq!(year(Rule { valid_to: "2020-03-20".into(), ..rule("WEEKLY", "MO") }).unwrap().len(), 0);
        assert_eq!(year(Rule { valid_from: "2023-12-01".into(), ..rule("WEEKLY", "MO") }).unwrap().len(), 4);
        // Without days, those that it starts on.
        assert_eq!(year(Rule { start: "2023-01-05".into(), ..rule("WEEKLY", "") }).unwrap()[..2], [(1, 5), (1, 12)]);
        assert_eq!(year(Rule { start: "2020-06-09".into(), ..rule("YEARLY", "") }).unwrap(), [(6, 9)]);
    }

    #[test]
    fn odd_weeks_and_weekdays_in_every_form() {
        let odd = Rule { by_week: "1,3,5,7".into(), ..rule("YEARLY", "MO") };
        assert_eq!(year(odd).unwrap(), [(1, 2), (1, 16), (1, 30), (2, 13)]);
        let working = year(rule("WEEKLY", "MO,TU,WE,TH,FR")).unwrap();
        for days in [
            "MO TU WE TH FR",
            "[\"MO\",\"TU\",\"WE\",\"TH\",\"FR\"]",
            "MO-FR",
            "Monday to Friday",
            "weekdays",
            "Mon;Tue;Wed;Thu;Fri",
            "mo|tu|we|th|fr",
            "Mon - Fri",
        ] {
            assert_eq!(year(rule("WEEKLY", days)).unwrap(), working, "{days}");
        }
        assert_eq!(year(rule("DAILY", "")).unwrap().len(), 365);
    }

    #[test]
    fn what_cannot_be_read_as_a_whole_is_not_read() {
        for bad in [
            rule("", ""),
            rule("WEEKLY", ""),
            rule("MONTHLY", ""),
            rule("WEEKLY", "MO and by arrangement"),
            rule("WEEKLY", "1MO"),
            rule("now and then", "MO"),
            Rule { interval: "two".into(), ..rule("WEEKLY", "MO") },
            Rule { valid_to: "spring".into(), ..rule("WEEKLY", "MO") },
            Rule { count: "3".into(), ..rule("WEEKLY", "MO") },
            Rule { by_month_day: "32".into(), ..rule("MONTHLY", "") },
            Rule { by_month_day: "mid".into(), ..rule("MONTHLY", "") },
        ] {
            assert_eq!(year(bad.clone()), None, "{bad:?}");
        }
    }
}
