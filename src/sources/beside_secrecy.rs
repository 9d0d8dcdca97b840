//! Whether a text that somebody writes for a report tells a place beside words of a service whose place is kept back.

use super::{place_in, place_in_words};
use crate::vocabulary::{keeps_place_back, sounds_confidential};

/// What it tells of a place; `None` where it tells none, or speaks of no such service.
///
/// Postcodes, streets and the like are looked for in the whole text. Names, which in other sentences may be of anybody, only in the sentence that speaks of
/// the service. `own` are the words that name the partnership itself, such as those of its area: they tell nothing that is not on every page.
pub(crate) fn place_beside_secrecy(text: &str, own: &[String]) -> Option<&'static str> {
    let speaks = |text: &str| sounds_confidential(text).is_some() || keeps_place_back(text);
    if !speaks(text) {
        return None;
    }
    let in_a_sentence = || text.split(['\n', '.', '!', '?', ';']).filter(|s| speaks(s)).find_map(|s| place_in_words(s, own));
    place_in(text).or_else(in_a_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_beside_a_refuge_is_heard_and_elsewhere_it_is_not() {
        let own = ["quillmere".to_owned()];
        for text in [
            "Move the refuge from the Larchwood estate to Elmsgate",
            "The safe house in Quillmere 002A floods",
            "Women in the refuge behind Hazelmoor church",
            "The refuge is full. It stands at 12 Mill Lane.",
            "Refuge by Ashbourne mosque",
        ] {
            assert!(place_beside_secrecy(text, &own).is_some(), "{text}");
        }
        for text in [
            "More refuge places in Quillmere",
            "The women's refuge turned away nine households in March",
            "We met in Ashbourne. The refuge was full.",
            "Move-on plan with landlords",
        ] {
            assert_eq!(place_beside_secrecy(text, &own), None, "{text}");
        }
    }
}
