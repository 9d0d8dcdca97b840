//! A place that is called secret, or is kept so: `secret location`, `the address of our centre is confidential`.

use super::whose::is_own_address;
use super::{BETWEEN, KEPT_BACK};

/// Verbs after which it is said of a place how it is.
const IS: [&str; 17] =
    ["yn", "wedi", "is", "are", "be", "being", "been", "was", "were", "remain", "remains", "stay", "stays", "kept", "held", "must", "will"];
/// Verbs of keeping, before a place.
const KEEP: [&str; 4] = ["keep", "keeps", "kept", "keeping"];
/// What begins something that is said of a place before the verb: `of our centre`, `for all our houses`.
const JOINS: [&str; 20] =
    ["y", "yr", "ein", "ei", "eu", "of", "for", "to", "at", "in", "where", "and", "or", "from", "near", "with", "by", "on", "o", "i"];
/// Words that begin something else, unless a word of [`JOINS`] stands before them.
const BEGINS: [&str; 9] = ["our", "the", "your", "this", "all", "any", "we", "you", "every"];
/// So many words are said of a place before the verb.
const LONGEST: usize = 10;

/// `secret location`; `the address of this service is kept private`.
pub(super) fn is_kept_back(words: &[&str]) -> bool {
    let before = (1..words.len()).any(|at| venue(words, at) || KEPT_BACK.contains(&words[at - 1]) && is_own_address(words, at));
    let after = |at: usize| {
        let rest = words[at + 1..].iter().position(|w| !BETWEEN.contains(w));
        rest.is_some_and(|n| n <= 5 && KEPT_BACK.contains(&words[at + 1 + n]))
    };
    // `The meeting place is kept private`: of a place that is no address only where it is said to be kept so.
    let kept =
        |at: usize| ["place", "venue", "base", "building"].contains(&words[at]) && words[at + 1..].iter().take(3).any(|w| *w == "kept");
    before || (0..words.len()).any(|at| is_own_address(words, at) && (after(at) || is_said_later(words, at)) || kept(at) && after(at))
}

/// `undisclosed venue`, `secret meeting place`. What is said at a confidential meeting is, and not where it is.
fn venue(words: &[&str], at: usize) -> bool {
    let talk = ["confidential", "anonymous"].contains(&words[at - 1]);
    let state = talk || ["secret", "undisclosed", "unpublished"].contains(&words[at - 1]);
    let of_place = words.get(at + 1).is_some_and(|w| ["place", "point", "venue", "location", "address", "room"].contains(w));
    state && (["venue", "premise", "site", "place"].contains(&words[at]) || words[at] == "meeting" && (!talk || of_place))
}

/// `The location of our centre in town is confidential`; `we keep the addresses of our houses secret`: what is said of the place between it and the word
/// for keeping it back holds no other thing that could be meant.
fn is_said_later(words: &[&str], at: usize) -> bool {
    let rest = &words[at + 1..];
    // Parking there is restricted, and not the place.
    let of_way = words[at.saturating_sub(3)..at].iter().any(|w| ["access", "parking", "entry", "traffic"].contains(w));
    let Some(secret) = rest.iter().position(|w| KEPT_BACK.contains(w)).filter(|_| !of_way) else { return false };
    let between = &rest[..secret];
    let verb = between.iter().position(|w| IS.contains(w));
    let said_of = &between[..verb.unwrap_or(secret)];
    let another =
        |i: usize| BEGINS.contains(&said_of[i]) && (i == 0 || !JOINS.contains(&said_of[i - 1]) && !BEGINS.contains(&said_of[i - 1]));
    let of_it = said_of.len() <= LONGEST && said_of.first().is_some_and(|w| JOINS.contains(w)) && !(0..said_of.len()).any(another);
    let keeps = words[at.saturating_sub(4)..at].iter().any(|w| KEEP.contains(w));
    of_it
        && match verb {
            Some(verb) => between[verb..].iter().all(|w| IS.contains(w) || BETWEEN.contains(w)),
            // `We keep the address of our house secret`.
            None => keeps && secret + 1 == rest.len(),
        }
}

/// A clause without what stands in it between commas and only says why, or of whom: `The address, for the safety of women, is secret`.
pub(super) fn without_asides(clause: &str) -> Option<String> {
    let parts: Vec<&str> = clause.split(',').collect();
    let is_aside = |part: &str| {
        let first = part.split_whitespace().next().unwrap_or_default().to_lowercase();
        ["for", "to", "as", "because", "due", "since", "in", "which", "who", "where", "like", "with", "er", "oherwydd"]
            .contains(&first.as_str())
    };
    let inside = 1..parts.len().saturating_sub(1);
    let aside = |i: usize| inside.contains(&i) && is_aside(parts[i]);
    (0..parts.len()).any(aside).then(|| (0..parts.len()).filter(|i| !aside(*i)).map(|i| parts[i]).collect::<Vec<_>>().join(" "))
}
