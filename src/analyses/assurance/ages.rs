//! How long ago a record was checked.

use chrono::{Months, NaiveDate};

/// A check is recent for fewer months than this.
pub(super) const RECENT_MONTHS: u32 = 6;
/// A check is old after more months than this: as long as the register of gaps gives it.
pub(super) const OLD_MONTHS: u32 = 12;

/// How long ago a record was checked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Age {
    /// Fewer than six months.
    Recent,
    /// From six months to twelve, both ends among them.
    Middle,
    /// More than twelve.
    Old,
    /// Nobody says when, or not of a day that had come.
    NotKnown,
}

impl Age {
    /// Of the day of the last check, on a day; both ISO 8601. Of a check after the day nobody knows when the one before it was, or whether the day is a slip.
    pub fn of(checked: Option<&str>, day: &str) -> Self {
        let date = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let Some((checked, day)) = checked.and_then(date).zip(date(day)) else { return Age::NotKnown };
        if checked > day {
            return Age::NotKnown;
        }
        let before = |months: u32| day.checked_sub_months(Months::new(months));
        match (before(RECENT_MONTHS), before(OLD_MONTHS)) {
            (Some(recent), _) if checked > recent => Age::Recent,
            (_, Some(old)) if checked >= old => Age::Middle,
            _ => Age::Old,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Age;

    #[test]
    fn classes_meet_at_their_borders() {
        let on = |checked: &str| Age::of(Some(checked), "2025-12-31");
        for (checked, age) in [
            ("2052-07-01", Age::NotKnown),
            ("2026-01-15", Age::NotKnown),
            ("2026-01-01", Age::NotKnown),
            ("2025-12-31", Age::Recent),
            ("2025-07-01", Age::Recent),
            ("2025-06-30", Age::Middle),
            ("2024-12-31", Age::Middle),
            ("2024-12-30", Age::Old),
            ("1999-01-01", Age::Old),
            ("not a day", Age::NotKnown),
            ("", Age::NotKnown),
        ] {
            assert_eq!(on(checked), age, "{checked}");
        }
        assert_eq!(Age::of(None, "2025-12-31"), Age::NotKnown);
        // The last day of February is half a year after the last days of August.
        let end_of_february = |checked: &str| Age::of(Some(checked), "2025-02-28");
        assert_eq!([end_of_february("2024-08-29"), end_of_february("2024-08-28")], [Age::Recent, Age::Middle]);
        let leap = |checked: &str| Age::of(Some(checked), "2024-02-29");
        assert_eq!([leap("2023-02-28"), leap("2023-02-27")], [Age::Middle, Age::Old]);
    }
}
