//! Records that may say under a heading that nobody knows that their place is secret.

use std::collections::{BTreeMap, BTreeSet};

use super::why::may_be_of_the_field;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{ConfidentialLocations, Field, Origin, ServiceRecord, heading_key, place_in};
use crate::vocabulary::sounds_confidential;

/// For each record where it may say so, and under which heading. Headings that the plan calls harmless, by `harmless-columns`, say nothing; nor does a mark of
/// a record that carries no place, or that is about other things than abuse.
pub(super) fn unknown_marks(records: &[ServiceRecord], harmless: &[String]) -> Vec<Vec<Mark>> {
    let harmless: BTreeSet<String> = harmless.iter().map(|h| heading_key(h)).collect();
    let mark = |field: &Field| {
        // Of a class or a kind of place each value is told by itself: another may say the opposite.
        let told = if field.is_of_an_unknown_kind() { format!("{}: {}", field.path(), field.value.trim()) } else { field.path() };
        (!harmless.contains(&heading_key(&told))).then(|| Mark {
            place: field.place.clone(),
            told,
            has_value: field.is_of_an_unknown_kind(),
        })
    };
    let of = |record: &ServiceRecord| -> Vec<Mark> {
        let tells = || !record.sites.is_empty() || !record.postcodes.is_empty() || record.said.iter().any(Field::tells_a_place);
        let carries = || tells() || record.shared.iter().any(|s| s.fields().iter().any(Field::tells_a_place));
        let own = record.said.iter().filter(|f| f.may_be_a_mark());
        let found: Vec<Mark> = own.chain(record.shared.iter().flat_map(|s| s.unknown_marks())).filter_map(mark).collect();
        if !found.is_empty() && may_be_of_the_field(record) && carries() { found } else { vec![] }
    };
    records.iter().map(of).collect()
}

/// A field that may say that a place is secret.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    place: Place,
    /// What it stands under; with the value where that alone may say it.
    told: String,
    has_value: bool,
}

/// Tells of all headings of a source at once: one line of the plan may name those that say nothing.
#[derive(Default)]
pub(super) struct Told(BTreeMap<usize, OfSource>);

#[derive(Default)]
struct OfSource {
    place: Option<Place>,
    headings: BTreeSet<String>,
    /// Whether a value would have to be shown, which no message does.
    hides_a_value: bool,
    services: usize,
}

impl Told {
    /// A service with all that may say it.
    pub fn add(&mut self, source: usize, marks: &[Mark]) {
        let of = self.0.entry(source).or_default();
        of.services += 1;
        for mark in marks {
            of.place.get_or_insert_with(|| mark.place.clone());
            // A message shows no more than the place does: headings, and no value.
            if mark.has_value || !is_shown(mark) {
                of.hides_a_value = true;
            } else {
                of.headings.insert(mark.told.clone());
            }
        }
    }

    pub fn report(self, origins: &[Origin], problems: &mut Problems) {
        for (source, of) in self.0 {
            let Some(place) = of.place else { continue };
            let headings: Vec<String> = of.headings.into_iter().collect();
            let discards = origins.get(source).is_some_and(|o| o.confidential_locations == ConfidentialLocations::Discard);
            let said = said::unknown_marks(of.services, &headings, of.hides_a_value, discards);
            if discards { problems.warn_said(Code::S308, place, said) } else { problems.error_said(Code::S301, place, said) }
        }
    }
}

/// Whether the place of a mark shows its heading: a label in a feed is a value, and could be a name; so could a key.
fn is_shown(mark: &Mark) -> bool {
    let last = mark.told.rsplit('/').next().unwrap_or_default();
    let shown = mark.place.field.as_deref().unwrap_or_default().to_lowercase();
    !last.is_empty() && shown.contains(&last.to_lowercase()) && place_in(&mark.told).is_none() && sounds_confidential(&mark.told).is_none()
}

/// What the plan calls harmless must be a heading of a catalogue, and none that speaks of secrecy.
pub(super) fn check_harmless(records: &[ServiceRecord], harmless: &[String], problems: &mut Problems) {
    if harmless.is_empty() {
        return;
    }
    let shared = records.iter().flat_map(|r| r.shared.iter().flat_map(|s| s.fields()));
    let headings: BTreeSet<String> = records.iter().flat_map(|r| &r.said).chain(shared).map(|f| heading_key(&f.path())).collect();
    let place = || Place::file("the plan").at("harmless-columns");
    for heading in harmless {
        let of = heading.split_once(':').map_or(heading.as_str(), |(of, _)| of);
        if !headings.contains(&heading_key(of)) {
            problems.warn_said(Code::S317, place(), said::harmless_column_of_no_catalogue());
        } else if Field::speaks_of_secrecy(of) && of == heading {
            problems.error_said(Code::S317, place(), said::harmless_column_speaks_of_secrecy());
        }
    }
}
