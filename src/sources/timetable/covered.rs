//! Whether the timetables cover the week that is looked at. A date outside them is not a date without buses.

use chrono::{Datelike, Days, NaiveDate};

use super::Timetables;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Month;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Timetables {
    /// Monday to Sunday of the week that is looked at: that of the settings, else the first whole week of a month. `None`, with the problem told, where a
    /// feed does not cover it.
    pub fn week(&self, month: Month, problems: &mut Problems) -> Option<[NaiveDate; 7]> {
        week(self, month, problems)
    }

    /// Of some dates those that every feed speaks of. Where a feed has hardly anything in the week of a date, it speaks of none in it.
    pub fn covered(&self, dates: &[NaiveDate]) -> Vec<NaiveDate> {
        let speaks = |feed: &super::Feed, date: NaiveDate| {
            let monday = date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())));
            let week: Option<[NaiveDate; 7]> = monday.and_then(|m| m.iter_days().take(7).collect::<Vec<_>>().try_into().ok());
            feed.covers.is_some_and(|(from, to)| (from..=to).contains(&date)) && week.is_some_and(|w| hardly_any(feed, &w).is_none())
        };
        dates.iter().copied().filter(|d| self.feeds.iter().all(|f| speaks(f, *d))).collect()
    }
}

fn week(Timetables { settings, feeds, .. }: &Timetables, month: Month, problems: &mut Problems) -> Option<[NaiveDate; 7]> {
    let first = settings.week.or_else(|| first_monday(month))?;
    let monday = first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())))?;
    let dates: Vec<NaiveDate> = monday.iter_days().take(7).collect();
    let dates: [NaiveDate; 7] = dates.try_into().ok()?;
    let mut covers = true;
    for feed in feeds {
        let place = || Place::file(&feed.file);
        let Some((from, to)) = feed.covers.filter(|_| feed.table.span().is_some()) else {
            problems.error(Code::D223, place(), "no trip of it runs on any date", "Download the feed again, and look at its calendar.");
            covers = false;
            continue;
        };
        if from > dates[0] || to < dates[6] {
            let what = format!("it covers {} to {}, and the week looked at is that of {}", day(from), day(to), day(dates[0]));
            let next = "Name a day of a week that all feeds cover in the source, such as `week = \"2026-03-02\"`, or download the timetable of that week.";
            problems.error(Code::D223, place(), what, next);
            covers = false;
            continue;
        }
        let last = NaiveDate::from_ymd_opt(month.year(), month.of_year(), 1);
        if last.is_some_and(|l| to < l) {
            let what = format!("it ends on {}, before {}, the month at whose end services are looked at", day(to), month.label());
            problems.warn(Code::D223, place(), what, "Ask whether buses have changed since, or take a timetable of that month.");
        }
        if let Some((here, usual)) = hardly_any(feed, &dates) {
            let what = format!(
                "{here} trips run in the week of {}, and {usual} in a usual week of it: its calendars have hardly anything there",
                day(dates[0])
            );
            let next = "Name a usual week in the source, such as `week = \"2026-03-02\"`, or download the timetable of that week.";
            problems.error(Code::D223, place(), what, next);
            covers = false;
            continue;
        }
        let silent: Vec<&str> = (0..7).filter(|i| feed.table.trips_on(dates[*i]) == 0).map(|i| WEEKDAYS[i]).collect();
        if !silent.is_empty() {
            let what = format!("nothing runs on {} of the week of {}", silent.join(", "), day(dates[0]));
            let next = "It is taken to be so. Ask the operator whether the feed leaves these days out, or choose another `week`: a bank holiday may lie in this one.";
            problems.warn(Code::D223, place(), what, next);
        }
    }
    covers.then_some(dates)
}

/// How many trips run in a week and in a usual one, where the week has less than a tenth of it: a calendar that has ended but for a stray exception.
fn hardly_any(feed: &super::Feed, dates: &[NaiveDate; 7]) -> Option<(usize, usize)> {
    const LOOKED_AT: u64 = 12;
    let (from, to) = feed.covers?;
    let of_week = |monday: NaiveDate| monday.iter_days().take(7).map(|d| feed.table.trips_on(d)).sum::<usize>();
    let weeks = u64::try_from((to - from).num_days() / 7).ok()?;
    let step = (weeks / LOOKED_AT).max(1);
    let mut usual: Vec<usize> =
        (0..=weeks).step_by(step as usize).filter_map(|w| from.checked_add_days(Days::new(7 * w))).map(of_week).collect();
    usual.retain(|n| *n > 0);
    usual.sort_unstable();
    let (here, median) = (of_week(dates[0]), *usual.get(usual.len() / 2)?);
    (10 * here < median).then_some((here, median))
}

/// The Monday of the first whole week of a month.
fn first_monday(month: Month) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(month.year(), month.of_year(), 1)?;
    first.iter_days().take(7).find(|d| d.weekday().num_days_from_monday() == 0)
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
