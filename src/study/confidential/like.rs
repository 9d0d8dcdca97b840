//! Records that are of one service though their names, or those of their providers, are not written alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Field, Role, ServiceRecord};
use crate::vocabulary::{says_no_type, tokens, types_named};

/// What a record is known again by.
pub(super) struct Known {
    /// Its name, without fillers, as letters.
    pub key: String,
    /// The words of its name.
    pub words: BTreeSet<String>,
    /// The same in their order.
    in_order: Vec<String>,
    /// The words of its provider's name.
    provider: Vec<String>,
    /// Phone numbers, pages and mail addresses that are of this service rather than of a whole organisation.
    contacts: BTreeSet<String>,
    /// Words of its name that few services share.
    telling: BTreeSet<String>,
    has_type: bool,
}

/// Names of boxes that are of a whole organisation.
const GENERAL: [&str; 12] =
    ["info", "contact", "admin", "office", "enquiries", "enquiry", "hello", "mail", "help", "support", "referrals", "post"];

impl Known {
    /// Of a record whose name is `key` without fillers.
    pub fn of(record: &ServiceRecord, key: String, provider_filler: &[&str]) -> Self {
        let plain = |text: &str| -> Vec<String> { tokens(text).into_iter().map(|t| t.word).collect() };
        let in_order: Vec<String> = plain(&record.name).into_iter().filter(|w| w != "the").collect();
        let words: BTreeSet<String> = in_order.iter().cloned().collect();
        let number = |w: &String| w.chars().all(|c| c.is_ascii_digit());
        let provider: Vec<String> =
            plain(&record.provider).into_iter().filter(|w| !provider_filler.contains(&w.as_str()) && !number(w)).collect();
        // A name that is that of a kind of service is many services'.
        let of_a_kind = !types_named(&record.name, true).is_empty();
        let tells = |w: &&String| {
            w.chars().count() >= 4 && !of_a_kind && !says_no_type(w) && types_named(w, true).is_empty() && !provider.contains(w)
        };
        let telling = words.iter().filter(tells).cloned().collect();
        Self { key, telling, contacts: contacts(record), provider, words, in_order, has_type: !record.types.is_empty() }
    }

    /// Whether a public record is of the same service as a secret one.
    fn is_same_as(&self, secret: &Self) -> bool {
        let shared = self.telling.intersection(&secret.telling).count();
        let providers = self.provider_may_be(secret);
        let name = self.key == secret.key;
        let contact = !self.contacts.is_disjoint(&secret.contacts);
        let same_provider = !self.provider.is_empty() && !secret.provider.is_empty() && providers;
        (is_slip(&self.key, &secret.key) || name) && (providers || name && shared > 0)
            || contact && (shared > 0 || same_provider && !self.has_type)
            || same_provider && (shared > 0 && self.differs_little(secret) || self.shortens(secret))
    }

    /// Whether the two, both secret, may be one service: as a public one would be, or where one name holds the other and the providers may be one.
    pub fn may_be(&self, other: &Self) -> bool {
        if self.is_numbered_beside(other) {
            return false;
        }
        let named = !self.words.is_empty() && !other.words.is_empty();
        let held = named && (self.words.is_subset(&other.words) || other.words.is_subset(&self.words));
        held && self.provider_may_be(other) || self.is_same_as(other) || other.is_same_as(self)
    }

    /// Whether the names are alike but for a number or a letter in one place: whoever writes `Refuge A` and `Refuge B`, or `House 1` and `House 2`, tells two apart.
    fn is_numbered_beside(&self, other: &Self) -> bool {
        let is_number = |w: &str| w.chars().all(|c| c.is_ascii_digit()) || w.chars().count() == 1;
        let (a, b) = (&self.in_order, &other.in_order);
        let mut differ = a.iter().zip(b).filter(|(a, b)| a != b);
        a.len() == b.len() && differ.next().is_some_and(|(a, b)| is_number(a) && is_number(b)) && differ.next().is_none()
    }

    /// Whether the name is the other with words cut short, and at least one in full: `Rowan Hs` and `Rowan H.` are `Rowan House`.
    fn shortens(&self, other: &Self) -> bool {
        let (a, b) = (&self.in_order, &other.in_order);
        a.len() == b.len() && a != b && a.iter().zip(b).any(|(a, b)| a == b) && a.iter().zip(b).all(|(a, b)| a == b || is_cut_short(a, b))
    }

    fn provider_may_be(&self, other: &Self) -> bool {
        provider_may_be(&self.provider, &other.provider)
    }

    /// Half of the words and more are the same, and the others name no kind of service: `Rowan Project (QM)`, `Rowan Project - Quillmere`.
    fn differs_little(&self, other: &Self) -> bool {
        let both = self.words.intersection(&other.words).count();
        let others: Vec<&str> = self.words.symmetric_difference(&other.words).map(String::as_str).collect();
        2 * both >= both + others.len() && types_named(&others.join(" "), true).is_empty()
    }
}

/// Whether two providers may be one, by the words of their names: `Invented Provider Limited` and `IP` may be `Invented Provider`; nobody may be anybody.
pub(in crate::study) fn provider_may_be(a: &[String], b: &[String]) -> bool {
    let within = |a: &[String], b: &[String]| a.iter().all(|w| b.contains(w));
    let initials = |a: &[String], b: &[String]| {
        b.len() > 1 && matches!(a, [one] if *one == b.iter().filter_map(|w| w.chars().next()).collect::<String>())
    };
    within(a, b) || within(b, a) || initials(a, b) || initials(b, a)
}

/// Whether a word is another with letters left out: its first letter stands, the others follow in their order, and at most half of them are there.
fn is_cut_short(short: &str, word: &str) -> bool {
    let mut rest = word.chars();
    short.chars().next() == word.chars().next()
        && 2 * short.chars().count() <= word.chars().count()
        && short.chars().all(|letter| rest.any(|other| other == letter))
}

/// Whether two names differ by one slip of the pen.
fn is_slip(a: &str, b: &str) -> bool {
    a.chars().count() >= 8 && crate::vocabulary::is_nearly(a, b)
}

/// Contacts of a record that may be confidential. What tells a place is not looked at: of a service whose place is discarded nothing may depend on it.
fn contacts(record: &ServiceRecord) -> BTreeSet<String> {
    contacts_in(record.said.iter().filter(|f| f.role != Role::Whereabouts && !(f.role == Role::Phone && f.tells().is_some())))
}

/// Phone numbers without their prefix, pages and mail addresses by which a public record is known again, numbers of the place among them.
pub(in crate::study) fn contacts_of_public(record: &ServiceRecord) -> BTreeSet<String> {
    contacts_in(record.said.iter())
}

fn contacts_in<'f>(fields: impl Iterator<Item = &'f Field>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for field in fields {
        let value = field.value.trim().to_lowercase();
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix("0044").or(digits.strip_prefix("44")).unwrap_or(&digits);
        let national = national.strip_prefix('0').unwrap_or(national);
        if field.role == Role::Phone && matches!(national.len(), 9 | 10) {
            found.insert(national.to_owned());
        }
        // An address that says what something is — of an area, of a term — is everybody's.
        let leads = ["url", "web", "link", "mail", "page", "www"].iter().any(|w| field.heading.to_lowercase().contains(w));
        for word in value.split_whitespace().filter(|_| leads) {
            if let Some((host, path)) = word.split_once("://").and_then(|(_, rest)| rest.split_once('/')) {
                let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
                if !path.is_empty() {
                    found.insert(format!("{}/{path}", host.trim_start_matches("www.")));
                }
            } else if let Some((name, host)) = word.trim_start_matches("mailto:").split_once('@')
                && !GENERAL.contains(&name)
                && host.contains('.')
            {
                found.insert(format!("{name}@{host}"));
            }
        }
    }
    found
}

/// For each record that is not secret, whether it is of one service with a secret one.
///
/// Only names that share a telling word or differ by a slip, and records that share a contact or the provider, are held against each other.
pub(super) fn alike(known: &mut [Known], secret: &[usize], others: &[usize]) -> Vec<usize> {
    forget_general_contacts(known);
    let known = &*known;
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for i in secret.iter().copied() {
        for word in known[i].telling.iter().chain(&known[i].contacts) {
            by_word.entry(word).or_default().push(i);
        }
    }
    let mut slips: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in secret.iter().copied() {
        for form in with_one_less(&known[i].key) {
            slips.entry(form).or_default().push(i);
        }
    }
    let mut of_provider: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for i in secret.iter().copied().filter(|i| !known[*i].provider.is_empty()) {
        of_provider.entry(&known[i].provider).or_default().push(i);
    }
    let is_alike = |i: &usize| {
        let shares = known[*i].telling.iter().chain(&known[*i].contacts).filter_map(|word| by_word.get(word.as_str()));
        let forms = with_one_less(&known[*i].key);
        let near = forms.iter().filter_map(|form| slips.get(form));
        let beside = of_provider.get(known[*i].provider.as_slice());
        shares.chain(near).chain(beside).flatten().any(|s| known[*i].is_same_as(&known[*s]))
    };
    others.iter().copied().filter(is_alike).collect()
}

/// A contact of more than so many services is that of a switchboard.
const OF_ONE_SERVICE: usize = 3;

pub(super) fn forget_general_contacts(known: &mut [Known]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    known.iter().flat_map(|k| &k.contacts).for_each(|c| *times.entry(c.clone()).or_default() += 1);
    known.iter_mut().for_each(|k| k.contacts.retain(|c| times[c] <= OF_ONE_SERVICE));
}

/// A name and all its forms with one letter left out: two names that differ by a slip have one in common.
pub(in crate::study) fn with_one_less(key: &str) -> BTreeSet<String> {
    let letters: Vec<char> = key.chars().take(60).collect();
    let less = |at: usize| letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect::<String>();
    if letters.is_empty() { BTreeSet::new() } else { (0..=letters.len()).map(less).collect() }
}

#[cfg(test)]
mod tests {
    use super::is_cut_short;

    #[test]
    fn a_word_is_cut_short_by_leaving_letters_out() {
        for short in ["rfg", "ref", "r", "rge"] {
            assert!(is_cut_short(short, "refuge"), "{short}");
        }
        for other in ["efg", "refug", "rgf", "north", ""] {
            assert!(!is_cut_short(other, "refuge"), "{other}");
        }
    }
}
