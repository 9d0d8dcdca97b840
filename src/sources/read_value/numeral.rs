//! Numbers as tables write them: with parted thousands, marks, units, bounds in place of a number, and coordinates that are none.

use super::super::whole_people::has_dot_of_thousands;
use super::{Said, nothing};
use crate::units::Bounds;

/// Codes that stand for *missing* where a number cannot be negative.
const CODES: [f64; 11] = [-1.0, -8.0, -9.0, -77.0, -88.0, -98.0, -99.0, -888.0, -999.0, -9999.0, -99999.0];
/// The largest number of a type, which programs write where there is none.
const LARGEST: [f64; 6] = [2147483647.0, 2147483648.0, 4294967295.0, 9223372036854775807.0, 18446744073709551615.0, f64::MAX];

/// A number: thousands may be parted, marks such as `[r]` may follow.
pub(in crate::sources) fn number(text: &str) -> Said<f64> {
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
pub(in crate::sources) fn quantity(text: &str) -> Said<f64> {
    number(text).and_then(|n| if CODES.contains(&n) || LARGEST.contains(&n) { Said::Missing } else { Said::Value(n) })
}

/// A whole number of 0 or more; a negative one that is no code for *missing* is given as it stands.
pub(in crate::sources) fn count(text: &str) -> Said<i64> {
    // A share is no count; and `1.000` may be one or a thousand.
    if text.contains('%') || has_dot_of_thousands(text) {
        return Said::Unreadable;
    }
    quantity(text).and_then(|n| if n.fract() == 0.0 && n.abs() < 1e15 { Said::Value(n as i64) } else { Said::Unreadable })
}

/// A number with words for its unit, `12 places`, `3 weeks`: the number and the words in small letters.
pub(in crate::sources) fn with_unit(text: &str) -> Said<(f64, String)> {
    let plain = quantity(text);
    if !plain.is_unreadable() {
        return plain.and_then(|n| Said::Value((n, String::new())));
    }
    let text = without_marks(text);
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    // A unit may stand in brackets: `12 (weeks)`.
    let (digits, unit) = (digits.trim().trim_end_matches(['(', '[']), unit.trim().trim_end_matches([')', ']', '.']).to_lowercase());
    // `3 to 5 weeks` and `2h 30` hold more than one number.
    let one = !unit.is_empty() && !unit.contains(|c: char| c.is_ascii_digit());
    numeral(digits.trim()).filter(|n| one && n.is_finite()).map_or(Said::Unreadable, |n| Said::Value((n, unit)))
}

/// Money for a year: `£120,000`, `1.2m`, `120k`, `10,000 per month`. Words that are no such unit make it unreadable: a number without its unit is another.
pub(in crate::sources) fn yearly_amount(text: &str) -> Said<f64> {
    let plain = text.to_lowercase().replace(['£', '/'], " ").replace("gbp", " ").replace("p.a.", " pa").replace("p.a", " pa");
    with_unit(plain.trim()).and_then(|(n, unit)| {
        let (mut n, mut words) = (n, unit.split_whitespace().peekable());
        let times = words.peek().and_then(|word| thousands_in(word));
        if let Some(times) = times {
            n *= times;
            words.next();
        }
        // `120.000` may be a hundred and twenty thousand.
        if times.is_none() && plain.split_whitespace().any(has_dot_of_thousands) {
            return Said::Unreadable;
        }
        let rest: Vec<&str> = words.filter(|w| !matches!(*w, "pounds" | "per" | "a" | "each" | "every")).collect();
        match rest[..] {
            [] | ["year" | "yr" | "annum" | "pa" | "yearly" | "annual" | "annually"] => Said::Value(n),
            ["month" | "monthly" | "mth" | "pcm" | "pm"] => Said::Value(12.0 * n),
            ["quarter" | "quarterly"] => Said::Value(4.0 * n),
            ["week" | "weekly"] => Said::Value(52.0 * n),
            _ => Said::Unreadable,
        }
    })
}

/// What `k`, `thousand`, `m` and `million` stand for.
fn thousands_in(word: &str) -> Option<f64> {
    match word {
        "k" | "thousand" => Some(1e3),
        "m" | "mn" | "mln" | "million" => Some(1e6),
        _ => None,
    }
}

/// Words beside which a number counts no places, people or posts: `6 weeks`, `10 per worker`, `20 sessions`.
const OF_TIME: [&str; 32] = [
    "per",
    "minute",
    "minutes",
    "hour",
    "hours",
    "hr",
    "hrs",
    "hourly",
    "day",
    "days",
    "daily",
    "night",
    "nights",
    "week",
    "weeks",
    "wk",
    "wks",
    "weekly",
    "fortnight",
    "fortnightly",
    "month",
    "months",
    "mth",
    "mths",
    "monthly",
    "quarter",
    "quarterly",
    "year",
    "years",
    "yr",
    "session",
    "sessions",
];

/// A number of places, people or posts, which may have its unit in words: `12 places`, `8 FTE`. A letter that hangs on it, `5O` or `0.5k`, is a slip or a
/// multiple, and no unit.
pub(in crate::sources) fn number_of(text: &str) -> Said<f64> {
    if text.contains('%') || text.split_whitespace().any(has_dot_of_thousands) {
        return Said::Unreadable;
    }
    with_unit(text).and_then(|(n, unit)| {
        let word = unit.split_whitespace().next().unwrap_or("");
        let of_time = || unit.split(|c: char| !c.is_alphabetic()).any(|w| OF_TIME.contains(&w));
        if word.chars().count() == 1 || thousands_in(word).is_some() || of_time() { Said::Unreadable } else { Said::Value(n) }
    })
}

/// Minutes, hours, days, weeks, months and years in days; `None` for words that are no time.
pub(in crate::sources) fn days_of(unit: &str) -> Option<f64> {
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

/// Whether what stands in brackets after a number is a mark of revision, quality or a note, and no unit.
fn is_mark_of_a_value(inside: &str, square: bool) -> bool {
    const MARKS: [&str; 22] = [
        "r", "p", "e", "u", "c", "x", "z", "b", "f", "a", "n", "s", "est", "estimate", "prov", "rev", "revised", "final", "low", "high",
        "w", "note",
    ];
    let lower = inside.trim().trim_end_matches('.').to_lowercase();
    let note = lower.strip_prefix("note").is_some_and(|n| n.trim().bytes().all(|b| b.is_ascii_digit()));
    let number = square && (1..=2).contains(&lower.len()) && lower.bytes().all(|b| b.is_ascii_digit());
    // `[w]` is withdrawn; `(w)` may be weeks. `[1]` is a note, `(1)` may be another number.
    note || number || MARKS.contains(&lower.as_str()) && (square || lower != "w")
}

/// Marks of revision and the like after a value: `12 [r]`, `12 (p)`, `12[1]`, `12¹`; `12*` is none of them, and a unit is none: `12 (weeks)`.
fn without_marks(text: &str) -> &str {
    let mut text = text.trim().trim_matches('"').trim();
    // Numbers of notes stand raised behind a value.
    let raised = |c: char| matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}' | '\u{2020}' | '\u{2021}');
    let plain = text.trim_end_matches(raised);
    // A raised number behind a ten may be a power of it.
    if plain.ends_with(|c: char| c.is_ascii_digit()) && plain != "10" {
        text = plain;
    }
    while let Some(open) = text.rfind(['[', '(']).filter(|_| text.ends_with([']', ')'])) {
        let inside = &text[open + 1..text.len() - 1];
        if open == 0 || !is_mark_of_a_value(inside, text.ends_with(']')) {
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

/// Whether a pair of coordinates is a stand-in for none: 0 and 0, 99.999999 and 0, the origin of the grid, or words.
pub(in crate::sources) fn is_no_point(x: &str, y: &str) -> bool {
    let (a, b) = (number(x), number(y));
    match (a, b) {
        (Said::Value(x), Said::Value(y)) => is_no_place(x, y) || (is_nines_alone(x) && is_nines_alone(y)),
        // One of two is no place either.
        (Said::Missing | Said::NotApplicable | Said::Suppressed(_), other)
        | (other, Said::Missing | Said::NotApplicable | Said::Suppressed(_)) => !other.is_unreadable(),
        _ => false,
    }
}

/// Whether a number is whole, of at least two digits, and has no other digit than nine: 999999. Two beside one another are no metres of anything.
fn is_nines_alone(value: f64) -> bool {
    let digits = value.abs().to_string();
    digits.len() > 1 && digits.bytes().all(|b| b == b'9')
}

/// As [`is_no_point`], of numbers.
fn is_no_place(x: f64, y: f64) -> bool {
    // The origin of the National Grid in degrees: 0 and 0, converted.
    let near = |a: f64, b: f64| (a - b).abs() < 0.001;
    if near(x, -7.5571) && near(y, 49.7668) || near(y, -7.5571) && near(x, 49.7668) {
        return true;
    }
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
            ("15[1]", 15.0),
            ("15 [12]", 15.0),
            ("15\u{b9}", 15.0),
            ("1,015\u{2020}", 1015.0),
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
    fn units_and_places_that_are_none() {
        assert_eq!(with_unit("12 places"), Said::Value((12.0, "places".into())));
        assert_eq!(with_unit("3 to 5 weeks"), Said::Unreadable);
        assert_eq!((number_of("8 FTE"), number_of("12")), (Said::Value(8.0), Said::Value(12.0)));
        for text in ["6 weeks", "6 (weeks)", "10 per worker", "20 sessions per week", "12 (nights)"] {
            assert_eq!(number_of(text), Said::Unreadable, "{text}");
        }
        assert_eq!(
            (number_of("12 (places)"), number_of("12 (est.)"), number_of("12 [note 3]")),
            (Said::Value(12.0), Said::Value(12.0), Said::Value(12.0))
        );
        assert_eq!(with_unit("12 (weeks)"), Said::Value((12.0, "weeks".into())));
        assert_eq!((number("6 (weeks)"), quantity("6 (w)")), (Said::Unreadable, Said::Unreadable));
        assert_eq!((yearly_amount("10,000 (monthly)"), yearly_amount("£120,000 (total)")), (Said::Value(120_000.0), Said::Unreadable));
        assert_eq!((number_of("5O"), number_of("0.5k"), number_of("2 thousand")), (Said::Unreadable, Said::Unreadable, Said::Unreadable));
    }

    #[test]
    fn money_for_a_year_keeps_its_unit() {
        for (text, pounds) in [
            ("120000", 120_000.0),
            ("£100,000", 100_000.0),
            ("£1.2m", 1_200_000.0),
            ("1.2 million", 1_200_000.0),
            ("120k", 120_000.0),
            ("GBP 100 thousand", 100_000.0),
            ("10000 per month", 120_000.0),
            ("£25,000/quarter", 100_000.0),
            ("£90,000 p.a.", 90_000.0),
            ("90,000 a year", 90_000.0),
        ] {
            assert_eq!(yearly_amount(text), Said::Value(pounds), "{text}");
        }
        for text in ["1.2 heaps", "100,000 in total", "10k to 12k", "100,000 per client", "€5,000", "120.000"] {
            assert_eq!(yearly_amount(text), Said::Unreadable, "{text}");
        }
        assert_eq!(yearly_amount("TBC"), Said::Missing);
    }

    #[test]
    fn what_stands_for_no_point() {
        assert!(
            is_no_point("0", "0.0")
                && is_no_point("99.999999", "0")
                && is_no_point("n/a", "")
                && is_no_point("999999", "9999999.0")
                && is_no_point("-99999", "-99999")
                && !is_no_point("999999", "301133")
                && !is_no_point("499999", "299999")
                && !is_no_point("0", "51.4")
                && !is_no_point("x1", "")
        );
    }
}
