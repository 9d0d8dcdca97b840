//! A figure as somebody printed it, and to what it may have been rounded.

use crate::units::{Month, Period};

/// A printed number with what is known of its rounding.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Printed {
    /// The number; of a change, in per cent.
    pub value: f64,
    /// Whether it is a change in per cent.
    pub is_change: bool,
    /// The last digit that was printed: 1 for whole numbers, 0.1 where one decimal stands.
    pub last_digit: f64,
}

impl Printed {
    /// `6000`, `6,000`, `-47%`, `−7.4 %`.
    ///
    /// ```
    /// use gapmap::reconcile::Printed;
    ///
    /// let change = Printed::parse("−7.4 %").unwrap();
    /// assert_eq!((change.value, change.is_change, change.last_digit), (-7.4, true, 0.1));
    /// assert_eq!(Printed::parse("6,000").unwrap().value, 6000.0);
    /// assert!(Printed::parse("about six").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('\u{2212}', "-");
        let gap = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}');
        // Gaps part thousands: `5,73` is a slip, and no 573.
        let whole = text.trim_end_matches('%').trim_end().trim_start_matches(['-', '+']).trim_start().split('.').next().unwrap_or("");
        let mut groups = whole.split(gap);
        let is_first_whole = groups.next().is_some_and(|first| !whole.contains(gap) || (1..=3).contains(&first.len()));
        if !is_first_whole || groups.any(|group| group.len() != 3) {
            return None;
        }
        let text: String = text.chars().filter(|c| !gap(*c)).collect();
        let (number, is_change) = text.strip_suffix('%').map_or((text.as_str(), false), |n| (n, true));
        let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
        let value: f64 = number.parse().ok().filter(|v: &f64| plain && v.is_finite() && v.abs() < 1e12)?;
        let decimals = number.split_once('.').map_or(0, |(_, after)| after.len());
        if !is_change && (decimals > 0 || value < 0.0) {
            return None;
        }
        Some(Self { value, is_change, last_digit: 10_f64.powi(-(decimals as i32)) })
    }

    /// To what it may have been rounded, finest first, with how often people round so.
    ///
    /// Most print what they counted; some the nearest ten, hundred or thousand; few the nearest five, fifty or five hundred. A number is a
    /// candidate only for a unit that divides it.
    pub fn units(&self) -> Vec<(f64, f64)> {
        const OF_COUNTS: [(f64, f64); 7] =
            [(1.0, 0.6), (5.0, 0.05), (10.0, 0.12), (50.0, 0.02), (100.0, 0.12), (500.0, 0.01), (1000.0, 0.08)];
        const OF_CHANGES: [(f64, f64); 3] = [(1.0, 0.85), (5.0, 0.05), (10.0, 0.1)];
        let all: &[(f64, f64)] = if self.is_change { &OF_CHANGES } else { &OF_COUNTS };
        // Nought divides by everything and is rounded to hardly anything: to print it, people count.
        let is_near = |unit: f64| unit <= self.last_digit.max(self.value.abs());
        let divides = |unit: f64| (self.value / unit - (self.value / unit).round()).abs() < 1e-6;
        all.iter().map(|(unit, share)| (unit * self.last_digit, *share)).filter(|(unit, _)| is_near(*unit) && divides(*unit)).collect()
    }

    /// The units to which a value is rounded where it is printed as this figure, finest first, with how often people round so.
    fn fitting(&self, value: f64) -> impl Iterator<Item = (f64, f64)> {
        // Halves go either way.
        let whole = !self.is_change;
        let away = (value - self.value).abs();
        let fit = move |unit: f64| away <= unit / 2.0 + 1e-9 && (!whole || unit > 1.0 || away == 0.0);
        self.units().into_iter().filter(move |(unit, _)| fit(*unit))
    }

    /// How likely a value is to be printed as this figure, and the finest unit to which it is rounded then; `None` where it never is.
    pub fn fits(&self, value: f64) -> Option<(f64, f64)> {
        let finest = self.fitting(value).next()?.0;
        Some((self.likelihood(value, f64::INFINITY), finest))
    }

    /// How likely a value is to be printed as this figure, rounded to less than `below`.
    pub fn likelihood(&self, value: f64, below: f64) -> f64 {
        self.fitting(value).filter(|(unit, _)| *unit < below).map(|f| f.1).sum()
    }
}

/// A figure with what it is said to count.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// As printed.
    pub printed: Printed,
    /// A category, a class of them, or several with `+` between.
    pub what: String,
    /// Its months.
    pub period: Period,
    /// For a change, the months that it begins from.
    pub from: Option<Period>,
    /// Name or code of an area; the partnership where empty.
    pub area: String,
    /// Name of the source; every source that counts it where empty.
    pub source: String,
}

/// Months as people write them: `2023`, `2023/24` (April to March), `2024-02`, `2023-04..2024-03`, `May 2023 to April 2024` as the program prints them.
///
/// ```
/// use gapmap::reconcile::months;
///
/// assert_eq!(months("2023/24").unwrap().label(), "Apr 2023 to Mar 2024");
/// assert_eq!(months("2023").unwrap().len(), 12);
/// assert!(months("last year").is_none());
/// ```
pub fn months(text: &str) -> Option<Period> {
    let text = text.trim();
    if let Some((first, last)) = text.split_once("..") {
        return Period::new(months(first)?.first, months(last)?.last);
    }
    if let Some((first, last)) = text.split_once(" to ") {
        return Period::new(months(first)?.first, months(last)?.last);
    }
    let year = |t: &str| t.parse::<i32>().ok().filter(|_| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit()));
    if let Some(year) = year(text) {
        return Period::new(Month::new(year, 1)?, Month::new(year, 12)?);
    }
    if let Some((first, last)) = text.split_once('/') {
        let (first, short) = (year(first)?, last.get(last.len().saturating_sub(2)..)?);
        let follows = short.parse::<i32>().ok()? == (first + 1) % 100 && (last.len() == 2 || year(last) == Some(first + 1));
        return Period::new(Month::new(first, 4)?, Month::new(first + 1, 3)?).filter(|_| follows);
    }
    let month = Month::parse(text).or_else(|| named(text))?;
    Period::new(month, month)
}

/// A month by its name, whole or short: `May 2023`, `Apr 2024`.
fn named(text: &str) -> Option<Month> {
    let (name, year) = text.split_once(' ')?;
    let year: i32 = year.trim().parse().ok().filter(|_| year.trim().len() == 4)?;
    const NAMES: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let name = name.trim_end_matches('.').to_lowercase();
    let at = NAMES.iter().position(|full| name.len() >= 3 && full.starts_with(&name))?;
    Month::new(year, at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_figure_fits_what_rounds_to_it_and_nothing_else() {
        let six_thousand = Printed::parse("6000").unwrap();
        assert_eq!(six_thousand.fits(5853.0).map(|f| f.1), Some(500.0));
        assert_eq!(six_thousand.fits(5499.0), None);
        assert_eq!(six_thousand.fits(6000.0).map(|f| f.1), Some(1.0));
        assert_eq!(Printed::parse("5857").unwrap().fits(5856.0), None);
        let change = Printed::parse("-47%").unwrap();
        assert!(change.fits(-47.4).is_some() && change.fits(-48.8).is_none());
        let none = Printed::parse("0").unwrap();
        assert!(none.fits(0.0).is_some() && none.fits(1.0).is_none() && none.fits(400.0).is_none());
        for slip in ["5,73", "57,36", "1,2345", "1,,234", "6,000,0"] {
            assert!(Printed::parse(slip).is_none(), "{slip}");
        }
        assert_eq!((Printed::parse("1,234,567").unwrap().value, Printed::parse("- 7.4 %").unwrap().value), (1_234_567.0, -7.4));
        let small = Printed::parse("0.3%").unwrap();
        assert!(small.fits(0.33).is_some() && small.fits(0.4).is_none());
    }

    #[test]
    fn months_are_read_as_people_write_them_and_nothing_is_guessed() {
        let read = |text: &str| months(text).map(|p| p.label());
        assert_eq!(read("2023-04..2024-03"), read("2023/24"));
        assert_eq!(read("2023/2024"), read("2023/24"));
        assert_eq!(read("April 2023 to Mar 2024"), read("2023/24"));
        assert_eq!(read("May 2023"), read("2023-05"));
        for wrong in ["Maybe 2023", "May 23", "2023/25", "23", "2023-13", "2024..2023", "2023/", "/24", "", "2023–24"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
