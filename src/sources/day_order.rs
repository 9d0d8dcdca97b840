//! Whether day and month have changed places in the dates of a table, as in America, or in a part of them, as after a spreadsheet.
//!
//! One date cannot tell: `2/1/2023` is a day in January or in February. Many can. Where all days lie between 1 and 12, and several were met, they are
//! months; where the days from 13 on are written in one way and those up to 12 in another, a spreadsheet has taken the latter for months.

use crate::diagnostics::{Code, Place, Problems};

/// Fewer dates than this tell nothing.
const FEWEST: u64 = 15;
/// Of each of two ways of writing.
const FEWEST_OF_EACH: u64 = 3;
/// A table of the first days of months has one day, or two.
const FEWEST_DAYS: u32 = 3;
/// Days up to the twelfth.
const COULD_BE_MONTHS: u32 = 0x1ffe;
const JANUARY: u32 = 1 << 1;
/// Those of the first week, of what happens on the first Tuesday of each month.
const FIRST_WEEK: u32 = 0xfe;

/// Dates written in one way: a bit for each day and for each month that was met.
#[derive(Clone, Copy, Default)]
struct Written {
    n: u64,
    days: u32,
    months: u32,
}

impl Written {
    fn see(&mut self, day: u32, month: u32) {
        if day <= 31 && month <= 31 {
            self.n += 1;
            self.days |= 1 << day;
            self.months |= 1 << month;
        }
    }

    fn could_be_months(&self) -> bool {
        self.days & !COULD_BE_MONTHS == 0 && self.days.count_ones() >= FEWEST_DAYS
    }

    /// Whether all days are of one month, and that is no January: exchanged, they would be the same later day of every month, and nobody writes months so.
    fn is_of_one_month(&self) -> bool {
        self.months.count_ones() == 1 && self.months != JANUARY
    }

    fn is_of_first_weeks(&self) -> bool {
        self.days & !FIRST_WEEK == 0 && self.months.count_ones() > self.days.count_ones()
    }
}

/// `25-01-05` may be a day of 2025 or of 2005: where the number behind takes so many values, more than a table has years, and the one before few, the
/// year stands before.
const FEWEST_LAST: u32 = 12;
/// Nobody has numbers of years before 2009 in a table of today.
const EARLIEST_YEAR: u32 = 9;

/// The dates of a table.
#[derive(Clone, Copy, Default)]
pub(super) struct DayOrder {
    /// `17/02/2024`.
    british: Written,
    /// `2024-02-17`.
    iso: Written,
    /// `17/02/24`: how many, and a bit for each first and each last number.
    short: (u64, u32, u32),
}

impl DayOrder {
    /// A date as it stands in the table. What is no date of numbers tells nothing.
    pub fn see(&mut self, text: &str) {
        let text = text.trim();
        let day = text.split(['T', 't', ' ', ',']).next().unwrap_or_default();
        let mut parts = day.split(['/', '-', '.']);
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return };
        let number = |t: &str| if t.len() <= 2 { t.parse::<u32>().ok() } else { None };
        match (a.len(), number(b)) {
            (4, Some(month)) => {
                if let Some(day) = number(c) {
                    self.iso.see(day, month);
                }
            }
            (1 | 2, Some(month)) if c.len() == 2 || c.len() == 4 => {
                if let Some(day) = number(a) {
                    self.british.see(day, month);
                    if let (2, Ok(year)) = (c.len(), c.parse::<u32>()) {
                        self.short = (self.short.0 + 1, self.short.1 | 1 << day.min(31), self.short.2 | 1 << year.min(31));
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds the dates of another table.
    pub fn add(&mut self, other: &Self) {
        for (own, more) in [(&mut self.british, &other.british), (&mut self.iso, &other.iso)] {
            own.n += more.n;
            own.days |= more.days;
            own.months |= more.months;
        }
        self.short = (self.short.0 + other.short.0, self.short.1 | other.short.1, self.short.2 | other.short.2);
    }

    /// Tells where day and month have changed places; whether they have.
    pub fn tell(&self, place: Place, problems: &mut Problems) -> bool {
        let Self { british, iso, short: (n, first, last) } = self;
        // A day that is always the first is no year.
        let is_year = first.trailing_zeros() >= EARLIEST_YEAR;
        let (first, last) = (first.count_ones(), last.count_ones());
        if is_year && last >= FEWEST_LAST && last > 2 * first {
            let what = format!("{n} dates have years of two digits, and it seems to be the first number that is the year, as in 25-01-05");
            problems.error(Code::R104, place, what, "Give each date as yyyy-mm-dd, with a year of four digits.");
            return true;
        }
        let are_swapped = british.n >= FEWEST && british.could_be_months() && !british.is_of_first_weeks() && !british.is_of_one_month();
        // Dates of the form that no one misreads are swapped where a spreadsheet made them: the first days of all months are days of January then.
        let were_swapped = iso.n >= FEWEST && british.n == 0 && iso.could_be_months() && iso.months == JANUARY;
        let is_split = british.n >= FEWEST_OF_EACH
            && iso.n >= FEWEST_OF_EACH
            && british.n + iso.n >= FEWEST
            && british.days & COULD_BE_MONTHS == 0
            && iso.could_be_months();
        if is_split {
            let what = format!(
                "{} dates have days from 13 on, and all {} that are written as yyyy-mm-dd have days up to 12: a spreadsheet exchanged day and month in these",
                british.n, iso.n
            );
            let next =
                "Export the table again with dates as yyyy-mm-dd from where it was recorded, and open it in no spreadsheet in between.";
            problems.error(Code::R104, place, what, next);
        } else if are_swapped || were_swapped {
            let what = format!(
                "all days of {} dates lie between 1 and 12: day and month seem to have changed places, as in American dates",
                if are_swapped { british.n } else { iso.n }
            );
            let next = "Give each date as yyyy-mm-dd, and look whether the months are right. Where they are right as they stand, give months alone, as 2023-01.";
            problems.error(Code::R104, place, what, next);
        }
        is_split || are_swapped || were_swapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(dates: impl IntoIterator<Item = String>) -> bool {
        let (mut order, mut problems) = (DayOrder::default(), Problems::default());
        dates.into_iter().for_each(|d| order.see(&d));
        order.tell(Place::file("x.csv"), &mut problems)
    }

    #[test]
    fn dates_in_american_order_and_those_that_a_spreadsheet_split() {
        let monthly = |form: fn(u32) -> String| (0..24).map(move |i| form(1 + i % 12));
        assert!(told(monthly(|m| format!("{m}/1/2023"))) && told(monthly(|m| format!("2023-01-{m:02} 00:00"))));
        assert!(!told(monthly(|m| format!("01/{m:02}/2023"))) && !told(monthly(|m| format!("2023-{m:02}-01"))));
        assert!(!told((0..60).map(|i| format!("{}/{}/2023", 1 + i % 28, 1 + i % 12))));
        // The first Tuesdays of a year.
        let tuesdays = [3, 7, 7, 4, 2, 6, 4, 1, 5, 3, 7, 5];
        assert!(!told((0..24).map(|i| format!("{:02}/{:02}/2023", tuesdays[i % 12], 1 + i % 12))));
        assert!(told((0..24).map(|i| format!("{:02}/{:02}/2023", 1 + i % 12, tuesdays[i % 12]))));
        let split = |i: u32| if i % 28 < 12 { format!("2023-{:02}-02", 1 + i % 28) } else { format!("{}/2/2023", 1 + i % 28) };
        assert!(!told((0..56).map(split)), "these have one day");
        let split = |i: u32| if i % 28 < 12 { format!("2023-02-{:02}", 1 + i % 28) } else { format!("{}/2/2023", 1 + i % 28) };
        assert!(told((0..56).map(split)));
        assert!(!told((0..10).map(|i| format!("{}/1/2023", 1 + i))), "too few");
        assert!(told((0..60).map(|i| format!("25-{:02}-{:02}", 1 + i % 12, 1 + i * 5 % 28))));
        assert!(!told((0..60).map(|i| format!("{:02}-{:02}-25", 1 + i * 5 % 28, 1 + i % 12))));
        assert!(!told((0..60).map(|i| format!("{:02}/{:02}/{:02}", 1 + i * 5 % 28, 1 + i % 12, 15 + i % 10))));
        assert!(!told((0..60).map(|i| format!("01/{:02}/{:02}", 1 + i % 12, 17 + i % 9))), "months by their first day");
        assert!(!told((0..168).map(|i| format!("01/{:02}/{:02}", 1 + i % 12, 11 + i / 12))), "fourteen years of them");
    }
}
