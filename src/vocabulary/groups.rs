//! Words for groups of people (`data/vocabulary/group_words.csv`): what a return of users may name.

use std::sync::LazyLock;

use super::{Phrase, Phrases, rows, tokens};

/// Digits of an age, a decile or a year.
const MOST_DIGITS: usize = 4;
/// Words that join others.
const JOINING: [&str; 12] = ["a", "and", "in", "is", "no", "not", "of", "or", "than", "the", "to", "with"];

/// Words by whether they name a dimension or a group.
static WORDS: LazyLock<[Phrases<()>; 2]> = LazyLock::new(|| {
    let table = rows(include_str!("../../data/vocabulary/group_words.csv"));
    ["dimension", "group"].map(|effect| Phrases::new(table.iter().filter(|r| &r[0] == effect).map(|r| Phrase::new(&r[1], Some(())))))
});

/// Words that say by themselves that nobody knows.
const NOBODY_KNOWS: [&str; 11] = [
    "unknown",
    "undisclosed",
    "unstated",
    "unrecorded",
    "unspecified",
    "unanswered",
    "missing",
    "declined",
    "refused",
    "refusal",
    "withheld",
];
/// What was not done where nobody knows: beside *not*, *no* or *never*.
const NOT_DONE: [&str; 22] = [
    "known",
    "stated",
    "recorded",
    "disclosed",
    "asked",
    "given",
    "provided",
    "answered",
    "obtained",
    "collected",
    "supplied",
    "specified",
    "available",
    "declared",
    "captured",
    "answer",
    "response",
    "information",
    "data",
    "say",
    "disclose",
    "know",
];
/// Words of those who would rather not say.
const RATHER_NOT: [&str; 9] = ["prefer", "prefers", "preferred", "wish", "wishes", "wished", "want", "wanted", "rather"];
/// Words that may stand beside those above and change nothing.
const BESIDE: [&str; 36] = [
    "not",
    "no",
    "never",
    "did",
    "didn",
    "don",
    "does",
    "do",
    "t",
    "to",
    "or",
    "and",
    "the",
    "by",
    "yet",
    "would",
    "answer",
    "state",
    "tell",
    "client",
    "survivor",
    "victim",
    "user",
    "ethnicity",
    "ethnic",
    "group",
    "age",
    "sex",
    "gender",
    "disability",
    "religion",
    "orientation",
    "sexual",
    "status",
    "was",
    "is",
];

/// Whether a label says that the group is not known.
///
/// ```
/// use gapmap::vocabulary::is_no_group;
/// assert!(is_no_group("Not stated") && is_no_group("Did not wish to say") && is_no_group("Undisclosed"));
/// assert!(!is_no_group("16 to 24") && !is_no_group("Not disabled") && !is_no_group("No religion"));
/// ```
pub fn is_no_group(label: &str) -> bool {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let all_of_it = words.iter().all(|w| [&NOBODY_KNOWS[..], &NOT_DONE, &RATHER_NOT, &BESIDE].iter().any(|list| list.contains(w)));
    let denied = has(&["not", "no", "never", "didn", "don"]);
    lower.trim().is_empty() || all_of_it && (has(&NOBODY_KNOWS) || denied && (has(&NOT_DONE) || has(&RATHER_NOT)))
}

/// Whether every word of a label is one for groups of people, or an age.
///
/// ```
/// use gapmap::vocabulary::is_group;
/// assert!(is_group("16 to 24") && is_group("65+") && is_group("Asian or Asian British"));
/// assert!(!is_group("Sister of J Bloggs") && !is_group(""));
/// ```
pub fn is_group(label: &str) -> bool {
    all_known(&WORDS[1], label)
}

/// Whether every word of a label is one for what groups are told apart by: age, ethnic group, disability.
pub fn is_dimension(label: &str) -> bool {
    all_known(&WORDS[0], label)
}

fn all_known(phrases: &Phrases<()>, label: &str) -> bool {
    let words = tokens(label);
    let covered = phrases.covered(&words);
    let number = |w: &str| w.len() <= MOST_DIGITS && w.bytes().all(|b| b.is_ascii_digit());
    let known = |(word, covered): (&super::Token, &bool)| *covered || number(&word.word) || JOINING.contains(&word.word.as_str());
    !words.is_empty() && words.iter().zip(&covered).all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_knows_however_it_is_written() {
        let no_group = ["", " ", "Undisclosed", "Not asked", "Did not wish to say", "Prefer not to say", "Declined", "Refused to answer"];
        let with_a_name = ["Ethnicity not known", "Unknown ethnic group", "Not stated or unknown", "No response", "Don't know", "No data"];
        for label in no_group.iter().chain(&with_a_name) {
            assert!(is_no_group(label), "{label}");
        }
        for label in [
            "Not disabled",
            "No religion",
            "Not known to services",
            "No disability",
            "Other",
            "Not in work",
            "None",
            "Asian",
            "Not religious",
        ] {
            assert!(!is_no_group(label), "{label}");
        }
    }

    #[test]
    fn every_row_is_heard() {
        for row in rows(include_str!("../../data/vocabulary/group_words.csv")) {
            let heard = if &row[0] == "dimension" { is_dimension(&row[1]) } else { is_group(&row[1]) };
            assert!(heard, "{row:?}");
        }
    }
}
