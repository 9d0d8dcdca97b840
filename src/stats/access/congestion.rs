//! The rational agent access model: people choose between the way and the queue, until nobody would be better off elsewhere.

use super::costs::Costs;

/// An equilibrium.
#[derive(Clone, PartialEq, Debug)]
pub struct Congestion {
    /// What getting served costs at each place: the way over τ plus the crowd; `None` where nothing is in reach.
    pub cost: Vec<Option<f64>>,
    /// How crowded each service is: 1 where its people over its supply are as over all.
    pub crowd: Vec<f64>,
    /// Rounds until no one would move.
    pub rounds: usize,
}

/// A whole round among so many: between them only those who have just moved are asked again, which are few near the end.
const WHOLE_ROUND: usize = 12;
const MOST_ROUNDS: usize = 24_000;

/// `cost = way/τ + (people/supply)/ρ`, where ρ is people over supply as a whole: everyone goes where it is least, and all have gone.
///
/// The crowd at each service is unique: it minimises `Σ xᵢⱼ cᵢⱼ/τ + Σ Dⱼ²/(2ρSⱼ)`, which is found by letting the people of one place after another settle exactly. PySAL moves whole
/// numbers of people in steps and stops near it (1.5 % in the reference). `tau` is the way that is as bad as a doubled queue. Rounds end where no place's people pay, on average, more than `settled` above
/// the least that they could, as a share of it: 1e-3 is ample for a map. `None` without supply, demand or τ above 0.
///
/// ```
/// use gapmap::stats::access::{Costs, raam};
/// // Two services as far away: people split so that the crowds are the same.
/// let costs = Costs::new(2, vec![vec![(0, 10.0), (1, 10.0)]]);
/// let found = raam(&costs, &[90.0], &[1.0, 2.0], 10.0, 1e-9).unwrap();
/// assert!((found.crowd[0] - found.crowd[1]).abs() < 1e-9 && (found.cost[0].unwrap() - 2.0).abs() < 1e-9);
/// ```
pub fn raam(costs: &Costs, demand: &[f64], supply: &[f64], tau: f64, settled: f64) -> Option<Congestion> {
    let reached: f64 = (0..costs.places()).filter(|i| costs.of(*i).any(|(j, _)| supply[j] > 0.0)).map(|i| demand[i]).sum();
    let all: f64 = supply.iter().sum();
    if !(reached > 0.0 && all > 0.0 && tau > 0.0) {
        return None;
    }
    let rho = demand.iter().sum::<f64>() / all;
    let slope: Vec<f64> = supply.iter().map(|s| if *s > 0.0 { 1.0 / (rho * s) } else { f64::INFINITY }).collect();
    let mut people = vec![0.0_f64; costs.pairs()];
    let mut at = vec![0.0_f64; costs.services()];
    let mut order: Vec<(f64, f64, usize, usize)> = Vec::new();
    let everyone: Vec<usize> = (0..costs.places()).filter(|i| demand[*i] > 0.0 && costs.of(*i).any(|(j, _)| supply[j] > 0.0)).collect();
    let mut asked = everyone.clone();
    let mut rounds = 0;
    while rounds < MOST_ROUNDS {
        let whole = rounds % WHOLE_ROUND == 0;
        if whole {
            asked.clone_from(&everyone);
        }
        rounds += 1;
        let mut worst = 0.0_f64;
        asked.retain(|i| {
            let first = costs.range(*i).start;
            order.clear();
            let (mut paid, mut least) = (0.0, f64::INFINITY);
            for (k, (j, way)) in costs.of(*i).enumerate().filter(|(_, (j, _))| supply[*j] > 0.0) {
                let cost = way / tau + at[j] * slope[j];
                paid += people[first + k] * cost;
                least = least.min(cost);
                order.push((way / tau + (at[j] - people[first + k]).max(0.0) * slope[j], slope[j], first + k, j));
            }
            worst = worst.max((paid / demand[*i] - least).abs() / least);
            // Water into vessels of different floors and widths: the level at which everybody is in.
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let (mut width, mut filled, mut level) = (0.0_f64, 0.0_f64, 0.0_f64);
            for (k, (floor, slope, _, _)) in order.iter().enumerate() {
                width += 1.0 / slope;
                filled += floor / slope;
                level = (demand[*i] + filled) / width;
                if order.get(k + 1).is_none_or(|next| level <= next.0) {
                    break;
                }
            }
            let mut moved = false;
            for (floor, slope, pair, j) in &order {
                let now = ((level - floor) / slope).max(0.0);
                let change = now - people[*pair];
                moved |= change.abs() > 1e-9 * demand[*i];
                at[*j] += change;
                people[*pair] = now;
            }
            moved
        });
        if whole && rounds > 1 && worst < settled {
            break;
        }
    }
    let crowd: Vec<f64> = at.iter().zip(&slope).map(|(n, s)| if s.is_finite() { n * s } else { 0.0 }).collect();
    let cheapest = |i| costs.of(i).filter(|(j, _)| supply[*j] > 0.0).map(|(j, c)| c / tau + crowd[j]).min_by(f64::total_cmp);
    Some(Congestion { cost: (0..costs.places()).map(cheapest).collect(), crowd, rounds })
}
