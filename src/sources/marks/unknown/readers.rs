//! Who alone may know: `Held by`: MARAC only; `Available to`: MARAC reps.

use super::super::words::NEGATIONS;
use crate::sources::marks::heard::is_one_of;
use crate::vocabulary::{MarkWord, Token, tokens};

/// Names of more words than this are a text.
const WORDS_OF_NAMES: usize = 6;

/// Whether those who are told are of the trade, under a heading of telling and nothing else: `Available to`: MARAC reps.
pub(super) fn is_told_to_some(heading: &str, value: &str) -> bool {
    let words = tokens(heading);
    // `Access`: police.
    let alone = matches!(&words[..], [word] if word.word == "access")
        && tokens(value).iter().all(|w| MarkWord::Trade.is(&w.word) || ["and", "only"].contains(&w.word.as_str()));
    let told =
        alone || matches!(&words[..], [knows, to] if MarkWord::Knows.is(&knows.word) && ["to", "by", "with"].contains(&to.word.as_str()));
    let said = tokens(value);
    told && said.len() <= WORDS_OF_NAMES && MarkWord::Trade.is_in(&said)
}

/// Whether some alone may know, under a heading of which nothing is known: `Held by`: MARAC only; `Address known to`: staff.
pub(super) fn is_for_some(heading: &str, value: &str) -> bool {
    let (words, said) = (tokens(heading), tokens(value));
    if said.len() > WORDS_OF_NAMES {
        return false;
    }
    let of_the_trade = MarkWord::Trade.is_in(&said);
    let only = of_the_trade && is_one_of(&said, &["only"]);
    let read_by = of_the_trade && said.len() <= 3 && MarkWord::Reads.is_in(&words);
    let ends = words.last().is_some_and(|w| ["to", "by", "with", "for"].contains(&w.word.as_str()));
    only || read_by || ends && MarkWord::Knows.is_in(&words) && (of_the_trade || !is_everybody(&said))
}

/// Whether what stands where an address should is whom to ask, or why there is none: `C/O Police`, `N/A - safety`, `Available on request`.
pub(super) fn says_why_there_is_none(value: &str) -> bool {
    const BESIDE: [&str; 24] = [
        "c",
        "o",
        "n",
        "a",
        "na",
        "see",
        "for",
        "via",
        "the",
        "safe",
        "blank",
        "contact",
        "through",
        "on",
        "at",
        "by",
        "with",
        "your",
        "our",
        "support",
        "available",
        "given",
        "after",
        "confirmed",
    ];
    const WHY: [&str; 15] = [
        "safety", "ask", "reason", "police", "idva", "isva", "marac", "request", "referral", "held", "given", "manager", "worker", "staff",
        "team",
    ];
    let said = tokens(value);
    let is = |w: &Token, list: &[&str]| list.contains(&w.word.as_str());
    !said.is_empty()
        && said.len() <= WORDS_OF_NAMES
        && said.iter().all(|w| is(w, &BESIDE) || is(w, &WHY))
        && said.iter().any(|w| is(w, &WHY))
}

fn is_everybody(said: &[Token]) -> bool {
    is_one_of(said, &["public", "everyone", "everybody", "anyone", "anybody", "all"]) && !is_one_of(said, &NEGATIONS)
}
