//! The p-median and maximal covering: branch and bound with a Lagrangian bound.
//!
//! The wish that each client is served once is priced (a multiplier a client) instead of demanded; what is left falls apart by
//! site and is solved by sorting. The best prices give the bound of the linear relaxation; sites whose opening or closing would
//! push the bound past the best choice known are settled at once (Beasley 1993).

mod finish;
mod prices;
mod start;

use super::{Limit, Problem, Refusal, Site, Siting, Tied, beginning, grain, open};
use prices::Priced;

/// Weighted costs and what the search over them has found.
pub(super) struct Median {
    /// Weighted cost of each client at each site, a row a site.
    cost: Vec<f64>,
    /// Where most clients lose as much at most sites: of each site, the clients that lose less there, with their cost.
    near: Option<Near>,
    /// The most that a client can lose at any site; a higher price never gives a better bound.
    most: Vec<f64>,
    clients: usize,
    sites: usize,
    p: usize,
    conflicts: Vec<Vec<usize>>,
    /// Step of all sums, where there is one.
    grain: Option<f64>,
    best: f64,
    chosen: Vec<usize>,
    nodes: u64,
    most_nodes: u64,
    stopped: bool,
    /// The least bound of what was not searched.
    unsearched: f64,
}

/// Of each site some clients, with their cost there.
type Near = Vec<Vec<(u32, f64)>>;

/// What a search is for.
enum Aim<'a> {
    /// The best choice and its proof.
    Best,
    /// Every choice as good as the best.
    Ties(&'a mut Tied),
}

impl Median {
    fn new(problem: &Problem<'_>, p: usize, limit: Limit, cost: Vec<f64>, clients: usize) -> Self {
        let grain = grain(cost.iter().copied().filter(|c| c.is_finite()));
        let (near, most) = near(&cost, clients);
        Self {
            cost,
            near,
            most,
            clients,
            sites: problem.sites,
            p,
            conflicts: problem.conflicts(),
            grain,
            best: f64::INFINITY,
            chosen: vec![],
            nodes: 0,
            most_nodes: limit.nodes,
            stopped: false,
            unsearched: f64::INFINITY,
        }
    }

    fn row(&self, site: usize) -> &[f64] {
        &self.cost[site * self.clients..(site + 1) * self.clients]
    }

    /// Sum over clients of the least cost among open sites.
    fn value(&self, chosen: &[usize]) -> f64 {
        let mut least = vec![f64::INFINITY; self.clients];
        for site in chosen {
            least.iter_mut().zip(self.row(*site)).for_each(|(l, c)| *l = l.min(*c));
        }
        least.iter().sum()
    }

    fn allowed(&self, chosen: &[usize]) -> bool {
        let mut is_open = vec![false; self.sites];
        chosen.iter().for_each(|s| is_open[*s] = true);
        chosen.iter().all(|s| self.conflicts[*s].iter().all(|o| !is_open[*o]))
    }

    fn consider(&mut self, chosen: Vec<usize>) {
        let value = self.value(&chosen);
        if value < self.best && chosen.len() == self.p && self.allowed(&chosen) {
            (self.best, self.chosen) = (value, chosen);
        }
    }

    /// How near two sums are the same.
    fn same(&self) -> f64 {
        if self.best.is_finite() { 1e-9 * self.best.abs().max(1e-300) } else { 0.0 }
    }

    /// A bound above this needs no search.
    fn cut(&self, aim: &Aim<'_>) -> f64 {
        match aim {
            Aim::Best => self.best - self.grain.map_or(self.same(), |g| (g - 1e-6 * g).max(self.same())),
            Aim::Ties(_) => self.best + self.same(),
        }
    }

    fn leaf(&mut self, chosen: Vec<usize>, aim: &mut Aim<'_>) {
        match aim {
            Aim::Best => self.consider(chosen),
            Aim::Ties(tied) => {
                let value = self.value(&chosen);
                if value <= self.best + self.same() && self.allowed(&chosen) {
                    tied.add(chosen);
                }
            }
        }
    }

    /// Searches what is left of the sites; `price` are the prices of the node above, `above` its bound.
    fn search(&mut self, mut sites: Vec<Site>, mut price: Vec<f64>, mut above: f64, aim: &mut Aim<'_>, mut rounds: usize) {
        loop {
            if self.stopped || self.nodes >= self.most_nodes {
                self.stopped = true;
                self.unsearched = self.unsearched.min(above);
                return;
            }
            self.nodes += 1;
            // Step 1: settle what follows, until nothing does.
            let priced = loop {
                let opened: Vec<usize> = (0..self.sites).filter(|s| sites[*s] == Site::Open).collect();
                let free = sites.iter().filter(|s| **s == Site::Free).count();
                if opened.len() > self.p || opened.len() + free < self.p {
                    return;
                }
                if opened.len() == self.p || free == 0 {
                    return self.leaf(opened, aim);
                }
                if opened.len() + free == self.p {
                    return self.leaf((0..self.sites).filter(|s| sites[*s] != Site::Closed).collect(), aim);
                }
                if self.few_left(self.p - opened.len()) {
                    return self.finish(&opened, &sites, aim);
                }
                let priced = self.price(&sites, price, rounds, aim);
                if priced.bound > self.cut(aim) {
                    return;
                }
                match self.settle(&mut sites, &priced, self.cut(aim)) {
                    None => return,
                    Some(0) => break priced,
                    Some(_) => price = priced.price,
                }
                rounds = 12;
            };
            // Step 2: the most wanted site open, then closed.
            let Some(site) = priced.wanted.first().copied() else { return };
            above = priced.bound;
            let mut with = sites.clone();
            if open(site, &mut with, &self.conflicts) {
                self.search(with, priced.price.clone(), priced.bound, aim, 40);
            }
            sites[site] = Site::Closed;
            price = priced.price;
            rounds = 40;
        }
    }

    /// Settles sites whose other state would push the bound past the cut; how many, or `None` where they contradict each other.
    fn settle(&self, sites: &mut [Site], priced: &Priced, cut: f64) -> Option<usize> {
        let last_in = priced.wanted.last().map(|s| priced.saving[*s])?;
        let mut settled = 0;
        let mut to_open = vec![];
        for site in 0..self.sites {
            if sites[site] != Site::Free {
                continue;
            }
            if priced.wanted.contains(&site) {
                if priced.next.is_none_or(|next| priced.bound - priced.saving[site] + priced.saving[next] > cut) {
                    to_open.push(site);
                }
            } else if priced.bound + priced.saving[site] - last_in > cut {
                sites[site] = Site::Closed;
                settled += 1;
            }
        }
        for site in to_open {
            if sites[site] == Site::Closed || !open(site, sites, &self.conflicts) {
                return None;
            }
            settled += 1;
        }
        Some(settled)
    }

    /// The best choice with its proof, and the ties.
    fn solve(mut self, problem: &Problem<'_>, limit: Limit, uncoverable: Vec<usize>) -> Result<Siting, Refusal> {
        let start = beginning(problem, &self.conflicts);
        self.begin(&start);
        let price = self.first_prices();
        self.search(start.clone(), price.clone(), f64::NEG_INFINITY, &mut Aim::Best, 600);
        if !self.best.is_finite() {
            return Err(if self.stopped { Refusal::Stopped } else { Refusal::NoChoice });
        }
        let (proved, nodes) = (!self.stopped, self.nodes);
        let bound = if proved { self.best } else { self.unsearched.min(self.best).max(0.0) };
        let mut tied = Tied::new(limit);
        if proved {
            self.nodes = 0;
            self.search(start, price, f64::NEG_INFINITY, &mut Aim::Ties(&mut tied), 300);
        }
        let (number, all_counted) = (tied.number().max(1), proved && !self.stopped && tied.number() > 0);
        let mut choices = tied.into_listed();
        if choices.is_empty() {
            self.chosen.sort_unstable();
            choices.push(self.chosen.clone());
        }
        let nodes = nodes + self.nodes;
        Ok(Siting { objective: self.best, bound, proved, choices, tied: number, all_counted, uncoverable, nodes })
    }
}

/// More than this share of pairs of a client and a site is gone through in a row, without a list of them.
const FEW: f64 = 0.3;

/// The clients of each site that lose less there than they can, where these are few, and the most that each can lose.
fn near(cost: &[f64], clients: usize) -> (Option<Near>, Vec<f64>) {
    let mut most = vec![0.0_f64; clients];
    let rows = || cost.chunks_exact(clients.max(1));
    rows().for_each(|row| most.iter_mut().zip(row).for_each(|(m, c)| *m = m.max(*c)));
    let below = rows().map(|row| row.iter().zip(&most).filter(|(c, m)| c < m).count()).sum::<usize>();
    let few = most.iter().all(|m| m.is_finite()) && (below as f64) < FEW * cost.len() as f64;
    let list = |row: &[f64]| row.iter().zip(&most).zip(0_u32..).filter(|((c, m), _)| c < m).map(|((c, _), i)| (i, *c)).collect();
    (few.then(|| rows().map(list).collect()), most)
}

fn checked(problem: &Problem<'_>, p: usize) -> Result<(), Refusal> {
    problem.checked()?;
    if p == 0 || p > problem.sites || p < problem.fixed().len() { Err(Refusal::NoChoice) } else { Ok(()) }
}

/// The p-median (Hakimi 1964): `p` open sites, fixed ones counted, with the least sum over clients of weight × cost to the nearest.
///
/// Clients that no site reaches are listed and left out.
///
/// # Errors
/// [`Refusal`]: malformed input, no `p` sites that are allowed together and reach everybody, the work limit reached.
///
/// Checked: `siting_exact`, `facility_location` (spopt), OR-Library pmed1 to pmed10.
///
/// ```
/// use gapmap::stats::siting::{Limit, Problem, p_median};
/// // Two clients, three sites; the third lies between them.
/// let problem = Problem { cost: &[0.0, 8.0, 3.0, 8.0, 0.0, 3.0], weight: &[1.0, 1.0], sites: 3, fixed: &[], apart: None };
/// let best = p_median(&problem, 1, Limit::default()).unwrap();
/// assert_eq!((best.objective, best.proved, best.choices), (6.0, true, vec![vec![2]]));
/// ```
pub fn p_median(problem: &Problem<'_>, p: usize, limit: Limit) -> Result<Siting, Refusal> {
    checked(problem, p)?;
    let can = |c: &usize| problem.weight[*c] <= 0.0 || (0..problem.sites).any(|s| problem.way(*c, s).is_finite());
    let (clients, uncoverable): (Vec<usize>, Vec<usize>) = (0..problem.clients()).partition(can);
    let clients: Vec<usize> = clients.into_iter().filter(|c| problem.weight[*c] > 0.0).collect();
    let cost = (0..problem.sites).flat_map(|s| clients.iter().map(move |c| problem.weight[*c] * problem.way(*c, s))).collect();
    Median::new(problem, p, limit, cost, clients.len()).solve(problem, limit, uncoverable)
}

/// Maximal covering (Church and ReVelle 1974): `p` open sites, fixed ones counted, that bring the most weight within `radius` (inclusive).
///
/// It is the p-median of costs that are a client's weight where it is not covered. Clients with weight that no site can
/// cover are listed.
///
/// # Errors
/// [`Refusal`]: malformed input, no `p` sites that are allowed together, the work limit reached.
///
/// Checked: `siting_exact`, `facility_location` (spopt).
pub fn maximal_covering(problem: &Problem<'_>, radius: f64, p: usize, limit: Limit) -> Result<Siting, Refusal> {
    checked(problem, p)?;
    if radius.is_nan() || radius < 0.0 {
        return Err(Refusal::Malformed);
    }
    // Clients that the same sites cover are one client.
    let mut alike: std::collections::BTreeMap<Vec<bool>, f64> = std::collections::BTreeMap::new();
    let mut uncoverable = vec![];
    for client in (0..problem.clients()).filter(|c| problem.weight[*c] > 0.0) {
        let row: Vec<bool> = (0..problem.sites).map(|s| problem.way(client, s) <= radius).collect();
        if row.contains(&true) {
            *alike.entry(row).or_default() += problem.weight[client];
        } else {
            uncoverable.push(client);
        }
    }
    let all: f64 = alike.values().sum();
    let cost = (0..problem.sites).flat_map(|s| alike.iter().map(move |(row, w)| if row[s] { 0.0 } else { *w })).collect();
    let mut found = Median::new(problem, p, limit, cost, alike.len()).solve(problem, limit, uncoverable)?;
    // Step 3: from what is missed to what is covered, summed anew over the clients.
    let covered = |c: &usize| found.choices[0].iter().any(|s| problem.way(*c, *s) <= radius);
    let objective: f64 = (0..problem.clients()).filter(covered).map(|c| problem.weight[c]).sum();
    found.bound = if found.proved { objective } else { (all - found.bound).max(objective) };
    found.objective = objective;
    Ok(found)
}
