//! Words and phrases, looked for as wholes.

use rustc_hash::FxHashMap;

use super::plain::{Token, tokens};

/// A word or phrase and what it stands for.
#[derive(Clone, Debug)]
pub struct Phrase<T> {
    /// As it is written; the matcher makes it plain.
    pub text: String,
    /// What it stands for; `None` for an everyday phrase that covers the words inside it, so that they stand for nothing.
    pub value: Option<T>,
    /// Only in capitals: `DA` is not in `da Vinci`.
    pub upper: bool,
    /// Its last word may go on: `advis` takes in `adviser` and `advisory`.
    pub stem: bool,
}

impl<T> Phrase<T> {
    /// A phrase in any case, of whole words.
    pub fn new(text: impl Into<String>, value: Option<T>) -> Self {
        Self { text: text.into(), value, upper: false, stem: false }
    }
}

/// A phrase found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit<'p, T> {
    /// What it stands for.
    pub value: &'p T,
    /// The first of its words in the text, from 0.
    pub at: usize,
    /// How many words of the text it covers.
    pub words: usize,
    /// Whether it covers all words of the text.
    pub whole: bool,
}

/// Many phrases, found in one pass.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    list: Vec<(Vec<String>, Phrase<T>)>,
    /// By their letters without spaces: `safe house`, `safehouse` and `safe-house` are one.
    by_letters: FxHashMap<String, Vec<usize>>,
    /// By first word, those whose last word may go on.
    stems: FxHashMap<String, Vec<usize>>,
    most_letters: usize,
}

impl<T> Phrases<T> {
    /// From phrases in any order.
    pub fn new(phrases: impl IntoIterator<Item = Phrase<T>>) -> Self {
        let mut all = Self { list: vec![], by_letters: FxHashMap::default(), stems: FxHashMap::default(), most_letters: 0 };
        for phrase in phrases {
            let words: Vec<String> = tokens(&phrase.text).into_iter().map(|t| t.word).collect();
            let Some(first) = words.first().cloned() else { continue };
            let letters = words.concat();
            all.most_letters = all.most_letters.max(letters.len());
            let at = all.list.len();
            if phrase.stem {
                // A stem of one word is met by the letters that it begins with.
                let key = if words.len() == 1 { first.chars().take(3).collect() } else { first };
                all.stems.entry(key).or_default().push(at);
            } else {
                all.by_letters.entry(letters).or_default().push(at);
            }
            all.list.push((words, phrase));
        }
        all
    }

    /// The phrases in a text that do not overlap: everyday phrases and longer ones come before those inside them.
    ///
    /// ```
    /// use gapmap::vocabulary::{Phrase, Phrases};
    /// let words = Phrases::new([Phrase::new("domestic", Some("abuse at home")), Phrase::new("domestic burglary", None)]);
    /// assert_eq!(words.find("Domestic burglaries").len(), 0);
    /// assert_eq!(words.find("domestic incident")[0].value, &"abuse at home");
    /// ```
    pub fn find(&self, text: &str) -> Vec<Hit<'_, T>> {
        self.find_in(&tokens(text))
    }

    /// As [`Phrases::find`], in words that were made plain before.
    pub fn find_in(&self, words: &[Token]) -> Vec<Hit<'_, T>> {
        let (chosen, _) = self.choose(words);
        let mut hits: Vec<Hit<T>> = chosen
            .into_iter()
            .filter_map(|(at, n, p)| Some(Hit { value: self.list[p].1.value.as_ref()?, at, words: n, whole: n == words.len() }))
            .collect();
        hits.sort_by_key(|h| h.at);
        hits
    }

    /// For each word whether a phrase covers it, everyday phrases among them.
    pub(super) fn covered(&self, words: &[Token]) -> Vec<bool> {
        self.choose(words).1
    }

    /// The phrases that were chosen, as first word, number of words and position, and which words they cover.
    fn choose(&self, words: &[Token]) -> (Vec<(usize, usize, usize)>, Vec<bool>) {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for at in 0..words.len() {
            let mut letters = String::new();
            for (n, word) in words[at..].iter().enumerate() {
                letters.push_str(&word.word);
                if letters.len() > self.most_letters {
                    break;
                }
                let fits = self.by_letters.get(&letters).into_iter().flatten().filter(|p| self.fits(**p, &words[at..=at + n]));
                found.extend(fits.map(|p| (at, n + 1, *p)));
            }
            self.find_stems(words, at, &mut found);
        }
        // Everyday phrases first among those of one length: they are there to cover others.
        found.sort_by_key(|(at, n, p)| (std::cmp::Reverse(*n), self.list[*p].1.value.is_some(), *at, *p));
        let mut taken = vec![false; words.len()];
        found.retain(|(at, n, _)| {
            let mine = &mut taken[*at..*at + *n];
            let free = mine.iter().all(|t| !t);
            if free {
                mine.fill(true);
            }
            free
        });
        (found, taken)
    }

    fn fits(&self, phrase: usize, words: &[Token]) -> bool {
        let (own, phrase) = &self.list[phrase];
        if phrase.upper && !words.iter().all(|w| w.upper || !w.word.contains(char::is_alphabetic)) {
            return false;
        }
        // Words that are parted elsewhere must be long enough not to meet by chance: `the rapist` is no `therapist`, but `safehouse` is two words.
        let same = own.len() == words.len() && own.iter().zip(words).all(|(a, b)| *a == b.word);
        same || own.len() > words.len() || words.iter().all(|w| w.word.len() < 5)
    }

    fn find_stems(&self, words: &[Token], at: usize, found: &mut Vec<(usize, usize, usize)>) {
        let first = &words[at].word;
        let head: String = first.chars().take(3).collect();
        for p in [&head, first].into_iter().filter_map(|key| self.stems.get(key.as_str())).flatten() {
            let own = &self.list[*p].0;
            let Some((last, before)) = own.split_last() else { continue };
            let fits = words[at..].len() >= own.len()
                && before.iter().zip(&words[at..]).all(|(a, b)| *a == b.word)
                && words[at + before.len()].word.starts_with(last.as_str());
            if fits {
                found.push((at, own.len(), *p));
            }
        }
    }
}
