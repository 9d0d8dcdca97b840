//! What two records of one service contradict one another in. What one of them leaves open is no contradiction.

use std::collections::BTreeSet;

use super::pairing::{NEAR_M, apart_m};
use crate::sources::{Eligibility, OpeningTimes, ServiceRecord, ServiceStatus};
use crate::study::Service;
use crate::units::{Bng, Period};

/// A field that two records give, and not alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Differs {
    /// When it is open in an ordinary week.
    Hours,
    /// Whether it runs.
    State,
    /// No type is in both.
    Kind,
    /// Whom it is for.
    Eligibility,
    /// No site of the one is near one of the other.
    Place,
}

impl Differs {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Hours, Self::State, Self::Kind, Self::Eligibility, Self::Place];
}

fn collect(found: [(Differs, bool); 5]) -> BTreeSet<Differs> {
    found.into_iter().filter(|f| f.1).map(|f| f.0).collect()
}

/// Of two services, on a day.
pub(super) fn of_services(a: &Service, b: &Service, day: &str) -> BTreeSet<Differs> {
    let says = |s: &Service| s.status != ServiceStatus::Unknown;
    let hours = a.more.hours.as_ref().zip(b.more.hours.as_ref());
    collect([
        (Differs::Hours, hours.is_some_and(|(x, y)| x.week != y.week)),
        (Differs::State, says(a) && says(b) && a.state_on(day) != b.state_on(day)),
        (Differs::Kind, are_disjoint(&a.types, &b.types)),
        (Differs::Eligibility, contradict(&a.more.eligibility, &b.more.eligibility)),
        (Differs::Place, apart_m(a, b).is_some_and(|m| m > NEAR_M)),
    ])
}

/// Of two records that are merged before anything of them is settled.
pub(in crate::study) fn of_records(a: &ServiceRecord, b: &ServiceRecord, months: Option<Period>) -> BTreeSet<Differs> {
    let week = |h: &Option<OpeningTimes>| Some(h.clone()?.over(months)?.week);
    let hours = week(&a.more.hours).zip(week(&b.more.hours));
    let says = |r: &ServiceRecord| r.says_status;
    let sites = |r: &ServiceRecord| -> Vec<Bng> { r.sites.iter().map(|s| s.bng).collect() };
    collect([
        (Differs::Hours, hours.is_some_and(|(x, y)| x != y)),
        (Differs::State, says(a) && says(b) && a.status != b.status),
        (Differs::Kind, are_disjoint(&a.types, &b.types)),
        (Differs::Eligibility, contradict(&a.more.eligibility, &b.more.eligibility)),
        (Differs::Place, nearest_m(&sites(a), &sites(b)).is_some_and(|m| m > NEAR_M)),
    ])
}

/// The way between the nearest of two sets of sites, in metres; `None` where either has none.
pub(super) fn nearest_m(a: &[Bng], b: &[Bng]) -> Option<f64> {
    a.iter().flat_map(|x| b.iter().map(|y| x.distance_m(*y))).min_by(f64::total_cmp)
}

/// Whether both say something, and nothing of it is in both.
pub(super) fn are_disjoint<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
}

/// Whether any field that both give differs.
pub(super) fn contradict(a: &Eligibility, b: &Eligibility) -> bool {
    fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.as_ref().zip(b.as_ref()).is_some_and(|(x, y)| x != y)
    }
    differ(&a.age_from, &b.age_from)
        || differ(&a.age_to, &b.age_to)
        || differ(&a.sex, &b.sex)
        || differ(&a.no_recourse, &b.no_recourse)
        || differ(&a.substance_use, &b.substance_use)
        || differ(&a.mental_health, &b.mental_health)
        || differ(&a.trans, &b.trans)
        || are_disjoint(&a.risk, &b.risk)
}
