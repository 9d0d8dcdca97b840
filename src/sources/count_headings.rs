//! Headings that say that a column holds no counts of the kind that the plan maps it as: a rate, a longer time than a month, contacts in place of people.

use super::csv_file::Sheet;
use crate::diagnostics::{Code, Place, Problems};

/// What a column is by the words of its heading, and what helps.
pub(super) struct NoCount {
    is: fn(&[&str]) -> bool,
    what: &'static str,
    next: &'static str,
}

/// Added up, rates and shares are the number of nothing.
pub(super) const RATES: NoCount = NoCount {
    is: is_rate,
    what: "this column holds rates or shares, and is mapped as `count`",
    next: "Map a column of counts. Rates of areas and months cannot be added.",
};

/// Counts that overlap with those of other months, or are of none.
pub(super) const LONGER_TIMES: NoCount = NoCount {
    is: is_no_monthly_count,
    what: "by its heading this column holds no counts of a month: a longer time, an average, a target or thousands",
    next: "Map a column that counts the events of the month of each row. If this one does, call it `count`.",
};

/// One woman has many contacts: groups would be told apart by how often people come.
pub(super) const CONTACTS: NoCount = NoCount {
    is: counts_contacts,
    what: "by its heading this column counts contacts, and no people",
    next: "Map a column that counts each person once. If this one does, call it `users`.",
};

impl NoCount {
    /// Whether a heading says so.
    pub fn is_said_by(&self, heading: &str) -> bool {
        (self.is)(&words(&heading.to_lowercase()))
    }
}

/// Whether a column is none of those that are refused; if it is one, that is reported.
pub(super) fn may_count(sheet: &Sheet, column: Option<usize>, refused: &[NoCount], problems: &mut Problems) -> bool {
    let Some(heading) = column.and_then(|c| sheet.headings.get(c)) else { return true };
    let lower = heading.to_lowercase();
    let words = words(&lower);
    let found = refused.iter().find(|no| (no.is)(&words));
    if let Some(no) = found {
        problems.error(Code::R104, Place::line(&sheet.file, 1).at(format!("column {heading}")), no.what, no.next);
    }
    found.is_none()
}

fn words(lower: &str) -> Vec<&str> {
    lower.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|w| !w.is_empty()).collect()
}

fn is_rate(words: &[&str]) -> bool {
    words.iter().any(|w| w.contains('%') || ["percent", "percentage", "rate", "rates", "proportion", "ratio", "share"].contains(w))
        || words.windows(2).any(|w| w[0] == "per" && (w[1] == "cent" || w[1].starts_with(|c: char| c.is_ascii_digit())))
}

/// `Last 12 months`, `Target`, `Change on last year`, `Offences (thousands)`.
fn is_no_monthly_count(words: &[&str]) -> bool {
    const ALONE: [&str; 16] = [
        "average",
        "mean",
        "median",
        "change",
        "difference",
        "target",
        "forecast",
        "projected",
        "projection",
        "annual",
        "quarterly",
        "thousands",
        "hundreds",
        "000s",
        "rolling",
        "previous",
    ];
    const PAIRS: [(&str, &str); 5] = [("so", "far"), ("to", "date"), ("quarter", "total"), ("year", "total"), ("last", "year")];
    let months = |w: &[&str]| ["month", "months"].contains(&w[1]) && w[0].parse::<u8>().is_ok_and(|n| n > 1);
    words.iter().any(|w| ALONE.contains(w))
        || words.first() == Some(&"since")
        || words.windows(2).any(|w| PAIRS.contains(&(w[0], w[1])) || months(w))
}

fn counts_contacts(words: &[&str]) -> bool {
    const OF_CONTACTS: [&str; 8] = ["contact", "attendance", "visit", "session", "appointment", "call", "intervention", "hour"];
    words.iter().any(|w| OF_CONTACTS.contains(&w.trim_end_matches('s')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_is_no_count_of_a_month() {
        for heading in [
            "last 12 months",
            "12 month total",
            "year so far",
            "since april",
            "average per month",
            "target",
            "offences (000s)",
            "change on last year",
        ] {
            assert!(is_no_monthly_count(&words(heading)), "{heading}");
        }
        for heading in ["count", "offences", "number of crimes", "month total", "n", "recorded in month", "incidents 2024"] {
            assert!(!is_no_monthly_count(&words(heading)) && !is_rate(&words(heading)), "{heading}");
        }
        assert!(is_rate(&words("% of crime")) && is_rate(&words("share(%)")) && is_rate(&words("per 1,000")));
        assert!(
            counts_contacts(&words("contacts")) && counts_contacts(&words("home visits")) && !counts_contacts(&words("women supported"))
        );
    }
}
