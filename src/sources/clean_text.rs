//! The one door for text from data: what cannot be shown is taken out here, and counted.
//!
//! Behind it no reader, page, picture or sheet meets an escape, a mark that turns text round, or a letter that nobody sees. What a value
//! means is settled after this door, so that `ref\u{200b}uge` is a refuge.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::gathered::Tally;
use super::json_text::Distinct;
use super::{ConfidentialLocations, Origin};
use crate::units::{is_plain_ascii, is_showable, showable};

/// The fact that is noted of a source in whose texts something could not be shown.
pub const UNSHOWABLE: &str = "characters removed that cannot be shown";

/// The same of a catalogue whose confidential locations are discarded. It stays on the analyst's screen: the text of a location that was
/// there would change the number.
pub const UNSHOWABLE_DISCARDING: &str = "characters removed that cannot be shown, in discarded locations too";

/// How many characters were taken out of the texts of one source, by all threads that read it.
#[derive(Clone, Debug, Default)]
pub struct Removed(Arc<AtomicU64>);

impl Removed {
    fn add(&self, n: u64) {
        if n > 0 {
            self.0.fetch_add(n, Ordering::Relaxed);
        }
    }
}

impl Origin {
    /// A text of this source as it may be shown.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let (text, removed) = showable(text);
        self.removed.add(removed);
        text
    }

    /// Notes in the ledger what was taken out since the last time.
    pub(crate) fn note_removed(&self, tallies: &mut Vec<Tally>) {
        let n = self.removed.0.swap(0, Ordering::Relaxed);
        // A source that counts nothing else has a line for this.
        if n > 0 && tallies.iter().all(|t| t.source != self.id) {
            tallies.push(Tally::new(self.id, "rows"));
        }
        let fact = match self.confidential_locations {
            ConfidentialLocations::Refuse => UNSHOWABLE,
            ConfidentialLocations::Discard => UNSHOWABLE_DISCARDING,
        };
        if let Some(tally) = tallies.iter_mut().rfind(|t| t.source == self.id) {
            tally.note(fact, n);
        }
    }
}

/// The fields of a row. Nearly every row is plain ASCII, which one look at all its bytes tells.
pub(super) fn clean_row(origin: &Origin, row: csv::StringRecord) -> csv::StringRecord {
    if is_plain_ascii(row.as_slice().as_bytes()) { row } else { row.iter().map(|field| origin.clean(field)).collect() }
}

/// Every text of a document, names of members too. Two names that become one stay two members.
pub(super) fn clean_json(origin: &Origin, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(clean) = origin.clean(text) {
                *text = clean;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|v| clean_json(origin, v)),
        Value::Object(members) => {
            members.values_mut().for_each(|v| clean_json(origin, v));
            if !members.keys().all(|k| k.chars().all(is_showable)) {
                let mut kept = Distinct::default();
                for (key, value) in std::mem::take(members) {
                    kept.add(origin.clean(&key).into_owned(), value);
                }
                *members = kept.members;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;
