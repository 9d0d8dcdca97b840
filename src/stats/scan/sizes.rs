//! How large may a cluster grow? Half of the people is no place: the size that tells places apart best is chosen.

use super::{Circles, Zone, apart};
use crate::stats::inequality::gini;

/// What one largest size gives.
#[derive(Clone, PartialEq, Debug)]
pub struct SizeTried {
    /// Largest share of people in a cluster.
    pub largest: f64,
    /// Areas of each cluster, strongest first.
    pub clusters: Vec<Vec<usize>>,
    /// Gini coefficient of events over expected ones, each cluster and the rest a group: 0 without a cluster.
    pub gini: f64,
}

/// Clusters at each largest size of a list, and which size separates most: the largest Gini coefficient, of equals the smallest size.
///
/// `strengths` are all zones with their log likelihood ratio (divided by φ in a quasi-Poisson scan); a cluster is one that reaches `cut`, the ratio
/// that one map in twenty made by chance exceeds; `total` are the events of the map, as many as are expected. No choice where no size has a cluster. Source: after Han and others 2016, *International
/// Journal of Health Geographics* 15. Checked: `scan_overdispersed`.
pub fn best_size(strengths: &[(Zone, f64)], circles: &Circles, total: f64, sizes: &[f64], cut: f64) -> (Vec<SizeTried>, Option<usize>) {
    let reaching: Vec<(Zone, f64)> = strengths.iter().filter(|z| z.1 >= cut).copied().collect();
    let tried: Vec<SizeTried> = sizes
        .iter()
        .map(|largest| {
            let within: Vec<(Zone, f64)> = reaching.iter().filter(|z| z.0.share <= largest * (1.0 + 1e-12)).copied().collect();
            let found = apart(&within, circles, usize::MAX);
            let gini = spread(&found, total);
            SizeTried { largest: *largest, clusters: found.iter().map(|z| z.0.members(circles)).collect(), gini }
        })
        .collect();
    let best = tried.iter().map(|t| t.gini).fold(0.0, f64::max);
    let chosen = (0..tried.len()).filter(|i| best > 0.0 && best - tried[*i].gini <= 1e-12);
    let chosen = chosen.min_by(|a, b| tried[*a].largest.total_cmp(&tried[*b].largest));
    (tried, chosen)
}

fn spread(clusters: &[(Zone, f64)], total: f64) -> f64 {
    if clusters.is_empty() {
        return 0.0;
    }
    let (mut cases, mut expected): (Vec<f64>, Vec<f64>) = clusters.iter().map(|z| (z.0.observed, z.0.expected)).unzip();
    let rest = total - expected.iter().sum::<f64>();
    if rest > 1e-9 * total {
        cases.push((total - cases.iter().sum::<f64>()).max(0.0));
        expected.push(rest);
    }
    let rates: Vec<f64> = cases.iter().zip(&expected).map(|(c, e)| c / e).collect();
    gini(&rates, &expected).unwrap_or(0.0)
}
