//! Whether a text sounds like a service whose address is secret.
//!
//! A list of words will always lack one. So besides the words that say it alone, a place to stay near words for those who flee or why
//! they do is enough, a slip of the pen does not hide a word, and a word written in two scripts is taken for one that hides.

use std::sync::LazyLock;

use super::decoded::decoded;
use super::near::{is_nearly, is_nearly_beside};
use super::phrases::{Phrase, Phrases};
use super::plain::{Token, tokens};
use super::rows;

/// What makes a text sound confidential.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Suspicion {
    /// A word or phrase that says it.
    Word,
    /// A place to stay, near words for those who flee.
    Together,
    /// It says that a place is not to be told.
    KeptBack,
    /// A word of letters that look like others.
    Disguised,
}

/// What a word is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Alone,
    Place,
    People,
}

struct Words {
    phrases: Phrases<Part>,
    /// Single words of six letters and more that are looked for with a slip of the pen.
    alone: Vec<String>,
    /// Phrases of two words, as their letters.
    alone_pairs: Vec<String>,
    places: Vec<String>,
    people: Vec<String>,
    /// Everyday words that a slip away from one of these is a word of its own.
    ordinary: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut pairs = Vec::new();
    let (mut alone, mut places, mut people, mut ordinary) = (vec![], vec![], vec![], vec![]);
    for row in rows(include_str!("../../data/vocabulary/confidential_words.csv")) {
        let (part, list) = match &row[0] {
            "alone" => (Some(Part::Alone), &mut alone),
            // Words of other languages and abbreviations: a slip away from them is many a word of English.
            "exact" => {
                phrases.push(Phrase::new(&row[1], Some(Part::Alone)));
                continue;
            }
            "place" => (Some(Part::Place), &mut places),
            "people" => (Some(Part::People), &mut people),
            "ordinary" => (None, &mut ordinary),
            // That people live there is looked at by itself.
            _ => continue,
        };
        match &tokens(&row[1])[..] {
            [one] => list.push(one.word.clone()),
            [one, two] if part == Some(Part::Alone) => pairs.push([one.word.as_str(), &two.word].concat()),
            _ => {}
        }
        if &row[1] == "woman" {
            // A slip in the plural is none in the singular.
            list.extend(["women".to_owned(), "womens".to_owned()]);
        }
        // A Welsh word changes its first letter after others: `i loches`, `dŷ diogel`.
        let forms = if &row[2] == "cy" { super::plain::mutated(&row[1]) } else { vec![row[1].to_owned()] };
        phrases.extend(forms.into_iter().map(|form| Phrase::new(form, part)));
    }
    // The label of a type whose places are public sounds like nothing else: `Night-time safe haven`.
    for row in rows(include_str!("../../data/definitions/service_types.csv")).iter().filter(|row| &row[2] == "no") {
        phrases.extend([Phrase::new(&row[0], None), Phrase::new(&row[1], None)]);
    }
    let secret = |kind: &str| super::services::is_confidential_type(kind);
    for row in rows(include_str!("../../data/vocabulary/service_words.csv")) {
        let says = &row[0] == "confidential" || (&row[0] == "names" && secret(&row[1]));
        if says {
            phrases.push(Phrase { upper: &row[5] == "upper", ..Phrase::new(&row[2], Some(Part::Alone)) });
        }
    }
    Words { phrases: Phrases::new(phrases), alone, alone_pairs: pairs, places, people, ordinary }
});

/// Between a place and those whom it is for stand so many other words at most.
const APART: usize = 2;

/// Whether a text sounds like a service whose address is secret, and by what.
///
/// ```
/// use gapmap::vocabulary::sounds_confidential;
/// for secret in ["Refuge (women)", "safe-house", "womens shelter", "lloches", "Emergency accomodation", "ref\u{443}ge", "W o m e n s  R e f u g e",
///     "a flat for survivors", "northwoldrefuge.example.org", "R3FUGE"] {
///     assert!(sounds_confidential(secret).is_some(), "{secret}");
/// }
/// for plain in ["Refugee welcome space", "Pottery drop-in", "Women's gym", "Refuse collection", "Housing advice for survivors of domestic abuse"] {
///     assert!(sounds_confidential(plain).is_none(), "{plain}");
/// }
/// ```
pub fn sounds_confidential(text: &str) -> Option<Suspicion> {
    let words = tokens(text);
    // Words of a list are not together: `housing, legal and domestic abuse advice`.
    let clauses = |text: &str| text.split([',', ';', '.', '!', '?', '\n', '|']).find_map(|clause| sounds_in(&tokens(clause)));
    let alone = |words: &[Token]| sounds_in(words).filter(|s| *s == Suspicion::Word);
    let said = alone(&words)
        .or_else(|| clauses(text))
        .or_else(|| sounds_in(&with_letters_for_digits(&words)?))
        .or_else(|| sounds_in(&tokens(&decoded(text)?)));
    let kept_back = |text: &str| super::keeps_place_back(text).then_some(Suspicion::KeptBack);
    let said = said.or_else(|| kept_back(text)).or_else(|| kept_back(&decoded(text)?));
    let said = said.or_else(|| text.split_whitespace().any(is_patched).then_some(Suspicion::Disguised));
    said.or_else(|| words.iter().any(|w| is_disguised(&w.word)).then_some(Suspicion::Disguised))
}

/// Whether a text sounds confidential by nothing but the words `safe haven`: a night-time safe haven is for everybody to find.
pub fn names_only_a_haven(text: &str) -> bool {
    const HAVENS: [&str; 4] = ["safe havens", "safe haven", "safe-haven", "safehaven"];
    let mut rest = text.to_owned();
    for haven in HAVENS {
        while let Some(at) = rest.to_ascii_lowercase().find(haven) {
            rest.replace_range(at..at + haven.len(), " ");
        }
    }
    rest != text && sounds_confidential(text) == Some(Suspicion::Together) && sounds_confidential(&rest).is_none()
}

/// Whether a word with a mark in its middle is one that says it, or nearly: `r*fuge`.
fn is_patched(word: &str) -> bool {
    let marks =
        |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '/' | '\'' | '’' | '.' | ',' | '&' | '+' | '(' | ')' | '_' | '@' | ':');
    let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
    let plain: String = inside.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    inside.contains(marks) && WORDS.alone.iter().any(|own| own.len() > 5 && is_nearly(&plain, own)) && !WORDS.ordinary.contains(&plain)
}

/// As [`sounds_confidential`], in words that were made plain before and belong together.
pub(super) fn sounds_in(words: &[Token]) -> Option<Suspicion> {
    let hits = WORDS.phrases.find_in(words);
    // What an everyday phrase covers is neither a hit nor looked at again, so that `refugee` is no slip of `refuge`.
    if hits.iter().any(|h| *h.value == Part::Alone) {
        return Some(Suspicion::Word);
    }
    let covered = WORDS.phrases.covered(words);
    let parts = parts(words, &covered);
    // A slip in a phrase of two words, of which one may be a word for a place: `saef house`.
    let mut everyday = covered.clone();
    hits.iter().for_each(|hit| everyday[hit.at..hit.at + hit.words].fill(false));
    let slipped = words.windows(2).zip(everyday.windows(2)).any(|(two, covered)| {
        let letters = [two[0].word.as_str(), &two[1].word].concat();
        covered == [false, false] && WORDS.alone_pairs.iter().any(|own| is_nearly(&letters, own))
    });
    if slipped || parts.contains(&Some(Part::Alone)) {
        return Some(Suspicion::Word);
    }
    // An everyday phrase with a refuge in it excuses nothing beside words for those who flee: `Wildlife Refuge for Women`.
    let in_phrase = words.iter().zip(&covered).any(|(w, c)| *c && w.word.starts_with("refug") && !w.word.starts_with("refugee"));
    if in_phrase && parts.contains(&Some(Part::People)) {
        return Some(Suspicion::Word);
    }
    // Words that only join others part nothing: `women and children's units of housing`.
    let telling: Vec<Option<Part>> =
        words.iter().zip(&parts).filter(|(w, part)| part.is_some() || !super::is_filler(&w.word)).map(|(_, part)| *part).collect();
    let at = |p: Part| telling.iter().enumerate().filter(move |(_, q)| **q == Some(p)).map(|(i, _)| i);
    let together = at(Part::Place).any(|place| at(Part::People).any(|people| place.abs_diff(people) <= APART + 1));
    together.then_some(Suspicion::Together)
}

/// What each word is part of.
fn parts(words: &[Token], covered: &[bool]) -> Vec<Option<Part>> {
    let part = |w: &Token| -> Option<Part> {
        if WORDS.ordinary.contains(&w.word) {
            return None;
        }
        let near = |list: &[String]| list.iter().any(|own| is_nearly(&w.word, own));
        let holds = WORDS.alone.iter().filter(|own| own.len() > 5).any(|own| holds(&w.word, own));
        match () {
            () if holds || near(&WORDS.alone) || w.word.starts_with("refug") && !w.word.starts_with("refugee") => Some(Part::Alone),
            // `accom`, `accomm`, `accommodate`: a word that people cut short.
            () if near(&WORDS.places) || w.word.starts_with("accom") || w.word.starts_with("acom") => Some(Part::Place),
            () if WORDS.people.iter().any(|own| is_nearly_beside(&w.word, own)) => Some(Part::People),
            () => None,
        }
    };
    let mut parts: Vec<Option<Part>> = words.iter().zip(covered).map(|(w, c)| if *c { None } else { part(w) }).collect();
    for hit in WORDS.phrases.find_in(words) {
        parts[hit.at..hit.at + hit.words].fill(Some(*hit.value));
    }
    // Confidential advice keeps what is said, and no address: `free and confidential legal advice on housing`.
    for at in (0..words.len()).filter(|at| words[*at].word == "confidential") {
        if words[at + 1..].iter().take(3).any(|w| OF_TALK.contains(&w.word.as_str())) && parts[at] == Some(Part::People) {
            parts[at] = None;
        }
    }
    // One of several things that advice is about: `including housing and domestic abuse`.
    let topic = |at: usize| {
        let listed = words.get(at + 1).is_some_and(|w| ["and", "or"].contains(&w.word.as_str()));
        listed && words[at.saturating_sub(3)..at].iter().any(|w| ["including", "about", "on", "advice", "with"].contains(&w.word.as_str()))
    };
    for at in (0..words.len()).filter(|at| words[*at].word == "housing" && topic(*at)) {
        parts[at] = None;
    }
    parts
}

/// What is confidential without anything of the place being so.
const OF_TALK: [&str; 11] =
    ["advice", "help", "support", "counselling", "listening", "information", "helpline", "line", "chat", "conversation", "legal"];

/// For each word whether it is one for a place to stay.
pub(super) fn places_to_stay(words: &[Token]) -> Vec<bool> {
    parts(words, &WORDS.phrases.covered(words)).iter().map(|p| *p == Some(Part::Place)).collect()
}

/// For each word whether it is one for those who flee, or why they do.
pub(super) fn people_who_flee(words: &[Token]) -> Vec<bool> {
    parts(words, &WORDS.phrases.covered(words)).iter().map(|p| *p == Some(Part::People)).collect()
}

/// Whether a word holds another that is not the beginning of `refugee` and the like: `womensrefuge` does.
fn holds(word: &str, own: &str) -> bool {
    word.match_indices(own).any(|(at, _)| {
        let rest = &word[at + own.len()..];
        !rest.starts_with('e')
    })
}

/// The words with digits read as the letters that they are written for: `r3fuge`. `None` where no word mixes the two.
fn with_letters_for_digits(words: &[Token]) -> Option<Vec<Token>> {
    let mixed = |w: &str| w.chars().any(|c| c.is_ascii_digit()) && w.chars().any(char::is_alphabetic);
    words.iter().any(|w| mixed(&w.word)).then(|| {
        let letter = |c| match c {
            '0' => 'o',
            '1' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '6' => 'g',
            '7' => 't',
            '8' => 'b',
            '9' => 'g',
            c => c,
        };
        let read =
            |w: &Token| Token { word: if mixed(&w.word) { w.word.chars().map(letter).collect() } else { w.word.clone() }, upper: w.upper };
        words.iter().map(read).collect()
    })
}

/// Whether Latin letters stand beside those of another script in one word, after all that look alike were read as Latin.
fn is_disguised(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

#[cfg(test)]
mod tests;
