//! Which records are of one service: what is secret in one is so in all.

use std::collections::{BTreeMap, BTreeSet};

use super::Because;
use super::like::{Known, alike};
use crate::diagnostics::{Code, Problems, said};
use crate::sources::ServiceRecord;
use crate::vocabulary::tokens;

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

/// Words that names have or leave out, forms of companies and charities among them.
pub(in crate::study) const FILLER: [&str; 8] = ["the", "ltd", "limited", "cio", "cic", "charity", "uk", "and"];

/// A name as letters alone, without fillers and with each word in its long form: what is the same in two ways of writing.
pub(in crate::study) fn name_key(text: &str) -> String {
    let known = |word: &str| ALIKE.iter().find(|(short, _)| *short == word).map_or(word.to_owned(), |(_, long)| (*long).to_owned());
    tokens(text).into_iter().filter(|t| !FILLER.contains(&t.word.as_str())).map(|t| known(&t.word)).collect()
}

/// Carries the verdict over to all records of one service: the same name, and the same provider or none.
pub(super) fn spread(
    records: &[ServiceRecord],
    own: &[Option<Because>],
    named: &BTreeSet<&str>,
    problems: &mut Problems,
) -> Vec<Option<Because>> {
    let keys: Vec<(String, String)> = records.iter().map(|r| (name_key(&r.name), name_key(&r.provider))).collect();
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
                problems.error_said(Code::S317, records[i].place.clone(), said::public_place_confidential_elsewhere(&records[other].place));
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
    // What only may be secret, since nobody knows its type, is looked for under its own name alone.
    let sure = |b: &Option<Because>| b.is_some_and(|b| !matches!(b, Because::UnknownType | Because::AboutAbuse | Because::UnknownMark));
    let secret: Vec<usize> = (0..records.len()).filter(|i| is_secret(*i) && sure(&own[*i])).collect();
    if secret.is_empty() {
        return verdicts;
    }
    let others: Vec<usize> = (0..records.len()).filter(|i| verdicts[*i].is_none() && !is_public(*i)).collect();
    let mut known: Vec<Known> = records.iter().zip(&keys).map(|(r, k)| Known::of(r, k.0.clone(), &FILLER)).collect();
    for i in alike(&mut known, &secret, &others) {
        verdicts[i] = Some(Because::Elsewhere);
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
