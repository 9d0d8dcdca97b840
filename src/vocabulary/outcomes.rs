//! What became of a report, by the words of the police: eight classes, the words that are not mapped, and those that say nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rows;

/// A class of outcome of a crime that was reported to the police.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeClass {
    /// A suspect was charged or summonsed, whatever a court decided later.
    Charged,
    /// A caution, a community resolution, a penalty notice, diversion.
    OutOfCourt,
    /// Evidential difficulties: a suspect is known and the victim supports action.
    EvidentialSupported,
    /// Evidential difficulties: the victim does not support further action.
    EvidentialUnsupported,
    /// Evidential difficulties, of which the source does not say whether the victim supports action.
    EvidentialUnsaid,
    /// The investigation ended without a suspect.
    NoSuspect,
    /// Another ending that the vocabulary knows.
    Other,
    /// Words that the vocabulary does not know: an ending of which nobody here can say which.
    NotMapped,
    /// Still under investigation, or no outcome yet.
    Open,
    /// The source says that it does not know.
    NotKnown,
}

impl OutcomeClass {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 10] = [
        Self::Charged,
        Self::OutOfCourt,
        Self::EvidentialSupported,
        Self::EvidentialUnsupported,
        Self::EvidentialUnsaid,
        Self::NoSuspect,
        Self::Other,
        Self::NotMapped,
        Self::Open,
        Self::NotKnown,
    ];

    /// Its name in documents: `no-suspect`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::OutOfCourt => "out-of-court",
            Self::EvidentialSupported => "evidential-supported",
            Self::EvidentialUnsupported => "evidential-unsupported",
            Self::EvidentialUnsaid => "evidential-unsaid",
            Self::NoSuspect => "no-suspect",
            Self::Other => "other",
            Self::NotMapped => "not-mapped",
            Self::Open => "open",
            Self::NotKnown => "not-known",
        }
    }

    /// Whether a report came to an end with it, as far as the police are concerned.
    pub fn is_an_end(self) -> bool {
        !matches!(self, Self::Open | Self::NotKnown)
    }

    /// The class of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.id() == id)
    }

    /// The class of an outcome as a file writes it, by `data/vocabulary/outcome_words.csv`; words that stand there under no class are not mapped, and an
    /// empty field is not known.
    ///
    /// ```
    /// use gapmap::vocabulary::OutcomeClass;
    /// assert_eq!(OutcomeClass::of("Investigation complete; no suspect identified"), OutcomeClass::NoSuspect);
    /// assert_eq!(OutcomeClass::of("16 - Evidential difficulties (victim based)"), OutcomeClass::EvidentialUnsupported);
    /// assert_eq!(OutcomeClass::of("Filed"), OutcomeClass::NotMapped);
    /// assert_eq!(OutcomeClass::of(" "), OutcomeClass::NotKnown);
    /// ```
    pub fn of(text: &str) -> Self {
        let key = plain(text);
        if key.is_empty() {
            return Self::NotKnown;
        }
        let numbered = || CLASSES.get(number_of(text)?.as_str()).copied();
        CLASSES.get(key.as_str()).copied().or_else(numbered).unwrap_or(Self::NotMapped)
    }
}

/// Words of outcomes, made plain, with their class.
static CLASSES: LazyLock<HashMap<String, OutcomeClass>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/outcome_words.csv"));
    all.iter().filter_map(|row| Some((plain(&row[0]), OutcomeClass::named(&row[1])?))).collect()
});

/// In small letters, with single spaces for marks.
fn plain(text: &str) -> String {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The type that an outcome is named by: `16` of `16 - Evidential difficulties` or of `Outcome 16`, `1a` of `1A: charge`. A number that begins another phrase,
/// as in `12 months community order`, names no type.
fn number_of(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let mut rest = text.as_str();
    let mut named = false;
    while let Some(after) = ["outcome", "type", "code", "ho"].iter().find_map(|w| rest.strip_prefix(w)) {
        (rest, named) = (after.trim_start_matches([' ', '-', ':', '.']), true);
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let end = if rest[end..].starts_with('a') && !rest[end + 1..].starts_with(char::is_alphanumeric) { end + 1 } else { end };
    let number = &rest[..end];
    let stands = ends_a_number(&rest[end..]) || named && rest[end..].starts_with(' ');
    (number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 3 && stands).then(|| number.to_owned())
}

/// Whether a number stands by itself before this, and is no part of a span (`3-month`), a date (`14/03/2024`), a range or a decimal.
fn ends_a_number(after: &str) -> bool {
    let spaced = after.starts_with(char::is_whitespace);
    let mut rest = after.trim_start().chars();
    let Some(mark) = rest.next() else { return true };
    let rest = rest.as_str();
    let goes_on = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    match mark {
        '-' | '\u{2010}'..='\u{2015}' => !goes_on && (spaced || rest.is_empty() || rest.starts_with(char::is_whitespace)),
        ':' | '.' | ')' | ',' | '/' => !goes_on,
        '(' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_class_a_source_and_words_of_its_own() {
        let all = rows(include_str!("../../data/vocabulary/outcome_words.csv"));
        for row in &all {
            assert!(OutcomeClass::named(&row[1]).is_some() && !row[2].is_empty() && row[3].len() == 7, "{row:?}");
            assert_eq!(Some(OutcomeClass::of(&row[0])), OutcomeClass::named(&row[1]), "{row:?} stands twice with two classes");
        }
        assert_eq!(all.len(), CLASSES.len(), "words that stand twice");
    }

    #[test]
    fn types_of_the_counting_rules_are_read_by_their_number() {
        for (text, class) in [
            ("Outcome 15", OutcomeClass::EvidentialSupported),
            ("Type 14: victim based, suspect not identified", OutcomeClass::EvidentialUnsupported),
            ("1A", OutcomeClass::Charged),
            ("8", OutcomeClass::OutOfCourt),
            ("99", OutcomeClass::NotMapped),
            ("16) victim based", OutcomeClass::EvidentialUnsupported),
            ("Outcome type 1A charged", OutcomeClass::Charged),
            ("12 months community order", OutcomeClass::NotMapped),
            ("2 year suspended sentence", OutcomeClass::NotMapped),
            ("1 month curfew", OutcomeClass::NotMapped),
            ("1-day awareness course", OutcomeClass::NotMapped),
            ("3-month restraining order", OutcomeClass::NotMapped),
            ("3\u{2013}month restraining order", OutcomeClass::NotMapped),
            ("Outcome: 3-month restraining order", OutcomeClass::NotMapped),
            ("14/03/2024 charged", OutcomeClass::NotMapped),
            ("14.03.2024 charged", OutcomeClass::NotMapped),
            ("14-03-2024 charged", OutcomeClass::NotMapped),
            ("14 / 03 / 2024 charged", OutcomeClass::NotMapped),
            ("14:30 charged", OutcomeClass::NotMapped),
            ("2.5 years in prison", OutcomeClass::NotMapped),
            ("12 - 18 months in prison", OutcomeClass::NotMapped),
            ("16 - victim based", OutcomeClass::EvidentialUnsupported),
            ("16 \u{2013} victim based", OutcomeClass::EvidentialUnsupported),
            ("16- victim based", OutcomeClass::EvidentialUnsupported),
            ("16 -victim based", OutcomeClass::EvidentialUnsupported),
            ("16: victim based", OutcomeClass::EvidentialUnsupported),
            ("16. victim based", OutcomeClass::EvidentialUnsupported),
            ("16, victim based", OutcomeClass::EvidentialUnsupported),
            ("16 (victim based)", OutcomeClass::EvidentialUnsupported),
            ("16/victim based", OutcomeClass::EvidentialUnsupported),
            ("1A/charged", OutcomeClass::Charged),
            ("Outcome 16", OutcomeClass::EvidentialUnsupported),
            ("INVESTIGATION COMPLETE;  no suspect identified ", OutcomeClass::NoSuspect),
            ("Under Investigation", OutcomeClass::Open),
        ] {
            assert_eq!(OutcomeClass::of(text), class, "{text}");
        }
    }
}
