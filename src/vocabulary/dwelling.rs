//! Whether people live at a service: it has beds or flats, they move in, they hold a key of its door.
//!
//! None of this says by itself that the place is secret: care homes and hostels have all of it. Of a service of this field it does.

use std::sync::LazyLock;

use super::confidential::places_to_stay;
use super::phrases::{Phrase, Phrases};
use super::plain::{Token, tokens};
use super::rows;
use super::staying::speaks_of_a_stay;

static LIVED_IN: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let all = rows(include_str!("../../data/vocabulary/confidential_words.csv"));
    Phrases::new(all.iter().filter(|row| &row[0] == "lived-in").map(|row| Phrase::new(&row[1], Some(()))))
});

/// Beginnings of words for places that people sleep at, and for little else. `Home`, `house` and `room` are for more.
const PLACES: [&str; 13] =
    ["accom", "acom", "hostel", "flat", "apartment", "bedsit", "bedroom", "bedspace", "lodging", "residence", "shelter", "llety", "fflat"];
/// Words of those who have a place themselves.
const HAVING: [&str; 17] = [
    "have",
    "provide",
    "providing",
    "offer",
    "offered",
    "offering",
    "run",
    "running",
    "our",
    "manage",
    "own",
    "host",
    "gennym",
    "darparwn",
    "cynnig",
    "cynigiwn",
    "gynnig",
];
/// Words by which a place is something that people are advised about.
const ABOUT: [&str; 24] = [
    "advice",
    "support",
    "option",
    "team",
    "officer",
    "need",
    "help",
    "application",
    "issue",
    "problem",
    "advocacy",
    "search",
    "find",
    "finding",
    "information",
    "register",
    "benefit",
    "cost",
    "law",
    "access",
    "gyngor",
    "cymorth",
    "deposit",
    "right",
];
/// A place stands so many words after the verb of having, or the beginning of a clause.
const REACH: usize = 4;

/// Whether a word is one for a place that people sleep at.
pub(super) fn is_strong_place(word: &str) -> bool {
    PLACES.iter().any(|p| word.starts_with(p)) && word != "flatten" || ["bed", "fflat"].contains(&word)
}

/// Whether a text says that people live at the service that it is about.
///
/// ```
/// use gapmap::vocabulary::is_lived_in;
/// for lived_in in ["We have five self-contained flats.", "Nine women live here at any time.", "Accommodation: yes. Units: 9.", "Shelter, food and clothing."] {
///     assert!(is_lived_in(lived_in), "{lived_in}");
/// }
/// for other in ["Accommodation advice", "Help to find accommodation", "We have meeting rooms", "Counselling for residents of Quillmere",
///     "We help you to find a place to live", "Beds of flowers in the garden"] {
///     assert!(!is_lived_in(other), "{other}");
/// }
/// ```
pub fn is_lived_in(text: &str) -> bool {
    let clauses = text.split(['.', ';', '!', '?', '\n', '|', ':', '–', '—']);
    let words = tokens(text);
    // `Help to find a place to live` is help, and no place.
    let looked_for = |at: usize| {
        words[at.saturating_sub(REACH)..at]
            .iter()
            .any(|w| ["help", "find", "finding", "search", "look", "looking"].contains(&w.word.as_str()))
    };
    LIVED_IN.find_in(&words).iter().any(|hit| !looked_for(hit.at))
        || clauses.into_iter().any(|clause| speaks_of_a_stay(clause) || has_a_place(&tokens(clause)))
}

/// Whether a name is one of a place that people live at: `Zephyrine Accommodation`.
///
/// ```
/// use gapmap::vocabulary::names_a_dwelling;
/// assert!(names_a_dwelling("Zephyrine Accommodation") && names_a_dwelling("Quillmere Night Shelter"));
/// for other in ["Night Shelter Cafe", "Backpackers Hostel", "Bus shelter", "Animal shelter", "Air raid shelter museum", "Hostel for students"] {
///     assert!(!names_a_dwelling(other), "{other}");
/// }
/// ```
pub fn names_a_dwelling(name: &str) -> bool {
    let words = tokens(name);
    let dwells = |w: &Token| is_strong_place(&w.word) || w.word == "residential";
    words.iter().enumerate().any(|(at, w)| dwells(w) && !is_advised_about(&words, at) && !is_for_others(&words, at))
}

/// A shelter for cats, a bus shelter, a hostel for those who travel; and a café or a shop that is called after one.
fn is_for_others(words: &[Token], at: usize) -> bool {
    const BEFORE: [&str; 13] =
        ["bus", "animal", "cat", "dog", "pet", "donkey", "raid", "rain", "cycle", "bike", "smoking", "backpacker", "student"];
    let word = |at: usize| words.get(at).map_or("", |w| w.word.as_str());
    let last = words.last().map_or("", |w| w.word.as_str());
    let called_after = at + 1 < words.len() && ["cafe", "shop", "museum", "bookshop"].contains(&last);
    at > 0 && BEFORE.contains(&word(at - 1))
        || called_after
        || is_another_thing(words, at)
        || word(at + 1) == "for" && word(at + 2) == "student" && at + 3 == words.len()
}

/// Furniture in flat packs, races on the flat, beds to be had.
fn is_another_thing(words: &[Token], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", |w| w.word.as_str());
    match word(at) {
        "flat" | "flats" => ["pack", "packed", "racing", "race", "rate", "screen", "white", "shoe", "tyre", "fee"].contains(&word(at + 1)),
        "flatpack" => true,
        "bed" => {
            let with = word(at + 1) == "and" && ["mattress", "sofa", "wardrobe", "bedding", "furniture"].contains(&word(at + 2));
            let sold = word(at + 1) == "for" && word(at + 2) == "sale";
            with || sold || ["mattress", "frame", "linen", "sale"].contains(&word(at + 1))
        }
        _ => false,
    }
}

/// Flower beds, raised beds and beds of roses.
fn is_in_a_garden(words: &[Token], at: usize) -> bool {
    let before = at > 0 && ["flower", "raised", "garden", "vegetable", "herb", "river"].contains(&words[at - 1].word.as_str());
    let of = words[at + 1..].first().is_some_and(|w| w.word == "of");
    words[at].word == "bed" && (before || of)
}

/// `We have five flats`; `Supported accommodation, women`.
fn has_a_place(words: &[Token]) -> bool {
    let places = places_to_stay(words);
    (0..words.len()).filter(|at| is_strong_place(&words[*at].word) || places[*at] && words[*at].word.starts_with("accom")).any(|at| {
        let before = &words[at.saturating_sub(REACH)..at];
        let having = before.iter().any(|w| HAVING.contains(&w.word.as_str()));
        let no = words[at.saturating_sub(REACH + 2)..at].iter().any(|w| ["not", "no", "cannot", "dont"].contains(&w.word.as_str()));
        let fits = !no && !is_advised_about(words, at) && !is_in_a_garden(words, at) && !is_for_others(words, at);
        (having || at < 3) && fits
    })
}

/// Whether a place is what advice, help or a search is about.
fn is_advised_about(words: &[Token], at: usize) -> bool {
    let about = |w: &Token| ABOUT.contains(&w.word.as_str());
    words[at.saturating_sub(REACH)..at].iter().any(about) || words[at + 1..].iter().take(2).any(about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelter_for_cats_is_no_dwelling() {
        assert!(names_a_dwelling("Quillmere Night Shelter") && names_a_dwelling("Flats for students and survivors"));
        for other in
            ["Night Shelter Cafe", "Backpackers Hostel", "Bus shelter", "Animal shelter", "Air raid shelter museum", "Hostel for students"]
        {
            assert!(!names_a_dwelling(other), "{other}");
        }
    }

    #[test]
    fn furniture_and_races_are_no_dwelling() {
        for other in ["Flat-pack furniture help", "Flat racing club", "Bed and mattress collection", "Beds for sale"] {
            assert!(!names_a_dwelling(other) && !is_lived_in(other), "{other}");
        }
        for dwelling in ["Flats and a garden", "Bed and board for women", "Two-bed flat", "Flat for a family"] {
            assert!(names_a_dwelling(dwelling), "{dwelling}");
        }
    }
}
