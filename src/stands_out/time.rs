//! Need at hours when nothing is open.

use super::{Claim, Kind, Sure};
use crate::model::WeekClock;
use crate::stats::counts::normal_tail;

/// Of the kinds of service that are there for a crisis and closed for some of the week: the share of events while they are closed, beyond the share of the
/// week that they are. One-sided normal test of a share against that of the week, the least p-value times the number of kinds.
pub(super) fn while_closed(body: &WeekClock) -> Option<Claim> {
    let all = body.total.known().filter(|n| *n > 0)? as f64;
    let (mut kinds, mut best): (f64, Option<(f64, f64)>) = (0.0, None);
    for kind in body.kinds.iter().filter(|k| k.crisis) {
        let Some(share) = kind.while_closed else { continue };
        let bands = body.bands.len().max(1);
        let closed = 1.0 - (0..bands).map(|band| kind.open_share(&[], band)).sum::<f64>() / bands as f64;
        if !(closed > 0.0 && closed < 1.0) {
            continue;
        }
        kinds += 1.0;
        let p = normal_tail((share - closed) / (closed * (1.0 - closed) / all).sqrt());
        if best.is_none_or(|(least, _)| p < least) {
            best = Some((p, (share - closed).max(0.0)));
        }
    }
    best.map(|(p, beyond)| Claim { kind: Kind::Time, effect: beyond, sure: Sure::Tested((p * kinds).min(1.0)) })
}
