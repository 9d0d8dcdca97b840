//! Pieces of sentences and ids.

pub(super) use crate::units::{decimal, thousands};

/// Lower case, words joined by hyphens: part of an id.
pub(super) fn slug(text: &str) -> String {
    let words: Vec<String> =
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.join("-")
}

/// The first letter in lower case, unless the word is an abbreviation.
pub(super) fn mid_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
