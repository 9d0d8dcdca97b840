//! Whether words of a heading are among those of a list.

use crate::vocabulary::{Token, is_nearly};

/// Whether one of the words is in the list.
pub(super) fn is_one_of(words: &[Token], list: &[&str]) -> bool {
    words.iter().any(|w| list.contains(&w.word.as_str()))
}

/// As [`is_one_of`], and the beginning of a long word is enough: `suppression`, `publishing`.
///
/// So is a slip of the pen in a word that is seldom another, `confidentail`, and one that is written in two, `with held`.
pub(super) fn says(words: &[Token], list: &[&str]) -> bool {
    const SLIPPED: [&str; 14] = [
        "confidential",
        "secret",
        "hidden",
        "withheld",
        "unlisted",
        "sensitive",
        "suppressed",
        "redacted",
        "undisclosed",
        "unpublished",
        "restricted",
        "publish",
        "published",
        "public",
    ];
    const OTHERS: [&str; 4] = ["publisher", "publicly", "enlisted", "secretly"];
    let begins = |w: &Token| list.iter().any(|l| l.len() > 6 && w.word.starts_with(l) && w.word != "publisher");
    let slipped = |w: &Token| !OTHERS.contains(&w.word.as_str()) && list.iter().any(|l| SLIPPED.contains(l) && is_nearly(&w.word, l));
    let in_two = |two: &[Token]| {
        let joined = format!("{}{}", two[0].word, two[1].word);
        list.iter().any(|l| SLIPPED.contains(l) && is_nearly(&joined, l))
    };
    is_one_of(words, list) || words.iter().any(|w| begins(w) || slipped(w)) || words.windows(2).any(in_two)
}

#[cfg(test)]
mod tests {
    use super::super::words::{OPEN, SECRET};
    use super::*;
    use crate::vocabulary::tokens;

    #[test]
    fn slips_are_heard_and_words_of_their_own_are_not() {
        let written = [
            "confidentail",
            "Confidental",
            "con fidential",
            "con-fidential",
            "is_confidental",
            "secert",
            "sensative",
            "witheld",
            "with held",
            "hiden",
            "unlistd",
        ];
        for heading in written {
            assert!(says(&tokens(heading), &SECRET), "{heading}");
        }
        for heading in ["not publc", "non-publik", "publishd"] {
            assert!(says(&tokens(heading), &OPEN), "{heading}");
        }
        for heading in ["Refuse collection", "Refugee support", "Marked", "Secretary", "Enlisted", "Publisher", "Place", "Sex", "With whom"]
        {
            assert!(!says(&tokens(heading), &SECRET) && !says(&tokens(heading), &OPEN), "{heading}");
        }
    }
}
