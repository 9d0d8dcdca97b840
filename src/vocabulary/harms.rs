//! What harm a label is about (`data/vocabulary/harm_words.csv`): harms have floors, below which a count of them is never told.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, Phrases, rows, tokens};

/// A harm, by its id in `data/release/floors.csv`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct HarmId(String);

/// The id of what has no floor.
const NONE: &str = "none";

/// What harms a label is about, as far as its words tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Harms {
    /// These; where there is none, nothing in it has a floor.
    Known(BTreeSet<HarmId>),
    /// Nobody knows: it is treated as the rarest of all.
    NotMapped,
}

struct Words {
    phrases: Phrases<HarmId>,
    ids: Vec<HarmId>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table = rows(include_str!("../../data/vocabulary/harm_words.csv"));
    let phrase = |r: &csv::StringRecord| Phrase {
        text: r[2].to_owned(),
        value: (&r[0] == "names").then(|| HarmId(r[1].to_owned())),
        upper: &r[5] == "upper",
        stem: false,
    };
    let ids: BTreeSet<HarmId> = table.iter().filter(|r| &r[0] == "names").map(|r| HarmId(r[1].to_owned())).collect();
    Words { phrases: Phrases::new(table.iter().map(phrase)), ids: ids.into_iter().collect() }
});

/// Words that say nothing by themselves.
const FILLERS: [&str; 18] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "into", "not", "of", "on", "or", "other", "the", "to", "with", "without"];

/// Words beside a harm that name no other.
const OF_RECORDING: [&str; 40] = [
    "against",
    "age",
    "aged",
    "over",
    "under",
    "plus",
    "year",
    "involving",
    "including",
    "include",
    "inc",
    "excluding",
    "excl",
    "reported",
    "recorded",
    "report",
    "offence",
    "crime",
    "incident",
    "case",
    "type",
    "class",
    "category",
    "all",
    "total",
    "attempted",
    "attempt",
    "suspect",
    "offender",
    "male",
    "female",
    "month",
    "public",
    "private",
    "place",
    "serious",
    "non",
    "historic",
    "recent",
    "related",
];

/// Whether a word says nothing by itself.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

impl HarmId {
    /// Its name in `data/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every harm that a plan may name, `none` among them.
    pub fn all() -> &'static [HarmId] {
        &WORDS.ids
    }
}

impl TryFrom<String> for HarmId {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let known = || HarmId::all().iter().map(HarmId::as_str);
        if known().any(|k| k == written) {
            return Ok(Self(written));
        }
        let near = crate::diagnostics::nearest(&written, known()).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
        Err(format!("there is no harm `{written}`{near} `gapmap explain harms` lists them"))
    }
}

impl Harms {
    /// None that has a floor.
    pub fn none() -> Self {
        Self::Known(BTreeSet::new())
    }

    /// The harms that a plan names for a label.
    pub fn of(id: &HarmId) -> Self {
        Self::Known(std::iter::once(id.clone()).filter(|h| h.0 != NONE).collect())
    }

    /// The harms that the words of a label name.
    ///
    /// Every word must be known: what is not could name a harm, or a rarer one than the one beside it.
    ///
    /// ```
    /// use gapmap::vocabulary::Harms;
    /// let of = |label: &str| match Harms::named_in(label) {
    ///     Harms::Known(ids) => ids.iter().map(|h| h.as_str().to_owned()).collect::<Vec<_>>().join(", "),
    ///     Harms::NotMapped => "not mapped".into(),
    /// };
    /// assert_eq!(of("Rapes"), "sexual-offences");
    /// assert_eq!(of("Forced-marriage and FGM"), "female-genital-mutilation, forced-marriage");
    /// assert_eq!(of("Domestic burglary"), "");
    /// assert_eq!(of("Violence and sexual offences"), "");
    /// assert_eq!(of("Theft by her husband"), "not mapped");
    /// ```
    pub fn named_in(label: &str) -> Self {
        let words = tokens(label);
        let hits = WORDS.phrases.find_in(&words);
        let harms: BTreeSet<HarmId> = hits.iter().map(|h| h.value).filter(|h| h.0 != NONE).cloned().collect();
        let covered = WORDS.phrases.covered(&words);
        let rest = words.iter().zip(&covered).filter(|(word, covered)| !**covered && !is_filler(&word.word)).map(|(w, _)| w.word.as_str());
        // Beside a harm, words for people and for recording name no other; that there is none must be said of every word.
        let names_no_other = |word: &str| super::is_group(word) || super::says_no_type(word) || OF_RECORDING.contains(&word);
        let unknown = rest.filter(|word| harms.is_empty() || !names_no_other(word)).count();
        if unknown > 0 || !covered.contains(&true) { Self::NotMapped } else { Self::Known(harms) }
    }

    /// Those of both, and what is not known of one is not known of both.
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Known(a), Self::Known(b)) => Self::Known(a.union(b).cloned().collect()),
            _ => Self::NotMapped,
        }
    }

    /// Whether they are known.
    pub fn is_mapped(&self) -> bool {
        matches!(self, Self::Known(_))
    }
}

/// The words of a harm, as they stand in `data/`.
pub fn words_of_harm(harm: &HarmId) -> Vec<String> {
    let table = rows(include_str!("../../data/vocabulary/harm_words.csv"));
    table.iter().filter(|r| &r[0] == "names" && r[1] == harm.0).map(|r| r[2].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row does what it says: its word alone names its harm, and what is blocked names none by the word inside it.
    #[test]
    fn every_row_is_heard() {
        for row in rows(include_str!("../../data/vocabulary/harm_words.csv")) {
            let written = if &row[5] == "upper" { row[2].to_uppercase() } else { row[2].to_owned() };
            let Harms::Known(harms) = Harms::named_in(&written) else {
                assert_eq!(&row[0], "blocks", "{row:?} is not heard");
                continue;
            };
            let heard = harms.iter().any(|h| h.as_str() == &row[1]) || (&row[1] == NONE && harms.is_empty());
            assert!(heard || &row[0] == "blocks", "{row:?} is heard as {harms:?}");
        }
    }

    #[test]
    fn a_word_that_nobody_knows_beside_a_known_harm_may_name_a_rarer_one() {
        assert_eq!(Harms::named_in("Sexual offences with beading"), Harms::NotMapped);
        assert!(Harms::named_in("Sexual offences against women aged 16 to 24").is_mapped());
        assert!(Harms::named_in("Rape of a female child under 16").is_mapped());
    }
}
