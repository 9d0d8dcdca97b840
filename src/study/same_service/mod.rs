//! Records that may be of one service, and what they contradict one another in.
//!
//! Nothing is merged here: a pair is told, and the plan says which two are one. What the study itself merges, records of one id in feeds and those of
//! `same-service`, is told with the record that stayed ([`Given`]). Only public services are looked at: a record that is of one service with a confidential
//! one is confidential before anything gets here.

mod by_plan;
mod differs;
mod pairing;
mod written;

use std::collections::BTreeSet;

use super::{Service, Study};
use crate::diagnostics::Place;

pub(super) use by_plan::{check, join, sets};
pub use differs::Differs;
pub(super) use differs::of_records;
pub use pairing::NEAR_M;

/// How sure it is that two records are of one service, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Alike {
    /// They have one id.
    Id,
    /// The plan says so.
    Plan,
    /// Their names and those of their providers are alike.
    NameAndProvider,
    /// They share a phone number, a page or a mail address of few services, and their names are alike.
    ContactAndName,
    /// They are of one kind at one place, in two directories.
    PlaceAndKind,
}

/// A record that the study merged into another.
#[derive(Clone, PartialEq, Debug)]
pub struct Given {
    /// Position of its source in the plan.
    pub source: usize,
    /// Where it stands.
    pub place: Place,
    /// Why it is the same.
    pub alike: Alike,
    /// What the two contradict one another in.
    pub differs: BTreeSet<Differs>,
}

/// Two public services that may be one, by their positions in the catalogue.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The first.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// How sure that is.
    pub alike: Alike,
    /// What the two contradict one another in.
    pub differs: BTreeSet<Differs>,
}

impl Service {
    /// Its provider as letters alone, without the form of its company: by it two ways of writing a name are the same.
    pub fn provider_key(&self) -> String {
        super::confidential::name_key(&self.provider)
    }
}

impl Study {
    /// Public services that may be listed twice, on a day, ISO 8601: pairs of those for which `wanted` holds, in the order of the catalogue.
    pub fn listed_twice(&self, day: &str, wanted: impl Fn(&Service) -> bool) -> Vec<Pair> {
        let all = &self.catalogue.public;
        let chosen: Vec<usize> = (0..all.len()).filter(|i| wanted(&all[*i])).collect();
        let services: Vec<&Service> = chosen.iter().map(|i| &all[*i]).collect();
        let apart = |a: &Service, b: &Service| {
            let named = |[x, y]: &[String; 2]| (*x == a.id && *y == b.id) || (*x == b.id && *y == a.id);
            self.catalogue.different.iter().any(named)
        };
        let pairs = pairing::pairs(&services).into_iter().filter(|(a, b, _)| !apart(services[*a], services[*b]));
        let mut pairs: Vec<Pair> = pairs
            .map(|(a, b, alike)| Pair {
                first: chosen[a],
                second: chosen[b],
                alike,
                differs: differs::of_services(services[a], services[b], day),
            })
            .collect();
        pairs.sort_by_key(|p| (p.first, p.second));
        pairs
    }
}
