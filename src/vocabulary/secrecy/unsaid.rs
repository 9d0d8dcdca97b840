//! What a service of this field says of its own address that is no ordinary thing to say.
//!
//! Phrases of secrecy have no end, and ordinary ones nearly do. So of a service of this field a clause about its own address counts as one that
//! keeps it back, unless it is plainly something else: it says how to get there, that there are several, or that people choose one.

use super::whose::is_own_address;
use super::{ADDRESSES, NO, joined};
use crate::vocabulary::plain::tokens;

/// Words by which a clause about an address is an ordinary one.
const ORDINARY: [&str; 52] = [
    "changed",
    "new",
    "nav",
    "website",
    "below",
    "updated",
    "find",
    "bus",
    "train",
    "tram",
    "parking",
    "park",
    "central",
    "convenient",
    "accessible",
    "access",
    "various",
    "several",
    "different",
    "many",
    "other",
    "across",
    "throughout",
    "suit",
    "suits",
    "choice",
    "choose",
    "agree",
    "agreed",
    "each",
    "both",
    "all",
    "multiple",
    "community",
    "open",
    "opening",
    "hour",
    "street",
    "road",
    "square",
    "hall",
    "library",
    "hospital",
    "centre",
    "school",
    "court",
    "letter",
    "write",
    "meet",
    "near",
    "town",
    "outreach",
];
/// Words for places that people come to, of which ordinary services speak, too: only with a word for telling them.
const VENUES: [&str; 2] = ["venue", "direction"];
const TOLD: [&str; 9] = ["sent", "given", "detail", "confirmed", "told", "shared", "phone", "text", "texted"];

/// Whether a text of a service of this field speaks of its own address in a way that is not known to be ordinary.
///
/// ```
/// use gapmap::vocabulary::is_reticent;
/// for secret in ["Address blocked.", "The location will be confirmed after a call.", "Delete the address from your phone.", "Cyfeiriad ddim ar gael."] {
///     assert!(is_reticent(secret), "{secret}");
/// }
/// for plain in ["Find us at this address", "We meet you at a location that suits you", "Sessions at locations across Quillmere", "We never ask for your address"] {
///     assert!(!is_reticent(plain), "{plain}");
/// }
/// ```
pub fn is_reticent(text: &str) -> bool {
    text.split(['.', ';', '!', '?', '\n', '|']).any(|clause| {
        let words = joined(tokens(clause));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let says_no = words.iter().any(|w| NO.contains(w));
        let ordinary = words.iter().any(|w| ORDINARY.contains(w)) || clause.chars().any(|c| c.is_ascii_digit());
        // A list of headings or of one word says nothing.
        let says_more = words.iter().any(|w| !ADDRESSES.contains(w));
        // Of several locations none is the address.
        let several = clause.to_lowercase().contains("locations");
        let own = !several && (0..words.len()).any(|at| is_own_address(&words, at) && words[at] != "premise");
        let venue = words.iter().any(|w| VENUES.contains(w)) && words.iter().any(|w| TOLD.contains(w));
        own && says_more && (says_no || !ordinary) || venue || is_reserved(&words)
    })
}

/// `Suppressed for safeguarding`; `marked sensitive by the provider`; `entry to be shown to staff only`: said of the entry itself.
pub(super) fn is_reserved(words: &[&str]) -> bool {
    let any = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let marked = any(&["marked", "flagged", "treat", "treated"]) && any(&["sensitive", "confidential", "secret", "restricted", "private"]);
    let seen = any(&["entry", "record", "listing", "this"]) && any(&["shown", "seen", "visible", "viewed"]) && any(&["only"]);
    any(&["suppressed", "withheld", "redacted"]) || marked || seen
}
