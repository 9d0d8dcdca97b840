use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A calendar month, counted from January of year 0 so that months subtract like numbers.
///
/// ```
/// use gapmap::units::Month;
/// let february = Month::parse("2024-02").unwrap();
/// assert_eq!(february.days(), 29);
/// assert_eq!(february.plus(1).to_string(), "2024-03");
/// assert_eq!(Month::parse("202402"), Some(february));
/// assert_eq!(Month::parse("2024-13"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(i32);

const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Month {
    /// From a year and a month of 1 to 12; `None` outside it or outside the years 1900 to 2199.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (1900..2200).contains(&year)).then_some(Self(year * 12 + month as i32 - 1))
    }

    /// Reads `2024-02` or `202402`; spaces around it are forgiven, nothing else is guessed.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_bytes(text.trim().as_bytes())
    }

    /// As [`Month::parse`], from bytes without surrounding space.
    pub fn from_bytes(b: &[u8]) -> Option<Self> {
        let (year, month) = match b.len() {
            7 if b[4] == b'-' => (&b[..4], &b[5..]),
            6 => (&b[..4], &b[4..]),
            _ => return None,
        };
        let number = |digits: &[u8]| digits.iter().try_fold(0_u32, |n, d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')));
        Self::new(number(year)? as i32, number(month)?)
    }

    /// Months since January of year 0: the number that tables store.
    pub fn index(self) -> i32 {
        self.0
    }

    /// The inverse of [`Month::index`]; `None` outside the years 1900 to 2199.
    pub fn from_index(index: i32) -> Option<Self> {
        Self::new(index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub fn of_year(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month `n` later (earlier where negative); the last or first that there is, where that lies beyond.
    pub fn plus(self, n: i32) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        let year = self.year();
        match self.of_year() {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Its last day, ISO 8601: `2024-02-29`.
    ///
    /// ```
    /// let month = gapmap::units::Month::parse("2024-02").unwrap();
    /// assert_eq!(month.last_day(), "2024-02-29");
    /// ```
    pub fn last_day(self) -> String {
        format!("{self}-{:02}", self.days())
    }

    /// `Feb 2024`, for people.
    pub fn label(self) -> String {
        format!("{} {}", NAMES[self.of_year() as usize - 1], self.year())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Month::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a month: write it as 2024-02")))
    }
}

impl JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"})
    }
}

/// A run of whole months, both ends included.
///
/// ```
/// use gapmap::units::{Month, Period};
/// let period = Period::new(Month::parse("2023-11").unwrap(), Month::parse("2024-02").unwrap()).unwrap();
/// assert_eq!(period.len(), 4);
/// assert_eq!(period.label(), "Nov 2023 to Feb 2024");
/// assert!(period.position(Month::parse("2024-03").unwrap()).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The first month.
    pub first: Month,
    /// The last month, included.
    pub last: Month,
}

impl Period {
    /// `None` where the last month comes before the first.
    pub fn new(first: Month, last: Month) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// How many months it has: at least one.
    #[allow(clippy::len_without_is_empty)] // it is never empty
    pub fn len(&self) -> usize {
        (self.last.0 - self.first.0 + 1) as usize
    }

    /// Its months in order.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        (self.first.0..=self.last.0).map(Month)
    }

    /// Where a month stands in it, from 0.
    pub fn position(&self, month: Month) -> Option<usize> {
        (self.first <= month && month <= self.last).then(|| (month.0 - self.first.0) as usize)
    }

    /// Its last `n` months, or all of it where it has fewer.
    pub fn last_months(&self, n: usize) -> Period {
        let first = self.last.plus(1 - n as i32).max(self.first);
        Period { first, last: self.last }
    }

    /// `May 2021 to Apr 2024`; a single month stands alone.
    pub fn label(&self) -> String {
        if self.first == self.last {
            return self.first.label();
        }
        format!("{} to {}", self.first.label(), self.last.label())
    }
}
