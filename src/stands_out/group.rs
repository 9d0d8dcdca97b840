//! Groups: along deprivation, and reached less than others.

use super::{Claim, Kind, Sure};
use crate::model::{Gradient, Parity, ParityDimension, ParityGroup};
use crate::stats::group_and_rest::{GroupAndRest, Way};

/// The share of events that would have to lie elsewhere for all areas to have the same rate, as far as deprivation orders them: the widest gap between
/// the curve of shares and its diagonal (Hoover's index along that order).
pub(super) fn along_deprivation(body: &Gradient) -> Option<Claim> {
    // A slope that is none without a single area is tested without it.
    let p = body.hangs_on.as_ref().map_or(body.p?, |h| h.p);
    let widest = body.curve.iter().map(|(people, events)| (events - people).abs()).fold(0.0, f64::max);
    Some(Claim { kind: Kind::Group, effect: widest.min(1.0), sure: Sure::Tested(p) })
}

/// A group beside all others. A group of whom nobody was reached has no logarithm of a ratio, and a p-value all the same.
fn sides(dimension: &ParityDimension, group: &ParityGroup) -> Option<GroupAndRest> {
    let (events, exposure) = (group.users.known()?, group.population.known()?);
    let (rest_events, rest_exposure) = dimension.rest_beside(group)?;
    Some(GroupAndRest { events, exposure, rest_events, rest_exposure })
}

/// The share of users who are missing: as many more as would come from the groups that are reached less, were they reached as the rest is. The p-value is
/// the least of the groups', times their number.
pub(super) fn reached_less(body: &Parity) -> Option<Claim> {
    let (mut least, mut tests, mut missing, mut users) = (1.0_f64, 0.0, 0.0_f64, 0.0_f64);
    for dimension in &body.dimensions {
        let mut missing_here = 0.0;
        for group in &dimension.groups {
            let Some(ratio) = group.ratio.known() else { continue };
            let Some((sides, p)) = sides(dimension, group).and_then(|s| Some((s, s.p(Way::MidP)?))) else { continue };
            tests += 1.0;
            if ratio.value < 1.0 {
                least = least.min(p);
                if ratio.upper < 1.0 {
                    missing_here += sides.rest_events as f64 / sides.rest_exposure * sides.exposure - sides.events as f64;
                }
            }
        }
        // A person has one group of each dimension: the dimensions are not added up.
        missing = missing.max(missing_here);
        users = users.max(dimension.total.known().unwrap_or(0) as f64);
    }
    let effect = if users > 0.0 { (missing / (users + missing)).min(1.0) } else { 0.0 };
    (tests > 0.0).then(|| Claim { kind: Kind::Group, effect, sure: Sure::Tested((least * tests).min(1.0)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Cell;

    /// Of 1,000 people in 10,000 none was reached: that is worse than two of them, and weighs at least as much.
    #[test]
    fn a_group_of_whom_nobody_was_reached_is_tested_and_weighs_most() {
        let claim = |reached: u64| {
            let group = |name: &str, users, population| ParityGroup {
                name: name.into(),
                users: Cell::Known(users),
                population: Cell::Known(population),
                ratio: Cell::Missing,
            };
            let groups = vec![group("one", reached, 1000.0), group("other", 450, 9000.0)];
            let mut dimension =
                ParityDimension { name: "Age".into(), groups, not_known: Cell::NotApplicable, total: Cell::Known(450 + reached) };
            let ratios: Vec<_> = dimension.groups.iter().map(|g| sides(&dimension, g).unwrap().limits(0.95, Way::MidP).unwrap()).collect();
            dimension.groups.iter_mut().zip(ratios).for_each(|(g, r)| g.ratio = Cell::Known(r));
            let body =
                Parity { service: String::new(), reference: String::new(), level: 0.95, together: 0.95, dimensions: vec![dimension] };
            let claim = reached_less(&body).unwrap();
            let Sure::Tested(p) = claim.sure else { panic!("not tested") };
            (claim.effect, p)
        };
        let (none, two, even) = (claim(0), claim(2), claim(50));
        assert!(none.1 < two.1 && two.1 < 0.001 && none.0 > two.0 && two.0 > 0.05, "{none:?} {two:?}");
        assert!(even.1 > 0.9 && even.0 == 0.0, "{even:?}");
    }
}
