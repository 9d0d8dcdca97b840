//! The field's words, read once from `data/vocabulary/`, and the one way in which all of the engine reads words.
//!
//! Text is made plain first ([`tokens`]): how a word is spelt, hidden or dressed up must not decide whether it is recognised. Then
//! words and phrases are looked for as wholes ([`Phrases`]): `refuge` is not in `refugee`.

mod confidential;
mod groups;
mod harms;
mod near;
mod phrases;
mod plain;
mod services;

pub use confidential::{Suspicion, sounds_confidential};
pub use groups::{is_dimension, is_group};
pub use harms::{HarmId, Harms, words_of_harm};
pub use phrases::{Hit, Phrase, Phrases};
pub use plain::{Token, is_invisible, tokens};
pub use services::{about_abuse, types_named};

/// The rows of a table that is compiled in. A row that cannot be read is a fault of the program: a test reads them all.
pub(crate) fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap_or_default()).collect()
}
