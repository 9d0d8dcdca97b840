//! Months that one cell says: a month, a quarter, a year, a financial year, or from one month to another.

use super::read_value::month;
use crate::units::{Month, Period};

/// What a cell says of months.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Span {
    /// These.
    Months(Period),
    /// It cannot be read, or may be two things.
    Unreadable,
}

/// The months of a cell: `2025-04`, `Apr 2025`, `2025-04 to 2026-03`, `2025 Q2`, `2025/26`, `2025`.
///
/// `2011-12` may be a month or a financial year, and is neither.
pub(super) fn span_of(text: &str) -> Span {
    let text = text.trim();
    let found = quarter(text).or_else(|| year(text)).or_else(|| between(text)).or_else(|| one_month(text).and_then(|m| Period::new(m, m)));
    found.map_or(Span::Unreadable, Span::Months)
}

fn one_month(text: &str) -> Option<Month> {
    if financial(text, '-').is_some() {
        return None;
    }
    month(text).value().and_then(|d| Month::parse(&d.format("%Y-%m").to_string()))
}

/// From one month to another.
fn between(text: &str) -> Option<Period> {
    let (first, last) = [" to ", " \u{2013} ", " - "].iter().find_map(|sign| text.split_once(sign))?;
    Period::new(one_month(first.trim())?, one_month(last.trim())?)
}

/// Three months of a calendar year: `2025 Q2`, `Q2 2025`, `2025-Q2`.
fn quarter(text: &str) -> Option<Period> {
    let upper = text.to_uppercase();
    let mut parts = upper.split(|c: char| c == '-' || c.is_whitespace()).filter(|p| !p.is_empty());
    let (a, b) = (parts.next()?, parts.next()?);
    let (q, y) = if a.starts_with('Q') { (a, b) } else { (b, a) };
    let n: u32 = q.strip_prefix('Q')?.parse().ok().filter(|n| (1..=4).contains(n))?;
    let first = Month::new(four_digits(y)?, 3 * n - 2)?;
    Period::new(first, first.plus(2)).filter(|_| parts.next().is_none())
}

/// A year, or a financial year from April to March.
fn year(text: &str) -> Option<Period> {
    let from = |y: i32, month: u32| Month::new(y, month).and_then(|first| Period::new(first, first.plus(11)));
    if let Some(y) = four_digits(text) {
        return from(y, 1);
    }
    let of_two = financial(text, '/').or_else(|| financial(text, '-').filter(|_| Month::parse(text).is_none()));
    from(of_two?, 4)
}

/// The first year of `2025/26` or `2025/2026`.
fn financial(text: &str, sign: char) -> Option<i32> {
    let (first, second) = text.split_once(sign)?;
    let (y, next) = (four_digits(first)?, second.trim());
    let follows = next.len() == 2 && next.parse::<i32>() == Ok((y + 1) % 100) || four_digits(next) == Some(y + 1);
    follows.then_some(y)
}

fn four_digits(text: &str) -> Option<i32> {
    let text = text.trim();
    text.parse().ok().filter(|y| text.len() == 4 && (1990..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_years_are_told_apart() {
        let told = |text: &str| match span_of(text) {
            Span::Months(p) => format!("{} {}", p.first, p.last),
            Span::Unreadable => String::new(),
        };
        for (text, span) in [
            ("2025-04", "2025-04 2025-04"),
            ("2025-04 to 2026-03", "2025-04 2026-03"),
            ("2025 Q2", "2025-04 2025-06"),
            ("q4-2025", "2025-10 2025-12"),
            ("2025/26", "2025-04 2026-03"),
            ("2025-26", "2025-04 2026-03"),
            ("2025-2026", "2025-04 2026-03"),
            ("2025", "2025-01 2025-12"),
            // A month, or a financial year.
            ("2011-12", ""),
            ("2025 Q5", ""),
            ("2026-03 to 2025-04", ""),
            ("2025/27", ""),
            ("12%", ""),
        ] {
            assert_eq!(told(text), span, "{text}");
        }
    }
}
