//! Codes that nobody knows: `Flag`: DNPA; `Category`: Acc.

use crate::vocabulary::{MarkWord, says_nothing_of_secrecy, tokens, types_named};

/// Letters of a code among flags, and of a kind of service that is cut short.
const MOST_LETTERS: usize = 6;
const LETTERS_OF_A_KIND: std::ops::RangeInclusive<usize> = 2..=4;

/// Whether a value is a code among flags, or a kind of service in a few letters, that is not known.
pub(super) fn is_unknown_code(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    let of_flags = MarkWord::Flag.is_in(&words);
    let of_kinds = !words.is_empty() && words.iter().all(|w| MarkWord::Kind.is(&w.word));
    of_flags && value.split([';', ',', '|', '/', ' ']).map(str::trim).any(is_code) || of_kinds && is_kind_cut_short(value)
}

/// `DNPA`, `C`, `*`; but none of those that are known to say nothing, `BME`.
fn is_code(tag: &str) -> bool {
    let letters = tag.chars().filter(|c| c.is_alphabetic()).count();
    let signs_alone = !tag.is_empty() && letters == 0 && !tag.chars().any(|c| c.is_ascii_digit() || c == '-');
    let capitals = tag.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '_'));
    signs_alone || (1..=MOST_LETTERS).contains(&letters) && capitals && !says_nothing_of_secrecy(tag)
}

/// `Acc`, `ref`: a reference elsewhere, and a refuge as a kind of service.
fn is_kind_cut_short(value: &str) -> bool {
    let short = tokens(value).len() == 1 && LETTERS_OF_A_KIND.contains(&value.chars().count()) && value.chars().all(char::is_alphabetic);
    let known = says_nothing_of_secrecy(value) && !value.eq_ignore_ascii_case("ref");
    short && !known && types_named(value, true).is_empty()
}
