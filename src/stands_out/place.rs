//! More in some places than in others: the clusters that the scan calls.

use super::{Claim, Kind, Sure};
use crate::model::Clusters;

/// The share of all events that the called clusters have beyond what is expected of them. The p-value is that of the strongest cluster, which holds for
/// the whole map: it is compared with the strongest of each map made by chance.
pub(super) fn of_clusters(body: &Clusters) -> Option<Claim> {
    let strongest = body.clusters.iter().map(|c| c.p).min_by(f64::total_cmp);
    let all: f64 = body.clusters.iter().find_map(|c| total(c.observed.known()? as f64, c.expected, c.relative_risk?))?;
    let called = body.clusters.iter().filter(|c| c.p <= body.called_at);
    let beyond: f64 = called.filter_map(|c| Some((c.observed.known()? as f64 - c.expected).max(0.0))).sum();
    Some(Claim { kind: Kind::Place, effect: (beyond / all).clamp(0.0, 1.0), sure: Sure::Tested(strongest?) })
}

/// All events, as the risk inside over that outside, `(n/e) / ((N − n)/(N − e))`, tells.
fn total(inside: f64, expected: f64, relative_risk: f64) -> Option<f64> {
    let all = inside * expected * (relative_risk - 1.0) / (relative_risk * expected - inside);
    (all.is_finite() && all > 0.0).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn the_total_comes_back_from_the_relative_risk() {
        let (n, e, all) = (30.0_f64, 10.0_f64, 400.0_f64);
        let risk = (n / e) / ((all - n) / (all - e));
        assert!((total(n, e, risk).unwrap() - all).abs() < 1e-9);
        assert_eq!(total(10.0, 10.0, 1.0), None);
    }
}
