//! Marks of secrecy in pairs of a label and its answer, however the two are written: in one text, in neighbouring cells, in a list.
//!
//! `confidential=yes`, `{"publish": "no"}` in a note, `["show_on_map", "no"]`, two columns `Field` and `Value`: nobody can list the ways, so the label and the
//! answer are recognised by what they are. Both are read strictly: a label is of words about showing and hiding and nothing else, an answer is a plain one.

use super::words::{ALSO_OPEN, LEAVE, LEVELS, NEGATIONS, NO, OPEN, REFUSALS, SECRET, TOLD, WEAK_LEAVE, YES};
use super::{does_not_publish, for_some_only, for_whom, hides, refuses, says, says_it_alone, shows_elsewhere};
use crate::sources::record_fields::Field;
use crate::vocabulary::tokens;

/// Between a label and its answer.
const BETWEEN: [char; 5] = [':', '=', '>', '(', '\t'];
/// Between one pair and the next.
const PIECES: [char; 12] = ['.', '!', ';', ',', '|', '&', '\n', '<', '{', '}', '[', ']'];
/// Longest text that is read as a label and its answer with nothing between them but a blank or `?`.
const WORDS_OF_A_SHORT_TEXT: usize = 6;

/// Words that stand in labels beside those of secrecy and of publishing.
const BESIDE: [&str; 56] = [
    "address",
    "location",
    "site",
    "place",
    "premise",
    "postcode",
    "pin",
    "marker",
    "point",
    "coordinate",
    "street",
    "whereabout",
    "building",
    "service",
    "record",
    "entry",
    "provider",
    "project",
    "web",
    "website",
    "page",
    "internet",
    "online",
    "app",
    "is",
    "it",
    "this",
    "the",
    "a",
    "an",
    "of",
    "on",
    "in",
    "to",
    "for",
    "be",
    "we",
    "our",
    "us",
    "you",
    "do",
    "and",
    "or",
    "at",
    "exact",
    "precise",
    "full",
    "flag",
    "status",
    "level",
    "only",
    "professional",
    "staff",
    "internal",
    "use",
    "address's",
];
/// What is answered with a mark and not with a word.
const TICKS: [(&str, &str); 9] = [
    ("✓", "yes"),
    ("✔", "yes"),
    ("☑", "yes"),
    ("x", "yes"),
    ("on", "yes"),
    ("tick", "yes"),
    ("ticked", "yes"),
    ("checked", "yes"),
    ("off", "no"),
];
/// Answers that are neither yes nor no: under secrecy they are no plain no.
const OTHER_ANSWERS: [&str; 14] = [
    "unknown",
    "not known",
    "tbc",
    "see notes",
    "ask first",
    "internal",
    "professionals",
    "professionals only",
    "staff only",
    "red",
    "amber",
    "tlp:red",
    "tlp red",
    "tlp amber",
];

/// Whether a text is a label about showing or hiding and nothing else: `publish_address`, `Show on map?`.
pub(super) fn is_flag_label(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let words = tokens(text);
    let lists: [&[&str]; 7] = [&SECRET, &OPEN, &ALSO_OPEN, &WEAK_LEAVE, &LEAVE, &TOLD, &NEGATIONS];
    let known = |word: &str| BESIDE.contains(&word) || lists.iter().any(|list| list.contains(&word));
    (1..=WORDS_OF_A_SHORT_TEXT).contains(&words.len()) && words.iter().all(|w| known(&w.word) || says(std::slice::from_ref(w), &SECRET))
}

/// An answer as the lists of answers write it; `None` where a text is no plain answer.
fn plain_answer(text: &str) -> Option<String> {
    let small = text.trim_matches(|c: char| c.is_whitespace() || "\"'.!)>/#".contains(c)).to_lowercase();
    if let Some((_, answer)) = TICKS.iter().find(|(tick, _)| *tick == small) {
        return Some((*answer).to_owned());
    }
    let lists: [&[&str]; 5] = [&YES, &NO, &REFUSALS, &LEVELS, &OTHER_ANSWERS];
    let is_plain = !small.is_empty() && (lists.iter().any(|list| list.contains(&small.as_str())) || says_it_alone(&small));
    is_plain.then_some(small)
}

/// Whether a label and its answer say that a place is kept back.
pub(in crate::sources) fn pair_hides(label: &str, answer: &str) -> bool {
    let Some(answer) = plain_answer(answer) else { return false };
    is_flag_label(label)
        && (hides(label, &answer)
            || does_not_publish(label, &answer)
            || refuses(label, &answer)
            || for_whom(label, &answer)
            || for_some_only(label, &answer)
            || shows_elsewhere(label, &answer))
}

/// Longest text that is looked through: shapes and pictures are longer, and nobody writes so much about a service.
const LONGEST: usize = 20_000;

/// The first of its words, and the rest, where the first is a plain answer: what was written in lines and lost them.
fn after_an_answer(part: &str) -> Option<(&str, &str)> {
    part.split_once(' ').filter(|(first, _)| plain_answer(first).is_some())
}

/// Whether one of several parts, with a sign between them, is a label, and the next its answer.
fn parts_hide(parts: &[String]) -> bool {
    (0..parts.len().saturating_sub(1)).any(|at| {
        let (label, answer) = (parts[at].as_str(), parts[at + 1].as_str());
        let behind = after_an_answer(label).filter(|_| at > 0).map_or(label, |(_, rest)| rest);
        let first = after_an_answer(answer).filter(|_| at + 2 < parts.len()).map_or(answer, |(first, _)| first);
        pair_hides(label, answer) || pair_hides(behind, first)
    })
}

/// Whether a text holds a pair that hides.
pub(super) fn text_hides(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let trim = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "\"'#-*•".contains(c)).to_owned();
    let is_short = text.split_whitespace().count() <= WORDS_OF_A_SHORT_TEXT;
    text.split(PIECES).any(|piece| {
        let parts: Vec<String> = piece.split(|c| BETWEEN.contains(&c) || is_short && c == '?').map(trim).collect();
        let joined = || {
            let piece = trim(piece);
            let last = piece.rsplit_once('_').or_else(|| piece.rsplit_once('-')).or_else(|| piece.rsplit_once(' ').filter(|_| is_short));
            last.is_some_and(|(label, answer)| (is_short || !label.contains(' ')) && pair_hides(label, answer))
        };
        parts_hide(&parts) || parts.len() == 1 && joined()
    })
}

/// Whether two neighbours among the fields of a record are a label and its answer: cells of one row, items of one list, members of one object.
///
/// The answer is the field behind the label; where that is none, the one before it.
pub fn neighbours_hide(fields: &[Field]) -> bool {
    fields.iter().enumerate().filter(|(_, f)| is_flag_label(&f.value)).any(|(at, label)| {
        let behind = fields.get(at + 1).filter(|f| plain_answer(&f.value).is_some());
        let answer = behind.or_else(|| at.checked_sub(1).and_then(|before| fields.get(before)));
        answer.is_some_and(|answer| pair_hides(&label.value, &answer.value))
    })
}
