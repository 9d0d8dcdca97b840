//! Pieces of sentences and ids.

pub(super) use crate::units::{decimal, thousands};

/// Lower case, words joined by hyphens: part of an id.
pub(super) fn slug(text: &str) -> String {
    let words: Vec<String> =
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.join("-")
}
