//! Which services keep their place secret, settled once for all catalogues together; and that no place of theirs gets any further.
//!
//! A record is confidential where it says so, where its type is, where any of its words sounds like it, where nobody knows its type and it speaks
//! of abuse, or where the same service is confidential in another record. What has no type and nothing that is recognised is kept back, too. Only the plan can say that a service is public, by name and with a reason.

mod joined;
mod like;
mod one_service;
mod plan;
mod same;
mod unknown;
mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::served::Gazetteer;
use crate::diagnostics::said::{self, Teller};
use crate::diagnostics::{Code, Place, Problems};
use crate::sources::{ConfidentialLocations, DISCARDED, MENTIONS, Origin, Role, ServiceRecord, SharedFields, Tally, place_in_words};
use crate::study::StudySettings;
use crate::vocabulary::tokens;
pub(super) use like::{contacts_of_public, provider_may_be, with_one_less};
pub(super) use one_service::by_service;
use plan::check_plan;
pub(super) use plan::check_texts;
pub(super) use same::{FILLER, name_key};
use unknown::{Told, check_harmless, unknown_marks};
use why::mentions_another;

/// Why a service counts as confidential.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Because {
    SaysSo,
    Type,
    Words,
    /// It is about abuse, or of a type of this field, and people live there.
    LivedIn,
    UnknownType,
    /// Nothing in it sounds confidential; but it speaks of abuse, and nobody knows what kind of service it is.
    AboutAbuse,
    /// It has no type, and nothing in it is recognised: it may be anything.
    NotRecognised,
    /// Its name or what is said of it is in a script that nobody here reads.
    Unread,
    /// Under a heading that nobody knows stands what may say so.
    UnknownMark,
    Elsewhere,
}

impl Because {
    fn text(self) -> &'static str {
        match self {
            Because::SaysSo => said::SAYS_SO,
            Because::Type => said::SECRET_TYPE,
            Because::Words => said::SECRET_WORDS,
            Because::LivedIn => said::LIVED_IN,
            Because::UnknownType => said::UNKNOWN_TYPE,
            Because::AboutAbuse => said::ABOUT_ABUSE,
            Because::NotRecognised => said::UNKNOWN_TYPE,
            Because::Unread => said::UNREAD_SCRIPT,
            Because::UnknownMark => said::UNKNOWN_MARK,
            Because::Elsewhere => said::SECRET_ELSEWHERE,
        }
    }
}

/// Settles which records are confidential, and takes every place from those; the problems tell where one must not be. Records of `sets`, by their positions,
/// are one service by the plan. Beside it come notes for the ledger.
pub(super) fn settle(
    records: &mut [ServiceRecord],
    sets: &[Vec<usize>],
    settings: &StudySettings,
    gazetteer: &Gazetteer,
    origins: &[Origin],
    problems: &mut Problems,
) -> (Vec<Option<Because>>, Vec<Tally>) {
    let named: BTreeSet<&str> = settings.public_places.iter().map(|p| p.id.as_str()).collect();
    check_plan(records, &settings.public_places, problems);
    check_harmless(records, &settings.harmless_columns, problems);
    let marks = unknown_marks(records, &settings.harmless_columns);
    let mut verdicts = joined::verdicts(records, sets, &marks, &named, problems);
    let mut unknown = Told::default();
    // What may be anything makes nothing else secret.
    for (i, verdict) in verdicts.iter_mut().enumerate() {
        if verdict.is_none() && joined::may_be_anything(records, sets, &named, i) {
            *verdict = Some(Because::NotRecognised);
        }
    }
    let mut notes = Vec::new();
    let mut by_words: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    let mut told: BTreeSet<*const SharedFields> = BTreeSet::new();
    for ((record, because), mark) in records.iter_mut().zip(&verdicts).zip(&marks) {
        let Some(because) = because else {
            if !named.contains(record.id.as_str()) && mentions_another(record) {
                let mut note = Tally::new(record.source, "");
                note.note(MENTIONS, 1);
                notes.push(note);
            }
            continue;
        };
        // What only speaks of abuse is kept back, and stops nobody: a directory of everything has many such.
        let stops = !matches!(because, Because::AboutAbuse | Because::NotRecognised);
        let carried = if stops { carried(record, gazetteer) } else { vec![] };
        let rule = origins.get(record.source).map_or(ConfidentialLocations::Refuse, |o| o.confidential_locations);
        let together: Vec<&Arc<SharedFields>> = record.shared.iter().filter(|s| stops && !s.places().is_empty()).collect();
        // A heading is told once: there is one thing to say of it.
        let is_unknown = *because == Because::UnknownMark;
        if is_unknown {
            unknown.add(record.source, mark);
        } else if let Some((place, _)) = carried.first() {
            report(place.clone(), Teller::Record, *because, &carried, rule, problems);
        }
        // What is said of many services is told once: there is one place to mend.
        for shared in together.iter().filter(|s| !is_unknown && told.insert(Arc::as_ptr(s))) {
            let place = shared.places().first().map_or_else(|| record.place.clone(), |p| p.0.clone());
            report(place, Teller::SharedText, *because, shared.places(), rule, problems);
        }
        if !carried.is_empty() || !together.is_empty() {
            if rule == ConfidentialLocations::Discard {
                let mut note = Tally::new(record.source, "");
                note.note(DISCARDED, 1);
                notes.push(note);
            }
        } else if *because == Because::NotRecognised {
            problems.warn_said(Code::S316, record.place.clone(), said::service_not_recognised());
        } else if *because > Because::Type {
            by_words.entry(record.source).or_default().push(record.place.clone());
        }
        record.sites.clear();
        record.site_problems = Problems::default();
        record.area_served.blur();
        record.said.clear();
        record.shared.clear();
    }
    unknown.report(origins, problems);
    for places in by_words.into_values() {
        let said = said::confidential_by_words(places.len());
        if let Some(place) = places.into_iter().next() {
            problems.warn_said(Code::S316, place, said);
        }
    }
    (verdicts, notes)
}

/// What a record carries that tells or may tell a place, and where it stands.
fn carried(record: &ServiceRecord, gazetteer: &Gazetteer) -> Vec<(Place, &'static str)> {
    let own = own_words(record);
    // What is its name, a number or an id holds no sentence.
    let in_words = |f: &crate::sources::Field| {
        let read = f.role == Role::Read && !["name", "alternate_name", "service_id", "id"].contains(&f.heading.as_str());
        read.then(|| place_in_words(&f.value, &own)).flatten()
    };
    let mut carried: Vec<(Place, &'static str)> =
        record.said.iter().filter_map(|f| Some((f.place.clone(), f.tells().or_else(|| in_words(f))?))).collect();
    let all = || record.said.iter().chain(record.shared.iter().flat_map(|s| s.fields()));
    let served = || all().find(|f| f.role == Role::Served).map_or(record.place.clone(), |f| f.place.clone());
    if record.area_served.tells_the_place() {
        carried.push((served(), "a small-area code or a shape"));
    }
    if gazetteer.leaves_open(&record.area_served) {
        carried.push((served(), said::AREA_IN_WORDS));
    }
    if !record.sites.is_empty() && carried.is_empty() && record.shared.iter().all(|s| s.places().is_empty()) {
        carried.push((record.place.clone(), "coordinates"));
    }
    carried
}

/// Words that a record may hold though they stand after `in` or before `House`: those of its name, of its provider's and of the areas that it serves.
fn own_words(record: &ServiceRecord) -> Vec<String> {
    let served = record.said.iter().filter(|f| f.role == Role::Served).map(|f| f.value.as_str());
    let texts = [record.name.as_str(), record.provider.as_str()].into_iter().chain(served);
    let funders = record.more.funders.iter().map(String::as_str);
    texts.chain(funders).flat_map(tokens).map(|t| t.word).collect()
}

/// Reports that a confidential record carries something that says where it is. What it carries is named, never shown.
fn report(
    place: Place,
    teller: Teller,
    because: Because,
    carried: &[(Place, &'static str)],
    rule: ConfidentialLocations,
    problems: &mut Problems,
) {
    let kinds: BTreeSet<&str> = carried.iter().map(|c| c.1).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
    match rule {
        ConfidentialLocations::Refuse => problems.error_said(Code::S301, place, said::confidential_place(teller, because.text(), &kinds)),
        ConfidentialLocations::Discard => {
            problems.warn_said(Code::S308, place, said::confidential_place_discarded(teller, because.text(), &kinds));
        }
    }
}
