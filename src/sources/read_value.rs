//! What a cell of a table says: a number, a date, or one of the many ways to say nothing. One reader for every source.
//!
//! Nothing is never zero. A cell that is empty or says *n/a* is missing; one that says `*` or `<5` was suppressed by whoever published it, and
//! may come with bounds; one that says *not applicable* has no answer. What fits none of these cannot be read, and is told.

use chrono::NaiveDate;

use crate::units::Bounds;

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Said<T> {
    /// The value.
    Value(T),
    /// Nothing is known: an empty cell, `n/a`, a code for *missing*.
    Missing,
    /// Whoever published it knows it and keeps it back.
    Suppressed(Bounds),
    /// The question does not arise.
    NotApplicable,
    /// It is none of these.
    Unreadable,
}

impl<T> Said<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Said::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is neither a value nor a way to say that there is none.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Said::Unreadable)
    }

    fn and_then<U>(self, f: impl FnOnce(T) -> Said<U>) -> Said<U> {
        match self {
            Said::Value(value) => f(value),
            Said::Missing => Said::Missing,
            Said::Suppressed(bounds) => Said::Suppressed(bounds),
            Said::NotApplicable => Said::NotApplicable,
            Said::Unreadable => Said::Unreadable,
        }
    }
}

/// Words and signs for *not known*. Errors of spreadsheets and the infinities of routers are among them.
const MISSING: [&str; 56] = [
    "n/a",
    "na",
    "n.a.",
    "n.a",
    "n/k",
    "nk",
    "n/d",
    "nd",
    "#n/a",
    "#na",
    "#value!",
    "#ref!",
    "#div/0!",
    "#null!",
    "#name?",
    "#num!",
    "nan",
    "null",
    "none",
    "nil return",
    "-",
    "--",
    "---",
    "\u{2013}",
    "\u{2014}",
    "..",
    "...",
    "\u{2026}",
    ":",
    "?",
    "??",
    "x",
    "[x]",
    "unknown",
    "not known",
    "not stated",
    "not recorded",
    "not available",
    "unavailable",
    "not collected",
    "missing",
    "no data",
    "tbc",
    "tba",
    "to be confirmed",
    "blank",
    "(blank)",
    "(null)",
    "inf",
    "+inf",
    "infinity",
    "\u{221e}",
    "unreachable",
    "no value",
    "not provided",
    "undefined",
];
/// Marks for *kept back by the publisher*, those of the Government Analysis Function among them.
const SUPPRESSED: [&str; 22] = [
    "*",
    "**",
    "***",
    "c",
    "[c]",
    "(c)",
    "s",
    "[s]",
    "u",
    "[u]",
    "[low]",
    "suppressed",
    "supressed",
    "[suppressed]",
    "confidential",
    "withheld",
    "redacted",
    "disclosive",
    "#",
    "##",
    "small number",
    "small numbers",
];
const NOT_APPLICABLE: [&str; 6] = ["z", "[z]", ".", "not applicable", "n/app", "notapplicable"];

/// Codes that stand for *missing* where a number cannot be negative.
const CODES: [f64; 11] = [-1.0, -8.0, -9.0, -77.0, -88.0, -98.0, -99.0, -888.0, -999.0, -9999.0, -99999.0];
/// The largest number of a type, which programs write where there is none.
const LARGEST: [f64; 6] = [2147483647.0, 2147483648.0, 4294967295.0, 9223372036854775807.0, 18446744073709551615.0, f64::MAX];

/// What words say where there is no value; `None` for other words.
fn nothing<T>(text: &str) -> Option<Said<T>> {
    let plain = text.trim().trim_matches('"').trim().to_lowercase();
    if plain.is_empty() || MISSING.contains(&plain.as_str()) {
        return Some(Said::Missing);
    }
    // Marks may be chained: `[c][e]`.
    let first = plain.split_once(']').map_or(plain.as_str(), |(first, _)| &plain[..first.len() + 1]);
    let is =
        |list: &[&str]| list.contains(&plain.as_str()) || (first.len() < plain.len() && plain.starts_with('[') && list.contains(&first));
    if is(&SUPPRESSED) {
        return Some(Said::Suppressed(Bounds::default()));
    }
    if is(&["[x]"]) {
        return Some(Said::Missing);
    }
    is(&NOT_APPLICABLE).then_some(Said::NotApplicable)
}

/// Whether a text is a way to say nothing: `n/a`, `tbc`, `-`.
pub(super) fn says_nothing(text: &str) -> bool {
    nothing::<()>(text).is_some()
}

/// A number: thousands may be parted, marks such as `[r]` may follow.
pub(super) fn number(text: &str) -> Said<f64> {
    if let Some(said) = nothing(text) {
        return said;
    }
    let text = without_marks(text);
    match numeral(text).or_else(|| numeral(text.trim_end_matches('%').trim_end())) {
        Some(n) if n.is_finite() => Said::Value(n),
        Some(_) => Said::Missing,
        None => bounds(text).map_or(Said::Unreadable, Said::Suppressed),
    }
}

/// A number that cannot be negative: codes such as -1 and -99 say that it is missing. Other negative numbers are given as they stand.
pub(super) fn quantity(text: &str) -> Said<f64> {
    number(text).and_then(|n| if CODES.contains(&n) || LARGEST.contains(&n) { Said::Missing } else { Said::Value(n) })
}

/// A whole number of 0 or more; a negative one that is no code for *missing* is given as it stands.
pub(super) fn count(text: &str) -> Said<i64> {
    quantity(text).and_then(|n| if n.fract() == 0.0 && n.abs() < 1e15 { Said::Value(n as i64) } else { Said::Unreadable })
}

/// A number with words for its unit, `12 places`, `3 weeks`: the number and the words in small letters.
pub(super) fn with_unit(text: &str) -> Said<(f64, String)> {
    let plain = quantity(text);
    if !plain.is_unreadable() {
        return plain.and_then(|n| Said::Value((n, String::new())));
    }
    let text = without_marks(text);
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    // `3 to 5 weeks` and `2h 30` hold more than one number.
    let one = !unit.is_empty() && !unit.contains(|c: char| c.is_ascii_digit());
    numeral(digits.trim()).filter(|n| one && n.is_finite()).map_or(Said::Unreadable, |n| Said::Value((n, unit)))
}

/// Minutes, hours, days, weeks, months and years in days; `None` for words that are no time.
pub(super) fn days_of(unit: &str) -> Option<f64> {
    let first = unit.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or("");
    Some(match first {
        "" | "d" | "day" | "days" | "calendar" => 1.0,
        "w" | "wk" | "wks" | "week" | "weeks" => 7.0,
        "month" | "months" | "mth" | "mths" => 365.25 / 12.0,
        "year" | "years" | "yr" | "yrs" => 365.25,
        "working" => 1.4,
        _ => return None,
    })
}

/// Marks of revision and the like after a value: `12 [r]`, `12 (p)`, `12*` is none of them.
fn without_marks(text: &str) -> &str {
    let mut text = text.trim().trim_matches('"').trim();
    while let Some(open) = text.rfind(['[', '(']).filter(|_| text.ends_with([']', ')'])) {
        let inside = &text[open + 1..text.len() - 1];
        if open == 0 || inside.len() > 8 || !inside.starts_with(|c: char| c.is_alphabetic()) {
            break;
        }
        text = text[..open].trim_end();
    }
    text
}

/// Digits, with thousands parted by commas, spaces or apostrophes, a point before decimals, and a sign of any width.
fn numeral(text: &str) -> Option<f64> {
    let (negative, rest) = match text.chars().next()? {
        '-' | '\u{2212}' | '\u{2013}' => (true, text[text.chars().next()?.len_utf8()..].trim_start()),
        '+' => (false, text[1..].trim_start()),
        _ => (false, text),
    };
    if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let is_gap = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}');
    let value: f64 = match rest.find(is_gap) {
        None => rest.parse().ok()?,
        Some(at) => {
            let gap = rest[at..].chars().next()?;
            let (whole, decimals) = rest.split_once('.').unwrap_or((rest, ""));
            let mut groups = whole.split(gap);
            let first = groups.next().filter(|g| (1..=3).contains(&g.len()))?;
            let mut digits = first.to_owned();
            for group in groups {
                if group.len() != 3 {
                    return None;
                }
                digits.push_str(group);
            }
            let plain = digits.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit());
            plain.then(|| format!("{digits}.{decimals}0").parse().ok())??
        }
    };
    Some(if negative { -value } else { value })
}

/// Bounds of a count that is not told: `<5`, `fewer than 5`, `1-4`, `10 or more`.
fn bounds(text: &str) -> Option<Bounds> {
    let text = text.to_lowercase().replace(['\u{2013}', '\u{2014}', '\u{2212}'], "-").replace(" to ", "-").replace(" and ", " or ");
    let whole = |t: &str| numeral(t.trim()).filter(|n| *n >= 0.0 && n.fract() == 0.0 && *n < 1e9).map(|n| n as u64);
    let below = |n: u64| Bounds { low: None, high: Some(n.saturating_sub(1)) };
    let up_to = |n: u64| Bounds { low: None, high: Some(n) };
    let from = |n: u64| Bounds { low: Some(n), high: None };
    for (prefix, make) in [
        ("<=", &up_to as &dyn Fn(u64) -> Bounds),
        ("\u{2264}", &up_to),
        ("=<", &up_to),
        ("up to", &up_to),
        ("at most", &up_to),
        ("<", &below),
        ("fewer than", &below),
        ("less than", &below),
        ("under", &below),
        ("below", &below),
        (">=", &from),
        ("\u{2265}", &from),
        ("at least", &from),
        (">", &|n| from(n + 1)),
        ("more than", &|n| from(n + 1)),
        ("over", &|n| from(n + 1)),
    ] {
        if let Some(n) = text.strip_prefix(prefix).and_then(whole) {
            return Some(make(n));
        }
    }
    for (suffix, make) in [
        ("or fewer", &up_to as &dyn Fn(u64) -> Bounds),
        ("or less", &up_to),
        ("or under", &up_to),
        ("or below", &up_to),
        ("or more", &from),
        ("or greater", &from),
        ("or over", &from),
        ("+", &from),
    ] {
        if let Some(n) = text.strip_suffix(suffix).and_then(whole) {
            return Some(make(n));
        }
    }
    let (low, high) = text.split_once('-')?;
    let (low, high) = (whole(low)?, whole(high)?);
    (low < high).then_some(Bounds { low: Some(low), high: Some(high) })
}

/// Days that programs write where there is none.
fn is_no_day(date: NaiveDate) -> bool {
    use chrono::Datelike;
    let (y, m, d) = (date.year(), date.month(), date.day());
    y <= 1901 || y >= 2900 || (y, m, d) == (1970, 1, 1)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A month by its name or the first letters of it.
fn month_named(word: &str) -> Option<u32> {
    let full = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.trim_end_matches('.');
    let short = MONTHS.iter().position(|m| *m == word || (word == "sept" && *m == "sep"));
    short.or_else(|| full.iter().position(|m| *m == word)).map(|i| i as u32 + 1)
}

/// A day: `2026-03-31`, `31/03/2026`, `31.3.26`, `31 March 2026`, `20260331`, with or without a time. Day before month, as in Britain.
pub(super) fn date(text: &str) -> Said<NaiveDate> {
    if let Some(said) = nothing(text) {
        return said;
    }
    let text = text.trim().to_lowercase();
    // A time after a day: `2026-03-31T09:00`, `31/03/2026 09:00:00`.
    let text = text
        .split_once('t')
        .filter(|(day, _)| day.ends_with(|c: char| c.is_ascii_digit()) && day.contains('-'))
        .map_or(text.as_str(), |(day, _)| day);
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
        [year, month, dom] if year.len() == 4 => day(year, month, dom),
        [month, dom, year] if month_named(month).is_some() => day(year, month, dom),
        [dom, month, year] => day(year, month, dom),
        _ => Said::Unreadable,
    }
}

fn day(year: &str, month: &str, dom: &str) -> Said<NaiveDate> {
    let ordinal = dom.trim_end_matches(|c: char| c.is_alphabetic());
    let year = match (year.len(), year.parse::<i32>()) {
        (4, Ok(y)) => y,
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
pub(super) fn month(text: &str) -> Said<NaiveDate> {
    let of_day = date(text);
    if !of_day.is_unreadable() {
        return of_day;
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

/// Whether a pair of coordinates is a stand-in for none: 0 and 0, 99.999999 and 0, the origin of the grid, or words.
pub(super) fn is_no_point(x: &str, y: &str) -> bool {
    let (a, b) = (number(x), number(y));
    match (a, b) {
        (Said::Value(x), Said::Value(y)) => is_no_place(x, y),
        // One of two is no place either.
        (Said::Missing | Said::NotApplicable | Said::Suppressed(_), other)
        | (other, Said::Missing | Said::NotApplicable | Said::Suppressed(_)) => !other.is_unreadable(),
        _ => false,
    }
}

/// As [`is_no_point`], of numbers.
pub(super) fn is_no_place(x: f64, y: f64) -> bool {
    let odd = |v: f64| v == 99.999999 || v == 999.0 || v == -999.0 || v == 9999.0 || v == -9999.0 || v == -99.0;
    (x == 0.0 && y == 0.0) || odd(x) || odd(y) || (x == -1.0 && y == -1.0) || (x == 1.0 && y == 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, n) in [
            ("1,000", 1000.0),
            ("1 234 567", 1234567.0),
            ("12\u{a0}345.5", 12345.5),
            ("\u{2212}5", -5.0),
            (" 12 [r]", 12.0),
            ("7 (p)", 7.0),
            ("1e3", 1000.0),
            ("12.0", 12.0),
            ("+4", 4.0),
            ("0", 0.0),
            ("1'000", 1000.0),
            ("45%", 45.0),
        ] {
            assert_eq!(number(text), Said::Value(n), "{text}");
        }
        for text in ["1,5", "1,23,456", "12,34", "about 5", "1.234,5", "5 5"] {
            assert_eq!(number(text), Said::Unreadable, "{text}");
        }
    }

    #[test]
    fn ways_to_say_nothing_are_told_apart_and_none_is_zero() {
        for text in ["", "n/a", "N/A", "#N/A", "NaN", "Inf", "..", "-", "\u{2013}", "[x]", "TBC", "not known", "-1", "-99", "2147483647"] {
            assert_eq!(count(text), Said::Missing, "{text}");
        }
        for (text, low, high) in [
            ("*", None, None),
            ("c", None, None),
            ("[c]", None, None),
            ("[c][e]", None, None),
            ("<5", None, Some(4)),
            ("< 5", None, Some(4)),
            ("\u{2264}5", None, Some(5)),
            ("Fewer than 10", None, Some(9)),
            ("5 or under", None, Some(5)),
            ("1-4", Some(1), Some(4)),
            ("0 to 2", Some(0), Some(2)),
            ("10 or greater", Some(10), None),
            ("1\u{2013}4", Some(1), Some(4)),
            ("Under 5", None, Some(4)),
            ("suppressed", None, None),
        ] {
            assert_eq!(count(text), Said::Suppressed(Bounds { low, high }), "{text}");
        }
        assert_eq!(count("[z]"), Said::NotApplicable);
        assert_eq!((count("-3"), count("2.5"), count("many")), (Said::Value(-3), Said::Unreadable, Said::Unreadable));
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
            "31/03/2026 09:15",
            "2026/03/31",
        ] {
            assert_eq!(date(text), Said::Value(march), "{text}");
        }
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
    }

    #[test]
    fn units_and_places_that_are_none() {
        assert_eq!(with_unit("12 places"), Said::Value((12.0, "places".into())));
        assert_eq!(with_unit("3 to 5 weeks"), Said::Unreadable);
        assert!(
            is_no_point("0", "0.0")
                && is_no_point("99.999999", "0")
                && is_no_point("n/a", "")
                && !is_no_point("0", "51.4")
                && !is_no_point("x1", "")
        );
    }
}
