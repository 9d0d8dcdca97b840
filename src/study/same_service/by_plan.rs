//! Which records are of one service because the plan says so, and which are not.

use std::collections::{BTreeMap, BTreeSet};

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

/// Which records are one by the plan, by their positions: pairs that have a record in common are of one set, whichever end of them it stands at.
pub(in crate::study) fn sets(settings: &StudySettings, records: &[ServiceRecord]) -> Vec<Vec<usize>> {
    let at: BTreeMap<&str, usize> = records.iter().enumerate().map(|(i, r)| (r.id.as_str(), i)).collect();
    let mut sets: Vec<BTreeSet<usize>> = Vec::new();
    for [first, other] in &settings.same_service {
        let (Some(first), Some(other)) = (at.get(first.as_str()), at.get(other.as_str())) else { continue };
        let mut one = BTreeSet::from([*first, *other]);
        sets.retain(|set| {
            let apart = set.is_disjoint(&one);
            if !apart {
                one.extend(set.iter().copied());
            }
            apart
        });
        sets.push(one);
    }
    sets.into_iter().map(|set| set.into_iter().collect()).collect()
}

/// Makes one record of two, where the plan says that they are one service: the first stands, and what it leaves open is taken from the other. Each end of a
/// pair is the record that it was joined into before. What is secret was settled before, of all of a set. Beside what was joined come notes for the ledger.
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
        let (first, other) = (stands_in(&went, first), stands_in(&went, other));
        if first == other || !by_id.contains_key(&first) {
            continue;
        }
        let Some(other) = by_id.remove(&other) else { continue };
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

/// The record that one of this id was joined into, itself where into none.
fn stands_in(went: &BTreeMap<String, String>, id: &str) -> String {
    let mut at = id;
    while let Some(on) = went.get(at) {
        at = on;
    }
    at.to_owned()
}

fn fill(record: &mut ServiceRecord, other: ServiceRecord) {
    // Each field by its name, so that none that is added later is left out in silence. Of what stands alone, such as its name, the first record's counts.
    let ServiceRecord {
        source: _,
        place: _,
        id: _,
        name: _,
        provider,
        status,
        says_status,
        types,
        terms,
        forms,
        delivery,
        // What it says of secrecy goes over as one, below.
        said: _,
        shared: _,
        sites,
        postcodes,
        site_problems: _,
        area_served,
        more,
    } = other.clone();
    if record.provider.is_empty() {
        record.provider = provider;
    }
    if says_status && !record.says_status {
        (record.status, record.says_status) = (status, true);
    }
    if record.types.is_empty() {
        record.types = types;
    }
    if record.forms.is_empty() {
        record.forms = forms;
    }
    if record.delivery.is_empty() {
        record.delivery = delivery;
    }
    if record.sites.is_empty() && record.postcodes.is_empty() {
        record.sites = sites;
        record.postcodes = postcodes;
    }
    if record.area_served == Default::default() {
        record.area_served = area_served;
    }
    record.terms.extend(terms);
    record.stands_for(other);
    // What either says of secrecy holds whatever the other leaves open.
    let (secret, unknown) = (record.more.confidential, record.more.unknown_type);
    record.more = std::mem::take(&mut record.more).over(more);
    record.more.confidential = secret;
    record.more.unknown_type |= unknown;
}
