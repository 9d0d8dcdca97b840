//! Which records may be of one service. Of two branches, or of two services under one roof, nobody is to be rung up in vain.

use std::collections::{BTreeMap, BTreeSet};

use super::Alike;
use super::differs::{are_disjoint, contradict, nearest_m};
use super::written::Known;
use crate::study::Service;
use crate::study::confidential::with_one_less;
use crate::units::Bng;

/// Sites at most so many metres apart are one place as directories give it: a door, the middle of its postcode, the middle of its street.
pub const NEAR_M: f64 = 250.0;
/// Where nothing else says that two records are of one service, their sites are one door.
const ONE_DOOR_M: f64 = 100.0;
/// A name of more services than this, such as that of a national charity, tells none of them.
const OF_ONE_NAME: usize = 100;
/// A contact of more services than this is that of a switchboard.
const OF_ONE_SERVICE: usize = 3;

/// The way between the nearest sites of two services, in metres; `None` where either has no site.
pub(super) fn apart_m(a: &Service, b: &Service) -> Option<f64> {
    let sites = |s: &Service| -> Vec<Bng> { s.sites.iter().map(|s| s.bng).collect() };
    nearest_m(&sites(a), &sites(b))
}

/// Pairs of positions with how sure they are, each pair once.
pub(super) fn pairs(services: &[&Service]) -> Vec<(usize, usize, Alike)> {
    let known: Vec<Known> = services.iter().map(|s| Known::of(s)).collect();
    let contacts = contacts(services);
    let mut found: BTreeMap<(usize, usize), Alike> = BTreeMap::new();
    let mut add = |candidates: Vec<(usize, usize)>, alike: Alike, loose: bool| {
        let taken: BTreeSet<(usize, usize)> = found.keys().copied().collect();
        let rest = candidates.into_iter().filter(|c| !taken.contains(c)).collect();
        for pair in settled(services, rest, &taken, loose) {
            found.insert(pair, alike);
        }
    };
    let named = by_name(&known);
    add(named.iter().copied().filter(|(a, b)| known[*a].same_provider(&known[*b])).collect(), Alike::NameAndProvider, false);
    let in_touch = sharing(&contacts);
    let like = |a: &Known, b: &Known| a.same_name(b) || a.one_holds_the_other(b);
    let by_contact = in_touch.into_iter().filter(|(a, b)| {
        let (x, y) = (&known[*a], &known[*b]);
        if services[*a].source == services[*b].source { x.same_name(y) } else { like(x, y) }
    });
    add(by_contact.collect(), Alike::ContactAndName, true);
    let by_place = at_one_door(services).into_iter().filter(|(a, b)| known[*a].provider_may_be(&known[*b]));
    add(by_place.collect(), Alike::PlaceAndKind, true);
    found.into_iter().map(|((a, b), alike)| (a, b, alike)).collect()
}

/// Which candidates stand.
///
/// Two of one directory only where nothing in them tells them apart, as branches are. Of two directories those near each other, and beside them those of
/// which each is the only one that the other could be. A `loose` likeness needs that even of neighbours.
fn settled(
    services: &[&Service],
    candidates: Vec<(usize, usize)>,
    taken: &BTreeSet<(usize, usize)>,
    loose: bool,
) -> BTreeSet<(usize, usize)> {
    let source = |i: usize| services[i].source;
    let (within, across): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|(a, b)| source(*a) == source(*b));
    let mut stand: BTreeSet<(usize, usize)> = within.into_iter().filter(|(a, b)| !told_apart(services[*a], services[*b])).collect();
    // Who has a partner in a directory needs no other there.
    let mut partner: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut mark = |(a, b): (usize, usize)| partner.extend([(a, source(b)), (b, source(a))]);
    taken.iter().copied().filter(|(a, b)| source(*a) != source(*b)).for_each(&mut mark);
    let is_near = |(a, b): &(usize, usize)| apart_m(services[*a], services[*b]).is_some_and(|m| m <= NEAR_M);
    let (near, others): (Vec<_>, Vec<_>) = across.into_iter().partition(|c| is_near(c) && !loose);
    near.iter().copied().for_each(&mut mark);
    stand.extend(near);
    let free: Vec<(usize, usize)> =
        others.into_iter().filter(|(a, b)| !partner.contains(&(*a, source(*b))) && !partner.contains(&(*b, source(*a)))).collect();
    let mut times: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (a, b) in &free {
        *times.entry((*a, source(*b))).or_default() += 1;
        *times.entry((*b, source(*a))).or_default() += 1;
    }
    stand.extend(free.into_iter().filter(|(a, b)| times[&(*a, source(*b))] == 1 && times[&(*b, source(*a))] == 1));
    stand
}

/// Whether two records of one directory are plainly two: at two places, for two areas, of two kinds or for two groups.
fn told_apart(a: &Service, b: &Service) -> bool {
    apart_m(a, b).is_some_and(|m| m > NEAR_M)
        || are_disjoint(a.area_served.codes(), b.area_served.codes())
        || are_disjoint(&a.types, &b.types)
        || are_disjoint(&a.delivery, &b.delivery)
        || contradict(&a.more.eligibility, &b.more.eligibility)
}

/// Pairs of the same name, or of names that differ by a slip.
fn by_name(known: &[Known]) -> BTreeSet<(usize, usize)> {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, k) in known.iter().enumerate().filter(|(_, k)| !k.key.is_empty()) {
        by_key.entry(&k.key).or_default().push(i);
    }
    by_key.retain(|_, all| all.len() <= OF_ONE_NAME);
    // Two names that differ by a slip have a form with one letter less in common.
    let mut forms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let keys: Vec<&Vec<usize>> = by_key.values().collect();
    for (at, (key, _)) in by_key.iter().enumerate() {
        for form in with_one_less(key) {
            forms.entry(form).or_default().push(at);
        }
    }
    let mut found = all_of(by_key.values());
    for (x, y) in all_of(forms.values()) {
        let both = keys[x].iter().flat_map(|a| keys[y].iter().map(|b| (*a.min(b), *a.max(b))));
        found.extend(both.filter(|(a, b)| known[*a].same_name(&known[*b])));
    }
    found
}

/// Contacts of each service, without those of a switchboard.
fn contacts<'s>(services: &[&'s Service]) -> Vec<Vec<&'s str>> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    services.iter().flat_map(|s| &s.contacts).for_each(|c| *times.entry(c).or_default() += 1);
    services.iter().map(|s| s.contacts.iter().map(String::as_str).filter(|c| times[c] <= OF_ONE_SERVICE).collect()).collect()
}

/// Pairs that share a contact.
fn sharing(contacts: &[Vec<&str>]) -> BTreeSet<(usize, usize)> {
    let mut by_contact: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, own) in contacts.iter().enumerate() {
        own.iter().for_each(|c| by_contact.entry(c).or_default().push(i));
    }
    all_of(by_contact.values())
}

/// Pairs of two directories with a site at one door and a type in common.
fn at_one_door(services: &[&Service]) -> BTreeSet<(usize, usize)> {
    let cell = |at: Bng| ((at.easting_m / ONE_DOOR_M).floor() as i64, (at.northing_m / ONE_DOOR_M).floor() as i64);
    let mut near: BTreeMap<(i64, i64), BTreeSet<usize>> = BTreeMap::new();
    for (i, service) in services.iter().enumerate() {
        for (x, y) in service.sites.iter().map(|s| cell(s.bng)) {
            // Two sites within the side of a square stand in neighbouring squares at most.
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                near.entry((x + dx, y + dy)).or_default().insert(i);
            }
        }
    }
    let beside: Vec<Vec<usize>> = near.into_values().map(|all| all.into_iter().collect()).collect();
    let one = |(a, b): &(usize, usize)| {
        let (a, b) = (services[*a], services[*b]);
        let kind = a.types.iter().any(|t| b.types.contains(t));
        a.source != b.source && kind && apart_m(a, b).is_some_and(|m| m <= ONE_DOOR_M)
    };
    all_of(beside.iter()).into_iter().filter(one).collect()
}

/// Every two of each group, the lower position first.
fn all_of<'g>(groups: impl Iterator<Item = &'g Vec<usize>>) -> BTreeSet<(usize, usize)> {
    groups
        .flat_map(|g| g.iter().enumerate().flat_map(|(k, a)| g[k + 1..].iter().map(move |b| (*a.min(b), *a.max(b)))))
        .filter(|(a, b)| a != b)
        .collect()
}
