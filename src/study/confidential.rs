//! Which services keep their place secret, settled once for all catalogues together; and that no place of theirs gets any further.
//!
//! A record is confidential where it says so, where its type is, where any of its words sounds like it, where nobody knows its type and it speaks
//! of abuse, or where the same service is confidential in another record. Only the plan can say that a service is public, by name and with a reason.

use std::collections::{BTreeMap, BTreeSet};

use super::served::Gazetteer;
use super::settings::PublicPlace;
use crate::diagnostics::{Code, Place, Problems};
use crate::sources::{ConfidentialLocations, DISCARDED, Field, Origin, Role, ServiceRecord, Tally, service_type};
use crate::vocabulary::{about_abuse, sounds_confidential, tokens};

/// Why a service counts as confidential.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Because {
    SaysSo,
    Type,
    Words,
    UnknownType,
    /// Nothing in it sounds confidential; but it speaks of abuse, and nobody knows what kind of service it is.
    AboutAbuse,
    Elsewhere,
}

impl Because {
    fn text(self) -> &'static str {
        match self {
            Because::SaysSo => "its record says so",
            Because::Type => "a type of it keeps its address secret",
            Because::Words => "a word of its record, or of its organisation, sounds like it",
            Because::UnknownType => "its type is not known",
            Because::AboutAbuse => "it speaks of abuse and its type is not known",
            Because::Elsewhere => "the same service is confidential in another record",
        }
    }
}

/// Settles which records are confidential, and takes every place from those; the problems tell where one must not be. Beside it come notes for the ledger.
pub(super) fn settle(
    records: &mut [ServiceRecord],
    public: &[PublicPlace],
    gazetteer: &Gazetteer,
    origins: &[Origin],
    problems: &mut Problems,
) -> (Vec<Option<Because>>, Vec<Tally>) {
    let named: BTreeSet<&str> = public.iter().map(|p| p.id.as_str()).collect();
    check_plan(records, public, problems);
    let own: Vec<Option<Because>> = records.iter().map(reason).collect();
    let verdicts = spread(records, &own, &named, problems);
    let mut notes = Vec::new();
    let mut by_words: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for (record, because) in records.iter_mut().zip(&verdicts) {
        let Some(because) = because else { continue };
        // What only speaks of abuse is kept back, and stops nobody: a directory of everything has many such.
        let carried = if *because == Because::AboutAbuse { vec![] } else { carried(record, gazetteer) };
        if let Some((place, _)) = carried.first() {
            let rule = origins.get(record.source).map_or(ConfidentialLocations::Refuse, |o| o.confidential_locations);
            let kinds: BTreeSet<&str> = carried.iter().map(|c| c.1).collect();
            if report(place.clone(), &kinds.into_iter().collect::<Vec<_>>(), *because, rule, problems) {
                let mut note = Tally::new(record.source, "");
                note.note(DISCARDED, 1);
                notes.push(note);
            }
        } else if *because > Because::Type {
            by_words.entry(record.source).or_default().push(record.place.clone());
        }
        record.sites.clear();
        record.site_problems = Problems::default();
        record.area_served.blur();
        record.said.clear();
    }
    for places in by_words.into_values() {
        let what = match places.len() {
            1 => "a service counts as confidential, by its words or because its type is not known: no output names it".to_owned(),
            n => format!("{n} services count as confidential, by their words or because their type is not known: no output names them"),
        };
        if let Some(place) = places.into_iter().next() {
            problems.warn(Code::S316, place, what, NEXT_PUBLIC);
        }
    }
    (verdicts, notes)
}

const NEXT_PUBLIC: &str = "If anybody may know where it is, say so in the plan: `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`. If only its type is not known, give one.";

/// What the plan says of public places must be true of the catalogue.
fn check_plan(records: &[ServiceRecord], public: &[PublicPlace], problems: &mut Problems) {
    let place = || Place::file("the plan").at("[[study.public-place]]");
    for entry in public {
        if entry.because.split_whitespace().count() < 2 {
            problems.error(
                Code::S317,
                place(),
                "a public place without a reason",
                "Say in `because` how you know that anybody may know where it is.",
            );
        }
        let mut named = records.iter().filter(|r| r.id == entry.id).peekable();
        if named.peek().is_none() {
            problems.error(
                Code::S317,
                place(),
                format!("no service has the id `{}`", entry.id),
                "Write the id as it stands in the catalogue, or take the entry out.",
            );
        }
        for record in named.filter(|r| says_so(r)) {
            problems.error(
                Code::S317,
                record.place.clone(),
                "the record says that the service is confidential, and the plan says that its place is public",
                "Ask the provider. Then correct the record, or take the entry out of `[[study.public-place]]`.",
            );
        }
    }
}

/// Whether a flag or a mark of the record says it, by whatever heading.
fn says_so(record: &ServiceRecord) -> bool {
    record.more.confidential == Some(true) || record.said.iter().any(Field::marks_confidential)
}

/// Why a record is confidential by itself.
fn reason(record: &ServiceRecord) -> Option<Because> {
    let texts = || record.said.iter().map(|f| f.value.as_str()).chain([record.name.as_str(), record.provider.as_str()]);
    if says_so(record) {
        return Some(Because::SaysSo);
    }
    if record.types.iter().filter_map(|t| service_type(t)).any(|t| t.confidential) {
        return Some(Because::Type);
    }
    if texts().any(|t| sounds_confidential(t).is_some()) {
        return Some(Because::Words);
    }
    if record.more.unknown_type || (record.types.is_empty() && about_abuse(&record.name)) {
        return Some(Because::UnknownType);
    }
    (record.types.is_empty() && texts().any(about_abuse)).then_some(Because::AboutAbuse)
}

/// Carries the verdict over to all records of one service: the same name, and the same provider or none.
fn spread(records: &[ServiceRecord], own: &[Option<Because>], named: &BTreeSet<&str>, problems: &mut Problems) -> Vec<Option<Because>> {
    let key = |text: &str| -> String {
        let filler = ["the", "ltd", "limited", "cio", "cic", "charity", "uk", "and"];
        tokens(text).into_iter().filter(|t| !filler.contains(&t.word.as_str())).map(|t| t.word).collect()
    };
    let keys: Vec<(String, String)> = records.iter().map(|r| (key(&r.name), key(&r.provider))).collect();
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (name, _)) in keys.iter().enumerate().filter(|(_, k)| !k.0.is_empty()) {
        by_name.entry(name).or_default().push(i);
    }
    // Names of which one is the other with something added, of one provider: `Rowan Project` and `Rowan Project (North)`.
    let words: Vec<BTreeSet<String>> =
        records.iter().map(|r| tokens(&r.name).into_iter().map(|t| t.word).filter(|w| w != "the").collect()).collect();
    let is_public = |i: usize| named.contains(records[i].id.as_str());
    let mut verdicts: Vec<Option<Because>> = own.iter().enumerate().map(|(i, b)| b.filter(|_| !is_public(i))).collect();
    for group in by_name.values() {
        for i in group.iter().copied() {
            let same = |j: &usize| *j != i && (keys[*j].1 == keys[i].1 || keys[*j].1.is_empty() || keys[i].1.is_empty());
            let Some(other) = group.iter().copied().filter(same).find(|j| own[*j].is_some() && !is_public(*j)) else { continue };
            if is_public(i) {
                problems.error(
                    Code::S317,
                    records[i].place.clone(),
                    format!("the plan says that the place is public, and the same service is confidential at {}", records[other].place),
                    "Name both records in `[[study.public-place]]`, or neither.",
                );
            } else if verdicts[i].is_none() {
                verdicts[i] = Some(Because::Elsewhere);
            }
        }
    }
    let secret: Vec<usize> = (0..records.len()).filter(|i| own[*i].is_some() && !is_public(*i)).collect();
    for i in (0..records.len()).filter(|i| !is_public(*i)) {
        let alike = |j: &usize| {
            let one_holds_the_other = words[i].is_subset(&words[*j]) || words[*j].is_subset(&words[i]);
            *j != i
                && !keys[i].1.is_empty()
                && keys[i].1 == keys[*j].1
                && !words[i].is_empty()
                && !words[*j].is_empty()
                && one_holds_the_other
        };
        if verdicts[i].is_none() && secret.iter().any(alike) {
            verdicts[i] = Some(Because::Elsewhere);
        }
    }
    verdicts
}

/// What a record carries that tells or may tell a place, and where it stands.
fn carried(record: &ServiceRecord, gazetteer: &Gazetteer) -> Vec<(Place, &'static str)> {
    let mut carried: Vec<(Place, &'static str)> = record.said.iter().filter_map(|f| Some((f.place.clone(), f.tells()?))).collect();
    let served = || record.said.iter().find(|f| f.role == Role::Served).map_or(record.place.clone(), |f| f.place.clone());
    if record.area_served.tells_the_place() {
        carried.push((served(), "a small-area code or a shape"));
    }
    if gazetteer.leaves_open(&record.area_served) {
        carried.push((served(), "an area in words that is no authority"));
    }
    if !record.sites.is_empty() && carried.is_empty() {
        carried.push((record.place.clone(), "coordinates"));
    }
    carried
}

/// Reports that a confidential record carries something that says where it is. What it carries is named, never shown.
///
/// Whether it was discarded and the run goes on.
fn report(place: Place, carries: &[&str], because: Because, rule: ConfidentialLocations, problems: &mut Problems) -> bool {
    let what = format!("a service that is confidential, or may be, since {}, carries {} (not shown)", because.text(), carries.join(", "));
    match rule {
        ConfidentialLocations::Refuse => {
            let next = "If it is confidential, remove that from the record, at its source if you can, and delete the copy you hold; keep the code of the authority that it serves. \
                If anybody may know where it is, say so in the plan: `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`. If only its type is not known, give one. \
                If you cannot change the feed: `confidential-locations = \"discard\"` in its `[[source]]`.";
            problems.error(Code::S301, place, what, next);
            false
        }
        ConfidentialLocations::Discard => {
            let next = "Nothing of it was kept, as the plan asks. Ask the publisher to take it out of the feed, and delete copies that you do not need.";
            problems.warn(Code::S308, place, format!("{what}: discarded"), next);
            true
        }
    }
}
