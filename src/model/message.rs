//! What is said, before any words: which message, and what goes into its holes.
//!
//! Whoever answers a question chooses messages and fills them with typed values; their words stand in [`crate::words`]. A number that a sentence
//! tells is therefore always data: [`Message::figures`] lists them.

use super::Figure;
use crate::units::{Cell, Month, Period};

/// A message: its id in the room of words, and what goes into its holes.
///
/// ```
/// use gapmap::{model::Message, msg, units::Cell};
/// let said: Message = msg!("services-headline", running = 27, sites = 15);
/// assert_eq!(said.figures().iter().map(|f| f.value).collect::<Vec<_>>(), [27.0, 15.0]);
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// Its id: `services-headline`.
    pub id: &'static str,
    /// The name of each hole and what goes into it.
    pub args: Vec<(&'static str, Arg)>,
}

/// What goes into a hole of a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Arg {
    /// A count, or one of the kinds of nothing: `1,204`, `withheld`.
    Count(Cell<u64>),
    /// A number with so many decimals: `1,204.5`.
    Number(f64, usize),
    /// A percentage, already in hundredths, with so many decimals: `21%`.
    Percent(f64, usize),
    /// A month: `March 2024`.
    Month(Month),
    /// The name of a month of the year, 1 to 12, told without its year.
    MonthOfYear(u32),
    /// An hour of the day: `18:00`.
    Hour(u8),
    /// A run of months: `April 2024 to March 2025`.
    Period(Period),
    /// A word that a text selects on, and never prints: `up`, `worse`.
    Key(&'static str),
    /// A text of the plan or of a data file: a place, a service, a category. It stays as it is in every language.
    Name(String),
    /// Another message.
    Said(Box<Message>),
    /// Several, joined: `a, b and c`.
    List(Vec<Arg>),
    /// Several, one after the other with commas alone: `a, b, c`.
    Series(Vec<Arg>),
}

/// A message by its id, with `hole = value` for each hole: `msg!("services-headline", running = 27, sites = 15)`.
///
/// A value is a count (`usize`, `u64`, `Cell<u64>`), a month, a period, a name (text of the plan or the data), another message, a list of these, or an
/// [`Arg`](crate::model::Arg).
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $hole:ident = $value:expr)* $(,)?) => {
        $crate::model::Message { id: $id, args: vec![$((stringify!($hole), $crate::model::Arg::from($value))),*] }
    };
}

impl Message {
    /// A text of the plan or of a data file that stands for itself, such as the note of an indicator.
    pub fn as_written(text: impl Into<String>) -> Self {
        msg!("as-written", text = text.into())
    }

    /// Two messages that make one sentence or paragraph.
    pub fn then(self, next: Message) -> Self {
        msg!("both", first = self, next = next)
    }

    /// Every number that it says, as data, under the name of its hole.
    pub fn figures(&self) -> Vec<Figure> {
        let mut all = Vec::new();
        for (hole, arg) in &self.args {
            arg.figures(&hole.replace('_', " "), &mut all);
        }
        all
    }
}

impl Arg {
    /// A percentage of a share of 0 to 1.
    pub fn share(share: f64, decimals: usize) -> Self {
        Arg::Percent(100.0 * share, decimals)
    }

    /// A percentage of a part of a whole, where both are known and there is a whole; else the kind of nothing that hides it.
    pub fn part_of(part: Cell<u64>, whole: Cell<u64>, decimals: usize) -> Self {
        match (part, whole) {
            (Cell::Known(part), Cell::Known(whole)) if whole > 0 => Arg::share(part as f64 / whole as f64, decimals),
            (Cell::Known(_), Cell::Known(_)) => Arg::Count(Cell::NotApplicable),
            (Cell::Known(_), hidden) | (hidden, _) => Arg::Count(hidden),
        }
    }

    /// Whether a number is above 0 or not, as texts select on it: `up` or `down`.
    pub fn direction(x: f64) -> Self {
        Arg::Key(if x > 0.0 { "up" } else { "down" })
    }

    fn figures(&self, what: &str, all: &mut Vec<Figure>) {
        match self {
            Arg::Count(n) => all.extend(n.known().map(|n| Figure::new(what, n as f64))),
            Arg::Number(x, _) | Arg::Percent(x, _) => all.push(Figure::new(what, *x)),
            Arg::Month(month) => all.push(Figure::new(format!("{what}, year"), f64::from(month.year()))),
            // A name and no number.
            Arg::MonthOfYear(_) | Arg::Key(_) => {}
            Arg::Hour(hour) => all.extend([Figure::new(what, f64::from(*hour)), Figure::new("minutes", 0.0)]),
            Arg::Period(p) => {
                all.extend([p.first, p.last].map(|m| Figure::new(format!("{what}, year"), f64::from(m.year()))));
            }
            Arg::Name(text) => all.extend(Figure::in_text(what, text)),
            Arg::Said(message) => all.extend(message.figures()),
            Arg::List(items) | Arg::Series(items) => items.iter().for_each(|item| item.figures(what, all)),
        }
    }
}

macro_rules! arg_from {
    ($($from:ty, $value:ident => $arg:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Self {
                $arg
            }
        })*
    };
}

arg_from! {
    u64, n => Arg::Count(Cell::Known(n));
    usize, n => Arg::Count(Cell::Known(n as u64));
    i32, n => Arg::Number(f64::from(n), 0);
    Cell<u64>, n => Arg::Count(n);
    Month, month => Arg::Month(month);
    Period, period => Arg::Period(period);
    String, text => Arg::Name(text);
    &String, text => Arg::Name(text.clone());
    &str, text => Arg::Name(text.to_owned());
    Message, message => Arg::Said(Box::new(message));
}

impl<T: Into<Arg>> From<Vec<T>> for Arg {
    fn from(items: Vec<T>) -> Self {
        Arg::List(items.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_that_is_said_is_data() {
        let month = Month::parse("2024-03").unwrap();
        let inner = msg!("interval", level = Arg::share(0.95, 0), lower = Arg::Number(-2.0, 0), upper = 64_usize);
        let said = msg!(
            "test",
            hidden = Cell::<u64>::Withheld,
            month = month,
            names = vec!["Ward 3", "North"],
            share_of_them = Arg::share(0.21, 0),
            ci = inner
        );
        let said: Vec<(String, f64)> = said.figures().into_iter().map(|f| (f.what, f.value)).collect();
        let expected =
            [("month, year", 2024.0), ("names", 3.0), ("share of them", 21.0), ("level", 95.0), ("lower", -2.0), ("upper", 64.0)];
        assert_eq!(said, expected.map(|(what, n)| (what.to_owned(), n)));
    }
}
