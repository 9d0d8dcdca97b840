//! Days and months as tables write them, day before month as in Britain.

use chrono::NaiveDate;

use super::stamp::next_day;
use super::{Said, nothing};

/// Days that programs write where there is none.
fn is_no_day(date: NaiveDate) -> bool {
    use chrono::Datelike;
    let (y, m, d) = (date.year(), date.month(), date.day());
    y <= 1901 || y >= 2900 || (y, m, d) == (1970, 1, 1)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A month by its name or the first letters of it.
pub(in crate::sources) fn month_named(word: &str) -> Option<u32> {
    let full = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.trim_end_matches('.');
    let short = MONTHS.iter().position(|m| *m == word || (word == "sept" && *m == "sep"));
    short.or_else(|| full.iter().position(|m| *m == word)).map(|i| i as u32 + 1)
}

/// A day: `2026-03-31`, `31/03/2026`, `31.3.26`, `31 March 2026`, `20260331`, with or without a time. Day before month, as in Britain.
pub(in crate::sources) fn date(text: &str) -> Said<NaiveDate> {
    // Tables hold millions of days in the plainest form.
    if let Some(plain) = iso_day(text.trim().as_bytes()) {
        return plain;
    }
    if let Some(said) = nothing(text) {
        return said;
    }
    let text = text.trim().to_lowercase();
    // A time after a day: `2026-03-31T09:00`, `20260331t000000z`.
    let is_day = |day: &str| day.ends_with(|c: char| c.is_ascii_digit()) && (day.contains('-') || day.len() == 8);
    if let Some(day) = next_day(&text) {
        return Said::Value(day);
    }
    let text = text.split_once('t').filter(|(day, _)| is_day(day)).map_or(text.as_str(), |(day, _)| day);
    let mut words: Vec<&str> =
        text.split([' ', ',']).filter(|w| !w.is_empty() && !w.contains(':') && !["am", "pm", "of", "the"].contains(w)).collect();
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if words.first().is_some_and(|w| WEEKDAYS.iter().any(|d| w.starts_with(d))) {
        words.remove(0);
    }
    let parts: Vec<&str> = match words.as_slice() {
        [one] => one.split(['-', '/', '.']).collect(),
        several => several.to_vec(),
    };
    if let [one] = parts.as_slice()
        && one.len() == 8
        && one.bytes().all(|b| b.is_ascii_digit())
    {
        return day(&one[..4], &one[4..6], &one[6..]);
    }
    match parts.as_slice() {
        [zero, m, y] if [zero, m, y].iter().all(|p| p.bytes().all(|b| b == b'0')) => Said::Missing,
        [year, month, dom] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => day(year, month, dom),
        [month, dom, year] if month_named(month).is_some() => day(year, month, dom),
        [dom, month, year] => day(year, month, dom),
        _ => Said::Unreadable,
    }
}

/// Whether a text is a day of 2000 to 2050 as spreadsheets number it, `45231` or with the time of day behind the point.
pub(in crate::sources) fn is_day_number(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(|n| (36_526.0..55_153.0).contains(&n))
}

/// Whether a text is a day with its month first, `3/31/2026`: no other order makes it one.
pub(in crate::sources) fn is_month_first(text: &str) -> bool {
    let day = text.trim().split([' ', ',']).next().unwrap_or_default();
    match day.split(['/', '-', '.']).collect::<Vec<_>>()[..] {
        [month, dom, year] if year.len() <= 4 => date(text).is_unreadable() && !date(&format!("{dom}/{month}/{year}")).is_unreadable(),
        _ => false,
    }
}

/// Whether a text is `2010/11`: two years that follow each other, or a month.
pub(in crate::sources) fn is_financial_year(text: &str) -> bool {
    let Some((first, second)) = text.trim().split_once('/') else { return false };
    let number = |t: &str| if t.bytes().all(|b| b.is_ascii_digit()) { t.parse::<u32>().ok() } else { None };
    first.len() == 4 && second.len() == 2 && number(first).zip(number(second)).is_some_and(|(a, b)| (a + 1) % 100 == b)
}

/// `2026-03-31` and nothing else.
fn iso_day(bytes: &[u8]) -> Option<Said<NaiveDate>> {
    let plain = bytes.len() == 10 && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    let text = std::str::from_utf8(bytes).ok().filter(|_| plain)?;
    Some(match &text[..4] {
        // A day of a year that no file is of is looked at as words are.
        "0000" => Said::Missing,
        year => day(year, &text[5..7], &text[8..]),
    })
}

fn day(year: &str, month: &str, dom: &str) -> Said<NaiveDate> {
    let ordinal = dom.trim_end_matches(|c: char| c.is_alphabetic());
    let year = match (year.len(), year.parse::<i32>()) {
        (4, Ok(y)) => y,
        // `99` is no year to come.
        (2, Ok(y @ 70..)) => 1900 + y,
        (2, Ok(y)) => 2000 + y,
        _ => return Said::Unreadable,
    };
    let month = month.parse::<u32>().ok().or_else(|| month_named(month));
    let found = month.zip(ordinal.parse::<u32>().ok()).and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d));
    match found {
        Some(date) if is_no_day(date) => Said::Missing,
        Some(date) => Said::Value(date),
        None => Said::Unreadable,
    }
}

/// A month: `2024-02`, `202402`, `02/2024`, `Feb 2024`, `February-24`, or any day of it. The first day of it.
pub(in crate::sources) fn month(text: &str) -> Said<NaiveDate> {
    let of_day = date(text);
    if !of_day.is_unreadable() {
        return of_day;
    }
    if is_financial_year(text) {
        return Said::Unreadable;
    }
    let text = text.trim().to_lowercase();
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [one] if one.len() == 6 && one.bytes().all(|b| b.is_ascii_digit()) => day(&one[..4], &one[4..], "1"),
        [year, month] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => day(year, month, "1"),
        [month, year] if year.len() == 4 || month_named(month).is_some() => day(year, month, "1"),
        _ => Said::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_spreadsheets_number_them() {
        assert!(is_day_number("45231") && is_day_number(" 45231.375 "));
        assert!(!is_day_number("202402") && !is_day_number("2024") && !is_day_number("45,231") && !is_day_number(""));
    }

    #[test]
    fn days_and_months_in_british_order_and_stand_ins_for_none() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        for text in [
            "2026-03-31",
            "31/03/2026",
            "31.3.2026",
            "31/03/26",
            "31 March 2026",
            "31st Mar 2026",
            "Tue 31 Mar 2026",
            "March 31, 2026",
            "20260331",
            "31-Mar-26",
            "2026-03-31T09:00:00Z",
            "20260331T000000Z",
            "31/03/2026 09:15",
            "2026/03/31",
        ] {
            assert_eq!(date(text), Said::Value(march), "{text}");
        }
        // On the wall it is half past midnight of the next day, in summer.
        for (stamp, day) in [
            ("2025-06-30T23:30:00Z", (2025, 7, 1)),
            ("2025-06-30T22:59:59.9Z", (2025, 6, 30)),
            ("2025-06-30 23:30:00+00:00", (2025, 7, 1)),
            ("30/06/2025 23:30:00Z", (2025, 7, 1)),
            ("2025-12-31T23:30:00Z", (2025, 12, 31)),
            ("2025-06-30T23:30:00+01:00", (2025, 6, 30)),
            ("2025-06-30T23:30:00", (2025, 6, 30)),
        ] {
            assert_eq!(date(stamp).value(), NaiveDate::from_ymd_opt(day.0, day.1, day.2), "{stamp}");
        }
        assert_eq!(date("31/12/99").value(), NaiveDate::from_ymd_opt(1999, 12, 31));
        for text in ["1900-01-01", "9999-12-31", "00/00/0000", "1899-12-30", "01/01/1970", "tbc", ""] {
            assert_eq!(date(text), Said::Missing, "{text}");
        }
        for text in ["03/31/2026", "2026-13-01", "31/02/2026", "soon", "45000"] {
            assert_eq!(date(text), Said::Unreadable, "{text}");
        }
        let first = NaiveDate::from_ymd_opt(2024, 2, 1).unwrap();
        for text in ["2024-02", "202402", "02/2024", "Feb 2024", "February-24", "Feb-24", "2024 Feb"] {
            assert_eq!(month(text), Said::Value(first), "{text}");
        }
        // Two years, or November 2010.
        assert!(month("2010/11").is_unreadable() && !month("2010-11").is_unreadable() && !month("2024/11").is_unreadable());
        assert!(is_month_first("3/31/2026") && !is_month_first("31/03/2026") && !is_month_first("3/4/2026") && !is_month_first("soon"));
    }
}
