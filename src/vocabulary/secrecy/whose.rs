//! Whose address a text speaks of: that of the service, or that of somebody else.
//!
//! `We ask the court to keep your address confidential` keeps nothing of the service back. Whatever is not plainly another's counts as its own.

use super::ADDRESSES;

/// Words before an address that make it somebody else's: `your home address`, `proof of address`, `customers' addresses`.
const BEFORE: [&str; 28] = [
    "your",
    "eich",
    "mail",
    "email",
    "web",
    "internet",
    "ip",
    "proof",
    "customer",
    "member",
    "voter",
    "donor",
    "pupil",
    "landlord",
    "employer",
    "nest",
    "bird",
    "roost",
    "partner",
    "parent",
    "forwarding",
    "previous",
    "contact",
    "witness",
    "billing",
    "change",
    "objector",
    "applicant",
];
/// Words that may stand between those and the address.
const BETWEEN: [&str; 9] = ["home", "own", "full", "of", "exact", "postal", "current", "new", "private"];
/// Whose an address is that is `of` them: everybody else's is taken for that of the service.
const OTHERS: [&str; 28] = [
    "customer",
    "member",
    "voter",
    "donor",
    "partner",
    "parent",
    "party",
    "family",
    "pupil",
    "employer",
    "landlord",
    "witness",
    "nest",
    "bird",
    "orchid",
    "plant",
    "badger",
    "bat",
    "wildlife",
    "other",
    "another",
    "clinic",
    "pantry",
    "pharmacy",
    "your",
    "adopter",
    "objector",
    "applicant",
];
/// Words that make what is `of` them the service itself.
pub(super) const OWN: [&str; 20] = [
    "this", "our", "the", "service", "project", "refuge", "house", "building", "premise", "group", "meeting", "place", "it", "scheme",
    "flat", "home", "centre", "venue", "where", "here",
];

/// Whether the address at a position is somebody else's.
pub(super) fn is_anothers(words: &[&str], at: usize) -> bool {
    let mut before = words[..at].iter().rev().skip_while(|w| BETWEEN.contains(*w));
    let owner = before.next().is_some_and(|w| BEFORE.contains(w));
    // `Location sharing on a phone` is no location.
    let of_phones = words[at] == "location" && words.get(at + 1).is_some_and(|w| *w == "sharing");
    owner || of_phones || is_of_others(words, at)
}

/// `The addresses of birth parents`.
fn is_of_others(words: &[&str], at: usize) -> bool {
    let of = words.get(at + 1).is_some_and(|w| *w == "of");
    of && words[at + 2..].iter().take(3).any(|w| OTHERS.contains(w))
}

/// Whether a position holds a word for where the service is.
pub(super) fn is_own_address(words: &[&str], at: usize) -> bool {
    ADDRESSES.contains(&words[at]) && !is_anothers(words, at)
}
