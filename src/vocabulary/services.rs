//! Words for types of service, and whether a text is about abuse at all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::phrases::{Phrase, Phrases};
use super::plain::tokens;
use super::rows;

/// How much a word says by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Strength {
    /// It names the type.
    Strong,
    /// It names the type in a record about abuse.
    InContext,
}

static TYPES: LazyLock<Phrases<(String, Strength)>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/service_words.csv"));
    let phrase = |row: &csv::StringRecord| {
        let strength = if &row[6] == "strong" { Strength::Strong } else { Strength::InContext };
        let value = match &row[0] {
            "names" => Some((row[1].to_owned(), strength)),
            "blocks" => None,
            _ => return None,
        };
        Some(Phrase { upper: &row[5] == "upper", stem: &row[4] == "stem", ..Phrase::new(&row[2], value) })
    };
    Phrases::new(all.iter().filter_map(phrase))
});

static CONTEXT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/service_words.csv"));
    Phrases::new(all.iter().filter(|row| &row[0] == "context").map(|row| Phrase::new(&row[2], Some(()))))
});

/// Ids of the types that a text names: by words that name one alone, and in a text `about_abuse` by others too.
///
/// ```
/// use gapmap::vocabulary::types_named;
/// assert_eq!(types_named("Women's refuges", false), ["refuge"]);
/// assert!(types_named("Pottery drop-in", false).is_empty());
/// ```
pub fn types_named(text: &str, about_abuse: bool) -> Vec<String> {
    let hits = TYPES.find(text);
    let says = hits.iter().filter(|h| h.value.1 == Strength::Strong || about_abuse);
    let types: BTreeSet<String> = says.map(|h| h.value.0.clone()).collect();
    types.into_iter().collect()
}

/// Whether a text is about violence or abuse.
pub fn about_abuse(text: &str) -> bool {
    !CONTEXT.find_in(&tokens(text)).is_empty()
}

/// Types whose services keep their address secret.
pub(super) fn is_confidential_type(id: &str) -> bool {
    ["refuge", "specialist_refuge", "dispersed", "second_stage"].contains(&id)
}
