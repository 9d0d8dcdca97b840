//! Groups: along deprivation, and reached less than others.

use super::{Claim, Kind, Sure, p_of_ratio};
use crate::model::{Gradient, Parity};

/// The share of events that would have to lie elsewhere for all areas to have the same rate, as far as deprivation orders them: the widest gap between
/// the curve of shares and its diagonal (Hoover's index along that order).
pub(super) fn along_deprivation(body: &Gradient) -> Option<Claim> {
    let widest = body.curve.iter().map(|(people, events)| (events - people).abs()).fold(0.0, f64::max);
    Some(Claim { kind: Kind::Group, effect: widest.min(1.0), sure: Sure::Tested(body.p?) })
}

/// The share of users who are missing: as many more as would come from the groups that are reached less, were they reached as the rest is. The p-value is
/// the least of the groups', times their number.
pub(super) fn reached_less(body: &Parity) -> Option<Claim> {
    let (mut least, mut tests, mut missing, mut users) = (1.0_f64, 0.0, 0.0_f64, 0.0_f64);
    for dimension in &body.dimensions {
        let mut missing_here = 0.0;
        for group in &dimension.groups {
            let Some(ratio) = group.ratio.known() else { continue };
            let Some(p) = p_of_ratio(ratio) else { continue };
            tests += 1.0;
            if ratio.value < 1.0 {
                least = least.min(p);
                if let (Some(n), true) = (group.users.known(), ratio.upper < 1.0) {
                    missing_here += n as f64 * (1.0 / ratio.value - 1.0);
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
