//! Bank holidays of England, day by day: a table, because some are moved or given once.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::{Month, Period, rows};

static ENGLAND: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/holidays/england.csv"));
    all.iter().filter_map(|row| row.get(0)?.parse().ok()).collect()
});

/// Those of all years that are known, in order. Where one falls on a weekend, the day that is given in its place.
///
/// ```
/// use gapmap::units::bank_holidays;
/// let christmas_2021 = bank_holidays().iter().filter(|d| d.to_string().starts_with("2021-12"));
/// assert_eq!(christmas_2021.map(|d| d.to_string()).collect::<Vec<_>>(), ["2021-12-27", "2021-12-28"]);
/// ```
pub fn bank_holidays() -> &'static [NaiveDate] {
    &ENGLAND
}

/// Those of some months.
pub fn bank_holidays_in(period: Period) -> Vec<NaiveDate> {
    let month = |day: &NaiveDate| Month::new(day.year(), day.month());
    let within = |day: &&NaiveDate| month(day).is_some_and(|m| (period.first..=period.last).contains(&m));
    ENGLAND.iter().filter(within).copied().collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, Weekday};

    use super::*;

    /// The Sunday of Easter, by the anonymous Gregorian algorithm.
    fn easter(y: i32) -> NaiveDate {
        let (a, b, c) = (y % 19, y / 100, y % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let n = h + l - 7 * m + 114;
        NaiveDate::from_ymd_opt(y, (n / 31) as u32, (n % 31 + 1) as u32).unwrap()
    }

    #[test]
    fn the_table_has_every_year_and_its_feasts_where_the_calendar_puts_them() {
        for year in 2018..=2027 {
            let own: Vec<NaiveDate> = ENGLAND.iter().filter(|d| d.year() == year).copied().collect();
            assert_eq!(
                own.len(),
                match year {
                    2022 => 10,
                    2023 => 9,
                    _ => 8,
                },
                "{year}"
            );
            let sunday = easter(year);
            assert!(own.contains(&(sunday - Days::new(2))) && own.contains(&(sunday + Days::new(1))), "{year}: {sunday}");
            // By the Banking and Financial Dealings Act 1971 and by proclamation: none on a weekend, the last Monday of August.
            assert!(own.iter().all(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun)), "{year}");
            let last_monday = (25..=31).filter_map(|d| NaiveDate::from_ymd_opt(year, 8, d)).find(|d| d.weekday() == Weekday::Mon).unwrap();
            assert!(own.contains(&last_monday), "{year}");
        }
        assert!(ENGLAND.is_sorted());
        let months = Period::new(Month::parse("2025-04").unwrap(), Month::parse("2025-05").unwrap()).unwrap();
        assert_eq!(bank_holidays_in(months).len(), 4);
    }
}
