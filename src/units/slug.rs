//! Names as parts of ids.

/// Lower case, words joined by hyphens: part of an id.
pub(crate) fn slug(text: &str) -> String {
    let words: Vec<String> =
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.join("-")
}
