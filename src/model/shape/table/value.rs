//! A value as people and programs read it.

use super::harmless::harmless;
use crate::units::{Cell, Estimate};
use crate::units::{decimal, thousands};

/// A value of a printed table.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with so many decimals.
    Number(f64, usize),
    /// One of the kinds of nothing, by its shorthand.
    Nothing(&'static str),
}

impl Value {
    /// For people: thousands separated, nothing as `[c]`.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Count(n) => thousands(*n),
            Value::Number(x, decimals) => decimal(*x, *decimals),
            Value::Nothing(mark) => (*mark).into(),
        }
    }

    /// For programs: plain digits, nothing as `[c]`, and no text that a spreadsheet would run as a formula.
    pub fn plain(&self) -> String {
        match self {
            Value::Text(text) => harmless(text),
            Value::Count(n) => n.to_string(),
            Value::Number(x, decimals) => format!("{x:.decimals$}"),
            Value::Nothing(mark) => (*mark).into(),
        }
    }
}

/// Nothing that could have a value here.
pub const NOT_APPLICABLE: Value = Value::Nothing("[z]");
/// Nothing that may be told.
pub const WITHHELD: Value = Value::Nothing("[c]");
/// Nothing, because it is not known.
pub const MISSING: Value = Value::Nothing("[x]");

/// A count, or why there is none.
pub fn count(cell: Cell<u64>) -> Value {
    cell.shorthand().map_or_else(|| Value::Count(cell.known().unwrap_or(0)), Value::Nothing)
}

/// A number, or why there is none.
pub fn number(cell: Cell<f64>, decimals: usize) -> Value {
    cell.shorthand().map_or_else(|| Value::Number(cell.known().unwrap_or(0.0), decimals), Value::Nothing)
}

/// A value with its limits, times `scale`.
pub fn estimate(cell: Cell<Estimate>, scale: f64, decimals: usize) -> [Value; 3] {
    [cell.map(|e| e.value), cell.map(|e| e.lower), cell.map(|e| e.upper)].map(|c| number(c.map(|x| x * scale), decimals))
}

/// Words.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
