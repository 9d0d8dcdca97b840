//! Texts of the plan: what the eye does not see in them is refused where it stands.

use crate::diagnostics::Code;
use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::reader::{Reader, Value};
use crate::units::showable;

impl Reader<'_> {
    /// Reports texts of the plan that hold what cannot be shown; tabs and ends of lines within one become a space.
    ///
    /// Titles, names and labels of the plan stand in every output: what the eye does not see there, somebody did not mean.
    pub(super) fn unshowable(&mut self, table: &mut DeTable) {
        let mut found = Vec::new();
        for (key, value) in table.iter_mut() {
            if showable(key.get_ref()).1 > 0 {
                found.push(key.span());
            }
            clean(value, &mut found);
        }
        for span in found {
            let next = "Type the text again by hand: such characters come along when text is copied from a page or a document.";
            self.fault(Code::P107, Some(span), "this text holds characters that cannot be shown", next);
        }
    }
}

/// Cleans the texts in a value; adds where something is left out of one that was more than the end of a line.
fn clean(value: &mut Value, found: &mut Vec<Range<usize>>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::String(text) => {
            let (clean, removed) = showable(text);
            if removed > 0 {
                found.push(span);
            } else if let Cow::Owned(clean) = clean {
                *text = Cow::Owned(clean);
            }
        }
        DeValue::Array(list) => list.iter_mut().for_each(|v| clean(v, found)),
        DeValue::Table(table) => {
            for (key, value) in table.iter_mut() {
                if showable(key.get_ref()).1 > 0 {
                    found.push(key.span());
                }
                clean(value, found);
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}
