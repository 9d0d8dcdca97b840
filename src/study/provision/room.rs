//! For whom a service is, and whether it has room.

use crate::study::Service;
use crate::units::Sex;

/// Whether a service takes women of these ages, as far as it says. The youngest of a band stand for it from 18 on.
pub fn takes_women(service: &Service, (from, to): (u32, u32)) -> bool {
    let e = &service.more.eligibility;
    e.sex != Some(Sex::Male) && e.age_from.is_none_or(|a| a <= from.max(18)) && e.age_to.is_none_or(|a| a >= to.min(90))
}

/// Those of several services in reach that are open to women of these ages.
///
/// A condition of its own keeps most people out: such a service stands in for one that leaves them out no more than a closed door does.
pub fn open_to<'s>(here: &[&'s Service], ages: (u32, u32)) -> Vec<&'s Service> {
    let left_out = here.iter().any(|s| !takes_women(s, ages));
    here.iter().copied().filter(|s| takes_women(s, ages) && !(left_out && s.more.eligibility.condition.is_some())).collect()
}

/// Whether a service is full: its list is closed, or as many people use it as it has places for and somebody waits. `None` where the
/// record does not say.
pub fn is_full(service: &Service) -> Option<bool> {
    let more = &service.more;
    if let Some(open) = more.list_open {
        return Some(!open);
    }
    let places = more.capacity_unit.as_deref().is_some_and(|u| u.to_lowercase().contains("place"));
    match (more.capacity, more.caseload, more.waiting) {
        // That nobody waits must be known, and not only that no number is told.
        (Some(capacity), Some(cases), None) if places && more.withheld.waiting && f64::from(cases) >= capacity => None,
        (Some(capacity), Some(cases), waiting) if places => Some(f64::from(cases) >= capacity && waiting.unwrap_or(0) > 0),
        (_, _, Some(0)) => Some(false),
        _ => None,
    }
}
