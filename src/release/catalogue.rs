//! The catalogue made fit for the readers of a pack, before any analysis looks at it.
//!
//! A capacity or a caseload of a restricted catalogue is a count of few people or staff like any other. It goes through the rule by itself,
//! so that whatever is said of it, *full* among it, is worked out from what everybody may see; and where a restricted service is, the
//! public is not told, so that no map of reach lets somebody guess.

use crate::model::{ReleasePolicy, Tier};
use crate::study::{CapacityRule, Study};

/// Withholds and rounds the numbers of services of restricted sources, and takes their places from a pack for the public.
///
/// A service of an open catalogue to which a restricted table adds something is restricted as a whole: which of its numbers is from where
/// is not kept. `gapmap check` does not come by here: on the analyst's own screen numbers are exact.
pub fn release_catalogue(study: &mut Study, policy: &ReleasePolicy) {
    let open: Vec<bool> = study.sources.iter().map(|s| s.sensitivity.is_open()).collect();
    let rule = CapacityRule { withhold_up_to: policy.withhold_up_to, round_to: policy.round_to };
    study.catalogue.capacity_rule = rule;
    let restricted: Vec<bool> = study.catalogue.public.iter().map(|s| !study.is_open(s)).collect();
    for (service, _) in study.catalogue.public.iter_mut().zip(restricted).filter(|(_, restricted)| *restricted) {
        let more = &mut service.more;
        // A count that is withheld is neither known nor missing.
        let through = |number: &mut Option<f64>, withheld: &mut bool| {
            let given = number.is_some();
            *number = number.and_then(|n| rule.tell(n).known());
            *withheld = given && number.is_none();
        };
        let through_count = |number: &mut Option<u32>, withheld: &mut bool| {
            let mut wide = number.map(f64::from);
            through(&mut wide, withheld);
            *number = wide.map(|n| n as u32);
        };
        through(&mut more.capacity, &mut more.withheld.capacity);
        through(&mut more.wait_days, &mut more.withheld.wait_days);
        through_count(&mut more.caseload, &mut more.withheld.caseload);
        through_count(&mut more.waiting, &mut more.withheld.waiting);
    }
    study.for_analysts = policy.tier == Tier::Restricted;
    if policy.tier == Tier::Public {
        // What a service of a restricted catalogue costs, and who pays, is between those who agreed on it.
        for service in &mut study.catalogue.public {
            service.more.withheld.contract = !service.sources().into_iter().all(|i| open[i]);
        }
        study.hide_restricted_places();
    }
}
