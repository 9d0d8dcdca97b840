//! Classes of secrecy and kinds of place, of which only those that are known to be open are let through.

use crate::vocabulary::{MarkWord, Token, says_nothing_of_secrecy, tokens};

fn is_number(word: &Token) -> bool {
    word.word.chars().all(|c| c.is_ascii_digit())
}

/// Whether a heading is one of a class of secrecy: of each value it is told whether it is an open one.
pub(super) fn is_of_a_class(heading: &str) -> bool {
    let words = tokens(heading);
    let is = |w: &Token, list: &[&str]| list.contains(&w.word.as_str());
    let of_access = matches!(&words[..], [of, level] if is(of, &["access", "sharing", "security", "privacy"]) && is(level, &["level", "tier", "class", "group"]));
    of_access || MarkWord::Class.is_in(&words) && words.iter().all(|w| MarkWord::Class.is(&w.word) || MarkWord::BesideClass.is(&w.word))
}

/// A class of secrecy that is not known to be an open one: `Sensitivity`: special category.
pub(super) fn is_unknown_class(heading: &str, value: &str) -> bool {
    if value.is_empty() || !is_of_a_class(heading) {
        return false;
    }
    let said = tokens(value);
    let is_open = said.iter().all(|w| MarkWord::OpenClass.is(&w.word) || w.word == "0");
    let denied = matches!(&said[..], [not, class] if not.word == "not" && (MarkWord::Secrecy.is(&class.word) || ["classified", "marked"].contains(&class.word.as_str())));
    // Of a door it is told how people come in: `Access level`: step-free.
    let of_a_door = tokens(heading).iter().any(|w| w.word == "access") && says_nothing_of_secrecy(value) && !said.iter().any(is_number);
    !is_open && !denied && !of_a_door
}

/// Headings of a kind of place have no more words: `Location of training type` is of another thing.
const WORDS_OF_A_KIND: usize = 3;

/// What kind of place an address or a point is, where the kind is not known to be that of the service itself: `Location type`: proxy; `Address type`: care of;
/// and how exact a point is, where a town or some kilometres are not where it is.
pub(super) fn is_unknown_kind_of_place(heading: &str, value: &str) -> bool {
    let (words, said) = (tokens(heading), tokens(value));
    if words.len() > WORDS_OF_A_KIND || said.is_empty() {
        return false;
    }
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.word.as_str()));
    let of_place = MarkWord::Place.is_in(&words);
    let all_of = |part: MarkWord| said.iter().all(|w| part.is(&w.word) || is_number(w));
    if (of_place || has(&["geo", "gps"])) && has(&["precision", "accuracy", "quality", "resolution"]) {
        return !all_of(MarkWord::Exact);
    }
    of_place && MarkWord::KindOfPlace.is_in(&words) && !all_of(MarkWord::OwnPlace)
}
