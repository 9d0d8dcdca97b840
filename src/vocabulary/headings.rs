//! Words of headings that say nothing of whether a place may be told: `Wheelchair access`, `Self-referral`, `Crèche available`.
//!
//! Words of secrecy have no end: `Opted out`, `Omit`, `DNPA`. So it is the harmless ones that are listed, and a heading that holds any other word may say it.

use std::sync::LazyLock;

use super::mark_words::MarkWord;
use super::phrases::{Phrase, Phrases};
use super::plain::{Token, tokens};
use super::rows;

static WORDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/heading_words.csv"));
    Phrases::new(all.iter().map(|row| Phrase::new(&row[0], Some(()))))
});

/// The same, with words that ask for a text and those by which records are kept.
static TEXTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let (headings, marks) = (include_str!("../../data/vocabulary/heading_words.csv"), include_str!("../../data/vocabulary/mark_words.csv"));
    let asked = rows(marks).into_iter().filter(|row| matches!(&row[0], "text" | "record" | "table")).map(|row| row[1].to_owned());
    let all: Vec<String> = rows(headings).into_iter().map(|row| row[0].to_owned()).chain(asked).collect();
    Phrases::new(all.iter().map(|words| Phrase::new(words, Some(()))))
});

/// Whether every word of a heading is known to say nothing of whether a place may be told. A heading without a word may say anything.
///
/// ```
/// use gapmap::vocabulary::says_nothing_of_secrecy;
/// assert!(says_nothing_of_secrecy("Wheelchair accessible?") && says_nothing_of_secrecy("self_referral") && says_nothing_of_secrecy("Evening sessions"));
/// for may in ["Opted out of map", "Do not print", "Omit", "No web", "Export", "DNPA", "Phone first", "🔒", ""] {
///     assert!(!says_nothing_of_secrecy(may), "{may}");
/// }
/// ```
pub fn says_nothing_of_secrecy(heading: &str) -> bool {
    let words = tokens(heading);
    let known = WORDS.covered(&words);
    known.contains(&true) && known.into_iter().zip(&words).all(|(known, word)| known || is_number(word))
}

/// Whether what a heading asks for is a date, a name or a code as records are kept by them: `Registered`: 12/05/1999, `Entered by`: JS. Under `Opted out` a date
/// says since when.
///
/// ```
/// use gapmap::vocabulary::keeps_records;
/// assert!(keeps_records("Registered") && keeps_records("Entered by") && keeps_records("Provider code"));
/// assert!(!keeps_records("Opted out on") && !keeps_records("Omit") && !keeps_records(""));
/// ```
pub fn keeps_records(heading: &str) -> bool {
    let words = tokens(heading);
    let known =
        WORDS.covered(&words).into_iter().zip(&words).all(|(known, word)| known || is_number(word) || MarkWord::Record.is(&word.word));
    known && !words.is_empty()
}

/// Whether what a heading asks for is a text about the service, as far as its words are known: `What we do`, `Venue`, `Evidence base`. Under other words a
/// sentence may say that a place is secret.
///
/// ```
/// use gapmap::vocabulary::asks_for_a_text;
/// assert!(asks_for_a_text("What we do") && asks_for_a_text("Nearest bus stop") && asks_for_a_text("Description") && asks_for_a_text("Data source"));
/// assert!(!asks_for_a_text("Manager insists") && !asks_for_a_text("Off web") && !asks_for_a_text("Omit") && !asks_for_a_text(""));
/// ```
pub fn asks_for_a_text(heading: &str) -> bool {
    let words = tokens(heading);
    let known = TEXTS.covered(&words);
    known.contains(&true) && known.into_iter().zip(&words).all(|(known, word)| known || is_number(word))
}

fn is_number(word: &Token) -> bool {
    word.word.chars().all(|c| c.is_ascii_digit())
}
