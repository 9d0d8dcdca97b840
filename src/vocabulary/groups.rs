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

/// What tables call those of whom the group is not known.
const NOT_KNOWN: [&str; 9] =
    ["", "not known", "unknown", "not stated", "not recorded", "not disclosed", "prefer not to say", "declined to say", "missing"];

/// Whether a label says that the group is not known.
///
/// ```
/// assert!(gapmap::vocabulary::is_no_group("Not stated") && !gapmap::vocabulary::is_no_group("16 to 24"));
/// ```
pub fn is_no_group(label: &str) -> bool {
    NOT_KNOWN.contains(&label.trim().to_lowercase().as_str())
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
    fn every_row_is_heard() {
        for row in rows(include_str!("../../data/vocabulary/group_words.csv")) {
            let heard = if &row[0] == "dimension" { is_dimension(&row[1]) } else { is_group(&row[1]) };
            assert!(heard, "{row:?}");
        }
    }
}
