//! What is said of several services together: kept once and looked at once, however many they are.

use std::sync::{Arc, OnceLock};

use super::marks::neighbours_hide;
use super::record_fields::Field;
use crate::diagnostics::Place;
use crate::vocabulary::{about_abuse, sounds_confidential};

/// Fields that are said of several services: of all of an organisation, of all at a place, or of all of a feed.
#[derive(Debug, Default)]
pub struct SharedFields {
    fields: Vec<Field>,
    marks: OnceLock<bool>,
    unknown_marks: OnceLock<Vec<usize>>,
    sounds: OnceLock<bool>,
    about_abuse: OnceLock<bool>,
    places: OnceLock<Vec<(Place, &'static str)>>,
}

impl SharedFields {
    /// Fields that several services share; `None` where there is no field.
    pub(super) fn of(fields: Vec<Field>) -> Option<Arc<Self>> {
        (!fields.is_empty()).then(|| Arc::new(Self { fields, ..Self::default() }))
    }

    /// The fields, in the order in which they stand.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Whether a mark among them says that the services are confidential.
    pub fn marks_confidential(&self) -> bool {
        *self.marks.get_or_init(|| self.fields.iter().any(Field::marks_confidential) || neighbours_hide(&self.fields))
    }

    /// Those that may say so, under headings that nobody knows.
    pub fn unknown_marks(&self) -> impl Iterator<Item = &Field> {
        let found = || (0..self.fields.len()).filter(|i| self.fields[*i].may_be_a_mark()).collect();
        self.unknown_marks.get_or_init(found).iter().map(|i| &self.fields[*i])
    }

    /// Whether a word in them sounds like it.
    pub fn sounds_confidential(&self) -> bool {
        *self.sounds.get_or_init(|| self.fields.iter().any(|f| sounds_confidential(&f.value).is_some()))
    }

    /// Whether they speak of abuse.
    pub fn is_about_abuse(&self) -> bool {
        *self.about_abuse.get_or_init(|| self.fields.iter().any(|f| about_abuse(&f.value)))
    }

    /// What tells, or may tell, a place, and where it stands.
    pub fn places(&self) -> &[(Place, &'static str)] {
        self.places.get_or_init(|| self.fields.iter().filter_map(|f| Some((f.place.clone(), f.tells()?))).collect())
    }
}
