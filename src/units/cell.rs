use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that may be absent, and why: the four kinds of nothing are never mixed up.
///
/// Zero is a `Known(0)`. A map draws each kind with its own mark, a table with its own word.
///
/// ```
/// use gapmap::units::Cell;
/// let counts = [Cell::Known(12_u64), Cell::Withheld, Cell::Missing];
/// assert_eq!(counts[0].map(|n| n * 2), Cell::Known(24));
/// assert_eq!(Cell::sum(&counts[..1]), Cell::Known(12));
/// assert_eq!(Cell::sum(&counts), Cell::Withheld); // one withheld part withholds the sum
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cell<T> {
    /// The value, as released.
    Known(T),
    /// Known to us and kept back, so that nobody can be recognised.
    Withheld,
    /// It should be there and is not: a month that was not published, a record not received.
    Missing,
    /// The question does not arise: a rate where nobody lives.
    NotApplicable,
}

impl<T> Cell<T> {
    /// The value, where there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Cell::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Applies `f` to a known value and keeps the kind of nothing otherwise.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Cell::Known(value) => Cell::Known(f(value)),
            Cell::Withheld => Cell::Withheld,
            Cell::Missing => Cell::Missing,
            Cell::NotApplicable => Cell::NotApplicable,
        }
    }

    /// Goes on from a known value to one that may be nothing in its turn.
    ///
    /// ```
    /// use gapmap::units::Cell;
    /// let half = |n: u64| if n % 2 == 0 { Cell::Known(n / 2) } else { Cell::NotApplicable };
    /// assert_eq!(Cell::Known(4).and_then(half), Cell::Known(2));
    /// assert_eq!(Cell::Withheld.and_then(half), Cell::Withheld);
    /// ```
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Cell<U>) -> Cell<U> {
        match self {
            Cell::Known(value) => f(value),
            Cell::Withheld => Cell::Withheld,
            Cell::Missing => Cell::Missing,
            Cell::NotApplicable => Cell::NotApplicable,
        }
    }

    /// A known value, or *not applicable* where there is none.
    pub fn applicable(value: Option<T>) -> Cell<T> {
        value.map_or(Cell::NotApplicable, Cell::Known)
    }

    /// A reference to the value, keeping the kind of nothing.
    pub fn as_ref(&self) -> Cell<&T> {
        match self {
            Cell::Known(value) => Cell::Known(value),
            Cell::Withheld => Cell::Withheld,
            Cell::Missing => Cell::Missing,
            Cell::NotApplicable => Cell::NotApplicable,
        }
    }

    /// The word that stands in a table where there is no value; `None` for a known one.
    ///
    /// The marks are those of the Government Analysis Function: `[c]` confidential, `[x]` not available, `[z]` not applicable.
    pub fn shorthand(&self) -> Option<&'static str> {
        match self {
            Cell::Known(_) => None,
            Cell::Withheld => Some("[c]"),
            Cell::Missing => Some("[x]"),
            Cell::NotApplicable => Some("[z]"),
        }
    }
}

impl Cell<u64> {
    /// The sum, known only where every part is known; a withheld part outweighs a missing one.
    pub fn sum(parts: &[Cell<u64>]) -> Cell<u64> {
        let mut total = 0;
        let mut missing = false;
        for part in parts {
            match part {
                Cell::Known(n) => total += n,
                Cell::Withheld => return Cell::Withheld,
                Cell::Missing => missing = true,
                Cell::NotApplicable => {}
            }
        }
        if missing { Cell::Missing } else { Cell::Known(total) }
    }
}
