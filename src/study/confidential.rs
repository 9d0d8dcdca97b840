//! Which services keep their place secret, settled once for all catalogues together; and that no place of theirs gets any further.
//!
//! A record is confidential where it says so, where its type is, where any of its words sounds like it, where nobody knows its type and it speaks
//! of abuse, or where the same service is confidential in another record. Only the plan can say that a service is public, by name and with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::served::Gazetteer;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::PublicPlace;
use crate::sources::{ConfidentialLocations, DISCARDED, Origin, Role, ServiceRecord, SharedFields, Tally, service_type};
use crate::vocabulary::{about_abuse, keeps_place_back, sounds_confidential, tokens};

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
    let mut told: BTreeSet<*const SharedFields> = BTreeSet::new();
    for (record, because) in records.iter_mut().zip(&verdicts) {
        let Some(because) = because else { continue };
        // What only speaks of abuse is kept back, and stops nobody: a directory of everything has many such.
        let stops = *because != Because::AboutAbuse;
        let carried = if stops { carried(record, gazetteer) } else { vec![] };
        let rule = origins.get(record.source).map_or(ConfidentialLocations::Refuse, |o| o.confidential_locations);
        let together: Vec<&Arc<SharedFields>> = record.shared.iter().filter(|s| stops && !s.places().is_empty()).collect();
        if let Some((place, _)) = carried.first() {
            let what = format!("a service that is confidential, or may be, since {}, carries", because.text());
            report(place.clone(), &what, &carried, rule, problems);
        }
        // What is said of many services is told once: there is one place to mend.
        for shared in together.iter().filter(|s| told.insert(Arc::as_ptr(s))) {
            let what =
                format!("what is said of several services, of which one is confidential, or may be, since {}, holds", because.text());
            let place = shared.places().first().map_or_else(|| record.place.clone(), |p| p.0.clone());
            report(place, &what, shared.places(), rule, problems);
        }
        if !carried.is_empty() || !together.is_empty() {
            if rule == ConfidentialLocations::Discard {
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
        record.shared.clear();
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
        let because = &entry.because;
        if keeps_place_back(because) || ["todo", "tbc", "fixme"].iter().any(|w| because.to_lowercase().contains(w)) {
            problems.error(
                Code::S317,
                place(),
                "the reason for a public place says that it is secret, or is none",
                "Say in `because` how you know that anybody may know where it is. If it is secret, take the entry out.",
            );
        }
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
    record.more.confidential == Some(true)
        || record.said.iter().any(|f| f.marks_confidential() || keeps_place_back(&f.value))
        || keeps_place_back(&record.name)
        || record.shared.iter().any(|s| s.marks_confidential())
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
    if texts().any(|t| sounds_confidential(t).is_some()) || record.shared.iter().any(|s| s.sounds_confidential()) {
        return Some(Because::Words);
    }
    if record.more.unknown_type || (record.types.is_empty() && about_abuse(&record.name)) {
        return Some(Because::UnknownType);
    }
    let speaks_of_abuse = || texts().any(about_abuse) || record.shared.iter().any(|s| s.is_about_abuse());
    (record.types.is_empty() && speaks_of_abuse()).then_some(Because::AboutAbuse)
}

/// Ways of writing one word in names of services.
const ALIKE: [(&str, &str); 16] = [
    ("st", "saint"),
    ("hse", "house"),
    ("ho", "house"),
    ("proj", "project"),
    ("prosiect", "project"),
    ("brosiect", "project"),
    ("ctr", "centre"),
    ("center", "centre"),
    ("1", "one"),
    ("2", "two"),
    ("3", "three"),
    ("4", "four"),
    ("5", "five"),
    ("svc", "service"),
    ("assoc", "association"),
    ("org", "organisation"),
];

/// Carries the verdict over to all records of one service: the same name, and the same provider or none.
fn spread(records: &[ServiceRecord], own: &[Option<Because>], named: &BTreeSet<&str>, problems: &mut Problems) -> Vec<Option<Because>> {
    let key = |text: &str| -> String {
        let filler = ["the", "ltd", "limited", "cio", "cic", "charity", "uk", "and"];
        let known = |word: &str| ALIKE.iter().find(|(short, _)| *short == word).map_or(word.to_owned(), |(_, long)| (*long).to_owned());
        tokens(text).into_iter().filter(|t| !filler.contains(&t.word.as_str())).map(|t| known(&t.word)).collect()
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
    let is_secret = |i: usize| own[i].is_some() && !is_public(i);
    for group in by_name.values() {
        // The first secret record of the name, and the first of each provider; a record without a provider is of any.
        let any = group.iter().copied().find(|i| is_secret(*i));
        let mut of_provider: BTreeMap<&str, usize> = BTreeMap::new();
        for i in group.iter().copied().filter(|i| is_secret(*i)) {
            of_provider.entry(&keys[i].1).or_insert(i);
        }
        for i in group.iter().copied().filter(|i| !is_secret(*i)) {
            let first = |provider: &str| of_provider.get(provider).copied();
            let other = if keys[i].1.is_empty() { any } else { first(&keys[i].1).into_iter().chain(first("")).min() };
            let Some(other) = other else { continue };
            if is_public(i) {
                problems.error(
                    Code::S317,
                    records[i].place.clone(),
                    format!("the plan says that the place is public, and the same service is confidential at {}", records[other].place),
                    "Name both records in `[[study.public-place]]`, or neither.",
                );
            } else {
                verdicts[i] = Some(Because::Elsewhere);
            }
        }
    }
    let secret = SecretNames::of((0..records.len()).filter(|i| is_secret(*i)).map(|i| (keys[i].1.as_str(), &words[i])));
    for i in (0..records.len()).filter(|i| !is_public(*i)) {
        if verdicts[i].is_none() && secret.has_one_like(&keys[i].1, &words[i]) {
            verdicts[i] = Some(Because::Elsewhere);
        }
    }
    verdicts
}

/// Words of the names of confidential services, by provider.
///
/// A name that holds another holds its rarest word, and a name that is held has only words of the other: so few names are looked at, however
/// many services a provider has.
struct SecretNames<'a>(BTreeMap<&'a str, NamesOfProvider<'a>>);

/// Names of confidential services of one provider, by each of their words, and by the rarest of them.
#[derive(Default)]
struct NamesOfProvider<'a> {
    names: Vec<&'a BTreeSet<String>>,
    by_word: BTreeMap<&'a str, Vec<usize>>,
    by_rarest: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> SecretNames<'a> {
    fn of(secret: impl Iterator<Item = (&'a str, &'a BTreeSet<String>)>) -> Self {
        // Names that are alike in all words are one.
        let all: BTreeSet<(&str, &BTreeSet<String>)> = secret.filter(|(provider, name)| !provider.is_empty() && !name.is_empty()).collect();
        let mut found: BTreeMap<&str, NamesOfProvider> = BTreeMap::new();
        for (provider, name) in all {
            let of_provider = found.entry(provider).or_default();
            let at = of_provider.names.len();
            of_provider.names.push(name);
            name.iter().for_each(|word| of_provider.by_word.entry(word).or_default().push(at));
        }
        for NamesOfProvider { names, by_word, by_rarest } in found.values_mut() {
            for (at, name) in names.iter().copied().enumerate() {
                let rarest = name.iter().min_by_key(|word| by_word.get(word.as_str()).map_or(0, Vec::len));
                rarest.into_iter().for_each(|word| by_rarest.entry(word).or_default().push(at));
            }
        }
        Self(found)
    }

    /// Whether a name of the provider is one of these with something added or left out.
    fn has_one_like(&self, provider: &str, name: &BTreeSet<String>) -> bool {
        let Some(NamesOfProvider { names, by_word, by_rarest }) = self.0.get(provider) else { return false };
        let mut held = name.iter().filter_map(|word| by_rarest.get(word.as_str())).flatten();
        if held.any(|at| names[*at].is_subset(name)) {
            return true;
        }
        // A word that no name has makes an empty list, which is the shortest.
        let with = name.iter().map(|word| by_word.get(word.as_str()).map_or(&[][..], Vec::as_slice));
        with.min_by_key(|at| at.len()).is_some_and(|at| at.iter().any(|at| name.is_subset(names[*at])))
    }
}

/// What a record carries that tells or may tell a place, and where it stands.
fn carried(record: &ServiceRecord, gazetteer: &Gazetteer) -> Vec<(Place, &'static str)> {
    let mut carried: Vec<(Place, &'static str)> = record.said.iter().filter_map(|f| Some((f.place.clone(), f.tells()?))).collect();
    let all = || record.said.iter().chain(record.shared.iter().flat_map(|s| s.fields()));
    let served = || all().find(|f| f.role == Role::Served).map_or(record.place.clone(), |f| f.place.clone());
    if record.area_served.tells_the_place() {
        carried.push((served(), "a small-area code or a shape"));
    }
    if gazetteer.leaves_open(&record.area_served) {
        carried.push((served(), "an area in words that is no authority"));
    }
    if !record.sites.is_empty() && carried.is_empty() && record.shared.iter().all(|s| s.places().is_empty()) {
        carried.push((record.place.clone(), "coordinates"));
    }
    carried
}

/// Reports that a confidential record carries something that says where it is. What it carries is named, never shown.
fn report(place: Place, what: &str, carried: &[(Place, &'static str)], rule: ConfidentialLocations, problems: &mut Problems) {
    let kinds: BTreeSet<&str> = carried.iter().map(|c| c.1).collect();
    let what = format!("{what} {} (not shown)", kinds.into_iter().collect::<Vec<_>>().join(", "));
    match rule {
        ConfidentialLocations::Refuse => {
            let next = "If it is confidential, remove that from the record, at its source if you can, and delete the copy you hold; keep the code of the authority that it serves. \
                If anybody may know where it is, say so in the plan: `[[study.public-place]]` with `id = \"…\"` and `because = \"…\"`. If only its type is not known, give one. \
                If you cannot change the feed: `confidential-locations = \"discard\"` in its `[[source]]`.";
            problems.error(Code::S301, place, what, next);
        }
        ConfidentialLocations::Discard => {
            let next = "Nothing of it was kept, as the plan asks. Ask the publisher to take it out of the feed, and delete copies that you do not need.";
            problems.warn(Code::S308, place, format!("{what}: discarded"), next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hold_one_another_are_found_as_by_looking_at_all() {
        // Every set of up to three of five words; secret ones of two providers, and of none.
        let words = ["rowan", "project", "north", "house", "help"];
        let set = |n: u32| words.iter().zip(0..).filter(|(_, i)| n >> i & 1 == 1).map(|(w, _)| (*w).to_owned()).collect::<BTreeSet<_>>();
        let sets: Vec<BTreeSet<String>> = (0..32_u32).filter(|n| n.count_ones() < 4).map(set).collect();
        let mut found = 0;
        for seed in 0..400_usize {
            let pick = |k: usize, of: usize| (seed.wrapping_mul(2_654_435_761) ^ k.wrapping_mul(40_503_971)) / 64 % of;
            let secret: Vec<(&str, BTreeSet<String>)> =
                (0..4).map(|k| (["a", "b", ""][pick(k, 3)], sets[pick(k + 9, sets.len())].clone())).collect();
            let known = SecretNames::of(secret.iter().map(|(p, name)| (*p, name)));
            for (name, provider) in sets.iter().flat_map(|s| ["a", "b", "c", ""].map(|p| (s, p))) {
                let alike = |(p, words): &(&str, BTreeSet<String>)| {
                    *p == provider && !words.is_empty() && (words.is_subset(name) || name.is_subset(words))
                };
                let expected = !provider.is_empty() && !name.is_empty() && secret.iter().any(alike);
                assert_eq!(known.has_one_like(provider, name), expected, "{secret:?}: {provider}, {name:?}");
                found += usize::from(expected);
            }
        }
        assert!(found > 1_000);
    }
}
