//! Marks of secrecy in pairs of a label and its answer, however the two are written: in one text, in neighbouring cells, in a list.
//!
//! `confidential=yes`, `{"publish": "no"}` in a note, `["show_on_map", "no"]`, two columns `Field` and `Value`: nobody can list the ways, so the label and the
//! answer are recognised by what they are. Both are read strictly: a label is of words about showing and hiding and nothing else, an answer is a plain one.

use super::words::{ALSO_OPEN, LEAVE, LEVELS, NEGATIONS, NO, OPEN, REFUSALS, SECRET, TOLD, WEAK_LEAVE, YES};
use super::{does_not_publish, for_some_only, for_whom, hides, refuses, says, says_it_alone, shows_elsewhere};
use crate::sources::record_fields::{Field, WITHIN};
use crate::vocabulary::{Token, tokens};

/// Between a label and its answer.
const BETWEEN: [char; 6] = [':', '=', '>', '(', '\t', '→'];
/// Between one pair and the next.
const PIECES: [char; 12] = ['.', '!', ';', ',', '|', '&', '\n', '<', '{', '}', '[', ']'];
/// Longest text that is read as a label and its answer with nothing between them but a blank or `?`.
const WORDS_OF_A_SHORT_TEXT: usize = 6;

/// Words that stand in labels beside those of secrecy and of publishing.
const BESIDE: [&str; 55] = [
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
const TICKS: [(&str, &str); 11] = [
    ("✓", "yes"),
    ("✔", "yes"),
    ("☑", "yes"),
    ("x", "yes"),
    ("[x]", "yes"),
    ("☐", "no"),
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
pub(super) fn plain_answer(text: &str) -> Option<String> {
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
    // `Public map: none` says that there is none; `Consent to publish: none` that nobody gave it.
    let asks_leave = |words: &[Token]| words.iter().any(|w| LEAVE.contains(&w.word.as_str()) || WEAK_LEAVE.contains(&w.word.as_str()));
    let of_a_thing = || {
        let words = tokens(label);
        // Publications are leaflets; `publication` is what somebody agrees to.
        let leaflets = label.trim().eq_ignore_ascii_case("publications");
        leaflets || words.last().is_some_and(|w| THINGS.contains(&w.word.as_str())) && !asks_leave(&words)
    };
    let Some(answer) = plain_answer(answer).filter(|answer| answer != "none" || !of_a_thing()) else { return false };
    is_flag_label(label)
        && (hides(label, &answer)
            || does_not_publish(label, &answer)
            || refuses(label, &answer)
            || for_whom(label, &answer)
            || for_some_only(label, &answer)
            || shows_elsewhere(label, &answer))
}

/// Last words of labels of what there may be none of.
const THINGS: [&str; 4] = ["map", "listing", "link", "directory"];

/// Longest text that is looked through: shapes and pictures are longer, and nobody writes so much about a service.
const LONGEST: usize = 20_000;

/// The first of its words, and the rest, where the first is a plain answer: what was written in lines and lost them.
fn after_an_answer(part: &str) -> Option<(&str, &str)> {
    part.split_once(' ').filter(|(first, _)| plain_answer(first).is_some())
}

/// Words before a name, not a label: `<field name="public">no</field>`.
const NAMING: [&str; 6] = ["name", "key", "field", "label", "id", "property"];

/// Whether a label says by itself that it is one: in a text `Map: no` and `Consent: no` are of anything, `Publish: no` is not.
fn stands_alone(label: &str) -> bool {
    let words = tokens(label);
    words.len() > 1 || says(&words, &SECRET) || says(&words, &OPEN)
}

/// Whether one of several parts, with a sign between them, is a label, and the next its answer.
fn parts_hide(parts: &[String]) -> bool {
    let hide = |label: &str, answer: &str| stands_alone(label) && pair_hides(label, answer);
    (0..parts.len().saturating_sub(1)).any(|at| {
        let (label, answer) = (parts[at].as_str(), parts[at + 1].as_str());
        let before = at.checked_sub(1).map(|before| parts[before].as_str());
        let rest = after_an_answer(label).filter(|_| at > 0).map(|(_, rest)| rest);
        // `Toilets: public: no` is about toilets.
        let is_named = before.and_then(|b| tokens(b).pop()).is_some_and(|w| NAMING.contains(&w.word.as_str()));
        let first = after_an_answer(answer).filter(|_| at + 2 < parts.len()).map_or(answer, |(first, _)| first);
        let begins = before.is_none() || is_named || before.is_some_and(|b| plain_answer(b).is_some());
        begins && (hide(label, answer) || hide(label, first)) || rest.is_some_and(|rest| hide(rest, first) || hide(rest, answer))
    })
}

/// Whether boxes to tick hide: `☑ Confidential ☐ Public`, `Confidential [x]`. A label stands behind its box where the text, or what a colon parts of it,
/// begins with one.
fn boxes_hide(text: &str) -> bool {
    const TICKED: char = '☑';
    const EMPTY: char = '☐';
    let text = ["[x]", "[X]", "✅", "☒", "✔", "✓"].iter().fold(text.to_owned(), |text, tick| text.replace(tick, "☑"));
    let text = text.replace("[ ]", "☐").replace("[]", "☐");
    if !text.contains([TICKED, EMPTY]) {
        return false;
    }
    let answer = |tick: char| if tick == TICKED { "yes" } else { "no" };
    let ends = [';', ',', '|', '\n', '.'];
    // `Visibility: ☑ Confidential ☐ Public`: behind a heading the boxes begin, and each stands before its label.
    let first = text.split([TICKED, EMPTY]).next().unwrap_or_default();
    let is_before = first.rsplit([':', '\n', '=']).next().is_none_or(|label| label.trim().is_empty());
    text.char_indices().filter(|(_, c)| [TICKED, EMPTY].contains(c)).any(|(at, tick)| {
        let label =
            if is_before { text[at + tick.len_utf8()..].split([TICKED, EMPTY]).next() } else { text[..at].rsplit([TICKED, EMPTY]).next() };
        let label = label.unwrap_or_default().trim();
        let label = if is_before { label.split(ends).next() } else { label.rsplit(ends).next() };
        pair_hides(label.unwrap_or_default().trim(), answer(tick))
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
            last.is_some_and(|(label, answer)| (is_short || !label.contains(' ')) && stands_alone(label) && pair_hides(label, answer))
        };
        parts_hide(&parts) || parts.len() == 1 && joined()
    }) || boxes_hide(text)
}

/// Adjectives and nouns that answer a heading as often as they are one: `Sector`: `Public`, `Setting`: `Public place`.
const ANSWERING: [&str; 9] = ["public", "publicly", "private", "restricted", "protected", "listed", "sensitive", "directory", "release"];

/// Whether a label can be nothing else: of several words, one of them a verb of showing or hiding. `Public` under `Sector` answers that.
fn asks_by_itself(label: &str) -> bool {
    let words = tokens(label);
    let lists: [&[&str]; 6] = [&SECRET, &OPEN, &ALSO_OPEN, &WEAK_LEAVE, &LEAVE, &TOLD];
    let asks = |w: &str| !ANSWERING.contains(&w) && lists.iter().any(|list| list.contains(&w));
    words.len() > 1 && words.iter().any(|w| asks(&w.word))
}

/// Whether two headings name nothing that could be answered: the same one twice, `Field 1` and `Value 1`, `Attribute` and `Attribute value`, `Info 1` and
/// `Info 2`.
pub(super) fn belong_together(label: &str, answer: &str) -> bool {
    let last = |heading: &str| tokens(heading.rsplit_once(WITHIN).map_or(heading, |(_, last)| last));
    let (of_label, of_answer) = (last(label), last(answer));
    let word = |words: &[Token]| words.first().map(|w| w.word.clone());
    // `Setting` and `Value` are a pair; `Setting` and `Step-free` are a kind of place and what helps people in.
    let may_name_a_kind = of_label.len() == 1 && of_label[0].word == "setting";
    let answers = of_answer.iter().any(|w| ANSWER_HEADINGS.contains(&w.word.as_str()));
    label == answer
        || of_label.len() == 1 && answers
        || names_nothing(&of_label) && (!may_name_a_kind || answers || names_nothing(&of_answer))
        || word(&of_label).is_some() && word(&of_label) == word(&of_answer)
}

/// Words of headings that answers stand under.
const ANSWER_HEADINGS: [&str; 12] =
    ["value", "answer", "response", "content", "text", "v", "selected", "enabled", "on", "state", "choice", "data"];

/// Words of headings that name nothing: `Field 1`, `custom_field_name`, `code`.
const NAMELESS: [&str; 28] = [
    "field",
    "name",
    "key",
    "label",
    "flag",
    "option",
    "setting",
    "custom",
    "extra",
    "attribute",
    "property",
    "item",
    "question",
    "code",
    "title",
    "column",
    "k",
    "header",
    "heading",
    "parameter",
    "param",
    "meta",
    "tag",
    "prompt",
    "other",
    "additional",
    "caption",
    "opts",
];

fn names_nothing(words: &[Token]) -> bool {
    words.iter().all(|w| NAMELESS.contains(&w.word.as_str()) || w.word.chars().all(|c| c.is_ascii_digit()))
}

/// Whether two neighbours among the fields of a record are a label and its answer: cells of one row, items of one list, members of one object. A label
/// that can be nothing else is one under any heading; another only where the headings name nothing that it may answer.
///
/// The answer is the field behind the label; where that is none, the one before it.
pub fn neighbours_hide(fields: &[Field]) -> bool {
    fields.iter().enumerate().filter(|(_, f)| is_flag_label(&f.value)).any(|(at, label)| {
        let pairs = |other: &&Field| asks_by_itself(&label.value) || belong_together(&label.heading, &other.heading);
        let behind = fields.get(at + 1).filter(pairs).filter(|f| plain_answer(&f.value).is_some());
        let answer = behind.or_else(|| at.checked_sub(1).and_then(|before| fields.get(before)).filter(pairs));
        answer.is_some_and(|answer| pair_hides(&label.value, &answer.value))
    })
}
