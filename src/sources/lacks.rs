//! What keeps a service from being available, in the five classes of HeRAMS.

use serde::{Deserialize, Serialize};

/// What a service lacks. The classes are those by which HeRAMS asks why a health service is not available (WHO, HeRAMS initiative: staff, training, supplies,
/// equipment, finances).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Lack {
    /// People to do the work.
    Staff,
    /// Training of those who do it.
    Training,
    /// What is used up.
    Supplies,
    /// What it is done with, rooms among it.
    Equipment,
    /// Money.
    Finance,
    /// Something else, or in words that name none of these.
    Other,
}

/// Words, or beginnings of words, that name a class; the first class that is named counts.
const WORDS: [(Lack, &[&str]); 5] = [
    (Lack::Training, &["training", "untrained", "skill", "qualif", "accredit"]),
    (Lack::Staff, &["staff", "recruit", "vacanc", "workforce", "personnel", "sickness", "volunteer", "worker"]),
    (Lack::Finance, &["financ", "fund", "money", "budget", "contract", "commission", "grant", "cost"]),
    (Lack::Supplies, &["suppl", "stock", "material", "consumable"]),
    (Lack::Equipment, &["equipment", "premises", "building", "room", "vehicle", "phone", "computer"]),
];

impl Lack {
    /// All classes, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Staff, Self::Training, Self::Supplies, Self::Equipment, Self::Finance, Self::Other];

    /// The class that some words name.
    pub(super) fn of_words(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let named = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
        WORDS.iter().find(|(_, stems)| named(stems)).map_or(Self::Other, |(class, _)| *class)
    }
}

#[cfg(test)]
mod tests {
    use super::Lack;

    #[test]
    fn words_name_a_class_and_what_names_none_is_another() {
        for (text, class) in [
            ("staff", Lack::Staff),
            ("Staff training", Lack::Training),
            ("Vacancies", Lack::Staff),
            ("lack of funding", Lack::Finance),
            ("supplies", Lack::Supplies),
            ("No premises", Lack::Equipment),
            ("flood", Lack::Other),
        ] {
            assert_eq!(Lack::of_words(text), class, "{text}");
        }
    }
}
