//! What is noted in a few signs and is no word: a date, initials, a code. Under `Opted out` it says when, by whom, by which rule.

use crate::vocabulary::tokens;

/// A note of more letters and digits than this is a text or a number of something.
const MOST_SIGNS: usize = 12;
/// A run of more letters than this is a word.
const LETTERS_OF_INITIALS: usize = 3;
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Whether a value is a date (`14/03/2025`, `March 2025`), initials (`JS`, `J.S. 3/25`) or a code (`IL4`, `s38`, `O-S`); a number, an amount, a time of the day
/// and a postcode's district are none.
pub(super) fn is_noted_in_short(value: &str) -> bool {
    let value = value.trim();
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    signs > 0 && signs <= MOST_SIGNS && (is_date(value) || is_initials_or_a_code(value))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// `14`, `14th`.
fn is_day(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !number.is_empty() && is_number(number) && word.len() - number.len() <= 2
}

/// Numbers between the signs of a date, or the name of a month beside a number.
pub(in crate::sources::marks) fn is_date(value: &str) -> bool {
    let words: Vec<&str> = value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // The whole name, its first three letters, or `sept`: a decoy is of no month.
    let is_month = |word: &str| {
        let word = word.to_lowercase();
        word == "sept" || MONTHS.iter().any(|m| *m == word || m[..3] == word)
    };
    let numbers = words.iter().filter(|w| is_day(w)).count();
    match words[..] {
        [a, b, c] if numbers == 3 => {
            let of_signs = value.matches(['/', '-', '.']).count() == 2;
            of_signs && [a, c].iter().any(|w| w.len() == 4 || w.len() == 2) && b.len() <= 2
        }
        [_, _] | [_, _, _] => numbers + 1 == words.len() && words.iter().any(|w| is_month(w)),
        _ => false,
    }
}

/// Capitals that are no word, or letters and digits in one.
fn is_initials_or_a_code(value: &str) -> bool {
    let parts: Vec<&str> = value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_short = |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() <= LETTERS_OF_INITIALS;
    let letters = || value.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().all(char::is_uppercase);
    let of_both = parts.len() == 1 && letters().next().is_some() && value.chars().any(|c| c.is_ascii_digit());
    let of_words = parts.iter().all(is_short) && letters().count() <= LETTERS_OF_INITIALS + 1;
    let is_amount = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | '€' | '$' | '+' | '<' | '>'));
    of_words && letters().next().is_some() && !is_amount && (capitals || of_both) && !tokens(value).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_initials_and_a_code_are_notes() {
        for note in
            ["14/03/2025", "2025-03-14", "14.3.25", "March 2025", "14 March 2025", "Mar-25", "JS", "J.S.", "O-S", "IL4", "s38", "A", "S/38"]
        {
            assert!(is_noted_in_short(note), "{note}");
        }
        for none in [
            "",
            "12",
            "9:30",
            "09:00-17:00",
            "£20",
            "18+",
            "3.5",
            "Leeds",
            "Mind",
            "1,200",
            "10-12",
            "40%",
            "0.25",
            "women 16+",
            "5pm",
            "2h",
        ] {
            assert!(!is_noted_in_short(none), "{none}");
        }
        assert!(is_date("3 Sept 2024") && !is_date("decoy 2") && !is_date("Marker 5") && !is_date("Mayfield 3"));
    }
}
