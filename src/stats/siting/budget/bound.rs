//! The prices of clients under a budget, and the bound that they give.

use super::{Plan, Settled};

/// A price for each client between 0 and 1: what it costs to take one of its people.
#[derive(Clone)]
pub(super) struct Prices {
    price: Vec<f64>,
}

/// What prices say of a site: the worth of each of its states.
type Worth = Vec<f64>;

impl Prices {
    pub fn new(plan: &Plan) -> Self {
        Self { price: vec![0.5; plan.weight.len()] }
    }

    /// The worth of room at a site: the people of least price first. Calls `take` with what each client gives.
    fn fill(&self, plan: &Plan, clients: &[u32], room: f64, mut take: impl FnMut(usize, f64)) -> f64 {
        let (mut left, mut worth) = (room, 0.0);
        for client in clients {
            let client = *client as usize;
            let gain = 1.0 - self.price[client];
            if left <= 0.0 || gain <= 0.0 {
                break;
            }
            let taken = plan.weight[client].min(left);
            worth += gain * taken;
            left -= taken;
            take(client, taken);
        }
        worth
    }

    /// A bound on what any choice of the node takes, and the unsettled site on which most hangs.
    pub fn bound(&mut self, plan: &Plan, settled: &Settled, cut: f64, rounds: usize) -> (f64, Option<usize>) {
        let sites = plan.states.len();
        let (mut best, mut best_price, mut branch) = (f64::INFINITY, self.price.clone(), None);
        let (mut reach, mut idle) = (1.0, 0);
        for _ in 0..rounds.max(1) {
            // Step 1: what each state of each site is worth.
            let mut rank: Vec<u32> = (0..plan.weight.len() as u32).collect();
            rank.sort_by(|a, b| self.price[*a as usize].total_cmp(&self.price[*b as usize]).then(a.cmp(b)));
            let mut place = vec![0_u32; rank.len()];
            rank.iter().zip(0..).for_each(|(c, r)| place[*c as usize] = r);
            let ordered = |s: usize| {
                let mut clients = plan.covers[s].clone();
                clients.sort_unstable_by_key(|c| place[*c as usize]);
                clients
            };
            let clients: Vec<Vec<u32>> = (0..sites).map(ordered).collect();
            let worth: Vec<Worth> =
                (0..sites).map(|s| plan.states[s].iter().map(|x| self.fill(plan, &clients[s], x.room, |_, _| {})).collect()).collect();
            // Step 2: the best state of each site at the best price of money.
            let (inner, picks, pull) = choose(plan, settled, &worth);
            let base: f64 = self.price.iter().zip(&plan.weight).map(|(p, w)| p * w).sum();
            let bound = base + inner;
            if bound < best - 1e-12 * best.abs().min(1e300) {
                (best, best_price, branch, idle) = (bound, self.price.clone(), pull, 0);
                if best < cut {
                    break;
                }
            } else {
                idle += 1;
                if idle >= 5 {
                    (reach, idle) = (reach / 2.0, 0);
                    self.price.clone_from(&best_price);
                    if reach < 1e-2 {
                        break;
                    }
                    continue;
                }
            }
            // Step 3: who is wanted more than once costs more, who is not wanted less.
            let mut over: Vec<f64> = plan.weight.iter().map(|w| -w).collect();
            for (site, pick) in picks.iter().enumerate() {
                self.fill(plan, &clients[site], plan.states[site][*pick].room, |c, taken| over[c] += taken);
            }
            let size: f64 = over.iter().map(|o| o * o).sum();
            let aimed = if plan.best.is_finite() { plan.best } else { 0.9 * bound };
            if size <= 0.0 {
                break;
            }
            let step = reach * (bound - aimed).max(1e-6 * bound.abs()) / size;
            self.price.iter_mut().zip(&over).for_each(|(p, o)| *p = (*p + step * o).clamp(0.0, 1.0));
        }
        self.price = best_price;
        // A node whose bound never came to be is searched on any of its sites.
        (best, branch.or_else(|| settled.state.iter().position(Option::is_none)))
    }
}

/// The sum over sites of the best state under the budget, money relaxed by a price; the states picked; and the unsettled site that weighs most.
fn choose(plan: &Plan, settled: &Settled, worth: &[Worth]) -> (f64, Vec<usize>, Option<usize>) {
    let at = |money: f64| {
        let (mut sum, mut spent, mut picks) = (money * plan.budget, 0.0, vec![]);
        for (site, worth) in worth.iter().enumerate() {
            let value = |k: usize| worth[k] - money * plan.states[site][k].cost;
            let pick = match settled.state[site] {
                Some(k) => k,
                // Of states of the same value the cheaper one.
                None => (0..worth.len())
                    .max_by(|a, b| value(*a).total_cmp(&value(*b)).then(plan.states[site][*b].cost.total_cmp(&plan.states[site][*a].cost)))
                    .unwrap_or(0),
            };
            sum += value(pick);
            spent += plan.states[site][pick].cost;
            picks.push(pick);
        }
        (sum, spent, picks)
    };
    // The sum is convex in the price of money; its slope is what is left of the budget.
    let mut best = at(0.0);
    if best.1 > plan.budget + 1e-9 {
        let (mut low, mut high) = (0.0, 1.0);
        while at(high).1 > plan.budget + 1e-9 && high < 1e15 {
            high *= 4.0;
        }
        for _ in 0..45 {
            let middle = 0.5 * (low + high);
            let now = at(middle);
            if now.1 > plan.budget + 1e-9 {
                low = middle
            } else {
                high = middle
            }
            if now.0 < best.0 || now.1 <= plan.budget + 1e-9 && now.0 <= best.0 {
                best = now;
            }
        }
    }
    let spread = |s: &usize| {
        let worth = &worth[*s];
        worth.iter().copied().fold(f64::NEG_INFINITY, f64::max) - worth.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let unsettled = (0..worth.len()).filter(|s| settled.state[*s].is_none());
    let pull = unsettled.max_by(|a, b| spread(a).total_cmp(&spread(b)).then(b.cmp(a)));
    (best.0, best.2, pull)
}
