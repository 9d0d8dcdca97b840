//! A place that is told to those who ask, who book, or whom somebody fetches.
//!
//! What is told on the phone is not in a directory for a reason. `Ring for the address`, `venue given on booking`, `we tell you where to come`.

use super::whose::{is_anothers, is_own_address};
use super::{BEFORE_A_CONDITION, CONDITIONS, NO};

/// Verbs of asking, in English and Welsh.
const ASKING: [&str; 18] = [
    "ring",
    "call",
    "phone",
    "telephone",
    "contact",
    "ask",
    "email",
    "mail",
    "text",
    "enquire",
    "inquire",
    "apply",
    "message",
    "request",
    "cysylltwch",
    "ffoniwch",
    "gofynnwch",
    "ebostiwch",
];
/// What stands between a verb of asking and what is asked for.
const FOR: [&str; 4] = ["for", "about", "am", "to"];
const DETERMINERS: [&str; 14] = ["the", "our", "its", "exact", "full", "a", "get", "know", "learn", "y", "yr", "ein", "ei", "precise"];
/// Words for a place that people come to, which in a text of an ordinary service may stand for a hall for hire.
const VENUES: [&str; 4] = ["venue", "whereabout", "base", "premise"];
/// Verbs by which somebody is told something.
const TELLING: [&str; 15] =
    ["tell", "told", "text", "texted", "send", "sent", "give", "given", "email", "message", "get", "receive", "say", "let", "ask"];
/// Verbs by which somebody is fetched.
const MET: [&str; 9] = ["met", "meet", "collected", "collect", "picked", "pick", "fetched", "fetch", "nearby"];
/// Verbs by which somebody is then brought.
const BROUGHT: [&str; 8] = ["brought", "bring", "walked", "taken", "driven", "escorted", "accompanied", "drive"];
/// Verbs of finding out.
const FINDING: [&str; 9] = ["find", "learn", "know", "discover", "say", "tell", "told", "reveal", "out"];

pub(super) fn is_told_to_who_asks(words: &[&str]) -> bool {
    is_asked_for(words) || is_given_when(words) || says_where(words) || is_sent(words) || is_fetched(words) || must_not_be_found(words)
}

/// Whether a position holds a word for where the service is, or for the venue that it uses.
fn is_place(words: &[&str], at: usize) -> bool {
    is_own_address(words, at) || VENUES.contains(&words[at]) && !is_anothers(words, at)
}

/// Whether a position is followed by whose it is.
fn is_of_something(words: &[&str], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| *w == "of") && !words[at + 2..].iter().take(2).any(|w| super::whose::OWN.contains(w) && *w != "the")
}

/// `Ring for the address`; `cysylltwch â ni am y cyfeiriad`.
fn is_asked_for(words: &[&str]) -> bool {
    let asked = |at: usize| {
        let object = words[at + 1..].iter().position(|w| !DETERMINERS.contains(w)).map(|n| at + 1 + n);
        object.is_some_and(|o| is_place(words, o) && !is_of_something(words, o))
    };
    (0..words.len()).filter(|at| ASKING.contains(&words[*at])).any(|at| {
        let near = at + 1..(at + 6).min(words.len());
        near.into_iter().any(|f| FOR.contains(&words[f]) && words[f] != "to" && asked(f))
    })
}

/// `Address on application`; `venue given on booking`; `location by arrangement with the referrer only`.
fn is_given_when(words: &[&str]) -> bool {
    const ALSO: [&str; 10] =
        ["application", "booking", "enquiry", "confirmation", "registration", "arrangement", "offered", "confirmed", "offer", "helpline"];
    let before = |w: &&str| BEFORE_A_CONDITION.contains(w) || ["by", "via", "from", "through", "with"].contains(w);
    (0..words.len()).filter(|at| is_place(words, *at) && !is_of_something(words, *at)).any(|at| {
        let near = &words[at + 1..(at + 7).min(words.len())];
        let given = near.iter().position(before);
        // `Available`, `given`, `sent` may stand between; a sentence about something else may not.
        let close = |n: usize| n <= 3 && near[..n].iter().all(|w| TELLING.contains(w) || super::BETWEEN.contains(w) || *w == "available");
        let of_arrangement = |w: &&str| *w != "arrangement" || words.contains(&"only");
        given.is_some_and(|n| {
            close(n) && near[n + 1..].iter().take(3 + 1).any(|w| (CONDITIONS.contains(w) || ALSO.contains(w)) && of_arrangement(w))
        })
    })
}

/// `We tell you where to come`; `the helpline will tell you where it is`; `where it is stays between us`.
fn says_where(words: &[&str]) -> bool {
    let comes = |at: usize| match words.get(at + 1..) {
        Some(["to", verb, ..]) => *verb == "come",
        Some([one, ..]) => ["it", "this"].contains(one) && words.get(at + 2).is_some_and(|w| *w == "is"),
        _ => false,
    };
    (0..words.len()).filter(|at| words[*at] == "where" && comes(*at)).any(|at| {
        let told = words[at.saturating_sub(4)..at].iter().any(|w| TELLING.contains(w));
        let kept = words[at..].windows(2).any(|w| w == ["between", "us"]);
        told || kept
    })
}

/// `We text you the address on the day`; `you will get the address by text message`; `keep this address to yourself`.
fn is_sent(words: &[&str]) -> bool {
    (0..words.len()).filter(|at| is_own_address(words, *at) && !is_of_something(words, *at)).any(|at| {
        let before = &words[at.saturating_sub(4)..at];
        let you = before.iter().any(|w| ["you", "them", "chi"].contains(w)) || before.contains(&"receive") || before.contains(&"get");
        let sent = you && before.iter().any(|w| TELLING.contains(w)) && !before.iter().any(|w| ["a", "an", "us"].contains(w));
        let secret = words[at..].windows(2).any(|w| w[0] == "to" && w[1].starts_with("yoursel"));
        let held = words[at + 1..].iter().take(3).any(|w| ["held", "kept"].contains(w))
            && words[at + 1..].iter().take(4).any(|w| ["by", "from"].contains(w));
        let avoided = words[at.saturating_sub(3)..at].iter().any(|w| ["visit", "approach", "attend"].contains(w))
            && words[at.saturating_sub(5)..at].iter().any(|w| NO.contains(w));
        // `No address, for safety`: nobody leaves out an address for the reader's safety who may tell it.
        let safe = words[at..].iter().take(6).any(|w| ["safety", "security", "diogelwch"].contains(w))
            && words[at.saturating_sub(2)..at].iter().any(|w| NO.contains(w));
        sent || secret || held || avoided || safe
    })
}

/// `Women are met at the station and brought here`; `you are met nearby and walked to the house`.
fn is_fetched(words: &[&str]) -> bool {
    let of_school = words.iter().any(|w| ["school", "pupil", "child", "witness", "patient", "nursery"].contains(w));
    !of_school
        && (0..words.len()).filter(|at| BROUGHT.contains(&words[*at])).any(|at| {
            let met = words[at.saturating_sub(8)..at].iter().any(|w| MET.contains(w));
            met && words[at + 1..].iter().take(4).any(|w| ["here", "house", "us"].contains(w))
        })
}

/// `Perpetrators must not find out where this is`; `we never say where we are`; `whereabouts are kept from perpetrators`.
fn must_not_be_found(words: &[&str]) -> bool {
    let here = |at: usize| {
        let next = |n: usize| words.get(at + n).copied().unwrap_or_default();
        ["this", "it"].contains(&next(1)) && next(2) == "is" || next(1) == "we" && ["are", "meet", "live"].contains(&next(2))
    };
    (0..words.len()).filter(|at| words[*at] == "where" && here(*at)).any(|at| {
        let before = &words[at.saturating_sub(4)..at];
        let no = words[at.saturating_sub(6)..at].iter().any(|w| NO.contains(w));
        no && before.iter().any(|w| FINDING.contains(w)) && !words[..at].contains(&"if")
    })
}
