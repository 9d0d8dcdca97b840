//! The field's words, read once from `data/vocabulary/`, and the one way in which all of the engine reads words.
//!
//! Text is made plain first ([`tokens`]): how a word is spelt, hidden or dressed up must not decide whether it is recognised. Then
//! words and phrases are looked for as wholes ([`Phrases`]): `refuge` is not in `refugee`.

mod abbreviations;
mod confidential;
mod decoded;
mod dwelling;
mod everyday;
mod groups;
mod harms;
mod headings;
mod kinds;
mod left_out;
mod mark_words;
mod mentions;
mod near;
mod ordinary;
mod outcomes;
mod phrases;
mod plain;
mod scripts;
mod secrecy;
mod services;
mod staying;
mod streets;

pub use abbreviations::{abbreviates_homes, abbreviates_refuge};
pub use confidential::{Suspicion, names_only_a_haven, sounds_confidential};
pub(crate) use decoded::decoded;
pub use dwelling::{is_lived_in, names_a_dwelling};
pub use everyday::{is_everyday, is_everyday_whole};
pub use groups::{is_dimension, is_group, is_no_group};
use harms::is_filler;
pub use harms::{HarmId, Harms, words_of_harm};
pub use headings::{asks_for_a_text, keeps_records, says_nothing_of_secrecy};
pub use kinds::{is_public_kind, names_a_public_kind, nobody_lives_at};
pub use left_out::without_what_is_left_out;
pub use mark_words::MarkWord;
pub use mentions::only_mentions;
pub(crate) use near::is_nearly;
pub use ordinary::without_ordinary;
pub use outcomes::OutcomeClass;
pub use phrases::{Hit, Phrase, Phrases};
pub use plain::{Token, as_latin, is_invisible, tokens};
pub use scripts::is_in_an_unread_script;
pub use secrecy::{is_mask, is_reticent, is_said_of_all, keeps_place_back};
pub use services::{about_abuse, says_no_type, types_named};
pub use streets::{without_short_streets, without_streets};

use crate::units::rows;

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn every_row_says_what_a_reader_knows() {
        let effects = |text: &str, known: &[&str]| {
            let all = rows(text);
            for row in &all {
                assert!(known.contains(&&row[0]), "{row:?}");
                assert!(row.iter().skip(1).any(|field| !super::tokens(field).is_empty()), "{row:?} holds no word");
            }
            assert!(all.len() > 100);
        };
        effects(
            include_str!("../../data/vocabulary/confidential_words.csv"),
            &["alone", "exact", "place", "people", "ordinary", "lived-in"],
        );
        effects(
            include_str!("../../data/vocabulary/mention_words.csv"),
            &["frame", "give", "refer", "train", "own", "people", "institution"],
        );
        for row in rows(include_str!("../../data/vocabulary/everyday_words.csv")) {
            assert!(super::is_everyday(&row[0]), "{row:?}");
        }
        for row in rows(include_str!("../../data/vocabulary/heading_words.csv")) {
            assert!(super::says_nothing_of_secrecy(&row[0]), "{row:?}");
        }
        effects(include_str!("../../data/vocabulary/public_kinds.csv"), &["anywhere", "last", "term"]);
        effects(include_str!("../../data/vocabulary/service_words.csv"), &["names", "context", "confidential", "blocks"]);
    }
}
