//! Clauses that speak of an address or of publishing and keep no place back: `Address on our website`, `We don't publish our waiting times`.
//!
//! Each is known as a whole. A clause that says anything more — `… or our address` — is none of these.

use super::plain::tokens;

/// What somebody may keep from publishing that is no place.
const OTHER_THINGS: [&str; 14] = [
    "waiting",
    "time",
    "list",
    "price",
    "fee",
    "result",
    "timetable",
    "figure",
    "statistic",
    "minute",
    "menu",
    "salary",
    "rota",
    "newsletter",
];
/// Words of a clause of not publishing such a thing.
const AROUND: [&str; 20] = [
    "we",
    "do",
    "not",
    "dont",
    "no",
    "longer",
    "publish",
    "share",
    "print",
    "our",
    "the",
    "any",
    "current",
    "currently",
    "on",
    "this",
    "website",
    "page",
    "or",
    "and",
];
/// Words of a clause by which an address stands on a page.
const ON_A_PAGE: [&str; 22] = [
    "the",
    "our",
    "full",
    "address",
    "location",
    "map",
    "direction",
    "is",
    "are",
    "can",
    "be",
    "found",
    "given",
    "shown",
    "listed",
    "on",
    "at",
    "in",
    "website",
    "page",
    "site",
    "and",
];
/// Words of a clause by which who comes need not say where she lives.
const NO_NEED: [&str; 24] = [
    "drop",
    "in",
    "just",
    "turn",
    "up",
    "come",
    "along",
    "any",
    "time",
    "day",
    "free",
    "no",
    "need",
    "to",
    "give",
    "an",
    "your",
    "address",
    "name",
    "or",
    "you",
    "have",
    "please",
    "anonymously",
];
/// Words of a clause by which a club that is for all gives its address to those who book.
const ON_BOOKING: [&str; 30] = [
    "the",
    "our",
    "full",
    "address",
    "venue",
    "location",
    "is",
    "are",
    "will",
    "be",
    "given",
    "sent",
    "on",
    "by",
    "with",
    "your",
    "booking",
    "ticket",
    "registration",
    "joining",
    "contact",
    "organiser",
    "for",
    "varies",
    "vary",
    "ask",
    "phone",
    "confirmation",
    "to",
    "you",
];

/// A text without the clauses that are known to be ordinary; `of_anybody` where nothing of the record is of this field, and its kind is for all.
///
/// ```
/// use gapmap::vocabulary::without_ordinary;
/// for ordinary in ["Address on our website.", "We don't publish our waiting times", "No need to give an address"] {
///     assert_eq!(without_ordinary(ordinary, false).trim(), "", "{ordinary}");
/// }
/// assert_eq!(without_ordinary("Address given on booking.", true).trim(), "");
/// for kept in ["Address given on booking", "We don't publish our address", "We don't publish our waiting times or address", "Address not on our website"] {
///     assert_eq!(without_ordinary(kept, false).trim(), kept);
/// }
/// ```
pub fn without_ordinary(text: &str, of_anybody: bool) -> String {
    text.split_inclusive(['.', ';', '!', '?', '\n', '|']).filter(|clause| !is_ordinary(clause, of_anybody)).collect()
}

fn is_ordinary(clause: &str, of_anybody: bool) -> bool {
    let words = tokens(clause);
    let words: Vec<&str> = words.iter().map(|w| w.word.as_str()).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let only = |lists: &[&[&str]]| words.iter().all(|w| lists.iter().any(|l| l.contains(w)));
    let on_page = has(&["address", "location", "map", "direction"]) && has(&["website", "page", "site"]) && has(&["on", "at"]);
    let unpublished = has(&["publish", "share", "print"]) && has(&OTHER_THINGS);
    let no_need = words.windows(4).any(|w| *w == ["no", "need", "to", "give"]) && has(&["address"]) && only(&[&NO_NEED]);
    let on_booking =
        has(&["address", "venue", "location"]) && has(&["booking", "ticket", "registration", "joining", "organiser", "varies", "vary"]);
    on_page && only(&[&ON_A_PAGE])
        || unpublished && only(&[&AROUND, &OTHER_THINGS])
        || no_need
        || of_anybody && on_booking && only(&[&ON_BOOKING])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_that_says_anything_more_is_kept() {
        for ordinary in [
            "Address on our website.",
            "Our address is on the website",
            "We don't publish our waiting times",
            "Drop in any time, no need to give an address.",
        ] {
            assert_eq!(without_ordinary(ordinary, false).trim(), "", "{ordinary}");
        }
        for of_anybody in ["Address given on booking.", "Venue varies; contact the organiser for the address"] {
            assert!(super::super::sounds_confidential(&without_ordinary(of_anybody, true)).is_none(), "{of_anybody}");
            assert_eq!(without_ordinary(of_anybody, false), of_anybody);
        }
        for kept in [
            "We don't publish our address",
            "We don't publish our waiting times or address",
            "Address not on our website",
            "Address removed from our website",
            "We do not publish",
            "No need to give an address: it is withheld for safety",
            "No need to give your address as the building is unmarked",
        ] {
            assert_eq!(without_ordinary(kept, true), kept);
        }
    }
}
