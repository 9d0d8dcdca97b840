//! What only people who live somewhere have to do with: `Units`: 8; `Longest stay`: 26 weeks; `Void`: 2.

use crate::vocabulary::{MarkWord, Token, tokens};

/// Whether a heading counts or times what people have who live there, and nothing says that it is of a business or of rooms to meet in.
pub(super) fn is_sign_of_living(heading: &str, value: &str) -> bool {
    const NO: [&str; 8] = ["no", "n", "false", "none", "n/a", "-", "free", "0"];
    let words = tokens(heading);
    let of_living = MarkWord::Living.is_in(&words) && !MarkWord::Let.is_in(&words);
    (of_living || counts_rooms(&words) && !MarkWord::Meeting.is_in(&tokens(value))) && !NO.contains(&value.to_lowercase().as_str())
}

/// `Rooms`, `Number of rooms`; `Room hire` and `Meeting room` are of others.
fn counts_rooms(words: &[Token]) -> bool {
    words.iter().any(|w| w.word == "room")
        && words.iter().all(|w| ["room", "number", "of", "no", "total", "family"].contains(&w.word.as_str()))
}
