//! What may be an answer, whatever is asked.

use super::super::pairs::plain_answer;
use super::super::words::NEGATIONS;
use crate::sources::marks::heard::is_one_of;
use crate::vocabulary::{MarkWord, tokens};

/// A remark of more words than this is a text, and is read as one.
const WORDS_OF_A_REMARK: usize = 5;

/// Whether a value is an answer that means something, with a remark or without: `yes (JS)`, `agreed in May`, `x`. That a question does not apply says nothing.
pub(super) fn is_answer(value: &str) -> bool {
    if MarkWord::NoAnswer.is_all_of(value) {
        return false;
    }
    let words = tokens(value);
    let begins = words.len() <= WORDS_OF_A_REMARK && words.first().is_some_and(|w| MarkWord::Answer.is(&w.word));
    let one_sign = value.chars().count() == 1 && !value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '?' | '.'));
    plain_answer(value).is_some_and(|answer| !MarkWord::NoAnswer.is(&answer))
        || begins
        || one_sign
        || MarkWord::AnswerElsewhere.is_all_of(value)
}

/// Whether a word or two stand under a heading that has no word: `🔒`.
pub(super) fn is_under_a_sign(heading: &str, value: &str) -> bool {
    !heading.is_empty() && tokens(heading).is_empty() && !value.is_empty() && tokens(value).len() <= 2
}

/// A few words of which one is of secrecy, and none of what is said there: `Colour`: red = confidential.
pub(super) fn speaks_of_secrecy(value: &str) -> bool {
    let words = tokens(value);
    words.len() <= WORDS_OF_A_REMARK && MarkWord::Secrecy.is_in(&words) && !MarkWord::Talk.is_in(&words) && !is_one_of(&words, &NEGATIONS)
}
