//! How a name may be written otherwise and still be the same.

use std::collections::BTreeSet;

use crate::study::Service;
use crate::study::confidential::{FILLER, name_key, provider_may_be};
use crate::vocabulary::{is_nearly, says_no_type, tokens, types_named};

/// Words shorter than this have too many neighbours: `East` is no slip for `West`.
const LETTERS_OF_A_SLIP: usize = 5;

/// What a service is known again by.
pub(super) struct Known {
    /// Its name without fillers, as letters.
    pub key: String,
    /// The words of its name, in their order.
    in_order: Vec<String>,
    words: BTreeSet<String>,
    /// The words of its provider's name, without its legal form.
    provider: Vec<String>,
}

impl Known {
    pub fn of(service: &Service) -> Self {
        let words_of =
            |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.word).filter(|w| !FILLER.contains(&w.as_str())).collect() };
        let in_order = words_of(&service.name);
        Self { key: name_key(&service.name), words: in_order.iter().cloned().collect(), in_order, provider: words_of(&service.provider) }
    }

    pub fn has_provider(&self) -> bool {
        !self.provider.is_empty()
    }

    /// Whether both name a provider, and it may be the same one.
    pub fn same_provider(&self, other: &Self) -> bool {
        self.has_provider() && other.has_provider() && self.provider_may_be(other)
    }

    /// Whether the providers may be the same: one that is not named may be anybody.
    pub fn provider_may_be(&self, other: &Self) -> bool {
        provider_may_be(&self.provider, &other.provider)
    }

    /// The same name, or one slip of the pen in one long word.
    pub fn same_name(&self, other: &Self) -> bool {
        if self.key == other.key {
            return !self.key.is_empty();
        }
        if self.in_order.len() != other.in_order.len() {
            return false;
        }
        let mut others = self.in_order.iter().zip(&other.in_order).filter(|(a, b)| a != b);
        let long = |w: &str| w.chars().count() >= LETTERS_OF_A_SLIP && !w.chars().any(|c| c.is_ascii_digit());
        match (others.next(), others.next()) {
            (Some((a, b)), None) => long(a) && long(b) && is_nearly(a, b),
            _ => false,
        }
    }

    /// One name is the other with something added that names no kind of service: `Rowan Project (Quillmere)`. Where both have something that the other
    /// has not, as two branches do, they are two.
    pub fn one_holds_the_other(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() < other.words.len() { (self, other) } else { (other, self) };
        let added: Vec<&str> = long.words.difference(&short.words).map(String::as_str).collect();
        let tells = |w: &String| w.chars().count() >= 4 && !says_no_type(w) && types_named(w, true).is_empty();
        short.words.is_subset(&long.words)
            && short.words.iter().any(tells)
            && added.len() <= short.words.len()
            && types_named(&added.join(" "), true).is_empty()
    }
}
