//! Kinds of place that everybody may know: a library, a court, a football club.

use std::sync::LazyLock;

use super::phrases::{Phrase, Phrases};
use super::plain::tokens;
use super::rows;

/// Where a word for a kind must stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    Anywhere,
    /// At the end of a name: `Court House` is no court.
    Last,
    /// As a whole term of a taxonomy.
    Term,
}

static KINDS: LazyLock<Phrases<Stands>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/public_kinds.csv"));
    Phrases::new(all.iter().map(|row| {
        let stands = match &row[0] {
            "anywhere" => Stands::Anywhere,
            "last" => Stands::Last,
            _ => Stands::Term,
        };
        Phrase::new(&row[1], Some(stands))
    }))
});

/// Whether a name is one of a kind of place that everybody may know.
///
/// ```
/// use gapmap::vocabulary::names_a_public_kind;
/// assert!(names_a_public_kind("Quillmere Women’s Football Club") && names_a_public_kind("Northgate Library, upper floor"));
/// assert!(!names_a_public_kind("Library House") && !names_a_public_kind("The Rowan Project"));
/// ```
pub fn names_a_public_kind(name: &str) -> bool {
    let anywhere = KINDS.find(name).iter().any(|h| *h.value == Stands::Anywhere);
    let first = name.split([',', '(', '–', '-', ':']).next().unwrap_or_default();
    let words = tokens(first);
    let last = KINDS.find_in(&words).iter().any(|h| *h.value == Stands::Last && h.at + h.words == words.len());
    anywhere || last
}

/// Whether a term of a taxonomy is one of a kind of place that everybody may know.
pub fn is_public_kind(term: &str) -> bool {
    KINDS.find(term).iter().any(|h| *h.value == Stands::Anywhere || h.whole)
}
