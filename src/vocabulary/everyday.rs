//! Words for what everybody may come to: pottery, a bus pass, a choir.
//!
//! A record without a type is published only where something of it is recognised as such. A name alone, `The Haven` or `Rosa House`, says nothing.

use std::sync::LazyLock;

use super::dwelling::names_a_dwelling;
use super::phrases::{Phrase, Phrases};
use super::plain::tokens;
use super::rows;
use super::streets::without_streets;

/// Last words of the names of buildings, which may bear any other word before them: `Library Cottage`, `Garden House`.
const BUILDINGS: [&str; 16] = [
    "house", "home", "cottage", "court", "lodge", "villa", "mews", "terrace", "manor", "grange", "tower", "building", "haven", "nest",
    "cartref", "bwthyn",
];

static WORDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/everyday_words.csv"));
    Phrases::new(all.iter().map(|row| Phrase::new(&row[0], Some(()))))
});

/// Whether a name or a term of a taxonomy says that a service is an everyday one; not where it names a place to live.
///
/// ```
/// use gapmap::vocabulary::is_everyday;
/// assert!(is_everyday("Pottery drop-in") && is_everyday("Women's gym") && is_everyday("Conversation club for refugees"));
/// assert!(!is_everyday("The Haven") && !is_everyday("Rosa House") && !is_everyday("Phoenix Project") && !is_everyday("Library Cottage"));
/// assert!(is_everyday("Pottery at Mill Lane") && is_everyday("Nature walk") && is_everyday("Deer walks in the park") && is_everyday("Community garden"));
/// assert!(!is_everyday("Hospital Lane") && !is_everyday("14 Church Hall Lane") && !is_everyday("Market Street Project"));
/// ```
pub fn is_everyday(text: &str) -> bool {
    let words = tokens(text);
    let last = words.iter().rev().find(|w| w.word.chars().any(char::is_alphabetic));
    let names_a_building = last.is_some_and(|w| BUILDINGS.contains(&w.word.as_str()));
    !names_a_building && !WORDS.find(&without_streets(text, is_everyday_whole)).is_empty() && !names_a_dwelling(text)
}

/// Whether words are one everyday phrase and nothing else: `nature walk`, `community garden`.
pub fn is_everyday_whole(words: &str) -> bool {
    WORDS.find(words).iter().any(|hit| hit.whole)
}
