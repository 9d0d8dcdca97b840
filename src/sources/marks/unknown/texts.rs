//! What is said in words: under a heading that nobody knows a sentence may say anything, `Manager asks`: please don't pin us.

use crate::vocabulary::tokens;

/// What is longer tells of a service.
const MOST_WORDS: usize = 15;

/// Whether a value says something in a few words: no number, no web or mail address, no time of the day.
pub(super) fn says_something(value: &str) -> bool {
    if value.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let is_an_address = |part: &str| part.contains("://") || part.starts_with("www.") || part.contains('@');
    let words = value.split_whitespace().filter(|part| !is_an_address(part));
    words.flat_map(tokens).any(|t| t.word.chars().filter(|c| c.is_alphabetic()).count() > LETTERS_OF_A_UNIT)
}

/// `5pm`, `3 km` and `2 hr` are numbers with their units; initials and codes are [notes](super::short).
const LETTERS_OF_A_UNIT: usize = 2;

#[cfg(test)]
mod tests {
    use super::says_something;

    #[test]
    fn words_are_told_from_numbers_and_addresses() {
        for text in ["please don't pin us", "omit addr", "Moved: compromised 2023", "Yes, see https://x.org"] {
            assert!(says_something(text), "{text}");
        }
        for none in [
            "",
            "12",
            "9:00-17:00",
            "£20",
            "https://example.org/services/women",
            "info@example.org",
            "01234 567890",
            "5pm",
            "2 hr",
            "2024-03-01",
        ] {
            assert!(!says_something(none), "{none}");
        }
    }
}
