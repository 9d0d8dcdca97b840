//! Words of marks that may say that a place is secret, by what they are there: `data/vocabulary/mark_words.csv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::plain::{Token, tokens};
use super::rows;

/// What a word is of a mark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MarkWord {
    /// First words of an answer: `yes (JS)`.
    Answer,
    /// Answers in other languages.
    AnswerElsewhere,
    /// What says that a question does not apply, or that nobody knows.
    NoAnswer,
    /// Words of secrecy that a short remark may hold.
    Secrecy,
    /// What is confidential without anything of the place being so.
    Talk,
    /// What only people who live somewhere have to do with.
    Living,
    /// Words beside which these are of a business.
    Let,
    /// What rooms are for where nobody lives.
    Meeting,
    /// Those of the trade, who may know what others may not.
    Trade,
    /// Words by which a heading says who knows.
    Knows,
    /// Words by which a heading says who reads.
    Reads,
    /// Tables of the standard of Open Referral.
    Table,
    /// Words by which records are kept: who entered one and when, and codes of things.
    Record,
    /// Words of headings that [ask for a text](super::asks_for_a_text): what a service does, for whom, where and how.
    Text,
    /// Words of headings of flags.
    Flag,
    /// Words of headings of kinds of service.
    Kind,
    /// Words of headings of classes of secrecy.
    Class,
    /// Words that stand beside them.
    BesideClass,
    /// Words of a class by which everybody may know.
    OpenClass,
    /// Words for a place or a point.
    Place,
    /// Words for its kind.
    KindOfPlace,
    /// Kinds of place at which a service itself is.
    OwnPlace,
    /// How exact a point is that is where the service is.
    Exact,
}

impl MarkWord {
    fn parse(part: &str) -> Option<Self> {
        Some(match part {
            "answer" => Self::Answer,
            "answer-elsewhere" => Self::AnswerElsewhere,
            "no-answer" => Self::NoAnswer,
            "secrecy" => Self::Secrecy,
            "talk" => Self::Talk,
            "living" => Self::Living,
            "let" => Self::Let,
            "meeting" => Self::Meeting,
            "trade" => Self::Trade,
            "knows" => Self::Knows,
            "reads" => Self::Reads,
            "table" => Self::Table,
            "record" => Self::Record,
            "text" => Self::Text,
            "flag" => Self::Flag,
            "kind" => Self::Kind,
            "class" => Self::Class,
            "beside-class" => Self::BesideClass,
            "open-class" => Self::OpenClass,
            "place" => Self::Place,
            "kind-of-place" => Self::KindOfPlace,
            "own-place" => Self::OwnPlace,
            "exact" => Self::Exact,
            _ => return None,
        })
    }

    /// Whether a word or phrase, made plain, is one of these.
    ///
    /// ```
    /// use gapmap::vocabulary::MarkWord;
    /// assert!(MarkWord::Trade.is("police") && MarkWord::Table.is("taxonomy term") && !MarkWord::Trade.is("woman"));
    /// ```
    pub fn is(self, word: &str) -> bool {
        WORDS.get(&self).is_some_and(|words| words.contains(word))
    }

    /// Whether one of some words is.
    pub fn is_in(self, words: &[Token]) -> bool {
        words.iter().any(|w| self.is(&w.word))
    }

    /// Whether a whole text is, as one word or phrase.
    pub fn is_all_of(self, text: &str) -> bool {
        let words = tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>().join(" ");
        self.is(&words) || self.is(&text.trim().to_lowercase())
    }
}

static WORDS: LazyLock<HashMap<MarkWord, HashSet<String>>> = LazyLock::new(|| {
    let mut all: HashMap<MarkWord, HashSet<String>> = HashMap::new();
    for row in rows(include_str!("../../data/vocabulary/mark_words.csv")) {
        if let Some(part) = MarkWord::parse(&row[0]) {
            all.entry(part).or_default().insert(row[1].to_owned());
        }
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_a_known_part_and_plain() {
        for row in rows(include_str!("../../data/vocabulary/mark_words.csv")) {
            assert!(MarkWord::parse(&row[0]).is_some_and(|part| part.is(&row[1])), "{row:?}");
            assert_eq!(row[1].to_lowercase(), row[1], "{row:?}");
        }
    }
}
