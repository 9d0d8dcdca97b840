//! What a cell of a table says: a number, a date, or one of the many ways to say nothing. One reader for every source.
//!
//! Nothing is never zero. A cell that is empty or says *n/a* is missing; one that says `*` or `<5` was suppressed by whoever published it, and
//! may come with bounds; one that says *not applicable* has no answer. What fits none of these cannot be read, and is told.

mod day;
mod nines;
mod no_place;
mod numeral;
mod stamp;

use crate::units::Bounds;

pub(in crate::sources) use day::{date, is_day_number, is_financial_year, is_month_first, month, month_named};
pub(in crate::sources) use nines::{Nines, is_nines};
pub(in crate::sources) use no_place::says_no_place;
pub(in crate::sources) use numeral::{count, days_of, is_no_point, number, number_of, quantity, with_unit, yearly_amount};
pub(in crate::sources) use stamp::{has_day_and_time, is_an_hour_early};

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

    pub fn and_then<U>(self, f: impl FnOnce(T) -> Said<U>) -> Said<U> {
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
const SUPPRESSED: [&str; 23] = [
    "~",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_say_nothing_are_told_apart_and_none_is_zero() {
        for text in ["", "n/a", "N/A", "#N/A", "NaN", "Inf", "..", "-", "\u{2013}", "[x]", "TBC", "not known", "-1", "-99", "2147483647"] {
            assert_eq!(count(text), Said::Missing, "{text}");
        }
        for (text, low, high) in [
            ("*", None, None),
            ("~", None, None),
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
}
