//! Numbers that are spelled out.

use crate::vocabulary::tokens;

/// Numbers from two to ninety-nine that are spelled out, each with the word that follows.
pub(super) fn spelled(text: &str) -> Vec<(f64, String)> {
    const UNITS: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
    const TEENS: [&str; 10] =
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let words: Vec<String> = tokens(text).into_iter().map(|t| t.word).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let unit = |at: usize| UNITS.iter().position(|name| *name == word(at)).map(|n| n + 2);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let tens = TENS.iter().position(|name| *name == word(at)).map(|n| (n + 2) * 10);
        // `Thirty-seven` is one number, and no seven.
        let after = unit(at + 1).or((word(at + 1) == "one").then_some(1));
        let (value, taken) = match (tens, after) {
            (Some(tens), Some(unit)) => (Some(tens + unit), 2),
            (Some(tens), None) => (Some(tens), 1),
            (None, _) => (unit(at).or_else(|| TEENS.iter().position(|name| *name == word(at)).map(|n| n + 10)), 1),
        };
        if let Some(value) = value {
            found.push((value as f64, format!("{} {}", words[at..at + taken].join(" "), word(at + taken))));
        }
        at += taken;
    }
    found
}
