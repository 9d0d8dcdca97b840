//! Which records are of one service because the plan says so, and which are not.

use std::collections::BTreeMap;

use super::{Alike, Given, of_records};
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{ServiceRecord, Tally};
use crate::study::StudySettings;
use crate::units::Period;

/// The ids of `same-service` and `different-services` are those of services, each pair of two.
pub(in crate::study) fn check(settings: &StudySettings, known: impl Fn(&str) -> bool, problems: &mut Problems) {
    let lists = [("same-service", &settings.same_service), ("different-services", &settings.different_services)];
    for (name, pairs) in lists {
        let place = || Place::file("the plan").at(format!("[study] {name}"));
        for pair in pairs {
            for id in pair.iter().filter(|id| !known(id)) {
                problems.error_said(Code::P104, place(), said::pair_of_no_service(id));
            }
            if pair[0] == pair[1] {
                problems.error_said(Code::P104, place(), said::pair_of_one_service(&pair[0]));
            }
        }
    }
}

/// Makes one record of two, where the plan says that they are one service: the first stands, and what it leaves open is taken from the other. Whatever of
/// the other keeps a place secret does so in the first. Beside what was joined come notes for the ledger.
pub(in crate::study) fn join(
    settings: &StudySettings,
    by_id: &mut BTreeMap<String, ServiceRecord>,
    given: &mut BTreeMap<String, Vec<Given>>,
    months: Option<Period>,
) -> Vec<Tally> {
    let mut notes = Vec::new();
    // What was joined into another is found there.
    let mut went: BTreeMap<String, String> = BTreeMap::new();
    for [first, other] in &settings.same_service {
        let mut first = first.clone();
        while let Some(on) = went.get(&first) {
            first.clone_from(on);
        }
        if first == *other || !by_id.contains_key(&first) {
            continue;
        }
        let Some(other) = by_id.remove(other) else { continue };
        let Some(record) = by_id.get_mut(&first) else { continue };
        let mut note = Tally::new(other.source, "");
        note.set_aside(said::SAME_BY_PLAN, 1);
        notes.push(note);
        let differs = of_records(record, &other, months);
        let mut earlier = given.remove(&other.id).unwrap_or_default();
        earlier.push(Given { source: other.source, place: other.place.clone(), alike: Alike::Plan, differs });
        given.entry(first.clone()).or_default().append(&mut earlier);
        went.insert(other.id.clone(), first);
        fill(record, other);
    }
    notes
}

fn fill(record: &mut ServiceRecord, other: ServiceRecord) {
    let more = other.more.clone();
    if record.provider.is_empty() {
        record.provider.clone_from(&other.provider);
    }
    if record.types.is_empty() {
        record.types.clone_from(&other.types);
    }
    if record.forms.is_empty() {
        record.forms.clone_from(&other.forms);
    }
    if record.delivery.is_empty() {
        record.delivery.clone_from(&other.delivery);
    }
    if record.sites.is_empty() && record.postcodes.is_empty() {
        record.sites.clone_from(&other.sites);
        record.postcodes.clone_from(&other.postcodes);
    }
    if record.area_served == Default::default() {
        record.area_served = other.area_served.clone();
    }
    record.terms.extend(other.terms.iter().cloned());
    record.stands_for(other);
    // What either says of secrecy holds whatever the other leaves open.
    let (secret, unknown) = (record.more.confidential, record.more.unknown_type);
    record.more = std::mem::take(&mut record.more).over(more);
    record.more.confidential = secret;
    record.more.unknown_type |= unknown;
}
