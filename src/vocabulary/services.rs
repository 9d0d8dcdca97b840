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

/// Whether every word of a text is of abuse, of a group of people or of the trade: together they name no type, and hide none.
///
/// ```
/// use gapmap::vocabulary::says_no_type;
/// assert!(says_no_type("domestic abuse") && says_no_type("women's support services") && says_no_type("young people"));
/// assert!(!says_no_type("a roof over her head"));
/// ```
pub fn says_no_type(text: &str) -> bool {
    const TRADE: [&str; 41] = [
        "advocacy",
        "casework",
        "drop",
        "emotional",
        "practical",
        "therapy",
        "outreach",
        "service",
        "support",
        "help",
        "advice",
        "information",
        "guidance",
        "project",
        "team",
        "programme",
        "group",
        "work",
        "worker",
        "specialist",
        "community",
        "local",
        "national",
        "centre",
        "victim",
        "survivor",
        "family",
        "their",
        "in",
        "person",
        "one",
        "to",
        "other",
        "general",
        "young",
        "people",
        "woman",
        "girl",
        "child",
        "adult",
        "face",
    ];
    let words = tokens(text);
    let of_abuse: Vec<_> = CONTEXT.find_in(&words);
    let covered = |at: usize| of_abuse.iter().any(|hit| (hit.at..hit.at + hit.words).contains(&at));
    let known =
        |at: usize, word: &str| covered(at) || TRADE.contains(&word) || super::is_group(word) || word.len() < 4 && super::is_filler(word);
    words.iter().enumerate().all(|(at, w)| known(at, &w.word))
}

/// Types whose services keep their address secret.
pub(super) fn is_confidential_type(id: &str) -> bool {
    rows(include_str!("../../data/definitions/service_types.csv")).iter().any(|row| &row[0] == id && &row[2] == "yes")
}
