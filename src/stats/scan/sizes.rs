//! How large may a cluster grow? Half of the people is no place: the size that tells places apart best is chosen.

use super::overdispersed::p_value;
use super::{Circles, Cluster, MOST_CLUSTERS, Panel, Scan, Windows, Zone, apart, poisson, scan};
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

/// Shares of people that a cluster may grow to, up to the largest: 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25 and so on up to 50 %.
///
/// ```
/// assert_eq!(gapmap::stats::scan::sizes_up_to(0.045), [0.01, 0.02, 0.03, 0.04, 0.045]);
/// ```
pub fn sizes_up_to(largest: f64) -> Vec<f64> {
    let usual = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50];
    usual.into_iter().filter(|s| *s < largest - 1e-9).chain([largest]).collect()
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

/// A scan of places alone whose largest size the map itself chooses, and that size: `None` where no cluster passes at any.
///
/// `circles` are up to the last of `sizes`, shares of `people`. Chance is that of the panel ([`Panel::varied`]), over circles of all sizes, so that the
/// choice costs nothing of the level; clusters are those of the chosen size, then others that chance would do. Its p-values are at most `level` for a
/// cluster that is called.
///
/// ```
/// use gapmap::stats::scan::{Circles, Panel, scan_by_size};
/// let circles = Circles::new(20, |i, j| i.abs_diff(j) as f64, &[100.0; 20], 0.5);
/// let events = (0..20).map(|i| if (6..8).contains(&i) { 40 } else { 8 + i % 3 }).collect();
/// let panel = Panel::poisson(1, events, vec![1.0; 20]).unwrap();
/// let (found, size) = scan_by_size(&panel, &circles, &[100.0; 20], &[0.05, 0.1, 0.25, 0.5], 0.05, 199, 1);
/// // Two areas side by side, each called by itself: the smallest size tells them apart as well as any.
/// assert!(found.clusters[..2].iter().all(|c| (6..8).contains(&c.members[0]) && c.p <= 0.05) && size == Some(0.05));
/// ```
pub fn scan_by_size(
    panel: &Panel,
    circles: &Circles,
    people: &[f64],
    sizes: &[f64],
    level: f64,
    simulations: usize,
    seed: u64,
) -> (Scan, Option<f64>) {
    let mut found = scan(panel, circles, Windows { longest: 1, living: false, fewest: 2 }, simulations, seed);
    let strong = strong(panel, circles, people, |llr| p_value(llr, &found.null) <= level);
    let (tried, chosen) = best_size(&strong, circles, panel.total as f64, sizes, 0.0);
    let Some(chosen) = chosen else { return (found, None) };
    let within: Vec<(Zone, f64)> = strong.into_iter().filter(|z| z.0.share <= tried[chosen].largest * (1.0 + 1e-12)).collect();
    let cluster = |(zone, llr): (Zone, f64)| {
        let members = circles.around(zone.centre)[..zone.size].iter().map(|m| *m as usize).collect();
        Cluster { centre: zone.centre, p: p_value(llr, &found.null), ..panel.cylinder(members, 0, 0) }
    };
    let mut clusters: Vec<Cluster> = apart(&within, circles, MOST_CLUSTERS).into_iter().map(cluster).collect();
    let taken: Vec<usize> = clusters.iter().flat_map(|c| c.members.iter().copied()).collect();
    let others = found.clusters.iter().filter(|c| c.p > level && c.members.iter().all(|m| !taken.contains(m)));
    clusters.extend(others.cloned());
    clusters.truncate(MOST_CLUSTERS);
    found.clusters = clusters;
    (found, Some(tried[chosen].largest))
}

/// Circles whose ratio of likelihoods is called. A set of areas may come more than once: of equal ones that overlap the first is taken.
fn strong(panel: &Panel, circles: &Circles, people: &[f64], called: impl Fn(f64) -> bool) -> Vec<(Zone, f64)> {
    let (all, total): (f64, f64) = (people.iter().sum(), panel.total as f64);
    let mut found = Vec::new();
    for centre in 0..circles.len() {
        let mut zone = Zone { centre, size: 0, observed: 0.0, expected: 0.0, share: 0.0 };
        let mut inside = 0.0;
        for member in circles.around(centre) {
            let i = *member as usize;
            zone.size += 1;
            zone.observed += f64::from(panel.events[i]);
            zone.expected += panel.expected[i];
            inside += people[i];
            zone.share = inside / all;
            let sound = circles.counts(zone.size) && zone.observed >= 2.0 && zone.expected > 0.0 && zone.expected < total;
            let llr = if sound { poisson(zone.observed, zone.expected, total) } else { 0.0 };
            if llr > 0.0 && called(llr) {
                found.push((zone, llr));
            }
        }
    }
    found
}
