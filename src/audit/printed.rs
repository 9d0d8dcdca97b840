//! The numbers of a text, as it prints or spells them.

use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::{as_latin, is_invisible};

/// A number as printed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Number {
    pub value: f64,
    /// Decimals that it has.
    pub decimals: usize,
    /// Whether it is told as a percentage, itself or as an end of an interval of one.
    pub percent: bool,
    /// Whether it is part of a time of day or of a date: `18:00`, `2026-03-31`.
    pub of_time: bool,
    /// The word that its digits are part of, in small letters.
    pub word: Option<String>,
}

/// The numbers of a text as printed; commas part thousands. Digits of any script are read, and those of a word are told with it.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    if text.is_ascii() {
        return plain_numbers(text);
    }
    // A fraction or a small raised digit is one, too; what nobody sees parts no number.
    let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    plain_numbers(&digits_as_latin(&plain))
}

/// Digits of other scripts as ours; letters stay.
fn digits_as_latin(text: &str) -> String {
    text.chars().map(|c| if c.is_numeric() && !c.is_ascii() { as_latin(&c.to_string()).chars().next().unwrap_or(c) } else { c }).collect()
}

fn plain_numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut found: Vec<Number> = Vec::new();
    // Where the last number ended.
    let mut last_end = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        while digit(at) || (matches!(bytes.get(at), Some(b',')) && (1..=3).all(|k| digit(at + k)) && !digit(at + 4)) {
            at += 1;
        }
        let whole_end = at;
        if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            at += 1;
            while digit(at) {
                at += 1;
            }
        }
        let decimals = at.saturating_sub(whole_end + 1);
        let of_word = |c: &char| c.is_alphanumeric() || *c == '_';
        let before: usize = text[..start].chars().rev().take(60).take_while(of_word).map(char::len_utf8).sum();
        let after: usize = text[at..].chars().take(60).take_while(of_word).map(char::len_utf8).sum();
        let word = text[start - before..at + after].to_lowercase();
        let word = word.chars().any(|c| c.is_alphabetic() || c == '_').then_some(word);
        let percent = text[at..].trim_start_matches([' ', '\u{a0}']).starts_with(['%']) || text[at..].trim_start().starts_with("percent");
        // `16.5 to 21.0 %`, and `(95 % interval 16.5 to 21.0)`.
        let between = &text[last_end..start];
        let joined = matches!(between.trim(), "to" | "and" | "–" | "-" | "or") && last_end > 0;
        let percent = percent || of_interval(between) || joined && found.last().is_some_and(|n| n.percent);
        if percent
            && joined
            && let Some(first) = found.last_mut()
        {
            first.percent = true;
        }
        let two_digits = |i: usize| digit(i) && digit(i + 1) && !digit(i + 2);
        let of_clock = bytes.get(at) == Some(&b':') && two_digits(at + 1) || between == ":" && last_end > 0 && at - start == 2;
        let of_date = between == "-" && at - start == 2 && found.last().is_some_and(|n| n.of_time || (1900.0..2100.0).contains(&n.value));
        let of_time = of_clock || of_date;
        if let Ok(value) = text[start..at].replace(',', "").parse() {
            found.push(Number { value, decimals, percent, of_time, word });
        }
        last_end = at;
    }
    found
}

/// Whether what stands before a number makes it the lower end of an interval.
fn of_interval(before: &str) -> bool {
    let before = before.trim_end();
    ["interval", "interval:", "interval of", "interval from"].iter().any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::spelled::spelled;
    use super::*;

    fn read(text: &str) -> Vec<(f64, usize, bool)> {
        numbers(text).into_iter().filter(|n| n.word.is_none()).map(|n| (n.value, n.decimals, n.percent)).collect()
    }

    #[test]
    fn numbers_in_words_are_read_whole() {
        let values = |text: &str| spelled(text).into_iter().map(|n| n.0).collect::<Vec<_>>();
        assert_eq!(values("Thirty-seven of twelve, twenty-one and nine"), [37.0, 12.0, 21.0, 9.0]);
        assert_eq!(values("one of them, often"), Vec::<f64>::new());
        assert_eq!(values("ninety"), [90.0]);
    }

    #[test]
    fn numbers_are_read_as_printed() {
        assert_eq!(
            read("Of 1,237 reports, 19 % (95% interval 16.5 to 21.0) in E01000001, 2025-01"),
            [(1237.0, 0, false), (19.0, 0, true), (95.0, 0, true), (16.5, 1, true), (21.0, 1, true), (2025.0, 0, false), (1.0, 0, false)]
        );
        assert_eq!(read("3, 4 and 5"), [(3.0, 0, false), (4.0, 0, false), (5.0, 0, false)]);
        assert_eq!(read("between 12 and 14 %"), [(12.0, 0, true), (14.0, 0, true)]);
        assert_eq!(read("\u{ff13}\u{ad}7, \u{661}\u{662}"), [(37.0, 0, false), (12.0, 0, false)]);
        assert_eq!(numbers("a3b").into_iter().map(|n| n.word).collect::<Vec<_>>(), [Some("a3b".to_owned())]);
    }
}
