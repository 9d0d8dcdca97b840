//! Marks that nobody knows: an answer under a heading that may ask anything, a class that is not on the list, a sentence over two cells.
//!
//! What is not recognised may say that a place is secret: `Opted out of map`: yes; `Sensitivity`: special category; `Location type`: proxy. So it is not those that
//! say it which are listed, but those that are known to say nothing.

mod answers;
mod classes;
mod codes;
mod halves;
mod living;
mod readers;
mod short;
mod texts;

pub use halves::neighbours_may_say;

use answers::{is_answer, is_under_a_sign, speaks_of_secrecy};
use classes::{is_of_a_class, is_unknown_class, is_unknown_kind_of_place};
use codes::is_unknown_code;
use living::is_sign_of_living;
use readers::{is_for_some, is_told_to_some, says_why_there_is_none};
pub(super) use short::is_date;
use short::is_noted_in_short;
use texts::says_something;

use super::pairs::{is_flag_label, plain_answer};
use super::words::UNDER_A_LABEL;
use super::{is_of_contacts, is_open_to_the_public};
use crate::diagnostics::Place;
use crate::sources::record_fields::{Field, Role, WITHIN, names_only_a_place};
use crate::sources::said_around::is_an_order;
use crate::sources::service_record::ServiceStatus;
use crate::vocabulary::{MarkWord, asks_for_a_text, keeps_records, says_nothing_of_secrecy, tokens};

impl Field {
    /// Whether this field may say that a place is secret, for all that is known of its heading: a plain answer under words that are not
    /// known to say nothing of it; or a class or a kind of place that is not known.
    pub fn may_be_a_mark(&self) -> bool {
        self.is_an_unknown_answer() || self.says_something_unasked()
    }

    /// The same of an answer alone. What labels and their values say in words is left out: in feeds a text stands beside each id and each name.
    pub fn is_an_unknown_answer(&self) -> bool {
        self.is_of_an_unknown_kind() || self.is_under_an_unknown_heading()
    }

    /// Whether it is a class of secrecy or a kind of place that is not known: what stands here says it, and not what it stands under.
    pub fn is_of_an_unknown_kind(&self) -> bool {
        let (named, value) = (self.named(), self.value.trim());
        is_unknown_class(named, value) || is_unknown_kind_of_place(named, value) || self.is_an_unknown_status()
    }

    /// Whether it is a status that is not known and speaks of taking off: `opt-out`, `taken down`, `closed for safety`.
    fn is_an_unknown_status(&self) -> bool {
        let says_so = || ServiceStatus::speaks_of_taking_off(&self.value) || is_an_order(&self.value);
        self.role == Role::Read && self.heading == "status" && says_so()
    }

    fn is_under_an_unknown_heading(&self) -> bool {
        let (named, value) = (self.named(), self.value.trim());
        // Of a heading that is known to speak of secrecy it is known which answer keeps back.
        let of_contacts = || is_of_contacts(&tokens(named));
        let is_known = || {
            self.says_nothing() || of_contacts() || is_of_a_class(named) || Field::speaks_of_secrecy(named) && plain_answer(value).is_some()
        };
        match self.role {
            Role::Read | Role::Served | Role::Phone => false,
            // An answer where an address or a point should stand; `0` may be a point.
            Role::Whereabouts if names_only_a_place(named) => {
                is_for_some(named, value)
                    || says_why_there_is_none(value)
                    || is_answer(value) && !value.contains(|c: char| c.is_ascii_digit())
            }
            Role::Whereabouts | Role::Unread => {
                let may_say = is_answer(value) || is_for_some(named, value) || speaks_of_secrecy(value) || is_under_a_sign(named, value);
                may_say && !is_known()
                    || self.is_noted_when_or_by_whom()
                    || is_told_to_some(named, value)
                    || is_unknown_code(&self.named_within(), value)
                    || is_sign_of_living(named, value)
            }
        }
    }

    /// Whether it is a short text under words that are not known to ask for one: `Manager insists`: please don't pin us.
    fn says_something_unasked(&self) -> bool {
        let is_asked =
            |key: &str| asks_for_a_text(key) || is_open_to_the_public(&tokens(key)) || is_of_a_class(key) || Field::speaks_of_secrecy(key);
        // A plain answer is heard as one.
        let is_answer = plain_answer(&self.value).is_some() || MarkWord::NoAnswer.is_all_of(&self.value);
        self.role == Role::Unread && !is_answer && says_something(&self.value) && !self.keys().all(is_asked)
    }

    /// Whether it is a date, initials or a code under words that ask for none of these: `Opted out`: 14/03/2025.
    fn is_noted_when_or_by_whom(&self) -> bool {
        is_noted_in_short(&self.value)
            && plain_answer(&self.value).is_none()
            && !self.keys().all(|key| keeps_records(key) || MarkWord::Table.is_all_of(key))
            && !is_of_a_class(self.named())
    }

    /// Whether all that it stands under is known to say nothing of secrecy: each key of those that it stands within.
    fn says_nothing(&self) -> bool {
        self.keys().all(|key| says_nothing_of_secrecy(key) || MarkWord::Table.is_all_of(key))
    }

    /// The keys that it stands under and that name anything: `"opted out": {"value": "yes"}` is said under the one before.
    fn keys(&self) -> impl Iterator<Item = &str> {
        let named = self.heading.split(WITHIN).count() > 1;
        self.heading.split(WITHIN).filter(move |key| !named || !UNDER_A_LABEL.contains(&key.to_lowercase().as_str()))
    }

    /// The last of these.
    pub fn named(&self) -> &str {
        self.keys().last().unwrap_or(&self.heading)
    }

    /// The same, of a code with what it is a code of: `languages code`.
    fn named_within(&self) -> String {
        let keys: Vec<&str> = self.keys().collect();
        match keys[..] {
            [.., of, code] if code.eq_ignore_ascii_case("code") => format!("{of} {code}"),
            _ => self.named().to_owned(),
        }
    }

    /// All that it stands under, as a plan names it: `opted_out/flag`.
    pub fn path(&self) -> String {
        self.heading.replace(WITHIN, "/")
    }

    /// Whether a heading is of words about showing and hiding and of nothing else, so that a yes or a no under it says that a place is secret:
    /// `Show address`, and not `Show poster`.
    pub fn speaks_of_secrecy(heading: &str) -> bool {
        let under = |value: &str| {
            Field { place: Place::default(), role: Role::Unread, heading: heading.into(), value: value.into() }.marks_confidential()
        };
        is_flag_label(heading) && (under("yes") || under("no"))
    }
}

/// A heading as it is compared: its words, or its signs where it has no word.
pub fn heading_key(heading: &str) -> String {
    let words: Vec<String> = tokens(heading).into_iter().map(|t| t.word).collect();
    if words.is_empty() { heading.trim().to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests;
