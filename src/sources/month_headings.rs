//! The month that the heading of a column of counts names, in the ways in which people and programs write it.

use chrono::{Datelike, NaiveDate};

use super::read_value::{month, month_named};
use crate::units::Month;

/// Words that say no more than that a column counts events of its month, and marks of figures that may still change.
const SAY_NO_MORE: [&str; 36] = [
    "offences",
    "offence",
    "crimes",
    "crime",
    "incidents",
    "incident",
    "count",
    "counts",
    "number",
    "no",
    "of",
    "recorded",
    "records",
    "reports",
    "referrals",
    "events",
    "in",
    "for",
    "the",
    "month",
    "ending",
    "ended",
    "end",
    "p",
    "r",
    "prov",
    "provisional",
    "revised",
    "rev",
    "estimate",
    "note",
    "notes",
    "actual",
    "n",
    "x",
    "z",
];

/// The month of `Apr-24`, `2024-04`, `Apr '24`, `Apr24`, `2024M04`, `Offences Apr-24`, `Apr-24 (provisional)`, `2023/24 Apr`; `None` where a heading names
/// none, or says more than that it counts a month.
pub(super) fn month_of(heading: &str) -> Option<Month> {
    let has_parts = heading.contains(|c: char| c.is_alphabetic() || matches!(c, '/' | '-' | ' '));
    // A day within a month heads a part of it.
    let in_words = || {
        let day = month(heading).value().filter(|_| has_parts)?;
        Month::new(day.year(), day.month()).filter(|_| begins_or_ends_a_month(day))
    };
    Month::parse(heading).or_else(in_words).or_else(|| {
        let (month, says_no_more) = named(heading)?;
        says_no_more.then_some(month)
    })
}

/// The month that a heading names beside other words: `Apr-24 target`.
pub(super) fn month_within(heading: &str) -> Option<Month> {
    month_of(heading).or_else(|| named(heading).map(|n| n.0))
}

/// Whether headings are names of months without a year.
pub(super) fn lack_a_year(headings: &[String]) -> bool {
    let is_name = |h: &&String| runs(h).as_slice().iter().all(|run| month_named(run).is_some()) && !runs(h).is_empty();
    headings.iter().filter(is_name).take(3).count() > 2
}

/// The month of a heading, and whether its other words say no more.
fn named(heading: &str) -> Option<(Month, bool)> {
    let text = without_notes(heading);
    let runs = runs(&text);
    let mut names = runs.iter().filter_map(|run| month_named(run));
    let (mut number, mut year, mut day) = (names.next(), None, None);
    if names.next().is_some() {
        return None;
    }
    let mut says_no_more = !text.contains('%');
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| runs[i].as_str());
        match (run.len(), run.parse::<i32>()) {
            // `202404` beside words.
            (6, Ok(both))
                if number.is_none() && year.is_none() && (1900..2200).contains(&(both / 100)) && (1..=12).contains(&(both % 100)) =>
            {
                (year, number) = (Some((both / 100, false)), u32::try_from(both % 100).ok());
            }
            (4, Ok(y)) if (1900..2200).contains(&y) && year.is_none() => year = Some((y, false)),
            // The second year of `2023/24`.
            (2 | 4, Ok(next)) if year.is_some_and(|(y, _)| (y + 1) % 100 == next % 100) && number.is_some() => {
                year = year.map(|(y, _)| (y, true));
            }
            (2, Ok(m)) if before == Some("m") && number.is_none() && year.is_some() => number = u32::try_from(m).ok(),
            // `m1_2023_04` counts its columns.
            (1 | 2, Ok(_)) if before == Some("m") && year.is_none() => {}
            // `2023_04`; `2011_12` may be two years.
            (2, Ok(m @ 1..=12)) if number.is_none() && year.is_some_and(|(y, _)| before == Some(&y.to_string()) && (y + 1) % 100 != m) => {
                number = u32::try_from(m).ok();
            }
            (2, Ok(y)) if number.is_some() && year.is_none() && before.is_some_and(|w| month_named(w).is_some()) => {
                year = Some((2000 + y, false));
            }
            (1 | 2, Ok(d)) if day.is_none() && (1..=31).contains(&d) && number.is_some() => day = Some(d),
            (_, Ok(_)) => says_no_more = false,
            _ if month_named(run).is_some() || run == "m" && number.is_none() => {}
            _ => says_no_more &= SAY_NO_MORE.contains(&run.as_str()),
        }
    }
    let ((year, is_financial), number) = (year?, number?);
    let own = if is_financial && number < 4 { year + 1 } else { year };
    let is_whole = day.is_none_or(|d| NaiveDate::from_ymd_opt(own, number, d as u32).is_some_and(begins_or_ends_a_month));
    Some((Month::new(own, number)?, says_no_more && is_whole))
}

/// Whether a day is the first or the last of its month.
fn begins_or_ends_a_month(day: NaiveDate) -> bool {
    day.day() == 1 || day.succ_opt().is_some_and(|next| next.day() == 1)
}

/// Without the signs and numbers of notes: `[note 1]`, `¹`, `*`.
fn without_notes(heading: &str) -> String {
    let mut text = heading.to_lowercase();
    while let Some((from, to)) = text.find("[note").and_then(|from| Some((from, from + text[from..].find(']')?))) {
        text.replace_range(from..=to, " ");
    }
    text
}

/// Runs of letters and of digits.
fn runs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.to_lowercase().chars() {
        let goes_on = c.is_ascii_digit() && before.is_ascii_digit() || c.is_alphabetic() && before.is_alphabetic();
        match all.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(c),
            None if c.is_alphabetic() || c.is_ascii_digit() => all.push(c.to_string()),
            None => {}
        }
        before = c;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_as_headings_name_them() {
        let of = |heading: &str| month_of(heading).map(|m| m.to_string());
        for heading in [
            "2024-04",
            "202404",
            "Apr-24",
            "Apr 2024",
            "April 2024",
            "01/04/2024",
            "2024-04-01",
            "Apr '24",
            "Apr24",
            "2024M04",
            "Apr\u{2013}24",
            "Offences Apr-24",
            "Apr-24 (provisional)",
            "Apr-24 [p]",
            "Apr 24*",
            "Apr-24\u{b9}",
            "Apr-24 [note 1]",
            "Month ending 30 Apr 2024",
            "2024/25 Apr",
            "2024 Apr",
            "2024-25 April",
            "Apr-24 Count",
            "2024_04",
            "m1_2024_04",
            "m12_2024_04",
            "count_202404",
        ] {
            assert_eq!(of(heading).as_deref(), Some("2024-04"), "{heading}");
        }
        assert_eq!(of("2023/24 Mar").as_deref(), Some("2024-03"));
        for heading in [
            "2024",
            "April",
            "2024/25",
            "Total",
            "24",
            "",
            "Ward 4",
            "E01000001",
            "45383",
            "Apr-24 target",
            "Apr-24 %",
            "May",
            "Mayor 24 hour",
            "Area 202404",
            "14 Jul 2024",
            "Offences ending 14 Jul 2024",
            "2024_25",
        ] {
            assert_eq!(of(heading), None, "{heading}");
        }
        assert_eq!(month_within("Apr-24 target").map(|m| m.to_string()).as_deref(), Some("2024-04"));
        let all = |headings: [&str; 4]| lack_a_year(&headings.map(str::to_owned));
        assert!(all(["Area", "Apr", "May", "June"]) && !all(["Area", "Apr-24", "May-24", "Jun-24"]) && !all(["Area", "May", "", "Total"]));
    }
}
