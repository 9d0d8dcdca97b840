//! Half a sentence in each of two cells: `The address is` and `not to be given out`.

use super::super::pairs::{belong_together, plain_answer};
use super::super::says_it_alone;
use crate::sources::record_fields::{Field, Role, WITHIN};
use crate::vocabulary::{keeps_place_back, says_nothing_of_secrecy, sounds_confidential, tokens};

/// Of so many words a cell is at most, where half a sentence may stand in it.
const WORDS_OF_HALF_A_SENTENCE: usize = 8;

/// Whether two neighbours among the fields of a record say together what neither says alone: `The address is` and `not to be given out`, `Safe` and `House`.
pub fn neighbours_may_say(fields: &[Field]) -> bool {
    let may_hold_half = |f: &Field| {
        let n = tokens(&f.value).len();
        let known = matches!(f.role, Role::Served | Role::Phone) || f.heading.is_empty();
        !known && (1..=WORDS_OF_HALF_A_SENTENCE).contains(&n) && plain_answer(&f.value).is_none()
    };
    fields.windows(2).any(|two| {
        let [a, b] = two else { return false };
        if !may_hold_half(a) || !may_hold_half(b) {
            return false;
        }
        let unread = |f: &Field| f.role == Role::Unread && !says_nothing_of_secrecy(f.named());
        let last = |f: &Field| f.heading.rsplit_once(WITHIN).map_or(f.heading.clone(), |(_, last)| last.to_owned());
        let goes_on = !a.value.trim_end().ends_with(['.', '!', '?', ';', ':']) && b.value.trim_start().starts_with(char::is_lowercase);
        let one_text = belong_together(&last(a), &last(b)) || unread(a) && unread(b);
        let joined = format!("{} {}", a.value.trim(), b.value.trim());
        let more = |says: fn(&str) -> bool| says(&joined) && !says(&a.value) && !says(&b.value);
        let alone = |text: &str| says_it_alone(&text.to_lowercase());
        one_text && (more(keeps_place_back) || more(alone) || more(|text| sounds_confidential(text).is_some()))
            || goes_on && [a, b].iter().any(|f| f.role == Role::Unread) && more(keeps_place_back)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;
    use crate::sources::record_fields::role_of;

    fn field(heading: &str, value: &str) -> Field {
        Field { place: Place::default(), role: role_of(heading), heading: heading.into(), value: value.into() }
    }

    #[test]
    fn half_a_sentence_in_each_of_two_cells_is_one() {
        let say = |a: (&str, &str), b: (&str, &str)| neighbours_may_say(&[field(a.0, a.1), field(b.0, b.1)]);
        assert!(say(("Info", "The address is"), ("More", "not to be given out")));
        assert!(say(("notes 1", "The address is"), ("notes 2", "not to be given out")));
        assert!(say(("Col1", "Safe"), ("Col2", "House")));
        assert!(say(("Col1", "Not for the"), ("Col2", "website")) && say(("Col1", "Do"), ("Col2", "not list")));
        assert!(!say(("Info", "The address is on our website"), ("More", "tea and cake")));
        assert!(!say(("notes 1", "Ring first."), ("notes 2", "Lift to all floors")));
        assert!(!say(("Lead", "Safe Lives"), ("Funder", "Housing Trust")));
    }
}
