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

/// Kinds at which nobody lives, whoever runs them.
static OPEN_BY_DAY: LazyLock<Phrases<()>> = LazyLock::new(|| {
    const KINDS: [&str; 14] = [
        "charity shop",
        "charity bookshop",
        "charity furniture shop",
        "domestic abuse court",
        "domestic violence court",
        "magistrates' court",
        "crown court",
        "county court",
        "family court",
        "police station",
        "fire station",
        "library",
        "museum",
        "siop elusen",
    ];
    Phrases::new(KINDS.map(|kind| Phrase::new(kind, Some(()))))
});

/// Whether a name is one of a public kind at which nobody lives: a charity shop of Women's Aid is no refuge.
///
/// ```
/// use gapmap::vocabulary::nobody_lives_at;
/// assert!(nobody_lives_at("Women's Aid charity shop") && nobody_lives_at("Domestic Abuse Court, Quillmere Magistrates"));
/// assert!(!nobody_lives_at("Women's Aid Family Centre") && !nobody_lives_at("Flats over the charity shop") && !nobody_lives_at("Library House"));
/// ```
pub fn nobody_lives_at(name: &str) -> bool {
    let words = tokens(name);
    let dwells = ["over", "above", "behind", "house", "flat", "home", "room", "unit", "accommodation", "hostel"];
    names_a_public_kind(name) && !OPEN_BY_DAY.find_in(&words).is_empty() && !words.iter().any(|w| dwells.contains(&w.word.as_str()))
}

/// Whether a term of a taxonomy is one of a kind of place that everybody may know.
pub fn is_public_kind(term: &str) -> bool {
    KINDS.find(term).iter().any(|h| *h.value == Stands::Anywhere || h.whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_of_a_refuge_is_none_and_flats_over_it_may_be() {
        assert!(nobody_lives_at("Women's Aid Charity Shop, High Street") && nobody_lives_at("Domestic Abuse Court, Quillmere Magistrates"));
        for other in ["Women's Aid Family Centre", "Flats over the charity shop", "Library House", "Women's Aid"] {
            assert!(!nobody_lives_at(other), "{other}");
        }
    }
}
