//! A number that a sentence says, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number that a sentence says, as data.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// What it is: `share at night, percent`.
    pub what: String,
    /// The number.
    pub value: f64,
}

impl Figure {
    /// A number and what it is.
    pub fn new(what: impl Into<String>, value: f64) -> Self {
        Self { what: what.into(), value }
    }

    /// The numbers of a text that comes from the plan or a data file, such as `within 3 km` or `two wards`.
    pub fn in_text(what: &str, text: &str) -> Vec<Self> {
        let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
        let number = |part: &str| part.trim_matches(['.', ',']).replace(',', "").parse::<f64>().ok();
        parts.filter_map(number).chain(spelled(text)).map(|n| Self::new(what, n)).collect()
    }

    /// An estimate with its limits, each times `by`: three numbers.
    pub fn estimate(what: &str, estimate: crate::units::Estimate, by: f64) -> [Self; 3] {
        [("", estimate.value), (", lower limit", estimate.lower), (", upper limit", estimate.upper)]
            .map(|(part, n)| Self::new(format!("{what}{part}"), n * by))
    }
}

/// The numbers of a text that are spelled out.
fn spelled(text: &str) -> impl Iterator<Item = f64> {
    const WORDS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter_map(|word| WORDS.iter().position(|w| word.eq_ignore_ascii_case(w)).map(|n| n as f64))
}
